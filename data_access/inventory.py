"""What is in the store: rows, days, last import, rows per month, and what is still missing.

One GROUP BY per table; no row is read by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, Table, func, select

from data_access.schema import (
    IMPORT_DONE,
    UNKNOWN_OFFICE,
    awareness_sessions,
    cases,
    imports,
    kecamatan,
    targets,
    villages,
    visits,
)
from data_access.store import Store

# Column with the day of a record, "" for tables without one.
_DAYS: dict[Table, str] = {
    visits: "visited_on",
    awareness_sessions: "held_on",
    cases: "reported_on",
    villages: "",
    kecamatan: "",
    targets: "",
}

# Tables whose rows have a day, in the order in which people read them.
EVENT_TABLES = tuple(table.name for table, day in _DAYS.items() if day)


@dataclass(frozen=True)
class TableContents:
    """One table: its name, number of rows, first and last day ("" if none), last import."""

    table: str
    rows: int
    first: str
    last: str
    imported_at: str


def contents(store: Store) -> tuple[TableContents, ...]:
    """Say what each table holds.

    Raises:
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        last_imports = (
            select(imports.c.table_name, func.max(imports.c.imported_at).label("at"))
            .where(imports.c.state == IMPORT_DONE)
            .group_by(imports.c.table_name)
        )
        imported = {row.table_name: row.at for row in connection.execute(last_imports)}
        found = []
        for table, day in _DAYS.items():
            bounds = (func.min(table.c[day]), func.max(table.c[day])) if day else ()
            row = connection.execute(select(func.count(), *bounds).select_from(table)).one()
            first, last = (row[1] or "", row[2] or "") if day else ("", "")
            found.append(
                TableContents(table.name, row[0], first, last, imported.get(table.name, ""))
            )
    return tuple(found)


@dataclass(frozen=True)
class FirstStep:
    """Something that the office must bring before the figures mean what they say.

    Attributes:
        name: "assisted", "office", "working_age", "targets" or a table of events.
        known: number of areas or rows that are there.
        total: number of areas that there should be; None where no number is right.
    """

    name: str
    known: int
    total: int | None = None

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is missing; of what has no right number, whether there is any."""
        return self.known >= (self.total or 1)


def first_steps(store: Store) -> tuple[FirstStep, ...]:
    """Say what the store has of all that figures need, in the order of bringing it.

    Raises:
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:

        def count(table: Table, *conditions: ColumnElement[bool]) -> int:
            counted = select(func.count()).select_from(table).where(*conditions)
            return connection.scalar(counted) or 0

        areas = count(kecamatan)
        return (
            # How many desa are binaan is the office's own decision.
            FirstStep("assisted", count(villages, villages.c.is_assisted)),
            FirstStep("office", count(kecamatan, kecamatan.c.office != UNKNOWN_OFFICE), areas),
            FirstStep("working_age", count(kecamatan, kecamatan.c.working_age > 0), areas),
            FirstStep("targets", count(targets, targets.c.year == store.settings.today.year)),
            *(FirstStep(table.name, count(table)) for table in (visits, awareness_sessions, cases)),
        )


def rows_per_month(store: Store) -> pd.DataFrame:
    """Count the records of each month; columns ``table``, ``month`` ("2025-01"), ``n``."""
    parts = []
    with store.read() as connection:
        for table, day in _DAYS.items():
            if not day:
                continue
            month = func.substr(table.c[day], 1, 7).label("month")
            counted = select(month, func.count().label("n")).group_by("month").order_by("month")
            rows = connection.execute(counted).all()
            parts += [(table.name, row.month, row.n) for row in rows]
    return pd.DataFrame(parts, columns=["table", "month", "n"])
