"""A SQLite store is copied to PostgreSQL: all of it, proved, or nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Table, create_engine, func, insert, select, text, update

from data_access import move as moving
from data_access import schema
from data_access.cli import main
from data_access.errors import (
    DatabaseUrlError,
    MoveRefusedError,
    MoveSourceMissingError,
    MoveTargetNotEmptyError,
    MoveUnequalError,
    StoreUnavailableError,
)
from data_access.fingerprint import Fingerprint
from data_access.intake.writing.memory import forget, list_memory, load_memory, remember_places
from data_access.move import move
from data_access.numbers.indicators import INDICATORS, LEVELS, table
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection
from data_access.sample.life import make_sample
from data_access.settings import Settings, current_settings
from data_access.store import Store, file_of, open_store
from tests.postgres import KINDS, Server

ROOT = Path(__file__).parents[2]
YEAR = Selection(Period(Month(2026, 1), Month(2026, 10)))
VISIT = {
    "source_key": "k1",
    "visited_on": "2026-10-01",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
    "latitude": -6.03125,
}
AUDIT = {"at": "2026-10-01", "actor": "Petugas", "action": "impor",
         "previous_hash": "0", "hash": "1"}  # fmt: skip


@pytest.fixture(params=KINDS)
def target(request: pytest.FixtureRequest) -> str:
    """The address of an empty database, on each kind of server."""
    server: Server = request.getfixturevalue(f"{request.param}_server")
    return server.new_database()


@pytest.fixture
def one_target(packaged_server: Server) -> str:
    return packaged_server.new_database()


@pytest.fixture
def source(empty_store: Store) -> Store:
    """A store with a visit and an entry in the log."""
    with empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
        connection.execute(insert(schema.audit_log), [AUDIT, AUDIT])
    return empty_store


@pytest.fixture
def opened() -> Iterator[list[Store]]:
    stores: list[Store] = []
    yield stores
    for store in stores:
        store.close()


def at(address: str, settings: Settings) -> Settings:
    read = current_settings({"PANTAU_DATABASE_URL": address})
    return replace(settings, database_url=read.database_url)


def rows_at(address: str, settings: Settings) -> dict[str, int]:
    """Count what a store holds beside its areas."""
    store = open_store(at(address, settings))
    with store.read() as connection:
        counts = {
            one.name: connection.scalar(select(func.count()).select_from(one)) or 0
            for one in schema.TABLES
        }
    store.close()
    assert (counts.pop("kecamatan"), counts.pop("villages"), counts.pop("offices")) == (29, 326, 2)
    return {name: count for name, count in counts.items() if count}


def test_whole_sample_arrives_and_counts_the_same(
    sample_store: Store, sample_rollup: Rollup, target: str, opened: list[Store]
) -> None:
    done = move(sample_store.settings, target)
    assert [one.table for one in done.tables] == [*(one.name for one in schema.TABLES), "meta"]
    opened.append(open_store(at(target, sample_store.settings)))
    assert opened[0].is_sample
    rollup = load_rollup(opened[0])
    for level in LEVELS:
        pd.testing.assert_frame_equal(
            table(rollup, INDICATORS, level, YEAR),
            table(sample_rollup, INDICATORS, level, YEAR),
            rtol=1e-12,
        )


def test_copy_is_a_store_of_its_own(source: Store, one_target: str, opened: list[Store]) -> None:
    move(source.settings, one_target)
    opened.append(open_store(at(one_target, source.settings)))
    assert opened[0].revision().split(":")[0] != source.revision().split(":")[0]


def test_numbering_continues_after_the_copied_rows(
    source: Store, one_target: str, opened: list[Store]
) -> None:
    move(source.settings, one_target)
    opened.append(open_store(at(one_target, source.settings)))
    with opened[0].write() as connection:
        added = connection.execute(insert(schema.audit_log), AUDIT)
        assert added.inserted_primary_key == (3,)


def test_what_officers_answered_is_moved_and_can_be_forgotten_there(
    source: Store, one_target: str, opened: list[Store]
) -> None:
    remember_places(source, "ani", {("Tirtayasa", "Lama"): "36.04.13.2007"})
    move(source.settings, one_target)
    opened.append(open_store(at(one_target, source.settings)))
    assert load_memory(opened[0]) == load_memory(source)
    forget(opened[0], list_memory(opened[0])[0].id, "budi")
    remember_places(opened[0], "ani", {("Tirtayasa", "Baru"): "36.04.13.2007"})
    assert [one.id for one in list_memory(opened[0])] == [2]


def test_source_is_left_as_it_was(source: Store, one_target: str) -> None:
    before = source.revision()
    move(source.settings, one_target)
    assert source.revision() == before


def test_nobody_writes_while_the_source_is_copied(source: Store) -> None:
    other = sqlite3.connect(file_of(source.settings), timeout=0)
    with source.hold(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("DELETE FROM visits")
    other.close()


# --- what is refused -------------------------------------------------------------------------


def test_target_with_rows_is_refused_and_left_alone(source: Store, one_target: str) -> None:
    move(source.settings, one_target)
    with pytest.raises(MoveTargetNotEmptyError, match=r"visits \(1 baris\)"):
        move(source.settings, one_target)
    assert rows_at(one_target, source.settings) == {"visits": 1, "audit_log": 2}


@pytest.mark.parametrize(
    ("area", "values"),
    [(schema.villages, {"is_assisted": True}), (schema.kecamatan, {"population": 1})],
)
def test_target_that_knows_of_areas_is_refused(
    source: Store, one_target: str, opened: list[Store], area: Table, values: dict[str, object]
) -> None:
    opened.append(open_store(at(one_target, source.settings)))
    with opened[0].write() as connection:
        connection.execute(update(area).values(**values))
    with pytest.raises(MoveTargetNotEmptyError, match=area.name):
        move(source.settings, one_target)


def test_missing_file_is_named_and_not_made(tmp_path: Path, one_target: str) -> None:
    with pytest.raises(MoveSourceMissingError, match="PANTAU_DATA_DIR"):
        move(Settings(data_dir=tmp_path / "lain"), one_target)
    assert not (tmp_path / "lain").exists()


def test_folder_that_cannot_be_looked_into_is_explained(tmp_path: Path, one_target: str) -> None:
    with pytest.raises(StoreUnavailableError, match="namanya terlalu panjang"):
        move(Settings(data_dir=tmp_path / ("a" * 300)), one_target)


@pytest.mark.parametrize(
    "address", ["", "mysql://a:rahasia@b/c", "postgresql://a:rahasia@b:port/c", "rahasia"]
)
def test_address_that_is_none_is_refused_without_its_password(source: Store, address: str) -> None:
    with pytest.raises(DatabaseUrlError) as refused:
        move(source.settings, address)
    assert "rahasia" not in str(refused.value)
    assert refused.value.__cause__ is None


# --- nothing by halves -----------------------------------------------------------------------


def test_value_that_the_target_cannot_hold_keeps_everything_out(source: Store, target: str) -> None:
    with source.write() as connection:
        row = {"source_key": "c1", "reported_on": "2026-10-01", "destination_country": "MALAYSIA"}
        connection.execute(insert(schema.cases), row)
    with pytest.raises(MoveRefusedError, match="cases"):
        move(source.settings, target)
    assert rows_at(target, source.settings) == {}


def test_difference_keeps_everything_out(
    source: Store, one_target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    prints = iter([Fingerprint(1, "a"), Fingerprint(1, "b")])
    monkeypatch.setattr(moving, "fingerprint", lambda *_arguments: next(prints))
    with pytest.raises(MoveUnequalError, match="kecamatan"):
        move(source.settings, one_target)
    assert rows_at(one_target, source.settings) == {}


def test_killed_move_leaves_the_target_empty(source: Store, target: str) -> None:
    settings = at(target, source.settings)
    open_store(settings).close()
    engine = create_engine(settings.database_url)
    with engine.begin() as blocking:
        # Visits are copied by then; the log that follows has to wait for this lock.
        blocking.execute(text("LOCK TABLE audit_log IN SHARE MODE"))
        process = subprocess.Popen(
            [sys.executable, "-m", "data_access", "move", "--to", target],
            cwd=ROOT,
            env={**os.environ, "PANTAU_DATA_DIR": str(source.settings.data_dir)},
        )
        waiting = text(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'audit_log'::regclass"
        )
        deadline = time.monotonic() + 30
        while not blocking.scalar(waiting):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
    engine.dispose()
    assert rows_at(target, source.settings) == {}
    move(source.settings, target)
    assert rows_at(target, source.settings) == {"visits": 1, "audit_log": 2}


# --- the command -----------------------------------------------------------------------------


def test_command_shows_the_proof_and_no_password(
    source: Store, one_target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"{one_target}{'&' if '?' in one_target else '?'}password=rahasia"
    environment = {"PANTAU_DATA_DIR": str(source.settings.data_dir)}
    assert main(["move", "--to", address], environment) == 0
    written = capsys.readouterr()
    assert "visits                      1  " in written.out
    assert "rahasia" not in written.out + written.err
    assert main(["move", "--to", address], environment) == 1
    written = capsys.readouterr()
    assert "sudah berisi data" in written.err
    assert "rahasia" not in written.out + written.err


def test_moved_sample_can_be_renewed(
    sample_store: Store, one_target: str, opened: list[Store]
) -> None:
    move(sample_store.settings, one_target)
    opened.append(open_store(at(one_target, sample_store.settings)))
    make_sample(opened[0], sample_store.settings.today)
    assert opened[0].is_sample
