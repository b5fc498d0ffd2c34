"""The passport's lines in a browser: the answers of the server's reader, and fields filled on the device."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.device import Device
from tests.zones import LONG, NOISE, SPECIMENS, damaged
from timpora.registry.mrz import Unreadable, read, written
from timpora.registry.mrz.layout import FORMATS
from timpora.registry.zone import SENTENCES

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).resolve().parents[2] / "timpora" / "static" / "js"
TODAY = date(2026, 11, 24)
PICTURE = Path(__file__).with_name("lines.jpg")  # bench/mrz/strips.py, seed 10009: somebody invented
PICTURED = ("KARPENENTSEVA EVGENIA MIKHAIL", "E90L8JE2")
MANY = 4_000
READ = """async ([texts, day]) => {
  const { read } = await import("/mrz.js");
  return texts.map((text) => read(text, day));
}"""
LINES = "\n".join(
    written(
        {
            "document_code": "P", "issuing_state": "TWN", "document_number": "L898902C3",
            "nationality": "TWN", "date_of_birth": "740812", "sex": "F", "date_of_expiry": "300101",
            "primary_identifier": "QUORL", "secondary_identifier": "ZYXWA MEI",
        },
        "TD3",
    )
)  # fmt: skip


@pytest.fixture
def reader(contexts: Any) -> Callable[[list[str]], list[dict[str, Any]]]:
    """What mrz.js reads in each of many texts."""
    page: Page = contexts().new_page()

    def serve(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        body = (SCRIPTS / name).read_text() if name else "<!doctype html><title>T</title>"
        route.fulfill(body=body, content_type="text/javascript" if name else "text/html")

    page.route("**/*", serve)
    page.goto("http://mrz.invalid/")
    return lambda texts: page.evaluate(READ, [texts, TODAY.isoformat()])  # type: ignore[no-any-return]


def answer(text: str) -> dict[str, Any]:
    """What the server's reader says, as mrz.js says it."""
    try:
        found = read(text, today=TODAY).as_dict()
    except Unreadable as fault:
        return {"unreadable": fault.code, "lengths": list(fault.lengths)}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def test_the_browser_reads_exactly_what_the_server_reads(reader: Any) -> None:
    chance = random.Random(9303)
    texts = [*SPECIMENS.values(), *LONG.values(), *NOISE, "", *(damaged(chance) for _ in range(MANY))]
    answers = [answer(text) for text in texts]
    # The comparison is worth something only if all kinds of answers are among them.
    assert sum("unreadable" in each for each in answers) > 100
    assert sum(bool(each.get("repaired")) for each in answers) > 100
    assert sum(bool(each.get("faults")) for each in answers) > 100
    assert {each.get("format") for each in answers} >= set(FORMATS)
    for text, ours, theirs in zip(texts, answers, reader(texts), strict=True):
        assert theirs == ours, text


def test_reading_is_small_enough_for_a_first_visit() -> None:
    assert (SCRIPTS / "mrz.js").stat().st_size <= 12 * 1024


@pytest.fixture
def form(visitor: Callable[..., Device]) -> Iterator[Device]:
    """The report form in a village officer's phone, the fold with the lines open."""
    hands = visitor("desa").open("/reports/new/")
    if hands.page.get_by_text(hands.words("Discard this draft")).count():
        hands.press("Discard this draft")  # an earlier test's
    expect(hands.page.locator("#id_zone")).not_to_have_attribute("name", "zone")
    hands.press("From the passport's two lines")
    yield hands


def value(hands: Device, name: str) -> str:
    return hands.page.locator(f"[name={name}]").first.input_value()


def test_pasted_lines_fill_the_fields_at_once_and_go_nowhere(form: Device) -> None:
    sent: list[str] = []
    form.page.on("request", lambda request: sent.append(request.post_data or ""))
    # The draft is kept a second later, or more on a busy machine.
    with form.page.expect_request(lambda request: "QUORL" in (request.post_data or "")):
        form.write("The lines at the foot of the page with the photo", LINES)
        form.sees("The lines were read and are not kept. Please compare every field with the document.")
    assert (value(form, "names"), value(form, "nationality")) == ("QUORL ZYXWA MEI", "TWN")
    assert [value(form, f"birth_date_{part}") for part in ("day", "month", "year")] == ["12", "08", "1974"]
    assert form.page.locator("[name=sex][value=F]").is_checked()
    assert (value(form, "document_number"), value(form, "document_until")) == ("L898902C3", "2030-01-01")
    assert value(form, "document_kind") == "passport"
    assert form.page.locator("#id_zone").input_value() == ""
    assert not any("zone" in each or "P%3CTWN" in each or "%3C%3C" in each for each in sent)


def test_each_marked_character_is_asked_about_and_a_report_without_ticks_is_refused(form: Device) -> None:
    form.write("The lines at the foot of the page with the photo", LINES)
    marks = form.page.locator("[data-marks] label")
    expect(marks).to_have_count(3)
    expect(marks.first).to_contain_text("8")
    form.choose("What do you report?", "lives here").write("Address", "mess PT Muria Jaya")
    form.press("Send the report")
    expect(form.page.locator("#id_document_number_error")).to_be_visible()
    for mark in form.page.locator("[data-marks] label").all():
        mark.click()
    form.press("Send the report")
    expect(form.page.locator(".number-value, h1").first).to_be_visible()
    assert "/receipt/" in form.path


def test_lines_with_a_fault_are_told_when_asked_and_stay_to_be_corrected(form: Device) -> None:
    wrong = LINES.replace("7408122", "7408132")
    form.write("The lines at the foot of the page with the photo", wrong)
    assert value(form, "names") == ""
    form.press("Read the lines")
    assert (value(form, "names"), value(form, "birth_date_year")) == ("QUORL ZYXWA MEI", "")
    assert form.page.locator("#id_zone").input_value() == wrong
    form.write("The lines at the foot of the page with the photo", "Nama: Anna")
    form.press("Read the lines")
    expect(form.page.locator("#id_zone_error")).to_be_visible()


def test_without_scripts_a_button_reads_the_lines(visitor: Callable[..., Device]) -> None:
    hands = visitor("desa", java_script_enabled=False).open("/reports/new/")
    hands.press("From the passport's two lines")
    hands.page.locator("#id_zone").fill(LINES)
    hands.press("Read the lines")
    assert hands.page.locator("[name=names]").first.input_value() == "QUORL ZYXWA MEI"
    assert "zone" not in hands.page.url


# --- pictures ---------------------------------------------------------------------------------------------


def choose(hands: Device, name: str, kind: str, content: bytes) -> None:
    """Gives the form a file, as the phone's chooser does."""
    chooser = hands.page.locator("[data-camera] input[type=file]:not([capture])")
    chooser.set_input_files({"name": name, "mimeType": kind, "buffer": content})


def test_a_picture_fills_the_fields_on_the_device_beside_the_lines_that_were_cut_out(form: Device) -> None:
    asked: list[str] = []
    form.page.on("request", lambda request: asked.append(f"{request.url} {(request.post_data or '')[:200]}"))
    choose(form, "paspor.jpg", "image/jpeg", PICTURE.read_bytes())
    form.sees("The lines were read and are not kept. Please compare every field with the document.")
    assert (value(form, "names"), value(form, "document_number")) == PICTURED
    strip = form.page.locator("[data-strip] canvas")
    expect(strip).to_be_visible()
    assert strip.evaluate("canvas => canvas.width / canvas.height") > 4
    # Nothing was asked for but the reader's own files, and nothing of the picture was sent.
    fetched = [each for each in asked if "/draft/" not in each]
    own = ("/static/mrz-engine/", "/static/js/picture.")
    assert fetched and all(any(part in each for part in own) for each in fetched), fetched
    left = "[...document.querySelectorAll('[type=file]')].filter((each) => each.files.length).length"
    assert form.page.evaluate(left) == 0


def test_the_reader_of_pictures_is_no_part_of_the_first_load(visitor: Callable[..., Device]) -> None:
    hands = visitor("desa")
    asked: list[str] = []
    hands.page.on("request", lambda request: asked.append(request.url))
    hands.open("/reports/new/").press("From the passport's two lines")
    expect(hands.page.locator("[data-camera]")).to_be_visible()
    assert not any("mrz-engine" in each for each in asked)


@pytest.mark.parametrize(
    ("name", "kind", "content", "sentence"),
    [
        ("foto.heic", "image/heic", b"\0\0\0\x18ftypheic" + bytes(500), "heic"),
        ("foto.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(30 * 2**20), "too_large"),
        (
            "foto.svg",
            "image/svg+xml",
            b"<svg><script>alert(1)</script></svg>",
            "no_picture",
        ),
        ("foto.jpg", "image/jpeg", b"<script>alert(1)</script>", "no_picture"),
        ("foto.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + b"<script>alert(1)</script>", "no_picture"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    form: Device, name: str, kind: str, content: bytes, sentence: str
) -> None:
    form.write("Address", "mess PT Muria Jaya")
    choose(form, name, kind, content)
    form.sees(str(SENTENCES[sentence]))
    assert value(form, "address") == "mess PT Muria Jaya"
    assert value(form, "names") == ""


def test_a_picture_without_lines_fills_nothing(form: Device) -> None:
    choose(form, "logo.png", "image/png", form.page.screenshot())
    form.sees(str(SENTENCES["unsure"]))
    assert value(form, "names") == ""
