"""A receipt as exchange asks for one, and how its PDF reads. The list and its agency are invented."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader

from tests.cast import Cast
from timpora.areas.models import Area
from timpora.papers.models import Paper
from timpora.team.models import Mandate

DOOR = "https://timpora.example/papers/check/"


def data(**other: Any) -> dict[str, Any]:
    """What a receipt is written from."""
    return {
        "agency": "Disnaker Kabupaten Kudus",
        "list": "Daftar TKA",
        "area": "Kabupaten Kudus",
        "sender": "Pengolah Data",
        "file": "tka november.xlsx",
        "digest": "ab" * 32,
        "as_of": "2026-11-01",
        "rows": 1686,
        "became": [["Baru", 1684], ["Perlu dilengkapi", 2]],
        "faults": [[7, "Tanggal 31/02/1990 tidak ada."], [9, "Nama kosong."]],
    } | other


def guests() -> dict[str, Any]:
    """What a lodging's receipt is written from."""
    return {
        "lodging": "Hotel Uji",
        "kind": "hotel",
        "address": "Jl. Contoh 1",
        "area": "Desa Bakalankrapyak",
        "sender": "Hotel Uji, Desa Bakalankrapyak",
        "day": "2026-11-25",
        "code": "L000012",
        "count": 2,
        "guests": [[1, "Brannagh Wixolt", "Irlandia", "2026-11-24"], [2, "Thiha", "Myanmar", "2026-11-25"]],
    }


def issued(world: Cast, by: Mandate | None = None, *, area: str = "33.19", **options: Any) -> Paper:
    """A receipt that Disnaker of Kudus was given, unless told otherwise."""
    values = options.pop("data", None) or data()
    made: Paper = Paper.objects.issue(
        "receipt", values, by=by or world.labour, area=Area.objects.get(pk=area), door=DOOR, **options
    )
    return made


def words(pdf: bytes) -> str:
    """The text of every page, its blanks as single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
