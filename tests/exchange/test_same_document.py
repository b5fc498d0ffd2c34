"""One document number in two statements of which it is open whom they speak of: nobody is made twice from it,
and whoever decides finds a way out.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import cast
from tests.cast import report
from tests.exchange.given import LIN, agree, mapped, outcomes, taken
from tests.pages import text
from timpora.exchange.models import Row
from timpora.recaps.counting import counts
from timpora.registry.models import IdentityDocument, Person, Proposal
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db

NUMBER = "B9998887"
NAMESAKE = (*LIN[:4], NUMBER, *LIN[5:])  # the name and birth date of the resident, another passport
OTHER_NAME = ("WU PEI-SHAN", "P", "09/09/1977", "Taiwan", NUMBER, *LIN[5:])
PASSPORT = cast.PASSPORT | {"document_number": NUMBER}


@pytest.fixture
def resident(world: Any) -> Person:
    report(world.bakalan, **cast.PASSPORT).confirm(by=world.kaliwungu)
    person: Person = Person.objects.get()
    return person


def row_of(world: Any, line: tuple[str, ...], giver: str = "disnaker") -> Row:
    """A row of an agency's list taken in."""
    kind, by = ("workers", world.labour) if giver == "disnaker" else ("own", world.kudus)
    row: Row = taken(by, agree(world, giver, kind), [line]).rows.get()
    return row


def decide(client: Client, row: Row, word: str) -> Any:
    return client.post(f"/lists/identities/{row.pk}/decision/", {"decision": word})


def offered(client: Client, row: Row) -> set[int]:
    page = client.get(f"/lists/identities/{row.pk}/")
    return {candidate.person.pk for candidate in page.context["candidates"]}


def test_a_number_that_waits_in_another_row_waits_with_it_as_the_dry_run_said(
    world: Any, resident: Person
) -> None:
    first = row_of(world, NAMESAKE)
    planned = mapped(world.immigration, agree(world, "imigrasi", "own"), [OTHER_NAME])
    assert outcomes(planned) == ["doubtful"]
    planned.commit(by=world.immigration)
    assert outcomes(planned) == ["doubtful"]
    second = planned.rows.get()
    assert Person.objects.count() == 1 and counts("33.19").known_by_list == 0
    client = cast.sign_in(world.kudus)
    for row in (first, second):
        assert offered(client, row) == {resident.pk}
        assert decide(client, row, f"same:{resident.pk}").status_code == 303
    assert Person.objects.get().documents.count() == 2
    assert (counts("33.19").people, counts("33.19").known_by_list) == (1, 0)


def test_one_row_of_a_file_waits_with_another_of_the_same_file(world: Any, resident: Person) -> None:
    batch = mapped(world.labour, agree(world), [NAMESAKE, OTHER_NAME])
    assert outcomes(batch) == ["doubtful", "doubtful"]
    batch.commit(by=world.labour)
    assert outcomes(batch) == ["doubtful", "doubtful"]


def test_whoever_holds_the_number_since_stands_beside_and_is_the_way_out(
    world: Any, resident: Person
) -> None:
    first, second = row_of(world, NAMESAKE), row_of(world, OTHER_NAME, "kesbangpol")
    client, office = cast.sign_in(world.kudus), cast.sign_in(world.immigration)
    assert decide(client, first, "other").status_code == 303
    new = Person.objects.exclude(pk=resident.pk).get()
    world.kudus.end(by=world.chair)  # the sender of the second list: its decision falls to the office
    assert offered(office, second) == {resident.pk, new.pk}
    for word in (f"same:{resident.pk}", "other"):
        answer = decide(office, second, word)
        assert answer.status_code == 400
        assert "sudah terdaftar dengan nomor dokumen ini" in text(answer)
        assert f'value="same:{new.pk}"' in text(answer)
    assert decide(office, second, f"same:{new.pk}").status_code == 303
    assert Person.objects.count() == 2 and counts("33.19").known_by_list == 1


def test_a_row_left_without_the_holder_beside_it_finds_the_holder_when_it_is_opened(
    world: Any, resident: Person
) -> None:
    first, second = row_of(world, NAMESAKE), row_of(world, OTHER_NAME, "kesbangpol")
    client = cast.sign_in(world.kudus)
    decide(client, first, "other")
    new = Person.objects.exclude(pk=resident.pk).get()
    Proposal.objects.undecided().filter(statement=second.statement, person=new).delete()
    world.kudus.end(by=world.chair)
    office = cast.sign_in(world.immigration)
    assert offered(office, second) == {resident.pk, new.pk}


def test_a_village_report_waits_with_the_row_that_has_its_number(world: Any, resident: Person) -> None:
    row = row_of(world, NAMESAKE)
    said = report(world.getas, names="Wu Pei-Shan", birth_date="1977-09-09", **PASSPORT)
    said.confirm(by=world.jati)
    said.refresh_from_db()
    assert said.is_doubtful and Person.objects.count() == 1
    client = cast.sign_in(world.kudus)
    assert decide(client, row, "other").status_code == 303
    new = Person.objects.exclude(pk=resident.pk).get()
    page = client.get(f"/identities/{said.pk}/")
    assert {each.person.pk for each in page.context["comparisons"]} == {resident.pk, new.pk}
    refused = client.post(f"/identities/{said.pk}/decision/", _seen(page, said, "other"))
    assert refused.status_code == 400 and "sudah terdaftar dengan nomor dokumen ini" in text(refused)
    answer = client.post(f"/identities/{said.pk}/decision/", _seen(page, said, f"same:{new.pk}"))
    assert answer.status_code == 303
    said.refresh_from_db()
    assert said.state == Report.State.VERIFIED and said.person == new
    assert (counts("33.19").people, counts("33.19").known_by_list) == (2, 0)


def test_two_reports_with_one_number_make_one_person_and_taken_back_wait_as_before(
    world: Any, resident: Person
) -> None:
    said = [
        report(world.prambatan, **PASSPORT),
        report(world.prambatan, names="Wu Pei-Shan", birth_date="1977-09-09", **PASSPORT, again=True),
    ]
    for each in said:
        each.confirm(by=world.kaliwungu)
        each.refresh_from_db()
        assert each.is_doubtful
    assert counts("33.19").people == 1
    client = cast.sign_in(world.kaliwungu)
    pages = [client.get(f"/identities/{each.pk}/") for each in said]
    decided = client.post(f"/identities/{said[1].pk}/decision/", _seen(pages[1], said[1], "other"))
    assert decided.status_code == 303
    new = Person.objects.exclude(pk=resident.pk).get()
    page = client.get(f"/identities/{said[0].pk}/")
    assert {each.person.pk for each in page.context["comparisons"]} == {resident.pk, new.pk}
    undone = client.post(f"/identities/{said[1].pk}/decision/undo/", {"reason": "keliru"})
    assert undone.status_code == 303
    for each in said:
        page = client.get(f"/identities/{each.pk}/")
        assert [one.person.pk for one in page.context["comparisons"]] == [resident.pk]
    assert counts("33.19").people == 1 and IdentityDocument.objects.count() == 1


def test_nobody_waits_for_a_report_that_no_tier_has_confirmed(world: Any, resident: Person) -> None:
    report(world.prambatan, **PASSPORT)
    assert row_of(world, OTHER_NAME).outcome == "new"
    assert Person.objects.count() == 2


def _seen(page: Any, said: Report, word: str) -> dict[str, str]:
    return {"decision": word, f"shown_{said.pk}": page.context["row"].shown}
