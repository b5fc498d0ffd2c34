"""The small world every test shares: two offices' corners of Jawa Tengah and the officers who serve there.

Everybody is invented. Kudus (33.19) and Demak (33.21) belong to the office in Semarang; Jepara (33.20) to
no office, Pati (33.18) to another one.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client

from timpora.areas import listing, loading
from timpora.areas.models import Area, Office
from timpora.ledger.book import SYSTEM
from timpora.reports.intake import Intake
from timpora.reports.models import Report
from timpora.team.models import Agency, Mandate, Post, User
from timpora.team.roles import Role

KALIWUNGU = "33.19.01"
BAKALAN = "33.19.01.2001"  # Bakalankrapyak
PRAMBATAN = "33.19.01.2002"
GETAS = "33.19.03.2001"  # a village of Jati, another district of Kudus
DEMAK = "33.21.01.2001"  # a village of another regency of the same office
JEPARA = "33.20.01.2001"  # no office
PATI = "33.18.01.2001"  # another office
TODAY = date(2026, 11, 24)
CORNERS = ("33.18.01", "33.19", "33.20.01", "33.21")


@dataclass
class Cast:
    """Named officers by what they are; each value is a live mandate."""

    office: Office
    bakalan: Mandate  # village officer
    prambatan: Mandate
    getas: Mandate
    demak: Mandate
    kaliwungu: Mandate  # district secretary
    jati: Mandate
    demak_district: Mandate
    kudus: Mandate  # regency secretary
    demak_regency: Mandate
    immigration: Mandate
    chair: Mandate
    labour: Mandate  # agency contributor
    province: Mandate
    nation: Mandate
    protection: Mandate
    auditor: Mandate
    operator: Mandate

    def everyone(self) -> dict[str, Mandate]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Mandate)}


@cache
def _names() -> dict[str, str]:
    """The part of the official list the cast lives in, read once a process."""
    return listing.narrowed(listing.official(), CORNERS)


def world() -> Cast:
    """The cast as it sits in the database of this test, in objects of the test's own (databases.py)."""
    kept: bytes | None = getattr(connection, "cast", None)
    made: Cast = pickle.loads(kept) if kept else seated()
    return made


def seated() -> Cast:
    """Loads the areas and seats the cast."""
    loading.load(_names(), only=CORNERS)
    office = Office.objects.open(
        by=SYSTEM,
        code="kanim-semarang",
        name="Kantor Imigrasi Semarang",
        office_class="Kelas I Khusus TPI",
        province=Area.objects.get(code="33"),
        city="Semarang",
        letterhead="KEMENTERIAN",
        regencies=("33.19", "33.21"),
    )
    Office.objects.open(
        by=SYSTEM,
        code="kanim-pati",
        name="Kantor Imigrasi Pati",
        office_class="Kelas I Non TPI",
        province=Area.objects.get(code="33"),
        city="Pati",
        letterhead="KEMENTERIAN",
        regencies=("33.18",),
    )
    agencies = {
        code: Agency.objects.create(code=code, name=name, short=name)
        for code, name in (
            ("imigrasi", "Imigrasi"),
            ("disnaker", "Disnaker"),
            ("kesbangpol", "Kesbangpol"),
            ("kecamatan", "Kecamatan"),
            ("desa", "Desa/Kelurahan"),
        )
    }

    def seat(
        name: str, agency: str, role: str, *, area: str | None = None, at_office: bool = False
    ) -> Mandate:
        post = Post.objects.open(
            by=SYSTEM,
            agency=agencies[agency],
            role=role,
            title=name.title(),
            area=Area.objects.get(code=area) if area else None,
            office=office if at_office else None,
        )
        return Mandate.objects.grant(by=SYSTEM, user=user(name), post=post, since=date(2026, 1, 1))

    return Cast(
        office=office,
        bakalan=seat("bakalan", "desa", Role.VILLAGE, area=BAKALAN),
        prambatan=seat("prambatan", "desa", Role.VILLAGE, area=PRAMBATAN),
        getas=seat("getas", "desa", Role.VILLAGE, area=GETAS),
        demak=seat("demak", "desa", Role.VILLAGE, area=DEMAK),
        kaliwungu=seat("kaliwungu", "kecamatan", Role.DISTRICT, area=KALIWUNGU),
        jati=seat("jati", "kecamatan", Role.DISTRICT, area="33.19.03"),
        demak_district=seat("demak-district", "kecamatan", Role.DISTRICT, area="33.21.01"),
        kudus=seat("kudus", "kesbangpol", Role.SECRETARY, area="33.19"),
        demak_regency=seat("demak-regency", "kesbangpol", Role.SECRETARY, area="33.21"),
        immigration=seat("immigration", "imigrasi", Role.IMMIGRATION, at_office=True),
        chair=seat("chair", "imigrasi", Role.CHAIR, at_office=True),
        labour=seat("labour", "disnaker", Role.CONTRIBUTOR, area="33.19"),
        province=seat("province", "imigrasi", Role.COUNTS, area="33"),
        nation=seat("nation", "imigrasi", Role.COUNTS, area="ID"),
        protection=seat("protection", "imigrasi", Role.PROTECTION, area="33"),
        auditor=seat("auditor", "imigrasi", Role.AUDITOR, area="33"),
        operator=seat("operator", "imigrasi", Role.OPERATOR, at_office=True),
    )


def user(name: str) -> User:
    made: User = User.objects.create_user(name)
    return made


@dataclass
class Pati:
    """The officers of another office's corner, where a test needs them."""

    village: Mandate
    district: Mandate
    officer: Mandate


def pati() -> Pati:
    """Seats the officers of Pati."""
    return Pati(
        village=post_and_seat("pati-desa", Role.VILLAGE, area=PATI),
        district=post_and_seat("pati-kecamatan", Role.DISTRICT, area="33.18.01"),
        officer=post_and_seat("pati-kanim", Role.IMMIGRATION, office="kanim-pati"),
    )


def post_and_seat(
    name: str, role: str, *, area: str | None = None, office: str | None = None, user: User | None = None
) -> Mandate:
    """A new post with its holder: a new user of this name, or one who serves elsewhere, too."""
    post = Post.objects.open(
        by=SYSTEM, agency=Agency.objects.get(code="imigrasi"), role=role, title=name,
        area=Area.objects.get(pk=area) if area else None,
        office=Office.objects.get(pk=office) if office else None,
    )  # fmt: skip
    holder = user or User.objects.create_user(name)
    made: Mandate = Mandate.objects.grant(by=SYSTEM, user=holder, post=post, since=date(2026, 1, 1))
    return made


def sign_in(mandate: Mandate) -> Client:
    """A browser in which the holder of a mandate is signed in and acts under it."""
    client = Client()
    client.force_login(mandate.user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.session
    session["mandate"] = mandate.pk
    session.save()
    return client


def report(
    by: Mandate,
    *,
    kind: str = "present",
    area: str | None = None,
    on: date = TODAY,
    person: Any = None,
    again: bool = False,
    replaces: Any = None,
    left: str = "",
    destination: str | None = None,
    sent_id: Any = None,
    **values: str,
) -> Report:
    """A report as a village sends it; "Lin Yi-Chun" of Taiwan unless told otherwise."""
    said = {
        "names": "Lin Yi-Chun",
        "nationality": "TWN",
        "sex": "F",
        "birth_date": "1990-05-03",
        "address": "mess PT Muria Jaya, RT 02/RW 03",
        "permit_kind": "ITAS",
    } | values
    intake = Intake(
        kind=kind,
        area=Area.objects.get(code=area or by.post.area_id),
        event_on=on,
        person=person,
        left=left,
        values={} if person else said,
        sent_id=sent_id or uuid4(),
        destination=Area.objects.get(code=destination) if destination else None,
    )
    made: Report = Report.objects.submit(by=by, intake=intake, again=again, replaces=replaces)
    return made


PASSPORT = {"document_kind": "passport", "document_issuer": "TWN", "document_number": "A1234567"}
