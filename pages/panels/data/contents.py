"""What is in the store, how far it reaches, and which months are still empty."""

from __future__ import annotations

import pandas as pd

from data_access.intake.forms.registry import TABLE_LABELS
from data_access.inventory import contents, rows_per_month
from data_access.numbers.selection import Month
from pages.components import charts, words
from pages.components.panels import empty_panel, panel_title
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
    return (
        f"Basis data berisi {words.number(counted['visits'])} kunjungan, "
        f"{words.number(counted['awareness_sessions'])} sosialisasi, dan "
        f"{words.number(counted['cases'])} kasus sampai {words.long_date(until)}."
    )


def contents_panel(data: DataContext) -> None:
    """List the tables, and how many records each month holds."""
    tell()
    tables = pd.DataFrame([vars(each) for each in contents(data.store)])
    tables["label"] = tables["table"].map(TABLE_LABELS)
    panel_title("Isi basis data", "Jumlah baris, hari pertama dan terakhir, impor terakhir.")
    data_table(
        tables,
        [
            Column("label", "Tabel"),
            Column("rows", "Baris", "number"),
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
    months = rows_per_month(data.store)
    this_month = Month.of(data.settings.today)
    shown = [str(this_month.plus(step)) for step in range(1 - _MONTHS_SHOWN, 1)]
    panel_title(
        "Bulan mana yang masih kosong?",
        f"Jumlah baris per bulan, {_MONTHS_SHOWN} bulan terakhir; kotak kosong berarti tidak ada.",
    )
    if not months["n"].sum():
        empty_panel("Belum ada catatan. Pilih “Masukkan berkas” untuk mengisi basis data.")
        return
    strip = charts.month_strip(months.assign(label=months["table"].map(TABLE_LABELS)), shown)
    charts.show(strip, key="kelengkapan_bulan", alt="Jumlah baris per tabel dan bulan")
