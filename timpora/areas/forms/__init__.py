"""A field for an area, and the forms of this app's pages."""

from timpora.areas.forms.change import ChangeForm
from timpora.areas.forms.field import AreaField, AreaInput
from timpora.areas.forms.office import JurisdictionForm, OfficeForm

__all__ = ["AreaField", "AreaInput", "ChangeForm", "JurisdictionForm", "OfficeForm"]
