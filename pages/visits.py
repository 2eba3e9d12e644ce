"""Kunjungan: which desa officers reached, which are waiting, and who looks after them."""

import streamlit as st

from pages.components.context import current_page
from pages.components.figures import headline
from pages.components.sentences import visits_sentence
from pages.panels.data.first_use import empty_dashboard
from pages.panels.visits import (
    field_map_panel,
    outcome_panel,
    pimpasa_panel,
    village_list_panel,
)

page = current_page()

if page.data_until is None:
    empty_dashboard()
else:
    headline(visits_sentence(page))
    map_column, list_column = st.columns([46, 54], gap="medium")
    with map_column:
        field_map_panel(page)
    with list_column:
        village_list_panel(page)
    outcome_column, pimpasa_column = st.columns([58, 42], gap="medium")
    with outcome_column:
        outcome_panel(page)
    with pimpasa_column:
        pimpasa_panel(page)
