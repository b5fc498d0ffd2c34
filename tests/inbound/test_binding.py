"""A member's WhatsApp is connected by a one-time code, found by WhatsApp's own id, and let go."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import Cast
from tests.graph_server import Graph
from tests.inbound import deliveries
from tests.inbound.deliveries import OFFICER, STRANGER, text
from tests.pages import text as page_text
from timpora.ledger.models import Entry
from timpora.rooms.models import Binding, BindingCode, Incoming, LineNumber
from timpora.team.models import Mandate

pytestmark = pytest.mark.django_db


def code_of(mandate: Mandate) -> str:
    return str(BindingCode.objects.issue(by=mandate.user)[1])


def acts() -> list[str]:
    return list(
        Entry.objects.filter(action__startswith="binding.")
        .order_by("number")
        .values_list("action", flat=True)
    )


@pytest.mark.parametrize("spelling", ["{}", "kode {}", "CODE: {}", "  {}\n"])
def test_the_code_connects_the_whatsapp_it_is_sent_from(
    world: Cast, graph: Graph, say: Any, spelling: str
) -> None:
    answer = say(spelling.format(code_of(world.bakalan).lower()))
    assert "WhatsApp Anda terhubung" in answer[0]
    binding = Binding.objects.get()
    assert (binding.user, binding.whatsapp_id) == (world.bakalan.user, OFFICER)
    assert acts() == ["binding.offered", "binding.made"]
    assert graph.taken[0]["recipient"] == OFFICER


def test_a_code_bound_twice_is_refused_with_a_sentence(world: Cast, graph: Graph, say: Any) -> None:
    code = code_of(world.bakalan)
    say(code)
    assert "sudah dipakai" in say(code)[0]
    answer = say(text(code, sender=STRANGER))
    assert "sudah dipakai" in answer[0] and "has been used" in answer[0]
    assert Binding.objects.count() == 1


def test_a_code_is_good_for_fifteen_minutes_and_the_last_one_only(
    world: Cast, graph: Graph, say: Any
) -> None:
    first, second = code_of(world.bakalan), code_of(world.bakalan)
    assert "sudah dipakai" in say(first)[0]
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        say(text(second, sender="ID.777777"))
    assert not Binding.objects.exists()


def test_one_whatsapp_never_belongs_to_two_members(world: Cast, graph: Graph, say: Any, bound: Any) -> None:
    bound(world.prambatan)
    answer = say(code_of(world.bakalan))
    assert "sudah menjadi milik anggota lain" in answer[0]
    assert Binding.objects.get().user == world.prambatan.user
    assert BindingCode.objects.open().count() == 1  # it can still be used, from the right one


def test_a_new_whatsapp_takes_the_place_of_the_old_one(
    world: Cast, graph: Graph, say: Any, bound: Any
) -> None:
    bound(world.bakalan, "ID.111111")
    say(code_of(world.bakalan))
    assert list(Binding.objects.live().values_list("whatsapp_id", flat=True)) == [OFFICER]
    assert acts() == ["binding.offered", "binding.ended", "binding.made"]


def test_without_whatsapps_own_id_nobody_is_bound(world: Cast, graph: Graph, say: Any) -> None:
    answer = say(text(code_of(world.bakalan), sender="", number="628123456789"))
    assert "tidak menyebut siapa Anda" in answer[0]
    assert not Binding.objects.exists()


def test_wrong_codes_are_answered_once_an_hour(world: Cast, graph: Graph, say: Any) -> None:
    wrong = [text(code, sender=STRANGER) for code in ("BCDFG-HJKMN", "BCDFG-HJKMP", "BCDFG-HJKMQ")]
    assert len(say(*wrong)) == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert len(say(text("BCDFG-HJKMR", sender=STRANGER))) == 1


def test_a_telephone_number_is_no_code(world: Cast, graph: Graph, say: Any) -> None:
    say(text("8234567892", sender=STRANGER))
    assert Incoming.objects.get().word == "other"


def test_a_changed_number_ends_the_binding(world: Cast, graph: Graph, say: Any, bound: Any) -> None:
    bound(world.bakalan)
    system = {
        "type": "user_changed_user_id",
        "user_id": "ID.222222",
        "previous_user_id": OFFICER,
        "body": "x",
    }
    assert say(deliveries.message("system", system, sender="ID.222222")) == []
    assert not Binding.objects.live().exists()
    assert acts() == ["binding.ended"]


def test_the_page_gives_a_code_for_oneself_once(world: Cast, graph: Graph, say: Any) -> None:
    LineNumber.objects.look()
    client = cast.sign_in(world.bakalan)
    assert "belum terhubung" in page_text(client.get("/notices/whatsapp/"))
    shown = page_text(client.post("/notices/whatsapp/codes/"))
    found = re.search(r'one-time">([0-9A-Z]{5}-[0-9A-Z]{5})<', shown)
    assert found is not None
    assert f"https://wa.me/628110000111?text={found[1]}" in shown
    assert "<svg" in shown and "+62 811-0000-111" in shown
    assert found[1] not in page_text(client.get("/notices/whatsapp/"))
    say(found[1], "lapor")
    page = page_text(client.get("/notices/whatsapp/"))
    assert "WhatsApp Anda terhubung sejak" in page and "menurut jam WhatsApp" in page
    client.post("/notices/whatsapp/ending/")
    assert not Binding.objects.live().exists()
    assert "belum terhubung" in page_text(client.get("/notices/whatsapp/"))


def test_without_a_line_there_is_no_page_and_no_word_of_one(world: Cast) -> None:
    client = cast.sign_in(world.bakalan)
    assert client.get("/notices/whatsapp/").status_code == 404
    assert client.post("/notices/whatsapp/codes/").status_code == 404
    for path in ("/notices/", "/notices/preference/"):
        assert "WhatsApp" not in page_text(client.get(path))
