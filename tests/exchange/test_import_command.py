"""`timpora import`: a list of any length from the server, looked at and taken in as by its page."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.exchange.given import BROKEN, CHEN, HEADINGS, LIN, RAO, agree, mapped, outcomes, table
from tests.exchange.test_lists_bad_input import OLE, encrypted_xlsx, workbook
from tests.exchange.test_resume import invented
from timpora.areas.models import Area
from timpora.exchange import dry_run, taking
from timpora.exchange.models import Batch, Row, Upload, UploadPart
from timpora.ledger.book import SYSTEM
from timpora.ledger.models import Entry
from timpora.progress import Progress
from timpora.registry.models import Person, Statement
from timpora.team.models import Mandate, Post

WIDE = ";".join(["Nama", *(f"k{i}" for i in range(300))]) + "\nLIN" + ";" * 300 + "\n"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def written(folder: Path, *rows: tuple[str, ...], name: str = "tka.xlsx") -> Path:
    file = folder / name
    file.write_bytes(table(rows))
    return file


def run(file: Path, *words: str, by: str = "labour") -> str:
    """What the command printed, progress and all."""
    said, progress = StringIO(), StringIO()
    options = ["--by", by, "--area", "33.19", "--as-of", "2026-11-01", "--whole", *words]
    call_command("import", str(file), *options, stdout=said, stderr=progress)
    return said.getvalue() + progress.getvalue()


def test_it_takes_a_list_in_as_its_page_does(world: Any, tmp_path: Path) -> None:
    sharing = agree(world)
    by_page = mapped(world.labour, sharing, [LIN, CHEN, CHEN, BROKEN])
    expected = [
        (row.number, row.outcome, row.area_id, row.digest, row.faults)
        for row in by_page.rows.order_by("number")
    ]
    by_page.discard(by=world.labour)
    said = run(written(tmp_path, LIN, CHEN, CHEN, BROKEN), "--yes")
    batch = Batch.objects.get(committed_at__isnull=False)
    rows = batch.rows.order_by("number")
    assert [(row.number, row.outcome, row.area_id, row.digest, row.faults) for row in rows] == expected
    assert outcomes(batch) == ["new", "new", "unchanged", "faulty"]
    actions = Entry.objects.filter(subject=batch.cause).order_by("number").values_list("action", flat=True)
    assert list(actions) == ["batch.received", "batch.mapped", "batch.asked", "batch.committed"]
    assert batch.mandate == world.labour and batch.paper.number in said and f"/lists/{batch.pk}/" in said
    assert not Upload.objects.exists() and not UploadPart.objects.exists()


def test_the_dry_run_names_every_fault_and_keeps_nothing(world: Any, tmp_path: Path) -> None:
    agree(world)
    faults = tmp_path / "faults.csv"
    broken = (*BROKEN[:2], "=31/02/1991", *BROKEN[3:])
    said = run(written(tmp_path, LIN, broken, CHEN), "--dry-run", "--faults", str(faults))
    assert "2  new person" in said and "1  with a fault" in said and "3  rows in all" in said
    with faults.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    assert head == ["Row", "Column", "Value", "To put right"]
    assert [row[:3] for row in rows] == [["3", "TGL LAHIR", "'=31/02/1991"]]
    assert all(row[3] for row in rows)
    assert faults.stat().st_mode & 0o077 == 0
    faults.chmod(0o644)  # a file that was there: only the caller may read it from now on
    run(written(tmp_path, LIN, broken), "--dry-run", "--faults", str(faults))
    assert faults.stat().st_mode & 0o077 == 0
    assert not Row.objects.exists() and not Statement.objects.exists() and not UploadPart.objects.exists()
    assert {batch.state for batch in Batch.objects.all()} == {Batch.State.DISCARDED}


def test_the_faults_never_overwrite_the_list(world: Any, tmp_path: Path) -> None:
    agree(world)
    file = written(tmp_path, LIN)
    before = file.read_bytes()
    with pytest.raises(CommandError, match="names the list itself"):
        run(file, "--dry-run", "--faults", str(file))
    assert file.read_bytes() == before


def test_the_same_file_open_on_a_page_is_left_alone(world: Any, tmp_path: Path) -> None:
    on_page = mapped(world.labour, agree(world), [LIN])
    file = tmp_path / "tka.xlsx"
    file.write_bytes(on_page.upload.data)
    run(file, "--dry-run")
    on_page.refresh_from_db()
    assert on_page.state == Batch.State.READ and Upload.objects.get().batch == on_page


def test_ctrl_c_while_it_reads_leaves_nothing(world: Any, tmp_path: Path, monkeypatch: Any) -> None:
    agree(world)

    def stopped(*_args: Any) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(dry_run, "keep", stopped)
    with pytest.raises(CommandError, match="Stopped"):
        run(written(tmp_path, LIN), "--yes")
    assert Batch.objects.get().state == Batch.State.DISCARDED and not Upload.objects.exists()


def test_of_two_posts_the_one_that_reaches_the_area_brings_the_list(world: Any, tmp_path: Path) -> None:
    agree(world)
    post = Post.objects.open(
        by=SYSTEM, agency=world.labour.post.agency, role=world.labour.role, title="Demak",
        area=Area.objects.get(pk="33.21"), office=None,
    )  # fmt: skip
    Mandate.objects.grant(by=SYSTEM, user=world.labour.user, post=post, since=date(2026, 1, 1))
    for area in ("33.19", "33.21"):
        assert "1  new person" in run(written(tmp_path, LIN), "--dry-run", "--area", area)


def test_without_a_yes_nothing_is_taken_in(world: Any, tmp_path: Path, monkeypatch: Any) -> None:
    agree(world)
    file = written(tmp_path, LIN)
    assert "--yes" in run(file)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for answer, persons in (("", 0), ("n", 0), ("y", 1)):
        monkeypatch.setattr("builtins.input", lambda _question, answer=answer: answer)
        run(file)
        assert Person.objects.count() == persons


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"Nama;No. Paspor\n", "holds no rows"),
        (b"satu;dua\n1;2\n", "No heading of a person"),
        (b"Nama;No. Paspor\nA\0B;E1\n", "not a table"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "not a table"),
        (workbook(3, 3)[:-200], "not a table"),
        (b"PK\x03\x04 a CSV renamed to .xlsx is read; this is neither", "not a table"),
        (encrypted_xlsx(), "password"),
        (OLE + b"\0" * 600, "not a table"),
        (workbook(3, 300), "200 columns"),
        (WIDE.encode(), "200 columns"),
        (b"No. Paspor;No. Paspor\nE1;E2\n", "no row to take in"),  # the second heading is left out
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_and_nothing_is_kept(
    world: Any, tmp_path: Path, data: bytes, sentence: str
) -> None:
    agree(world)
    file = tmp_path / "daftar.xlsx"
    file.write_bytes(data)
    with pytest.raises(CommandError, match=sentence):
        run(file, "--yes")
    assert not Row.objects.exists() and not Statement.objects.exists() and not Upload.objects.exists()
    assert not Batch.objects.open().exists()


def test_a_file_that_is_not_there_is_one_sentence(world: Any, tmp_path: Path) -> None:
    agree(world)
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nowhere.csv")


def test_rows_with_faults_are_left_out_and_the_others_taken_in(world: Any, tmp_path: Path) -> None:
    agree(world)
    file = tmp_path / "tka.csv"
    rows = [
        HEADINGS, LIN, (*CHEN[:2], "31/02/2024", *CHEN[3:]), (*RAO[:2], "12 Ramadan 1440", *RAO[3:]),
        ("BUDI", "L", "1980", "Indonesia", "X1", "", "", "", ""),
    ]  # fmt: skip
    file.write_text("\n".join(";".join(row) for row in rows), encoding="utf-16")
    run(file, "--yes")
    assert outcomes(Batch.objects.get()) == ["new", "faulty", "faulty", "faulty"]
    assert Person.objects.get().names == "LIN YI-CHUN"


def test_it_acts_only_for_an_officer_whose_agency_may_give_the_list(world: Any, tmp_path: Path) -> None:
    file = written(tmp_path, LIN)
    with pytest.raises(CommandError, match="no record in force"):
        run(file, "--yes")
    sharing = agree(world)
    for other in ("kudus", "bakalan", "operator", "chair"):
        with pytest.raises(CommandError, match="no record in force"):
            run(file, "--yes", by=other)
    with pytest.raises(CommandError, match="nobody-here"):
        run(file, "--yes", by="nobody-here")
    with pytest.raises(CommandError, match=f"{sharing.pk} "):
        run(file, "--yes", "--sharing", str(sharing.pk + 1))
    with pytest.raises(CommandError, match="Choose a kabupaten"):
        run(file, "--yes", "--area", "33.18")
    assert not Batch.objects.exists()


def test_a_column_is_what_it_is_named_to_be(world: Any, tmp_path: Path) -> None:
    agree(world)
    file = tmp_path / "tka.csv"
    file.write_text("NAMA TKA;Negara;Tempat;JABATAN\nLIN;Taiwan;PT Muria;Welder\n")
    run(file, "--yes", "--map", "employer=tempat", "=JABATAN")
    values = Statement.objects.get().values
    assert values["employer"] == "PT Muria" and "job" not in values
    # What is named takes the place of what was recognised.
    file.write_text("NAMA TKA;Nama Paspor;Negara\nMR LIN;LIN YI-CHUN;Taiwan\n")
    run(file, "--yes", "--map", "names=Nama Paspor")
    assert Statement.objects.latest("pk").values["names"] == "LIN YI-CHUN"
    said = {"job=Nowhere": "NAMA TKA", "religion=Tempat": "employer", "Tempat": "FIELD="}
    for word, sentence in said.items():
        with pytest.raises(CommandError, match=sentence):
            run(written(tmp_path, RAO), "--yes", "--map", word)


def test_the_same_file_again_changes_nothing_and_says_where_it_is(world: Any, tmp_path: Path) -> None:
    agree(world)
    file = written(tmp_path, LIN)
    run(file, "--yes")
    with pytest.raises(CommandError, match=r"taken in already.*/lists/"):
        run(file, "--yes")
    assert Statement.objects.count() == 1


def test_stopped_while_it_takes_rows_in_it_goes_on_when_called_again(
    world: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    agree(world)
    monkeypatch.setattr(taking, "AT_ONCE", 5)
    monkeypatch.setattr(taking, "PART", 5)
    file, whole, seen = written(tmp_path, *map(invented, range(18))), taking.take_row, []

    def pulled(row: Any, *rest: Any) -> None:
        if len(seen) == 12:
            raise RuntimeError("the plug was pulled")
        seen.append(row.number)
        whole(row, *rest)

    monkeypatch.setattr(taking, "take_row", pulled)
    with pytest.raises(RuntimeError):
        run(file, "--yes")
    assert Statement.objects.count() == 10
    monkeypatch.setattr(taking, "take_row", whole)
    said = run(file)
    assert "Going on" in said and Statement.objects.count() == Person.objects.count() == 18
    assert [run.first_row for run in Batch.objects.get().runs.order_by("pk")] == [2, 12]


def test_stopped_while_it_reads_it_begins_anew_when_called_again(
    world: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    agree(world)
    monkeypatch.setattr(dry_run, "PORTION", 5)
    file, keep = written(tmp_path, *map(invented, range(18))), dry_run.keep
    kept: list[int] = []

    def pulled(batch: Batch, portion: Any, last: int) -> int:
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(1)
        return keep(batch, portion, last)

    monkeypatch.setattr(dry_run, "keep", pulled)
    with monkeypatch.context() as killed, pytest.raises(CommandError, match="Stopped"):
        killed.setattr(Batch, "discard", lambda *_args, **_named: None)  # a killed process tidies nothing
        run(file, "--yes")
    batch = Batch.objects.get()
    assert batch.rows.count() == 10 and batch.state == Batch.State.RECEIVED
    monkeypatch.setattr(dry_run, "keep", keep)
    assert f"Reading list {batch.pk} anew" in run(file, "--yes")
    batch.refresh_from_db()
    assert batch.state == Batch.State.COMMITTED and batch.rows.count() == Person.objects.count() == 18


def test_two_at_once_do_not_mix_what_they_read(world: Any, tmp_path: Path, monkeypatch: Any) -> None:
    agree(world)
    monkeypatch.setattr(dry_run, "PORTION", 5)
    file, keep = written(tmp_path, *map(invented, range(18))), dry_run.keep

    def meanwhile(batch: Batch, portion: Any, last: int) -> int:
        if last == 6:
            dry_run.clear(batch)  # another call has begun anew
        return keep(batch, portion, last)

    monkeypatch.setattr(dry_run, "keep", meanwhile)
    with pytest.raises(CommandError, match="Somebody else"):
        run(file, "--yes")
    assert not Statement.objects.exists()


class Screen(StringIO):
    def isatty(self) -> bool:
        return True

    def write(self, msg: str, style_func: Any = None, ending: str = "") -> int:
        return super().write(msg + ending)


def test_who_watches_sees_a_bar_and_a_log_gets_lines(monkeypatch: Any) -> None:
    monkeypatch.setattr("timpora.progress.OFTEN", 0.0)
    monkeypatch.setattr("timpora.progress.SELDOM", 0.0)
    screen, log = Screen(), Screen()
    monkeypatch.setattr(log, "isatty", lambda: False)
    for stream in (screen, log):
        progress: Any = Progress(stream)  # type: ignore[arg-type]
        progress.step("Reading", 2_000)
        progress.to(1_000)
        progress.end()
    assert "[############............]  50% Reading 1,000 / 2,000" in screen.getvalue()
    assert log.getvalue() == "Reading\nReading: 1,000 / 2,000\n"
