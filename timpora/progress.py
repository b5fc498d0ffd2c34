"""How far a command has come: a bar where somebody watches, a line a step otherwise. Always on stderr."""

from __future__ import annotations

import time

from django.core.management.base import OutputWrapper
from django.utils.formats import number_format

WIDTH = 24  # signs of the bar
OFTEN, SELDOM = 0.1, 10.0  # seconds between two drawings of the bar, and between two lines


class Progress:
    """The steps of one command, and how much of the present one is done."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream, self._bar = stream, stream.isatty()
        self._pause = OFTEN if self._bar else SELDOM
        self._words, self._total, self._next = "", 0, 0.0

    def step(self, words: str, total: int = 0, begun: int = 0) -> None:
        """A new step has begun, of `total` things to do (0: nobody knows), some of which are done."""
        self._words, self._total, self._next = words, total, time.monotonic() + self._pause
        if self._bar:
            self._draw(begun, "")
        else:
            self._write(f"{words}\n")

    def to(self, done: int) -> None:
        """So many of the step's things are done."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + self._pause
        if self._bar:
            self._draw(done, self._said(done))
        else:
            self._write(f"{self._words}: {self._said(done)}\n")

    def end(self) -> None:
        """Nothing is left on a watched screen; what follows stands where the bar stood."""
        if self._bar:
            self._write("\r\033[K")

    def _draw(self, done: int, said: str) -> None:
        share = min(done / self._total, 1.0) if self._total else 0.0
        filled = round(share * WIDTH)
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {share:4.0%} " if self._total else ""
        self._write(f"\r\033[K{bar}{self._words} {said}".rstrip())

    def _said(self, done: int) -> str:
        said = number_format(done, force_grouping=True)
        return f"{said} / {number_format(self._total, force_grouping=True)}" if self._total else said

    def _write(self, text: str) -> None:
        self._stream.write(text, style_func=str, ending="")
