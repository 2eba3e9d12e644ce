"""The SQLite file of an embedded store: which file it is, and connections that trust no other.

A backup may be renamed or copied into its place, or it may be removed, while the program runs.
Nothing is kept open between two uses, so that no stale page or journal can meet another content;
each use compares the file at the path before, and a change of the data also right before and
after it is kept. While a connection is open nobody of this program writes to the file itself,
only to the journal beside it: whatever changes the file then came from outside.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from data_access.errors import (
    StoreDamagedError,
    StoreJournalError,
    StoreMissingError,
    StoreReplacedError,
    StoreUnavailableError,
)
from geo.errors import os_reason

# Long enough to outwait another process that fills the sample data (about a second).
WRITE_SECONDS = 30

# Readers wait for nobody but a program that locks the whole file; a person waits for them.
READ_SECONDS = 5

# The option of a connection whose transaction changes something.
WRITING = "pantau_writing"

# Where a connection keeps the state that its file had.
_STATE = "pantau_state"

# The option of a connection whose statement SQLite takes outside of transactions only.
_OUTSIDE = "pantau_outside"

# Files that this process has had open: where one is gone, making a new one would hide the loss.
_known: set[Path] = set()


@dataclass(frozen=True)
class FileState:
    """What tells one file, and one content of it, from another."""

    device: int
    inode: int
    size: int
    changed: int


class StoreFile:
    """A SQLite file that holds a store, or is to be looked into for one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = sqlite_engine(path)
        self._guards = _engine(path, "mode=ro")
        self._accepted: FileState | None = None

    @property
    def journal(self) -> Path:
        """The file beside it that holds what was kept and is not yet in it."""
        return self.path.with_name(f"{self.path.name}-wal")

    @property
    def has_journal(self) -> bool:
        """Whether the journal holds anything."""
        with suppress(OSError):
            return self.journal.stat().st_size > 0
        return False

    def look(self) -> FileState:
        """Return which file stands at the path now.

        Raises:
            StoreMissingError: if there is none.
            StoreDamagedError: if it is empty.
            StoreUnavailableError: if it cannot be looked at.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError as error:
            raise StoreMissingError(str(self.path)) from error
        except OSError as error:
            raise StoreUnavailableError(str(self.path), os_reason(error)) from error
        # To SQLite an empty file is a new database, into which it would write.
        if status.st_size == 0:
            raise StoreDamagedError(str(self.path))
        return FileState(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)

    def is_accepted(self, state: FileState) -> bool:
        """Say whether this file, with this content, was found to be a store before."""
        return state == self._accepted

    def accept(self, state: FileState) -> None:
        """Note that this file, with this content, is a store of this program's version."""
        self._accepted = state
        _known.add(self.path)

    def refuse_strange_journal(self) -> None:
        """Read everything once if there is a journal: does it belong to this file?

        A journal that was left beside another file would be written over that one's content.

        Raises:
            StoreJournalError: if the file is sound without it only.
        """
        if not self.has_journal:
            return
        with self._guards.connect() as connection:
            if is_sound(connection):
                return
        alone = _engine(self.path, "mode=ro&immutable=1")
        with alone.connect() as connection:
            if is_sound(connection):
                raise StoreJournalError(str(self.path), str(self.journal))
        raise StoreDamagedError(str(self.path))

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a connection to the file that stands at the path now.

        Raises:
            StoreReplacedError: if another file or content came into its place meanwhile.
        """
        self.look()
        with self._guards.connect() as guard:
            # SQLite writes the journal into the file when the last connection closes. While a
            # connection that may only read is open, it does not; so this one outlives the other
            # where the file is no longer the one that the journal belongs to.
            guard.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").all()
            state, journal = self.look(), _inode(self.journal)
            try:
                with self.engine.connect() as connection:
                    connection.info[_STATE] = state
                    try:
                        yield connection
                    except DBAPIError:
                        # Half of one content and half of another looks damaged.
                        self.refuse_other(connection)
                        raise
                    else:
                        self.refuse_other(connection)
                    finally:
                        if self._is_still(state):
                            guard.close()
            finally:
                if not guard.closed:
                    self._drop_journal(journal)
        self._follow(state, journal)

    def refuse_other(self, connection: Connection) -> None:
        """Raise if the file at the path is not what it was when the connection was opened.

        Raises:
            StoreReplacedError: if it was replaced, removed, cut or written over.
        """
        if not self._is_still(connection.info[_STATE]):
            raise StoreReplacedError(str(self.path))

    def _is_still(self, state: FileState) -> bool:
        with suppress(StoreMissingError, StoreDamagedError, StoreUnavailableError):
            return self.look() == state
        return False

    def _follow(self, before: FileState, journal: int | None) -> None:
        """Accept what closing the last connection may have made of an accepted file.

        Raises:
            StoreReplacedError: if another file came into its place while it closed.
        """
        with suppress(StoreMissingError, StoreDamagedError, StoreUnavailableError):
            now = self.look()
            if (now.device, now.inode) == (before.device, before.inode):
                if self.is_accepted(before):
                    self._accepted = now
                return
        self._drop_journal(journal)
        raise StoreReplacedError(str(self.path))

    def _drop_journal(self, inode: int | None) -> None:
        """Remove the journal of a file that is gone, unless it is another one by now."""
        if inode is not None and _inode(self.journal) == inode:
            self.journal.unlink(missing_ok=True)
            self.path.with_name(f"{self.path.name}-shm").unlink(missing_ok=True)


def was_open(path: Path) -> bool:
    """Say whether this process has had the file open."""
    return path in _known


def sqlite_engine(path: Path) -> Engine:
    """Return an engine for a file that exists; it keeps no connection."""
    engine = _engine(path, "mode=rw")
    event.listen(engine, "connect", _check_keys)
    event.listen(engine, "begin", _begin)
    return engine


def has_write_ahead(connection: Connection) -> bool:
    """Say whether changes go to a journal, so that readers go on while somebody writes."""
    return bool(connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal")


def use_write_ahead(engine: Engine) -> None:
    """Let changes go to a journal from now on; a restored backup may be without."""
    with engine.connect() as connection:
        outside = connection.execution_options(**{_OUTSIDE: True})
        outside.exec_driver_sql("PRAGMA journal_mode=WAL")


def is_sound(connection: Connection) -> bool:
    """Say whether SQLite finds no fault in the whole file.

    Raises:
        sqlalchemy.exc.OperationalError: if the file cannot be read now.
    """
    try:
        return connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
    except OperationalError:
        raise
    except DatabaseError:
        return False


def _engine(path: Path, mode: str) -> Engine:
    address = f"{path.absolute().as_uri()}?{mode}"

    def opened() -> sqlite3.Connection:
        # The driver must not begin transactions of its own.
        return sqlite3.connect(
            address, READ_SECONDS, isolation_level=None, check_same_thread=False, uri=True
        )

    return create_engine("sqlite://", creator=opened, poolclass=NullPool, hide_parameters=True)


def _check_keys(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(_OUTSIDE, False):
        return
    if options.get(WRITING, False):
        # FULL: what was acknowledged is on the disk, whatever happens to the machine.
        # No checkpoint but the one of the last connection that closes: see the top.
        patience = f"busy_timeout={WRITE_SECONDS * 1000:.0f}"
        for pragma in (patience, "synchronous=FULL", "wal_autocheckpoint=0"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN")


def _inode(path: Path) -> int | None:
    with suppress(OSError):
        return path.stat().st_ino
    return None
