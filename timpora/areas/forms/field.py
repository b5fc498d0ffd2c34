"""A form field that takes an area by code or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from timpora.areas import codes, spelling
from timpora.areas.models import Area, AreaQuerySet
from timpora.widgets import Suggest

# What a suggestion puts in the field: "Bakalankrapyak (33.19.01.2001)".
NAMED_CODE = re.compile(r"\(([\d.]{2,13}|ID)\)\s*$", re.ASCII)
DEEPEST = 4
"""Names an address has between its commas: desa, kecamatan, kabupaten, provinsi."""


class AreaInput(Suggest):
    """A text input that suggests areas at or below `under`, on the tiers `levels`."""

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, under: Iterable[str] = (), levels: Iterable[int] = ()
    ) -> None:
        super().__init__(
            {"autocomplete": "off", "spellcheck": "false", "maxlength": "120", **(attrs or {})},
            url_name="areas:suggest",
        )
        self.under, self.levels = tuple(under), tuple(levels)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context of the input; the address of the suggestions carries the scope."""
        context = super().get_context(name, value, attrs)
        scope = [("under", code) for code in self.under] + [("level", int(level)) for level in self.levels]
        if scope and context["suggestions"]:
            context["suggestions"] += f"?{urlencode(scope)}"
        return context


class AreaField(forms.CharField):
    """Gives the Area named by a code, by "Name (code)" or by a name that only one area in scope has.

    `under` and `levels` narrow what may be chosen; outside of it an area is as unknown as one that does not
    exist. After a refusal `candidates` holds the areas the text may have meant.
    """

    default_error_messages = {
        "unknown": _("No area is called or numbered so. Choose one from the suggestions."),
        "meant": _("No area is called or numbered so. Did you mean %(names)s?"),
        "several": _("Several areas are called so: %(names)s. Choose one."),
        "wide": _("%(names)s has several parts. Choose one of them."),
        "retired": _("%(name)s exists no longer. Choose the area it belongs to today."),
    }

    def __init__(
        self, *, under: Iterable[str] = (), levels: Iterable[int] = (), retired: bool = False, **kwargs: Any
    ) -> None:
        self.under, self.levels, self.retired = tuple(under), tuple(levels), retired
        kwargs.setdefault("widget", AreaInput(under=self.under, levels=self.levels))
        super().__init__(**kwargs)
        self.candidates: list[Area] = []

    def narrow(self, under: Iterable[str]) -> None:
        """Limits the field, and what it suggests, to these codes; for a form that knows its mandate."""
        self.under = self.widget.under = tuple(under)

    def prepare_value(self, value: Any) -> Any:
        """The text the input shows for an Area; anything else as it is."""
        return f"{value.name} ({value.code})" if isinstance(value, Area) else value

    def to_python(self, value: Any) -> Any:
        """The Area meant, None for an empty text; raises ValidationError with a sentence for the reader."""
        text = super().to_python(value)
        if not text:
            return None
        self.candidates = self._meant(text)
        if len(self.candidates) == 1:
            return self._chosen(self.candidates[0])
        if self.candidates:
            raise self._fault("several", self.candidates)
        wider = self._wider(text)
        if wider:
            raise self._fault("wide", [wider])
        self.candidates = Area.objects.live().search(text, under=self.under, levels=self.levels, limit=3)
        raise self._fault("meant" if self.candidates else "unknown", self.candidates)

    def _meant(self, text: str) -> list[Area]:
        """The areas in scope whose code or name the text is; retired ones only where there is no other."""
        named = NAMED_CODE.search(text)
        code = named.group(1) if named else spelling.as_code(text) or text.strip().upper()
        areas = Area.objects.under(self.under or (codes.NATION,)).with_line()
        if self.levels:
            areas = areas.filter(level__in=self.levels)
        by_code = list(areas.filter(code=code)) if codes.is_code(code) else []
        if by_code or named:
            return by_code
        same = _called(text, areas.order_by("level", "code"))
        return [area for area in same if not area.retired] or same

    def _wider(self, text: str) -> Area | None:
        """The area in scope that the text is the code of, where only its parts may be chosen."""
        named = NAMED_CODE.search(text)
        code = named[1] if named else spelling.as_code(text) or text.strip()
        if not self.levels or not codes.is_code(code):
            return None
        areas = Area.objects.under(self.under or (codes.NATION,)).with_line()
        return areas.filter(code=code, level__lt=min(self.levels)).first()

    def _chosen(self, area: Area) -> Area:
        if area.retired and not self.retired:
            raise ValidationError(
                self.error_messages["retired"], code="retired", params={"name": area.full_name}
            )
        return area

    def _fault(self, code: str, areas: list[Area]) -> ValidationError:
        names = "; ".join(f"{area.path} ({area.code})" for area in areas[:3])
        return ValidationError(self.error_messages[code], code=code, params={"names": names})


def _called(text: str, areas: AreaQuerySet) -> list[Area]:
    """The areas whose name is the text; what stands after a comma is where they lie.

    "Kaliwungu", "Kec. Kaliwungu" and "Kec. Kaliwungu, Kab. Kudus" all name one. At most twenty of each kind.
    """
    name, *around = text.split(",")[:DEEPEST]
    holders = [codes.NATION]
    for part in reversed(around):
        holders = [area.code for area in _named(part, Area.objects.under(holders))] if holders else []
    return _named(name, areas.under(holders)) if holders else []


def _named(text: str, areas: AreaQuerySet) -> list[Area]:
    words = spelling.words(text)
    key, rest = spelling.key("".join(words)), spelling.key("".join(words[1:]))
    found = list(areas.filter(folded=key)[:20]) if key else []
    kinds = spelling.kinds(words[0]) if rest else set()
    if kinds:
        found += [area for area in areas.filter(folded=rest)[:20] if area.kind in kinds]
    return found
