"""Fields that read what officers write: a country in any of its names, a date of which a part is known."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level
from timpora.areas.forms import AreaField
from timpora.registry import nations
from timpora.registry.partial_date import PartialDate, PartialDateError, Unparsable
from timpora.registry.plain import plain
from timpora.widgets import DateParts, Suggest

CODE = re.compile(r"\(([A-Z]{3})\)\s*$")
# "Indonesia/Jepang", "Indonesia dan Jepang": how a child of two nationalities is written.
BETWEEN = re.compile(r"\s*[/&,+]\s*|\s+(?:dan|and)\s+", re.IGNORECASE)


class NationField(forms.CharField):
    """Gives the code of a nationality, found by its Indonesian or English name, its ISO code or an alias."""

    default_error_messages = {
        "unknown": _("No country is called so. Please write its name in Indonesian or English, or its code."),
        "meant": _("No country is called so. Did you mean %(names)s?"),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = Suggest({"autocomplete": "off", "spellcheck": "false"}, url_name="registry:nations")
        super().__init__(**{"max_length": 60, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """The name and code the input shows for a code; anything else as it was typed."""
        known = nations.get(value) if isinstance(value, str) else None
        return f"{known.name(get_language() or 'id')} ({known.code})" if known else value

    def clean(self, value: Any) -> str:
        """The code; of two countries Indonesia. Raises ValidationError with the nearest names."""
        text = super().clean(value)
        if not text:
            return ""
        named = CODE.search(text)
        nation = (nations.get(named[1]) if named else None) or nations.find(text)
        if nation is None and any(_is_indonesia(part) for part in BETWEEN.split(text)[:4]):
            return nations.INDONESIA
        if nation is None or nation.kind == "organization":
            raise self._fault(text)
        return nation.code

    def _fault(self, text: str) -> ValidationError:
        language = get_language() or "id"
        found = [nation for nation in nations.search(text, 6, language) if nation.kind != "organization"]
        names = ", ".join(nation.name(language) for nation in found[:3])
        code = "meant" if names else "unknown"
        return ValidationError(self.error_messages[code], code=code, params={"names": names})


def _is_indonesia(text: str) -> bool:
    nation = nations.find(text)
    return nation is not None and nation.indonesian


class PartialDateField(forms.CharField):
    """Gives "1990", "1990-05" or "1990-05-03", as much as is known; "" where nothing is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": DateParts(), "max_length": 40, **kwargs})

    def clean(self, value: Any) -> str:
        """The ISO text; raises ValidationError for a day that no calendar has, the future, before 1900."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            # A gap ("1990--12") is a part that was forgotten, not another order of the parts.
            if "--" in text or text.startswith("-"):
                raise Unparsable
            return str(PartialDate.parse(text))
        except PartialDateError as fault:
            raise ValidationError(gettext(fault.message), code=fault.code) from None


class Listed(forms.TextInput):
    """A text input with names to choose from; any other text is as good. `options` is asked when shown."""

    template_name = "reports/_listed.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.options: Callable[[], list[str]] = list

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["options"] = self.options()
        if context["options"]:
            context["widget"]["attrs"]["list"] = f"{name}_options"
        return context


def day(**kwargs: Any) -> forms.DateField:
    """A field for one whole day, with the device's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(**{"widget": widget, "required": False, **kwargs})


def workplace(**kwargs: Any) -> AreaField:
    """A field for where somebody works: anywhere in the country, down to the village."""
    levels = (Level.VILLAGE, Level.DISTRICT, Level.REGENCY)
    return AreaField(**{"required": False, "levels": levels, **kwargs})


class Line(forms.CharField):
    """Gives one line of text without signs that nobody sees."""

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "")


def line(length: int, **kwargs: Any) -> forms.CharField:
    """A field for one line of text; browsers' own filling-in would offer other people's data."""
    return Line(
        max_length=length, **{"required": False, "widget": forms.TextInput({"autocomplete": "off"}), **kwargs}
    )
