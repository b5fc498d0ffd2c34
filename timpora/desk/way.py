"""The way a person's page was come to: from which page of ours, never what was typed or searched there.

It is the reason for a plain look that nobody is asked for. A browser names the page it comes from to our
own pages alone (SECURE_REFERRER_POLICY) and may withhold it: this explains a look, it proves nothing.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

WORDS = {
    "search": _("from the search"),
    "list": _("from the list of residents"),
    "review": _("while working on a report"),
    "identity": _("while deciding whom a report speaks of"),
    "request": _("while answering what they asked"),
    "claim": _("while settling where somebody is counted"),
    "register": _("from the village register"),
    "link": _("from another page"),
    "direct": _("opened directly"),
}
# The pages of each way, by the name of their address; an app stands for those of its pages not named here.
PAGES = {
    "desk:search": "search",
    "desk:search_number": "search",
    "desk:home": "list",
    "recaps": "list",
    "reports:identities": "identity",
    "reports:identity": "identity",
    "reports:register": "register",
    "reports": "review",
    "desk:duplicates": "identity",
    "desk:beside": "identity",
    "exchange:undecided": "identity",
    "exchange:identity": "identity",
    "rights:requests": "request",
    "rights:request": "request",
    "registry:claims": "claim",
    "registry:claim": "claim",
}


def way_of(request: HttpRequest) -> str:
    """A key of WORDS: the page of ours the browser says it comes from, else "direct"."""
    try:
        came_from = urlsplit(request.headers.get("referer", ""))
        if came_from.netloc != request.get_host():
            return "direct"
        page = resolve(came_from.path)
    except Resolver404:
        return "link"
    except ValueError:  # no address at all
        return "direct"
    return PAGES.get(page.view_name) or PAGES.get(page.app_name) or "link"


def in_words(fields: str) -> str:
    """The way that an entry of `person.opened` names; nothing for one from before it was kept."""
    return str(WORDS.get(fields, ""))
