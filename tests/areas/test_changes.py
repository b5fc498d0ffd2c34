"""A change by decree changes the areas, keeps the old, and leaves one entry; what does not fit is refused."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from timpora.areas.models import Area, AreaChange
from timpora.areas.models.change import Decree
from timpora.areas.refusals import SENTENCES, AreaRefusal
from timpora.ledger import book
from timpora.ledger.models import Entry

pytestmark = pytest.mark.usefixtures("kudus")
DECREE = Decree("Perda 3/2026", date(2026, 1, 2))
changes = AreaChange.objects


def area(code: str = "33.19.01.2001") -> Area:
    return Area.objects.get(code=code)


def refused(verb: Callable[..., object], of: Area, **given: object) -> str:
    """The code with which `verb` refuses; nothing was changed by it and nothing entered."""
    given = {"by": book.SYSTEM, "area": of, "decree": DECREE} | given
    before = list(Area.objects.order_by("code").values()), Entry.objects.count(), changes.count()
    with pytest.raises(AreaRefusal) as caught:
        verb(**given)
    assert (list(Area.objects.order_by("code").values()), Entry.objects.count(), changes.count()) == before
    return caught.value.code


def test_a_renamed_area_is_found_by_its_new_name() -> None:
    changes.rename(by=book.SYSTEM, area=area(), name="  Krapyak   Raya ", decree=DECREE)
    assert area().name == "Krapyak Raya"
    assert [found.code for found in Area.objects.search("krapyakraya")] == ["33.19.01.2001"]
    assert changes.get().old_name == "Bakalankrapyak"


def test_each_change_leaves_one_entry_without_names_in_its_columns() -> None:
    before = Entry.objects.count()
    changes.rename(by=book.SYSTEM, area=area(), name="Krapyak Raya", decree=DECREE)
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert Entry.objects.count() == before + 1
    assert (entry.action, entry.area, entry.fields) == ("area.renamed", "33.19.01.2001", "name")
    assert "Krapyak" not in "".join(str(value) for value in vars(entry).values())


def test_a_merged_area_is_retired_in_favour_of_the_other() -> None:
    changes.merge(by=book.SYSTEM, area=area(), into=area("33.19.01.2002"), decree=DECREE)
    assert area().retired_on == DECREE.effective_on
    assert not area("33.19.01.2002").retired
    assert changes.about("33.19.01.2002").get().to_area_id == "33.19.01.2002"


def test_a_split_adds_areas_and_keeps_the_old_one() -> None:
    parts = [("33.19.01.2016", "Krapyak Lor"), ("33.19.01.1017", "Krapyak Kota")]
    made = changes.split(by=book.SYSTEM, area=area(), into=parts, decree=DECREE)
    assert [change.to_area_id for change in made] == ["33.19.01.2016", "33.19.01.1017"]
    assert area("33.19.01.1017").kind == "kelurahan"
    assert area("33.19.01.1017").timezone == "Asia/Jakarta"
    assert not area().retired


def test_a_retired_area_can_be_restored_and_both_stand_in_its_history() -> None:
    changes.retire(by=book.SYSTEM, area=area(), decree=DECREE)
    changes.restore(by=book.SYSTEM, area=area(), decree=DECREE)
    assert not area().retired
    assert {change.kind for change in changes.about("33.19.01.2001")} == {"retired", "restored"}


def test_a_name_that_is_empty_the_same_or_too_long_is_refused() -> None:
    for name in ("", "  ", "Bakalankrapyak", "x" * 81):
        assert refused(changes.rename, area(), name=name) == "name_not_new"


def test_a_change_without_decree_or_from_tomorrow_is_refused() -> None:
    tomorrow = Decree("Perda 3/2026", area().today + timedelta(days=1))
    nameless = Decree("  ", DECREE.effective_on)
    assert refused(changes.retire, area(), decree=tomorrow) == "decree_not_in_force"
    assert refused(changes.retire, area(), decree=nameless) == "no_decree"


def test_an_area_with_parts_cannot_be_retired_nor_the_nation() -> None:
    for code in ("33.19.01", "33", "ID"):
        assert refused(changes.retire, area(code)) == "has_parts"


def test_a_retired_area_can_neither_be_retired_again_nor_merged_nor_split() -> None:
    changes.retire(by=book.SYSTEM, area=area(), decree=DECREE)
    gone, other = area(), area("33.19.01.2002")
    assert refused(changes.retire, gone) == "area_retired"
    assert refused(changes.merge, gone, into=other) == "area_retired"
    assert refused(changes.merge, other, into=gone) == "merge_target"
    part = [("33.19.01.2016", "Baru")]
    assert refused(changes.split, gone, into=part) == "area_retired"


def test_a_merger_needs_another_area_of_the_same_tier() -> None:
    for into in (area(), area("33.19.02")):
        assert refused(changes.merge, area(), into=into) == "merge_target"


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("33.19.01.2002", "Baru", "code_taken"),
        ("33.19.10", "Baru", "code_of_other_tier"),
        ("nonsense", "Baru", "code_of_other_tier"),
        ("33.19.77.2001", "Baru", "no_parent"),
        ("33.19.01.2016", "", "name_not_new"),
    ],
)
def test_a_split_needs_free_codes_that_fit(code: str, name: str, refusal: str) -> None:
    assert refused(changes.split, area(), into=[(code, name)]) == refusal


def test_a_split_refuses_the_same_code_twice() -> None:
    twice = [("33.19.01.2016", "Satu"), ("33.19.01.2016", "Dua")]
    assert refused(changes.split, area(), into=twice) == "code_taken"


def test_an_area_that_exists_need_not_be_restored() -> None:
    assert refused(changes.restore, area()) == "not_retired"


def test_every_refusal_is_a_sentence() -> None:
    assert all(str(sentence).endswith(".") for sentence, _field in SENTENCES.values())


def test_search_puts_what_no_longer_exists_last() -> None:
    before = [found.code for found in Area.objects.search("prambatan")]
    changes.retire(by=book.SYSTEM, area=area("33.19.01.2002"), decree=DECREE)
    assert before == ["33.19.01.2002", "33.19.01.2003"]
    assert [found.code for found in Area.objects.search("prambatan")] == ["33.19.01.2003", "33.19.01.2002"]
    assert [found.code for found in Area.objects.live().search("prambatan")] == ["33.19.01.2003"]
