"""The language of the command line: English where the operator's environment says so, else Indonesian.

What is said through Django follows because `cli` activates it. What goes wrong before or while the settings
are read asks the same catalogue here, without Django.
"""

import gettext as catalogues
import os
from pathlib import Path

# POSIX.1-2017, 8.2: the first of these that is set and not empty decides.
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
LOCALE = Path(__file__).resolve().parent / "locale"


def of_the_environment() -> str:
    """ "en" or "id"."""
    chosen = next(filter(None, map(os.environ.get, VARIABLES)), "")
    return "en" if chosen.lower().startswith("en") else "id"


def gettext(sentence: str) -> str:
    """`sentence` in the language of the environment."""
    chosen = [of_the_environment()]
    return catalogues.translation("django", LOCALE, chosen, fallback=True).gettext(sentence)
