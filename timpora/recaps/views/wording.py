"""What the page of a place says in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timpora.areas.codes import Level
from timpora.areas.models import office_of
from timpora.recaps.places import Place
from timpora.recaps.showing import Shown
from timpora.recaps.unconfirmed import UNCONFIRMED_DAYS

# What the parts of a place are called, by its own tier (None: an office).
PARTS = {
    Level.NATION: (gettext_lazy("By province"), gettext_lazy("Province")),
    Level.PROVINCE: (gettext_lazy("By immigration office"), gettext_lazy("Immigration office")),
    None: (gettext_lazy("By regency or city"), gettext_lazy("Regency or city")),
    Level.REGENCY: (gettext_lazy("By district"), gettext_lazy("District")),
    Level.DISTRICT: (gettext_lazy("By village"), gettext_lazy("Village")),
}


def sentence(shown: Shown) -> str:
    """What the number counts, how it changed, what waits and what has not been confirmed for long."""
    behind = shown.behind
    said = [_("each person counted once")]
    if behind:
        said.append(_change(behind.change))
    if behind and behind.unconfirmed:
        said.append(
            _("%(n)s of these people not confirmed for %(days)s days")
            % {"n": number(behind.unconfirmed), "days": _days(shown.place)}
        )
    if shown.waiting:
        waits = ngettext("%(n)s report waits", "%(n)s reports wait", shown.waiting)
        said.append(waits % {"n": number(shown.waiting)})
    elif shown.waiting == 0:
        said.append(_("no report waits"))
    return " · ".join(said)


def _change(change: int) -> str:
    if change > 0:
        return _("up %(n)s since last month") % {"n": number(change)}
    if change < 0:
        return _("down %(n)s since last month") % {"n": number(-change)}
    return _("as many as at the end of last month")


def _days(place: Place) -> int:
    office = office_of(place.codes[0]) if place.level is None or place.level >= Level.REGENCY else None
    return office.unconfirmed_days if office else UNCONFIRMED_DAYS


def number(value: int) -> str:
    """The number as the reader's language groups it."""
    return number_format(value, force_grouping=True)
