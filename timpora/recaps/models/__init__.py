from timpora.recaps.models.answer import Answer
from timpora.recaps.models.monthly_return import NilRefused, Return

__all__ = ["Answer", "NilRefused", "Return"]
