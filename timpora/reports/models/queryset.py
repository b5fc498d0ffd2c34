"""Which reports: visible, waiting for a mandate, doubtful; and the verb that takes a new one in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, under
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.prepared import Given, Prepared, insert, pipeline
from timpora.registry.linkage import Proposal as Match
from timpora.registry.models import Agreement, Person, Proposal, Statement
from timpora.registry.models.decision import proposed
from timpora.registry.models.person import last_area
from timpora.registry.seats import Seats
from timpora.reports import identity, ladder
from timpora.reports.intake import Intake
from timpora.reports.models.draft import Draft
from timpora.reports.models.photo import Photo, is_other
from timpora.reports.models.review import Review
from timpora.reports.models.waiting import Waiting
from timpora.team.models import Mandate
from timpora.team.roles import REPORTING, Tier

if TYPE_CHECKING:
    from timpora.reports.models.report import Report

# How many reports of lower tiers, oldest first, a list looks through for those that fall to the tier above.
LOOKED_THROUGH = 1000


class AlreadyReported(Refusal):
    """The same post has reported the same person already; `report` is that report."""

    status = 409

    def __init__(self, report: Report) -> None:
        super().__init__(_("You have reported this person already."), field="names", code="already_reported")
        self.report = report


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, mandate: Mandate) -> ReportQuerySet:
        """Reports of the mandate's area, where its role may see persons."""
        if not mandate.sight.persons:
            return self.none()
        return self.filter(under("area", mandate.codes))

    def with_people(self) -> ReportQuerySet:
        """With all that a list shows of each, the area's whole line included, and whether it is `checked`."""
        line = "area__parent__parent__parent__parent"
        joined = ("statement", line, "person", "post__area", "post__office", "destination")
        return self.select_related(*joined).annotate(checked=Exists(_final_word()))

    def submitted(self) -> ReportQuerySet:
        return self.filter(state=self.model.State.SUBMITTED)

    def doubtful(self) -> ReportQuerySet:
        """Confirmed by the last verifying tier, waiting for a decision who it speaks of."""
        return self.submitted().filter(Exists(_final_word()))

    def may_speak_of(self, person: Person) -> ReportQuerySet:
        """Doubtful reports that may speak of a person."""
        open_ = Proposal.objects.undecided().filter(statement=OuterRef("statement"), person=person)
        return self.doubtful().filter(Exists(open_))

    def unreviewed(self) -> ReportQuerySet:
        """Waiting for a verifying tier's word."""
        return self.submitted().exclude(Exists(_final_word()))

    def awaiting(self, mandate: Mandate) -> ReportQuerySet:
        """Reports this mandate may confirm now: held at its tier, or at one it may act for."""
        if mandate.tier in (None, Tier.VILLAGE):
            return self.none()
        mine = self.visible_to(mandate).unreviewed().exclude(sender=mandate.user_id)
        seats = Seats(mandate.codes)
        fallen = [
            row.pk for row in mine._below(mandate) if ladder.standing(row, mandate, seats=seats) is not None
        ]
        return mine.filter(Q(tier=mandate.tier) | Q(pk__in=fallen)).order_by("held_since", "pk")

    def to_decide(self, mandate: Mandate) -> ReportQuerySet:
        """Doubtful identities that belong to this mandate's tier, or fall to it from a vacant one."""
        if mandate.tier in (None, Tier.VILLAGE):
            return self.none()
        mine = self.visible_to(mandate).doubtful().exclude(sender=mandate.user_id)
        seats, tier = Seats(mandate.codes), Tier(mandate.tier)
        fallen = [
            row.pk
            for row in mine._below(mandate)
            if seats.fall_to(tier, Tier(row.tier), row.area_id, without=row.sender_id)
        ]
        return mine.filter(Q(tier=tier) | Q(pk__in=fallen)).order_by("held_since", "pk")

    def to_agree(self, mandate: Mandate) -> ReportQuerySet:
        """Doubtful reports of other offices that may speak of someone of this office, not agreed to yet."""
        office = mandate.post.office_id
        if mandate.tier != Tier.OFFICE or office is None:
            return self.none()
        named = Proposal.objects.undecided().filter(statement=OuterRef("statement"))
        ours = named.annotate(last_area=last_area("person")).filter(under("last_area", mandate.codes))
        elsewhere = self.doubtful().filter(tier=Tier.OFFICE).exclude(under("area", mandate.codes))
        waiting = elsewhere.filter(Exists(ours), ~Exists(_agreement(office))).exclude(sender=mandate.user_id)
        return waiting.order_by("held_since", "pk")

    def agreed_to(self, mandate: Mandate) -> ReportQuerySet:
        """Doubtful reports of other offices to which this office has given its yes."""
        office = mandate.post.office_id
        if mandate.tier != Tier.OFFICE or office is None:
            return self.none()
        return self.doubtful().filter(Exists(_agreement(office)))

    def decided_by_tier(self, mandate: Mandate) -> ReportQuerySet:
        """Reports whose doubtful identity was decided at this mandate's tier, and not taken back."""
        if mandate.tier in (None, Tier.VILLAGE):
            return self.none()
        decided = Proposal.objects.filter(
            statement=OuterRef("statement"), decision__isnull=False, decision__undone_at__isnull=True
        )
        mine = self.visible_to(mandate).filter(Exists(decided), state=self.model.State.VERIFIED)
        return mine.filter(tier__gte=mandate.tier).order_by("-pk")

    # Verbs

    def hold_anew(self, *, by: book.Actor, person: Person) -> None:
        """The doubtful reports that may speak of a person go to the tier over both records again.

        One that is being decided at this moment is left to its verb, which holds the person after us: waiting
        for it here, with the person held, would be a deadlock.
        """
        for report in self.may_speak_of(person).select_for_update(of=("self",), skip_locked=True):
            identity.hold_anew(report, by=by)

    def submit(
        self, *, by: Mandate, intake: Intake, replaces: Report | None = None, again: bool = False
    ) -> Report:
        """The report, waiting at its first verifying tier; the same sender's id twice gives the same report.

        With `again` a person this post has reported before is reported as further evidence of that report.
        Raises Refusal (content), AlreadyReported (unless `again`), Conflict (same id, other content).
        """
        try:
            return self._submit(by, intake, replaces, again)
        except (IntegrityError, Refusal):
            # A phone that got no answer sends again, perhaps after what it says has come to pass.
            sent = self._sent_before(by, intake)
            if sent is None:
                raise
            return sent

    def _submit(self, by: Mandate, intake: Intake, replaces: Report | None, again: bool) -> Report:
        if by.role not in REPORTING or not by.reaches(intake.area.pk):
            raise Refusal(_("This area lies outside your mandate."), field="area", code="outside")
        intake.check(by)
        if intake.area.level != Level.VILLAGE:
            raise Refusal(_("A report names a village."), field="area", code="not_a_village")
        statement = intake.statement(by)
        known = None
        if replaces is None and intake.person is None:
            known = self._reported_before(by, statement)
        if known and not again:
            raise AlreadyReported(known)
        # What can be known before is asked before: SQLite has one transaction at a time.
        found = proposed(statement) if intake.person is None else []
        report: Report = self.model(
            sent_id=intake.sent_id, content=intake.digest, kind=intake.kind, area_id=intake.area.pk,
            event_on=intake.event_on, post_id=by.post_id, sender_id=by.user_id, mandate_id=by.pk,
            person=intake.person, left=intake.left, destination=intake.destination, replaces=replaces,
            evidence_of=known, tier=ladder.first_holder(by, intake.area.pk),
            on_behalf=by.tier not in (Tier.VILLAGE, None),
        )  # fmt: skip
        with book.writing():
            self._take_in(by, report, statement, found)
            if intake.photo:
                Photo.objects.attach(report, intake.photo, by=by)
        return report

    def _below(self, mandate: Mandate) -> Any:
        columns = ("pk", "area_id", "sender_id", "tier", "held_since")
        below = self.filter(tier__gt=mandate.tier).order_by("held_since", "pk")
        return below.values_list(*columns, named=True)[:LOOKED_THROUGH]

    def _sent_before(self, by: Mandate, intake: Intake) -> Report | None:
        sent: Report | None = self.filter(sender=by.user_id, sent_id=intake.sent_id).first()
        if sent and (sent.content != intake.digest or is_other(sent, intake.photo)):
            raise Conflict(
                _("Another report was sent under the same number. Please send it anew."), code="id_reused"
            )
        return sent

    def _reported_before(self, by: Mandate, statement: Statement) -> Report | None:
        said = _said_alike(
            name_key=statement.name_key or None,
            area=statement.area_id,
            document_key=statement.document_key or None,
        )
        alike = [number for number, values in said if _same_birth(values, statement.values)]
        if not alike:  # as nearly always: no join was needed to know it
            return None
        states = (self.model.State.SUBMITTED, self.model.State.VERIFIED)
        kinds = self.model.NEW_KINDS
        mine = self.filter(statement__in=alike, post=by.post_id, state__in=states, kind__in=kinds)
        return mine.order_by("-pk").first()

    def _take_in(self, by: Mandate, report: Report, statement: Statement, found: list[Match]) -> None:
        if report.replaces is not None and not report.replaces.can_be_answered(by):
            raise Conflict(
                _("Only a report that was sent back to you can be replaced."), code="not_sent_back"
            )
        with pipeline():
            insert(statement)
            report.statement = statement
            insert(report)
            if report.person_id is None:
                Draft.objects.discard(by=by)
            Waiting.objects.begin(report)
        Proposal.objects.keep(statement, found)
        book.record(
            "report.submitted", by=by, area=report.area_id, subject=report.cause, fields=(report.kind,)
        )


# Asked for every report taken in.
_said_alike: Prepared[tuple[int, dict[str, Any]]] = Prepared(
    lambda: Statement.objects.filter(
        Q(name_key=Given("name_key"), area=Given("area")) | Q(document_key=Given("document_key")),
        source=Statement.Source.REPORT,
    ).values_list("pk", "values")
)


def _same_birth(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two statements' birth dates agree as far as both are known."""
    ours, theirs = one.get("birth_date", ""), other.get("birth_date", "")
    return bool(ours.startswith(theirs) or theirs.startswith(ours))


def _agreement(office: str) -> models.QuerySet[Agreement]:
    found: models.QuerySet[Agreement] = Agreement.objects.filter(
        statement=OuterRef("statement"), office=office
    )
    return found


def _final_word() -> models.QuerySet[Any]:
    return Review.objects.live().filter(report=OuterRef("pk"), final=True, outcome=Review.Outcome.CONFIRMED)
