"""Zips: what in them may hold areas, unpacked in memory, within limits."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from geo.errors import (
    BrokenFileError,
    FileTooLargeError,
    NoShapefileError,
    UnknownFormatError,
    UnsafeArchiveError,
    one_line,
)
from geo.limits import MOST_LAYERS

MEGABYTE = 1024 * 1024
# No file of the kabupaten or its province is larger.
MOST_BYTES = 20 * MEGABYTE
# All that is read of one archive: several layers, each with its table.
MOST_UNPACKED_BYTES = 3 * MOST_BYTES
# BIG delivers a kabupaten as 72 layers of 8 files.
MOST_MEMBERS = 5_000
_CHUNK_BYTES = MEGABYTE
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DOCUMENTS = frozenset(
    {".geojson", ".json", ".topojson", ".geojsonl", ".geojsons", ".ndjson", ".js", ".esrijson"}
    | {".kml", ".gpkg", ".fgb", ".parquet", ".geoparquet", ".zip", ".kmz", ".gz"}
)
_POLYGON_TYPES = frozenset({5, 15, 25, 31})
_SHAPE_TYPE_AT = 32
# What layers of areas are called, where an archive holds more than can be read.
_AREA_WORDS = re.compile(r"adm|batas|bts|kec|desa|kel|wilayah|bound", re.IGNORECASE)
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    struct.error,
)


@dataclass(frozen=True)
class Contents:
    """What was unpacked.

    Attributes:
        documents: files of a format of their own, by name.
        shapefiles: the parts of all Shapefiles, as layer0.shp, layer0.dbf, ...
        titles: the Shapefiles' own names, by layer0, layer1, ...
        notes: what was left out, as Indonesian sentences.
    """

    documents: Mapping[str, bytes]
    shapefiles: Mapping[str, bytes]
    titles: Mapping[str, str]
    notes: tuple[str, ...]


def unpack(path: Path, data: bytes) -> Contents:
    """Return what in a zip may hold areas.

    Raises:
        BrokenFileError: if the zip is not complete.
        UnsafeArchiveError: if a member's name leaves the folder, is a link or encrypted.
        FileTooLargeError: if nothing in it is small enough to be read.
        UnknownFormatError: if it holds what is not read here, such as a geodatabase.
        NoShapefileError: if nothing of a known format, or no .dbf of a .shp, is inside.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check(path, members)
            return _Unpacking(path, archive, members).run()
    except _ZIP_ERRORS as error:
        raise BrokenFileError(path, "zip", "arsipnya tidak utuh") from error


def _check(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise UnsafeArchiveError(path, f"berisi lebih dari {MOST_MEMBERS} berkas")
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in "".join(name.parts[:1]):
            raise UnsafeArchiveError(path, f"nama {member.filename[:60]!r} menunjuk ke luar arsip")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnsafeArchiveError(path, f"{member.filename[:60]!r} adalah tautan")
        if member.flag_bits & 1:
            raise UnsafeArchiveError(path, "isinya dikunci dengan sandi")


def _is_shadow(member: zipfile.ZipInfo) -> bool:
    """Whether it is a note of macOS about a file of the same name, not a file of its own."""
    name = PurePosixPath(member.filename)
    return "__MACOSX" in name.parts or name.name.startswith("._")


class _Unpacking:
    """One run over one archive; what is left out is noted."""

    def __init__(
        self, path: Path, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]
    ) -> None:
        self.path = path
        self.archive = archive
        self.by_name = {m.filename.casefold(): m for m in members if not _is_shadow(m)}
        self.left = MOST_UNPACKED_BYTES
        self.notes: list[str] = []
        self.too_large: list[zipfile.ZipInfo] = []

    def run(self) -> Contents:
        names = [name for name in self.by_name if PurePosixPath(name).suffix in _DOCUMENTS]
        stems = [name.removesuffix(".shp") for name in self.by_name if name.endswith(".shp")]
        if not stems and not names:
            self._refuse()
        shapefiles, titles = self._shapefiles(stems, has_others=bool(names))
        # Google Earth calls the main document doc.kml; what it links to lies beside it.
        names.sort(key=lambda name: (not name.endswith("doc.kml"), not _AREA_WORDS.search(name)))
        documents = {
            self.by_name[name].filename: data
            for name in names
            if (data := self._read_whole(name)) is not None
        }
        if not documents and not shapefiles:
            largest = self.too_large[0]
            raise FileTooLargeError(Path(largest.filename), largest.file_size, MOST_BYTES)
        self._note("terlalu besar untuk dibaca", [member.filename for member in self.too_large])
        return Contents(documents, shapefiles, titles, tuple(self.notes))

    def _refuse(self) -> None:
        names = list(self.by_name)
        if any(".gdb/" in name or name.endswith(".gdbtable") for name in names):
            raise UnknownFormatError(
                self.path,
                "geodatabase Esri (.gdb), yang tidak dibaca di sini; ekspor lapisan batasnya "
                "dengan QGIS atau ArcGIS sebagai GeoPackage atau Shapefile",
            )
        if "[content_types].xml" in names:
            raise UnknownFormatError(self.path, "dokumen Office (Excel atau Word), bukan peta")
        if any(
            name.endswith((".tab", ".mif", ".dwg", ".dxf", ".gml", ".rar", ".7z")) for name in names
        ):
            raise UnknownFormatError(
                self.path, "arsip berisi format lain; ekspor dahulu sebagai GeoPackage atau GeoJSON"
            )
        raise NoShapefileError(self.path, "berkas .shp, .geojson, .kml atau .gpkg")

    def _shapefiles(
        self, stems: list[str], *, has_others: bool
    ) -> tuple[dict[str, bytes], dict[str, str]]:
        """The parts of the Shapefiles of polygons, likely ones first, as far as there is room."""
        complete = [stem for stem in stems if f"{stem}.dbf" in self.by_name]
        if stems and not complete and not has_others:
            raise NoShapefileError(self.path, "berkas .dbf (tabel nama dan kode)")
        self._note("tidak punya .dbf (tabel nama dan kode)", self._titles(stems, complete))
        drawn = [stem for stem in complete if self._draws_polygons(stem)] or complete[:1]
        drawn.sort(key=lambda stem: not _AREA_WORDS.search(PurePosixPath(stem).name))
        unpacked: dict[str, bytes] = {}
        titles: dict[str, str] = {}
        for stem in drawn:
            number = len(titles)
            parts = self._parts(stem) if number < MOST_LAYERS else None
            if parts is not None:
                unpacked |= {f"layer{number}{suffix}": data for suffix, data in parts.items()}
                titles[f"layer{number}"] = self._title(stem)
        read = set(titles.values())
        lacking = [stem for stem in drawn if f"{stem}.shx" not in self.by_name]
        self._note_plain("dibaca tanpa .shx-nya, yang tidak ada", self._titles(lacking, ()))
        self._note(
            "melebihi yang dapat dibaca dari satu arsip",
            [title for stem in drawn if (title := self._title(stem)) not in read],
        )
        return unpacked, titles

    def _titles(self, stems: Sequence[str], known: Sequence[str]) -> list[str]:
        return [self._title(stem) for stem in stems if stem not in known]

    def _title(self, stem: str) -> str:
        return PurePosixPath(self.by_name[f"{stem}.shp"].filename).stem

    def _draws_polygons(self, stem: str) -> bool:
        with self.archive.open(self.by_name[f"{stem}.shp"]) as stream:
            head = stream.read(_SHAPE_TYPE_AT + 4)
        if len(head) < _SHAPE_TYPE_AT + 4:
            return False
        return int.from_bytes(head[_SHAPE_TYPE_AT:], "little") in _POLYGON_TYPES

    def _parts(self, stem: str) -> dict[str, bytes] | None:
        names = {
            suffix: f"{stem}{suffix}" for suffix in _PARTS if f"{stem}{suffix}" in self.by_name
        }
        parts = {suffix: self._read_whole(name) for suffix, name in names.items()}
        if any(data is None for data in parts.values()):
            return None
        return {suffix: data for suffix, data in parts.items() if data is not None}

    def _read_whole(self, name: str) -> bytes | None:
        """A member's content, None where it is too large.

        What really comes out is counted: a declared size can lie.
        """
        member = self.by_name[name]
        most = min(MOST_BYTES, self.left)
        content = bytearray()
        if member.file_size <= most:
            with self.archive.open(member) as stream:
                while len(content) <= most and (chunk := stream.read(_CHUNK_BYTES)):
                    content += chunk
        if member.file_size > most or len(content) > most:
            self.too_large.append(member)
            return None
        self.left -= len(content)
        return bytes(content)

    def _note(self, why: str, names: Sequence[str]) -> None:
        self._note_plain(f"tidak dipakai: {why}", names)

    def _note_plain(self, what: str, names: Sequence[str]) -> None:
        if names:
            shown = ", ".join(f"“{one_line(name[:60])}”" for name in names[:5])
            more = f" dan {len(names) - 5} lagi" if len(names) > 5 else ""
            self.notes.append(f"{shown}{more} dalam arsip {what}.")
