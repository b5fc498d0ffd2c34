"""Form widgets of the shell: answers as cards, a date that may be partial, a text with suggestions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.urls import NoReverseMatch, reverse


class _Ours:
    """Renders from templates/form whatever renderer the form was given."""

    def _render(self, template_name: str, context: dict[str, Any], renderer: Any = None) -> str:
        return super()._render(template_name, context, TemplatesSetting())  # type: ignore[misc]


class Answers(_Ours, forms.RadioSelect):
    """Choices as cards to tap; none is chosen beforehand unless the form has a value.

    `tall=True` puts one card on each line, for answers of more than two words.
    """

    template_name = "form/answers.html"

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = (), *, tall: bool = False) -> None:
        super().__init__(attrs, choices)
        self.tall = tall

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["tall"] = self.tall
        return context


class DateParts(_Ours, forms.MultiWidget):
    """Day, month and year in three fields, each of which may stay empty.

    The value is text: "YYYY-MM-DD", "YYYY-MM", "YYYY" or "". A part that leaves a gap (a day without a month)
    or is no number stays in the text as typed ("1990--12"), so that the form's field can refuse it.
    """

    template_name = "form/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        number = {"inputmode": "numeric", "autocomplete": "off"}
        parts = {"day": 2, "month": 2, "year": 4}
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({**number, "maxlength": str(length), **(attrs or {})})
            for part, length in parts.items()
        }
        super().__init__(widgets, attrs)

    def decompress(self, value: Any) -> list[str | None]:
        year, month, day = ([*str(value or "").split("-"), "", ""])[:3]
        return [day or None, month or None, year or None]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:  # type: ignore[override]
        day, month, year = (
            str(part or "").strip() for part in super().value_from_datadict(data, files, name)
        )
        # One digit is how people write a day; the text that leaves here is ISO's.
        parts = [year, month.zfill(2) if month else "", day.zfill(2) if day else ""]
        return "-".join(parts).rstrip("-") if any(parts) else ""


class Spreadsheet(forms.FileInput):
    """A file of at most `largest` bytes. Where a script runs, a larger one is refused before it is sent, in
    the words of `too_large`.
    """

    def __init__(self, largest: int, too_large: Any, accept: str = ".xlsx,.xls,.ods,.csv") -> None:
        super().__init__({"accept": accept, "data-largest": largest, "data-too-large": too_large})


class Suggest(_Ours, forms.TextInput):
    """A text field that shows suggestions from `url_name` (asked with `?q=`); the text alone works too."""

    template_name = "form/suggest.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, url_name: str) -> None:
        super().__init__(attrs)
        self.url_name = url_name

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        try:
            context["suggestions"] = reverse(self.url_name)
        except NoReverseMatch:
            context["suggestions"] = ""
        return context
