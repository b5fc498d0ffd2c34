"""Log lines that never carry a value from the database."""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

type_of_fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


# A path that carries somebody's code: to their own page, to their first sign-in.
CODES = re.compile(r"(/(?:my-data|join)/)[^/\s]{8,}")


class Frames(logging.Formatter):
    """A fault's frames and its type, without its message: PostgreSQL quotes the offending row there. No code
    that a path carries either.
    """

    def format(self, record: logging.LogRecord) -> str:
        return CODES.sub(r"\1…", super().format(record))

    def formatException(self, ei: type_of_fault) -> str:  # noqa: N802 (logging's own name)
        kind, _, frames = ei
        lines = [*traceback.format_tb(frames), kind.__name__ if kind else ""]
        return "".join(lines).rstrip()


def logging_at(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything from `level` on to the console, line by line."""
    django = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "timpora.logs.Frames",
                "format": "{asctime} {levelname} {name} {message}",
                "style": "{",
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": django | {"level": level},
            "django.request": django | {"level": "ERROR"},
            # Sent too much: the sender reads a page (413), and nothing here is out of order.
            **{
                f"django.security.{fault}": {"level": "CRITICAL"}
                for fault in ("RequestDataTooBig", "TooManyFieldsSent", "TooManyFilesSent")
            },
            # At DEBUG these would print what people wrote and who they are; a forger's signature is counted.
            "pywa": {"level": "CRITICAL"},
            **{name: {"level": "WARNING"} for name in ("httpx", "httpcore")},
            # cli.py says in one line what the pool would repeat for every try.
            "psycopg.pool": {"level": "CRITICAL"},
        },
    }
