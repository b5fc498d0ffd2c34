"""What a zone says in the register's own words: its fields, states by our codes, and what it can't tell."""

from __future__ import annotations

from dataclasses import dataclass

from timpora.registry import nations
from timpora.registry.nations import Nation

from .reading import Reading

# Second letters of passports: PD is diplomatic; PO and PS official or service passports (Doc 9303 part 4,
# section 4.2.2.3), but China prints PO and Korea PS on ordinary ones. So the latter are only asked about.
_DIPLOMATIC = "D"
_OFFICIAL = "OS"
_ORDINARY = {("O", "CHN"), ("S", "KOR")}
_COMPARED = {"document_number": "document_number", "names": "names", "nationality": "nationality",
             "issuing_state": "document_issuer"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say of a zone: `code` names the sentence, `field` is one of the register's."""

    code: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A character for a person to compare: the `place`-th (from 1) of a field of the register."""

    field: str
    place: int
    read: str
    others: str


def service(reading: Reading) -> str:
    """ "diplomatic", "official" (to be asked about) or "" for a document of anybody."""
    kind, state = reading.fields["document_code"][1:], reading.fields["issuing_state"]
    if kind == _DIPLOMATIC:
        return "diplomatic"
    return "official" if kind and kind in _OFFICIAL and (kind, state) not in _ORDINARY else ""


def values(reading: Reading) -> dict[str, str]:
    """The fields of the register that it fills; none of a diplomat's, none whose check digit disagrees."""
    if service(reading) == "diplomatic":
        return {}
    fields = reading.fields
    primary, secondary = fields["primary_identifier"], fields["secondary_identifier"]
    found = {
        "names": f"{primary} {secondary}".strip(),
        "nationality": _code(_nation(fields["nationality"])),
        "sex": "X" if fields["sex"] in ("", "X") else fields["sex"] if fields["sex"] in "MF" else "",
        "birth_date": reading.birth,
    } | (_visa(reading) if reading.format.startswith("MRV") else _document(reading))
    if secondary:
        found |= {"family": primary, "given": secondary}
    faulty = {"birth_date" if fault == "date_of_birth" else fault for fault in reading.faults}
    faulty |= {"document_until", "visa_until"} if "date_of_expiry" in faulty else set()
    return {name: value for name, value in found.items() if value and name not in faulty}


def notes(reading: Reading) -> list[Note]:
    """What whoever reads the fields has to know."""
    if service(reading) == "diplomatic":
        return [Note("diplomatic")]
    found = [
        Note(fault if fault == "composite" else "fault", _field(reading, fault)) for fault in reading.faults
    ]
    if "nationality" not in values(reading):
        found.append(Note("state", "nationality", reading.fields["nationality"]))
    found += [Note("official")] if service(reading) else []
    found += [Note("visa")] if reading.format.startswith("MRV") else []
    found += [Note("truncated", "names")] if reading.truncated else []
    return found


def compared(reading: Reading) -> list[Compared]:
    """The characters to compare in the fields that are filled."""
    filled = values(reading)
    return [
        Compared(_COMPARED[mark.field], mark.place + 1, mark.read, mark.others)
        for mark in reading.unclear
        if _COMPARED.get(mark.field) in filled
    ]


def _document(reading: Reading) -> dict[str, str]:
    return {
        "document_kind": "passport" if reading.fields["document_code"][0] == "P" else "other",
        "document_issuer": _code(_nation(reading.fields["issuing_state"])),
        "document_number": reading.fields["document_number"].replace("<", " "),
        "document_until": reading.expiry if len(reading.expiry) == 10 else "",
    }


def _visa(reading: Reading) -> dict[str, str]:
    """A visa's number may be its own or the passport's, as its state likes (part 7): it is left out."""
    return {"visa_until": reading.expiry if len(reading.expiry) == 10 else ""}


def _nation(code: str) -> Nation | None:
    found = nations.find(code) if code else None
    return None if found is None or found.kind == "organization" else found


def _code(nation: Nation | None) -> str:
    return nation.code if nation else ""


def _field(reading: Reading, fault: str) -> str:
    until = "visa_until" if reading.format.startswith("MRV") else "document_until"
    return {"date_of_birth": "birth_date", "date_of_expiry": until}.get(fault, fault)
