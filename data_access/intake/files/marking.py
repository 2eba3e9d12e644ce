"""The process that marks bad cells in an officer's own xlsx, with its hands tied.

Run as a script of its own: `python -I marking.py SOURCE MARKS OUT`. MARKS is JSON: sheet name ->
list of [row, column, sentence], 1-based; a cell without a sentence is only filled. openpyxl keeps
the sheet's looks, and makes a cell of every place that a merge or a link covers: a file of a few
kilobytes can ask for gigabytes. The limits end this process then, and the caller makes a copy
without the looks. Knows nothing of the rest of the project.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

FILL = "FFC7CE"
AUTHOR = "Pantau Desa Binaan"

_MEGABYTE = 1024**2
# The largest sheet that is marked this way takes some 300 MB with all its looks.
_MEMORY_BYTES = 640 * _MEGABYTE
_CPU_SECONDS = 12
_OUTPUT_BYTES = 160 * _MEGABYTE

# Comment boxes in points: wide enough for a sentence with its remedy.
_WIDTH, _HEIGHT = 320, 110


def main(source: Path, marks: Path, out: Path) -> int:
    """Write the marked copy; anything but 0 says that there is none."""
    _limit_resources()
    by_sheet: dict[str, list[list[object]]] = json.loads(marks.read_text(encoding="utf-8"))
    with source.open("rb") as stream:  # A path would have to end in ".xlsx".
        book = load_workbook(stream, keep_links=False)
    for name, wanted in by_sheet.items():
        page = book[name] if name in book.sheetnames else None
        if isinstance(page, Worksheet):
            _mark(page, wanted)
    book.save(out)
    return 0


def _limit_resources() -> None:
    """Cap memory, processor time and the size of what is written; no core file."""
    for kind, amount in (
        (resource.RLIMIT_FSIZE, _OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
    ):
        resource.setrlimit(kind, (amount, amount))
    # macOS refuses a limit on address space; the others hold there too.
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))


def _mark(page: Worksheet, wanted: Sequence[Sequence[object]]) -> None:
    fill = PatternFill("solid", fgColor=FILL)
    merged = _firsts(page)
    for row, column, sentence in wanted:
        assert isinstance(row, int) and isinstance(column, int)
        cell = page.cell(*merged.get((row, column), (row, column)))
        assert isinstance(cell, Cell)  # The first cell of a merged range holds its value.
        cell.fill = fill
        if sentence:
            cell.comment = Comment(str(sentence), AUTHOR, _HEIGHT, _WIDTH)


def _firsts(page: Worksheet) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Cell in a merged range -> the first one, which speaks for it."""
    return {
        place: (area.min_row, area.min_col)
        for area in page.merged_cells.ranges
        for place in area.cells
    }


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
