"""What the office sets: the days until a desa is overdue, and whose kecamatan is whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from data_access.preferences import (
    LEAST_OVERDUE_DAYS,
    MOST_OVERDUE_DAYS,
    office_names,
    offices,
    set_offices,
    set_overdue_days,
)
from geo.gazetteer import gazetteer
from pages.components import words
from pages.components.escaping import markdown_label
from pages.components.panels import panel_title
from pages.components.texts import data as texts
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt, tell


def settings_panel(data: DataContext) -> None:
    """Set the days after which a desa is overdue, and the office of each kecamatan."""
    tell()
    panel_title(texts.OVERDUE_TITLE, texts.OVERDUE_NOTE)
    days = st.number_input(
        texts.OVERDUE_DAYS,
        LEAST_OVERDUE_DAYS,
        MOST_OVERDUE_DAYS,
        data.settings.overdue_days,
        key="atur_hari",
        width=260,
    )
    st.button(
        texts.OVERDUE_SAVE,
        key="simpan_hari",
        on_click=lambda: attempt(lambda: _kept_days(data, int(days))),
    )
    panel_title(
        texts.OFFICES_TITLE,
        texts.OFFICES_NOTE,
    )
    chosen = {
        office: _office_choice(data, office, name)
        for office, name in office_names(data.store).items()
    }
    st.button(
        texts.OFFICES_SAVE,
        key="simpan_kantor",
        on_click=lambda: attempt(lambda: _kept_offices(data, chosen)),
    )


def _kept_days(data: DataContext, days: int) -> str:
    set_overdue_days(data.store, days, data.actor)
    return texts.OVERDUE_SAVED.format(days=words.number(days))


def _kept_offices(data: DataContext, chosen: Mapping[str, Sequence[str]]) -> str:
    changed = set_offices(data.store, chosen, data.actor)
    return texts.OFFICES_SAVED.format(count=changed)


def _office_choice(data: DataContext, office: str, name: str) -> list[str]:
    now = [code for code, known in offices(data.store).items() if known == office]
    return st.multiselect(
        markdown_label(texts.OFFICE_CHOICE.format(office=name)),
        list(gazetteer().kecamatan_by_code),
        default=now,
        format_func=gazetteer().name,
        key=f"atur_{office}",
        placeholder=texts.OFFICE_CHOICE_EMPTY,
        select_all=False,
    )
