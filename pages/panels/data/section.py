"""Which section of the page is open: one choice, also by address (``/data?bagian=berkas``)."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.components.escaping import label_text
from pages.components.panels import reading_note
from pages.components.texts import data as texts

_NAME = "bagian"
_KEY = "data_bagian"
# What the address said after the last rerun; another value there is a link or the back button.
_WRITTEN = "data_bagian_di_alamat"


def section_choice(labels: Mapping[str, str]) -> str:
    """Draw the sections and return the open one; the first is open where nobody chose.

    Args:
        labels: name of each section in the address -> its words.
    """
    first = next(iter(labels))
    asked = st.query_params.get(_NAME, first)
    if _KEY not in st.session_state or asked != st.session_state.get(_WRITTEN, first):
        st.session_state[_KEY] = asked if asked in labels else first
    if asked not in labels:
        reading_note(texts.SECTION_UNKNOWN.format(asked=label_text(asked)))
    st.segmented_control(
        texts.SECTION_CONTROL,
        list(labels),
        format_func=labels.__getitem__,
        key=_KEY,
        required=True,
        label_visibility="collapsed",
    )
    chosen: str = st.session_state[_KEY]
    _write_url(chosen, first)
    return chosen


def _write_url(chosen: str, first: str) -> None:
    if chosen == first:
        st.query_params.pop(_NAME, None)
    elif st.query_params.get(_NAME) != chosen:
        st.query_params[_NAME] = chosen
    st.session_state[_WRITTEN] = chosen
