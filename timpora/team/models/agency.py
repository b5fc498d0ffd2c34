from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book

OURS = Path(__file__).parent.parent / "data" / "agencies.json"


# Whom a lodging's post belongs to; no agency of a team.
HOSTS = "penginapan"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def of_members(self) -> AgencyQuerySet:
        """The agencies that sit in a team."""
        return self.exclude(pk=HOSTS)

    def hosts(self, *, by: book.Actor) -> Agency:
        """The one that stands for all lodgings; listed where an earlier version had none."""
        found: Agency | None = self.filter(pk=HOSTS).first()
        if found is None:
            named = next(row for row in listed() if row["code"] == HOSTS)
            with book.writing():
                found = self.create(code=HOSTS, name=named["name"], short=named["short"])
                book.record("agency.listed", by=by, subject=f"agency:{HOSTS}", fields=("name", "short"))
        return found

    def load(self, *, by: book.Actor = book.SYSTEM) -> list[str]:
        """The codes of the agencies that were added or renamed to agree with `data/agencies.json`."""
        changed = []
        with book.writing():
            known = self.in_bulk()
            for row in listed():
                code, named = row["code"], {"name": row["name"], "short": row["short"]}
                agency = known.get(code)
                if agency and (agency.name, agency.short) == (row["name"], row["short"]):
                    continue
                self.update_or_create(code=code, defaults=named)
                changed.append(code)
                book.record("agency.listed", by=by, subject=f"agency:{code}", fields=tuple(named))
        return changed


@cache
def listed() -> list[dict[str, Any]]:
    """The agencies that come along: "code", "name", "short", "roles" and "also" (other names in lists)."""
    rows: list[dict[str, Any]] = json.loads(OURS.read_text(encoding="utf-8"))
    return rows


class Agency(models.Model):
    """An agency of the team: Immigration, Labour, Civil Registry, the district, the village …"""

    code = models.SlugField(_("code"), primary_key=True, max_length=20)
    name = models.CharField(_("name"), max_length=120)
    short = models.CharField(_("short name"), max_length=40)

    objects: ClassVar[Any] = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["short"]
        verbose_name = _("agency")

    def __str__(self) -> str:
        return self.short
