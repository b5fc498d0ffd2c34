"""Names of files as strangers give them: made harmless to show, and to fetch."""

from __future__ import annotations

import unicodedata

LONGEST = 120
# What a computer may run, or a browser show as a page, when it is opened: such a file is fetched under a name
# that nothing opens. Not a scanner: whoever must have the file renames it on purpose.
RUNNABLE = frozenset({
    "apk", "app", "bat", "bin", "cmd", "com", "cpl", "dll", "dmg", "docm", "dotm", "exe", "gadget", "hta",
    "htm", "html", "iso", "jar", "jnlp", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "msp", "pif",
    "pl", "potm", "ppam", "ppsm", "pptm", "ps1", "psm1", "py", "rb", "reg", "scf", "scr", "sh", "shtml",
    "svg", "swf", "url", "vb", "vbe", "vbs", "wsc", "wsf", "wsh", "xhtml", "xla", "xlam", "xlsm", "xltm",
    "xht", "xml", "xsl",
})  # fmt: skip
INERT = ".inert"


def plain(name: str) -> str:
    """A name without folders, control characters and marks that turn the reading around; never empty."""
    last = name.replace("\\", "/").rpartition("/")[2]
    letters = unicodedata.normalize("NFC", last)
    shown = "".join(c for c in letters if c == " " or unicodedata.category(c)[0] not in "CZ")
    kept = " ".join(shown.split()).strip(". ") or "file"
    if len(kept) <= LONGEST:
        return kept
    stem, dot, ending = kept.rpartition(".")
    ending = ending if dot and len(ending) <= 10 else ""
    return f"{(stem if ending else kept)[: LONGEST - len(ending) - 1]}{dot if ending else ''}{ending}"


def is_runnable(name: str) -> bool:
    """Whether any of its endings is one that a computer runs: "a.pdf.exe" and "a.exe.pdf" alike."""
    return any(part.strip().casefold() in RUNNABLE for part in name.split(".")[1:])


def to_fetch(name: str) -> str:
    """The name a file is fetched under."""
    return f"{name}{INERT}" if is_runnable(name) else name
