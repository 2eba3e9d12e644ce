"""Which kecamatan need a decision, and why: one heaviest reason each.

Reads indicators only. The order is open to anyone: the weights stand here, and the reason
with its own n and N stands beside every name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from data_access.numbers.indicators import measure
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Selection
from data_access.numbers.view import assisted_within

Reason = Literal["cases_without_session", "assisted_overdue", "never_visited", "coverage_fell"]

# How much one unit of each reason weighs against the others. A reported case where nobody
# was warned outweighs a promised village left alone, and that outweighs one never reached.
WEIGHTS: dict[Reason, float] = {
    "cases_without_session": 4.0,
    "assisted_overdue": 2.0,
    "never_visited": 1.0,
    "coverage_fell": 1.0,
}


@dataclass(frozen=True)
class Attention:
    """A kecamatan that needs a decision.

    Attributes:
        code: kecamatan code.
        reason: why, the heaviest of its reasons.
        n: cases, desa binaan or desa concerned, by the reason.
        total: what n is counted against (desa or desa binaan); 0 where nothing is.
        weight: ``WEIGHTS[reason] * n``, the order of the list.
    """

    code: str
    reason: Reason
    n: int
    total: int
    weight: float


def needs_attention(
    rollup: Rollup, selection: Selection, comparison: Selection | None, *, with_cases: bool
) -> list[Attention]:
    """Return the kecamatan that need a decision, heaviest reason first.

    Args:
        selection: period, kecamatan and scope to judge.
        comparison: the selection to compare coverage with, or None for no comparison.
        with_cases: whether reported cases may be a reason.
    """
    found: list[Attention] = []
    for reason, (codes, n, total) in _reasons(rollup, selection, comparison, with_cases).items():
        found += [
            Attention(code, reason, int(count), int(of), WEIGHTS[reason] * count)
            for code, count, of in zip(codes, n, total, strict=True)
            if count > 0
        ]
    heaviest: dict[str, Attention] = {}
    for attention in sorted(found, key=lambda each: (-each.weight, each.code)):
        heaviest.setdefault(attention.code, attention)
    return list(heaviest.values())


_Counts = tuple[tuple[str, ...], npt.NDArray[np.float64], npt.NDArray[np.float64]]


def _reasons(
    rollup: Rollup, selection: Selection, comparison: Selection | None, with_cases: bool
) -> dict[Reason, _Counts]:
    reasons: dict[Reason, _Counts] = {}
    if with_cases:
        reasons["cases_without_session"] = _cases_without_session(rollup, selection)
    reasons |= {
        "assisted_overdue": _counts(rollup, "overdue", assisted_within(rollup, selection)),
        "never_visited": _counts(rollup, "never_visited", selection),
    }
    if comparison is not None:
        reasons["coverage_fell"] = _coverage_fell(rollup, selection, comparison)
    return reasons


def _counts(rollup: Rollup, indicator_id: str, selection: Selection) -> _Counts:
    found = measure(rollup, indicator_id, "kecamatan", selection)
    total = np.zeros_like(found.n) if found.N is None else found.N
    return found.codes, found.n, total


def _cases_without_session(rollup: Rollup, selection: Selection) -> _Counts:
    codes, cases, _ = _counts(rollup, "cases_reported", selection)
    _, attendance, _ = _counts(rollup, "attendance", selection)
    return codes, np.where(attendance > 0, 0.0, cases), np.zeros_like(cases)


def _coverage_fell(rollup: Rollup, selection: Selection, comparison: Selection) -> _Counts:
    codes, now, total = _counts(rollup, "visit_coverage", selection)
    _, before, _ = _counts(rollup, "visit_coverage", comparison)
    return codes, np.maximum(before - now, 0.0), total
