from timpora.rooms.models.notice import Notice
from timpora.rooms.models.preference import Preference

__all__ = ["Notice", "Preference"]
