"""The same event told with a source key in one file and without one in another.

Owns finding the stored record that such a row speaks of: by what makes two rows the same record
(`keys.natural_key`). Two source keys of their own stay two records. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, func, select

from data_access.intake.model import Record
from data_access.intake.writing.keys import is_digest, natural_key
from data_access.intake.writing.stored import DAY_COLUMNS, VILLAGES, Row, chunked, stored_rows
from data_access.schema import metadata

_NATURAL_LENGTH = 64
# More events that are alike in all than this are no work of people.
_MOST_ALIKE = 20


def other_keys(connection: Connection, table: str, records: Collection[Record]) -> dict[str, str]:
    """Return under which other key the store holds some of the records.

    Args:
        records: of one file, each key once.

    Returns:
        Key of the record -> key of the stored row; no stored row twice, and none that the file
        itself names.
    """
    if table not in DAY_COLUMNS:
        return {}
    keys = {record.key for record in records}
    new = list(_new(connection, table, records))
    keyed = [record for record in new if not is_digest(record.key)]
    bare = [record for record in new if is_digest(record.key)]
    if table == "cases":
        # Several may be reported on one day with little else known of them.
        keyed = []
    found = {**_stored_bare(connection, table, keyed), **_stored_keyed(connection, table, bare)}
    others: dict[str, str] = {}
    taken = set(keys)
    for key, other in sorted(found.items()):
        if other not in taken:
            taken.add(other)
            others[key] = other
    return others


def _new(connection: Connection, table: str, records: Collection[Record]) -> Iterator[Record]:
    """The records that are not stored under their own key."""
    by_key = {record.key: record for record in records}
    column = metadata.tables[table].c.source_key
    for keys in chunked(by_key):
        stored = set(connection.scalars(select(column).where(column.in_(keys))))
        yield from (by_key[key] for key in keys if key not in stored)


def _stored_bare(connection: Connection, table: str, records: Collection[Record]) -> dict[str, str]:
    """Records with a source key that were stored without one."""
    if not records or not _has_bare(connection, table):
        return {}
    natural = {record.key: natural_key(table, record.values, record.villages) for record in records}
    stored = {
        key
        for keys in chunked(dict.fromkeys(natural.values()))
        for key, row in stored_rows(connection, table, keys).items()
        if _natural(table, row) == key
    }
    return {key: other for key, other in natural.items() if other in stored}


def _stored_keyed(
    connection: Connection, table: str, records: Collection[Record]
) -> dict[str, str]:
    """Records without a source key that were stored with one, or moved to their day since."""
    if not records:
        return {}
    column = metadata.tables[table].c[DAY_COLUMNS[table]]
    days = sorted({str(record.values[DAY_COLUMNS[table]]) for record in records})
    key = metadata.tables[table].c.source_key
    asked = select(key).where(column.between(days[0], days[-1])).order_by(key)
    wanted = {record.key for record in records}
    found: dict[str, str] = {}
    for keys in chunked(connection.scalars(asked).all()):
        for stored, row in stored_rows(connection, table, keys).items():
            natural = _natural(table, row)
            if natural in wanted and _is_known_otherwise(table, stored, row):
                found.setdefault(natural, stored)
    return found


def _natural(table: str, row: Row, ordinal: int = 1) -> str:
    villages = row.get(VILLAGES, ())
    assert isinstance(villages, tuple)
    return natural_key(table, row, villages, ordinal=ordinal)


def _is_known_otherwise(table: str, stored: str, row: Row) -> bool:
    """Whether a row's key is another than what the row says would give."""
    if not is_digest(stored):
        return table != "cases"
    return all(_natural(table, row, ordinal) != stored for ordinal in range(1, _MOST_ALIKE))


def _has_bare(connection: Connection, table: str) -> bool:
    key = metadata.tables[table].c.source_key
    asked = select(key).where(func.length(key) == _NATURAL_LENGTH).limit(1)
    return connection.scalar(asked) is not None
