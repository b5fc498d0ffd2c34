"""What is compared of two records: for each field the levels of agreement, the strongest first.

A level is a test (expression.py) and a sentence. The first level whose test holds is the field's answer; its
weight is the model's (model.py). Names are compared whole, whatever the order of their words, because lists
cut them into given and family names in different places.
"""

from __future__ import annotations

from dataclasses import dataclass

from timpora.registry.linkage.expression import (
    Absent,
    Alike,
    AllOf,
    AnyOf,
    Close,
    Columns,
    Equal,
    Names,
    Shared,
    Test,
    Unequal,
)  # fmt: skip

OTHERWISE, ABSENT = "otherwise", "absent"
N_ = str  # marks a msgid for extraction; whoever shows the words translates them


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement. `frequency` names the column of which rarer values weigh more."""

    code: str
    test: Test
    words: str
    frequency: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field: `levels` from the strongest, `otherwise` the sentence for none of them.

    `absent` is the test for a field that can't be compared: then it weighs nothing.
    """

    name: str
    absent: Test
    levels: tuple[Level, ...]
    otherwise: str

    @property
    def column(self) -> str:
        """The column without which the field can't be compared."""
        return "birth_year" if self.name == "birth" else self.name

    def answer(self, left: Columns, right: Columns) -> str:
        """The code of the first level that holds, OTHERWISE, or ABSENT."""
        if self.absent.holds(left, right):
            return ABSENT
        return next((level.code for level in self.levels if level.test.holds(left, right)), OTHERWISE)

    def answer_sql(self, names: Names) -> str:
        """The same as SQL; `names` are the columns that hold its measures."""
        cases = " ".join(f"when {level.test.sql(names)} then '{level.code}'" for level in self.levels)
        return f"case when {self.absent.sql(names)} then '{ABSENT}' {cases} else '{OTHERWISE}' end"

    @property
    def measures(self) -> list[str]:
        """What takes long in its tests, as SQL, each once."""
        return list(dict.fromkeys(measure for level in self.levels for measure in level.test.measures()))

    def frequency(self, code: str) -> str:
        """The column whose rarity counts at a level; "" for none."""
        return next((level.frequency for level in self.levels if level.code == code), "")

    def words(self, code: str) -> str:
        """The sentence of an answer."""
        if code == ABSENT:
            return UNKNOWN[self.name]
        return next((level.words for level in self.levels if level.code == code), self.otherwise)


_RUNS = ("name", "name_run", "name_sorted_run")


# Births stand here by another of their columns: Splink trains no comparison on pairs chosen by its own.
_ONE_NATION = AnyOf(Equal("nationality"), Absent("nationality"))
_ABBREVIATED = AnyOf(Equal("short_initials", "initials"), Equal("initials", "short_initials"))


def _any_run(edits: int) -> AnyOf:
    return AnyOf(*(Close(column, edits, letters="letters") for column in _RUNS))


def _words(least: int, all_but: int | None = None) -> Shared:
    return Shared("words", least, all_but, wider="sounds")


def _any_alike(least: float) -> AnyOf:
    return AnyOf(*(Alike(column, least) for column in _RUNS))


def _both_parts(one: float, two: float) -> AnyOf:
    """Given and family name alike to the two degrees, in either order of the parts and of the degrees."""
    pairs = [(one, two), (two, one)] if one != two else [(one, two)]
    straight = (AllOf(Alike("given", a), Alike("family", b)) for a, b in pairs)
    crossed = (AllOf(Alike("given", a, "family"), Alike("family", b, "given")) for a, b in pairs)
    return AnyOf(*straight, *crossed)


NAME = Comparison(
    "name",
    AnyOf(Absent("name"), Unequal("reading")),
    (
        Level("same", Equal("name"), N_("The name is the same, whatever the order of its words."), "name"),
        Level("letters", Equal("letters"), N_("The names hold the same letters in another order."), "sound"),
        Level("slip", _any_run(1), N_("The names differ by one letter."), "sound"),
        Level("within", _words(2, all_but=0), N_("The shorter name stands within the longer one.")),
        Level("sound", Equal("sound"), N_("The names are two ways of writing the same sounds."), "sound"),
        Level("sound_letters", Equal("sound_letters"), N_("The names hold the same sounds in another order."),
              "sound"),
        Level("parts", _both_parts(0.9, 0.9), N_("Given and family name are nearly the same.")),
        Level("slips", AnyOf(_any_run(2), Close("letters", 1)), N_("The names differ by two letters."),
              "sound"),
        Level("sounds_within", Shared("sounds", 2, all_but=0),
              N_("The shorter name sounds as a part of the longer one.")),
        Level("initials", AllOf(_ABBREVIATED, _words(1)),
              N_("One name is shortened to initials that fit the other, and one word is the same.")),
        Level("parts_75", AnyOf(_both_parts(1, 0.75), AllOf(_words(1, all_but=1), _any_alike(0.88))),
              N_("One part of the names is the same, the other is like it.")),
        Level("alike", _any_alike(0.92), N_("The names are much alike."), "sound"),
        Level("letters_3", Close("letters", 3), N_("The names hold nearly the same letters."), "sound"),
        Level("two_sounds", Shared("sounds", 2), N_("Two words of the names sound the same.")),
        Level("relative", AllOf(_words(1), Equal("birth_swapped"), Equal("area"), _ONE_NATION),
              N_("One word of the names, birth date and area are the same: they may be twins.")),
        Level("one_word", _words(1), N_("One word of the names is the same, the others differ.")),
        Level("initials_only", _ABBREVIATED, N_("One name is shortened to initials that fit the other.")),
        Level("alike_8", _any_alike(0.8), N_("The names are somewhat alike.")),
        Level("one_sound", AllOf(Shared("sounds", 1), _any_alike(0.6)),
              N_("One word of the names sounds the same.")),
        Level("alike_7", _any_alike(0.7), N_("The names are a little alike.")),
    ),
    N_("The names differ."),
)  # fmt: skip
BIRTH = Comparison(
    "birth",
    Absent("birth_year"),
    (
        Level("same", Equal("birth"), N_("The birth date is the same.")),
        Level("slip", Close("birth", 1), N_("The birth dates differ by one figure.")),
        Level("swapped", Equal("birth", "birth_swapped"), N_("Day and month of birth are exchanged.")),
        Level("year_known", AllOf(Absent("birth"), Equal("birth_year")),
              N_("Only the year of birth is known, and it is the same.")),
        Level("day", Equal("birth_day"), N_("Day and month of birth are the same, the year differs.")),
        Level("slips", Close("birth", 2), N_("The birth dates differ by two figures.")),
        Level("year", Equal("birth_year"), N_("The year of birth is the same, day and month differ.")),
    ),
    N_("The birth dates differ."),
)  # fmt: skip
DOCUMENT = Comparison(
    "document",
    Absent("document"),
    (
        Level("same", Equal("document"), N_("The document number is the same.")),
        Level("lookalike", Equal("document_alike"),
              N_("The document numbers differ by letters that look like figures.")),
        Level("slip", Close("document", 1), N_("The document numbers differ by one sign.")),
    ),
    N_("The document numbers differ; one may be renewed."),
)  # fmt: skip
SEX = Comparison(
    "sex", Absent("sex"), (Level("same", Equal("sex"), N_("The sex is the same.")),), N_("The sex differs.")
)
NATIONALITY = Comparison(
    "nationality",
    Absent("nationality"),
    (Level("same", Equal("nationality"), N_("The nationality is the same."), "nationality"),),
    N_("The nationalities differ."),
)


def _place(name: str, same: str, slip: str, otherwise: str) -> Comparison:
    levels = (
        Level("same", Equal(name), same, name),
        Level("slip", AnyOf(Close(name, 1), Alike(name, 0.92)), slip),
    )
    return Comparison(name, Absent(name), levels, otherwise)


AREA = _place(
    "area", N_("The area is the same."), N_("The area is nearly the same."), N_("The areas differ.")
)
SUBURB = _place(
    "suburb", N_("The place is the same."), N_("The place is nearly the same."), N_("The places differ.")
)
STATE = _place(
    "state",
    N_("The province is the same."),
    N_("The province is nearly the same."),
    N_("The provinces differ."),
)
ADDRESS = _place(
    "address",
    N_("The address is the same."),
    N_("The address is nearly the same."),
    N_("The addresses differ."),
)

COMPARISONS = (NAME, BIRTH, DOCUMENT, SEX, NATIONALITY, AREA, SUBURB, STATE, ADDRESS)
UNKNOWN = {
    "name": N_("At least one name is not known, or not in letters that can be compared."),
    "birth": N_("At least one birth date is not known."),
    "document": N_("For at least one of the two no document is known."),
    "sex": N_("At least one sex is not known."),
    "nationality": N_("At least one nationality is not known."),
    "area": N_("At least one area is not known."),
    "suburb": N_("At least one place is not known."),
    "state": N_("At least one province is not known."),
    "address": N_("At least one address is not known."),
}
