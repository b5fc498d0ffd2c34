from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.models import Area
from timpora.exchange.models.match import MatchQuerySet
from timpora.exchange.models.row import Row
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.reports.models import Report
from timpora.team.models import Mandate
from timpora.team.roles import Tier


class ReplyQuerySet(models.QuerySet["Reply"]):
    def standing(self) -> ReplyQuerySet:
        return self.filter(taken_back_at__isnull=True)

    def asked(self, *codes: str) -> MatchQuerySet:
        """Whom the villages under the codes are asked about: named by a list there, resident nowhere; one
        Match each, with its `area`.

        Not those a village has answered about, until a list says something new of them, nor those whom a
        report of it that waits may speak of.
        """
        known: MatchQuerySet = Row.objects.known_by_list(*codes)
        answered = self.standing().filter(
            area=OuterRef("area"), person_number=OuterRef("person_number"),
            at__gte=OuterRef("row__statement__said_at"),
        )  # fmt: skip
        waiting = Report.objects.submitted().filter(
            area=OuterRef("area"), kind__in=Report.NEW_KINDS, statement__proposals__decision=None,
            statement__proposals__person=OuterRef("person_number"),
        )  # fmt: skip
        return known.filter(~Exists(answered), ~Exists(waiting))

    def give(self, *, by: Mandate, area: Area, person: int, word: str) -> Reply:
        """The village's word: not known here, or left. Raises Refusal; Conflict where nobody asks it."""
        if by.tier not in (Tier.VILLAGE, Tier.DISTRICT) or not by.reaches(area.pk):
            raise Refusal(_("The village answers this."), code="not_allowed")
        if word not in Reply.Word.values:
            raise Refusal(_("Choose an answer."), field="word", code="answer_missing")
        with book.writing():
            Area.objects.select_for_update().get(pk=area.pk)
            if not self.asked(area.pk).filter(person_number=person).exists():
                raise Conflict(_("This question has been answered in the meantime."), code="answered")
            self.standing().filter(area=area, person_number=person).update(taken_back_at=book.moment())
            made: Reply = self.create(
                area=area, person_number=person, word=word, mandate_id=by.pk, at=book.moment()
            )
            book.record("question.answered", by=by, area=area.pk, subject=made.cause, fields=(word,))
        return made


class Reply(models.Model):
    """A village's word about a person whom only lists name there. It moves no figure."""

    class Word(models.TextChoices):
        NOT_KNOWN = "not_known", _("not known here")
        LEFT = "left", _("left")

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="replies")
    person_number = models.BigIntegerField()  # plain value, as in Match
    word = models.CharField(_("answer"), max_length=10, choices=Word.choices)
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)  # a newer one took its place

    objects: ClassVar[Any] = ReplyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reply_one_now",
                fields=["area", "person_number"],
                condition=Q(taken_back_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.word}: person {self.person_number} in {self.area_id}"

    @property
    def cause(self) -> str:
        return f"reply:{self.pk}"
