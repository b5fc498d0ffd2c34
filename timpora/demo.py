"""`timpora demo`: an invented world to try, on this machine only."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.db import connection
from django.utils.translation import gettext as _

from timpora import doctor
from timpora.desk.world.accounts import ACCOUNTS, PASSWORD
from timpora.serve import insist, serve
from timpora.vault import Vault

# Says that what lies in DATA is ours to throw away: "begun" or "ready".
MARK = settings.DATA / "demo"


def main(words: list[str]) -> int:
    """Like `timpora start`, over the demo world, which is made on the first start and kept afterwards."""
    state = MARK.read_text().strip() if MARK.exists() else ""
    if state != "ready":
        only_ours(state)
        make()
    elif not doctor.migrations().ok:
        call_command("migrate", verbosity=0)
    return serve(welcome())


def only_ours(state: str) -> None:
    """Clear a world that was left half-made. Raises ImproperlyConfigured over any other database."""
    if not state:
        if connection.introspection.table_names():
            raise ImproperlyConfigured(
                _("The database of %(data)s is not a demo: let DATA name an empty folder for the demo.")
                % {"data": settings.DATA}
            )
        return
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            (settings.DATA / f"timpora.sqlite3{end}").unlink(missing_ok=True)


def make() -> None:
    """Tables, the country's areas, and the people and officers of the demo world."""
    print(_("Making the demo world; this takes a little while, once …"), flush=True)
    MARK.write_text("begun\n")
    call_command("migrate", verbosity=0)
    if not settings.VAULT_KEYS.exists():
        Vault.create(settings.VAULT_KEYS)
    insist(doctor.vault_key)
    known = get_commands()
    for name, *rest in (("areas", "load"), ("demo_world",)):
        if name in known:
            call_command(name, *rest)
    MARK.write_text("ready\n")


def welcome() -> str:
    """The accounts, one a line."""
    width = max(len(name) for name, who in ACCOUNTS)
    lines = [f"  {name:<{width}}  {who}" for name, who in ACCOUNTS]
    head = _("Everything in it is invented. Accounts, all with the password %(password)s:")
    end = _("The data is kept in %(data)s, agencies' lists to try in its folder “lists”. Ctrl-C stops it.")
    return "\n".join([head % {"password": PASSWORD}, *lines, end % {"data": settings.DATA}])
