"""The first day's checklist: every step's state follows from rows, so that none can claim what is not so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timpora.areas.clocks import LABELS
from timpora.areas.models import Office
from timpora.desk.setup.situation import Situation

IDENTITY = ("name", "office_class", "province", "city", "address", "phone")
DEADLINES = ("due_day", "grace_days", "silent_days", "claim_days", "unconfirmed_days", "suppress_below")
State = tuple[bool, str]


@dataclass(frozen=True)
class Step:
    """One line of the checklist: where its page is, whether it is done, and what is so at present."""

    slug: str
    title: str | Promise
    done: bool
    says: str
    href: str = ""


@dataclass(frozen=True)
class Checklist:
    """The steps in their order; `now` is the first that is not done, None when all are."""

    steps: list[Step] = field(default_factory=list)

    @property
    def now(self) -> Step | None:
        return next((step for step in self.steps if not step.done), None)

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    def step(self, slug: str) -> Step:
        return next(step for step in self.steps if step.slug == slug)


def checklist(office: Office | None) -> Checklist:
    """The checklist of an office, or of an installation that has none yet."""
    situation = Situation(office)
    steps = []
    for slug, (title, state) in STEPS.items():
        done, says = state(situation)
        steps.append(Step(slug, title, done, says, address(slug, office)))
    return Checklist(steps)


def address(slug: str, office: Office | None) -> str:
    """The page of a step; empty while it waits for the office."""
    if slug == "operator":
        return reverse("team:list")
    if office is None:
        return reverse("desk:setup_open") if slug == "office" else ""
    return reverse("desk:setup_step", args=[office.pk, slug])


def operator(situation: Situation) -> State:
    return True, _("you")


def office(situation: Situation) -> State:
    opened = situation.office
    return (True, opened.name) if opened else (False, _("name, class and province"))


def jurisdiction(situation: Situation) -> State:
    held = situation.regencies
    if not held:
        return False, _("choose the kabupaten and kota it answers for")
    number = ngettext("%(n)s kabupaten or kota", "%(n)s kabupaten and kota", len(held)) % {"n": len(held)}
    return True, f"{number}: {', '.join(area.name for area in held)}"


def letterhead(situation: Situation) -> State:
    if "letterhead" in situation.agreed:
        return True, _("as on the preview")
    return False, _("see whether the proposed lines are right")


def clock(situation: Situation) -> State:
    """Settled by the kabupaten themselves: an office keeps the time they keep."""
    if situation.office is None or not situation.regencies:
        return False, _("follows from its kabupaten and kota")
    kept = LABELS[situation.office.timezone]
    differing = situation.clocks - {situation.office.timezone}
    if differing and "timezone" not in situation.agreed:
        found = ", ".join(sorted(LABELS[zone] for zone in situation.clocks))
        said = _("%(kept)s, but its kabupaten and kota keep %(found)s")
        return False, said % {"kept": kept, "found": found}
    return True, kept


def tiers(situation: Situation) -> State:
    if "verifying_tiers" in situation.agreed and situation.office:
        return True, str(TIERS.get(situation.office.verifying_tiers, situation.office.verifying_tiers))
    return False, _("who confirms a report; proposed: the kecamatan alone")


def deadlines(situation: Situation) -> State:
    if situation.office and situation.agreed.issuperset(DEADLINES):
        return True, _("due on day %(day)s of the next month") % {"day": situation.office.due_day}
    return False, _("due day and other days; proposed by practice")


def mail(situation: Situation) -> State:
    if not situation.can_mail:
        return True, _("no e-mail server: links and slips are shown to hand over")
    if situation.mail_tested:
        return True, _("a test was sent")
    return False, _("send a test")


def team(situation: Situation) -> State:
    if situation.teams:
        return True, ", ".join(team.name for team in situation.teams[:3])
    return False, _("its decree and period")


def members(situation: Situation) -> State:
    number = situation.members
    if not number:
        return False, _("bring in the list of members, or enter them one by one")
    return True, ngettext("%(n)s member", "%(n)s members", number) % {"n": number}


def slips(situation: Situation) -> State:
    if not situation.members:
        return False, _("printed once there are members")
    if situation.without_slip:
        n = situation.without_slip
        return False, ngettext("%(n)s member has no slip", "%(n)s members have no slip", n) % {"n": n}
    return True, _("%(n)s have signed in") % {"n": situation.signed_in}


TIERS = {
    "district": gettext_lazy("The kecamatan alone"),
    "district,regency": gettext_lazy("The kecamatan, then the kabupaten or kota"),
    "district,regency,office": gettext_lazy("The kecamatan, the kabupaten or kota, then the office"),
    "regency": gettext_lazy("The kabupaten or kota alone"),
    "office": gettext_lazy("The office alone"),
}
STEPS: dict[str, tuple[str | Promise, Callable[[Situation], State]]] = {
    "operator": (gettext_lazy("Operator"), operator),
    "office": (gettext_lazy("Immigration office"), office),
    "jurisdiction": (gettext_lazy("Area it answers for"), jurisdiction),
    "letterhead": (gettext_lazy("Letterhead"), letterhead),
    "clock": (gettext_lazy("Time zone"), clock),
    "tiers": (gettext_lazy("Verifying tiers"), tiers),
    "deadlines": (gettext_lazy("Days and limits"), deadlines),
    "mail": (gettext_lazy("E-mail"), mail),
    "team": (gettext_lazy("First team"), team),
    "members": (gettext_lazy("Members"), members),
    "slips": (gettext_lazy("First slips"), slips),
}
