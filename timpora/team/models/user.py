from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from timpora.ledger import book
from timpora.ledger.refusal import Refusal
from timpora.team import authority
from timpora.team.models.period import in_force
from timpora.team.phones import e164

if TYPE_CHECKING:
    from timpora.team.models.mandate import Mandate

CHANGEABLE = ("name", "phone", "email", "language")


class UserQuerySet(models.QuerySet["User"]):
    def known_to(self, by: Mandate) -> UserQuerySet:
        """Who serves, or once served, on a post this mandate manages."""
        return self.filter(authority.manageable(by, "mandates__post__")).distinct()

    def not_signed_in(self) -> UserQuerySet:
        """Members who serve today and have never opened a session."""
        return self.filter(in_force(timezone.localdate(), "mandates__"), last_login__isnull=True).distinct()

    def of_sign_in(self, typed: str) -> User | None:
        """The user whose user name or mobile number was typed, in any spelling; None for nobody."""
        text = typed.strip()
        found: User | None = self.filter(username=text.lower()).first()
        if found is None and (number := e164(text)):
            found = self.filter(phone=number).first()
        return found

    def enrol(self, *, by: book.Actor, username: str, name: str, phone: str | None = None,
              email: str = "", language: str = "id") -> User:  # fmt: skip
        """A new member, who signs in with the code of a slip. Refuses a user name or number in use."""
        with book.writing():
            if self.filter(username=username).exists():
                raise Refusal(_("This user name is taken."), field="username", code="username_taken")
            self._refuse_phone(phone)
            made: User = User.objects.create_user(
                username, name=name, phone=phone or None, email=email, language=language
            )
            book.record("user.enrolled", by=by, subject=f"user:{made.pk}")
        return made

    def _refuse_phone(self, phone: str | None, but: int | None = None) -> None:
        if phone and User.objects.filter(phone=phone).exclude(pk=but).exists():
            raise Refusal(
                _("This mobile number already belongs to another member."), field="phone", code="phone_taken"
            )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Users by their natural key, as Django's sign-in asks for them."""

    def create_user(self, username: str, *, name: str = "", secret: str | None = None, **fields: Any) -> User:
        """A user; without a secret nobody can sign in as them until an invitation is accepted."""
        user: User = self.model(username=username, name=name or username, **fields)
        user.set_password(secret)
        user.save(force_insert=True)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do is never here: it stands in their mandates."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("mobile number"), max_length=20, null=True, blank=True, unique=True)  # E.164
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="id")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Any] = UserManager()

    def __str__(self) -> str:
        return self.username

    # A user acts in the ledger without a mandate only while signing in, or before choosing one.
    @property
    def user_id(self) -> int:
        return self.pk

    @property
    def mandate_id(self) -> None:
        return None

    @property
    def post_id(self) -> None:
        return None

    @property
    def has_signed_in(self) -> bool:
        return self.last_login is not None

    def roles(self) -> set[str]:
        """The roles of the mandates that are in force or still to begin."""
        today = timezone.localdate()
        lasting = Q(until__isnull=True) | Q(until__gte=today)
        return set(self.mandates.filter(lasting, ended_at__isnull=True).values_list("post__role", flat=True))

    def change(self, *, by: book.Actor, **given: str | None) -> tuple[str, ...]:
        """The names of the fields that now differ; nothing is written when none does."""
        if unknown := given.keys() - set(CHANGEABLE):
            raise ValueError(f"not to be changed here: {sorted(unknown)}")
        if "phone" in given:
            given["phone"] = given["phone"] or None
        changed = tuple(sorted(name for name, value in given.items() if getattr(self, name) != value))
        if not changed:
            return ()
        with book.writing():
            if "phone" in changed:
                User.objects.all()._refuse_phone(given["phone"], but=self.pk)
            for name in changed:
                setattr(self, name, given[name])
            self.save(update_fields=changed)
            book.record("user.changed", by=by, subject=f"user:{self.pk}", fields=changed)
        return changed

    def change_secret(self, *, by: book.Actor, secret: str) -> None:
        """A new PIN or password, already validated; every other session of this user ends with it."""
        with book.writing():
            self.set_password(secret)
            self.save(update_fields=["password"])
            book.record("user.secret_changed", by=by, subject=f"user:{self.pk}")
