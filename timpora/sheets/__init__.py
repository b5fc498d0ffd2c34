"""Tables that people send and fetch: XLSX, XLS, ODS and CSV in, XLSX and CSV out. Pure, no Django.

`read` gives rows of text under the caller's own column names, and faults a person can act on; it never
raises for what a file holds. `xlsx`, `csv` and `template` give bytes whose text is never a formula.
"""

from .columns import Column
from .faults import MESSAGES, Fault, Limits
from .reading import Row, Sheet, read
from .writing import Cell, csv, template, xlsx

__all__ = ["MESSAGES", "Cell", "Column", "Fault", "Limits", "Row", "Sheet", "csv", "read", "template", "xlsx"]
