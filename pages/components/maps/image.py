"""Maps that leave the screen: the same layer and classes, drawn as SVG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.layers import Layer
from geo.svg_map import AreaLook, MapText, render_png, render_svg
from pages.components.maps.area_map import AreaValues

# Wide enough for a slide on a large screen.
PNG_WIDTH = 2400


@dataclass(frozen=True)
class MapImage:
    """The words around a map that leaves the screen."""

    title: str
    caption: str
    source: str
    notices: Sequence[str] = ()


def map_svg(layer: Layer, values: AreaValues, image: MapImage) -> str:
    """Draw a map as an SVG document with title, period, legend, notices and source."""
    looks = [
        AreaLook(shape.code, key) for shape, key in zip(layer.shapes, values.keys, strict=True)
    ]
    text = MapText(
        title=image.title,
        subtitle=image.caption,
        source=image.source,
        legend_title=values.table.title,
        unit=layer.level,
        notices=tuple(image.notices),
        description=values.summary,
    )
    return render_svg(layer, looks, values.table.classes, text)


def map_png(layer: Layer, values: AreaValues, image: MapImage) -> bytes:
    """Draw a map as a PNG image, ``PNG_WIDTH`` pixels wide."""
    return render_png(map_svg(layer, values, image), PNG_WIDTH)
