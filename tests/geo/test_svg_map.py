"""The map drawing: legend with counts, escaped words, names that never overlap, PNG."""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest

from geo import palette
from geo.boundaries.model import indicative_boundaries
from geo.classes import CROSSHATCH, DOTS, HATCH, AreaClass, Pattern
from geo.layers import AreaShape, Layer, build_layer
from geo.legible import legible
from geo.svg_map import (
    AreaLook,
    Label,
    MapText,
    place_names,
    render_png,
    render_svg,
)
from tests.payloads import PAYLOADS

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = (
    AreaClass("nol", "0 %", palette.BLANK),
    AreaClass("ada", "1-99 %", palette.COVERAGE_3),
    AreaClass("tanpa", "tidak ada laporan", palette.BLANK, pattern=HATCH),
)
TEXT = MapText(
    title="Cakupan <kunjungan> & lain",
    subtitle="Januari-Juni 2026",
    source="Sumber: contoh",
    unit="kecamatan",
    notices=("DATA CONTOH", "Batas indikatif, bukan batas resmi"),
)


@pytest.fixture(scope="module")
def layer() -> Layer:
    return build_layer(indicative_boundaries(), "kecamatan")


def looks(layer: Layer, key: str = "ada", value: str = "") -> list[AreaLook]:
    """All areas in one class but the first, which is zero."""
    first, *rest = layer.shapes
    return [AreaLook(first.code, "nol"), *(AreaLook(s.code, key, value) for s in rest)]


def words(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def square(code: str, name: str, x: float, room: float) -> AreaShape:
    return AreaShape(code, name, "M0 0l9 0 0 9z", x, 100.0, room)


def test_legend_counts_every_class(layer: Layer) -> None:
    svg = render_svg(layer, looks(layer), CLASSES, TEXT)
    assert {"0 % 1 kecamatan", "1-99 % 28 kecamatan", "tidak ada laporan 0 kecamatan"} <= set(
        words(svg)
    )


def test_words_are_escaped(layer: Layer) -> None:
    assert "Cakupan <kunjungan> & lain" in words(render_svg(layer, looks(layer), CLASSES, TEXT))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_others_wrote_stays_text(layer: Layer, payload: str) -> None:
    text = replace(TEXT, title=payload, source=payload, description=payload)
    root = ElementTree.fromstring(render_svg(layer, looks(layer), CLASSES, text))
    written = {"".join(node.itertext()) for node in root.iter(f"{SVG}text")}
    assert legible(payload) in written
    assert [node.text for node in root.iter(f"{SVG}desc")] == [legible(payload)]
    tags = {node.tag for node in root.iter()}
    assert tags == {node.tag for node in ElementTree.fromstring(plain_map(layer)).iter()}


def plain_map(layer: Layer) -> str:
    return render_svg(layer, looks(layer), CLASSES, TEXT)


def test_a_picture_is_drawn_of_signs_that_xml_does_not_know(layer: Layer) -> None:
    text = replace(TEXT, title="Desa\x07 \u202e\x1b", source="قرية")
    svg = render_svg(layer, looks(layer), CLASSES, text)
    assert render_png(svg, 200).startswith(b"\x89PNG")


def test_notices_and_source_are_written(layer: Layer) -> None:
    written = " ".join(words(render_svg(layer, looks(layer), CLASSES, TEXT)))
    assert all(sentence in written for sentence in (*TEXT.notices, TEXT.source, TEXT.subtitle))


def test_has_title_and_description(layer: Layer) -> None:
    root = ElementTree.fromstring(render_svg(layer, looks(layer), CLASSES, TEXT))
    assert [root.findtext(f"{SVG}title"), bool(root.findtext(f"{SVG}desc"))] == [TEXT.title, True]


def test_refers_to_nothing_outside(layer: Layer) -> None:
    svg = render_svg(layer, looks(layer), CLASSES, TEXT)
    assert svg.count("http") == svg.count("http://www.w3.org/2000/svg") == 1


@pytest.mark.parametrize("pattern", [HATCH, DOTS, CROSSHATCH], ids=lambda each: each.kind)
def test_pattern_is_defined_and_used(layer: Layer, pattern: Pattern) -> None:
    classes = (*CLASSES[:1], AreaClass("ada", "x", palette.BLANK, pattern=pattern))
    svg = render_svg(layer, looks(layer), classes, TEXT)
    assert 'id="pola-ada"' in svg
    assert "url(#pola-ada)" in svg


def test_an_area_that_paper_would_swallow_has_an_outline(layer: Layer) -> None:
    svg = render_svg(layer, looks(layer), CLASSES, TEXT)
    outlined = f'fill="{palette.BLANK.light}" stroke="{palette.BLANK_LINE.light}"'
    assert svg.count(outlined) == 1 + 2  # the one area, and the legend's two blank classes


def test_value_is_written_below_the_name(layer: Layer) -> None:
    svg = render_svg(layer, looks(layer, value="7 dari 14"), CLASSES, TEXT)
    assert "Tirtayasa7 dari 14" in words(svg)


def test_area_without_a_look_is_refused(layer: Layer) -> None:
    with pytest.raises(ValueError, match="tepat satu kelas"):
        render_svg(layer, looks(layer)[1:], CLASSES, TEXT)


def test_unknown_class_is_refused(layer: Layer) -> None:
    with pytest.raises(ValueError, match="tidak dikenal: lain"):
        render_svg(layer, looks(layer, key="lain"), CLASSES, TEXT)


def test_same_input_gives_same_drawing(layer: Layer) -> None:
    assert render_svg(layer, looks(layer), CLASSES, TEXT) == render_svg(
        layer, looks(layer), CLASSES, TEXT
    )


def test_names_never_overlap() -> None:
    layer = build_layer(indicative_boundaries(), "desa")
    labels = place_names(layer.shapes, "desa", 1.136, {})
    assert not [(a, b) for a, b in combinations(labels, 2) if _touch(a, b)]


def test_every_kecamatan_has_its_name(layer: Layer) -> None:
    assert len(place_names(layer.shapes, "kecamatan", 1.136, {})) == 29


def test_name_without_room_is_dropped() -> None:
    assert place_names([square("a", "Waringinkurung", 100, 20)], "kecamatan", 1, {}) == ()


def test_long_name_is_broken_at_its_space() -> None:
    [label] = place_names([square("a", "Tunjung Teja", 100, 60)], "kecamatan", 1, {})
    assert label.lines == ("Tunjung", "Teja")


def test_wider_area_wins_the_place() -> None:
    shapes = [square("kecil", "Baros", 100, 60), square("besar", "Petir", 110, 90)]
    assert [label.code for label in place_names(shapes, "kecamatan", 1, {})] == ["besar"]


def test_value_gives_way_before_the_name() -> None:
    [label] = place_names(
        [square("a", "Baros", 100, 60)], "kecamatan", 1, {"a": "1.234 dari 5.678"}
    )
    assert label.lines == ("Baros",)


def test_png_has_the_width_asked_for(layer: Layer) -> None:
    png = render_png(render_svg(layer, looks(layer), CLASSES, TEXT), width_px=600)
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">I", png[16:20]) == (600,)


def test_png_draws_letters(layer: Layer) -> None:
    svg = render_svg(layer, looks(layer), CLASSES, TEXT)
    silent = svg.replace("Tirtayasa", " ")
    assert render_png(svg, 600) != render_png(silent, 600)


def _touch(a: Label, b: Label) -> bool:
    (a0, a1, a2, a3), (b0, b1, b2, b3) = a.box, b.box
    return a0 < b2 and b0 < a2 and a1 < b3 and b1 < a3
