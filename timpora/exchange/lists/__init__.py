"""Lists that agencies hold, read as they are: columns recognised, values normalised, every fault named. Pure.

`inspect` looks at a file so that somebody can confirm its columns, `read` gives its lines under a confirmed
mapping, `eitas.of_text` and `eitas.of_pdf` make one line of an e-ITAS. Nothing is stored and nothing raises
for what a file holds.
"""

from .faults import FATAL, FILE, LIMITS, NOTES, REMEDIES, Fault, LineFault, Note
from .kinds import KINDS, ListKind
from .lines import Line
from .mapping import ListHeading
from .reading import Draft, Inspection, SheetSize, inspect, read

__all__ = [
    "FATAL",
    "FILE",
    "KINDS",
    "LIMITS",
    "NOTES",
    "REMEDIES",
    "Draft",
    "Fault",
    "Inspection",
    "Line",
    "LineFault",
    "ListHeading",
    "ListKind",
    "Note",
    "SheetSize",
    "inspect",
    "read",
]
