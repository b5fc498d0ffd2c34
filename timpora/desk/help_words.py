"""A few sentences of help for each page, by the page's name; the rest have the general ones."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = tuple[str | Promise, ...]

GENERAL: Words = (
    _(
        "The first page shows what waits for you. Begin there; when nothing waits, there is nothing you"
        " missed."
    ),
    _("At the top right stands the post you act for. Whoever holds several switches there."),
    _(
        "“Nihil” is a signed word: you saw that no foreign national lives here. Saying nothing is silence,"
        " not nihil."
    ),
)
TOPICS: dict[str, tuple[str | Promise, Words]] = {
    "desk:home": (_("The first page"), GENERAL),
    "desk:search": (
        _("Searching"),
        (
            _("Write any part of the name, in any order; a small slip of spelling is forgiven."),
            _("Filters narrow it down: desa:, and for posts that see permits izin:, berakhir:<30h and"
              " sumber:."),
            _("You find people of your own area only. Finding nobody says nothing about other areas."),
        ),
    ),
    "desk:person": (
        _("A person's page"),
        (
            _("Each value names who said it and as of when. Where two sources differ, the newer one is"
              " shown first."),
            _("A date that has passed is no offence: it is what the source said on its day. Ask the"
              " source first."),
            _("Opening this page is noted with your post and the time."),
        ),
    ),
    "desk:duplicates": (
        _("One person, two records"),
        (
            _("Somebody reported twice may stand here twice. Compare what is known, and look at the documents"
              " where you can."),
            _("Nothing is joined by itself. A decision can be taken back; then both records are as before."),
        ),
    ),
    "desk:correct": (
        _("Correcting a value"),
        (
            _("Write only what you know better, and why. What was said before stays beside it."),
            _("Someone who moved or left is not a correction: the village reports it."),
        ),
    ),
    "reports:new": (
        _("Reporting"),
        (
            _("Name and nationality are enough to begin; leave out what you do not know."),
            _("Copy the name as it is printed, even if it is one word."),
            _("Diplomats are not reported. Children and refugees are, like anyone else."),
        ),
    ),
    "reports:waiting": (
        _("Confirming"),
        (
            _("Confirm what you have reason to believe: the village is asked, not the person."),
            _("Send back with a question when something is unclear; the village answers with a new report."),
            _("If a report may speak of someone already registered, your confirmation is kept and the"
              " identity is decided next."),
        ),
    ),
    "recaps:return": (
        _("The month's return"),
        (
            _("Answer for each resident: still here, moved, left. Nothing is preselected, because your"
              " word counts."),
            _("Nihil can be signed from the last day of the month, when nobody lives here and nothing is"
              " open."),
        ),
    ),
    "desk:ledger": (
        _("The ledger"),
        (
            _("Each entry says what was done, by which post, where and when; names and search terms are"
              " not in it."),
            _("Every entry carries the digest of the one before. Note the head's digest elsewhere: a"
              " shortened or changed ledger no longer fits it."),
        ),
    ),
    "stays:new": (
        _("Checking guests in"),
        (
            _("Copy what stands in the passport; of the birth date the year alone is fine."),
            _("A child that stands in a parent's passport is entered with the parent's name and no number."),
            _("What was entered wrongly can be set right or taken back for some days; nothing is lost."),
        ),
    ),
    "rooms:notices": (
        _("Notices"),
        (_("Notices belong to the post. They say that something waits, never about whom."),),
    ),
}  # fmt: skip
