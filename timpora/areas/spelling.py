"""How a typed name is compared with an official one. Pure.

Officers write one village as "Bakalankrapyak", "Bakalan Krapyak" or "Bakalan Krapjak". `key` writes all of
them alike: spelling before 1972 (oe, dj, tj; Ejaan Soewandi), the Javanese and Acehnese h after a stop
(Kedhung, Kutha), y for i, doubled letters, spaces, dots and apostrophes make no difference.
"""

import re
import unicodedata

WORD = re.compile(r"[^\s,;/()–—]+")
OLD = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("y", "i"))
KINDS = {
    "provinsi": {"provinsi"},
    "propinsi": {"provinsi"},
    "prov": {"provinsi"},
    "dki": {"provinsi"},
    "kabupaten": {"kabupaten"},
    "kab": {"kabupaten"},
    "kota": {"kota"},
    "kotamadya": {"kota"},
    "kodya": {"kota"},
    "kecamatan": {"kecamatan", "distrik"},
    "kec": {"kecamatan", "distrik"},
    "distrik": {"kecamatan", "distrik"},
    "desa": {"desa", "kelurahan"},
    "ds": {"desa", "kelurahan"},
    "kelurahan": {"kelurahan", "desa"},
    "kel": {"kelurahan", "desa"},
}
"""Words an address has before a name, and the kinds of area (`naming.kind`) each may mean."""

ALIASES = {
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "kepri": "kepulauan riau",
    "babel": "kepulauan bangka belitung",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "diy": "yogyakarta",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "kalbar": "kalimantan barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara",
    "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "malut": "maluku utara",
}
"""Abbreviations of provinces in daily use."""


def key(name: str) -> str:
    """The search key of a name: lower case letters a to z and digits only, folded as said above."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = re.sub(r"[^a-z0-9]", "", text)
    for old, new in OLD:
        text = text.replace(old, new)
    text = re.sub(r"([bdgkt])h", r"\1", text)
    return re.sub(r"([a-z])\1+", r"\1", text)


def words(text: str) -> list[str]:
    """The words of what was typed, at most eight; abbreviations of provinces are spelt out."""
    typed = (ALIASES.get(word.casefold(), word) for word in WORD.findall(text[:120]))
    return [word for word in " ".join(typed).split() if key(word)][:8]


def kinds(word: str) -> set[str]:
    """The kinds of area a word such as "kec." announces; empty for any other word."""
    return KINDS.get(word.casefold().strip("."), set())


def as_code(text: str) -> str:
    """The code, or beginning of one, in digits typed with or without dots; "" for a name.

    "331901" gives "33.19.01", "33.19.01.2" itself.
    """
    if not re.fullmatch(r"[\d.\s]{2,20}", text.strip(), re.ASCII):
        return ""
    digits = re.sub(r"\D", "", text)[:10]
    return ".".join(filter(None, (digits[0:2], digits[2:4], digits[4:6], digits[6:10])))
