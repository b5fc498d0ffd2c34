from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django.db import models

from timpora.sheets.columns import folded
from timpora.team.models import Agency


class Remembered(Mapping[str, str]):
    """Heading → field ("" = leave out), whatever the heading's case and marks."""

    def __init__(self, known: dict[str, str]) -> None:
        self.known = known

    def __getitem__(self, heading: str) -> str:
        return self.known[folded(heading)]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


class ColumnMapQuerySet(models.QuerySet["ColumnMap"]):
    def remembered(self, agency: str, kind: str) -> Remembered:
        """What each heading meant in this agency's last lists of the kind."""
        found = self.filter(agency=agency, kind=kind).first()
        return Remembered(dict(found.mapping) if found else {})

    def remember(self, agency: str, kind: str, mapping: dict[str, str]) -> None:
        """Keeps what each heading means, beside the headings of earlier files."""
        known = self.remembered(agency, kind).known | {folded(name): field for name, field in mapping.items()}
        self.update_or_create(agency_id=agency, kind=kind, defaults={"mapping": known})


class ColumnMap(models.Model):
    """What the headings of one agency's lists of one kind mean: said once, remembered for the next file."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="column_maps")
    kind = models.CharField(max_length=20)
    mapping = models.JSONField(default=dict)

    objects: ClassVar[Any] = ColumnMapQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="column_map_once", fields=["agency", "kind"])]

    def __str__(self) -> str:
        return f"columns of {self.agency_id} {self.kind}"
