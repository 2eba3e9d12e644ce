"""Which format a file really has, told from its first bytes, and who parses it.

The name of the file decides nothing: a VRT renamed .geojson is still a VRT.
"""

from __future__ import annotations

import json
import stat
import zlib
from dataclasses import replace
from pathlib import Path, PurePosixPath

from geo.boundaries.archives import MOST_BYTES, unpack
from geo.boundaries.drivers import parse_binary
from geo.boundaries.joining import settle
from geo.boundaries.json_files import is_json, parse_json
from geo.boundaries.kml import parse_kml
from geo.boundaries.raw import RawFile
from geo.errors import (
    BrokenFileError,
    FileEmptyError,
    FileMissingError,
    FileTooLargeError,
    FileUnreadableError,
    GeoError,
    NoFeaturesError,
    NotAFileError,
    UnknownFormatError,
    one_line,
    os_reason,
)

_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")
_GPKG_ID_AT = 68
_TAR_ID_AT = 257
# An archive within an archive is opened, one within that is not.
_MOST_NESTED = 1
_LOOKED_AT = 4096

# What is named instead of read, by its first bytes.
_FOREIGN: dict[bytes, str] = {
    b"\x00\x00\x27\x0a": "berkas .shp saja; zip-kan bersama .shx, .dbf dan .prj-nya",
    b"PK": "arsip zip yang kosong",
    b"Rar!": "arsip RAR; buka arsipnya, lalu zip-kan isinya",
    b"7z\xbc\xaf": "arsip 7z; buka arsipnya, lalu zip-kan isinya",
    b"BZh": "arsip bzip2; buka arsipnya, lalu zip-kan isinya",
    b"\xfd7zXZ": "arsip xz; buka arsipnya, lalu zip-kan isinya",
    b"\x28\xb5\x2f\xfd": "arsip zstd; buka arsipnya, lalu zip-kan isinya",
    b"%PDF": "dokumen PDF, bukan data peta; minta berkas petanya",
    b"\x89PNG": "gambar, bukan data peta; minta berkas petanya",
    b"\xff\xd8\xff": "gambar, bukan data peta; minta berkas petanya",
    b"II*\x00": "gambar TIFF, bukan batas wilayah; minta berkas poligonnya",
    b"MM\x00*": "gambar TIFF, bukan batas wilayah; minta berkas poligonnya",
    b"\xd0\xcf\x11\xe0": "dokumen Office lama, bukan peta",
    b"AC10": "gambar AutoCAD (DWG); ekspor sebagai GeoPackage atau GeoJSON",
    b"!table": "berkas MapInfo (.tab); ekspor sebagai GeoPackage atau GeoJSON",
    b"version https://git-lfs": "penunjuk Git LFS, bukan datanya; unduh berkas mentahnya",
}


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
    """Parse the bytes of a boundary file of any known format, alone or in an archive.

    Layers that complement each other come back as one; see `joining`.

    Raises:
        BoundaryFileError: what is wrong, as a sentence.
    """
    return _parse(path, data, nested=0)


def _parse(path: Path, data: bytes, nested: int) -> RawFile:
    is_archive = data.startswith((b"PK\x03\x04", b"\x1f\x8b"))
    if is_archive and nested > _MOST_NESTED:
        raise UnknownFormatError(path, "arsip di dalam arsip; buka dahulu arsip luarnya")
    raw = _of_format(path, data, nested)
    if len(raw.layers) == 1:
        return raw
    return replace(raw, layers=settle(raw.layers))


def _of_format(path: Path, data: bytes, nested: int) -> RawFile:
    if data.startswith(b"PK\x03\x04"):
        return _zip(path, data, nested)
    if data.startswith(b"\x1f\x8b"):
        return _parse(path.with_suffix(""), _unzipped(path, data), nested + 1)
    if data.startswith(b"SQLite format 3\x00"):
        return _geopackage(path, data)
    if data.startswith(b"fgb\x03fgb"):
        return parse_binary(path, "FlatGeobuf", {"batas.fgb": data})
    if data.startswith(b"PAR1"):
        return _geoparquet(path, data)
    return _text(path, data)


def _zip(path: Path, data: bytes, nested: int) -> RawFile:
    """All that a zip holds as the layers of one file."""
    contents = unpack(path, data)
    found: list[RawFile] = []
    failed: list[tuple[str, GeoError]] = []
    try:
        if contents.shapefiles:
            found.append(parse_binary(path, "Shapefile", contents.shapefiles, contents.titles))
    except GeoError as error:
        failed.append(("Shapefile", error))
    for name, content in contents.documents.items():
        try:
            found.append(_parse(Path(PurePosixPath(name).name), content, nested + 1))
        except GeoError as error:
            failed.append((name, error))
    if not found:
        raise failed[0][1]
    return RawFile(
        " dan ".join(dict.fromkeys(raw.format for raw in found)),
        tuple(layer for raw in found for layer in raw.layers),
        (*contents.notes, *(n for raw in found for n in raw.notes), *_left_out(failed)),
    )


def _left_out(failed: list[tuple[str, GeoError]]) -> list[str]:
    """What was passed over: strangers by name, what should have been read with its reason."""
    foreign = [
        f"“{one_line(name[:60])}”"
        for name, error in failed
        if isinstance(error, UnknownFormatError | NoFeaturesError)
    ]
    notes = [
        str(error)
        for _, error in failed
        if not isinstance(error, UnknownFormatError | NoFeaturesError)
    ]
    if foreign:
        more = f" dan {len(foreign) - 5} lagi" if len(foreign) > 5 else ""
        notes.append(f"Tanpa batas wilayah, dilewati: {', '.join(foreign[:5])}{more}.")
    return notes


def _unzipped(path: Path, data: bytes) -> bytes:
    """What a gzip file holds; a tar in it is not looked into."""
    content = bytearray()
    try:
        while data.startswith(b"\x1f\x8b") and len(content) <= MOST_BYTES:
            stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
            content += stream.decompress(data, MOST_BYTES + 1 - len(content))
            if not stream.eof and len(content) <= MOST_BYTES:
                raise BrokenFileError(path, "gzip", "arsipnya tidak utuh")
            data = stream.unused_data
    except zlib.error as error:
        raise BrokenFileError(path, "gzip", "arsipnya tidak utuh") from error
    if len(content) > MOST_BYTES:
        raise FileTooLargeError(path, len(content), MOST_BYTES)
    if not content:
        raise FileEmptyError(path)
    return bytes(content)


def _geopackage(path: Path, data: bytes) -> RawFile:
    if data[_GPKG_ID_AT : _GPKG_ID_AT + 4] not in _GPKG_IDS:
        raise UnknownFormatError(path, "basis data SQLite, bukan GeoPackage")
    return parse_binary(path, "GeoPackage", {"batas.gpkg": data})


def _geoparquet(path: Path, data: bytes) -> RawFile:
    if not data.endswith(b"PAR1"):
        raise BrokenFileError(path, "GeoParquet", "ujung berkas hilang")
    return parse_binary(path, "GeoParquet", {"batas.parquet": data})


def _text(path: Path, data: bytes) -> RawFile:
    foreign = next((words for start, words in _FOREIGN.items() if data.startswith(start)), None)
    if foreign is None and data[_TAR_ID_AT : _TAR_ID_AT + 5] == b"ustar":
        foreign = "arsip tar; buka arsipnya, lalu zip-kan isinya"
    if foreign is not None:
        raise UnknownFormatError(path, foreign)
    text = _start(data)
    if text.startswith("<"):
        if text[:_LOOKED_AT].casefold().startswith(("<!doctype html", "<html")):
            raise UnknownFormatError(
                path,
                "halaman web (HTML), bukan datanya; buka halaman itu lalu unduh berkas mentahnya "
                "(tombol Raw atau Download)",
            )
        return parse_kml(path, data)
    if is_json(text):
        return parse_json(path, data)
    raise UnknownFormatError(
        path, "data biner yang tidak dikenal" if b"\x00" in data[:_LOOKED_AT] else "teks biasa"
    )


def _start(data: bytes) -> str:
    """The start of a text in UTF-8, UTF-16 or UTF-32, without mark and blanks."""
    text = data[:_LOOKED_AT].decode(json.detect_encoding(data), errors="replace")
    return text.lstrip("\ufeff").lstrip()
