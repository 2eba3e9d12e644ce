"""What an office brings first: a list to tick off, on Data and on every page without records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from data_access.errors import DataError
from data_access.inventory import FirstStep, first_steps
from data_access.sample.life import is_fresh, make_sample
from pages.components import words
from pages.components.alerts import show_problem
from pages.components.escaping import html_text, markdown_text
from pages.components.figures import headline
from pages.components.panels import data_link
from pages.components.texts import data as texts
from pages.panels.data.context import DataContext, data_context

# Where a step is done: a section of Data and, among the files, the template for it.
_PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "assisted": ("berkas", "villages"),
        "office": ("pengaturan", ""),
        "working_age": ("berkas", "kecamatan"),
        "targets": ("berkas", "targets"),
        "visits": ("berkas", "visits"),
        "awareness_sessions": ("berkas", "awareness_sessions"),
        "cases": ("berkas", "cases"),
    }
)


def first_use_panel(data: DataContext, *, is_open: bool) -> None:
    """List what is still missing; nothing where all is there, or where it is only a sample.

    Args:
        is_open: whether the list is unfolded as long as there is no record.
    """
    steps = () if data.is_sample else first_steps(data.store)
    done = sum(step.is_done for step in steps)
    if done == len(steps):
        return
    is_unfolded = is_open and data.page.data_until is None
    with st.expander(
        markdown_text(texts.STEPS_TITLE.format(done=done, count=len(steps))),
        expanded=is_unfolded,
        icon=":material/checklist:",
        key="langkah_awal_terbuka" if is_unfolded else "langkah_awal",
    ):
        _list(steps)
        _sample_offer(data)


def empty_dashboard() -> None:
    """Say on a page without any record why it is empty, and what comes first."""
    data = data_context()
    headline(texts.NO_RECORD)
    st.html(f'<p class="panel-note">{texts.NO_RECORD_NOTE}</p>')
    with st.container(border=True, key="langkah_awal"):
        _list(first_steps(data.store))
    _sample_offer(data)


def _list(steps: tuple[FirstStep, ...]) -> None:
    for step in steps:
        section, template = _PLACES[step.name]
        mark, state = ("✓", texts.STEP_DONE) if step.is_done else ("○", texts.STEP_OPEN)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="step" data-done="{int(step.is_done)}">'
                f'<span role="img" aria-label="{state}">{mark}</span> '
                f"<b>{html_text(texts.STEP_LABELS[step.name])}</b> {html_text(_known(step))}</p>"
            )
            data_link(texts.STEP_LINKS[step.name], section, template)


def _known(step: FirstStep) -> str:
    """Say what is there; what nobody brought is no zero."""
    if not step.known:
        return texts.STEP_NONE
    known, unit = words.number(step.known), texts.STEP_UNITS[step.name]
    if not step.total:
        return texts.STEP_KNOWN.format(known=known, unit=unit)
    return texts.STEP_KNOWN_OF.format(known=known, total=words.number(step.total), unit=unit)


def _sample_offer(data: DataContext) -> None:
    """Offer to try the dashboard with a sample, while nothing real could be lost."""
    if not (data.store.is_embedded and is_fresh(data.store)):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="panel-note offer">{texts.SAMPLE_OFFER}</p>')
        st.button(
            texts.SAMPLE_FILL,
            key="isi_contoh",
            icon=":material/science:",
            on_click=_fill,
            args=(data,),
        )
    if problem := st.session_state.pop("contoh_gagal", ""):
        show_problem(problem)


def _fill(data: DataContext) -> None:
    try:
        make_sample(data.store, data.settings.today)
    except DataError as error:
        st.session_state["contoh_gagal"] = str(error)
