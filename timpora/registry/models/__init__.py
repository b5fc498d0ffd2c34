from timpora.registry.models.agreement import Agreement
from timpora.registry.models.claim import Claim
from timpora.registry.models.decision import Decision, Proposal
from timpora.registry.models.disclosure import Disclosure
from timpora.registry.models.distinct import Distinct
from timpora.registry.models.document import IdentityDocument
from timpora.registry.models.employment import Employment
from timpora.registry.models.family import FamilyLink
from timpora.registry.models.freeze import Freeze
from timpora.registry.models.guarantor import Guarantor
from timpora.registry.models.merger import Merger
from timpora.registry.models.opening import Opening
from timpora.registry.models.origin import Origin
from timpora.registry.models.permit import StayPermit
from timpora.registry.models.person import Person
from timpora.registry.models.person_key import PersonKey
from timpora.registry.models.request import Request, RequestClosure
from timpora.registry.models.residence import Residence
from timpora.registry.models.statement import Statement
from timpora.registry.models.tally import Delta, Tally

__all__ = [
    "Agreement",
    "Claim",
    "Decision",
    "Delta",
    "Disclosure",
    "Distinct",
    "Employment",
    "FamilyLink",
    "Freeze",
    "Guarantor",
    "IdentityDocument",
    "Merger",
    "Opening",
    "Origin",
    "Person",
    "PersonKey",
    "Proposal",
    "Request",
    "RequestClosure",
    "Residence",
    "Statement",
    "StayPermit",
    "Tally",
]
