from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Expression, F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import within_any
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.prepared import Given, Prepared
from timpora.team import authority
from timpora.team.models import period
from timpora.team.models.period import in_force
from timpora.team.models.post import Post
from timpora.team.models.user import User
from timpora.team.roles import Role, Sight, Tier


class MandateQuerySet(models.QuerySet["Mandate"]):
    def live(self, on: date | Expression | None = None) -> MandateQuerySet:
        """Mandates in force: begun, not past their last day, not ended."""
        return self.filter(in_force(on or timezone.localdate()), user__is_active=True)

    def standing(self) -> MandateQuerySet:
        """Mandates in force or still to begin."""
        lasting = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
        return self.filter(lasting, ended_at__isnull=True)

    def in_hand(self, user: User) -> list[Mandate]:
        """A user's mandates in force, with their places, each carrying the very `user` that was given."""
        mandates = _in_hand(user=user.pk, today=timezone.localdate())
        for mandate in mandates:
            mandate.user = user
        return mandates

    def with_places(self) -> MandateQuerySet:
        return self.select_related("post__area", "post__office", "post__agency", "user")

    def manageable_by(self, by: Mandate) -> MandateQuerySet:
        """Mandates on posts that `by` fills, ends and hands over."""
        return self.filter(authority.manageable(by, "post__"))

    def absent(self, by: Mandate) -> MandateQuerySet:
        """Who serves today, never signed in and may be given a slip by `by`: each by one mandate."""
        served = self.live().manageable_by(by).filter(user__last_login__isnull=True)
        mine = served.filter(user__in=manageable_users(by)).exclude(user=by.user_id)
        return self.filter(pk__in=mine.values("user").annotate(first=Min("pk")).values("first"))

    def grant(self, *, by: book.Actor, user: User, post: Post, kind: str = "holder",
              since: date | None = None, until: date | None = None) -> Mandate:  # fmt: skip
        """A mandate for `user` on `post`. A holder follows only on an empty chair; deputies have dates."""
        since = since or timezone.localdate()
        period.check(since, until, deputy=kind != Mandate.Kind.HOLDER)
        with book.writing():
            Post.objects.lock(post.pk)
            self._refuse_seated(by, user, post, kind)
            mandate = self.create(user=user, post=post, kind=kind, since=since, until=until)
            book.record(
                "mandate.granted",
                by=by,
                area=post.area_id or "",
                subject=f"mandate:{mandate.pk}",
                fields=("user", "post", "kind"),
            )
        return mandate

    def _refuse_seated(self, by: book.Actor, user: User, post: Post, kind: str) -> None:
        """Refuses a second holder and a second mandate of the same person; a lapsed holder is seen off."""
        today = timezone.localdate()
        for seated in post.mandates.filter(ended_at__isnull=True):
            if seated.until and seated.until < today:
                if seated.kind == Mandate.Kind.HOLDER:
                    seated.end(by=by)
            elif seated.user_id == user.pk:
                raise Refusal(
                    _("This person already serves on this post."), field="user", code="serves_already"
                )
            elif kind == Mandate.Kind.HOLDER and seated.kind == kind:
                raise Refusal(
                    _("This post is held. End that mandate first, or hand the post over."), code="post_held"
                )


# Asked on every request.
_in_hand: Prepared[Mandate] = Prepared(
    lambda: (
        Mandate.objects.live(Given("today", models.DateField()))
        .filter(user=Given("user", models.BigIntegerField()))
        .select_related("post__area", "post__office", "post__agency")
        .order_by("pk")
    )
)


def manageable_users(by: Mandate) -> models.QuerySet[User]:
    """Who serves on posts that `by` manages and on no other: whoever holds more is out of its hands."""
    standing = Mandate.objects.standing()
    mine = standing.manageable_by(by)
    beyond = standing.exclude(pk__in=mine.values("pk"))
    return User.objects.filter(pk__in=mine.values("user")).exclude(pk__in=beyond.values("user"))


class Mandate(models.Model):
    """User × post × period: who may act for a post, and when."""

    class Kind(models.TextChoices):
        HOLDER = "holder", _("holder")
        PLT = "plt", _("acting (Plt)")
        PLH = "plh", _("acting for some days (Plh)")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("user"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="mandates", verbose_name=_("post"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.HOLDER)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_period", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                name="mandate_one_holder", fields=["post"], condition=Q(kind="holder", ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.post}"

    @property
    def mandate_id(self) -> int:
        return self.pk

    @property
    def role(self) -> str:
        return self.post.role

    @property
    def sight(self) -> Sight:
        return self.post.sight

    @property
    def tier(self) -> Tier | None:
        return self.post.tier

    @property
    def codes(self) -> tuple[str, ...]:
        return self.post.codes

    @property
    def is_live(self) -> bool:
        today = timezone.localdate()
        return self.ended_at is None and self.since <= today and (self.until is None or self.until >= today)

    def reaches(self, code: str) -> bool:
        """Whether an area lies within this mandate."""
        return within_any(code, self.codes)

    def end(self, *, by: book.Actor) -> None:
        """This mandate ends now, on every device: each request asks for live mandates afresh."""
        if self.ended_at is not None:
            raise Conflict(_("This mandate has already ended."), code="mandate_ended")
        if by.mandate_id == self.pk:
            raise Refusal(_("You act under this mandate. Hand the post over instead."), code="own_mandate")
        self._end(by)

    def _end(self, by: book.Actor) -> None:
        with book.writing():
            self.ended_at = timezone.now()
            self._update("ended_at")
            book.record("mandate.ended", by=by, area=self.post.area_id or "", subject=f"mandate:{self.pk}")

    def change_period(self, *, by: book.Actor, since: date | None = None, until: date | None = None) -> None:
        """Another first or last day, such as a deputy's prolongation; what is left out stays."""
        since, until = since or self.since, until or self.until
        period.check(since, until, deputy=self.kind != Mandate.Kind.HOLDER)
        with book.writing():
            self.since, self.until = since, until
            self._update("since", "until")
            book.record(
                "mandate.changed",
                by=by,
                area=self.post.area_id or "",
                subject=f"mandate:{self.pk}",
                fields=("since", "until"),
            )

    def hand_over(self, *, by: book.Actor, to: User) -> Mandate:
        """The post passes to another user in one step; its open items stay where they are: at the post."""
        if to.pk == self.user_id:
            raise Refusal(_("This person already holds the post."), field="to", code="same_holder")
        with book.writing():
            Post.objects.lock(self.post_id)
            self.refresh_from_db(fields=["ended_at"])
            if self.ended_at is not None:
                raise Conflict(_("This mandate has already ended."), code="mandate_ended")
            self._end(by)
            for deputy in Mandate.objects.standing().filter(post=self.post_id, user=to):
                deputy._end(by)
            return Mandate.objects.grant(by=by, user=to, post=self.post)

    def _update(self, *fields: str) -> None:
        type(self).objects.filter(pk=self.pk).update(**{name: getattr(self, name) for name in fields})

    @property
    def is_operator(self) -> bool:
        return self.role == Role.OPERATOR
