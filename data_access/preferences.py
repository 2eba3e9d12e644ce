"""What the office decides on the page Data and keeps in the store.

Owns the days after which a visit is overdue and which kecamatan an office serves. What is
kept here goes before the settings of the environment; every change is in the audit log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import select, update

from data_access import audit
from data_access.errors import DataError
from data_access.meta import write_meta
from data_access.schema import UNKNOWN_OFFICE, kecamatan
from data_access.schema import offices as office_table
from data_access.store import Store
from geo.area import area
from geo.gazetteer import gazetteer

_OVERDUE_KEY = "overdue_days"

# A day is the least that can be late; beyond two years nobody would be.
LEAST_OVERDUE_DAYS, MOST_OVERDUE_DAYS = 1, 730


class OverdueDaysError(DataError):
    sentence = (
        "Batas jatuh tempo {days} hari tidak dapat dipakai. Isi antara {least} dan {most} hari."
    )
    days: int
    least: int = LEAST_OVERDUE_DAYS
    most: int = MOST_OVERDUE_DAYS


class OfficeTwiceError(DataError):
    sentence = (
        "Kecamatan {names:list} dipilih untuk dua kantor. Setiap kecamatan hanya milik satu kantor."
    )
    names: Collection[str]


def with_preferences(store: Store, known: Mapping[str, str] | None = None) -> Store:
    """Return the store with the office's own choices in its settings.

    Args:
        known: what the store says of itself, where that was read just now.

    Raises:
        StoreError: if the database cannot be read.
    """
    kept = (store.known() if known is None else known).get(_OVERDUE_KEY)
    settings = store.settings
    if not kept or int(kept) == settings.overdue_days:
        return store
    # "Nearly due" cannot begin before the visit itself.
    due_days = min(settings.due_days, int(kept))
    return replace(store, settings=replace(settings, overdue_days=int(kept), due_days=due_days))


def set_overdue_days(store: Store, days: int, actor: str) -> None:
    """Keep the days after which a desa is overdue.

    Raises:
        OverdueDaysError: if nobody could mean that number.
        StoreError: if the database cannot be written.
    """
    if not LEAST_OVERDUE_DAYS <= days <= MOST_OVERDUE_DAYS:
        raise OverdueDaysError(days)
    with store.write() as connection:
        write_meta(connection, _OVERDUE_KEY, str(days))
        audit.record(connection, actor, "ubah pengaturan", f"jatuh tempo {days} hari")


def office_names(store: Store) -> dict[str, str]:
    """Return the name of every office by its id."""
    with store.read() as connection:
        rows = connection.execute(select(office_table).order_by(office_table.c.id))
        names = {row.id: row.name for row in rows}
    # In the order of the area's own list; offices that it no longer names come last.
    own = [one for one in area().office_ids if one in names]
    return {one: names[one] for one in (*own, *(other for other in names if other not in own))}


def offices(store: Store) -> dict[str, str]:
    """Return the office of every kecamatan by its code."""
    with store.read() as connection:
        rows = connection.execute(select(kecamatan.c.code, kecamatan.c.office))
        return {row.code: row.office for row in rows}


def set_offices(store: Store, chosen: Mapping[str, Collection[str]], actor: str) -> int:
    """Say which kecamatan each office serves; kecamatan that none names become unknown.

    Args:
        chosen: office -> kecamatan codes.

    Returns:
        Number of kecamatan whose office changed.

    Raises:
        OfficeTwiceError: if two offices name the same kecamatan.
        StoreError: if the database cannot be written.
    """
    wanted = dict.fromkeys(gazetteer().kecamatan_by_code, UNKNOWN_OFFICE)
    taken: set[str] = set()
    for office in office_names(store):
        codes = set(chosen.get(office, ()))
        if twice := codes & taken:
            raise OfficeTwiceError(sorted(gazetteer().name(code) for code in twice))
        taken |= codes
        wanted.update(dict.fromkeys(codes, office))
    before = offices(store)
    changed = {code: office for code, office in wanted.items() if before.get(code) != office}
    if changed:
        with store.write() as connection:
            for code, office in changed.items():
                connection.execute(
                    update(kecamatan).where(kecamatan.c.code == code).values(office=office)
                )
            listing = ", ".join(f"{code} {office}" for code, office in changed.items())
            audit.record(connection, actor, "ubah pengaturan", f"kantor: {listing}")
    return len(changed)
