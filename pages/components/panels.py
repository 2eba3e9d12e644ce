"""Small pieces of a page: panel titles, notes, rankings, facts, the empty case, map downloads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from geo.layers import Layer
from pages.components.escaping import html_text, markdown_text
from pages.components.maps.area_map import AreaValues
from pages.components.maps.image import MapImage, map_png, map_svg
from pages.components.texts import common


@dataclass(frozen=True)
class RankedArea:
    """One line of a ranking: a kecamatan, its number, its reasons, a share (0-1) for the bar.

    With a ``code`` the name is a link that narrows the page to that kecamatan.
    """

    name: str
    number: str = ""
    why: str = ""
    code: str = ""
    share: float | None = None


@dataclass(frozen=True)
class Ranking:
    """A short list of areas; ``empty`` says why there is none."""

    title: str
    areas: Sequence[RankedArea]
    empty: str
    note: str = ""


def panel_title(text: str, note: str = "") -> None:
    """Write a panel's title: the question it answers, with the unit."""
    below = f'<p class="panel-note">{html_text(note)}</p>' if note else ""
    st.html(f'<h2 class="panel-title">{html_text(text)}</h2>{below}')


def reading_note(text: str) -> None:
    """Write how a number must be read, beside the number."""
    st.html(f'<p class="reading-note">{html_text(text)}</p>')


def empty_panel(text: str) -> None:
    """Say why a place is empty and what to do."""
    st.html(f'<p class="empty">{html_text(text)}</p>')


def rankings(*lists: Ranking) -> None:
    """Write short lists of areas under one another, in each the most pressing first."""
    st.html("".join(_ranking(each) for each in lists))


def facts(title: str, pairs: Sequence[tuple[str, str]]) -> None:
    """Write a list of names and numbers."""
    items = "".join(
        f"<dt>{html_text(name)}</dt><dd>{html_text(value)}</dd>" for name, value in pairs
    )
    st.html(f'<h2 class="panel-title">{html_text(title)}</h2><dl class="facts">{items}</dl>')


def data_link(label: str, section: str, template: str = "") -> None:
    """Lead to the section of Data where something is brought or set.

    Args:
        section: its name in the address, e.g. "berkas".
        template: table whose template is offered first there.
    """
    query = {"bagian": section, "templat": template} if template else {"bagian": section}
    st.page_link(
        "data.py", label=markdown_text(label), icon=":material/arrow_forward:", query_params=query
    )


def map_downloads(layer: Layer, values: AreaValues, image: MapImage, key: str) -> None:
    """Offer the map as PNG and SVG; it is drawn only when somebody asks for it."""
    stem = f"{image.title.lower().replace(' ', '-')}-{layer.level}"
    kinds: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("png", "image/png", lambda: map_png(layer, values, image)),
        ("svg", "image/svg+xml", lambda: map_svg(layer, values, image).encode()),
    )
    with st.container(horizontal=True, key=f"{key}_unduhan"):
        for kind, mime, make in kinds:
            st.download_button(
                markdown_text(common.MAP_DOWNLOAD.format(kind=kind)),
                data=make,
                file_name=f"{stem}.{kind}",
                mime=mime,
                key=f"{key}_{kind}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def _ranking(each: Ranking) -> str:
    if each.areas:
        lines = "".join(_line(area) for area in each.areas)
        body = f'<ol class="ranking">{lines}</ol>'
    else:
        body = f'<p class="panel-note">{html_text(each.empty)}</p>'
    note = f'<p class="panel-note">{html_text(each.note)}</p>' if each.note else ""
    return f'<h2 class="panel-title">{html_text(each.title)}</h2>{body}{note}'


def _line(area: RankedArea) -> str:
    """Write one line in as few bytes as its four parts need; the stylesheet knows them by tag."""
    number = f"<em>{html_text(area.number)}</em>" if area.number else ""
    bar = "" if area.share is None else f'<i style="--share:{100 * area.share:.0f}%"></i>'
    why = f"<small>{html_text(area.why)}</small>" if area.why else ""
    name = f"<b>{html_text(area.name)}</b>"
    if area.code:
        name = f'<a href="?kec={html_text(area.code)}">{html_text(area.name)}</a>'
    return f"<li>{name}{number}{bar}{why}</li>"
