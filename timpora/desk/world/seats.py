"""The posts and officers of the demo: about fifty members in Kudus, and those who report elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from timpora.areas.codes import Level, at
from timpora.areas.models import Area, Office
from timpora.desk.world.accounts import PASSWORD
from timpora.desk.world.elsewhere import ELSEWHERE
from timpora.ledger.book import SYSTEM
from timpora.team.models import Agency, Mandate, Member, Post, Team, User
from timpora.team.roles import Role

# user name, agency, role, area or "" for the office, post
ACCOUNTS = (
    ("desa", "desa", Role.VILLAGE, "33.19.01.2001", "Sekretaris Desa"),
    ("kecamatan", "kecamatan", Role.DISTRICT, "33.19.01", "Sekretaris Kecamatan"),
    ("kabupaten", "kesbangpol", Role.SECRETARY, "33.19", "Sekretaris Tim Pora"),
    ("imigrasi", "imigrasi", Role.IMMIGRATION, "", "Kepala Seksi Inteldakim"),
    ("disnaker", "disnaker", Role.CONTRIBUTOR, "33.19", "Kepala Bidang Penempatan Tenaga Kerja"),
    ("dukcapil", "disdukcapil", Role.CONTRIBUTOR, "33.19", "Kepala Bidang Pelayanan Pendaftaran Penduduk"),
    ("kanwil", "imigrasi", Role.COUNTS, "33", "Kepala Bidang Penegakan Hukum Kanwil"),
    ("auditor", "imigrasi", Role.AUDITOR, "33", "Auditor Inspektorat"),
    ("operator", "imigrasi", Role.OPERATOR, "", "Pengelola Sistem"),
)
BESIDE = (
    ("ketua", "imigrasi", Role.CHAIR, "", "Kepala Kantor"),
    ("pdp", "imigrasi", Role.PROTECTION, "33", "Pejabat Pelindungan Data"),
    ("dispar", "dispar", Role.CONTRIBUTOR, "33.19", "Kepala Bidang Destinasi"),
    ("polres", "polri", Role.CONTRIBUTOR, "33.19", "Kepala Satuan Intelkam"),
    ("kodim", "tni", Role.CONTRIBUTOR, "33.19", "Perwira Seksi Intelijen"),
    ("kejari", "kejaksaan", Role.CONTRIBUTOR, "33.19", "Kepala Seksi Intelijen"),
)
# Villages of Kudus with an officer in the team; the first is the account "desa".
VILLAGES = (
    "33.19.01.2002",
    "33.19.01.2005",
    "33.19.02.1001",
    "33.19.02.1004",
    "33.19.02.1006",
    "33.19.02.1007",
    "33.19.02.1008",
    "33.19.03.2003",
    "33.19.03.2004",
    "33.19.03.2006",
    "33.19.07.2002",
    "33.19.07.2004",
    "33.19.08.2001",
    "33.19.08.2003",
    "33.19.08.2006",
    "33.19.09.2001",
    "33.19.09.2003",
    "33.19.09.2005",
    "33.19.04.2001",
    "33.19.05.2002",
    "33.19.06.2006",
)
# The day the demo's mandates began, before any of its residents arrived.
BEGUN = timedelta(days=900)


@dataclass
class Seats:
    """The demo's officers: by account, by village, by district and by regency."""

    office: Office
    since: date
    accounts: dict[str, Mandate] = field(default_factory=dict)
    villages: dict[str, Mandate] = field(default_factory=dict)
    districts: dict[str, Mandate] = field(default_factory=dict)
    regencies: dict[str, Mandate] = field(default_factory=dict)

    def seat(
        self, name: str, agency: str, role: str, area: str, title: str, secret: str | None = None
    ) -> Mandate:
        """A new post with its new holder; `area` is empty for a post of the office."""
        user = User.objects.create_user(name, name=f"Pejabat {name}", secret=secret)
        post = Post.objects.open(
            by=SYSTEM,
            agency=Agency.objects.get(code=agency),
            role=role,
            title=title,
            area=Area.objects.get(code=area) if area else None,
            office=None if area else self.office,
        )
        mandate: Mandate = Mandate.objects.grant(by=SYSTEM, user=user, post=post, since=self.since)
        kinds = {Role.VILLAGE: self.villages, Role.DISTRICT: self.districts, Role.SECRETARY: self.regencies}
        if role in kinds:
            kinds[Role(role)][area] = mandate
        return mandate

    def seat_district(self, code: str) -> None:
        """Its secretary, where it has none yet."""
        if code not in self.districts:
            self.seat(f"kec-{code}", "kecamatan", Role.DISTRICT, code, "Sekretaris Kecamatan")

    def seat_village(self, code: str) -> None:
        """Its reporting officer, and the secretary of its district."""
        self.seat_district(at(Level.DISTRICT, code) or "")
        area = Area.objects.get(code=code)
        title = "Kasi Pemerintahan" if area.kind == "kelurahan" else "Sekretaris Desa"
        self.seat(f"desa-{code}", "desa", Role.VILLAGE, code, title)


def fill(office: Office, today: date) -> Seats:
    """Every post with its holder, and the team of Kudus with its decree."""
    Agency.objects.load()
    seats = Seats(office, today - BEGUN)
    known = {account[0] for account in ACCOUNTS}
    for name, agency, role, area, title in (*ACCOUNTS, *BESIDE):
        secret = PASSWORD if name in known else None
        seats.accounts[name] = seats.seat(name, agency, role, area, title, secret)
    for district in Area.objects.children_of("33.19").values_list("pk", flat=True):
        seats.seat_district(district)
        for agency, title in (("polri", "Kanit Intelkam Polsek"), ("tni", "Bati Tuud Koramil")):
            seats.seat(f"{agency}-{district}", agency, Role.CONTRIBUTOR, district, title)
    for village in VILLAGES:
        seats.seat_village(village)
    for regency in ELSEWHERE:
        seats.seat(f"kab-{regency}", "kesbangpol", Role.SECRETARY, regency, "Sekretaris Tim Pora")
        for village in _some_villages(regency):
            seats.seat_village(village)
    _team(office, today)
    return seats


def _some_villages(regency: str) -> list[str]:
    """Every 29th village of a regency, the same on every machine."""
    villages = Area.objects.under([regency]).live().filter(level=Level.VILLAGE).order_by("code")
    return list(villages.values_list("code", flat=True))[3::29]


def _team(office: Office, today: date) -> None:
    team = Team.objects.create(
        area=Area.objects.get(code="33.19"),
        office=office,
        name="Tim Pora Kabupaten Kudus",
        decree="W.13.IMI.IMI.1-0000.GR.03.05 (contoh)",
        decided_on=date(today.year, 1, 8),
        since=date(today.year, 1, 8),
        until=date(today.year, 12, 31),
    )
    posts = Post.objects.filter(area__gte="33.19", area__lt="33.19/") | Post.objects.filter(office=office)
    for post in posts.exclude(role=Role.OPERATOR).order_by("pk"):
        position = {Role.CHAIR: Member.Position.CHAIR, Role.SECRETARY: Member.Position.SECRETARY}
        Member.objects.create(
            team=team, post=post, position=position.get(Role(post.role), Member.Position.MEMBER)
        )
