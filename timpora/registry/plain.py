"""Text without signs that nobody sees, which would leave a name empty or turn the line it stands in."""

from __future__ import annotations

import re

# Soft hyphen, direction marks, overrides and isolates (Unicode UAX 9), controls, byte-order mark. The two
# joiners stay: Persian, Indic scripts and emoji are written with them. NUL is left to be refused.
_UNSEEN = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile("[\u200b\u2028\u2029]")
_JOINERS = re.compile("[\u200c\u200d\ufe00-\ufe0f\u034f]")


def plain(text: str) -> str:
    """The text with single spaces and without unseen signs; "" where nothing that is seen remains.

    Doing it twice changes nothing. Right-to-left text and emoji stay as they are written.
    """
    seen = " ".join(_UNSEEN.sub("", _SPACES.sub(" ", text)).split())
    return seen if _JOINERS.sub("", seen).strip() else ""


def is_seen(text: str) -> bool:
    """Whether a text holds something that is seen, and nothing that is not; "" has nothing to hide."""
    return not text or (not _UNSEEN.search(text) and plain(text) != "")
