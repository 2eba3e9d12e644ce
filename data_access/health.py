"""Whether there is a store that can be read, asked without making or upgrading anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import NullPool, create_engine, make_url

from data_access import schema
from data_access.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreUnavailableError,
    StoreVersionError,
)
from data_access.meta import read_meta
from data_access.settings import Settings
from data_access.store import Store, file_of, has_file

# Who asks does not want to wait: the next question comes soon.
PATIENCE_SECONDS = 2

_VERSION_KEY = "schema_version"


def check_store(settings: Settings) -> None:
    """Read what every store says of itself.

    Raises:
        StoreError: if there is none, it cannot be read, or it is of another version.
    """
    where, found = _from_server(settings) if settings.database_url else _from_file(settings)
    if found is None:
        raise StoreDamagedError(where)
    if found != schema.SCHEMA_VERSION:
        raise StoreVersionError(where, found, schema.SCHEMA_VERSION)


def require_file(settings: Settings) -> None:
    """Refuse where the file of the embedded store is not there.

    Raises:
        StoreUnavailableError: if it is not there, or cannot be looked for.
    """
    if not has_file(settings):
        raise StoreUnavailableError(str(file_of(settings)), "tidak ada")


def _from_server(settings: Settings) -> tuple[str, str | None]:
    engine = create_engine(
        make_url(settings.database_url),
        poolclass=NullPool,
        connect_args={"connect_timeout": PATIENCE_SECONDS},
        hide_parameters=True,
    )
    store = Store(engine, settings)
    with store.read() as connection:
        return store.where, read_meta(connection).get(_VERSION_KEY)


def _from_file(settings: Settings) -> tuple[str, str | None]:
    path = file_of(settings)
    require_file(settings)
    # Reading only: whoever may write would, on closing, put a journal into the file beside it.
    address = f"{path.as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, PATIENCE_SECONDS, uri=True)) as connection:
            wanted = (_VERSION_KEY,)
            row = connection.execute("SELECT value FROM meta WHERE key = ?", wanted).fetchone()
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise StoreBusyError(str(path)) from error
        raise StoreDamagedError(str(path)) from error
    return str(path), row and str(row[0])
