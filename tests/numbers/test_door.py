"""The door to figures: what each tier answers, and that no case shows through the meeting's."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest

from data_access.errors import CaseCountError, NotInMeetingError, UnknownIndicatorError
from data_access.numbers.door import (
    InternalNumbers,
    MeetingNumbers,
    Numbers,
    internal_numbers,
    meeting_numbers,
)
from data_access.numbers.indicators import CASE_COUNTS, CASE_INDICATORS, INDICATORS, LEVELS
from data_access.numbers.records import Source
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection
from data_access.store import Store

Rows = dict[str, list[dict[str, Any]]]
Count = Callable[[Rows], Rollup]
Open = Callable[..., Numbers]

LONTAR, PONTANG, TIRTAYASA = "36.04.13.2007", "36.04.12", "36.04.13"
HALF = Selection(Period(Month(2026, 1), Month(2026, 6)))
YEAR_BEFORE = Selection(Period(Month(2025, 1), Month(2025, 6)))

RECORDS: Rows = {
    "visits": [
        {"source_key": "k1", "visited_on": "2026-03-05", "village_code": "36.04.12.2001",
         "kecamatan_code": PONTANG, "outcome": "nihil", "pimpasa": "Ani",
         "latitude": -6.03, "longitude": 106.25},
    ],
    "awareness_sessions": [
        {"source_key": "s1", "held_on": "2026-04-05", "kecamatan_code": PONTANG, "male": 10,
         "female": 20, "pre_score": 50.0, "post_score": 60.0, "tested": 30},
    ],
    "session_villages": [{"session_key": "s1", "village_code": "36.04.12.2001"}],
}  # fmt: skip
# Of a kecamatan with nothing else, of a desa that is not known, outside, long before and after
# everything else.
CASES: Rows = {
    "cases": [
        {"source_key": f"c{number}", "reported_on": day, "origin_kecamatan_code": kecamatan,
         "origin_village_code": village, "is_tppo": True, "is_pmi_np": True, "women": 2}
        for number, (day, kecamatan, village) in enumerate(
            [
                ("2026-02-05", TIRTAYASA, LONTAR),
                ("2026-02-06", TIRTAYASA, None),
                ("2026-05-07", PONTANG, "36.04.12.2001"),
                ("2026-06-08", None, None),
                ("2023-09-01", TIRTAYASA, LONTAR),
                ("2026-10-30", TIRTAYASA, LONTAR),
                # Enough to outweigh every other reason to look at a kecamatan.
                *((f"2026-01-{day:02}", TIRTAYASA, LONTAR) for day in range(1, 10)),
            ]
        )
    ]
}  # fmt: skip

# How to ask members that want to be told something; all others are asked without a word.
ASKED: Mapping[str, Callable[[Any], list[Any]]] = {
    "figure": lambda door: [door.figure(one) for one in door.indicators],
    "before": lambda door: [door.before(one) for one in door.indicators],
    "change": lambda door: [door.change(one) for one in door.indicators],
    "measure": lambda door: [
        door.measure(one, level) for one in door.indicators for level in LEVELS
    ],
    "monthly": lambda door: [door.monthly(one, 12) for one in door.indicators],
    "has_record": lambda door: [door.has_record(level) for level in ("kecamatan", "desa")],
    "cases": lambda door: [
        door.cases.summary,
        door.cases.is_small,
        door.cases.by_label(),
        door.cases.victims_by_group(),
        door.cases.by_month(),
        door.cases.by_kecamatan,
        *(door.cases.by(column) for column in ("modus", "stage")),
    ],
    # What it leads to is the same door again, after an entry in the audit log.
    "open_case_details": lambda _: [],
    "has_records": lambda door: [door.has_records(one) for one in sources(door)],
    "was_imported": lambda door: [door.was_imported(one) for one in sources(door)],
    # What it leads to is the same door again.
    "among_assisted": lambda _: [],
}


def sources(door: Numbers) -> list[Source]:
    return [one for one in get_args(Source) if one != "cases" or door.tier == "internal"]


def public(kind: type[Numbers]) -> set[str]:
    """Return the names of all that a door has: members, fields, and what is only announced."""
    announced = {name for one in kind.__mro__ for name in inspect.get_annotations(one)}
    return {name for name in {*dir(kind), *announced} if not name.startswith("_")}


def answers(door: Numbers) -> dict[str, str]:
    """Ask the door everything that it can be asked."""
    return {name: plain(ask(door, name)) for name in sorted(public(type(door)))}


def ask(door: Numbers, name: str) -> Any:
    if name in ASKED:
        return ASKED[name](door)
    found = getattr(door, name)
    if not callable(found):
        return found
    needed = inspect.signature(found).parameters
    assert not needed, f"{name} wants {list(needed)}: say in ASKED how it is asked"
    return found()


def plain(value: Any) -> str:
    """Write an answer out whole, so that any difference shows."""
    if isinstance(value, pd.DataFrame):
        return str(value.to_csv())
    if isinstance(value, np.ndarray):
        return str(value.tolist())
    if is_dataclass(value) and not isinstance(value, type):
        parts = (f"{one.name}={plain(getattr(value, one.name))}" for one in fields(value))
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(plain, value))}]"
    return repr(value)


def changed_by_cases(open_door: Open, store: Store, rollup_of: Count) -> set[str]:
    """Return what a door answers otherwise once there are cases, among desa binaan too."""
    before = open_door(store, rollup_of(RECORDS), HALF, comparison=YEAR_BEFORE)
    told = [answers(before), answers(before.among_assisted())]
    after = open_door(store, rollup_of(CASES), HALF, comparison=YEAR_BEFORE)
    now = [answers(after), answers(after.among_assisted())]
    return {
        name
        for one, other in zip(told, now, strict=True)
        for name in one
        if one[name] != other[name]
    }


def test_the_meeting_can_be_asked_nothing_that_both_tiers_do_not_share() -> None:
    assert public(MeetingNumbers) == public(Numbers)


def test_no_member_of_the_meeting_is_called_after_cases() -> None:
    words = ("case", "victim", "label", "modus", "lure", "origin", "country", "stage", "korban")
    assert [name for name in public(MeetingNumbers) if any(word in name for word in words)] == []
    own = public(InternalNumbers) - public(Numbers)
    assert own and all(any(word in name for word in words) for name in own)


def test_cases_change_nothing_that_the_meeting_is_told(
    empty_store: Store, rollup_of: Count
) -> None:
    assert changed_by_cases(meeting_numbers, empty_store, rollup_of) == set()


def test_the_same_cases_change_what_the_office_is_told(
    empty_store: Store, rollup_of: Count
) -> None:
    changed = changed_by_cases(internal_numbers, empty_store, rollup_of)
    assert {"attention", "cases", "facts", "has_record", "monthly"} <= changed


@pytest.mark.parametrize("indicator", sorted(CASE_INDICATORS))
@pytest.mark.parametrize(
    "question",
    [
        lambda door, one: door.figure(one),
        lambda door, one: door.before(one),
        lambda door, one: door.change(one),
        lambda door, one: door.measure(one, "kecamatan"),
        lambda door, one: door.measure(one, "desa"),
        lambda door, one: door.monthly(one),
    ],
    ids=["figure", "before", "change", "kecamatan", "desa", "monthly"],
)
def test_the_meeting_refuses_every_indicator_of_cases(
    sample_store: Store,
    sample_rollup: Rollup,
    indicator: str,
    question: Callable[[Numbers, str], object],
) -> None:
    door = meeting_numbers(sample_store, sample_rollup, HALF, comparison=YEAR_BEFORE)
    with pytest.raises(NotInMeetingError, match=INDICATORS[indicator].label.split(" (")[0]):
        question(door, indicator)
    office = internal_numbers(sample_store, sample_rollup, HALF, comparison=YEAR_BEFORE)
    if indicator in CASE_COUNTS:  # told by ``cases`` alone, where small counts are withheld
        with pytest.raises(CaseCountError):
            question(office, indicator)
    else:
        assert question(office, indicator)


def test_the_meeting_is_not_told_whether_there_are_cases(
    sample_store: Store, sample_rollup: Rollup
) -> None:
    door = meeting_numbers(sample_store, sample_rollup, HALF)
    for question in (door.has_records, door.was_imported):
        assert question("visits")
        with pytest.raises(NotInMeetingError):
            question("cases")


def test_the_two_tiers_share_out_the_indicators() -> None:
    assert MeetingNumbers.indicators.keys() | CASE_INDICATORS == INDICATORS.keys()
    assert not MeetingNumbers.indicators.keys() & CASE_INDICATORS
    assert InternalNumbers.indicators.keys() | CASE_COUNTS == INDICATORS.keys()
    assert not InternalNumbers.indicators.keys() & CASE_COUNTS


def test_an_indicator_that_is_none_is_called_so(sample_store: Store, sample_rollup: Rollup) -> None:
    for open_door in (meeting_numbers, internal_numbers):
        with pytest.raises(UnknownIndicatorError):
            open_door(sample_store, sample_rollup, HALF).figure("korban")


def test_without_a_comparison_there_is_no_figure_before(
    sample_store: Store, sample_rollup: Rollup
) -> None:
    door = internal_numbers(sample_store, sample_rollup, HALF)
    assert door.before("visits") is None
    compared = internal_numbers(sample_store, sample_rollup, HALF, comparison=YEAR_BEFORE)
    earlier = internal_numbers(sample_store, sample_rollup, YEAR_BEFORE)
    assert compared.before("visits") == earlier.figure("visits")
