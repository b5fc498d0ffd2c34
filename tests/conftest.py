"""What every test shares. Tests at the HTTP edge use Django's client; browser tests a process of their own.

The ledger's triggers refuse DELETE, so a transactional test could not be cleaned up after: what needs real
commits and several connections (browser, worker, concurrency) starts `timpora start` on a DATA of its own.
"""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from tests import chromium, databases, installed
from tests.chromium import EXPECTED
from tests.running import Installation, Running
from timpora.vault import Vault
from tools import messages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until everything is loaded
    # No test fails for being slow on a shared machine; what is fast is measured by `make bench`.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")
    # Argon2 is slow on purpose; whether production uses it is itself a test (test_settings.py).
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if settings.SQLITE:
        # pytest-django would name a file for each process: it knows that SQLite is in memory by name only.
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"
    else:
        # A test holds one connection to its end, to one of two databases: a pool would be in the way.
        del settings.DATABASES["default"]["OPTIONS"]["pool"]
    # Each test client has a middleware of its own, which would list all static files when it is made.
    settings.WHITENOISE_AUTOREFRESH = True
    messages.compile_all()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    Vault.create(Path(settings.VAULT_KEYS))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files come first. On PostgreSQL a pure function is left out: it has no second engine."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if settings.SQLITE:
        return
    asking = [item for item in items if item.get_closest_marker("django_db") or "db" in _fixtures(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in asking])
    items[:] = asking


def pytest_collection_finish(session: pytest.Session) -> None:
    # As in production (wsgi.py): what was loaded stays, and is not searched for garbage again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)  # a test leaves little behind: the usual 700 cost one second in ten
    gc.enable()


def _fixtures(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", ()))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Who asks for `world` meets the database with the cast, everybody else the empty one."""
    databases.choose(with_cast="world" in _fixtures(item))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        databases.add_cast()
    yield
    with django_db_blocker.unblock():
        databases.drop_cast()


@pytest.fixture(autouse=True)
def _counts_of_the_rate_limits_start_anew() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _nobody_has_chosen_a_language() -> None:
    # A request leaves its language with the thread; the next test must not inherit it.
    translation.deactivate()


@pytest.fixture
def in_english() -> Iterator[None]:
    """A command called in this process speaks English, as `Installation` does in its own."""
    with translation.override("en"):
        yield


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation with a DATA folder and a port of its own: `.run(…)`, `.start(…)`."""
    made = Installation(tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`timpora start` with tables and areas for the tests of one file, ready: `.url`, `.run(…)`, `.log()`."""
    made = installed.copy(installed.areas(), tmp_path_factory.mktemp("live"))
    yield made.start()
    made.stop()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The machine's Chromium, one for the whole round."""
    program = chromium.path()
    if program is None:
        pytest.skip("no Chromium was found (CHROMIUM names one)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def contexts(browser: "Browser") -> "Iterator[Any]":
    """Makes separate browser profiles (one a device): `contexts(viewport=…, locale=…)`."""
    opened: list[BrowserContext] = []

    def context(**options: Any) -> "BrowserContext":
        options = {"viewport": {"width": 360, "height": 740}, "locale": "id-ID", **options}
        opened.append(browser.new_context(**options))
        return opened[-1]

    yield context
    for each in opened:
        each.close()


@pytest.fixture
def page(contexts: Any) -> "Page":
    """A phone-sized page; any error of the page's own scripts or of the CSP fails the test at once."""
    opened: Page = contexts().new_page()

    def complain(message: Any) -> None:
        if message.type == "error" and not message.text.startswith(EXPECTED):
            raise AssertionError(message.text)

    opened.on("console", complain)
    opened.on("pageerror", lambda error: (_ for _ in ()).throw(AssertionError(str(error))))
    return opened


@pytest.fixture
def noon() -> Iterator[None]:
    """The day the cast lives in: noon of 25 November 2026 in Semarang."""
    with time_machine.travel(datetime(2026, 11, 25, 5, 0, tzinfo=UTC), tick=True):
        yield
