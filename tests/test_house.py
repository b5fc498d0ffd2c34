"""The rules of the house that a machine can check: docs that fail, layers, names, sizes, translations."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from timpora.areas.models import ChangeKind
from timpora.reports.models import Report
from tools import messages

pytestmark = pytest.mark.sqlite

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "timpora"
DOCS = ROOT / "docs"
PLACE = re.compile(r"%\([a-z_]+\)[sdf]|\{[a-z_]*\}")


def files(*patterns: str) -> list[Path]:
    """The files of the repository, those not yet committed included, that fit one of the patterns."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in said.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def python_files() -> Iterator[tuple[Path, ast.Module]]:
    """Our own Python files, parsed; migrations are generated."""
    for path in files("timpora/*.py"):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def where(path: Path, node: ast.AST | None = None) -> str:
    line = f":{getattr(node, 'lineno', 0)}" if node else ""
    return f"{path.relative_to(ROOT)}{line}"


# --- docs that fail ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("app", [*settings.OURS, "sheets"])
def test_every_app_says_in_its_readme_what_it_owns(app: str) -> None:
    readme = PACKAGE / app / "README.md"
    assert readme.exists()
    assert len(readme.read_text().splitlines()) <= 20


def test_every_model_is_in_the_glossary() -> None:
    glossary = (DOCS / "glossary.md").read_text()
    models = [model.__name__ for app in settings.OURS for model in apps.get_app_config(app).get_models()]
    assert models
    assert [name for name in models if not re.search(rf"\b{name}\b", glossary)] == []


def test_every_setting_is_in_the_operating_guide() -> None:
    guide = (DOCS / "operating.md").read_text()
    tree = ast.parse((PACKAGE / "settings.py").read_text())
    names = {
        call.args[0].value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(names) > 15
    assert [name for name in sorted(names) if f"`{name}`" not in guide] == []


def test_every_setting_in_the_operating_guide_exists() -> None:
    source = (PACKAGE / "settings.py").read_text()
    named = re.findall(r"^\| `([A-Z_]+)`", (DOCS / "operating.md").read_text(), re.MULTILINE)
    assert [name for name in named if f'"{name}"' not in source] == []


def test_every_ledger_action_is_in_its_page() -> None:
    page = (DOCS / "ledger-actions.md").read_text()
    actions, unclear = ledger_actions()
    assert unclear == []
    assert actions
    assert [action for action in sorted(actions) if f"`{action}`" not in page] == []


FAMILIES = {"area.": ChangeKind.values, "report.": [Report.State.SENT_BACK, Report.State.REFUSED]}


def ledger_actions() -> tuple[set[str], list[str]]:
    """The actions that the code records, and the places where the action is not written out."""
    actions: set[str] = set()
    unclear: list[str] = []
    for path, tree in python_files():
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call) or not call.args or not _is_record(call.func):
                continue
            said = [node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant)]
            written = [
                each for each in said if isinstance(each, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", each)
            ]
            # A family of actions, one a state: f"area.{kind}".
            for start, ends in FAMILIES.items():
                written += [f"{start}{end}" for end in ends] if start in said else []
            actions.update(written)
            if not written:
                unclear.append(where(path, call))
    return actions, unclear


def _is_record(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "record"
        and isinstance(function.value, ast.Name)
        and function.value.id == "book"
    )


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 80


# --- translations -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("app", messages.apps(), ids=lambda path: path.name)
def test_every_text_is_translated_into_indonesian(app: Path) -> None:
    found = messages.read(messages.catalogue(app))
    untranslated = []
    for text in messages.texts(app):
        message = messages.known(found, text)
        strings = (
            [message.string]
            if message and isinstance(message.string, str)
            else list(message.string if message else ())
        )
        if not strings or not all(strings) or (message and message.fuzzy):
            untranslated.append(f"{text.place} {text.msgid!r}")
    assert untranslated == []


@pytest.mark.parametrize("app", messages.apps(), ids=lambda path: path.name)
def test_every_translation_fills_the_same_places(app: Path) -> None:
    different = []
    for message in messages.read(messages.catalogue(app)):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        allowed = {place for each in ids for place in PLACE.findall(each)}
        different += [each for each in strings if each and not set(PLACE.findall(each)) <= allowed]
        if len(ids) == 1:
            different += [each for each in strings if each and set(PLACE.findall(each)) != allowed]
    assert different == []


def test_a_text_has_one_translation_in_whichever_catalogue_it_stands() -> None:
    """Django merges the catalogues: of two translations one would be shown everywhere, unseen."""
    said: dict[tuple[str, str | None], object] = {}
    differing = []
    for app in messages.apps():
        for message in messages.read(messages.catalogue(app)):
            msgid = message.id if isinstance(message.id, str) else message.id[0]
            if msgid and said.setdefault((msgid, message.context), message.string) != message.string:
                differing.append(f"{app.name}: {msgid!r}")
    assert differing == []


# --- layers and names -------------------------------------------------------------------------------------


def test_the_layers_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_no_key_points_to_a_higher_layer() -> None:
    rank = {app: place for place, app in enumerate(settings.OURS)}
    upward = [
        f"{model._meta.label}.{field.name}"
        for app in settings.OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model
        if rank.get(field.related_model._meta.app_label, 99) < rank[app]
    ]
    assert upward == []


def test_no_import_hides_in_a_string_or_a_function_to_reach_a_higher_layer() -> None:
    rank = {app: place for place, app in enumerate(settings.OURS)}
    upward = []
    for path, tree in python_files():
        own = rank.get(path.relative_to(PACKAGE).parts[0])
        if own is None:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named = re.match(r"timpora\.([a-z]+)\b", node.value)
                if named and rank.get(named[1], 99) < own:
                    upward.append(where(path, node))
    assert upward == []


def test_no_module_is_a_drawer_for_everything() -> None:
    drawers = {
        "services",
        "selectors",
        "managers",
        "helpers",
        "utils",
        "base",
        "common",
        "core",
        "signals",
        "misc",
    }
    named = [path for path, _ in python_files() if path.stem in drawers or path.parent.name in drawers]
    asked_for_by_django = {PACKAGE / "sqlite" / "base.py"}
    assert [where(path) for path in named if path not in asked_for_by_django] == []


def test_nothing_happens_behind_the_back_of_a_verb() -> None:
    behind = []
    for path, tree in python_files():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and _of_a_model(tree, node):
                behind.append(where(path, node))
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("dispatch"):
                behind.append(where(path, node))
    assert behind == []


def _of_a_model(tree: ast.Module, method: ast.FunctionDef) -> bool:
    owners = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and method in node.body]
    return any("Model" in ast.unparse(base) for owner in owners for base in owner.bases)


def test_no_python_file_grows_past_300_lines() -> None:
    assert [where(path) for path, _ in python_files() if len(path.read_text().splitlines()) > 300] == []


# --- what must never be in a file -------------------------------------------------------------------------


def test_no_file_names_a_place_on_one_machine() -> None:
    # Written apart, so that this file does not name them itself.
    places = re.compile(
        r"(?<![\w.])(" + "|".join(["/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "Users/"]) + ")"
    )
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [where(path) for line in text.splitlines() if places.search(line)]
    assert found == []


def test_the_lock_carries_hashes_and_no_address() -> None:
    for name in ("runtime", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        assert "--index" not in text
        assert text.count("==") <= text.count("--hash=sha256:")


def test_no_template_carries_inline_script_or_style() -> None:
    inline = re.compile(
        r"<style|<script(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE
    )
    found = []
    for path in files("timpora/*.html"):
        text = re.sub(r"<script[^>]*type=\"application/json\"", "", path.read_text(encoding="utf-8"))
        found += [f"{where(path)}: {match[0]}" for match in inline.finditer(text)]
    assert found == []


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", *settings.OURS, verbosity=0)
