"""KML, parsed without GDAL; documents that declare entities are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import entities, unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import shapely

from geo.boundaries.json_files import WGS84_LON_LAT
from geo.boundaries.raw import MalformedShapeError, RawFile, layer_of_rows
from geo.errors import BrokenFileError, NoFeaturesError, TooDetailedError, UnknownFormatError
from geo.limits import MOST_POINTS, MOST_SHAPES

# What Windows writes where a file claims to be UTF-8 and is not.
_FALLBACK_ENCODING = "cp1252"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LENIENT_NOTE = (
    "KML-nya tidak baku (awalan tanpa xmlns, tanda & lepas, atau penyandian yang keliru); "
    "dibaca seperti Google Earth membacanya."
)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos);)")
_NAMED_ENTITY = re.compile(r"&(\w+);")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PREFIX = re.compile(r"[<\s/]([A-Za-z_][\w.-]*):[A-Za-z_]")
_DECLARED_PREFIX = re.compile(r"xmlns:([\w.-]+)\s*=")
_ROOT_START = re.compile(r"<[A-Za-z_][\w.:-]*")
# "KDCPUM: 36.04.05" or "KDCPUM = 36.04.05" on a line of its own.
_LINE = re.compile(r"([A-Za-z][\w ./-]{0,39}?)\s*[:=]\s*(\S.*)")
# Longer ones are texts, not attributes.
_LONGEST_DESCRIPTION = 100_000
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})

Node = ElementTree.Element


class _DoctypeFoundError(ValueError):
    pass


def parse_kml(path: Path, data: bytes) -> RawFile:
    """Parse the placemarks of a KML file; coordinates are WGS 84 by definition.

    Columns: the placemark's own data, what a table in its description says, and as `folder`
    and `folder_induk` the folders that it lies in.

    Raises:
        BrokenFileError: if it is not complete XML or declares a document type.
        TooDetailedError: if it holds too many placemarks or points.
        UnknownFormatError: if it is XML of another kind (such as a VRT).
        NoFeaturesError: if it holds no placemark.
    """
    # A point has at least one comma and at most two.
    if data.count(b",") > 2 * MOST_POINTS:
        raise TooDetailedError(path, f"lebih dari {MOST_POINTS} titik")
    root, notes = _root(path, data)
    if _local(root) != "kml":
        raise UnknownFormatError(path, f"XML berjenis <{_local(root)[:40]}>, bukan KML")
    placed = list(_placemarks(root))
    if not placed and any(_children(root, "NetworkLink")):
        raise UnknownFormatError(
            path, "KML yang hanya menaut ke berkas lain (NetworkLink); unduh berkas yang ditautnya"
        )
    if not placed:
        raise NoFeaturesError(path)
    if len(placed) > MOST_SHAPES:
        raise TooDetailedError(path, f"{len(placed)} bentuk, batasnya {MOST_SHAPES}")
    rows = [_row(placemark, folders) for placemark, folders in placed]
    layer = layer_of_rows(path.stem, rows, lambda row: _shape(placed[row][0]), WGS84_LON_LAT)
    return RawFile("KML", (layer,), notes)


# --- the XML ---------------------------------------------------------------------------


def _root(path: Path, data: bytes) -> tuple[Node, tuple[str, ...]]:
    """The root of the document, mended where common programs are as lenient."""
    try:
        try:
            return _parsed(data), ()
        except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError):
            return _parsed(_mended(data)), (_LENIENT_NOTE,)
    except _DoctypeFoundError as error:
        raise BrokenFileError(path, "KML", "deklarasi DOCTYPE/ENTITY tidak diterima") from error
    except expat.ExpatError as error:
        where = f"baris {error.lineno}, kolom {error.offset + 1}"
        raise BrokenFileError(path, "KML", f"XML-nya tidak lengkap pada {where}") from error
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise BrokenFileError(path, "KML", "XML-nya tidak lengkap") from error


def _parsed(data: bytes) -> Node:
    _refuse_doctype(data)
    return ElementTree.fromstring(data)


def _refuse_doctype(data: bytes) -> None:
    """Raise before anything could be expanded: entities live in a document type only."""

    def refuse(*_: object) -> None:
        raise _DoctypeFoundError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _mended(data: bytes) -> bytes:
    """The text with what it lacks: its real encoding, prefixes declared, & written out."""
    text = _NOT_IN_XML.sub("", _decoded(data))
    text = re.sub(r"^\s*<\?xml.*?\?>\s*", "", text, count=1, flags=re.DOTALL)
    parts = _CDATA.split(text)
    parts[::2] = [_BARE_AMPERSAND.sub("&amp;", _NAMED_ENTITY.sub(_sign, p)) for p in parts[::2]]
    used = {prefix for part in parts[::2] for prefix in _PREFIX.findall(part)}
    undeclared = sorted(
        used - set(_DECLARED_PREFIX.findall(text)) - {"xml", "xmlns", "http", "https"}
    )
    declarations = "".join(f' xmlns:{prefix}="urn:{prefix}"' for prefix in undeclared)
    mended = _ROOT_START.sub(lambda start: start[0] + declarations, "".join(parts), count=1)
    return mended.encode()


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode(_FALLBACK_ENCODING, errors="replace")


def _sign(entity: re.Match[str]) -> str:
    """The sign that a name of HTML stands for; XML knows five names only."""
    if entity[1] in _XML_ENTITIES or f"{entity[1]};" not in entities.html5:
        return entity[0]
    return unescape(entity[0])


def _local(node: Node) -> str:
    return str(node.tag).rpartition("}")[2]


def _children(node: Node, name: str) -> Iterator[Node]:
    return (child for child in node.iter() if _local(child) == name)


# --- a placemark -----------------------------------------------------------------------


def _placemarks(root: Node) -> Iterator[tuple[Node, tuple[str, ...]]]:
    """All placemarks in order, each with the names of its folders, the nearest first."""
    waiting: list[tuple[Node, tuple[str, ...]]] = [(root, ())]
    while waiting:
        node, folders = waiting.pop()
        kind = _local(node)
        if kind == "Placemark":
            yield node, folders
            continue
        if kind in ("Folder", "Document"):
            names = [child for child in node if _local(child) == "name"]
            own = (names[0].text or "").strip() if names else ""
            folders = (own, *folders) if own else folders
        waiting += [(child, folders) for child in reversed(node)]


def _row(placemark: Node, folders: tuple[str, ...]) -> Mapping[str, str]:
    own = dict(_attributes(placemark))
    said = _described(own.pop("description", ""))
    places = dict(zip(("folder", "folder_induk"), folders, strict=False))
    return {**places, **said, **own}


def _attributes(placemark: Node) -> Iterator[tuple[str, str]]:
    for node in placemark.iter():
        kind, key = _local(node), node.get("name")
        if kind == "SimpleData" and key:
            yield key, (node.text or "").strip()
        elif kind == "Data" and key:
            yield key, "".join((value.text or "") for value in _children(node, "value")).strip()
        elif kind in ("name", "description"):
            yield kind, "".join(node.itertext()).strip()
        elif kind == "ExtendedData":
            # A third way: elements of the maker's own.
            yield from (
                (_local(child), (child.text or "").strip())
                for child in node
                if _local(child) not in ("Data", "SchemaData") and not len(child)
            )


def _described(description: str) -> dict[str, str]:
    """The attributes that a description spells out, as a table or line by line."""
    if not 0 < len(description) <= _LONGEST_DESCRIPTION:
        return {}
    reader = _DescriptionReader()
    reader.feed(description)
    reader.close()
    pairs = [(row[0], row[1]) for row in reader.rows if len(row) == 2]
    lines = (_LINE.fullmatch(line.strip()) for line in "".join(reader.text).splitlines())
    pairs += [(found[1], found[2]) for found in lines if found]
    return {key: value for key, value in pairs if key and len(key) <= 40}


class _DescriptionReader(HTMLParser):
    """Collects the rows of the innermost tables, and the text outside of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.text: list[str] = []
        self._open: list[list[str]] = []
        self._cell = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag == "tr":
            self._open.append([])
            self.rows.append(self._open[-1])
        elif tag in ("td", "th") and self._open:
            self._open[-1].append("")
            self._cell = True
        elif tag in ("br", "p", "li", "div", "tr"):
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._cell = False
        elif tag == "tr" and self._open:
            self._open.pop()
        elif tag in ("p", "li", "div"):
            self.text.append("\n")

    def handle_data(self, data: str) -> None:
        if self._cell and self._open and self._open[-1]:
            self._open[-1][-1] = f"{self._open[-1][-1]} {data}".strip()
        elif not self._open:
            self.text.append(data)


# --- its shape -------------------------------------------------------------------------


def _shape(placemark: Node) -> shapely.Geometry | None:
    polygons = [_polygon(node) for node in _children(placemark, "Polygon")]
    if polygons:
        return shapely.MultiPolygon(polygons)
    # Points and lines are told apart by their type only: they are never drawn.
    if any(_children(placemark, "Point")):
        return shapely.Point()
    return shapely.LineString() if any(_children(placemark, "LineString")) else None


def _polygon(node: Node) -> shapely.Polygon:
    shells = [ring for outer in _children(node, "outerBoundaryIs") for ring in _rings(outer)]
    holes = [ring for inner in _children(node, "innerBoundaryIs") for ring in _rings(inner)]
    if len(shells) != 1:
        raise MalformedShapeError("poligon tanpa garis luar yang tunggal")
    try:
        return shapely.Polygon(shells[0], holes)
    except (ValueError, shapely.errors.ShapelyError) as error:
        raise MalformedShapeError("garis luarnya kurang dari tiga titik") from error


def _rings(boundary: Node) -> Iterator[list[tuple[float, float]]]:
    for part in _children(boundary, "coordinates"):
        # Some writers put a space behind the comma as well.
        text = ",".join(number.strip() for number in (part.text or "").split(","))
        try:
            numbers = [tuple(map(float, point.split(",")[:2])) for point in text.split()]
            yield [(x, y) for x, y in numbers]
        except ValueError as error:
            raise MalformedShapeError("koordinatnya bukan angka") from error
