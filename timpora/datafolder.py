"""The data folder, and the database and the secret kept in it."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from timpora.language import gettext as _

DATABASE = "timpora.sqlite3"


def place() -> Path:
    """Where DATA is, or is to be made."""
    beside = Path(__file__).resolve().parent.parent / "data"
    return Path(os.environ.get("DATA") or beside).expanduser().resolve()


def check_database() -> None:
    """Raises ImproperlyConfigured where there is no database yet: to make one here would hide a mistake."""
    path = place() / DATABASE
    if not os.environ.get("DATABASE_URL") and not path.exists():
        raise ImproperlyConfigured(
            _("There is no database %(path)s: let DATA name the right folder, or run `timpora init`.")
            % {"path": path}
        )


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
