"""The frame around every page: navigation, the filter row, notices, and the footer."""

import streamlit as st

from pages.components.filter_bar import filter_bar, ignored_url_values
from pages.components.notices import show_footer, show_notices
from pages.components.state import (
    current_rollup,
    current_settings,
    current_store,
    load_frame,
    publish_frame,
)

st.set_page_config(page_title="Pantau Desa Binaan", page_icon="🧭", layout="wide")

page = st.navigation(
    [
        st.Page("overview.py", title="Ringkasan", default=True),
        st.Page("visits.py", title="Kunjungan", url_path="kunjungan"),
        st.Page("awareness.py", title="Sosialisasi", url_path="sosialisasi"),
        st.Page("cases.py", title="Kasus", url_path="kasus"),
        st.Page("data.py", title="Data", url_path="data"),
    ],
    position="top",
)

settings = current_settings()
store = current_store(settings)
chosen = filter_bar(settings.today, page.url_path)
frame = load_frame(settings, store, current_rollup(store), chosen)

show_notices(frame, ignored_url_values())
publish_frame(frame)
page.run()
show_footer(frame)
