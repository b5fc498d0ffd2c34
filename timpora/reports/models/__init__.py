from timpora.reports.models.draft import Draft
from timpora.reports.models.photo import Photo
from timpora.reports.models.queryset import AlreadyReported
from timpora.reports.models.report import Report
from timpora.reports.models.review import Review
from timpora.reports.models.waiting import Waiting

__all__ = ["AlreadyReported", "Draft", "Photo", "Report", "Review", "Waiting"]
