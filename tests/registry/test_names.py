"""Names are compared, never judged: every text has a fold and a key."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timpora.registry.names import fold, key, orders, tokens

WORDS = st.lists(st.text("abcdefghij", min_size=3, max_size=8), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("Đặng Thị Ánh", "dang thi anh"),
        ("Иван Петров", "ivan petrov"),
        ("GROẞ, Jürgen", "gross jurgen"),
        ("Åse Ørsted", "ase orsted"),
        ("O’Neill-Smith", "oneill smith"),
        ("ＦＵＬＬ　Width", "full width"),
        ("王小明", "wangxiaoming"),
        ("राहुल शर्मा", "rahul srma"),
        ("\u202eمحمد\u202c", "mhmd"),
        ("Budi 👨\u200d👩\u200d👧", "budi"),
        ("", ""),
        ("   ", ""),
        ("😀", "😀"),
    ],
)
def test_names_of_every_script_fold_to_small_latin_letters(printed: str, folded: str) -> None:
    assert fold(printed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmad bin Ali", "ALI, Ahmad"),
        ("Jan van der Berg", "BERG JAN"),
        ("Mr. John Doe", "doe, john"),
        ("Raju a/l Muthu", "Muthu Raju"),
        ("Raju S/O Muthu", "RAJU MUTHU"),
        ("Maria dos Santos da Costa", "Costa Santos Maria"),
        ("Nguyễn Văn An", "AN NGUYEN VAN"),
    ],
)
def test_order_marks_and_particles_do_not_change_the_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Wang Di", "Wang"), ("Le Thi Hoa", "Tran Thi Hoa"), ("De Jong", "Jong"), ("😀", "😎"), ("Ali", "Alia")],
)
def test_what_may_be_another_name_keeps_another_key(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(st.text(max_size=60))
@example("\ud800")
@example("İ")
@example("ŉ")
@example("\u0345")
@example("a" * 10_000)
def test_any_text_folds_and_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(text) == " ".join(sorted(tokens(text)))
    if text.strip():
        assert fold(text) != "" or not text.split()


@given(WORDS, st.randoms())
def test_the_key_is_free_of_order_case_and_spacing(words: list[str], random: object) -> None:
    shuffled = words.copy()
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert key("  ".join(shuffled).upper()) == key(" ".join(words))


@given(WORDS)
def test_no_word_is_lost_from_a_name_of_one_or_two_words(words: list[str]) -> None:
    assert tokens(" ".join(words[:2])) == words[:2]


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzABC", min_size=1, max_size=8), min_size=1, max_size=4))
def test_a_name_of_plain_letters_has_the_words_it_has_with_hyphens(
    words: list[str],
) -> None:
    assert tokens(" ".join(words)) == tokens("-".join(words))


@given(st.lists(st.text("abcdz", min_size=1, max_size=4), min_size=1, max_size=7), st.data())
def test_a_slip_in_the_first_letter_of_a_word_leaves_one_order_as_it_was(words: list[str], data: Any) -> None:
    right = sorted(words)
    at = data.draw(st.integers(0, len(words) - 1))
    slipped = [*right[:at], data.draw(st.sampled_from("aez")) + right[at][1:], *right[at + 1 :]]
    found = orders(" ".join(sorted(slipped)))
    assert " ".join(slipped) in found or len(words) > 5
    assert {tuple(sorted(order.split())) for order in found} == {tuple(sorted(slipped))}
    assert len(found) <= 17
