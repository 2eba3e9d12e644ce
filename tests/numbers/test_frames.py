"""Breakdowns agree with the indicators that they break down."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from data_access.errors import UnknownColumnError
from data_access.numbers.cases import (
    cases_by,
    cases_by_kecamatan,
    cases_by_label,
    cases_by_month,
    cases_unknown_origin,
    open_case_age,
    victims_by_group,
)
from data_access.numbers.indicators import figure, measure
from data_access.numbers.queries import CASE_DIMENSIONS
from data_access.numbers.records import unknown_village
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import SCOPES, Month, Period, Scope, Selection
from data_access.numbers.sessions import (
    attendance_by_audience,
    knowledge_by_month,
    knowledge_totals,
    never_reached,
    population_known,
    sessions_by_month,
    shared_sessions,
)
from data_access.numbers.visits import (
    kecamatan_status,
    village_status,
    visit_points,
    visits_by_month_outcome,
    visits_by_pimpasa,
)
from data_access.store import Store

YEAR = Period(Month(2025, 11), Month(2026, 10))
Rows = dict[str, list[dict[str, Any]]]

A, B = "36.04.12.2001", "36.04.12.2002"
PONTANG = frozenset({"36.04.12"})

SELECTIONS = [
    *(Selection(YEAR, scope=scope) for scope in SCOPES),
    Selection(YEAR, PONTANG),
]
each_selection = pytest.mark.parametrize(
    "selection", SELECTIONS, ids=["all", "assisted", "office", "pontang"]
)


@each_selection
def test_visits_by_outcome_add_up(sample_rollup: Rollup, selection: Selection) -> None:
    frame = visits_by_month_outcome(sample_rollup, selection)
    assert list(frame.columns) == ["month", "outcome", "n"]
    assert len(frame) == 12 * 4
    qualifying = frame.loc[frame["outcome"] != "tidak_terjangkau", "n"].sum()
    assert qualifying == figure(sample_rollup, "visits", selection).n


@each_selection
def test_visits_by_pimpasa_add_up(sample_rollup: Rollup, selection: Selection) -> None:
    frame = visits_by_pimpasa(sample_rollup, selection)
    assert frame["visits"].sum() == figure(sample_rollup, "visits", selection).n
    assert frame["visits"].is_monotonic_decreasing


@each_selection
def test_village_status_agrees_with_the_indicators(
    sample_rollup: Rollup, selection: Selection
) -> None:
    status = village_status(sample_rollup, selection)["status"].value_counts()
    assert status["overdue"] == figure(sample_rollup, "overdue", selection).n
    assert status.get("never", 0) == figure(sample_rollup, "never_visited", selection).n
    assert status.sum() == figure(sample_rollup, "overdue", selection).N


@each_selection
def test_kecamatan_status_adds_up(sample_rollup: Rollup, selection: Selection) -> None:
    frame = kecamatan_status(sample_rollup, selection)
    overdue = measure(sample_rollup, "overdue", "kecamatan", selection)
    assert tuple(frame["code"]) == overdue.codes
    assert frame["overdue"].tolist() == overdue.n.tolist()
    assert frame["N"].tolist() == overdue.N.tolist()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-09-01", "covered"), ("2026-08-31", "due"), ("2026-08-02", "due"),
     ("2026-08-01", "overdue"), ("2026-11-05", "never")],
)  # fmt: skip
def test_status_on_the_last_of_october(
    rollup_of: Callable[[Rows], Rollup], day: str, expected: str
) -> None:
    visit = {"source_key": "1", "visited_on": day, "village_code": A,
             "kecamatan_code": "36.04.12", "outcome": "nihil"}  # fmt: skip
    frame = village_status(rollup_of({"visits": [visit]}), Selection(YEAR, PONTANG))
    assert frame.set_index("code").loc[A, "status"] == expected


@each_selection
def test_attendance_adds_up(sample_rollup: Rollup, selection: Selection) -> None:
    by_month = sessions_by_month(sample_rollup, selection)
    by_audience = attendance_by_audience(sample_rollup, selection)
    attendance = figure(sample_rollup, "attendance", selection).n
    assert (by_month["male"] + by_month["female"]).sum() == attendance
    assert by_audience["attendance"].sum() == attendance
    assert by_audience["sessions"].sum() == by_month["sessions"].sum()


@each_selection
def test_knowledge_agrees_with_the_gain(sample_rollup: Rollup, selection: Selection) -> None:
    totals = knowledge_totals(sample_rollup, selection)
    gain = figure(sample_rollup, "knowledge_gain", selection)
    assert totals.post - totals.pre == pytest.approx(gain.value)
    by_month = knowledge_by_month(sample_rollup, selection)
    assert by_month["tested"].sum() == totals.tested == gain.N


def test_single_and_shared_and_unknown_sessions_make_up_all(sample_rollup: Rollup) -> None:
    selection = Selection(YEAR)
    shared = shared_sessions(sample_rollup, selection)
    single = measure(sample_rollup, "attendance", "desa", selection).n.sum()
    whole = figure(sample_rollup, "attendance", selection).n
    assert shared.sessions > 0
    assert single + shared.attendance <= whole
    sessions = sessions_by_month(sample_rollup, selection)["sessions"].sum()
    assert unknown_village(sample_rollup, selection).sessions < sessions


def test_desa_reached_in_the_period_is_not_never_reached(sample_rollup: Rollup) -> None:
    selection = Selection(YEAR)
    reached = measure(sample_rollup, "awareness_coverage", "desa", selection)
    never = set(never_reached(sample_rollup, selection)["code"])
    assert never
    assert not never & {c for c, n in zip(reached.codes, reached.n, strict=True) if n}


@each_selection
def test_cases_add_up(sample_rollup: Rollup, selection: Selection) -> None:
    totals = cases_by_label(sample_rollup, selection)
    by_month = cases_by_month(sample_rollup, selection)
    assert totals.any == figure(sample_rollup, "cases_reported", selection).n
    assert totals.tppo == figure(sample_rollup, "cases_tppo", selection).n
    assert (by_month["n"].sum(), len(by_month)) == (totals.any, 12)


@each_selection
@pytest.mark.parametrize("column", CASE_DIMENSIONS)
def test_cases_by_a_column_add_up(sample_rollup: Rollup, selection: Selection, column: str) -> None:
    frame = cases_by(sample_rollup, selection, column)
    assert frame["n"].sum() == figure(sample_rollup, "cases_reported", selection).n


def test_cases_by_an_unknown_column_are_refused(sample_rollup: Rollup) -> None:
    with pytest.raises(UnknownColumnError, match="modus"):
        cases_by(sample_rollup, Selection(YEAR), "source_key")


def test_cases_of_kecamatan_and_of_unknown_origin_make_up_all(sample_rollup: Rollup) -> None:
    selection = Selection(Period(Month(2023, 9), Month(2026, 10)))
    known = cases_by_kecamatan(sample_rollup, selection)["any"].sum()
    unknown = cases_unknown_origin(sample_rollup, selection)
    assert unknown > 0
    assert known + unknown == figure(sample_rollup, "cases_reported", selection).n


@each_selection
def test_victims_add_up(sample_rollup: Rollup, selection: Selection) -> None:
    groups = victims_by_group(sample_rollup, selection)
    total = groups.women + groups.men + groups.girls + groups.boys
    assert total == figure(sample_rollup, "victims", selection).n


@each_selection
def test_open_cases_agree(sample_rollup: Rollup, selection: Selection) -> None:
    age = open_case_age(sample_rollup, selection)
    assert age.open == figure(sample_rollup, "cases_open", selection).n


def test_age_without_open_cases_does_not_apply(rollup_of: Callable[[Rows], Rollup]) -> None:
    assert math.isnan(open_case_age(rollup_of({}), Selection(YEAR)).median_days)


@pytest.mark.parametrize("scope", SCOPES)
def test_points_lie_in_the_kabupaten_and_in_the_period(sample_store: Store, scope: Scope) -> None:
    points = visit_points(sample_store, Selection(YEAR, scope=scope))
    assert points["n"].sum() > 100
    assert points["latitude"].between(-6.6, -5.7).all()
    assert points["longitude"].between(105.7, 106.6).all()
    assert points["month"].between("2025-11", "2026-10").all()


def test_points_of_the_scope_are_points_of_its_desa(
    sample_store: Store, sample_rollup: Rollup
) -> None:
    selection = Selection(YEAR, PONTANG, "assisted")
    points = visit_points(sample_store, selection)
    assert set(points["village_code"]) <= set(village_status(sample_rollup, selection)["code"])


def test_no_points_are_an_empty_frame(empty_store: Store) -> None:
    points = visit_points(empty_store, Selection(YEAR))
    assert points.empty
    assert "latitude" in points


def test_population_is_known_for_a_few_kecamatan(sample_rollup: Rollup) -> None:
    known = population_known(sample_rollup, Selection(YEAR))
    assert (known.known, known.kecamatan) == (6, 29)


def test_span_reaches_the_last_record(sample_rollup: Rollup) -> None:
    span = sample_rollup.span
    assert span.visits.last == sample_rollup.data_until
    assert span.imported_at == ""


def test_frames_of_an_empty_store_are_empty(rollup_of: Callable[[Rows], Rollup]) -> None:
    rollup, selection = rollup_of({}), Selection(YEAR)
    assert visits_by_pimpasa(rollup, selection).empty
    assert sessions_by_month(rollup, selection)["sessions"].sum() == 0
    assert len(never_reached(rollup, selection)) == 326
    assert isinstance(cases_by(rollup, selection, "stage"), pd.DataFrame)
    assert rollup.data_until is None
    assert rollup.is_empty
