"""Names of every script and shape, folded so that two writings of one name can be found equal.

Nothing is rejected: single names, patronymics, family name first or last, right-to-left text and emoji all
have a fold and a key. What is stored and shown stays as printed; these forms are for comparing only.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# Titles, patronymic links and nobiliary particles that come and go between two documents of one person.
# "le", "la" and "so" are left out: they are family names in Vietnam, China and Korea.
_PARTICLES = """
    bin binti bint bte bt ibn ibnu ben binte al el ur ud
    van von der den ter de del della di da do dos das du
    anak lelaki perempuan alias aka
    mr mrs ms miss tn ny sdr sdri nn tuan nyonya nona dr haji hajjah hj
"""
PARTICLES = frozenset(_PARTICLES.split())
_LINKS = re.compile(r"\b[asdw]\s*/\s*[olpf]\b")  # a/l, a/p, s/o, d/o, w/o on Malaysian and Indian papers
_INSIDE = re.compile(r"['’‘ʼ`´ʹʻ]")  # O'Neill and Oneill, Nur'aini and Nuraini are one word
_BREAK = re.compile(r"[^0-9a-z]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f^`]")  # what the long way drops: controls, and signs that are marks
_ENGLISH = re.compile(r"[A-Za-z ,.'/-]*")  # nothing in it that is not Latin
_MOVED = 5  # words of which each may stand elsewhere
_NO_NAME = {"So", "Sk", "Cs", "Co", "Cc", "Cf"}  # emoji, surrogates, direction and joining marks


def fold(name: str) -> str:
    """The name in small Latin letters and single spaces: "Đặng Thị Ánh" → "dang thi anh", "Иван" → "ivan".

    Marks are dropped, other scripts transliterated (anyascii), punctuation becomes a space. A text with no
    letter at all (an emoji) is returned trimmed and casefolded, so that two of them still differ.
    Folding twice changes nothing.
    """
    folded = " ".join(_BREAK.sub(" ", _INSIDE.sub("", _plain(name))).split())
    if folded:
        return folded
    kept = " ".join(name.split()).casefold()
    return kept if kept == name else fold(kept)  # a mark alone may be a letter once it is casefolded


def _plain(name: str) -> str:
    """Small Latin letters, signs still among them."""
    if name.isascii():  # as most are, and a million of them wait
        return _CONTROL.sub("", name).lower()
    marked = unicodedata.normalize("NFKD", name)
    letters = "".join(c for c in marked if unicodedata.category(c) not in _NO_NAME and not _is_mark(c))
    return anyascii(_INSIDE.sub("", letters)).casefold()


def tokens(name: str) -> list[str]:
    """The words of the folded name, without particles where at least two other words remain, in order.

    "Ahmad bin Ali" → ["ahmad", "ali"], but "Wang Di" keeps both: a particle elsewhere is a name there.
    """
    if not name:
        return []
    plain = name.isascii() and name.replace(" ", "").isalpha()  # as most are: the same words, sooner
    words = (name.lower() if plain else fold(_LINKS.sub(" ", _latin(name).casefold()))).split()
    kept = [word for word in words if word not in PARTICLES]
    return kept if len(kept) >= 2 else words


def key(name: str) -> str:
    """The same text for every order of the name's words: "DOE, John" and "john doe" → "doe john".

    Empty only for an empty name: a caller must not take two empty keys for the same name.
    """
    return " ".join(sorted(tokens(name)))


def orders(name_key: str) -> set[str]:
    """A key and the orders of its words in which one stands elsewhere: a slip in the first letter of a word
    moves it. Of a very long name the key alone.
    """
    words = name_key.split()
    if len(words) > _MOVED:
        return {name_key}
    apart = [(word, words[:at] + words[at + 1 :]) for at, word in enumerate(words)]
    places = range(len(words))
    return {name_key} | {" ".join([*rest[:at], word, *rest[at:]]) for word, rest in apart for at in places}


def _latin(name: str) -> str:
    """The Latin words alone where a name stands in two scripts: "Kim Min-jun 김민준" is one name."""
    if _ENGLISH.fullmatch(name):
        return name
    words = name.split()
    latin = [word for word in words if any("LATIN" in unicodedata.name(c, "") for c in word)]
    return " ".join(latin) if latin else name


def _is_mark(character: str) -> bool:
    """Whether it is an accent on a letter; vowel signs of Indic scripts stay for transliteration."""
    return unicodedata.category(character) == "Mn" and unicodedata.combining(character) >= 200
