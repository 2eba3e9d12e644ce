"""What a foreign spreadsheet may cost, and how the process ends; read by parent and child."""

from __future__ import annotations

MEGABYTE = 1024**2
# 50,000 rows of twenty columns need some 60 MB here; the rest is room for odd files.
MEMORY_BYTES = 400 * MEGABYTE
# The longest file takes a third of it.
CPU_SECONDS = 15
# The same rows are 12 MB of JSON.
OUTPUT_BYTES = 160 * MEGABYTE

MOST_ENTRIES = 5_000
MOST_UNPACKED = 512 * MEGABYTE
# Sheets pack 10 to 100 times; the format's own ceiling, met by bombs only, is 1032.
MOST_RATIO = 400
RATIO_MATTERS_FROM = 20 * MEGABYTE

# Small pieces make the parser start again and again on a value that never ends.
PIECE_BYTES = 256 * 1024

# A month of the whole programme is some hundred rows; beyond this a file is no list by hand.
MOST_ROWS = 50_000
# Blank forms, titles and signatures are rows too; what is beyond is counted, not read.
MOST_KEPT_ROWS = MOST_ROWS + 10_000
# The longest file with 40 columns; more takes longer than anybody waits.
MOST_CELLS = 2_000_000
# A row costs as much memory as this many cells, however few it has.
LEAST_CELLS_A_ROW = 8
MOST_COLUMNS = 1_000
# What Excel itself allows in a cell.
MOST_CHARACTERS = 32_767
# The longest file with six columns merged over every three rows.
MOST_MERGES = 100_000
MOST_FORMULA_CHARACTERS = 60

EXIT_REFUSED = 3
EXIT_TOO_LARGE = 5


class RowsExceededError(Exception):
    """There are more rows than are read; those that were not are only counted."""


class RefusedError(Exception):
    """The file is refused; `facts` are for the sentence the parent builds."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why)
        self.facts = {"why": why, **facts}
