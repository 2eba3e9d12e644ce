"""The running dashboard and the commands read the same settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.serve import ROOT, running_server
from tests.browser.websocket import reader

LINK = "periode=bulan&kec=36.04.12"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where dashboard and commands are started."""
    (tmp_path / ".streamlit").mkdir()
    return tmp_path


def write_secrets(folder: Path, text: str) -> None:
    (folder / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")


def status(folder: Path, **environ: str) -> dict[str, Any]:
    """What `python -m data_access status` says, started in the same folder."""
    inherited = {name: value for name, value in os.environ.items() if "PANTAU" not in name}
    done = subprocess.run(
        [sys.executable, "-m", "data_access", "status", "--format", "json"],
        cwd=folder, env={**inherited, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_dashboard_and_command_agree_on_keys_in_the_wrong_place(folder: Path) -> None:
    data_dir = folder / "data"
    environ = {
        "PANTAU_TODAY": "2026-10-31",
        "PANTAU_SAMPLE": "1",
        "PANTAU_OFFICE": "serang",
        # Relative to the program, though both are started elsewhere.
        "PANTAU_DATA_DIR": os.path.relpath(data_dir, ROOT),
    }
    write_secrets(folder, 'PANTAU_TODAY = "2026-06-30"\n[pantau]\nPANTAU_OFFICE = "cilegon"\n')
    with running_server(data_dir, environ, folder=folder) as server, reader(server.url) as session:
        screen = session.rerun()
    told = status(folder, **environ)
    assert Path(told["database"]).resolve() == data_dir / "pantau.sqlite"
    assert (data_dir / "pantau.sqlite").is_file()
    assert "Januari–Juni 2026" in screen.text
    assert told["today"] == "2026-06-30"
    assert len(told["setting_notes"]) == 2
    for note in told["setting_notes"]:
        assert note in screen.text


def test_a_broken_file_is_refused_and_the_page_recovers(folder: Path) -> None:
    data_dir = folder / "data"
    environ = {"PANTAU_TODAY": "2026-10-31", "PANTAU_SAMPLE": "1"}
    write_secrets(folder, "[pantau]\nPANTAU_DATABASE_URL = \n")
    with running_server(data_dir, environ, folder=folder) as server, reader(server.url) as session:
        (refused,) = session.rerun(LINK).errors
        assert "secrets.toml tidak dapat dibaca (baris 2, kolom 23)" in refused
        assert list(data_dir.glob("*.sqlite*")) == []

        write_secrets(folder, "[pantau]\n")
        assert "Oktober 2026, Kecamatan Pontang" in session.rerun(LINK).text

        write_secrets(folder, "[pantau\n")
        assert session.rerun(LINK).errors
        write_secrets(folder, "")
        mended = session.rerun(LINK)
        assert mended.errors == ()
        assert "Oktober 2026, Kecamatan Pontang" in mended.text
