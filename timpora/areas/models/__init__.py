"""Areas, the changes they went through, the offices and what each answers for."""

from timpora.areas.models.area import Area, AreaQuerySet
from timpora.areas.models.change import AreaChange, ChangeKind
from timpora.areas.models.fields import CodeField
from timpora.areas.models.jurisdiction import Jurisdiction, office_of
from timpora.areas.models.office import Office

__all__ = [
    "Area",
    "AreaChange",
    "AreaQuerySet",
    "ChangeKind",
    "CodeField",
    "Jurisdiction",
    "Office",
    "office_of",
]
