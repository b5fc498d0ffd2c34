from timpora.papers.models.paper import Content, Paper
from timpora.papers.models.series import Series
from timpora.papers.models.signing_key import SigningKey

__all__ = ["Content", "Paper", "Series", "SigningKey"]
