"""Finding people: of one's own area only, forgiving, and noted in the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import PRAMBATAN, Cast, report
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.registry.models import Person

pytestmark = pytest.mark.django_db


def search(client: Client, typed: str, **more: Any) -> str:
    """The page that a search leads to."""
    answer = client.post("/people/", {"q": typed}, follow=True, **more)
    assert answer.status_code == 200
    return text(answer)


@pytest.mark.parametrize("typed", ["Lin Yi-Chun", "yi chun lin", "CHUN", "Lín", "lin yichun", "lln yi-chun"])
def test_a_name_is_found_however_it_is_ordered_or_slightly_misspelt(
    world: Cast, lin: Person, typed: str
) -> None:
    assert f'href="/people/{lin.pk}/"' in search(cast.sign_in(world.kaliwungu), typed)


def test_another_name_finds_nobody_and_says_nothing_of_other_areas(world: Cast, lin: Person) -> None:
    page = search(cast.sign_in(world.kaliwungu), "Thiha")
    assert f"/people/{lin.pk}/" not in page
    assert "tidak berarti apa-apa tentang wilayah lain" in page


def test_who_lives_elsewhere_is_answered_like_who_does_not_exist(world: Cast, lin: Person) -> None:
    jati = cast.sign_in(world.jati)
    elsewhere, nobody = search(jati, "Lin Yi-Chun"), search(jati, "Nil Yi-Chnu")
    assert f"/people/{lin.pk}/" not in elsewhere
    assert elsewhere.count("<li") == nobody.count("<li")


def test_a_name_never_stands_readable_in_an_address(world: Cast, lin: Person) -> None:
    client = cast.sign_in(world.kaliwungu)
    answer = client.post("/people/", {"q": "Lin Yi-Chun"})
    assert answer.status_code == 302
    assert "yi-chun" not in answer["Location"].lower()
    assert client.get("/people/", {"q": "Lin"})["Location"].startswith("/people/?s=v1.")
    assert client.get("/people/", {"q": "desa:bakalankrapyak"}).status_code == 200


def test_a_sealed_search_opens_for_its_user_only(world: Cast, lin: Person) -> None:
    address = cast.sign_in(world.kaliwungu).post("/people/", {"q": "Lin"})["Location"]
    assert f"/people/{lin.pk}/" in text(cast.sign_in(world.kaliwungu).get(address))
    assert f"/people/{lin.pk}/" not in text(cast.sign_in(world.kudus).get(address))
    assert cast.sign_in(world.kudus).get("/people/?s=v1.nonsense").status_code == 200


def test_every_search_is_noted_and_its_terms_stand_in_the_erasable_part_only(
    world: Cast, lin: Person
) -> None:
    search(cast.sign_in(world.kaliwungu), "Yi-Chun desa:bakalankrapyak")
    entry = Entry.objects.get(action="person.searched")
    assert (entry.post, entry.area, entry.fields) == (world.kaliwungu.post_id, "33.19.01", "village")
    assert entry.values == {"terms": "Yi-Chun desa:bakalankrapyak"}
    assert "Yi-Chun" not in "".join(str(getattr(entry, field.attname)) for field in Entry._meta.fields)


def test_an_empty_search_teaches_and_lists_nobody(world: Cast, lin: Person) -> None:
    page = text(cast.sign_in(world.kudus).get("/people/"))
    assert "desa:bakalankrapyak" in page
    assert "berakhir:&lt;30h" in page
    assert lin.names not in page
    assert not Entry.objects.filter(action="person.searched").exists()


@pytest.mark.parametrize(
    ("typed", "found"),
    [("desa:bakalankrapyak", True), ("desa:prambatan", False), ("izin:ITAS", True), ("izin:kitas", True),
     ("izin:ITAP", False), ("berakhir:<30h", True), ("berakhir:<5h", False), ("berakhir:lewat", False),
     ("sumber:desa", True), ("sumber:disnaker", False), ("lin 1990", True), ("lin 1991", False)],
)  # fmt: skip
def test_filters_narrow_the_search(world: Cast, lin: Person, typed: str, found: bool) -> None:
    assert (f"/people/{lin.pk}/" in search(cast.sign_in(world.kudus), typed)) is found


def test_what_a_post_does_not_see_it_cannot_search_by(world: Cast, lin: Person) -> None:
    village = cast.sign_in(world.bakalan)
    for typed in ("lin 1991", "lin izin:ITAP", "lin berakhir:<5h", "lin sumber:disnaker"):
        page = search(village, typed)
        assert f"/people/{lin.pk}/" in page, typed  # the filter was left out, and the page says so
        assert "tidak terbuka bagi jabatan Anda" in page
    page = search(village, "lin")
    assert "Mei 1990" not in page and "1990-05" not in page
    assert "ITAS" not in page


def test_a_page_of_results_asks_the_same_few_questions_however_many_it_shows(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        sent = report(
            world.bakalan, names=f"Nguyen {chr(97 + number % 26)}{number}", birth_date="", again=True
        )
        sent.confirm(by=world.kaliwungu)
        if sent.is_doubtful:
            sent.decide_identity(by=world.kaliwungu, person=None)
    client = cast.sign_in(world.kaliwungu)
    address = client.post("/people/", {"q": "nguyen"})["Location"]
    with django_assert_max_num_queries(24):
        first = text(client.get(address))
    assert first.count("data-queue-open") == 25
    assert text(client.get(f"{address}&page=2")).count("data-queue-open") == 5


NUMBER = {"kind": "passport", "issuer": "Taiwan", "number": "a 123-4567", "purpose": "verify"}


def test_a_document_number_finds_its_person_for_a_stated_purpose(world: Cast, lin: Person) -> None:
    answer = cast.sign_in(world.kudus).post("/people/numbers/", NUMBER)
    assert answer["Location"] == f"/people/{lin.pk}/"
    entry = Entry.objects.get(action="search.by_number")
    assert entry.values == {"purpose": "verify"}
    assert entry.fields == "document_number"


def test_without_a_purpose_no_number_is_searched(world: Cast, lin: Person) -> None:
    answer = cast.sign_in(world.kudus).post("/people/numbers/", {**NUMBER, "purpose": ""})
    assert answer.status_code == 400
    assert 'value="a 123-4567"' in text(answer)
    assert not Entry.objects.filter(action="search.by_number").exists()


def test_a_number_of_another_area_is_answered_like_no_number(world: Cast, lin: Person) -> None:
    client = cast.sign_in(world.demak_regency)
    known = client.post("/people/numbers/", NUMBER, follow=True).content
    unknown = client.post("/people/numbers/", {**NUMBER, "number": "Z9999999"}, follow=True).content
    assert _shown(known) == _shown(unknown)


def _shown(page: bytes) -> str:
    """The page without its one-time tokens."""
    return "".join(line for line in page.decode().splitlines() if "csrf" not in line.lower())


@pytest.mark.parametrize(
    "who", ["bakalan", "kaliwungu", "labour", "province", "protection", "auditor", "operator"]
)
def test_posts_without_numbers_have_no_search_by_number(world: Cast, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    assert client.post("/people/numbers/", NUMBER).status_code == 404
    assert "numbers/" not in text(client.get("/people/"))


@pytest.mark.parametrize("who", ["labour", "province", "nation", "protection", "auditor", "operator"])
def test_roles_without_persons_have_no_search(world: Cast, who: str) -> None:
    client = cast.sign_in(getattr(world, who))
    assert client.get("/people/").status_code == 404
    assert client.post("/people/", {"q": "lin"}).status_code == 404


def test_a_search_needs_a_sign_in() -> None:
    assert Client().get("/people/")["Location"].startswith("/sign-in/")


def test_a_strange_page_number_or_a_very_long_text_is_no_fault(world: Cast, lin: Person) -> None:
    client = cast.sign_in(world.kaliwungu)
    assert client.get("/people/?q=desa:bakalankrapyak&page=99x").status_code == 200
    assert search(client, "ا" * 10_000 + "🙂")


def test_a_village_named_outside_the_mandate_is_not_found(world: Cast, lin: Person) -> None:
    report(world.prambatan, names="Thiha", nationality="MMR", birth_date="1988").confirm(by=world.kaliwungu)
    page = search(cast.sign_in(world.bakalan), f"desa:{PRAMBATAN}")
    assert "Tidak ada desa bernama demikian" in page
    assert "Thiha" not in page
