"""A phone as the server meets it: prepared by an officer, it sends items as js/pocket/outbox.js does."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.test import Client

from tests import cast
from timpora.inbound import envelope
from timpora.inbound.models import Device
from timpora.team.models import Mandate

SECRET = "583014"
SAID = {
    "kind": "present", "names": "Lin Yi-Chun", "nationality": "Taiwan (TWN)", "sex": "F",
    "birth_date_day": "03", "birth_date_month": "05", "birth_date_year": "1990",
    "address": "mess PT Muria Jaya, RT 02/RW 03",
}  # fmt: skip


class Phone:
    """Signed in and prepared; `device` is its number."""

    def __init__(self, mandate: Mandate, *, prepared: bool = True) -> None:
        self.mandate = mandate
        mandate.user.set_password(SECRET)
        mandate.user.save()
        self.client: Client = cast.sign_in(mandate)
        self.device = self.prepare()["device"] if prepared else ""

    @property
    def row(self) -> Device:
        found: Device = Device.objects.get(number=self.device)
        return found

    def prepare(self, secret: str = SECRET) -> Any:
        said = {"secret": secret, "label": "Chrome · Android"}
        return self.client.post("/pocket/devices/", said, content_type="application/json").json()

    def get(self, path: str) -> Any:
        return self.client.get(path, headers={"X-Timpora-Device": self.device})

    def send(
        self, kind: str = "report", fields: dict[str, str] | None = None, *, number: str = "",
        about: dict[str, str] | None = None, seen: dict[str, str] | None = None, **clock: str,
    ) -> Any:  # fmt: skip
        """The answer to one item; its `status` is the HTTP status."""
        number = number or str(uuid4())
        said = {
            "kind": kind,
            "fields": list((SAID if fields is None else fields).items()),
            "about": {"mandate": str(self.mandate.pk), **(about or {})},
            "seen": seen or {},
        }
        return self.post(number, envelope.closed(said, number), **clock)

    def post(self, number: str, closed: Any, **clock: str) -> Any:
        now = datetime.now(UTC).isoformat()
        sent = {"number": number, "envelope": closed, "made_at": now, "sent_at": now, **clock}
        headers = {"X-Timpora-Device": self.device}
        answer = self.client.post(
            "/outbox/items/", json.dumps(sent), content_type="application/json", headers=headers
        )
        return answer.json() | {"status": answer.status_code}
