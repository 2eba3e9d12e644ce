"""Opening, creating and writing the SQLite store."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from data_access import schema
from data_access.errors import (
    StoreDamagedError,
    StoredDateError,
    StoreUnavailableError,
    StoreVersionError,
)
from data_access.meta import write_meta
from data_access.numbers.loading import load_rollup
from data_access.sample.life import ensure_ready
from data_access.settings import Settings
from data_access.store import FILE_NAME, Store, open_store

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 31)

VISIT = {
    "source_key": "k1",
    "visited_on": "2026-10-01",
    "village_code": "36.04.12.2001",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
}


def count(store: Store, name: str) -> int:
    with store.read() as connection:
        table = schema.metadata.tables[name]
        return connection.scalar(select(func.count()).select_from(table)) or 0


def test_new_store_holds_all_areas_and_nothing_else(empty_store: Store) -> None:
    counts = {table.name: count(empty_store, table.name) for table in schema.TABLES}
    assert {name: rows for name, rows in counts.items() if rows} == {
        "kecamatan": 29,
        "villages": 326,
        "offices": 2,
    }
    assert not empty_store.is_sample


def test_new_store_leaves_one_file(empty_store: Store) -> None:
    empty_store.close()
    assert [path.name for path in empty_store.settings.data_dir.iterdir()] == [FILE_NAME]


def test_file_is_in_wal_mode_and_checks_keys(empty_store: Store) -> None:
    with empty_store.read() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_write_changes_the_revision(empty_store: Store) -> None:
    before = empty_store.revision()
    with empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
    assert empty_store.revision() != before


def test_failed_write_keeps_nothing(empty_store: Store) -> None:
    before = empty_store.revision()
    with pytest.raises(ZeroDivisionError), empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
        raise ZeroDivisionError
    assert (count(empty_store, "visits"), empty_store.revision()) == (0, before)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kecamatan_code": "36.04.13"},
        {"village_code": "36.04.12.9999"},
        {"kecamatan_code": "36.04.99", "village_code": None},
        {"outcome": "entah"},
    ],
)
def test_visit_that_contradicts_itself_is_refused(
    empty_store: Store, wrong: dict[str, str | None]
) -> None:
    with pytest.raises(IntegrityError), empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT | wrong)


def test_two_opened_stores_see_each_other(empty_store: Store) -> None:
    other = open_store(empty_store.settings)
    with other.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
    assert count(empty_store, "visits") == 1
    other.close()


def test_processes_that_start_at_once_share_one_whole_store(tmp_path: Path) -> None:
    script = (
        "from datetime import date; from pathlib import Path; import sys;"
        "from data_access.settings import Settings;"
        "from data_access.sample.life import ensure_ready;"
        "from data_access.store import open_store;"
        "s = open_store(Settings(data_dir=Path(sys.argv[1]), today=date(2026, 10, 31)));"
        "ensure_ready(s, s.settings.today); print(s.revision())"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    started = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0], outputs
    # Both name the same store; the second may have waited for the first one's sample.
    assert len({out.decode().split(":")[0] for out, _ in outputs}) == 1
    store = open_store(Settings(data_dir=tmp_path, today=TODAY))
    assert store.is_sample
    assert count(store, "visits") > 1000
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_sample_is_not_wanted(empty_store: Store) -> None:
    ensure_ready(empty_store, TODAY)
    assert count(empty_store, "visits") == 0


def test_store_emptied_by_its_owner_is_not_filled_again(tmp_path: Path) -> None:
    empty = open_store(Settings(data_dir=tmp_path, today=TODAY, is_sample_wanted=False))
    ensure_ready(empty, TODAY)
    empty.close()
    again = open_store(Settings(data_dir=tmp_path, today=TODAY))
    ensure_ready(again, TODAY)
    assert count(again, "visits") == 0
    again.close()


def test_rows_that_came_before_the_first_run_are_left_alone(tmp_path: Path) -> None:
    store = open_store(Settings(data_dir=tmp_path, today=TODAY))
    with store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
    ensure_ready(store, TODAY)
    assert (count(store, "visits"), store.is_sample) == (1, False)
    store.close()


def test_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("bukan basis data " * 100)
    with pytest.raises(StoreDamagedError, match=FILE_NAME):
        open_store(Settings(data_dir=tmp_path))


def test_foreign_database_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("CREATE TABLE lain (x)")
    with pytest.raises(StoreDamagedError):
        open_store(Settings(data_dir=tmp_path))


@pytest.mark.parametrize("day", ["2026-02-30", "31/12/2025", ""])
def test_stored_date_that_is_none_is_named(empty_store: Store, day: str) -> None:
    with empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT | {"visited_on": day})
    with pytest.raises(StoredDateError, match=f"“{day[:7]}"):
        load_rollup(empty_store)


def test_newer_schema_is_refused(empty_store: Store) -> None:
    with empty_store.write() as connection:
        write_meta(connection, "schema_version", "99")
    with pytest.raises(StoreVersionError, match="99"):
        open_store(empty_store.settings)


def test_data_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    blocked = tmp_path / "data"
    blocked.write_text("")
    with pytest.raises(StoreUnavailableError, match="data"):
        open_store(Settings(data_dir=blocked))


def test_data_folder_that_cannot_be_looked_into_is_explained(tmp_path: Path) -> None:
    # A name that is too long stops even an administrator, whom no missing right would.
    with pytest.raises(StoreUnavailableError, match=FILE_NAME):
        open_store(Settings(data_dir=tmp_path / ("a" * 300)))


@pytest.mark.parametrize("option", ["tidak_dikenal=1", "connect_timeout=lama"])
def test_connection_option_that_the_driver_refuses_is_explained(option: str) -> None:
    url = f"postgresql+psycopg://127.0.0.1:1/pantau?{option}"
    with pytest.raises(StoreUnavailableError, match=option.split("=")[0]):
        open_store(Settings(database_url=url))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://pantau:rahasia@127.0.0.1:1/pantau",
        "postgresql+psycopg://pantau@127.0.0.1:1/pantau?password=rahasia",
        "postgresql+psycopg://pantau@127.0.0.1:1/pantau?passwd=rahasia",
    ],
)
def test_unreachable_server_is_explained_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnavailableError) as refused:
        open_store(Settings(database_url=url))
    assert "rahasia" not in str(refused.value)
