from timpora.papers.models.paper import Content, Paper
from timpora.papers.models.series import Series

__all__ = ["Content", "Paper", "Series"]
