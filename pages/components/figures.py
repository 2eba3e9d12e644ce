"""The headline sentence and the figures under it: value, n/N, change and a small trend.

Plain HTML with the project's stylesheet; every text is escaped here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from data_access.numbers.indicators import Figure, Indicator
from pages.components import words


@dataclass(frozen=True)
class Tile:
    """One figure: label, value, what it counts, the change, and its last months.

    Attributes:
        change: words for the change against the comparison; empty without one.
        tone: "good", "bad" or "" - whether the change is what the programme wants.
        trend: one value per month, nan where there is none; empty for no trend.
    """

    label: str
    value: str
    detail: str
    change: str = ""
    tone: str = ""
    trend: Sequence[float] = ()


def headline(sentence: str, row: Sequence[Tile] = ()) -> None:
    """Write the page's one sentence, as its first heading, and figures side by side under it."""
    figures = f'<div class="tiles">{"".join(_tile(tile) for tile in row)}</div>' if row else ""
    st.html(f'<h1 class="headline">{escape(sentence)}</h1>{figures}')


def share_tile(
    indicator: Indicator,
    now: Figure,
    before: Figure | None,
    unit: str,
    trend: Sequence[Figure] = (),
) -> Tile:
    """Make the tile of a rate: percentage first, then "n dari N unit"."""
    change, tone = "", ""
    if before is not None and now.N and before.N:
        change, tone = _change(now.n - before.n, unit, indicator.up_is_good)
    return Tile(
        label=indicator.label,
        value=words.percent(now.n, now.N or 0),
        detail=f"{words.number(now.n)} dari {words.number(now.N or 0)} {unit}",
        change=change,
        tone=tone,
        trend=[figure.value for figure in trend],
    )


def count_tile(
    indicator: Indicator,
    now: Figure,
    before: Figure | None,
    detail: str,
    trend: Sequence[Figure] = (),
    unit: str = "",
) -> Tile:
    """Make the tile of a count."""
    change, tone = "", ""
    if before is not None:
        change, tone = _change(now.n - before.n, unit, indicator.up_is_good)
    return Tile(
        label=indicator.label,
        value=words.number(now.n),
        detail=detail,
        change=change,
        tone=tone,
        trend=[figure.n for figure in trend],
    )


def _change(difference: float, unit: str, up_is_good: bool | None) -> tuple[str, str]:
    if difference == 0:
        return "tetap", ""
    arrow = "▲ naik" if difference > 0 else "▼ turun"
    tone = ""
    if up_is_good is not None:
        tone = "good" if (difference > 0) == up_is_good else "bad"
    return f"{arrow} {words.number(abs(difference))} {unit}".rstrip(), tone


def _tile(tile: Tile) -> str:
    change = f'<p class="change {tile.tone}">{escape(tile.change)}</p>' if tile.change else ""
    return (
        f'<section class="tile"><h2>{escape(tile.label)}</h2>'
        f'<p class="value">{escape(tile.value)}</p>'
        f'<p class="detail">{escape(tile.detail)}</p>{change}{trend(tile.trend)}</section>'
    )


def trend(values: Sequence[float]) -> str:
    """Draw the last months as a small silhouette, zero at the bottom; nothing if one is missing.

    One element whose outline is a polygon in per cent: drawn by every browser, a tenth of the
    size of an SVG, and left alone by Streamlit's HTML sanitizer.
    """
    top = max(values, default=0.0)
    if len(values) < 2 or not top > 0 or any(math.isnan(value) for value in values):
        return ""
    step = 100 / (len(values) - 1)
    points = ",".join(
        f"{position * step:.0f}% {100 - round(100 * value / top)}%"
        for position, value in enumerate(values)
    )
    label = f"Tren {len(values)} bulan terakhir"
    return (
        f'<span class="trend" role="img" aria-label="{label}" '
        f'style="clip-path:polygon(0 100%,{points},100% 100%)"></span>'
    )
