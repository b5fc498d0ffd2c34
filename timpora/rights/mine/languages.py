"""The six languages of the pages that foreign nationals read; the rest of the site has two.

They are not in settings.LANGUAGES: officers choose between Indonesian and English, and what stands in the
database (names, titles, reasons) is Indonesian. Catalogues of the other four hold the texts of these pages
alone (tests/rights/test_languages.py).
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from babel.messages.mofile import read_mo
from django.http import HttpRequest
from django.utils.translation import get_language_info, to_locale
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGES = {
    "id": "Bahasa Indonesia",
    "en": "English",
    "zh-hans": "简体中文",
    "ja": "日本語",
    "ko": "한국어",
    "ar": "العربية",
}
TRANSLATED = ("zh-hans", "ja", "ko", "ar")
"""Those that no reader has written: marked as machine translation until one signs (TranslationReview)."""

COOKIE = "timpora-my-language"
LOCALE = Path(__file__).resolve().parent.parent / "locale"


def chosen(request: HttpRequest) -> str:
    """The language of `?language=`, else the one chosen before, else the browser's, else Indonesian."""
    for code in (request.GET.get("language", ""), request.COOKIES.get(COOKIE, "")):
        if code in LANGUAGES:
            return code
    for accepted, _quality in parse_accept_lang_header(request.headers.get("accept-language", "").lower()):
        if found := _nearest(accepted):
            return found
    return "id"


def _nearest(accepted: str) -> str | None:
    """Our language for one that a browser names; Chinese in other signs is better read than not at all."""
    first = accepted.partition("-")[0]
    return next((code for code in LANGUAGES if code.partition("-")[0] == first), None)


def direction(language: str) -> str:
    """ "rtl" or "ltr"."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


class Text(NamedTuple):
    """One text of these pages: its English, what tells it from another alike, and in a language."""

    english: str
    context: str
    said: str


@cache
def texts(language: str) -> tuple[Text, ...]:
    """Every text of these pages in a translated language, as it is served."""
    with (LOCALE / to_locale(language) / "LC_MESSAGES" / "django.mo").open("rb") as file:
        found = read_mo(file)
    return tuple(Text(str(each.id), _plain(each.context), str(each.string)) for each in found if each.id)


def _plain(context: str | bytes | None) -> str:
    """Babel gives a context as it stands in the file."""
    return context.decode() if isinstance(context, bytes) else context or ""


@cache
def digest_of(language: str) -> str:
    """What a reader signs: the SHA-256 of all texts of a language, 64 hex digits."""
    return sha256("\x1e".join("\x1f".join(each) for each in sorted(texts(language))).encode()).hexdigest()
