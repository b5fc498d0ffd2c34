"""Lodgings, their guests, and what their own systems send with."""

from timpora.stays.models.guest import Guest
from timpora.stays.models.lodging import KEEPERS, Lodging
from timpora.stays.models.sending import GuestRefused, Sending
from timpora.stays.models.stay import Stay
from timpora.stays.models.token import Token
from timpora.stays.models.word import Word

__all__ = ["KEEPERS", "Guest", "GuestRefused", "Lodging", "Sending", "Stay", "Token", "Word"]
