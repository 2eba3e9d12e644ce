"""What the office sets: the days until a desa is overdue, and whose kecamatan is whose."""

from __future__ import annotations

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
from pages.components.panels import panel_title
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt, tell


def settings_panel(data: DataContext) -> None:
    """Set the days after which a desa is overdue, and the office of each kecamatan."""
    tell()
    panel_title("Batas jatuh tempo", "Desa jatuh tempo bila lebih lama dari ini tanpa kunjungan.")
    days = st.number_input(
        "Hari sejak kunjungan terakhir",
        LEAST_OVERDUE_DAYS,
        MOST_OVERDUE_DAYS,
        data.settings.overdue_days,
        key="atur_hari",
        width=260,
    )
    st.button(
        "Simpan batas jatuh tempo",
        key="simpan_hari",
        on_click=lambda: attempt(lambda: _kept_days(data, int(days))),
    )
    panel_title(
        "Wilayah kantor",
        "Kecamatan yang tidak dipilih berstatus belum diketahui; kecamatan binaan setiap kantor "
        "menentukan cakupan “wilayah kantor”.",
    )
    chosen = {
        office: _office_choice(data, office, name)
        for office, name in office_names(data.store).items()
    }
    st.button(
        "Simpan wilayah kantor",
        key="simpan_kantor",
        on_click=lambda: attempt(
            lambda: f"{set_offices(data.store, chosen, data.actor)} kecamatan diubah kantornya."
        ),
    )


def _kept_days(data: DataContext, days: int) -> str:
    set_overdue_days(data.store, days, data.actor)
    return f"Desa kini jatuh tempo setelah {words.number(days)} hari tanpa kunjungan."


def _office_choice(data: DataContext, office: str, name: str) -> list[str]:
    now = [code for code, known in offices(data.store).items() if known == office]
    return st.multiselect(
        f"Kecamatan wilayah {name}",
        list(gazetteer().kecamatan_by_code),
        default=now,
        format_func=gazetteer().name,
        key=f"atur_{office}",
        placeholder="Pilih kecamatan",
        select_all=False,
    )
