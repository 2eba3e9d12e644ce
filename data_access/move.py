"""From the embedded SQLite file to the office's PostgreSQL: everything or nothing.

Owns copying all rows by COPY in one transaction, and the proof that both sides hold the
same. The SQLite file is only read; while it is copied, nobody writes to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Table,
    delete,
    false,
    func,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.exc import DataError, IntegrityError

from data_access.bulk import bulk_insert
from data_access.errors import (
    MoveRefusedError,
    MoveSourceMissingError,
    MoveTargetNotEmptyError,
    MoveUnequalError,
)
from data_access.fingerprint import Fingerprint, fingerprint, plain_rows
from data_access.intake.opening import open_for_work
from data_access.schema import TABLES, UNKNOWN_OFFICE, kecamatan, meta, offices, villages
from data_access.settings import Settings, server_url
from data_access.store import Store, file_of, has_file

# What the store knows about itself; a copy is a store of its own with writes of its own.
_OWN_KEYS = ("store_id", "revision", "written", "written_before", "schema_version")

# A fresh store has all areas, of which it knows nothing but code, name and kecamatan.
_AREAS = (kecamatan, villages)
# What a fresh store already holds, in the order in which it may be inserted.
_FRESH = (offices, *_AREAS)
_GIVEN = frozenset({"code", "name", "kecamatan_code"})


@dataclass(frozen=True)
class Moved:
    """One table that was copied; both sides have this fingerprint."""

    table: str
    fingerprint: Fingerprint


@dataclass(frozen=True)
class Move:
    """What was copied from where to where, without any password."""

    source: str
    target: str
    tables: tuple[Moved, ...]

    @property
    def text(self) -> str:
        """Tell it to people, with a line per table."""
        lines = [f"{'Tabel':<20}{'Baris':>9}  SHA-256 isi, sama di asal dan tujuan"]
        lines += [
            f"{one.table:<20}{one.fingerprint.rows:>9}  {one.fingerprint.digest}"
            for one in self.tables
        ]
        return (
            "\n".join(lines) + f"\nSemua tabel {self.source} sudah ada di {self.target}.\n"
            "Setel PANTAU_DATABASE_URL ke alamat itu agar dasbor memakainya; berkas asal tidak "
            "diubah.\n"
        )


def move(settings: Settings, address: str) -> Move:
    """Copy the embedded store of the settings to an empty PostgreSQL database.

    Args:
        settings: say where the SQLite file is; their own server address is not used.
        address: of the target; tables are made where there are none.

    Raises:
        DatabaseUrlError: if the address is no PostgreSQL address.
        MoveError: if there is no SQLite file, the target holds data, or a row does not arrive.
        StoreError: if either side cannot be opened.
    """
    target_settings = replace(settings, database_url=server_url("--to", address))
    embedded = replace(settings, database_url="")
    if not has_file(embedded):
        raise MoveSourceMissingError(file_of(embedded))
    with _opened(embedded) as source, _opened(target_settings) as target:
        # Both connections keep other writers out until the copy is proved and kept.
        with source.hold() as origin, target.write() as copy:
            _refuse_if_used(target.where, copy)
            moved = tuple(_copy_all(target.where, origin, copy))
        return Move(source.where, target.where, moved)


@contextmanager
def _opened(settings: Settings) -> Iterator[Store]:
    store = open_for_work(settings)
    try:
        yield store
    finally:
        store.close()


# --- an empty target -------------------------------------------------------------------------


def _refuse_if_used(where: str, connection: Connection) -> None:
    counts = {
        table.name: connection.scalar(
            select(func.count()).select_from(table).where(_is_entered(table))
        )
        or 0
        for table in TABLES
    }
    if used := {table: count for table, count in counts.items() if count}:
        raise MoveTargetNotEmptyError(where, used)


def _is_entered(table: Table) -> ColumnElement[bool]:
    """Say which rows somebody entered: no office, and no area of which nothing is known yet."""
    if table is offices:
        return false()
    if table not in _AREAS:
        return true()
    return or_(
        *(
            column.is_not(None)
            for column in table.columns
            if column.nullable and column.name not in _GIVEN
        ),
        *(
            [villages.c.is_assisted]
            if table is villages
            else [kecamatan.c.office != UNKNOWN_OFFICE]
        ),
    )


# --- copy and proof --------------------------------------------------------------------------


def _copy_all(where: str, origin: Connection, copy: Connection) -> Iterator[Moved]:
    for table in reversed(_FRESH):
        copy.execute(delete(table))
    copy.execute(delete(meta).where(_is_carried(meta)))
    for table in (*TABLES, meta):
        _copy_table(where, origin, copy, table)
    for table in (*TABLES, meta):
        expected = fingerprint(origin, table, _is_carried(table))
        found = fingerprint(copy, table, _is_carried(table))
        if found != expected:
            raise MoveUnequalError(table.name, expected.rows, found.rows)
        yield Moved(table.name, found)


def _is_carried(table: Table) -> ColumnElement[bool]:
    return meta.c.key.not_in(_OWN_KEYS) if table is meta else true()


def _copy_table(where: str, origin: Connection, copy: Connection, table: Table) -> None:
    try:
        bulk_insert(copy, table, plain_rows(origin, table, _is_carried(table)))
    except (IntegrityError, DataError) as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise MoveRefusedError(where, table.name, reason) from error
    _continue_numbering(copy, table)


def _continue_numbering(copy: Connection, table: Table) -> None:
    """Let the next row that the database numbers itself follow the last one copied."""
    key = table.autoincrement_column
    if key is None or not isinstance(key.type, Integer):
        return
    last = copy.scalar(select(func.max(key)))
    if last is not None:
        copy.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, :key), :last)"),
            {"table": table.name, "key": key.name, "last": last},
        )
