"""The end of the sample: the first step of real use."""

from __future__ import annotations

import streamlit as st

from data_access.sample.end import remove_sample
from pages.components import words
from pages.components.texts import data as texts
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt


def sample_panel(data: DataContext) -> None:
    """Offer the first step of real use: an empty store instead of the sample."""
    if not data.is_sample:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.html(f'<p class="panel-note">{texts.SAMPLE_NOTE}</p>')
        with st.popover(texts.SAMPLE_REMOVE, icon=":material/delete:"):
            st.write(texts.SAMPLE_REMOVE_WARNING)
            st.button(
                texts.SAMPLE_REMOVE_YES,
                type="primary",
                key="hapus_contoh",
                on_click=lambda: attempt(lambda: _removed(data)),
            )


def _removed(data: DataContext) -> str:
    rows = remove_sample(data.store, data.actor)
    return texts.SAMPLE_REMOVED.format(count=words.number(rows))
