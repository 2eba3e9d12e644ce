"""Where programme data is kept: one SQLite file, or the office's PostgreSQL.

Owns opening, first creation, bringing an older schema up to date, transactions and the
revision that says when something changed. Knows no indicator.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    RootTransaction,
    delete,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from data_access import schema
from data_access.errors import (
    StoreAreaError,
    StoreDamagedError,
    StoreError,
    StoreMissingError,
    StoreReplacedError,
    StoreUnavailableError,
    StoreUncertainError,
    StoreUpgradeError,
    StoreVersionError,
)
from data_access.explaining import explained, explained_at_commit, explained_before_commit
from data_access.meta import raise_revision, read_meta, state_of, wait_for_writers
from data_access.settings import Settings
from data_access.store_drafts import copy_aside, make_file
from data_access.store_file import (
    WRITING,
    StoreFile,
    has_write_ahead,
    is_sound,
    use_write_ahead,
    was_open,
)
from geo.area import area
from geo.errors import os_reason
from geo.gazetteer import gazetteer
from geo.scratch import sweep

FILE_NAME = "pantau.sqlite"

# Seconds before a file that changed while it was looked into is looked into again.
_PAUSES = (0.05, 0.2, 0.8)

# Any fixed number: all processes that create tables in one PostgreSQL take the same lock.
_CREATION_LOCK = 360_400


@dataclass(frozen=True, eq=False)
class Store:
    """An open database that has the tables, all desa and kecamatan, and a revision.

    Attributes:
        file: the SQLite file; None where the data is on a server.
    """

    engine: Engine
    settings: Settings
    file: StoreFile | None = None

    @property
    def is_embedded(self) -> bool:
        """Whether this is the SQLite file (and not a database server)."""
        return self.file is not None

    @property
    def where(self) -> str:
        """Say where the data is, without any password."""
        return str(self.file.path) if self.file else _without_password(self.engine.url)

    @property
    def is_sample(self) -> bool:
        """Whether the rows are sample data ("DATA CONTOH")."""
        return self.known().get("is_sample") == "1"

    def known(self) -> dict[str, str]:
        """Read what the store says of itself: all keys of the table ``meta``.

        Raises:
            StoreError: if the database cannot be read.
        """
        with self.read() as connection:
            return read_meta(connection)

    def revision(self, known: Mapping[str, str] | None = None) -> str:
        """Return a text that changes with every write, and with the settings that counts use.

        Another database in the place of this one has other revisions, be it an earlier copy of
        the same.

        Args:
            known: what the store says of itself, where that was read just now.

        Raises:
            StoreError: if the database cannot be read.
        """
        known = self.known() if known is None else known
        settings = self.settings
        return ":".join(
            (
                known["store_id"],
                state_of(known),
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
        self._be_ready()
        with self._reading() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Open a transaction; it is kept and the revision raised only if nothing is raised.

        Raises:
            StoreReplacedError: if the file is no longer the one that was written into.
            StoreUncertainError: if a server did not say whether the change is kept.
            StoreError: if the database cannot be written.
        """
        self._be_ready()
        with self._writing() as connection:
            raise_revision(connection)
            kept = read_meta(connection) if self.file else None
            yield connection
        if kept:
            self._refuse_loss(kept)

    @contextmanager
    def log(self) -> Iterator[Connection]:
        """Open a transaction for the audit log alone: no figure changes, nor does the revision.

        Raises:
            StoreError: if the database cannot be written.
        """
        self._be_ready()
        with self._writing() as connection:
            wait_for_writers(connection)
            yield connection

    @contextmanager
    def hold(self) -> Iterator[Connection]:
        """Open a connection that sees one state of the embedded store and keeps writers out.

        Raises:
            StoreError: if the database cannot be read, or somebody else keeps writing.
        """
        self._be_ready()
        with self._connected() as connection, _begun(connection) as transaction:
            yield connection
            transaction.rollback()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def make_ready(self) -> None:
        """Find out whether this is a store of this program, and bring an older one up to date.

        Raises:
            StoreError: if it is damaged, of another area, or belongs to a newer program.
        """
        for pause in _PAUSES:
            # Another process may be making it ready just now, which changes the file itself.
            with suppress(StoreReplacedError):
                self._look_into()
                return
            time.sleep(pause)
        self._look_into()

    def _look_into(self) -> None:
        with explained(self.where):
            if self.file:
                self.file.refuse_strange_journal()
            with self._reading() as connection:
                is_older = _is_older(self.where, read_meta(connection))
                is_plain = self.is_embedded and not has_write_ahead(connection)
            if is_plain:
                use_write_ahead(self.engine)
        if is_older:
            _upgrade(self)
        _check_area(self)

    def _be_ready(self) -> None:
        """Look at the file again if it is not the one, or not as it was, when last used."""
        if self.file is None:
            return
        state = self.file.look()
        if not self.file.is_accepted(state):
            self.make_ready()
            self.file.accept(state)

    def _refuse_loss(self, kept: Mapping[str, str]) -> None:
        """Look whether the file at the path has what was just kept; another may have come then.

        While the journal is written into the file, nobody can tell by its outside whether a copy
        was written over it at the same time; its pages do not agree then.

        Raises:
            StoreReplacedError: if it has not.
            StoreUncertainError: if that cannot be found out.
        """
        try:
            with self._reading() as connection:
                found = read_meta(connection)
                if not is_sound(connection):
                    raise StoreReplacedError(self.where)
        except (StoreDamagedError, StoreMissingError) as error:
            raise StoreReplacedError(self.where) from error
        except StoreReplacedError:
            raise
        except StoreError as error:
            raise StoreUncertainError(self.where) from error
        is_same = found["store_id"] == kept["store_id"]
        if not is_same or int(found["revision"]) < int(kept["revision"]):
            raise StoreReplacedError(self.where)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        connect = self.file.connect if self.file else self.engine.connect
        with explained(self.where), connect() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._connected() as connection:
            if self.is_embedded:
                yield connection  # A transaction on SQLite sees one state by itself.
            else:
                yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with (
            self._connected() as connection,
            explained_before_commit(self.where),
            _begun(connection) as transaction,
        ):
            yield connection
            if self.file:
                self.file.refuse_other(connection)
            with explained_at_commit(self.where):
                transaction.commit()


@contextmanager
def _begun(connection: Connection) -> Iterator[RootTransaction]:
    """Begin a transaction that may write."""
    with connection.execution_options(**{WRITING: True}).begin() as transaction:
        yield transaction


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
        store.make_ready()
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


def _open_file(settings: Settings) -> Store:
    path = file_of(settings)
    if not has_file(settings):
        if was_open(path):
            raise StoreMissingError(str(path))
        make_file(path, _create_tables)
    sweep(path.parent)
    file = StoreFile(path)
    return Store(file.engine, settings, file)


def _open_server(settings: Settings) -> Store:
    # The driver takes a tenth of a second to load, and most offices have no server.
    from data_access.store_server import check_encoding, server_engine

    store = Store(server_engine(make_url(settings.database_url)), settings)
    with explained(store.where), store.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _CREATION_LOCK})
        if not inspect(connection).has_table(schema.meta.name):
            check_encoding(store.where, connection)
            _create_tables(connection)
    return store


def _without_password(url: URL) -> str:
    """Write the address for people; the driver also takes passwords behind the question mark."""
    secret = [key for key in url.query if "pass" in key.lower()]
    return url.difference_update_query(secret).render_as_string(hide_password=True)


# --- the tables ------------------------------------------------------------------------------


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
    with store._reading() as connection:
        codes = connection.scalars(select(schema.kecamatan.c.code)).all()
        rows = connection.execute(select(schema.offices)).all()
    if strange := [code for code in codes if not code.startswith(f"{area().code}.")]:
        raise StoreAreaError(store.where, strange[0])
    known = {row.id: row.name for row in rows}
    if any(known.get(one.id) != one.name for one in area().offices):
        with store._writing() as connection:
            raise_revision(connection)
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

    with store._writing() as connection:
        raise_revision(connection)
        known = read_meta(connection)
        # Another process may have done it while this one waited for the lock.
        if not _is_older(store.where, known):
            return
        found = known["schema_version"]
        try:
            if store.file:
                copy_aside(store.file.path, found)
            migrate(connection, found)
        except (OSError, sqlite3.Error, SQLAlchemyError, MigrationError) as error:
            reason = str(error).strip().splitlines()[0]
            raise StoreUpgradeError(store.where, found, schema.SCHEMA_VERSION, reason) from error
