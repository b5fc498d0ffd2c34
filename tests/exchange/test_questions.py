"""The opening balance: an officer's own old list asks each village, and the first return answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, GETAS, PASSPORT, PRAMBATAN, report
from tests.exchange.given import CHEN, RAO, agree, taken
from tests.exchange.test_comparisons import compare, english
from tests.pages import text
from timpora.areas.models import Area
from timpora.exchange.feedback import feedback
from timpora.exchange.models import Gap, Reply
from timpora.exchange.questions import questions
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.recaps.counting import counts
from timpora.registry.models import Person
from timpora.reports.models import Draft, Report
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db
HERE = "/lists/questions/"
CHEN_SAID = {"names": "Chen Wei", "nationality": "CHN", "birth_date": "1985-08-17",
             "sex": "M", "document_kind": "passport", "document_issuer": "CHN",
             "document_number": "E55667788"}  # fmt: skip


@pytest.fixture
def own(world: Any) -> Any:
    """The immigration officer's own spreadsheet: no other agency is needed, a record with itself is."""
    return taken(world.immigration, agree(world, "imigrasi", "own"), [CHEN, RAO])


def asked(client: Any) -> bool:
    return "CHEN WEI" in text(client.get(HERE))


def test_an_own_list_makes_persons_known_by_list_and_asks_each_village(world: Any, own: Any) -> None:
    assert (counts("33.19").known_by_list, counts("33.19").people) == (2, 0)
    assert [question.names for question in questions(world.bakalan)] == ["CHEN WEI"]
    assert questions(world.prambatan) == [] == questions(world.getas)
    getaspejaten = cast.post_and_seat(
        "getaspejaten", Role.VILLAGE, area=Area.objects.get(name="Getaspejaten").pk
    )
    assert [question.names for question in questions(getaspejaten)] == ["ANAND RAO"]


def test_before_it_signs_nil_the_village_reads_that_it_is_asked_about_somebody(world: Any, own: Any) -> None:
    page, client = f"/returns/{BAKALAN}/2026-10/", cast.sign_in(world.bakalan)
    words = "mohon sampaikan apakah orang tersebut tinggal di sini"
    asked = text(client.get(page))
    # A list is no resident: the question stands before the button, not in its place (rules.md section 2).
    assert 'href="#questions"' in asked and asked.index(words) < asked.index(f"{page}nil/")
    (question,) = questions(world.bakalan)
    client.post(f"{HERE}{BAKALAN}/reply/", {"person": question.person, "word": "not_known"})
    assert questions(world.bakalan) == []
    answered = text(client.get(page))
    assert f"{page}nil/" in answered and words not in answered


def test_a_village_is_asked_with_name_nationality_and_address_only(world: Any, own: Any) -> None:
    page = text(english(world.bakalan).get(HERE))
    assert "Does CHEN WEI live here?" in page and "China" in page
    for hidden in ("17 Agustus 1985", "August 17, 1985", "1985-08", "E5", "••", "Muria", "Manager", "RAO"):
        assert hidden not in page
    assert Entry.objects.filter(action="questions.viewed", area=BAKALAN).exists()


def test_it_is_asked_on_the_return_of_the_village(world: Any, own: Any) -> None:
    for mandate in (world.bakalan, world.kaliwungu):
        assert "Does CHEN WEI live here?" in text(english(mandate).get(f"/returns/{BAKALAN}/2026-10/"))
    assert "CHEN WEI" not in text(english(world.prambatan).get(f"/returns/{PRAMBATAN}/2026-10/"))
    assert "live here?" not in text(english(world.kudus).get(f"/returns/{BAKALAN}/2026-10/"))


def test_lives_here_opens_an_ordinary_report_with_what_the_list_says(world: Any, own: Any) -> None:
    client, person = english(world.bakalan), Person.objects.get(names="CHEN WEI")
    answer = client.post(f"{HERE}{BAKALAN}/reply/", {"person": person.pk, "word": "lives_here"})
    assert (answer.status_code, answer["Location"]) == (303, "/reports/new/")
    assert 'value="CHEN WEI"' in text(client.get("/reports/new/"))
    assert not Report.objects.exists() and asked(client)  # nothing is said for the village
    sent = report(world.bakalan, **CHEN_SAID)
    assert not asked(client)  # it waits to be confirmed
    sent.confirm(by=world.kaliwungu)
    assert not asked(client)
    assert (counts("33.19").known_by_list, counts("33.19").people) == (1, 1)
    assert Person.objects.count() == 2


def test_a_report_begun_about_somebody_else_is_not_written_over(world: Any, own: Any) -> None:
    Draft.objects.keep(by=world.bakalan, values={"names": "Somebody Else"})
    client, person = english(world.bakalan), Person.objects.get(names="CHEN WEI")
    answer = client.post(f"{HERE}{BAKALAN}/reply/", {"person": person.pk, "word": "lives_here"})
    assert answer.status_code == 409 and "/reports/new/" in text(answer)
    assert Draft.objects.of(world.bakalan) == {"names": "Somebody Else"}


@pytest.mark.parametrize("word", ["not_known", "left"])
def test_a_word_closes_the_question_and_moves_no_figure(world: Any, own: Any, word: str) -> None:
    client, person = english(world.bakalan), Person.objects.get(names="CHEN WEI")
    before = counts("33.19")
    said = {"person": person.pk, "word": word}
    assert client.post(f"{HERE}{BAKALAN}/reply/", said).status_code == 303
    assert not asked(client)
    assert client.post(f"{HERE}{BAKALAN}/reply/", said).status_code == 409
    reply = Reply.objects.get()
    assert (reply.word, reply.mandate_id, reply.area_id) == (word, world.bakalan.pk, BAKALAN)
    assert counts("33.19").known_by_list == before.known_by_list
    assert Entry.objects.filter(action="question.answered", fields=word).count() == 1


def test_an_unchanged_row_of_a_newer_list_asks_nothing_and_a_new_word_does(world: Any, own: Any) -> None:
    client, person = english(world.bakalan), Person.objects.get(names="CHEN WEI")
    client.post(f"{HERE}{BAKALAN}/reply/", {"person": person.pk, "word": "not_known"})
    taken(world.immigration, own.sharing, [CHEN], as_of=date(2026, 11, 10))
    assert not asked(client)
    taken(world.immigration, own.sharing, [(*CHEN[:6], "Director", *CHEN[7:])], as_of=date(2026, 11, 20))
    assert asked(client)
    assert client.post(f"{HERE}{BAKALAN}/reply/", {"person": person.pk, "word": "left"}).status_code == 303
    assert Reply.objects.standing().get().word == "left"


def test_only_the_village_and_its_district_answer(world: Any, own: Any) -> None:
    person = Person.objects.get(names="CHEN WEI")
    said = {"person": person.pk, "word": "left"}
    for name, mandate in world.everyone().items():
        if name not in ("bakalan", "kaliwungu"):
            assert cast.sign_in(mandate).post(f"{HERE}{BAKALAN}/reply/", said).status_code == 404, name
            with pytest.raises(Refusal):
                Reply.objects.give(by=mandate, area=world.bakalan.post.area, person=person.pk, word="left")
    assert not Reply.objects.exists()
    page = text(english(world.kaliwungu).get(HERE))
    assert f"{HERE}{BAKALAN}/" in page and GETAS not in page
    assert english(world.kaliwungu).post(f"{HERE}{BAKALAN}/reply/", said).status_code == 303


def test_nobody_is_asked_about_whom_no_list_names_there(world: Any, own: Any) -> None:
    report(world.getas, **PASSPORT).confirm(by=world.jati)
    client, other = english(world.bakalan), Person.objects.get(names="Lin Yi-Chun")
    rao = Person.objects.get(names="ANAND RAO")
    for person in (other.pk, rao.pk, 10**12, "x", ""):
        for word, status in (("left", 409), ("lives_here", 404), ("nonsense", 400)):
            answer = client.post(f"{HERE}{BAKALAN}/reply/", {"person": person, "word": word})
            assert answer.status_code == status
    assert not Reply.objects.exists()


def test_a_villages_word_that_somebody_left_explains_the_gap(world: Any, own: Any) -> None:
    person = Person.objects.get(names="CHEN WEI")
    Reply.objects.give(by=world.bakalan, area=world.bakalan.post.area, person=person.pk, word="left")
    compare(world.kudus)
    assert Gap.objects.get(who=f"person:{person.pk}").reason == "departed"


def test_an_agency_reads_what_became_of_its_lists(world: Any, own: Any) -> None:
    assert feedback(world.labour) is None
    taken(
        world.labour, agree(world), [CHEN, ("KIM", "L", "1990", "Korea Selatan", "M7700112", "", "", "", "")]
    )
    compare(world.kudus)
    given = feedback(world.labour)
    assert given and (given.given, given.matched, given.closed) == (2, 1, 0)
    assert given.used_at is not None
    touching = Gap.objects.visible_to(world.labour)
    touching.close(by=world.kudus, reason="unknown")
    given = feedback(world.labour)
    assert given and given.closed == touching.count() > 0
    page = text(english(world.labour).get("/lists/"))
    assert "What became of your lists" in page and "Last compared on" in page


def test_the_first_page_of_a_village_leads_to_its_questions_until_they_are_answered(
    world: Any, own: Any
) -> None:
    home = english(world.bakalan)
    assert "1 person on a list is not reported here" in text(home.get("/")) and HERE in text(home.get("/"))
    assert "on a list" not in text(english(world.prambatan).get("/"))
    chen = questions(world.bakalan)[0].person
    Reply.objects.give(by=world.bakalan, area=Area.objects.get(pk=BAKALAN), person=chen, word="not_known")
    assert "on a list" not in text(home.get("/"))
