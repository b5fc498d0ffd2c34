from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.prepared import insert
from timpora.registry import sealed
from timpora.registry.models.settled import standing
from timpora.registry.models.statement import Statement


class DocumentQuerySet(models.QuerySet["IdentityDocument"]):
    def settle(self, person: Any, statements: Iterable[Statement], *, new: bool = False) -> None:
        """The person's documents as their statements give them: a row a number, the earliest first."""
        kept: dict[str, Statement] = {}
        latest: dict[str, Statement] = {}
        for statement in statements:
            if statement.document_key:
                kept.setdefault(statement.document_key, statement)
                latest[statement.document_key] = statement
        present = {each.number_key: each for each in standing(self.model, person, new=new)}
        if gone := [document.pk for key, document in present.items() if key not in kept]:
            self.filter(pk__in=gone).delete()
        for key, statement in kept.items():
            valid_until = latest[key].values.get("document_until", "")
            if key in present:
                was = (present[key].statement_id, present[key].valid_until)
                if was != (statement.pk, valid_until):
                    self.filter(pk=present[key].pk).update(statement=statement, valid_until=valid_until)
                continue
            made = self.model(
                person=person, statement=statement, number_key=key, valid_until=valid_until,
                kind=statement.values["document_kind"], issuer=statement.values.get("document_issuer", ""),
                number_sealed=statement.values["document_number"],
            )  # fmt: skip
            insert(made, keyed=False)


class IdentityDocument(models.Model):
    """A passport, NIK, SKTT, KTP-el OA, UNHCR card or STM. Its number is sealed; its key is unique.

    The unique key is what keeps two simultaneous confirmations from making two persons.
    """

    class Kind(models.TextChoices):
        PASSPORT = "passport", _("passport")
        NIK = "nik", _("population number (NIK)")
        SKTT = "sktt", _("residence certificate (SKTT)")
        KTP = "ktp", _("foreign resident's e-ID (KTP-el OA)")
        UNHCR = "unhcr", _("UNHCR card")
        STM = "stm", _("police report receipt (STM)")
        OTHER = "other", _("other document")

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="documents")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    issuer = models.CharField(_("issued by"), max_length=3, blank=True)
    number_sealed = models.CharField(max_length=400)
    number_key = models.CharField(max_length=64, unique=True)
    valid_until = models.CharField(_("valid until"), max_length=10, blank=True)

    objects: ClassVar[Any] = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.kind} of person {self.person_id}"

    @property
    def number(self) -> str:
        """The number in clear: only for disclosure and print, each noted in the ledger by its caller."""
        return sealed.opened("document_number", self.number_sealed)

    @property
    def masked(self) -> str:
        return sealed.masked("document_number", self.number_sealed)
