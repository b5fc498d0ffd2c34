"""The forms of the team's pages, and how a verb's refusal becomes a form's error."""

from timpora.team.forms.refused import add_refusal

__all__ = ["add_refusal"]
