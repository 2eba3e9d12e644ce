"""The first step of real use: the sample data goes.

Owns removing what the sample put in, and nothing that a person entered.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, update

from data_access import audit
from data_access.errors import DataError
from data_access.meta import read_meta, write_meta
from data_access.sample.invent import (
    DECREE_PREFIX,
    KEY_PREFIX,
    OFFICER_PREFIX,
    POPULATION_SOURCE,
    Sample,
    invent,
)
from data_access.schema import (
    awareness_sessions,
    cases,
    kecamatan,
    session_villages,
    targets,
    villages,
    visits,
)
from data_access.store import Store


class NoSampleError(DataError):
    sentence = "Basis data tidak berisi data contoh; tidak ada yang dihapus."


def remove_sample(store: Store, actor: str) -> int:
    """Remove the sample rows and what the sample says of areas; the store is real from then on.

    Args:
        actor: who removes it, for the audit log.

    Returns:
        Number of visits, sessions and cases that were removed.

    Raises:
        NoSampleError: if the store holds no sample.
        StoreError: if the database cannot be written.
    """
    with store.write() as connection:
        known = read_meta(connection)
        if known.get("is_sample") != "1":
            raise NoSampleError
        invented = invent(date.fromisoformat(known["sample_today"]))
        removed = _remove_events(connection)
        _remove_targets(connection, invented)
        _clear_villages(connection)
        _clear_kecamatan(connection, invented)
        for key, value in (("is_sample", "0"), ("is_prepared", "1"), ("sample_today", "")):
            write_meta(connection, key, value)
        audit.record(connection, actor, "hapus data contoh", f"{removed} baris contoh dihapus")
    return removed


def _remove_events(connection: Connection) -> int:
    connection.execute(
        delete(session_villages).where(session_villages.c.session_key.startswith(KEY_PREFIX))
    )
    return sum(
        connection.execute(delete(one).where(one.c.source_key.startswith(KEY_PREFIX))).rowcount
        for one in (visits, awareness_sessions, cases)
    )


def _remove_targets(connection: Connection, invented: Sample) -> None:
    for row in invented.targets:
        same: list[ColumnElement[bool]] = [targets.c[name] == row[name] for name in row]
        connection.execute(delete(targets).where(*same))


def _clear_villages(connection: Connection) -> None:
    _clear(
        connection,
        villages,
        villages.c.decree_number.startswith(DECREE_PREFIX),
        is_assisted=False,
        assisted_since=None,
        decree_number=None,
    )
    _clear(connection, villages, villages.c.pimpasa.startswith(OFFICER_PREFIX), pimpasa=None)


def _clear_kecamatan(connection: Connection, invented: Sample) -> None:
    """Forget offices and populations that are still the invented ones."""
    _clear(
        connection,
        kecamatan,
        or_(
            *(
                (kecamatan.c.code == code) & (kecamatan.c.office == values["office"])
                for code, values in invented.kecamatan.items()
            )
        ),
        office="unknown",
    )
    _clear(
        connection,
        kecamatan,
        kecamatan.c.population_source == POPULATION_SOURCE,
        population=None,
        population_male=None,
        population_female=None,
        working_age=None,
        population_year=None,
        population_source=None,
    )


def _clear(
    connection: Connection, table: Table, condition: ColumnElement[bool], **values: object
) -> None:
    connection.execute(update(table).where(condition).values(**values))
