"""Zipped Shapefiles and KMZ: unpacked in memory, under names of our own, within limits."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from geo.errors import BrokenFileError, NoShapefileError, UnsafeArchiveError

# A provincial desa Shapefile unpacks to about 150 MB.
MOST_UNPACKED_BYTES = 512 * 1024 * 1024
MOST_MEMBERS = 500
_CHUNK_BYTES = 1024 * 1024
KML_NAME = "batas.kml"
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


def unpack(path: Path, data: bytes) -> dict[str, bytes]:
    """Return the parts of every Shapefile in a zip, as layer0.shp, layer0.dbf, ...; or its KML.

    Raises:
        BrokenFileError: if the zip is not complete.
        UnsafeArchiveError: if a member's name leaves the folder, is a link or encrypted, or the
            contents are too large.
        NoShapefileError: if neither .kml nor .shp, or no .dbf of a .shp, is inside.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check(path, members)
            return _contents(path, archive, members)
    except _ZIP_ERRORS as error:
        raise BrokenFileError(path, "zip", "arsipnya tidak utuh") from error


def _check(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise UnsafeArchiveError(path, f"berisi lebih dari {MOST_MEMBERS} berkas")
    if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise UnsafeArchiveError(path, "isinya terlalu besar setelah dibuka")
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in "".join(name.parts[:1]):
            raise UnsafeArchiveError(path, f"nama {member.filename[:60]!r} menunjuk ke luar arsip")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise UnsafeArchiveError(path, f"{member.filename[:60]!r} adalah tautan")
        if member.flag_bits & 1:
            raise UnsafeArchiveError(path, "isinya dikunci dengan sandi")


def _contents(
    path: Path, archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]
) -> dict[str, bytes]:
    by_name = {member.filename.casefold(): member for member in members if not _is_shadow(member)}
    stems = [name[: -len(".shp")] for name in by_name if name.endswith(".shp")]
    documents = [name for name in by_name if name.endswith(".kml")]
    if not stems and documents:
        # Google Earth calls the document doc.kml; others may be what it links to.
        main = "doc.kml" if "doc.kml" in documents else documents[0]
        return {KML_NAME: _read(path, archive, by_name[main], MOST_UNPACKED_BYTES)}
    if not stems:
        raise NoShapefileError(path, "berkas .shp")
    if not any(f"{stem}.dbf" in by_name for stem in stems):
        raise NoShapefileError(path, "berkas .dbf (tabel nama dan kode)")
    left = MOST_UNPACKED_BYTES
    unpacked = {}
    for number, stem in enumerate(stems):
        for part in _PARTS:
            if f"{stem}{part}" in by_name:
                content = _read(path, archive, by_name[f"{stem}{part}"], left)
                unpacked[f"layer{number}{part}"] = content
                left -= len(content)
    return unpacked


def _is_shadow(member: zipfile.ZipInfo) -> bool:
    """Whether it is a note of macOS about a file of the same name, not a file of its own."""
    name = PurePosixPath(member.filename)
    return "__MACOSX" in name.parts or name.name.startswith("._")


def _read(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """Read a member, counting what really comes out: a declared size can lie."""
    content = bytearray()
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            content += chunk
            if len(content) > most:
                raise UnsafeArchiveError(path, "isinya terlalu besar setelah dibuka")
    return bytes(content)
