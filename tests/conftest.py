"""Shared by all rooms: a fixed today, an empty data folder, and where real boundary files are."""

from __future__ import annotations

from pathlib import Path

import pytest

# Sample data and periods are judged on this day.
TODAY = "2026-10-31"
ROOT = Path(__file__).parent.parent


@pytest.fixture
def sample_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set a fresh data folder that is filled with sample data on first use."""
    return _environment(tmp_path, monkeypatch, sample="1")


@pytest.fixture
def empty_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set a fresh data folder that starts without any record."""
    return _environment(tmp_path, monkeypatch, sample="0")


def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: str) -> Path:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PANTAU_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PANTAU_TODAY", TODAY)
    monkeypatch.setenv("PANTAU_SAMPLE", sample)
    monkeypatch.delenv("PANTAU_BOUNDARIES", raising=False)
    monkeypatch.delenv("PANTAU_DATABASE_URL", raising=False)
    return tmp_path
