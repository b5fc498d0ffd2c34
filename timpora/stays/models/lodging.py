from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.areas.codes import Level, under
from timpora.areas.models import Area
from timpora.ledger import book
from timpora.ledger.refusal import Conflict, Refusal
from timpora.stays.kinds import CHOICES, KINDS, Kind
from timpora.team import authority, user_names
from timpora.team.models import Agency, Mandate, Post, User
from timpora.team.roles import Role

YEAR = timedelta(days=365)  # how long somebody beside the host serves before being asked again (practice)
KEEPERS = (Role.DISTRICT, Role.SECRETARY, Role.IMMIGRATION, Role.CHAIR)
"""The roles that open lodgings of their area, invite their hosts and close them."""


class LodgingQuerySet(models.QuerySet["Lodging"]):
    def visible_to(self, mandate: Mandate) -> LodgingQuerySet:
        """A lodging itself; to officers who see persons the lodgings of their area."""
        if mandate.role == Role.LODGING:
            return self.filter(post=mandate.post_id)
        return self.filter(under("area", mandate.codes)) if mandate.sight.persons else self.none()

    def kept_by(self, mandate: Mandate) -> LodgingQuerySet:
        """Those that a mandate may close, and whose hosts it invites."""
        return self.visible_to(mandate) if mandate.role in KEEPERS else self.none()

    def with_places(self) -> LodgingQuerySet:
        return self.select_related("area__parent__parent__parent__parent", "post__agency")

    def open_ones(self) -> LodgingQuerySet:
        return self.filter(closed_at__isnull=True)

    def of(self, by: Mandate) -> Lodging:
        """The lodging a host acts for. Raises Refusal for whoever keeps none, and for a closed one."""
        found: Lodging | None = self.with_places().filter(post=by.post_id).first()
        if found is None:
            raise Refusal(_("Your post keeps no lodging."), code="no_lodging")
        found.check_open()
        return found

    def open(self, *, by: Mandate, name: str, kind: str, area: Area, address: str) -> Lodging:
        """A new lodging with the post of its host, still empty. Raises Refusal."""
        if by.role not in KEEPERS or not by.reaches(area.pk):
            raise Refusal(_("This area lies outside your mandate."), field="area", code="outside")
        if area.level != Level.VILLAGE or area.retired_on:
            raise Refusal(
                _("A lodging stands in one desa or kelurahan. Choose it."), field="area", code="not_a_village"
            )
        name = " ".join(name.split())
        with book.writing():
            alike = Post.objects.filter(role=Role.LODGING, title__iexact=name, area=area)
            if alike.exists():
                raise Refusal(
                    _("A lodging of this name stands in this village already."), field="name",
                    code="lodging_exists",
                )  # fmt: skip
            post = Post.objects.open(
                by=by, agency=Agency.objects.hosts(by=by), role=Role.LODGING, title=name, area=area
            )
            lodging: Lodging = self.create(
                name=name, kind=KINDS[kind].code, area=area, address=address, post=post, opened_by=by
            )
            book.record("lodging.opened", by=by, area=area.pk, subject=lodging.cause)
        return lodging


class Lodging(models.Model):
    """A house that takes foreign guests in, with the post of whoever answers for it."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=CHOICES)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="lodgings")
    address = models.CharField(_("address"), max_length=250, blank=True)
    post = models.OneToOneField(Post, on_delete=models.PROTECT, related_name="lodging")
    opened_by = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=book.moment)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = LodgingQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def cause(self) -> str:
        return f"lodging:{self.pk}"

    @property
    def code(self) -> str:
        """How receipts name it: "L000012"."""
        return f"L{self.pk:06d}"

    @property
    def is_home(self) -> bool:
        """Whether people live here, so that a check-in is a report."""
        return self.kind_of.live

    @property
    def kind_of(self) -> Kind:
        return KINDS[self.kind]

    @property
    def full_address(self) -> str:
        return ", ".join(filter(None, (self.name, self.address)))

    @property
    def today(self) -> date:
        """The day it is where the lodging is."""
        return self.post.today

    def check_open(self) -> None:
        """Raises Conflict for a closed lodging."""
        if self.closed_at is not None:
            raise Conflict(
                _("This lodging is closed; no guest is entered for it any more."), code="lodging_closed"
            )

    def lock(self) -> None:
        """Keeps others from entering guests here until the transaction ends. Raises Conflict when closed."""
        self.closed_at = (
            Lodging.objects.select_for_update().values_list("closed_at", flat=True).get(pk=self.pk)
        )
        self.check_open()

    def close(self, *, by: Mandate) -> None:
        """No guest is entered any more: the host's mandates and every token end with it."""
        if not Lodging.objects.kept_by(by).filter(pk=self.pk).exists():
            raise Refusal(_("Another post keeps this lodging."), code="not_allowed")
        with book.writing():
            self.lock()
            self.closed_at = book.moment()
            Lodging.objects.filter(pk=self.pk).update(closed_at=self.closed_at)
            for mandate in Mandate.objects.standing().filter(post=self.post_id):
                mandate.end(by=by)
            for token in self.tokens.live():
                token.revoke(by=by)
            book.record("lodging.closed", by=by, area=self.area_id, subject=self.cause)

    def invite(self, *, by: Mandate, name: str, phone: str | None = None, email: str = "") -> Mandate:
        """The mandate of a new host, who signs in with the code of a slip. Raises Refusal.

        The first becomes the post's holder; others serve beside as its deputies do, for a year at a time.
        """
        self.check_open()
        if not authority.manages(by, self.post):
            raise Refusal(_("Another post keeps this lodging."), code="not_allowed")
        with book.writing():
            user = User.objects.enrol(
                by=by, username=user_names.free(self.post), name=name, phone=phone or None, email=email
            )
            kind, until = _seat(self.post)
            mandate: Mandate = Mandate.objects.grant(by=by, user=user, post=self.post, kind=kind, until=until)
            book.record("lodging.invited", by=by, area=self.area_id, subject=self.cause)
        return mandate


def _seat(post: Post) -> tuple[str, date | None]:
    """Holder where the chair is empty; else a deputy until this day next year."""
    held = Mandate.objects.standing().filter(post=post, kind=Mandate.Kind.HOLDER)
    if not held.exists():
        return Mandate.Kind.HOLDER, None
    return Mandate.Kind.PLH, post.today + YEAR
