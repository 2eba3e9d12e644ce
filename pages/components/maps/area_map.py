"""The area map on screen: a component that fetches its shapes once and then receives values only.

Owns the message to the browser. Geometry travels under a hashed URL; a filter change sends
one class character per area and, for tooltips, its numerator and denominator.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from geo.classes import ClassTable, FloatArray
from geo.layers import Layer
from pages.components.browser import declare
from pages.components.maps.geometry import layer_url
from pages.server.assets import asset_url, class_tables_url

_component = declare("area_map")


@dataclass(frozen=True)
class AreaValues:
    """What a map shows: a class per area of a layer, and the numbers behind it.

    Attributes:
        table: the class table that names and colours the classes.
        keys: one class key (one character) per shape, in the layer's order.
        n: numerators in the same order; nan where there is no value.
        total: denominators, or None where the indicator has none.
        summary: one sentence that says what the map shows, for those who cannot see it.
    """

    table: ClassTable
    keys: str
    n: FloatArray
    total: FloatArray | None
    summary: str


def area_map(
    layer: Layer,
    values: AreaValues,
    *,
    key: str,
    footnote: str = "",
    selected: Sequence[str] = (),
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """Draw a thematic map.

    Args:
        layer: shapes of one level.
        values: classes and numbers, in the layer's order.
        key: the same key keeps zoom and focus across reruns and page changes.
        footnote: a short line under the map, e.g. the notice about its boundaries.
        selected: codes of the areas to ring.
        on_pick: called with an area's code when it is clicked or entered by keyboard.

    Raises:
        ValueError: if the values do not match the layer's shapes.
    """
    if not len(values.keys) == len(values.n) == len(layer.shapes):
        raise ValueError(f"{len(values.keys)} classes for {len(layer.shapes)} shapes")

    def picked() -> None:
        code = st.session_state[key].picked
        if on_pick and code:
            on_pick(str(code))

    _component(
        key=key,
        data=_message(layer, values, key, footnote) | _marks(selected),
        on_picked_change=picked,
    )


def _marks(selected: Sequence[str]) -> dict[str, object]:
    return {"s": list(selected)} if selected else {}


def _message(layer: Layer, values: AreaValues, key: str, footnote: str) -> dict[str, object]:
    message: dict[str, object] = {
        "js": asset_url("area_map.js"),
        "g": layer_url(layer),
        "t": class_tables_url(),
        "c": values.table.id,
        "i": key,
        "k": values.keys,
        "a": values.summary,
    }
    if "{n}" in values.table.text and not all(map(math.isnan, values.n.tolist())):
        message["n"] = _numbers(values.n)
    if "{N}" in values.table.text and values.total is not None:
        message["N"] = _numbers(values.total)
    if footnote:
        message["f"] = footnote
    return message


def _numbers(values: FloatArray) -> list[float | int | None]:
    return [
        None if math.isnan(value) else int(value) if value == int(value) else round(value, 2)
        for value in values.tolist()
    ]
