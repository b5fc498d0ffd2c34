from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.registry.models.document import IdentityDocument
from timpora.team.models import Mandate


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def reveal(self, *, by: Mandate, document: IdentityDocument, purpose: str) -> str:
        """A document's number in clear, for a stated purpose, noted in the ledger."""
        if purpose not in Disclosure.Purpose.values:
            raise Refusal(_("Choose what the number is needed for."), field="purpose", code="purpose_missing")
        if not by.sight.numbers:
            raise Refusal(_("Your post does not open document numbers."), code="not_allowed")
        with book.writing():
            disclosure = self.create(person=document.person, mandate_id=by.pk, purpose=purpose)
            book.record("number.revealed", by=by, area=document.person.last_area or "",
                        subject=f"person:{document.person_id}", fields=("document_number",),
                        detail={"purpose": purpose, "disclosure": disclosure.pk})  # fmt: skip
        return document.number


class Disclosure(models.Model):
    """A number that was opened: for whom and what for."""

    class Purpose(models.TextChoices):
        VERIFY = "verify", _("verify identity with the document at hand")
        LETTER = "letter", _("write an official letter")
        COMPARE = "compare", _("compare with another agency's list")
        REQUEST = "request", _("answer the person's own request")

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="disclosures")
    mandate_id = models.BigIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = DisclosureQuerySet.as_manager()

    def __str__(self) -> str:
        return f"disclosure {self.pk}"
