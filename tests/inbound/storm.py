"""Runs of rapid messages with repeats, out of order, while the worker is killed: `python -m
tests.inbound.storm 50`.

A process of its own with DATA, VAULT_KEYS and the rest in its environment; the provider is in it, the worker
is `timpora worker` beside it. Prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from tests import graph_server
from tests.graph_server import Graph

RAPID = 20  # messages a run
WORDS = ("lapor", "tugas", "bantuan", "halo apa kabar", "report", "tasks", "help", "menu")
SENDERS = ("ID.100001", "ID.100002", "ID.100003")
WITHIN = 120.0  # seconds in which something must happen, on however busy a machine


class Pump(threading.Thread):
    """Brings the delivery states of what the provider took: shuffled, some of them twice."""

    def __init__(self, chance: Random) -> None:
        super().__init__(daemon=True)
        self.chance, self.waiting, self.idle = chance, queue.Queue[dict[str, Any]](), threading.Event()
        self.ending = False

    def run(self) -> None:
        from django.db import connection

        from tests.inbound.deliveries import delivery, post, status, value

        while not self.ending:
            try:
                batch = [self.waiting.get(timeout=0.1)]
            except queue.Empty:
                self.idle.set()
                continue
            while not self.waiting.empty():
                batch.append(self.waiting.get())
            states = [
                status(word, id=each["id"], tracker=each["tracker"])
                for each in batch
                for word in ("sent", "delivered", "delivered", "read")
            ]
            self.chance.shuffle(states)
            assert post(delivery(value(statuses=states))).status_code == 200
        connection.close()


class Telling(list[dict[str, Any]]):
    """The provider's taken messages, each of which is told to the pump."""

    def __init__(self, pump: Pump, graph: Graph) -> None:
        super().__init__()
        self.pump, self.graph = pump, graph

    def append(self, message: dict[str, Any]) -> None:
        super().append(message)
        self.pump.idle.clear()
        told = {"id": self.graph.id_of(len(self)), "tracker": message["biz_opaque_callback_data"]}
        self.pump.waiting.put(told)


@dataclass
class Worker:
    """`timpora worker`, which is killed and started again."""

    kills: int = 0
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "timpora.cli", "worker"]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.kills += 1


@dataclass
class Storm:
    """All that is counted."""

    graph: Graph
    chance: Random
    worker: Worker = field(default_factory=Worker)
    sent: int = 0
    deliveries: int = 0

    def run(self) -> None:
        """One run: twenty messages from three members, delivered by four threads, with repeats, out of
        order.
        """
        from tests.inbound.deliveries import text

        now = datetime.now(UTC)
        messages = [
            text(
                self.chance.choice(WORDS),
                sender=self.chance.choice(SENDERS),
                at=now - timedelta(seconds=30 - place),
            )
            for place in range(RAPID)
        ]
        self.sent += len(messages)
        repeated = messages + self.chance.choices(messages, k=RAPID // 2)
        self.chance.shuffle(repeated)
        parcels = [repeated[start : start + 3] for start in range(0, len(repeated), 3)]
        threads = [threading.Thread(target=self.deliver, args=(parcels[place::4],)) for place in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(self.chance.uniform(0.0, 1.5))
        self.worker.kill()
        self.worker.start()
        for thread in threads:
            thread.join()

    def deliver(self, parcels: list[list[dict[str, Any]]]) -> None:
        from django.db import connection

        from tests.inbound.deliveries import delivery, post, value

        for parcel in parcels:
            assert post(delivery(value(*parcel))).status_code == 200
            self.deliveries += 1
        connection.close()

    def settle(self, pump: Pump) -> None:
        """Waits until everything was worked off and sent; claims of killed workers are made to look old."""
        from timpora.rooms.models import Incoming, Outgoing
        from timpora.rooms.models.outgoing import LOST, OPEN

        until, sent = time.monotonic() + WITHIN, -1
        while time.monotonic() < until:
            if len(self.graph.taken) != sent:
                until, sent = time.monotonic() + WITHIN, len(self.graph.taken)
            waiting = Incoming.objects.filter(worked_at__isnull=True).exists()
            stuck = Outgoing.objects.filter(OPEN, claimed_at__isnull=False)
            if not waiting and not Outgoing.objects.filter(OPEN).exclude(pk__in=stuck).exists():
                time.sleep(1)
                pump.idle.wait(10)  # every state has come: what has none was never sent
                for row in stuck.filter(claimed_at__gt=datetime.now(UTC) - LOST):
                    aged = row.claimed_at - LOST - timedelta(seconds=1)
                    Outgoing.objects.filter(OPEN, pk=row.pk, claimed_at=row.claimed_at).update(
                        claimed_at=aged
                    )
                if not stuck.exists():
                    return
            time.sleep(0.3)

    def figures(self) -> dict[str, Any]:
        from timpora.rooms.models import Incoming, Outgoing

        replies = Counter(Outgoing.objects.values_list("answers", flat=True))
        arrived = Counter(message["biz_opaque_callback_data"] for message in self.graph.taken)
        kept = Incoming.objects.count()
        answered = sum(row in replies for row in Incoming.objects.values_list("pk", flat=True))
        more = [kept - self.sent, sum(replies.values()) - len(replies), sum(arrived.values()) - len(arrived)]
        return {
            "messages": self.sent, "deliveries": self.deliveries, "kills": self.worker.kills, "kept": kept,
            "answered": answered, "arrived": len(arrived),
            "lost": self.sent - min(kept, answered, len(arrived)), "doubled": sum(more),
            "unread": Outgoing.objects.filter(read_at__isnull=True).count(),
        }  # fmt: skip


def prepare() -> None:
    """A database with the cast, of whom three are bound."""
    from django.conf import settings
    from django.core.management import call_command

    from tests import cast
    from timpora.rooms.models import Binding
    from timpora.vault import Vault

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    if not settings.VAULT_KEYS.exists():
        Vault.create(settings.VAULT_KEYS)
    world = cast.seated()
    for mandate, whatsapp_id in zip((world.bakalan, world.kaliwungu, world.kudus), SENDERS, strict=True):
        Binding.objects.create(user=mandate.user, whatsapp_id=whatsapp_id)


def main(runs: int) -> None:
    chance = Random(int(os.environ.get("SEED", "7")))
    with graph_server.running() as graph:
        os.environ |= {
            "WHATSAPP_TOKEN": graph_server.TOKEN, "WHATSAPP_PHONE_ID": graph_server.PHONE,
            "WHATSAPP_APP_SECRET": graph_server.SECRET, "WHATSAPP_VERIFY_TOKEN": graph_server.VERIFY,
            "WHATSAPP_GRAPH": graph.address, "DJANGO_SETTINGS_MODULE": "timpora.settings",
        }  # fmt: skip
        import django

        django.setup()
        prepare()
        pump = Pump(chance)
        graph.taken = Telling(pump, graph)
        pump.start()
        storm = Storm(graph, chance)
        storm.worker.start()
        began = time.monotonic()
        try:
            for _run in range(runs):
                storm.run()
            storm.settle(pump)
        finally:
            storm.worker.kill()
            storm.worker.kills -= 1  # the last one was no part of it
        pump.idle.wait(10)
        pump.ending = True
        print(json.dumps({"runs": runs, **storm.figures(), "seconds": round(time.monotonic() - began, 1)}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
