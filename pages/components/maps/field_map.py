"""The officers' field map: folium, offline, with tooltips, popups, clicks and GPS points.

Leaflet comes from this server; no plug-in, no icon font, no tile. The base map never
changes, so that a new value only replaces the layers above it and zoom stays.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import folium
import geopandas as gpd
import pandas as pd
import shapely
import streamlit as st
from branca.element import Element, Figure, MacroElement
from folium.map import CustomPane
from folium.template import Template

from data_access.numbers.records import AreaLevel
from geo import palette
from geo.boundaries import BoundarySet
from geo.classes import STATUS_KEYS, VISIT_STATUS
from geo.layers import surrounding_land
from pages.components import words
from pages.components.escaping import html_text
from pages.components.maps.geometry import BoundaryKey
from pages.components.texts import common, visits
from pages.server.assets import LEAFLET_PATH, asset_url, palette_url

# About 11 m at this latitude: fine enough for a street, small enough to send.
_DECIMALS = 4
_TOLERANCE_DEGREES = 0.0006
# Streamlit tells its frames the theme's colours by these names, so that the map turns dark too.
_GROUND, _BLANK = "var(--background-color)", "var(--secondary-background-color)"
_SEA = f"color-mix(in srgb, {_GROUND} 86%, {palette.SHARE_BAR.light})"
_LAND = f"color-mix(in srgb, {_GROUND} 96%, {palette.GOLD.light})"
_BORDER = palette.BLANK_LINE.light
_KECAMATAN_BORDER = "var(--text-color)"
# Beside the buttons on a phone of 360 pixels.
_POPUP_WIDTH = 225
# Above the areas (400) and below GPS points' popups (700).
_BORDER_PANE, _BORDER_PANE_Z = "batas-kecamatan", 450

# What is told of an area or point: property -> label. folium writes both as HTML; the script of the
# map, which reads all of them as text, knows that.
_FIELDS: Mapping[AreaLevel, Mapping[str, str]] = {
    "kecamatan": {
        "kecamatan": common.COLUMN_KECAMATAN,
        "said": visits.STATUS,
        "details": visits.DETAILS,
    },
    "desa": {
        "desa": common.COLUMN_DESA,
        "kecamatan": common.COLUMN_KECAMATAN,
        "said": visits.STATUS,
        "last": visits.LAST_VISIT,
    },
}
_POINT_FIELDS: Mapping[str, str] = {
    "desa": common.COLUMN_DESA,
    "month": visits.MONTH,
    "outcome": visits.OUTCOME,
}


class OfflineMap(folium.Map):
    """A folium map that asks this server, and nobody else, for Leaflet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [
            ("leaflet", f"{LEAFLET_PATH}/leaflet.js"),
            ("field_map", asset_url("field_map.js")),
        ]
        self.default_css = [
            ("leaflet_css", f"{LEAFLET_PATH}/leaflet.css"),
            ("palette", palette_url()),
            ("field_map_css", asset_url("field_map.css")),
        ]


class FieldMapFurniture(MacroElement):
    """What ``assets/field_map.js`` puts around the shapes: limits, buttons, names, keyboard."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        fieldMap({{ this._parent.get_name() }}, {{ this.furniture|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, boundaries: BoundarySet) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        west, south, east, north = map(float, boundaries.kecamatan.total_bounds)
        self.furniture = {
            "sea": _SEA,
            "pane": _BORDER_PANE,
            "names": _kecamatan_names(BoundaryKey(boundaries)),
            "bounds": [[south, west], [north, east]],
        }


def field_map(
    boundaries: BoundarySet,
    level: AreaLevel,
    areas: pd.DataFrame,
    points: pd.DataFrame | None,
    *,
    key: str,
    height: int,
    only: Sequence[str] = (),
    chosen: str = "",
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """Draw the field map.

    Args:
        boundaries: shapes of both levels.
        level: which of them to colour.
        areas: of desa: code, name, kecamatan, status, last_visit_words; of kecamatan:
            code, name, status, covered, due, overdue, never, N.
        points: visits with a position: columns name, latitude, longitude, month_words,
            outcome_words; None to leave them out.
        key: names the map in the session's state.
        height: of its frame, in pixels.
        only: codes of the kecamatan that the filter chose, to zoom to; empty for all.
        chosen: code of the desa or kecamatan to point at; "" for none.
        on_pick: called with the code of an area that is clicked or entered, and with "" when its
            popup is closed.
    """
    # Its component registers itself when imported, which only a running page may do.
    from streamlit_folium import st_folium

    properties = _desa(areas) if level == "desa" else _kecamatan(areas)
    groups = [_area_group(boundaries, level, properties)]
    if points is not None:
        groups.append(_point_group(points))

    def picked() -> None:
        said = st.session_state[key] or {}
        if on_pick and "code" in said:
            on_pick(str(said["code"]))

    base = _base_map(boundaries)
    root = cast(Figure, base.get_root())
    root.html.add_child(Element(_state(only, chosen)))
    st_folium(
        base,
        feature_group_to_add=groups,
        returned_objects=[],  # the script of the map says itself what was picked
        use_container_width=True,
        height=height,
        key=key,
        on_change=picked,
    )


def _state(only: Sequence[str], chosen: str) -> str:
    """Return what the map shows beside its shapes; it may change without drawing them again."""
    state = json.dumps({"only": list(only), "chosen": chosen}, separators=(",", ":"))
    return f'<input type="hidden" id="field-map-state" value="{html_text(state)}">'


def _base_map(boundaries: BoundarySet) -> folium.Map:
    base = OfflineMap(
        zoom_snap=0.25,
        zoom_control=False,
        tiles=None,
        min_zoom=8,
        max_zoom=16,
        attribution_control=False,
        keyboard=False,
    )
    base.add_child(CustomPane(_BORDER_PANE, z_index=_BORDER_PANE_Z))
    base.add_child(FieldMapFurniture(boundaries))
    ground = {"color": _BORDER, "weight": 0.75, "fillColor": _LAND, "fillOpacity": 1}
    border = {"color": _KECAMATAN_BORDER, "weight": 1.4, "opacity": 0.75, "fill": False}
    kecamatan = _geojson(boundaries, "kecamatan")
    if land := surrounding_land():
        _add_context(base, land, ground)
    # Kecamatan outside the filter stay blank, but they are land.
    _add_context(base, kecamatan, ground)
    _add_context(base, kecamatan, border, pane=_BORDER_PANE)
    return base


def _add_context(
    base: folium.Map, shapes: dict[str, Any], style: dict[str, Any], **options: Any
) -> None:
    folium.GeoJson(
        shapes, control=False, interactive=False, style_function=lambda _: style, **options
    ).add_to(base)


def _kecamatan(areas: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        row["code"]: {
            "code": row["code"],
            "status": row["status"],
            "kecamatan": html_text(row["name"]),
            "said": words.STATUS_WORDS[row["status"]],
            "details": visits.KECAMATAN_DETAILS.format(
                covered=row["covered"],
                due=row["due"],
                overdue=row["overdue"],
                never=row["never"],
                total=row["N"],
            ),
        }
        for row in areas.to_dict("records")
    }


def _desa(areas: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        row["code"]: {
            "code": row["code"],
            "status": row["status"],
            "desa": html_text(row["name"]),
            "kecamatan": html_text(row["kecamatan"]),
            "said": words.STATUS_WORDS[row["status"]],
            "last": row["last_visit_words"],
        }
        for row in areas.to_dict("records")
    }


def _area_group(
    boundaries: BoundarySet, level: AreaLevel, properties: Mapping[str, dict[str, str]]
) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="wilayah")
    shapes = _geojson(boundaries, level)
    shapes["features"] = [
        {**feature, "properties": properties[feature["properties"]["code"]]}
        for feature in shapes["features"]
        if feature["properties"]["code"] in properties
    ]
    if shapes["features"]:
        names = _named(_FIELDS[level])
        folium.GeoJson(
            shapes,
            style_function=lambda feature: _style(feature["properties"]["status"]),
            highlight_function=lambda _: {"color": palette.GOLD.light, "weight": 3},
            tooltip=folium.GeoJsonTooltip(**names, sticky=True),
            popup=folium.GeoJsonPopup(**names, max_width=_POPUP_WIDTH),
        ).add_to(group)
    return group


def _named(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return fields and their labels as folium's tooltips and popups take them."""
    return {"fields": list(fields), "aliases": list(fields.values())}


def _style(status: str) -> dict[str, object]:
    look = VISIT_STATUS.by_key(STATUS_KEYS[status])
    return {
        "fillColor": _BLANK if look.outline else look.fill.light,
        "fillOpacity": 0.9,
        "color": palette.MUTED.light,
        "weight": 0.8,
        "dashArray": "2 3" if status == "never" else "",
    }


def _point_group(points: pd.DataFrame) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="titik")
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [
                    round(row["longitude"], _DECIMALS),
                    round(row["latitude"], _DECIMALS),
                ],
            },
            "properties": {
                "desa": html_text(row["name"]),
                "month": row["month_words"],
                "outcome": row["outcome_words"],
            },
        }
        for row in points.to_dict("records")
    ]
    if features:
        names = _named(_POINT_FIELDS)
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            marker=folium.CircleMarker(
                radius=3.5,
                color=palette.PAPER,
                weight=1,
                fill_color=palette.NAVY.light,
                fill_opacity=0.9,
            ),
            tooltip=folium.GeoJsonTooltip(**names),
            popup=folium.GeoJsonPopup(**names),
        ).add_to(group)
    return group


def _geojson(boundaries: BoundarySet, level: AreaLevel) -> dict[str, Any]:
    """Return simplified shapes of a level as GeoJSON with the property ``code``."""
    collection: dict[str, Any] = json.loads(_shapes(BoundaryKey(boundaries), level))
    return collection


@lru_cache(maxsize=4)
def _kecamatan_names(key: BoundaryKey) -> list[tuple[str, str, float, float]]:
    """Return code, name, latitude and longitude of every kecamatan's label, the roomiest first."""
    areas = key.boundaries.kecamatan
    circles = shapely.maximum_inscribed_circle(areas.geometry.to_numpy(), tolerance=0.001)
    centres = shapely.get_coordinates(shapely.get_point(circles, 0)).round(_DECIMALS)
    roomiest_first = (-shapely.length(circles)).argsort()
    return [
        (
            str(areas["code"].iloc[place]),
            str(areas["name"].iloc[place]),
            float(centres[place][1]),
            float(centres[place][0]),
        )
        for place in roomiest_first
    ]


@lru_cache(maxsize=4)
def _shapes(key: BoundaryKey, level: AreaLevel) -> str:
    areas = key.boundaries.kecamatan if level == "kecamatan" else key.boundaries.desa
    if areas is None:
        raise ValueError(level)
    return str(_simplified(areas)[["code", "geometry"]].to_json(drop_id=True))


def _simplified(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    shapes = areas.geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        shapes = shapely.coverage_simplify(shapes, _TOLERANCE_DEGREES)
    else:
        shapes = shapely.simplify(shapes, _TOLERANCE_DEGREES)
    rounded = shapely.set_precision(shapes, 10**-_DECIMALS, mode="pointwise")
    return areas.set_geometry(gpd.GeoSeries(rounded, index=areas.index, crs=areas.crs))
