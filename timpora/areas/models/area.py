"""A province, regency, district or village, by its official code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _

from timpora.areas import clocks, codes, naming, search, spelling
from timpora.areas.codes import Level
from timpora.areas.models.fields import CodeField


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas by place in the tree and by name."""

    def under(self, area_codes: Iterable[str]) -> AreaQuerySet:
        """The areas at or below any of the codes."""
        return self.filter(codes.under("code", area_codes))

    def children_of(self, code: str) -> AreaQuerySet:
        """The areas one tier below `code`, by code; retired ones too."""
        return self.filter(parent_id=code).order_by("code")

    def live(self) -> AreaQuerySet:
        """The areas that exist today."""
        return self.filter(retired_on__isnull=True)

    def with_line(self) -> AreaQuerySet:
        """The areas with their ancestors joined, so that `path` asks nothing more."""
        return self.select_related("parent__parent__parent")

    def search(
        self, text: str, *, under: Iterable[str] = (), levels: Iterable[int] = (), limit: int = 20
    ) -> list[Area]:
        """The areas of this queryset that `text` may mean, the likeliest first; see `search.find`."""
        return search.find(text, areas=self, under=under, levels=levels, limit=limit)


class Area(models.Model):
    """One area of one tier. Never deleted: an area that ceased to exist is retired."""

    code = CodeField(_("code"), primary_key=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=80)
    level = models.PositiveSmallIntegerField(_("tier"), choices=Level.choices)
    folded = CodeField(_("search key"), max_length=80, help_text=_("The name as spelling.key() writes it."))
    timezone = models.CharField(_("time zone"), max_length=32, help_text=_("IANA name; Keppres 41/1987."))
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        indexes = [models.Index(fields=["folded"], name="areas_folded")]

    def __str__(self) -> str:
        return self.full_name

    @classmethod
    def named(cls, code: str, name: str) -> Area:
        """An area, not yet saved, with all that its code and name imply."""
        return cls(
            code=code,
            parent_id=codes.parent(code),
            name=name,
            level=codes.level(code),
            folded=cls.key_of(code, name),
            timezone=clocks.timezone(code),
        )

    @staticmethod
    def key_of(code: str, name: str) -> str:
        """The search key of an area so called."""
        return spelling.key(naming.bare(code, name))

    @property
    def kind(self) -> str:
        """The official word for what it is: "kabupaten", "kecamatan", "distrik", "kelurahan", "desa" …"""
        return naming.kind(self.code)

    @property
    def full_name(self) -> str:
        """Its name as an address has it: "Kecamatan Kaliwungu", "Kabupaten Kudus"."""
        return naming.full_name(self.code, self.name)

    @property
    def head_title(self) -> str:
        """The title of who leads it: "lurah", "kepala desa", "camat", "kepala distrik", "bupati" …"""
        return naming.head_title(self.code)

    @property
    def line(self) -> list[Area]:
        """The area and its ancestors, itself first, the nation last."""
        return [self] if self.parent is None else [self, *self.parent.line]

    @property
    def path(self) -> str:
        """Its name and where it lies: "Bakalankrapyak – Kec. Kaliwungu, Kab. Kudus"."""
        return naming.path([(area.code, area.name) for area in self.line])

    @property
    def place(self) -> str:
        """Where it lies: "Kec. Kaliwungu, Kab. Kudus"; empty for a province."""
        return naming.place([(area.code, area.name) for area in self.line[1:]])

    @property
    def today(self) -> date:
        """The date there now."""
        return clock.localdate(timezone=ZoneInfo(self.timezone))

    @property
    def retired(self) -> bool:
        """True when it exists no longer."""
        return self.retired_on is not None

    def lock(self) -> None:
        """Reads the row anew and keeps it from others until the transaction ends."""
        self.refresh_from_db(from_queryset=Area.objects.select_for_update(of=("self",)))
