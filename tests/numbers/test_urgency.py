"""Which desa stands first: desa binaan, then the class of cases of its kecamatan, then the days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from data_access.numbers.door import internal_numbers, meeting_numbers
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection
from data_access.numbers.urgency import villages_by_urgency
from data_access.numbers.visits import village_status
from data_access.schema import villages
from data_access.store import Store

YEAR = Period(Month(2025, 11), Month(2026, 10))
PONTANG, TANARA = "36.04.12", "36.04.14"
PONTANG_DESA, OTHER_PONTANG_DESA, TANARA_DESA = (
    f"{PONTANG}.2001",
    f"{PONTANG}.2002",
    f"{TANARA}.2001",
)

Rows = dict[str, list[dict[str, Any]]]


def visited(code: str, day: str) -> dict[str, Any]:
    return {
        "source_key": f"{code} {day}",
        "visited_on": day,
        "village_code": code,
        "kecamatan_code": code[:8],
        "outcome": "nihil",
    }


def reported(kecamatan: str, count: int) -> list[dict[str, Any]]:
    return [
        {
            "source_key": f"{kecamatan} {number}",
            "reported_on": "2026-03-01",
            "origin_kecamatan_code": kecamatan,
            "is_tppo": True,
            "is_tppm": False,
            "is_pmi_np": False,
            "verification": "dilaporkan",
            "stage": "laporan",
            "women": 1,
            "men": 0,
            "girls": 0,
            "boys": 0,
        }
        for number in range(count)
    ]


def order(rollup: Rollup, *, with_cases: bool = True) -> list[str]:
    selection = Selection(YEAR, frozenset({PONTANG, TANARA}))
    return villages_by_urgency(rollup, selection, with_cases=with_cases)["code"].tolist()


def test_desa_binaan_stand_first(empty_store: Store, rollup_of: Callable[[Rows], Rollup]) -> None:
    with empty_store.write() as connection:
        chosen = villages.c.code == TANARA_DESA
        connection.execute(update(villages).where(chosen).values(is_assisted=True))
    rollup = rollup_of(
        {"visits": [visited(TANARA_DESA, "2026-10-30")], "cases": reported(PONTANG, 9)}
    )
    assert order(rollup)[0] == TANARA_DESA


def test_the_class_of_cases_of_the_kecamatan_comes_before_the_days(
    rollup_of: Callable[[Rows], Rollup],
) -> None:
    rollup = rollup_of(
        {
            "visits": [visited(PONTANG_DESA, "2026-10-30"), visited(TANARA_DESA, "2024-01-01")],
            "cases": reported(PONTANG, 5) + reported(TANARA, 4),
        }
    )
    codes = order(rollup)
    assert codes.index(PONTANG_DESA) < codes.index(TANARA_DESA)


@pytest.mark.parametrize(("in_pontang", "in_tanara"), [(1, 4), (4, 1), (5, 9), (9, 5)])
def test_an_exact_count_within_a_class_orders_nothing(
    rollup_of: Callable[[Rows], Rollup], in_pontang: int, in_tanara: int
) -> None:
    rollup = rollup_of(
        {
            "visits": [visited(PONTANG_DESA, "2026-05-01"), visited(TANARA_DESA, "2026-04-01")],
            "cases": reported(PONTANG, in_pontang) + reported(TANARA, in_tanara),
        }
    )
    codes = order(rollup)
    assert codes[-2:] == [TANARA_DESA, PONTANG_DESA]


def test_never_visited_counts_as_the_longest(rollup_of: Callable[[Rows], Rollup]) -> None:
    rollup = rollup_of(
        {"visits": [visited(PONTANG_DESA, "2023-10-01"), visited(OTHER_PONTANG_DESA, "2026-10-01")]}
    )
    assert order(rollup)[-2:] == [PONTANG_DESA, OTHER_PONTANG_DESA]


def test_the_order_loses_and_adds_no_desa(sample_rollup: Rollup) -> None:
    selection = Selection(YEAR, scope="office")
    ordered = villages_by_urgency(sample_rollup, selection, with_cases=True)
    plain = village_status(sample_rollup, selection)
    assert ordered.sort_values("code", ignore_index=True).equals(
        plain.sort_values("code", ignore_index=True)
    )


def test_cases_order_nothing_in_the_meeting_tier(
    empty_store: Store, rollup_of: Callable[[Rows], Rollup]
) -> None:
    selection = Selection(YEAR)
    visit = visited(PONTANG_DESA, "2026-05-01")
    before = meeting_numbers(empty_store, rollup_of({"visits": [visit]}), selection, None)
    rollup = rollup_of({"cases": reported(TANARA, 30)})
    after = meeting_numbers(empty_store, rollup, selection, None)
    internal = internal_numbers(empty_store, rollup, selection, None)
    assert after.villages_by_urgency().equals(before.villages_by_urgency())
    assert internal.villages_by_urgency()["kecamatan_code"][0] == TANARA
    assert load_rollup(empty_store).cases.cases.sum() == 30
