"""What the store knows about itself: a few keys and values beside the programme's tables.

Keys: schema_version, store_id, revision (a number), written and written_before (a mark of the
last change and of the one before, which no other change has), is_prepared ("1" once the first
run is over), is_sample ("1" while the rows are sample data), sample_today (the day the sample
ends), overdue_days (what the office decided, see `data_access.preferences`).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from data_access.schema import meta


def read_meta(connection: Connection) -> dict[str, str]:
    """Return all keys and values."""
    rows = connection.execute(select(meta.c.key, meta.c.value)).all()
    return {row.key: row.value for row in rows}


def write_meta(connection: Connection, key: str, value: str) -> None:
    """Set the value of one key."""
    changed = connection.execute(update(meta).where(meta.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(insert(meta).values(key=key, value=value))


def raise_revision(connection: Connection) -> None:
    """Count one more change; other writers wait here until this transaction ends."""
    number = wait_for_writers(connection)
    before = read_meta(connection).get("written", "")
    write_meta(connection, "revision", str(number + 1))
    write_meta(connection, "written_before", before)
    write_meta(connection, "written", secrets.token_hex(8))


def state_of(known: Mapping[str, str]) -> str:
    """Name the present state of the data; no other state of any database has that name.

    Args:
        known: as ``read_meta`` returns it.
    """
    return f"{known['revision']}:{known.get('written', '')}"


def state_before(known: Mapping[str, str]) -> str:
    """Name the state before the last change, which may be the transaction that is open."""
    return f"{int(known['revision']) - 1}:{known.get('written_before', '')}"


def wait_for_writers(connection: Connection) -> int:
    """Let one writer in at a time, until its transaction ends; return the present revision."""
    number = connection.scalar(
        select(meta.c.value).where(meta.c.key == "revision").with_for_update()
    )
    return int(number or 0)
