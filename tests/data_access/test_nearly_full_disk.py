"""A disk without room leaves no half store, and nothing in the way of the next try."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Starts a store in a small room, then again where there is room; tells what was found.
ATTEMPT = """
import json, os, resource, signal, subprocess, sys
from datetime import date
from pathlib import Path
from data_access.errors import StoreError
from data_access.settings import Settings
from data_access.store import open_store

way, folder = sys.argv[1], Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
tried = []

def narrow(kilobytes, place):
    if way == "disk":
        size = f"size={kilobytes}k"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", place], check=True)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, resource.RLIM_INFINITY))

def widen(place):
    if way == "disk":
        subprocess.run(["mount", "-o", "remount,size=8m", place], check=True)
    else:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)

def attempt(settings):
    try:
        store = open_store(settings)
        with store.write():
            pass
        store.close()
    except StoreError as error:
        return str(error)
    return ""

for kilobytes in map(int, sys.argv[3:]):
    place = folder / str(kilobytes)
    place.mkdir()
    settings = Settings(data_dir=place, today=date(2026, 10, 31), is_sample_wanted=False)
    narrow(kilobytes, place)
    first = attempt(settings)
    left = sorted(one.name for one in place.iterdir())
    widen(place)
    tried.append({"first": first, "left": left, "then": attempt(settings)})
print(json.dumps(tried))
"""

KILOBYTES = range(20, 700, 20)


@pytest.mark.parametrize("way", ["disk", "largest file"])
def test_first_start_without_room_leaves_nothing_that_a_later_start_trips_over(
    way: str, tmp_path: Path
) -> None:
    tried = attempts(way, tmp_path)
    assert {one["then"] for one in tried} == {""}
    for one in tried:
        # Either it was made whole, and only a change found no room, or there is nothing.
        assert one["left"] in ([], ["pantau.sqlite"])
        assert one["left"] or "pantau.sqlite" in one["first"]
    # There was too little room, and there was enough.
    assert {bool(one["first"]) for one in tried} == {True, False}


def attempts(way: str, folder: Path) -> list[dict[str, str | list[str]]]:
    command = [sys.executable, "-c", ATTEMPT, way, str(folder), *map(str, KILOBYTES)]
    if way == "disk":
        command = [*own_mounts(), *command]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    told: list[dict[str, str | list[str]]] = json.loads(ended.stdout)
    return told


def own_mounts() -> list[str]:
    """The start of a command that may mount a small disk for itself alone."""
    start = ["unshare", "--user", "--map-root-user", "--mount"]
    if not shutil.which("unshare") or subprocess.run([*start, "true"], check=False).returncode:
        pytest.skip("this system lets nobody mount a disk")
    return start
