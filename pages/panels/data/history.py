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
    entries = history(data.store)
    hidden = len(entries) - _IMPORTS_SHOWN
    panel_title(
        "Riwayat impor",
        "Membatalkan impor mengembalikan isi basis data seperti sebelum berkas itu masuk."
        + (f" Di sini {_IMPORTS_SHOWN} impor terakhir dari {len(entries)}." if hidden > 0 else ""),
    )
    if not entries:
        empty_panel("Belum ada berkas yang dimasukkan. Pilih “Masukkan berkas” di atas.")
    for entry in entries[:_IMPORTS_SHOWN]:
        _history_line(data, entry)


def _history_line(data: DataContext, entry: ImportEntry) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.html(
            f'<p class="panel-note"><b>{escape(entry.file_name)}</b> ke tabel '
            f"<b>{TABLE_LABELS[entry.table]}</b><br>{escape(_came(entry))}<br>"
            f"{escape(_counts(entry))}{_state(entry)}</p>"
        )
        if entry.is_done:
            st.button(
                "Batalkan impor",
                key=f"batal_{entry.id}",
                icon=":material/undo:",
                on_click=lambda: attempt(lambda: _undone(data, entry)),
            )


def _came(entry: ImportEntry) -> str:
    part = f", bagian ke-{entry.part} dari berkas yang sama" if entry.part > 1 else ""
    return f"{words.moment(entry.imported_at)}, oleh {entry.actor}{part}"


def _counts(entry: ImportEntry) -> str:
    """Say what the import did to rows; what was not kept is not told as zero."""
    rejected = (
        "yang ditolak tidak tercatat"
        if entry.rejected is None
        else f"{words.number(entry.rejected)} ditolak"
    )
    return (
        f"{words.number(entry.added)} baru · {words.number(entry.changed)} berubah · "
        f"{words.number(entry.unchanged)} sama · {rejected}"
    )


def _state(entry: ImportEntry) -> str:
    if entry.is_done:
        return ""
    when = f" {words.moment(entry.undone_at)} oleh {entry.undone_by}" if entry.undone_at else ""
    return f"<br><b>Dibatalkan</b>{escape(when)}"


def _undone(data: DataContext, entry: ImportEntry) -> str:
    done = undo(data.store, entry.id, data.actor)
    return (
        f"Impor {entry.file_name} dibatalkan: {words.number(done.removed)} baris dihapus, "
        f"{words.number(done.restored)} baris dikembalikan."
    )
