"""Shared by all rooms: a fixed today, an empty data folder, a store with the sample or by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.sample.life import ensure_ready
from data_access.schema import metadata
from data_access.settings import Settings
from data_access.store import Store, open_store

# Sample data and periods are judged on this day.
TODAY = "2026-10-31"
_DAY = date.fromisoformat(TODAY)
ROOT = Path(__file__).parent.parent


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Let one process run all browser tests: they share servers and a browser."""
    # Imported here: only the process that hands tests out has the plugin to the full.
    from tests.scheduling import BrowserTogetherScheduling

    return BrowserTogetherScheduling(config, log)


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


# --- stores ---------------------------------------------------------------------------------

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store filled with the sample up to the end of October 2026."""
    store = open_store(Settings(data_dir=tmp_path_factory.mktemp("contoh"), today=_DAY))
    ensure_ready(store, store.settings.today)
    yield store
    store.close()


@pytest.fixture(scope="session")
def sample_rollup(sample_store: Store) -> Rollup:
    return load_rollup(sample_store)


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    """A store with areas and nothing else."""
    store = open_store(Settings(data_dir=tmp_path, today=_DAY, is_sample_wanted=False))
    yield store
    store.close()


@pytest.fixture
def rollup_of(empty_store: Store) -> Callable[[Rows], Rollup]:
    """Insert rows by table name and count them."""

    def count(rows: Rows) -> Rollup:
        with empty_store.write() as connection:
            for name, values in rows.items():
                for value in values:
                    connection.execute(insert(metadata.tables[name]), value)
        return load_rollup(empty_store)

    return count
