"""The receipt: a numbered paper, and a code that anybody checks without a network."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.papers.receipt import words
from tests.stays import house
from timpora.papers import signing
from timpora.papers.models import Paper, SigningKey
from timpora.stays import receipt
from timpora.stays.models import Sending
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db
DOOR = "https://timpora.example/papers/check/"


def line_of(paper: Paper) -> str:
    """The line as it was signed anew: ECDSA draws each time, the paper's own stands in its PDF."""
    content = paper.content.data
    about = {"code": content["code"], "count": content["count"], "day": content["day"]}
    return SigningKey.objects.sign(paper.number, **about, by=paper.issued_by)


def test_it_is_issued_once_with_a_number_and_names_the_guests(hotel: Mandate, desk: Any) -> None:
    desk.post("/stays/new/", house.posted({}, {"names": "Second Guest", "document_number": "Z2"}))
    sending = Sending.objects.get()
    first = desk.post(f"/stays/sendings/{sending.pk}/paper/")
    second = desk.post(f"/stays/sendings/{sending.pk}/paper/")
    paper = Paper.objects.get()
    assert first["Location"] == second["Location"] == f"/papers/{paper.pk}/"
    pdf = desk.get(f"/papers/{paper.pk}/")
    said = words(pdf.content)
    assert pdf["Content-Type"] == "application/pdf"
    for each in (
        paper.number,
        "2 data tamu asing",
        "Brannagh Wixolt",
        "Irlandia",
        "Second Guest",
        "25 November 2026",
    ):
        assert each in said, each
    assert house.PASSPORT not in said and "21" not in said.replace(paper.number, "").split("Tamu")[0]


def test_only_the_lodging_and_who_oversees_its_area_read_it(world: Cast, hotel: Mandate, desk: Any) -> None:
    house.check_in(hotel)
    paper = receipt.issue(Sending.objects.get(), by=hotel, door=DOOR)
    other = house.host(world, name="Hotel Lain")
    readers = {
        name for name, mandate in world.everyone().items()
        if cast.sign_in(mandate).get(f"/papers/{paper.pk}/").status_code == 200
    }  # fmt: skip
    assert readers == {"kudus", "immigration", "chair"}
    assert cast.sign_in(other).get(f"/papers/{paper.pk}/").status_code == 404
    assert paper.number not in text(cast.sign_in(other).get("/papers/"))
    assert paper.number in text(desk.get("/papers/"))


def test_when_all_was_taken_back_there_is_nothing_to_give_a_receipt_for(hotel: Mandate, desk: Any) -> None:
    stay = house.check_in(hotel)
    stay.void(by=hotel, reason="twice")
    assert desk.post(f"/stays/sendings/{stay.sending_id}/paper/").status_code == 409
    assert not Paper.objects.exists()


def test_the_line_holds_and_says_nothing_personal(hotel: Mandate) -> None:
    house.check_in(hotel)
    paper = receipt.issue(Sending.objects.get(), by=hotel, door=DOOR)
    line = line_of(paper)
    found = signing.checked(line, SigningKey.objects.points())
    assert found is not None
    assert (found.number, found.code, found.count, found.day) == (
        paper.number, hotel.post.lodging.code, 1, "2026-11-25",
    )  # fmt: skip
    assert "Wixolt" not in line and "Uji" not in line


def test_the_page_checks_it_for_anybody_and_notes_nobody(hotel: Mandate) -> None:
    house.check_in(hotel)
    paper = receipt.issue(Sending.objects.get(), by=hotel, door=DOOR)
    line, anybody = line_of(paper), Client()
    page = anybody.get("/papers/check/offline/")
    assert page.status_code == 200 and "max-age=604800" in page["Cache-Control"]
    assert SigningKey.objects.get().name in text(page)
    for pasted in (line, f"  {line}\n", f"{DOOR}offline/#{line.replace('|', '%7C')}"):
        answer = anybody.post("/papers/check/offline/", {"line": pasted})
        assert answer.context["found"].number == paper.number
    answer = anybody.post("/papers/check/offline/", {"line": line.replace("|1|", "|2|")})
    assert answer.context["found"] is None and "Tidak seperti" in text(answer)
    assert anybody.post("/papers/check/offline/", {"line": ""}).status_code == 400


def test_the_command_line_checks_it(hotel: Mandate, capsys: Any, in_english: None) -> None:
    house.check_in(hotel)
    line = line_of(receipt.issue(Sending.objects.get(), by=hotel, door=DOOR))
    call_command("papers", "verify", line)
    assert capsys.readouterr().out.startswith("Genuine: ")
    with pytest.raises(CommandError):
        call_command("papers", "verify", line.replace("2026", "2025"))
