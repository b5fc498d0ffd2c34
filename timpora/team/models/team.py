from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import NATION, ancestors, under
from timpora.areas.models import Area, Office, office_of
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team.authority import FOUNDERS
from timpora.team.models.post import Post

if TYPE_CHECKING:
    from timpora.team.models.mandate import Mandate

# How long before its last day a team's decree is announced as ending (practice).
WARNING = timedelta(days=30)


class TeamQuerySet(models.QuerySet["Team"]):
    def visible_to(self, mandate: Mandate) -> TeamQuerySet:
        """Teams of the mandate's area and of those it lies in: who sits there is no secret to a village."""
        if mandate.is_operator or NATION in mandate.codes:
            return self
        above = {code for place in mandate.codes for code in ancestors(place)}
        return self.filter(under("area", mandate.codes) | Q(area__in=above))

    def manageable_by(self, by: Mandate) -> TeamQuerySet:
        """Teams whose decree and seats a mandate enters."""
        return self.filter(under("area", by.codes)) if by.role in FOUNDERS else self.none()

    def ending(self, on: date | None = None) -> TeamQuerySet:
        """Teams whose decree runs out within thirty days, or has run out."""
        day = on or timezone.localdate()
        return self.filter(until__lte=day + WARNING)

    def found(self, *, by: Mandate, area: Area, **fields: Any) -> Team:
        """A new team by its decree. Refuses an area without an office and a reversed period."""
        office = office_of(area.pk)
        if office is None:
            raise Refusal(
                _("No immigration office answers for this area yet."), field="area", code="no_office"
            )
        with book.writing():
            team = Team(area=area, office=office, **fields)
            team._check_period()
            team.save(force_insert=True)
            book.record("team.founded", by=by, area=area.pk, subject=f"team:{team.pk}")
        return team


class Team(models.Model):
    """A Tim Pora of one area, founded by a decree for a period."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, verbose_name=_("area"))
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name=_("office"))
    name = models.CharField(_("name"), max_length=120)
    decree = models.CharField(_("decree number"), max_length=120)
    decided_on = models.DateField(_("decree date"))
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))

    objects: ClassVar[Any] = TeamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def change(self, *, by: Mandate, **given: Any) -> tuple[str, ...]:
        """The names of the fields that now differ: a new decree, another period, another name."""
        changed = tuple(sorted(name for name, value in given.items() if getattr(self, name) != value))
        if not changed:
            return ()
        with book.writing():
            for name in changed:
                setattr(self, name, given[name])
            self._check_period()
            self.save(update_fields=changed)
            book.record("team.changed", by=by, area=self.area_id, subject=f"team:{self.pk}", fields=changed)
        return changed

    def seat(self, *, by: Mandate, post: Post, position: str) -> Member:
        """A seat for a post; whoever holds the post sits there. Refuses a second seat for one post."""
        if self.members.filter(post=post).exists():
            raise Refusal(_("This post has a seat in the team already."), field="post", code="seated")
        with book.writing():
            member = self.members.create(post=post, position=position)
            book.record("team.seated", by=by, area=self.area_id, subject=f"team:{self.pk}", fields=("post",))
        return member

    def unseat(self, *, by: Mandate, member: Member) -> None:
        """The post leaves the team; who sat there stands in the ledger and in the post's history."""
        with book.writing():
            member.delete()
            book.record(
                "team.unseated", by=by, area=self.area_id, subject=f"team:{self.pk}", fields=("post",)
            )

    def _check_period(self) -> None:
        if self.until < self.since:
            raise Refusal(
                _("The last day lies before the first day."), field="until", code="end_before_start"
            )

    @property
    def has_ended(self) -> bool:
        return self.days_left < 0

    @property
    def days_left(self) -> int:
        return (self.until - timezone.localdate()).days

    @property
    def is_ending(self) -> bool:
        return self.days_left <= WARNING.days


class Member(models.Model):
    """A post's seat in a team. Members are posts, so that holders can change without a new decree."""

    class Position(models.TextChoices):
        CHAIR = "chair", _("chair")
        DEPUTY = "deputy", _("deputy chair")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    position = models.CharField(
        _("position"), max_length=10, choices=Position.choices, default=Position.MEMBER
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="member_once", fields=["team", "post"])]

    def __str__(self) -> str:
        return f"{self.post} ({self.position})"
