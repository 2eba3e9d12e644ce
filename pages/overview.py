"""Ringkasan: where the programme stands, readable without touching anything."""

import streamlit as st

from pages.components.overview_panels import (
    coverage_map_panel,
    decision_panel,
    opening,
)
from pages.components.panels import nothing_yet
from pages.components.state import current_frame

frame = current_frame()

if frame.data_until is None:
    nothing_yet()
else:
    opening(frame)
    map_column, decision_column = st.columns([58, 42], gap="medium")
    with map_column:
        coverage_map_panel(frame)
    with decision_column:
        decision_panel(frame)
