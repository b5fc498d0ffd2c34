"""Finding persons: only those of the mandate's own area, whatever was typed, and noted in the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from timpora import vault
from timpora.areas.models import Area
from timpora.desk.query import Query
from timpora.ledger import book
from timpora.registry import names, permits
from timpora.registry.models import Disclosure, Person, Residence, Statement, StayPermit
from timpora.registry.models.person import PersonQuerySet
from timpora.team.models import Mandate

NEAR = 78  # of 100: one letter in five may differ when nothing is written exactly so
AT_MOST = 50_000  # names compared letter by letter; beyond that the words must begin alike
SOURCES = {
    "laporan": "report", "desa": "report", "report": "report", "bulanan": "return", "return": "return",
    "daftar": "row", "list": "row", "penginapan": "stay", "petugas": "officer", "officer": "officer",
}  # fmt: skip


class Search:
    """One search under one mandate. `persons` holds what was found, `notes` what to tell the reader about
    it.
    """

    def __init__(self, query: Query, by: Mandate) -> None:
        self.query, self.by = query, by
        self.notes: list[str] = [
            _("“%(word)s” was not understood and left out.") % {"word": w} for w in query.unread
        ]
        self.is_near = False
        self.is_departed = query.departed and by.sight.departed
        persons = self._permitted(self._placed(self._living()))
        named = self._named(persons).with_home().order_by("names", "pk")
        self.persons = named.with_departure() if self.is_departed else named

    def _living(self) -> PersonQuerySet:
        """The residents of the area; on request those who lived there last, for posts that see them."""
        if self.query.departed and not self.is_departed:
            self.notes.append(_("Who lives here no more is not open to your post; that part was left out."))
        persons = Person.objects
        found: PersonQuerySet = (
            persons.departed_from(self.by) if self.is_departed else persons.residents_of(self.by)
        )
        return found

    def _placed(self, persons: PersonQuerySet) -> PersonQuerySet:
        if not self.query.village:
            return persons
        found = Area.objects.search(self.query.village, under=self.by.codes, limit=5)
        if not found:
            self.notes.append(_("There is no such village in your area."))
        homes = Residence.objects.departures() if self.is_departed else Residence.objects.current()
        return persons.filter(
            Exists(homes.under(*(area.code for area in found)).filter(person=OuterRef("pk")))
        )

    def _permitted(self, persons: PersonQuerySet) -> PersonQuerySet:
        """Narrowed by permit, end and source, for posts that see these; others are told so."""
        query = self.query
        if not self.by.sight.numbers:
            if query.permit or query.source or query.ends_within is not None:
                self.notes.append(_("Permits and sources are not open to your post; that part was left out."))
            return persons
        if query.permit:
            kind = permits.kind(query.permit)
            index = StayPermit.objects.filter(person=OuterRef("pk"), index__istartswith=query.permit)
            persons = persons.filter(permit_kind__iexact=kind.code) if kind else persons.filter(Exists(index))
        if query.ends_within is not None:
            persons = persons.filter(_ending(query.ends_within, self.by))
        if query.source:
            said = Q(agency__code__iexact=query.source) | Q(agency__short__iexact=query.source)
            said |= Q(source=SOURCES.get(query.source.casefold(), "-"))
            persons = persons.filter(Exists(Statement.objects.filter(said, person=OuterRef("pk"))))
        return persons

    def _named(self, persons: PersonQuerySet) -> PersonQuerySet:
        query = self.query
        if query.born and self.by.sight.birth_date:
            persons = persons.filter(birth_date__startswith=str(query.born))
        elif query.born:
            self.notes.append(_("Birth dates are not open to your post; the year was left out."))
        words = names.tokens(" ".join(query.words))
        if not words:
            return persons
        exact = persons
        for word in words:
            exact = exact.filter(Q(name_key__startswith=word) | Q(name_key__contains=f" {word}"))
        if exact.exists():
            return exact
        like = [pk for pk, key in persons.values_list("pk", "name_key")[:AT_MOST] if _alike(words, key)]
        self.is_near = bool(like)
        return persons.filter(pk__in=like[:200])

    def record(self) -> None:
        """Notes the search in the ledger; what was typed stands in the erasable part only."""
        with book.writing():
            book.record("person.searched", by=self.by, area=place_of(self.by), fields=self.query.filters,
                        detail={"terms": self.query.text})  # fmt: skip


def by_number(*, by: Mandate, kind: str, issuer: str, number: str, purpose: str) -> Person | None:
    """The person of the mandate's area who has exactly this document; None says nothing of other areas.

    The number itself is not kept: what the ledger notes is that somebody looked, and what for.
    """
    if purpose not in Disclosure.Purpose.values:
        raise ValueError("a search by number needs its purpose")
    key = vault.current().key_for(kind, issuer, number)
    person: Person | None = Person.objects.visible_to(by).filter(documents__number_key=key).first()
    with book.writing():
        book.record("search.by_number", by=by, area=place_of(by), fields=("document_number",),
                    detail={"purpose": purpose})  # fmt: skip
    return person


def place_of(mandate: Mandate) -> str:
    """The area an act of this mandate belongs to when it is about no single area: its own, or its
    province.
    """
    post = mandate.post
    return post.office.province_id if post.office else str(post.area_id)


def _ending(days: int, by: Mandate) -> Q:
    today = by.post.today
    if days == 0:
        return Q(permit_until__gt="", permit_until__lt=str(today))
    return Q(permit_until__gte=str(today), permit_until__lte=str(today + timedelta(days=days)))


def _alike(words: list[str], key: str) -> bool:
    """Whether every word is nearly some word of the name, or all of them together nearly the whole name."""
    parts: list[Any] = key.split()
    if all(max((fuzz.ratio(word, part) for part in parts), default=0) >= NEAR for word in words):
        return True
    return fuzz.ratio("".join(sorted(words)), "".join(parts)) >= NEAR + 7
