"""The one photo that may come with a report, where the office has switched it on."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from timpora.reports.developing import SENTENCES, NoPhoto, developed

# What a browser that chooses a file offers; an iPhone then gives a JPEG of its own accord.
ACCEPTED = "image/jpeg,image/png,image/webp"
KEPT, OUT = "_kept", "_out"  # after the field's name: the photo a refused form gave back, and "take it out"


LEFT_OUT = _("The report was taken in without the photo: the office has switched photos off in the meantime.")


class Given(NamedTuple):
    """What came as the photo: the bytes, and how many there were of a file too large to be kept whole."""

    data: bytes
    size: int


class PhotoInput(forms.FileInput):
    """A file input that gives the photo of a refused form back, so that nobody chooses it twice.

    `jpeg` is the photo to give back: small, and made anew.
    """

    template_name = "reports/_photo.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, **(attrs or {})})
        self.jpeg = b""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Mapping[str, Any], name: str
    ) -> Given | None:
        """The file that was sent, else the photo given back; from a phone's item the photo as base64."""
        if sent := files.get(name):
            sent.seek(0)
            return Given(sent.read(), sent.size or 0)
        text = data.get(name) or data.get(f"{name}{KEPT}")
        return None if not text or f"{name}{OUT}" in data else _given(str(text))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return self.value_from_datadict(data, files, name) is None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["kept"] = base64.urlsafe_b64encode(self.jpeg).rstrip(b"=").decode()
        context["kilobytes"] = max(1, round(len(self.jpeg) / 1024))
        context["sentences"] = SENTENCES
        return context


class PhotoField(forms.Field):
    """Gives the photo as a small JPEG without metadata; b"" for none."""

    widget = PhotoInput

    def __init__(self, **kwargs: Any) -> None:
        words = {
            "label": _("Photo of the place or a letter"),
            "help_text": _("Never of a person, never of a passport."),
        }
        super().__init__(**{"required": False, **words, **kwargs})

    def clean(self, value: Given | None) -> bytes:
        """The JPEG, given back by the widget where the form is refused. Raises ValidationError."""
        if value is None or not value.size:
            return b""
        try:
            made = developed(value.data, value.size)
        except NoPhoto as fault:
            raise ValidationError(SENTENCES[fault.code], code=fault.code) from fault
        self.widget.jpeg = made
        return made

    def has_changed(self, initial: Any, data: Any) -> bool:
        return data is not None


def kept_for(days: int) -> str:
    """What stands below the field: what must not be photographed, and for how long the photo is kept."""
    never = gettext("Never of a person, never of a passport.")
    kept = ngettext("It is erased after %(n)s day.", "It is erased after %(n)s days.", days) % {"n": days}
    return f"{never} {kept}"


def _given(text: str) -> Given:
    """The bytes of base64 as phones and our own page write it; of anything else none that is a photo."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        data = b"?"
    return Given(data, len(data))
