"""One photo of a place or a letter with a report: off by default, made anew, sealed, each look noted."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.pages import text
from tests.reports.conftest import filled, only
from tests.reports.pictures import MARK, picture, saved, upload
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Entry
from timpora.reports.developing import AIM, HEAVIEST, LONGEST_EDGE, SENTENCES, NoPhoto, developed
from timpora.reports.models import Draft, Photo, Report
from timpora.reports.models.photo import erase_old
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 2000
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
SCRIPT = b"<script>alert(1)</script>"


@pytest.fixture
def on(world: Cast) -> Cast:
    """The world, its office having switched photos on."""
    world.office.change(by=SYSTEM, photos=True)
    return world


def send(by: Mandate | Client, photo: Any = None, path: str = "/reports/new/", **changed: Any) -> Any:
    client = by if isinstance(by, Client) else cast.sign_in(by)
    given = filled() | changed | ({"photo": upload(photo)} if isinstance(photo, bytes) else {})
    return client.post(path, given)


def opened(photo: Photo) -> Image.Image:
    from timpora import vault

    data = vault.current().open_file(photo.key, bytes(photo.body), "photo")
    return Image.open(BytesIO(data))


# --- the office switches it on ----------------------------------------------------------------------------


def test_photos_are_off_until_the_office_switches_them_on(world: Cast) -> None:
    assert 'type="file" name="photo"' not in text(cast.sign_in(world.bakalan).get("/reports/new/"))
    operator = cast.sign_in(world.operator)
    page = text(operator.get("/offices/kanim-semarang/"))
    assert "wajah atau paspor" in page
    world.office.change(by=world.operator, photos=True)
    assert Entry.objects.filter(action="office.changed").latest("number").fields == "photos"
    page = text(cast.sign_in(world.bakalan).get("/reports/new/"))
    assert 'type="file" name="photo"' in page and 'enctype="multipart/form-data"' in page
    assert "setelah 30 hari" in page


def test_a_photo_sent_after_it_was_switched_off_is_left_out_and_the_officer_is_told(on: Cast) -> None:
    desa = cast.sign_in(on.bakalan)
    on.office.change(by=SYSTEM, photos=False)
    sent = send(desa, picture())
    assert (sent.status_code, Photo.objects.count(), Report.objects.count()) == (303, 0, 1)
    assert "diterima tanpa foto" in text(desa.get(sent["Location"]))
    assert "diterima tanpa foto" not in text(desa.get(sent["Location"]))


# --- what is kept -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_photo_is_made_small_and_nothing_hidden_in_the_file_survives(on: Cast, kind: str) -> None:
    data = picture(kind) + SCRIPT
    assert MARK.encode() in data
    assert send(on.bakalan, data).status_code == 303
    photo = Photo.objects.get()
    made = opened(photo)
    assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (1280, 960), {})
    kept = developed(data)
    assert MARK.encode() not in kept and b"script" not in kept
    assert photo.size <= AIM


def test_neither_the_row_nor_the_ledger_holds_the_photo_in_clear(on: Cast) -> None:
    send(on.bakalan, picture())
    photo = Photo.objects.get()
    assert b"JFIF" not in bytes(photo.body) and photo.key.startswith("v1.")
    entry = Entry.objects.get(action="photo.attached")
    assert (entry.subject, entry.area, entry.fields, entry.detail) == (only().cause, BAKALAN, "", "")


def test_a_photo_that_was_held_sideways_stands_upright() -> None:
    made, said, file = Image.new("RGB", (400, 200), "white"), Image.Exif(), BytesIO()
    said[0x0112] = 6  # turned by 90 degrees
    made.save(file, "JPEG", exif=said)
    assert Image.open(BytesIO(developed(file.getvalue()))).size == (200, 400)


@pytest.mark.parametrize("size", [(1, 1), (3000, 40), (2000, 3000)])
def test_no_photo_is_kept_larger_than_it_may_be(size: tuple[int, int]) -> None:
    made = developed(picture(size=size, noise=True))
    assert len(made) <= AIM
    assert max(Image.open(BytesIO(made)).size) <= LONGEST_EDGE


def test_transparent_is_white() -> None:
    made = Image.open(BytesIO(developed(saved(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG"))))
    assert made.getpixel((5, 5)) == (255, 255, 255)


# --- bad files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("besar.jpg", b"\xff\xd8\xff" + b"x" * 30 * 2**20, "too_large"),
        ("foto.heic", HEIC, "heic"),
        ("foto.jpg", HEIC, "heic"),
        ("gambar.svg", SVG, "no_picture"),
        ("foto.jpg", SCRIPT, "no_picture"),
        ("foto.jpg", b"\xff\xd8\xff\xe0" + SCRIPT * 50, "no_picture"),
        ("animasi.gif", b"GIF89a" + b"\0" * 200, "no_picture"),
        ("foto.jpg", picture()[:2000], "no_picture"),
    ],
)
def test_a_file_that_is_no_photo_is_refused_beside_its_field_and_everything_typed_stays(
    on: Cast, name: str, data: bytes, code: str
) -> None:
    desa = cast.sign_in(on.bakalan)
    answer = desa.post("/reports/new/", filled() | {"photo": upload(data, name)})
    assert answer.status_code == 400
    assert answer.context["form"].errors.as_data()["photo"][0].code == code
    page = text(answer)
    assert str(SENTENCES[code]) in page and 'id="id_photo_error"' in page
    assert 'value="Lin Yi-Chun"' in page and "photo_kept" not in page.replace("not zone,photo,photo_kept", "")
    assert not Report.objects.exists()
    assert Draft.objects.of(on.bakalan)["names"] == "Lin Yi-Chun"  # and no photo
    assert "photo" not in Draft.objects.of(on.bakalan)


def test_a_picture_that_unpacks_to_too_many_points_is_refused_unread() -> None:
    bomb = saved(Image.new("1", (30_000, 30_000)), "PNG")
    assert len(bomb) < 2**20
    with pytest.raises(NoPhoto) as refused:
        developed(bomb)
    assert refused.value.code == "too_many_points"
    with pytest.raises(NoPhoto):
        developed(b"", HEAVIEST * 2**20 + 1)


def test_a_form_beyond_all_measure_is_answered_with_what_was_typed(on: Cast) -> None:
    answer = send(on.bakalan, b"x" * (65 * 2**20))
    page = text(answer)
    assert answer.status_code == 400 and not Report.objects.exists()
    assert "id_photo_error" in page and filled()["names"] in page and filled()["address"] in page


# --- a refused form gives the photo back ------------------------------------------------------------------


def test_a_form_refused_for_another_reason_gives_the_photo_back_without_keeping_it(on: Cast) -> None:
    desa = cast.sign_in(on.bakalan)
    answer = send(desa, picture(), nationality="Atlantis")
    assert answer.status_code == 400 and not Photo.objects.exists()
    kept = answer.context["form"]["photo"].field.widget.get_context("photo", None, {})["kept"]
    assert f'name="photo_kept" value="{kept}"' in text(answer)
    number = str(uuid4())
    assert send(desa, photo_kept=kept, sent_id=number).status_code == 303
    assert opened(Photo.objects.get()).size == (1280, 960)
    assert send(desa, photo_kept=kept, sent_id=number).status_code == 303  # once more: the same report
    assert Photo.objects.count() == Report.objects.count() == 1


def test_a_photo_given_back_can_be_taken_out_or_replaced(on: Cast) -> None:
    desa = cast.sign_in(on.bakalan)
    form = send(desa, picture(), nationality="Atlantis").context["form"]
    kept = form["photo"].field.widget.get_context("photo", None, {})["kept"]
    send(desa, photo_kept=kept, photo_out="1")
    assert not Photo.objects.exists()
    send(desa, picture(size=(300, 200)), photo_kept=kept, names="Orang Lain", birth_date_year="1991")
    assert opened(Photo.objects.get()).size == (300, 200)


def test_reading_the_passports_lines_on_the_server_keeps_the_photo_too(on: Cast) -> None:
    answer = send(on.bakalan, picture(), read_lines="1", zone="")
    assert 'name="photo_kept"' in text(answer)


@pytest.mark.parametrize("junk", ["", "§§§", "AAAA", "x" * 3000])
def test_what_is_given_back_and_was_never_a_photo_is_refused_or_none(on: Cast, junk: str) -> None:
    answer = send(on.bakalan, photo_kept=junk)
    assert (answer.status_code, Photo.objects.count()) == (400 if junk else 303, 0)


def test_the_same_report_with_another_photo_is_other_content(on: Cast) -> None:
    desa, number = cast.sign_in(on.bakalan), str(uuid4())
    assert send(desa, picture(), sent_id=number).status_code == 303
    again = send(desa, picture(size=(300, 200)), sent_id=number)
    assert again.status_code == 409 and "Foto" in text(again)
    assert send(desa, sent_id=number).status_code == 303  # a retry whose photo was lost on the way
    assert Report.objects.count() == 1


def test_a_report_on_a_resident_takes_a_photo_too(on: Cast) -> None:
    cast.report(on.bakalan).confirm(by=on.kaliwungu)
    person = Report.objects.get().person
    path = f"/reports/new/?person={person.pk}&kind=not_found"
    desa = cast.sign_in(on.bakalan)
    assert 'name="photo"' in text(desa.get(path))
    given = {"sent_id": str(uuid4()), "event_on": "2026-11-24", "photo": upload(picture())}
    assert desa.post(path, given).status_code == 303
    assert Photo.objects.get().report.kind == "not_found"


# --- looking ----------------------------------------------------------------------------------------------


def test_whoever_may_see_the_report_may_see_its_photo_and_each_look_is_noted(on: Cast) -> None:
    send(on.bakalan, picture())
    path = f"/reports/{only().pk}/photo/"
    page = text(cast.sign_in(on.kaliwungu).get(f"/reports/{only().pk}/"))
    assert f'<img src="{path}"' in page
    assert not Entry.objects.filter(action="photo.viewed").exists()  # folded, it was not fetched
    answer = cast.sign_in(on.kaliwungu).get(path)
    assert Image.open(BytesIO(answer.content)).size == (1280, 960)
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    entry = Entry.objects.get(action="photo.viewed")
    assert (entry.subject, entry.mandate) == (only().cause, on.kaliwungu.pk)


@pytest.mark.parametrize("who", ["prambatan", "jati", "labour", "province", "auditor", "operator"])
def test_for_everybody_else_there_is_no_photo(on: Cast, who: str) -> None:
    send(on.bakalan, picture())
    assert cast.sign_in(getattr(on, who)).get(f"/reports/{only().pk}/photo/").status_code == 404
    assert not Entry.objects.filter(action="photo.viewed").exists()


def test_a_report_without_a_photo_has_none_to_show(world: Cast) -> None:
    sent = cast.report(world.bakalan)
    desa = cast.sign_in(world.bakalan)
    assert desa.get(f"/reports/{sent.pk}/photo/").status_code == 404
    assert "/photo/" not in text(desa.get(f"/reports/{sent.pk}/"))


# --- erasing ----------------------------------------------------------------------------------------------


def aged(days: int) -> None:
    Photo.objects.update(at=timezone.now() - timedelta(days=days, minutes=1))


def test_a_photo_is_erased_after_the_offices_days_and_the_report_says_so(on: Cast) -> None:
    desa = cast.sign_in(on.bakalan)
    send(desa, picture())
    aged(29)
    assert erase_old() == 0
    aged(30)
    assert (erase_old(), erase_old()) == (1, 0)
    photo = Photo.objects.get()
    assert (photo.key, bytes(photo.body), photo.digest, photo.size) == ("", b"", "", 0)
    entry = Entry.objects.get(action="photo.erased")
    assert (entry.area, entry.subject, entry.fields, entry.actor) == ("33.19", "", "1", None)
    assert desa.get(f"/reports/{only().pk}/photo/").status_code == 404
    assert "dihapus setelah 30 hari" in text(desa.get(f"/reports/{only().pk}/"))


def test_the_office_sets_the_days_and_one_entry_counts_a_kabupatens_photos(on: Cast) -> None:
    on.office.change(by=SYSTEM, photo_days=5)
    send(on.bakalan, picture())
    send(on.prambatan, picture(), names="Orang Lain", birth_date_year="1991")
    aged(5)
    assert erase_old() == 2
    assert Entry.objects.get(action="photo.erased").fields == "2"
