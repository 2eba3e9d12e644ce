"""What a screen may know of cases: nothing small, and nothing from which it follows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.audit import check_audit
from data_access.errors import CaseCountError
from data_access.numbers import cases
from data_access.numbers.door import InternalNumbers, internal_numbers
from data_access.numbers.indicators import CASE_COUNTS, figure
from data_access.numbers.queries import CASE_DIMENSIONS
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import SCOPES, Month, Period, Selection
from data_access.numbers.shown_cases import LABELS, ShownCases
from data_access.numbers.small import WITHHELD, ZERO, Cell, SmallCounts
from data_access.schema import audit_log
from data_access.store import Store

Rows = dict[str, list[dict[str, Any]]]

FIRST, LAST = Month(2023, 9), Month(2026, 10)
PROGRAMME = Selection(Period(FIRST, LAST))
PONTANG = Selection(Period(Month(2025, 11), LAST), frozenset({"36.04.12"}))


def shown(rollup: Rollup, selection: Selection, *, threshold: int = 5, opened: bool = False):  # type: ignore[no-untyped-def]
    earlier = selection.over(selection.period.plus(-12))
    return ShownCases(rollup, rollup, selection, earlier, SmallCounts(threshold, opened))


def told_counts(known: ShownCases) -> Iterator[int]:
    """Yield every count that a page gets exactly."""
    summary = known.summary
    cells = [summary.reported, summary.victims, summary.before, known.by_kecamatan.outside]
    cells += [summary.open.count, summary.open.earlier, summary.first_action.count]
    labels = known.by_label()
    if labels:
        cells += [getattr(labels, name) for name in ("any", *LABELS, "several")]
    for column in ("any", *LABELS, "victims"):
        cells += known.by_kecamatan.frame[column].tolist()
    yield from (cell.low for cell in cells if cell is not None and cell.is_exact)
    yield from summary.trend
    yield from (known.victims_by_group() or {}).values()
    for frame in (known.by_month(), *(known.by(column) for column in CASE_DIMENSIONS)):
        if frame is not None:
            yield from frame["n"].tolist()


months = st.integers(FIRST.index - 2, LAST.index).map(Month.from_index)


@st.composite
def selections(draw: st.DrawFn, codes: tuple[str, ...]) -> Selection:
    first, last = sorted((draw(months), draw(months)))
    chosen = draw(st.frozensets(st.sampled_from(codes), max_size=3))
    return Selection(Period(first, last), chosen, draw(st.sampled_from(SCOPES)))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), threshold=st.integers(2, 8))
def test_no_small_count_is_told_while_the_details_are_closed(
    sample_rollup: Rollup, data: st.DataObject, threshold: int
) -> None:
    selection = data.draw(selections(sample_rollup.areas.kecamatan_codes))
    small = set(range(1, threshold))
    assert not small & set(told_counts(shown(sample_rollup, selection, threshold=threshold)))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_small_count_is_the_difference_of_two_that_are_told(
    sample_rollup: Rollup, data: st.DataObject
) -> None:
    known = shown(sample_rollup, data.draw(selections(sample_rollup.areas.kecamatan_codes)))
    summary = known.summary
    pairs = [
        (summary.reported, summary.first_action.count),
        (summary.open.count, summary.open.earlier),
    ]
    labels = known.by_label()
    if labels and all(getattr(labels, name).is_exact for name in LABELS):
        carried = sum(getattr(labels, name).low for name in LABELS)
        pairs.append((Cell.exactly(carried), labels.any))
    differences = {abs(a.low - b.low) for a, b in pairs if a.is_exact and b.is_exact}
    assert not differences & {1, 2, 3, 4}


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_kecamatan_follows_from_the_total_and_the_others(
    sample_rollup: Rollup, data: st.DataObject
) -> None:
    known = shown(sample_rollup, data.draw(selections(sample_rollup.areas.kecamatan_codes)))
    areas = known.by_kecamatan
    cells = [cell or ZERO for cell in areas.frame["any"]] + [areas.outside]
    total = known.summary.reported
    for place, cell in enumerate(cells):
        if cell.low != 1:
            continue
        others = cells[:place] + cells[place + 1 :]
        highest = [other.high for other in others]
        assert total.high is None or total.high - sum(other.low for other in others) >= 4
        assert None in highest or total.low - sum(high or 0 for high in highest) <= 1


@pytest.mark.parametrize("selection", [PROGRAMME, PONTANG, Selection(PONTANG.period)])
def test_open_details_are_exact_and_agree_with_the_indicators(
    sample_rollup: Rollup, selection: Selection
) -> None:
    known = shown(sample_rollup, selection, opened=True)
    total = figure(sample_rollup, "cases_reported", selection).n
    assert known.summary.reported == Cell.exactly(int(total))
    assert sum(known.by_month()["n"]) == sum(known.by("stage")["n"]) == total
    assert sum(known.victims_by_group().values()) == known.summary.victims.low
    areas = known.by_kecamatan
    assert sum(cell.low for cell in areas.frame["any"]) + areas.outside.low == total


def test_what_is_told_adds_up_to_the_total(sample_rollup: Rollup) -> None:
    known = shown(sample_rollup, PROGRAMME)
    total = known.summary.reported.low
    for frame in (known.by_month(), *(known.by(column) for column in CASE_DIMENSIONS)):
        assert frame is None or frame["n"].sum() == total
    assert sum(known.victims_by_group().values()) == known.summary.victims.low


def test_few_cases_are_not_broken_down(sample_rollup: Rollup) -> None:
    known = shown(sample_rollup, PONTANG)
    assert known.is_small
    assert known.by_label() is known.victims_by_group() is known.by_month() is None
    assert all(known.by(column) is None for column in CASE_DIMENSIONS)
    assert known.summary.victims == known.summary.first_action.count == WITHHELD
    assert math.isnan(known.summary.first_action.median_days)
    assert known.by_kecamatan.frame["any"].tolist() == [Cell(1, 4)]
    assert known.by_kecamatan.frame["pmi_np"].tolist() == [WITHHELD]


def test_the_change_from_a_small_count_is_not_told(sample_rollup: Rollup) -> None:
    known = shown(sample_rollup, PONTANG).summary
    assert known.change is None


def test_the_oldest_open_case_is_one_case_and_not_told(sample_rollup: Rollup) -> None:
    assert math.isnan(shown(sample_rollup, PROGRAMME).summary.open.oldest_days)
    assert shown(sample_rollup, PROGRAMME, opened=True).summary.open.oldest_days > 0


def test_open_cases_say_of_which_years(sample_rollup: Rollup) -> None:
    year = Selection(Period(Month(2026, 1), LAST))
    known = shown(sample_rollup, year, opened=True).summary.open
    assert known.years == (2023, 2024, 2025)
    assert 0 < known.earlier.low < known.count.low


# --- no record is no zero --------------------------------------------------------------------

VISIT = {"source_key": "v", "visited_on": "2026-10-01", "village_code": "36.04.12.2001",
         "kecamatan_code": "36.04.12", "outcome": "nihil"}  # fmt: skip
CASE = {"source_key": "c", "reported_on": "2026-08-01", "origin_kecamatan_code": "36.04.13"}
OCTOBER = Selection(Period(LAST, LAST))


def test_cases_never_imported_are_no_record(rollup_of: Callable[[Rows], Rollup]) -> None:
    known = shown(rollup_of({"visits": [VISIT]}), OCTOBER)
    assert known.summary.state == known.summary.open.state == "no_record"
    assert set(known.by_kecamatan.frame["any"]) == {None}


def test_no_case_beside_other_records_is_a_true_zero(rollup_of: Callable[[Rows], Rollup]) -> None:
    known = shown(rollup_of({"visits": [VISIT], "cases": [CASE]}), OCTOBER)
    assert (known.summary.state, known.summary.reported) == ("counted", ZERO)
    areas = known.by_kecamatan.frame.set_index("code")["any"]
    assert (areas["36.04.12"], areas["36.04.13"]) == (ZERO, None)


@pytest.mark.parametrize("month", [Month(2022, 1), Month(2027, 5)])
def test_a_period_without_any_record_is_no_zero(sample_rollup: Rollup, month: Month) -> None:
    known = shown(sample_rollup, Selection(Period(month, month)))
    assert known.summary.state == "no_record"
    assert known.summary.before is None or month.year > 2026


def test_an_office_without_a_kecamatan_has_nothing_to_count(sample_rollup: Rollup) -> None:
    abroad = replace(sample_rollup, settings=replace(sample_rollup.settings, office="lain"))
    known = shown(abroad, Selection(PROGRAMME.period, scope="office"))
    assert known.summary.state == "not_applicable"


# --- the door --------------------------------------------------------------------------------


@pytest.fixture
def door(empty_store: Store, rollup_of: Callable[[Rows], Rollup]) -> InternalNumbers:
    rollup = rollup_of({"cases": [CASE]})
    return internal_numbers(empty_store, rollup, Selection(Period(Month(2026, 8), LAST)), None)


@pytest.mark.parametrize("indicator_id", sorted(CASE_COUNTS))
def test_no_page_gets_a_count_of_cases_past_the_rule(
    door: InternalNumbers, indicator_id: str
) -> None:
    for ask in (door.figure, door.monthly, lambda one: door.measure(one, "kecamatan")):
        with pytest.raises(CaseCountError):
            ask(indicator_id)


def entries(store: Store) -> list[tuple[str, str, str]]:
    with store.read() as connection:
        rows = connection.execute(select(audit_log).order_by(audit_log.c.id))
        return [(row.actor, row.action, row.detail) for row in rows]


def test_opening_the_details_is_noted_once_a_selection(
    door: InternalNumbers, empty_store: Store
) -> None:
    revision, noted = empty_store.revision(), set()
    opened = door.open_case_details("petugas", noted)
    door.open_case_details("petugas", noted)
    narrowed = replace(door, selection=replace(door.selection, kecamatan=frozenset({"36.04.13"})))
    narrowed.open_case_details("petugas", noted)
    assert opened.cases.summary.reported == Cell(1, 1)
    assert door.cases.summary.reported == Cell(1, 4)
    assert entries(empty_store) == [
        ("petugas", "buka rincian kasus", "2026-08..2026-10; kecamatan semua; cakupan all"),
        ("petugas", "buka rincian kasus", "2026-08..2026-10; kecamatan 36.04.13; cakupan all"),
    ]
    assert check_audit(empty_store) == 2
    # No figure changed, so no session counts anything again.
    assert empty_store.revision() == revision


def test_counts_stay_as_the_frames_have_them(sample_rollup: Rollup) -> None:
    frame = cases.cases_by_kecamatan(sample_rollup, PROGRAMME)
    told = shown(sample_rollup, PROGRAMME, opened=True).by_kecamatan.frame
    for column in ("any", *LABELS, "victims"):
        assert [cell.low for cell in told[column]] == frame[column].tolist()
