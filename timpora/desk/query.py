"""What was typed in the search field, read into words and filters. Pure.

A filter is a word, a colon and a value: `desa:bakalankrapyak`, `izin:ITAS`, `berakhir:<30h`,
`sumber:disnaker`, `status:pindah`. A value of several words stands in quotes. A colon after any other word is
part of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LONGEST = 200  # of what is typed; nobody's name and filters need more
FILTERS = {
    "desa": "village", "kelurahan": "village", "kel": "village", "kec": "village", "kecamatan": "village",
    "village": "village", "izin": "permit", "permit": "permit", "berakhir": "ends", "ends": "ends",
    "sumber": "source", "source": "source", "lahir": "born", "born": "born", "status": "status",
}  # fmt: skip
_TOKEN = re.compile(r'(?:([^\s:"]+):)?(?:"([^"]*)"|(\S+))')
_DAYS = re.compile(r"[<≤]?\s*(\d{1,4})\s*(h|hr|hari|d|days?)?", re.ASCII)
_YEAR = re.compile(r"(19|20)\d\d", re.ASCII)
PAST = ("lewat", "past")
DEPARTED = ("pindah", "keluar", "pergi", "departed", "moved", "left")


@dataclass(frozen=True)
class Query:
    """A search: words of a name, a birth year, and filters. Empty parts narrow nothing.

    `ends_within` is days from today, 0 for a date already past. `departed` asks for those who live here no
    more instead of the residents. `unread` holds filters whose value says
    nothing.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    born: int | None = None
    village: str = ""
    permit: str = ""
    ends_within: int | None = None
    source: str = ""
    departed: bool = False
    unread: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.born or self.filters)

    @property
    def is_personal(self) -> bool:
        """Whether it names somebody, so that it must not stand readable in an address."""
        return bool(self.words or self.born)

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of the filters in use."""
        used = {"village": self.village, "permit": self.permit, "source": self.source}
        ends = ("ends",) if self.ends_within is not None else ()
        status = ("status",) if self.departed else ()
        return (*(name for name, value in used.items() if value), *ends, *status)


def parse(text: str) -> Query:
    """The search that `text` asks for. Never fails: what is no filter is a name."""
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST].rstrip()
    words: list[str] = []
    found: dict[str, str] = {}
    unread: list[str] = []
    for name, quoted, plain in _TOKEN.findall(text):
        kind, value = FILTERS.get(name.casefold(), ""), quoted or plain
        if not kind:
            words.append(f"{name} {value}".strip())
        elif not _is_read(kind, value):
            unread.append(f"{name}:{value}")
        else:
            found[kind] = value
    years = [word for word in words if _YEAR.fullmatch(word)]
    if "born" not in found and years:
        found["born"] = years[0]
        words.remove(years[0])
    return Query(
        text=text, words=tuple(words), born=int(found["born"]) if "born" in found else None,
        village=found.get("village", ""), permit=found.get("permit", ""), source=found.get("source", ""),
        ends_within=_days(found["ends"]) if "ends" in found else None, departed="status" in found,
        unread=tuple(unread),
    )  # fmt: skip


def _is_read(kind: str, value: str) -> bool:
    """Whether a filter's value says something."""
    if kind == "ends":
        return _days(value) is not None
    if kind == "born":
        return _YEAR.fullmatch(value) is not None
    return kind != "status" or value.casefold() in DEPARTED


def _days(value: str) -> int | None:
    """The days a value of `berakhir:` names: "<30h" → 30, "lewat" → 0; None when it is no number of days."""
    if value.casefold() in PAST:
        return 0
    days = _DAYS.fullmatch(value)
    return int(days[1]) if days else None
