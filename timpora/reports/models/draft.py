from __future__ import annotations

import json
from typing import Any, ClassVar

from django.db import models

from timpora import prepared, vault
from timpora.team.models import Mandate


class DraftQuerySet(models.QuerySet["Draft"]):
    def keep(self, *, by: Mandate, values: dict[str, Any]) -> None:
        """Keeps what was typed so far, sealed; one draft a mandate. Nothing typed keeps nothing."""
        if not any(values.values()):
            self.discard(by=by)
            return
        sealed = vault.current().seal(json.dumps(values), "draft")
        self.update_or_create(mandate=by, defaults={"sealed": sealed})

    def of(self, mandate: Mandate) -> dict[str, Any]:
        """What was typed and not sent; empty without a draft."""
        draft = self.filter(mandate=mandate).first()
        return json.loads(vault.current().open_(draft.sealed, "draft")) if draft else {}

    def discard(self, *, by: Mandate) -> None:
        with prepared.cursor() as session:
            session.execute("DELETE FROM reports_draft WHERE mandate_id = %s", [by.pk])


class Draft(models.Model):
    """A report that was begun and not sent. It is no statement: nothing in it counts or is searched."""

    mandate = models.OneToOneField(Mandate, on_delete=models.CASCADE, related_name="draft")
    sealed = models.TextField()
    changed_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"draft of mandate {self.mandate_id}"
