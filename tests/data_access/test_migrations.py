"""An older store is brought up to date, whole and with all it held."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, Inspector, create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError

from data_access import schema
from data_access.errors import StoreUpgradeError
from data_access.intake.opening import open_for_work
from data_access.intake.writing.earlier_files import PLACE_FILE
from data_access.intake.writing.history import history
from data_access.meta import read_meta
from data_access.migrations import NOTHING, latest, migrate
from data_access.settings import Settings
from data_access.store import FILE_NAME, Store, file_of, open_store

NewSettings = Callable[[], Settings]

# What a store of version 1 holds, as it was written then.
HELD = """
    INSERT INTO meta VALUES ('store_id', 'abc'), ('revision', '7'), ('is_sample', '0'),
                            ('is_prepared', '1');
    INSERT INTO kecamatan (code, name, office, population)
        VALUES ('36.04.12', 'Pontang', 'cilegon', 46200);
    INSERT INTO villages (code, kecamatan_code, name) VALUES ('36.04.12.2001', '36.04.12', 'Satu');
    INSERT INTO visits (source_key, visited_on, village_code, kecamatan_code, outcome, latitude)
        VALUES ('k1', '2025-01-31', '36.04.12.2001', '36.04.12', 'nihil', -6.03125);
    INSERT INTO awareness_sessions (source_key, held_on, kecamatan_code, male, pre_score)
        VALUES ('s1', '2025-02-01', '36.04.12', 12, 55.5);
    INSERT INTO session_villages VALUES ('s1', '36.04.12.2001');
    INSERT INTO cases (source_key, reported_on, women) VALUES ('c1', '2025-03-01', 2);
    INSERT INTO targets VALUES (2025, 'visit_coverage', '', 0.5);
    INSERT INTO audit_log (at, actor, action, detail, previous_hash, hash)
        VALUES ('2025-03-01', 'Petugas', 'impor', 'impor 1: Kunjungan dari a.xlsx (sha256 ff); '
                || '1 baru, 0 berubah, 0 sama, 15 ditolak', '0', '1'),
               ('2025-03-04', 'Kepala', 'batal impor', 'impor 3: Kunjungan dari b.xlsx '
                || 'dibatalkan; 2 baris dihapus, 0 baris dikembalikan', '1', '2'),
               ('2025-03-05', 'Petugas', 'ubah pengaturan', 'jatuh tempo 30 hari', '2', '3');
    INSERT INTO imports (id, table_name, file_name, sha256, actor, imported_at, added, state)
        VALUES (1, 'visits', 'a.xlsx', 'ff', 'Petugas', '2025-03-01', 1, 'done'),
               (2, 'visits', 'a.xlsx', 'ff', 'Petugas', '2025-03-02', 0, 'done'),
               (3, 'visits', 'b.xlsx', 'ee', 'Petugas', '2025-03-03', 0, 'undone');
"""


@pytest.fixture
def old_settings(new_settings: NewSettings) -> Settings:
    """Settings of a store that a program of version 1 made and filled."""
    settings = new_settings()
    engine = engine_of(settings)
    with engine.begin() as connection:
        migrate(connection, NOTHING, "1")
        for statement in HELD.split(";\n")[:-1]:
            connection.execute(text(statement))
    engine.dispose()
    return settings


def engine_of(settings: Settings) -> Engine:
    if settings.database_url:
        return create_engine(settings.database_url)
    file_of(settings).parent.mkdir(exist_ok=True)
    return create_engine(f"sqlite:///{file_of(settings)}")


def rows_of(connection: Connection, *columns: str, table: str) -> list[Any]:
    listing = ", ".join(columns) or "*"
    rows = connection.execute(text(f"SELECT {listing} FROM {table}"))
    return sorted((tuple(row) for row in rows), key=str)


def test_last_step_leads_to_the_schema_of_this_program() -> None:
    assert latest() == schema.SCHEMA_VERSION


def test_new_store_is_at_the_latest_version(any_store: Store) -> None:
    with any_store.read() as connection:
        assert read_meta(connection)["schema_version"] == latest()


def test_upgraded_store_has_the_schema_of_this_program(old_settings: Settings) -> None:
    store = open_store(old_settings)
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []
    store.close()


def test_upgraded_store_is_like_a_new_one(
    old_settings: Settings, new_settings: NewSettings
) -> None:
    stores = [open_store(old_settings), open_store(new_settings())]
    upgraded, new = (described(inspect(store.engine)) for store in stores)
    assert upgraded == new
    for store in stores:
        store.close()


def described(database: Inspector) -> dict[str, Any]:
    """Everything about the tables that Alembic compares, and the rules that it does not."""
    return {
        name: {
            "columns": [(one | {"type": str(one["type"])}) for one in database.get_columns(name)],
            "key": database.get_pk_constraint(name),
            "foreign": sorted(database.get_foreign_keys(name), key=str),
            "unique": sorted(database.get_unique_constraints(name), key=str),
            "rules": sorted(rule["sqltext"] for rule in database.get_check_constraints(name)),
            "indexes": sorted(
                (str(one["name"]), one["column_names"], one["unique"],
                 {kind: str(condition) for kind, condition in one["dialect_options"].items()})
                for one in database.get_indexes(name)
            ),
        }
        for name in sorted(database.get_table_names())
    }  # fmt: skip


def test_rows_survive(old_settings: Settings) -> None:
    engine = engine_of(old_settings)
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) - {"meta"}
        columns = {
            one: [column["name"] for column in inspect(connection).get_columns(one)]
            for one in tables
        }
        before = {one: rows_of(connection, *columns[one], table=one) for one in tables}
    engine.dispose()
    assert all(before.values())
    store = open_store(old_settings)
    with store.read() as connection:
        assert before == {one: rows_of(connection, *columns[one], table=one) for one in tables}
    store.close()


def test_imports_of_one_file_become_its_parts(old_settings: Settings) -> None:
    store = open_store(old_settings)
    with store.write() as connection:
        parts = connection.execute(select(schema.imports.c.id, schema.imports.c.part)).all()
        assert sorted(tuple(row) for row in parts) == [(1, 1), (2, 2), (3, 1)]
        row = {"table_name": "cases", "file_name": "c.csv", "sha256": "aa", "actor": "Petugas",
               "imported_at": "2025-04-01", "state": "done"}  # fmt: skip
        added = connection.execute(schema.imports.insert(), row)
        assert added.inserted_primary_key == (4,)
    store.close()


def test_what_the_audit_log_tells_of_imports_stands_in_the_history(
    old_settings: Settings,
) -> None:
    store = open_store(old_settings)
    found = {one.id: (one.rejected, one.undone_at, one.undone_by) for one in history(store)}
    assert found == {1: (15, "", ""), 2: (None, "", ""), 3: (None, "2025-03-04", "Kepala")}
    store.close()


def test_upgrade_raises_the_revision_and_keeps_who_it_is(old_settings: Settings) -> None:
    store = open_store(old_settings)
    assert store.revision().startswith("abc:8:")
    store.close()


def test_stores_opened_at_once_are_upgraded_once(old_settings: Settings) -> None:
    with ThreadPoolExecutor(3) as pool:
        stores = list(pool.map(open_store, [old_settings] * 3))
    with stores[0].read() as connection:
        assert read_meta(connection)["schema_version"] == latest()
        assert len(rows_of(connection, table="imports")) == 3
    copies = list(old_settings.data_dir.glob("pantau-versi-*"))
    assert len(copies) == stores[0].is_embedded
    for store in stores:
        store.close()


def test_upgrade_that_fails_changes_nothing(old_settings: Settings) -> None:
    engine = engine_of(old_settings)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE import_rows (x INTEGER)"))
    with pytest.raises(StoreUpgradeError, match=f"versi 1 ke {schema.SCHEMA_VERSION}"):
        open_store(old_settings)
    with engine.connect() as connection:
        assert read_meta(connection)["schema_version"] == "1"
        assert read_meta(connection)["revision"] == "7"
        assert "part" not in {one["name"] for one in inspect(connection).get_columns("imports")}
        assert len(rows_of(connection, table="imports")) == 3
    engine.dispose()


@pytest.mark.parametrize("new_settings", ["sqlite"], indirect=True)
def test_upgrade_that_fails_again_and_again_leaves_one_copy_of_each_content(
    old_settings: Settings,
) -> None:
    engine = engine_of(old_settings)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE import_rows (x INTEGER)"))
    with pytest.raises(StoreUpgradeError):
        open_store(old_settings)
    (made,) = old_settings.data_dir.glob("pantau-versi-1-*")
    first = made.rename(made.with_name("pantau-versi-1-20260101-000000.sqlite"))
    held = first.read_bytes()
    with pytest.raises(StoreUpgradeError):
        open_store(old_settings)
    assert list(old_settings.data_dir.glob("pantau-versi-1-*")) == [first]
    with engine.begin() as connection:
        connection.execute(text("UPDATE visits SET outcome = 'temuan'"))
    engine.dispose()
    with pytest.raises(StoreUpgradeError):
        open_store(old_settings)
    assert len(list(old_settings.data_dir.glob("pantau-versi-1-*"))) == 2
    assert first.read_bytes() == held
    assert not list(old_settings.data_dir.glob(".*"))


def test_store_of_version_2_is_upgraded_and_takes_the_answers_of_its_files(
    new_settings: NewSettings,
) -> None:
    settings = new_settings()
    engine = engine_of(settings)
    with engine.begin() as connection:
        migrate(connection, NOTHING, "2")
        for statement in HELD.split(";\n")[:8]:
            connection.execute(text(statement))
    engine.dispose()
    settings.data_dir.mkdir(exist_ok=True)
    held = '[{"kecamatan": "pontang", "desa": "lama", "code": "36.04.12.2001"}]'
    (settings.data_dir / PLACE_FILE).write_text(held)
    store = open_for_work(settings)
    with store.read() as connection:
        found = rows_of(connection, "kind", "subject", "answer", table="remembered")
        assert found == [("place", "pontang|lama", "36.04.12.2001")]
        assert len(rows_of(connection, table="visits")) == 1
    store.close()


@pytest.mark.parametrize("new_settings", ["sqlite"], indirect=True)
def test_file_is_copied_before_it_is_upgraded(old_settings: Settings) -> None:
    open_store(old_settings).close()
    others = [path for path in old_settings.data_dir.iterdir() if path.name != FILE_NAME]
    (copy,) = others
    assert copy.name.startswith("pantau-versi-1-")
    connection = sqlite3.connect(copy)
    known = dict(connection.execute("SELECT key, value FROM meta").fetchall())
    assert (known["schema_version"], known["revision"]) == ("1", "7")
    assert connection.execute("SELECT source_key FROM visits").fetchall() == [("k1",)]
    connection.close()


def test_upgraded_store_knows_the_offices_and_lets_others_come(old_settings: Settings) -> None:
    store = open_store(old_settings)
    with store.write() as connection:
        assert rows_of(connection, table="offices") == [
            ("cilegon", "Kanim Cilegon"),
            ("serang", "Kanim Serang"),
        ]
        connection.execute(schema.kecamatan.update().values(office="tangerang"))
    store.close()


def test_events_still_need_their_kecamatan_after_the_upgrade(old_settings: Settings) -> None:
    store = open_store(old_settings)
    with pytest.raises(IntegrityError), store.write() as connection:
        connection.execute(schema.kecamatan.delete())
    store.close()
