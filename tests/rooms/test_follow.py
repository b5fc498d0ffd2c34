"""A room is there once its team is, and its audience are the posts that are seated, whoever holds them."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import TODAY, Cast
from tests.pages import text
from tests.rooms import given
from timpora.desk import reactions
from timpora.ledger.models import Entry
from timpora.rooms.models import Audience, Room, Thread
from timpora.rooms.models.room import follow_all
from timpora.team.models import Member, Team

pytestmark = pytest.mark.django_db


def sees(mandate: object) -> bool:
    return Thread.objects.visible_to(mandate).exists()


def test_a_team_that_is_founded_has_its_room(world: Cast) -> None:
    team = given.team(world, world.kudus, world.bakalan)
    reactions.run()
    room = Room.objects.get(team=team)
    assert (room.thread.title, room.thread.area_id) == ("Tim Pora Kudus", "33.19")
    assert [sees(each) for each in (world.kudus, world.bakalan, world.jati)] == [True, True, False]


def test_a_seat_given_or_taken_away_is_followed(world: Cast) -> None:
    team = given.team(world, world.kudus, world.bakalan)
    reactions.run()
    team.seat(by=world.kudus, post=world.jati.post, position="member")
    team.unseat(by=world.kudus, member=Member.objects.get(team=team, post=world.bakalan.post))
    reactions.run()
    assert [sees(each) for each in (world.kudus, world.bakalan, world.jati)] == [True, False, True]
    thread = Room.objects.get().thread
    assert cast.sign_in(world.bakalan).get(f"/rooms/{thread.pk}/").status_code == 404
    came, went = (Entry.objects.filter(action=f"audience.{each}") for each in ("joined", "left"))
    assert f"post:{world.jati.post_id}" in came.values_list("fields", flat=True)
    assert list(went.values_list("fields", flat=True)) == [f"post:{world.bakalan.post_id}"]


def test_who_comes_back_is_in_again_and_both_spans_are_rows(world: Cast) -> None:
    team = given.team(world, world.kudus, world.bakalan)
    room = Room.objects.follow(team)
    team.unseat(by=world.kudus, member=Member.objects.get(team=team, post=world.bakalan.post))
    Room.objects.follow(team)
    team.seat(by=world.kudus, post=world.bakalan.post, position="member")
    Room.objects.follow(team)
    spans = Audience.objects.filter(thread=room.thread, post=world.bakalan.post).order_by("pk")
    assert [span.until is None for span in spans] == [False, True]


def test_followed_again_nothing_changes(world: Cast) -> None:
    team = given.team(world, world.kudus)
    room = Room.objects.follow(team)
    before = Entry.objects.count()
    assert Room.objects.follow(team) == room
    reactions.run()
    assert (Entry.objects.count(), Audience.objects.count(), Thread.objects.count()) == (before, 1, 1)


def test_another_name_of_the_team_is_the_rooms(world: Cast) -> None:
    team = given.team(world, world.kudus)
    reactions.run()
    team.change(by=world.kudus, name="Tim Pora Kabupaten Kudus")
    reactions.run()
    assert Thread.objects.get().title == "Tim Pora Kabupaten Kudus"


def test_teams_from_before_rooms_get_theirs_from_the_worker(world: Cast) -> None:
    team = Team.objects.create(area_id="33.19", office=world.office, name="Tim lama", decree="1",
                               decided_on=TODAY, since=TODAY, until=TODAY)  # fmt: skip
    Member.objects.create(team=team, post=world.kudus.post)
    assert follow_all() == 1
    assert "Tim lama" in text(cast.sign_in(world.kudus).get("/rooms/"))
    Member.objects.create(team=team, post=world.bakalan.post)
    follow_all()
    assert sees(world.bakalan) and Room.objects.count() == 1
