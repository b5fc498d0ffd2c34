"""An office's settings in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import capfirst

from timpora.areas.models import Office


def label(name: str) -> str:
    """What a setting is called."""
    return capfirst(str(Office._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def value(office: Office, name: str) -> str:
    """A setting's value: the label of a choice, the tiers by name, otherwise as it is."""
    if name == "verifying_tiers":
        return office.tier_names
    choice = getattr(office, f"get_{name}_display", None)
    return str(choice() if choice else getattr(office, name))


def differing(sent: Office, names: Iterable[str]) -> list[tuple[str, str, str]]:
    """(label, what was sent, what stands now) of those settings in which the two differ."""
    now = Office.objects.select_related("province").get(pk=sent.pk)
    rows = ((label(name), value(sent, name), value(now, name)) for name in names)
    return [row for row in rows if row[1] != row[2]]
