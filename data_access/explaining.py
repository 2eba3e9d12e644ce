"""What a database driver raises, turned into a sentence of this room."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError, SQLAlchemyError

from data_access.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreInterruptedError,
    StoreUnavailableError,
    StoreUncertainError,
)

# PostgreSQL's codes for: no such table, no such column, no right to do that, a lock not given.
_FOREIGN_TABLES = ("42P01", "42703")
_NO_RIGHT = "42501"
_NO_LOCK = "55P03"

# What SQLite says of a file that is none of its own, is damaged, or has not our tables.
_FOREIGN_SIGNS = ("not a database", "malformed", "no such table", "no such column")

# What SQLite says of a disk and the driver of a server, in words an officer can act on.
_REASONS = {
    "database or disk is full": "ruang penyimpanan penuh",
    "disk I/O error": "perangkat penyimpanan bermasalah",
    "unable to open database file": "berkasnya tidak dapat dibuka",
    "attempt to write a readonly database": "hanya dapat dibaca",
    "connection timeout expired": "server tidak menjawab",
    "server closed the connection unexpectedly": "server menutup sambungan",
    "unexpected postmaster exit": "server berhenti mendadak",
    "Connection refused": "server menolak sambungan; mungkin sedang berhenti",
    "No such file or directory": "server tidak ada; mungkin sedang berhenti",
    "the database system is starting up": "server sedang dinyalakan",
    "the database system is shutting down": "server sedang dimatikan",
    "terminating connection due to administrator command": "server sedang dimatikan",
}


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turn what the driver raises inside into a sentence; the program's own faults pass.

    Args:
        where: the database, without any password.
    """
    try:
        yield
    except SQLAlchemyError as error:
        if told := _as_store_error(where, error):
            raise told from error
        raise


@contextmanager
def explained_before_commit(where: str) -> Iterator[None]:
    """Tell a connection that broke inside as a change that was not kept."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreInterruptedError(where, reason_of(error)) from error
        raise


@contextmanager
def explained_at_commit(where: str) -> Iterator[None]:
    """Tell a connection that broke inside as a change that may have been kept or not."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUncertainError(where) from error
        raise


def reason_of(error: SQLAlchemyError) -> str:
    """Say why, in the driver's first line or in our words where there are better ones."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    line = (said.strip().splitlines() or ["tanpa keterangan"])[0]
    return next((told for sign, told in _REASONS.items() if sign in line), line)


def _as_store_error(where: str, error: SQLAlchemyError) -> StoreError | None:
    """Return what a person can be told, or None where the error is the program's own."""
    reason = str(error.orig) if isinstance(error, DatabaseError) else str(error)
    code = getattr(error.orig, "sqlstate", "") if isinstance(error, DatabaseError) else ""
    if "database is locked" in reason or code == _NO_LOCK:
        return StoreBusyError(where)
    if any(sign in reason for sign in _FOREIGN_SIGNS) or code in _FOREIGN_TABLES:
        return StoreDamagedError(where)
    # Without a statement it was the connection: an option that the driver does not know, say.
    is_connecting = isinstance(error, DBAPIError) and error.statement is None
    if is_connecting or isinstance(error, OperationalError) or code == _NO_RIGHT:
        return StoreUnavailableError(where, reason_of(error))
    return None
