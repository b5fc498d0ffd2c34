"""The demo's export of APOA: what each of its rows becomes in the demo's two lodgings."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cast import PASSPORT, Cast, report
from tests.exchange.given import agree, outcomes, receive
from tests.stays.house import TODAY
from timpora.desk.world import apoa, lodgings, records
from timpora.desk.world.seats import Seats
from timpora.exchange.lists.kinds import GUESTS, KINDS
from timpora.exchange.lists.reading import inspect
from timpora.stays.models import Stay

pytestmark = pytest.mark.django_db


def test_the_demos_export_is_taken_in_under_the_demos_record(world: Cast) -> None:
    report(world.bakalan, **PASSPORT).confirm(by=world.kaliwungu)
    seated = {"kabupaten": world.kudus, "imigrasi": world.immigration}
    lodgings.fill(Seats(world.office, date(2026, 1, 1), dict(seated)), TODAY)
    known = Stay.objects.believed().count()
    fields = {kind: fields for agency, kind, fields, _paper in records.RECORDS if agency == "imigrasi"}
    sharing = agree(world, "imigrasi", GUESTS, fields=fields[GUESTS])
    data = apoa.file(TODAY)
    batch = receive(world.immigration, sharing, data, as_of=TODAY, whole=False, file_name="apoa.xlsx")
    batch.map(by=world.immigration, mapping=inspect(data, KINDS[GUESTS]).mapping)
    forecast = outcomes(batch)
    assert forecast == ["unchanged", "left", "guest", "guest", "guest", "faulty"]
    batch.commit(by=world.immigration)
    assert outcomes(batch) == forecast and Stay.objects.believed().count() == known + 3
