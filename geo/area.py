"""The area that the dashboard is for: which kabupaten, and where its data lie.

Everything that knows one kabupaten stands in its folder ``geo/data/<code>/``.
"""

from __future__ import annotations

from pathlib import Path

AREA_CODE = "36.04"
AREA_DIR = Path(__file__).parent / "data" / AREA_CODE
