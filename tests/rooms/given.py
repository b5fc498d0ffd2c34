"""A team of Kudus with its room, and what is said in it: everybody in it is invented."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import TODAY, Cast
from timpora.areas.models import Area
from timpora.rooms.models import Message, Room, Thread
from timpora.rooms.sending import File
from timpora.team.models import Mandate, Post, Team


def team(world: Cast, *members: Mandate, name: str = "Tim Pora Kudus") -> Team:
    """A team founded by the kabupaten's secretary, with these posts seated."""
    made: Team = Team.objects.found(
        by=world.kudus, area=Area.objects.get(code="33.19"), name=name, decree="1", decided_on=TODAY,
        since=TODAY, until=TODAY,
    )  # fmt: skip
    for member in members:
        made.seat(by=world.kudus, post=member.post, position="member")
    return made


def room(world: Cast) -> Thread:
    """The room of a team in which the kabupaten, one kecamatan, one village and Immigration sit."""
    members = (world.kudus, world.kaliwungu, world.bakalan, world.immigration)
    thread: Thread = Room.objects.follow(team(world, *members)).thread
    return thread


def say(thread: Thread, by: Mandate, text: str = "Rapat hari Rabu", **more: Any) -> Message:
    return thread.say(by=by, text=text, sent_id=more.pop("sent_id", None) or uuid4(), **more)


def pdf(name: str = "surat.pdf", data: bytes = b"%PDF-1.7 invented") -> File:
    return File(name, data)


def send(client: Client, thread: Thread, text: str = "Rapat hari Rabu", *, files: Any = (),
         mentions: Any = (), sent_id: Any = None) -> Any:  # fmt: skip
    """A message through the page's form; `files` are pairs of a name and bytes."""
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    posts = [post.pk if isinstance(post, Post) else post for post in mentions]
    given = {"text": text, "sent_id": str(sent_id or uuid4()), "attachments": sent, "mentions": posts}
    return client.post(f"/rooms/{thread.pk}/messages/", given)
