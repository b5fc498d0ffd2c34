"""The forms of the check page."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from timpora.papers import check_codes

LARGEST = 20 * 1024 * 1024  # bytes; our own papers are far smaller


class CodeForm(forms.Form):
    """The code printed beside the QR code."""

    code = forms.CharField(
        label=_("Check code"),
        max_length=60,
        help_text=_("Twenty letters and digits beside the QR code; capitals and hyphens do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        code = check_codes.normal(self.cleaned_data["code"])
        if not code:
            raise forms.ValidationError(
                _("A code has five groups of four letters and digits. Compare it with the paper once more."),
                code="shape",
            )
        return code


class FileForm(forms.Form):
    """A file to compare; it is read once and not kept."""

    file = forms.FileField(
        label=_("PDF file"),
        help_text=_("Only its fingerprint is compared. The file is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("This file is larger than any paper of Timpora."), code="large")
        return file

    def digest(self) -> str:
        """The SHA-256 of the file as 64 hex digits."""
        digest = sha256()
        for chunk in self.cleaned_data["file"].chunks():
            digest.update(chunk)
        return digest.hexdigest()
