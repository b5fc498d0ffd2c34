"""Six languages: every text of the foreign nationals' pages in each of them, and the site's two unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.rights.given import ANSWERS, WRONG, inside, link, officer, phone, resident
from tests.rights.test_page import WORK
from timpora.registry.fields import LABELS
from timpora.registry.models import (
    Disclosure,
    Guarantor,
    IdentityDocument,
    Person,
    Request,
    RequestClosure,
    Statement,
)
from timpora.registry.permits import kinds
from timpora.rights.mine import words
from timpora.rights.mine.languages import LANGUAGES, TRANSLATED, direction, texts
from timpora.rights.mine.looks import ACTS
from timpora.team.roles import Role
from tools import messages

CHOICES: tuple[Any, ...] = (
    Person.Sex, IdentityDocument.Kind, Guarantor.Status, Statement.Source, Disclosure.Purpose, Role,
    Request.Kind, RequestClosure.Outcome,
)  # fmt: skip
PLACE = re.compile(r"%\([a-z_]+\)s")
RIGHTS = next(app for app in messages.apps() if app.name == "rights")


class Recorder:
    """Stands where Django falls back to Indonesian, and keeps what a language lacks."""

    def __init__(self) -> None:
        self.missing: list[str] = []

    def gettext(self, text: str) -> str:
        self.missing.append(text)
        return text

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.missing.append(one)
        return one


@pytest.fixture(params=TRANSLATED)
def lacking(request: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Recorder]]:
    """A language, and a recorder of every text it lacks."""
    recorder = Recorder()
    monkeypatch.setattr(trans_real.translation(request.param), "_fallback", recorder)
    yield request.param, recorder


@pytest.mark.django_db
def test_every_page_of_theirs_is_whole_in_every_language(world: Cast, lacking: tuple[str, Recorder]) -> None:
    language, recorder = lacking
    person = resident(world, **WORK)
    for who in (world.bakalan, world.kaliwungu, world.kudus, world.chair):
        cast.sign_in(who).get(f"/people/{person.pk}/")
    Disclosure.objects.reveal(by=world.kudus, document=person.documents.get(), purpose="letter")
    recorder.missing.clear()
    pages = [Client(headers={"accept-language": language}).get("/my-data/")]
    stranger = phone(link(world, person)[1], language)
    pages.append(stranger.get("/my-data/"))
    pages += [stranger.post("/my-data/visits/", said) for said in ({}, WRONG, {"number": "1"})]
    client = inside(world, person, language)
    for kind in Request.Kind.values:
        path = f"/my-data/requests/new/?kind={kind}"
        pages += [client.get(path), client.post(path, {"since_month": "13"})]
        client.post(path, {"words": "x", "address": "y"})
    for number, asked in enumerate(Request.objects.order_by("pk")):
        outcome = RequestClosure.Outcome.values[number % 3]
        asked.close(by=world.chair, outcome=outcome, reason="sudah")
    for number in range(6):
        pages.append(client.post("/my-data/requests/new/?kind=objection", {"words": f"x{number}"}))
    pages.append(client.get("/my-data/"))
    pages += [stranger.post("/my-data/visits/", ANSWERS) for _try in range(32)]
    assert {page.status_code for page in pages} == {200, 303, 400, 429}
    assert sorted(set(recorder.missing)) == []


@pytest.mark.parametrize("language", ["zh_Hans", "ja", "ko", "ar"])
def test_every_text_is_translated_and_fills_the_same_places(language: str) -> None:
    wanted = next(texts_ for code, _po, texts_ in messages.catalogues(RIGHTS) if code == language)
    found = messages.read(messages.catalogue(RIGHTS, language), language)
    lacking, differing = [], []
    for each in wanted:
        message = messages.known(found, each)
        if message is None or not message.string or message.fuzzy:
            lacking.append(each.msgid)
        elif set(PLACE.findall(str(each.msgid))) != set(PLACE.findall(str(message.string))):
            differing.append(each.msgid)
    assert (lacking, differing) == ([], [])
    assert {each.id for each in found if each.id} == {each.msgid for each in wanted}, "a text nobody shows"


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_texts_of_lower_layers_are_all_there(language: str) -> None:
    shown = [str(label) for labels in _labels() for label in labels]
    known = {each.english for each in texts(language)}
    assert [label for label in shown if label not in known] == []


def _labels() -> Iterator[list[Any]]:
    """What a value, a source, a post or a request may be called, in English."""
    with translation.override("en"):
        yield [str(each) for each in LABELS.values()]
        yield [str(each) for each in ACTS.values()]
        for choices in CHOICES:
            yield [str(label) for label in choices.labels]
        yield [kind.name("en") for kind in kinds()]


def test_no_word_is_kept_for_nothing() -> None:
    """What words.py lists is what lower layers say: a label that was renamed there leaves here, too."""
    said = {label for labels in _labels() for label in labels}
    lists = (words.FIELDS, words.VALUES, words.SOURCES, words.POSTS, words.PURPOSES)
    assert [word for each in lists for word in each if word not in said] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_written_in_its_own_script(language: str) -> None:
    script = {"zh-hans": r"[\u4e00-\u9fff]", "ja": r"[\u3040-\u30ff\u4e00-\u9fff]", "ko": r"[\uac00-\ud7af]",
              "ar": r"[\u0600-\u06ff]"}[language]  # fmt: skip
    assert [each.english for each in texts(language) if not re.search(script, each.said)] == []


def test_officers_still_choose_between_two_languages() -> None:
    assert [code for code, _name in settings.LANGUAGES] == ["id", "en"]
    answer = Client().post("/language/", {"language": "ja", "next": "/legal-basis/"})
    assert "django_language" not in answer.cookies or answer.cookies["django_language"].value != "ja"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("browser", "language"),
    [("ja,en;q=0.5", "ja"), ("zh-CN,zh;q=0.9", "zh-hans"), ("zh-TW", "zh-hans"), ("ar-EG", "ar"),
     ("ko-KR", "ko"),
     ("en-GB", "en"), ("fr,de", "id"), ("", "id"), ("pt,ko;q=0.4", "ko")],
)  # fmt: skip
def test_the_page_speaks_as_the_browser_does(world: Cast, browser: str, language: str) -> None:
    page = text(Client(headers={"accept-language": browser}).get("/my-data/"))
    assert f'<html lang="{language}" dir="{direction(language)}">' in page


@pytest.mark.django_db
def test_a_chosen_language_stays_on_their_pages_and_reaches_no_other(world: Cast) -> None:
    client = inside(world, resident(world))
    assert 'dir="rtl"' in text(client.get("/my-data/?language=ar"))
    assert 'dir="rtl"' in text(client.get("/my-data/requests/new/?kind=access"))
    assert 'dir="rtl"' in text(client.post("/my-data/requests/new/?kind=correction", {}))
    assert '<html lang="en">' in text(client.get("/legal-basis/"))
    assert 'dir="rtl"' in text(client.get("/my-data/?language=xx"))
    assert client.cookies["timpora-my-language"]["path"] == "/my-data/"
    page = text(client.get("/my-data/requests/new/?kind=access"))
    assert "?language=ko&amp;kind=access" in page


@pytest.mark.django_db
def test_days_are_written_as_each_language_writes_them(world: Cast) -> None:
    person = resident(world)
    born = {"id": "3 Mei 1990", "en": "3 May 1990", "zh-hans": "1990年5月3日", "ja": "1990年5月3日",
            "ko": "1990년 5월 3일", "ar": "3 مايو 1990"}  # fmt: skip
    assert {code: born[code] in text(inside(world, person, code).get("/my-data/")) for code in LANGUAGES} == (
        dict.fromkeys(LANGUAGES, True)
    )


@pytest.mark.django_db
def test_a_machines_translation_says_so_until_somebody_signs_and_again_when_a_text_changes(
    world: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = next(each.said for each in texts("ja") if each.english.startswith("Machine translation"))
    reader = Client(headers={"accept-language": "ja"})
    assert mark in text(reader.get("/my-data/"))
    clerk = officer(world.operator)
    page = text(clerk.get("/translations/ja/"))
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert "氏名" in page
    assert 'dir="rtl"' in text(clerk.get("/translations/ar/"))
    for refused in ({"seen": seen}, {"seen": seen, "reader": " "}):
        assert clerk.post("/translations/ja/reviews/", refused).status_code == 400
    assert clerk.post("/translations/ja/reviews/", {"seen": "0" * 64, "reader": "x"}).status_code == 409
    signed = {"seen": seen, "reader": "Jurusan Bahasa Jepang, Universitas X"}
    assert clerk.post("/translations/ja/reviews/", signed).status_code == 302
    assert mark not in text(reader.get("/my-data/"))
    assert "Universitas X" in text(clerk.get("/translations/"))
    assert text(Client(headers={"accept-language": "ko"}).get("/my-data/")).count('role="note"') == 1
    for module in ("timpora.rights.models.review", "timpora.rights.views.translations"):
        monkeypatch.setattr(f"{module}.digest_of", lambda language: "f" * 64)
    assert mark in text(reader.get("/my-data/"))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_products_own_languages_carry_no_mark(world: Cast, language: str) -> None:
    assert 'role="note"' not in text(Client(headers={"accept-language": language}).get("/my-data/"))


@pytest.mark.django_db
def test_only_operator_and_immigration_sign(world: Cast) -> None:
    allowed = {name for name, mandate in world.everyone().items()
               if officer(mandate).get("/translations/").status_code == 200}  # fmt: skip
    assert allowed == {"operator", "immigration"}
    assert officer(world.operator).get("/translations/id/").status_code == 404
    assert officer(world.chair).post("/translations/ja/reviews/", {}).status_code == 404


def test_right_to_left_needs_no_rule_for_one_side() -> None:
    """Arabic is mirrored because no part of the stylesheet speaks of left or right."""
    sides = re.compile(
        r"(?<![a-z-])(margin|padding|border|inset)?-?(left|right)\s*:|text-align:\s*(left|right)"
    )
    parts = Path(settings.PACKAGE / "static" / "css").glob("*.css")
    assert [part.name for part in parts if sides.search(part.read_text())] == []
