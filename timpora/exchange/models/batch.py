from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timpora.areas.models import Area
from timpora.exchange import dry_run, forgetting, taking
from timpora.exchange.lists.kinds import GUESTS
from timpora.exchange.models.column_map import ColumnMap
from timpora.exchange.models.queryset import BatchQuerySet
from timpora.exchange.models.sent import SameFile
from timpora.exchange.models.sharing import LISTING, Sharing
from timpora.exchange.models.upload import Upload
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.papers.models import Paper
from timpora.rooms.models import Thread
from timpora.team.models import Agency, Mandate, Post, User

BADGES = {"taking": "calm", "committed": "sure", "discarded": "silent"}


class Batch(models.Model):
    """One list of an agency: a file, what its columns mean, and the day it speaks of."""

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("list", "columns to confirm")
        READ = "read", pgettext_lazy("list", "to be looked at")
        TAKING = "taking", pgettext_lazy("list", "being taken in")
        COMMITTED = "committed", pgettext_lazy("list", "taken in")
        DISCARDED = "discarded", pgettext_lazy("list", "discarded")

    sharing = models.ForeignKey(Sharing, on_delete=models.PROTECT, related_name="batches")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="batches")
    kind = models.CharField(max_length=20)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="batches")
    as_of = models.DateField()
    whole = models.BooleanField()
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    sheet = models.CharField(max_length=120, blank=True)
    single = models.BooleanField(default=False)  # one e-ITAS, by its text or PDF, in place of a table
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="batches")
    sender = models.ForeignKey(User, on_delete=models.PROTECT, related_name="batches")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="batches")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, related_name="+")
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(default=timezone.now)
    mapped_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                name="batch_file_once", fields=["agency", "kind", "area", "sha256"],
                # A list of guests may come again for rows whose lodging was unknown; it doubles nobody.
                condition=Q(asked_at__isnull=False, forgotten_at__isnull=True) & ~Q(kind=GUESTS),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"batch {self.pk}: {self.agency_id} {self.kind} {self.area_id} {self.as_of}"

    @property
    def cause(self) -> str:
        return f"batch:{self.pk}"

    @property
    def state(self) -> Batch.State:
        if self.discarded_at:
            return self.State.DISCARDED
        if self.committed_at:
            return self.State.COMMITTED
        if self.asked_at:
            return self.State.TAKING
        return self.State.READ if self.mapped_at else self.State.RECEIVED

    @property
    def is_of_guests(self) -> bool:
        """Whether its rows are stays of visitors, and name nobody who lives here."""
        return self.kind == GUESTS

    @property
    def badge(self) -> str:
        """The look of its state on a page."""
        return BADGES.get(self.state, "waiting")

    @property
    def tally(self) -> Counter[str]:
        """How many rows became, or would become, what (Row.Outcome)."""
        counted = self.rows.values_list("outcome").annotate(n=models.Count("*")).order_by()
        return Counter(dict(counted))

    def is_handled_by(self, mandate: Mandate) -> bool:
        """Whether a mandate works on this list: its giver's post in its area, whoever holds it."""
        same = mandate.post.agency_id == self.agency_id and mandate.role in LISTING
        return same and mandate.reaches(self.area_id)

    def map(self, *, by: Mandate, mapping: dict[str, str], sheet: str = "") -> None:
        """What each heading means ("" = leave out); reads every row and says what it would become.

        May be said again until the list is taken in. Remembered for the agency's next list of the kind.
        """
        self._allow(by)
        plan = dry_run.plan(self, mapping, sheet, by)
        portions = list(plan.portions())  # before the transaction, for it takes a while
        with book.writing():
            self._hold_open()
            last = dry_run.clear(self)
            for portion in portions:
                last = dry_run.keep(self, portion, last)
            self._mapped(by, mapping, sheet, plan, dry_run.left_out(portions))

    def map_long(self, *, by: Mandate, mapping: dict[str, str], sheet: str, source: dry_run.Source) -> None:
        """The same of a file on the server, row by row, kept by portions; stopped half-way it begins anew."""
        self._allow(by)
        plan = dry_run.plan_long(self, source, mapping, sheet, by)
        with book.writing():
            self._hold_open()
            self.change(mapped_at=None)
        last = dry_run.clear(self)
        left_out: Counter[str] = Counter()
        for portion in plan.portions():
            with transaction.atomic():
                self._hold_open()
                last = dry_run.keep(self, portion, last)
            left_out += dry_run.left_out([portion])
            source.read(last)
        with book.writing():
            self._hold_open()
            self._mapped(by, mapping, sheet, plan, left_out)

    def _mapped(self, by: Mandate, mapping: dict[str, str], sheet: str, plan: dry_run.Plan,
                left_out: Counter[str]) -> None:  # fmt: skip
        if mapping:
            ColumnMap.objects.remember(self.agency_id, self.kind, mapping)
        self.upload.remark([asdict(note) for note in plan.notes()], left_out)
        self.change(mapping=mapping, sheet=sheet, mapped_at=timezone.now())
        book.record("batch.mapped", by=by, area=self.area_id, subject=self.cause)

    def commit(self, *, by: Mandate) -> None:
        """Takes the sound rows in: at once, or where they are many by the worker, part by part."""
        self._allow(by)
        try:
            with book.writing():
                self._hold_open()
                self._check_commit(by)
                self.change(asked_at=timezone.now(), mandate=by)
                book.record("batch.asked", by=by, area=self.area_id, subject=self.cause)
                if self.rows.count() <= taking.AT_ONCE:
                    taking.take_all(self)
        except IntegrityError as fault:
            other = Batch.objects.like(self).kept().filter(sha256=self.sha256).first()
            if other is not None:
                raise SameFile(other) from fault
            raise Conflict(
                _("Something changed meanwhile. Please take the list in again."), code="meanwhile"
            ) from fault

    def discard(self, *, by: Any) -> None:
        """Nothing of the list is kept but that it was sent. Refuses one that is being taken in."""
        if by is not book.SYSTEM:
            self._allow(by)
        with book.writing():
            self._hold_open()
            Upload.objects.filter(batch=self).delete()
            self.change(discarded_at=timezone.now())
            book.record("batch.discarded", by=by, area=self.area_id, subject=self.cause)
        self.rows.drop()  # some at a time, so that nobody waits for a long list

    @property
    def kept_until(self) -> date | None:
        """The last day on which what its rows said is kept."""
        return forgetting.kept_until(self)

    def forget(self, *, by: book.Actor) -> None:
        """What its rows said is kept no longer; that they were given, and what each became, is."""
        if self.committed_at is not None and self.forgotten_at is None:
            forgetting.forget(self, by)

    def change(self, **values: Any) -> None:
        """Keeps these columns, and no others."""
        for name, value in values.items():
            setattr(self, name, value)
        Batch.objects.filter(pk=self.pk).update(**values)

    def lock(self) -> None:
        """Reads the row afresh and keeps it until the transaction ends."""
        self.refresh_from_db(from_queryset=Batch.objects.select_for_update(of=("self",)))

    def _check_commit(self, by: Mandate) -> None:
        if not self.mapped_at:
            raise Conflict(_("Say first what the columns mean."), code="not_mapped")
        if not self.sharing.in_force(by.post.today):
            raise Refusal(_("The record of this exchange is no longer in force."), code="no_sharing")
        if not any(number for outcome, number in self.tally.items() if outcome != "faulty"):
            raise Refusal(
                _("There is no row to take in. Put the list right and send it again."), code="no_rows"
            )

    def _allow(self, by: Mandate) -> None:
        if not self.is_handled_by(by):
            raise Refusal(_("The agency that sent this list decides about it."), code="not_allowed")

    def _hold_open(self) -> None:
        self.lock()
        if self.asked_at or self.discarded_at:
            raise Conflict(_("This list has been taken in or discarded in the meantime."), code="closed")
