"""What `timpora init` does, step by step; each step bears being done again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timpora.areas import loading, office_file
from timpora.areas.codes import NATION
from timpora.areas.models import Area, Office
from timpora.desk.sealed import create_key
from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team.models import Agency, Invitation, Mandate, Post, User
from timpora.team.roles import Role
from timpora.team.user_names import SHAPE
from timpora.vault import Vault

OPERATORS_POST = "Pengelola Sistem"
WHAT = {
    "tables": gettext_lazy("tables"),
    "vault key": gettext_lazy("vault key"),
    "areas": gettext_lazy("areas"),
    "agencies": gettext_lazy("agencies"),
    "operator": gettext_lazy("operator"),
    "office": gettext_lazy("office"),
}


@dataclass(frozen=True)
class Step:
    """What a step found or did: `what` a key of WHAT, `state` "there", "made" or "missing", `says` a line."""

    what: str
    state: str
    says: str


@dataclass(frozen=True)
class Slip:
    """The first way in of an operator; the code is shown this once."""

    username: str
    code: str
    until: str


def tables() -> Step:
    """The tables of this version."""
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        return Step("tables", "there", _("all of this version"))
    call_command("migrate", verbosity=0, interactive=False)
    said = ngettext(
        "all of this version (%(n)d change applied)", "all of this version (%(n)d changes applied)", waiting
    )
    return Step("tables", "made", said % {"n": waiting})


def key() -> Step:
    """The vault key where VAULT_KEYS points. Raises VaultError, NumbersWait."""
    if settings.VAULT_KEYS.exists():
        Vault.load(settings.VAULT_KEYS, outside=None if settings.DEMO else settings.DATA)
        return Step("vault key", "there", str(settings.VAULT_KEYS))
    said = _("%(path)s: keep a copy apart from the backups of DATA") % {"path": create_key()}
    return Step("vault key", "made", said)


def areas() -> Step:
    """The country's areas; `timpora areas load` follows later lists."""
    count = Area.objects.count()
    if count:
        return Step("areas", "there", number_format(count, force_grouping=True))
    added = number_format(len(loading.load().added), force_grouping=True)
    return Step("areas", "made", _("%(n)s loaded") % {"n": added})


def agencies() -> Step:
    """The agencies that sit in a Tim Pora."""
    changed = Agency.objects.load()
    state = "made" if changed else "there"
    return Step("agencies", state, f"{Agency.objects.count()}")


def operators() -> list[User]:
    """Who keeps this installation today."""
    live = Mandate.objects.live().filter(post__role=Role.OPERATOR).select_related("user")
    return [mandate.user for mandate in live.order_by("pk")]


def operator(username: str, secret: str) -> tuple[Step, Slip | None]:
    """The first operator, over the whole installation: with a secret, or with a slip to choose one.

    Where there is an operator nothing is made: the next ones are seated on the team's pages. Raises Refusal.
    """
    present = operators()
    if present:
        names = ", ".join(user.username for user in present)
        if not any(user.has_signed_in for user in present):
            names = _("%(names)s; has not signed in yet (--new-slip)") % {"names": names}
        return Step("operator", "there", names), None
    name = username.strip().lower()
    if not SHAPE.fullmatch(name):
        sentence = _("“%(name)s” is no user name: take 3 to 60 letters, digits, dots or hyphens.")
        raise Refusal(sentence % {"name": username})
    with book.writing():
        user = User.objects.enrol(by=book.SYSTEM, username=name, name=name)
        Mandate.objects.grant(by=book.SYSTEM, user=user, post=_post())
        if secret:
            _set(user, secret)
        made = None if secret else slip(user)
    return Step("operator", "made", name), made


def _post() -> Post:
    """The operator's chair over the nation: it is vacant, or opened now."""
    chairs = Post.objects.filter(role=Role.OPERATOR, area=NATION).vacant()
    first: Post | None = chairs.first()
    return first or Post.objects.open(
        by=book.SYSTEM, agency=Agency.objects.get(pk="imigrasi"), role=Role.OPERATOR, title=OPERATORS_POST,
        area=Area.objects.get(pk=NATION),
    )  # fmt: skip


def _set(user: User, secret: str) -> None:
    try:
        validate_password(secret, user)
    except ValidationError as fault:
        raise Refusal(" ".join(fault.messages), code="weak_secret") from fault
    user.change_secret(by=book.SYSTEM, secret=secret)


def slip(user: User) -> Slip:
    """A fresh code for a user; earlier ones lose their force."""
    invitation, code = Invitation.objects.issue(by=book.SYSTEM, user=user)
    return Slip(user.username, code, timezone.localtime(invitation.expires_at).strftime("%Y-%m-%d"))


def office(file: str, code: str) -> Step:
    """The office or offices of a file (or one of those that come along). Raises Refusal, BrokenFile."""
    if not file and not code:
        present = ", ".join(Office.objects.order_by("code").values_list("code", flat=True))
        return Step("office", "there" if present else "missing", present or _("opened in the browser"))
    source = Path(file or office_file.OURS)
    known = [str(row["code"]) for row in office_file.read(source)]
    if code and code not in known:
        sentence = _("%(file)s has no office %(code)s (it has %(known)s): give --office-file.")
        raise Refusal(sentence % {"file": source.name, "code": code, "known": ", ".join(known)})
    done = office_file.load(source, only=code)
    return Step("office", "made" if done else "there", code or ", ".join(known))
