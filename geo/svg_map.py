"""One map drawing for the screen, the PDF and the PNG: layer + classes -> SVG.

Owns how a thematic map looks on paper: shapes, patterns, names, legend with
counts, scale bar, notices, source. It chooses no classes (they are passed in) and
knows no indicator.

Rule for names: the anchor (x, y) and `room` of each area come with the layer. Areas
are taken in order of falling room. A name is tried on one line, then broken at the
space nearest its middle, at each of the level's sizes from large to small; the first
that is no wider than `ROOM_SHARE` x room and touches no name already there stays,
otherwise the area has no name. A value below the name is given up before the name is.
At desa level the names of the kecamatan come first. Neighbours, islands and seas come
last and yield to everything.

The screen (``pages/assets/area_map.js``, `relabel`) keeps the same order and breaks, but
has any size and zoom where this page has one: there a kecamatan's name may leave its
anchor for another point of its shape, all of them get smaller together until every one
stands, and names may run further over a border. Here every one stands as it is (a test
says so), and a name that never moves is found at the same place on every page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import typst

from geo import palette
from geo.classes import AreaClass, Pattern
from geo.fonts import FONT_STACK, font_directory, text_width
from geo.layers import AreaShape, Layer, Place
from geo.legible import legible
from geo.palette import (
    NOTICE_FILL,
    NOTICE_TEXT,
    PAPER,
    PAPER_COAST,
    PAPER_LAND,
    PAPER_OUTLINE,
    PAPER_SEA,
    PAPER_SEA_TEXT,
)
from geo.scratch import scratch_folder

# The drawing is 1,200 px wide: one A4 landscape page or one slide.
PAGE_WIDTH = 1200
PADDING = 32.0
LINE = 1.25
# Font sizes of names, tried from large to small (px of the drawing).
NAME_SIZES: Mapping[str, tuple[float, ...]] = {
    "kecamatan": (15, 14, 13, 12, 11),
    "desa": (10, 9, 8),
}
REGION_SIZE = 13.0
# Names may run a little over the border: their halo keeps them legible.
ROOM_SHARE = 1.1

# Paper is light, whatever the theme of the screen.
INK = palette.INK.light
MUTED = palette.MUTED.light

# Size, colour, halo and style of names without a shape, by kind.
_PLACE_LOOKS: Mapping[str, tuple[float, str, str, str]] = {
    "kota": (14, MUTED, PAPER_LAND, "normal"),
    "laut": (16, PAPER_SEA_TEXT, PAPER_SEA, "italic"),
    "pulau": (13, MUTED, PAPER_SEA, "normal"),
}

# Kilometres that a scale bar may show; the longest below a fifth of the map is taken.
_SCALE_STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class AreaLook:
    """The class of one area, and the value written below its name ("" = none)."""

    code: str
    class_key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class MapText:
    """The words around a map, ready for a reader (Indonesian)."""

    title: str
    subtitle: str
    source: str
    legend_title: str = ""
    unit: str = ""
    notices: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A name that found its place: lines of text centred on (x, y), in px of the drawing."""

    code: str
    lines: tuple[str, ...]
    x: float
    y: float
    size: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        return _text_box(self.lines, self.x, self.y, self.size)


Box = tuple[float, float, float, float]


@dataclass
class _Taken:
    """Boxes that already hold text."""

    boxes: list[Box] = field(default_factory=list)

    def take(self, box: Box) -> bool:
        """Reserve a box; False if something is there."""
        if any(_overlap(box, other) for other in self.boxes):
            return False
        self.boxes.append(box)
        return True


def render_svg(
    layer: Layer, looks: Sequence[AreaLook], classes: Sequence[AreaClass], text: MapText
) -> str:
    """Draw a whole map document (SVG without external references).

    Every area of the layer needs exactly one look; classes appear in the legend in
    their order, each with its number of areas.

    Raises:
        ValueError: if an area has no look or two, or a look has an unknown class.
    """
    by_code = _looks_by_code(layer, looks, classes)
    by_key = {look_class.key: look_class for look_class in classes}
    scale = (PAGE_WIDTH - 2 * PADDING) / layer.width
    top = _head_height(text)
    map_height = layer.height * scale
    legend, legend_height = _legend(classes, looks, text, top + map_height + 26)
    height = top + map_height + 26 + legend_height + _foot_height()
    body = [
        _head(text),
        f'<svg x="{PADDING:g}" y="{top:g}" width="{layer.width * scale:g}" '
        f'height="{map_height:.1f}" viewBox="0 0 {layer.width:g} {layer.height:g}">',
        *_shapes(layer, by_code, by_key),
        "</svg>",
        f'<g transform="translate({PADDING:g} {top:g})">',
        *_names(layer, scale, by_code, by_key),
        _scale_bar(layer, scale),
        "</g>",
        legend,
        _foot(text, height),
    ]
    return "\n".join(
        [
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" '
            f'aria-labelledby="judul uraian" width="{PAGE_WIDTH}" height="{height:.0f}" '
            f'viewBox="0 0 {PAGE_WIDTH} {height:.0f}" font-family={quoteattr(FONT_STACK)}>',
            f'<title id="judul">{_xml(text.title)}</title>',
            f'<desc id="uraian">{_xml(text.description or _description(text))}</desc>',
            f"<defs>{''.join(_pattern(c, c.pattern) for c in classes if c.pattern)}</defs>",
            f'<rect width="{PAGE_WIDTH}" height="{height:.0f}" fill="{PAPER}"/>',
            *body,
            "</svg>",
        ]
    )


def render_png(svg: str, width_px: int = 2400) -> bytes:
    """Draw the SVG of `render_svg` as PNG, width_px wide (1200 = one pixel per unit)."""
    with scratch_folder() as folder:
        page = folder / "peta.typ"
        page.with_suffix(".svg").write_text(svg, encoding="utf-8")
        page.write_text(
            "#set page(width: auto, height: auto, margin: 0pt)\n"
            f'#image("peta.svg", width: {PAGE_WIDTH}pt)\n',
            encoding="utf-8",
        )
        drawn: bytes = typst.compile(
            str(page),
            format="png",
            ppi=72 * width_px / PAGE_WIDTH,
            font_paths=[str(font_directory())],
            ignore_system_fonts=True,
        )
    return drawn


def place_names(
    shapes: Iterable[AreaShape], level: str, scale: float, values: Mapping[str, str]
) -> tuple[Label, ...]:
    """Place the names of areas by the rule of this module; scale = px per layer unit."""
    return tuple(_place_names(shapes, level, scale, values, _Taken()))


def _place_names(
    shapes: Iterable[AreaShape],
    level: str,
    scale: float,
    values: Mapping[str, str],
    taken: _Taken,
) -> Iterator[Label]:
    for shape in sorted(shapes, key=lambda area: (-area.room, area.code)):
        for label in _candidates(shape, level, scale, values.get(shape.code, "")):
            width = max(text_width(line, label.size) for line in label.lines)
            if width <= shape.room * scale * ROOM_SHARE and taken.take(label.box):
                yield label
                break


def _candidates(shape: AreaShape, level: str, scale: float, value: str) -> Iterator[Label]:
    for below in ((value,), ()) if value else ((),):
        for size in NAME_SIZES[level]:
            for lines in _line_breaks(shape.name):
                yield Label(shape.code, (*lines, *below), shape.x * scale, shape.y * scale, size)


def _line_breaks(name: str) -> Iterator[tuple[str, ...]]:
    yield (name,)
    spaces = [i for i, sign in enumerate(name) if sign == " "]
    if spaces:
        middle = min(spaces, key=lambda i: abs(i - len(name) / 2))
        yield (name[:middle], name[middle + 1 :])


def _text_box(lines: Sequence[str], x: float, y: float, size: float) -> Box:
    width = max(text_width(line, size) for line in lines)
    height = len(lines) * size * LINE
    return (x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _looks_by_code(
    layer: Layer, looks: Sequence[AreaLook], classes: Sequence[AreaClass]
) -> dict[str, AreaLook]:
    by_code = {look.code: look for look in looks}
    unknown = {look.class_key for look in looks} - {c.key for c in classes}
    if len(by_code) != len(looks) or set(by_code) != {shape.code for shape in layer.shapes}:
        raise ValueError("Setiap wilayah pada peta memerlukan tepat satu kelas.")
    if unknown:
        raise ValueError(f"Kelas peta tidak dikenal: {', '.join(sorted(unknown))}.")
    return by_code


def _shapes(
    layer: Layer, looks: Mapping[str, AreaLook], classes: Mapping[str, AreaClass]
) -> Iterator[str]:
    width = 0.6 if layer.level == "desa" else 1.1
    yield f'<rect width="{layer.width:g}" height="{layer.height:g}" fill="{PAPER_SEA}"/>'
    yield (f'<path d="{layer.land}" fill="{PAPER_LAND}" stroke="{PAPER_COAST}" stroke-width=".7"/>')
    yield f'<g stroke="{PAPER}" stroke-width="{width}" stroke-linejoin="round">'
    # Areas with an outline of their own come last, so that no neighbour covers it.
    for shape in sorted(
        layer.shapes, key=lambda area: classes[looks[area.code].class_key].outline is not None
    ):
        look = classes[looks[shape.code].class_key]
        stroke = f' stroke="{look.outline.light}"' if look.outline else ""
        yield f'<path d="{shape.path}" fill="{look.fill.light}"{stroke}><title>'
        yield f"{_xml(shape.name)}: {_xml(_spoken(looks[shape.code], look))}</title></path>"
        if look.pattern:
            yield f'<path d="{shape.path}" fill="url(#pola-{_xml(look.key)})" stroke="none"/>'
    yield "</g>"
    if layer.inner:
        yield (
            f'<path d="{layer.inner}" fill="none" stroke="{PAPER_OUTLINE}" stroke-width="1" '
            'stroke-linejoin="round" stroke-opacity=".75"/>'
        )
    yield (
        f'<path d="{layer.outline}" fill="none" stroke="{PAPER_OUTLINE}" stroke-width="1.3" '
        'stroke-linejoin="round"/>'
    )


def _spoken(look: AreaLook, look_class: AreaClass) -> str:
    return f"{look.value} ({look_class.label})" if look.value else look_class.label


def _names(
    layer: Layer, scale: float, looks: Mapping[str, AreaLook], classes: Mapping[str, AreaClass]
) -> Iterator[str]:
    taken = _Taken([_scale_box(layer, scale)])
    yield '<g text-anchor="middle" stroke-linejoin="round" paint-order="stroke">'
    yield from _region_names(layer.regions, scale, taken)
    values = {code: look.value for code, look in looks.items()}
    for label in _place_names(layer.shapes, layer.level, scale, values, taken):
        look = classes[looks[label.code].class_key]
        halo_share = 0.45 if look.pattern else 0.25
        yield _label(label, look.ink.light, look.fill.light, halo_share=halo_share)
    yield from _place_labels(layer.places, scale, taken)
    yield "</g>"


def _region_names(regions: Iterable[Place], scale: float, taken: _Taken) -> Iterator[str]:
    for place in regions:
        x, y = place.x * scale, place.y * scale
        for lines in reversed(tuple(_line_breaks(place.name))):
            label = Label("", lines, x, y, REGION_SIZE)
            if taken.take(label.box):
                yield _label(label, PAPER_OUTLINE, PAPER, weight=700)
                break


def _place_labels(places: Iterable[Place], scale: float, taken: _Taken) -> Iterator[str]:
    for place in places:
        size, color, halo, style = _PLACE_LOOKS[place.kind]
        lines = (place.name,) if place.kind == "pulau" else tuple(place.name.split(" "))
        label = Label("", lines, place.x * scale, place.y * scale, size)
        if taken.take(label.box):
            yield _label(label, color, halo, weight=400, style=style)


def _label(
    label: Label,
    fill: str,
    halo: str,
    weight: int = 600,
    style: str = "normal",
    halo_share: float = 0.25,
) -> str:
    """Text with a halo as wide as a share of its size."""
    top = label.y - (len(label.lines) - 1) * label.size * LINE / 2 + label.size * 0.34
    lines = "".join(
        f'<tspan x="{label.x:.1f}" y="{top + i * label.size * LINE:.1f}">{_xml(line)}</tspan>'
        for i, line in enumerate(label.lines)
    )
    slant = f' font-style="{style}"' if style != "normal" else ""
    return (
        f'<text font-size="{label.size:g}" font-weight="{weight}"{slant} fill="{fill}" '
        f'stroke="{halo}" stroke-width="{label.size * halo_share:.1f}">{lines}</text>'
    )


def _pattern(look: AreaClass, pattern: Pattern) -> str:
    start = f'<pattern id="pola-{_xml(look.key)}" width="8" height="8" '
    start += 'patternUnits="userSpaceOnUse"'
    colour = pattern.colour.light
    line = f'stroke="{colour}" stroke-width="1.6"'
    marks = {
        "hatch": f'<path d="M0 4H8" {line}/>',
        "crosshatch": f'<path d="M0 4H8M4 0V8" {line}/>',
        "dots": f'<circle cx="4" cy="4" r="1.3" fill="{colour}"/>',
    }
    turn = "" if pattern.kind == "dots" else ' patternTransform="rotate(-45)"'
    return f"{start}{turn}>{marks[pattern.kind]}</pattern>"


def _scale_length(layer: Layer) -> int:
    longest = layer.width / layer.units_per_km / 5
    return max((km for km in _SCALE_STEPS if km <= longest), default=_SCALE_STEPS[0])


def _scale_box(layer: Layer, scale: float) -> Box:
    width = _scale_length(layer) * layer.units_per_km * scale
    bottom = layer.height * scale
    return (10, bottom - 48, 40 + width, bottom)


def _scale_bar(layer: Layer, scale: float) -> str:
    km = _scale_length(layer)
    width = km * layer.units_per_km * scale
    y = layer.height * scale - 18
    return (
        f'<path d="M20 {y - 6:.1f}v6h{width:.1f}v-6" fill="none" stroke="{INK}" '
        f'stroke-width="1.5"/><text x="20" y="{y - 11:.1f}" font-size="14" fill="{INK}">'
        f"{km} km</text>"
    )


def _head_height(text: MapText) -> float:
    return 112.0 + (34.0 if text.notices else 0.0)


def _head(text: MapText) -> str:
    notices = "   ·   ".join(text.notices)
    bar = (
        f'<rect x="{PADDING:g}" y="100" width="{PAGE_WIDTH - 2 * PADDING:g}" height="32" rx="4" '
        f'fill="{NOTICE_FILL}"/><text x="{PADDING + 14:g}" y="121.5" font-size="16" '
        f'font-weight="600" fill="{NOTICE_TEXT}">{_xml(notices)}</text>'
        if notices
        else ""
    )
    return (
        f'<text x="{PADDING:g}" y="54" font-size="{_title_size(text.title):g}" font-weight="700" '
        f'fill="{INK}">{_xml(text.title)}</text><text x="{PADDING:g}" y="84" font-size="18" '
        f'fill="{MUTED}">{_xml(text.subtitle)}</text>{bar}'
    )


def _title_size(title: str) -> float:
    """30 px, less where a long title would run off the page."""
    return min(30.0, 30.0 * (PAGE_WIDTH - 2 * PADDING) / text_width(title, 30.0))


def _legend(
    classes: Sequence[AreaClass], looks: Sequence[AreaLook], text: MapText, top: float
) -> tuple[str, float]:
    """The legend and its height; every class with its count, empty classes too."""
    counts = Counter(look.class_key for look in looks)
    parts: list[str] = []
    x, y = PADDING, top
    if text.legend_title:
        parts.append(
            f'<text x="{x:g}" y="{y + 13:g}" font-size="16" font-weight="600" fill="{INK}">'
            f"{_xml(text.legend_title)}</text>"
        )
        y += 28
    for look in classes:
        count = f"{counts[look.key]} {text.unit}".strip()
        width = 42 + text_width(f"{look.label}  {count}", 16) + 22
        if x > PADDING and x + width > PAGE_WIDTH - PADDING:
            x, y = PADDING, y + 30
        parts.append(_legend_item(look, count, x, y))
        x += width
    return "\n".join(parts), y + 30 - top


def _legend_item(look: AreaClass, count: str, x: float, y: float) -> str:
    box = f'<rect x="{x:g}" y="{y:g}" width="32" height="18" rx="2"'
    stroke = look.outline.light if look.outline else PAPER_COAST
    pattern = f'{box} fill="url(#pola-{_xml(look.key)})"/>' if look.pattern else ""
    return (
        f'{box} fill="{look.fill.light}" stroke="{stroke}"/>{pattern}'
        f'<text x="{x + 42:g}" y="{y + 14.5:g}" font-size="16" fill="{INK}">'
        f'{_xml(look.label)} <tspan dx="3" fill="{MUTED}">{_xml(count)}</tspan></text>'
    )


def _foot_height() -> float:
    return 52.0


def _foot(text: MapText, height: float) -> str:
    y = height - 22
    return (
        f'<path d="M{PADDING:g} {y - 24:.1f}H{PAGE_WIDTH - PADDING:g}" stroke="{PAPER_COAST}"/>'
        f'<text x="{PADDING:g}" y="{y:.1f}" font-size="{_source_size(text.source):.3g}" '
        f'fill="{MUTED}">{_xml(text.source)}</text>'
    )


def _source_size(source: str) -> float:
    return min(14.0, 14.0 * (PAGE_WIDTH - 2 * PADDING) / max(1.0, text_width(source, 14.0)))


def _description(text: MapText) -> str:
    return ". ".join(part for part in (text.subtitle, *text.notices, text.source) if part)


def _xml(text: str) -> str:
    """Return a text as XML that shows just this text; XML knows no control signs at all."""
    return escape(legible(text))
