"""The data folder and the secret kept in it."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from timpora.language import gettext as _


def folder(path: Path) -> Path:
    """`path` as an existing folder of ours that only its owner opens. Raises ImproperlyConfigured."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise ImproperlyConfigured(
            _(
                "The data folder %(path)s can't be made (%(fault)s): "
                "let DATA name a folder that this user may write in."
            )
            % {"path": path, "fault": fault.strerror}
        ) from None
    return path


def lasting_secret(path: Path) -> str:
    """The secret kept in the file `path`, made there on first use and readable by its owner only."""
    try:
        if not path.exists():
            draft = path.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(50))
            # A link, not a rename: of two processes starting together only the first one's secret stays.
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text().strip()
    except OSError as fault:
        raise ImproperlyConfigured(
            _(
                "The secret key in %(path)s can't be read or made (%(fault)s): "
                "give this user the right to write in DATA, or set SECRET_KEY."
            )
            % {"path": path, "fault": fault.strerror}
        ) from None
