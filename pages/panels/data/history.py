"""The imports, newest first, each with its undo."""

from __future__ import annotations

from html import escape

import streamlit as st

from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.writing.history import ImportEntry, history
from data_access.intake.writing.undo import undo
from pages.components import words
from pages.components.panels import empty_panel, panel_title
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt, tell

_IMPORTS_SHOWN = 20


def history_panel(data: DataContext) -> None:
    """List the imports, newest first, each with its undo."""
    tell()
    entries = sorted(history(data.store), key=lambda entry: -entry.id)
    panel_title(
        "Riwayat impor",
        "Membatalkan impor mengembalikan isi basis data seperti sebelum berkas itu masuk.",
    )
    if not entries:
        empty_panel("Belum ada berkas yang dimasukkan.")
    for entry in entries[:_IMPORTS_SHOWN]:
        _history_line(data, entry)


def _history_line(data: DataContext, entry: ImportEntry) -> None:
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
                on_click=lambda: attempt(lambda: _undone(data, entry)),
            )


def _undone(data: DataContext, entry: ImportEntry) -> str:
    done = undo(data.store, entry.id, data.actor)
    return (
        f"Impor {entry.file_name} dibatalkan: {words.number(done.removed)} baris dihapus, "
        f"{words.number(done.restored)} baris dikembalikan."
    )
