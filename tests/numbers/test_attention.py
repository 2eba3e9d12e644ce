"""Which kecamatan need a decision: every reason with its own numbers, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from data_access.numbers.attention import (
    LEAST_POINTS,
    LEAST_SHARE,
    REASON_KINDS,
    Attention,
    Reason,
    needs_attention,
)
from data_access.numbers.indicators import Measure, measure
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection

PERIOD = Period(Month(2026, 1), Month(2026, 10))
ALL = Selection(PERIOD)
YEAR_BEFORE = ALL.over(PERIOD.plus(-12))
Rows = dict[str, list[dict[str, Any]]]


def found_in(
    rollup: Rollup, selection: Selection = ALL, comparison: Selection | None = None
) -> list[Attention]:
    return needs_attention(rollup, rollup, selection, comparison, with_cases=True)


def by_kecamatan(found: Measure) -> dict[str, float]:
    return dict(zip(found.codes, found.n, strict=True))


def test_the_most_pressing_reason_orders_the_list(sample_rollup: Rollup) -> None:
    found = found_in(sample_rollup, ALL, YEAR_BEFORE)
    ranks = [REASON_KINDS.index(each.reasons[0].kind) for each in found]
    assert len(found) > 3 and len(set(ranks)) > 1
    assert ranks == sorted(ranks)
    assert len({each.code for each in found}) == len(found)


def test_all_reasons_stand_and_carry_the_numbers_of_their_indicators(
    sample_rollup: Rollup,
) -> None:
    never = by_kecamatan(measure(sample_rollup, "never_visited", "kecamatan", ALL))
    cases = by_kecamatan(measure(sample_rollup, "cases_reported", "kecamatan", ALL))
    sessions = by_kecamatan(measure(sample_rollup, "attendance", "kecamatan", ALL))
    reasons = {
        (each.code, reason.kind): reason
        for each in found_in(sample_rollup)
        for reason in each.reasons
    }
    several = [code for code, _ in reasons]
    assert len(several) > len(set(several)), "no kecamatan with two reasons in the sample"
    warned = {code for code, present in sessions.items() if present}
    expected = {code for code, n in cases.items() if n} - warned
    assert {code for code, kind in reasons if kind == "cases_without_session"} == expected
    for (code, kind), reason in reasons.items():
        if kind == "never_visited":
            assert reason.n == never[code] and reason.n / reason.total >= LEAST_SHARE
        if kind == "cases_without_session":
            assert reason.n == (4 if 0 < cases[code] < 5 else cases[code])
            assert reason.is_small == (cases[code] < 5)


def test_coverage_that_fell_says_both_sides(sample_rollup: Rollup) -> None:
    fell = [
        reason
        for each in found_in(sample_rollup, ALL, YEAR_BEFORE)
        for reason in each.reasons
        if reason.kind == "coverage_fell"
    ]
    assert fell
    for reason in fell:
        points = 100 * (reason.before / reason.total_before - reason.n / reason.total)
        assert points >= LEAST_POINTS


def test_without_a_comparison_nothing_fell(sample_rollup: Rollup) -> None:
    kinds = {reason.kind for each in found_in(sample_rollup) for reason in each.reasons}
    assert kinds and "coverage_fell" not in kinds


def case(code: str) -> dict[str, Any]:
    return {
        "source_key": code, "reported_on": "2026-03-05", "origin_kecamatan_code": code,
        "is_tppo": True, "is_tppm": False, "is_pmi_np": False, "verification": "dilaporkan",
        "women": 1, "men": 0, "girls": 0, "boys": 0,
    }  # fmt: skip


def session(key: str, code: str) -> dict[str, Any]:
    return {
        "source_key": key, "held_on": "2026-02-01", "kecamatan_code": code, "male": 9, "female": 9,
    }  # fmt: skip


@pytest.mark.parametrize("elsewhere", [True, False])
def test_one_case_is_a_reason_only_where_sessions_are_recorded_at_all(
    rollup_of: Callable[[Rows], Rollup], elsewhere: bool
) -> None:
    sessions = [session("s", "36.04.13")] if elsewhere else []
    rollup = rollup_of({"cases": [case("36.04.12")], "awareness_sessions": sessions})
    expected = [Attention("36.04.12", (Reason("cases_without_session", 4, 0, is_small=True),))]
    assert found_in(rollup) == (expected if elsewhere else [])


def test_a_session_held_next_door_for_its_desa_is_a_session(
    rollup_of: Callable[[Rows], Rollup],
) -> None:
    rollup = rollup_of(
        {
            "cases": [case("36.04.12")],
            "awareness_sessions": [session("s", "36.04.13")],
            "session_villages": [{"session_key": "s", "village_code": "36.04.12.2001"}],
        }
    )
    assert found_in(rollup) == []


def test_an_empty_store_needs_no_decision(rollup_of: Callable[[Rows], Rollup]) -> None:
    assert found_in(rollup_of({}), ALL, YEAR_BEFORE) == []


def test_the_filter_is_respected(sample_rollup: Rollup) -> None:
    everywhere = {each.code for each in found_in(sample_rollup)}
    one = min(everywhere)
    assert {
        each.code for each in found_in(sample_rollup, replace(ALL, kecamatan=frozenset({one})))
    } == {one}


def test_desa_binaan_of_another_office_need_no_decision_here(sample_rollup: Rollup) -> None:
    areas = sample_rollup.areas
    own = {
        code
        for code, office in zip(areas.kecamatan_codes, areas.office, strict=True)
        if office == sample_rollup.settings.office
    }
    found = {each.code for each in found_in(sample_rollup, Selection(PERIOD, scope="office"))}
    assert found and found <= own


def test_cases_are_no_reason_where_they_may_not_be(sample_rollup: Rollup) -> None:
    found = needs_attention(sample_rollup, sample_rollup, ALL, None, with_cases=False)
    kinds = {reason.kind for each in found for reason in each.reasons}
    assert kinds and "cases_without_session" not in kinds


def test_few_cases_are_all_alike_in_number_and_order(
    rollup_of: Callable[[Rows], Rollup],
) -> None:
    cases = [
        *(case("36.04.14") | {"source_key": f"c{number}"} for number in range(3)),
        case("36.04.12") | {"source_key": "c9"},
    ]
    found = found_in(rollup_of({"cases": cases, "awareness_sessions": [session("s", "36.04.13")]}))
    assert [each.code for each in found] == ["36.04.12", "36.04.14"]
    assert len({each.reasons for each in found}) == 1
