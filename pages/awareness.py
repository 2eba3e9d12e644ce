"""Sosialisasi: how far awareness of TPPO reaches and what people learn."""

import streamlit as st

from pages.components.context import current_page
from pages.panels.awareness import (
    attendance_panel,
    audience_panel,
    awareness_map_panel,
    knowledge_panel,
    never_reached_panel,
    opening,
    reach_panel,
)
from pages.panels.data.first_use import empty_dashboard

page = current_page()

if page.data_until is None:
    empty_dashboard()
else:
    opening(page)
    map_column, list_column = st.columns([58, 42], gap="medium")
    with map_column:
        awareness_map_panel(page)
    with list_column:
        never_reached_panel(page)
    month_column, audience_column = st.columns([58, 42], gap="medium")
    with month_column:
        attendance_panel(page)
        knowledge_panel(page)
    with audience_column:
        audience_panel(page)
        reach_panel(page)
