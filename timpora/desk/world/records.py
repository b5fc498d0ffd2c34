"""The data-sharing records under which three agencies of the demo's Kudus bring their lists."""

from __future__ import annotations

from datetime import date, timedelta

from timpora.desk.world.seats import Seats
from timpora.exchange.models import Sharing
from timpora.exchange.models.sharing import Terms
from timpora.registry.fields import DOCUMENT, EMPLOYMENT, GUARANTOR, IDENTITY, PERMIT, RESIDENCE
from timpora.team.models import Agency

# Agency, kind of list, what it may give, and the paper. A page offers the last of an agency first.
RECORDS = (
    ("imigrasi", "guests", (*IDENTITY, "document_number"), "BA-04"),
    ("imigrasi", "permits", (*IDENTITY, *RESIDENCE, *DOCUMENT, *PERMIT, *GUARANTOR), "BA-01"),
    ("disnaker", "workers", (*IDENTITY, *DOCUMENT, *EMPLOYMENT), "BA-02"),
    ("disdukcapil", "domicile", (*IDENTITY, *RESIDENCE, *DOCUMENT, *PERMIT), "BA-03"),
)
BASIS = "Permenimipas 2/2025 Pasal 53; UU 27/2022 Pasal 20(2) huruf e"
PURPOSE = "Pencocokan daftar orang asing di Kabupaten Kudus"


def agree(filled: Seats, day: date) -> None:
    """One record an agency, agreed by the office."""
    starts = date(day.year, 1, 1)
    for agency, kind, fields, number in RECORDS:
        terms = Terms(
            giver=Agency.objects.get(code=agency), kind=kind, purpose=PURPOSE, fields=fields,
            legal_basis=BASIS, paper_number=f"{number}/TIMPORA/{day.year}", paper_day=starts,
            starts_on=starts,
            ends_on=starts + timedelta(days=730), keep_months=24, contact="Sekretariat, telepon kantor",
        )  # fmt: skip
        Sharing.objects.agree(by=filled.accounts["imigrasi"], terms=terms)
