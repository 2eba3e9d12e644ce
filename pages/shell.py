"""The frame around every page: navigation, the filter row, notices, and the footer."""

import streamlit as st

from data_access.errors import StoreError
from data_access.settings import current_settings
from pages.components.context import data_or_problem, prepare_page
from pages.components.filter.bar import filter_bar, ignored_url_values
from pages.components.notices import show_footer, show_notices
from pages.components.outage import outage_told
from pages.components.texts.common import PAGE_TITLES, PRODUCT_NAME
from pages.components.uploads import upload_places_noted

st.set_page_config(page_title=PRODUCT_NAME, page_icon="🧭", layout="wide")

route = st.navigation(
    [
        st.Page("overview.py", title=PAGE_TITLES[""], default=True),
        st.Page("visits.py", title=PAGE_TITLES["kunjungan"], url_path="kunjungan"),
        st.Page("awareness.py", title=PAGE_TITLES["sosialisasi"], url_path="sosialisasi"),
        st.Page("cases.py", title=PAGE_TITLES["kasus"], url_path="kasus"),
        st.Page("data.py", title=PAGE_TITLES["data"], url_path="data"),
    ],
    position="top",
)

settings = current_settings()
data = data_or_problem(settings)
# While nobody can tell whether there are records, the filter stays: it holds what was chosen.
can_filter = isinstance(data, StoreError) or data.has_records
# Nothing of the page Data depends on the filter.
is_filtered = route.url_path != "data" and can_filter
chosen = filter_bar(settings.today, route.url_path, is_shown=is_filtered)
with outage_told():
    if isinstance(data, StoreError):
        raise data
    page = prepare_page(data, settings, chosen)
    notes = (*settings.notes, *ignored_url_values())
    show_notices(page, notes, page.caption if is_filtered else "")
    with upload_places_noted():
        route.run()
    show_footer(page)
