"""Which boundaries the app uses: an override file, else the stored set, else the default.

Owns the stored set (`boundaries.parquet` in the data folder) and the cache of read
override files. A set is one file, replaced in one step: a failure leaves the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geo.boundaries.formats import read_bytes
from geo.boundaries.inspecting import inspect_boundaries
from geo.boundaries.model import BoundarySet, frame_of, indicative_boundaries
from geo.boundaries.reading import Inspection
from geo.boundaries.report import BoundaryReport
from geo.errors import (
    DataDirUnwritableError,
    FileMissingError,
    GeoError,
    ReaderBusyError,
    StoredSetDamagedError,
    WrongAreaError,
    os_reason,
)
from geo.gazetteer import gazetteer
from geo.matching import ALIAS_FILE, ConfirmedAlias, load_aliases
from geo.scratch import scratch_folder, sweep, sync

STORED_FILE = "boundaries.parquet"
CACHE_DIR = "cache"
MOST_CACHED = 4
# Raise it whenever reading or repairing changes its result: cached sets are then made anew.
READING_VERSION = 3

# A set holds 29 kecamatan and 326 desa in Kabupaten Serang.
MOST_ROWS = 1_000

_META_KEY = b"pantau"
# What the reading of a foreign or cut table may end in.
_DAMAGES = (OSError, LookupError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True)
class StoredSet:
    """A set with the facts about the file it came from.

    Attributes:
        boundaries: the set.
        file_name, sha256: of the source file.
        stored_on: ISO date on which it was stored.
    """

    boundaries: BoundarySet
    file_name: str
    sha256: str
    stored_on: str


def active_boundaries(
    data_dir: Path, override: Path | None = None, aliases: tuple[ConfirmedAlias, ...] = ()
) -> BoundarySet:
    """The boundaries in use: override file > stored set > indicative default.

    Fast where nothing changed: files are looked at, not read again.

    Args:
        aliases: spellings confirmed for the override file, beside those of the data folder.

    Raises:
        GeoError: if the override cannot be used or the stored set is damaged.
    """
    if override is not None:
        return _override(override, data_dir, aliases)
    stored = stored_boundaries(data_dir)
    return stored.boundaries if stored else indicative_boundaries()


def stored_boundaries(data_dir: Path) -> StoredSet | None:
    """The stored set, None where there is none.

    Raises:
        StoredSetDamagedError: if it cannot be read.
    """
    path = data_dir / STORED_FILE
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoredSetDamagedError(path) from error
    # What is no file might never end.
    if not path.is_file():
        raise StoredSetDamagedError(path)
    return _load(path, (status.st_mtime_ns, status.st_size))


def store_boundaries(
    path: Path, data_dir: Path, crs: str | None = None, today: date | None = None
) -> tuple[BoundarySet, BoundaryReport]:
    """Read a file and make it the set in use; on any failure the old set stays.

    Raises:
        GeoError: if the file cannot be used or the folder cannot be written.
    """
    found = inspect_boundaries(path, crs, load_aliases(data_dir))
    return store_inspected(path, found, data_dir, today), found.report


def store_inspected(
    path: Path, found: Inspection, data_dir: Path, today: date | None = None
) -> BoundarySet:
    """Make what was found in a file the set in use; on any failure the old set stays.

    Raises:
        GeoError: if the file cannot be used or the folder cannot be written.
    """
    boundaries = _usable(path, found)
    stored_on = (today or date.today()).isoformat()
    _write(data_dir / STORED_FILE, StoredSet(boundaries, path.name, found.sha256, stored_on))
    return boundaries


def reset_boundaries(data_dir: Path) -> bool:
    """Forget the stored set; returns whether there was one.

    Raises:
        DataDirUnwritableError: if it cannot be removed.
    """
    try:
        (data_dir / STORED_FILE).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise DataDirUnwritableError(data_dir, os_reason(error)) from error
    return True


def _usable(path: Path, found: Inspection) -> BoundarySet:
    if found.error is not None or found.boundaries is None:
        raise found.error or WrongAreaError(path, "tidak ada wilayah yang cocok")
    return found.boundaries


def _override(path: Path, data_dir: Path, aliases: tuple[ConfirmedAlias, ...]) -> BoundarySet:
    stamp = _stamp(path)
    if stamp is None:
        raise FileMissingError(path)
    found = _read_override(path, stamp, data_dir, _stamp(data_dir / ALIAS_FILE), aliases)
    if isinstance(found, GeoError):
        # The one that is remembered must not gather the frames of every caller.
        raise found.with_traceback(None)
    return found


@lru_cache(maxsize=2)
def _read_override(
    path: Path,
    stamp: tuple[int, int],  # noqa: ARG001
    data_dir: Path,
    alias_stamp: object,  # noqa: ARG001
    confirmed: tuple[ConfirmedAlias, ...],
) -> BoundarySet | GeoError:
    """Read an override file, or its cleaned copy made earlier from the same bytes.

    A refusal is remembered too: pages ask again and again, and finding out may take long.
    """
    aliases = tuple(dict.fromkeys((*load_aliases(data_dir), *confirmed)))
    cached = data_dir / CACHE_DIR / f"boundaries-{_cache_key(path, aliases)}.parquet"
    cached_stamp = _stamp(cached)
    if cached_stamp is not None:
        try:
            return _load(cached, cached_stamp).boundaries
        except StoredSetDamagedError:
            cached.unlink(missing_ok=True)
    found = inspect_boundaries(path, None, aliases)
    if isinstance(found.error, ReaderBusyError):
        raise found.error
    if found.error is not None:
        return found.error
    boundaries = _usable(path, found)
    fresh = StoredSet(boundaries, path.name, found.sha256, date.today().isoformat())
    # The cache only saves time: a folder that cannot be written must not stop the app.
    with suppress(DataDirUnwritableError):
        _write(cached, fresh)
        _prune(cached.parent)
    return boundaries


def _prune(folder: Path) -> None:
    made = sorted(folder.glob("boundaries-*.parquet"), key=lambda path: path.stat().st_mtime)
    for path in made[:-MOST_CACHED]:
        path.unlink(missing_ok=True)


def _cache_key(path: Path, aliases: Sequence[Any]) -> str:
    """Everything that the cleaned set depends on: bytes, name, aliases, gazetteer, version."""
    known = (READING_VERSION, path.name, aliases, gazetteer())
    digest = hashlib.sha256(repr(known).encode())
    digest.update(hashlib.sha256(read_bytes(path)).digest())
    return digest.hexdigest()[:32]


def _stamp(path: Path) -> tuple[int, int] | None:
    """Modification time and size; None where there is no such file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


# --- the file of a set -----------------------------------------------------------------


def _write(path: Path, stored: StoredSet) -> None:
    """Write aside, flush to disk, then rename: readers see the old set or the new one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        with scratch_folder(path.parent) as folder:
            aside = folder / path.name
            with aside.open("wb") as stream:
                # Who stores the set and who runs the app may be different users.
                aside.chmod(0o644)
                pq.write_table(_to_table(stored), stream, compression="zstd")
            sync(aside)
            aside.replace(path)
        sync(path.parent)
    except OSError as error:
        raise DataDirUnwritableError(path.parent, os_reason(error)) from error


def _to_table(stored: StoredSet) -> pa.Table:
    boundaries = stored.boundaries
    frames = {"kecamatan": boundaries.kecamatan, "desa": boundaries.desa}
    rows = [
        {"level": level, "code": code, "name": name, "geometry": shapely.to_wkb(shape)}
        for level, frame in frames.items()
        if frame is not None
        for code, name, shape in zip(frame["code"], frame["name"], frame.geometry, strict=True)
    ]
    meta = {
        "source": boundaries.source,
        "source_date": boundaries.source_date,
        "is_official": boundaries.is_official,
        "digest": boundaries.digest,
        "file_name": stored.file_name,
        "sha256": stored.sha256,
        "stored_on": stored.stored_on,
    }
    return pa.Table.from_pylist(rows).replace_schema_metadata({_META_KEY: json.dumps(meta)})


@lru_cache(maxsize=2)
def _load(path: Path, stamp: tuple[int, int]) -> StoredSet:  # noqa: ARG001
    try:
        file = pq.ParquetFile(path)
        if file.metadata.num_rows > MOST_ROWS:
            raise StoredSetDamagedError(path)
        table = file.read()
        meta = _checked(json.loads(table.schema.metadata[_META_KEY]))
        kecamatan = _stored(table, "kecamatan")
        if kecamatan is None:
            raise StoredSetDamagedError(path)
        boundaries = BoundarySet(
            kecamatan=kecamatan,
            desa=_stored(table, "desa"),
            source=meta["source"],
            source_date=meta["source_date"],
            # Sets stored before files had to show where they come from claim nothing.
            is_official=bool(meta.get("is_official", False)),
            digest=meta["digest"],
        )
        return StoredSet(boundaries, meta["file_name"], meta["sha256"], meta["stored_on"])
    except (*_DAMAGES, shapely.errors.ShapelyError, pa.ArrowException) as error:
        raise StoredSetDamagedError(path) from error


def _checked(meta: Mapping[str, Any]) -> Mapping[str, Any]:
    """Refuse facts that a page could not show, or tell two sets apart by.

    Raises:
        LookupError, TypeError, ValueError: if one is missing or no such thing.
    """
    for name in ("source", "digest", "file_name", "sha256"):
        if not isinstance(meta[name], str) or not meta[name]:
            raise ValueError(f"the stored {name} is no text")
    date.fromisoformat(meta["stored_on"])
    if meta["source_date"]:
        date.fromisoformat(meta["source_date"])
    return meta


def _stored(table: pa.Table, level: str) -> gpd.GeoDataFrame | None:
    rows = [row for row in table.to_pylist() if row["level"] == level]
    if not rows:
        return None
    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    if not ((shapely.get_dimensions(shapes) == 2) & ~shapely.is_empty(shapes)).all():
        raise ValueError("a stored shape is no area")
    return frame_of(dict(zip([row["code"] for row in rows], shapes, strict=True)))
