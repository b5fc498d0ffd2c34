from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from timpora.ledger import book
from timpora.rooms.models.thread import Thread
from timpora.team.models import Team


class RoomQuerySet(models.QuerySet["Room"]):
    def follow(self, team: Team) -> Room:
        """The room of a team, opened where it has none; its audience are the posts seated there now.

        Done twice it changes nothing.
        """
        with book.writing():
            Team.objects.select_for_update().get(pk=team.pk)  # two who open it at once make one room
            seated = list(team.members.values_list("post", flat=True))
            room: Room | None = self.select_related("thread").filter(team=team).first()
            if room is None:
                thread = Thread.objects.open(
                    by=book.SYSTEM, kind=Thread.Kind.TEAM, title=team.name, area=team.area,
                    path=reverse("team:team", args=[team.pk]), posts=seated,
                )  # fmt: skip
                return self.create(team=team, thread=thread)
            room.thread.rename(team.name)
            room.thread.follow(seated)
        return room


class Room(models.Model):
    """The room of a team: one thread, read and written by whoever is seated."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="room")
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="room")

    objects: ClassVar[Any] = RoomQuerySet.as_manager()

    def __str__(self) -> str:
        return f"room of team {self.team_id}"


def follow_all() -> int:
    """How many teams there are; each has its room then, with its audience. Run by the worker, so that teams
    from before rooms, and seats that no entry tells of, are followed too.
    """
    teams = Team.objects.select_related("area").order_by("pk")
    return len([Room.objects.follow(team) for team in teams])
