"""The forms of a report, and of what a tier says of one."""

from timpora.reports.forms.more import MORE
from timpora.reports.forms.new import ReportForm
from timpora.reports.forms.resident import ResidentForm
from timpora.reports.forms.reviewing import ReasonForm

__all__ = ["MORE", "ReasonForm", "ReportForm", "ResidentForm"]
