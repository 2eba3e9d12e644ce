"""Which column of a layer holds what, judged by its content.

Owns the choice of columns: how many rows of each read as codes or names of the gazetteer.
The name of a column only decides between columns that say equally much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from geo.boundaries.raw import RawLayer
from geo.boundaries.rows import Row, RowLevel
from geo.errors import one_line
from geo.gazetteer import gazetteer
from geo.matching import CodeReading, normalise, read_code
from geo.written import is_blank, read_kabupaten, read_written, says_kabupaten

Topic = Literal["code", "kecamatan", "desa", "kabupaten"]

# Longer names are not names; they would fill the screen.
_LONGEST_TEXT = 200
# A table of an agency has up to about 80 columns; more would only cost time.
_MOST_COLUMNS = 200
# A column of kecamatan names also holds a few words that are names of desa elsewhere.
_DESA_BESIDE_KECAMATAN = 0.5
# A column is one of codes where at least half of what is filled are codes.
_LEAST_CODES = 0.5
# Codes that contradict the names in more than half of the rows are other codes.
_MOST_CONTRADICTED = 0.5
# A column of levels has few different values.
_MOST_LEVELS = 12

_HINTS: Mapping[Topic, re.Pattern[str]] = {
    "code": re.compile(r"kode|code|^kd|^id[a-z]|kdc|kde"),
    "kecamatan": re.compile(r"kec|district|adm3|name_?3|wadmkc|folder|distrik"),
    "desa": re.compile(r"desa|kel|village|adm4|name_?4|wadmkd"),
    "kabupaten": re.compile(r"kab|kota|regency|adm2|name_?2|wadmkk|dati_?2|kdpkab"),
}
_LEVEL_HINT = re.compile(r"level|admin|tingkat|jenis|tipe|type|kategori|kelas|status|ket")
_DATE_NAMES = ("validon", "valid_on")
_PARTS_OF_A_CODE: Mapping[str, re.Pattern[str]] = {
    "provinsi": re.compile(r"pro[vp]"),
    "kabupaten": re.compile(r"kab|dati_?2|kota|regency"),
    "kecamatan": re.compile(r"kec|district"),
    "desa": re.compile(r"desa|kel|village"),
}
_STATED: Mapping[str, RowLevel] = {
    "adm3": "kecamatan",
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "subdistrict": "kecamatan",
    "adm4": "desa",
    "desa": "desa",
    "kelurahan": "desa",
    "desakelurahan": "desa",
    "kelurahandesa": "desa",
    "village": "desa",
    "adm0": "lain",
    "adm1": "lain",
    "adm2": "lain",
    "kabupaten": "lain",
    "kota": "lain",
    "kabupatenkota": "lain",
    "provinsi": "lain",
    "regency": "lain",
    "province": "lain",
}


@dataclass
class _Column:
    """A column with what its texts read as; counts are rows."""

    name: str
    sources: tuple[str, ...]
    texts: list[str]
    codes: list[str] = field(default_factory=list)
    filled: int = 0
    desa_codes: int = 0
    bps_desa: int = 0
    kecamatan_codes: int = 0
    foreign: int = 0
    kecamatan: set[str] = field(default_factory=set)
    kecamatan_rows: int = 0
    desa_only: set[str] = field(default_factory=set)
    desa_rows: int = 0
    kabupaten_yes: int = 0
    kabupaten_said: int = 0

    @property
    def known_codes(self) -> int:
        return self.desa_codes + self.bps_desa + self.kecamatan_codes

    @property
    def holds_codes(self) -> bool:
        coded = self.known_codes + self.foreign
        is_known = bool(self.known_codes) or self.is_hinted("code")
        return bool(coded) and is_known and coded >= _LEAST_CODES * self.filled

    @property
    def is_cut_bps(self) -> bool:
        """Whether its codes are BPS codes of kecamatan that lost their seventh digit."""
        held = {normalise(code).removeprefix("id") for code in self.codes} - {""}
        return len(held & _cut_bps_codes()) > len(held & _kemendagri_digits())

    @property
    def kecamatan_cover(self) -> float:
        return len(self.kecamatan) / len(gazetteer().kecamatan)

    @property
    def desa_cover(self) -> float:
        return len(self.desa_only) / len(_desa_only_names())

    @property
    def names_kecamatan(self) -> bool:
        return (
            bool(self.kecamatan) and self.desa_cover < _DESA_BESIDE_KECAMATAN * self.kecamatan_cover
        )

    @property
    def names_desa(self) -> bool:
        return bool(self.desa_only) and not self.names_kecamatan

    def is_hinted(self, topic: Topic) -> bool:
        return bool(_HINTS[topic].search(self.name.casefold()))


@dataclass(frozen=True)
class Reading:
    """The rows of a layer as its columns were understood.

    Attributes:
        rows: in file order.
        used: names of the columns that tell the areas.
        is_kemendagri: whether the codes in use are Kemendagri codes.
        notes: Indonesian sentences about columns that were passed over.
    """

    rows: list[Row]
    used: tuple[str, ...]
    is_kemendagri: bool
    notes: tuple[str, ...] = ()


def read_layer(layer: RawLayer) -> Reading | None:
    """Understand the columns of a layer; None where no column tells any area."""
    columns = [_column(name, [name], _texts(layer, name)) for name in layer.columns[:_MOST_COLUMNS]]
    columns += _put_together(columns)
    kecamatan = _best(
        (c for c in columns if c.names_kecamatan),
        "kecamatan",
        lambda c: (len(c.kecamatan), c.kecamatan_rows),
    )
    desa = _best(
        (c for c in columns if c.names_desa), "desa", lambda c: (len(c.desa_only), c.desa_rows)
    )
    own, beside, notes = _choose_codes(columns, kecamatan, desa)
    if own and desa and not own.desa_codes + own.bps_desa:
        # A code that stands in many rows is that of the kecamatan around.
        repeats = len({normalise(text) for text in desa.texts}) > len(set(own.codes))
        own, beside, desa = (None, own, desa) if repeats else (own, beside, None)
    if desa and kecamatan and not _splits(kecamatan, desa):
        desa = None
    name = None
    if desa and not kecamatan and not beside:
        name, desa = desa, None
    elif kecamatan and not desa and not (own and own.desa_codes + own.bps_desa):
        name, kecamatan = kecamatan, None
    if not (own or beside or kecamatan or desa or name):
        return _by_foreign_names(layer, columns, notes)
    kabupaten = _kabupaten(columns, {c.name for c in (kecamatan, desa, name) if c})
    level_of = _levels(columns, desa or name or kecamatan)
    dates = next((c for c in columns if c.name.casefold() in _DATE_NAMES), None)
    used = [c for c in (own, beside, kecamatan, desa, name) if c]
    rows = [
        _row(number, own, beside, kecamatan, desa, name, kabupaten, level_of, dates)
        for number in range(layer.count)
    ]
    sources = dict.fromkeys(source for column in used for source in column.sources)
    is_kemendagri = bool(own and _is_kemendagri(own))
    return Reading(rows, tuple(sources), is_kemendagri, notes)


def _row(
    number: int,
    own: _Column | None,
    beside: _Column | None,
    kecamatan: _Column | None,
    desa: _Column | None,
    name: _Column | None,
    kabupaten: _Column | None,
    stated: Sequence[RowLevel | None] | None,
    dates: _Column | None,
) -> Row:
    def text(column: _Column | None) -> str:
        return column.texts[number] if column else ""

    within, place, own_name = text(kecamatan), text(desa), text(name)
    if place and within and read_kabupaten(within):
        # A parent column: the row whose parent is the kabupaten is a kecamatan.
        within, place, own_name = place, "", place
    return Row(
        number,
        code=own.codes[number] if own else "",
        name=own_name,
        kecamatan_code=beside.codes[number] if beside else "",
        kecamatan=within,
        desa=place,
        kabupaten=text(kabupaten),
        stated=stated[number] if stated else None,
        valid_on=text(dates),
    )


def _by_foreign_names(
    layer: RawLayer, columns: Sequence[_Column], notes: tuple[str, ...]
) -> Reading | None:
    """Rows of a layer whose columns name places, none of them ours; None without such."""
    filled = [c for c in columns if c.filled]
    named = next((c for c in filled if normalise(c.name) in ("nama", "name", "shapename")), None)
    named = named or next(
        (c for c in reversed(filled) if c.kabupaten_yes and not c.holds_codes), None
    )
    if named is None and notes:
        # Nobody knows what the rows are, but why is known.
        return Reading([Row(number) for number in range(layer.count)], (), False, notes)
    if named is None:
        return None
    level_of = _levels(columns, named)
    kabupaten = _kabupaten(columns, {named.name})
    rows = [
        _row(number, None, None, None, None, named, kabupaten, level_of, None)
        for number in range(layer.count)
    ]
    return Reading(rows, named.sources, False, notes)


# --- profiles --------------------------------------------------------------------------


def _column(name: str, sources: Iterable[str], texts: list[str]) -> _Column:
    column = _Column(name, tuple(sources), texts)
    codes: dict[str, str] = {}
    for text, count in Counter(texts).items():
        codes[text] = ""
        if is_blank(text):
            continue
        column.filled += count
        reading = read_code(text)
        written = read_written(text)
        if reading is None and written.code:
            reading, codes[text] = read_code(written.code), written.code
        elif reading is not None:
            codes[text] = text
        _count_code(column, reading, count)
        _count_name(column, text, written.name, count)
        if read_kabupaten(text):
            column.kabupaten_yes += count
        column.kabupaten_said += count * says_kabupaten(text)
    column.codes = [codes[text] for text in texts]
    return column


def _count_code(column: _Column, reading: CodeReading | None, count: int) -> None:
    if reading is None or reading.level is None:
        return
    if not reading.is_in_kabupaten:
        column.foreign += count
    elif reading.desa_code:
        column.desa_codes += count
    elif reading.kecamatan_code and reading.level == "kecamatan":
        column.kecamatan_codes += count
    elif reading.kecamatan_code:
        column.bps_desa += count


def _count_name(column: _Column, text: str, name: str, count: int) -> None:
    key, bare = normalise(text), normalise(name)
    kecamatan = _kecamatan_names().get(key) or _kecamatan_names().get(bare)
    if kecamatan:
        column.kecamatan.add(kecamatan)
        column.kecamatan_rows += count
    elif bare in _desa_only_names() or key in _desa_only_names():
        column.desa_only.add(bare)
        column.desa_rows += count


@cache
def _cut_bps_codes() -> frozenset[str]:
    return frozenset(area.bps_code[:6] for area in gazetteer().kecamatan)


@cache
def _kemendagri_digits() -> frozenset[str]:
    return frozenset(normalise(area.code) for area in gazetteer().kecamatan)


@cache
def _kecamatan_names() -> Mapping[str, str]:
    return {
        normalise(name): area.code
        for area in gazetteer().kecamatan
        for name in (area.name, *area.aliases)
    }


@cache
def _desa_names() -> frozenset[str]:
    return frozenset(
        normalise(name) for area in gazetteer().desa for name in (area.name, *area.aliases)
    )


@cache
def _desa_only_names() -> frozenset[str]:
    return _desa_names() - set(_kecamatan_names())


@cache
def _names_of(code: str) -> frozenset[str]:
    known = gazetteer()
    area = known.desa_by_code.get(code) or known.kecamatan_by_code[code]
    return frozenset(normalise(name) for name in (area.name, *area.aliases))


# --- choices ---------------------------------------------------------------------------


def _best(
    columns: Iterable[_Column], topic: Topic, said: Callable[[_Column], tuple[int, ...]]
) -> _Column | None:
    """The column that says most; of equals the one with a fitting name, then the first."""
    return max(columns, key=lambda c: (*said(c), c.is_hinted(topic)), default=None)


def _choose_codes(
    columns: Sequence[_Column], kecamatan: _Column | None, desa: _Column | None
) -> tuple[_Column | None, _Column | None, tuple[str, ...]]:
    """The column of the rows' own codes, that of the kecamatan around, and what was refused."""
    notes = []
    coded = []
    for column in columns:
        if not column.holds_codes:
            continue
        if column.is_cut_bps:
            notes.append(
                f"Kolom {one_line(column.name[:40])} berisi kode BPS enam angka; angka "
                "ketujuhnya hilang, sehingga satu kode dapat berarti dua kecamatan. Kolom itu "
                "tidak dibaca; pakai kode tujuh angka, kode Kemendagri, atau nama."
            )
        elif _is_contradicted(column, kecamatan, desa):
            notes.append(
                f"Kolom {one_line(column.name[:40])} berisi kode yang bertentangan dengan nama "
                "wilayahnya (kode lain, atau tabelnya tertukar); wilayah dibaca menurut nama."
            )
        else:
            coded.append(column)
    own = _best(
        coded,
        "code",
        lambda c: (c.desa_codes + c.bps_desa, c.desa_codes, c.known_codes + c.foreign),
    )
    around = [
        c for c in coded if c is not own and c.kecamatan_codes and not c.desa_codes + c.bps_desa
    ]
    is_detailed = own is not None and bool(own.desa_codes + own.bps_desa)
    beside = _best(around, "kecamatan", lambda c: (c.kecamatan_codes,)) if is_detailed else None
    return own, beside, tuple(notes)


def _is_contradicted(code: _Column, kecamatan: _Column | None, desa: _Column | None) -> bool:
    """Whether most codes belong to other areas than the names beside them."""
    compared = contradicted = elsewhere = 0
    for number, text in enumerate(code.codes):
        reading = read_code(text) if text else None
        if reading is None:
            continue
        if not reading.is_in_kabupaten:
            elsewhere += _is_ours(kecamatan, number)
            continue
        for column, known in ((kecamatan, reading.kecamatan_code), (desa, reading.desa_code)):
            agrees = _agrees(column, number, known) if column and known else None
            compared += agrees is not None
            contradicted += agrees is False
    return (
        compared > 1 and contradicted > _MOST_CONTRADICTED * compared
    ) or elsewhere > _MOST_CONTRADICTED * code.filled


def _is_ours(kecamatan: _Column | None, number: int) -> bool:
    """Whether a row names a kecamatan of this kabupaten."""
    if kecamatan is None:
        return False
    text = kecamatan.texts[number]
    return bool({normalise(text), normalise(read_written(text).name)} & set(_kecamatan_names()))


def _agrees(column: _Column, number: int, code: str) -> bool | None:
    """Whether the name in a row is that of the code's area; None where it is no known name."""
    written = read_written(column.texts[number])
    keys = {normalise(written.name), normalise(column.texts[number])}
    if keys & _names_of(code):
        return True
    is_desa = code in gazetteer().desa_by_code
    known = _desa_only_names() if is_desa else set(_kecamatan_names())
    return False if keys & known else None


def _splits(kecamatan: _Column, desa: _Column) -> bool:
    """Whether known names of desa tell more areas than those of our kecamatan beside them."""
    pairs = {
        (normalise(kecamatan.texts[number]), normalise(text))
        for number, text in enumerate(desa.texts)
        if _is_desa(text) and _is_ours(kecamatan, number)
    }
    return len(pairs) > len({kecamatan_name for kecamatan_name, _ in pairs})


def _is_desa(text: str) -> bool:
    return bool({normalise(text), normalise(read_written(text).name)} & _desa_names())


def _kabupaten(columns: Sequence[_Column], taken: set[str]) -> _Column | None:
    """The column of the kabupaten: by its words, or by its name."""
    named = [
        c
        for c in columns
        if c.name not in taken
        and c.filled
        and (c.is_hinted("kabupaten") or 2 * c.kabupaten_said >= c.filled)
        and (
            c.kabupaten_yes or c.kabupaten_said or c.name.casefold().endswith(("kab", "kabupaten"))
        )
        and not c.holds_codes
    ]
    return _best(named, "kabupaten", lambda c: (c.kabupaten_yes, c.kabupaten_said))


def _is_kemendagri(column: _Column) -> bool:
    digits = Counter(len(normalise(code).removeprefix("id")) for code in column.codes if code)
    return column.bps_desa == 0 and digits[7] == 0


def _put_together(columns: Sequence[_Column]) -> list[_Column]:
    """Codes whose province, kabupaten, kecamatan (and desa) stand in columns of their own."""
    parts: dict[str, list[_Column]] = {}
    for topic, hint in _PARTS_OF_A_CODE.items():
        longest = {"provinsi": 2, "kabupaten": 2, "kecamatan": 3, "desa": 4}[topic]
        parts[topic] = [
            c
            for c in columns
            if hint.search(c.name.casefold())
            and c.filled
            and all(
                len(text) <= longest and text.isdecimal() for text in map(_digits, c.texts) if text
            )
        ]
    if not (parts["provinsi"] and parts["kabupaten"] and parts["kecamatan"]):
        return []
    around = [parts[topic][0] for topic in ("provinsi", "kabupaten", "kecamatan")]
    found = [around, [*around, parts["desa"][0]]] if parts["desa"] else [around]
    made = []
    for chosen in found:
        is_bps = max(len(_digits(text)) for text in chosen[2].texts) == 3
        widths = (2, 2, 3, 3) if is_bps else (2, 2, 2, 4)
        texts = [
            "".join(text.zfill(width) for text, width in zip(row, widths, strict=False))
            if all(row)
            else ""
            for row in zip(*([_digits(text) for text in c.texts] for c in chosen), strict=True)
        ]
        names = [c.name for c in chosen]
        made.append(_column("+".join(names), names, texts))
    return made


def _digits(text: str) -> str:
    return text.removesuffix(".0")


def _levels(columns: Sequence[_Column], names: _Column | None) -> list[RowLevel | None] | None:
    """The level that each row states, where a column tells levels apart; else None."""
    for column in columns:
        values = {text for text in column.texts if not is_blank(text)}
        if not values or len(values) > _MOST_LEVELS or column.holds_codes:
            continue
        if not _LEVEL_HINT.search(column.name.casefold()):
            continue
        levels = {text: _stated(text) or _level_by_names(column, text, names) for text in values}
        tells = set(levels.values())
        is_sure = any(normalise(text).startswith("adm") and _stated(text) for text in values)
        if is_sure or (len(tells) > 1 and tells & {"kecamatan", "desa"}):
            return [levels.get(text) for text in column.texts]
    return None


def _stated(text: str) -> RowLevel | None:
    return _STATED.get(normalise(text))


def _level_by_names(column: _Column, value: str, names: _Column | None) -> RowLevel | None:
    """The level of the rows with one value, by the names that they hold."""
    if names is None:
        return None
    chosen = [t for t, v in zip(names.texts, column.texts, strict=True) if v == value]
    held = _column(names.name, names.sources, chosen)
    if held.names_kecamatan and held.kecamatan_rows * 2 >= held.filled:
        return "kecamatan"
    return "desa" if held.names_desa else "lain"


def _texts(layer: RawLayer, column: str) -> list[str]:
    return [_text(value) for value in layer.values(column)]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        # DHIS2 writes a parent as an object.
        value = value.get("name")
    if value is None or value != value:  # NaN is the only value unlike itself
        return ""
    return one_line(str(value)[:_LONGEST_TEXT])
