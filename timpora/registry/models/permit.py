from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from timpora.registry import sealed
from timpora.registry.fields import PERMIT
from timpora.registry.models.settled import Values, keep
from timpora.registry.models.statement import Statement


class StayPermitQuerySet(models.QuerySet["StayPermit"]):
    def settle(self, person: Any, statements: Iterable[Statement], *, new: bool = False) -> None:
        """One row for each permit, with what was said of it last; `statements` come in their order."""
        said: list[_Permit] = []
        for statement in statements:
            values = tuple(statement.values.get(field, "") for field in PERMIT)
            if any(values):
                spoken_of = next((one for one in reversed(said) if one.is_meant(statement, values)), None)
                said = [one for one in said if one is not spoken_of]
                said.append(spoken_of.told(statement, values) if spoken_of else _first(statement, values))
        wanted = {_alike(one.values): (one.statement, one.values) for one in said}
        columns = tuple(field.removeprefix("permit_") for field in PERMIT)
        keep(self.model, person, wanted, columns, new=new, alike=_alike)

    def newest_first(self) -> StayPermitQuerySet:
        """The permit spoken of last ahead: the one that figures use."""
        return self.order_by("-statement__as_of", "-statement__said_at", "-statement")


class StayPermit(models.Model):
    """A permission to stay, as said last. Visa validity (the window to enter) is another date."""

    person = models.ForeignKey("registry.Person", on_delete=models.CASCADE, related_name="permits")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="permits")
    kind = models.CharField(_("kind"), max_length=12, blank=True)  # a source may know a date or number only
    index = models.CharField(_("index"), max_length=20, blank=True)
    number = models.CharField(max_length=400, blank=True)  # sealed
    until = models.CharField(_("stay permitted until"), max_length=10, blank=True)
    visa_until = models.CharField(_("visa valid until"), max_length=10, blank=True)

    objects: ClassVar[Any] = StayPermitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["until"], name="permit_until")]

    def __str__(self) -> str:
        return f"{self.kind} of person {self.person_id}"


@dataclass(frozen=True)
class _Permit:
    """A permit as it stands after some statements: what was said last, and all that was ever said of it."""

    statement: Statement
    values: Values
    ever: frozenset[Values]

    def is_meant(self, statement: Statement, values: Values) -> bool:
        """Whether these values speak of this permit: nothing new of it, or of the same kind and number.

        An officer's correction carries the group whole, and so means the number, whatever kind it is now;
        without any number it means the permit that was spoken of last.
        """
        said, corrects = _alike(values), statement.source == Statement.Source.OFFICER
        if not said[NUMBER] and corrects:
            return True
        same_number = said[NUMBER] and said[NUMBER] == _alike(self.values)[NUMBER]
        if same_number and (corrects or said[KIND] == self.values[KIND]):
            return True
        return any(all(new in ("", old) for old, new in zip(was, said, strict=True)) for was in self.ever)

    def told(self, statement: Statement, values: Values) -> _Permit:
        """The same after one more statement: what it leaves empty stands."""
        merged = tuple(new or old for old, new in zip(self.values, values, strict=True))
        return _Permit(statement, merged, self.ever | {_alike(values), _alike(merged)})


KIND, NUMBER = PERMIT.index("permit_kind"), PERMIT.index("permit_number")


def _first(statement: Statement, values: Values) -> _Permit:
    return _Permit(statement, values, frozenset({_alike(values)}))


def _alike(values: Values) -> Values:
    """The values with the number as it is compared: sealed twice, one number looks like two."""
    return (*values[:NUMBER], sealed.comparable("permit_number", values[NUMBER]), *values[NUMBER + 1 :])
