"""Which format a file really has, told from its first bytes, and who parses it.

The name of the file decides nothing: a VRT renamed .geojson is still a VRT.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from pathlib import Path

from geo.boundaries.archives import KML_NAME, unpack
from geo.boundaries.json_files import parse_json
from geo.boundaries.kml import parse_kml
from geo.boundaries.drivers import parse_binary
from geo.boundaries.raw import RawFile
from geo.errors import (
    BrokenFileError,
    FileEmptyError,
    FileMissingError,
    FileTooLargeError,
    FileUnreadableError,
    NotAFileError,
    UnknownFormatError,
    os_reason,
)

MEGABYTE = 1024 * 1024
# Binary formats of the whole country stay below this.
MOST_BYTES = 512 * MEGABYTE
# Parsed text takes about ten times its size in memory.
MOST_TEXT_BYTES = 160 * MEGABYTE

_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")
_GPKG_ID_AT = 68


def read_bytes(path: Path) -> bytes:
    """Read a whole boundary file once; everything after works on these bytes.

    Raises:
        BoundaryFileError: if it is missing, no file, unreadable, empty or too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(path)
        if status.st_size > MOST_BYTES:
            raise FileTooLargeError(path, status.st_size, MOST_BYTES)
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissingError(path) from error
    except (OSError, ValueError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "nama berkas tidak sah"
        raise FileUnreadableError(path, reason) from error
    if not data:
        raise FileEmptyError(path)
    return data


def parse_file(path: Path, data: bytes) -> RawFile:
    """Parse the bytes of a boundary file of any known format.

    Raises:
        BoundaryFileError: what is wrong, as a sentence.
    """
    if data.startswith(b"PK\x03\x04"):
        return _archive(path, unpack(path, data))
    if data.startswith(b"SQLite format 3\x00"):
        return _geopackage(path, data)
    if data.startswith(b"fgb\x03fgb"):
        return parse_binary(path, "FlatGeobuf", {"batas.fgb": data})
    if data.startswith(b"PAR1"):
        return _geoparquet(path, data)
    return _text(path, data)


def _archive(path: Path, contents: Mapping[str, bytes]) -> RawFile:
    if KML_NAME in contents:
        return _text(path, contents[KML_NAME])
    return parse_binary(path, "Shapefile", contents)


def _geopackage(path: Path, data: bytes) -> RawFile:
    if data[_GPKG_ID_AT : _GPKG_ID_AT + 4] not in _GPKG_IDS:
        raise UnknownFormatError(path, "basis data SQLite, bukan GeoPackage")
    return parse_binary(path, "GeoPackage", {"batas.gpkg": data})


def _geoparquet(path: Path, data: bytes) -> RawFile:
    if not data.endswith(b"PAR1"):
        raise BrokenFileError(path, "GeoParquet", "ujung berkas hilang")
    return parse_binary(path, "GeoParquet", {"batas.parquet": data})


def _text(path: Path, data: bytes) -> RawFile:
    if len(data) > MOST_TEXT_BYTES:
        raise FileTooLargeError(path, len(data), MOST_TEXT_BYTES)
    start = _start(data)
    if start in ("{", "["):
        return parse_json(path, data)
    if start == "<":
        return parse_kml(path, data)
    raise UnknownFormatError(path, _kind(data))


def _start(data: bytes) -> str:
    """The first sign of a text in UTF-8, UTF-16 or UTF-32, with or without a mark; else ""."""
    text = data[:4096].decode(json.detect_encoding(data), errors="replace")
    return text.lstrip("\ufeff").lstrip()[:1]


def _kind(data: bytes) -> str:
    if data.startswith(b"\x00\x00\x27\x0a"):
        return "berkas .shp saja; zip-kan bersama .shx, .dbf dan .prj-nya"
    if data.startswith(b"PK"):
        return "arsip zip yang kosong"
    if b"\x00" in data[:4096]:
        return "data biner yang tidak dikenal"
    return "teks biasa"
