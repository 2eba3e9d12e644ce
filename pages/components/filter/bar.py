"""The filter row under the navigation: one for all pages, kept in the URL.

The widgets hold the choice, the URL mirrors it. A link opened cold, the browser's back
button and a typed address set the widgets; a click sets the URL. In the first run of a session
the URL only offers defaults: a browser that brings states of widgets along was here before a
restart of the server, and its reader may have clicked since.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from data_access.numbers.selection import Month
from geo.gazetteer import gazetteer
from pages.components import words
from pages.components.escaping import markdown_text
from pages.components.filter.address import (
    ADDRESS_VALUES,
    address_names,
    address_values,
    set_from_address,
)
from pages.components.filter.choice import PROGRAMME_START, Filter, parse_filter
from pages.components.texts import common
from pages.components.texts.common import COMPARISON_WORDS, PERIOD_WORDS, SCOPE_WORDS

KECAMATAN_KEY = "filter_kec"

_PERIOD_KEY = "filter_periode"
_FIRST_KEY = "filter_dari"
_LAST_KEY = "filter_sampai"
_SCOPE_KEY = "filter_cakupan"
_COMPARISON_KEY = "filter_banding"
_QUERY_NAMES = ("periode", "dari", "sampai", "kec", "cakupan", "banding")

Query = dict[str, list[str]]

_SHOWN_KEY = "filter_shown"


@dataclass(frozen=True)
class _Shown:
    """What the last run showed and wrote; kept as one, for a click may cut a run short anywhere.

    Attributes:
        query: the values of the address.
        page: URL path of the page.
        filter: the choice.
        address: what stood in the address beside the filter.
    """

    query: Query
    page: str
    filter: Filter
    address: dict[str, str]


def filter_bar(today: date, page: str, *, is_shown: bool = True) -> Filter:
    """Draw the filter row and return the choice.

    Args:
        today: the day that relative periods refer to.
        page: URL path of the page shown; a change of page keeps the filter.
        is_shown: whether the page is filtered; where not, the choice waits unseen.
    """
    _give_back()
    start = _follow_url(today, page)
    if is_shown:
        _draw(today, start)
    elif start:
        _set_widgets(start)
    chosen = _chosen(today)
    _write_url(chosen, page)
    return chosen


def _draw(today: date, start: Filter | None) -> None:
    with st.container(key="filter_block"):
        st.toggle(common.FILTER_FOLD, key="filter_fold", on_change="ignore")
        with st.container(horizontal=True, vertical_alignment="center", key="filter_row"):
            _period_widgets(today, start)
            _area_widgets(start)


def ignored_url_values() -> tuple[str, ...]:
    """Return a sentence for each value of the URL that was not understood."""
    return tuple(st.session_state.get("filter_notes", ()))


def toggle_kecamatan(code: str) -> None:
    """Select a kecamatan, or release it if it is the one selected. For widget callbacks."""
    selected = st.session_state.get(KECAMATAN_KEY, [])
    st.session_state[KECAMATAN_KEY] = [] if selected == [code] else [code]


def _period_widgets(today: date, start: Filter | None) -> None:
    st.segmented_control(
        common.FILTER_PERIOD,
        list(PERIOD_WORDS),
        format_func=PERIOD_WORDS.__getitem__,
        default=start.period_key if start else None,
        key=_PERIOD_KEY,
        required=True,
        label_visibility="collapsed",
    )
    if st.session_state[_PERIOD_KEY] == "bebas":
        _month_widgets(today, start)


def _month_widgets(today: date, start: Filter | None) -> None:
    first, last = (start.period.first, start.period.last) if start else _months_kept(today)
    latest = max(Month(today.year, today.month), last)
    earliest = min(PROGRAMME_START, first)
    months = f"{words.short_month(first)} {words.EN_DASH} {words.short_month(last)}"
    with st.popover(markdown_text(months)):
        _month_picker(common.FILTER_FROM, _months(earliest, latest), _FIRST_KEY, first)
        _month_picker(common.FILTER_UNTIL, _months(first, latest), _LAST_KEY, last)


def _months_kept(today: date) -> tuple[Month, Month]:
    first: Month = st.session_state.setdefault(_FIRST_KEY, Month(today.year, 1))
    last: Month = st.session_state.setdefault(_LAST_KEY, Month(today.year, today.month))
    if last < first:
        st.session_state[_LAST_KEY] = last = first
    return first, last


def _months(first: Month, last: Month) -> list[Month]:
    return [first.plus(step) for step in range(first.months_until(last) + 1)][::-1]


def _month_picker(label: str, months: Sequence[Month], key: str, start: Month) -> None:
    index = 0 if key in st.session_state else months.index(start)
    st.selectbox(markdown_text(label), months, index, format_func=words.month_name, key=key)


def _area_widgets(start: Filter | None) -> None:
    places = gazetteer()
    st.multiselect(
        common.FILTER_KECAMATAN,
        [kecamatan.code for kecamatan in places.kecamatan],
        default=start.kecamatan if start else None,
        format_func=places.name,
        key=KECAMATAN_KEY,
        placeholder=common.FILTER_ALL_KECAMATAN,
        label_visibility="collapsed",
        select_all=False,
        width=200,
    )
    scope, comparison = (start.scope_key, start.comparison_key) if start else (None, None)
    for label, options, key, first, width in (
        (common.FILTER_SCOPE, SCOPE_WORDS, _SCOPE_KEY, scope, 160),
        (common.FILTER_COMPARISON, COMPARISON_WORDS, _COMPARISON_KEY, comparison, 195),
    ):
        st.selectbox(
            markdown_text(label),
            list(options),
            list(options).index(first) if first else 0,
            format_func=options.__getitem__,
            key=key,
            label_visibility="collapsed",
            width=width,
        )


def _chosen(today: date) -> Filter:
    state = st.session_state
    return Filter(
        today=today,
        period_key=state[_PERIOD_KEY],
        first=state.get(_FIRST_KEY) if state[_PERIOD_KEY] == "bebas" else None,
        last=state.get(_LAST_KEY) if state[_PERIOD_KEY] == "bebas" else None,
        kecamatan=tuple(
            code for code in gazetteer().kecamatan_by_code if code in state[KECAMATAN_KEY]
        ),
        scope_key=state[_SCOPE_KEY],
        comparison_key=state[_COMPARISON_KEY],
    )


def _follow_url(today: date, page: str) -> Filter | None:
    """Set the widgets from the URL where the URL, and not a widget, has changed.

    Returns:
        In the first run of a session what the URL says, from which the widgets start.
    """
    query = _query(page)
    shown = _shown()
    if shown is None:
        return _understood(query, today, page)
    # A click on the navigation arrives without a query string.
    is_navigation = page != shown.page and not query
    is_clicked = _chosen(today) != shown.filter or (
        page == shown.page and address_values(page) != shown.address
    )
    if query != shown.query and not is_navigation and not is_clicked:
        _set_widgets(_understood(query, today, page))
    return None


def _query(page: str) -> Query:
    names = (*_QUERY_NAMES, *address_names(page))
    return {name: st.query_params.get_all(name) for name in names if name in st.query_params}


def _understood(query: Query, today: date, page: str) -> Filter:
    """Read the choice of a URL, and remember what in it was not understood."""
    parsed = parse_filter(query, today)
    st.session_state["filter_notes"] = (*parsed.notes, *set_from_address(page, query))
    return parsed.filter


def _set_widgets(chosen: Filter) -> None:
    for key, value in _states(chosen).items():
        st.session_state[key] = value


def _states(chosen: Filter) -> dict[str, Any]:
    """Return what each widget of the row holds for a choice."""
    states: dict[str, Any] = {
        _PERIOD_KEY: chosen.period_key,
        KECAMATAN_KEY: list(chosen.kecamatan),
        _SCOPE_KEY: chosen.scope_key,
        _COMPARISON_KEY: chosen.comparison_key,
    }
    if chosen.period_key == "bebas":
        states |= {_FIRST_KEY: chosen.period.first, _LAST_KEY: chosen.period.last}
    return states


def _give_back() -> None:
    """Give the widgets what they last held, where it was let go.

    A page without the row lets it go, an error that ends a run before the row, and a client
    that sends the states of some widgets only.
    """
    shown = _shown()
    if shown is None:
        return
    for key, value in _states(shown.filter).items():
        st.session_state.setdefault(key, value)


def _write_url(chosen: Filter, page: str) -> None:
    query: Query = {
        name: [value] if isinstance(value, str) else value
        for name, value in (chosen.to_query() | address_values(page)).items()
    }
    if query != _query(page):
        ours = {*_QUERY_NAMES, *(value.name for value in ADDRESS_VALUES)}
        others = {
            name: st.query_params.get_all(name) for name in st.query_params if name not in ours
        }
        st.query_params.from_dict({**others, **query})
    shown = _shown()
    if shown is not None and shown.filter != chosen:
        st.session_state["filter_notes"] = ()
    st.session_state[_SHOWN_KEY] = _Shown(query, page, chosen, address_values(page))


def _shown() -> _Shown | None:
    shown: _Shown | None = st.session_state.get(_SHOWN_KEY)
    return shown
