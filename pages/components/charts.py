"""Charts: frame -> Plotly figure. Colours come from one table; titles stand above, in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.elements.lib import streamlit_plotly_theme as theme

from data_access.numbers.selection import Month
from geo.legible import legible, shortened
from geo.palette import CHART_SERIES
from pages.components import words
from pages.components.escaping import plotly_text
from pages.components.texts import common

_PLACES_OF_SERIES = [getattr(theme, f"CATEGORY_{place}") for place in range(len(CHART_SERIES))]
# Streamlit's front end puts the theme's own series colours, light or dark, in the place of
# these; the theme's list is `CHART_SERIES`, in its order.
COLOURS = dict(zip(CHART_SERIES, _PLACES_OF_SERIES, strict=True))
# What was no visit is hatched, so that no reader takes it for a fourth kind of one.
_HATCHED = "tidak_terjangkau"
_ROW_HEIGHT = 30  # pixels of a bar with its name, legible at arm's length
_MOST_MONTH_LABELS = 14
_TICK_SIZE = 13
_LONGEST_NAME = 32  # letters of a name beside its bar; longer ones would leave the bars no room
_LINE_NAME_WIDTH = 76  # pixels beside a line for its name
# Below this a count axis has a line for every whole number, never halves that read as wholes.
_SMALL_COUNT = 5
_RUNNING_OPACITY = 0.55


def months_stacked(
    frame: pd.DataFrame,
    series: str,
    value: str,
    names: Mapping[str, str],
    unit: str,
    running: Month | None = None,
) -> go.Figure:
    """Stack counts per month.

    Args:
        frame: columns ``month`` ("YYYY-MM"), ``series``, ``value``; months without a row
            count as zero only where another series has one.
        names: series key -> words, in stacking order.
        running: a month that is not over: its bar is marked.
    """
    months = _all_months(frame["month"])
    figure = _figure(height=300)
    for key, name in names.items():
        part = frame[frame[series] == key].set_index("month")[value]
        figure.add_bar(
            name=name,
            x=_labels(months),
            y=part.reindex(months, fill_value=0).tolist(),
            marker=_marker(key, _opacities(months, running)),
            hovertemplate=f"%{{x}}: %{{y}} {unit}<extra>{name}</extra>",
        )
    figure.update_layout(barmode="stack", showlegend=True)
    totals = frame.groupby("month")[value].sum().reindex(months, fill_value=0).tolist()
    _mark_running(figure, months, running, totals)
    return _count_axis(_month_axis(figure, months), float(max(totals, default=0)))


def months_bars(
    frame: pd.DataFrame, value: str, unit: str, colour: str, running: Month | None = None
) -> go.Figure:
    """Draw one count per month, a running one marked; frame: columns ``month`` and ``value``."""
    months = _all_months(frame["month"])
    values = frame.set_index("month")[value].reindex(months, fill_value=0)
    figure = _figure(height=260)
    figure.add_bar(
        x=_labels(months),
        y=values.tolist(),
        marker={"color": COLOURS[colour], "opacity": _opacities(months, running)},
        hovertemplate=f"%{{x}}: %{{y}} {unit}<extra></extra>",
    )
    _mark_running(figure, months, running, values.tolist())
    return _count_axis(_month_axis(figure, months), max(values.tolist(), default=0))


def named_bars(names: Sequence[str], values: Sequence[float], unit: str, colour: str) -> go.Figure:
    """Draw one upright bar per name, in the order given.

    Args:
        names: our own words, in Plotly's HTML, e.g. "Jan<br>2026".
    """
    figure = _figure(height=260)
    figure.add_bar(
        x=list(names),
        y=list(values),
        marker_color=COLOURS[colour],
        hovertemplate=f"%{{x}}: %{{y}} {unit}<extra></extra>",
    )
    figure.update_xaxes(
        type="category",
        tickangle=0,
        tickfont={"size": _TICK_SIZE},
        automargin=True,
        showgrid=False,
        fixedrange=True,
    )
    return _count_axis(_upright_axis(figure), max(values, default=0))


def ranked_bars(names: Sequence[str], values: Sequence[float], colour: str, unit: str) -> go.Figure:
    """Draw one bar per name, the first on top, each with its number beside it.

    Args:
        names: as people wrote them; they are drawn as text, whatever stands in them.
    """
    figure = _figure(height=max(110, _ROW_HEIGHT * len(names) + 24))
    # By place, not by name: two names may be cut to one. Neither does a name ever stand alone: a
    # script's own words ("constructor") would be taken for what they name there.
    places = list(range(len(names)))
    figure.add_bar(
        orientation="h",
        x=list(values),
        y=places,
        customdata=[f"{plotly_text(name)}:" for name in names],
        marker_color=COLOURS[colour],
        text=[words.number(value) for value in values],
        textposition="outside",
        cliponaxis=False,
        hovertemplate=f"%{{customdata}} %{{x}} {unit}<extra></extra>",
    )
    figure.update_xaxes(visible=False, range=[0, max([*values, 1]) * 1.18])
    figure.update_yaxes(
        tickvals=places,
        ticktext=[f"{plotly_text(shortened(legible(name), _LONGEST_NAME))}  " for name in names],
        autorange="reversed",
        automargin=True,
        zeroline=False,
        tickfont={"size": _TICK_SIZE},
    )
    return figure


def before_after(frame: pd.DataFrame) -> go.Figure:
    """Draw mean scores before and after per month; columns ``month``, ``pre``, ``post``."""
    months = _all_months(frame["month"])
    indexed = frame.set_index("month").reindex(months)
    figure = _figure(height=260)
    for key, name in (("post", common.SCORE_AFTER), ("pre", common.SCORE_BEFORE)):
        figure.add_scatter(
            name=name,
            x=_labels(months),
            y=indexed[key].tolist(),
            mode="lines+markers+text",
            text=[*[""] * (len(months) - 1), f"  {name}"],
            textposition="middle right",
            textfont={"size": _TICK_SIZE},
            cliponaxis=False,
            line={"color": COLOURS[key], "width": 2.5},
            hovertemplate=f"%{{x}}: %{{y:.1f}} {common.POINTS_UNIT}<extra>{name}</extra>",
        )
    figure.update_layout(margin_r=_LINE_NAME_WIDTH)
    figure.update_yaxes(rangemode="tozero")
    return _month_axis(figure, months)


def show(figure: go.Figure, *, key: str, alt: str) -> None:
    """Put a chart on the page: no toolbar, no zoom by accident, words for screen readers."""
    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        height=int(figure.layout.height),
        config={"displayModeBar": False, "staticPlot": False, "scrollZoom": False},
    )


def _marker(key: str, opacity: list[float] | float) -> dict[str, object]:
    colour = COLOURS[key]
    if key != _HATCHED:
        return {"color": colour, "opacity": opacity}
    hatch = {"shape": "/", "fgcolor": colour, "bgcolor": "rgba(0,0,0,0)", "solidity": 0.35}
    return {"pattern": hatch, "line": {"color": colour, "width": 1}, "opacity": opacity}


def _figure(height: int) -> go.Figure:
    layout = go.Layout(
        template="none",
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        separators=",.",
        showlegend=False,
        dragmode=False,
        bargap=0.25,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "traceorder": "normal"},
        font={"size": 14},
    )
    return go.Figure(layout=layout)


def _opacities(months: Sequence[str], running: Month | None) -> list[float] | float:
    """Return one opacity per month: a month that is not over is drawn paler."""
    if running is None:
        return 1.0
    return [_RUNNING_OPACITY if month == str(running) else 1.0 for month in months]


def _mark_running(
    figure: go.Figure, months: Sequence[str], running: Month | None, totals: Sequence[float]
) -> None:
    """Write "berjalan" over the bar of a month that is not over."""
    if running is None or str(running) not in months:
        return
    is_narrow = len(months) > _MOST_MONTH_LABELS
    figure.add_annotation(
        x=words.short_month(running),
        y=totals[months.index(str(running))],
        text=common.RUNNING,
        textangle=-90 if is_narrow else 0,
        showarrow=False,
        yanchor="bottom",
        font={"size": _TICK_SIZE},
    )


def _upright_axis(figure: go.Figure) -> go.Figure:
    return figure.update_yaxes(
        automargin=True,
        nticks=5,
        fixedrange=True,
        zeroline=False,
        tickformat=",d",
        tickfont={"size": _TICK_SIZE},
    )


def _month_axis(figure: go.Figure, months: Sequence[str]) -> go.Figure:
    _upright_axis(figure)
    return _month_ticks(figure, months, every=max(1, -(-len(months) // _MOST_MONTH_LABELS)))


def _month_ticks(figure: go.Figure, months: Sequence[str], every: int) -> go.Figure:
    """Name every so many months, the year only under the first one and where it changes."""
    marked = [Month.parse(month) for month in months[::every]]
    years_before = [None, *(month.year for month in marked)]
    figure.update_xaxes(
        type="category",
        tickvals=[words.short_month(month) for month in marked],
        ticktext=[
            _tick(month, with_year=month.year != before)
            for month, before in zip(marked, years_before, strict=False)
        ],
        tickangle=0,
        tickfont={"size": _TICK_SIZE},
        automargin=True,
        showgrid=False,
        fixedrange=True,
    )
    return figure


def _tick(month: Month, *, with_year: bool) -> str:
    name, year = words.short_month(month).split(" ")
    return f"{name}<br>{year}" if with_year else name


def _count_axis(figure: go.Figure, tallest: float) -> go.Figure:
    if tallest <= _SMALL_COUNT:
        figure.update_yaxes(dtick=1)
    return figure


def _all_months(months: pd.Series[str]) -> list[str]:
    """Return every month between the first and the last, so that a gap shows as a gap."""
    if months.empty:
        return []
    first, last = Month.parse(months.min()), Month.parse(months.max())
    return [str(first.plus(step)) for step in range(first.months_until(last) + 1)]


def _labels(months: Sequence[str]) -> list[str]:
    return [words.short_month(Month.parse(month)) for month in months]
