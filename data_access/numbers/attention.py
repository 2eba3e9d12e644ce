"""Which kecamatan need a decision, and every reason why.

Reads indicators only. The cut and the order are open to anyone: both stand here, and each
reason stands beside the name with its own n and N.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from data_access.numbers.indicators import measure
from data_access.numbers.records import Source, has_records
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Selection
from data_access.numbers.small import SmallCounts
from data_access.numbers.view import View, assisted_within

ReasonKind = Literal["cases_without_session", "assisted_overdue", "never_visited", "coverage_fell"]

# In the order of their weight. A reported case where nobody was warned comes before a promised
# village left alone, that before villages never reached, and that before falling behind.
REASON_KINDS: tuple[ReasonKind, ...] = (
    "cases_without_session",
    "assisted_overdue",
    "never_visited",
    "coverage_fell",
)

# What it takes to need a decision. One case without any session is enough; the others must
# concern a good part of the kecamatan, or nearly every kecamatan would stand on the list.
LEAST_SHARE = 0.5
LEAST_POINTS = 10.0


@dataclass(frozen=True)
class Reason:
    """One reason of a kecamatan.

    Attributes:
        n: cases, desa binaan or desa concerned, by the kind; of few cases the most that are few.
        total: what n is counted against (desa or desa binaan); 0 where nothing is.
        before, total_before: for "coverage_fell": desa visited then, of how many.
        is_small: whether n cases are so few that their number is not told.
    """

    kind: ReasonKind
    n: int
    total: int
    before: int = 0
    total_before: int = 0
    is_small: bool = False

    @property
    def share(self) -> float:
        """How much of what it is counted against; n itself where there is nothing."""
        return self.n / self.total if self.total else float(self.n)


@dataclass(frozen=True)
class Attention:
    """A kecamatan that needs a decision, with all its reasons, the heaviest first."""

    code: str
    reasons: tuple[Reason, ...]


def needs_attention(
    rollup: Rollup,
    earlier: Rollup,
    selection: Selection,
    comparison: Selection | None,
    *,
    with_cases: bool,
) -> list[Attention]:
    """Return the kecamatan that need a decision, the most pressing first.

    The order is that of the heaviest reason, then of how large it is (cases by number, the
    others by share), then of how many reasons there are.

    Args:
        earlier: the rollup that the comparison is counted from.
        selection: period, kecamatan and scope to judge.
        comparison: the selection to compare coverage with, or None for no comparison.
        with_cases: whether reported cases may be a reason.
    """
    by_code: dict[str, list[Reason]] = {}
    for code, reason in _reasons(rollup, earlier, selection, comparison, with_cases):
        by_code.setdefault(code, []).append(reason)
    found = [Attention(code, tuple(reasons)) for code, reasons in by_code.items()]
    return sorted(found, key=_pressing)


def _pressing(attention: Attention) -> tuple[int, float, int, str]:
    heaviest = attention.reasons[0]
    rank = REASON_KINDS.index(heaviest.kind)
    return rank, -heaviest.share, -len(attention.reasons), attention.code


_Counts = tuple[tuple[str, ...], npt.NDArray[np.float64], npt.NDArray[np.float64]]
_Reasons = Iterator[tuple[str, Reason]]


def _reasons(
    rollup: Rollup,
    earlier: Rollup,
    selection: Selection,
    comparison: Selection | None,
    with_cases: bool,
) -> _Reasons:
    """Yield the reasons by weight; a table without records in the period gives none."""
    view = View(rollup, selection)
    if with_cases and has_records(view, "cases") and has_records(view, "sessions"):
        yield from _cases_without_session(rollup, selection)
    if has_records(view, "visits", is_running=True):
        assisted = assisted_within(rollup, selection)
        yield from _large("assisted_overdue", _assisted_waiting(rollup, assisted))
        yield from _large("never_visited", _counts(rollup, "never_visited", selection))
    if comparison is not None and _both_recorded(rollup, earlier, selection, comparison, "visits"):
        yield from _coverage_fell(rollup, earlier, selection, comparison)


def _both_recorded(
    rollup: Rollup, earlier: Rollup, selection: Selection, comparison: Selection, source: Source
) -> bool:
    views = (View(rollup, selection), View(earlier, comparison))
    return all(has_records(view, source) for view in views)


def _counts(rollup: Rollup, indicator_id: str, selection: Selection) -> _Counts:
    found = measure(rollup, indicator_id, "kecamatan", selection)
    total = np.zeros_like(found.n) if found.N is None else found.N
    return found.codes, found.n, total


def _cases_without_session(rollup: Rollup, selection: Selection) -> _Reasons:
    codes, cases, _ = _counts(rollup, "cases_reported", selection)
    rule = SmallCounts(rollup.settings.suppression_threshold)
    _, attendance, _ = _counts(rollup, "attendance", selection)
    _, reached, _ = _counts(rollup, "awareness_coverage", selection)
    for code, n, present, desa in zip(codes, cases, attendance, reached, strict=True):
        if n > 0 and present == 0 and desa == 0:
            # Few are all alike, in the words and in the order of the list.
            few = rule.is_small(int(n))
            yield (
                code,
                Reason(
                    "cases_without_session", rule.threshold - 1 if few else int(n), 0, is_small=few
                ),
            )


def _assisted_waiting(rollup: Rollup, selection: Selection) -> _Counts:
    """Count the desa binaan overdue or never visited."""
    codes, overdue, total = _counts(rollup, "overdue", selection)
    _, never, _ = _counts(rollup, "never_visited", selection)
    return codes, overdue + never, total


def _large(kind: ReasonKind, counts: _Counts) -> _Reasons:
    for code, n, total in zip(*counts, strict=True):
        if total > 0 and n / total >= LEAST_SHARE:
            yield code, Reason(kind, int(n), int(total))


def _coverage_fell(
    rollup: Rollup, earlier: Rollup, selection: Selection, comparison: Selection
) -> _Reasons:
    codes, now, total = _counts(rollup, "visit_coverage", selection)
    _, before, total_before = _counts(earlier, "visit_coverage", comparison)
    for code, n, of, n_before, of_before in zip(
        codes, now, total, before, total_before, strict=True
    ):
        if of > 0 and of_before > 0 and 100 * (n_before / of_before - n / of) >= LEAST_POINTS:
            yield code, Reason("coverage_fell", int(n), int(of), int(n_before), int(of_before))
