"""By what a filled-in template is known again: its sheets and rows that are no data."""

from __future__ import annotations

# Templates carry a row that shows how to fill in; this word in its column "No" marks it.
EXAMPLE_MARK = "CONTOH"
ORDER_HEADER = "No"

# Sheets of a template that are no table.
GUIDE_SHEET = "Petunjuk"
LIST_SHEET = "Daftar"
