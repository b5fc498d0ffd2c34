"""A file of a room lies sealed and is only ever fetched: never shown, run or opened by a browser."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from hypothesis import given as drawn
from hypothesis import strategies as st

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rooms.given import pdf, say, send
from timpora.ledger.models import Entry
from timpora.rooms import filenames
from timpora.rooms.models import Attachment, AttachmentBody, Message, Thread
from timpora.rooms.sending import LARGEST, MOST
from timpora.uploads import HARDEST, Bounded

DATA = b"%PDF-1.7 invented and unmistakable"


@pytest.mark.django_db
def test_a_file_comes_back_as_it_was_sent(world: Cast, room: Thread) -> None:
    send(cast.sign_in(world.kudus), room, "", files=[("notulen rapat.pdf", DATA)])
    client = cast.sign_in(world.bakalan)
    assert "notulen rapat.pdf" in text(client.get(f"/rooms/{room.pk}/"))
    answer = client.get(f"/rooms/files/{Attachment.objects.get().pk}/")
    assert answer.content == DATA
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="notulen rapat.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Entry.objects.filter(action="attachment.fetched").count() == 1


@pytest.mark.django_db
def test_neither_bytes_nor_name_lie_in_clear(world: Cast, room: Thread) -> None:
    say(room, world.kudus, files=[pdf("paspor.pdf", DATA)])
    kept = Attachment.objects.get()
    assert DATA not in bytes(AttachmentBody.objects.get().body)
    assert "paspor" not in kept.name + kept.key
    assert kept.file_name == "paspor.pdf"


@pytest.mark.django_db
def test_outside_the_room_there_is_no_such_file(world: Cast, room: Thread) -> None:
    say(room, world.kudus, files=[pdf()])
    path = f"/rooms/files/{Attachment.objects.get().pk}/"
    assert [cast.sign_in(each).get(path).status_code for each in (world.jati, world.labour)] == [404, 404]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a.pdf.exe", "surat.exe.pdf", "halaman.HTML", "gambar.svg", "tabel.xlsm"])
def test_what_a_computer_could_run_is_kept_inert(name: str, world: Cast, room: Thread) -> None:
    send(cast.sign_in(world.kudus), room, "", files=[(name, b"<script>alert(1)</script>")])
    client = cast.sign_in(world.bakalan)
    assert "dapat dijalankan" in text(client.get(f"/rooms/{room.pk}/"))
    answer = client.get(f"/rooms/files/{Attachment.objects.get().pk}/")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}.inert"'
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.django_db
def test_a_name_with_folders_and_control_characters_is_only_a_name(world: Cast, room: Thread) -> None:
    say(room, world.kudus, files=[pdf("../../etc/\x00pass\u202ewd\r\n.pdf"), pdf("C:\\Users\\x\\surat.pdf")])
    assert [each.file_name for each in Attachment.objects.order_by("pk")] == ["passwd.pdf", "surat.pdf"]


@pytest.mark.django_db
def test_a_file_over_the_limit_is_refused_and_what_was_typed_stays(world: Cast, room: Thread) -> None:
    client = cast.sign_in(world.kudus)
    answer = send(client, room, "Ini fotonya", files=[("foto.jpg", b"x" * (LARGEST + 1))])
    page = text(answer)
    assert answer.status_code == 400
    assert "Ini fotonya" in page and "5 MB" in page
    assert not Message.objects.exists()
    assert send(client, room, "Pas", files=[("foto.jpg", b"x" * LARGEST)]).status_code == 303


@pytest.mark.django_db
def test_a_photo_of_30_megabytes_is_refused_and_what_was_typed_stays(world: Cast, room: Thread) -> None:
    answer = send(cast.sign_in(world.kudus), room, "Ini fotonya", files=[("foto.jpg", b"x" * (30 * 2**20))])
    assert answer.status_code == 400
    assert "Ini fotonya" in text(answer)


@pytest.mark.django_db
def test_of_a_form_beyond_all_measure_what_was_typed_before_the_file_stays(world: Cast, room: Thread) -> None:
    answer = send(cast.sign_in(world.kudus), room, "Ini filmnya", files=[("film.mp4", b"x" * (HARDEST + 1))])
    assert answer.status_code == 400
    assert "Ini filmnya" in text(answer) and "id_attachments_error" in text(answer)
    assert not Message.objects.exists()


def test_of_a_file_too_large_no_more_is_held_than_may_be_sent() -> None:
    handler = Bounded(RequestFactory().post("/"), largest=LARGEST)
    handler.new_file("attachments", "foto.jpg", "image/jpeg", None)
    for start in range(0, 3 * LARGEST, 2**16):
        handler.receive_data_chunk(b"x" * 2**16, start)
    file = handler.file_complete(3 * LARGEST)
    assert (len(file.read()), file.size) == (LARGEST, 3 * LARGEST)


@pytest.mark.django_db
def test_an_empty_file_and_one_too_many_are_refused(world: Cast, room: Thread) -> None:
    client = cast.sign_in(world.kudus)
    assert send(client, room, "kosong", files=[("a.pdf", b"")]).status_code == 400
    assert (
        send(client, room, "banyak", files=[(f"{n}.pdf", b"x") for n in range(MOST + 1)]).status_code == 400
    )
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused(world: Cast, room: Thread) -> None:
    """Files are read by a handler of ours, so the token is asked for by the view itself."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.sign_in(world.kudus).cookies
    assert send(client, room).status_code == 403
    assert not Message.objects.exists()
    assert settings.CSRF_COOKIE_NAME in client.get(f"/rooms/{room.pk}/").cookies


@drawn(st.text(max_size=300))
def test_any_name_becomes_one_that_is_harmless(name: str) -> None:
    kept = filenames.plain(name)
    assert kept and len(kept) <= filenames.LONGEST
    assert not set(kept) & set("/\\\r\n\x00\u202e")
    assert filenames.plain(kept) == kept
    assert filenames.is_runnable(kept) == filenames.to_fetch(kept).endswith(filenames.INERT)


@pytest.mark.parametrize(
    ("name", "runnable"),
    [("a.pdf", False), ("a.pdf.exe", True), ("a.EXE .pdf", True), ("exe", False), ("js.txt", False),
     (".js", True), ("laporan.v2.docx", False)],
)  # fmt: skip
def test_any_ending_that_runs_makes_a_name_runnable(name: str, runnable: bool) -> None:
    assert filenames.is_runnable(name) is runnable
