"""Whether the store can be read now, asked over a connection of its own.

Makes, upgrades and keeps nothing: what is asked every second must not change what it asks about.
"""

from __future__ import annotations

from contextlib import closing

from sqlalchemy import Engine, NullPool, create_engine, make_url

from data_access.errors import StoreDamagedError, StoreUnavailableError
from data_access.meta import read_meta
from data_access.settings import Settings
from data_access.store import Store, file_of, has_file

# Who asks does not want to wait: the next question comes soon.
PATIENCE_SECONDS = 2


def check_store(settings: Settings) -> None:
    """Read the little that every store says of itself.

    Raises:
        StoreError: if it cannot be read, is damaged, kept locked, or not there.
    """
    with closing(Store(_engine(settings), settings)) as store, store.read() as connection:
        if "revision" not in read_meta(connection):
            raise StoreDamagedError(store.where)


def _engine(settings: Settings) -> Engine:
    if settings.database_url:
        patience = {"connect_timeout": PATIENCE_SECONDS}
        url = make_url(settings.database_url)
        return create_engine(url, poolclass=NullPool, connect_args=patience, hide_parameters=True)
    path = file_of(settings)
    if not has_file(settings):
        raise StoreUnavailableError(str(path), "tidak ada")
    # Opened for reading and writing, as the journal of the file asks for, but never made.
    url = make_url("sqlite://").set(database=path.as_uri(), query={"mode": "rw", "uri": "true"})
    patience = {"timeout": PATIENCE_SECONDS}
    return create_engine(url, poolclass=NullPool, connect_args=patience, hide_parameters=True)
