"""Reads binary formats in a child process that can do little harm.

Owns the child's environment and what its failures mean. The format is known from the
file's first bytes before the child starts; only that format's driver is left awake.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
import shapely

from geo.boundaries import limited_child
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.errors import BrokenFileError, NoFeaturesError, ReaderStoppedError, UnknownFormatError

# Long enough for the desa of the whole country on a slow machine.
TIMEOUT_SECONDS = 120

_DRIVERS = {
    "GeoPackage": "GPKG",
    "Shapefile": "ESRI Shapefile",
    "FlatGeobuf": "FlatGeobuf",
    "GeoParquet": "Parquet",
}


def parse_limited(path: Path, format_name: str, files: Mapping[str, bytes]) -> RawFile:
    """Read a GeoPackage, Shapefile, FlatGeobuf or GeoParquet.

    Args:
        path: the file as the user named it, for messages.
        format_name: one of the formats above.
        files: the bytes to read by plain file name, side files included.

    Raises:
        BrokenFileError: if the driver cannot read it.
        ReaderStoppedError: if it takes too much time or memory.
        UnknownFormatError: if it is a table without shapes.
        NoFeaturesError: if it holds no layer.
    """
    with _workplace(files) as (in_dir, out_dir):
        inputs = [in_dir / name for name in files if _is_main(name, format_name)]
        _run(path, format_name, inputs, out_dir)
        layers = [
            _layer(path, format_name, out_dir, described)
            for described in json.loads((out_dir / "layers.json").read_text(encoding="utf-8"))
        ]
    if not any(layer.count for layer in layers):
        raise NoFeaturesError(path)
    return RawFile(format_name, tuple(layer for layer in layers if layer.count))


@contextmanager
def _workplace(files: Mapping[str, bytes]) -> Iterator[tuple[Path, Path]]:
    """A fresh folder with copies, so that no file beside the original is ever opened."""
    folder = Path(tempfile.mkdtemp(prefix="pantau-batas-"))
    try:
        in_dir, out_dir = folder / "in", folder / "out"
        in_dir.mkdir()
        out_dir.mkdir()
        for name, data in files.items():
            (in_dir / name).write_bytes(data)
        yield in_dir, out_dir
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_main(name: str, format_name: str) -> bool:
    return format_name != "Shapefile" or name.endswith(".shp")


def _run(path: Path, format_name: str, inputs: Sequence[Path], out_dir: Path) -> None:
    driver = _DRIVERS[format_name]
    try:
        ended = subprocess.run(
            [sys.executable, "-I", limited_child.__file__, driver, out_dir, *inputs],
            env=_environment(driver),
            cwd=out_dir,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReaderStoppedError(path, format_name, "terlalu lama") from error
    _judge(path, format_name, ended.returncode)


def _judge(path: Path, format_name: str, code: int) -> None:
    if code == 0:
        return
    if code == -signal.SIGXCPU:
        raise ReaderStoppedError(path, format_name, "terlalu lama")
    if code in (-signal.SIGXFSZ, -signal.SIGKILL, limited_child.EXIT_OUT_OF_MEMORY):
        raise ReaderStoppedError(path, format_name, "isinya terlalu besar untuk memori")
    if code == limited_child.EXIT_WRONG_DRIVERS:
        raise ReaderStoppedError(path, format_name, "pembacanya tidak dapat dibatasi dengan aman")
    if code == limited_child.EXIT_MANY_LAYERS:
        most = limited_child.MOST_LAYERS
        raise ReaderStoppedError(path, format_name, f"berisi lebih dari {most} lapisan poligon")
    if code == limited_child.EXIT_NO_GEOMETRY:
        raise UnknownFormatError(path, "tabel Parquet tanpa kolom geometri berpenyandian WKB")
    raise BrokenFileError(path, format_name, "isinya tidak utuh")


def _environment(driver: str) -> dict[str, str]:
    """Nothing of ours but the search path: one driver, no network, no configuration files."""
    asleep = ",".join(name for name in pyogrio.list_drivers() if name != driver)
    return {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "GDAL_SKIP": asleep,
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR" if driver != "ESRI Shapefile" else "TRUE",
        "GDAL_VRT_ENABLE_PYTHON": "NO",
        # A file cannot make the reader call out: no extension passes, no server answers.
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_HTTP_PROXY": "127.0.0.1:9",
        "GDAL_HTTP_TIMEOUT": "1",
        "PROJ_NETWORK": "OFF",
        "SHAPE_RESTORE_SHX": "YES",
        # Threads and pools reserve address space, which is limited.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "GDAL_NUM_THREADS": "1",
    }


def _layer(path: Path, format_name: str, out_dir: Path, described: Mapping[str, Any]) -> RawLayer:
    try:
        table = pa.ipc.open_file(pa.BufferReader((out_dir / described["file"]).read_bytes()))
        rows = table.read_all()
        rows.validate(full=True)
    except (pa.ArrowException, OSError) as error:
        raise BrokenFileError(path, format_name, "isinya tidak utuh") from error
    shapes = rows.column(described["geometry"])
    attributes = rows.drop_columns([described["geometry"]])
    return RawLayer(
        name=described["name"],
        count=rows.num_rows,
        columns=tuple(attributes.column_names),
        values=lambda column: attributes.column(column).to_pylist(),
        shape=lambda row: _shape(shapes[row].as_py()),
        crs=described["crs"],
    )


def _shape(wkb: bytes | None) -> shapely.Geometry | None:
    if wkb is None:
        return None
    try:
        return shapely.from_wkb(wkb)
    except shapely.errors.ShapelyError as error:
        raise MalformedShapeError("bentuknya tidak utuh") from error
