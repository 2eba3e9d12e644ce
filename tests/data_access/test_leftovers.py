"""What a killed process left behind is gone after the next start, officers' files above all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest

from data_access.cli import main
from data_access.settings import Settings
from data_access.store import FILE_NAME, open_store
from geo.cli import main as geo_main
from tests.data_access.conftest import TODAY

ROOT = Path(__file__).parents[2]

# Works in a process of its own for each argument, and is killed there.
KILL = """
import os, sys
from pathlib import Path
kill = lambda *_: os.kill(os.getpid(), 9)
for work in sys.argv[1:]:
    if (worker := os.fork()) == 0:
        exec(work)
    assert os.waitpid(worker, 0)[1] == 9
"""

# Each is killed while a copy of somebody's file, or a draft of ours, lies about.
WORK = (
    ("from data_access.intake.files.reader import _workplace\nwith _workplace(b'rahasia'): kill()"),
    (
        "from data_access.intake.files import marked_copy\n"
        "from data_access.intake.model import SourceFile\n"
        "marked_copy._is_marked = kill\n"
        "marked_copy._marked_original(b'rahasia', SourceFile('a.xlsx', '', 'xlsx', ()), {})"
    ),
    (
        "from geo.boundaries.drivers import _workplace\n"
        "with _workplace({'a.shp': b'rahasia'}): kill()"
    ),
    (
        "from types import SimpleNamespace\n"
        "from pages.panels.data.boundaries import _as_file\n"
        "with _as_file(SimpleNamespace(name='a.kml', content=b'rahasia')): kill()"
    ),
)


def kill_at(work: Sequence[str], temporary: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = [sys.executable, "-c", KILL, *work]
    ended = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize(
    "start", [partial(main, ["status"]), partial(geo_main, ["show"])], ids=["data", "geo"]
)
def test_the_next_command_removes_copies_of_files(
    start: Callable[[Mapping[str, str]], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    kill_at(WORK, temporary)
    assert len(list(temporary.iterdir())) == len(WORK)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    assert start({"PANTAU_DATA_DIR": str(tmp_path / "data"), "PANTAU_SAMPLE": "0"}) == 0
    assert list(temporary.iterdir()) == []


def test_the_draft_of_a_store_goes_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    work = (
        "from data_access import store, store_drafts\n"
        "store_drafts._put_in_place = kill\n"
        f"store_drafts.make_file(Path({str(path)!r}), store._create_tables)"
    )
    kill_at([work], tmp_path)
    assert list(tmp_path.iterdir())
    open_store(Settings(data_dir=tmp_path, today=TODAY)).close()
    assert [one.name for one in tmp_path.iterdir()] == [FILE_NAME]
