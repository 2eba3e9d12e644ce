"""What a row must satisfy as a whole, after each cell has been read.

Owns the rules per table: types, ranges, codes that exist, the order of dates, sums. They are
pandera schemas, checked all at once; a rule's sentence says what is wrong and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from data_access.intake.cells.dates import FIRST_YEAR
from data_access.intake.forms.columns import Kind, fields_of
from data_access.schema import OFFICES, OUTCOMES, VERIFICATIONS
from geo.gazetteer import gazetteer

if TYPE_CHECKING:
    import pandera.pandas as pa

# A little more than the kabupaten with its islands, in degrees.
LATITUDES = (-6.6, -5.7)
LONGITUDES = (105.6, 106.7)

_DTYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "count": "Int64",
        "year": "Int64",
        "number": "Int64",
        "score": "Float64",
        "value": "Float64",
        "degrees": "Float64",
        "flag": "boolean",
    }
)
# Fields that are read into other columns and not judged themselves.
_CONSUMED = frozenset({"name", "labels", "point", "unkept", "key"})

Test = Callable[[pd.DataFrame], "pd.Series[bool]"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold across columns of a row.

    Attributes:
        column: the field that is named at fault.
        sentence: Indonesian, what is wrong and what to do.
        test: frame -> True per row that is sound or lacks the values to judge.
        is_note: whether a breach is told but the row kept.
    """

    name: str
    column: str
    sentence: str
    test: Test
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach: position of the row in the frame, the field at fault, the sentence."""

    position: int
    field: str
    sentence: str
    is_note: bool = False


def check_rows(table: str, rows: Sequence[Mapping[str, object]]) -> list[Finding]:
    """Return every breach of every rule, ordered by row.

    Args:
        table: a table that files can fill.
        rows: values per field; what could not be read is None or absent.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    from pandera.errors import SchemaErrors

    columns = _dtypes(table)
    if not rows:
        return []
    values = {name: [row.get(name) for row in rows] for name in columns}
    frame = pd.DataFrame(values).astype(dict(columns))
    try:
        _schema(table).validate(frame, lazy=True)
    except SchemaErrors as error:
        return _findings(table, error.failure_cases)
    return []


def _findings(table: str, cases: pd.DataFrame) -> list[Finding]:
    rules = {rule.name: rule for rule in _RULES[table]}
    found: set[Finding] = set()
    listing = zip(cases["index"], cases["column"], cases["check"], strict=True)
    for position, column, check in listing:
        rule = rules.get(str(check))
        finding = (
            Finding(int(position), rule.column, rule.sentence, rule.is_note)
            if rule
            else Finding(int(position), str(column), _sentence(table, str(column), str(check)))
        )
        found.add(finding)
    return sorted(found, key=lambda finding: (finding.position, finding.field, finding.sentence))


def _sentence(table: str, column: str, check: str) -> str:
    if check == "not_nullable":
        return f"{_label(table, column)} kosong. Isi kolom ini."
    return check


def _label(table: str, column: str) -> str:
    """The officer's word for a column; codes are known to them by the name of the place."""
    known = fields_of(table)
    places = {"village_code": "desa", "kecamatan_code": "kecamatan"}
    return known[places.get(column, column)].label


@cache
def _dtypes(table: str) -> Mapping[str, str]:
    """Every judged field and its dtype; place codes stand for the place columns."""
    judged = {
        one.name: _DTYPES.get(one.kind, "str")
        for one in fields_of(table).values()
        if one.kind not in _CONSUMED
    }
    return MappingProxyType({**judged, "kecamatan_code": "str", "village_code": "str"})


@cache
def _schema(table: str) -> pa.DataFrameSchema:
    # Half a second to import: only who checks a file waits for it.
    import pandera.pandas as pa

    required = _NOT_EMPTY[table]
    return pa.DataFrameSchema(
        {
            name: pa.Column(dtype, _checks(table, name), nullable=name not in required)
            for name, dtype in _dtypes(table).items()
        },
        checks=[pa.Check(rule.test, error=rule.name) for rule in _RULES[table]],
    )


def _checks(table: str, name: str) -> list[pa.Check]:
    """The range or the words of one column."""
    import pandera.pandas as pa

    words = _WORDS.get(name)
    if words:
        listing = ", ".join(word.replace("_", " ") for word in words)
        return [pa.Check.isin(words, error=f"Nilai tidak dikenal. Tulis salah satu: {listing}.")]
    if name == "village_code":
        return [pa.Check.isin(list(gazetteer().desa_by_code), error="Kode desa tidak dikenal.")]
    if name == "kecamatan_code":
        codes = ["", *gazetteer().kecamatan_by_code]
        return [pa.Check.isin(codes, error="Kode kecamatan tidak dikenal.")]
    one = fields_of(table)[name]
    if one.kind == "date":
        pattern = r"^20\d{2}-\d{2}-\d{2}$"
        return [pa.Check.str_matches(pattern, error=f"Tanggal harus sejak {FIRST_YEAR}.")]
    if one.kind == "score":
        return [pa.Check.in_range(0, 100, error="Nilai harus 0 sampai 100.")]
    if one.kind == "degrees":
        least, most = LATITUDES if name == "latitude" else LONGITUDES
        return [pa.Check.in_range(least, most, error=_OUTSIDE)]
    if one.most is not None:
        return [pa.Check.in_range(0, one.most, error=f"Angka harus 0 sampai {one.most}.")]
    return []


_OUTSIDE = (
    "Koordinat di luar Kabupaten Serang. Lintang sekitar -6,1 dan bujur sekitar 106,2; "
    "periksa titiknya dan apakah keduanya tertukar."
)


def _at_most(first: str, second: str) -> Test:
    """That one value is not greater than (a day not after) another, where both are known."""

    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        known = frame[first].notna() & frame[second].notna()
        return ~known | (frame[first] <= frame[second]).fillna(True).astype(bool)

    return test


def _adds_up(parts: tuple[str, ...], total: str) -> Test:
    """That the parts give the total, where all are known."""

    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        known = frame[[*parts, total]].notna().all(axis=1)
        added = sum((frame[part].fillna(0) for part in parts), start=frame[total] * 0)
        return ~known | (added == frame[total]).fillna(True).astype(bool)

    return test


def _together(first: str, second: str) -> Test:
    """That both or neither of two values are known."""

    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        return frame[first].isna() == frame[second].isna()

    return test


def _tested_came(frame: pd.DataFrame) -> pd.Series[bool]:
    attended = frame["male"].fillna(0) + frame["female"].fillna(0)
    return (frame["tested"].fillna(0) <= attended).astype(bool)


def _scores_count(frame: pd.DataFrame) -> pd.Series[bool]:
    is_scored = frame["pre_score"].notna() | frame["post_score"].notna()
    return ~is_scored | (frame["tested"].fillna(0) > 0).astype(bool)


def _assisted_agrees(frame: pd.DataFrame) -> pd.Series[bool]:
    has_decree = frame["assisted_since"].notna() | frame["decree_number"].notna()
    return ~has_decree | frame["is_assisted"].fillna(True).astype(bool)


def _home_is_right(frame: pd.DataFrame) -> pd.Series[bool]:
    known = frame["village_code"].notna() & frame["kecamatan_code"].notna()
    return ~known | (frame["village_code"].str[:8] == frame["kecamatan_code"]).fillna(True)


def _any_label(frame: pd.DataFrame) -> pd.Series[bool]:
    return frame[["is_tppo", "is_tppm", "is_pmi_np"]].fillna(False).any(axis=1).astype(bool)


_HOME = Rule(
    "home", "village_code", "Desa tidak terletak dalam kecamatannya. Periksa keduanya.",
    _home_is_right,
)  # fmt: skip


def _order(first: str, second: str, sentence: str) -> Rule:
    return Rule(f"{first} {second}", second, sentence, _at_most(first, second))


_RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "visits": (
            _HOME,
            Rule("point", "latitude", "Lintang dan bujur harus diisi keduanya atau dikosongkan.",
                 _together("latitude", "longitude")),
        ),
        "awareness_sessions": (
            Rule("attendance", "total",
                 "Jumlah laki-laki dan perempuan tidak sama dengan jumlah seluruhnya. "
                 "Periksa ketiga angka itu.", _adds_up(("male", "female"), "total")),
            Rule("tested", "tested", "peserta yang diuji lebih banyak daripada yang hadir; "
                 "angkanya disimpan seperti tertulis.", _tested_came, is_note=True),
            Rule("scores", "tested", "nilai tes tanpa jumlah peserta yang diuji tidak ikut "
                 "dalam rata-rata.", _scores_count, is_note=True),
            Rule("pair", "post_score", "nilai tes hanya sebelum atau hanya sesudah; kenaikan "
                 "tidak dihitung.", _together("pre_score", "post_score"), is_note=True),
        ),
        "cases": (
            _HOME,
            _order("occurred_on", "reported_on",
                   "Tanggal laporan sebelum tanggal kejadian. Periksa kedua tanggal."),
            _order("reported_on", "first_action_on",
                   "Tanggal tindak lanjut sebelum tanggal laporan. Periksa kedua tanggal."),
            _order("first_action_on", "closed_on",
                   "Tanggal selesai sebelum tanggal tindak lanjut. Periksa kedua tanggal."),
            _order("reported_on", "closed_on",
                   "Tanggal selesai sebelum tanggal laporan. Periksa kedua tanggal."),
            Rule("victims", "total", "Jumlah korban tidak sama dengan jumlah keempat kelompok. "
                 "Periksa angka-angkanya.", _adds_up(("women", "men", "girls", "boys"), "total")),
            Rule("labels", "labels", "kasus tanpa label TPPO, TPPM atau PMI NP.", _any_label,
                 is_note=True),
        ),
        "villages": (
            _HOME,
            Rule("assisted", "is_assisted", "Tertulis bukan desa binaan, tetapi ada tanggal atau "
                 "nomor SK. Perbaiki salah satunya.", _assisted_agrees),
        ),
        "kecamatan": (
            Rule("population", "population", "Penduduk laki-laki dan perempuan tidak sama dengan "
                 "jumlah penduduk. Periksa ketiga angka itu.",
                 _adds_up(("population_male", "population_female"), "population")),
            Rule("working_age", "working_age",
                 "Penduduk usia kerja lebih banyak daripada jumlah penduduk. Periksa keduanya.",
                 _at_most("working_age", "population")),
            Rule("source", "population_source", "jumlah penduduk tanpa sumber data.",
                 _together("population", "population_source"), is_note=True),
        ),
        "targets": (),
    }
)  # fmt: skip

_NOT_EMPTY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "visits": frozenset({"visited_on", "kecamatan_code", "outcome"}),
        "awareness_sessions": frozenset({"held_on", "kecamatan_code"}),
        "cases": frozenset({"reported_on"}),
        "villages": frozenset({"village_code"}),
        "kecamatan": frozenset({"kecamatan_code"}),
        "targets": frozenset({"year", "indicator", "value"}),
    }
)
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"outcome": OUTCOMES, "verification": VERIFICATIONS, "office": OFFICES}
)
