"""What a page says, as a test reads it."""

from __future__ import annotations

import re
from typing import Any

# Sixty random letters, what is sealed, or the millionths of a second hold any two or four signs now and then.
BY_CHANCE = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<="X-CSRFToken": ")[^"]*'
    r"|\bv\d+\.[\w-]{24,}={0,2}"
    r'|(?<=:\d\d)\.\d{6}(?=[+-]\d\d:\d\d")'
)


def text(answer: Any) -> str:
    """The page's HTML without what chance puts into it."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return BY_CHANCE.sub("", content.decode("utf-8", "replace"))
