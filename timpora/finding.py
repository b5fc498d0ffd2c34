"""One answer of `timpora doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One check's answer: `ok` True or False, or None for something merely worth knowing."""

    ok: bool | None
    says: str
    remedy: str = ""
