"""Words for a change against the comparison: one rule for tiles and sentences.

Shares of the same denominator differ by their numerators ("naik 12 desa"); where the
denominator changed, only percentage points compare, and what came or went is said beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from data_access.numbers.indicators import Change
from pages.components import words
from pages.components.texts import common


@dataclass(frozen=True)
class ChangeWords:
    """A change in words.

    Attributes:
        direction: 1 up, -1 down, 0 for neither.
        text: "naik 12 desa", "turun 6 poin", "tetap", or that nothing was recorded then.
        beside: what else must be known, e.g. "3 desa binaan baru"; else empty.
        is_known: whether there is anything to compare with.
    """

    direction: int
    text: str
    beside: str = ""
    is_known: bool = True


def change_words(change: Change, unit: str) -> ChangeWords | None:
    """Say how an indicator changed; None where the current value itself says nothing.

    Args:
        unit: what is counted, e.g. "desa".
    """
    if not change.now.is_recorded or change.now.N == 0:
        return None
    if not change.is_known:
        unknown = common.CHANGE_UNKNOWN.format(not_recorded=words.NOT_RECORDED)
        return ChangeWords(0, unknown, is_known=False)
    if change.more:
        return _points(change, unit)
    return _counted(change.count, unit)


def _counted(difference: float, unit: str) -> ChangeWords:
    if not difference:
        return ChangeWords(0, common.CHANGE_NONE)
    direction = 1 if difference > 0 else -1
    text = common.CHANGE_COUNT.format(
        verb=common.CHANGE_VERBS[direction], count=words.number(abs(difference)), unit=unit
    )
    return ChangeWords(direction, text.rstrip())


def _points(change: Change, unit: str) -> ChangeWords:
    more = words.number(abs(change.more))
    if change.more > 0:
        beside = common.CHANGE_CAME.format(count=more, unit=unit)
    else:
        beside = common.CHANGE_WENT.format(count=more, unit=unit)
    points = abs(change.points)
    if not points:
        return ChangeWords(0, common.CHANGE_NO_POINTS, beside)
    direction = 1 if change.points > 0 else -1
    size = common.CHANGE_BELOW_ONE_POINT if points < 0.5 else words.number(points)
    text = common.CHANGE_POINTS.format(verb=common.CHANGE_VERBS[direction], points=size)
    return ChangeWords(direction, text, beside)
