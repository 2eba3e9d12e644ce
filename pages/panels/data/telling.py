"""How the panels of Data say what came of an action, and name a place."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data_access.errors import DataError
from geo.errors import GeoError
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components.alerts import show_problem, show_success
from pages.components.texts import data as texts


def attempt(action: Callable[[], str]) -> None:
    """Do something that can fail, in a callback; what came of it is told by ``tell``."""
    try:
        st.session_state["data_pesan"] = ("ok", action())
    except (DataError, GeoError) as error:
        st.session_state["data_pesan"] = ("gagal", str(error))


def tell() -> None:
    """Say what came of the last action, once."""
    kind, message = st.session_state.pop("data_pesan", ("", ""))
    if kind == "ok":
        show_success(message)
    elif kind:
        show_problem(message)


def place_words(code: str) -> str:
    """Name an area so that its namesakes differ: "Desa Lontar, Kec. Tirtayasa"."""
    places = gazetteer()
    if code in places.desa_by_code:
        kecamatan = places.name(kecamatan_code_of(code))
        return texts.PLACE_DESA.format(desa=places.name(code), kecamatan=kecamatan)
    if code in places.kecamatan_by_code:
        return texts.PLACE_KECAMATAN.format(kecamatan=places.name(code))
    return code
