"""Who may see what: every address with every role, and what must never stand on a page.

A new address with an argument this file does not know fails the test: it must be visited, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from tests import cast
from tests.cast import BAKALAN, TODAY, Cast, report
from tests.exchange import given
from tests.pages import text
from tests.papers import receipt
from tests.reports.pictures import picture
from tests.rooms.given import pdf, say
from tests.stays import house
from timpora.exchange.models import Batch, Comparison, Gap, GapClosure, Reply, Sharing
from timpora.inbound.models import Device
from timpora.ledger import book
from timpora.ledger.book import SUBJECT
from timpora.registry.models import Claim, Distinct, Merger, Person, Request, RequestClosure, Statement
from timpora.reports.developing import developed
from timpora.reports.models import Photo, Report
from timpora.rights.models import Link, TranslationReview
from timpora.rooms.models import Message, Pin, Room
from timpora.stays.models import Lodging, Stay, Token, Word
from timpora.team.models import Member, Team

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NAME, ADDRESS, NUMBER, BIRTH = "Zyxwa Quorl", "Gang Anggrek 77", "QX7391842", "1987"
OTHER_NAME, OTHER_ADDRESS = "QUORLL ZYXWA", "kos Ibu Ratmi"
GUEST, GUEST_NUMBER, GUEST_MASK, GUEST_BORN = "Brannagh Wixolt", house.PASSPORT, "XQ••", "1971"
SECRET = {
    "names": NAME,
    "address": ADDRESS,
    "birth_date": "1987-06-05",
    "document_kind": "passport",
    "document_issuer": "TWN",
    "document_number": NUMBER,
}
# What each officer must never read anywhere; everybody else of the cast must read none of it.
HIDDEN = {
    "bakalan": (NUMBER, BIRTH, "QX••", GUEST_NUMBER, GUEST_MASK, GUEST_BORN),
    "getas": (
        NUMBER,
        BIRTH,
        "QX••",
        ADDRESS,
        GUEST,
        GUEST_NUMBER,
    ),  # claims the same person: knows the name, not the other village's words
    "kaliwungu": (NUMBER, "QX••", OTHER_ADDRESS, GUEST_NUMBER, GUEST_MASK),
    "jati": (NUMBER, "QX••", ADDRESS, GUEST, GUEST_NUMBER),
    "kudus": (NUMBER, GUEST_NUMBER),
    "immigration": (NUMBER, GUEST_NUMBER),
    "chair": (NUMBER, GUEST_NUMBER),
    # Its own list names somebody alike: of the register it reads nothing.
    "labour": (NAME, ADDRESS, NUMBER, "QX••", OTHER_NAME, OTHER_ADDRESS, GUEST),
    # A lodging reads its own guest, masked, and nothing of anybody else.
    "hotel": (NAME, ADDRESS, NUMBER, BIRTH, "QX••", OTHER_NAME, OTHER_ADDRESS, GUEST_NUMBER),
}
EVERYTHING = (NAME, ADDRESS, NUMBER, BIRTH, "QX••", OTHER_NAME, OTHER_ADDRESS, GUEST, GUEST_NUMBER)
PERSONS = {
    "bakalan",
    "prambatan",
    "getas",
    "demak",
    "kaliwungu",
    "jati",
    "demak_district",
    "kudus",
    "demak_regency",
    "immigration",
    "chair",
}
VILLAGES = {"bakalan", "prambatan", "getas", "demak"}
NEAR = {
    "bakalan",
    "kaliwungu",
    "jati",
    "kudus",
    "immigration",
    "chair",
}  # the claiming village reads "being checked"
LISTING = {"labour", "kudus", "demak_regency", "immigration", "chair"}
DECIDING = {"kaliwungu", "jati", "demak_district", "kudus", "demak_regency", "immigration", "chair"}
HOUSE = {"bakalan", "kaliwungu", "kudus", "immigration", "chair"}  # who sees a lodging in Bakalankrapyak
HOST = {"hotel"}
WATCHING = {"protection", "auditor"}
OPEN_TO = {
    "stays:list": PERSONS,
    "stays:lodgings": PERSONS,
    "stays:lodging": HOUSE,
    "stays:notice": HOUSE,
    "stays:new_lodging": DECIDING,
    "stays:stay": HOUSE | HOST,
    "stays:long": PERSONS - {"kudus", "demak_regency", "immigration", "chair"},
    **{
        f"stays:{name}": HOST
        for name in ("new", "file", "template", "past", "tokens", "own_notice", "sending", "correction")
    },
    "desk:search": PERSONS,
    "reports:list": PERSONS,
    "reports:new": PERSONS,
    "reports:waiting": PERSONS - {"bakalan", "prambatan", "getas", "demak"},
    "registry:claims": PERSONS,
    "inbound:pocket": VILLAGES,
    "exchange:batches": LISTING,
    "exchange:batch": LISTING - {"demak_regency"},
    "exchange:row": LISTING - {"demak_regency"},
    "exchange:sharing": LISTING,
    "exchange:undecided": DECIDING,
    "exchange:identity": {"kudus", "immigration", "chair"},
    "exchange:new_sharing": {"immigration", "chair"},
    "exchange:comparisons": LISTING,
    "exchange:new_comparison": {"kudus", "demak_regency", "immigration", "chair"},
    "exchange:comparison": LISTING - {"demak_regency"},
    "exchange:minutes": LISTING - {"demak_regency"},
    "exchange:gaps": LISTING - {"demak_regency"},
    # Labour's row waits to be decided: that it lacks in the residents is its own gap, too.
    "exchange:gap": LISTING - {"demak_regency"},
    "exchange:agreed": LISTING,
    "exchange:questions": PERSONS - {"kudus", "demak_regency", "immigration", "chair"},
    "exchange:village_questions": {"bakalan", "kaliwungu"},
    "recaps:known_by_list": {"kudus", "immigration", "chair"},
    # Whoever is shown all of a place, names or not: the text is the same for all.
    "recaps:counts_sharing": LISTING - {"demak_regency"} | {"province", "nation", *WATCHING, "operator"},
    "rooms:line": {"operator"},
    "desk:duplicates": DECIDING,
    "desk:compare": {"kaliwungu", "kudus", "immigration", "chair"},
    "desk:beside": {"kaliwungu", "kudus", "immigration", "chair"},
    "desk:merger": {"kaliwungu", "kudus", "immigration", "chair"},
    "desk:distinct": {"kaliwungu", "kudus", "immigration", "chair"},
    "desk:ledger": {"protection", "auditor"},
    "desk:setup": {"operator"},
    "desk:person": {"bakalan", "kaliwungu", "kudus", "immigration", "chair"},
    "reports:photo": {"bakalan", "kaliwungu", "kudus", "immigration", "chair"},
    "reports:report": {"bakalan", "kaliwungu", "kudus", "immigration", "chair"},
    "registry:claim": NEAR,
    "rooms:room": {"kudus"},
    "rooms:news": {"kudus"},
    "rooms:print": {"kudus"},
    "rooms:file": {"kudus"},
    "rights:links": {"bakalan", "kaliwungu", "kudus", "immigration", "chair"},
    "rights:new_request": {"kaliwungu", "kudus", "immigration", "chair"},
    "rights:requests": DECIDING,
    "rights:request": {"kaliwungu", "kudus", "immigration", "chair"},
    "rights:translations": {"operator", "immigration"},
    "rights:translation": {"operator", "immigration"},
    "papers:list": PERSONS | {"labour"} | HOST,
    "papers:paper": {"labour", "kudus", "immigration", "chair"},
}
SEARCHES = ("desk:search", "desk:ledger", "reports:list", "team:list", "areas:search", "registry:nations")
# Addresses that are the same for everybody, signed in or not.
PUBLIC = (
    "account_",
    "mfa_",
    "set_language",
    "team:join",
    "team:join_code",
    "team:switch_user",
    "team:forget_names",
    "papers:check",
    "papers:comparison",
    "inbound:outbox",
    "inbound:worker",
    "inbound:manifest",
    "papers:offline",
    "rights:my_data",
)


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple[str, ...]


def addresses(patterns: list[Any] | None = None, space: str = "") -> Iterator[Address]:
    """Every named address of the site with the names of its arguments."""
    for each in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern) and each.name:
            yield Address(f"{space}{each.name}", tuple(each.pattern.converters or _groups(each)))


def _groups(pattern: URLPattern) -> tuple[str, ...]:
    return tuple(pattern.pattern.regex.groupindex)


@pytest.fixture
def world(noon: None) -> Cast:
    made = cast.world()
    vars(made)["hotel"] = house.host(made)  # `everyone` visits with it, too
    return made


@pytest.fixture
def values(world: Cast) -> dict[str, dict[str, Any]]:
    """A resident with a claim, a waiting report and a team, and the arguments that lead to them."""
    report(world.bakalan, **SECRET).confirm(by=world.kaliwungu)
    # Another spelling and another house: neither village reads the other's words while the claim is open.
    other = {"names": OTHER_NAME, "address": OTHER_ADDRESS}
    report(world.getas, **SECRET | other).confirm(by=world.jati)
    report(world.bakalan, names="Waiting One", birth_date="2001")
    team = Team.objects.create(
        area_id="33.19",
        office=world.office,
        name="Tim",
        decree="1",
        decided_on=TODAY,
        since=TODAY,
        until=TODAY,
    )
    seat = Member.objects.create(team=team, post=world.kudus.post)
    thread = Room.objects.follow(team).thread
    said = say(thread, world.kudus, f"{NAME}, {ADDRESS}", files=[pdf()])
    pin = said.pin(by=world.kudus)
    paper = receipt.issued(world)
    row = given.doubtful_row(world, "Quorl Zyxwa", "1987-06-05", "Taiwan")
    batch = row.batch
    compared = Comparison.objects.make(by=world.kudus, area=batch.area, batches=[batch], as_of=TODAY)
    gap = Gap.objects.get(who__startswith="row:", other="residences")
    pair = twins(world)
    merger = Merger.objects.join(*twins(world, "Tua"), by=world.kaliwungu, reason="one passport")
    distinct = Distinct.objects.keep(*pair, by=world.kaliwungu, reason="two faces")
    device = Device.objects.join(by=world.bakalan.user, label="Chrome · Android")
    guest = house.check_in(vars(world)["hotel"])
    token, _text_of_it = Token.objects.issue(by=vars(world)["hotel"], name="PMS")
    person, first = Person.objects.get(names=NAME), Report.objects.order_by("pk")[0]
    with book.writing():
        Photo.objects.attach(first, developed(picture(size=(40, 30))), by=world.bakalan)
    link, _code = Link.objects.give(by=world.bakalan, person=person)
    told = {"address": "kos baru di Getas"}
    asked = Request.objects.make(by=SUBJECT, person=person, kind="address", said=told, cause=link.cause)
    mine: dict[str, Any] = {
        "code": "33.19",
        "month": "2026-10",
        "kind": "csv",
        "number": first.pk,
        "person": person.pk,
        "seat": seat.pk,
        "document": person.documents.get().pk,
        "pk": person.pk,
        "area": "33.19",
        "slug": "letterhead",
    }
    return {
        "": mine,
        "rights:": mine | {"number": asked.pk, "language": "ja"},
        "rights:end_link": mine | {"number": link.pk},
        "recaps:return": mine | {"code": BAKALAN},
        "recaps:nil": mine | {"code": BAKALAN},
        "recaps:excuse": mine | {"code": BAKALAN},
        "registry:": mine | {"number": Claim.objects.get().pk},
        "exchange:": mine | {"number": batch.pk, "form": "csv"},
        "exchange:row": mine | {"number": row.pk},
        "exchange:rows": mine | {"number": batch.pk, "form": "csv"},
        "exchange:identity": mine | {"number": row.pk},
        "exchange:decision": mine | {"number": row.pk},
        "exchange:undo": mine | {"number": row.pk},
        "exchange:agreement": mine | {"number": row.pk},
        **{
            f"exchange:{name}": mine | {"number": compared.pk, "form": "csv"}
            for name in ("comparison", "minutes", "closures", "gaps")
        },
        **{f"exchange:{name}": mine | {"number": gap.pk} for name in ("gap", "closure", "reopening")},
        **{f"exchange:{name}": mine | {"code": BAKALAN} for name in ("village_questions", "reply")},
        "exchange:sharing": mine | {"number": batch.sharing_id},
        "exchange:ending": mine | {"number": batch.sharing_id},
        "desk:beside": mine | {"one": pair[0].pk, "other": pair[1].pk},
        "desk:join": mine | {"one": pair[0].pk, "other": pair[1].pk},
        "desk:distinction": mine | {"one": pair[0].pk, "other": pair[1].pk},
        "desk:merger": mine | {"pk": merger.pk},
        "desk:merger_undoing": mine | {"pk": merger.pk},
        "desk:distinct": mine | {"pk": distinct.pk},
        "desk:distinct_undoing": mine | {"pk": distinct.pk},
        "inbound:ending": mine | {"number": device.number},
        "inbound:phones": mine | {"pk": world.bakalan.post_id},
        "inbound:loss": mine | {"pk": world.bakalan.post_id, "number": device.number},
        "rooms:": mine | {"pk": thread.pk},
        "rooms:withdrawal": mine | {"pk": said.pk},
        "rooms:pin": mine | {"pk": said.pk},
        "rooms:lifting": mine | {"pk": pin.pk},
        "rooms:file": mine | {"pk": said.attachments.get().pk},
        "stays:": mine | {"number": guest.pk},
        "stays:sending": mine | {"number": guest.sending_id},
        "stays:paper": mine | {"number": guest.sending_id},
        "stays:revocation": mine | {"number": token.pk},
        **{
            f"stays:{name}": mine | {"number": guest.lodging_id}
            for name in ("lodging", "invitation", "closure", "notice")
        },
        "papers:": mine | {"pk": paper.pk, "code": paper.code},
        "team:post": mine | {"pk": world.bakalan.post_id},
        "team:appointment": mine | {"pk": world.bakalan.post_id},
        "team:handover": mine | {"pk": world.bakalan.post_id},
        "team:end": mine | {"pk": world.bakalan.pk},
        "team:slip": mine | {"pk": world.bakalan.pk},
        "team:team": mine | {"pk": team.pk},
        "desk:setup": mine | {"code": "kanim-semarang"},
        "areas:office": mine | {"code": "kanim-semarang"},
        "areas:jurisdictions": mine | {"code": "kanim-semarang"},
        "areas:end": mine | {"code": "kanim-semarang"},
    }


def twins(world: Cast, more: str = "") -> list[Person]:
    """Two residents of one village, registered apart."""
    before = set(Person.objects.values_list("pk", flat=True))
    for name in ("Satu", "Dua"):
        said = {"names": f"Kembar {name} {more}", "birth_date": "", "nationality": "PNG", "sex": ""}
        sent = report(world.bakalan, **said)
        sent.confirm(by=world.kaliwungu)
        sent.refresh_from_db()
        if sent.is_doubtful:
            sent.decide_identity(by=world.kaliwungu, person=None)
    return list(Person.objects.exclude(pk__in=before).order_by("pk"))


def arguments(address: Address, values: dict[str, dict[str, Any]]) -> dict[str, Any]:
    best = max((start for start in values if address.name.startswith(start)), key=len)
    return {name: values[best][name] for name in address.arguments}


def ours() -> list[Address]:
    return [each for each in addresses() if not each.name.startswith(PUBLIC)]


def test_every_page_shows_each_role_what_it_may_see_and_nothing_else(
    world: Cast, values: dict[str, dict[str, Any]]
) -> None:
    leaks = []
    for who, mandate in world.everyone().items():
        client = cast.sign_in(mandate)
        for address in ours():
            url = reverse(address.name, kwargs=arguments(address, values))
            sought = [f"{url}?q={NAME.split()[0]}", f"{url}?q=1987"] if address.name in SEARCHES else []
            for target in (url, *sought):
                answer = client.get(target)
                assert answer.status_code in {200, 302, 303, 304, 404, 405, 409, 410}, (
                    who,
                    target,
                    answer.status_code,
                )
                page = _text(answer, target)
                leaks += [(who, target, each) for each in HIDDEN.get(who, EVERYTHING) if each in page]
    assert leaks == []


# Thirty-two random digits, or the ledger's sixty-four, hold any four of them now and then.
BY_CHANCE = re.compile(r'name="sent_id" value="[^"]*"|<code>[0-9a-f<>wbr]*</code>')


def _text(answer: Any, target: str) -> str:
    """What the page says, without the reader's own words repeated in the search box."""
    page = BY_CHANCE.sub("", text(answer))
    for own in ("Zyxwa", "1987"):
        page = page.replace(f'value="{own}"', "") if target.endswith(f"?q={own}") else page
    return page.replace("q=1987", "").replace("“1987”", "").replace("1987.", "")


@pytest.mark.parametrize("name", sorted(OPEN_TO))
def test_a_page_exists_for_the_roles_it_is_made_for_and_is_a_404_for_the_rest(
    name: str, world: Cast, values: dict[str, dict[str, Any]]
) -> None:
    address = next(each for each in addresses() if each.name == name)
    url = reverse(name, kwargs=arguments(address, values))
    statuses = {who: cast.sign_in(mandate).get(url).status_code for who, mandate in world.everyone().items()}
    assert {who for who, status in statuses.items() if status != 404} == OPEN_TO[name]
    assert set(statuses.values()) <= {200, 302, 303, 404}


def test_nobody_outside_can_act_on_anything(world: Cast, values: dict[str, dict[str, Any]]) -> None:
    outside = (
        "demak",
        "demak_district",
        "demak_regency",
        "labour",
        "province",
        "nation",
        "protection",
        "auditor",
    )
    done = []
    before = _state()
    for who in outside:
        client = cast.sign_in(world.everyone()[who])
        for address in ours():
            if not address.arguments:
                continue
            url = reverse(address.name, kwargs=arguments(address, values))
            client.post(url, {"reason": "x", "purpose": "verify", "answer": "moved", "outcome": "moved"})
            if _state() != before:
                done.append((who, url))
                before = _state()
    assert done == []


def _state() -> tuple[Any, ...]:
    """What an outsider's act would change."""
    return (
        list(Report.objects.order_by("pk").values_list("state", "tier")),
        list(Claim.objects.values_list("answer", "outcome")),
        list(Person.objects.values_list("names", "birth_date")),
        list(Member.objects.values_list("pk", flat=True)),
        list(Batch.objects.values_list("pk", "asked_at", "discarded_at")),
        list(Statement.objects.values_list("person")),
        list(Sharing.objects.values_list("ended_at")),
        list(Merger.objects.values_list("undone_at")),
        list(Distinct.objects.values_list("undone_at")),
        list(GapClosure.objects.values_list("reason", "reopened_at")),
        list(Reply.objects.values_list("word")),
        list(Message.objects.values_list("pk", "withdrawn_at")),
        list(Pin.objects.values_list("pk", "lifted_at")),
        Comparison.objects.count(),
        list(Stay.objects.values_list("pk", "left_on", "known_until")),
        list(Lodging.objects.values_list("closed_at")),
        list(Token.objects.values_list("revoked_at")),
        Word.objects.count(),
        list(Link.objects.values_list("pk", "ended_at")),
        list(Request.objects.values_list("pk", flat=True)),
        RequestClosure.objects.count(),
        TranslationReview.objects.count(),
    )


def test_without_signing_in_every_page_leads_to_the_sign_in(
    world: Cast, values: dict[str, dict[str, Any]]
) -> None:
    client = Client()
    open_pages = {
        "desk:about",
        "desk:legal_basis",
        "desk:help",
        "desk:patterns",
        "desk:patterns_villages",
        "desk:your_role",
    }
    for address in ours():
        answer = client.get(reverse(address.name, kwargs=arguments(address, values)))
        if address.name not in open_pages:
            assert answer.status_code in {302, 404, 405}, address.name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/sign-in/"), address.name


def test_a_mandate_that_ends_ends_with_the_next_request(world: Cast) -> None:
    phone, tablet = cast.sign_in(world.kaliwungu), cast.sign_in(world.kaliwungu)
    assert phone.get("/reports/waiting/").status_code == 200
    world.kaliwungu.end(by=world.kudus)
    for client in (phone, tablet):
        assert client.get("/reports/waiting/").status_code == 404
    with translation.override("id"):
        assert "Kaliwungu" not in text(phone.get("/"))
