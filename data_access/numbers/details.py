"""Who looked at the details of which cases: selections in the audit log, never what was seen."""

from __future__ import annotations

from data_access import audit
from data_access.numbers.selection import Selection
from data_access.store import Store

ACTION = "buka rincian kasus"


def note_opening(store: Store, actor: str, selection: Selection) -> None:
    """Write into the audit log that somebody opened the case details of a selection.

    Raises:
        StoreError: if the database cannot be written.
    """
    with store.log() as connection:
        audit.record(connection, actor, ACTION, _in_words(selection))


def _in_words(selection: Selection) -> str:
    kecamatan = ", ".join(sorted(selection.kecamatan)) or "semua"
    return f"{selection.period}; kecamatan {kecamatan}; cakupan {selection.scope}"
