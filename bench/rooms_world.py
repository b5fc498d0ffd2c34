"""Rooms with a reader signed in to each: prints a cookie header, an address and an entity tag a line."""

from __future__ import annotations

import json
import sys
from datetime import date
from uuid import uuid4

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402

from timpora.areas import loading  # noqa: E402
from timpora.areas.models import Area  # noqa: E402
from timpora.ledger.book import SYSTEM  # noqa: E402
from timpora.rooms.models import Thread  # noqa: E402
from timpora.rooms.views.rooms import tag  # noqa: E402
from timpora.team.models import Agency, Mandate, Post, User  # noqa: E402
from timpora.team.roles import Role  # noqa: E402
from timpora.team.sessions import SessionStore  # noqa: E402

SAID = 5  # messages in each room


def main(number: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    loading.load()
    agency, _made = Agency.objects.get_or_create(code="desa", defaults={"name": "Desa", "short": "Desa"})
    area = Area.objects.get(code="33.19")
    for each in range(number):
        user = User.objects.create_user(f"reader-{each}", secret="x")
        post = Post.objects.open(
            by=SYSTEM, agency=agency, role=Role.SECRETARY, title=f"Post {each}", area=area
        )
        reader = Mandate.objects.grant(by=SYSTEM, user=user, post=post, since=date(2026, 1, 1))
        thread = Thread.objects.open(
            by=SYSTEM, kind=Thread.Kind.TEAM, title=f"Room {each}", area=area, path="/", posts=[post.pk]
        )
        for line in range(SAID):
            thread.say(by=reader, text=f"Message {line}", sent_id=uuid4())
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        thread.refresh_from_db()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        path, state = reverse("rooms:news", args=[thread.pk]), tag(thread.pk, thread.version)
        print(json.dumps({"cookie": cookie, "path": path, "tag": state}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
