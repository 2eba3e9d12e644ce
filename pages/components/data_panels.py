"""The panels of Data: contents and completeness, the end of the sample, history, settings."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from data_access.errors import DataError
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.writing.history import ImportEntry, history
from data_access.intake.writing.sample_end import remove_sample
from data_access.intake.writing.undo import undo
from data_access.inventory import contents, rows_per_month
from data_access.preferences import (
    LEAST_OVERDUE_DAYS,
    MOST_OVERDUE_DAYS,
    offices,
    set_offices,
    set_overdue_days,
)
from data_access.selection import Month
from geo.errors import GeoError
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.panels import empty_panel, panel_title
from pages.components.state import Frame
from pages.components.table import Column, data_table

# Who is named in the audit log until people sign in.
ACTOR = "petugas"
_MONTHS_SHOWN = 24
_IMPORTS_SHOWN = 20
_OFFICE_WORDS = {"serang": "Kanim Serang", "cilegon": "Kanim Cilegon"}


def sample_panel(frame: Frame) -> None:
    """Offer the first step of real use: an empty store instead of the sample."""
    if not frame.rollup.is_sample:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.html(
            '<p class="panel-note">Basis data berisi <b>data contoh</b>. Langkah pertama untuk '
            "pemakaian nyata: hapus data contoh, lalu masukkan berkas kantor.</p>"
        )
        with st.popover("Hapus data contoh", icon=":material/delete:"):
            st.write("Semua baris contoh dihapus. Tindakan ini tidak dapat dibatalkan.")
            st.button(
                "Ya, hapus data contoh",
                type="primary",
                key="hapus_contoh",
                on_click=lambda: attempt(
                    lambda: (
                        f"{words.number(remove_sample(frame.store, ACTOR))} baris contoh "
                        "dihapus. Sekarang masukkan berkas kantor."
                    )
                ),
            )


def attempt(action: Callable[[], str]) -> None:
    """Do something that can fail, in a callback; what came of it is told by ``tell``."""
    try:
        st.session_state["data_pesan"] = ("ok", action())
    except (DataError, GeoError) as error:
        st.session_state["data_pesan"] = ("gagal", str(error))


def tell() -> None:
    """Say what came of the last action, once."""
    kind, message = st.session_state.pop("data_pesan", ("", ""))
    if kind == "ok":
        st.success(message)
    elif kind:
        st.error(message)


def place_words(code: str) -> str:
    """Name an area so that its namesakes differ: "Desa Lontar, Kec. Tirtayasa"."""
    places = gazetteer()
    if code in places.desa_by_code:
        return f"Desa {places.name(code)}, Kec. {places.name(kecamatan_code_of(code))}"
    return f"Kecamatan {places.name(code)}" if code in places.kecamatan_by_code else code


def contents_panel(frame: Frame) -> None:
    """List the tables, and how many records each month holds."""
    tell()
    tables = pd.DataFrame([vars(each) for each in contents(frame.store)])
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
        caption=f"Per {words.long_date(frame.settings.today)}",
        unit="tabel",
        key="isi_basis_data",
        empty="Basis data kosong.",
        height=320,
    )
    _completeness(frame)


def _completeness(frame: Frame) -> None:
    months = rows_per_month(frame.store)
    this_month = Month.of(frame.settings.today)
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


def history_panel(frame: Frame) -> None:
    """List the imports, newest first, each with its undo."""
    tell()
    entries = sorted(history(frame.store), key=lambda entry: -entry.id)
    panel_title(
        "Riwayat impor",
        "Membatalkan impor mengembalikan isi basis data seperti sebelum berkas itu masuk.",
    )
    if not entries:
        empty_panel("Belum ada berkas yang dimasukkan.")
    for entry in entries[:_IMPORTS_SHOWN]:
        _history_line(frame, entry)


def _history_line(frame: Frame, entry: ImportEntry) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        state = "" if entry.is_done else " · sudah dibatalkan"
        st.html(
            f'<p class="panel-note"><b>{escape(entry.file_name)}</b> · '
            f"{TABLE_LABELS[entry.table]} · {words.iso_date(entry.imported_at)} · "
            f"{words.number(entry.added)} baru, {words.number(entry.changed)} berubah, "
            f"{words.number(entry.unchanged)} sama{state}</p>"
        )
        if entry.is_done:
            st.button(
                "Batalkan impor",
                key=f"batal_{entry.id}",
                icon=":material/undo:",
                on_click=lambda: attempt(lambda: _undone(frame, entry)),
            )


def _undone(frame: Frame, entry: ImportEntry) -> str:
    done = undo(frame.store, entry.id, ACTOR)
    return (
        f"Impor {entry.file_name} dibatalkan: {words.number(done.removed)} baris dihapus, "
        f"{words.number(done.restored)} baris dikembalikan."
    )


def settings_panel(frame: Frame) -> None:
    """Set the days after which a desa is overdue, and the office of each kecamatan."""
    tell()
    panel_title("Batas jatuh tempo", "Desa jatuh tempo bila lebih lama dari ini tanpa kunjungan.")
    days = st.number_input(
        "Hari sejak kunjungan terakhir",
        LEAST_OVERDUE_DAYS,
        MOST_OVERDUE_DAYS,
        frame.settings.overdue_days,
        key="atur_hari",
        width=260,
    )
    st.button(
        "Simpan batas jatuh tempo",
        key="simpan_hari",
        on_click=lambda: attempt(lambda: _kept_days(frame, int(days))),
    )
    panel_title(
        "Wilayah kantor",
        "Kecamatan yang tidak dipilih berstatus belum diketahui; kecamatan binaan kedua kantor "
        "menentukan cakupan “wilayah kantor”.",
    )
    chosen = {office: _office_choice(frame, office) for office in _OFFICE_WORDS}
    st.button(
        "Simpan wilayah kantor",
        key="simpan_kantor",
        on_click=lambda: attempt(
            lambda: f"{set_offices(frame.store, chosen, ACTOR)} kecamatan diubah kantornya."
        ),
    )


def _kept_days(frame: Frame, days: int) -> str:
    set_overdue_days(frame.store, days, ACTOR)
    return f"Desa kini jatuh tempo setelah {words.number(days)} hari tanpa kunjungan."


def _office_choice(frame: Frame, office: str) -> list[str]:
    now = [code for code, known in offices(frame.store).items() if known == office]
    return st.multiselect(
        f"Kecamatan wilayah {_OFFICE_WORDS[office]}",
        list(gazetteer().kecamatan_by_code),
        default=now,
        format_func=gazetteer().name,
        key=f"atur_{office}",
        placeholder="Pilih kecamatan",
        select_all=False,
    )
