"""Notices belong to the post: read by one they are read for all, and a new holder finds the open ones."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from timpora.rooms.models import Notice, Preference

pytestmark = pytest.mark.django_db


def notice(mandate: Any, entry: int = 1, path: str = "/reports/1/") -> Notice:
    made: Notice = Notice.objects.post_to(post=mandate.post, kind="report_waiting", path=path, entry=entry)
    return made


def test_without_notices_the_page_teaches(world: Cast) -> None:
    assert "Belum ada kabar" in text(cast.sign_in(world.kaliwungu).get("/notices/"))


def test_a_notice_is_shown_to_its_post_only(world: Cast) -> None:
    notice(world.kaliwungu)
    assert "Ada laporan menunggu konfirmasi Anda" in text(cast.sign_in(world.kaliwungu).get("/notices/"))
    assert "Belum ada kabar" in text(cast.sign_in(world.jati).get("/notices/"))


def test_opening_a_notice_marks_it_read_and_leads_to_what_waits(world: Cast) -> None:
    made = notice(world.kaliwungu)
    answer = cast.sign_in(world.kaliwungu).post(f"/notices/{made.pk}/reading/")
    assert answer["Location"] == "/reports/1/"
    made.refresh_from_db()
    assert made.read_at is not None


def test_notices_about_reports_are_told_apart_by_the_receipt_number(world: Cast) -> None:
    sent = [cast.report(world.bakalan), cast.report(world.bakalan, names="Chen Mei", birth_date="1985-01-02")]
    foreign = cast.report(world.getas, names="Aung Ko", birth_date="1977-07-07")
    for report in (*sent, foreign):
        notice(world.bakalan, report.pk, f"/reports/{report.pk}/")
    notice(world.kaliwungu, 1, f"/identities/{sent[0].pk}/")
    notice(world.kaliwungu, 2, "/claims/1/")
    village = text(cast.sign_in(world.bakalan).get("/notices/"))
    assert [village.count(f">{report.receipt}<") for report in sent] == [1, 1]
    assert foreign.receipt not in village and "Chen" not in village
    district = text(cast.sign_in(world.kaliwungu).get("/notices/"))
    assert district.count(f">{sent[0].receipt}<") == 1 and district.count(">L26") == 1


def test_another_posts_notice_does_not_exist(world: Cast) -> None:
    made = notice(world.kaliwungu)
    assert cast.sign_in(world.jati).post(f"/notices/{made.pk}/reading/").status_code == 404
    assert Notice.objects.unread().count() == 1


def test_all_can_be_marked_read_at_once(world: Cast) -> None:
    for entry in range(3):
        notice(world.kaliwungu, entry)
    notice(world.jati)
    cast.sign_in(world.kaliwungu).post("/notices/readings/")
    assert list(Notice.objects.unread().values_list("post", flat=True)) == [world.jati.post_id]


def test_the_shell_counts_the_unread_ones(world: Cast) -> None:
    for entry in range(3):
        notice(world.kaliwungu, entry)
    assert "3 belum dibaca" in text(cast.sign_in(world.kaliwungu).get("/notices/"))


def test_a_new_holder_finds_the_open_notices(world: Cast) -> None:
    notice(world.kaliwungu)
    successor = world.kaliwungu.hand_over(by=world.kudus, to=cast.user("successor"))
    assert "menunggu konfirmasi" in text(cast.sign_in(successor).get("/notices/"))
    assert cast.sign_in(world.kaliwungu).get("/notices/").status_code == 404


def test_one_entry_gives_a_post_one_notice_however_often_it_is_worked_off(world: Cast) -> None:
    assert notice(world.kaliwungu).pk == notice(world.kaliwungu).pk


def test_a_page_of_notices_asks_the_same_few_questions(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    for entry in range(30):
        notice(world.kaliwungu, entry, f"/reports/{entry + 1}/")
    client = cast.sign_in(world.kaliwungu)
    with django_assert_max_num_queries(9):  # one of them: whether the post sits in rooms
        assert text(client.get("/notices/")).count("data-queue-open") == 25


CHOICE = {"email": "digest", "digest_at": "07:30", "quiet_from": "20:00", "quiet_until": "06:00"}


def test_a_user_chooses_how_to_be_told(world: Cast) -> None:
    world.kaliwungu.user.email = "sekretaris@kecamatan.example"
    world.kaliwungu.user.save()
    client = cast.sign_in(world.kaliwungu)
    assert client.get("/notices/preference/").status_code == 200
    assert client.post("/notices/preference/", CHOICE).status_code == 302
    chosen = Preference.objects.get(user=world.kaliwungu.user)
    assert (chosen.email, str(chosen.digest_at)) == ("digest", "07:30:00")


def test_e_mail_without_an_address_is_refused_beside_its_field(world: Cast) -> None:
    answer = cast.sign_in(world.kaliwungu).post("/notices/preference/", CHOICE)
    assert answer.status_code == 400
    assert "Alamat surel Anda belum tercatat" in text(answer)
    assert not Preference.objects.exists()


def test_a_time_that_is_none_is_refused_and_what_was_typed_stays(world: Cast) -> None:
    answer = cast.sign_in(world.kaliwungu).post(
        "/notices/preference/", {**CHOICE, "email": "never", "digest_at": "25:99"}
    )
    assert answer.status_code == 400
    assert "25:99" in text(answer)
