"""What a bound member may write: each word gives a link or numbers, and nil needs the sworn word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tests import cast
from tests.cast import BAKALAN, GETAS, PRAMBATAN, Cast, report
from tests.graph_server import Graph, choices
from tests.inbound import deliveries
from tests.inbound.deliveries import OFFICER, tap, text
from timpora.ledger.models import Entry
from timpora.recaps.models import Return
from timpora.reports.models import Report
from timpora.rooms.models import Binding, Incoming, Prompt
from timpora.team.roles import Role

pytestmark = pytest.mark.django_db
LINK = "https://timpora.example"


@pytest.fixture(autouse=True)
def _bakalan_is_bound(world: Cast, bound: Any) -> None:
    bound(world.bakalan)


def signed() -> list[tuple[str, str, str]]:
    return list(Return.objects.order_by("pk").values_list("area", "month", "content"))


def later(**span: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


# --- links and numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["lapor", "LAPOR", " Lapor! ", "report", "lapor ada orang baru di RT 02", "ｌａｐｏｒ"]
)
def test_report_gives_the_link_to_the_form(say: Any, typed: str) -> None:
    assert f"{LINK}/reports/new/" in say(typed)[0]
    assert not Report.objects.exists()


def test_tasks_are_numbers_with_links_and_no_names(world: Cast, say: Any) -> None:
    sent = report(world.bakalan, names="Zyxwa Quorl")
    sent.send_back(by=world.kaliwungu, reason="alamat?")
    said = say("tugas")[0]
    assert "1 laporan kembali dengan pertanyaan" in said and f"{LINK}/returns/{BAKALAN}/2026-10/" in said
    assert "Zyxwa" not in said and "alamat" not in said


def test_without_anything_waiting_tasks_say_so(world: Cast, say: Any, bound: Any) -> None:
    Binding.objects.all().delete()
    bound(world.labour)
    assert "Tidak ada yang menunggu Anda" in say("tasks")[0]


def test_help_is_a_list_to_tap(graph: Graph, say: Any) -> None:
    say("bantuan")
    words = choices(graph.taken[0])
    assert words["LAPOR"] == "word:report" and words["BERHENTI"] == "word:stop"
    assert f"{LINK}/reports/new/" in say(tap(words["LAPOR"], row=True))[0]


def test_whatever_else_is_answered_with_the_link_and_buttons(graph: Graph, say: Any) -> None:
    assert f"{LINK}/reports/new/" in say("laporan sudah saya kirim kemarin")[0]
    assert set(choices(graph.taken[0]).values()) == {"word:report", "word:nil", "word:tasks"}
    for odd in (tap("prompt:1:yes; DROP"), tap("word:moved"), deliveries.message("sticker", {"id": "1"})):
        assert len(say(odd)) == 1


def test_english_is_spoken_with_who_reads_english(world: Cast, graph: Graph, say: Any) -> None:
    world.bakalan.user.language = "en"
    world.bakalan.user.save()
    assert say("report")[0].startswith("Open the form")
    assert "I declare that on 31 October 2026 no foreign national lived" in say("nil")[0]
    assert say("yes")[0].startswith("Nil is signed for October 2026.")
    assert "Nothing was signed" in say("cancel")[0]
    assert "no more notices" in say("stop")[0]
    say("help")
    assert "REPORT" in choices(graph.taken[-1])


def test_who_holds_no_post_any_more_is_told_so_and_nothing_else(world: Cast, say: Any) -> None:
    world.bakalan.end(by=world.kaliwungu)
    for word in ("lapor", "tugas", "nihil"):
        assert "tidak memegang jabatan" in say(word)[0]


def test_the_window_opens_with_the_message_by_whatsapps_clock(say: Any) -> None:
    say(
        text("lapor", at=datetime(2026, 11, 25, 3, 0, tzinfo=UTC)),
        text("tugas", at=datetime(2026, 11, 24, 3, 0, tzinfo=UTC)),
    )
    assert Binding.objects.get().heard_at == datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


# --- nil
# ------------------------------------------------------------------------------------------------------


def test_nil_asks_the_sworn_sentence_and_needs_a_whole_ya(graph: Graph, say: Any) -> None:
    asked = say("nihil")[0]
    assert "menyatakan bahwa pada 31 Oktober 2026 tidak ada orang asing" in asked and "15 menit" in asked
    for not_yes in ("ya besok saya cek dulu", "iya", "y", "ok", "ya, ada satu orang"):
        say(not_yes)
    assert signed() == []
    answer = say("Ya.")[0]
    assert (
        "Nihil telah ditandatangani untuk Oktober 2026" in answer
        and f"{LINK}/returns/{BAKALAN}/2026-10/" in answer
    )
    assert signed() == [(BAKALAN, "2026-10", "nil")]
    actions = Entry.objects.filter(mandate__isnull=False).order_by("number").values_list("action", flat=True)
    assert list(actions)[-3:] == ["prompt.put", "return.signed", "prompt.answered"]


def test_a_button_signs_as_well_and_once(graph: Graph, say: Any) -> None:
    say("nil")
    yes = choices(graph.taken[0])["Ya, nihil"]
    assert "ditandatangani" in say(tap(yes))[0]
    assert "tidak ada pertanyaan yang terbuka" in say(tap(yes))[0].lower()
    assert len(signed()) == 1


def test_cancel_and_the_other_button_sign_nothing(graph: Graph, say: Any) -> None:
    say("nihil")
    say(tap(choices(graph.taken[0])["Batal"]))
    say("nihil", "batal", "ya")
    say("nihil", "lapor", "ya")
    assert signed() == []


def test_after_fifteen_minutes_a_yes_signs_nothing(graph: Graph, say: Any) -> None:
    say("nihil")
    yes = choices(graph.taken[0])["Ya, nihil"]
    with later(minutes=16):
        assert "15 menit" in say("ya")[0]
        assert "15 menit" in say(tap(yes))[0]
    assert signed() == []


def test_a_yes_without_a_question_signs_nothing(say: Any) -> None:
    assert "Tidak ada pertanyaan" in say("ya")[0]
    assert signed() == []


def test_a_yes_on_its_way_before_the_question_signs_nothing(world: Cast, graph: Graph, say: Any) -> None:
    deliveries.send(text("nihil"), text("ya"))  # both before the sentence was put
    assert len(say()) == 2
    assert signed() == []
    with later(minutes=5):
        say("nihil")
        old = text("ya", at=timezone.now() - timedelta(minutes=3))  # sent before it, delivered after it
        assert "Tidak ada pertanyaan" in say(old)[0]
    assert signed() == []


def test_nil_over_a_resident_is_refused_in_words_without_names(world: Cast, say: Any) -> None:
    report(world.bakalan, on=cast.TODAY.replace(month=10, day=1), names="Zyxwa Quorl").confirm(
        by=world.kaliwungu
    )
    said = say("nihil")[0]
    assert "1 penghuni terdaftar" in said and f"{LINK}/returns/{BAKALAN}/2026-10/" in said
    assert "Zyxwa" not in said
    assert not Prompt.objects.exists()


def test_what_comes_between_the_question_and_the_yes_counts(world: Cast, say: Any) -> None:
    say("nihil")
    report(world.bakalan, on=cast.TODAY.replace(month=10, day=1), names="Zyxwa Quorl")
    said = say("ya")[0]
    assert "1 laporan" in said and "Zyxwa" not in said
    assert signed() == []


def test_a_month_answered_in_the_meantime_is_not_answered_over(world: Cast, say: Any) -> None:
    say("nihil")
    cast.sign_in(world.bakalan).post(f"/returns/{BAKALAN}/2026-10/nil/")
    assert "sudah dijawab" in say("ya")[0]
    assert len(signed()) == 1


def test_a_mandate_that_ended_between_signs_nothing(world: Cast, say: Any) -> None:
    say("nihil")
    world.bakalan.end(by=world.kaliwungu)
    assert "tidak memegang jabatan" in say("ya")[0]
    assert signed() == []


def test_where_nothing_is_due_nil_says_so(world: Cast, say: Any) -> None:
    say("nihil", "x")
    say("nihil")
    say("ya")
    assert "Tidak ada laporan bulanan yang jatuh tempo" in say("nihil")[0]


def test_a_district_is_led_to_the_villages_page(world: Cast, graph: Graph, say: Any, bound: Any) -> None:
    bound(world.kaliwungu, "ID.333333")
    assert f"{LINK}/returns/" in say(text("nihil", sender="ID.333333"))[0]


def test_of_several_posts_it_is_asked_which(world: Cast, graph: Graph, say: Any) -> None:
    cast.post_and_seat("kedua", Role.VILLAGE, area=PRAMBATAN, user=world.bakalan.user)
    cast.post_and_seat("camat", Role.DISTRICT, area="33.19.03", user=world.bakalan.user)
    say("nihil")
    posts = choices(graph.taken[-1])
    assert set(posts) == {"Bakalan", "kedua"}
    assert "Prambatan" in say(tap(posts["kedua"], row=True))[0]
    say(tap(choices(graph.taken[-1])["Ya, nihil"]))
    assert signed() == [(PRAMBATAN, "2026-10", "nil")]
    say("tugas")
    posts = choices(graph.taken[-1])
    assert set(posts) == {"Bakalan", "kedua", "camat"}
    assert "camat" in say(tap(posts["camat"], row=True))[0]


def test_nobody_answers_anothers_question(world: Cast, graph: Graph, say: Any, bound: Any) -> None:
    bound(world.getas, "ID.444444")
    say("nihil")
    yes = choices(graph.taken[0])["Ya, nihil"]
    say(tap(yes, sender="ID.444444"), text("ya", sender="ID.444444"))
    assert signed() == []
    say(text("nihil", sender="ID.444444"), text("ya", sender="ID.444444"))
    say(text("ya", sender="ID.444444"))
    assert [area for area, _month, _content in signed()] in ([], [GETAS])


# --- stop
# -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stop", "start"), [("berhenti", "mulai"), ("STOP", "start")])
def test_a_stop_word_stops_notices_and_a_start_word_brings_them_back(say: Any, stop: str, start: str) -> None:
    assert "MULAI" in say(stop)[0]
    assert Binding.objects.get().stopped_at is not None
    assert f"{LINK}/reports/new/" in say("lapor")[0]  # words are still answered
    assert f"{LINK}/notices/preference/" in say(start)[0]
    assert Binding.objects.get().stopped_at is None
    entries = Entry.objects.filter(action__startswith="binding.").order_by("number")
    assert list(entries.values_list("action", flat=True)) == ["binding.stopped", "binding.resumed"]


# --- order, faults
# ----------------------------------------------------------------------------------------------


def test_messages_are_worked_off_in_the_order_in_which_they_were_sent(say: Any, graph: Graph) -> None:
    now = timezone.now()
    for word, seconds in (("berhenti", 3), ("mulai", 2), ("berhenti", 1)):
        deliveries.send(text(word, at=now - timedelta(seconds=10 - seconds)))
    say()
    assert Binding.objects.get().stopped_at is not None
    assert [said.startswith("Anda tidak") for said in graph.texts] == [True, False, True]


def test_a_fault_of_ours_stops_one_message_and_is_tried_again(
    say: Any, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(member: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setitem(
            __import__("timpora.inbound.line.answering", fromlist=["x"]).COMMANDS, "tasks", breaks
        )
        assert len(say("tugas", "lapor")) == 1
    stuck = Incoming.objects.get(word="tasks")
    assert (stuck.tries, stuck.worked_at) == (1, None) and stuck.sender
    with later(seconds=5):
        assert len(say()) == 1


def test_a_message_that_always_breaks_is_given_up_and_its_sender_forgotten(
    say: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(member: Any) -> Any:
        raise RuntimeError

    monkeypatch.setitem(
        __import__("timpora.inbound.line.answering", fromlist=["x"]).COMMANDS, "tasks", breaks
    )
    say("tugas")
    for minutes in range(1, 8):
        with later(minutes=minutes * 5):
            say()
    given_up = Incoming.objects.get()
    assert (given_up.failed, given_up.sender) == ("RuntimeError", "") and given_up.worked_at is not None


def test_one_member_is_one_sender_whatever_the_number_shown(say: Any) -> None:
    assert f"{LINK}/reports/new/" in say(text("lapor", number="628123456789"))[0]
    assert Incoming.objects.get().binding == Binding.objects.get(whatsapp_id=OFFICER)
