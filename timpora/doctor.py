"""What is wrong with this installation, and what to do about it."""

import shutil
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from smtplib import SMTPException
from zoneinfo import available_timezones

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import translation

from timpora.areas.models import Office
from timpora.desk import sealed
from timpora.desk.setup import installing
from timpora.desk.setup.address import address
from timpora.desk.setup.checklist import checklist
from timpora.faults import explained
from timpora.registry import vault
from timpora.registry.vault import Vault, VaultError
from timpora.worker import SEEN


@dataclass(frozen=True)
class Finding:
    """One check's answer: `ok` True or False, or None for something merely worth knowing."""

    ok: bool | None
    says: str
    remedy: str = ""


def versions() -> Finding:
    """Python 3.11 and SQLite 3.35 are the oldest this version was tried with."""
    said = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info < (3, 11) or sqlite3.sqlite_version_info < (3, 35):
        return Finding(
            False, said, "install Python 3.11 or newer with SQLite 3.35 or newer, then `make setup`"
        )
    return Finding(True, said)


def data_folder() -> Finding:
    """DATA must be writable, and its owner's alone."""
    probe = settings.DATA / ".doctor"
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as fault:
        remedy = "give this user the right to write there, or let DATA name another folder"
        return Finding(False, f"DATA {settings.DATA} can't be written ({fault.strerror})", remedy)
    if settings.DATA.stat().st_mode & stat.S_IRWXO:
        return Finding(False, f"DATA {settings.DATA} is open to every user", f"chmod 700 {settings.DATA}")
    return Finding(True, f"DATA {settings.DATA} can be written")


def disk_space() -> Finding:
    """Under 1 GB or 5 % free, a busy month may not fit."""
    usage = shutil.disk_usage(settings.DATA)
    said = f"{usage.free / 1e9:,.1f} GB free on the disk of DATA"
    if usage.free < 1e9 or usage.free < usage.total * 0.05:
        return Finding(False, said, "free some space or move DATA to a larger disk")
    return Finding(True, said)


def database() -> Finding:
    """The database is there and answers."""
    name = str(connection.settings_dict["NAME"])
    if settings.SQLITE and not Path(name).exists():
        return Finding(False, f"there is no database {name}", "run `timpora init`, or restore a backup")
    if connection.vendor == "postgresql":
        # Past the pool, which would try for ten seconds and then not say what the server answered.
        with connection.wrap_database_errors:
            psycopg.connect(**connection.get_connection_params()).close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Finding(True, f"{connection.display_name} answers ({name})")


def migrations() -> Finding:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding(
            False, f"{len(waiting)} changes of the tables are not applied", "run `timpora migrate`"
        )
    return Finding(True, "all tables are those of this version")


def vault_key() -> Finding:
    """The vault key is there, outside DATA (the demo aside), and only its owner reads it."""
    try:
        Vault.load(settings.VAULT_KEYS, outside=None if settings.DEMO else settings.DATA)
    except VaultError as fault:
        return Finding(False, f"{fault.sentence.rstrip(':')} ({fault.path})", fault.remedy.rstrip("."))
    if settings.DEMO:
        return Finding(None, "the demo keeps its vault key beside its data")
    return Finding(True, f"the vault key is outside DATA ({settings.VAULT_KEYS})")


def areas() -> Finding:
    """The country's areas are loaded."""
    count = apps.get_model("areas", "Area")._default_manager.count()
    if not count:
        return Finding(False, "no areas are loaded", "run `timpora areas load`")
    return Finding(True, f"{count:,} areas are loaded")


def sealed_values() -> Finding:
    """The key file is the one of this database, and no rotation stopped half-way."""
    safe = vault.current()
    foreign = sealed.unopened(safe)
    if foreign:
        remedy = "put back the copy of the key file that belongs to this database"
        return Finding(False, f"the vault key does not open what stands in {foreign[0]}", remedy)
    left = sealed.left(safe)
    if left:
        return Finding(None, f"{left:,} values hang on an older key: `timpora vault rotate` moves them")
    return Finding(True, f"all numbers are sealed with key {safe.version}")


def operators() -> Finding:
    """Somebody keeps this installation, and has been here."""
    present = installing.operators()
    if not present:
        return Finding(False, "there is no operator", "run `timpora init`")
    if not any(user.has_signed_in for user in present):
        return Finding(None, "the operator has not signed in yet; a new code: `timpora init --new-slip`")
    return Finding(True, f"{len(present)} operators" if len(present) > 1 else "there is an operator")


def offices() -> Finding:
    """There is an office, and each answers for some kabupaten or kota."""
    every = list(Office.objects.order_by("code"))
    remedy = f"sign in as the operator and open {address(reverse('desk:setup'))}"
    if not every:
        return Finding(False, "there is no immigration office", remedy)
    empty = [office.code for office in every if not office.codes]
    if empty:
        return Finding(False, f"no kabupaten or kota belongs to {', '.join(empty)}", remedy)
    codes = ", ".join(f"{office.code} ({len(office.codes)} kabupaten/kota)" for office in every[:5])
    return Finding(True, codes if len(every) <= 5 else f"{codes} and {len(every) - 5} more")


def first_day() -> Finding:
    """How far the checklist has come, of the first office that is not through."""
    with translation.override("en"):
        for office in Office.objects.order_by("code"):
            steps = checklist(office)
            if steps.now:
                says = f"{office.code}: {steps.done} of {len(steps.steps)} steps of the first day are done"
                return Finding(None, f"{says}; next: {steps.now.title} ({address(steps.now.href)})")
    return Finding(True, "the first day's checklist is done")


def worker() -> Finding:
    """The background worker was seen within half a minute."""
    if not SEEN.exists():
        return Finding(False, "the background worker has never run here", "run `timpora start`")
    age = int(time.time() - SEEN.stat().st_mtime)
    if age > 30:
        return Finding(False, f"the background worker was last seen {age:,} s ago", "run `timpora start`")
    return Finding(True, "the background worker is running")


def email() -> Finding:
    """E-mail is optional; without it links and slips are handed over."""
    if not settings.EMAIL_HOST:
        return Finding(None, "no e-mail server: links and slips are shown to hand over (EMAIL_HOST)")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection(timeout=5):
            return Finding(True, f"the e-mail server {server} answers")
    except (SMTPException, OSError) as fault:
        remedy = "check EMAIL_HOST, EMAIL_PORT, EMAIL_SECURITY, EMAIL_USER and EMAIL_PASSWORD"
        return Finding(False, f"the e-mail server {server} can't be used ({type(fault).__name__})", remedy)


def clock() -> Finding:
    """The time zone exists and the clock is not in the past of this version."""
    if settings.TIME_ZONE not in available_timezones():
        return Finding(
            False,
            f"TIME_ZONE {settings.TIME_ZONE} is unknown",
            "use Asia/Jakarta, Asia/Makassar or Asia/Jayapura",
        )
    if time.localtime().tm_year < 2026:
        return Finding(False, f"the clock says {time.strftime('%Y-%m-%d')}", "set the clock (NTP)")
    return Finding(True, f"{time.strftime('%Y-%m-%d %H:%M')} {settings.TIME_ZONE}")


def listening() -> Finding:
    """The demo is open on this machine only; a real installation should speak HTTPS."""
    if settings.DEMO:
        return Finding(settings.HOST == "127.0.0.1", "the demo listens on this machine only")
    if not settings.HTTPS:
        remedy = "put a proxy with a certificate in front and leave HTTPS on"
        return Finding(None, f"HTTPS is off: sign-ins can be read on the way; {remedy}")
    return Finding(True, "cookies travel over HTTPS only")


CHECKS: tuple[Callable[[], Finding], ...] = (
    versions,
    data_folder,
    disk_space,
    database,
    migrations,
    vault_key,
    sealed_values,
    areas,
    operators,
    offices,
    first_day,
    worker,
    email,
    clock,
    listening,
)


# What can't be asked while something under it is wrong: repeating that would hide the one thing to mend.
NEEDS: dict[Callable[[], Finding], tuple[Callable[[], Finding], ...]] = {
    migrations: (database,),
    sealed_values: (migrations, vault_key),
    areas: (migrations,),
    operators: (migrations,),
    offices: (migrations,),
    first_day: (offices,),
}


def findings() -> list[Finding]:
    """Every check's finding, in order, without those that rest on a check that failed."""
    found: dict[Callable[[], Finding], Finding] = {}
    for check in CHECKS:
        if all(need in found and found[need].ok is not False for need in NEEDS.get(check, ())):
            found[check] = examined(check)
    return list(found.values())


def examined(check: Callable[[], Finding]) -> Finding:
    """The check's finding; a fault of the database is one too."""
    try:
        return check()
    except Exception as fault:
        said = explained(fault)
        what, _, remedy = (said or "").partition(": ")
        name = check.__name__.replace("_", " ")
        return Finding(False, what or f"{name}: {type(fault).__name__}", remedy or "see the lines above")


def main(words: list[str]) -> int:
    """Print every finding; 1 when something is wrong."""
    found = findings()
    signs = {True: "ok     ", None: "note   ", False: "PROBLEM"}
    for finding in found:
        print(f"{signs[finding.ok]}  {finding.says}")
        if finding.remedy:
            print(f"         → {finding.remedy}")
    wrong = sum(finding.ok is False for finding in found)
    print(f"\n{wrong} to mend." if wrong else "\nAll is well.")
    return 1 if wrong else 0
