"""The numbers of an office's papers: consecutive, each given once, none left out."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from timpora.areas.models import Office
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.papers import numbering


class SeriesQuerySet(models.QuerySet["Series"]):
    """Series, and how a number is taken."""

    def of(self, office: Office, code: str, year: int) -> Series:
        """The series of a year, begun where it is missing with the pattern of the years before."""
        before = self.filter(office=office, code=code, year__lt=year).order_by("-year").first()
        pattern = before.pattern if before else numbering.DEFAULT
        series, _made = self.get_or_create(office=office, code=code, year=year, defaults={"pattern": pattern})
        return series

    def take(self, *, office: Office, code: str, on: date) -> tuple[Series, int]:
        """The next number of an office's series in the year of `on`, and the series as it now stands.

        The row stays locked until the caller's transaction ends: others wait for their number, and a
        rollback gives it back, so that none is missing.
        """
        series = self.of(office, code, on.year)
        series = self.select_for_update().get(pk=series.pk)
        series.last += 1
        series.save(update_fields=["last"])
        return series, series.last


class Series(models.Model):
    """Office × code × year: the last number given, and the pattern numbers are written by.

    Papers of protected cases count in a series of their own, so that no hole in another betrays them.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="series")
    code = models.SlugField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)
    pattern = models.CharField(max_length=numbering.LONGEST, default=numbering.DEFAULT)

    objects: ClassVar[Any] = SeriesQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="series_once_a_year", fields=["office", "code", "year"])]

    def __str__(self) -> str:
        return f"{self.code} {self.year} of {self.office_id}"

    def written(self, n: int, on: date) -> str:
        """The number `n` as papers bear it."""
        return numbering.written(self.pattern, n=n, series=self.code, office=self.office_id, on=on)

    def change_pattern(self, pattern: str, *, by: book.Actor) -> None:
        """Later papers of this year, and of the years to come, are numbered so.

        Refuses a pattern without number or year, and one with parts that are not known.
        """
        if not numbering.is_pattern(pattern):
            sentence = _("Name each part once: {n} and {year}, and if you like {series}, {office}, {month}.")
            raise Refusal(sentence, field="pattern", code="pattern")
        with book.writing():
            self.pattern = pattern
            self.save(update_fields=["pattern"])
            book.record("series.changed", by=by, subject=f"series:{self.pk}", fields=("pattern",))
