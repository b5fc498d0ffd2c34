"""What happened to an area by decree, and the verbs that note it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from timpora.areas import codes
from timpora.areas.models.area import Area
from timpora.areas.refusals import refuse
from timpora.ledger import book


class ChangeKind(models.TextChoices):
    """What may happen to an area."""

    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")
    RENAMED = "renamed", _("renamed")
    RETIRED = "retired", _("retired")
    RESTORED = "restored", _("restored")


SENTENCES = {
    ChangeKind.SPLIT: _("{to} was made from a part of {area}."),
    ChangeKind.MERGED: _("{area} was merged into {to}."),
    ChangeKind.RENAMED: _("{area}: the name changed from {old} to {new}."),
    ChangeKind.RETIRED: _("{area} ceased to exist."),
    ChangeKind.RESTORED: _("{area} exists again."),
}


@dataclass(frozen=True)
class Decree:
    """The paper a change rests on and the day it takes force."""

    number: str
    effective_on: date

    def check(self, area: Area) -> None:
        """Refuses a change without a decree, or one that takes force after today."""
        if not self.number.strip():
            raise refuse("no_decree")
        if self.effective_on > area.today:
            raise refuse("decree_not_in_force")


class AreaChangeQuerySet(models.QuerySet["AreaChange"]):
    """Changes, and the verbs that make them: each changes the areas and writes one ledger entry."""

    def about(self, code: str) -> AreaChangeQuerySet:
        """The changes an area came from or went through, the latest first."""
        return self.filter(models.Q(from_area=code) | models.Q(to_area=code)).select_related(
            "from_area", "to_area"
        )

    def by_hand(self) -> AreaChangeQuerySet:
        """The changes someone recorded, not those a load found."""
        return self.filter(noted_by_load=False)

    def make(
        self,
        kind: ChangeKind,
        *,
        by: book.Actor,
        area: Area,
        decree: Decree,
        name: str = "",
        target: Area | None = None,
        into: Iterable[tuple[str, str]] = (),
    ) -> None:
        """The verb of that kind, for whoever has a form's or a command line's answers to all of them."""
        match kind:
            case ChangeKind.RENAMED:
                self.rename(by=by, area=area, name=name, decree=decree)
            case ChangeKind.RETIRED:
                self.retire(by=by, area=area, decree=decree)
            case ChangeKind.MERGED:
                self.merge(by=by, area=area, into=target or area, decree=decree)
            case ChangeKind.SPLIT:
                self.split(by=by, area=area, into=into, decree=decree)
            case ChangeKind.RESTORED:
                self.restore(by=by, area=area, decree=decree)

    def rename(self, *, by: book.Actor, area: Area, name: str, decree: Decree) -> AreaChange:
        """The noted change; the area has its new name and its search key.

        Refuses a name that is empty or the same.
        """
        name = " ".join(name.split())
        with book.writing():
            area.lock()
            if not name or name == area.name or len(name) > 80:
                raise refuse("name_not_new")
            decree.check(area)
            noted = self._note(by, ChangeKind.RENAMED, area, decree, old_name=area.name, new_name=name)
            area.name, area.folded = name, Area.key_of(area.code, name)
            area.save(update_fields=["name", "folded"])
        return noted

    def retire(self, *, by: book.Actor, area: Area, decree: Decree) -> AreaChange:
        """The noted change; the area can be chosen no longer, what stands under it stays.

        Refuses the nation, a retired area and one with parts that still exist.
        """
        with book.writing():
            _check_may_end(area, decree)
            return self._end(by, ChangeKind.RETIRED, area, decree)

    def merge(self, *, by: book.Actor, area: Area, into: Area, decree: Decree) -> AreaChange:
        """The noted change; the area is retired in favour of one of its tier. Refuses as `retire` does."""
        with book.writing():
            _check_may_end(area, decree)
            if into.code == area.code or into.level != area.level or into.retired:
                raise refuse("merge_target")
            return self._end(by, ChangeKind.MERGED, area, decree, to_area=into)

    def split(
        self, *, by: book.Actor, area: Area, into: Iterable[tuple[str, str]], decree: Decree
    ) -> list[AreaChange]:
        """One noted change for each new area, given as (code, name); the old area goes on.

        Refuses a code that is in use, of another tier, or whose parent does not exist.
        """
        new = [(code.strip(), " ".join(name.split())) for code, name in into]
        with book.writing():
            area.lock()
            if area.retired:
                raise refuse("area_retired", area=area.full_name)
            _check_new(area, new)
            decree.check(area)
            made = Area.objects.bulk_create([Area.named(code, name) for code, name in new])
            return [self._note(by, ChangeKind.SPLIT, area, decree, to_area=part) for part in made]

    def restore(self, *, by: book.Actor, area: Area, decree: Decree) -> AreaChange:
        """The noted change; a retired area exists again. Refuses one that exists or has no parent."""
        with book.writing():
            area.lock()
            if not area.retired:
                raise refuse("not_retired")
            if area.parent is not None and area.parent.retired:
                raise refuse("parent_retired")
            decree.check(area)
            area.retired_on = None
            area.save(update_fields=["retired_on"])
            return self._note(by, ChangeKind.RESTORED, area, decree)

    def _end(
        self, by: book.Actor, kind: ChangeKind, area: Area, decree: Decree, to_area: Area | None = None
    ) -> AreaChange:
        area.retired_on = decree.effective_on
        area.save(update_fields=["retired_on"])
        return self._note(by, kind, area, decree, to_area=to_area)

    def _note(
        self,
        by: book.Actor,
        kind: ChangeKind,
        area: Area,
        decree: Decree,
        *,
        to_area: Area | None = None,
        old_name: str = "",
        new_name: str = "",
    ) -> AreaChange:
        noted = self.create(
            kind=kind, from_area=area, to_area=to_area, old_name=old_name, new_name=new_name,
            decree=decree.number.strip(), effective_on=decree.effective_on, noted_by=by.post_id,
        )  # fmt: skip
        target = to_area or area
        changed = ("name",) if new_name else ()
        book.record(f"area.{kind}", by=by, area=area.code, subject=f"area:{target.code}", fields=changed)
        return noted


def _check_may_end(area: Area, decree: Decree) -> None:
    area.lock()
    if area.retired:
        raise refuse("area_retired", area=area.full_name)
    if area.code == codes.NATION or area.children.filter(retired_on__isnull=True).exists():
        raise refuse("has_parts")
    decree.check(area)


def _check_new(area: Area, new: list[tuple[str, str]]) -> None:
    if not new or any(not name or len(name) > 80 for _code, name in new):
        raise refuse("name_not_new")
    for code, _name in new:
        if not codes.is_code(code) or codes.level(code) != area.level:
            raise refuse("code_of_other_tier", code=code)
        if not Area.objects.live().filter(code=codes.parent(code)).exists():
            raise refuse("no_parent", code=code)
    given = [code for code, _name in new]
    taken = Area.objects.filter(code__in=given).first()
    if taken is not None or len(set(given)) < len(given):
        raise refuse("code_taken", code=taken.code if taken else given[0])


class AreaChange(models.Model):
    """One area's step into another by decree; a split into three is three rows."""

    kind = models.CharField(_("what happened"), max_length=8, choices=ChangeKind.choices)
    from_area = models.ForeignKey(
        Area, models.PROTECT, related_name="changes_from", verbose_name=_("area before")
    )
    to_area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="changes_to", verbose_name=_("area after")
    )
    old_name = models.CharField(_("name before"), max_length=80, blank=True)
    new_name = models.CharField(_("name after"), max_length=80, blank=True)
    decree = models.CharField(_("legal basis"), max_length=200)
    effective_on = models.DateField(_("in force on"))
    noted_by = models.BigIntegerField(
        _("noted by"), null=True, help_text=_("The post; empty for the system itself.")
    )
    noted_by_load = models.BooleanField(_("found by a load"), default=False)
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    objects = AreaChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-id"]
        verbose_name = _("change of an area")
        verbose_name_plural = _("changes of areas")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.from_area_id}"

    @property
    def sentence(self) -> str:
        """What happened, as a sentence for the reader."""
        names = {
            "area": self.from_area.full_name,
            "to": self.to_area.full_name if self.to_area else "",
            "old": self.old_name,
            "new": self.new_name,
        }
        return str(format_lazy(SENTENCES[ChangeKind(self.kind)], **names))
