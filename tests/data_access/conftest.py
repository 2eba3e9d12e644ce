"""Stores for this room's tests: one filled with the sample, and empty ones to fill by hand."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import insert

from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.sample.life import ensure_ready
from data_access.schema import metadata
from data_access.settings import Settings, load_settings
from data_access.store import Store, open_store
from tests.postgres import Server, debian_server, packaged_server

__all__ = ["debian_server", "packaged_server"]

TODAY = date(2026, 10, 31)

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store filled with the sample up to the end of October 2026."""
    store = open_store(Settings(data_dir=tmp_path_factory.mktemp("contoh"), today=TODAY))
    ensure_ready(store, TODAY)
    yield store
    store.close()


@pytest.fixture(scope="session")
def sample_rollup(sample_store: Store) -> Rollup:
    return load_rollup(sample_store)


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[Store]:
    """A store with areas and nothing else."""
    store = open_store(Settings(data_dir=tmp_path, today=TODAY, is_sample_wanted=False))
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


@pytest.fixture(scope="session")
def recompute() -> ModuleType:
    """The independent recomputation, which lies beside the tests and is no test itself."""
    path = Path(__file__).parent / "recompute.py"
    specification = importlib.util.spec_from_file_location("recompute", path)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["recompute"] = module
    specification.loader.exec_module(module)
    return module


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
        return load_settings(environment)

    return make


@pytest.fixture
def any_store(new_settings: NewSettings) -> Iterator[Store]:
    """A new store on each kind of database."""
    store = open_store(new_settings())
    yield store
    store.close()
