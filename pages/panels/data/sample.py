"""The end of the sample: the first step of real use."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import streamlit as st

from data_access.errors import DataError
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.writing.history import ImportEntry, history
from data_access.sample.end import remove_sample
from data_access.intake.writing.undo import undo
from data_access.inventory import contents, rows_per_month
from data_access.preferences import (
    LEAST_OVERDUE_DAYS,
    MOST_OVERDUE_DAYS,
    offices,
    set_offices,
    set_overdue_days,
)
from data_access.numbers.selection import Month
from geo.errors import GeoError
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.panels import empty_panel, panel_title
from pages.panels.data.context import DataContext
from pages.components.table import Column, data_table
from pages.panels.data.telling import attempt, place_words, tell



def sample_panel(data: DataContext) -> None:
    """Offer the first step of real use: an empty store instead of the sample."""
    if not data.is_sample:
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
                        f"{words.number(remove_sample(data.store, data.actor))} baris contoh "
                        "dihapus. Sekarang masukkan berkas kantor."
                    )
                ),
            )
