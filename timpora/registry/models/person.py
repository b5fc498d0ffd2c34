from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.prepared import Given, Prepared, insert
from timpora.registry import correction, named, nations
from timpora.registry.conclusion import Value, conclude
from timpora.registry.fields import CORRECTABLE, GROUPS, open_to
from timpora.registry.models.opening import Opening
from timpora.registry.models.person_key import PersonKey
from timpora.registry.models.residence import Residence
from timpora.registry.models.statement import Statement
from timpora.registry.names import key as name_key
from timpora.registry.partial_date import PartialDate
from timpora.team.models import Mandate
from timpora.team.roles import Tier

COLUMNS = ("names", "given", "family", "sex", "birth_date", "nationality", "nationality_text", "purpose",
           "permit_kind", "permit_until")  # fmt: skip


def last_area(person: str = "pk") -> Coalesce:
    """The column with the code of the area a person lives in, or lived in last; of whoever never lived
    anywhere, since all was entered in error, where they were spoken of last. `person` names the outer column.
    """
    lived = Residence.objects.believed().filter(person=OuterRef(person)).newest_first()
    spoken_of = Statement.objects.filter(person=OuterRef(person)).order_by("-as_of", "-pk")
    return Coalesce(Subquery(lived.values("area")[:1]), Subquery(spoken_of.values("area")[:1]))


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, mandate: Mandate | None) -> PersonQuerySet:
        """Persons a mandate may open: residents of its area and, above the village, who lived there last.

        Whoever lives elsewhere now is out of reach of the area they left: "moved out", nothing more.
        """
        residents = self.residents_of(mandate)
        if mandate is None or not mandate.sight.departed:
            return residents
        left = Residence.objects.departures().under(*mandate.codes).filter(person=OuterRef("pk"))
        here = Residence.objects.current().under(*mandate.codes).filter(person=OuterRef("pk"))
        return self.filter(Exists(here) | Exists(left))

    def residents_of(self, mandate: Mandate | None) -> PersonQuerySet:
        """Persons who live in the mandate's area, where its role may see persons; a reader of counts sees
        those who are open to it on its recorded request.
        """
        if mandate is None or not (mandate.sight.persons or mandate.sight.one_person):
            return self.none()
        here = self.living_in(mandate.codes)
        if mandate.sight.persons:
            return here
        return here.filter(
            Exists(Opening.objects.live().filter(mandate_id=mandate.pk, person=OuterRef("pk")))
        )

    def numbered(self, number: int) -> PersonQuerySet:
        """The person a register number names: also one that was found to be another since."""
        named = Person.objects.filter(pk=number)
        return self.filter(pk__in=named.values(now=Coalesce("same_as", "pk")))

    def departed_from(self, mandate: Mandate | None) -> PersonQuerySet:
        """Persons who lived in the mandate's area last and live nowhere that is known, above the village."""
        if mandate is None or not mandate.sight.departed:
            return self.none()
        return self.filter(pk__in=Residence.objects.departures().under(*mandate.codes).values("person"))

    def living_in(self, codes: Iterable[str]) -> PersonQuerySet:
        """Persons whose current residence lies at or below any of the codes."""
        return self.filter(Exists(Residence.objects.current().under(*codes).filter(person=OuterRef("pk"))))

    def last_areas(self) -> set[str]:
        """The codes of the areas in which these persons live, or lived last."""
        return {code for code in self.values_list(last_area(), flat=True) if code}

    def highest(self) -> int:
        """The highest register number given so far: at least as many as there are persons; 0 for none."""
        return self.order_by("-pk").values_list("pk", flat=True).first() or 0

    def with_home(self) -> PersonQuerySet:
        """Persons with their current residence at hand (`person.home`), in one further query."""
        current = Residence.objects.current().select_related("area__parent__parent__parent__parent")
        return self.prefetch_related(models.Prefetch("residences", queryset=current, to_attr="homes"))

    def with_statements(self) -> PersonQuerySet:
        """Persons with what was said of them at hand (`person.concluded`), in two further queries."""
        said = models.Prefetch("statements", queryset=Statement.objects.in_order(), to_attr="said")
        return self.prefetch_related(said, models.Prefetch("claims", to_attr="raised"))

    def with_departure(self) -> PersonQuerySet:
        """Persons with the residence they left last at hand (`person.departure`), in one further query."""
        left = Residence.objects.departures().select_related("area__parent__parent")
        return self.prefetch_related(models.Prefetch("residences", queryset=left, to_attr="departures"))


class Person(models.Model):
    """One foreign national, once: the conclusion from all statements about them. Never edited by hand."""

    class Sex(models.TextChoices):
        FEMALE = "F", _("female")
        MALE = "M", _("male")
        UNSPECIFIED = "X", _("unspecified")  # ICAO 9303-3: "<" in the machine-readable zone

    names = models.CharField(_("name as printed"), max_length=200)
    given = models.CharField(_("given names"), max_length=120, blank=True)
    family = models.CharField(_("family name"), max_length=120, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    birth_date = models.CharField(
        _("date of birth"), max_length=10, blank=True
    )  # 1990, 1990-05 or 1990-05-03
    nationality = models.CharField(_("nationality"), max_length=3)
    nationality_text = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(_("purpose"), max_length=80, blank=True)
    permit_kind = models.CharField(_("stay permit"), max_length=12, blank=True)
    permit_until = models.CharField(max_length=10, blank=True)
    name_key = models.CharField(max_length=200, db_index=True)
    settled_at = models.DateTimeField(auto_now=True)
    # The person this one was found to be, whose statements now hold what was said of both (models/merger.py).
    same_as = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="also")

    objects: ClassVar[Any] = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["birth_date", "nationality"], name="person_birth")]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def register_number(self) -> str:
        """How letters name this person without a name: "R-000012"."""
        return named.register_number(self.pk)

    @property
    def country(self) -> str:
        """The nationality's name in the reader's language."""
        return nations.name(self.nationality, get_language() or "id")

    @property
    def born(self) -> PartialDate | None:
        return PartialDate.parse(self.birth_date) if self.birth_date else None

    @property
    def home(self) -> Residence | None:
        """The one current residence, or None. Prefetched by `with_home`."""
        homes = getattr(self, "homes", None)
        if homes is None:
            homes = list(self.residences.current().select_related("area"))
        return homes[0] if homes else None

    @property
    def departure(self) -> Residence | None:
        """The residence that was their last, as it ended; None for whoever lives here. Prefetched by
        `with_departure`.
        """
        left = getattr(self, "departures", None)
        if left is None:
            left = list(self.residences.departures().select_related("area"))
        return left[0] if left else None

    @property
    def last_area(self) -> str | None:
        """The code of the area the person lives in, or lived in last (see the column of that name)."""
        return next(iter(Person.objects.filter(pk=self.pk).last_areas()), None)

    @property
    def concluded(self) -> dict[str, Value]:
        """Each value with the statement it comes from. Prefetched by `with_statements`."""
        said = getattr(self, "said", None)
        return conclude(self.uncontested(self.statements.all() if said is None else said))

    @property
    def newest_statement(self) -> int:
        """The id of what was said last; a form remembers it to notice that it has grown stale."""
        return self.statements.order_by("-pk").values_list("pk", flat=True).first() or 0

    def correct(self, *, by: Mandate, values: dict[str, str], reason: str, seen: int) -> Statement:
        """An officer's better knowledge, as a new statement as of today; what was said before stays.

        `seen` is the newest statement the officer had on screen. Raises Conflict when something was said
        since, and Refusal for a tier, field or content that can't be corrected so.
        """
        with book.writing():
            Person.objects.select_for_update().get(pk=self.pk)
            home = self._correctable(by, reason)
            if self.newest_statement != seen:
                raise Conflict(_("Something new was said of this person in the meantime."), code="stale")
            concluded = self.concluded
            changed = {f: v for f, v in values.items() if f not in concluded or concluded[f].value != v}
            if not changed:
                raise Refusal(_("These are the values that stand here already."), code="nothing_new")
            if not set(changed) <= set(CORRECTABLE) & set(open_to(by.sight)):
                raise Refusal(_("Your post does not correct this."), code="not_allowed")
            before = {field: value.value for field, value in concluded.items()}
            for field, sentence in correction.faults(before, changed, home.started_on).items():
                raise Refusal(sentence, field=field, code="cannot_be")
            said = {
                f: concluded[f].value
                for group in GROUPS
                if changed.keys() & group
                for f in group
                if f in concluded
            }
            said |= changed
            statement: Statement = Statement.objects.create(
                source=Statement.Source.OFFICER, source_id=f"post:{by.post_id}", agency=by.post.agency,
                area=home.area, as_of=by.post.today, person=self, values=said,
                name_key=name_key(said.get("names", "")),
            )  # fmt: skip
            if "address" in changed:
                home.describe(changed["address"])
            self.settle()
            book.record("person.corrected", by=by, area=home.area_id, subject=f"person:{self.pk}",
                        fields=tuple(sorted(changed)), detail={"reason": reason})  # fmt: skip
        return statement

    def _correctable(self, by: Mandate, reason: str) -> Residence:
        """The residence under which this person may be corrected by a mandate. Raises Refusal."""
        home = self.home
        if by.tier is None or by.tier == Tier.VILLAGE or home is None or not by.reaches(home.area_id):
            raise Refusal(_("A value is corrected by the tiers from the district up."), code="not_allowed")
        if not reason.strip():
            raise Refusal(_("Please give a reason."), field="reason", code="reason_missing")
        return home

    def uncontested(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements that conclusions rest on: not those of a village whose claim is still open.

        Until it is settled neither village learns from the other's words, and nobody moves.
        """
        raised = getattr(self, "raised", None)
        claims = self.claims.filter(closed_at__isnull=True) if raised is None else raised
        contested = {claim.claimed_in_id for claim in claims if claim.closed_at is None}
        given = list(statements)
        return [statement for statement in given if statement.area_id not in contested] or given

    def settle(self) -> None:
        """Draws the conclusion from the statements anew, and moves the figures that hang on it."""
        # Read afresh and locked: figures move from what stands in the row, not from what a caller has.
        self.refresh_from_db(from_queryset=Person.objects.select_for_update())
        statements = _said_of(person=self.pk)
        trusted = self.uncontested(statements)
        concluded = conclude(trusted)
        home = next(iter(_homes_of(person=self.pk)), None)
        before = home.facets(self) if home else []
        for column in COLUMNS:
            setattr(self, column, concluded[column].value if column in concluded else "")
        self.name_key = name_key(self.names)
        self.save(force_update=True)
        PersonKey.objects.renew(self, areas_of(statements))
        if home:
            home.recount(before, self)
        self.keep_parts(statements, trusted)

    def keep_parts(self, statements: list[Statement], trusted: list[Statement], *, new: bool = False) -> None:
        """Their documents, work, guarantors, family and permits; of somebody `new` nothing stands yet."""
        for part in (self.documents, self.employments, self.guarantors, self.family_links):
            part.settle(self, statements, new=new)
        # A permit stands as it was concluded: what a claim contests does not have the last word.
        self.permits.settle(self, sorted(statements, key=lambda said: said in trusted), new=new)


# Asked whenever a conclusion is drawn: for every row of a long list, too.
_said_of: Prepared[Statement] = Prepared(
    lambda: Statement.objects.in_order().filter(person=Given("person", models.BigIntegerField()))
)
_homes_of: Prepared[Residence] = Prepared(
    lambda: (
        Residence.objects.current()
        .filter(person=Given("person", models.BigIntegerField()))
        .select_related("area")
    )
)


def of_statement(statement: Statement) -> Person:
    """A new person, known from one statement so far."""
    values = {column: statement.values.get(column, "") for column in COLUMNS}
    person = Person(**values, name_key=name_key(values["names"]))
    insert(person)
    PersonKey.objects.renew(person, areas_of([statement]), new=True)
    return person


def areas_of(statements: Iterable[Statement]) -> set[str]:
    """The codes of the areas these speak of."""
    return {statement.area_id for statement in statements}
