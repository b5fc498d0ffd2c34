"""`timpora demo_world`: fills an empty demo database; `timpora demo` calls it once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from timpora.desk.world import apoa, lists
from timpora.desk.world.story import tell
from timpora.team.models import User


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _("Fills an empty demo with its invented world.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(_("The invented world is for the demo alone: start it with `timpora demo`."))
        if User.objects.exists():
            raise CommandError(_("This database already has users; nothing was changed."))
        tell()
        for each in (lists, apoa):
            each.write(settings.DATA / "lists")
