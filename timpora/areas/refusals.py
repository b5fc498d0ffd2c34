"""Every sentence with which a verb of this app says no."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timpora.ledger.refusal import Refusal

SENTENCES = {
    "no_decree": (_("Give the decree or law the change rests on."), "decree"),
    "decree_not_in_force": (
        _("The decree takes force later. Record the change on the day it takes force."), "effective_on",
    ),
    "name_not_new": (_("Give the new name, at most 80 letters."), "name"),
    "area_retired": (_("{area} exists no longer."), "area"),
    "has_parts": (_("This area still has parts. Retire or merge them first."), "area"),
    "merge_target": (_("Choose another area of the same tier that exists today."), "into"),
    "code_of_other_tier": (_("{code} is not a code of the same tier as the area that is split."), "into"),
    "no_parent": (_("No area exists today in which {code} could lie."), "into"),
    "code_taken": (_("The code {code} is already in use."), "into"),
    "not_retired": (_("This area exists; it need not be restored."), "area"),
    "parent_retired": (_("The area it lies in exists no longer. Restore that one first."), "area"),
    "not_a_regency": (_("An office answers for a kabupaten or kota that exists today."), "area"),
    "other_office": (_("{area} belongs to {office}. End that jurisdiction first."), "area"),
    "not_its_area": (_("This office does not answer for that kabupaten or kota."), "area"),
    "ends_before_start": (_("The end lies before the start."), "until"),
    "office_exists": (_("An office with the code {code} already exists."), "code"),
    "letterhead_lines": (_("A letterhead has at most {most} lines."), "letterhead"),
    "letterhead_wide": (_("A line of the letterhead has at most {most} characters."), "letterhead"),
    "nothing_changed": (_("Nothing was changed."), None),
    "unknown_setting": (_("An office has no setting {name}."), None),
}  # fmt: skip


class AreaRefusal(Refusal):
    """A verb on areas or offices says no."""


def refuse(code: str, /, **names: object) -> AreaRefusal:
    """The refusal of that code, its sentence filled with `names`; to be raised."""
    sentence, field = SENTENCES[code]
    return AreaRefusal(format_lazy(sentence, **names) if names else sentence, field=field, code=code)
