from timpora.exchange.models.batch import Batch
from timpora.exchange.models.column_map import ColumnMap
from timpora.exchange.models.comparison import Comparison
from timpora.exchange.models.gap import Gap, GapClosure
from timpora.exchange.models.match import Match
from timpora.exchange.models.reply import Reply
from timpora.exchange.models.row import Row
from timpora.exchange.models.run import Run
from timpora.exchange.models.sharing import Sharing
from timpora.exchange.models.upload import Upload, UploadPart

__all__ = [
    "Batch",
    "ColumnMap",
    "Comparison",
    "Gap",
    "GapClosure",
    "Match",
    "Reply",
    "Row",
    "Run",
    "Sharing",
    "Upload",
    "UploadPart",
]
