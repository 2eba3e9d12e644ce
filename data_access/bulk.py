"""Many rows into one table, the same way on SQLite and PostgreSQL.

Owns how a value is written so that both databases hold the same: dates as ISO text, numbers
with the digits their column keeps, nothing for "not a number". PostgreSQL takes the rows by
COPY, SQLite in batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, islice
from numbers import Integral
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Float, Integer, Numeric, Table, insert
from sqlalchemy.exc import DBAPIError

# Enough to make a round trip cheap, few enough to hold in memory without notice.
BATCH = 5_000

Row = Mapping[str, object]
Plain = Callable[[object], object]


class UnlikeRowsError(ValueError):
    """Rows of one insertion name different columns; a fault of the program, not of the data."""

    def __init__(self, table: str, columns: Sequence[str], row: Row) -> None:
        super().__init__(f"{table}: a row has the columns {list(row)}, not {list(columns)}")


def bulk_insert(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Insert rows that all name the same columns; other columns get their defaults.

    Args:
        connection: inside a transaction (``Store.write``), which decides what is kept.
        rows: may be a generator; they are taken in order and never held all at once.

    Returns:
        How many rows were inserted.

    Raises:
        sqlalchemy.exc.IntegrityError: if a row breaks a rule of the table.
        sqlalchemy.exc.DataError: if PostgreSQL cannot hold a value.
        UnlikeRowsError: if a row names other columns than the first one.
    """
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        return 0
    columns = [table.c[name] for name in first]
    values = _values(table, columns, chain([first], stream))
    if connection.dialect.name == "postgresql":
        return _copy(connection, table, columns, values)
    return _insert_batches(connection, table, columns, values)


def plain_writers(columns: Iterable[Column[Any]]) -> list[Plain]:
    """Return for each column what turns a value into the one that both databases keep."""
    return [_writer(column) for column in columns]


def _values(
    table: Table, columns: Sequence[Column[Any]], rows: Iterable[Row]
) -> Iterator[list[object]]:
    names = [column.name for column in columns]
    expected = set(names)
    writers = list(zip(names, plain_writers(columns), strict=True))
    for row in rows:
        if row.keys() != expected:
            raise UnlikeRowsError(table.name, names, row)
        yield [write(row[name]) for name, write in writers]


def _insert_batches(
    connection: Connection,
    table: Table,
    columns: Sequence[Column[Any]],
    values: Iterator[list[object]],
) -> int:
    names = [column.name for column in columns]
    count = 0
    while batch := [dict(zip(names, one, strict=True)) for one in islice(values, BATCH)]:
        connection.execute(insert(table), batch)
        count += len(batch)
    return count


def _copy(
    connection: Connection,
    table: Table,
    columns: Sequence[Column[Any]],
    values: Iterator[list[object]],
) -> int:
    names = connection.dialect.identifier_preparer
    listing = ", ".join(names.format_column(column) for column in columns)
    statement = f"COPY {names.format_table(table)} ({listing}) FROM STDIN"
    driver_error = connection.dialect.loaded_dbapi.Error
    driver = connection.connection.driver_connection
    assert driver is not None
    count = 0
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for count, one in enumerate(values, start=1):  # noqa: B007
                copy.write_row(one)
    except driver_error as error:
        # The driver is spoken to directly here: raise what SQLAlchemy would have raised.
        raise DBAPIError.instance(
            statement, None, error, driver_error, dialect=connection.dialect
        ) from error
    return count


# --- values ----------------------------------------------------------------------------------


def _writer(column: Column[Any]) -> Plain:
    kind = column.type
    if isinstance(kind, Boolean):
        return _unless_none(bool)
    if isinstance(kind, Integer):
        return _unless_none(_whole)
    # Float is a kind of Numeric, and keeps all its digits.
    if isinstance(kind, Float):
        return _unless_none(float)
    if isinstance(kind, Numeric) and kind.scale is not None:
        step = Decimal(1).scaleb(-kind.scale)
        return _unless_none(lambda value: _rounded(value, step))
    return _text


def _unless_none(write: Callable[[Any], object]) -> Plain:
    def writer(value: object) -> object:
        # Only "not a number" differs from itself.
        return None if value is None or value != value else write(value)

    return writer


def _whole(value: Any) -> object:
    """Return a whole number as one; others stay, so that the database can refuse them."""
    if isinstance(value, Integral):
        return int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _rounded(value: Any, step: Decimal) -> float:
    """Round as PostgreSQL does: by the digits that are written, halves away from zero."""
    return float(Decimal(repr(float(value))).quantize(step, ROUND_HALF_UP))


def _text(value: object) -> object:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    return None if value != value else value
