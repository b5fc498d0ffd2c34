"""The Chromium of this machine."""

import os
import shutil

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# How the console's lines begin of what is no fault: a refusal (400, 404, 409) is an answer here, and a
# question for suggestions gives way to a newer one.
EXPECTED = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")

# The first is the same browser without windows: it takes a third of the time.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


def path() -> str | None:
    """The program that CHROMIUM names, else the first one found, else None."""
    named = os.environ.get("CHROMIUM")
    names = [named] if named else NAMES
    return next((found for name in names if (found := shutil.which(name))), None)
