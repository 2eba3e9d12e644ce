"""What is in the store, how far it reaches, and which months are still empty."""

from __future__ import annotations

import pandas as pd

from data_access.intake.forms.registry import TABLE_LABELS
from data_access.inventory import EVENT_TABLES, contents, rows_per_month
from data_access.numbers.selection import Month, Period
from geo.classes import CASES
from pages.components import words
from pages.components.month_strip import MonthRow, month_strip
from pages.components.panels import panel_title
from pages.components.table import Column, data_table
from pages.components.texts import data as texts
from pages.panels.data.context import DataContext
from pages.panels.data.telling import tell

_MONTHS_SHOWN = 24


def data_sentence(data: DataContext) -> str:
    """Say what the store holds and how far it reaches."""
    until = data.page.data_until
    if until is None:
        return texts.HEADLINE_EMPTY
    counted = {each.table: each.rows for each in contents(data.store)}
    events = {table: TABLE_LABELS[table].lower() for table in EVENT_TABLES}
    held = [
        texts.HEADLINE_HELD.format(count=words.number(counted[one]), table=label)
        for one, label in events.items()
        if counted[one]
    ]
    none = [label for one, label in events.items() if not counted[one]]
    return texts.HEADLINE.format(
        held=words.listing(held),
        day=words.long_date(until),
        rest=texts.HEADLINE_REST.format(tables=words.listing(none)) if none else "",
    )


def contents_panel(data: DataContext) -> None:
    """List the tables, and how many records each month holds."""
    tell()
    tables = pd.DataFrame([vars(each) for each in contents(data.store)])
    tables["label"] = tables["table"].map(TABLE_LABELS)
    # A table that nobody has brought is no table of zero rows.
    tables["rows"] = tables["rows"].where(tables["rows"] > 0)
    panel_title(texts.CONTENTS_TITLE, texts.CONTENTS_NOTE)
    data_table(
        tables,
        [
            Column("label", texts.COLUMN_TABLE),
            Column("rows", texts.COLUMN_ROWS, "number", missing=texts.CONTENTS_NONE),
            Column("first", texts.COLUMN_FIRST, "date"),
            Column("last", texts.COLUMN_LAST, "date"),
            Column("imported_at", texts.COLUMN_IMPORTED, "date", missing=texts.CONTENTS_NONE),
        ],
        title=texts.CONTENTS_TITLE,
        caption=texts.CONTENTS_CAPTION.format(day=words.long_date(data.settings.today)),
        unit=texts.CONTENTS_UNIT,
        key="isi_basis_data",
        empty=texts.CONTENTS_EMPTY,
        height=320,
    )
    _completeness(data)


def _completeness(data: DataContext) -> None:
    counted = rows_per_month(data.store)
    this_month = Month.of(data.settings.today)
    months = [this_month.plus(step) for step in range(1 - _MONTHS_SHOWN, 1)]
    panel_title(
        texts.MONTHS_TITLE,
        texts.MONTHS_NOTE.format(period=words.period_name(Period(months[0], months[-1]))),
    )
    month_strip([_month_row(counted, table) for table in EVENT_TABLES], months, this_month)


def _month_row(counted: pd.DataFrame, table: str) -> MonthRow:
    of_table = counted[counted["table"] == table]
    counts = {
        Month.parse(month): int(n)
        for month, n in zip(of_table["month"], of_table["n"], strict=True)
    }
    breaks = tuple(int(each) for each in CASES.breaks) if table == "cases" else ()
    return MonthRow(TABLE_LABELS[table], counts, min(counts, default=None), breaks)
