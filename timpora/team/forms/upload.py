"""The file of a list of members, and the sealed rows between dry run and import."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timpora import sheets
from timpora.sheets import Row
from timpora.sheets.faults import MESSAGES
from timpora.team.roster import COLUMNS, LIMITS
from timpora.widgets import Spreadsheet

TOO_LARGE = MESSAGES["too_large"]
HEADINGS = {column.name: column.heading for column in COLUMNS}


class UploadForm(forms.Form):
    """A spreadsheet; what it holds is read once and not kept."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX, XLS, ODS or CSV, at most 2 MB and 2,000 rows."),
        widget=Spreadsheet(LIMITS.size, gettext_lazy(TOO_LARGE)),
    )

    def rows(self) -> list[Row] | None:
        """The rows of the file; None when it cannot be read so, and the form then says why."""
        sheet = sheets.read(self.cleaned_data["file"].read(), COLUMNS, LIMITS)
        for fault in sheet.faults[:20]:
            self.add_error("file", self._sentence(fault))
        return None if sheet.faults else sheet.rows

    @staticmethod
    def _sentence(fault: sheets.Fault) -> str:
        sentence = _(fault.message)
        where = HEADINGS.get(fault.column, "")
        if fault.row and where:
            return _("Row %(row)s, %(column)s: %(sentence)s") % {
                "row": fault.row,
                "column": where,
                "sentence": sentence,
            }
        return f"{where}: {sentence}" if where else sentence


class SealedForm(forms.Form):
    """The rows of the dry run, as this program sealed them."""

    rows = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)
