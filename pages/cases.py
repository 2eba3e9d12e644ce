"""Kasus: what was reported, by label, origin, victims and stage. No desa values here."""

import streamlit as st

from pages.components.context import current_page
from pages.panels.cases import (
    breakdown_panels,
    case_map_panel,
    cases_per_month_panel,
    closed_panel,
    details_question,
    is_broken_down,
    kecamatan_panel,
    label_panel,
    opening,
    reading_notes,
    victims_panel,
    with_details_if_opened,
)
from pages.panels.data.first_use import empty_dashboard

page = with_details_if_opened(current_page())

if page.data_until is None:
    empty_dashboard()
else:
    opening(page)
    details_question(page)
    map_column, side_column = st.columns([58, 42], gap="medium")
    with map_column:
        case_map_panel(page)
    with side_column:
        reading_notes()
        if is_broken_down(page):
            label_panel(page)
            victims_panel(page)
        else:
            closed_panel(page)
    if is_broken_down(page):
        month_column, table_column = st.columns([58, 42], gap="medium")
        with month_column:
            cases_per_month_panel(page)
        with table_column:
            kecamatan_panel(page)
        breakdown_panels(page)
