"""Which PINs and passwords are ruled out, and for whom a PIN will do."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from timpora.team.roles import Role
from timpora.team.secret_policy import SENTENCES, faults, pin_allowed

PINS = st.from_regex(r"[0-9]{6}", fullmatch=True)


@pytest.mark.parametrize(
    "pin",
    [
        "000000",
        "123456",
        "654321",
        "012345",
        "890123",
        "121212",
        "123123",
        "112233",
        "135790",
        "778899",
        "111112",
    ],
)
def test_a_pin_with_a_pattern_is_refused(pin: str) -> None:
    assert faults(pin, pin=True) == ["pin_trivial"]


@pytest.mark.parametrize("pin", ["198517", "171985", "200419", "170885", "850817", "290200"])
def test_a_pin_that_is_a_date_or_a_year_is_refused(pin: str) -> None:
    assert faults(pin, pin=True) == ["pin_date"]


@pytest.mark.parametrize("pin", ["493827", "904716", "604938"])
def test_any_other_six_digits_will_do(pin: str) -> None:
    assert faults(pin, pin=True) == []


def test_a_pin_out_of_the_own_number_is_refused() -> None:
    assert faults("493827", pin=True, phone="+6281249382755") == ["pin_phone"]


@pytest.mark.parametrize("pin", ["4938", "49382", "4938271", "49382716"])
def test_a_pin_has_exactly_six_digits(pin: str) -> None:
    assert faults(pin, pin=True) == ["pin_length"]


@given(PINS)
def test_no_pin_at_all_will_do_where_a_password_is_needed(pin: str) -> None:
    assert "password_short" in faults(pin, pin=False)


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)))
def test_no_birthday_is_a_pin(day: date) -> None:
    for written in ("%d%m%y", "%y%m%d"):
        assert faults(day.strftime(written), pin=True) in (["pin_date"], ["pin_trivial"])


@given(st.text(min_size=1, max_size=20), st.booleans())
def test_every_fault_has_its_sentence(secret: str, pin: bool) -> None:
    assert set(faults(secret, pin=pin, username="bakalan")) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("secret", "fault"),
    [("short", "password_short"), ("12345678901", "password_digits"), ("1qaz2wsx3edc", "password_common"),
     ("desa-bakalan-ya", "password_name")],
)  # fmt: skip
def test_a_password_that_is_guessed_at_once_is_refused(secret: str, fault: str) -> None:
    assert faults(secret, pin=False, username="desa-bakalan") == [fault]


def test_three_words_are_a_password() -> None:
    assert faults("rumah kopi senja", pin=False, username="kudus") == []


@pytest.mark.parametrize("roles", [{Role.VILLAGE}, {Role.DISTRICT}, {Role.VILLAGE, Role.DISTRICT}])
def test_villages_and_districts_may_use_a_pin(roles: set[str]) -> None:
    assert pin_allowed(roles)


@pytest.mark.parametrize("roles", [set(), {Role.SECRETARY}, {Role.VILLAGE, Role.AUDITOR}, {Role.OPERATOR}])
def test_whoever_sees_more_or_nothing_may_not(roles: set[str]) -> None:
    assert not pin_allowed(roles)


@pytest.mark.django_db
def test_the_policy_stands_behind_every_form_through_django(world: Cast) -> None:
    validate_password("493827", world.bakalan.user)
    with pytest.raises(ValidationError, match="kata sandi paling sedikit sepuluh"):
        validate_password("493827", world.kudus.user)
