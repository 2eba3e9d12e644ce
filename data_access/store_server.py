"""The office's PostgreSQL as a store: its address, and patience that has an end."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from data_access.errors import StoreUnavailableError
from data_access.store_file import WRITING

# A server that does not answer by then is down; without a limit, TCP would wait two minutes.
CONNECT_SECONDS = 10

# A line that was cut in silence is noticed after this time instead of two hours.
_CUT_SECONDS = 20
_LINE = {
    "connect_timeout": CONNECT_SECONDS,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": _CUT_SECONDS * 1000,
}

# How often the driver looks whether it was interrupted while it waits.
_LOOK_SECONDS = 0.1

# As long as writers of the embedded store wait for each other.
_LOCK_SECONDS = 30

# A page waits for a figure no longer than this; a figure takes a second.
READ_SECONDS = 20

# More than the largest file takes in one statement, and more than waiting for another writer.
WRITE_SECONDS = 120


class _PatientConnection(psycopg.Connection[Any]):
    """A connection whose server must answer in time; the driver itself would wait for ever."""

    is_writing = False

    def wait(
        self, gen: PQGen[RV], interval: float = _LOOK_SECONDS, timeout: float | None = None
    ) -> RV:
        """Wait for an answer; see the driver.

        Raises:
            psycopg.OperationalError: if there is none in time; the connection is closed then.
        """
        seconds = WRITE_SECONDS if self.is_writing else READ_SECONDS
        deadline = time.monotonic() + seconds
        try:
            return super().wait(gen, interval, seconds if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if timeout is not None or time.monotonic() < deadline:
                raise
            self.pgconn.finish()
            raise psycopg.OperationalError(
                f"server tidak menjawab dalam {seconds:.0f} detik"
            ) from error


def server_engine(url: URL) -> Engine:
    """Return an engine that notices a server which is gone, and finds it when it is back.

    Options of the address go before those of the program.
    """
    patience = {name: value for name, value in _LINE.items() if name not in url.query}
    engine = create_engine(url, pool_pre_ping=True, connect_args=patience, hide_parameters=True)
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "connect", _limit_waiting)
    event.listen(engine, "begin", _note_writing)
    event.listen(engine, "checkin", _note_end)
    return engine


def _connect(
    _dialect: object, _record: object, arguments: list[Any], options: dict[str, Any]
) -> psycopg.Connection[Any]:
    return _PatientConnection.connect(*arguments, **options)


def _note_writing(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, _PatientConnection)
    driver.is_writing = connection.get_execution_options().get(WRITING, False)


def _note_end(connection: _PatientConnection | None, _record: object) -> None:
    if connection is not None:
        connection.is_writing = False


def _limit_waiting(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_LOCK_SECONDS}s'")
        cursor.execute(f"SET statement_timeout = '{WRITE_SECONDS}s'")
    connection.commit()


def check_encoding(where: str, connection: Connection) -> None:
    """Refuse a database that cannot hold every letter.

    Raises:
        StoreUnavailableError: if its texts are not UTF-8.
    """
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreUnavailableError(where, f"pengodean teksnya {encoding}, seharusnya UTF8")
