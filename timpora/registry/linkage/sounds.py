"""How a word sounds when ways of writing are laid aside: "Zhang" and "Chang", "Mohamed" and "Muhammad".

Not a phonetic code of one language: letters that the usual romanisations of Chinese (Pinyin, Wade-Giles),
Korean (Revised, McCune-Reischauer), Arabic, Russian, Indian and Vietnamese names exchange for each other fall
together, vowels after the first letter and doubled letters are dropped.
"""

from __future__ import annotations

# Applied in this order, each wherever it stands.
_EXCHANGED = (
    ("tsch", "j"), ("dzh", "j"), ("tch", "j"), ("zh", "j"), ("ts", "j"), ("tz", "j"), ("ph", "f"),
    ("kh", "h"), ("gh", "g"), ("sh", "s"), ("hs", "s"), ("ch", "j"), ("th", "t"), ("dh", "d"), ("dj", "j"),
    ("ck", "k"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ey", "i"), ("ai", "i"), ("eo", "o"), ("ae", "e"),
    ("oe", "o"), ("ue", "u"), ("y", "i"), ("q", "k"), ("c", "k"), ("w", "v"), ("x", "s"), ("z", "s"),
)  # fmt: skip
_SILENT = frozenset("aeiouh")


def sound(word: str) -> str:
    """The word's sound: "zhang" → "jng", "chang" → "jng". Of a folded word (names.fold); "" of ""."""
    for written, heard in _EXCHANGED:
        word = word.replace(written, heard)
    kept = word[:1] + "".join(letter for letter in word[1:] if letter not in _SILENT)
    return "".join(letter for at, letter in enumerate(kept) if at == 0 or letter != kept[at - 1])
