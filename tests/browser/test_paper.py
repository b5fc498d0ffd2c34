"""The blank form on paper: whoever hands it out prints one A4 sheet, whatever stands in its head."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.device import COMPUTER, PHONE, Device

pytestmark = pytest.mark.browser

# In the PDF that Chromium writes each sheet is a page object; /Pages is the tree they hang on.
SHEET = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
SIZE = re.compile(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]")
A4 = (595, 842)  # points of 1/72 inch: 210 × 297 mm


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("account", ["desa", "kecamatan", "kabupaten", "imigrasi"])
def test_the_blank_form_prints_on_one_page(
    visitor: Callable[..., Device], account: str, language: str
) -> None:
    hands = visitor(account, language=language, viewport=COMPUTER).open("/reports/paper/")
    hands.sees("REPORT ON A FOREIGN NATIONAL")
    printed = hands.page.pdf(prefer_css_page_size=True)
    assert len(SHEET.findall(printed)) == 1
    assert {tuple(round(float(side)) for side in sides) for sides in SIZE.findall(printed)} == {A4}


def test_printed_from_a_phone_it_is_one_page_too(visitor: Callable[..., Device]) -> None:
    hands = visitor("desa", viewport=PHONE).open("/reports/paper/")
    assert len(SHEET.findall(hands.page.pdf(prefer_css_page_size=True))) == 1
