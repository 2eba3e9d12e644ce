"""The log of what was done to the data, by whom and when; each entry seals the one before.

Owns writing and checking ``audit_log``. An entry's hash covers its own words and the hash of
the entry before it, so that a changed or missing entry shows.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from sqlalchemy import Connection, insert, select

from data_access.errors import DataError
from data_access.schema import audit_log
from data_access.settings import WIB
from data_access.store import Store

# What the first entry follows.
GENESIS = "0" * 64


class AuditBrokenError(DataError):
    sentence = (
        "Catatan audit nomor {entry} tidak cocok dengan catatan sebelumnya: ada catatan yang "
        "diubah atau dihapus di luar program. Bandingkan dengan cadangan terakhir."
    )
    entry: int


def office_time() -> str:
    """Return this moment on the office's clock: "2026-10-31T09:15:00+07:00"."""
    return datetime.now(WIB).isoformat(timespec="seconds")


def record(connection: Connection, actor: str, action: str, detail: str) -> None:
    """Add an entry, inside the transaction that does what it tells of.

    Args:
        connection: of ``Store.write`` or ``Store.log``, which let one writer in at a time.
        actor: who did it.
        action: what, in a word or two.
        detail: to what, for people.
    """
    last = select(audit_log.c.hash).order_by(audit_log.c.id.desc()).limit(1)
    previous = connection.scalar(last) or GENESIS
    at = office_time()
    connection.execute(
        insert(audit_log).values(
            at=at,
            actor=actor,
            action=action,
            detail=detail,
            previous_hash=previous,
            hash=_sealed(previous, at, actor, action, detail),
        )
    )


def check_audit(store: Store) -> int:
    """Follow the chain and return the number of entries.

    Raises:
        AuditBrokenError: at the first entry that does not follow from the one before.
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        entries = connection.execute(select(audit_log).order_by(audit_log.c.id)).all()
    previous = GENESIS
    for entry in entries:
        expected = _sealed(previous, entry.at, entry.actor, entry.action, entry.detail)
        if (entry.previous_hash, entry.hash) != (previous, expected):
            raise AuditBrokenError(entry.id)
        previous = entry.hash
    return len(entries)


def _sealed(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
