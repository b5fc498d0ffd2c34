"""What browser tests share: an inspection of every page, devices, and one demo for the whole round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import installed
from tests.browser import device
from tests.browser.device import Device
from tests.browser.inspection import Inspection
from tests.running import Running

expect.set_options(timeout=15_000)


@pytest.fixture
def inspection() -> Iterator[Inspection]:
    """Looks at every page that a device visits; a fault it found fails the test."""
    made = Inspection()
    yield made
    assert made.faults == [], "\n".join(made.faults)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """`timpora demo`, one a process: whoever changes its figures compares with what it showed before."""
    made = installed.copy(installed.demo(), tmp_path_factory.mktemp("demo"))
    yield made.start("demo")
    made.stop()


@pytest.fixture(scope="session")
def looked_at() -> set[tuple[str, ...]]:
    """The demo's pages that an earlier test has inspected, each as one role's on one kind of screen."""
    return set()


@pytest.fixture
def visitor(
    demo: Running, contexts: Any, inspection: Inspection, looked_at: set[tuple[str, ...]]
) -> Callable[..., Device]:
    """A device on the demo: `visitor("desa", language="en", viewport=…)`, signed in with one tap."""
    inspection.seen = looked_at

    def arrive(account: str = "", **options: Any) -> Device:
        # Without scripts axe would be waited for without end; others look at the same pages.
        looking = inspection if options.get("java_script_enabled", True) else None
        made = device.made(contexts, demo.url, looking, **options)
        made.variant = str(sorted(options.items()))
        made.open("/sign-in/")
        if account:
            made.variant += account
            named = made.page.locator("b", has_text=re.compile(f"^{account}$"))
            made.page.locator("button.account").filter(has=named).click()
            made.arrived()
        return made

    return arrive
