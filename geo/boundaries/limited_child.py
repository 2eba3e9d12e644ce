"""The process that touches foreign files, with its hands tied.

Run as a script of its own, it sets its limits first. Two tasks:

- `inspect`: the whole inspection of a boundary file. A JSON request comes in, a JSON
  answer goes out (see `answers`).
- `read DRIVER OUT_DIR INPUT...`: reads every polygon layer of binary files with the one
  driver it was given (GDAL's other drivers are switched off by its environment) and writes
  each as an Arrow file beside `layers.json`. Knows nothing of the project but `geo.limits`,
  `geo.limiting` and `geo.confined`.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # It is started by its path alone, isolated: what it imports of the project it must find.
    sys.path.append(str(Path(__file__).resolve().parents[2]))

from geo.confined import confine
from geo.limiting import limit_process
from geo.limits import (
    ADDRESS_BYTES,
    ANSWER_BYTES,
    EXIT_LARGE_ANSWER,
    EXIT_MANY_LAYERS,
    EXIT_NO_GEOMETRY,
    EXIT_OTHER_ENCODING,
    EXIT_OUT_OF_MEMORY,
    EXIT_WRONG_DRIVERS,
    FALLBACK_ENCODING,
    MEMORY_BYTES,
    MOST_LAYERS,
    MOST_POINTS,
    MOST_SHAPES,
    OUTPUT_BYTES,
    POINT_BYTES,
    PROCESSOR_SECONDS,
    SECONDS,
    UNSAID_CRS,
)

# Codes of (Multi)Polygon, GeometryCollection and their curved kinds in WKB.
_POLYGON_CODES = frozenset({3, 6, 7, 10, 12})


def main(task: str, arguments: list[str]) -> int:
    """Do one task; returns the exit code."""
    limit_resources(task)
    try:
        return inspect() if task == "inspect" else read(*arguments)
    except MemoryError:
        return EXIT_OUT_OF_MEMORY
    except _GivenUpError as error:
        return error.code


def limit_resources(task: str) -> None:
    """Tie the hands of this process, as far as its task allows."""
    limit_process(
        processor_seconds=PROCESSOR_SECONDS[task],
        clock_seconds=SECONDS[task],
        data_bytes=MEMORY_BYTES[task],
        address_bytes=ADDRESS_BYTES,
        output_bytes=OUTPUT_BYTES,
    )


class _GivenUpError(Exception):
    """Ends the reading with an exit code that says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def inspect() -> int:
    """Inspect the file that the request names, and answer what was found."""
    from geo.area import AREA_SETTING

    request = json.load(sys.stdin)
    # The reader of binary formats, started from here, is confined with it.
    confine(
        read=[Path(request["path"]), Path(os.environ[AREA_SETTING])],
        write=[Path(tempfile.gettempdir())],
    )
    from geo.boundaries import answers
    from geo.boundaries.reading import inspect_here
    from geo.boundaries.rehearsal import rehearsed

    path = Path(request["path"])
    found = inspect_here(path, request["crs"], answers.decode(request["aliases"]))
    answer = json.dumps(answers.encode(rehearsed(path, found)))
    if len(answer) > ANSWER_BYTES:
        return EXIT_LARGE_ANSWER
    sys.stdout.write(answer)
    return 0


# --- binary formats --------------------------------------------------------------------


def read(driver: str, out: str, *inputs: str) -> int:
    """Write layer files and `layers.json`: what was read, what was left out and why."""
    out_dir = Path(out)
    layers, left_out = [], []
    for number, (name, found) in enumerate(
        parquet(inputs[0]) if driver == "Parquet" else ogr(driver, list(inputs))
    ):
        reason = found if isinstance(found, str) else _excess(*found[:2])
        if reason:
            left_out.append([name, reason])
        else:
            layers.append(write(out_dir, number, name, *found))
    described = {"layers": layers, "left_out": left_out}
    (out_dir / "layers.json").write_text(json.dumps(described), encoding="utf-8")
    return 0


# A layer as a table, the name of its geometry column and its CRS; or why it was not read.
Found = tuple[Any, str, str | None] | str


def ogr(driver: str, inputs: list[str]) -> Iterator[tuple[str, Found]]:
    """Read all layers that may hold polygons; where none may, those with other shapes."""
    import pyogrio

    if set(pyogrio.list_drivers()) != {driver}:
        raise _GivenUpError(EXIT_WRONG_DRIVERS)
    named = [
        (path, str(name), str(kind))
        for path in inputs
        for name, kind in pyogrio.list_layers(path)
        if kind is not None
    ]
    chosen = [layer for layer in named if not _holds_no_polygon(layer[2])] or named[:1]
    if len(chosen) > MOST_LAYERS:
        raise _GivenUpError(EXIT_MANY_LAYERS)
    for path, name, _ in chosen:
        try:
            yield name, _read(path, name)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
            if len(chosen) == 1:
                raise
            yield name, "isinya tidak utuh"


def _holds_no_polygon(kind: str) -> bool:
    return "Point" in kind or "LineString" in kind


def _read(path: str, layer: str) -> tuple[Any, str, str | None]:
    """A layer as a table, the name of its geometry column and its CRS; curves become lines."""
    import pyarrow as pa
    import pyogrio

    asked = {"layer": layer, "max_features": MOST_SHAPES + 1}
    meta, table = pyogrio.read_arrow(path, **asked)
    try:
        table.validate(full=True)
    except pa.ArrowInvalid:
        meta, table = pyogrio.read_arrow(path, encoding=FALLBACK_ENCODING, **asked)
    geometry = meta["geometry_name"] or "wkb_geometry"
    if any(_kind(value) > 7 for value in table.column(geometry).to_pylist()):
        # Read shape by shape, GDAL draws curves as lines.
        straight = pyogrio.raw.read(path, columns=[], **asked)[2]
        at = table.column_names.index(geometry)
        table = table.set_column(at, geometry, pa.array(straight, pa.binary()))
    return table, geometry, meta["crs"]


def _excess(table: Any, geometry: str) -> str:
    """Why a layer is too much to look at; "" where it is not."""
    if table.num_rows > MOST_SHAPES:
        return f"lebih dari {MOST_SHAPES} bentuk"
    if table.column(geometry).nbytes > MOST_POINTS * POINT_BYTES:
        return f"lebih dari {MOST_POINTS} titik"
    return "" if table.nbytes < OUTPUT_BYTES // 2 else "tabelnya terlalu besar"


def _kind(wkb: object) -> int:
    """The code of a WKB shape, without its marks of height, measure and SRID; 0 if it is none."""
    if isinstance(wkb, str):
        with contextlib.suppress(ValueError):
            return _kind(bytes.fromhex(wkb[:18]))
    if not isinstance(wkb, bytes) or len(wkb) < 5 or wkb[0] > 1:
        return 0
    code = int.from_bytes(wkb[1:5], "little" if wkb[0] else "big") & 0x1FFFFFFF
    return code % 1000 if code < 4000 else 0


def parquet(path: str) -> Iterator[tuple[str, Found]]:
    """Read a Parquet file: the column of polygons in WKB that it names, or that is found."""
    from pyarrow import parquet as arrow_parquet

    file = arrow_parquet.ParquetFile(path)
    if file.metadata.num_rows > MOST_SHAPES:
        yield Path(path).stem, f"lebih dari {MOST_SHAPES} bentuk"
        return
    groups = (file.metadata.row_group(i) for i in range(file.metadata.num_row_groups))
    if sum(group.total_byte_size for group in groups) > MEMORY_BYTES["read"] // 4:
        yield Path(path).stem, "isinya terlalu besar setelah dibuka"
        return
    table = file.read()
    meta = _geo_meta((table.schema.metadata or {}).get(b"geo"))
    geometry = _geometry_column(table, meta)
    # The format's default is WGS 84; an explicit null means unknown. A plain Parquet says nothing.
    crs = meta["columns"].get(geometry, {"crs": UNSAID_CRS}).get("crs", "OGC:CRS84")
    written = json.dumps(crs) if isinstance(crs, dict) else None if crs is None else str(crs)
    yield Path(path).stem, (table, geometry, written)


def _geo_meta(text: bytes | None) -> dict[str, Any]:
    try:
        meta = json.loads(text or b"{}")
    except ValueError:
        meta = {}
    held = meta if isinstance(meta, dict) else {}
    columns = held.get("columns")
    described = columns if isinstance(columns, dict) else {}
    mappings = {name: one for name, one in described.items() if isinstance(one, dict)}
    return {"primary": held.get("primary_column"), "columns": mappings}


def _geometry_column(table: Any, meta: Mapping[str, Any]) -> str:
    """The column of polygons, the one that the file calls its first if that holds them."""
    encodings = {str(column.get("encoding", "WKB")) for column in meta["columns"].values()}
    held = {name: _kinds(table.column(name)) for name in dict.fromkeys(table.column_names)}
    named = [meta["primary"], *meta["columns"], *held]
    shaped = [name for name in named if isinstance(name, str) and held.get(name)]
    if not shaped:
        raise _GivenUpError(EXIT_OTHER_ENCODING if encodings - {"WKB"} else EXIT_NO_GEOMETRY)
    return next((name for name in shaped if held[name] & _POLYGON_CODES), shaped[0])


def _kinds(column: Any) -> set[int]:
    """The codes of a column's first shapes, empty if it holds anything else."""
    looked_at = [value for value in column.slice(0, 100).to_pylist() if value is not None]
    kinds = {_kind(value) for value in looked_at}
    return set() if 0 in kinds else kinds


def write(
    out_dir: Path, number: int, name: str, table: Any, geometry: str, crs: str | None
) -> dict[str, Any]:
    """Write one table as an Arrow file and describe it."""
    import pyarrow as pa

    file_name = f"layer{number}.arrow"
    with (
        pa.OSFile(str(out_dir / file_name), "wb") as sink,
        pa.ipc.new_file(sink, table.schema.remove_metadata()) as writer,
    ):
        writer.write_table(table.replace_schema_metadata(None))
    return {"name": name, "file": file_name, "geometry": geometry, "crs": crs}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
