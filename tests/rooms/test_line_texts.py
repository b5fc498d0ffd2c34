"""The words of templates stand in the operating guide as they are sent, and a line costs only who has one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from timpora import doctor
from timpora.rooms import line
from timpora.rooms.line import failures, texts
from timpora.rooms.line.health import whatsapp
from timpora.rooms.models import Outgoing

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "operating.md"
LOADED = """
import django, sys; django.setup()
import timpora.urls, timpora.worker; timpora.worker.functions()
print(%r in sys.modules)"""


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("kind", list(texts.TEMPLATES))
def test_the_guide_has_the_templates_to_register_word_for_word(kind: str, language: str) -> None:
    template = texts.TEMPLATES[Outgoing.Kind(kind)]
    with translation.override(language):
        cells = (_(template.body), _(texts.FOOTER), _(texts.BUTTON))
    row = f"| `{template.name}`, `{language}` | {' | '.join(cells)} |"
    assert row in GUIDE.read_text()


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("kind", list(texts.TEMPLATES))
def test_what_is_sent_by_template_is_what_is_said_in_words(kind: str, language: str) -> None:
    content, name = texts.by_template(kind, language)
    assert content == {"template": {"name": name, "language": {"code": language}}}  # no variables
    with translation.override(language):
        assert texts.in_words(kind, language)["text"]["body"].startswith(
            _(texts.TEMPLATES[Outgoing.Kind(kind)].body)
        )


def test_every_code_has_one_meaning_and_every_meaning_a_sentence() -> None:
    codes = [code for _word, _verdict, codes in failures.CODES for code in codes]
    assert len(codes) == len(set(codes))
    assert {word for word, _verdict, _codes in failures.CODES} | {"refused"} == set(failures.SENTENCES)
    assert failures.meaning(424242).verdict == failures.Verdict.FINAL
    assert failures.meaning(424242, 503).verdict == failures.Verdict.AGAIN
    assert failures.meaning(424242, 429).verdict == failures.Verdict.PAUSE


@pytest.mark.sqlite
def test_without_a_line_neither_web_nor_worker_loads_the_library(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ours = {"DATA": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "timpora.settings"}
    for library in ("pywa", "httpx"):
        said = subprocess.run(
            [sys.executable, "-c", LOADED % library],
            env={**kept, **ours},
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout.strip() == "False"


# --- what the doctor says
# ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_without_a_line_the_doctor_says_so_and_nothing_is_wrong(in_english: None) -> None:
    assert whatsapp in doctor.CHECKS
    finding = whatsapp()
    assert finding.ok is None and "notices go by e-mail" in finding.says


@pytest.mark.django_db
def test_a_line_set_in_part_is_a_mistake_that_names_what_is_missing(settings: Any, in_english: None) -> None:
    settings.WHATSAPP_TOKEN = "x"
    finding = whatsapp()
    assert (
        finding.ok is False and "WHATSAPP_APP_SECRET" in finding.says and "WHATSAPP_TOKEN" not in finding.says
    )
    assert not line.is_open()


@pytest.mark.django_db
def test_the_doctor_asks_the_provider(graph: Any, settings: Any, in_english: None) -> None:
    assert whatsapp().ok is True and "+62 811-0000-111" in whatsapp().says and "250" in whatsapp().says
    settings.WHATSAPP_TOKEN = "expired"
    finding = whatsapp()
    assert finding.ok is False and "WHATSAPP_TOKEN" in finding.remedy
