"""What each role does, sees and never sees, in the words of its page "Your role"."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from timpora.team.roles import Role

Words = tuple[str | Promise, ...]


class RoleWords(NamedTuple):
    """A role in three lists of sentences."""

    does: Words
    sees: Words
    never: Words


_NO_FIELD_CHECKS = _("You do not check papers in the field: that needs an order of Immigration"
                     " (Permenimipas 2/2025, Pasal 30).")  # fmt: skip
_FIGURES = _("The figures of your area, without names.")
_NO_NAMES = _("Names, addresses or numbers of persons.")
_DEPARTED = _("Who lived in your area last and lives nowhere that is known, marked so.")
_NO_OFFICERS = _("Which officer looked: only the post is shown.")

WORDS: dict[str, RoleWords] = {
    Role.VILLAGE: RoleWords(
        does=(
            _("You report who lives in your village, who arrives, moves or leaves."),
            _("You answer the return every month, person by person, or sign nihil."),
            _("You answer when another village reports a resident of yours."),
            _NO_FIELD_CHECKS,
        ),
        sees=(_("Residents of your own village: name, nationality, address, purpose, and where the record"
                " stands."),),
        never=(
            _("Birth dates and document numbers, once they are sent."),
            _("People of other villages; whether somebody is registered elsewhere."),
        ),
    ),
    Role.DISTRICT: RoleWords(
        does=(
            _("You confirm the reports of your villages, send back what is unclear, and refuse what is"
              " not so."),
            _("You decide who is who where two villages of your kecamatan report one person."),
            _("You hand out slips to the officers of your villages."),
            _NO_FIELD_CHECKS,
        ),
        sees=(_("Residents of your kecamatan: what the village sees, and the birth date."), _DEPARTED),
        never=(_("Document and permit numbers after a report is decided."), _("People of other kecamatan.")),
    ),
    Role.SECRETARY: RoleWords(
        does=(
            _("You decide where kecamatan of your kabupaten disagree, and confirm for a kecamatan that is"
              " vacant or silent."),
            _("You keep the team, its posts and its decree."),
            _("You correct values with a reason; what was said before stays."),
        ),
        sees=(_("Residents of your kabupaten with permits and documents; numbers masked. A number opens"
                " for a stated purpose and is noted."), _DEPARTED),
        never=(_("People of other kabupaten."), _NO_OFFICERS),
    ),
    Role.IMMIGRATION: RoleWords(
        does=(
            _("You decide where kabupaten of your office disagree, and confirm where every tier below is"
              " vacant."),
            _("You follow up stay permits that end, through the guarantor first."),
        ),
        sees=(_("Residents of your office's area with permits and documents; numbers masked. A number"
                " opens for a stated purpose and is noted."), _DEPARTED),
        never=(_("People of other offices' areas."), _NO_OFFICERS),
    ),
    Role.CHAIR: RoleWords(
        does=(
            _("You lead the team and answer for it."),
            _("You see who looked at a person's record, by post, and ask when something is unclear."),
        ),
        sees=(
            _("Residents of your office's area with permits and documents; numbers masked. A number opens"
              " for a stated purpose and is noted."),
            _DEPARTED,
            _("Who looked, when and what for, by post."),
        ),
        never=(_("People of other offices' areas."), _("The names of the officers who looked.")),
    ),
    Role.CONTRIBUTOR: RoleWords(
        does=(_("You bring your agency's list; the exchange of lists opens with a later version."),),
        sees=(_FIGURES,),
        never=(_NO_NAMES,),
    ),
    Role.COUNTS: RoleWords(
        does=(_("You read the figures of your area and compare them."),),
        sees=(_FIGURES, _("No village figure under 5: few people would be recognised.")),
        never=(_NO_NAMES,),
    ),
    Role.PROTECTION: RoleWords(
        does=(
            _("You watch that searching stays within what the work needs, and ask when it does not."),
            _("You check the ledger's chain."),
        ),
        sees=(_("The ledger: acts, posts, areas, times and field names, without values."),
              _("Who searches or opens unusually much.")),
        never=(_NO_NAMES, _("What was searched for.")),
    ),
    Role.AUDITOR: RoleWords(
        does=(_("You read what was done and by which post, and check the ledger's chain."),),
        sees=(_("The ledger: acts, posts, areas, times and field names, without values."),),
        never=(_NO_NAMES, _("What was searched for.")),
    ),
    Role.OPERATOR: RoleWords(
        does=(
            _("You set up the office, keep posts and slips, and see that the system runs and is backed up."),
        ),
        sees=(_("Posts, members and settings."), _FIGURES),
        never=(_NO_NAMES,),
    ),
    Role.LODGING: RoleWords(
        does=(
            _("You enter your foreign guests when they come and when they leave; in a house where people live"
              " that is the report of an arrival, which the kecamatan confirms."),
            _("You give data when an officer asks (UU 6/2011, Pasal 72)."),
        ),
        sees=(_("Your own guests, and the receipts of what you entered."),),
        never=(_("Guests of other lodgings, and whether somebody is registered anywhere."),),
    ),
}  # fmt: skip
COMMON: Words = (
    _("Nobody confirms what they submitted, under whichever post."),
    _("Work belongs to the post: a new holder finds it where the old one left it, and the old one loses"
      " access at once."),
    _("While a post is vacant the next tier up takes its part, and the record says so."),
    _("A deputy (Plt or Plh) acts with the same rights until the last day of the letter."),
    _("Every search and every opened page is noted: post, time and area."),
)  # fmt: skip
