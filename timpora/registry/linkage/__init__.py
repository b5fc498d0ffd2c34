"""Whether two descriptions may be one person. Pure, no Django: the same weights online and in batch."""

from .proposing import WORDS, Certainty, Evidence, Outcome, Profile, Proposal, propose

__all__ = ["WORDS", "Certainty", "Evidence", "Outcome", "Profile", "Proposal", "propose"]
