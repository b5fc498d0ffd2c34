"""Whether the line works, for `timpora doctor`."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from timpora.finding import Finding
from timpora.rooms import line
from timpora.rooms.models import LineNumber

UNLIMITED = 10**9


def whatsapp() -> Finding:
    """WhatsApp is optional; set in part it is a mistake, set in whole the provider is asked."""
    missing = line.missing()
    if len(missing) == len(line.NEEDED):
        return Finding(None, _("no WhatsApp number: notices go by e-mail and in Timpora (WHATSAPP_TOKEN)"))
    if missing:
        said = _("WhatsApp is set in part; missing: %(names)s") % {"names": ", ".join(missing)}
        return Finding(False, said, _("set them, or none of them"))
    number = LineNumber.objects.look()
    if number is None or number.fault is not None:
        trouble = number.trouble if number else ""
        return Finding(False, _("WhatsApp can't be used"), trouble.rstrip("."))
    limit = _("no limit") if number.limit >= UNLIMITED else number_format(number.limit, force_grouping=True)
    said = _("WhatsApp answers: %(number)s, members a day by template: %(limit)s")
    return Finding(True, said % {"number": number.display, "limit": limit})
