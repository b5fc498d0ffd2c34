from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.rights.mine.languages import TRANSLATED, digest_of
from timpora.team.models import Mandate
from timpora.team.roles import Role

SIGNING = (Role.OPERATOR, Role.IMMIGRATION)


class TranslationReviewQuerySet(models.QuerySet["TranslationReview"]):
    def of(self, language: str) -> TranslationReview | None:
        """The signature under the texts as they stand now; None where nobody has read just these."""
        return self.filter(language=language, texts=digest_of(language)).order_by("-pk").first()

    def sign(self, *, by: Mandate, language: str, reader: str, seen: str) -> TranslationReview:
        """That somebody who reads the language has read these very texts. `seen` is their digest on the page.

        Raises Conflict where the texts have changed since, and Refusal.
        """
        if by.role not in SIGNING or language not in TRANSLATED:
            raise Refusal(_("Your post does not sign translations."), code="not_allowed")
        if not reader.strip():
            raise Refusal(_("Please say which office or institution has read it."), field="reader",
                          code="reader_missing")  # fmt: skip
        if seen != digest_of(language):
            raise Conflict(_("The texts have changed since you opened this page."), code="stale")
        with book.writing():
            made: TranslationReview = self.create(
                language=language, texts=seen, reader=reader.strip()[:120], mandate_id=by.pk, at=book.moment()
            )
            book.record("translation.signed", by=by, subject=f"language:{language}")
        return made


class TranslationReview(models.Model):
    """That a reader of a language stands by the texts of the foreign nationals' pages in it; a text that
    changes needs a new one.
    """

    language = models.CharField(max_length=10)
    texts = models.CharField(max_length=64)  # digest of the catalogue that was read
    reader = models.CharField(max_length=120)  # the office or institution that read it, never a person
    mandate_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = TranslationReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.language} read by {self.reader}"
