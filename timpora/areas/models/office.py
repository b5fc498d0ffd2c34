"""An immigration office and the settings it works by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Expression
from django.utils import timezone as clock
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from timpora.areas import clocks, letterhead
from timpora.areas.codes import Level, at
from timpora.areas.models.area import Area
from timpora.areas.models.fields import number
from timpora.areas.refusals import AreaRefusal, refuse
from timpora.areas.tiers import TIERS, check_tiers
from timpora.ledger import book
from timpora.ledger.models import Entry
from timpora.ledger.refusal import Conflict

OFF_ON = [(False, pgettext_lazy("setting", "off")), (True, pgettext_lazy("setting", "on"))]


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices, and the verb that opens one."""

    def answering_for(self, code: str) -> OfficeQuerySet:
        """The one office that answers for the regency or city of `code`, or none; none above that tier."""
        regency = at(Level.REGENCY, code)
        return self.none() if regency is None else self.of_regency(regency)

    def of_regency(self, regency: str | Expression) -> OfficeQuerySet:
        """The one office that answers for a regency or city, or none."""
        return self.filter(jurisdictions__area=regency, jurisdictions__until__isnull=True)

    def open(self, *, by: book.Actor, code: str, regencies: Iterable[str] = (), **fields: Any) -> Office:
        """The new office, answering for `regencies` from today. Refuses a code in use and faulty settings."""
        with book.writing():
            if self.filter(code=code).exists():
                raise refuse("office_exists", code=code)
            office = Office(code=code, **fields)
            _validate(office)
            office.letterhead = letterhead.fitted(office.letterhead)
            office.save(force_insert=True)
            book.record("office.opened", by=by, area=office.province_id, subject=f"office:{code}")
            for regency in regencies:
                office.assign(by=by, area=regency)
        return office


class Office(models.Model):
    """A Kantor Imigrasi: who it is, what its papers say, and the numbers it works by."""

    code = models.SlugField(
        _("code"), primary_key=True, max_length=40, help_text=_('Such as "kanim-semarang".')
    )
    name = models.CharField(_("name"), max_length=160)
    office_class = models.CharField(
        _("office class"), max_length=40, help_text=_('Such as "Kelas I Khusus TPI".')
    )
    province = models.ForeignKey(Area, models.PROTECT, related_name="offices", verbose_name=_("province"))
    city = models.CharField(_("place on letters"), max_length=80)
    address = models.CharField(pgettext_lazy("office", "address"), max_length=250, blank=True)
    phone = models.CharField(_("telephone of the office"), max_length=40, blank=True)
    letterhead = models.TextField(_("letterhead"), help_text=_("One line of the head of letters each."))
    timezone = models.CharField(
        _("time zone"),
        max_length=32,
        default=clocks.WIB,
        choices=list(clocks.LABELS.items()),
        help_text=_("Closes the month; Keppres 41/1987."),
    )
    verifying_tiers = models.CharField(
        _("verifying tiers"),
        max_length=40,
        default="district",
        validators=[check_tiers],
        help_text=_(
            "Who confirms a report, in order; the last one settles it. Practice: the kecamatan alone."
        ),
    )
    due_day = number(
        _("due day"), default=5, least=1, most=28,
        says=_("Day of the next month by which a village's return is due. Practice; no rule"
               " found names one."),
    )  # fmt: skip
    grace_days = number(
        _("days of grace"), default=0, least=0, most=28,
        says=_("Days after the due day on which a return still counts as on time. Practice."),
    )  # fmt: skip
    silent_days = number(
        _("days of silence"), default=3, least=1, most=30,
        says=_("Working days after which the kabupaten may confirm for a silent kecamatan. Practice."),
    )  # fmt: skip
    claim_days = number(
        _("days for a claim"), default=7, least=1, most=60,
        says=_("Days a village has to answer when two villages report one person. Practice."),
    )  # fmt: skip
    gap_days = number(
        _("days to clear a difference of lists"), default=10, least=1, most=60,
        says=_("Working days for a difference that a village or an employer is asked about."
               " Practice: two weeks."),
    )  # fmt: skip
    document_gap_days = number(
        _("days to clear a difference of documents"), default=5, least=1, most=60,
        says=_("Working days for a difference of permits or their validity: the document is at"
               " hand. Practice."),
    )  # fmt: skip
    unconfirmed_days = number(
        _("days unconfirmed"), default=60, least=1, most=366,
        says=_("Days without a sign of a resident after which the count shows them apart. Practice."),
    )  # fmt: skip
    stay_nights = number(
        _("nights of a guest"), default=30, least=1, most=366,
        says=_("Nights after which the village is asked whether a lodging's guest lives there. Practice."),
    )  # fmt: skip
    correction_days = number(
        _("days to correct a guest's data"), default=15, least=1, most=366,
        says=_("Days a lodging may set right what it entered. Practice: eVisitor's fifteen."),
    )  # fmt: skip
    suppress_below = number(
        _("smallest figure shown"), default=5, least=0, most=20,
        says=_("Smaller figures are hidden from whoever may not see names. Practice of official statistics."),
    )  # fmt: skip
    room_days = number(
        _("days a message is kept"), default=365, least=30, most=3650,
        says=_("Days after which what was written in a room is forgotten; a pinned decision"
               " stays. Practice."),
    )  # fmt: skip
    room_file_days = number(
        _("days a file in a room is kept"), default=90, least=1, most=3650,
        says=_("Days after which a file sent in a room is forgotten, unless a decision holds it. Practice."),
    )  # fmt: skip
    photos = models.BooleanField(
        _("a photo with a report"), default=False, choices=OFF_ON,
        help_text=_("Of a place or a letter. Off at first: it may show too much, a face or a passport."),
    )  # fmt: skip
    photo_days = number(
        _("days a photo is kept"), default=30, least=1, most=366,
        says=_("Days after which the photo of a report is erased; the report stays. Practice."),
    )  # fmt: skip

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("immigration office")
        verbose_name_plural = _("immigration offices")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the kabupaten and kota it answers for today, sorted."""
        live = self.jurisdictions.filter(until__isnull=True)
        return tuple(live.order_by("area_id").values_list("area_id", flat=True))

    @property
    def letterhead_lines(self) -> list[str]:
        """The lines of its letterhead, top first."""
        return letterhead.lines(self.letterhead)

    @property
    def tiers(self) -> tuple[str, ...]:
        """The tiers that verify a report, in order; the last one settles it."""
        return tuple(tier.strip() for tier in self.verifying_tiers.split(",") if tier.strip())

    @property
    def tier_names(self) -> str:
        """The verifying tiers in the reader's words."""
        return ", ".join(str(TIERS[tier]) for tier in self.tiers)

    @property
    def today(self) -> date:
        """The date at the office now."""
        return clock.localdate(timezone=ZoneInfo(self.timezone))

    @property
    def version(self) -> int:
        """Which state of the settings this is: the number of the entry that made it so."""
        entries = Entry.objects.about(f"office:{self.code}").filter(
            action__in=("office.opened", "office.changed")
        )
        found: int | None = entries.order_by("-number").values_list("number", flat=True).first()
        return found or 0

    def change(self, *, by: book.Actor, seen: int | None = None, **fields: Any) -> None:
        """Changes settings; the entry names them and keeps old and new values apart, erasable.

        Refuses unknown settings, invalid values, and a call that changes nothing. Raises Conflict where
        `seen`, the version a page showed, is no longer the present one.
        """
        with book.writing():
            self.refresh_from_db(from_queryset=Office.objects.select_for_update())
            if seen not in (None, self.version):
                sentence = _("Nothing was saved. Compare both versions, then decide on the present one.")
                raise Conflict(sentence, code="stale")
            for name in fields.keys() - SETTINGS:
                raise refuse("unknown_setting", name=name)
            before = {name: getattr(self, name) for name in fields}
            for name, value in fields.items():
                setattr(self, name, value)
            _validate(self)
            if "letterhead" in fields:
                self.letterhead = letterhead.fitted(self.letterhead)
            changed = tuple(sorted(name for name in fields if getattr(self, name) != before[name]))
            if not changed:
                raise refuse("nothing_changed")
            self.save(update_fields=changed)
            values = {name: [str(before[name]), str(getattr(self, name))] for name in changed}
            book.record(
                "office.changed", by=by, area=self.province_id, subject=f"office:{self.code}",
                fields=changed, detail=values,
            )  # fmt: skip

    def assign(self, *, by: book.Actor, area: str, since: date | None = None) -> None:
        """The office answers for a kabupaten or kota from `since` (today) on.

        Refuses an area of another tier, a retired one, and one that an office answers for already.
        """
        with book.writing():
            regency = Area.objects.live().filter(code=area, level=Level.REGENCY).first()
            if regency is None:
                raise refuse("not_a_regency")
            holder = Office.objects.of_regency(area).first()
            if holder is not None:
                raise refuse("other_office", area=regency.full_name, office=holder.name)
            self.jurisdictions.create(area=regency, since=since or regency.today)
            self.__dict__.pop("codes", None)
            book.record("office.assigned", by=by, area=area, subject=f"office:{self.code}")

    def release(self, *, by: book.Actor, area: str, until: date | None = None) -> None:
        """The office answers for the area until `until` (today), no longer. Refuses one it does not have."""
        with book.writing():
            held = self.jurisdictions.filter(area=area, until__isnull=True).first()
            if held is None:
                raise refuse("not_its_area")
            held.until = until or held.area.today
            if held.until < held.since:
                raise refuse("ends_before_start")
            held.save(update_fields=["until"])
            self.__dict__.pop("codes", None)
            book.record("office.released", by=by, area=area, subject=f"office:{self.code}")


SETTINGS = frozenset(name for field in Office._meta.fields for name in (field.name, field.attname)) - {"code"}
"""The names `Office.change` takes."""


def _validate(office: Office) -> None:
    """Turns the first fault of the fields into a refusal beside that field."""
    try:
        office.clean_fields()
    except ValidationError as fault:
        field, sentences = next(iter(fault.message_dict.items()))
        raise AreaRefusal(sentences[0], field=field, code="invalid") from fault
