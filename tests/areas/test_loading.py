"""Loading the official list: complete, repeatable, and it never takes an area away."""

from datetime import date

import pytest
from django.core.management import call_command

from timpora.areas import listing, loading
from timpora.areas.models import Area, AreaChange, ChangeKind
from timpora.areas.models.change import Decree
from timpora.ledger import book
from timpora.ledger.models import Entry

DECREE = Decree("Perda 3/2026", date(2026, 1, 2))


def changed(code: str, name: str) -> dict[str, str]:
    """The official list of Kudus with another name for one code; an empty name leaves the area out."""
    names = listing.narrowed(listing.official(), ("33.19",))
    return {each: (name if each == code else own) for each, own in names.items() if each != code or name}


def load(source: dict[str, str]) -> loading.Outcome:
    return loading.load(source, only=("33.19",))


@pytest.mark.usefixtures("kudus")
def test_a_second_load_changes_nothing_and_leaves_no_entry() -> None:
    entries = Entry.objects.count()
    outcome = loading.load(only=("33.19",))
    assert not outcome.changed
    assert Entry.objects.count() == entries


@pytest.mark.usefixtures("kudus")
def test_a_new_name_in_the_list_renames_and_is_noted_with_its_decree() -> None:
    outcome = load(changed("33.19.01.2001", "Bakalan Baru"))
    assert outcome.renamed == [("33.19.01.2001", "Bakalankrapyak", "Bakalan Baru")]
    noted = AreaChange.objects.get()
    assert (noted.kind, noted.old_name, noted.new_name) == ("renamed", "Bakalankrapyak", "Bakalan Baru")
    assert noted.decree == listing.DECREE
    assert Area.objects.search("bakalanbaru")[0].code == "33.19.01.2001"
    assert Entry.objects.filter(action="area.renamed", area="33.19.01.2001", fields="name").count() == 1


@pytest.mark.usefixtures("kudus")
def test_an_area_missing_from_the_list_is_retired_not_deleted() -> None:
    outcome = load(changed("33.19.01.2001", ""))
    assert outcome.retired == ["33.19.01.2001"]
    area = Area.objects.get(code="33.19.01.2001")
    assert area.retired_on == area.today
    assert Entry.objects.filter(action="area.retired", area=area.code).exists()


@pytest.mark.usefixtures("kudus")
def test_a_retired_area_that_the_list_names_again_stays_retired_and_is_reported() -> None:
    load(changed("33.19.01.2001", ""))
    outcome = loading.load(only=("33.19",))
    assert outcome.listed_but_retired == ["33.19.01.2001"]
    assert Area.objects.get(code="33.19.01.2001").retired


@pytest.mark.usefixtures("kudus")
def test_what_a_person_recorded_by_decree_stands_against_the_list() -> None:
    area = Area.objects.get(code="33.19.01.2001")
    AreaChange.objects.rename(by=book.SYSTEM, area=area, name="Krapyak Raya", decree=DECREE)
    parts = [("33.19.01.2016", "Krapyak Anyar")]
    AreaChange.objects.split(by=book.SYSTEM, area=area, into=parts, decree=DECREE)
    outcome = loading.load(only=("33.19",))
    assert not outcome.changed
    assert outcome.kept == ["33.19.01.2001", "33.19.01.2016"]
    assert Area.objects.live().filter(code="33.19.01.2016", name="Krapyak Anyar").exists()


@pytest.mark.usefixtures("kudus")
def test_a_narrow_load_leaves_other_areas_alone() -> None:
    names = {"ID": "Indonesia", "33": "Jawa Tengah", "33.18": "Kabupaten Pati"}
    assert "33.18.01" in loading.load(names, only=("33.18",)).retired
    assert Area.objects.under(("33.19",)).live().count() == 1 + 9 + 132


def test_a_retired_area_with_data_is_named(sign_in: object) -> None:
    sign_in("village", "33.19.01.2001")  # type: ignore[operator]  # a post stands in the village
    outcome = load(changed("33.19.01.2001", ""))
    assert outcome.with_data == ["33.19.01.2001"]


@pytest.mark.django_db
def test_the_command_says_what_was_added_renamed_and_retired(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("areas", "load", "--only", "33.19")
    first = capsys.readouterr().out
    call_command("areas", "load", "--only", "33.19")
    second = capsys.readouterr().out
    assert "144" in first.splitlines()[0]
    assert second.splitlines()[0].startswith("0 ")
    assert listing.DECREE in second


@pytest.mark.django_db
def test_an_interrupted_load_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(loading, "_note", fail)
    with pytest.raises(RuntimeError):
        loading.load(only=("33.19",))
    assert not Area.objects.exists()
    assert not AreaChange.objects.filter(kind=ChangeKind.RENAMED).exists()
