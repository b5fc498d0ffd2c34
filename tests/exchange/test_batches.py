"""A list from the file to its receipt: looked at first, taken in once, each row accounted for."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.cast import BAKALAN, PASSPORT, report
from tests.exchange.given import BROKEN, CHEN, LIN, RAO, agree, mapped, outcomes, table, taken, upload
from tests.exchange.test_lists_eitas import PERMIT, pdf_of
from tests.pages import text
from timpora.exchange.lists.faults import LIMITS
from timpora.exchange.models import Batch, Match, Row, Upload, UploadPart
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Refusal
from timpora.recaps.counting import counts
from timpora.registry.models import Person, Residence, Statement
from timpora.uploads import HARDEST

pytestmark = pytest.mark.django_db


def resident(world: Any) -> Person:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    person: Person = Person.objects.get()
    return person


def fields_of(page: str, headings: int) -> dict[str, str]:
    """The form of the columns as the page offers it."""
    said = {}
    for index in range(headings):
        select = re.search(rf'<select name="column-{index}".*?</select>', page, re.DOTALL)
        assert select
        chosen = re.search(r'value="([^"]*)" selected', select[0])
        said[f"column-{index}"] = chosen[1] if chosen else ""
    return said


def test_a_file_is_looked_at_row_by_row_before_anything_is_taken_in(world: Any) -> None:
    resident(world)
    sharing, client = agree(world), cast.sign_in(world.labour)
    answer = upload(client, sharing, table([LIN, CHEN, BROKEN]))
    assert answer.status_code == 303
    page = text(client.get(answer["Location"]))
    assert "NAMA TKA" in page and "LIN YI-CHUN" in page
    sent = client.post(answer["Location"], fields_of(page, 9) | {"sheet": ""})
    assert sent.status_code == 303, text(sent)
    batch = Batch.objects.get()
    assert outcomes(batch) == ["same", "new", "faulty"]
    page = text(client.get(sent["Location"]))
    assert "31/02/1991" in page and "TGL LAHIR" in page
    assert Statement.objects.count() == 1
    assert Person.objects.count() == 1


@pytest.mark.parametrize("size", [LIMITS.size + 1, HARDEST + 1])
def test_a_file_too_large_is_refused_beside_its_field_and_what_was_chosen_stays(
    world: Any, size: int
) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    answer = upload(client, sharing, b"x" * size, as_of="2026-10-31")
    page = text(answer)
    assert answer.status_code == 400 and not Batch.objects.exists()
    assert "id_file_error" in page and "20 MB" in page and f'data-largest="{LIMITS.size}"' in page
    assert f'value="{sharing.pk}" selected' in page and 'value="2026-10-31"' in page
    assert re.search(r'value="whole"[^>]* checked', page)


def test_what_is_taken_in_makes_persons_and_statements_and_no_residence(world: Any) -> None:
    known = resident(world)
    batch = taken(world.labour, agree(world), [LIN, CHEN, BROKEN])
    assert outcomes(batch) == ["same", "new", "faulty"]
    first, second = Row.objects.filter(statement__isnull=False).order_by("number")
    assert first.statement.person == known
    assert second.statement.source_id == f"row:{second.pk}"
    assert (second.statement.area_id, second.statement.as_of) == (BAKALAN, date(2026, 11, 1))
    assert second.statement.person.names == "CHEN WEI"
    assert Residence.objects.count() == 1
    assert known.employments.get().employer == "PT Muria Jaya"
    assert "E55667788" not in str(second.statement.values)
    assert second.statement.person.documents.get().number == "E55667788"
    assert not Upload.objects.exists()


def test_the_same_file_again_changes_nothing_and_says_so(world: Any) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    batch = taken(world.labour, sharing, [LIN, CHEN])
    before = Statement.objects.count(), Batch.objects.count()
    answer = upload(client, sharing, table([LIN, CHEN]), as_of="2026-11-20")
    assert answer.status_code == 409
    assert f"/lists/{batch.pk}/" in text(answer)
    assert (Statement.objects.count(), Batch.objects.count()) == before


def test_the_same_file_sent_twice_and_not_taken_in_yet_is_one_list(world: Any) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    first, second = (upload(client, sharing, table([LIN])) for _time in range(2))
    assert first["Location"] == second["Location"]
    assert Batch.objects.count() == 1


def test_of_a_newer_list_a_row_that_says_the_same_is_unchanged_and_another_is_new_knowledge(
    world: Any,
) -> None:
    sharing = agree(world)
    taken(world.labour, sharing, [LIN, CHEN])
    moved = (*CHEN[:5], "PT Kudus Baru", *CHEN[6:])
    batch = taken(world.labour, sharing, [LIN, moved], as_of=date(2026, 11, 20))
    assert outcomes(batch) == ["unchanged", "same"]
    assert Statement.objects.count() == 3
    chen = Person.objects.get(names="CHEN WEI")
    assert chen.concluded["employer"].value == "PT Kudus Baru"
    assert Person.objects.count() == 2


def test_an_older_list_taken_in_later_does_not_overrule_a_newer_one(world: Any) -> None:
    sharing = agree(world)
    taken(world.labour, sharing, [CHEN], as_of=date(2026, 11, 20))
    old = (*CHEN[:5], "PT Lama", *CHEN[6:])
    taken(world.labour, sharing, [old], as_of=date(2026, 6, 1))
    assert Person.objects.get().concluded["employer"].value == "PT Muria Jaya"


def test_fields_the_record_does_not_name_are_left_out_and_the_page_says_so(world: Any) -> None:
    sharing = agree(world, fields=("names", "nationality", "birth_date"))
    batch = mapped(world.labour, sharing, [CHEN])
    with_english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    client = cast.sign_in(world.labour)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/lists/{batch.pk}/", **with_english))
    assert "Left out" in page and "Employer" in page
    batch.commit(by=world.labour)
    statement = Statement.objects.get()
    assert set(statement.values) == {"names", "nationality", "nationality_text", "birth_date"}
    assert statement.area_id == "33.19"  # a village is part of an address


def test_a_column_means_next_time_what_it_was_said_to_mean(world: Any) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    answer = upload(client, sharing, table([LIN]))
    said = fields_of(text(client.get(answer["Location"])), 9)
    said["column-6"] = ""  # JABATAN is left out
    client.post(answer["Location"], said | {"sheet": ""})
    again = upload(client, sharing, table([CHEN]))
    assert fields_of(text(client.get(again["Location"])), 9)["column-6"] == ""
    assert fields_of(text(client.get(again["Location"])), 9)["column-5"] == "employer"


def test_a_village_in_another_regency_or_of_another_district_is_not_believed(world: Any) -> None:
    rows = [
        (*CHEN[:7], "Bakalankrapyak", ""),
        (*RAO[:7], "Bakalankrapyak", "Jati"),  # lies in Kaliwungu
        ("LEE SU", "P", "1988", "Korea Selatan", "M1122334", "", "", "", "Jati"),
        ("PARK JI", "P", "1987", "Korea Selatan", "M1122335", "", "", "Mana Saja", ""),
    ]
    batch = taken(world.labour, agree(world), rows)
    areas = list(batch.rows.order_by("number").values_list("area", flat=True))
    assert areas == [BAKALAN, "33.19.03", "33.19.03", "33.19"]


def test_only_the_agency_that_sent_a_list_takes_it_in_or_throws_it_away(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN])
    for other in (world.kudus, world.immigration, world.chair):
        with pytest.raises(Refusal):
            batch.commit(by=other)
        with pytest.raises(Refusal):
            batch.discard(by=other)
        assert cast.sign_in(other).post(f"/lists/{batch.pk}/commitment/").status_code == 404
    assert not Statement.objects.exists()


def test_of_a_list_thrown_away_nothing_is_kept(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN])
    assert cast.sign_in(world.labour).post(f"/lists/{batch.pk}/discarding/").status_code == 303
    assert not Upload.objects.exists()
    assert not Row.objects.exists()
    with pytest.raises(Refusal) as refusal:
        batch.commit(by=world.labour)
    assert refusal.value.code == "closed"


def test_the_file_waits_sealed(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN])
    upload_ = Upload.objects.get()
    assert upload_.data == table([CHEN])
    for column in (upload_.file, upload_.remarks, upload_.parts.get().lines):
        assert column.startswith("v1.")
        # With its blank: four letters come about by chance in what is sealed.
        assert "CHEN WEI" not in column
    assert [line["values"]["names"] for line in batch.upload.read] == ["CHEN WEI"]


def test_two_rows_with_one_passport_are_one_person(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [CHEN, (*CHEN[:6], "Director", *CHEN[7:]), CHEN])
    assert outcomes(batch) == ["new", "same", "unchanged"]
    batch.commit(by=world.labour)
    assert outcomes(batch) == ["new", "same", "unchanged"]
    assert Person.objects.count() == 1
    assert counts("33.19").known_by_list == 1


def test_indonesians_diplomats_and_rows_without_a_nationality_are_not_taken_in(world: Any) -> None:
    rows = [
        ("BUDI WARGA", "L", "1980", "Indonesia", "X1112223", "", "", "", ""),
        ("SOMEBODY ELSE", "L", "1980", "", "X1112224", "", "", "", ""),
        CHEN,
    ]
    batch = taken(world.labour, agree(world), rows)
    assert outcomes(batch)[-1] == "new"
    assert set(outcomes(batch)[:-1]) <= {"faulty"}
    assert Person.objects.get().names == "CHEN WEI"


def test_every_step_leaves_its_entry_and_none_holds_a_value(world: Any) -> None:
    batch = taken(world.labour, agree(world), [CHEN, BROKEN])
    actions = list(
        Entry.objects.filter(subject=batch.cause).order_by("number").values_list("action", flat=True)
    )
    assert actions == ["batch.received", "batch.mapped", "batch.asked", "batch.committed"]
    written = str(list(Entry.objects.values()))
    assert "CHEN WEI" not in written and "E55667788" not in written
    assert "CHEN WEI" not in str(list(Row.objects.values())) + str(list(Match.objects.values()))


@pytest.mark.parametrize("data", [b"", b"\x00" * 300, b"PK\x03\x04broken", b"\xff\xfe\x00"])
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_taken_in(world: Any, data: bytes) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    answer = upload(client, sharing, data)
    if answer.status_code == 303:
        answer = client.get(answer["Location"])
    assert answer.status_code == 400
    assert "notice" in text(answer) or "errors" in text(answer)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("form", ["text", "pdf"])
def test_one_e_itas_pasted_or_as_pdf_is_one_row_more(world: Any, form: str) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    taken(world.labour, sharing, [CHEN])
    said: dict[str, Any] = {"sharing": sharing.pk, "area": "33.19", "as_of": "2026-11-20"}
    if form == "text":
        said["text"] = PERMIT
    else:
        said["file"] = SimpleUploadedFile("itas.pdf", pdf_of(PERMIT.splitlines()))
    answer = client.post("/lists/new/", said)
    assert answer.status_code == 303, text(answer)
    assert "LI WEI" in text(client.get(answer["Location"]))
    assert client.post(f"{answer['Location']}commitment/").status_code == 303
    person = Person.objects.get(names="LI WEI")
    assert person.documents.get().number == "E12345678"
    assert counts("33.19").known_by_list == 2


@pytest.mark.parametrize("said", [{}, {"text": "Dear all, please find enclosed"}, {"text": "   "}])
def test_what_is_no_permit_is_refused_in_words_and_not_kept(world: Any, said: dict[str, Any]) -> None:
    sharing, client = agree(world), cast.sign_in(world.labour)
    answer = client.post(
        "/lists/new/", {"sharing": sharing.pk, "area": "33.19", "as_of": "2026-11-20"} | said
    )
    assert answer.status_code == 400
    assert answer.context["form"].errors["file"]
    assert not Upload.objects.exists()


NOBODYS = ("ANAND RAO", "L", "01/02/1979", "India", "", "PT A", "Engineer", "", "")


@pytest.mark.parametrize(
    ("one", "other", "becomes"),
    [
        (LIN, (*LIN[:5], "PT Lain", *LIN[6:]), ["new", "same"]),
        (LIN, ("WU PEI-SHAN", "P", "09/09/1977", *LIN[3:]), ["new", "doubtful"]),  # one document, two names
        (CHEN, (*CHEN[:4], "E99999999", *CHEN[5:]), ["new", "doubtful"]),  # one name, a renewed passport
        (NOBODYS, (*NOBODYS[:5], "PT B", *NOBODYS[6:]), ["new", "doubtful"]),  # one name, no document
    ],
)
def test_the_dry_run_foresees_who_stands_twice_in_one_list(
    world: Any, one: Any, other: Any, becomes: list[str]
) -> None:
    batch = mapped(world.labour, agree(world), [one, other])
    assert outcomes(batch) == becomes
    batch.commit(by=world.labour)
    assert outcomes(batch) == becomes


def test_a_list_whose_lines_are_missing_is_not_taken_in(world: Any) -> None:
    batch = mapped(world.labour, agree(world), [LIN])
    UploadPart.objects.all().delete()
    with pytest.raises(KeyError):
        batch.commit(by=world.labour)
    batch.refresh_from_db()
    assert batch.state == Batch.State.READ and not Person.objects.exists()
