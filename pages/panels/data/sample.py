"""The end of the sample: the first step of real use."""

from __future__ import annotations

import streamlit as st

from data_access.sample.end import remove_sample
from pages.components import words
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt


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
