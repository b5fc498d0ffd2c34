from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.stays.models.lodging import Lodging
from timpora.team.models import Mandate

VALID_FOR = timedelta(days=365)  # practice: whoever keeps the hotel's system is asked again once a year
START = "tpl_"  # tells a token that was left lying about for what it is
AT_ONCE = 5  # tokens in force of one lodging


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


class TokenQuerySet(models.QuerySet["Token"]):
    def live(self) -> TokenQuerySet:
        """Neither revoked nor expired, of a lodging that is open."""
        return self.filter(
            revoked_at__isnull=True, expires_at__gt=book.moment(), lodging__closed_at__isnull=True
        )

    def issue(self, *, by: Mandate, name: str) -> tuple[Token, str]:
        """A token for the lodging of `by`, and its text, which is shown this once. Raises Refusal."""
        lodging = Lodging.objects.of(by)
        text = START + secrets.token_urlsafe(32)
        with book.writing():
            lodging.lock()
            if self.live().filter(lodging=lodging).count() >= AT_ONCE:
                raise Refusal(
                    _("Five tokens are in force already. Revoke one that is no longer used."), field="name",
                    code="too_many_tokens",
                )  # fmt: skip
            made: Token = self.create(
                lodging=lodging, name=name, digest=digest(text), expires_at=book.moment() + VALID_FOR
            )
            book.record("token.issued", by=by, area=lodging.area_id, subject=f"token:{made.pk}")
        return made, text

    def of_text(self, text: str) -> Token | None:
        """The token in force with this text."""
        found: Token | None = self.live().select_related("lodging__area", "lodging__post__area").filter(
            digest=digest(text)
        ).first()  # fmt: skip
        return found


class Token(models.Model):
    """What a hotel's own system sends guests with, in the host's name; only its digest is kept."""

    lodging = models.ForeignKey(Lodging, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name of the system"), max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=book.moment)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = TokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"token {self.pk} of lodging {self.lodging_id}"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > book.moment()

    @property
    def mandate(self) -> Mandate | None:
        """In whose name it acts: the host's who serves today; None while nobody does."""
        serving = Mandate.objects.live().with_places().filter(post=self.lodging.post_id)
        found: Mandate | None = serving.order_by("kind", "pk").first()
        return found

    def revoke(self, *, by: Mandate) -> None:
        """From now on nothing is taken that is sent with it."""
        with book.writing():
            ended = Token.objects.filter(pk=self.pk, revoked_at__isnull=True).update(revoked_at=book.moment())
            if not ended:
                raise Conflict(_("This token has been revoked already."), code="revoked")
            book.record("token.revoked", by=by, area=self.lodging.area_id, subject=f"token:{self.pk}")
