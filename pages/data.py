"""Data: what is in the store, officers' own files, the history, boundaries and settings."""

import streamlit as st

from pages.components.boundary_panels import boundary_panel
from pages.components.data_panels import contents_panel, history_panel, sample_panel, settings_panel
from pages.components.figures import headline
from pages.components.intake_panels import intake_panel
from pages.components.sentences import data_sentence
from pages.components.state import current_frame

SECTIONS = {
    "isi": ("Isi basis data", contents_panel),
    "berkas": ("Masukkan berkas", intake_panel),
    "riwayat": ("Riwayat", history_panel),
    "batas": ("Batas wilayah", boundary_panel),
    "pengaturan": ("Pengaturan", settings_panel),
}

frame = current_frame()

headline(data_sentence(frame))
sample_panel(frame)
chosen = st.segmented_control(
    "Bagian",
    list(SECTIONS),
    format_func=lambda key: SECTIONS[key][0],
    default="isi",
    key="data_bagian",
    required=True,
    persist_state="session",
    label_visibility="collapsed",
)
SECTIONS[chosen][1](frame)
