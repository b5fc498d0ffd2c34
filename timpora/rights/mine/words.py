"""The texts of lower layers that these pages show, so that their catalogues hold them in every language.

The layers themselves speak Indonesian and English. What stands on a page of theirs and is neither here nor
in a template of theirs fails tests/rights/test_languages.py, which renders every page in every language.
"""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

N_ = str  # marks a msgid for extraction

SHELL = (
    N_("Skip to the content"),
    N_("Demonstration: every person here is invented."),
    N_("Please look at this once more; nothing was saved yet"),
    N_("(optional)"),
    pgettext_lazy("date", "Day"),
    pgettext_lazy("date", "Month"),
    pgettext_lazy("date", "Year"),
)
FIELDS = (
    N_("name as printed"),
    N_("given names"),
    N_("family name"),
    N_("sex"),
    N_("date of birth"),
    N_("place of birth"),
    N_("nationality"),
    N_("nationality as written"),
    N_("address"),
    N_("purpose"),
    N_("document"),
    N_("issued by"),
    N_("document number"),
    N_("document valid until"),
    N_("stay permit"),
    N_("permit index"),
    N_("permit number"),
    N_("stay permitted until"),
    N_("visa valid until"),
    N_("employer"),
    N_("job"),
    N_("place of work"),
    N_("RPTKA from"),
    N_("RPTKA until"),
    N_("guarantor status"),
    N_("guarantor"),
    N_("parent"),
)
VALUES = (
    N_("female"),
    N_("male"),
    N_("unspecified"),
    N_("passport"),
    N_("population number (NIK)"),
    N_("residence certificate (SKTT)"),
    N_("foreign resident's e-ID (KTP-el OA)"),
    N_("UNHCR card"),
    N_("police report receipt (STM)"),
    N_("other document"),
    N_("present"),
    N_("not required"),
    N_("not known"),
    N_("Visit stay permit"),
    N_("Limited stay permit"),
    N_("Permanent stay permit"),
    N_("Diplomatic stay permit"),
    N_("Official stay permit"),
    N_("Refugee or asylum seeker (UNHCR card)"),
    N_("Other"),
    N_("Not known yet"),
)
SOURCES = (
    N_("village report"),
    N_("monthly return"),
    N_("agency list"),
    N_("lodging"),
    N_("officer's correction"),
)
POSTS = (
    N_("Village officer"),
    N_("District secretary"),
    N_("Regency secretary"),
    N_("Immigration officer"),
    N_("Chair"),
    N_("Agency contributor"),
    N_("Lodging"),
    N_("Province or national reader"),
    N_("Data-protection officer"),
    N_("Auditor"),
    N_("System operator"),
)
PURPOSES = (
    N_("verify identity with the document at hand"),
    N_("write an official letter"),
    N_("compare with another agency's list"),
    N_("answer the person's own request"),
)
REQUESTS = (
    N_("a change of address"),
    N_("a correction"),
    N_("a copy of everything that is held"),
    N_("an objection"),
    N_("passed on as a report, to be verified"),
    N_("done as asked"),
    N_("left as it is"),
    N_("Several requests of yours still wait. Please wait for an answer first."),
    N_("Please write what you ask for."),
    N_("Please choose what you ask for."),
    N_("Please write at most 1,000 characters."),
    N_("Nothing is registered that could be asked about here. Please ask the immigration office."),
    N_("This does not fit, or the link is no longer valid. Please look at your document once more, or ask the"
       " office for a new link."),
)  # fmt: skip
