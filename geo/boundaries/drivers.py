"""Binary formats, read by a limited child that has one driver and nothing else.

The format is known from the file's first bytes before the child starts; only that
format's driver is left awake.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo import limits
from geo.boundaries import limited
from geo.boundaries.json_files import WGS84_LON_LAT
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.errors import (
    BrokenFileError,
    NoFeaturesError,
    ReaderStoppedError,
    TooDetailedError,
    UnknownFormatError,
)
from geo.scratch import scratch_folder

if TYPE_CHECKING:
    import pyarrow as pa

_DRIVERS = {
    "GeoPackage": "GPKG",
    "Shapefile": "ESRI Shapefile",
    "FlatGeobuf": "FlatGeobuf",
    "GeoParquet": "Parquet",
}
# The part of a Shapefile that says its coordinate system.
_CRS_FILE = ".prj"


def parse_binary(
    path: Path,
    format_name: str,
    files: Mapping[str, bytes],
    titles: Mapping[str, str] | None = None,
) -> RawFile:
    """Read a GeoPackage, Shapefile, FlatGeobuf or GeoParquet.

    Args:
        path: the file as the user named it, for messages.
        format_name: one of the formats above.
        files: the bytes to read by plain file name, side files included.
        titles: what people call the layers, by the name that these file names give them.

    Raises:
        BrokenFileError: if the driver cannot read it.
        ReaderStoppedError: if it takes too much time or memory.
        TooDetailedError: if no layer is within the bounds.
        UnknownFormatError: if it is a table without shapes.
        NoFeaturesError: if it holds no layer.
    """
    called = titles or {}
    # A driver would open what a coordinate system names; we know it by its code only.
    read = {name: data for name, data in files.items() if not name.endswith(_CRS_FILE)}
    with _workplace(read) as (in_dir, out_dir):
        inputs = [in_dir / name for name in read if _is_main(name, format_name)]
        _run(path, format_name, inputs, out_dir)
        found = json.loads((out_dir / "layers.json").read_text(encoding="utf-8"))
        layers = [
            _layer(path, format_name, out_dir, {**one, **_said_beside(one, files, called)})
            for one in found["layers"]
        ]
    left_out = [(called.get(name, name), reason) for name, reason in found["left_out"]]
    held = tuple(layer for layer in layers if layer.count)
    if not held and left_out:
        raise TooDetailedError(path, left_out[0][1])
    if not held:
        raise NoFeaturesError(path)
    notes = [f"Lapisan “{name}” tidak dibaca: {reason}." for name, reason in left_out]
    if any(layer.crs == limits.UNSAID_CRS for layer in held):
        held = tuple(replace(layer, crs=WGS84_LON_LAT) for layer in held)
        notes.append("Berkas Parquet ini tidak menyebut CRS; dibaca sebagai WGS 84 (EPSG:4326).")
    return RawFile(format_name, held, tuple(notes))


def _said_beside(
    layer: Mapping[str, Any], files: Mapping[str, bytes], called: Mapping[str, str]
) -> Mapping[str, Any]:
    """What the files beside a layer say of it: what people call it, and its CRS."""
    name = layer["name"]
    text = files.get(f"{name}{_CRS_FILE}", b"").decode("utf-8-sig", errors="replace").strip()
    # A few words there are no definition: nobody knows whether they were meant as one.
    return {"name": called.get(name, name), "crs": text if "[" in text else layer["crs"]}


@contextmanager
def _workplace(files: Mapping[str, bytes]) -> Iterator[tuple[Path, Path]]:
    """A fresh folder with copies, so that no file beside the original is ever opened."""
    with scratch_folder() as folder:
        in_dir, out_dir = folder / "in", folder / "out"
        in_dir.mkdir()
        out_dir.mkdir()
        for name, data in files.items():
            (in_dir / name).write_bytes(data)
        yield in_dir, out_dir


def _is_main(name: str, format_name: str) -> bool:
    return format_name != "Shapefile" or name.endswith(".shp")


def _run(path: Path, format_name: str, inputs: Sequence[Path], out_dir: Path) -> None:
    driver = _DRIVERS[format_name]
    code = limited.run_limited(
        path,
        ["read", driver, out_dir, *inputs],
        _environment(driver),
        timeout=limits.SECONDS["read"],
    )
    if code == limits.EXIT_WRONG_DRIVERS:
        raise ReaderStoppedError(path, "pembacanya tidak dapat dibatasi dengan aman")
    if code == limits.EXIT_MANY_LAYERS:
        most = limits.MOST_LAYERS
        raise ReaderStoppedError(path, f"berisi lebih dari {most} lapisan poligon")
    if code == limits.EXIT_NO_GEOMETRY:
        raise UnknownFormatError(path, "tabel Parquet tanpa kolom geometri berpenyandian WKB")
    if code == limits.EXIT_OTHER_ENCODING:
        raise UnknownFormatError(
            path, "GeoParquet dengan penyandian selain WKB; simpan ulang dengan penyandian WKB"
        )
    if code != 0:
        raise BrokenFileError(path, format_name, "isinya tidak utuh")


def _environment(driver: str) -> dict[str, str]:
    """One driver, no network, no configuration files."""
    # Not loaded where no binary format is read.
    import pyogrio

    asleep = ",".join(name for name in pyogrio.list_drivers() if name != driver)
    return {
        **limited.bare_environment(),
        "GDAL_SKIP": asleep,
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR" if driver != "ESRI Shapefile" else "TRUE",
        "GDAL_VRT_ENABLE_PYTHON": "NO",
        # A file cannot make the reader call out: no extension passes, no server answers.
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_HTTP_PROXY": "127.0.0.1:9",
        "GDAL_HTTP_TIMEOUT": "1",
        "SHAPE_RESTORE_SHX": "YES",
    }


def _layer(path: Path, format_name: str, out_dir: Path, described: Mapping[str, Any]) -> RawLayer:
    import pyarrow as pa

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
        crs=_crs(shapes, described["crs"]),
    )


def _crs(shapes: pa.ChunkedArray, declared: str | None) -> str | None:
    """The file's CRS; shapes of a database table may carry theirs (EWKB)."""
    first = next((value for value in shapes.slice(0, 100).to_pylist() if value is not None), None)
    try:
        shape = _shape(first)
    except MalformedShapeError:
        return declared
    number = 0 if shape is None else shapely.get_srid(shape)
    return f"EPSG:{number}" if number else declared


def _shape(wkb: bytes | str | None) -> shapely.Geometry | None:
    if wkb is None:
        return None
    try:
        return shapely.from_wkb(wkb)
    except NotImplementedError as error:
        reason = "bentuknya lengkung; ubah dulu menjadi poligon biasa"
        raise MalformedShapeError(reason) from error
    except (shapely.errors.ShapelyError, TypeError, ValueError) as error:
        raise MalformedShapeError("bentuknya tidak utuh") from error
