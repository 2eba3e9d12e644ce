"""Where programme data is kept: one SQLite file, or the office's PostgreSQL.

Owns opening, first creation, bringing an older schema up to date, transactions and the
revision that says when something changed. Knows no indicator.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, SQLAlchemyError

from data_access import schema
from data_access.errors import (
    StoreAreaError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreUnavailableError,
    StoreUpgradeError,
    StoreVersionError,
)
from data_access.meta import raise_revision, read_meta, wait_for_writers
from data_access.settings import WIB, Settings
from geo.area import area
from geo.errors import os_reason
from geo.gazetteer import gazetteer

FILE_NAME = "pantau.sqlite"

# Long enough to outwait another process that fills the sample data (about a second).
BUSY_SECONDS = 30

# A server that does not answer by then is down; without a limit, TCP would wait two minutes.
CONNECT_SECONDS = 10

# Any fixed number: all processes that create tables in one PostgreSQL take the same lock.
_CREATION_LOCK = 360_400

_WRITING = "pantau_writing"

# PostgreSQL's codes for: no such table, no such column, no right to do that.
_FOREIGN_TABLES = ("42P01", "42703")
_NO_RIGHT = "42501"


@dataclass(frozen=True, eq=False)
class Store:
    """An open database that has the tables, all desa and kecamatan, and a revision."""

    engine: Engine
    settings: Settings

    @property
    def is_embedded(self) -> bool:
        """Whether this is the SQLite file (and not a database server)."""
        return self.engine.dialect.name == "sqlite"

    @property
    def where(self) -> str:
        """Say where the data is, without any password."""
        if self.is_embedded:
            return str(self.engine.url.database)
        return _without_password(self.engine.url)

    @property
    def is_sample(self) -> bool:
        """Whether the rows are sample data ("DATA CONTOH")."""
        with self.read() as connection:
            return read_meta(connection).get("is_sample") == "1"

    def revision(self) -> str:
        """Return a text that changes with every write, and with the settings that counts use."""
        with self.read() as connection:
            known = read_meta(connection)
        settings = self.settings
        return ":".join(
            (
                known["store_id"],
                known["revision"],
                settings.today.isoformat(),
                f"{settings.overdue_days}-{settings.due_days}-{settings.office}",
            )
        )

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the data.

        Raises:
            StoreError: if the database cannot be read.
        """
        with _explained(self.where), self.engine.connect() as connection:
            if self.is_embedded:
                yield connection  # A transaction on SQLite sees one state by itself.
            else:
                yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction; it is kept and the revision raised only if nothing is raised.

        Raises:
            StoreError: if the database cannot be written.
        """
        with _explained(self.where), self.engine.connect() as connection:
            writing = connection.execution_options(**{_WRITING: True})
            with writing.begin():
                raise_revision(writing)
                yield writing

    @contextmanager
    def log(self) -> Iterator[Connection]:
        """Open a transaction for the audit log alone: no figure changes, nor does the revision.

        Raises:
            StoreError: if the database cannot be written.
        """
        with _explained(self.where), self.engine.connect() as connection:
            writing = connection.execution_options(**{_WRITING: True})
            with writing.begin():
                wait_for_writers(writing)
                yield writing

    @contextmanager
    def hold(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the embedded store and keeps writers out.

        Raises:
            StoreError: if the database cannot be read, or somebody else keeps writing.
        """
        with _explained(self.where), self.engine.connect() as connection:
            holding = connection.execution_options(**{_WRITING: True})
            with holding.begin() as transaction:
                yield holding
                transaction.rollback()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_store(settings: Settings) -> Store:
    """Open the database of the settings, making it first where there is none.

    A new database holds the offices, kecamatan and desa of the area and nothing else. One with
    an older schema is brought up to date, after a copy of the SQLite file was put beside it.
    Processes that start at the same time end up with the same database. What earlier programs
    kept in files is taken over by ``intake.opening``.

    Raises:
        StoreError: if it cannot be opened, is damaged, or belongs to a newer program.
    """
    store = _open_server(settings) if settings.database_url else _open_file(settings)
    try:
        with store.read() as connection:
            is_older = _is_older(store.where, read_meta(connection))
        if is_older:
            _upgrade(store)
        _check_area(store)
    except StoreError:
        store.close()
        raise
    return store


def file_of(settings: Settings) -> Path:
    """Return where the embedded store of these settings is, or would be."""
    return settings.data_dir.absolute() / FILE_NAME


def has_file(settings: Settings) -> bool:
    """Say whether the embedded store of these settings was made already.

    Raises:
        StoreUnavailableError: if the folder cannot be looked into.
    """
    path = file_of(settings)
    try:
        return path.exists()
    except OSError as error:
        raise StoreUnavailableError(str(path), os_reason(error)) from error


# --- SQLite --------------------------------------------------------------------------------


def _open_file(settings: Settings) -> Store:
    path = file_of(settings)
    if not has_file(settings):
        with _explained(str(path)):
            try:
                _create_file(path)
            except OSError as error:
                raise StoreUnavailableError(str(path), os_reason(error)) from error
    return Store(_sqlite_engine(path), settings)


def _create_file(path: Path) -> None:
    """Make the file under another name and put it in place whole, unless another was faster."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        engine = _sqlite_engine(draft)
        with engine.begin() as connection:
            _create_tables(connection)
        engine.dispose()
        _put_in_place(draft, path)
    finally:
        for leftover in draft.parent.glob(f"{draft.name}*"):
            leftover.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:
        # Some file systems know no hard links; there a tiny race remains.
        if not path.exists():
            draft.rename(path)


def _sqlite_engine(path: Path) -> Engine:
    engine = create_engine(
        make_url("sqlite://").set(database=str(path)),
        connect_args={"timeout": BUSY_SECONDS},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_connection(connection: Any, _record: object) -> None:
    # The driver must not begin transactions of its own: "_begin" says which kind.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


# --- PostgreSQL ----------------------------------------------------------------------------


def _open_server(settings: Settings) -> Store:
    store = Store(_server_engine(make_url(settings.database_url)), settings)
    with _explained(store.where), store.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CREATION_LOCK})
        if not inspect(connection).has_table(schema.meta.name):
            _check_encoding(store.where, connection)
            _create_tables(connection)
    return store


def _server_engine(url: URL) -> Engine:
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": CONNECT_SECONDS}
    return create_engine(url, pool_pre_ping=True, connect_args=patience, hide_parameters=True)


def _check_encoding(where: str, connection: Connection) -> None:
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreUnavailableError(where, f"pengodean teksnya {encoding}, seharusnya UTF8")


def _without_password(url: URL) -> str:
    """Write the address for people; the driver also takes passwords behind the question mark."""
    secret = [key for key in url.query if "pass" in key.lower()]
    return url.difference_update_query(secret).render_as_string(hide_password=True)


# --- both ----------------------------------------------------------------------------------


def _create_tables(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    connection.execute(
        insert(schema.meta),
        [
            {"key": "schema_version", "value": schema.SCHEMA_VERSION},
            {"key": "store_id", "value": secrets.token_hex(8)},
            {"key": "revision", "value": "0"},
            {"key": "is_sample", "value": "0"},
            {"key": "is_prepared", "value": "0"},
        ],
    )
    _note_offices(connection)
    areas = gazetteer()
    connection.execute(
        insert(schema.kecamatan), [{"code": k.code, "name": k.name} for k in areas.kecamatan]
    )
    connection.execute(
        insert(schema.villages),
        [{"code": d.code, "kecamatan_code": d.kecamatan_code, "name": d.name} for d in areas.desa],
    )


def _check_area(store: Store) -> None:
    """Refuse the data of another kabupaten, and bring the table of offices up to date.

    Raises:
        StoreAreaError: if the kecamatan are not of the area that this process is for.
    """
    with store.read() as connection:
        codes = connection.scalars(select(schema.kecamatan.c.code)).all()
        rows = connection.execute(select(schema.offices)).all()
    if strange := [code for code in codes if not code.startswith(f"{area().code}.")]:
        raise StoreAreaError(store.where, strange[0])
    known = {row.id: row.name for row in rows}
    if any(known.get(one.id) != one.name for one in area().offices):
        with store.write() as connection:
            _note_offices(connection)


def _note_offices(connection: Connection) -> None:
    """Put the area's offices into their table; one that it no longer names stays."""
    for office in area().offices:
        connection.execute(delete(schema.offices).where(schema.offices.c.id == office.id))
        connection.execute(insert(schema.offices), {"id": office.id, "name": office.name})


def _is_older(where: str, known: dict[str, str]) -> bool:
    """Say whether the schema must be brought up to date first.

    Raises:
        StoreVersionError: if it is of a newer program, or says nothing of its version.
    """
    found = known.get("schema_version", "")
    if not found.isdecimal() or int(found) > int(schema.SCHEMA_VERSION):
        raise StoreVersionError(where, found or "?", schema.SCHEMA_VERSION)
    return int(found) < int(schema.SCHEMA_VERSION)


def _upgrade(store: Store) -> None:
    """Bring an older schema up to date: all of it or nothing."""
    # Alembic takes a tenth of a second to load, and is needed once in a store's life.
    from data_access.migrations import MigrationError, migrate

    with store.write() as connection:
        known = read_meta(connection)
        # Another process may have done it while this one waited for the lock.
        if not _is_older(store.where, known):
            return
        found = known["schema_version"]
        try:
            if store.is_embedded:
                _copy_aside(file_of(store.settings), found)
            migrate(connection, found)
        except (OSError, sqlite3.Error, SQLAlchemyError, MigrationError) as error:
            reason = str(error).strip().splitlines()[0]
            raise StoreUpgradeError(store.where, found, schema.SCHEMA_VERSION, reason) from error


def _copy_aside(path: Path, version: str) -> None:
    """Put a copy of the file, as it was before the present transaction, beside it."""
    moment = datetime.now(WIB).strftime("%Y%m%d-%H%M%S")
    copy = path.with_name(f"{path.stem}-versi-{version}-{moment}{path.suffix}")
    draft = copy.with_name(f".{copy.name}.{secrets.token_hex(4)}")
    try:
        with closing(sqlite3.connect(path)) as origin, closing(sqlite3.connect(draft)) as target:
            origin.backup(target)
        draft.rename(copy)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _explained(where: str) -> Iterator[None]:
    """Turn what the driver raises into a sentence of this room."""
    try:
        yield
    except SQLAlchemyError as error:
        if explained := _as_store_error(where, error):
            raise explained from error
        raise


def _as_store_error(where: str, error: SQLAlchemyError) -> StoreError | None:
    """Return what a person can be told, or None where the error is the program's own."""
    reason = str(error.orig) if isinstance(error, DatabaseError) else str(error)
    code = getattr(error.orig, "sqlstate", "") if isinstance(error, DatabaseError) else ""
    if "database is locked" in reason:
        return StoreBusyError(where)
    is_foreign = any(sign in reason for sign in ("not a database", "malformed", "no such table"))
    if is_foreign or code in _FOREIGN_TABLES:
        return StoreDamagedError(where)
    # Without a statement it was the connection: an option that the driver does not know, say.
    is_connecting = isinstance(error, DBAPIError) and error.statement is None
    if is_connecting or isinstance(error, OperationalError) or code == _NO_RIGHT:
        return StoreUnavailableError(where, reason.strip().splitlines()[0])
    return None
