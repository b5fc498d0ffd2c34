"""Two contents under one sender's number: what differs, as far as the post that sent them may see it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timpora.registry import masks, sealed
from timpora.registry.fields import ALL, LABELS, SEALED, open_to
from timpora.reports import shown
from timpora.reports.intake import Intake, comparable
from timpora.reports.models import Photo, Report
from timpora.reports.models.photo import is_other
from timpora.team.roles import Sight

Row = tuple[str, str, str]  # label, what came now, what came first


def rows(intake: Intake, sent: Report, sight: Sight) -> list[Row]:
    """Whom the two are about, then everything that differs: numbers masked, and of what is not open to the
    role only that it differs.
    """
    # A report on a resident need not name them again.
    named_now = intake.values.get("names") or (intake.person.names if intake.person else "")
    about = (_("Name"), named_now, shown.name_of(sent))
    return [about, *_event(intake, sent), *_said(intake, sent, sight), *_photo(intake, sent)]


def _photo(intake: Intake, sent: Report) -> Iterator[Row]:
    """That a photo came now which is not the one that came first."""
    if is_other(sent, intake.photo):
        came = Photo.objects.filter(report=sent).exists()
        yield _("Photo"), _("another photo") if came else _("a photo"), _("a photo") if came else ""


def _event(intake: Intake, sent: Report) -> Iterator[Row]:
    """What happened, where, when, where to: as far as it differs."""
    now = Report(kind=intake.kind, left=intake.left)
    to = (intake.destination, sent.destination)
    for label, yours, theirs in (
        (_("What is reported"), now.get_kind_display(), sent.get_kind_display()),
        (_("Village"), intake.area.path, sent.area.path),
        (_("Day of the event"), date_format(intake.event_on), date_format(sent.event_on)),
        (_("Where to?"), now.get_left_display(), sent.get_left_display()),
        (_("Moved to which village?"), *(area.path if area else "" for area in to)),
    ):
        if yours != theirs:
            yield label, yours, theirs


def _said(intake: Intake, sent: Report, sight: Sight) -> Iterator[Row]:
    first = sent.values
    for name in ALL:
        yours, theirs = str(intake.values.get(name) or ""), str(first.get(name) or "")
        if name == "names" or _plain(name, theirs) == comparable(name, yours):
            continue
        words, there = _words(name, yours, sight, typed=True), _words(name, theirs, sight)
        if words == there:  # what differs stands in the part that is not shown
            words = _("%(value)s, but not the same") % {"value": words}
        yield str(capfirst(LABELS[name])), words, there


def _plain(name: str, value: str) -> str:
    """A value of a statement as it is compared: its numbers stand there sealed."""
    return sealed.comparable(name, value) if name in SEALED else comparable(name, value)


def _words(name: str, value: str, sight: Sight, *, typed: bool = False) -> str:
    if value and name not in open_to(sight):
        return _("not shown")
    return masks.number(value) if typed and name in SEALED else shown.value_of(name, value)
