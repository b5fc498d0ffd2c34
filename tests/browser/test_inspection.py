"""The inspection itself: a check that cannot fail would be a defect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.inspection import Inspection

pytestmark = pytest.mark.browser

WHOLE = (
    "<!doctype html><html lang='id'><head><title>T</title></head>"
    "<body><main><h1>T</h1>{}</main></body></html>"
)


@pytest.fixture
def watched(contexts: Any) -> Callable[[str], Inspection]:
    """What an inspection finds on a page with this content."""

    def look(content: str) -> Inspection:
        made = Inspection()
        page: Page = contexts().new_page()
        made.watch(page)
        page.set_content(WHOLE.format(content))
        made.look(page)
        return made

    return look


def test_a_sound_page_has_no_fault(watched: Callable[[str], Inspection]) -> None:
    assert watched("<p>Lin</p>").faults == []


@pytest.mark.parametrize(
    "content",
    [
        "<img src='data:,'>",
        "<input name='q'>",
        "<p style='color: #bbb; background: #fff'>Lin</p>",
        "<script>throw new Error('x')</script>",
        "<script>console.error('Refused by the policy')</script>",
        "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\"><script>1</script>",
    ],
)
def test_each_kind_of_fault_is_found(watched: Callable[[str], Inspection], content: str) -> None:
    assert watched(content).faults


def test_an_address_is_looked_at_once_and_again_when_other_parts_stand_on_it(contexts: Any) -> None:
    made, page = Inspection(), contexts().new_page()
    for content in ("<p>1</p>", "<p>2</p>", "<div class='errors'>3</div>"):
        page.set_content(WHOLE.format(content))
        made.look(page)
    assert len(made.seen) == 2
