"""Words for a change against the comparison: one rule for tiles and sentences.

Shares of the same denominator differ by their numerators ("naik 12 desa"); where the
denominator changed, only percentage points compare, and what came or went is said beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from data_access.numbers.indicators import Change
from pages.components import words


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
        return ChangeWords(0, f"pembanding {words.NOT_RECORDED}", is_known=False)
    if change.more:
        return _points(change, unit)
    return _counted(change.count, unit)


def _counted(difference: float, unit: str) -> ChangeWords:
    if not difference:
        return ChangeWords(0, "tetap")
    direction = 1 if difference > 0 else -1
    return ChangeWords(
        direction, f"{_verb(direction)} {words.number(abs(difference))} {unit}".rstrip()
    )


def _points(change: Change, unit: str) -> ChangeWords:
    came = "baru" if change.more > 0 else "berkurang"
    beside = f"{words.number(abs(change.more))} {unit} {came}"
    points = abs(change.points)
    if not points:
        return ChangeWords(0, "persentase sama", beside)
    direction = 1 if change.points > 0 else -1
    size = "kurang dari 1" if points < 0.5 else words.number(points)
    return ChangeWords(direction, f"{_verb(direction)} {size} poin", beside)


def _verb(direction: int) -> str:
    return "naik" if direction > 0 else "turun"
