"""Opening, filling, ending and handing over posts, and who may."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.pages import text
from tests.team.conftest import codes_on
from timpora.ledger.models import Entry
from timpora.ledger.verify import verify
from timpora.team.models import Agency, Mandate, Post, User

pytestmark = pytest.mark.django_db
NEW = {"name": "Penerus Baru", "phone": "0812 1111 2222", "known": ""}


def test_a_hand_over_lets_the_new_holder_in_and_the_old_one_out_at_once(world: Cast) -> None:
    old, secretary = cast.sign_in(world.bakalan), cast.sign_in(world.kaliwungu)
    post = world.bakalan.post_id
    assert old.get(f"/team/posts/{post}/").status_code == 200
    page = secretary.post(f"/team/posts/{post}/handover/", NEW)
    assert page.status_code == 200
    [code] = codes_on(text(page))
    assert old.get(f"/team/posts/{post}/").status_code == 404
    assert old.get("/team/").status_code == 404

    new = Client()
    new.post(f"/join/{code}/", {"secret": "493827", "again": "493827"})
    shown = new.get(f"/team/posts/{post}/")
    assert shown.status_code == 200
    history = text(shown)
    assert "Penerus Baru" in history
    assert "bakalan" in history
    made = User.objects.get(phone="+6281211112222")
    assert made.username == "desa-bakalankrapyak"
    assert verify().sound


def test_a_refused_hand_over_leaves_nothing_behind(world: Cast) -> None:
    User.objects.filter(pk=world.getas.user_id).update(phone="+6281211112222")
    users, entries = User.objects.count(), Entry.objects.count()
    page = cast.sign_in(world.kaliwungu).post(f"/team/posts/{world.bakalan.post_id}/handover/", NEW)
    assert page.status_code == 400
    assert "sudah milik anggota lain" in text(page)
    assert "Penerus Baru" in text(page)
    assert (User.objects.count(), Entry.objects.count()) == (users, entries)
    assert cast.sign_in(world.bakalan).get("/team/").status_code == 200


def test_a_post_passes_to_a_member_who_is_known_without_a_new_slip(world: Cast) -> None:
    User.objects.filter(pk=world.prambatan.user_id).update(password="set")
    secretary = cast.sign_in(world.kaliwungu)
    done = secretary.post(f"/team/posts/{world.bakalan.post_id}/handover/", {"known": "prambatan"})
    assert done.status_code == 303
    world.prambatan.user.refresh_from_db()
    both = text(cast.sign_in(world.prambatan).get("/account/"))
    assert "Desa Bakalankrapyak" in both
    assert "Desa Prambatan" in both


def test_a_secretary_does_not_reach_a_member_of_another_area_by_user_name(world: Cast) -> None:
    page = cast.sign_in(world.kaliwungu).post(
        f"/team/posts/{world.bakalan.post_id}/handover/", {"known": "getas"}
    )
    assert page.status_code == 400
    assert "Tidak ada anggota di wilayah Anda" in text(page)


VERBS = (
    "/team/posts/{post}/handover/",
    "/team/posts/{post}/appointment/",
    "/team/mandates/{mandate}/end/",
    "/team/members/{user}/slip/",
)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize(
    "who",
    [
        "jati",
        "demak_district",
        "demak_regency",
        "bakalan",
        "prambatan",
        "labour",
        "province",
        "auditor",
        "protection",
    ],
)
def test_a_neighbour_and_whoever_may_not_gets_404(world: Cast, verb: str, who: str) -> None:
    target = world.bakalan
    address = verb.format(post=target.post_id, mandate=target.pk, user=target.user_id)
    before = Entry.objects.count()
    assert cast.sign_in(getattr(world, who)).post(address, NEW).status_code == 404
    target.refresh_from_db()
    assert target.ended_at is None
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["kaliwungu", "kudus", "immigration", "chair", "operator"])
def test_each_tier_above_ends_a_mandate_of_its_area_at_once(world: Cast, who: str) -> None:
    village = cast.sign_in(world.bakalan)
    ended = cast.sign_in(getattr(world, who)).post(f"/team/mandates/{world.bakalan.pk}/end/")
    assert ended.status_code == 303
    assert village.get("/team/").status_code == 404


@pytest.mark.parametrize(
    ("who", "target"),
    [
        ("kaliwungu", "kudus"),
        ("kaliwungu", "kaliwungu"),
        ("kudus", "immigration"),
        ("kudus", "chair"),
        ("immigration", "chair"),
        ("chair", "auditor"),
        ("chair", "operator"),
        ("immigration", "operator"),
    ],
)
def test_nobody_fills_a_post_that_sees_more_or_watches_over_them(world: Cast, who: str, target: str) -> None:
    post = getattr(world, target).post_id
    assert cast.sign_in(getattr(world, who)).post(f"/team/posts/{post}/handover/", NEW).status_code == 404


def test_the_own_mandate_is_handed_over_and_never_just_ended(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    page = secretary.post(f"/team/mandates/{world.kudus.pk}/end/", follow=True)
    assert "Lakukan serah terima" in text(page)
    assert secretary.post(f"/team/posts/{world.kudus.post_id}/handover/", NEW).status_code == 200
    assert secretary.get("/team/").status_code == 404


def test_a_deputy_needs_dates_and_stands_beside_the_holder(world: Cast) -> None:
    secretary, address = cast.sign_in(world.kudus), f"/team/posts/{world.kaliwungu.post_id}/appointment/"
    without = secretary.post(address, NEW | {"kind": "plt"})
    assert without.status_code == 400
    assert "memerlukan tanggal berakhir" in text(without)
    assert secretary.post(address, NEW | {"kind": "plt", "until": "2026-12-31"}).status_code == 200
    page = text(secretary.get(f"/team/posts/{world.kaliwungu.post_id}/"))
    assert "pelaksana tugas (Plt)" in page
    assert "31 Des" in page


@pytest.mark.parametrize(
    ("period", "field"),
    [
        ({"since": "1850-01-01", "until": "2026-12-31"}, "since"),
        ({"since": "2025-11-20", "until": "2026-11-20"}, "since"),
        ({"until": "9999-12-31"}, "until"),
        ({"since": "2026-11-01", "until": "2027-11-30"}, "until"),
    ],
)
def test_a_deputy_of_another_age_is_refused_beside_the_date(
    world: Cast, period: dict[str, str], field: str
) -> None:
    secretary, address = cast.sign_in(world.kudus), f"/team/posts/{world.kaliwungu.post_id}/appointment/"
    page = secretary.post(address, NEW | {"kind": "plh"} | period)
    assert page.status_code == 400
    assert f'id="id_{field}_error"' in text(page)
    assert Mandate.objects.filter(post=world.kaliwungu.post_id).count() == 1
    longest = {"kind": "plh", "since": "2025-12-01", "until": "2026-12-01"}
    assert secretary.post(address, NEW | longest).status_code == 200


def test_nobody_holds_a_post_since_before_their_birth(world: Cast) -> None:
    address = f"/team/posts/{world.kaliwungu.post_id}/appointment/"
    page = cast.sign_in(world.kudus).post(address, NEW | {"kind": "holder", "since": "1850-01-01"})
    assert page.status_code == 400
    assert 'id="id_since_error"' in text(page)


def test_a_second_holder_is_refused(world: Cast) -> None:
    page = cast.sign_in(world.kudus).post(
        f"/team/posts/{world.kaliwungu.post_id}/appointment/", NEW | {"kind": "holder"}
    )
    assert page.status_code == 400
    assert "sudah terisi" in text(page)
    assert Mandate.objects.filter(post=world.kaliwungu.post_id).count() == 1


def test_a_chair_whose_term_has_run_out_is_free_for_the_next_holder(world: Cast) -> None:
    Mandate.objects.filter(pk=world.kaliwungu.pk).update(until="2026-11-01")
    address = f"/team/posts/{world.kaliwungu.post_id}/appointment/"
    assert cast.sign_in(world.kudus).post(address, NEW | {"kind": "holder"}).status_code == 200


def test_the_secretary_opens_a_post_and_appoints_somebody_in_two_steps(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    opened = secretary.post(
        "/team/posts/new/",
        {"agency": "desa", "role": "village", "title": "Kasi Pelayanan", "area": "33.19.01.2005"},
    )
    assert opened.status_code == 303
    assert "kosong" in text(secretary.get(opened.url))
    assert secretary.post(f"{opened.url}appointment/", NEW | {"kind": "holder"}).status_code == 200


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"area": "33.21.01.2001"}, "Tidak ada wilayah"),
        ({"area": "33.19.01"}, "tidak berada di tingkat"),
        ({"role": "chair"}, "chair"),
        ({"area": BAKALAN, "title": "bakalan"}, "sudah ada"),
        ({"area": ""}, "area"),
    ],
)
def test_a_post_that_may_not_be_opened_is_refused_with_a_sentence(
    world: Cast, given: dict[str, str], sentence: str
) -> None:
    filled = {"agency": "desa", "role": "village", "title": "Kasi", "area": "33.19.01.2005"} | given
    before = Post.objects.count()
    page = cast.sign_in(world.kudus).post("/team/posts/new/", filled)
    assert page.status_code == 400
    assert sentence in text(page)
    assert Post.objects.count() == before


def test_the_operator_seats_the_readers_and_auditors_above_the_office(world: Cast) -> None:
    Agency.objects.load()
    operator = cast.sign_in(world.operator)
    opened = operator.post(
        "/team/posts/new/", {"agency": "imigrasi", "role": "counts", "title": "Kabid", "area": "33"}
    )
    assert opened.status_code == 303
    page = operator.post(
        "/team/posts/new/", {"agency": "desa", "role": "village", "title": "x", "area": "33.18.01.2001"}
    )
    assert "di luar wilayah tugas" in text(page)


def test_switching_the_mandate_is_visible_recorded_and_only_among_ones_own(world: Cast) -> None:
    second = Mandate.objects.grant(
        by=world.operator,
        user=world.kudus.user,
        post=Post.objects.open(
            by=world.operator,
            agency=Agency.objects.get(code="kesbangpol"),
            role="contributor",
            title="Kabid",
            area=world.kudus.post.area,
        ),
    )
    browser = cast.sign_in(world.kudus)
    page = browser.post("/mandate/", {"mandate": second.pk, "next": "/account/"}, follow=True)
    assert "Anda sekarang bertindak sebagai Kabid" in text(page)
    assert Entry.objects.get(action="session.switched").mandate == second.pk
    assert browser.get("/team/posts/new/").status_code == 404
    assert browser.post("/mandate/", {"mandate": world.chair.pk}).status_code == 404
    assert browser.post("/mandate/", {"mandate": "x"}).status_code == 404
