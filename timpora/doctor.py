"""What is wrong with this installation, and what to do about it."""

import shutil
import sqlite3
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from smtplib import SMTPException
from zoneinfo import available_timezones

from django.apps import apps
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timpora import vault
from timpora.address import address
from timpora.areas.models import Office
from timpora.desk import sealed
from timpora.desk.setup import installing
from timpora.desk.setup.checklist import checklist
from timpora.faults import explained
from timpora.finding import Finding
from timpora.papers.health import signing_key
from timpora.rooms.line.health import whatsapp
from timpora.vault import Vault, VaultError
from timpora.worker import SEEN


def versions() -> Finding:
    """Python 3.11 and SQLite 3.35 are the oldest this version was tried with."""
    said = f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    if sys.version_info < (3, 11) or sqlite3.sqlite_version_info < (3, 35):
        remedy = _("install Python 3.11 or newer with SQLite 3.35 or newer, then `make setup`")
        return Finding(False, said, remedy)
    return Finding(True, said)


def data_folder() -> Finding:
    """DATA must be writable, and its owner's alone."""
    probe, place = settings.DATA / ".doctor", {"data": settings.DATA}
    try:
        probe.write_text("")
        probe.unlink()
    except OSError as fault:
        said = _("DATA %(data)s can't be written (%(fault)s)") % {**place, "fault": fault.strerror}
        remedy = _("give this user the right to write there, or let DATA name another folder")
        return Finding(False, said, remedy)
    if settings.DATA.stat().st_mode & stat.S_IRWXO:
        return Finding(False, _("DATA %(data)s is open to every user") % place, f"chmod 700 {settings.DATA}")
    return Finding(True, _("DATA %(data)s can be written") % place)


def disk_space() -> Finding:
    """Under 1 GB or 5 % free, a busy month may not fit."""
    usage = shutil.disk_usage(settings.DATA)
    free = number_format(usage.free / 1e9, decimal_pos=1, force_grouping=True)
    said = _("%(size)s GB free on the disk of DATA") % {"size": free}
    if usage.free < 1e9 or usage.free < usage.total * 0.05:
        return Finding(False, said, _("free some space or move DATA to a larger disk"))
    return Finding(True, said)


def database() -> Finding:
    """The database is there and answers."""
    name = str(connection.settings_dict["NAME"])
    if settings.SQLITE and not Path(name).exists():
        said = _("there is no database %(name)s") % {"name": name}
        return Finding(False, said, _("run `timpora init`, or restore a backup"))
    if connection.vendor == "postgresql":
        import psycopg  # here, because on SQLite `start`, too, would pay for it

        # Past the pool, which would try for ten seconds and then not say what the server answered.
        with connection.wrap_database_errors:
            psycopg.connect(**connection.get_connection_params()).close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    engine = connection.display_name
    return Finding(True, _("%(engine)s answers (%(name)s)") % {"engine": engine, "name": name})


def migrations() -> Finding:
    """The tables are those of this version."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        said = ngettext(
            "%(n)d change of the tables is not applied",
            "%(n)d changes of the tables are not applied",
            waiting,
        )
        return Finding(False, said % {"n": waiting}, _("run `timpora migrate`"))
    return Finding(True, _("all tables are those of this version"))


def vault_key() -> Finding:
    """The vault key is there, outside DATA (the demo aside), and only its owner reads it."""
    try:
        Vault.load(settings.VAULT_KEYS, outside=None if settings.DEMO else settings.DATA)
    except VaultError as fault:
        said = f"{_(fault.sentence).rstrip(':')} ({fault.path})"
        return Finding(False, said, _(fault.remedy).rstrip("."))
    if settings.DEMO:
        return Finding(None, _("the demo keeps its vault key beside its data"))
    return Finding(True, _("the vault key is outside DATA (%(path)s)") % {"path": settings.VAULT_KEYS})


def areas() -> Finding:
    """The country's areas are loaded."""
    count = apps.get_model("areas", "Area")._default_manager.count()
    if not count:
        return Finding(False, _("no areas are loaded"), _("run `timpora areas load`"))
    said = ngettext("%(n)s area is loaded", "%(n)s areas are loaded", count)
    return Finding(True, said % {"n": number_format(count, force_grouping=True)})


def sealed_values() -> Finding:
    """The key file is the one of this database, and no rotation stopped half-way."""
    safe = vault.current()
    foreign = sealed.unopened(safe)
    if foreign:
        said = _("the vault key does not open what stands in %(column)s") % {"column": foreign[0]}
        remedy = _("put back the copy of the key file that belongs to this database")
        return Finding(False, said, remedy)
    left = sealed.left(safe)
    if left:
        said = ngettext(
            "%(n)s value hangs on an older key: `timpora vault rotate` moves it",
            "%(n)s values hang on an older key: `timpora vault rotate` moves them",
            left,
        )
        return Finding(None, said % {"n": number_format(left, force_grouping=True)})
    return Finding(True, _("all numbers are sealed with key %(n)d") % {"n": safe.version})


def operators() -> Finding:
    """Somebody keeps this installation, and has been here."""
    present = installing.operators()
    if not present:
        return Finding(False, _("there is no operator"), _("run `timpora init`"))
    if not any(user.has_signed_in for user in present):
        said = _("the operator has not signed in yet; a new code: `timpora init --new-slip`")
        return Finding(None, said)
    said = ngettext("there is %(n)d operator", "there are %(n)d operators", len(present))
    return Finding(True, said % {"n": len(present)})


def offices() -> Finding:
    """There is an office, and each answers for some kabupaten or kota."""
    every = list(Office.objects.order_by("code"))
    remedy = _("sign in as the operator and open %(page)s") % {"page": address(reverse("desk:setup"))}
    if not every:
        return Finding(False, _("there is no immigration office"), remedy)
    empty = [office.code for office in every if not office.codes]
    if empty:
        said = _("no kabupaten or kota belongs to %(offices)s") % {"offices": ", ".join(empty)}
        return Finding(False, said, remedy)
    codes = ", ".join(f"{office.code} ({len(office.codes)} kabupaten/kota)" for office in every[:5])
    more = _("%(offices)s and %(n)d more") % {"offices": codes, "n": len(every) - 5}
    return Finding(True, more if len(every) > 5 else codes)


def first_day() -> Finding:
    """How far the checklist has come, of the first office that is not through."""
    for office in Office.objects.order_by("code"):
        steps = checklist(office)
        if steps.now:
            said = _(
                "%(office)s: %(done)d of %(all)d steps of the first day are done; next: %(step)s (%(page)s)"
            )
            about = {"office": office.code, "done": steps.done, "all": len(steps.steps)}
            now = {"step": steps.now.title, "page": address(steps.now.href)}
            return Finding(None, said % {**about, **now})
    return Finding(True, _("the first day's checklist is done"))


def worker() -> Finding:
    """The background worker was seen within half a minute."""
    if not SEEN.exists():
        return Finding(False, _("the background worker has never run here"), _("run `timpora start`"))
    age = int(time.time() - SEEN.stat().st_mtime)
    if age > 30:
        said = _("the background worker was last seen %(n)s s ago")
        said %= {"n": number_format(age, force_grouping=True)}
        return Finding(False, said, _("run `timpora start`"))
    return Finding(True, _("the background worker is running"))


def email() -> Finding:
    """E-mail is optional; without it links and slips are handed over."""
    if not settings.EMAIL_HOST:
        return Finding(None, _("no e-mail server: links and slips are shown to hand over (EMAIL_HOST)"))
    server = {"server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}
    try:
        with get_connection(timeout=5):
            return Finding(True, _("the e-mail server %(server)s answers") % server)
    except (SMTPException, OSError) as fault:
        why = {**server, "fault": type(fault).__name__}
        remedy = _("check EMAIL_HOST, EMAIL_PORT, EMAIL_SECURITY, EMAIL_USER and EMAIL_PASSWORD")
        return Finding(False, _("the e-mail server %(server)s can't be used (%(fault)s)") % why, remedy)


def clock() -> Finding:
    """The time zone exists and the clock is not in the past of this version."""
    if settings.TIME_ZONE not in available_timezones():
        said = _("TIME_ZONE %(zone)s is unknown") % {"zone": settings.TIME_ZONE}
        return Finding(False, said, _("use Asia/Jakarta, Asia/Makassar or Asia/Jayapura"))
    if time.localtime().tm_year < 2026:
        said = _("the clock says %(day)s") % {"day": time.strftime("%Y-%m-%d")}
        return Finding(False, said, _("set the clock (NTP)"))
    return Finding(True, f"{time.strftime('%Y-%m-%d %H:%M')} {settings.TIME_ZONE}")


def listening() -> Finding:
    """The demo is open on this machine only; a real installation should speak HTTPS."""
    if settings.DEMO:
        return Finding(settings.HOST == "127.0.0.1", _("the demo listens on this machine only"))
    if not settings.HTTPS:
        remedy = _("put a proxy with a certificate in front and leave HTTPS on")
        return Finding(None, _("HTTPS is off: sign-ins can be read on the way"), remedy)
    return Finding(True, _("cookies travel over HTTPS only"))


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
    whatsapp,
    signing_key,
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
    whatsapp: (migrations,),
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
        what, _colon, remedy = (said or "").partition(": ")
        name = check.__name__.replace("_", " ")
        return Finding(False, what or f"{name}: {type(fault).__name__}", remedy or _("see the lines above"))


def main(words: list[str]) -> int:
    """Print every finding; 1 when something is wrong."""
    found = findings()
    signs = {True: _("ok"), None: _("note"), False: _("PROBLEM")}
    width = max(map(len, signs.values()))
    for finding in found:
        print(f"{signs[finding.ok]:<{width}}  {finding.says}")
        if finding.remedy:
            print(f"{'':<{width}}  → {finding.remedy}")
    wrong = sum(finding.ok is False for finding in found)
    print("\n" + (_("%(n)d to mend.") % {"n": wrong} if wrong else _("All is well.")))
    return 1 if wrong else 0
