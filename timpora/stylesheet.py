"""One stylesheet from the parts in static/css, so that a first visit asks for a single file.

docs/decisions/0002-css.md says why it is put together here and not by a build tool.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PARTS = Path(__file__).parent / "static" / "css"
NAME = "timpora.css"
LAYERS = "@layer reset, tokens, base, layout, components, print;"


def joined(parts: Iterable[Path]) -> str:
    """The parts as one stylesheet without comments; the layers' order stands first, so theirs is free."""
    texts = (part.read_text("utf-8") for part in sorted(parts))
    bare = (re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL) for text in texts)
    lines = (line.strip() for text in bare for line in text.splitlines())
    return "\n".join([LAYERS, *(line for line in lines if line), ""])


class StylesheetFinder(BaseFinder):
    """Finds `timpora.css` for collectstatic and WhiteNoise, written anew whenever a part has changed."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA / "stylesheet")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        return [self.write()] if find_all else self.write()

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self.write()
        yield NAME, self.storage

    def write(self) -> str:
        """The path of the written stylesheet; an unchanged one keeps its date, so nothing is copied twice."""
        target = Path(self.storage.path(NAME))
        text = joined(PARTS.glob("*.css"))
        if not target.exists() or target.read_text("utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return str(target)
