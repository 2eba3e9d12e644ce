"""What a table holds, reduced to a count and a hash that every database gives alike.

Owns the form in which rows are compared. The order in which a database returns rows plays no
part, since databases sort text differently.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, select, true

from data_access.bulk import BATCH, plain_writers

_EVERY = true()


@dataclass(frozen=True)
class Fingerprint:
    """How many rows a table holds, and the SHA-256 of all of them (hex)."""

    rows: int
    digest: str


def fingerprint(
    connection: Connection, table: Table, where: ColumnElement[bool] = _EVERY
) -> Fingerprint:
    """Count and hash the rows of a table."""
    digests = sorted(
        hashlib.sha256(json.dumps(list(row.values()), ensure_ascii=False).encode()).digest()
        for row in plain_rows(connection, table, where)
    )
    return Fingerprint(len(digests), hashlib.sha256(b"".join(digests)).hexdigest())


def plain_rows(
    connection: Connection, table: Table, where: ColumnElement[bool] = _EVERY
) -> Iterator[dict[str, object]]:
    """Yield the rows with the values that every database keeps alike, a batch at a time."""
    names = [column.name for column in table.columns]
    writers = plain_writers(table.columns)
    query = select(table).where(where).execution_options(yield_per=BATCH)
    for row in connection.execute(query):
        yield {name: write(value) for name, write, value in zip(names, writers, row, strict=True)}
