"""The door to the inspection of a boundary file: in a limited child, one at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import shapely

from geo.boundaries import answers, limited
from geo.boundaries.model import BoundarySet
from geo.boundaries.reading import Inspection
from geo.boundaries.report import BoundaryReport
from geo.errors import GeoError, ReaderBusyError, ReaderStoppedError, WrongAreaError
from geo.limits import EXIT_LARGE_ANSWER
from geo.matching import ConfirmedAlias
from geo.scratch import scratch_folder

# What an answer that the child did not finish ends in.
BROKEN_ANSWER = (LookupError, TypeError, ValueError, shapely.errors.ShapelyError)

# Two at once would take twice the memory.
_one_at_a_time = Lock()
# For another file; with the time of the inspection itself an answer is there in 30 seconds.
PATIENCE_SECONDS = 3.5


def inspect_boundaries(
    path: Path, crs: str | None = None, aliases: Sequence[ConfirmedAlias] = ()
) -> Inspection:
    """Look into a boundary file; what is wrong with it ends up in the report.

    Args:
        path: the file, of any format in `geo.errors.FORMATS`.
        crs: AUTHORITY:CODE to assume whatever the file says, such as EPSG:32748.
        aliases: spellings that people confirmed.
    """
    try:
        if not _one_at_a_time.acquire(timeout=PATIENCE_SECONDS):
            raise ReaderBusyError(path)
        try:
            return _inspect(path, crs, aliases)
        finally:
            _one_at_a_time.release()
    except GeoError as error:
        return Inspection(BoundaryReport(path.name, problems=(str(error),)), None, error, "")


def read_boundaries(
    path: Path, crs: str | None = None, aliases: Sequence[ConfirmedAlias] = ()
) -> tuple[BoundarySet, BoundaryReport]:
    """Read an official boundary file into a set ready for maps; see `inspect_boundaries`.

    Raises:
        GeoError: why the file cannot be used.
    """
    inspection = inspect_boundaries(path, crs, aliases)
    if inspection.error is not None or inspection.boundaries is None:
        raise inspection.error or WrongAreaError(path, "tidak ada wilayah yang cocok")
    return inspection.boundaries, inspection.report


def _inspect(path: Path, crs: str | None, aliases: Sequence[ConfirmedAlias]) -> Inspection:
    request = {"path": str(path), "crs": crs, "aliases": answers.encode(tuple(aliases))}
    with (
        scratch_folder() as folder,
        (folder / "answer.json").open("w+b") as answer,
    ):
        code = limited.run_limited(
            path,
            ["inspect"],
            limited.bare_environment(folder),
            request=json.dumps(request).encode(),
            answer=answer,
            timeout=limited.TIMEOUT_SECONDS,
        )
        if code == EXIT_LARGE_ANSWER:
            raise ReaderStoppedError(path, "terlalu banyak yang harus dilaporkan")
        answer.seek(0)
        try:
            found = answers.decode(json.load(answer)) if code == 0 else None
        except BROKEN_ANSWER:
            found = None
    if not isinstance(found, Inspection):
        raise ReaderStoppedError(path, "isinya membuat pembacanya berhenti")
    return found
