"""Folders for a moment's work are private, and a kill leaves none for long."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.scratch import PREFIX, scratch_folder, sweep

ROOT = Path(__file__).parents[2]
WORKER = (
    "import sys, time; from pathlib import Path; from geo.scratch import scratch_folder\n"
    "with scratch_folder(Path(sys.argv[1])) as folder:\n"
    "    (folder / 'petugas.csv').write_text('rahasia'); print(folder, flush=True)\n"
    "    time.sleep(60)"
)


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that works in a folder of its own."""
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(str(tmp_path))
        yield process
        process.kill()


def test_a_folder_is_private_and_goes_with_its_work(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
        (folder / "a.csv").write_text("isi")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_goes_with_work_that_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch_folder(tmp_path):
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_living_process_stays(
    tmp_path: Path, worker: subprocess.Popen[str]
) -> None:
    sweep(tmp_path)
    assert worker.poll() is None
    assert len(list(tmp_path.rglob("petugas.csv"))) == 1


def test_the_folder_of_a_killed_process_goes(tmp_path: Path, worker: subprocess.Popen[str]) -> None:
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert len(list(tmp_path.rglob("petugas.csv"))) == 1
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_this_process_stays_while_it_works(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        sweep(tmp_path)
        assert folder.is_dir()


def test_a_folder_that_is_being_made_stays_and_an_old_one_without_lock_goes(
    tmp_path: Path,
) -> None:
    fresh, old = tmp_path / f"{PREFIX}baru", tmp_path / f"{PREFIX}lama"
    fresh.mkdir()
    old.mkdir()
    os.utime(old, (time.time() - 3600,) * 2)
    sweep(tmp_path)
    assert (fresh.exists(), old.exists()) == (True, False)


def test_what_a_link_of_that_name_leads_to_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "lain"
    elsewhere.mkdir()
    (elsewhere / "a.csv").write_text("isi")
    (tmp_path / f"{PREFIX}tautan").symlink_to(elsewhere)
    sweep(tmp_path)
    assert (elsewhere / "a.csv").exists()
