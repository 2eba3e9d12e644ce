"""Definitions of the indicators on a handful of rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, update

from data_access import schema
from data_access.errors import UnknownIndicatorError
from data_access.numbers.indicators import (
    INDICATORS,
    LEVELS,
    Figure,
    Level,
    figure,
    measure,
    monthly,
    table,
)
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import SCOPES, Month, Period, Scope, Selection
from data_access.store import Store

Rows = dict[str, list[dict[str, Any]]]
Count = Callable[[Rows], Rollup]

A, B = "36.04.12.2001", "36.04.12.2002"
PONTANG, TIRTAYASA = "36.04.12", "36.04.13"
FIRST_HALF = Period(Month(2026, 1), Month(2026, 6))


def visit(key: str, day: str, village: str | None = A, **other: Any) -> dict[str, Any]:
    return {
        "source_key": key, "visited_on": day, "village_code": village,
        "kecamatan_code": PONTANG, "outcome": "nihil",
    } | other  # fmt: skip


def session(key: str, day: str, male: int, female: int, **other: Any) -> dict[str, Any]:
    return {
        "source_key": key, "held_on": day, "kecamatan_code": PONTANG, "male": male, "female": female
    } | other  # fmt: skip


def case(key: str, day: str, village: str | None = A, **other: Any) -> dict[str, Any]:
    return {
        "source_key": key, "reported_on": day, "origin_village_code": village,
        "origin_kecamatan_code": PONTANG,
    } | other  # fmt: skip


def link(key: str, *villages: str) -> list[dict[str, Any]]:
    return [{"session_key": key, "village_code": village} for village in villages]


def chosen(
    period: Period = FIRST_HALF, scope: Scope = "all", kecamatan: str = PONTANG
) -> Selection:
    return Selection(period, frozenset({kecamatan} if kecamatan else ()), scope)


def of_area(rollup: Rollup, indicator: str, code: str, selection: Selection) -> Figure:
    level: Level = "desa" if len(code) > len(PONTANG) else "kecamatan"
    counted = measure(rollup, indicator, level, selection)
    place = counted.codes.index(code)
    N = None if counted.N is None else float(counted.N[place])
    return Figure(float(counted.n[place]), N, float(counted.value[place]))


# --- visits -----------------------------------------------------------------------------------


def test_coverage_counts_each_desa_once(rollup_of: Count) -> None:
    rollup = rollup_of({"visits": [visit("1", "2026-01-05"), visit("2", "2026-02-05")]})
    assert figure(rollup, "visit_coverage", chosen()) == Figure(1, 11, 1 / 11)


def test_visit_that_did_not_reach_the_desa_does_not_qualify(rollup_of: Count) -> None:
    rollup = rollup_of({"visits": [visit("1", "2026-01-05", outcome="tidak_terjangkau")]})
    assert figure(rollup, "visits", chosen()).n == 0
    assert figure(rollup, "visit_coverage", chosen()).n == 0
    assert figure(rollup, "never_visited", chosen()).n == 11


def test_visit_of_an_unknown_desa_counts_for_its_kecamatan_only(rollup_of: Count) -> None:
    rollup = rollup_of({"visits": [visit("1", "2026-01-05", None), visit("2", "2026-01-06")]})
    assert of_area(rollup, "visits", PONTANG, chosen()).n == 2
    assert measure(rollup, "visits", "desa", chosen()).n.sum() == 1
    assert figure(rollup, "visit_spread", chosen()) == Figure(1, 2, 0.5)


def test_period_has_whole_months(rollup_of: Count) -> None:
    days = ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")
    rollup = rollup_of({"visits": [visit(day, day) for day in days]})
    assert figure(rollup, "visits", chosen()).n == 2


@pytest.mark.parametrize(("last", "expected"), [("2026-04-01", 0), ("2026-03-31", 1)])
def test_overdue_after_more_than_ninety_days(rollup_of: Count, last: str, expected: int) -> None:
    # Ninety days before 30 June is 1 April.
    rollup = rollup_of({"visits": [visit("1", last)]})
    assert figure(rollup, "overdue", chosen()).n == expected


def test_lateness_is_measured_today_in_a_period_that_is_not_over(rollup_of: Count) -> None:
    rollup = rollup_of({"visits": [visit("1", "2026-08-10")]})
    year = chosen(Period(Month(2026, 1), Month(2026, 12)))
    # Today is 31 October, 82 days later; by the year's end it would be overdue.
    assert figure(rollup, "overdue", year).n == 0


def test_visit_dated_after_today_does_not_hide_an_earlier_one(rollup_of: Count) -> None:
    rollup = rollup_of({"visits": [visit("1", "2026-06-10"), visit("2", "2026-11-02")]})
    assert figure(rollup, "overdue", chosen(Period(Month(2026, 11), Month(2026, 11)))).n == 1


# --- sessions ---------------------------------------------------------------------------------


def test_shared_session_counts_once_and_for_no_single_desa(rollup_of: Count) -> None:
    rollup = rollup_of(
        {
            "awareness_sessions": [session("s", "2026-02-01", 10, 20)],
            "session_villages": link("s", A, B),
        }
    )
    assert figure(rollup, "attendance", chosen()).n == 30
    assert of_area(rollup, "attendance", A, chosen()).n == 0
    assert figure(rollup, "awareness_coverage", chosen()).n == 2


def test_session_that_nobody_attended_covers_no_desa(rollup_of: Count) -> None:
    rollup = rollup_of(
        {"awareness_sessions": [session("s", "2026-02-01", 0, 0)], "session_villages": link("s", A)}
    )
    assert figure(rollup, "awareness_coverage", chosen()).n == 0


def test_attendance_stays_at_the_session_s_kecamatan(rollup_of: Count) -> None:
    rollup = rollup_of(
        {
            "awareness_sessions": [session("s", "2026-02-01", 5, 5, kecamatan_code=TIRTAYASA)],
            "session_villages": link("s", A),
        }
    )
    assert figure(rollup, "attendance", chosen(kecamatan=PONTANG)).n == 0
    assert figure(rollup, "attendance", chosen(kecamatan=TIRTAYASA)).n == 10
    assert of_area(rollup, "attendance", A, chosen(kecamatan="")).n == 10


def test_knowledge_gain_is_weighted_by_people_tested(rollup_of: Count) -> None:
    sessions = [
        session("1", "2026-02-01", 9, 0, pre_score=50.0, post_score=60.0, tested=3),
        session("2", "2026-02-02", 9, 0, pre_score=50.0, post_score=80.0, tested=1),
        session("3", "2026-02-03", 9, 0, pre_score=50.0, tested=5),
    ]
    rollup = rollup_of({"awareness_sessions": sessions})
    assert figure(rollup, "knowledge_gain", chosen()) == Figure(60, 4, 15)


def test_session_of_a_kecamatan_that_the_gazetteer_lacks_counts_for_no_other(
    rollup_of: Count,
) -> None:
    rows: Rows = {
        "kecamatan": [{"code": "36.04.99", "name": "Baru"}],
        "awareness_sessions": [session("1", "2026-02-01", 9, 0, kecamatan_code="36.04.99")],
    }
    rollup = rollup_of(rows)
    last = rollup.areas.kecamatan_codes[-1]
    assert figure(rollup, "attendance", chosen(kecamatan=last)).n == 0
    assert figure(rollup, "attendance", chosen(kecamatan="")).n == 9


def test_knowledge_gain_shows_no_noise_of_adding_fractions(rollup_of: Count) -> None:
    sessions = [
        session("1", "2026-02-01", 9, 0, pre_score=0.0, post_score=0.1, tested=1),
        session("2", "2026-03-02", 9, 0, pre_score=0.0, post_score=0.2, tested=1),
    ]
    rollup = rollup_of({"awareness_sessions": sessions})
    assert figure(rollup, "knowledge_gain", chosen()) == Figure(0.3, 2, 0.15)


def test_reach_without_a_known_population_does_not_apply(rollup_of: Count) -> None:
    rollup = rollup_of({"awareness_sessions": [session("1", "2026-02-01", 9, 0)]})
    assert math.isnan(figure(rollup, "reach", chosen()).value)


# --- cases ------------------------------------------------------------------------------------


def test_case_with_two_labels_counts_in_both_and_once_in_all(rollup_of: Count) -> None:
    rollup = rollup_of({"cases": [case("1", "2026-02-01", is_tppo=True, is_pmi_np=True)]})
    names = ("cases_reported", "cases_tppo", "cases_tppm", "cases_pmi_np")
    assert [figure(rollup, name, chosen()).n for name in names] == [1, 1, 0, 1]


def test_case_of_unknown_origin_counts_in_the_total_of_everything_only(rollup_of: Count) -> None:
    rollup = rollup_of({"cases": [case("1", "2026-02-01", None, origin_kecamatan_code=None)]})
    assert figure(rollup, "cases_reported", chosen(kecamatan="")).n == 1
    assert measure(rollup, "cases_reported", "kecamatan", chosen(kecamatan="")).n.sum() == 0
    assert figure(rollup, "cases_reported", chosen()).n == 0
    for scope in ("assisted", "office"):
        assert figure(rollup, "cases_reported", Selection(FIRST_HALF, scope=scope)).n == 0


@pytest.mark.parametrize(("closed", "expected"), [(None, 1), ("2026-06-30", 0), ("2026-07-01", 1)])
def test_open_case_is_reported_and_not_closed_by_the_end(
    rollup_of: Count, closed: str | None, expected: int
) -> None:
    rollup = rollup_of({"cases": [case("1", "2025-02-01", closed_on=closed)]})
    assert figure(rollup, "cases_open", chosen()).n == expected


def test_first_action_is_the_median_of_cases_with_one(rollup_of: Count) -> None:
    cases = [
        case("1", "2026-02-01", first_action_on="2026-02-03"),
        case("2", "2026-02-01", first_action_on="2026-02-03"),
        case("3", "2026-02-01", first_action_on="2026-02-11"),
        case("4", "2026-02-01"),
    ]
    assert figure(rollup_of({"cases": cases}), "first_action", chosen()) == Figure(2, 3, 2)


# --- desa binaan ------------------------------------------------------------------------------


@pytest.fixture
def assisted_rollup(rollup_of: Count, empty_store: Store) -> Callable[[Rows, str | None], Rollup]:
    def count(rows: Rows, since: str | None) -> Rollup:
        with empty_store.write() as connection:
            connection.execute(
                update(schema.villages)
                .where(schema.villages.c.code == A)
                .values(is_assisted=True, assisted_since=since)
            )
        return rollup_of(rows)

    return count


@pytest.mark.parametrize(
    ("since", "expected"), [(None, 1), ("", 1), ("2026-06-30", 1), ("2026-07-01", 0)]
)
def test_desa_is_assisted_by_the_period_s_end(
    assisted_rollup: Callable[[Rows, str | None], Rollup], since: str | None, expected: int
) -> None:
    assert figure(assisted_rollup({}, since), "assisted", chosen()).n == expected


def test_scope_assisted_keeps_sessions_of_any_of_its_desa(
    assisted_rollup: Callable[[Rows, str | None], Rollup],
) -> None:
    rows = {
        "awareness_sessions": [session("1", "2026-02-01", 9, 0), session("2", "2026-02-01", 5, 0)],
        "session_villages": [*link("1", A, B), *link("2", B)],
    }
    rollup = assisted_rollup(rows, "2026-06-01")
    assert figure(rollup, "attendance", chosen(scope="assisted")).n == 9


@pytest.mark.parametrize(("day", "expected"), [("2025-07-01", 1), ("2025-06-30", 0)])
def test_active_means_within_twelve_months(
    assisted_rollup: Callable[[Rows, str | None], Rollup], day: str, expected: int
) -> None:
    rollup = assisted_rollup({"visits": [visit("1", day)]}, None)
    assert figure(rollup, "active_assisted", chosen()) == Figure(expected, 1, expected)


def test_completeness_counts_months_with_any_record(
    assisted_rollup: Callable[[Rows, str | None], Rollup],
) -> None:
    rows = {
        "visits": [
            visit("1", "2026-01-05", outcome="tidak_terjangkau"),
            visit("2", "2026-01-06"),
            visit("3", "2026-03-01", B),
        ],
        "awareness_sessions": [session("s", "2026-02-01", 0, 0)],
        "session_villages": link("s", A, B),
        "cases": [case("1", "2026-05-05")],
    }
    rollup = assisted_rollup(rows, None)
    assert figure(rollup, "completeness", chosen()) == Figure(3, 6, 0.5)


# --- levels and shape -------------------------------------------------------------------------


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_nothing_in_an_empty_store_is_an_error(
    rollup_of: Count, indicator: str, scope: Scope
) -> None:
    rollup = rollup_of({})
    for level in LEVELS:
        counted = measure(rollup, indicator, level, Selection(FIRST_HALF, scope=scope))
        assert len(counted.value) == len(counted.codes)
        if INDICATORS[indicator].is_rate:
            assert counted.N is not None


def test_area_outside_the_scope_does_not_apply(rollup_of: Count) -> None:
    # In a new store no kecamatan belongs to an office yet.
    office = chosen(scope="office")
    rollup = rollup_of({"visits": [visit("1", "2026-01-05")]})
    assert math.isnan(of_area(rollup, "visits", PONTANG, office).value)
    assert math.isnan(of_area(rollup, "visit_coverage", PONTANG, office).value)


def test_zero_visits_in_scope_are_a_true_zero(rollup_of: Count) -> None:
    assert of_area(rollup_of({}), "visits", PONTANG, chosen()).value == 0


def test_monthly_ends_with_the_last_month_and_may_begin_before_the_period(rollup_of: Count) -> None:
    rollup = rollup_of({"visits": [visit("1", "2025-12-05"), visit("2", "2026-06-05")]})
    series = [one.n for one in monthly(rollup, "visits", chosen(), months=7)]
    assert series == [1, 0, 0, 0, 0, 0, 1]


def test_areas_are_the_same_for_every_scope(sample_rollup: Rollup) -> None:
    codes = {
        measure(sample_rollup, "visits", "desa", Selection(FIRST_HALF, scope=scope)).codes
        for scope in SCOPES
    }
    assert len(codes) == 1


# Medians do not add up, and cases of unknown origin count in the total only.
NOT_ADDITIVE = {
    "first_action",
    "cases_reported",
    "cases_tppo",
    "cases_tppm",
    "cases_pmi_np",
    "cases_open",
    "victims",
}


@pytest.mark.parametrize("indicator", [each for each in INDICATORS if each not in NOT_ADDITIVE])
def test_kecamatan_add_up_to_the_kabupaten(sample_rollup: Rollup, indicator: str) -> None:
    selection = Selection(FIRST_HALF, scope="office")
    parts = measure(sample_rollup, indicator, "kecamatan", selection)
    whole = figure(sample_rollup, indicator, selection)
    assert parts.n.sum() == pytest.approx(whole.n)
    if parts.N is not None:
        assert parts.N.sum() == whole.N


def test_table_names_areas_and_months(sample_rollup: Rollup) -> None:
    counted = table(sample_rollup, ["visits", "overdue"], "kecamatan", chosen())
    assert list(counted.columns) == ["indicator", "code", "name", "n", "N", "value", "from", "to"]
    assert counted[["indicator", "code", "name"]].to_numpy().tolist() == [
        ["visits", PONTANG, "Pontang"],
        ["overdue", PONTANG, "Pontang"],
    ]


def test_unknown_indicator_lists_the_known(sample_rollup: Rollup) -> None:
    with pytest.raises(UnknownIndicatorError, match="visit_coverage"):
        figure(sample_rollup, "kunjungan", chosen())


def test_no_event_is_read_by_a_measure(
    sample_rollup: Rollup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Engine, "connect")
    for indicator in INDICATORS:
        measure(sample_rollup, indicator, "desa", chosen())
