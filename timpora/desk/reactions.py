"""What follows from which entry of the ledger, in one table. Run by the worker every second.

Each entry is read at least once, in order, from a stored cursor; a reaction done twice changes nothing,
because a notice stands once for a post, an entry and a kind. Notices say that something waits, never
about whom.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, transaction

from timpora.desk import audience, doubtful_rows, guests, requests, rooms
from timpora.desk.doors import address
from timpora.exchange.models import Match
from timpora.ledger import book
from timpora.ledger.models import Cursor, Entry
from timpora.registry.deciding import other_office
from timpora.registry.models import Claim, Person
from timpora.reports import identity
from timpora.reports.models import Report
from timpora.rooms.models import Notice
from timpora.stays.models import Stay
from timpora.team.models import Post, Team
from timpora.team.roles import Role, Tier

log = logging.getLogger(__name__)
CURSOR = "reactions"
AT_ONCE = 200
ROUNDS = 50  # a long backlog is worked off over several calls, so that the other jobs get their turn

Kind = Notice.Kind
# What asks for a decision whom a report speaks of, or for the yes it takes.
DECIDING = (Kind.IDENTITY_ASKED, Kind.AGREEMENT_ASKED, Kind.AGREEMENT_GIVEN)


def run() -> int:
    """How many entries were worked off now."""
    done = 0
    for _round in range(ROUNDS):
        worked = _work_off()
        done += worked
        if worked < AT_ONCE:
            break
    return done


def _work_off() -> int:
    cursor, _made = Cursor.objects.get_or_create(name=CURSOR)
    entries = list(Entry.objects.after(cursor.number)[:AT_ONCE])
    for entry in entries:
        for reaction in REACTIONS.get(entry.action, ()):
            attempt(reaction, entry)
    if entries:
        Cursor.objects.filter(name=CURSOR, number__lt=entries[-1].number).update(number=entries[-1].number)
    return len(entries)


def attempt(reaction: Callable[[Entry], None], entry: Entry) -> None:
    """Does one reaction in its own transaction. A database that is away stops the round, a fault of ours
    does not.
    """
    try:
        with transaction.atomic():
            reaction(entry)
    except DatabaseError:
        raise
    except Exception as fault:
        log.error("reaction to %s (%s) failed: %s", entry.number, entry.action, type(fault).__name__)


def report_waits(entry: Entry) -> None:
    """The tier that holds a waiting report is told; where it is vacant, the next one that acts for it."""
    report = _report(entry)
    if report is None or report.state != Report.State.SUBMITTED or report.is_doubtful:
        return
    for post in audience.acting(Tier(report.tier), report.area_id, without=report.sender_id):
        _tell(post, Kind.REPORT_WAITING, _path(report), entry)


def report_settled(entry: Entry) -> None:
    """Nobody waits for this report any longer; its sender's post is told what became of it."""
    report = _report(entry)
    if report is None:
        return
    _done(_paths(report), (Kind.REPORT_WAITING, Kind.IDENTITY_CHECKED, *DECIDING), entry)
    if entry.action in SENDER_READS and report.post.role != Role.LODGING:  # its desk shows it
        _tell(report.post, SENDER_READS[entry.action], _path(report), entry)


def identity_asked(entry: Entry) -> None:
    """The deciding tier is asked, another office to agree; the sender reads "being checked", nothing more."""
    report = _report(entry)
    if report is None or not report.is_doubtful:
        return
    _done(_paths(report), (Kind.REPORT_WAITING, Kind.REPORT_VERIFIED), entry)
    for post in audience.acting(Tier(report.tier), report.area_id, without=report.sender_id):
        _tell(post, Kind.IDENTITY_ASKED, _paths(report)[-1], entry)
    for office in identity.missing_agreements(report):
        for post in audience.office(office):
            _tell(post, Kind.AGREEMENT_ASKED, _paths(report)[-1], entry)
    _tell(report.post, Kind.IDENTITY_CHECKED, _path(report), entry)


def identity_agreed(entry: Entry) -> None:
    """The office that agreed is asked no longer; after the last one's yes the deciding office is told."""
    report = _report(entry)
    if report is None or not report.is_doubtful:
        return
    path = _paths(report)[-1]
    _agreed(path, entry)
    if not identity.missing_agreements(report):
        for post in audience.acting(Tier(report.tier), report.area_id, without=report.sender_id):
            _tell(post, Kind.AGREEMENT_GIVEN, path, entry)


def claim_opened(entry: Entry) -> None:
    """The village that counts the person is asked, the tier that decides is told, the other office asked.

    A village that has ceased to count the person since is not: the entry that passed the claim on asks.
    """
    claim = _claim(entry)
    if claim is None or claim.closed_at or claim.counted_in_id != entry.area:
        return
    path, without = _claim_path(claim), claim.submitter_id
    deciding = audience.acting(Tier(claim.tier), claim.claimed_in_id, without=without)
    for post in {*audience.village(claim.counted_in_id, without=without), *deciding}:
        _tell(post, Kind.CLAIM_OPENED, path, entry)
    other = other_office(claim.claimed_in_id, claim.counted_in_id)
    if other and claim.awaits_agreement:
        for post in audience.office(other):
            _tell(post, Kind.AGREEMENT_ASKED, path, entry)


def claim_passed_on(entry: Entry) -> None:
    """Whoever was asked while the person was counted elsewhere is asked no longer."""
    claim = _claim(entry)
    if claim is not None:
        _done((_claim_path(claim),), (Kind.CLAIM_OPENED, *DECIDING), entry)


def claim_agreed(entry: Entry) -> None:
    claim = _claim(entry)
    if claim is None or claim.closed_at:
        return
    _agreed(_claim_path(claim), entry)
    if not claim.awaits_agreement:
        deciding = audience.acting(Tier(claim.tier), claim.claimed_in_id, without=claim.submitter_id)
        for post in deciding:
            _tell(post, Kind.AGREEMENT_GIVEN, _claim_path(claim), entry)


def claim_closed(entry: Entry) -> None:
    claim = _claim(entry)
    if claim is None or not claim.closed_at:
        return
    _done((_claim_path(claim),), (Kind.CLAIM_OPENED, *DECIDING), entry)
    for post in {*audience.village(claim.counted_in_id), *audience.village(claim.claimed_in_id)}:
        _tell(post, Kind.CLAIM_CLOSED, _claim_path(claim), entry)


def claim_settled(entry: Entry) -> None:
    """Doubtful reports that may speak of the person go to the tier over where they are counted now."""
    claim = _claim(entry)
    if claim is not None:
        with book.writing():
            Report.objects.hold_anew(by=book.SYSTEM, person=claim.person)


def persons_joined_or_parted(entry: Entry) -> None:
    """Rows of lists follow their statements, and doubtful reports go to the tier over both records again."""
    Match.objects.follow()
    numbers = {_id(entry), *(int(each.rpartition(":")[2]) for each in entry.fields.split(",") if ":" in each)}
    with book.writing():
        for person in Person.objects.filter(pk__in=numbers):
            Report.objects.hold_anew(by=book.SYSTEM, person=person)
    Stay.objects.of_persons(numbers).look_again()


def moved_out(entry: Entry) -> None:
    """The first village is told "moved out", nothing more: not who, not where to."""
    for post in audience.village(entry.area):
        _tell(post, Kind.MOVED_OUT, address("desk:home"), entry)


def moving_in(entry: Entry) -> None:
    """The village someone was announced to is asked to look; it counts nobody but by its own report."""
    for post in audience.village(entry.area):
        _tell(post, Kind.MOVING_IN, address("reports:new") or address("desk:home"), entry)


def team_ending(entry: Entry) -> None:
    """Those who prepare the next decree are told thirty days ahead."""
    team = Team.objects.filter(pk=_id(entry)).first()
    if team is None or not team.is_ending:
        return
    for post in audience.secretariat(team):
        _tell(post, Kind.MANDATE_ENDING, address("team:team", team.pk) or address("desk:home"), entry)


SENDER_READS = {
    "report.verified": Kind.REPORT_VERIFIED,
    "report.sent_back": Kind.REPORT_SENT_BACK,
    "report.refused": Kind.REPORT_REFUSED,
}
REACTIONS: dict[str, tuple[Callable[[Entry], None], ...]] = {
    "report.submitted": (report_waits,),
    "report.confirmed": (report_waits,),
    "report.unconfirmed": (report_settled, report_waits, guests.of_report),
    "report.verified": (report_settled, guests.of_report),
    "report.sent_back": (report_settled,),
    "report.refused": (report_settled,),
    "report.withdrawn": (report_settled,),
    "identity.asked": (identity_asked,),
    "identity.undone": (identity_asked, guests.of_report),
    "identity.agreed": (identity_agreed,),
    "claim.opened": (claim_opened,),
    "claim.passed_on": (claim_passed_on, claim_opened),
    "claim.agreed": (claim_agreed,),
    "claim.reopened": (claim_opened,),
    "claim.closed": (claim_closed, claim_settled),
    "batch.committed": (doubtful_rows.of_list, guests.of_list),
    "batch.forgotten": (doubtful_rows.done,),
    "row.decided": (doubtful_rows.done, guests.of_row),
    "row.agreed": (doubtful_rows.done, doubtful_rows.agreed),
    "row.undone": (doubtful_rows.of_row, guests.of_row),
    "person.merged": (persons_joined_or_parted,),
    "person.parted": (persons_joined_or_parted,),
    "residence.moved_out": (moved_out,),
    "residence.announced": (moving_in,),
    "request.made": (requests.waits,),
    "request.closed": (requests.closed,),
    "team.ending": (team_ending,),
    "team.founded": (rooms.team_seated,),
    "team.changed": (rooms.team_seated,),
    "team.seated": (rooms.team_seated,),
    "team.unseated": (rooms.team_seated,),
    "post.opened": (rooms.readers_changed,),
    "office.assigned": (rooms.readers_changed,),
    "office.released": (rooms.readers_changed,),
    "message.sent": (rooms.mentioned,),
    "message.withdrawn": (rooms.taken_back,),
}


def _done(paths: tuple[str, ...], kinds: tuple[str, ...], entry: Entry) -> None:
    Notice.objects.settle(paths=paths, kinds=kinds, before=entry.number)


def _agreed(path: str, entry: Entry) -> None:
    """The office of the post that agreed has nothing left to agree to here."""
    asked = Notice.objects.filter(post__office__in=Post.objects.filter(pk=entry.post or 0).values("office"))
    asked.settle(paths=(path,), kinds=(Kind.AGREEMENT_ASKED,), before=entry.number)


def _tell(post: Post, kind: str, path: str, entry: Entry) -> None:
    Notice.objects.post_to(post=post, kind=kind, path=path, entry=entry.number)


def _report(entry: Entry) -> Report | None:
    found: Report | None = Report.objects.select_related("post").filter(pk=_id(entry)).first()
    return found


def _claim(entry: Entry) -> Claim | None:
    found: Claim | None = Claim.objects.filter(pk=_id(entry)).first()
    return found


def _id(entry: Entry) -> int:
    return int(entry.subject.rpartition(":")[2] or 0)


def _path(report: Report) -> str:
    return address("reports:report", report.pk) or f"/reports/{report.pk}/"


def _paths(report: Report) -> tuple[str, ...]:
    """Where a notice about a report may lead: to the report, or to the decision whom it speaks of."""
    return (_path(report), address("reports:identity", report.pk) or _path(report))


def _claim_path(claim: Claim) -> str:
    return address("registry:claim", claim.pk) or f"/claims/{claim.pk}/"
