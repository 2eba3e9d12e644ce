"""PostgreSQL holds and counts the same as SQLite."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from sqlalchemy import Table

from data_access import schema
from data_access.errors import StoreDamagedError
from data_access.fingerprint import fingerprint
from data_access.numbers.indicators import INDICATORS, LEVELS, Level, table
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import SCOPES, Month, Period, Scope, Selection
from data_access.numbers.visits import visit_points
from data_access.sample.life import ensure_ready, make_sample
from data_access.settings import current_settings
from data_access.store import Store, open_store
from tests.postgres import KINDS, Server

TODAY = "2026-10-31"
HALF_YEAR = Period(Month(2026, 1), Month(2026, 6))


@pytest.fixture(scope="module", params=KINDS)
def server_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store on each kind of server, filled with the sample."""
    server: Server = request.getfixturevalue(f"{request.param}_server")
    environment = {
        "PANTAU_DATABASE_URL": server.new_database(),
        "PANTAU_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "PANTAU_TODAY": TODAY,
    }
    store = open_store(current_settings(environment))
    make_sample(store, store.settings.today)
    yield store
    store.close()


@pytest.fixture(scope="module")
def server_rollup(server_store: Store) -> Rollup:
    return load_rollup(server_store)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("scope", SCOPES)
def test_indicators_are_the_same(
    server_rollup: Rollup, sample_rollup: Rollup, level: Level, scope: Scope
) -> None:
    selection = Selection(HALF_YEAR, scope=scope)
    on_server = table(server_rollup, INDICATORS, level, selection)
    in_file = table(sample_rollup, INDICATORS, level, selection)
    pd.testing.assert_frame_equal(on_server, in_file, rtol=1e-12)


@pytest.mark.parametrize("one", schema.TABLES, ids=lambda one: one.name)
def test_rows_are_the_same(server_store: Store, sample_store: Store, one: Table) -> None:
    with server_store.read() as server, sample_store.read() as file:
        assert fingerprint(server, one) == fingerprint(file, one)


@pytest.mark.parametrize("scope", SCOPES)
def test_points_are_the_same(server_store: Store, sample_store: Store, scope: Scope) -> None:
    selection = Selection(HALF_YEAR, scope=scope)
    order = ["month", "kecamatan_code", "latitude", "longitude"]
    on_server, in_file = (
        visit_points(store, selection).sort_values(order, ignore_index=True)
        for store in (server_store, sample_store)
    )
    pd.testing.assert_frame_equal(on_server, in_file)


def test_server_is_never_filled_on_its_own(server_store: Store) -> None:
    before = server_store.revision()
    ensure_ready(server_store, server_store.settings.today)
    assert server_store.revision() == before


def test_database_of_another_program_is_left_alone(packaged_server: Server) -> None:
    settings = current_settings({"PANTAU_DATABASE_URL": packaged_server.new_database()})
    store = open_store(settings)
    with store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE meta RENAME COLUMN value TO isi")
    with pytest.raises(StoreDamagedError):
        open_store(settings)
    store.close()
