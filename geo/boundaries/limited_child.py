"""The process that touches foreign binary formats, with its hands tied.

Run as a script of its own: `python -I limited_child.py DRIVER OUT_DIR INPUT...`. It sets
its limits first, then reads every polygon layer of the inputs with the one driver it was
given (GDAL's other drivers are switched off by its environment) and writes each as an
Arrow file. Knows nothing of the rest of the project.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from pathlib import Path
from typing import Any

GIGABYTE = 1024**3
MEMORY_BYTES = 4 * GIGABYTE
CPU_SECONDS = 60
OUTPUT_BYTES = 1 * GIGABYTE
MOST_LAYERS = 40
# What Windows writes where a Shapefile's table does not name its encoding, or names it wrongly.
FALLBACK_ENCODING = "cp1252"

EXIT_WRONG_DRIVERS = 4
EXIT_OUT_OF_MEMORY = 5
EXIT_MANY_LAYERS = 6
EXIT_NO_GEOMETRY = 7


def main(driver: str, out_dir: Path, inputs: list[str]) -> int:
    """Write layer files and `layers.json` (name, file, crs, geometry column) to out_dir."""
    limit_resources()
    try:
        is_parquet = driver == "Parquet"
        layers = parquet(inputs[0], out_dir) if is_parquet else ogr(driver, out_dir, inputs)
    except MemoryError:
        return EXIT_OUT_OF_MEMORY
    except _GivenUpError as error:
        return error.code
    (out_dir / "layers.json").write_text(json.dumps(layers), encoding="utf-8")
    return 0


def limit_resources() -> None:
    """Cap memory, processor time and the size of what is written; no core file."""
    for kind, amount in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
    # macOS refuses a limit on address space; the others hold there too.
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


class _GivenUpError(Exception):
    """Ends the reading with an exit code that says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def ogr(driver: str, out_dir: Path, inputs: list[str]) -> list[dict[str, Any]]:
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
    return [
        write(out_dir, number, name, *_read(path, name))
        for number, (path, name, _) in enumerate(chosen)
    ]


def _holds_no_polygon(kind: str) -> bool:
    return "Point" in kind or "LineString" in kind


def _read(path: str, layer: str) -> tuple[Any, str, str | None]:
    """A layer as a table, the name of its geometry column and its CRS."""
    import pyarrow as pa
    import pyogrio

    meta, table = pyogrio.read_arrow(path, layer=layer)
    try:
        table.validate(full=True)
    except pa.ArrowInvalid:
        meta, table = pyogrio.read_arrow(path, layer=layer, encoding=FALLBACK_ENCODING)
    return table, meta["geometry_name"] or "wkb_geometry", meta["crs"]


def parquet(path: str, out_dir: Path) -> list[dict[str, Any]]:
    """Read a GeoParquet file; its geometry column must hold WKB."""
    from pyarrow import parquet as arrow_parquet

    table = arrow_parquet.read_table(path)
    meta = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
    geometry = meta.get("primary_column", "geometry")
    column = meta.get("columns", {}).get(geometry, {})
    if geometry not in table.column_names or column.get("encoding") != "WKB":
        raise _GivenUpError(EXIT_NO_GEOMETRY)
    # The format's default is WGS 84; an explicit null means unknown.
    crs = column.get("crs", "OGC:CRS84")
    written = json.dumps(crs) if isinstance(crs, dict) else crs
    return [write(out_dir, 0, Path(path).stem, table, geometry, written)]


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
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
