"""What a page says while its data cannot be read, and how it comes back without a click.

The sentence asks again by itself, cheaply; the page runs anew when the store answers. Nothing
that was shown before stands beside it: it could be taken for what holds now.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data_access.errors import DataError, StoreError, StoreUpgradeError
from data_access.settings import current_settings
from geo.errors import GeoError
from pages.components.alerts import show_problem
from pages.components.context import data_or_problem
from pages.components.escaping import html_text
from pages.components.texts import common

_SECONDS, _MOST_SECONDS = 3, 60
# How often the store could be read and the page failed all the same.
_VAIN = "pemulihan_sia_sia"
_JUST_TOLD = "gangguan_baru_disebut"


@contextmanager
def outage_told() -> Iterator[None]:
    """Say it on the page where the block cannot read the store, and wait for its return.

    The run goes on behind the block and ends as any other: server and browser both let go the
    widgets that were not drawn, so that neither holds a state that the other has lost.
    """
    try:
        yield
    except StoreError as problem:
        _show(problem)
    else:
        st.session_state.pop(_VAIN, None)


def _show(problem: StoreError) -> None:
    show_problem(f"{common.OUTAGE} {problem}")
    # An upgrade copies the database first: nobody should try it every few seconds.
    if isinstance(problem, StoreUpgradeError):
        return
    st.html(f'<p class="panel-note">{html_text(common.OUTAGE_WAITING)}</p>')
    vain = st.session_state.get(_VAIN, 0)
    st.session_state[_JUST_TOLD] = True
    st.fragment(_look_again, run_every=min(_SECONDS * 2**vain, _MOST_SECONDS))()


def _look_again() -> None:
    # Streamlit runs it at once as well, when the page has just asked.
    if st.session_state.pop(_JUST_TOLD, False):
        return
    try:
        found = data_or_problem(current_settings())
    except (DataError, GeoError):
        return
    if not isinstance(found, StoreError):
        _run_again()


def _run_again() -> None:
    # A page that fails where the store answers would otherwise run for ever, every few seconds.
    st.session_state[_VAIN] = st.session_state.get(_VAIN, 0) + 1
    st.rerun(scope="app")
