"""Ringkasan: where the programme stands, readable without touching anything."""

import streamlit as st

from pages.components.context import current_page
from pages.panels.data.first_use import empty_dashboard
from pages.panels.overview import (
    coverage_map_panel,
    decision_panel,
    opening,
)

page = current_page()

if page.data_until is None:
    empty_dashboard()
else:
    opening(page)
    map_column, decision_column = st.columns([58, 42], gap="medium")
    with map_column:
        coverage_map_panel(page)
    with decision_column:
        decision_panel(page)
