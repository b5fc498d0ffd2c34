from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from timpora.rooms import line
from timpora.rooms.line.failures import Failure, meaning

A_DAY = timedelta(days=1)
MENDED = timedelta(minutes=5)  # how soon a broken line is tried again
# Recipients a day outside the 24-hour window, by the provider's word; a new account begins with 250 (Meta,
# messaging limits).
LIMITS = {"TIER_50": 50, "TIER_250": 250, "TIER_1K": 1_000, "TIER_2K": 2_000, "TIER_10K": 10_000,
          "TIER_100K": 100_000, "TIER_UNLIMITED": 10**9}  # fmt: skip
SMALLEST = 250


class LineNumberQuerySet(models.QuerySet["LineNumber"]):
    def own(self) -> LineNumber:
        """The number this installation is set to; unsaved where nothing was learnt of it yet."""
        mine = settings.WHATSAPP_PHONE_ID
        return self.filter(phone_id=mine).first() or self.model(phone_id=mine)

    def look(self) -> LineNumber | None:
        """What the provider says of the number now, kept; None where there is no line. Run by the worker."""
        if not line.is_open():
            return None
        try:
            seen = line.provider().number()
        except Failure as failure:
            return self._note(fault=failure.code)
        return self._note(
            fault=None,
            display=seen.display[:30],
            limit=LIMITS.get(seen.limit, SMALLEST),
            quality=seen.quality[:20],
        )

    def pause(self, until: datetime, fault: int) -> None:
        """Nothing goes out before a moment, and why."""
        self._note(fault=fault, paused_until=until)

    def works(self) -> None:
        """A message went out: whatever was wrong before is not any longer."""
        self.filter(phone_id=settings.WHATSAPP_PHONE_ID).exclude(fault=None).update(
            fault=None, paused_until=None
        )

    def _note(self, **said: Any) -> LineNumber:
        defaults = {"looked_at": timezone.now(), **said}
        return self.update_or_create(phone_id=settings.WHATSAPP_PHONE_ID, defaults=defaults)[0]


class LineNumber(models.Model):
    """The installation's WhatsApp number as the provider described it last."""

    phone_id = models.CharField(max_length=40, unique=True)
    display = models.CharField(max_length=30, blank=True)
    limit = models.PositiveBigIntegerField(default=SMALLEST)
    quality = models.CharField(max_length=20, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    fault = models.IntegerField(null=True, blank=True)

    objects: ClassVar[Any] = LineNumberQuerySet.as_manager()

    def __str__(self) -> str:
        return f"line {self.phone_id}"

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > timezone.now()

    @property
    def trouble(self) -> str:
        """What is wrong with it, in a sentence; "" when nothing is."""
        return "" if self.fault is None else _(meaning(self.fault).sentence)

    @property
    def digits(self) -> str:
        """The number as an address has it: digits only."""
        return "".join(each for each in self.display if each.isdecimal())
