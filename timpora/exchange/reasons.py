"""Why two lists may rightly say different things: the reasons as data, and the one the evidence speaks for.

Most gaps are two definitions, two days or two spellings; a reason explains and accuses nobody. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

RESIDENCES = "residences"  # the list of whoever lives here by a verified report
SKTT_DAYS = 14  # UU 23/2006 Pasal 20(1): the holder of an ITAS reports to Dukcapil within 14 days
ADULT = 18  # years; UU 12/2006 Pasal 6: until then (and three years more to choose) a child may have two
STALE_DAYS = 30  # practice: two lists further apart than a month are hardly of one time
# Visa exemption (A) and visa on arrival (B, F); Decree M.IP-08.GR.01.01/2025.
SHORT_VISITS = frozenset({"A1", "A4", "B1", "B4", "F1", "F4", "BVK", "VOA"})
BY_HOME = frozenset({RESIDENCES, "domicile", "register", "permits"})
BY_WORK = frozenset({"workers", "students"})
WORK_INDICES = ("E23", "E25", "E28", "C18", "C20", "C312", "C313", "C314")
STATELESS = frozenset({"XXA", "XXB", "XXC"})  # ICAO 9303-3: stateless, refugee
STUDY_INDICES = ("E30", "C9", "C316")


@dataclass(frozen=True)
class Reason:
    """One reason a gap may have: `name` and `meaning` are English msgids."""

    code: str
    name: str
    meaning: str


REASONS: dict[str, Reason] = {
    reason.code: reason
    for reason in (
        Reason("definition", N_("different definition"),
               N_("The two lists count different groups of people by their purpose.")),
        Reason("list_dates", N_("lists of different days"),
               N_("What one list says is newer than the day the other one speaks of.")),
        Reason("sktt_pending", N_("residence certificate not issued yet"),
               N_("The certificate (SKTT) follows the permit by up to 14 days.")),
        Reason("outside", N_("lives outside the area"),
               N_("Works or studies here and lives in another kabupaten or kota.")),
        Reason("several_places", N_("works in several places"),
               N_("One person may work for more than one employer or at more than one place.")),
        Reason("short_visit", N_("short visit"),
               N_("Visitors without a visa or with one on arrival stand in hardly any list.")),
        Reason("departed", N_("moved or left already"),
               N_("A list or a verified report says that the person is no longer here.")),
        Reason("renewed_passport", N_("passport renewed"),
               N_("The same person with another passport.")),
        Reason("spelling", N_("name spelled or ordered otherwise"),
               N_("Two writings of one name; whether it is one person is decided first.")),
        Reason("duplicate", N_("entered twice"),
               N_("Two entries that may be one person; that is decided first.")),
        Reason("not_closed", N_("old entry not closed yet"),
               N_("The entry's permit has ended, and nobody has closed the entry.")),
        Reason("dual_child", N_("child with two nationalities"),
               N_("A child that may be Indonesian, too; treated as Indonesian until cleared.")),
        Reason("unknown", N_("not known yet"), N_("The evidence at hand does not say why.")),
    )
}  # fmt: skip
GONE = "gone"  # closed because the difference is there no longer
REASONS[GONE] = Reason(GONE, N_("no longer different"), N_("A later comparison found the lists to agree."))

# What speaks for a reason, as sentences; `n` are days or years.
GROUNDS: dict[str, str] = {
    "said_left": N_("The list that lacks the person, or a verified report, says that they have left."),
    "name_near": N_("A row waits to be decided: the name is written otherwise."),
    "other_document": N_("The same person, with another document number."),
    "alike": N_("A row waits to be decided: it may be the same person."),
    "visa_kind": N_("The permit is a visa exemption or a visa on arrival."),
    "home_outside": N_("A verified residence lies outside this area."),
    "words_outside": N_("The list itself names a place in another kabupaten or kota."),
    "issued": N_("The permit was issued %(n)s days before the day of the list that lacks it."),
    "issued_after": N_("The permit was issued %(n)s days after the day of the list that lacks it."),
    "ended": N_("The permit in the list ended %(n)s days before the day of the comparison."),
    "newer": N_("One list says so since %(n)s days after the day of the other."),
    "apart": N_("The two lists speak of days %(n)s days apart."),
    "employers": N_("%(n)s employers are named."),
    "not_a_worker": N_("Only foreign workers stand in that list, and no work is known."),
    "not_a_student": N_("Only students stand in that list, and no study is known."),
    "visit_permit": N_("A residence certificate is for holders of a limited stay permit."),
    "permanent": N_("Who holds a permanent permit has a foreign resident's e-ID in place of a certificate."),
    "refugee": N_("Refugees hold no stay permit and stand in no list of permits."),
    "applications": N_("Only who asked for a service stands in that list."),
    "age": N_("The person is %(n)s years old."),
    "nothing": N_("Nothing known speaks for one of the reasons."),
}  # fmt: skip

Ground = tuple[str, int]  # a key of GROUNDS, and its number
Found = tuple[str, Ground]


@dataclass(frozen=True)
class Side:
    """One of the two lists: its kind, the day it speaks of, and of the person since when it says so (None:
    not known), until when the permit it names holds, and how many employers it names.
    """

    kind: str
    as_of: date
    said_since: date | None = None
    permit_until: date | None = None
    employers: int = 0


@dataclass(frozen=True)
class Evidence:
    """What is known of a gap: `one` names the person; `other` lacks them or says something else.

    `values` are the newest of all lists, `proposed` how an undecided row compares (field → outcome; None
    where none waits), `issued_on` when the newest permit was, `named_outside` whether a list's own words for
    home or work name another kabupaten or kota.
    """

    kind: str
    one: Side
    other: Side
    on: date
    fields: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    issued_on: date | None = None
    lives_outside: bool = False
    named_outside: bool = False
    has_left: bool = False
    proposed: Mapping[str, str] | None = None

    @property
    def lacks(self) -> bool:
        return self.kind == "only_in"


def propose(evidence: Evidence) -> tuple[str, tuple[Ground, ...]]:
    """The code of the likeliest reason, and what speaks for it; "unknown" where nothing does.

    A person decides: this only stands beside the gap.
    """
    for rule in RULES:
        found = rule(evidence)
        if found is not None:
            code, ground = found
            return code, (ground,)
    return "unknown", (("nothing", 0),)


def _undecided(e: Evidence) -> Found | None:
    if e.proposed is None:
        return None
    if e.proposed.get("name") in ("near", "differs"):
        return "spelling", ("name_near", 0)
    if e.proposed.get("document") == "differs":
        return "renewed_passport", ("other_document", 0)
    return "duplicate", ("alike", 0)


def _departed(e: Evidence) -> Found | None:
    return ("departed", ("said_left", 0)) if e.lacks and e.has_left else None


def _renewed(e: Evidence) -> Found | None:
    return ("renewed_passport", ("other_document", 0)) if "document_number" in e.fields else None


def _several(e: Evidence) -> Found | None:
    most = max(e.one.employers, e.other.employers)
    return ("several_places", ("employers", most)) if e.kind == "employer" and most > 1 else None


def _short_visit(e: Evidence) -> Found | None:
    index = e.values.get("permit_index", "").upper()
    return ("short_visit", ("visa_kind", 0)) if e.lacks and index in SHORT_VISITS else None


def _outside(e: Evidence) -> Found | None:
    if not (e.lives_outside or e.named_outside):
        return None
    missing_at_home = e.lacks and e.other.kind in BY_HOME
    other_address = e.kind == "address" and not {e.one.kind, e.other.kind}.isdisjoint(BY_WORK)
    ground = "home_outside" if e.lives_outside else "words_outside"
    return ("outside", (ground, 0)) if missing_at_home or other_address else None


def _sktt(e: Evidence) -> Found | None:
    if not e.lacks or e.other.kind != "domicile" or e.issued_on is None:
        return None
    days = (e.other.as_of - e.issued_on).days
    if e.values.get("permit_kind", "ITAS") != "ITAS" or days > SKTT_DAYS:  # many records do not name the kind
        return None
    return "sktt_pending", (("issued", days) if days >= 0 else ("issued_after", -days))


def _not_closed(e: Evidence) -> Found | None:
    sides = [e.one] if e.lacks else [e.one, e.other] if e.kind == "validity" else []
    ends = [side.permit_until for side in sides if side.permit_until and side.permit_until < e.on]
    return ("not_closed", ("ended", (e.on - min(ends)).days)) if ends else None


def _newer(e: Evidence) -> Found | None:
    for newer, older in ((e.one, e.other), (e.other, e.one)):
        if newer.said_since and newer.said_since > older.as_of and not (e.lacks and newer is e.other):
            return "list_dates", ("newer", (newer.said_since - older.as_of).days)
    return None


def _definition(e: Evidence) -> Found | None:
    """Whom the list that lacks the person does not count at all."""
    if not e.lacks:
        return None
    index, kind, missing = e.values.get("permit_index", "").upper(), e.values.get("permit_kind"), e.other.kind
    works = bool(e.values.get("employer")) or e.one.kind == "workers" or index.startswith(WORK_INDICES)
    refugee = kind == "REFUGEE" or e.values.get("nationality") in STATELESS
    studies = e.one.kind == "students" or index.startswith(STUDY_INDICES)
    counted: dict[str, list[tuple[bool, str]]] = {
        "workers": [(not works, "not_a_worker")],
        "students": [(not studies, "not_a_student")],
        "domicile": [(kind == "ITK", "visit_permit"), (kind == "ITAP", "permanent"), (refugee, "refugee")],
        "permits": [(refugee, "refugee")],
        "sheet": [(True, "applications")],
    }
    ground = next((word for holds, word in counted.get(missing, []) if holds), None)
    return ("definition", (ground, 0)) if ground else None


def _apart(e: Evidence) -> Found | None:
    days = abs((e.one.as_of - e.other.as_of).days)
    return ("list_dates", ("apart", days)) if days > STALE_DAYS else None


def _child(e: Evidence) -> Found | None:
    year = e.values.get("birth_date", "")[:4]
    age = e.on.year - int(year) if year.isdecimal() else ADULT
    return ("dual_child", ("age", age)) if e.lacks and 0 <= age < ADULT else None


# The first that finds something is proposed: what somebody said before what kinds and days of lists suggest.
RULES: tuple[Callable[[Evidence], Found | None], ...] = (
    _undecided, _departed, _renewed, _several, _short_visit, _outside, _sktt, _not_closed, _newer,
    _definition, _child, _apart,
)  # fmt: skip
