"""Stores for this room's tests, on each kind of database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from data_access.settings import Settings, current_settings
from data_access.store import Store, open_store
from tests.postgres import Server, debian_server, packaged_server

__all__ = ["debian_server", "packaged_server"]

TODAY = date(2026, 10, 31)

# --- the same tests on every database --------------------------------------------------------

DATABASES = ("sqlite", "packaged", "debian")

NewSettings = Callable[[], Settings]


@pytest.fixture(params=DATABASES)
def new_settings(request: pytest.FixtureRequest, tmp_path: Path) -> NewSettings:
    """Settings of a database that does not exist yet or is empty; another one at each call."""
    kind: str = request.param
    server: Server | None = None
    if kind != "sqlite":
        server = request.getfixturevalue(f"{kind}_server")
    numbers = iter(range(100))

    def make() -> Settings:
        environment = {
            "PANTAU_DATA_DIR": str(tmp_path / str(next(numbers))),
            "PANTAU_TODAY": TODAY.isoformat(),
            "PANTAU_SAMPLE": "0",
            "PANTAU_DATABASE_URL": server.new_database() if server else "",
        }
        return current_settings(environment)

    return make


@pytest.fixture
def any_store(new_settings: NewSettings) -> Iterator[Store]:
    """A new store on each kind of database."""
    store = open_store(new_settings())
    yield store
    store.close()
