from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.registry.models import Person
from timpora.rights.questions import NOBODY, asked_of, fits
from timpora.team.models import Mandate
from timpora.team.models.invitation import ALPHABET, digest

LENGTH = 28  # 27^28 is more than 2^133: nobody finds a link by trying
VALID_FOR = timedelta(days=7)
MISSES = 5  # wrong answers before a link locks
OPEN_FOR = timedelta(minutes=30)
KEPT = timedelta(days=365)  # how long it stays on record that a link was given and opened (practice)
NOT_OPENED = _(
    "This does not fit, or the link is no longer valid. Please look at your document once more, or ask the"
    " office for a new link."
)


class LinkQuerySet(models.QuerySet["Link"]):
    def standing(self) -> LinkQuerySet:
        """Those that may still be opened, as far as their own row says."""
        now = timezone.now()
        return self.filter(ended_at__isnull=True, locked_at__isnull=True, expires_at__gt=now)

    def of(self, person: Person) -> LinkQuerySet:
        return self.filter(person=person).order_by("-pk")

    # Verbs

    def give(self, *, by: Mandate, person: Person) -> tuple[Link, str]:
        """A fresh link to a person's own page, and its code, which is shown this once. Earlier ones end.

        Raises Refusal where the mandate does not see the person, or nothing is known that could be asked.
        """
        if by.tier is None or not Person.objects.visible_to(by).filter(pk=person.pk).exists():
            raise Refusal(_("Your post does not give links."), code="not_allowed")
        if not asked_of(person).can_be_asked:
            raise Refusal(
                _("The register does not know both a date of birth and a document number of this person, so"
                  " a link could not tell them from a finder. Please report what is missing first; until then"
                  " the kecamatan or the immigration office answers in person."),
                code="nothing_to_ask",
            )  # fmt: skip
        code = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
        with book.writing():
            Person.objects.select_for_update().get(pk=person.pk)
            now = book.moment()
            self.of(person).standing().update(ended_at=now, ended_mandate_id=by.pk)
            link: Link = self.create(
                person=person, together=together(person), mandate_id=by.pk, post_id=by.post_id,
                code_digest=digest(code), made_at=now, expires_at=now + VALID_FOR,
            )  # fmt: skip
            book.record("link.given", by=by, **link.entry())
        return link, code

    def visit(self, *, code_digest: str, birth_date: str, number: str) -> Visit:
        """Half an hour on the person's own page, for right answers. Raises Refusal, in the same words
        whatever did not fit: the code, the answers, or the link's time.
        """
        with book.writing():
            rows = self.select_for_update(of=("self",)).select_related("person")
            link: Link | None = rows.filter(code_digest=code_digest).first()
            right = asked_of(link.person) if link else NOBODY
            fit = fits(right, birth_date=birth_date, number=number)
            visit = link.answered(fit) if link and link.is_in_force else None
        if visit is None:  # only now: a wrong answer must stay counted
            raise Refusal(NOT_OPENED, code="not_opened")
        return visit

    def forget(self) -> int:
        """How many links of long ago are forgotten now, with the times they were opened."""
        deleted, _each = self.filter(expires_at__lt=timezone.now() - KEPT).delete()
        return deleted


class Link(models.Model):
    """A person's way to what is held about them: given by an officer, for seven days; only its code's hash is
    kept.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    # The register numbers that stood for this person when it was given. While an officer has joined or parted
    # records since, it opens nothing: nobody shall read somebody else's data by a merger that may be undone.
    together = models.JSONField(default=list)
    mandate_id = models.BigIntegerField()
    post_id = models.BigIntegerField()
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_mandate_id = models.BigIntegerField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.cause

    @property
    def cause(self) -> str:
        """How the ledger and what comes by it name it."""
        return f"link:{self.pk}"

    @property
    def is_in_force(self) -> bool:
        """Whether it still opens, and whoever is inside may stay."""
        standing = self.ended_at is None and self.locked_at is None and self.expires_at > timezone.now()
        return standing and self.together == together(self.person)

    @property
    def state(self) -> str:
        """ "given", "locked", "ended" or "expired"."""
        if self.ended_at is not None:
            return "ended"
        if self.locked_at is not None:
            return "locked"
        if self.expires_at <= timezone.now():
            return "expired"
        return "given" if self.is_in_force else "ended"

    @property
    def misses_left(self) -> int:
        return MISSES - self.misses.count()

    def answered(self, fit: bool) -> Visit | None:
        """A visit for right answers; a wrong one is counted, and the fifth locks. The row is held by now."""
        now = book.moment()
        if fit:
            visit: Visit = Visit.objects.create(link=self, at=now, until=now + OPEN_FOR)
            book.record("link.opened", by=book.SUBJECT, **self.entry())
            return visit
        Miss.objects.create(link=self, at=now)
        if self.misses.count() >= MISSES:
            self.locked_at = now
            self.save(update_fields=["locked_at"])
            book.record("link.locked", by=book.SYSTEM, **self.entry())
        return None

    def end(self, *, by: Mandate) -> None:
        """Opens nothing any more, and closes what is open; a link that has ended stays so. Raises Refusal."""
        if by.tier is None or not Person.objects.visible_to(by).filter(pk=self.person_id).exists():
            raise Refusal(_("Your post does not end this link."), code="not_allowed")
        with book.writing():
            standing = Link.objects.standing().filter(pk=self.pk)
            if standing.update(ended_at=book.moment(), ended_mandate_id=by.pk):
                book.record("link.ended", by=by, **self.entry())

    def entry(self) -> dict[str, Any]:
        """The columns of an entry about this link: its person, where they live, and which link."""
        person = self.person
        return {"area": person.last_area or "", "subject": f"person:{person.pk}", "fields": (self.cause,)}


def together(person: Person) -> list[int]:
    """The register numbers that stand for a person now: their own, and those found to be them."""
    found = Person.objects.filter(Q(pk=person.pk) | Q(same_as=person.pk))
    return sorted(found.values_list("pk", flat=True)) if person.same_as_id is None else []


class VisitQuerySet(models.QuerySet["Visit"]):
    def open(self) -> VisitQuerySet:
        """Those whose half hour runs; whether the link is in force is asked besides."""
        return self.filter(closed_at__isnull=True, until__gt=timezone.now())


class Visit(models.Model):
    """Half an hour on one's own page, after the right answers."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = VisitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"visit of {self.link_id}"

    def close(self) -> None:
        """Ends it on every device; the link stays. Who leaves their own page leaves no entry."""
        Visit.objects.open().filter(pk=self.pk).update(closed_at=timezone.now())


class Miss(models.Model):
    """A wrong answer to a link's questions; five lock it. What was answered is not kept."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="misses")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"miss of {self.link_id}"
