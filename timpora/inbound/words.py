"""What the page without network says: it has no server to ask for a sentence, so it takes all along."""

from __future__ import annotations

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Each sentence by the name under which the page's script asks for it, and fills in {n} and the like."""
    return {
        "waiting": _("waits to be sent"),
        "sending": _("is being sent"),
        "accepted": _("accepted"),
        "refused": _("needs to be put right"),
        "conflict": _("needs your decision"),
        "network": _("No network. It is sent by itself as soon as there is one."),
        "busy": _("The server did not take it yet. It is tried again by itself."),
        "signed_out": _("It is sent once you have signed in."),
        "no_post": _("You no longer hold the post for which this was written. Please ask your kecamatan."),
        "report": _("Report"),
        "resident": _("Report on a resident"),
        "return": _("Monthly return"),
        "nil": _("Nil"),
        "unreadable": _("Written before this phone was prepared anew; it is sent all the same."),
        "next_try": _("Next try in {n} seconds."),
        "kept": _("Put away on this phone. It is sent by itself."),
        "sent_now": _("Sent."),
        "none_waits": _("Nothing waits on this phone."),
        "some_wait": _("{n} wait on this phone to be sent"),
        "one_waits": _("1 waits on this phone to be sent"),
        "to_mend": _("{n} need you"),
        "as_of": _("As fetched on {at}, {kb} kB"),
        "never_fetched": _("The list was not fetched yet."),
        "fetched": _("The list is fresh."),
        "no_network": _("There is no network at present."),
        "sign_in_first": _("Please sign in first; there has to be a network for it."),
        "wrong_secret": _("This is not the PIN or password with which this phone was prepared."),
        "tries_left": _("{n} tries are left before the list is removed from this phone."),
        "removed": _("Too many wrong tries: the list was removed from this phone. What waits is still sent."),
        "locked": _("Locked after 15 minutes."),
        "stale": _("Your PIN or password has changed. Please prepare this phone again."),
        "ended": _("This phone was reported lost or given up: everything on it was removed."),
        "full": _("The phone's memory is nearly full. Please make room before you write more."),
        "not_kept": _("This could not be put away: the phone's memory is full. It still stands here."),
        "clock": _("The clock of this phone is wrong by about {n} hours. Please check the dates you type."),
        "people": _("people live here, each counted once"),
        "nobody": _("Nobody is registered here yet"),
        "since": _("since {day}"),
        "due": _("due by {day}"),
        "not_over": _("The month is not over: nil can be signed from its last day on."),
        "answered": _("answered"),
        "yours": _("On your phone"),
        "now": _("At the office now"),
        "receipt": _("Receipt {number}"),
        "insecure": _("This browser cannot keep anything safely. Please use an up-to-date one."),
    }  # fmt: skip
