"""Which columns hold the codes and names: the schemas that official files come in.

Owns the table of known schemas and the reading of a row into what it claims to be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from geo.boundaries.raw import RawLayer
from geo.errors import one_line
from geo.gazetteer import gazetteer
from geo.matching import CodeReading, Level, normalise, read_code

Field = Literal[
    "code",
    "name",
    "kecamatan_code",
    "kecamatan",
    "desa_code",
    "desa",
    "kabupaten_code",
    "kabupaten",
    "admin_level",
    "valid_on",
]

# In the order of Row's attributes.
FIELDS: tuple[Field, ...] = (
    "code",
    "name",
    "kecamatan_code",
    "kecamatan",
    "desa_code",
    "desa",
    "kabupaten_code",
    "kabupaten",
    "admin_level",
    "valid_on",
)

# With less than half of the areas a map misleads more than it shows.
LEAST_SHARE = 0.5

# Longer names are not names; they would fill the screen.
_LONGEST_TEXT = 200
# Shapefiles cut column names to ten characters.
_DBF_NAME_LENGTH = 10


@dataclass(frozen=True)
class Schema:
    """A known set of columns.

    Attributes:
        name: as shown in the report.
        needs: the file has this schema where it has a column for one of these.
        columns: lower-case column names by what they hold, preferred first.
    """

    name: str
    needs: tuple[Field, ...]
    columns: Mapping[Field, tuple[str, ...]]

    @property
    def is_single_level(self) -> bool:
        """One code and name column serves whatever level the rows have."""
        return "kecamatan" not in self.columns


# The more specific come first: a Kemendagri table may carry columns of the last one too.
SCHEMAS: tuple[Schema, ...] = (
    Schema(
        "BIG",
        ("kecamatan_code", "kecamatan"),
        {
            "kecamatan_code": ("kdcpum", "kdcbps"),
            "kecamatan": ("wadmkc",),
            "desa_code": ("kdepum", "kdebps"),
            "desa": ("wadmkd",),
            "kabupaten_code": ("kdpkab",),
            "kabupaten": ("wadmkk",),
        },
    ),
    Schema(
        "HDX COD-AB",
        ("kecamatan_code", "kecamatan"),
        {
            "kecamatan_code": ("adm3_pcode",),
            "kecamatan": ("adm3_en", "adm3_id", "adm3_name"),
            "desa_code": ("adm4_pcode",),
            "desa": ("adm4_en", "adm4_id", "adm4_name"),
            "kabupaten_code": ("adm2_pcode",),
            "kabupaten": ("adm2_en", "adm2_id", "adm2_name"),
            "valid_on": ("validon", "valid_on"),
        },
    ),
    Schema(
        "HDX-BPS",
        ("kecamatan_code",),
        {
            "kecamatan_code": ("district_code",),
            "kecamatan": ("district",),
            "desa_code": ("village_code",),
            "desa": ("village",),
            "kabupaten_code": ("regency_code",),
            "kabupaten": ("regency",),
            "valid_on": ("valid_on",),
        },
    ),
    Schema(
        "GADM",
        ("kecamatan",),
        {"kecamatan": ("name_3",), "desa": ("name_4",), "kabupaten": ("name_2",)},
    ),
    Schema("geoBoundaries", ("name",), {"name": ("shapename",), "admin_level": ("shapetype",)}),
    Schema("Kemendagri", ("code",), {"code": ("kode",), "name": ("nama",)}),
    # Tables that people type themselves: no codes, only names.
    Schema(
        "nama kecamatan dan desa",
        ("kecamatan",),
        {"kecamatan": ("kecamatan",), "desa": ("desa", "kelurahan"), "kabupaten": ("kabupaten",)},
    ),
    Schema("nama", ("name",), {"name": ("nama", "name")}),
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one row claims to be; "" where a column is absent or blank.

    Attributes:
        number: its position in the file, counted from 0.
    """

    number: int
    code: str
    name: str
    kecamatan_code: str
    kecamatan: str
    desa_code: str
    desa: str
    kabupaten_code: str
    kabupaten: str
    admin_level: str
    valid_on: str

    @property
    def readings(self) -> list[CodeReading]:
        """The codes of the row that can be read, the most detailed first."""
        codes = (self.desa_code, self.code, self.kecamatan_code, self.kabupaten_code)
        return [reading for code in codes if code and (reading := read_code(code))]

    @property
    def is_in_kabupaten(self) -> bool | None:
        """Whether codes or kabupaten name say so; None where neither says anything."""
        for reading in self.readings:
            return reading.is_in_kabupaten
        name = normalise(self.kabupaten)
        if not name:
            return None
        return name.removeprefix("kabupaten").removeprefix("kab") == "serang"

    @property
    def is_desa(self) -> bool:
        """Whether columns of their own say that it is a desa."""
        return bool(self.desa or self.desa_code)

    def label(self) -> str:
        """The row's own words for itself, for messages."""
        return self.desa or self.name or self.kecamatan or self.code or self.kecamatan_code


def detect_schema(layer: RawLayer) -> Schema | None:
    """The first known schema whose columns the layer has."""
    return next(
        (s for s in SCHEMAS if any(_column(layer, s, field) for field in s.needs)),
        None,
    )


def read_rows(layer: RawLayer, schema: Schema) -> list[Row]:
    """Read all rows of a layer, in file order."""
    columns = [_texts(layer, _column(layer, schema, field)) for field in FIELDS]
    return [Row(number, *texts) for number, texts in enumerate(zip(*columns, strict=True))]


def detect_level(schema: Schema, rows: Sequence[Row]) -> Level:
    """Whether the rows draw kecamatan or desa: by their columns, codes, or else names."""
    if not schema.is_single_level:
        desa = sum(row.is_desa for row in rows)
        return _fuller(desa, len(rows) - desa)
    levels = Counter(reading.level for row in rows for reading in row.readings[:1])
    if levels["desa"] or levels["kecamatan"]:
        return _fuller(levels["desa"], levels["kecamatan"])
    stated = {row.admin_level.upper() for row in rows}
    if stated & {"ADM3", "ADM4"}:
        return "desa" if "ADM4" in stated else "kecamatan"
    return _level_by_names(rows)


def is_enough(count: int, level: Level) -> bool:
    """Whether so many areas of a level make a map."""
    return count >= LEAST_SHARE * known_count(level)


def known_count(level: Level) -> int:
    return len(gazetteer().kecamatan if level == "kecamatan" else gazetteer().desa)


def _fuller(desa: int, kecamatan: int) -> Level:
    """The level to read where a file holds both: desa if enough of them, else the fuller one."""
    shares = desa / known_count("desa"), kecamatan / known_count("kecamatan")
    return "desa" if is_enough(desa, "desa") or shares[0] > shares[1] else "kecamatan"


def _level_by_names(rows: Sequence[Row]) -> Level:
    kecamatan = {normalise(area.name) for area in gazetteer().kecamatan}
    desa = {normalise(area.name) for area in gazetteer().desa}
    names = {normalise(row.name) for row in rows}
    # 28 names serve both levels, so desa must show names that no kecamatan has.
    return _fuller(len(names & (desa - kecamatan)), len(names & kecamatan))


def _column(layer: RawLayer, schema: Schema, field: Field) -> str | None:
    held = {name.casefold(): name for name in reversed(layer.columns)}
    wanted = schema.columns.get(field, ())
    cut = (name[:_DBF_NAME_LENGTH] for name in wanted)
    return next((held[name] for name in chain(wanted, cut) if name in held), None)


def _texts(layer: RawLayer, column: str | None) -> Sequence[str]:
    if column is None:
        return [""] * layer.count
    return [_text(value) for value in layer.values(column)]


def _text(value: object) -> str:
    if value is None or value != value:  # NaN is the only value unlike itself
        return ""
    return one_line(str(value)[:_LONGEST_TEXT])
