"""The forms of lists: the record, the file, the columns, a reason."""

from timpora.exchange.forms.comparing import ClosureForm, ComparingForm, NoteForm, PurposeForm
from timpora.exchange.forms.mapping import MappingForm
from timpora.exchange.forms.reason import ReasonForm
from timpora.exchange.forms.sharing import SharingForm
from timpora.exchange.forms.upload import UploadForm

__all__ = [
    "ClosureForm",
    "ComparingForm",
    "MappingForm",
    "NoteForm",
    "PurposeForm",
    "ReasonForm",
    "SharingForm",
    "UploadForm",
]
