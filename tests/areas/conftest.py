"""Areas of two kabupaten, an office, and people who sign in."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from timpora.areas import loading
from timpora.areas.models import Area, Office
from timpora.ledger import book
from timpora.team.models import Agency, Mandate, Post, User

KUDUS = ("33.19", "33.18.01")


@pytest.fixture
def kudus(db: None) -> None:
    """Kabupaten Kudus whole, and one kecamatan of Kabupaten Pati; with what lies above them."""
    loading.load(only=KUDUS)


@pytest.fixture
def office(kudus: None) -> Office:
    """An office that answers for Kudus."""
    return Office.objects.open(
        by=book.SYSTEM,
        code="kanim-semarang",
        name="Kantor Imigrasi Semarang",
        office_class="Kelas I Khusus TPI",
        province=Area.objects.get(code="33"),
        city="Semarang",
        letterhead="Kementerian\nDirektorat Jenderal",
        regencies=("33.19",),
    )


@pytest.fixture
def sign_in(office: Office) -> Callable[..., Client]:
    """Signs somebody in under a role, at the office or for an area: `sign_in("operator")`."""

    def client(role: str, area: str = "") -> Client:
        names = {"name": "Imigrasi", "short": "Imigrasi"}
        agency, _made = Agency.objects.get_or_create(code="imigrasi", defaults=names)
        place = {"area": Area.objects.get(code=area)} if area else {"office": office}
        post = Post.objects.open(by=book.SYSTEM, agency=agency, role=role, title=role.title(), **place)
        user = User.objects.create_user(f"{role}{area}")
        Mandate.objects.grant(by=book.SYSTEM, user=user, post=post, since=date(2020, 1, 1))
        browser = Client()
        browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
        return browser

    return client


@pytest.fixture(scope="module")
def nation(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[loading.Outcome]:
    """The whole country, loaded once for a module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield loading.load()
        transaction.set_rollback(True)
