"""The officers' field map: folium, offline, with tooltips, popups, clicks and GPS points.

Leaflet comes from this server; no plug-in, no icon font, no tile. The base map never
changes, so that a new value only replaces the layers above it and zoom stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import folium
import geopandas as gpd
import pandas as pd
import shapely
from branca.element import MacroElement
from folium.template import Template

from geo.boundaries import BoundarySet
from geo.layers import surrounding_land
from pages.components import words
from pages.components.classes import STATUS_KEYS, VISIT_STATUS
from pages.components.geometry import AreaLevel, BoundaryKey
from pages.components.serving import LEAFLET_PATH

# About 11 m at this latitude: fine enough for a street, small enough to send.
_DECIMALS = 4
_TOLERANCE_DEGREES = 0.0006
# The kabupaten with its islands in the frame of a laptop's map.
_CENTRE = (-6.085, 106.13)
_ZOOM = 10
_POINT_COLOUR = "#12365E"

_FIELDS: Mapping[AreaLevel, list[str]] = {
    "kecamatan": ["Kecamatan", "Keadaan", "Rincian"],
    "desa": ["Desa", "Kecamatan", "Keadaan", "Kunjungan terakhir"],
}


class OfflineMap(folium.Map):
    """A folium map that asks this server, and nobody else, for Leaflet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.default_js = [("leaflet", f"{LEAFLET_PATH}/leaflet.js")]
        self.default_css = [("leaflet_css", f"{LEAFLET_PATH}/leaflet.css")]


class KilometreScale(MacroElement):
    """A scale bar in kilometres only, and a sea that looks like one."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        L.control.scale({imperial: false}).addTo({{ this._parent.get_name() }});
        {{ this._parent.get_name() }}.getContainer().style.background = "#EEF3F8";
        {% endmacro %}
        """
    )


def field_map(
    boundaries: BoundarySet,
    level: AreaLevel,
    areas: pd.DataFrame,
    points: pd.DataFrame | None,
    *,
    key: str,
    height: int,
) -> str | None:
    """Draw the field map.

    Args:
        boundaries: shapes of both levels.
        level: which of them to colour.
        areas: of desa: code, name, kecamatan, status, last_visit_words; of kecamatan:
            code, name, status, covered, due, overdue, never, N.
        points: visits with a position: columns name, latitude, longitude, month_words,
            outcome_words; None to leave them out.

    Returns:
        Code of the area clicked last, or None.
    """
    # Its component registers itself when imported, which only a running page may do.
    from streamlit_folium import st_folium

    properties = _desa(areas) if level == "desa" else _kecamatan(areas)
    groups = [_area_group(boundaries, level, properties)]
    if points is not None:
        groups.append(_point_group(points))
    clicked = st_folium(
        _base_map(boundaries),
        feature_group_to_add=groups,
        returned_objects=["last_active_drawing"],
        use_container_width=True,
        height=height,
        key=key,
    )
    drawing: Mapping[str, Any] = (clicked or {}).get("last_active_drawing") or {}
    code = drawing.get("properties", {}).get("code")
    return str(code) if code else None


def _base_map(boundaries: BoundarySet) -> folium.Map:
    base = OfflineMap(
        location=_CENTRE,
        zoom_start=_ZOOM,
        zoom_snap=0.25,
        tiles=None,
        min_zoom=9,
        max_zoom=16,
        attribution_control=False,
    )
    base.add_child(KilometreScale())  # type: ignore[no-untyped-call]
    for shapes, weight in ((surrounding_land(), 0.75), (_geojson(boundaries, "kecamatan"), 1.5)):
        folium.GeoJson(
            shapes,
            control=False,
            style_function=lambda _, weight=weight: {
                "color": "#8A94A6",
                "weight": weight,
                "fillColor": "#F8F7F3",
                "fillOpacity": 1,
            },
        ).add_to(base)
    return base


def _kecamatan(areas: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        row["code"]: {
            "code": row["code"],
            "status": row["status"],
            "Kecamatan": row["name"],
            "Keadaan": words.STATUS_WORDS[row["status"]],
            "Rincian": (
                f"{row['covered']} terkunjungi, {row['due']} akan jatuh tempo, "
                f"{row['overdue']} jatuh tempo, {row['never']} belum pernah, "
                f"dari {row['N']} desa"
            ),
        }
        for row in areas.to_dict("records")
    }


def _desa(areas: pd.DataFrame) -> dict[str, dict[str, str]]:
    return {
        row["code"]: {
            "code": row["code"],
            "status": row["status"],
            "Desa": row["name"],
            "Kecamatan": row["kecamatan"],
            "Keadaan": words.STATUS_WORDS[row["status"]],
            "Kunjungan terakhir": row["last_visit_words"],
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
        fields = _FIELDS[level]
        folium.GeoJson(
            shapes,
            style_function=lambda feature: _style(feature["properties"]["status"]),
            highlight_function=lambda _: {"color": "#B98A1E", "weight": 3},
            tooltip=folium.GeoJsonTooltip(fields=fields, sticky=True),
            popup=folium.GeoJsonPopup(fields=fields, max_width=280),
        ).add_to(group)
    return group


def _style(status: str) -> dict[str, object]:
    look = VISIT_STATUS.by_key(STATUS_KEYS[status])
    return {
        "fillColor": look.fill,
        "fillOpacity": 0.9,
        "color": "#5B667A",
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
                "Desa": row["name"],
                "Bulan": row["month_words"],
                "Hasil": row["outcome_words"],
            },
        }
        for row in points.to_dict("records")
    ]
    if features:
        fields = ["Desa", "Bulan", "Hasil"]
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            marker=folium.CircleMarker(
                radius=3.5, color="#FFFFFF", weight=1, fill_color=_POINT_COLOUR, fill_opacity=0.9
            ),
            tooltip=folium.GeoJsonTooltip(fields=fields),
            popup=folium.GeoJsonPopup(fields=fields),
        ).add_to(group)
    return group


def _geojson(boundaries: BoundarySet, level: AreaLevel) -> dict[str, Any]:
    """Return simplified shapes of a level as GeoJSON with the property ``code``."""
    collection: dict[str, Any] = json.loads(_shapes(BoundaryKey(boundaries), level))
    return collection


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
