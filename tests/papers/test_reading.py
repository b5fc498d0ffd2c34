"""Reading papers: the issuing agency's in its area, every agency's for those who answer for the area."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.pages import text
from tests.papers import receipt
from timpora.ledger.models import Entry
from timpora.papers.models import Content, Paper

pytestmark = pytest.mark.django_db

AREA = {"kudus", "immigration", "chair"}


def readers(world: Cast, paper: Paper) -> set[str]:
    """Who of the cast gets the PDF; everybody else's answer is that it does not exist."""
    answers = {
        who: cast.sign_in(mandate).get(f"/papers/{paper.pk}/").status_code
        for who, mandate in world.everyone().items()
    }
    assert set(answers.values()) <= {200, 404}
    return {who for who, status in answers.items() if status == 200}


def test_a_list_receipt_is_for_its_agency_and_those_who_answer_for_the_area(world: Cast) -> None:
    assert readers(world, receipt.issued(world)) == {"labour"} | AREA


def test_a_villages_paper_is_not_for_its_neighbours(world: Cast) -> None:
    assert readers(world, receipt.issued(world, world.bakalan, area=BAKALAN)) == {"bakalan"} | AREA


def test_an_agency_reads_in_its_own_area_only(world: Cast) -> None:
    assert readers(world, receipt.issued(world, world.demak_regency, area="33.21")) == {
        "demak_regency",
        "immigration",
        "chair",
    }


def test_a_restricted_paper_is_its_posts_alone(world: Cast) -> None:
    paper = receipt.issued(world, world.immigration, restricted=True)
    assert readers(world, paper) == {"immigration"}
    assert paper.number not in text(cast.sign_in(world.chair).get("/papers/"))


def test_the_pdf_comes_as_it_was_issued_under_its_number(world: Cast) -> None:
    paper = receipt.issued(world)
    answer = cast.sign_in(world.labour).get(f"/papers/{paper.pk}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="1-TT-TIMPORA-KANIM-SEMARANG-XI-2026.pdf"'
    assert answer.content == bytes(Content.objects.get().pdf)


def test_every_opening_is_noted_and_a_refused_one_is_not(world: Cast) -> None:
    paper = receipt.issued(world)
    for mandate in (world.kudus, world.jati):
        cast.sign_in(mandate).get(f"/papers/{paper.pk}/")
    entry = Entry.objects.get(action="paper.opened")
    assert (entry.post, entry.subject) == (world.kudus.post_id, f"paper:{paper.pk}")


def test_without_papers_the_page_teaches(world: Cast) -> None:
    assert "Belum ada surat" in text(cast.sign_in(world.labour).get("/papers/"))


def test_the_list_shows_the_newest_first_in_pages(world: Cast) -> None:
    for _ in range(26):
        receipt.issued(world)
    client = cast.sign_in(world.labour)
    first, second = text(client.get("/papers/")), text(client.get("/papers/?page=2"))
    assert first.index("26/TT/") < first.index("2/TT/")
    assert ">1/TT/" not in first
    assert ">1/TT/" in second


def test_a_longer_list_asks_no_more_queries(world: Cast) -> None:
    client = cast.sign_in(world.labour)
    receipt.issued(world)
    with CaptureQueriesContext(
        connection,
    ) as short:
        client.get("/papers/")
    for _ in range(5):
        receipt.issued(world)
    with CaptureQueriesContext(connection) as long:
        client.get("/papers/")
    assert len(long) == len(short)


def test_an_erased_paper_stays_in_the_list_and_on_the_check_page_and_says_nothing_more(world: Cast) -> None:
    paper = receipt.issued(world)
    Content.objects.filter(paper=paper).delete()
    client = cast.sign_in(world.labour)
    page = text(client.get("/papers/"))
    assert "isi dihapus" in page
    assert f"/papers/{paper.pk}/" not in page
    assert client.get(f"/papers/{paper.pk}/").status_code == 404
    assert paper.sha256 in text(client.get(f"/papers/check/{paper.code}/"))
