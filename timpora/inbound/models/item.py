from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.inbound.models.device import Device
from timpora.team.models import User

KEPT = timedelta(days=90)  # "What did I send?"; a receipt's number says nothing of anybody


class ItemQuerySet(models.QuerySet["Item"]):
    def of(self, user: User) -> ItemQuerySet:
        """What the user sent in the last ninety days, the newest first."""
        return self.filter(user=user, received_at__gt=timezone.now() - KEPT).order_by("-received_at", "-pk")

    def forget_old(self) -> int:
        """How many receipts went whose ninety days are over. A phone keeps no item so long."""
        gone, _each = self.filter(received_at__lte=timezone.now() - KEPT).delete()
        return gone


class Item(models.Model):
    """A phone's item that was accepted: the same one sent again gives the same receipt. No personal data."""

    class Kind(models.TextChoices):
        REPORT = "report", _("report")
        RESIDENT = "resident", _("report on a resident")
        RETURN = "return", _("monthly return")
        NIL = "nil", _("nil")

    number = models.UUIDField()  # the phone's own
    kind = models.CharField(max_length=10, choices=Kind.choices)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="items")
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="items")
    content = models.CharField(max_length=64)  # a keyed digest of what was said
    receipt = models.CharField(max_length=40)
    path = models.CharField(max_length=120)  # where it stands now; ids only
    made_at = models.DateTimeField()  # when it was written, by the server's clock
    received_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="item_accepted_once", fields=["user", "number"])]
        indexes = [models.Index(name="item_sent", fields=["user", "received_at"])]

    def __str__(self) -> str:
        return self.receipt
