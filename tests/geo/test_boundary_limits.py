"""The inspection is a child process: it answers in time and memory, whatever the file."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import shapely

from geo import errors, limits
from geo.boundaries import (
    answers,
    indicative_boundaries,
    inspect_boundaries,
    inspecting,
    limited,
    rehearsal,
)
from geo.boundaries.model import frame_of
from geo.boundaries.reading import Inspection, inspect_here
from geo.boundaries.rehearsal import rehearsed
from geo.boundaries.report import BoundaryReport
from geo.matching import load_aliases, remember_alias
from tests.geo import hostile

# The real limit is 26 seconds; that it holds is as true of fewer.
TIMEOUT = 5.0
# Beside a dashboard of 300 MB this leaves the whole tree below 1 GB.
MOST_BYTES = 720 * 1024**2


def children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


class Peak:
    """The most memory that the child processes begun since held at once, in bytes."""

    def __init__(self) -> None:
        self.bytes = 0
        self.is_over = threading.Event()
        self.others = children()

    def watch(self) -> None:
        while not self.is_over.wait(0.02):
            held = 0
            for child in children() - self.others:
                try:
                    held += child.memory_info().rss
                except psutil.Error:
                    continue
            self.bytes = max(self.bytes, held)


@contextmanager
def measured() -> Iterator[Peak]:
    peak = Peak()
    watcher = threading.Thread(target=peak.watch)
    watcher.start()
    yield peak
    peak.is_over.set()
    watcher.join()


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_refused_in_time_and_memory(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "TIMEOUT_SECONDS", TIMEOUT)
    path = tmp_path / "batas.gpkg"
    hostile.FILES[name](path)
    started = time.monotonic()
    with measured() as peak:
        inspection = inspect_boundaries(path)
    assert isinstance(inspection.error, errors.BoundaryFileError)
    assert inspection.report.problems[0] == str(inspection.error)
    assert time.monotonic() - started < TIMEOUT + 3
    assert 0 < peak.bytes < MOST_BYTES


def test_nothing_of_a_killed_inspection_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited, "TIMEOUT_SECONDS", 4.0)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    hostile.endless_empty_view(tmp_path / "batas.gpkg")
    others = children()
    assert "terlalu lama" in str(inspect_boundaries(tmp_path / "batas.gpkg").error)
    assert children() - others == set()
    assert [path.name for path in tmp_path.iterdir()] == ["batas.gpkg"]


def test_a_reader_whose_inspection_ended_is_ended_too(
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script, left = tmp_path / "child.py", tmp_path / "pid"
    script.write_text(
        "import pathlib, subprocess, sys\n"
        "reader = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(left)!r}).write_text(str(reader.pid))\n"
    )
    monkeypatch.setattr(limited, "CHILD", script)
    assert isinstance(
        inspect_boundaries(write_geojson(kecamatan_features)).error, errors.ReaderStoppedError
    )
    assert is_gone(int(left.read_text()))


def is_gone(number: int) -> bool:
    """Whether a process has ended, or does within moments."""
    try:
        process = psutil.Process(number)
        return process.status() == psutil.STATUS_ZOMBIE or process.wait(5) is None
    except psutil.NoSuchProcess:
        return True
    except psutil.TimeoutExpired:
        return False


# --- what comes after ------------------------------------------------------------------


def found_in(shapes: dict[str, shapely.Geometry]) -> Inspection:
    kecamatan = frame_of(shapes)
    boundaries = replace(indicative_boundaries(), kecamatan=kecamatan, desa=None)
    return Inspection(BoundaryReport("a", usable=True), boundaries, None, "")


def _shapes() -> dict[str, shapely.Geometry]:
    frame = indicative_boundaries().kecamatan
    return dict(zip(frame["code"], frame.geometry, strict=True))


def comb(teeth: int) -> shapely.Polygon:
    """A valid shape in which the place for a name is hard to find."""
    west, south, width = 106.2, -6.1, 0.1
    step = width / teeth
    points = [
        (west + step * (tooth + share), south + up)
        for tooth in range(teeth)
        for share, up in ((0, width), (0.5, width), (0.5, 0.001), (1, 0.001))
    ]
    return shapely.Polygon([(west, south), *points, (west + width, south)])


def test_a_set_that_nobody_would_wait_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = _shapes()
    found = found_in(shapes)
    assert rehearsed(Path("a"), found) is found
    # The comb takes some 3 of them, 30,000 teeth take minutes.
    monkeypatch.setattr(rehearsal, "DRAWING_SECONDS", 0.8)
    refused = rehearsed(Path("a"), found_in({**shapes, "36.04.12": comb(5_000)}))
    assert refused.boundaries is None and not refused.report.usable
    assert "terlalu rumit untuk digambar" in str(refused.error)


def test_a_set_of_more_points_than_are_kept_is_refused() -> None:
    boundaries = indicative_boundaries().kecamatan
    dense = shapely.segmentize(boundaries.geometry.to_numpy(), 5e-6)
    assert shapely.get_num_coordinates(dense).sum() > limits.MOST_KEPT_POINTS
    refused = rehearsed(Path("a"), found_in(dict(zip(boundaries["code"], dense, strict=True))))
    assert isinstance(refused.error, errors.TooDetailedError)
    assert refused.report.problems == (str(refused.error),)


def test_an_answer_without_end_is_not_taken(
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = tmp_path / "child.py"
    script.write_text(f"import sys; sys.exit({limits.EXIT_LARGE_ANSWER})")
    monkeypatch.setattr(limited, "CHILD", script)
    error = inspect_boundaries(write_geojson(kecamatan_features)).error
    assert "terlalu banyak yang harus dilaporkan" in str(error)


# --- what crosses ----------------------------------------------------------------------


def test_the_child_finds_what_is_found_here(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path]
) -> None:
    kecamatan_features[0]["properties"] = {"nama": "Kramatwatuu"}
    path = write_geojson(kecamatan_features[:-1])
    there, here = inspect_boundaries(path), inspect_here(path)
    assert (there.report, there.sha256) == (here.report, here.sha256)
    assert there.boundaries is not None and here.boundaries is not None
    assert there.boundaries.digest == here.boundaries.digest
    assert there.boundaries.kecamatan.equals(here.boundaries.kecamatan)
    assert there.boundaries.kecamatan.crs == here.boundaries.kecamatan.crs


def test_confirmed_spellings_reach_the_child(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path], tmp_path: Path
) -> None:
    for feature in kecamatan_features:
        feature["properties"].pop("kode")
    kecamatan_features[6]["properties"]["nama"] = "Pelabuhan Lama"
    path = write_geojson(kecamatan_features)
    remember_alias(tmp_path, "", "Pelabuhan Lama", "36.04.12")
    assert inspect_boundaries(path, aliases=load_aliases(tmp_path)).report.missing == ()


@pytest.mark.parametrize(
    "error",
    [
        errors.CrsMissingError(Path("a.zip"), "tidak disebut", likely="EPSG:3857 (Web Mercator)"),
        errors.CrsUnknownError("abc"),
        errors.FileMissingError(Path("a.zip")),
        errors.BadShapeError(Path("a.zip"), 3, "Pontang", "bukan angka"),
    ],
)
def test_an_error_comes_back_as_it_was(error: errors.GeoError) -> None:
    back = answers.decode(json.loads(json.dumps(answers.encode(error))))
    assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize(
    "written",
    [
        {"class": "Path", "fields": {}},
        {"error": "SystemExit", "text": "", "facts": {"map": []}},
        {"class": "BoundaryReport", "fields": {"unknown": 1}},
        {"frame": {"code": ["a"], "geometry": ["zz"]}},
    ],
)
def test_nothing_else_crosses(written: dict[str, Any]) -> None:
    with pytest.raises(Exception, match=r".") as raised:
        answers.decode(written)
    assert isinstance(raised.value, inspecting.BROKEN_ANSWER)


def test_what_may_not_cross_is_named() -> None:
    with pytest.raises(TypeError, match="object may not cross"):
        answers.encode(BoundaryReport("a", problems=(object(),)))  # type: ignore[arg-type]


# --- a child that fails ----------------------------------------------------------------

SCRIPTS = {
    "ends without a word": "",
    "talks nonsense": "print('halo')",
    "answers something else": "print('{\"map\": []}')",
    "raises": "raise KeyError",
    "aborts": "import os; os.abort()",
    "runs out of memory": "import sys; sys.exit(5)",
    "waits for ever": "import time; time.sleep(60)",
}


@pytest.mark.parametrize("case", SCRIPTS)
def test_a_child_that_fails_is_a_sentence(
    case: str,
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    script = tmp_path / "child.py"
    script.write_text(SCRIPTS[case])
    monkeypatch.setattr(limited, "CHILD", script)
    monkeypatch.setattr(limited, "TIMEOUT_SECONDS", 2.0)
    inspection = inspect_boundaries(write_geojson(kecamatan_features))
    assert isinstance(inspection.error, errors.ReaderStoppedError)
    assert "batas.geojson dihentikan" in inspection.report.problems[0]


def test_the_child_has_none_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATABASE_URL", "postgresql://secret")
    assert "secret" not in " ".join(limited.bare_environment().values())


def test_one_file_is_inspected_at_a_time(
    kecamatan_features: list[Any],
    write_geojson: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inspecting, "PATIENCE_SECONDS", 0.01)
    with inspecting._one_at_a_time:
        error = inspect_boundaries(write_geojson(kecamatan_features)).error
    assert isinstance(error, errors.ReaderBusyError)
