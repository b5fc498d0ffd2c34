"""What can be wrong with a file, in sentences for the person who sent it, and how much we take."""

from __future__ import annotations

from dataclasses import dataclass

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

MESSAGES: dict[str, str] = {
    "empty": N_("The file holds no rows."),
    "not_a_sheet": N_("The file is not a table we can read. Please send XLSX, XLS, ODS or CSV."),
    "encrypted": N_("The file is locked with a password. Please save it without one and send it again."),
    "too_large": N_("The file is too large. Please send it in parts."),
    "too_many_rows": N_("The file has too many rows. Please send it in parts."),
    "too_many_columns": N_("The sheet has too many columns. Please delete those that are not needed."),
    "no_headings": N_("No row with the expected headings was found. Please use the template."),
    "missing_column": N_("This column is missing."),
    "doubled_column": N_("This heading stands twice. Please keep one of the two."),
    "rounded_number": N_(
        "The spreadsheet has rounded this long number. Please format the column as text and type it again."
    ),
    "too_long": N_("This cell holds too much text."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right: `row` as the spreadsheet numbers it (0 = the whole file), `column` the
    caller's column name ("" = the whole row), `code` a key of MESSAGES or the caller's own."""

    row: int
    column: str
    code: str

    @property
    def message(self) -> str:
        """The sentence of the code, an English msgid; "" for a caller's own code."""
        return MESSAGES.get(self.code, "")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is taken. `memory` (bytes) and `seconds` bound the process that unpacks it."""

    size: int = 10 * 2**20
    rows: int = 20_000
    columns: int = 200
    cell: int = 10_000
    memory: int = 768 * 2**20
    seconds: int = 20
