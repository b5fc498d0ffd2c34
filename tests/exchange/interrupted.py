"""What the test of a killed worker runs in processes of their own: `prepare` a long list, `look` at it."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import django
from django.core.management import call_command

ROWS = 1_200


def prepare() -> None:
    """A list is being taken in, and waits for the worker."""
    from django.conf import settings

    from tests import cast
    from tests.exchange.given import agree, mapped
    from tests.exchange.test_resume import invented
    from timpora.exchange import tasks
    from timpora.vault import Vault

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    Vault.create(Path(settings.VAULT_KEYS))
    world = cast.seated()
    batch = mapped(world.labour, agree(world), [invented(number) for number in range(ROWS)])
    batch.commit(by=world.labour)
    tasks.take.enqueue(batch.pk)


def state() -> dict[str, object]:
    """How far the list is."""
    from timpora.exchange.models import Batch, Match, Row
    from timpora.ledger.verify import verify
    from timpora.registry.models import Statement

    batch = Batch.objects.get()
    spoken = Counter(Statement.objects.values_list("source_id", flat=True))
    return {
        "state": batch.state, "taken": Row.objects.filter(taken_at__isnull=False).count(),
        "statements": len(spoken), "twice": [row for row, times in spoken.items() if times > 1],
        "matched": Match.objects.believed().count(),
        "sure": Row.objects.filter(statement__person__isnull=False).count(), "sound": verify().sound,
        "runs": [[run.first_row, run.finished] for run in batch.runs.order_by("pk")],
    }  # fmt: skip


def look() -> None:
    """Prints the state, and what the list's page says to the agency that sent it."""
    from django.conf import settings

    from tests import cast
    from tests.pages import text
    from timpora.exchange.models import Batch

    settings.ALLOWED_HOSTS = ["*"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    batch = Batch.objects.get()
    client = cast.sign_in(batch.mandate)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/lists/{batch.pk}/", secure=True))
    print(json.dumps(state() | {"page": page}))


def until_begun() -> None:
    """Waits until some rows are in."""
    from timpora.exchange.models import Row

    while not Row.objects.filter(taken_at__isnull=False).exists():
        time.sleep(0.05)


def until_done() -> None:
    """Waits until the last row is in."""
    from timpora.exchange.models import Batch

    while not Batch.objects.committed().exists():
        time.sleep(0.2)


def wait_a_minute() -> None:
    """As if a minute had gone by since the run showed itself last: then it counts as killed."""
    from timpora.exchange.models import Run

    for run in Run.objects.all():
        Run.objects.filter(pk=run.pk).update(seen_at=run.seen_at - timedelta(minutes=1))


if __name__ == "__main__":
    django.setup()
    words = {
        "prepare": prepare,
        "look": look,
        "begun": until_begun,
        "done": until_done,
        "wait": wait_a_minute,
    }
    words[sys.argv[1]]()
