"""When a mandate is in force, as a condition that posts and mandates share, and which periods can be so."""

from datetime import date, timedelta

from django.db.models import Expression, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from timpora.ledger.refusal import Refusal

# How long a deputy (Plt, Plh) acts at most, and how far back a letter may reach (practice).
DEPUTY = timedelta(days=366)
# Longer than anybody serves: an earlier first day is a slip of the pen.
CAREER = timedelta(days=366 * 50)


def in_force(day: date | Expression, prefix: str = "") -> Q:
    """A condition "begun, not past its last day, not ended"; `prefix` leads to the mandate ("mandates__")."""
    open_ended = Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})
    return open_ended & Q(**{f"{prefix}since__lte": day, f"{prefix}ended_at__isnull": True})


def check(since: date, until: date | None, *, deputy: bool) -> None:
    """Refuses a period that ends before it begins, and one longer than a career or a deputy's appointment."""
    if until and until < since:
        raise Refusal(_("The last day lies before the first day."), field="until", code="end_before_start")
    today = timezone.localdate()
    if not deputy:
        if since < today - CAREER:
            raise Refusal(
                _("Nobody has served on a post for fifty years. Look at the year again."),
                field="since", code="holder_too_early",
            )  # fmt: skip
        return
    if until is None:
        raise Refusal(_("A deputy needs a last day."), field="until", code="deputy_without_end")
    if since < today - DEPUTY:
        raise Refusal(
            _("A deputy begins at most a year back. Look at the date of the letter again."),
            field="since", code="deputy_too_early",
        )  # fmt: skip
    if until - since > DEPUTY:
        raise Refusal(
            _("A deputy acts for a year at most. Give the last day of the letter."),
            field="until", code="deputy_too_long",
        )  # fmt: skip
