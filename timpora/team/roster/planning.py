"""What a list of members would do, row by row, and doing it: the dry run and the import are one plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from timpora.ledger import book
from timpora.sheets import Row
from timpora.team import user_names
from timpora.team.models import Mandate, Post, User, manageable_users
from timpora.team.roster.meaning import Meaning, PostKey, Reader, post_key


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass
class Line:
    """One row of the plan: what stands already, and what the import would add or change."""

    meant: Meaning
    post: Post | None = None
    user: User | None = None
    mandate: Mandate | None = None
    person: str = ""  # what makes two rows speak of one new person
    changes: dict[str, Any] = field(default_factory=dict)
    period: dict[str, Any] = field(default_factory=dict)

    @property
    def outcome(self) -> Outcome:
        if self.meant.faults:
            return Outcome.FAULTY
        if self.mandate is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes or self.period else Outcome.SAME

    @property
    def acts(self) -> list[str]:
        """What would be done, in words."""
        words = [
            (self.post is None, _("opens the post")),
            (self.user is None, _("adds the member")),
            (self.mandate is None, _("appoints")),
            ("name" in self.changes, _("changes the name")),
            ("phone" in self.changes, _("changes the mobile number")),
            ("email" in self.changes, _("changes the e-mail address")),
            (bool(self.period), _("changes the period")),
        ]
        return [word for holds, word in words if holds]


class Plan:
    """The lines of a list. `faults` of a line keep it out; all others are carried out together."""

    def __init__(self, rows: list[Row], by: Mandate) -> None:
        self.by = by
        reader = Reader(by, rows)
        self.lines = [Line(reader.read(row)) for row in rows]
        self._know()
        for line in self.lines:
            if not line.meant.faults:
                self._plan(line)

    @property
    def todo(self) -> list[Line]:
        return [line for line in self.lines if line.outcome in (Outcome.NEW, Outcome.CHANGED)]

    def number(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    # --- what stands already --------------------------------------------------------------------------

    def _know(self) -> None:
        """Asks once for all rows: their posts, who serves there, and the users they name."""
        meant = [line.meant for line in self.lines]
        places = Q(area__in={m.area.pk for m in meant if m.area}) | Q(
            office__in={m.office.pk for m in meant if m.office}
        )
        posts = Post.objects.manageable_by(self.by).filter(places).with_places()
        self.posts = {post_key(p.agency_id, p.role, p.area_id, p.office_id, p.title): p for p in posts}
        self.seated: dict[int, list[Mandate]] = {}
        for mandate in Mandate.objects.standing().filter(post__in=self.posts.values()).select_related("user"):
            self.seated.setdefault(mandate.post_id, []).append(mandate)
        named = Q(username__in={m.username for m in meant}) | Q(phone__in={m.phone for m in meant if m.phone})
        users = list(User.objects.filter(named))
        self.by_name, self.by_phone = {u.username: u for u in users}, {u.phone: u for u in users if u.phone}
        self.mine = set(manageable_users(self.by).values_list("pk", flat=True))
        known = User.objects.known_to(self.by).filter(pk__in=[user.pk for user in users])
        self.known = set(known.values_list("pk", flat=True)) | self.mine
        self.people: dict[str, Meaning] = {}  # person → the first row that speaks of them
        self.phones: dict[str, str] = {}
        self.chairs: dict[PostKey, str] = {}

    # --- one row --------------------------------------------------------------------------------------

    def _plan(self, line: Line) -> None:
        meant = line.meant
        line.post = self.posts.get(meant.post_key)
        seated = self.seated.get(line.post.pk, []) if line.post else []
        self._identify(line, seated)
        if not meant.faults:
            line.mandate = next((m for m in seated if line.user and m.user_id == line.user.pk), None)
            self._compare(line, seated)

    def _identify(self, line: Line, seated: list[Mandate]) -> None:
        """Who the row speaks of: by user name, by number, by name on the same post; else somebody new."""
        meant = line.meant
        user = self.by_name.get(meant.username) if meant.username else self.by_phone.get(meant.phone)
        if user is None and not meant.username:
            user = next((m.user for m in seated if m.user.name.casefold() == meant.name.casefold()), None)
        if user and user.pk not in self.known:
            column, sentence = (
                ("username", _("This user name is taken."))
                if meant.username
                else ("phone", _("This mobile number already belongs to another member."))
            )
            meant.faults.append((column, sentence))
        owner = self.by_phone.get(meant.phone)
        if owner and (
            owner != user or (not meant.username and owner.name.casefold() != meant.name.casefold())
        ):
            meant.faults.append(("phone", _("This mobile number already belongs to another member.")))
        line.user, line.person = user, self._person(meant, user)
        self._alone_in_file(line)

    @staticmethod
    def _person(meant: Meaning, user: User | None) -> str:
        if user:
            return f"user:{user.pk}"
        return meant.username or meant.phone or f"{'|'.join(meant.post_key)}|{meant.name.casefold()}"

    def _alone_in_file(self, line: Line) -> None:
        """Two rows of one file must not give one user name or number to two people."""
        meant = line.meant
        first = self.people.setdefault(line.person, meant)
        if first.name.casefold() != meant.name.casefold():
            sentence = _("Row %(number)s gives this user name or number to somebody else.") % {
                "number": first.number
            }
            meant.faults.append(("username" if meant.username else "phone", sentence))
        if meant.phone and self.phones.setdefault(meant.phone, line.person) != line.person:
            meant.faults.append(
                ("phone", _("This mobile number stands in this file with another person too."))
            )

    def _compare(self, line: Line, seated: list[Mandate]) -> None:
        """What differs from what stands, and whether the chair is free."""
        meant, user = line.meant, line.user
        if user:
            told = {
                "name": meant.name,
                "phone": meant.phone or user.phone,
                "email": meant.email or user.email,
            }
            line.changes = {name: value for name, value in told.items() if getattr(user, name) != value}
            if line.changes and user.pk not in self.mine:
                meant.faults.append(("name", _("Name and number of this member are kept by another office.")))
        if line.mandate:
            if line.mandate.kind != meant.kind:
                sentence = _("Serves on this post already, as %(kind)s. End that mandate first.")
                meant.faults.append(("kind", sentence % {"kind": line.mandate.get_kind_display()}))
            dates = {"since": meant.since or line.mandate.since, "until": meant.until or line.mandate.until}
            line.period = {name: day for name, day in dates.items() if getattr(line.mandate, name) != day}
        elif meant.kind == Mandate.Kind.HOLDER and any(m.kind == meant.kind for m in seated):
            meant.faults.append(("title", _("This post is held. Use “hand over” on its page.")))
        if (
            meant.kind == Mandate.Kind.HOLDER
            and self.chairs.setdefault(meant.post_key, line.person) != line.person
        ):
            meant.faults.append(("title", _("Another row of this file fills the same post.")))

    # --- doing it -------------------------------------------------------------------------------------

    def carry_out(self) -> int:
        """The number of rows carried out, all in one transaction. Raises Refusal, and then none was."""
        users: dict[str, User] = {}
        taken: set[str] = {line.meant.username for line in self.lines if line.meant.username}
        with book.writing():
            for line in self.todo:
                post = line.post or self.posts.get(line.meant.post_key) or self._open(line.meant)
                user = line.user or users.get(line.person) or self._enrol(line.meant, post, taken)
                users[line.person] = user
                if line.changes:
                    user.change(by=self.by, **line.changes)
                self._appoint(line, user, post)
        return len(self.todo)

    def _open(self, meant: Meaning) -> Post:
        post: Post = Post.objects.open(
            by=self.by,
            agency=meant.agency,  # type: ignore[arg-type]  # a row without one is faulty
            role=meant.role,
            title=meant.title,
            area=meant.area,
            office=meant.office,
        )
        self.posts[meant.post_key] = post
        return post

    def _enrol(self, meant: Meaning, post: Post, taken: set[str]) -> User:
        username = meant.username or user_names.free(post, taken)
        taken.add(username)
        made: User = User.objects.enrol(
            by=self.by, username=username, name=meant.name, phone=meant.phone or None, email=meant.email
        )
        return made

    def _appoint(self, line: Line, user: User, post: Post) -> None:
        meant = line.meant
        if line.mandate is None:
            Mandate.objects.grant(
                by=self.by, user=user, post=post, kind=meant.kind, since=meant.since, until=meant.until
            )
        elif line.period:
            line.mandate.change_period(by=self.by, **line.period)
