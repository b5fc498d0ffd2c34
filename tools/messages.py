"""Translations without GNU gettext: `compile` writes .mo files, `extract` adds new msgids to .po files.

Each app has its own catalogue; what lies directly in timpora/ (the shell) has timpora/locale. The pages that
foreign nationals read stand in further languages, in catalogues that hold their texts alone.
"""

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "timpora"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


# Which of an app's files speak further languages, and which: the folder of that name in code and templates.
FURTHER = {"rights": ("mine", ("zh_Hans", "ja", "ko", "ar"))}


class Text(NamedTuple):
    """One text to translate: its msgid (with the plural's, if any), context and where it stands."""

    msgid: str | tuple[str, ...]
    context: str | None
    place: str


def apps() -> list[Path]:
    """The folders that own a catalogue, the shell's (timpora/ itself) last."""
    return [*sorted(path.parent for path in PACKAGE.glob("*/apps.py")), PACKAGE]


def catalogue(app: Path, language: str = "id") -> Path:
    """Where the Indonesian of `app` stands, or another language of it."""
    return app / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogues(app: Path) -> Iterator[tuple[str, Path, list[Text]]]:
    """Each language `app` speaks besides English, its catalogue, and the texts that belong in it."""
    every = list(texts(app))
    yield "id", catalogue(app), every
    folder, languages = FURTHER.get(app.name, ("", ()))
    for language in languages:
        theirs = [text for text in every if f"/{folder}/" in text.place]
        yield language, catalogue(app, language), theirs


def sources(app: Path) -> Iterator[Path]:
    """The Python files and templates whose texts belong to `app`."""
    if app == PACKAGE:
        yield from app.glob("*.py")
        yield from (app / "templates").rglob("*.*")
        return
    for pattern in ("*.py", "templates/**/*.html", "templates/**/*.txt"):
        yield from (path for path in app.rglob(pattern) if "migrations" not in path.parts)


def texts(app: Path) -> Iterator[Text]:
    """Every text of `app` that is marked for translation."""
    for path in sorted(set(sources(app))):
        source = path.read_text(encoding="utf-8")
        if path.suffix in (".html", ".txt"):
            source = as_python(source, path)
        elif path.suffix != ".py":
            continue
        for line, msgid, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            yield Text(msgid, context, f"{path.relative_to(ROOT)}:{line}")


def as_python(template: str, path: Path) -> str:
    """A template's texts as the calls that Django's own makemessages sees."""
    from django.utils.translation.template import templatize

    # Indentation means nothing in a template, but would end Python's tokenizer.
    return "\n".join(line.strip() for line in templatize(template, origin=str(path)).split("\n"))


def read(path: Path, language: str = "id") -> Catalog:
    """The catalogue in `path`, or an empty one."""
    if not path.exists():
        return Catalog(locale=language, domain="django", charset="utf-8", project="Timpora", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def compile_all() -> int:
    """Write every .mo that is older than its .po; 1 when a catalogue has a fault."""
    faulty = 0
    for po in sorted(PACKAGE.rglob("django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as file:
            found = read_po(file, locale=po.parts[-3], domain="django")
        for message, errors in found.check():
            for error in errors:
                print(f"{po.relative_to(ROOT)}:{message.lineno}: {error}", file=sys.stderr)
                faulty = 1
        # Two makes at once must not read half a file.
        draft = mo.with_suffix(f".{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, found)
        draft.replace(mo)
    return faulty


def extract_all() -> int:
    """Add the msgids that a catalogue lacks, untranslated; nothing is ever removed or reordered."""
    for app in apps():
        for language, po, wanted in catalogues(app):
            _add_missing(po, read(po, language), wanted)
    return 0


def _add_missing(po: Path, found: Catalog, wanted: list[Text]) -> None:
    missing = [text for text in wanted if not known(found, text)]
    for text in missing:
        if not known(found, text):
            found.add(text.msgid, context=text.context, flags=flags(text))
    if missing:
        po.parent.mkdir(parents=True, exist_ok=True)
        with po.open("wb") as file:
            write_po(file, found, width=100)
        print(f"{po.relative_to(ROOT)}: {len(missing)} new")


def known(found: Catalog, text: Text) -> Message | None:
    """The message of the catalogue for `text`."""
    msgid = text.msgid if isinstance(text.msgid, str) else text.msgid[0]
    return found.get(msgid, text.context)


def flags(text: Text) -> set[str]:
    """python-format where a text has named places."""
    joined = text.msgid if isinstance(text.msgid, str) else "".join(text.msgid)
    return {"python-format"} if "%(" in joined else set()


if __name__ == "__main__":
    sys.exit({"compile": compile_all, "extract": extract_all}[sys.argv[1]]())
