"""`timpora link` and `timpora dedupe` on the files people have, without a database."""

from __future__ import annotations

import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from django.core.management import CommandError, call_command

from bench.people.__main__ import two_lists
from bench.people.written import HEADINGS
from timpora.sheets import Column, xlsx

LEFT, RIGHT, TRUTH = two_lists(300, seed=21)
SAME = {(left, right) for left, right, _culture in TRUTH}
INDONESIAN = ("No", "Nama Lengkap", "Tgl. Lahir", "L/P", "Kewarganegaraan", "No. Paspor", "Kabupaten/Kota")


def written(
    path: Path, rows: list[tuple[str, ...]], headings: tuple[str, ...] = HEADINGS, **how: Any
) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, **how).writerows([headings, *rows])
    return path


def found(out: Path) -> list[dict[str, str]]:
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*words: Any, **options: Any) -> str:
    said = StringIO()
    call_command(*map(str, words), stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


def test_two_lists_give_their_pairs_with_probability_weight_and_the_reasons(tmp_path: Path) -> None:
    left = written(tmp_path / "left.csv", LEFT)
    right = written(tmp_path / "right.csv", RIGHT, delimiter=";")
    out = tmp_path / "pairs.csv"
    said = run("link", left, right, "--out", out, "--one-to-one")
    rows = found(out)
    assert f"{len(rows)} " in said
    pairs = {(row["left_id"], row["right_id"]) for row in rows}
    assert len(pairs & SAME) > 0.9 * len(SAME) and len(pairs - SAME) < 0.05 * len(SAME)
    assert len({row["left_id"] for row in rows}) == len(rows)
    assert all(0.5 <= float(row["probability"]) <= 1 and "(+" in row["explanation"] for row in rows)
    assert float(rows[0]["weight"]) >= float(rows[-1]["weight"])


def test_indonesian_headings_workbooks_and_parquet_are_read_alike(tmp_path: Path) -> None:
    plain, sheet, parquet, other = (tmp_path / name for name in ("a.csv", "a.xlsx", "a.parquet", "b.csv"))
    written(plain, LEFT)
    columns = [Column(heading, heading) for heading in INDONESIAN]
    rows = [dict(zip(INDONESIAN, row, strict=True)) for row in LEFT]
    sheet.write_bytes(xlsx(columns, rows))
    table = {name: [row[at] for row in LEFT] for at, name in enumerate(HEADINGS)}
    pyarrow.parquet.write_table(pyarrow.table(table), parquet)
    written(other, RIGHT)
    told = []
    for file in (plain, sheet, parquet):
        run("link", file, other, "--out", tmp_path / "out.csv")
        told.append([(r["left_id"], r["right_id"], r["weight"]) for r in found(tmp_path / "out.csv")])
    assert told[0] == told[1] == told[2] and len(told[0]) > 150


def test_one_list_gives_who_stands_in_it_twice(tmp_path: Path) -> None:
    file = written(tmp_path / "both.csv", [*LEFT, *RIGHT])
    run("dedupe", file, "--out", tmp_path / "out.csv", "--least", "0.9")
    pairs = {tuple(sorted((row["left_id"], row["right_id"]))) for row in found(tmp_path / "out.csv")}
    assert len(pairs & SAME) > 0.75 * len(SAME) and len(pairs - SAME) < 0.07 * len(SAME)


def test_kept_weights_serve_again_and_headings_can_be_named(tmp_path: Path) -> None:
    left, right = written(tmp_path / "left.csv", LEFT), written(tmp_path / "right.csv", RIGHT)
    strange = written(tmp_path / "strange.csv", LEFT, ("x1", "who", "x3", "x4", "x5", "paper", "x7"))
    model, out = tmp_path / "model.json", tmp_path / "out.csv"
    run("link", left, right, "--out", out, "--save-model", model)
    once = found(out)
    run("link", left, right, "--out", out, "--model", model)
    again = found(out)
    assert [row["left_id"] for row in once] == [row["left_id"] for row in again]
    mapping = ["name=who", "birth_date=x3", "passport=paper", "id=x1", "nationality=x5"]
    run("link", strange, right, "--out", out, map=mapping)
    assert len({(row["left_id"], row["right_id"]) for row in found(out)} & SAME) > 100


def test_missing_columns_are_fine_and_rows_without_an_id_are_numbered(tmp_path: Path) -> None:
    left = written(tmp_path / "left.csv", [(row[1], row[2]) for row in LEFT], ("name", "birth_date"))
    right = written(tmp_path / "right.csv", [(row[1], row[2]) for row in RIGHT], ("nama", "tanggal lahir"))
    run("link", left, right, "--out", tmp_path / "out.csv")
    numbers = {
        (f"L{int(r['left_id']) - 1}", f"R{int(r['right_id']) - 1}") for r in found(tmp_path / "out.csv")
    }
    assert len(numbers & SAME) > 100


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        ("", [], "rows|baris"),
        ("id,name\n", [], "rows|baris"),
        ("id,colour\n1,red\n", [], "names|nama"),
        ("id,name\n1,Li\n", ["--map", "name=missing"], "missing"),
        ("id,name\n1,Li\n", ["--map", "hair=name"], "hair"),
        ("id,name\n1,Li\n", ["--map", "name"], "FIELD=HEADING|KOLOM=JUDUL"),
        ("id,name\n1,Li\n", ["--least", "1.5"], "0"),
        ("id,name\n1,Li\n", ["--groups", "--least", "0"], "0"),
        ("id,name\n1,Li\n", ["--limit-memory", "much"], "2GB"),
        ("id,name\n1,Li\n", ["--limit-memory", "1MB"], "1MB"),
        ("<html>", [], "names|nama"),
    ],
)
def test_what_gives_no_people_is_one_sentence(
    tmp_path: Path, content: str, words: list[str], sentence: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(content)
    with pytest.raises(CommandError, match=sentence):
        run("dedupe", file, "--out", tmp_path / "out.csv", *words)


def test_a_file_that_is_not_there_is_one_sentence_too(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run("dedupe", tmp_path / "nowhere.csv", "--out", tmp_path / "out.csv")


@pytest.mark.sqlite
def test_it_needs_no_database_and_no_server(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", LEFT[:40])
    environment = {"PATH": "/usr/bin:/bin", "DATA": str(tmp_path / "nothing"), "LANG": "C.UTF-8"}
    command = [str(Path(sys.executable).parent / "timpora"), "dedupe", str(file), "--out", "out.csv"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.csv").exists() and not list((tmp_path / "nothing").glob("*sqlite*"))


def test_rows_of_one_person_are_told_together(tmp_path: Path) -> None:
    thrice = [("1", "Zhang Wei Ming", "1990-05-03", "M", "CHN", "E1234567", "Kudus"),
              ("2", "Chang Wei-ming", "1990-05-03", "M", "CHN", "E1234567", "Kudus"),
              ("3", "ZHANG WEIMING", "1990-05-03", "M", "CHN", "E1234567", "Demak"),
              ("4", "Kim Min-jun", "1985-01-09", "M", "KOR", "M7654321", "Kudus")]  # fmt: skip
    out = tmp_path / "pairs.csv"
    run("dedupe", written(tmp_path / "list.csv", thrice), "--out", out, "--groups")
    assert {(row["left_id"], row["right_id"]) for row in found(out)} == {("1", "2"), ("1", "3"), ("2", "3")}
