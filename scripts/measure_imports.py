"""Measure what importing 50,000 visits costs: seconds, memory, movements of the progress bar.

Each run takes the whole way of a file - understand, check, preview, commit - into a fresh SQLite
store as the dashboard does, its rows read by limited workers, in a process of its own whose memory
is measured with that of its children. Prints the
median and the spread of three runs for xlsx and csv; passes or fails nothing.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psutil
import xlsxwriter

from data_access.intake.limited.file import LimitedFile
from data_access.intake.limited.server import SERVER
from data_access.intake.opening import open_for_work
from data_access.intake.steps import commit, preview
from data_access.settings import Settings
from geo.gazetteer import gazetteer

ROWS = 50_000
RUNS = 3
TODAY = date(2026, 10, 31)
KINDS = ("xlsx", "csv")
STEPS = ("understand", "check", "preview", "commit")

# Often enough to see a peak that lasts a moment, seldom enough not to slow what is measured.
_SAMPLE_SECONDS = 0.02
_MEGABYTE = 1024**2

_HEADER = ("Kode Sumber", "Tanggal", "Kecamatan", "Desa", "PIMPASA", "Tujuan", "Pilar", "Hasil",
           "Bukti / Keterangan", "Lintang", "Bujur")  # fmt: skip
_PURPOSES = ("Pemantauan rutin", "Koordinasi kepala desa", "Layanan paspor", "Deteksi dini")
_PILLARS = ("Layanan", "Pengetahuan", "Keamanan")
_OUTCOMES = ("Nihil", "Nihil", "Temuan", "Tindak lanjut")
_DAYS = 3_600


def visit_rows(count: int) -> Iterator[tuple[object, ...]]:
    """Yield rows of visits to all desa in turn; every one has a key and a position."""
    places = gazetteer()
    for number in range(count):
        desa = places.desa[number % len(places.desa)]
        yield (
            f"v-{number:06d}",
            TODAY - timedelta(days=number % _DAYS),
            places.name(desa.kecamatan_code),
            desa.name,
            f"Petugas {number % 27 + 1}",
            _PURPOSES[number % len(_PURPOSES)],
            _PILLARS[number % len(_PILLARS)],
            _OUTCOMES[number % len(_OUTCOMES)],
            f"Laporan kunjungan nomor {number}",
            round(desa.latitude, 5),
            round(desa.longitude, 5),
        )


def write_file(path: Path, count: int) -> None:
    """Write a list of visits as xlsx or csv, by the path's ending."""
    if path.suffix == ".xlsx":
        _write_xlsx(path, count)
        return
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(_HEADER)
        for key, day, *rest in visit_rows(count):
            writer.writerow([key, f"{day:%d/%m/%Y}", *rest])


def _write_xlsx(path: Path, count: int) -> None:
    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    ) as book:
        sheet = book.add_worksheet("Kunjungan")
        sheet.write_row(0, 0, _HEADER)
        for number, row in enumerate(visit_rows(count), start=1):
            sheet.write_row(number, 0, row)


# --- one run ----------------------------------------------------------------------------------


def measure(path: Path) -> dict[str, Any]:
    """Import a file into a fresh store.

    Returns:
        "seconds" per step, "added" rows, "movements": distinct states of the progress bar, and
        "stillest": the longest time in seconds that it stood still.
    """
    bar = _Bar()
    with tempfile.TemporaryDirectory() as folder:
        store = open_for_work(Settings(data_dir=Path(folder), today=TODAY, is_sample_wanted=False))
        # The dashboard starts it with the section of files.
        SERVER.warm_up()
        LimitedFile(b"Tanggal;Desa\n1/1/2026;x\n", "kosong.csv").understand(store.settings)
        marks = [time.perf_counter()]
        file = LimitedFile(path)
        file.understand(store.settings, progress=bar.move)
        marks.append(time.perf_counter())
        checked = file.check(progress=bar.move)
        marks.append(time.perf_counter())
        shown = preview(store, checked, bar.move)
        marks.append(time.perf_counter())
        result = commit(store, shown, "pengukuran", progress=bar.move)
        marks.append(time.perf_counter())
        store.close()
    seconds = {
        step: after - before for step, before, after in zip(STEPS, marks, marks[1:], strict=False)
    }
    return {
        "seconds": seconds,
        "added": sum(one.added for one in result.tables),
        "movements": bar.movements,
        "stillest": bar.stillest,
    }


class _Bar:
    """Counts how a progress bar moves."""

    def __init__(self) -> None:
        self.movements = 0
        self.stillest = 0.0
        self._state: tuple[int, int, str] | None = None
        self._moved = time.perf_counter()

    def move(self, done: int, total: int, words: str) -> None:
        if (done, total, words) == self._state:
            return
        now = time.perf_counter()
        self.stillest = max(self.stillest, now - self._moved)
        self._state, self._moved = (done, total, words), now
        self.movements += 1


# --- all runs ---------------------------------------------------------------------------------


def _run(path: Path) -> dict[str, Any]:
    """Measure in a process of its own; adds "peak" in MB, its children's memory included."""
    worker = subprocess.Popen(
        [sys.executable, "-m", "scripts.measure_imports", "--file", path],
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = _Peak(worker.pid)
    peak.start()
    output, _ = worker.communicate()
    peak.join()
    if worker.returncode != 0:
        raise SystemExit(f"The import of {path.name} failed.")
    return {**json.loads(output), "peak": peak.megabytes}


class _Peak(threading.Thread):
    """Watches the resident memory of a process and its children."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(pid)
        self.megabytes = 0.0

    def run(self) -> None:
        # Ends with the process, which is gone or a zombie then.
        with contextlib.suppress(psutil.NoSuchProcess):
            while self._process.status() != psutil.STATUS_ZOMBIE:
                self.megabytes = max(self.megabytes, self._resident() / _MEGABYTE)
                time.sleep(_SAMPLE_SECONDS)

    def _resident(self) -> int:
        total: int = self._process.memory_info().rss
        for child in self._process.children(recursive=True):
            # A child that ends between two looks takes no more memory.
            with contextlib.suppress(psutil.NoSuchProcess):
                total += child.memory_info().rss
        return total


def main() -> None:
    arguments = _arguments()
    if arguments.file:
        print(json.dumps(measure(arguments.file)))
        return
    print(f"{arguments.rows} visits, {arguments.runs} runs ({time.strftime('%Y-%m-%d')}):")
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"kunjungan.{kind}"
            write_file(path, arguments.rows)
            size = path.stat().st_size / _MEGABYTE
            _report(f"{kind}, {size:.1f} MB", [_run(path) for _ in range(arguments.runs)])


def _report(name: str, runs: list[dict[str, Any]]) -> None:
    print(f"{name}: {runs[0]['added']} rows stored")
    totals = [sum(run["seconds"].values()) for run in runs]
    print(f"  whole import: {_spread(totals)} s")
    for step in STEPS:
        print(f"    {step}: {_spread([run['seconds'][step] for run in runs])} s")
    print(f"  peak memory: {_spread([run['peak'] for run in runs])} MB")
    print(f"  progress bar: {runs[0]['movements']} movements, "
          f"longest standstill {_spread([run['stillest'] for run in runs])} s")  # fmt: skip


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--file", type=Path, help="import this file once and print JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
