"""Kasus: what was reported, by label, origin, victims and stage. No desa values here."""

import streamlit as st

from pages.components.case_panels import (
    breakdown_panels,
    case_map_panel,
    cases_per_month_panel,
    kecamatan_panel,
    label_panel,
    opening,
    reading_notes,
    victims_panel,
)
from pages.components.panels import nothing_yet
from pages.components.state import current_frame

frame = current_frame()

if frame.data_until is None:
    nothing_yet()
else:
    opening(frame)
    map_column, side_column = st.columns([58, 42], gap="medium")
    with map_column:
        case_map_panel(frame)
    with side_column:
        reading_notes()
        label_panel(frame)
        victims_panel(frame)
    month_column, table_column = st.columns([58, 42], gap="medium")
    with month_column:
        cases_per_month_panel(frame)
    with table_column:
        kecamatan_panel(frame)
    breakdown_panels(frame)
