"""The file of an open store is replaced, removed, cut, written over or locked: nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine, event, func, insert, select

from data_access import schema, store_file
from data_access.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreJournalError,
    StoreMissingError,
    StoreReplacedError,
)
from data_access.migrations import NOTHING, migrate
from data_access.store import FILE_NAME, Store, file_of, open_store

VISIT = {
    "source_key": "k1",
    "visited_on": "2026-10-01",
    "village_code": "36.04.12.2001",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
}


def add(store: Store, *keys: str) -> None:
    with store.write() as connection:
        connection.execute(insert(schema.visits), [VISIT | {"source_key": key} for key in keys])


def keys_of(store: Store) -> list[str]:
    with store.read() as connection:
        return sorted(connection.scalars(select(schema.visits.c.source_key)))


def keys_on_disk(path: Path) -> list[str]:
    """What a program that comes later finds, in a file that is sound."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return sorted(key for (key,) in connection.execute("SELECT source_key FROM visits"))


@pytest.fixture
def path(empty_store: Store) -> Path:
    return file_of(empty_store.settings)


@pytest.fixture
def backup(empty_store: Store, path: Path, tmp_path: Path) -> Path:
    """An earlier copy of the store, which has had other changes since."""
    add(empty_store, "lama")
    copy = tmp_path / "cadangan.sqlite"
    with closing(sqlite3.connect(path)) as origin, closing(sqlite3.connect(copy)) as target:
        origin.backup(target)
    add(empty_store, *(f"baru-{number}" for number in range(400)))
    return copy


def renamed(backup: Path, path: Path) -> None:
    backup.replace(path)


def copied(backup: Path, path: Path) -> None:
    shutil.copyfile(backup, path)


def recreated(backup: Path, path: Path) -> None:
    path.unlink()
    shutil.copyfile(backup, path)


# How a backup comes back.
Restore = Callable[[Path, Path], None]
RESTORES = [renamed, copied, recreated]


@pytest.fixture(params=RESTORES)
def restore(request: pytest.FixtureRequest) -> Restore:
    way: Restore = request.param
    return way


# --- a backup comes back while nothing is going on -------------------------------------------


def test_what_is_written_after_a_restore_is_kept_in_the_restored_file(
    empty_store: Store, path: Path, backup: Path, restore: Restore
) -> None:
    restore(backup, path)
    add(empty_store, "k1")
    assert keys_of(empty_store) == ["k1", "lama"]
    empty_store.close()
    assert keys_on_disk(path) == ["k1", "lama"]


def test_a_restored_file_is_read_at_once_under_another_revision(
    empty_store: Store, path: Path, backup: Path, restore: Restore
) -> None:
    before = empty_store.revision()
    restore(backup, path)
    assert keys_of(empty_store) == ["lama"]
    assert empty_store.revision() != before


def test_a_restored_file_that_was_changed_as_often_has_another_revision(
    empty_store: Store, path: Path, backup: Path
) -> None:
    before = empty_store.revision()
    renamed(backup, path)
    add(empty_store, "k1")
    assert empty_store.revision().split(":")[:2] == before.split(":")[:2]
    assert empty_store.revision() != before


def test_a_restored_file_of_an_older_version_is_brought_up_to_date(
    empty_store: Store, path: Path, restore: Restore, tmp_path: Path
) -> None:
    keys_of(empty_store)
    older = tmp_path / "lama.sqlite"
    make_older(older)
    restore(older, path)
    add(empty_store, "k1")
    assert keys_of(empty_store) == ["k1"]
    assert len(list(path.parent.glob("pantau-versi-2-*"))) == 1


def make_older(path: Path) -> None:
    """A store as a program of version 2 made it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate(connection, NOTHING, "2")
        for statement in (
            "INSERT INTO meta VALUES ('store_id', 'abc'), ('revision', '7')",
            "INSERT INTO kecamatan (code, name) VALUES ('36.04.12', 'Pontang')",
            "INSERT INTO villages (code, kecamatan_code, name) "
            "VALUES ('36.04.12.2001', '36.04.12', 'Satu')",
        ):
            connection.exec_driver_sql(statement)
    engine.dispose()


# --- while something is going on -------------------------------------------------------------


def test_a_write_during_which_a_backup_comes_back_is_not_acknowledged(
    empty_store: Store, path: Path, backup: Path, restore: Restore
) -> None:
    not_kept = pytest.raises(StoreReplacedError, match="tidak ada di berkas yang sekarang")
    with not_kept, empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
        restore(backup, path)
    assert keys_of(empty_store) == ["lama"]
    add(empty_store, "k2")
    empty_store.close()
    assert keys_on_disk(path) == ["k2", "lama"]


def test_a_write_during_which_the_file_goes_away_is_not_acknowledged(
    empty_store: Store, path: Path
) -> None:
    aside = path.with_name("disimpan.sqlite")
    with pytest.raises(StoreReplacedError), empty_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
        path.rename(aside)
    assert not path.exists()
    aside.rename(path)
    add(empty_store, "k2")
    assert keys_of(empty_store) == ["k2"]


@pytest.mark.parametrize("restore", [renamed, recreated])
def test_a_write_is_not_acknowledged_if_a_backup_comes_back_at_its_very_end(
    empty_store: Store, path: Path, backup: Path, restore: Restore
) -> None:
    def exchange(*_: object) -> None:
        if backup.exists() and "k1" in keys_on_disk(path):
            restore(backup, path)
            backup.unlink(missing_ok=True)

    event.listen(empty_store.engine, "close", exchange)
    with pytest.raises(StoreReplacedError):
        add(empty_store, "k1")
    assert not backup.exists()
    assert keys_of(empty_store) == ["lama"]
    add(empty_store, "k2")
    empty_store.close()
    assert keys_on_disk(path) == ["k2", "lama"]


def test_what_was_read_while_a_backup_comes_back_is_not_used(
    empty_store: Store, path: Path, backup: Path, restore: Restore
) -> None:
    with pytest.raises(StoreReplacedError), empty_store.read() as connection:
        connection.scalar(select(func.count()).select_from(schema.kecamatan))
        restore(backup, path)
        connection.scalars(select(schema.visits.c.source_key)).all()
    assert keys_of(empty_store) == ["lama"]


def test_the_journal_of_a_replaced_file_never_reaches_the_new_one(
    empty_store: Store, path: Path, backup: Path, restore: Restore
) -> None:
    with pytest.raises(StoreReplacedError), empty_store.read() as reader:
        reader.scalar(select(func.count()).select_from(schema.visits))
        # The reader keeps what is written now in the journal, where it is kept and acknowledged.
        add(empty_store, *(f"lagi-{number}" for number in range(400)))
        restore(backup, path)
    assert keys_of(empty_store) == ["lama"]
    empty_store.close()
    assert keys_on_disk(path) == ["lama"]


# --- removed, cut, not ours ------------------------------------------------------------------


@pytest.mark.parametrize("use", [keys_of, add])
def test_a_file_that_was_removed_is_missed_and_none_is_made(
    empty_store: Store, path: Path, use: Callable[[Store], object]
) -> None:
    add(empty_store, "k1")
    aside = path.rename(path.with_name("disimpan.sqlite"))
    with pytest.raises(StoreMissingError, match=FILE_NAME):
        use(empty_store)
    with pytest.raises(StoreMissingError, match=FILE_NAME):
        open_store(empty_store.settings)
    assert not path.exists()
    aside.rename(path)
    assert keys_of(empty_store) == ["k1"]


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.97])
@pytest.mark.parametrize("use", [keys_of, add])
def test_a_file_that_was_cut_is_told_and_left_as_it_is(
    empty_store: Store, path: Path, backup: Path, share: float, use: Callable[[Store], object]
) -> None:
    size = int(path.stat().st_size * share)
    os.truncate(path, size)
    with pytest.raises(StoreDamagedError, match="Hentikan aplikasi"):
        use(empty_store)
    assert path.stat().st_size == size
    copied(backup, path)
    add(empty_store, "k1")
    assert keys_of(empty_store) == ["k1", "lama"]


def test_a_file_that_is_no_store_any_more_is_told_and_left_as_it_is(
    empty_store: Store, path: Path
) -> None:
    path.write_text("bukan basis data " * 5000)
    with pytest.raises(StoreDamagedError):
        add(empty_store, "k1")
    with closing(sqlite3.connect(path.with_name("lain.sqlite"))) as connection:
        connection.execute("CREATE TABLE lain (x)")
    path.with_name("lain.sqlite").replace(path)
    before = path.read_bytes()
    with pytest.raises(StoreDamagedError):
        add(empty_store, "k1")
    assert path.read_bytes() == before


# --- a journal that was left -----------------------------------------------------------------

WRITER = (
    "import os, sqlite3, sys\n"
    "c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
    "c.execute('PRAGMA wal_autocheckpoint=0')\n"
    "c.execute(\"DELETE FROM visits WHERE source_key LIKE 'baru-%' AND rowid % 2\")\n"
    "c.execute(\"UPDATE villages SET pimpasa = printf('%200d', rowid)\")\n"
    "os.kill(os.getpid(), 9)"
)


@pytest.fixture
def left_journal(empty_store: Store, path: Path, backup: Path) -> Iterator[Path]:
    """What a program that was killed left beside the file: acknowledged, not yet in it."""
    empty_store.close()
    subprocess.run([sys.executable, "-c", WRITER, str(path)], check=False)
    journal = path.with_name(f"{FILE_NAME}-wal")
    assert journal.stat().st_size > 100_000
    yield journal


def test_what_a_killed_program_kept_in_its_journal_is_there(
    empty_store: Store, left_journal: Path
) -> None:
    assert len(keys_of(open_store(empty_store.settings))) == 201
    assert not left_journal.exists()


def test_a_journal_that_was_left_is_never_written_over_another_file(
    empty_store: Store, path: Path, backup: Path, left_journal: Path, restore: Restore
) -> None:
    restored = backup.read_bytes()
    restore(backup, path)
    for _ in range(2):
        with pytest.raises(StoreJournalError, match=f"{FILE_NAME}-wal"):
            open_store(empty_store.settings)
        with pytest.raises(StoreJournalError, match="Hentikan aplikasi"):
            add(empty_store, "k1")
    assert path.read_bytes() == restored
    left_journal.unlink()
    add(empty_store, "k1")
    assert keys_of(empty_store) == ["k1", "lama"]


def test_no_new_store_is_made_beside_the_journal_of_a_lost_one(
    empty_store: Store, path: Path, left_journal: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "lain"
    elsewhere.mkdir()
    shutil.copy(left_journal, elsewhere)
    settings = replace(empty_store.settings, data_dir=elsewhere)
    with pytest.raises(StoreJournalError, match=f"{FILE_NAME}-wal"):
        open_store(settings)
    assert [one.name for one in elsewhere.iterdir()] == [left_journal.name]


# --- locked ----------------------------------------------------------------------------------


def test_a_locked_file_is_read_and_a_write_says_so(
    empty_store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_file, "WRITE_SECONDS", 0.2)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert keys_of(empty_store) == []
    with pytest.raises(StoreBusyError, match="dipakai proses lain"):
        add(empty_store, "k1")
    other.execute("ROLLBACK")
    other.close()
    add(empty_store, "k1")
    assert keys_of(empty_store) == ["k1"]


def test_a_reader_gives_up_on_a_file_that_somebody_keeps_for_himself(
    empty_store: Store, path: Path
) -> None:
    empty_store.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("PRAGMA user_version=1")
    started = time.monotonic()
    with pytest.raises(StoreBusyError):
        keys_of(empty_store)
    assert time.monotonic() - started < 20
    other.close()
    assert keys_of(empty_store) == []


def test_every_sentence_says_what_to_do_with_the_application() -> None:
    told: list[StoreError] = [
        StoreDamagedError("x"),
        StoreMissingError("x"),
        StoreJournalError("x", "x-wal"),
    ]
    assert all("entikan aplikasi" in str(one) for one in told)
