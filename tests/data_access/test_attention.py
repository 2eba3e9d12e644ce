"""Which kecamatan need a decision: the heaviest reason first, each with its own numbers."""

from __future__ import annotations

from dataclasses import replace

from data_access.numbers.attention import WEIGHTS, needs_attention
from data_access.numbers.indicators import measure
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection

PERIOD = Period(Month(2026, 1), Month(2026, 6))
ALL = Selection(PERIOD)


def test_the_heaviest_comes_first_and_each_kecamatan_once(sample_rollup: Rollup) -> None:
    found = needs_attention(sample_rollup, ALL, None, with_cases=True)
    weights = [each.weight for each in found]
    assert weights == sorted(weights, reverse=True)
    assert len({each.code for each in found}) == len(found)


def test_a_reason_carries_the_numbers_of_its_indicator(sample_rollup: Rollup) -> None:
    never = measure(sample_rollup, "never_visited", "kecamatan", ALL)
    counts = dict(zip(never.codes, never.n, strict=True))
    for each in needs_attention(sample_rollup, ALL, None, with_cases=True):
        if each.reason == "never_visited":
            assert each.n == counts[each.code]
            assert each.weight == WEIGHTS["never_visited"] * each.n


def test_without_a_comparison_nothing_fell(sample_rollup: Rollup) -> None:
    reasons = {each.reason for each in needs_attention(sample_rollup, ALL, None, with_cases=True)}
    assert "coverage_fell" not in reasons


def test_the_filter_is_respected(sample_rollup: Rollup) -> None:
    one = Selection(PERIOD, frozenset({"36.04.32"}))
    assert {each.code for each in needs_attention(sample_rollup, one, None, with_cases=True)} <= {
        "36.04.32"
    }


def test_desa_binaan_of_another_office_need_no_decision_here(sample_rollup: Rollup) -> None:
    areas = sample_rollup.areas
    own = {
        code
        for code, office in zip(areas.kecamatan_codes, areas.office, strict=True)
        if office == sample_rollup.settings.office
    }
    found = needs_attention(sample_rollup, Selection(PERIOD, scope="office"), None, with_cases=True)
    assert {each.code for each in found} <= own


def test_an_office_without_a_kecamatan_has_nothing_to_decide(sample_rollup: Rollup) -> None:
    abroad = replace(sample_rollup, settings=replace(sample_rollup.settings, office="lain"))
    assert needs_attention(abroad, Selection(PERIOD, scope="office"), None, with_cases=True) == []
