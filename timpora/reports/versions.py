"""Two contents under one sender's number: what differs, as far as the post that sent them may see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from timpora.registry import masks, named, vault
from timpora.registry.fields import ALL, LABELS, SEALED, open_to
from timpora.reports import shown
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.roles import Sight

Row = tuple[str, str, str]  # label, what came now, what came first


def rows(intake: Intake, sent: Report, sight: Sight) -> list[Row]:
    """Whom the two are about, then everything that differs: numbers masked, and of what is not open to the
    role only that it differs.
    """
    # A report on a resident need not name them again.
    named_now = intake.values.get("names") or (intake.person.names if intake.person else "")
    return [(_("Name"), named_now, shown.name_of(sent)), *_event(intake, sent), *_said(intake, sent, sight)]


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
    for name, (yours, theirs) in _differing(intake, sent).items():
        if name == "names":
            continue
        words, there = _words(name, yours, sight), _words(name, theirs, sight)
        if words == there:  # what differs stands in the part that is not shown
            words = _("%(value)s, but not the same") % {"value": words}
        yield str(capfirst(LABELS[name])), words, there


def _differing(intake: Intake, sent: Report) -> dict[str, tuple[str, str]]:
    """Each field that is not the same in both, with both values in clear."""
    opened = sent.values
    for name in opened.keys() & set(SEALED):
        opened[name] = vault.current().open_(opened[name], name.removesuffix("_number"))
    pairs = {name: (_plain(name, intake.values), _plain(name, opened)) for name in ALL}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _plain(name: str, values: dict[str, Any]) -> str:
    value = str(values.get(name) or "")
    # Who was registered since is no other parent.
    return named.words(value) if name == "parent" else value


def _words(name: str, value: str, sight: Sight) -> str:
    if value and name not in open_to(sight):
        return _("not shown")
    return masks.number(value) if name in SEALED else shown.value_of(name, value)
