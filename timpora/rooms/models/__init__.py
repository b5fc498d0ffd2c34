from timpora.rooms.models.attachment import Attachment, AttachmentBody
from timpora.rooms.models.audience import Audience
from timpora.rooms.models.binding import Binding
from timpora.rooms.models.binding_code import BindingCode
from timpora.rooms.models.incoming import Incoming
from timpora.rooms.models.line_count import LineCount
from timpora.rooms.models.line_number import LineNumber
from timpora.rooms.models.mention import Mention
from timpora.rooms.models.message import Message
from timpora.rooms.models.notice import Notice
from timpora.rooms.models.outgoing import Outgoing
from timpora.rooms.models.pin import Pin
from timpora.rooms.models.preference import Preference
from timpora.rooms.models.prompt import Prompt
from timpora.rooms.models.reading import Reading
from timpora.rooms.models.room import Room
from timpora.rooms.models.thread import Thread
from timpora.rooms.models.wording import Wording

__all__ = [
    "Attachment",
    "AttachmentBody",
    "Audience",
    "Binding",
    "BindingCode",
    "Incoming",
    "LineCount",
    "LineNumber",
    "Mention",
    "Message",
    "Notice",
    "Outgoing",
    "Pin",
    "Preference",
    "Prompt",
    "Reading",
    "Room",
    "Thread",
    "Wording",
]
