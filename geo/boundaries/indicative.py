"""Cells around the desa points, for an area whose folder holds no indicative boundaries.

Owns the simplest shapes that a map can be drawn from: every place belongs to the nearest desa
point. They know no coast; `scripts.build_indicative_boundaries` makes better ones.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from geo.area import area
from geo.gazetteer import gazetteer

_WGS84 = "EPSG:4326"

# How far land reaches beyond the outermost points, in mean distances between neighbours.
_REACH = 0.75
# Of a lone desa, metres.
_LONE_REACH = 2_000.0


def cells_around_points() -> dict[str, shapely.Geometry]:
    """Return the cell (WGS 84) of each desa by its code.

    Desa whose point is another desa's too have none.
    """
    points = _points()
    reach = _reach(points)
    hull = shapely.concave_hull(shapely.multipoints(points), 0.5)
    cells = _nearest(points, hull.buffer(reach))
    placed = gpd.GeoSeries(list(cells.values()), crs=area().metric.crs).to_crs(_WGS84)
    return dict(zip(cells, placed, strict=True))


def _points() -> np.ndarray:
    desa = gazetteer().desa
    degrees = gpd.points_from_xy(
        [one.longitude for one in desa], [one.latitude for one in desa], crs=_WGS84
    )
    return np.asarray(degrees.to_crs(area().metric.crs))


def _reach(points: np.ndarray) -> float:
    tree = shapely.STRtree(points)
    found = tree.query_nearest(points, exclusive=True, return_distance=True, all_matches=False)
    return float(found[1].mean()) * _REACH if len(found[1]) else _LONE_REACH


def _nearest(points: np.ndarray, land: shapely.Geometry) -> dict[str, shapely.Geometry]:
    codes = [one.code for one in gazetteer().desa]
    if len(points) == 1:
        return {codes[0]: land}
    tree = shapely.STRtree(points)
    cells: dict[str, shapely.Geometry] = {}
    for cell in shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(points), extend_to=land)
    ):
        owner = int(tree.query(cell, predicate="contains")[0])
        cells[codes[owner]] = cell.intersection(land)
    return dict(sorted(cells.items()))
