"""`timpora import` with a list of guests: looked at and taken in as by its page, kept as it says."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from tests import cast
from tests.cast import BAKALAN, Cast
from tests.exchange.given import agree, outcomes, table
from tests.exchange.test_guests import DAY, FIELDS, HEADINGS, OTHER, row
from tests.pages import text
from tests.stays import house
from timpora.exchange.models import Batch, Row
from timpora.ledger.book import SYSTEM
from timpora.recaps.counting import counts
from timpora.registry.models import Person
from timpora.stays.models import Stay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

UNKNOWN = ("Wisma Belum Ada", *row(number="CZ778899")[1:])
OVER = datetime(2027, 6, 26, 3, tzinfo=UTC)  # past the months that the record allows


@pytest.fixture
def export(world: Cast, tmp_path: Path) -> Path:
    """An export of three guests, one of them in a house that is not registered here."""
    agree(world, "imigrasi", "guests", fields=FIELDS, keep_months=6)
    house.lodging(world)
    file = tmp_path / "apoa.xlsx"
    file.write_bytes(table([row(), OTHER, UNKNOWN], HEADINGS))
    return file


def run(file: Path, *words: str) -> str:
    said = StringIO()
    options = ["--by", "immigration", "--area", "33.19", "--as-of", DAY, "--whole", *words]
    call_command("import", str(file), *options, stdout=said, stderr=said)
    return said.getvalue()


def page(world: Cast, batch: Batch) -> str:
    officer = cast.sign_in(world.immigration)
    officer.cookies["django_language"] = "en"
    return " ".join(text(officer.get(f"/lists/{batch.pk}/")).split())


def test_the_dry_run_says_what_each_guest_would_become_and_keeps_nothing(
    world: Cast, export: Path, tmp_path: Path
) -> None:
    faults = tmp_path / "faults.csv"
    said = run(export, "--dry-run", "--faults", str(faults))
    assert "2  visitor" in said and "1  with a fault" in said and "3  rows in all" in said
    assert "Nama Penginapan → Lodging" in said and "Nomor Kamar → left out" in said
    assert "Wisma Belum Ada" in faults.read_text("utf-8-sig") and "Register it first" in faults.read_text()
    assert not Stay.objects.exists() and not Row.objects.exists()
    assert Batch.objects.get().state == Batch.State.DISCARDED


def test_taken_in_the_guests_are_visitors_and_a_second_file_doubles_nobody(world: Cast, export: Path) -> None:
    said = run(export, "--yes")
    batch = Batch.objects.get()
    assert outcomes(batch) == ["guest", "guest", "faulty"] and batch.paper.number in said
    assert (counts(BAKALAN).visitors, Person.objects.count()) == (2, 0)
    export.write_bytes(table([OTHER, row(left="25/11/2026")], HEADINGS))
    run(export, "--yes")
    assert outcomes(Batch.objects.latest("pk")) == ["unchanged", "left"]
    assert Stay.objects.believed().count() == 2


def test_its_receipt_says_what_is_forgotten_and_that_the_stays_are_kept(world: Cast, export: Path) -> None:
    run(export, "--yes")
    batch: Any = Batch.objects.get()
    kept = "The stays themselves are kept as every stay in a lodging."
    before = page(world, batch)
    assert "Which stays it told of" in before and "What the rows said" not in before and kept in before
    with time_machine.travel(OVER):
        batch.forget(by=SYSTEM)
        after = page(world, batch)
    assert "no longer says which stays it told of" in after and after.count(kept) == 2
    assert "what the rows said was forgotten" not in after and "Brannagh" not in after
    assert Stay.objects.believed().count() == 2 and not batch.rows.exclude(stay=None).exists()
