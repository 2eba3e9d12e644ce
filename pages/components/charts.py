"""Charts: frame -> Plotly figure. Colours come from one table; titles stand above, in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from data_access.selection import Month
from pages.components import words

COLOURS = {
    "nihil": "#7FB6D5",
    "temuan": "#D99A07",
    "tindak_lanjut": "#C2402B",
    "tidak_terjangkau": "#8A94A6",
    "attendance": "#24729F",
    "cases": "#C65F33",
    "pre": "#8A94A6",
    "post": "#24729F",
}
_ROW_HEIGHT = 30  # pixels of a bar with its name, legible at arm's length
_MOST_MONTH_LABELS = 14


def months_stacked(
    frame: pd.DataFrame, series: str, value: str, names: Mapping[str, str], unit: str
) -> go.Figure:
    """Stack counts per month.

    Args:
        frame: columns ``month`` ("YYYY-MM"), ``series``, ``value``; months without a row
            count as zero only where another series has one.
        names: series key -> words, in stacking order.
    """
    months = _all_months(frame["month"])
    figure = _figure(height=300)
    for key, name in names.items():
        part = frame[frame[series] == key].set_index("month")[value]
        figure.add_bar(
            name=name,
            x=_labels(months),
            y=part.reindex(months, fill_value=0).tolist(),
            marker_color=COLOURS.get(key, "#24729F"),
            hovertemplate=f"%{{x}}: %{{y}} {unit}<extra>{name}</extra>",
        )
    figure.update_layout(barmode="stack", showlegend=True)
    return _month_axis(figure, months)


def months_bars(frame: pd.DataFrame, value: str, unit: str, colour: str) -> go.Figure:
    """Draw one count per month; frame: columns ``month`` ("YYYY-MM") and ``value``."""
    months = _all_months(frame["month"])
    values = frame.set_index("month")[value].reindex(months, fill_value=0)
    figure = _figure(height=260)
    figure.add_bar(
        x=_labels(months),
        y=values.tolist(),
        marker_color=COLOURS[colour],
        hovertemplate=f"%{{x}}: %{{y}} {unit}<extra></extra>",
    )
    return _month_axis(figure, months)


def ranked_bars(names: Sequence[str], values: Sequence[float], colour: str, unit: str) -> go.Figure:
    """Draw one bar per name, the first on top, each with its number beside it."""
    figure = _figure(height=max(110, _ROW_HEIGHT * len(names) + 24))
    figure.add_bar(
        orientation="h",
        x=list(values),
        y=list(names),
        marker_color=COLOURS[colour],
        text=[words.number(value) for value in values],
        textposition="outside",
        cliponaxis=False,
        hovertemplate=f"%{{y}}: %{{x}} {unit}<extra></extra>",
    )
    figure.update_xaxes(visible=False, range=[0, max([*values, 1]) * 1.18])
    figure.update_yaxes(autorange="reversed", automargin=True, ticksuffix="  ")
    return figure


def before_after(frame: pd.DataFrame) -> go.Figure:
    """Draw mean scores before and after per month; columns ``month``, ``pre``, ``post``."""
    months = _all_months(frame["month"])
    indexed = frame.set_index("month").reindex(months)
    figure = _figure(height=260)
    for key, name in (("post", "Sesudah"), ("pre", "Sebelum")):
        figure.add_scatter(
            name=name,
            x=_labels(months),
            y=indexed[key].tolist(),
            mode="lines+markers",
            line={"color": COLOURS[key], "width": 2.5},
            hovertemplate=f"%{{x}}: %{{y:.1f}} poin<extra>{name}</extra>",
        )
    figure.update_layout(showlegend=True)
    figure.update_yaxes(rangemode="tozero")
    return _month_axis(figure, months)


def month_strip(frame: pd.DataFrame, months: Sequence[str]) -> go.Figure:
    """Draw how many rows each month holds, one strip per name.

    Args:
        frame: columns ``label``, ``month`` ("YYYY-MM"), ``n``.
        months: the months to show; one without rows stays white.
    """
    names = list(dict.fromkeys(frame["label"]))
    counts = frame.pivot_table(index="label", columns="month", values="n", aggfunc="sum")
    shown = counts.reindex(index=names, columns=list(months))
    # Each strip has its own scale: a month of few cases is as full as one of many visits.
    shades = shown.div(shown.max(axis=1), axis=0)
    figure = _figure(height=46 * len(names) + 60)
    figure.add_heatmap(
        z=shades.to_numpy(),
        customdata=shown.to_numpy(),
        x=_labels(months),
        y=names,
        colorscale=[[0, "#DCEBF4"], [1, "#0C3F69"]],
        zmin=0,
        zmax=1,
        showscale=False,
        xgap=2,
        ygap=4,
        hovertemplate="%{y}, %{x}: %{customdata} baris<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False, fixedrange=True)
    labels = _labels(months)
    figure.update_xaxes(
        type="category", tickvals=labels[::3], automargin=True, showgrid=False, fixedrange=True
    )
    return figure


def show(figure: go.Figure, *, key: str, alt: str) -> None:
    """Put a chart on the page: no toolbar, no zoom by accident, words for screen readers."""
    st.plotly_chart(
        figure,
        key=key,
        alt=alt,
        height=int(figure.layout.height),
        config={"displayModeBar": False, "staticPlot": False, "scrollZoom": False},
    )


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


def _month_axis(figure: go.Figure, months: Sequence[str]) -> go.Figure:
    labels = _labels(months)
    every = -(-len(labels) // _MOST_MONTH_LABELS) if labels else 1
    figure.update_xaxes(
        type="category", tickvals=labels[::every], automargin=True, showgrid=False, fixedrange=True
    )
    figure.update_yaxes(automargin=True, nticks=5, fixedrange=True, zeroline=False, tickformat=",d")
    return figure


def _all_months(months: pd.Series[str]) -> list[str]:
    """Return every month between the first and the last, so that a gap shows as a gap."""
    if months.empty:
        return []
    first, last = Month.parse(months.min()), Month.parse(months.max())
    return [str(first.plus(step)) for step in range(first.months_until(last) + 1)]


def _labels(months: Sequence[str]) -> list[str]:
    return [words.short_month(Month.parse(month)) for month in months]
