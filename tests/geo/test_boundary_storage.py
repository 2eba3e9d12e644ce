"""A stored or named file that cannot be used is named, whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo import errors
from geo.boundaries import active_boundaries, store_boundaries
from geo.boundaries.storage import STORED_FILE, _read_override
from tests.geo import hostile

Spoil = Callable[[pa.Table], pa.Table]


def _with(table: pa.Table, column: str, values: list[object]) -> pa.Table:
    at = table.column_names.index(column)
    return table.set_column(at, column, pa.array(values))


def _meta(table: pa.Table, meta: object) -> pa.Table:
    return table.replace_schema_metadata({b"pantau": json.dumps(meta).encode()})


SPOILT: dict[str, Spoil] = {
    "no metadata": lambda table: table.replace_schema_metadata(None),
    "metadata of another kind": lambda table: _meta(table, [1]),
    "metadata nested too deep": lambda table: table.replace_schema_metadata(
        {b"pantau": b"[" * 100_000}
    ),
    "half of the metadata": lambda table: _meta(table, {"source": "a"}),
    "no geometry column": lambda table: table.drop_columns(["geometry"]),
    "shapes that are none": lambda table: _with(table, "geometry", [b"rusak"] * len(table)),
    "shapes that lack": lambda table: _with(table, "geometry", [None] * len(table)),
    "unknown codes": lambda table: _with(table, "code", ["99.99.99"] * len(table)),
    "no rows": lambda table: table.slice(0, 0),
    "too many rows": lambda table: pa.concat_tables([table] * 100),
}


@pytest.fixture
def stored(
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    tmp_path: Path,
    in_this_process: None,
) -> Path:
    """A data folder with a stored set."""
    store_boundaries(write_geojson(kecamatan_features), tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("case", SPOILT)
def test_a_damaged_set_is_named(case: str, stored: Path) -> None:
    pq.write_table(SPOILT[case](pq.read_table(stored / STORED_FILE)), stored / STORED_FILE)
    with pytest.raises(errors.StoredSetDamagedError, match="use --reset"):
        active_boundaries(stored)


@pytest.mark.parametrize("make", [hostile.null_rows, hostile.deep_json, hostile.endless_view])
def test_a_hostile_file_in_place_of_the_stored_set_is_named(
    make: Callable[[Path], None], stored: Path
) -> None:
    made = stored / "a.gpkg"
    make(made)
    made.replace(stored / STORED_FILE)
    with pytest.raises(errors.StoredSetDamagedError):
        active_boundaries(stored)


def test_a_refused_override_is_looked_into_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lain.geojson").write_text("bukan batas")
    _read_override.cache_clear()
    with pytest.raises(errors.UnknownFormatError):
        active_boundaries(tmp_path / "data", tmp_path / "lain.geojson")
    monkeypatch.setattr("geo.boundaries.storage.inspect_boundaries", None)
    with pytest.raises(errors.UnknownFormatError):
        active_boundaries(tmp_path / "data", tmp_path / "lain.geojson")
