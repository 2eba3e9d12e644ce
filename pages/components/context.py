"""What every page starts from: the filter, its figures and the boundary set in use.

The only place of the pages, besides the panels of Data, that knows the store. Pages get a
`PageContext`: no store, no rollup, only the door to the figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from data_access.boundaries_in_use import boundaries_in_use
from data_access.errors import StoreError
from data_access.health import check_store, require_file
from data_access.intake.opening import open_for_work
from data_access.numbers.door import InternalNumbers, internal_numbers
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, known_until
from data_access.preferences import with_preferences
from data_access.sample.life import ensure_ready
from data_access.settings import Settings
from data_access.store import Store, file_of
from geo.boundaries import BoundarySet
from pages.components.filter.choice import Filter
from pages.components.texts import common

_PAGE = "halaman"

# The stores that this process has opened: those are made, and of this version.
_opened: set[str] = set()


@dataclass(frozen=True)
class PageContext:
    """All that a page needs to draw itself for one rerun.

    Attributes:
        numbers: the door to every figure of the filter.
        filter: what the reader chose.
        boundaries: the set that maps are drawn from.
        boundary_problem: why another set that was asked for is not used; else empty.
    """

    numbers: InternalNumbers
    filter: Filter
    boundaries: BoundarySet
    boundary_problem: str

    @property
    def data_until(self) -> date | None:
        """Day of the last record of any kind, or None when there is none."""
        return self.numbers.facts.data_until

    @property
    def running_month(self) -> Month | None:
        """The last month of the period where it is not over yet."""
        last = self.filter.period.last
        return last if self.numbers.facts.today < last.last_day else None

    @property
    def comparison_short(self) -> str:
        """The comparison within a sentence that has named the period; empty without one."""
        return self.filter.comparison_short(self.numbers.facts.as_of)

    @property
    def caption(self) -> str:
        """The filter's sentence: what the figures of the page cover."""
        return self.filter.caption(self.data_until)


@st.cache_resource(show_spinner=common.WAIT_FOR_DATA, max_entries=4)
def _open(settings: Settings) -> Store:
    store = open_for_work(settings)
    try:
        ensure_ready(store, settings.today)
    except StoreError:
        store.close()
        raise
    _opened.add(_place(settings))
    return store


def _place(settings: Settings) -> str:
    return settings.database_url or str(file_of(settings))


@dataclass(frozen=True)
class OpenData:
    """The store as a rerun finds it: asked once, so that a page costs one look at the file.

    Attributes:
        revision: names the state of the data; see ``Store.revision``.
    """

    store: Store
    revision: str

    def rollup(self, until: date | None = None) -> Rollup:
        """Return the rollup of that state, of what happened until a day if one is given."""
        return _rollup(self.store, self.revision, until)

    @property
    def has_records(self) -> bool:
        """Whether there is anything that a filter could choose from."""
        return self.rollup().data_until is not None


def open_data(settings: Settings) -> OpenData:
    """Open the store and ask what state it is in; the very first start makes and fills it.

    Raises:
        StoreError: if it cannot be read.
    """
    opened = _open(settings)
    known = opened.known()
    store = with_preferences(opened, known)
    return OpenData(store, store.revision(known))


@st.cache_resource(show_spinner=common.WAIT_FOR_COUNT, max_entries=8)
def _rollup(_store: Store, revision: str, until: date | None) -> Rollup:  # noqa: ARG001 - cache key
    return load_rollup(_store, until)


def check_current_store(settings: Settings) -> None:
    """Find out whether pages can read their store, without making or upgrading one.

    Raises:
        StoreError: if they cannot.
    """
    if settings.database_url or _place(settings) not in _opened:
        check_store(settings)
    else:
        require_file(settings)
        open_data(settings)


def data_or_problem(settings: Settings) -> OpenData | StoreError:
    """Open the data and count them, or say why they cannot be read."""
    try:
        data = open_data(settings)
        data.rollup()
    except StoreError as problem:
        return problem
    return data


def prepare_page(data: OpenData, settings: Settings, chosen: Filter) -> PageContext:
    """Assemble what a page needs and leave it for the page that runs next in this session."""
    numbers = _numbers(data, chosen)
    boundaries, problem = boundaries_in_use(settings)
    page = PageContext(numbers, chosen, boundaries, problem)
    st.session_state[_PAGE] = page
    return page


def _numbers(data: OpenData, chosen: Filter) -> InternalNumbers:
    store, rollup = data.store, data.rollup()
    as_of = known_until(store.settings.today, rollup.data_until)
    stretch = chosen.compared(as_of)
    if stretch is None:
        return internal_numbers(store, rollup, chosen.selection)
    earlier = data.rollup(stretch.until)
    comparison = chosen.selection.over(stretch.period)
    return internal_numbers(store, rollup, chosen.selection, earlier, comparison)


def current_page() -> PageContext:
    """Return what the shell has assembled for this rerun."""
    page: PageContext = st.session_state[_PAGE]
    return page
