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
from pages.panels.data.context import DataContext
from pages.panels.data.telling import tell

_MONTHS_SHOWN = 24


def data_sentence(data: DataContext) -> str:
    """Say what the store holds and how far it reaches."""
    until = data.page.data_until
    if until is None:
        return "Basis data masih kosong: masukkan berkas pertama kantor."
    counted = {each.table: each.rows for each in contents(data.store)}
    events = {table: TABLE_LABELS[table].lower() for table in EVENT_TABLES}
    held = [
        f"{words.number(counted[one])} {label}" for one, label in events.items() if counted[one]
    ]
    none = [label for one, label in events.items() if not counted[one]]
    rest = f"; {words.listing(none)} belum ada" if none else ""
    return f"Basis data berisi {words.listing(held)} sampai {words.long_date(until)}{rest}."


def contents_panel(data: DataContext) -> None:
    """List the tables, and how many records each month holds."""
    tell()
    tables = pd.DataFrame([vars(each) for each in contents(data.store)])
    tables["label"] = tables["table"].map(TABLE_LABELS)
    # A table that nobody has brought is no table of zero rows.
    tables["rows"] = tables["rows"].where(tables["rows"] > 0)
    panel_title("Isi basis data", "Jumlah baris, hari pertama dan terakhir, impor terakhir.")
    data_table(
        tables,
        [
            Column("label", "Tabel"),
            Column("rows", "Baris", "number", missing="belum ada"),
            Column("first", "Hari pertama", "date"),
            Column("last", "Hari terakhir", "date"),
            Column("imported_at", "Impor terakhir", "date", missing="belum ada"),
        ],
        title="Isi basis data",
        caption=f"Per {words.long_date(data.settings.today)}",
        unit="tabel",
        key="isi_basis_data",
        empty="Basis data kosong.",
        height=320,
    )
    _completeness(data)


def _completeness(data: DataContext) -> None:
    counted = rows_per_month(data.store)
    this_month = Month.of(data.settings.today)
    months = [this_month.plus(step) for step in range(1 - _MONTHS_SHOWN, 1)]
    panel_title(
        "Bulan mana yang masih kosong?",
        f"Jumlah baris per bulan, {words.period_name(Period(months[0], months[-1]))}; tiap tabel "
        "memakai skalanya sendiri.",
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
