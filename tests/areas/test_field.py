"""A field that takes an area by code or name, and says in a sentence why not."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from timpora.areas.forms import AreaField
from timpora.areas.models import Area, AreaChange
from timpora.areas.models.change import Decree
from timpora.ledger import book

pytestmark = pytest.mark.usefixtures("kudus")


class Form(forms.Form):
    area = AreaField(under=("33.19",), levels=(3, 4))
    anywhere = AreaField(required=False)


def chosen(text: str) -> str:
    form = Form({"area": text})
    assert form.is_valid(), form.errors
    return str(form.cleaned_data["area"].code)


def fault(text: str) -> tuple[str, str]:
    """The code and the sentence of the error."""
    form = Form({"area": text})
    assert not form.is_valid()
    (error,) = form.errors.as_data()["area"]
    with translation.override("en"):
        return str(error.code), " ".join(error.messages)


@pytest.mark.parametrize(
    "text",
    [
        "33.19.01.2001",
        "3319012001",
        "Bakalankrapyak (33.19.01.2001)",
        "Anything at all (33.19.01.2001)",
        "Bakalankrapyak",
        "bakalan krapyak",
        " Desa  Bakalankrapyak ",
    ],
)
def test_a_code_a_suggestion_or_a_name_gives_the_area(text: str) -> None:
    assert chosen(text) == "33.19.01.2001"


def test_a_word_before_the_name_tells_kecamatan_and_desa_apart() -> None:
    assert chosen("Kec. Kaliwungu") == "33.19.01"
    assert chosen("desa kaliwungu") == "33.19.01.2014"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kec. Kaliwungu, Kab. Kudus", "33.19.01"),
        ("Desa Kaliwungu, Kec. Kaliwungu, Kab. Kudus", "33.19.01.2014"),
        ("bakalan krapyak, kudus, jateng", "33.19.01.2001"),
    ],
)
def test_what_follows_a_comma_is_where_the_area_lies(text: str, code: str) -> None:
    assert chosen(text) == code


@pytest.mark.parametrize("text", ["Kec. Kaliwungu, Kab. Demak", "Kec. Kaliwungu, Nowhere", "," * 5_000])
def test_an_area_that_does_not_lie_there_is_refused(text: str) -> None:
    assert fault(text)[0] in {"unknown", "meant"}


def test_a_name_that_several_areas_have_is_asked_back_with_all_of_them() -> None:
    code, sentence = fault("Kaliwungu")
    assert code == "several"
    assert "33.19.01)" in sentence
    assert "33.19.01.2014)" in sentence


def test_a_misspelt_name_is_asked_back_with_what_may_be_meant() -> None:
    code, sentence = fault("bakalamkrapyak")
    assert code == "meant"
    assert "Bakalankrapyak – Kec. Kaliwungu, Kab. Kudus (33.19.01.2001)" in sentence


@pytest.mark.parametrize(
    "text", ["zzqqxx", "99.99", "33.19.01.9999", "x" * 10_000, "🙂", "Nowhere (33.19.77.2001)"]
)
def test_an_unknown_area_is_refused_with_a_sentence(text: str) -> None:
    code, sentence = fault(text)
    assert code == "unknown"
    assert sentence.endswith("suggestions.")


@pytest.mark.parametrize("text", ["33.18.01", "33", "Jawa Tengah (33)"])
def test_what_lies_outside_the_scope_is_unknown(text: str) -> None:
    assert fault(text)[0] in {"unknown", "meant"}
    assert Form({"area": "33.19.01", "anywhere": text}).is_valid()


@pytest.mark.parametrize("text", ["33.19", "Kab. Kudus (33.19)"])
def test_an_area_of_which_only_parts_may_be_chosen_is_named(text: str) -> None:
    code, sentence = fault(text)
    assert code == "wide" and "Kudus" in sentence


def test_a_retired_area_is_refused_by_name() -> None:
    area = Area.objects.get(code="33.19.01.2001")
    AreaChange.objects.retire(by=book.SYSTEM, area=area, decree=Decree("Perda 3/2026", date(2026, 1, 2)))
    for text in ("33.19.01.2001", "Bakalankrapyak"):
        code, sentence = fault(text)
        assert code == "retired"
        assert "Desa Bakalankrapyak" in sentence


def test_an_empty_field_is_refused_or_none() -> None:
    assert fault("")[0] == "required"
    form = Form({"area": "33.19.01", "anywhere": ""})
    assert form.is_valid()
    assert form.cleaned_data["anywhere"] is None


def test_the_typed_text_is_kept_and_an_area_is_shown_by_name_and_code() -> None:
    assert 'value="bakalamkrapyak"' in str(Form({"area": "bakalamkrapyak"})["area"])
    shown = Form(initial={"area": Area.objects.get(code="33.19.01")})
    assert 'value="Kaliwungu (33.19.01)"' in str(shown["area"])


def test_the_suggestions_of_a_field_keep_to_its_scope() -> None:
    assert "/areas/suggestions/?under=33.19&amp;level=3&amp;level=4" in str(Form()["area"])
    narrowed = Form()
    field = narrowed.fields["area"]
    assert isinstance(field, AreaField)
    field.narrow(("33.19.01",))
    assert "under=33.19.01&amp;" in str(narrowed["area"])
    assert "under=33.19&amp;" in str(Form()["area"])
