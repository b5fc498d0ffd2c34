"""The same lists matched by others: Splink as its guide tunes it, recordlinkage and rapidfuzz."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import splink.comparison_level_library as levels
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.linkage.measure import Scored

_NAMES = (0.95, 0.92, 0.88, 0.8, 0.7)


def splink(
    tables: Sequence[Any],
    comparisons: Sequence[Any],
    rules: Sequence[Any],
    sure: Sequence[Any],
    sessions: Sequence[Any],
    recall: float,
    least: float = -10,
) -> Scored:
    """Splink's pairs, within one table those from `least` bits; tables are pandas frames with `row`."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    settings = SettingsCreator(
        link_type="link_only" if len(tables) == 2 else "dedupe_only", comparisons=list(comparisons),
        blocking_rules_to_generate_predictions=list(rules), unique_id_column_name="row",
    )  # fmt: skip
    interface = DuckDBAPI()
    given = [interface.register(table) for table in tables]
    linker = Linker(given if len(given) == 2 else given[0], settings)
    logging.getLogger("splink").setLevel(logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(list(sure), recall=recall)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in sessions:
        training.estimate_parameters_using_expectation_maximisation(rule)
    if len(given) == 2:
        made = linker.inference.predict_between(left=given[0], right=given[1])
    else:
        made = linker.inference.predict(threshold_match_weight=least)
    # Only what is measured leaves DuckDB: the other columns took gigabytes.
    asked = f"select row_l, row_r, match_probability from {made.physical_name} order by match_weight desc"
    frame = linker.misc.query_sql(asked).as_pandas_dataframe()
    left, right = frame.row_l, frame.row_r
    if len(tables) == 1:
        left, right = frame[["row_l", "row_r"]].min(axis=1), frame[["row_l", "row_r"]].max(axis=1)
    return list(zip(left, right, frame.match_probability, strict=True))


def splink_febrl(tables: Sequence[Any], *, hard: bool) -> Scored:
    """FEBRL's fields, each compared by its own, with term frequencies."""
    made = [
        compare.ForenameSurnameComparison("given_name", "surname"),
        compare.DateOfBirthComparison("date_of_birth", input_is_string=True),
        compare.DamerauLevenshteinAtThresholds("suburb", [1, 2]).configure(term_frequency_adjustments=True),
        compare.ExactMatch("state"),
    ]
    if not hard:
        made += [compare.DamerauLevenshteinAtThresholds(c, [1, 2]) for c in ("soc_sec_id", "address_1")]
    rules = [
        block_on("date_of_birth"), block_on("given_name", "surname"), block_on("surname", "suburb"),
        block_on("given_name", "suburb"), block_on("substr(given_name,1,3)", "substr(surname,1,4)"),
        block_on("substr(surname,1,3)", "substr(date_of_birth,1,7)"),
        block_on("substr(given_name,1,3)", "substr(date_of_birth,1,7)"),
        block_on("suburb", "state", "substr(surname,1,2)"),
        "l.given_name = r.surname and l.surname = r.given_name",
    ]  # fmt: skip
    if not hard:
        rules += [block_on("soc_sec_id"), block_on("address_1", "street_number")]
    sure = [block_on("date_of_birth", "surname"), block_on("given_name", "surname", "suburb")]
    sessions = [block_on("date_of_birth"), block_on("given_name", "surname")]
    return splink(tables, made, rules, sure, sessions, recall=0.8)


def splink_invented(tables: Sequence[Any], least: float = -10) -> Scored:
    """Names of all cultures as sorted words, compared by Jaro-Winkler, with term frequencies."""
    name = compare.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            levels.NullLevel("name"),
            levels.ExactMatchLevel("name", term_frequency_adjustments=True),
            *(levels.JaroWinklerLevel("name", least) for least in _NAMES),
            levels.ElseLevel(),
        ],
    )
    birth = compare.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            levels.CustomLevel("year_l is null or year_r is null", label_for_charts="null").configure(
                is_null_level=True
            ),
            levels.ExactMatchLevel("birth"),
            levels.DamerauLevenshteinLevel("birth", 1),
            levels.CustomLevel("year_l = year_r", label_for_charts="year"),
            levels.ElseLevel(),
        ],
    )
    made = [
        name, birth, compare.DamerauLevenshteinAtThresholds("document", [1]), compare.ExactMatch("sex"),
        compare.ExactMatch("nationality").configure(term_frequency_adjustments=True),
        compare.ExactMatch("area"),
    ]  # fmt: skip
    # In one long list a name alone is shared by too many.
    named = [block_on("name")] if len(tables) == 2 else [block_on("name", "year"), block_on("name", "area")]
    rules = [
        block_on("document"), block_on("birth", "nationality"), *named,
        block_on("year", "nationality", "sex", "area"), block_on("year", "nationality", "substr(name,1,2)"),
    ]  # fmt: skip
    sure = [block_on("document")]
    sessions = [block_on("document"), block_on("birth", "nationality"), block_on("name", "area")]
    return splink(tables, made, rules, sure, sessions, recall=0.45, least=least)


def recordlinkage_febrl(tables: Sequence[Any], *, hard: bool) -> Scored:
    """Candidates by sorted neighbourhood and block, Jaro-Winkler and equality, expectation maximisation."""
    import recordlinkage

    index = recordlinkage.Index()
    index.block("date_of_birth")
    index.sortedneighbourhood("surname", window=5)
    index.sortedneighbourhood("given_name", window=5)
    pairs = index.index(*tables)
    asked = recordlinkage.Compare()
    for column in ("given_name", "surname", "suburb"):
        asked.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "state", *(() if hard else ("soc_sec_id", "address_1"))):
        asked.exact(column, column, label=column)
    seen = asked.compute(pairs, *tables)
    model = recordlinkage.ECMClassifier()
    model.fit_predict(seen)
    likely = model.prob(seen).sort_values(ascending=False)
    return [(min(a, b), max(a, b), p) if len(tables) == 1 else (a, b, p) for (a, b), p in likely.items()]


def rapidfuzz_febrl(tables: Sequence[Any], *, hard: bool) -> Scored:
    """All fields in one line, likened by token_sort_ratio among rows that share a birth date or a surname."""
    from rapidfuzz import fuzz

    columns = ["given_name", "surname", "suburb", "state", "date_of_birth"]
    if not hard:
        columns += ["soc_sec_id", "street_number", "address_1"]
    lines = [[" ".join(map(str, row)) for row in table[columns].fillna("").values] for table in tables]
    found: dict[tuple[int, int], float] = {}
    for column in ("date_of_birth", "surname", "given_name", "suburb"):
        blocks = [table.groupby(column).row.apply(list).to_dict() for table in tables]
        for key, left in blocks[0].items():
            for one in left:
                for other in blocks[-1].get(key, ()):
                    pair = (one, other)
                    if pair not in found and (len(tables) == 2 or one < other):
                        found[pair] = fuzz.token_sort_ratio(lines[0][one], lines[-1][other]) / 100
    return sorted(((a, b, score) for (a, b), score in found.items()), key=lambda pair: -pair[2])
