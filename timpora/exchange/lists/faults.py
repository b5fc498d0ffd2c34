"""What can be wrong with a list, its rows and its cells, each with the way to put it right."""

from __future__ import annotations

from dataclasses import dataclass

from timpora.sheets import Limits

from .dates import REMEDIES as DATES

N_ = str  # marks a msgid for extraction; whoever shows the sentence translates it

# The sentences of FILE name these.
LIMITS = Limits(size=20 * 2**20, rows=50_000, columns=200, cell=2_000, seconds=30)
# What `timpora import` takes: read in blocks, so only the process that unpacks a workbook needs room for all.
LONG = Limits(size=2**31, rows=2_000_000, columns=200, cell=2_000, memory=4 * 2**30, seconds=1_800)

FILE: dict[str, str] = {
    "empty": N_("The file holds no rows. Please choose the sheet or the file that has the list."),
    "not_a_sheet": N_("The file is not a table we can read. Please send XLSX, XLS, ODS or CSV."),
    "encrypted": N_("The file is locked with a password. Please save it without one and send it again."),
    "too_large": N_(
        "The file is larger than 20 MB, or opens to more than one list may hold. Please send it in"
        " parts, each as additions to the first, or have the operator take it in with `timpora import`."
    ),
    "too_many_rows": N_(
        "The sheet has more than 50,000 rows, which is the most that is taken at once. Please send it in"
        " parts, each as additions to the first, or have the operator take it in with `timpora import`."
    ),
    "too_many_columns": N_(
        "The sheet has more than 200 columns, which is the most that is taken. Please delete those that are"
        " not needed."
    ),
    "no_sheet": N_("The file has no sheet of this name any more. Please choose another."),
    "no_headings": N_(
        "No heading of a person was found: a name, a passport number or a birth date. Please write the"
        " headings in one row above the people."
    ),
    "no_name": N_("No column is chosen for the name, nor for a document number. Please choose one."),
    "doubled_field": N_("Two columns are chosen for the same thing. Please keep one of the two."),
    "unknown_heading": N_("A chosen column is not in this file. Please look at the columns again."),
    "not_a_permit": N_(
        "This is not the text of an electronic stay permit. Please copy all of it, or send the PDF as it was"
        " issued."
    ),
    "no_text": N_("This PDF is a picture without text. Please type the permit's data into a list instead."),
    "pdf_too_large": N_("The PDF is too large, or opens to too much. Please send the permit alone."),
    "wrong_list": N_("This looks like another list. Please check that it is the one you mean to send."),
}
WARNINGS = frozenset({"wrong_list", "unknown_heading"})

REMEDIES: dict[str, str] = {
    **DATES,
    "no_person": N_("This row has neither a name nor a document number. Fill in one, or delete the row."),
    "too_little": N_(
        "This row has a name and nothing else. Add the nationality, the birth date or a document number, or"
        " delete the row."
    ),
    "no_letters": N_("A name has letters. Write it as it stands in the passport."),
    "nationality_unknown": N_("Write the country as it stands in the passport, or its three letters (CHN)."),
    "citizen": N_("This is an Indonesian citizen, who is not registered here. Delete the row."),
    "diplomat": N_("Diplomats are not registered here (Law 6/2011 Article 73). Delete the row."),
    "sex_unknown": N_("Write L or P (or M or F)."),
    "permit_unknown": N_("Write ITK, ITAS or ITAP, or the index of the visa."),
    "no_number": N_("A number has letters or digits. Write it as it stands in the document."),
    "rounded_number": N_(
        "The spreadsheet has rounded this long number. Format the column as text and type the number again."
    ),
    "no_result": N_("This cell is a formula without a result. Type the value itself."),
    "too_long": N_("This cell holds too much text. Shorten it."),
}
# With one of these the row names nobody who could be registered; others only cost it the one value.
FATAL = frozenset({"no_person", "too_little", "citizen", "diplomat"})

NOTES: dict[str, str] = {
    "date_order_assumed": N_("The dates of this column can be read in two ways; day first is assumed."),
    "date_order_mixed": N_(
        "In this column some dates have the day first and others the month. All are read day first, and those"
        " that can't be are named."
    ),
    "date_perhaps_swapped": N_(
        "A spreadsheet may have swapped day and month in this column: typed dates have days up to 12 only."
        " Please compare a few with the documents."
    ),
    "citizens": N_("Rows of Indonesian citizens were passed over and not kept."),
    "passed_over": N_("Rows without a person (totals, signatures, titles) were passed over."),
    "same_document": N_("This document number stands in more than one row of the file."),
    "same_row": N_("This row stands in the file before, word for word."),
    "left": N_("The row says that the person has left."),
    "no_end": N_("The permit has no last day (valid for life)."),
    "employer_from_title": N_("The employer is taken from the title above the row."),
    "index_unknown": N_("This index is not in the table; it is kept as written."),
    "year_only": N_("Of the birth date only a part is known."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about the whole file: `code` is a key of FILE, `heading` names a column, `kind` is the code
    of the list that a wrong one looks like."""

    code: str
    heading: str = ""
    kind: str = ""

    @property
    def message(self) -> str:
        """The sentence, an English msgid."""
        return FILE[self.code]

    @property
    def blocks(self) -> bool:
        """Whether nothing can be read before it is put right; else it is only a warning."""
        return self.code not in WARNINGS


@dataclass(frozen=True, slots=True)
class LineFault:
    """One cell or row to put right: `row` as the spreadsheet numbers it, `heading` and `value` as they stand
    there ("" for a fault of the whole row), `field` what it was read as, `code` a key of REMEDIES."""

    row: int
    heading: str
    field: str
    value: str
    code: str

    @property
    def remedy(self) -> str:
        """What to do, an English msgid."""
        return REMEDIES[self.code]


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody should know of a column or the file and need not put right: `code` is a key of NOTES.

    `heading` names the column, `count` how many rows it is about (0 where that says nothing).
    """

    code: str
    heading: str = ""
    count: int = 0

    @property
    def message(self) -> str:
        """The sentence, an English msgid."""
        return NOTES[self.code]
