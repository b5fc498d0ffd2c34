"""Members from a spreadsheet: the dry run says what would happen, the import does just that, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.pages import text
from timpora import sheets
from timpora.areas.models import Area
from timpora.ledger.models import Detail, Entry
from timpora.ledger.verify import verify
from timpora.team.models import Agency, Mandate, Post, User
from timpora.team.roster import COLUMNS

pytestmark = pytest.mark.django_db
VILLAGE = {
    "name": "Anggota Satu",
    "phone": "0812 1111 0001",
    "agency": "Desa/Kelurahan",
    "area": "33.19.01.2005",
    "title": "Sekretaris Desa",
}
LABOUR = {
    "name": "Anggota Dua",
    "agency": "disnaker",
    "area": "Kudus",
    "title": "Kabid",
    "username": "disnaker-kudus",
}
DEPUTY = {
    "name": "Anggota Tiga",
    "agency": "Kecamatan",
    "area": "33.19.01",
    "title": "Kaliwungu",
    "kind": "Plt",
    "until": "31/12/2026",
}


@pytest.fixture(autouse=True)
def _agencies(world: Cast) -> None:
    Agency.objects.load()


def sent(
    browser: Client, rows: list[dict[str, Any]], *, file: bytes | None = None, name: str = "anggota.xlsx"
) -> Any:
    """The answer to a list that was sent: its dry run, or the form again."""
    data = sheets.xlsx(COLUMNS, rows) if file is None else file
    return browser.post("/team/import/", {"file": SimpleUploadedFile(name, data)})


def rows_of(response: Any) -> str:
    return str(response.context["form"].initial["rows"])


def imported(browser: Client, rows: list[dict[str, Any]]) -> Any:
    return browser.post("/team/import/rows/", {"rows": rows_of(sent(browser, rows))}, follow=True)


def numbers(response: Any) -> tuple[int, int, int, int]:
    said = response.context["numbers"]
    return said["new"], said["changed"], said["same"], said["faulty"]


def test_the_template_comes_back_empty_and_in_our_own_words(world: Cast) -> None:
    blank = cast.sign_in(world.kudus).get("/team/import/template/")
    assert "attachment" in blank.headers["Content-Disposition"]
    read = sheets.read(blank.content, COLUMNS)
    assert [fault.code for fault in read.faults] == ["empty"]
    assert set(read.found) == {column.name for column in COLUMNS}


def test_a_dry_run_writes_nothing_and_the_import_does_what_it_showed(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    before = (Entry.objects.count(), User.objects.count(), Post.objects.count())
    shown = sent(secretary, [VILLAGE, LABOUR, DEPUTY])
    assert numbers(shown) == (3, 0, 0, 0)
    assert (Entry.objects.count(), User.objects.count(), Post.objects.count()) == before
    assert "membuka jabatan, menambah anggota, menunjuk" in text(shown)
    done = secretary.post("/team/import/rows/", {"rows": rows_of(shown)}, follow=True)
    assert "3 baris telah diimpor" in text(done)
    made = User.objects.get(name="Anggota Satu")
    assert (made.username, made.phone, made.has_usable_password()) == (
        f"desa-{Area.objects.get(code='33.19.01.2005').name.lower().replace(' ', '-')}",
        "+6281211110001",
        False,
    )
    deputy = Mandate.objects.get(user__name="Anggota Tiga")
    assert (deputy.kind, str(deputy.until), deputy.post_id) == ("plt", "2026-12-31", world.kaliwungu.post_id)
    new = Entry.objects.filter(number__gt=before[0]).values_list("action", flat=True)
    assert sorted(new) == sorted(["post.opened"] * 2 + ["user.enrolled"] * 3 + ["mandate.granted"] * 3)
    assert verify().sound


def test_sending_the_same_list_again_changes_nothing(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    imported(secretary, [VILLAGE, LABOUR, DEPUTY])
    before = Entry.objects.count()
    again = sent(secretary, [VILLAGE, LABOUR, DEPUTY])
    assert numbers(again) == (0, 0, 3, 0)
    secretary.post("/team/import/rows/", {"rows": rows_of(again)})
    assert Entry.objects.count() == before


def test_a_changed_name_number_or_last_day_is_shown_and_changed(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    imported(secretary, [VILLAGE, LABOUR, DEPUTY])
    changed = [
        LABOUR | {"name": "Anggota Dua Baru", "phone": "081299990000"},
        DEPUTY | {"until": "2027-01-31"},
    ]
    assert numbers(sent(secretary, changed)) == (0, 2, 0, 0)
    imported(secretary, changed)
    user = User.objects.get(username="disnaker-kudus")
    assert (user.name, user.phone) == ("Anggota Dua Baru", "+6281299990000")
    assert str(Mandate.objects.get(kind="plt").until) == "2027-01-31"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"name": ""}, "Nama belum diisi"),
        ({"name": "x" * 130}, "Nama lebih dari 120 huruf"),
        ({"phone": "12"}, "bukan nomor telepon"),
        ({"agency": "Bank"}, "Tidak ada instansi dengan nama itu"),
        ({"area": "Atlantis"}, "Tidak ada wilayah"),
        ({"area": "33.99.01.2001"}, "Tidak ada wilayah"),
        ({"area": "33.21.01.2001"}, "Tidak ada wilayah"),
        ({"area": ""}, "Wilayah belum diisi"),
        ({"title": ""}, "Jabatan belum diisi"),
        ({"role": "raja"}, "Sebutkan peran"),
        ({"role": "ketua"}, "tidak berada di tingkat"),
        ({"area": "33.19.01"}, "tidak berada di tingkat"),
        ({"kind": "Pj"}, "Tulis definitif, Plt, atau Plh"),
        ({"kind": "Plt"}, "memerlukan tanggal berakhir"),
        ({"kind": "Plt", "since": "1850-01-01", "until": "2026-12-31"}, "paling lama satu tahun yang lalu"),
        ({"kind": "Plh", "until": "9999-12-31"}, "paling lama satu tahun."),
        ({"since": "kemarin"}, "bukan tanggal"),
        ({"since": "2026-05-01", "until": "2026-04-01"}, "lebih awal"),
        ({"since": "2026-01-01", "until": "2026-04-01"}, "sudah lewat"),
        ({"username": "Ada Spasi"}, "Nama pengguna terdiri"),
        ({"username": "getas"}, ""),
        ({"username": "demak"}, "sudah dipakai"),
        ({"phone": "081277770000"}, "sudah milik anggota lain"),
        ({"area": BAKALAN, "title": "Bakalan"}, "sudah terisi"),
    ],
)
def test_a_faulty_row_says_what_to_put_right_and_is_left_out(
    world: Cast, given: dict[str, str], sentence: str
) -> None:
    User.objects.filter(pk=world.demak.user_id).update(phone="+6281277770000")
    secretary = cast.sign_in(world.kudus)
    shown = sent(secretary, [VILLAGE | given, LABOUR])
    assert numbers(shown) == ((1, 0, 0, 1) if sentence else (2, 0, 0, 0))
    assert sentence in text(shown)
    imported(secretary, [VILLAGE | given, LABOUR])
    assert User.objects.filter(username="disnaker-kudus").exists()
    if sentence:
        assert not User.objects.filter(name=VILLAGE["name"]).exists()


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (
            VILLAGE | {"name": "Orang Lain", "phone": ""},
            "Baris lain dalam berkas ini mengisi jabatan yang sama",
        ),
        (
            VILLAGE | {"name": "Orang Lain", "title": "Kasi"},
            "Baris 2 memberikan nama pengguna atau nomor ini",
        ),
        (
            VILLAGE | {"name": "Orang Lain", "title": "Kasi", "username": "lain-sekali"},
            "juga tertulis pada orang lain",
        ),
    ],
)
def test_two_rows_of_one_file_that_contradict_each_other_are_found(
    world: Cast, second: dict[str, str], sentence: str
) -> None:
    shown = sent(cast.sign_in(world.kudus), [VILLAGE, second])
    assert numbers(shown) == (1, 0, 0, 1)
    assert sentence in text(shown)


def test_one_person_on_two_posts_is_one_member(world: Cast) -> None:
    imported(cast.sign_in(world.kudus), [VILLAGE, VILLAGE | {"title": "Kasi Pemerintahan"}])
    assert User.objects.get(phone="+6281211110001").mandates.count() == 2


def test_a_kecamatan_imports_its_villages_and_nothing_else(world: Cast) -> None:
    shown = sent(
        cast.sign_in(world.kaliwungu),
        [VILLAGE, DEPUTY, VILLAGE | {"area": "33.19.03.2001", "name": "B", "phone": ""}],
    )
    assert numbers(shown) == (1, 0, 0, 2)
    assert "Jabatan Anda tidak menunjuk peran ini" in text(shown)


def test_the_office_imports_its_own_officers_without_an_area(world: Cast) -> None:
    row = {"name": "Anggota Empat", "agency": "Kanim", "area": "", "title": "Analis Keimigrasian"}
    imported(cast.sign_in(world.immigration), [row])
    assert Mandate.objects.get(user__name="Anggota Empat").post.role == "immigration"


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(b"", "required"), (b"\x00\x01\x02 not a table", "bukan tabel"), (b"PK\x03\x04 broken", "bukan tabel"),
     (b"satu;dua\n1;2\n", "templat"), (b"Nama;HP\nSiti;1\n", "Kolom ini tidak ada")],
)  # fmt: skip
def test_a_file_that_is_no_list_of_members_is_refused_with_a_sentence(
    world: Cast, file: bytes, sentence: str
) -> None:
    answer = sent(cast.sign_in(world.kudus), [], file=file)
    assert answer.status_code == 400
    assert "id_file_error" in text(answer)
    assert sentence == "required" or sentence in text(answer)


def test_a_csv_with_semicolons_will_do(world: Cast) -> None:
    answer = sent(cast.sign_in(world.kudus), [], file=sheets.csv(COLUMNS, [VILLAGE]), name="anggota.csv")
    assert numbers(answer) == (1, 0, 0, 0)


def test_a_file_that_is_too_large_is_refused_beside_its_field(world: Cast) -> None:
    for size in (2**21 + 2**17, 65 * 2**20):
        answer = sent(cast.sign_in(world.kudus), [], file=b"x" * size)
        assert answer.status_code == 400
        page = text(answer)
        assert "terlalu besar" in page and "id_file_error" in page and "paling besar 2 MB" in page


def test_the_sealed_rows_open_for_their_sender_within_the_hour_only(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    rows = rows_of(sent(secretary, [VILLAGE]))
    assert "Anggota" not in rows
    for browser, kept in (
        (cast.sign_in(world.demak_regency), rows),
        (secretary, rows[:-4] + "AAAA"),
        (secretary, ""),
    ):
        page = text(browser.post("/team/import/rows/", {"rows": kept}, follow=True))
        assert "lebih dari satu jam" in page
    with time_machine.travel(datetime(2026, 11, 25, 6, 1, tzinfo=UTC) + timedelta(minutes=1)):
        assert "lebih dari satu jam" in text(
            secretary.post("/team/import/rows/", {"rows": rows}, follow=True)
        )
    assert not User.objects.filter(name="Anggota Satu").exists()


def test_what_changed_between_dry_run_and_import_is_shown_again(world: Cast) -> None:
    secretary = cast.sign_in(world.kudus)
    rows = rows_of(sent(secretary, [VILLAGE]))
    User.objects.filter(pk=world.demak.user_id).update(phone="+6281211110001")
    answer = secretary.post("/team/import/rows/", {"rows": rows})
    assert answer.status_code == 409
    assert numbers(answer) == (0, 0, 0, 1)
    assert "Ada yang berubah sementara itu" in text(answer)
    assert not User.objects.filter(name="Anggota Satu").exists()


def test_no_name_or_number_of_a_list_reaches_the_ledgers_columns(world: Cast) -> None:
    imported(cast.sign_in(world.kudus), [VILLAGE, LABOUR])
    kept = str(list(Entry.objects.values())) + str(list(Detail.objects.values()))
    assert "Anggota" not in kept
    assert "81211110001" not in kept


def test_five_hundred_rows_are_tried_with_few_questions_and_imported(
    world: Cast, django_assert_max_num_queries: Any
) -> None:
    villages = list(Area.objects.filter(level=4, code__startswith="33.19").values_list("code", flat=True))
    rows = [
        VILLAGE
        | {
            "name": f"Anggota {n}",
            "phone": f"0813{n:08d}",
            "area": villages[n % len(villages)],
            "title": f"Kaur {n}",
        }
        for n in range(500)
    ]
    secretary = cast.sign_in(world.kudus)
    with django_assert_max_num_queries(60):
        shown = sent(secretary, rows)
    secretary.post("/team/import/rows/", {"rows": rows_of(shown)})
    assert Mandate.objects.filter(post__title__startswith="Kaur").count() == 500
