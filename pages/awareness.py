"""Sosialisasi: how far awareness of TPPO reaches and what people learn."""

import streamlit as st

from pages.components.awareness_panels import (
    attendance_panel,
    audience_panel,
    awareness_map_panel,
    knowledge_panel,
    never_reached_panel,
    opening,
    reach_panel,
)
from pages.components.panels import nothing_yet
from pages.components.state import current_frame

frame = current_frame()

if frame.data_until is None:
    nothing_yet()
else:
    opening(frame)
    map_column, list_column = st.columns([58, 42], gap="medium")
    with map_column:
        awareness_map_panel(frame)
    with list_column:
        never_reached_panel(frame)
    month_column, audience_column = st.columns([58, 42], gap="medium")
    with month_column:
        attendance_panel(frame)
        knowledge_panel(frame)
    with audience_column:
        audience_panel(frame)
        reach_panel(frame)
