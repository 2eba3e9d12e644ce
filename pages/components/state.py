"""What every page starts from: settings, the store, the rollup, the boundary set, the filter.

Pages read the rollup through here and never an event table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from data_access.preferences import with_preferences
from data_access.rollup import Rollup, load_rollup
from data_access.settings import Settings, load_settings
from data_access.store import Store, ensure_ready, open_store
from geo.boundaries import BoundarySet
from pages.components.filters import Filter
from pages.components.geometry import boundaries_in_use


@dataclass(frozen=True)
class Frame:
    """All that a page needs to draw itself for one rerun."""

    settings: Settings
    store: Store
    rollup: Rollup
    boundaries: BoundarySet
    boundary_problem: str
    filter: Filter

    @property
    def data_until(self) -> date | None:
        """Day of the last record of any kind, or None when there is none."""
        return self.rollup.data_until


def current_settings() -> Settings:
    """Read the settings from the environment and ``.streamlit/secrets.toml``."""
    st.secrets.load_if_toml_exists()
    return load_settings(secrets=_secrets())


def _secrets() -> dict[str, str]:
    if not st.secrets.load_if_toml_exists():
        return {}
    return {name: str(value) for name, value in st.secrets.items() if not hasattr(value, "items")}


def current_store(settings: Settings) -> Store:
    """Return the open store; on the very first start it is made and filled with samples."""
    return with_preferences(_open(settings))


@st.cache_resource(show_spinner="Menyiapkan data …", max_entries=4)
def _open(settings: Settings) -> Store:
    store = open_store(settings)
    ensure_ready(store, settings.today)
    return store


def current_rollup(store: Store) -> Rollup:
    """Return the rollup of what the store holds now."""
    return _rollup(store, store.revision())


@st.cache_resource(show_spinner="Menghitung rekap …", max_entries=4)
def _rollup(_store: Store, revision: str) -> Rollup:  # noqa: ARG001 - cache key
    return load_rollup(_store)


def load_frame(settings: Settings, store: Store, rollup: Rollup, chosen: Filter) -> Frame:
    """Assemble what a page needs."""
    boundaries, problem = boundaries_in_use(settings)
    return Frame(store.settings, store, rollup, boundaries, problem, chosen)


def publish_frame(frame: Frame) -> None:
    """Leave the frame for the page that runs next in this session."""
    st.session_state["frame"] = frame


def current_frame() -> Frame:
    """Return the frame that the shell has assembled for this rerun."""
    frame: Frame = st.session_state["frame"]
    return frame
