"""A thematic map with its title, choice of level, legend, notice and downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data_access.numbers.records import AreaLevel
from geo.layers import Layer
from pages.components.context import PageContext
from pages.components.escaping import html_text
from pages.components.filter.address import level_key, starting_level
from pages.components.maps.area_map import AreaValues, area_map
from pages.components.maps.geometry import area_layer
from pages.components.maps.image import MapImage
from pages.components.notices import export_notices, source_line
from pages.components.panels import map_downloads
from pages.components.texts import common


def map_panel(
    page: PageContext,
    *,
    title: str,
    key: str,
    values: Callable[[Layer], AreaValues],
    levels: Sequence[AreaLevel] = ("kecamatan", "desa"),
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """Draw a map of one theme.

    Args:
        title: the theme; also the title of the downloaded image.
        key: unique on the page; keeps zoom, level and focus.
        values: what to show on a layer.
        levels: levels to offer; desa only where the boundary set has them.
        on_pick: called with the code of an area that was clicked.
    """
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.html(f'<h2 class="panel-title">{html_text(title)}</h2>', width="content")
        level = level_control(page, key, levels)
    layer = area_layer(page.boundaries, level)
    shown = values(layer)
    area_map(
        layer,
        shown,
        key=key,
        footnote=_footnote(page),
        selected=page.filter.kecamatan,
        on_pick=on_pick,
    )
    map_downloads(layer, shown, map_image(page, title), key)


def map_image(page: PageContext, title: str) -> MapImage:
    """Return the words of a map that leaves the screen."""
    return MapImage(
        title=title,
        caption=page.caption,
        source=source_line(page),
        notices=export_notices(page),
    )


def level_control(page: PageContext, key: str, levels: Sequence[AreaLevel]) -> AreaLevel:
    """Let the reader choose the level of a map; it stands in the address as ``peta``."""
    offered = [each for each in levels if each == "kecamatan" or page.boundaries.desa is not None]
    if len(offered) == 1:
        return offered[0]
    start = starting_level(key, offered[0])
    has_state = level_key(key) in st.session_state
    chosen = st.segmented_control(
        common.LEVEL_CONTROL,
        offered,
        default=None if has_state else next(each for each in offered if each == start),
        format_func=common.LEVEL_WORDS.__getitem__,
        key=level_key(key),
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen or offered[0]


def _footnote(page: PageContext) -> str:
    return " · ".join(export_notices(page))
