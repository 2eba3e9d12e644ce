"""The life of the sample: its first filling and its renewal; its end is in ``end``.

Owns which rows are the sample's own, and touches no other.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, or_, select
from sqlalchemy import update as update_rows

from data_access import schema
from data_access.bulk import bulk_insert
from data_access.errors import SampleRefusedError
from data_access.meta import read_meta, write_meta
from data_access.sample.invent import (
    DECREE_PREFIX,
    KEY_PREFIX,
    OFFICER_PREFIX,
    POPULATION_COLUMNS,
    POPULATION_SOURCE,
    Row,
    Sample,
    invent,
)
from data_access.store import Store


def ensure_ready(store: Store, today: date) -> None:
    """Fill a new SQLite file with sample data, once in its life and if the settings want it.

    An office server is never filled on its own, nor a file that holds rows already.
    """
    if not store.is_embedded:
        return
    with store.read() as connection:
        if read_meta(connection).get("is_prepared") == "1":
            return
    with store.write() as connection:
        # Another process may have filled it while this one waited for the lock.
        if read_meta(connection).get("is_prepared") == "1":
            return
        write_meta(connection, "is_prepared", "1")
        if store.settings.is_sample_wanted:
            with suppress(SampleRefusedError):
                fill_sample(connection, today)


def make_sample(store: Store, today: date) -> None:
    """Make the sample data up to ``today``, or renew it; touch nothing else.

    Raises:
        SampleRefusedError: if the store holds rows that are no sample.
        StoreError: if the database cannot be written.
    """
    with store.write() as connection:
        fill_sample(connection, today)


def is_fresh(store: Store) -> bool:
    """Say whether the store holds nothing that a person or a sample brought.

    Raises:
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        return read_meta(connection).get("is_sample") != "1" and not _real_rows(connection, None)


def fill_sample(connection: Connection, today: date) -> None:
    """Do what ``make_sample`` does, inside a transaction.

    Raises:
        SampleRefusedError: if the store holds rows that are no sample.
    """
    known = read_meta(connection)
    earlier = known.get("sample_today", "")
    former = invent(date.fromisoformat(earlier)) if earlier else None
    if real := _real_rows(connection, former):
        raise SampleRefusedError(real)
    _remove(connection)
    _insert(connection, invent(today))
    write_meta(connection, "is_sample", "1")
    write_meta(connection, "is_prepared", "1")
    write_meta(connection, "sample_today", today.isoformat())


def _real_rows(connection: Connection, former: Sample | None) -> dict[str, int]:
    """Count, per table, the rows that no sample made; tables without any are left out."""
    village, area = schema.villages.c, schema.kecamatan.c
    conditions: list[tuple[Table, ColumnElement[bool]]] = [
        (schema.visits, ~schema.visits.c.source_key.startswith(KEY_PREFIX)),
        (schema.awareness_sessions, ~schema.awareness_sessions.c.source_key.startswith(KEY_PREFIX)),
        (schema.cases, ~schema.cases.c.source_key.startswith(KEY_PREFIX)),
        (
            schema.villages,
            or_(
                and_(
                    village.is_assisted,
                    ~func.coalesce(village.decree_number, "").startswith(DECREE_PREFIX),
                ),
                ~func.coalesce(village.pimpasa, OFFICER_PREFIX).startswith(OFFICER_PREFIX),
            ),
        ),
        (
            schema.kecamatan,
            and_(
                or_(*(area[name].is_not(None) for name in POPULATION_COLUMNS)),
                func.coalesce(area.population_source, "") != POPULATION_SOURCE,
            ),
        ),
        (schema.imports, schema.imports.c.state == schema.IMPORT_DONE),
    ]  # fmt: skip
    counts = {
        table.name: connection.scalar(select(func.count()).select_from(table).where(condition)) or 0
        for table, condition in conditions
    }
    counts["targets"] = _real_targets(connection, former)
    return {table: count for table, count in counts.items() if count}


def _real_targets(connection: Connection, former: Sample | None) -> int:
    invented = former.targets if former else []
    kept = connection.execute(select(schema.targets)).mappings().all()
    return sum(dict(row) not in invented for row in kept)


def _remove(connection: Connection) -> None:
    """Take the former sample away; only sample rows are left by now."""
    for table in (schema.session_villages, schema.visits, schema.awareness_sessions, schema.cases):
        connection.execute(delete(table))
    connection.execute(delete(schema.targets))
    connection.execute(
        update_rows(schema.villages)
        .where(schema.villages.c.decree_number.startswith(DECREE_PREFIX))
        .values(is_assisted=False, assisted_since=None, decree_number=None)
    )
    connection.execute(
        update_rows(schema.villages)
        .where(schema.villages.c.pimpasa.startswith(OFFICER_PREFIX))
        .values(pimpasa=None)
    )


def _insert(connection: Connection, sample: Sample) -> None:
    for name, rows in (*sample.events.items(), ("targets", sample.targets)):
        bulk_insert(connection, schema.metadata.tables[name], rows)
    for code, values in sample.villages.items():
        connection.execute(
            update_rows(schema.villages).where(schema.villages.c.code == code).values(**values)
        )
    for code, values in sample.kecamatan.items():
        connection.execute(
            update_rows(schema.kecamatan)
            .where(schema.kecamatan.c.code == code)
            .values(**_keep_office(connection, code, values))
        )


def _keep_office(connection: Connection, code: str, values: Row) -> Row:
    """Leave an office that somebody has set as it is."""
    area = schema.kecamatan.c
    office = connection.scalar(select(area.office).where(area.code == code))
    return values if office == "unknown" else {**values, "office": office}
