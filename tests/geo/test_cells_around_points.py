"""The cells that stand in for boundaries where an area's folder holds none."""

from __future__ import annotations

import pytest
import shapely

from geo.boundaries.indicative import cells_around_points
from geo.gazetteer import gazetteer


@pytest.fixture(scope="module")
def cells() -> dict[str, shapely.Geometry]:
    return cells_around_points()


def test_every_desa_has_the_cell_that_holds_its_point(cells: dict[str, shapely.Geometry]) -> None:
    assert list(cells) == [desa.code for desa in gazetteer().desa]
    for desa in gazetteer().desa:
        assert cells[desa.code].contains(shapely.Point(desa.longitude, desa.latitude))


def test_neighbours_meet_and_do_not_overlap(cells: dict[str, shapely.Geometry]) -> None:
    whole = shapely.union_all(list(cells.values()))
    assert sum(cell.area for cell in cells.values()) == pytest.approx(whole.area)
    assert whole.geom_type == "Polygon"
