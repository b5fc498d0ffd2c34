"""What a page says, as a test reads it."""

from __future__ import annotations

import re
from typing import Any

# A token of sixty random letters holds any two or four of them now and then.
BY_CHANCE = re.compile(r'(name="csrfmiddlewaretoken" value="|"X-CSRFToken": ")[^"]*')


def text(answer: Any) -> str:
    """The page's HTML without its random tokens."""
    content: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return BY_CHANCE.sub(r"\1", content.decode("utf-8", "replace"))
