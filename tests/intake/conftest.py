"""Stores to import into, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data_access.settings import Settings, current_settings
from data_access.store import Store, open_store
from tests.intake.importing import TODAY
from tests.postgres import Server, packaged_server

__all__ = ["packaged_server"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite store."""
    opened = open_store(Settings(data_dir=tmp_path, today=TODAY, is_sample_wanted=False))
    yield opened
    opened.close()


@pytest.fixture(params=("sqlite", "postgresql"))
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on each kind of database."""
    environment = {"PANTAU_DATA_DIR": str(tmp_path), "PANTAU_SAMPLE": "0"}
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("packaged_server")
        environment["PANTAU_DATABASE_URL"] = server.new_database()
    opened = open_store(replace(current_settings(environment), today=TODAY))
    yield opened
    opened.close()
