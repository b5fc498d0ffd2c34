"""A person is found again among millions, whatever single slip the newcomer's name holds."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from bench.linkage.lists import FIELDS
from bench.people.invent import people
from bench.people.written import Rates, slip, written
from tests import cast
from timpora.registry.linkage.columns import Record, columns
from timpora.registry.linkage.keys import around, keys, sought
from timpora.registry.models import Person, PersonKey
from timpora.registry.models.decision import candidates
from timpora.reports.intake import Intake

CLEAN = Rates(
    spelling=0, native=0, both=0, order=0, dropped=0, initial=0, typo=0, joined=0, renewed=0, no_document=1,
    document_slip=0, swapped_birth=0, birth_slip=0, year_only=0, no_birth=0, sex_slip=0, moved=0,
)  # fmt: skip
SOMEBODY = Record("Muhammad Hasan Abdullah", birth="1990-05-03", sex="M", nationality="MYS")


def found(kept: Record, asked: Record, here: str = "") -> bool:
    said = columns(asked)
    return bool(set(keys(columns(kept), ["33.19.01.2001"])) & {*sought(said), *around(said, here)})


@pytest.mark.parametrize("birth", ["whole", "year", "none"])
def test_one_slip_in_the_name_hides_hardly_anybody(birth: str) -> None:
    chance = Random(7)
    everybody = [
        Record(**dict(zip(FIELDS, written(each, chance, CLEAN), strict=True))) for each in people(800, seed=7)
    ]
    asked = [
        each._replace(
            name=slip(each.name, chance),
            birth={"whole": each.birth, "year": each.birth[:4], "none": ""}[birth],
        )
        for each in everybody
    ]  # fmt: skip
    hits = sum(found(*pair) for pair in zip(everybody, asked, strict=True))
    assert hits >= {"whole": 800, "year": 780, "none": 750}[birth]


def test_most_people_share_no_key_so_that_few_are_compared() -> None:
    chance = Random(8)
    kept = [
        set(keys(columns(Record(**dict(zip(FIELDS, written(each, chance, CLEAN), strict=True))))))
        for each in people(600, seed=8)
    ]
    sharing = sum(bool(one & other) for at, one in enumerate(kept) for other in kept[at + 1 :])
    assert 0 < sharing < 0.02 * len(kept) * len(kept) / 2


@pytest.mark.parametrize(
    "changed",
    [
        {"birth": "1990-03-05"},  # day and month exchanged
        {"name": "ABDULLAH, Muhammad Hasan"},
        {"name": "Mohamad Hassan Abdulah"},
        {"name": "M. H. Abdullah"},  # whoever has the same birth date
        {"sex": "F"},
    ],
)
def test_other_ways_of_writing_find_the_same_person(changed: dict[str, str]) -> None:
    assert found(SOMEBODY, SOMEBODY._replace(**changed))


@pytest.mark.parametrize("birth", ["1990", ""])
def test_in_the_regency_where_somebody_is_known_one_sound_end_of_the_name_is_enough(birth: str) -> None:
    asked = SOMEBODY._replace(name="Muhammad Husain Idris", birth=birth, sex="")
    known = SOMEBODY._replace(birth="")
    assert found(known, asked, here="33.19.02.2004") and found(known, asked, here="33.19")
    assert not found(known, asked, here="33.18.01.2001") and not found(known, asked, here="33")


@given(
    st.builds(
        Record,
        name=st.text(max_size=12) | st.just("Abcdefgh Ijklmnop Qrstuvwx"),
        birth=st.sampled_from(["", "1990", "1990-05-03"]),
    )
)
def test_keys_fit_a_database_and_stand_once(record: Record) -> None:
    made = keys(columns(record), ["33.19.01.2001", "33.19.02.2001"])
    assert len(set(made)) == len(made) <= 18 and all(0 <= key < 2**63 for key in made)
    said = columns(record)
    assert len({*sought(said), *around(said, "33.19.01.2001")}) <= 25  # a reading of the index each


@pytest.mark.django_db
def test_a_report_is_compared_with_those_who_share_its_name_or_its_birth_date(noon: None) -> None:
    world = cast.world()
    told = {
        "named": {"names": "Lin Yi-Chun"},
        "slipped": {"names": "Lin Yi-Chum", "birth_date": "1990"},
        "born": {"names": "Bao", "birth_date": "1990-05-03"},
        "year": {"names": "Cai", "birth_date": "1990"},
        "nameless": {"names": "😀"},
    }
    known = {name: Person.objects.create(nationality="TWN", **values) for name, values in told.items()}
    for person in known.values():
        PersonKey.objects.renew(person, ["33.19"])

    def found(**values: str) -> set[str]:
        intake = Intake(kind="present", area=world.bakalan.post.area, event_on=cast.TODAY, values=values)
        numbers = {profile.person_id for profile in candidates(intake.statement(world.bakalan))}
        return {name for name, person in known.items() if person.pk in numbers}

    assert found(names="Yi-Chun Lin", nationality="TWN") >= {"named", "slipped"}
    assert found(names="Lin Yi-Chaa", nationality="TWN") == {"named", "slipped"}  # known in the regency
    assert found(names="Yi-Chun Lin", nationality="KOR") == set()
    assert found(names="Xu", nationality="TWN", birth_date="1990-05-03") == {"born"}
    assert found(names="Xu", nationality="KOR", birth_date="1990-05-03") == set()
    assert found(names="Xu", nationality="TWN", birth_date="1990") == set()
    assert found(names="🙂", nationality="TWN") == set()


@pytest.mark.django_db
def test_a_new_version_gives_everybody_the_keys_they_are_found_by_today(noon: None) -> None:
    world = cast.world()
    cast.report(world.bakalan).confirm(by=world.kaliwungu)
    cast.report(world.getas, names="Chen Wei", birth_date="").confirm(by=world.jati)
    kept = set(PersonKey.objects.values_list("person", "key"))
    PersonKey.objects.all().delete()
    import_module("timpora.registry.migrations.0005_keys_of_regencies").found_again(apps, None)
    assert len(kept) > 20 and set(PersonKey.objects.values_list("person", "key")) == kept
