"""The settings that protect people, as the environment makes them."""

import json
import subprocess
import sys

import pytest
from django.test import Client

from tests.running import Installation

pytestmark = pytest.mark.sqlite

SHOW = """
import json, django
django.setup()
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def settings(installation: Installation, **environment: str) -> dict[str, object]:
    """All settings of a fresh process with this environment."""
    installation.environment |= environment
    done = subprocess.run(
        [sys.executable, "-c", SHOW],
        env={**installation.all_environment(), "DJANGO_SETTINGS_MODULE": "timpora.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_folder_named_by_nothing_is_the_usual_one(installation: Installation) -> None:
    kept = settings(installation, VAULT_KEYS="")
    assert kept["VAULT_KEYS"] == str(installation.data.resolve().parent / "vault-keys")


def test_a_demo_whose_key_cannot_be_read_says_so_in_one_line(installation: Installation) -> None:
    folder = installation.folder / "keys-are-a-folder"
    folder.mkdir()
    installation.environment["VAULT_KEYS"] = str(folder)
    said = installation.run("demo", check=False)
    assert said.returncode == 1
    assert "Traceback" not in said.stderr and str(folder) in said.stderr.splitlines()[-1]


def test_cookies_travel_over_https_only_unless_it_is_switched_off(installation: Installation) -> None:
    kept = settings(installation, HTTPS="on")
    assert kept["SESSION_COOKIE_SECURE"] is True
    assert kept["CSRF_COOKIE_SECURE"] is True
    assert kept["SESSION_COOKIE_HTTPONLY"] is True
    assert settings(installation, HTTPS="off")["SESSION_COOKIE_SECURE"] is False


def test_passwords_are_hashed_with_argon2(installation: Installation) -> None:
    hashers = settings(installation)["PASSWORD_HASHERS"]
    assert isinstance(hashers, list)
    assert "Argon2" in hashers[0]


def test_the_demo_is_bound_to_loopback_names_and_addresses(installation: Installation) -> None:
    demo = settings(installation, DEMO="1", HOST="0.0.0.0", ALLOWED_HOSTS="*")
    assert demo["HOST"] == "127.0.0.1"
    assert demo["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_sqlite_keeps_every_commit_and_waits_its_turn(installation: Installation) -> None:
    databases = settings(installation)["DATABASES"]
    assert isinstance(databases, dict)
    options = databases["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


@pytest.mark.django_db
def test_nothing_but_our_own_files_may_run_or_be_framed(client: Client) -> None:
    policy = client.get("/no-such-page/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
