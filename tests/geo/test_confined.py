"""The process that reads a foreign file opens no other file and calls nobody."""

from __future__ import annotations

import ctypes
import json
import os
import socket
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pyproj
import pytest

from geo.boundaries import inspect_boundaries
from geo.errors import CrsUnknownError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Landlock and inotify are Linux'")

_ON_OPEN = 0x20


@contextmanager
def watched(path: Path) -> Iterator[Callable[[], bool]]:
    """Tells whether anyone opened the file since."""
    kernel = ctypes.CDLL(None)
    events = kernel.inotify_init1(os.O_NONBLOCK)
    assert kernel.inotify_add_watch(events, os.fsencode(path), _ON_OPEN) > 0

    def is_opened() -> bool:
        try:
            return bool(os.read(events, 4096))
        except BlockingIOError:
            return False

    yield is_opened
    os.close(events)


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A file that a coordinate system names as its grid."""
    path = tmp_path / "rahasia"
    path.write_text("sandi")
    return path


def wkt(grid: Path) -> str:
    return (
        'GEOGCS["lokal",DATUM["lokal",SPHEROID["Bessel",6377397.155,299.1528128],'
        f'EXTENSION["PROJ4_GRIDS","{grid}"]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]'
    )


def as_shapefile(frame: gpd.GeoDataFrame, grid: Path, folder: Path) -> Path:
    frame.to_file(folder / "kec.shp")
    (folder / "kec.prj").write_text(wkt(grid))
    path = folder / "batas.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in folder.glob("kec.*"):
            archive.write(part, part.name)
    return path


def as_geopackage(frame: gpd.GeoDataFrame, grid: Path, folder: Path) -> Path:
    path = folder / "batas.gpkg"
    frame.to_file(path, layer="kec")
    database = sqlite3.connect(path)
    with database:
        database.execute(
            "UPDATE gpkg_spatial_ref_sys SET definition=?, organization='NONE' WHERE srs_id=4326",
            (wkt(grid),),
        )
    database.close()
    return path


def as_flatgeobuf(frame: gpd.GeoDataFrame, grid: Path, folder: Path) -> Path:
    path = folder / "batas.fgb"
    frame.set_crs(pyproj.CRS(wkt(grid)), allow_override=True).to_file(path)
    return path


def as_geoparquet(frame: gpd.GeoDataFrame, grid: Path, folder: Path) -> Path:
    path = folder / "batas.parquet"
    frame.to_parquet(path)
    table = pq.read_table(path)
    geo = json.loads(table.schema.metadata[b"geo"])
    geo["columns"]["geometry"]["crs"] = pyproj.CRS(wkt(grid)).to_json_dict()
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), path)
    return path


@pytest.mark.parametrize("make", [as_shapefile, as_geopackage, as_flatgeobuf, as_geoparquet])
def test_a_file_that_a_coordinate_system_names_is_not_opened(
    make: Callable[[gpd.GeoDataFrame, Path, Path], Path],
    kecamatan_frame: gpd.GeoDataFrame,
    named: Path,
    tmp_path: Path,
) -> None:
    path = make(kecamatan_frame.rename(columns={"code": "kode"}), named, tmp_path)
    with watched(named) as is_opened:
        error = inspect_boundaries(path).error
        assert not is_opened()
    assert isinstance(error, CrsUnknownError)
    assert error.likely.startswith("EPSG:4326")


TRIES = {
    "reads what it was given": ("open('{folder}/satu').read()", ""),
    "changes what it was given": ("open('{folder}/baru', 'w').write('a')", ""),
    "reads elsewhere": ("open('{outside}').read()", "PermissionError"),
    "reads the machine's users": ("open('/etc/passwd').read()", "PermissionError"),
    "writes elsewhere": ("open('{outside}', 'a')", "PermissionError"),
    "makes a file elsewhere": ("open('{outside}2', 'w')", "PermissionError"),
    "removes elsewhere": ("os.unlink('{outside}')", "PermissionError"),
    "calls": ("socket.create_connection(('127.0.0.1', {port}))", "PermissionError"),
    "reads in a child": (
        "subprocess.run(['/bin/cat', '{outside}'], check=True)",
        "CalledProcessError",
    ),
}


@pytest.mark.parametrize("case", TRIES)
def test_a_confined_process_reaches_only_what_it_was_given(case: str, tmp_path: Path) -> None:
    line, expected = TRIES[case]
    folder, outside = tmp_path / "dalam", tmp_path / "luar"
    folder.mkdir()
    (folder / "satu").touch()
    outside.touch()
    with socket.create_server(("127.0.0.1", 0)) as server:
        act = line.format(folder=folder, outside=outside, port=server.getsockname()[1])
        script = (
            "import os, socket, subprocess; from pathlib import Path; "
            "from geo.confined import confine; "
            f"assert confine(read=[], write=[Path('{folder}')]); {act}"
        )
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == bool(expected), done.stderr
    assert expected in done.stderr
