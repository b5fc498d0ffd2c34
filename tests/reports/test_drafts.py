"""What was typed and not sent survives: closing the page, a refused form."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests import cast
from tests.cast import Cast
from tests.pages import text
from tests.reports.conftest import send
from timpora.reports.models import Draft

pytestmark = pytest.mark.django_db
TYPED = {
    "names": "Lin Yi-Ch",
    "nationality": "Taiw",
    "birth_date_year": "1990",
    "address": "mess",
    "sex": "F",
}


def test_what_is_typed_is_kept_sealed_and_stands_in_the_form_again(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    number = str(uuid4())
    kept = desa.post("/reports/draft/", TYPED | {"sent_id": number}, headers={"hx-request": "true"})
    assert "Tersimpan pukul" in text(kept) and "<html" not in text(kept)
    assert "Lin Yi-Ch" not in Draft.objects.get().sealed
    page = text(desa.get("/reports/new/"))
    for value in ("Lin Yi-Ch", "Taiw", "1990", "mess", number):
        assert f'value="{value}"' in page
    assert "belum terkirim" in page
    # Without JavaScript the same address answers with the form.
    assert desa.post("/reports/draft/", TYPED).status_code == 303


def test_a_draft_belongs_to_one_mandate(world: Cast) -> None:
    cast.sign_in(world.bakalan).post("/reports/draft/", TYPED)
    assert "Lin Yi-Ch" not in text(cast.sign_in(world.prambatan).get("/reports/new/"))
    assert "Lin Yi-Ch" not in text(cast.sign_in(world.kaliwungu).get("/reports/new/"))


def test_discarded_or_sent_it_is_gone(world: Cast) -> None:
    desa = cast.sign_in(world.bakalan)
    desa.post("/reports/draft/", TYPED)
    assert desa.post("/reports/draft/discarding/").status_code == 303
    assert not Draft.objects.exists()
    number = str(uuid4())
    desa.post("/reports/draft/", TYPED)
    send(desa, sent_id=number)
    assert not Draft.objects.exists()
    # A save that was still on its way when the form was sent does not bring it back.
    desa.post("/reports/draft/", TYPED | {"sent_id": number})
    assert not Draft.objects.exists()


def test_an_empty_form_keeps_nothing(world: Cast) -> None:
    cast.sign_in(world.bakalan).post("/reports/draft/", {"sent_id": str(uuid4()), "names": "", "sent": "x"})
    assert not Draft.objects.exists()
