"""The office's PostgreSQL as a store: its address, and patience that has an end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from data_access.errors import StoreUnavailableError

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

# As long as writers of the embedded store wait for each other.
_LOCK_SECONDS = 30

# More than the largest file takes in one statement; less than anybody would wait.
_STATEMENT_SECONDS = 120


def server_engine(url: URL) -> Engine:
    """Return an engine that notices a server which is gone, and finds it when it is back.

    Options of the address go before those of the program.
    """
    patience = {name: value for name, value in _LINE.items() if name not in url.query}
    engine = create_engine(url, pool_pre_ping=True, connect_args=patience, hide_parameters=True)
    event.listen(engine, "connect", _limit_waiting)
    return engine


def _limit_waiting(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{_LOCK_SECONDS}s'")
        cursor.execute(f"SET statement_timeout = '{_STATEMENT_SECONDS}s'")
    connection.commit()


def check_encoding(where: str, connection: Connection) -> None:
    """Refuse a database that cannot hold every letter.

    Raises:
        StoreUnavailableError: if its texts are not UTF-8.
    """
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreUnavailableError(where, f"pengodean teksnya {encoding}, seharusnya UTF8")


def without_password(url: URL) -> str:
    """Write the address for people; the driver also takes passwords behind the question mark."""
    secret = [key for key in url.query if "pass" in key.lower()]
    return url.difference_update_query(secret).render_as_string(hide_password=True)
