"""Kunjungan: which desa officers reached, which are waiting, and who looks after them."""

import streamlit as st

from pages.components.figures import headline
from pages.components.panels import nothing_yet
from pages.components.sentences import visits_sentence
from pages.components.state import current_frame
from pages.components.visit_panels import (
    field_map_panel,
    outcome_panel,
    pimpasa_panel,
    status_legend,
    village_list_panel,
)

frame = current_frame()

if frame.data_until is None:
    nothing_yet()
else:
    headline(visits_sentence(frame))
    map_column, list_column = st.columns([58, 42], gap="medium")
    with map_column:
        clicked = field_map_panel(frame)
        status_legend(frame)
    with list_column:
        village_list_panel(frame, clicked)
    outcome_column, pimpasa_column = st.columns([58, 42], gap="medium")
    with outcome_column:
        outcome_panel(frame)
    with pimpasa_column:
        pimpasa_panel(frame)
