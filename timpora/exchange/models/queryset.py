"""Lists as they are asked for, and how one is received."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models

from timpora.areas.codes import under
from timpora.exchange import forgetting
from timpora.exchange.lists.kinds import GUESTS
from timpora.exchange.models.sent import SameFile, Sent
from timpora.exchange.models.sharing import LISTING
from timpora.exchange.models.upload import Upload
from timpora.ledger import book
from timpora.team.models import Mandate
from timpora.team.roles import Role

if TYPE_CHECKING:
    from timpora.exchange.models.batch import Batch


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, mandate: Mandate) -> BatchQuerySet:
        """The lists of the mandate's area; a contributor's own agency's alone."""
        if mandate.role not in LISTING:
            return self.none()
        mine = self.filter(under("area", mandate.codes))
        return mine.filter(agency=mandate.post.agency_id) if mandate.role == Role.CONTRIBUTOR else mine

    def with_places(self) -> BatchQuerySet:
        return self.select_related("agency", "area__parent", "sharing__office", "post__area", "post__office")

    def committed(self, known: datetime | None = None) -> BatchQuerySet:
        """Those taken in to the last row by a moment (None: now)."""
        done = self.filter(committed_at__isnull=False)
        return done if known is None else done.filter(committed_at__lte=known)

    def kept(self) -> BatchQuerySet:
        """Those taken in, or about to be, whose time is not over: the same file once more changes nothing."""
        return self.filter(asked_at__isnull=False, forgotten_at__isnull=True)

    def whole_in(self) -> BatchQuerySet:
        """Those of which nothing is gained by sending them again: of guests a row with a fault may be sound
        by now, for its lodging is registered since.
        """
        return self.exclude(kind=GUESTS, rows__outcome="faulty")

    def unfinished(self) -> BatchQuerySet:
        """Those that are to be taken in and are not yet, to the last row."""
        return self.filter(asked_at__isnull=False, committed_at__isnull=True)

    def over(self, on: date) -> list[Batch]:
        """Those taken in of which the record's period of keeping was over before a day."""
        kept = self.committed().filter(forgotten_at__isnull=True).select_related("sharing")
        return [batch for batch in kept if (last := forgetting.kept_until(batch)) and last < on]

    def left_over(self) -> BatchQuerySet:
        """Those discarded of which rows are left: whoever dropped them was interrupted."""
        return self.filter(discarded_at__isnull=False, rows__isnull=False).distinct()

    def open(self) -> BatchQuerySet:
        """Those of which it is open whether they will be taken in."""
        return self.filter(asked_at__isnull=True, discarded_at__isnull=True)

    def like(self, other: Batch) -> BatchQuerySet:
        """The lists of the same agency, kind and regency: a newer whole one takes the place of the older."""
        return self.filter(agency=other.agency_id, kind=other.kind, area=other.area_id)

    def in_force(self, *, on: date | None = None, known: datetime | None = None) -> list[int]:
        """The ids of the newest whole list of each agency, kind and regency with the additions to it, of
        those that spoke of a day no later than `on` (None: any) and were taken in by `known` (None: now).
        """
        named = self.exclude(kind=GUESTS)  # guests are visitors: no list names or lacks them as residents
        found = named.committed(known) if on is None else named.committed(known).filter(as_of__lte=on)
        held: dict[tuple[str, ...], list[int]] = {}
        columns = ("agency", "kind", "area", "whole", "pk", "forgotten_at")
        over = set()
        for agency, kind, area, whole, pk, forgotten_at in found.order_by(
            "as_of", "committed_at", "pk"
        ).values_list(*columns):
            series = held.setdefault((agency, kind, area), [])
            if whole:
                series.clear()
            series.append(pk)
            if forgotten_at and known is None:
                over.add(pk)
        return [pk for series in held.values() for pk in series if pk not in over]

    def receive(self, *, by: Mandate, sent: Sent) -> Batch:
        """The list as it was sent, its file sealed; nothing of it is known to the registry yet.

        The same file still open gives the same Batch: of the page, or of the command line. Raises SameFile
        for one that was taken in, and Refusal.
        """
        sent.check(by)
        alike = self.filter(
            agency=sent.sharing.giver_id, kind=sent.sharing.kind, area=sent.area, sha256=sent.digest
        )
        done = alike.kept().whole_in().first()
        if done is not None:
            raise SameFile(done)
        again = alike.open().filter(
            post=by.post_id, sharing=sent.sharing, as_of=sent.as_of, whole=sent.whole
        )  # fmt: skip
        here = (batch for batch in again if bool(batch.upload.data) == bool(sent.data))
        return next(here, None) or self._receive(by, sent)

    def _receive(self, by: Mandate, sent: Sent) -> Batch:
        with book.writing():
            batch: Batch = self.create(
                sharing=sent.sharing, agency_id=sent.sharing.giver_id, kind=sent.sharing.kind, area=sent.area,
                as_of=sent.as_of, whole=sent.whole, file_name=sent.file_name[-120:], single=sent.single,
                sha256=sent.digest,
                post_id=by.post_id, sender_id=by.user_id, mandate_id=by.pk,
            )  # fmt: skip
            Upload.objects.create(batch=batch, file=Upload.sealed(sent.data))
            command = ("command",) if sent.path else ()  # typed on the server, in the officer's name
            book.record("batch.received", by=by, area=batch.area_id, subject=batch.cause, fields=command)
        return batch
