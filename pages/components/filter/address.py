"""What stands in the address beside the filter: the level of a page's map, the place it points at.

One table says which value of which page has which name in the address. The values live in the
session's state, where widgets and callbacks set them; the filter bar reads and writes the address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from geo.gazetteer import gazetteer
from pages.components.filter.choice import ignored_value
from pages.components.texts import common

# Of Kunjungan: the desa its map and its list point at, and the kecamatan its list is narrowed to.
CHOSEN_DESA_KEY = "desa_terpilih"
LISTED_KECAMATAN_KEY = "daftar_kecamatan"
# Whose desa that list shows; "" for everybody's.
OFFICER_KEY = "daftar_pimpasa"

_LEVELS = ("kecamatan", "desa")
_LONGEST_NAME = 80


@dataclass(frozen=True)
class AddressValue:
    """One value of one page.

    Attributes:
        page: URL path of the page; "" is Ringkasan.
        name: its name in the address.
        key: where it lives in the session's state.
        default: what holds where the address does not name it; it is never written there.
        is_known: whether a value means something.
        remedy: returns what to write instead of a value that means nothing.
        is_level: whether a map's control starts from it: a state set before a session's first
            control would outvote a click that opens the session.
    """

    page: str
    name: str
    key: str
    default: str
    is_known: Callable[[str], bool]
    remedy: Callable[[], str]
    is_level: bool = False


def level_key(map_key: str) -> str:
    """Return where the level of a map lives in the session's state."""
    return f"{map_key}_tingkat"


def starting_level(map_key: str, default: str) -> str:
    """Return the level that a map's control starts from; from then on its state tells it."""
    return _started().pop(level_key(map_key), default)


def _started() -> dict[str, str]:
    started: dict[str, str] = st.session_state.setdefault("address_start", {})
    return started


def _level(page: str, map_key: str, default: str) -> AddressValue:
    return AddressValue(
        page,
        "peta",
        level_key(map_key),
        default,
        lambda said: said in _LEVELS,
        lambda: common.REMEDY_CHOICES.format(choices=", ".join(_LEVELS)),
        is_level=True,
    )


ADDRESS_VALUES = (
    _level("", "peta_ringkasan", "kecamatan"),
    _level("sosialisasi", "peta_sosialisasi", "kecamatan"),
    _level("kunjungan", "peta_lapangan", "desa"),
    AddressValue(
        "kunjungan",
        "desa",
        CHOSEN_DESA_KEY,
        "",
        lambda said: said in gazetteer().desa_by_code,
        lambda: common.REMEDY_DESA.format(example=gazetteer().desa[0].code),
    ),
    AddressValue(
        "kunjungan",
        "daftar",
        LISTED_KECAMATAN_KEY,
        "",
        lambda said: said in gazetteer().kecamatan_by_code,
        lambda: common.REMEDY_KECAMATAN.format(example=gazetteer().kecamatan[0].code),
    ),
    # An officer who looks after no desa today stays chosen: the filter may be what hides them.
    AddressValue(
        "kunjungan",
        "pimpasa",
        OFFICER_KEY,
        "",
        lambda said: len(said) <= _LONGEST_NAME,
        lambda: common.REMEDY_OFFICER.format(most=_LONGEST_NAME),
    ),
)


def address_names(page: str) -> list[str]:
    """Return the names that mean something in a page's address beside the filter's."""
    return [value.name for value in _of(page)]


def address_values(page: str) -> dict[str, str]:
    """Return what belongs into a page's address; defaults are left out."""
    held = {
        value: st.session_state.get(value.key) or _started().get(value.key) or value.default
        for value in _of(page)
    }
    return {value.name: said for value, said in held.items() if said != value.default}


def set_from_address(page: str, query: Mapping[str, Sequence[str]]) -> list[str]:
    """Set a page's values from its address; returns a sentence for each that means nothing."""
    notes = []
    for value in _of(page):
        said = next(iter(query.get(value.name, ())[-1:]), value.default)
        if said != value.default and not value.is_known(said):
            notes.append(ignored_value(value.name, [said], value.remedy()))
            said = value.default
        if value.is_level and value.key not in st.session_state:
            _started()[value.key] = said
        else:
            st.session_state[value.key] = said
    return notes


def _of(page: str) -> list[AddressValue]:
    return [value for value in ADDRESS_VALUES if value.page == page]
