"""What the law says about this work, and what nobody has found in it yet; shown one tap from every page.

Every sentence names its source. Where a rule could not be read, the page says so instead of guessing.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Basis(NamedTuple):
    """One rule: where it stands, what it says, and how sure that is ("" where the text itself was read)."""

    source: str
    says: str | Promise
    doubt: str | Promise = ""


TEAM = (
    Basis("UU 6/2011, Pasal 69", _("The Minister forms Tim Pora from central and regional agencies.")),
    Basis(
        "Permenimipas 2/2025, Pasal 53",
        _("Tim Pora exchanges data between agencies, gathers information on the presence of foreign"
          " nationals from the village up to the province, evaluates it, draws the supervision map and"
          " plans joint operations. It advises; it has no power to sanction."),
    ),
    Basis(
        "Permenimipas 2/2025, Pasal 30",
        _("Field supervision of a foreign national needs an order (surat perintah) of the Immigration"
          " officer in charge. A village or kecamatan does not check people in the field on its own."),
    ),
    Basis(
        "Permenimipas 2/2025, Pasal 59",
        _("Administrative action is decided after a case hearing by the competent Immigration officer,"
          " never in this register."),
    ),
)  # fmt: skip
RECORD = (
    Basis(
        "UU 6/2011, Pasal 71",
        _("Foreign nationals tell the immigration office of changes of family, work, guarantor and address."),
        _("read in a summary, not in the law itself"),
    ),
    Basis(
        "UU 6/2011, Pasal 72",
        _("Whoever gives lodging hands over data when an officer asks for it. The law asks for it on"
          " request; it sets no duty to report within 24 hours."),
    ),
    Basis("UU 6/2011, Pasal 73", _("Diplomats and their families are outside this. They are not registered"
                                   " here.")),
    Basis(
        "PP 31/2013, Pasal 188",
        _("Names the kind of data that may be asked: name, birth, nationality, travel document, address."
          " Timpora keeps no more than that, the permit, the guarantor and the source."),
        _("the list was read in part"),
    ),
    Basis(
        "UU 27/2022, Pasal 20(2)",
        _("Data are kept for a task in the public interest, not by consent. Everyone may ask what is held"
          " about them (Pasal 7) and have it corrected (Pasal 6)."),
    ),
)  # fmt: skip
UNCERTAIN = (
    _("How often a village reports, by which day, and how often the team meets: no rule was found. The"
      " month, the due day and the days of silence are practice, and settings of each office."),
    _("Who sits in the team on each tier: the text of 2025 was not found. Each team rests on its own"
      " decree."),
    _("Whether Permenkumham 50/2016 on Tim Pora still applies beside Permenimipas 2/2025."),
    _("What form the supervision map must have."),
)  # fmt: skip
