from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import NATION, under
from timpora.areas.models import Area, Office
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team import authority
from timpora.team.models.agency import Agency
from timpora.team.models.period import in_force
from timpora.team.roles import MEMBERS, SIGHT, Role, Sight, Tier

if TYPE_CHECKING:
    from timpora.team.models.mandate import Mandate


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, mandate: Mandate) -> PostQuerySet:
        """Posts of the mandate's own area; the operator, who sees no persons, sees every post."""
        if mandate.role == Role.OPERATOR or NATION in mandate.codes:
            return self
        mine = under("area", mandate.codes)
        if mandate.post.office_id:
            mine |= Q(office=mandate.post.office_id)
        return self.filter(mine)

    def manageable_by(self, by: Mandate) -> PostQuerySet:
        """Posts that a mandate opens, fills and hands over."""
        return self.filter(authority.manageable(by))

    def of_members(self) -> PostQuerySet:
        """Without those of whoever is no member of a team, such as a lodging."""
        return self.filter(role__in=MEMBERS)

    def with_places(self) -> PostQuerySet:
        return self.select_related("area", "office", "agency")

    def held(self) -> PostQuerySet:
        """Posts with someone in the chair today, deputies included."""
        return self.filter(in_force(timezone.localdate(), "mandates__")).distinct()

    def vacant(self) -> PostQuerySet:
        return self.exclude(pk__in=self.model.objects.held().values("pk"))

    def lock(self, pk: int) -> None:
        """Keeps others from seating anybody on this post until the transaction ends."""
        self.select_for_update().values_list("pk").get(pk=pk)

    def open(self, *, by: book.Actor, agency: Agency, role: str, title: str, area: Any = None,
             office: Any = None) -> Post:  # fmt: skip
        """A new post: a chair at the table, still empty. Refuses a second one alike at the same place."""
        with book.writing():
            if self.filter(agency=agency, role=role, title__iexact=title, area=area, office=office).exists():
                raise Refusal(_("This post exists already."), field="title", code="post_exists")
            post = self.create(agency=agency, role=role, title=title, area=area, office=office)
            book.record("post.opened", by=by, area=post.area_id or "", subject=f"post:{post.pk}")
        return post


class Post(models.Model):
    """Agency × area × role. Open items belong to posts, so that a hand-over moves nothing."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, verbose_name=_("agency"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("area"))
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("office")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    title = models.CharField(_("post"), max_length=120)

    objects: ClassVar[Any] = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_in_one_place",
                condition=Q(area__isnull=False, office__isnull=True)
                | Q(area__isnull=True, office__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["role", "area"], name="post_role_area")]

    def __str__(self) -> str:
        return f"{self.title}, {self.place}"

    @property
    def place(self) -> str:
        return str(self.office.name if self.office else self.area.full_name if self.area else "")

    @property
    def sight(self) -> Sight:
        return SIGHT[self.role]

    @property
    def tier(self) -> Tier | None:
        return self.sight.tier

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The area codes this post reaches, each meaning "at or below"."""
        return self.office.codes if self.office else (self.area_id or NATION,)

    @property
    def today(self) -> date:
        """The day it is where this post is."""
        return timezone.localdate(timezone=self.zone)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo((self.office or self.area).timezone)  # type: ignore[union-attr]
