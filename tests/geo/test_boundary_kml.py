"""KML as programs really write it: lenient XML, attributes in odd places, folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo import errors
from geo.boundaries.kml import parse_kml
from geo.boundaries.raw import MalformedShapeError, RawFile

POLYGON = (
    "<Polygon><outerBoundaryIs><LinearRing><coordinates>106.1,-6.1,0 106.2,-6.1,0 106.2,-6.0,0 "
    "106.1,-6.1,0</coordinates></LinearRing></outerBoundaryIs></Polygon>"
)


def _kml(inside: str, root: str = 'kml xmlns="http://www.opengis.net/kml/2.2"') -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root}><Document>{inside}</Document></kml>'


def _parsed(text: str | bytes) -> RawFile:
    return parse_kml(Path("batas.kml"), text.encode() if isinstance(text, str) else text)


def _row(inside: str) -> dict[str, object]:
    """The values of the only placemark, by column."""
    layer = _parsed(_kml(f"<Placemark>{inside}{POLYGON}</Placemark>")).layers[0]
    return {column: layer.values(column)[0] for column in layer.columns}


# --- lenient XML -----------------------------------------------------------------------

LENIENT: dict[str, bytes] = {
    "undeclared prefix of an attribute": _kml(
        f"<Placemark><name>Pontang</name>{POLYGON}</Placemark>",
        'kml xmlns="http://www.opengis.net/kml/2.2" xsi:schemaLocation="a b"',
    ).encode(),
    "undeclared prefix of an element": _kml(
        f"<Placemark><name>Pontang</name><gx:drawOrder>1</gx:drawOrder>{POLYGON}</Placemark>"
    ).encode(),
    "bare ampersand": _kml(
        f"<Placemark><name>Pontang</name><description>A & B &c</description>{POLYGON}</Placemark>"
    ).encode(),
    "ampersand in a link": _kml(
        f"<Placemark><name>Pontang</name><href>http://a/?b=1&c=2</href>{POLYGON}</Placemark>"
    ).encode(),
    "entities of HTML": _kml(
        f"<Placemark><name>Pontang</name><Snippet>&nbsp;&eacute;</Snippet>{POLYGON}</Placemark>"
    ).encode(),
    "cp1252 that claims to be UTF-8": _kml(
        f"<Placemark><name>Pontang</name><description>Café</description>{POLYGON}</Placemark>"
    ).encode("cp1252"),
    "control sign": _kml(
        f"<Placemark><name>Pontang</name><description>a\x0bb</description>{POLYGON}</Placemark>"
    ).encode(),
    "UTF-16 that claims to be UTF-8": _kml(
        f"<Placemark><name>Pontang</name>{POLYGON}</Placemark>"
    ).encode("utf-16"),
}


@pytest.mark.parametrize("case", LENIENT)
def test_what_google_earth_reads_is_read_and_said(case: str) -> None:
    raw = _parsed(LENIENT[case])
    assert list(raw.layers[0].values("name")) == ["Pontang"]
    assert raw.layers[0].shape(0) is not None
    assert "tidak baku" in raw.notes[0]


def test_sound_xml_is_left_alone() -> None:
    text = f"<Placemark><name>A &amp; B</name><description><![CDATA[x & y]]></description>{POLYGON}"
    raw = _parsed(_kml(f"{text}</Placemark>"))
    assert (list(raw.layers[0].values("name")), raw.notes) == (["A & B"], ())


@pytest.mark.parametrize("inside", ["<Placemark>", f"<Placemark>{POLYGON}</Placemak>", "<a b=c/>"])
def test_broken_xml_is_named_with_its_place(inside: str) -> None:
    with pytest.raises(errors.BrokenFileError, match=r"baris \d+, kolom \d+"):
        _parsed(_kml(inside))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_entities_are_refused_in_any_form(encoding: str) -> None:
    text = '<!DOCTYPE kml [<!ENTITY a "b">]><kml><name>&a; & é</name></kml>'
    with pytest.raises(errors.BrokenFileError, match="DOCTYPE"):
        _parsed(text.encode(encoding))


def test_a_document_of_links_only_is_named() -> None:
    with pytest.raises(errors.UnknownFormatError, match="NetworkLink"):
        _parsed(_kml("<NetworkLink><Link><href>http://127.0.0.1:9/</href></Link></NetworkLink>"))


# --- attributes ------------------------------------------------------------------------

TABLE = (
    "<table><tr><td colspan=2><b>Pontang</b></td></tr>"
    "<tr><td>KDCPUM</td><td>36.04.12</td></tr><tr><th>WADMKC</th><td>Pontang</td></tr></table>"
)
DESCRIPTIONS: dict[str, str] = {
    "table": f"<![CDATA[<html><body>{TABLE}</body></html>]]>",
    "table within a table": f"<![CDATA[<table><tr><td>{TABLE}</td></tr></table>]]>",
    "escaped": TABLE.replace("<", "&lt;").replace(">", "&gt;"),
    "lines": "<![CDATA[<b>KDCPUM</b>: 36.04.12<br><b>WADMKC</b>: Pontang<br/>]]>",
    "items": "<![CDATA[<ul><li>KDCPUM = 36.04.12</li><li>WADMKC = Pontang</li></ul>]]>",
    "plain lines": "KDCPUM: 36.04.12\nWADMKC: Pontang",
}


@pytest.mark.parametrize("case", DESCRIPTIONS)
def test_attributes_in_the_description_are_columns(case: str) -> None:
    row = _row(f"<name>0</name><description>{DESCRIPTIONS[case]}</description>")
    assert (row["KDCPUM"], row["WADMKC"], row["name"]) == ("36.04.12", "Pontang", "0")


EXTENDED: dict[str, str] = {
    "Data": '<Data name="KODE"><displayName>x</displayName><value>36.04.12</value></Data>',
    "SimpleData": '<SchemaData><SimpleData name="KODE">36.04.12</SimpleData></SchemaData>',
    "own elements": "<KODE>36.04.12</KODE>",
}


@pytest.mark.parametrize("case", EXTENDED)
def test_every_kind_of_extended_data_is_read(case: str) -> None:
    row = _row(f"<name>a</name><ExtendedData>{EXTENDED[case]}</ExtendedData>")
    assert row["KODE"] == "36.04.12"


def test_extended_data_go_before_the_description() -> None:
    data = '<ExtendedData><Data name="KODE"><value>36.04.12</value></Data></ExtendedData>'
    assert _row(f"<description>KODE: lain</description>{data}")["KODE"] == "36.04.12"


def test_folders_are_columns() -> None:
    placemark = f"<Placemark><name>Desa Lontar</name>{POLYGON}</Placemark>"
    text = _kml(
        "<name>Serang</name>"
        f"<Folder><name>Kec. Tirtayasa</name>{placemark}"
        f"<Folder><name>Batas</name>{placemark}</Folder></Folder>{placemark}"
    )
    layer = _parsed(text).layers[0]
    assert list(layer.values("folder")) == ["Kec. Tirtayasa", "Batas", "Serang"]
    assert list(layer.values("folder_induk")) == ["Serang", "Kec. Tirtayasa", None]


# --- shapes ----------------------------------------------------------------------------


def _ring(x: float, y: float, size: float) -> str:
    points = [(x, y), (x + size, y), (x + size, y + size), (x, y)]
    text = " ".join(f"{a},{b}" for a, b in points)
    return f"<LinearRing><coordinates>{text}</coordinates></LinearRing>"


@pytest.mark.parametrize(
    "inner",
    [
        f"<innerBoundaryIs>{_ring(2, 1, 1)}{_ring(5, 1, 1)}</innerBoundaryIs>",
        f"<innerBoundaryIs>{_ring(2, 1, 1)}</innerBoundaryIs>"
        f"<innerBoundaryIs>{_ring(5, 1, 1)}</innerBoundaryIs>",
    ],
)
def test_two_holes_are_two_however_they_are_written(inner: str) -> None:
    polygon = f"<Polygon><outerBoundaryIs>{_ring(0, 0, 9)}</outerBoundaryIs>{inner}</Polygon>"
    shape = _parsed(_kml(f"<Placemark>{polygon}</Placemark>")).layers[0].shape(0)
    assert shape is not None and len(shape.geoms[0].interiors) == 2


def test_blanks_behind_commas_do_not_matter() -> None:
    text = _kml(f"<Placemark>{POLYGON.replace(',', ', ')}</Placemark>")
    shape = _parsed(text).layers[0].shape(0)
    assert shape is not None and shape.bounds == (106.1, -6.1, 106.2, -6.0)


def test_a_bad_shape_leaves_the_others() -> None:
    bad = POLYGON.replace("106.1,-6.1,0", "utara")
    layer = _parsed(_kml(f"<Placemark>{bad}</Placemark><Placemark>{POLYGON}</Placemark>")).layers[0]
    assert layer.shape(1) is not None
    with pytest.raises(MalformedShapeError):
        layer.shape(0)
