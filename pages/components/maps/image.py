"""Maps that leave the screen: the same layer and classes, drawn as SVG or PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.classes import AreaClass
from geo.layers import Layer
from geo.svg_map import AreaLook, MapClass, MapText, render_png, render_svg
from pages.components.maps.area_map import AreaValues

# Wide enough for a slide on a large screen.
PNG_WIDTH = 2400

# White areas need an outline to be seen on paper.
_OUTLINE = "#8A94A6"
_PATTERN_COLOURS = {"hatch": "#B6BECB", "dots": "#8A94A6", "crosshatch": "#7A5C99"}


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
    return render_svg(layer, looks, [_map_class(each) for each in values.table.classes], text)


def map_png(layer: Layer, values: AreaValues, image: MapImage) -> bytes:
    """Draw a map as a PNG image, ``PNG_WIDTH`` pixels wide."""
    return render_png(map_svg(layer, values, image), PNG_WIDTH)


def _map_class(area_class: AreaClass) -> MapClass:
    return MapClass(
        key=area_class.key,
        label=area_class.label,
        fill=area_class.fill,
        pattern=area_class.pattern,
        stroke=_OUTLINE if area_class.fill == "#FFFFFF" else None,
        text_fill=area_class.ink,
        pattern_color=_PATTERN_COLOURS.get(area_class.pattern or "", _OUTLINE),
    )
