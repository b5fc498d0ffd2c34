"""Members by the hundred, from a spreadsheet: what a row means, what it would change, and doing it."""

from timpora.team.roster.columns import COLUMNS, LIMITS, blank
from timpora.team.roster.planning import Line, Outcome, Plan
from timpora.team.roster.sealed import Expired, opened, sealed

__all__ = ["COLUMNS", "LIMITS", "Expired", "Line", "Outcome", "Plan", "blank", "opened", "sealed"]
