"""The area that the dashboard is for: which kabupaten, and all that only it knows.

Owns reading ``area.toml`` of one folder: ``geo/data/<code>/`` of the project, or any other that
``PANTAU_AREA`` names. Its tables of kecamatan and desa are read in `geo.gazetteer`. Stands below
all other modules of this room but `geo.telling`, errors included, because their sentences name
the area.
"""

from __future__ import annotations

import csv
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from geo.telling import TellingError

DEFAULT_AREA = "36.04"
AREA_SETTING = "PANTAU_AREA"
# Where relative paths of settings start, whatever folder a command is started in.
PROGRAM_DIR = Path(__file__).parent.parent
AREAS_DIR = PROGRAM_DIR / "geo" / "data"

AREA_FILE = "area.toml"
# Without these there is no area; all other files of a folder may be missing.
NEEDED_FILES = (AREA_FILE, "kecamatan.csv", "desa.csv")
_COLUMNS = {
    "kecamatan.csv": ("code", "bps_code", "name", "aliases"),
    "desa.csv": ("code", "name", "longitude", "latitude", "aliases"),
}
_EXAMPLE = f"geo/data/{DEFAULT_AREA}/{AREA_FILE}"

_AREA_CODE = re.compile(r"[0-9]{2}(?:\.[0-9]{2}){2}(?:\.[0-9]{4})?")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_KABUPATEN_CODE = re.compile(r"\d\d\.\d\d")

_T = TypeVar("_T")


class AreaError(TellingError):
    """An area folder that cannot be used; the sentence names file, key and remedy."""


class AreaMissingError(AreaError):
    sentence = (
        f"Wilayah “{{wanted}}” ({AREA_SETTING}) tidak ada. Tulis kode yang ada ({{known:list}}) "
        f"atau alamat folder yang berisi {AREA_FILE}."
    )
    wanted: str
    known: list[str]


class AreaFileMissingError(AreaError):
    sentence = (
        "Folder wilayah {folder} tidak berisi {name}. Buat berkas itu seperti "
        f"geo/data/{DEFAULT_AREA}/{{name}}."
    )
    folder: Path
    name: str


class AreaFileUnreadableError(AreaError):
    sentence = (
        "Berkas wilayah {path} tidak dapat dibaca ({reason}). Perbaiki seperti "
        f"geo/data/{DEFAULT_AREA}/{{path.name}}."
    )
    path: Path
    reason: str


class AreaKeyError(AreaError):
    sentence = (
        "Berkas wilayah {path}: kunci “{key}” tidak ada atau salah; isinya harus {expected}. "
        f"Contohnya {_EXAMPLE}."
    )
    path: Path
    key: str
    expected: str


def _whole(low: float, high: float) -> range:
    ends = (abs(low), abs(high))
    least = 0 if low <= 0 <= high else int(min(ends))
    return range(least, int(max(ends)) + 2)


@dataclass(frozen=True, slots=True)
class Box:
    """A box in degrees, WGS 84."""

    west: float
    south: float
    east: float
    north: float

    @property
    def degrees(self) -> tuple[range, range]:
        """Whole degrees of longitude and latitude, without their sign, around it."""
        return _whole(self.west, self.east), _whole(self.south, self.north)

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of its middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2


@dataclass(frozen=True, slots=True)
class Office:
    """An immigration office that serves kecamatan of the area.

    Attributes:
        id: what the store keeps.
        name: what people read.
        spellings: other ways to write it in a sheet.
    """

    id: str
    name: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """The coordinate system in metres for areas and distances.

    Attributes:
        crs: AUTHORITY:CODE.
        name: for people.
        likely: other systems in which a file of the area was probably drawn, by code.
        offered: what a person may choose for a file that names none, by code.
    """

    crs: str
    name: str
    likely: Mapping[str, str]
    offered: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Names around the area that are none of its own.

    Attributes:
        cities: names without the word "Kota".
        kabupaten: names without the word "Kabupaten".
        kecamatan: those of the neighbours that files name as if they were here.
        namesakes: desa of the area that share their name with a better-known place elsewhere.
    """

    cities: tuple[str, ...]
    kabupaten: tuple[str, ...]
    kecamatan: tuple[str, ...]
    namesakes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Codes, names and a point for messages and templates."""

    kecamatan: str
    desa: str
    kecamatan_name: str
    desa_name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Area:
    """One kabupaten.

    Attributes:
        folder: where its files lie.
        code: Kemendagri code, dotted.
        bps_code: BPS code, four digits.
        name: with the word "Kabupaten".
        short_name: as people write it behind "Kab.".
        province, province_code: name and code of its province.
        postal_prefix: with which its postal codes begin; "" where nothing is sure.
        phone_codes: area codes of fixed lines here and around, from 0.
        launch: the day on which the programme began.
        source: whose records the numbers are, for the footer.
        box: the kabupaten with its islands and some sea.
        point_box: where the GPS points of visits may lie.
        default_office: id of the office whose dashboard this is, unless it says otherwise.
    """

    folder: Path
    code: str
    bps_code: str
    name: str
    short_name: str
    province: str
    province_code: str
    postal_prefix: str
    phone_codes: tuple[str, ...]
    launch: date
    source: str
    metric: Metric
    box: Box
    point_box: Box
    neighbours: Neighbours
    examples: Examples
    offices: tuple[Office, ...]
    default_office: str

    @property
    def digits(self) -> str:
        """The Kemendagri code without its dot."""
        return self.code.replace(".", "")

    @property
    def office_ids(self) -> tuple[str, ...]:
        return tuple(office.id for office in self.offices)

    @property
    def office_name(self) -> str:
        """What the office whose dashboard this is is called."""
        return next(one.name for one in self.offices if one.id == self.default_office)


@cache
def area() -> Area:
    """Read the area that this process is for; ``PANTAU_AREA`` says which.

    Raises:
        AreaError: if there is none, or its folder lacks something.
    """
    return read_area(area_folder())


def read_area(folder: Path, needed: Sequence[str] = NEEDED_FILES) -> Area:
    """Read the area of a folder.

    Args:
        folder: with its ``area.toml``.
        needed: files that must be there; the scripts that make the tables need fewer.

    Raises:
        AreaError: if the folder lacks a file, or its ``area.toml`` a key.
    """
    for name in needed:
        if not (folder / name).is_file():
            raise AreaFileMissingError(folder, name)
        _check_columns(folder / name)
    path = folder / AREA_FILE
    try:
        keys = _Keys(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise AreaFileUnreadableError(path, str(error)) from error
    return _area_of(folder, keys)


def area_folder() -> Path:
    """Return the folder that ``PANTAU_AREA`` names.

    Raises:
        AreaError: if there is none.
    """
    wanted = os.environ.get(AREA_SETTING, "").strip() or DEFAULT_AREA
    is_code = _KABUPATEN_CODE.fullmatch(wanted)
    folder = AREAS_DIR / wanted if is_code else PROGRAM_DIR / wanted
    if not os.path.isdir(folder):  # noqa: PTH112 - also says so of a name that is too long
        raise AreaMissingError(wanted, sorted(path.name for path in AREAS_DIR.glob("*.*")))
    return folder


def _check_columns(path: Path) -> None:
    """Refuse a table that the gazetteer could not read: a column, a value or all rows missing."""
    wanted = _COLUMNS.get(path.name, ())
    if not wanted:
        return
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            rows = csv.DictReader(stream)
            found = rows.fieldnames or ()
            wrong = [f"baris {rows.line_num}: {wrong}" for row in rows if (wrong := _wrong(row))]
            is_empty = rows.line_num < 2
    except (OSError, ValueError, csv.Error) as error:
        raise AreaFileUnreadableError(path, str(error)) from error
    if lacking := [name for name in wanted if name not in found]:
        raise AreaFileUnreadableError(path, f"kolom {', '.join(lacking)} tidak ada")
    if is_empty:
        raise AreaFileUnreadableError(path, "tidak berisi satu baris pun")
    if wrong:
        raise AreaFileUnreadableError(path, wrong[0])


def _wrong(row: Mapping[Any, Any]) -> str:
    """Say what is wrong with a row of a table; empty where nothing is."""
    if None in row or None in row.values():
        return "jumlah kolomnya lain dari judulnya"
    if not _AREA_CODE.fullmatch(row.get("code", "")):
        return f"“{row.get('code', '')}” bukan kode kecamatan atau desa"
    for name in ("longitude", "latitude"):
        if name in row and not _DEGREES.fullmatch(row[name]):
            return f"{name} “{row[name]}” bukan bilangan"
    return ""


def _area_of(folder: Path, keys: _Keys) -> Area:
    code = keys.text("code")
    if not _KABUPATEN_CODE.fullmatch(code):
        raise keys.wrong("code", "kode Kemendagri kabupaten, misalnya 36.04")
    offices = tuple(
        Office(one.text("id"), one.text("name"), one.texts("spellings"))
        for one in keys.tables("offices")
    )
    default_office = keys.text("default_office")
    if default_office not in {office.id for office in offices}:
        raise keys.wrong("default_office", "id salah satu [[offices]]")
    examples, metric, neighbours = (
        keys.table(name) for name in ("examples", "metric", "neighbours")
    )
    return Area(
        folder=folder,
        code=code,
        bps_code=keys.text("bps_code"),
        name=keys.text("name"),
        short_name=keys.text("short_name"),
        province=keys.table("province").text("name"),
        province_code=keys.table("province").text("code"),
        postal_prefix=keys.text("postal_prefix", may_be_empty=True),
        phone_codes=keys.texts("phone_codes"),
        launch=keys.day("launch"),
        source=keys.text("source"),
        metric=Metric(
            metric.text("crs"), metric.text("name"), metric.words("likely"), metric.words("offered")
        ),
        box=keys.table("box").box("boundaries"),
        point_box=keys.table("box").box("points"),
        neighbours=Neighbours(
            *map(neighbours.texts, ("cities", "kabupaten", "kecamatan", "namesakes"))
        ),
        examples=Examples(
            kecamatan=examples.text("kecamatan"),
            desa=examples.text("desa"),
            kecamatan_name=examples.text("kecamatan_name"),
            desa_name=examples.text("desa_name"),
            latitude=examples.number("latitude"),
            longitude=examples.number("longitude"),
        ),
        offices=offices,
        default_office=default_office,
    )


class _Keys:
    """The keys of one table of the file; each is there and of its kind, or named in an error."""

    def __init__(self, path: Path, values: Mapping[str, Any], within: str = "") -> None:
        self._path = path
        self._values = values
        self._within = within

    def wrong(self, name: str, expected: str) -> AreaKeyError:
        return AreaKeyError(self._path, f"{self._within}{name}", expected)

    def text(self, name: str, *, may_be_empty: bool = False) -> str:
        value = self._of(name, str, "teks dalam tanda kutip")
        if not (value.strip() or may_be_empty):
            raise self.wrong(name, "teks yang tidak kosong")
        return value

    def number(self, name: str) -> float:
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, "bilangan")
        return float(value)

    def day(self, name: str) -> date:
        value = self._of(name, date, "tanggal tanpa tanda kutip, misalnya 2023-09-13")
        return date(value.year, value.month, value.day)

    def texts(self, name: str) -> tuple[str, ...]:
        values = self._of(name, list, "daftar teks, boleh kosong: []")
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(name, "daftar teks, boleh kosong: []")
        return tuple(values)

    def words(self, name: str) -> Mapping[str, str]:
        values = self._of(name, dict, "pasangan kode dan nama, boleh kosong: {}")
        if not all(isinstance(value, str) for value in values.values()):
            raise self.wrong(name, "pasangan kode dan nama, boleh kosong: {}")
        return MappingProxyType(dict(values))

    def box(self, name: str) -> Box:
        expected = "empat bilangan: barat, selatan, timur, utara (derajat)"
        values = self._of(name, list, expected)
        if len(values) != 4 or not all(isinstance(value, int | float) for value in values):
            raise self.wrong(name, expected)
        box = Box(*map(float, values))
        if not (box.west < box.east and box.south < box.north):
            raise self.wrong(name, expected)
        return box

    def table(self, name: str) -> _Keys:
        values = self._of(name, dict, f"tabel [{name}]")
        return _Keys(self._path, values, f"{self._within}{name}.")

    def tables(self, name: str) -> list[_Keys]:
        expected = f"sekurang-kurangnya satu tabel [[{name}]]"
        values = self._of(name, list, expected)
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.wrong(name, expected)
        return [_Keys(self._path, value, f"{name}.") for value in values]

    def _of(self, name: str, kind: type[_T], expected: str) -> _T:
        value = self._values.get(name)
        if not isinstance(value, kind):
            raise self.wrong(name, expected)
        return value
