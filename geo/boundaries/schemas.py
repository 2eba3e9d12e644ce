"""The publishers whose files are known by their columns.

Owns the table of known schemas. What a column holds is read from its content (columns);
this table only gives a file its name, and its source a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Shapefiles cut column names to ten characters.
_DBF_NAME_LENGTH = 10
# One column may be anybody's; two of the same publisher's are evidence.
_LEAST_COLUMNS = 2


@dataclass(frozen=True)
class Schema:
    """A known set of columns.

    Attributes:
        name: as shown in the report.
        columns: lower-case names of the columns that tell the areas.
        beside: further columns that its publisher writes.
        is_publisher: whether the columns are one publisher's own, not everybody's words.
        is_official: whether that publisher is an agency of the state, or hands its data on.
    """

    name: str
    columns: tuple[str, ...]
    beside: tuple[str, ...] = ()
    is_publisher: bool = True
    is_official: bool = False


# The more specific come first: a Kemendagri table may carry columns of the last one too.
SCHEMAS: tuple[Schema, ...] = (
    Schema(
        "BIG",
        ("kdcpum", "kdcbps", "wadmkc", "kdepum", "kdebps", "wadmkd"),
        ("kdpkab", "kdbbps", "kdppum", "wadmkk", "wadmpr", "namobj", "metadata", "srs_id"),
        is_official=True,
    ),
    Schema(
        "HDX COD-AB",
        (
            *("adm3_pcode", "adm3_en", "adm3_id", "adm3_name"),
            *("adm4_pcode", "adm4_en", "adm4_id", "adm4_name"),
        ),
        ("adm2_pcode", "adm2_en", "adm2_id", "adm2_name", "adm1_pcode", "adm1_en", "validon"),
        is_official=True,
    ),
    Schema(
        "HDX-BPS",
        ("district", "village"),
        ("district_code", "village_code", "regency_code", "regency", "province_code", "valid_on"),
        is_official=True,
    ),
    Schema(
        "BPS",
        ("idkec", "nmkec", "iddesa", "nmdesa", "kdkec", "kddesa", "idsls"),
        ("kdprov", "kdkab", "nmprov", "nmkab", "idkab", "nmsls", "kdsls"),
        is_official=True,
    ),
    Schema("GADM", ("name_3", "name_4"), ("gid_3", "gid_4", "name_1", "name_2", "gid_0", "type_3")),
    Schema("geoBoundaries", ("shapename",), ("shapeiso", "shapeid", "shapegroup", "shapetype")),
    Schema("Kemendagri", ("kode",), is_publisher=False),
    # Tables that people type themselves: no codes, only names.
    Schema("nama kecamatan dan desa", ("kecamatan", "desa", "kelurahan"), is_publisher=False),
    Schema("nama", ("nama", "name"), is_publisher=False),
)


def detect_schema(used: Iterable[str]) -> Schema | None:
    """The first known schema that one of the columns in use belongs to."""
    names = {name.casefold() for name in used}
    return next((schema for schema in SCHEMAS if names & _cut(schema.columns)), None)


def is_evident(schema: Schema | None, columns: Sequence[str]) -> bool:
    """Whether the columns of a file show that it comes from the schema's publisher."""
    if schema is None or not schema.is_publisher:
        return False
    own = _cut((*schema.columns, *schema.beside))
    return len({name.casefold() for name in columns} & own) >= _LEAST_COLUMNS


def _cut(names: Sequence[str]) -> set[str]:
    return {*names, *(name[:_DBF_NAME_LENGTH] for name in names)}
