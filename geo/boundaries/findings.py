"""What one run over one file has found so far.

Owns the report that grows with each step, and the words that several steps share.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.boundaries.report import BoundaryReport, ShapeNote
from geo.boundaries.rows import Row
from geo.matching import Matcher, PlaceMatch
from geo.notation import number

# More names in one sentence are not read.
MOST_NAMED = 5


class Findings:
    """The file, the names to match with and the report so far."""

    def __init__(self, path: Path, names: Matcher) -> None:
        self.path = path
        self.names = names
        self.report = BoundaryReport(file_name=path.name)

    def note(self, **facts: object) -> None:
        """Renew fields of the report."""
        self.report = replace(self.report, **facts)  # type: ignore[arg-type]

    def problem(self, sentence: str) -> None:
        """Add an Indonesian sentence."""
        self.note(problems=(*self.report.problems, sentence))

    def leave_over(self, rows: Iterable[Row]) -> None:
        """Name rows that are not used."""
        notes = tuple(note_of(row) for row in rows)
        self.note(left_over=(*self.report.left_over, *notes))


@dataclass(frozen=True)
class Placed:
    """Rows with their matches and polygons in WGS 84, in the same order."""

    rows: list[Row]
    matches: list[PlaceMatch]
    shapes: npt.NDArray[np.object_]

    def only(self, keep: npt.NDArray[np.bool_]) -> Placed:
        """Those at the positions to keep."""
        kept = np.flatnonzero(keep)
        return Placed(
            [self.rows[i] for i in kept], [self.matches[i] for i in kept], self.shapes[kept]
        )

    @property
    def used(self) -> Placed:
        """Those that were matched."""
        return self.only(np.array([match.code is not None for match in self.matches], dtype=bool))

    @property
    def codes(self) -> list[str]:
        """Codes of the areas that were matched; see `used`."""
        return [match.code for match in self.matches if match.code]


def note_of(row: Row) -> ShapeNote:
    """The row in its own words."""
    code = row.code or row.kecamatan_code
    return ShapeNote(row.number + 1, code, row.kecamatan, row.desa or row.name)


def listed(texts: Sequence[str]) -> str:
    """The first few of many, and how many more."""
    shown = ", ".join(texts[:MOST_NAMED])
    rest = len(texts) - MOST_NAMED
    return f"{shown} dan {rest} lagi" if rest > 0 else shown


def percent(share: float) -> str:
    """A share (0-1) in percent."""
    hundredths = share * 100
    return f"{number(hundredths)} %" if hundredths >= 1 else "kurang dari 1 %"
