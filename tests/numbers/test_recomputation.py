"""Every indicator equals its recomputation from the exported rows."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest

from data_access.cli import main
from data_access.numbers.indicators import INDICATORS, LEVELS, Level, table
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import SCOPES, Month, Period, Scope, Selection
from data_access.store import Store
from tests.numbers import recompute

# A finished half-year, one month, and a period that reaches past today.
PERIODS = (("2025-01", "2025-06"), ("2026-03", "2026-03"), ("2023-09", "2026-12"))
TABLES = ("kecamatan", "villages", "visits", "awareness_sessions", "session_villages", "cases")


def run_command(store: Store, *arguments: str) -> str:
    """Run a command on a store and return what it wrote."""
    # No command writes over a file.
    out = store.settings.data_dir / f"keluaran-{uuid4().hex}"
    environment = {
        "PANTAU_DATA_DIR": str(store.settings.data_dir),
        "PANTAU_TODAY": store.settings.today.isoformat(),
    }
    assert main([*arguments, "--out", str(out)], environment) == 0
    return out.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def recomputation(sample_store: Store) -> Any:
    tables = {
        name: recompute.read_export(run_command(sample_store, "export", "--table", name))
        for name in TABLES
    }
    return recompute.Recomputation(tables, sample_store.settings.today.isoformat())


def selection_of(months: tuple[str, str], scope: Scope, *kecamatan: str) -> Selection:
    first, last = (Month.parse(text) for text in months)
    return Selection(Period(first, last), frozenset(kecamatan), scope)


def assert_equal(counted: pd.DataFrame, expected: pd.DataFrame) -> None:
    columns = ["code", "n", "N", "value"]
    pd.testing.assert_frame_equal(
        counted[columns].reset_index(drop=True),
        expected[columns].reset_index(drop=True),
        check_dtype=False,
        rtol=1e-9,
    )


@pytest.mark.parametrize("months", PERIODS, ids="..".join)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_equals_recomputation(
    sample_rollup: Rollup,
    recomputation: Any,
    indicator: str,
    level: Level,
    scope: Scope,
    months: tuple[str, str],
) -> None:
    counted = table(sample_rollup, [indicator], level, selection_of(months, scope))
    question = recompute.Question(*months, scope)
    assert_equal(counted, recomputation.answer(indicator, level, question))


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("indicator", INDICATORS)
def test_indicator_equals_recomputation_in_chosen_kecamatan(
    sample_rollup: Rollup, recomputation: Any, indicator: str, scope: Scope
) -> None:
    chosen = ("36.04.12", "36.04.31")
    question = recompute.Question(*PERIODS[0], scope, frozenset(chosen))
    for level in LEVELS:
        selection = selection_of(PERIODS[0], scope, *chosen)
        counted = table(sample_rollup, [indicator], level, selection)
        assert_equal(counted, recomputation.answer(indicator, level, question))


@pytest.mark.parametrize("level", LEVELS)
def test_a_month_counted_up_to_a_day_equals_its_recomputation(
    sample_store: Store, recomputation: Any, level: Level
) -> None:
    until = date(2025, 11, 17)
    days = {"visits": "visited_on", "awareness_sessions": "held_on", "cases": "reported_on"}
    tables = {
        name: rows[rows[days[name]] <= until.isoformat()] if name in days else rows
        for name, rows in recomputation.tables.items()
    }
    links = tables["session_villages"]
    held = links["session_key"].isin(tables["awareness_sessions"]["source_key"])
    earlier = recompute.Recomputation(tables | {"session_villages": links[held]}, until.isoformat())
    rollup = load_rollup(sample_store, until)
    selection = selection_of(("2025-01", "2025-11"), "all")
    for indicator in INDICATORS:
        question = recompute.Question("2025-01", "2025-11", "all")
        counted = table(rollup, [indicator], level, selection)
        assert_equal(counted, earlier.answer(indicator, level, question))


def test_the_command_counts_up_to_a_day_too(sample_store: Store) -> None:
    asked = ("indicators", "--from", "2025-11", "--to", "2025-11", "--indicator", "visits")
    whole = pd.read_csv(StringIO(run_command(sample_store, *asked)))
    part = pd.read_csv(StringIO(run_command(sample_store, *asked, "--until", "2025-11-17")))
    rollup = load_rollup(sample_store, date(2025, 11, 17))
    assert (
        part["n"][0]
        == rollup.visits.visits[
            rollup.visits.is_qualifying & (rollup.visits.month == Month(2025, 11).index)
        ].sum()
    )
    assert part["n"][0] < whole["n"][0]


def test_command_prints_what_the_module_counts(sample_rollup: Rollup, sample_store: Store) -> None:
    printed = run_command(
        sample_store, "indicators", "--from", "2025-01", "--to", "2025-06",
        "--level", "kecamatan", "--scope", "office",
    )  # fmt: skip
    counted = table(sample_rollup, INDICATORS, "kecamatan", selection_of(PERIODS[0], "office"))
    pd.testing.assert_frame_equal(
        pd.read_csv(StringIO(printed)), counted, check_dtype=False, rtol=1e-12
    )


def test_sample_gives_most_indicators_something_to_say(sample_rollup: Rollup) -> None:
    counted = table(sample_rollup, INDICATORS, "kabupaten", selection_of(PERIODS[2], "all"))
    assert (counted["n"] > 0).all()
