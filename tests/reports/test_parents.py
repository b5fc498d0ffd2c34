"""A child on a parent's permit: a resident in sight, or words; nobody learns who lives elsewhere."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import BAKALAN, PASSPORT, PRAMBATAN, Cast, report
from tests.pages import text
from tests.reports.conftest import filled, send
from timpora.registry.models import FamilyLink, Person
from timpora.reports.models import Report

pytestmark = pytest.mark.django_db
CHILD = {"names": "Lin Xiao-Bao", "birth_date_year": "2019"}


@pytest.fixture
def mother(world: Cast) -> Person:
    sent = report(world.bakalan, **PASSPORT)
    sent.confirm(by=world.kaliwungu)
    found: Person = sent.person
    return found


def newest() -> Report:
    found: Report = Report.objects.order_by("-pk")[0]
    return found


def confirmed(world: Cast, answer: Any) -> Person:
    assert answer.status_code == 303, answer.context["form"].errors
    sent = newest()
    sent.confirm(by=world.kudus if sent.on_behalf else world.kaliwungu)
    sent.refresh_from_db()
    assert sent.person is not None
    return sent.person


def pairs() -> list[tuple[str, str]]:
    return list(FamilyLink.objects.values_list("person__names", "parent__names"))


@pytest.mark.parametrize("typed", ["Lin Yi-Chun", "LIN, Yi Chun", "R-{0:06d}", "r{0}", "Lin (R-{0:06d})"])
def test_a_resident_of_the_village_is_linked_by_name_or_number(
    world: Cast, mother: Person, typed: str
) -> None:
    child = confirmed(world, send(world.bakalan, **CHILD, parent=typed.format(mother.pk)))
    assert pairs() == [("Lin Xiao-Bao", "Lin Yi-Chun")]
    regency = cast.sign_in(world.kudus)
    page = text(regency.get(f"/people/{child.pk}/"))
    assert f'<a href="/people/{mother.pk}/"><bdi>Lin Yi-Chun</bdi></a>' in page
    assert "Lin Xiao-Bao" in text(regency.get(f"/people/{mother.pk}/"))
    for reader in (world.bakalan, world.kaliwungu):
        assert "Lin Yi-Chun" not in text(cast.sign_in(reader).get(f"/people/{child.pk}/"))


def test_a_kecamatan_names_any_resident_of_its_villages_by_number(world: Cast, mother: Person) -> None:
    kecamatan = cast.sign_in(world.kaliwungu)
    confirmed(world, send(kecamatan, area=PRAMBATAN, **CHILD, parent=mother.register_number))
    assert pairs() == [("Lin Xiao-Bao", "Lin Yi-Chun")]
    # By name only within the child's own village: elsewhere a namesake may live.
    brother = {"names": "Wang Da-Bao", "birth_date_year": "2015"}
    other = confirmed(world, send(kecamatan, area=PRAMBATAN, **brother, parent="Lin Yi-Chun"))
    assert not other.family_links.exists()


def test_who_is_not_registered_yet_is_kept_in_words(world: Cast) -> None:
    child = confirmed(world, send(world.bakalan, **CHILD, parent="Ibu Chen"))
    page = text(cast.sign_in(world.kudus).get(f"/people/{child.pk}/"))
    assert "<bdi>Ibu Chen</bdi>" in page and not FamilyLink.objects.exists()


def test_who_lives_elsewhere_is_as_unknown_as_nobody(world: Cast, mother: Person) -> None:
    neighbour = cast.sign_in(world.prambatan)
    sent_id = filled()["sent_id"]
    elsewhere, nobody = (
        send(neighbour, **CHILD, sent_id=sent_id, parent=f"R-{number:06d}")
        for number in (mother.pk, mother.pk + 1000)
    )
    assert elsewhere.status_code == nobody.status_code == 400
    assert "tidak mengatakan apa pun tentang wilayah lain" in text(elsewhere)
    typed, absent = (f"R-{number:06d}" for number in (mother.pk, mother.pk + 1000))
    assert text(elsewhere).replace(typed, "") == text(nobody).replace(absent, "")
    # A name is compared with one's own residents only, so it is taken as words.
    child = confirmed(world, send(neighbour, **CHILD, parent="Lin Yi-Chun"))
    assert not child.family_links.exists()
    assert newest().values["parent"] == "Lin Yi-Chun"


def test_nobody_is_their_own_parent(world: Cast, mother: Person) -> None:
    answer = send(world.bakalan, names="Thiha", nationality="MMR", parent="THIHA")
    assert answer.status_code == 400
    assert "bukan orang tua bagi dirinya" in " ".join(answer.context["form"].errors["parent"])
    assert 'value="THIHA"' in text(answer)
    for typed in ("Lin Yi-Chun", mother.register_number):
        given = {"sent_id": filled()["sent_id"], "event_on": "2026-11-25", "parent": typed}
        address = f"/reports/new/?person={mother.pk}&kind=correction"
        refused = cast.sign_in(world.bakalan).post(address, given)
        assert refused.status_code == 400
        assert "bukan orang tua bagi dirinya" in " ".join(refused.context["form"].errors["parent"])
    assert Report.objects.count() == 1


def test_a_child_may_bear_the_parents_name(world: Cast, mother: Person) -> None:
    child = {"names": "Lin Yi-Chun", "birth_date_year": "2019"}
    child |= {"birth_date_month": "", "birth_date_day": "", "sex": "M"}
    confirmed(world, send(world.bakalan, **child, parent=mother.register_number))
    assert pairs() == [("Lin Yi-Chun", "Lin Yi-Chun")]


def test_a_person_who_turns_out_to_be_the_parent_is_not_linked_to_themselves(
    world: Cast, mother: Person
) -> None:
    """The kecamatan knows the same passport: the report speaks of the mother herself."""
    again = {**PASSPORT, "names": "Lin Yi Chun", "parent": mother.register_number}
    person = confirmed(world, send(world.kaliwungu, area=PRAMBATAN, **again))
    assert person == mother and not FamilyLink.objects.exists()


def test_of_several_of_one_name_the_number_says_which(world: Cast, mother: Person) -> None:
    report(world.bakalan, birth_date="1961").confirm(by=world.kaliwungu)
    assert Person.objects.filter(names="Lin Yi-Chun").count() == 2
    answer = send(world.bakalan, **CHILD, parent="Lin Yi-Chun")
    assert answer.status_code == 400
    assert "nomor register" in " ".join(answer.context["form"].errors["parent"])
    confirmed(world, send(world.bakalan, **CHILD, parent=f"Lin Yi-Chun ({mother.register_number})"))
    assert FamilyLink.objects.get().parent == mother


def test_a_village_chooses_from_its_own_residents(world: Cast, mother: Person) -> None:
    report(world.prambatan, names="Thiha", nationality="MMR").confirm(by=world.kaliwungu)
    offered = f'<option value="Lin Yi-Chun ({mother.register_number})">'
    own = text(cast.sign_in(world.bakalan).get("/reports/new/"))
    assert offered in own and "Thiha" not in own
    assert "Lin Yi-Chun" not in text(cast.sign_in(world.prambatan).get("/reports/new/"))
    assert "<datalist" not in text(cast.sign_in(world.kaliwungu).get("/reports/new/"))


def test_undone_the_link_is_gone_and_confirmed_again_it_is_back(world: Cast, mother: Person) -> None:
    confirmed(world, send(world.bakalan, **CHILD, parent=mother.register_number))
    newest().unconfirm(by=world.kaliwungu, reason="keliru")
    assert not FamilyLink.objects.exists()
    newest().confirm(by=world.kaliwungu)
    assert pairs() == [("Lin Xiao-Bao", "Lin Yi-Chun")]


def test_a_corrected_parent_takes_the_place_of_the_first(world: Cast, mother: Person) -> None:
    child = confirmed(world, send(world.bakalan, **CHILD, parent=mother.register_number))
    given = {"sent_id": filled()["sent_id"], "event_on": "2026-11-25", "parent": "Wu Shu-Fen"}
    confirmed(
        world, cast.sign_in(world.bakalan).post(f"/reports/new/?person={child.pk}&kind=correction", given)
    )
    assert not FamilyLink.objects.exists()
    assert "<bdi>Wu Shu-Fen</bdi>" in text(cast.sign_in(world.kudus).get(f"/people/{child.pk}/"))


def test_a_report_sent_again_after_the_parent_was_registered_is_the_same_report(world: Cast) -> None:
    desa, number = cast.sign_in(world.bakalan), filled()["sent_id"]
    first = send(desa, **CHILD, sent_id=number, parent="Lin Yi-Chun")
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    assert send(desa, **CHILD, sent_id=number, parent="Lin Yi-Chun")["Location"] == first["Location"]
    assert Report.objects.count() == 2


def test_once_the_parent_has_moved_away_the_name_alone_is_read(world: Cast, mother: Person) -> None:
    child = confirmed(world, send(world.bakalan, **CHILD, parent=mother.register_number))
    moved = report(world.demak, kind="arrived", on=cast.TODAY.replace(day=25), **PASSPORT)
    moved.confirm(by=world.demak_district)
    page = text(cast.sign_in(world.kudus).get(f"/people/{child.pk}/"))
    assert "<bdi>Lin Yi-Chun</bdi>" in page
    assert f"/people/{mother.pk}/" not in page and mother.register_number not in page
    assert f"/people/{mother.pk}/" in text(cast.sign_in(world.chair).get(f"/people/{child.pk}/"))


def test_the_village_of_the_report_is_where_a_name_is_looked_for(world: Cast, mother: Person) -> None:
    confirmed(world, send(world.kaliwungu, area=BAKALAN, **CHILD, parent="Lin Yi-Chun"))
    assert pairs() == [("Lin Xiao-Bao", "Lin Yi-Chun")]
