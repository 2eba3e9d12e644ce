"""Which layers of a file are read, and at which level.

Owns the matching of rows by code and name, the choice between layers and levels, and the
joining of layers that hold different areas. Where shapes lie plays no part here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.boundaries.columns import Reading, read_layer
from geo.boundaries.raw import MalformedShapeError, RawFile, RawLayer
from geo.boundaries.repair import leaves_of
from geo.boundaries.rows import Row
from geo.boundaries.schemas import Schema, detect_schema, is_evident
from geo.gazetteer import gazetteer
from geo.matching import NO_MATCH, Level, Matcher, PlaceMatch

# With less than half of the areas a map misleads more than it shows.
LEAST_SHARE = 0.5
# A layer that lacks more desa than this is put aside for a layer of whole kecamatan.
NEARLY_ALL = 0.95
# Rows that tell what a layer draws.
LOOKED_AT = 100
_MOST_NAMED = 5


@dataclass(frozen=True)
class Table:
    """The layers that were chosen, with their rows that may be of this kabupaten.

    Attributes:
        layers: one, or several that were joined; `Row.layer` counts them.
        rows, matches: in the same order.
        outside: number of rows whose codes or kabupaten say that they are of another one.
        schema: the known schema, None where only the content told the columns.
        is_evident: whether the columns show the schema's publisher.
        used: names of the columns in use.
        notes: Indonesian sentences.
    """

    layers: tuple[RawLayer, ...]
    level: Level
    rows: list[Row]
    matches: list[PlaceMatch]
    outside: int
    schema: Schema | None
    is_evident: bool
    used: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def codes(self) -> set[str]:
        return {match.code for match in self.matches if match.code}

    @property
    def schema_name(self) -> str:
        return self.schema.name if self.schema else f"kolom {', '.join(self.used)}"[:80]

    def said(self) -> str:
        """The layer in words: name, and how many areas it holds."""
        return (
            f"{self.layers[0].name} ({len(self.codes)} dari {known_count(self.level)} {self.level})"
        )


def choose_table(raw: RawFile, names: Matcher) -> Table | None:
    """The layer that promises most, joined with those that hold other areas; None without."""
    tables = [
        _table(layer, reading, names) for layer in raw.layers if (reading := read_layer(layer))
    ]
    if not tables:
        return None
    best = max(tables, key=_promise)
    return _joined(best, [table for table in tables if table is not best])


def is_enough(count: int, level: Level) -> bool:
    """Whether so many areas of a level make a map."""
    return count >= LEAST_SHARE * known_count(level)


def known_count(level: Level) -> int:
    return len(gazetteer().kecamatan if level == "kecamatan" else gazetteer().desa)


def name_of(row: Row, level: Level) -> str:
    """The row's own name at a level."""
    return row.name or (row.kecamatan if level == "kecamatan" else row.desa)


def draws_polygons(layer: RawLayer, numbers: Sequence[int]) -> bool:
    """Whether one of the first of these rows is a polygon, or would be were it not damaged."""
    for number in numbers[:LOOKED_AT]:
        try:
            shape = layer.shape(number)
        except MalformedShapeError:
            return True
        parts = [] if shape is None else leaves_of(shape)
        if any(part.geom_type == "Polygon" for part in parts):
            return True
    return False


def _table(layer: RawLayer, reading: Reading, names: Matcher) -> Table:
    inside = [row for row in reading.rows if row.is_in_kabupaten is not False]
    levels: tuple[Level, Level] = ("kecamatan", "desa")
    found = {level: [_match_row(names, row, level) for row in inside] for level in levels}
    level = _level(inside, found)
    schema = detect_schema(reading.used)
    if schema is not None and schema.name == "Kemendagri" and not reading.is_kemendagri:
        schema = None
    return Table(
        layers=(layer,),
        level=level,
        rows=inside,
        matches=found[level],
        outside=len(reading.rows) - len(inside),
        schema=schema,
        is_evident=is_evident(schema, layer.columns),
        used=reading.used,
        notes=(*layer.notes, *reading.notes),
    )


def _level(rows: Sequence[Row], found: dict[Level, list[PlaceMatch]]) -> Level:
    """The level to read: desa if (nearly) all are there, else the fuller one."""
    held = {level: {match.code for match in found[level] if match.code} for level in found}
    shares = {level: len(held[level]) / known_count(level) for level in held}
    stated = {
        match.code
        for row, match in zip(rows, found["kecamatan"], strict=True)
        if match.code and row.level == "kecamatan"
    }
    if shares["desa"] >= NEARLY_ALL:
        return "desa"
    if (
        is_enough(len(stated), "kecamatan")
        and len(stated) / known_count("kecamatan") > shares["desa"]
    ):
        return "kecamatan"
    if not any(shares.values()):
        is_desa = sum(row.level == "desa" for row in rows) > len(rows) / 2
        return "desa" if is_desa else "kecamatan"
    is_fuller = is_enough(len(held["desa"]), "desa") or shares["desa"] > shares["kecamatan"]
    return "desa" if is_fuller else "kecamatan"


def _match_row(names: Matcher, row: Row, level: Level) -> PlaceMatch:
    """Match by the row's codes first, then by its names."""
    if row.level not in (None, level):
        return NO_MATCH
    within = next((r.kecamatan_code for r in row.readings if r.kecamatan_code), None)
    if level == "kecamatan":
        return names.match(within or name_of(row, level), "")
    for reading in row.readings:
        if reading.desa_code:
            return names.match("", reading.desa_code)
    name = row.desa or row.name
    return names.match(within or row.kecamatan, name) if name else NO_MATCH


def _promise(table: Table) -> tuple[bool, bool, bool, bool, float]:
    """How much a layer promises beside the others of its file."""
    share = len(table.codes) / known_count(table.level)
    return (
        bool(table.rows),
        draws_polygons(table.layers[0], [row.number for row in table.rows]),
        is_enough(len(table.codes), table.level),
        # Whole kecamatan are worth more than kecamatan that lack some of their desa.
        table.level == "desa" and share >= NEARLY_ALL,
        share,
    )


def _joined(best: Table, others: Sequence[Table]) -> Table:
    """Join the layers that hold areas of the same level which the best one lacks."""
    joined, parts, passed = best, [best], []
    for table in sorted(others, key=_promise, reverse=True):
        numbers = [row.number for row in table.rows]
        if not table.codes or not draws_polygons(table.layers[0], numbers):
            continue
        if table.level != best.level or table.codes & joined.codes:
            passed.append(table)
            continue
        parts.append(table)
        layer = len(joined.layers)
        joined = replace(
            joined,
            layers=(*joined.layers, *table.layers),
            rows=[*joined.rows, *(row.in_layer(layer) for row in table.rows)],
            matches=[*joined.matches, *table.matches],
            outside=joined.outside + table.outside,
            notes=(*joined.notes, *(n for n in table.notes if n not in joined.notes)),
        )
    return replace(joined, notes=(*joined.notes, *_said(best, parts, passed)))


def _said(best: Table, parts: Sequence[Table], passed: Sequence[Table]) -> list[str]:
    said = []
    if len(parts) > 1:
        said.append(f"{len(parts)} lapisan digabung: {_named(parts)}.")
    if passed:
        said.append(
            f"Lapisan yang dipakai: {best.said()}. Tidak dipakai karena memuat wilayah yang "
            f"sama: {_named(passed)}."
        )
    return said


def _named(tables: Sequence[Table]) -> str:
    shown = "; ".join(table.said() for table in tables[:_MOST_NAMED])
    rest = len(tables) - _MOST_NAMED
    return f"{shown}; dan {rest} lagi" if rest > 0 else shown
