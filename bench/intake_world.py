"""Sixteen villages whose officers are signed in: prints a cookie header and a token a line."""

from __future__ import annotations

import json
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from timpora.areas import loading  # noqa: E402
from timpora.areas.codes import Level  # noqa: E402
from timpora.areas.models import Area, Office  # noqa: E402
from timpora.ledger.book import SYSTEM  # noqa: E402
from timpora.team.models import Agency, Mandate, Post, User  # noqa: E402
from timpora.team.roles import Role  # noqa: E402
from timpora.team.sessions import SessionStore  # noqa: E402

CLIENTS = 16


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    loading.load()
    province = Area.objects.get(code="33")
    Office.objects.open(
        by=SYSTEM,
        code="kanim-semarang",
        name="Semarang",
        office_class="I",
        province=province,
        city="Semarang",
        letterhead="Kop",
        regencies=("33.19",),
    )
    agency, _made = Agency.objects.get_or_create(code="desa", defaults={"name": "Desa", "short": "Desa"})
    villages = Area.objects.under(["33.19"]).filter(level=Level.VILLAGE).order_by("code")[:CLIENTS]
    for number, village in enumerate(villages):
        user = User.objects.create_user(f"village-{number}", secret="x")
        post = Post.objects.open(
            by=SYSTEM, agency=agency, role=Role.VILLAGE, title="Sekretaris Desa", area=village
        )
        Mandate.objects.grant(by=SYSTEM, user=user, post=post, since=date(2026, 1, 1))
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        token = _get_new_csrf_string()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"
        print(json.dumps({"cookie": cookie, "token": token}))
    with connection.cursor() as cursor:
        key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "bigserial PRIMARY KEY"
        cursor.execute(f"CREATE TABLE bench_row (id {key}, content varchar(200))")


if __name__ == "__main__":
    main()
