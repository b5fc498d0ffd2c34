from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.papers.models import Paper
from timpora.stays.arrival import Arrival
from timpora.stays.models.lodging import Lodging
from timpora.stays.models.stay import Stay
from timpora.team.models import Mandate
from timpora.team.roles import Role


class SendingQuerySet(models.QuerySet["Sending"]):
    def visible_to(self, mandate: Mandate) -> SendingQuerySet:
        """Those that the lodging a host acts for has sent; what a list told of it has the list's receipt."""
        if mandate.role != Role.LODGING:
            return self.none()
        return self.filter(lodging__post=mandate.post_id, mandate__post=mandate.post_id)

    def receive(self, arrivals: list[Arrival], *, by: Mandate) -> Sending:
        """All of these guests are in, or none is; those who are in already stay as they are.

        Raises GuestRefused, which says of whom.
        """
        lodging = Lodging.objects.of(by)
        with book.writing():
            lodging.lock()
            sending: Sending = self.create(lodging=lodging, mandate_id=by.pk)
            for number, arrival in enumerate(arrivals):
                try:
                    Stay.objects.check_in(by=by, arrival=arrival, lodging=lodging, sending=sending.pk)
                except Refusal as refusal:
                    raise GuestRefused(number, refusal) from refusal
            if not sending.stays:  # every one of them was sent before
                earlier = Stay.objects.get(lodging=lodging, sent_id=arrivals[0].sent_id).sending_id
                sending.delete()
                return Sending.objects.get(pk=earlier)
        return sending


class GuestRefused(Refusal):
    """One of several guests can't be taken in: `number` counts them from 0, `refusal` says why."""

    def __init__(self, number: int, refusal: Refusal) -> None:
        super().__init__(refusal.message, field=refusal.field, code=refusal.code)
        self.number, self.status = number, refusal.status


class Sending(models.Model):
    """What a lodging sent at once: one form, one file, one request; it has one receipt."""

    lodging = models.ForeignKey(Lodging, on_delete=models.PROTECT, related_name="sendings")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=book.moment)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = SendingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sending {self.pk} of lodging {self.lodging_id}"

    @property
    def is_own(self) -> bool:
        """Whether the lodging itself sent it, and no officer took it in from a list."""
        return bool(self.mandate.post_id == self.lodging.post_id)

    @property
    def stays(self) -> models.QuerySet[Stay]:
        """The guests who came in with it, as they are known now."""
        found: models.QuerySet[Stay] = (
            Stay.objects.believed().filter(sending=self.pk).with_all().order_by("pk")
        )
        return found

    def keep(self, paper: Paper) -> None:
        """The receipt that was issued of it. Raises Conflict where there is one already."""
        if not Sending.objects.filter(pk=self.pk, paper__isnull=True).update(paper=paper):
            raise Conflict(_("A receipt was issued at this very moment. Open it again."), code="issued")
        self.paper = paper
