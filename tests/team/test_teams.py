"""A team by decree: entered, renewed, warned of before its end, and its seats."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.ledger.models import Entry
from timpora.team.models import Team

pytestmark = pytest.mark.django_db
DECREE = {"area": "33.19", "name": "Tim Pora Kudus", "decree": "SK-12/2026", "decided_on": "2026-01-05",
          "since": "2026-01-05", "until": "2026-12-20"}  # fmt: skip


def founded(world: Cast, **other: str) -> Team:
    response = cast.sign_in(world.kudus).post("/team/teams/new/", DECREE | other)
    assert response.status_code == 303
    return Team.objects.latest("pk")


def test_the_secretary_enters_a_team_with_its_decree_and_gives_it_seats(world: Cast) -> None:
    team, secretary = founded(world), cast.sign_in(world.kudus)
    assert team.office_id == "kanim-semarang"
    for mandate, position in (
        (world.kudus, "secretary"),
        (world.labour, "member"),
        (world.bakalan, "member"),
    ):
        seat = {"post": mandate.post_id, "position": position}
        assert secretary.post(f"/team/teams/{team.pk}/seats/", seat).status_code == 303
    page = text(secretary.get(f"/team/teams/{team.pk}/"))
    assert "SK-12/2026" in page
    assert page.index("Kudus, Kabupaten Kudus</a>") < page.index("Labour, Kabupaten Kudus</a>")
    again = secretary.post(
        f"/team/teams/{team.pk}/seats/", {"post": world.labour.post_id, "position": "member"}
    )
    assert again.status_code == 400
    seat_pk = team.members.get(post=world.labour.post_id).pk
    secretary.post(f"/team/teams/{team.pk}/seats/{seat_pk}/removal/")
    assert not team.members.filter(post=world.labour.post_id).exists()
    kept = Entry.objects.filter(subject=f"team:{team.pk}").order_by("number").values_list("action", flat=True)
    assert list(kept) == ["team.founded", *["team.seated"] * 3, "team.unseated"]


@pytest.mark.parametrize(
    ("until", "words"),
    [
        ("2026-12-20", "berakhir dalam 25 hari"),
        ("2026-12-25", "berakhir dalam 30 hari"),
        ("2026-12-26", ""),
        ("2026-11-24", "SK sudah berakhir"),
    ],
)
def test_thirty_days_before_its_end_a_team_says_so(world: Cast, until: str, words: str) -> None:
    team = founded(world, until=until)
    for address in ("/team/", f"/team/teams/{team.pk}/"):
        page = text(cast.sign_in(world.kudus).get(address))
        assert words in page
        assert bool(words) == (
            "berakhir dalam" in page.replace("berakhir dalam 30 hari</option>", "")
            or "SK sudah berakhir" in page
        )


def test_a_new_decree_renews_the_period(world: Cast) -> None:
    team, secretary = founded(world), cast.sign_in(world.kudus)
    renewed = {**DECREE, "decree": "SK-1/2027", "since": "2027-01-01", "until": "2027-12-31"}
    assert secretary.post(f"/team/teams/{team.pk}/decree/", renewed).status_code == 303
    team.refresh_from_db()
    assert (team.decree, team.is_ending) == ("SK-1/2027", False)
    assert Entry.objects.get(action="team.changed").fields == "decree,since,until"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"until": "2025-12-31"}, "lebih awal"),
        ({"area": "33.21"}, "Tidak ada wilayah"),
        ({"area": "33.19.01.2001"}, "Tidak ada wilayah"),
        ({"decree": ""}, "id_decree_error"),
        ({"since": "yesterday"}, "id_since_error"),
    ],
)
def test_a_faulty_decree_is_refused_and_what_was_typed_stays(
    world: Cast, given: dict[str, str], sentence: str
) -> None:
    page = cast.sign_in(world.kudus).post("/team/teams/new/", DECREE | given)
    assert page.status_code == 400
    assert sentence in text(page)
    assert 'value="Tim Pora Kudus"' in text(page)
    assert not Team.objects.exists()


@pytest.mark.parametrize("who", ["demak_regency", "kaliwungu", "bakalan", "labour", "auditor"])
def test_only_its_own_secretariat_changes_a_team(world: Cast, who: str) -> None:
    team = founded(world)
    browser = cast.sign_in(getattr(world, who))
    assert browser.post(f"/team/teams/{team.pk}/decree/", DECREE | {"name": "Lain"}).status_code == 404
    assert browser.post(f"/team/teams/{team.pk}/seats/", {"post": 1, "position": "chair"}).status_code == 404
    seen = browser.get(f"/team/teams/{team.pk}/").status_code
    assert seen == (404 if who == "demak_regency" else 200)
    if who == "bakalan":
        cast.sign_in(world.kudus).post(
            f"/team/teams/{team.pk}/seats/", {"post": world.labour.post_id, "position": "member"}
        )
        shown = text(browser.get(f"/team/teams/{team.pk}/"))
        assert "Labour, Kabupaten Kudus" in shown
        assert f"/team/posts/{world.labour.post_id}/" not in shown
    team.refresh_from_db()
    assert team.name == "Tim Pora Kudus"
