"""The widgets of the shell: what was typed stays, an error stands beside its field."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from timpora.registry.partial_date import PartialDate
from timpora.widgets import Answers, DateParts, Suggest


def typed(day: str, month: str, year: str) -> str:
    data = QueryDict(mutable=True)
    data.update({"born_day": day, "born_month": month, "born_year": year})
    return DateParts().value_from_datadict(data, {}, "born")


@given(st.dates())
def test_a_whole_date_in_three_parts_is_the_same_date(day: Any) -> None:
    year = f"{day.year:04}"
    assert typed(str(day.day), str(day.month), year) == day.isoformat()


@given(st.integers(1900, 2025), st.integers(1, 12))
def test_a_date_may_be_known_to_its_month_or_year_only(year: int, month: int) -> None:
    assert str(PartialDate.parse(typed("", str(month), str(year)))) == f"{year}-{month:02}"
    assert str(PartialDate.parse(typed("", "", str(year)))) == str(year)


part = st.text("0123456789x", max_size=4)


@given(part, part, part)
def test_whatever_was_typed_into_the_parts_stands_there_again(day: str, month: str, year: str) -> None:
    value = typed(day, month, year)
    again = [shown or "" for shown in DateParts().decompress(value)]
    assert again == [day and day.zfill(2), month and month.zfill(2), year]


def test_nothing_typed_is_nothing() -> None:
    assert typed("", " ", "") == ""


class Asked(forms.Form):
    born = forms.CharField(label="Born", widget=DateParts, help_text="As printed")
    here = forms.ChoiceField(label="Here?", widget=Answers, choices=[("y", "Still here"), ("n", "Moved")])
    village = forms.CharField(label="Village", widget=Suggest(url_name="desk:patterns_villages"))


def test_an_answer_is_never_chosen_beforehand() -> None:
    page = str(Asked()["here"])
    assert page.count('type="radio"') == 2
    assert "checked" not in page


def test_the_chosen_answer_stays_chosen() -> None:
    page = str(Asked({"here": "n"})["here"])
    assert re.search(r'value="n"[^>]*checked', page)
    assert page.count("checked") == 1


def test_an_error_stands_beside_its_field_and_in_the_summary() -> None:
    form = Asked({"here": "y"})
    assert not form.is_valid()
    field = render_to_string("form/field.html", {"field": form["village"]})
    summary = render_to_string("form/errors.html", {"form": form})
    assert 'id="id_village_error"' in field
    assert re.search(r'<input[^>]*aria-describedby="id_village_error"', field)
    assert 'href="#id_village"' in summary
    assert 'href="#id_born_0"' in summary
    assert 'id="id_born_0"' in render_to_string("form/field.html", {"field": form["born"]})
    assert "id_here" not in summary


def test_a_suggested_text_is_an_ordinary_text_field_without_scripts() -> None:
    page = str(Asked({"village": "Bakalan"})["village"])
    assert 'name="village" value="Bakalan"' in page
    assert 'hx-get="/patterns/villages/"' in page
    assert 'role="combobox"' not in page
