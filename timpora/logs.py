"""Log lines that never carry a value from the database."""

import logging
import traceback
from types import TracebackType

type_of_fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Frames(logging.Formatter):
    """A fault's frames and its type, without its message: PostgreSQL quotes the offending row there."""

    def formatException(self, ei: type_of_fault) -> str:  # noqa: N802 (logging's own name)
        kind, _, frames = ei
        lines = [*traceback.format_tb(frames), kind.__name__ if kind else ""]
        return "".join(lines).rstrip()
