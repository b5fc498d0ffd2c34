"""The numbers in a person's values: compared however they are spaced, shown masked."""

import pytest

from timpora import vault
from timpora.registry import sealed
from timpora.registry.masks import DOTS


@pytest.mark.parametrize("field", ["document_number", "permit_number"])
def test_equal_numbers_are_alike_however_they_are_spaced(field: str) -> None:
    first, again, other = (
        vault.current().seal(number, sealed.CONTEXTS[field]) for number in ("2C11 AB-7", "2c11ab7", "2C11AB8")
    )
    assert first != again
    assert sealed.comparable(field, first) == sealed.comparable(field, again)
    assert sealed.comparable(field, first) != sealed.comparable(field, other)


def test_a_number_that_no_key_opens_is_like_itself_alone_and_is_not_shown() -> None:
    lost = vault.current().seal("2C11AB7", "another place")
    assert sealed.masked("permit_number", lost) == DOTS
    assert sealed.comparable("permit_number", lost) == lost
    with pytest.raises(vault.VaultError):
        sealed.opened("permit_number", lost)
