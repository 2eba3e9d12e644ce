"""Columns are chosen by what they hold; a source is claimed only on evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from shapely.geometry import mapping

from geo.boundaries import Inspection, inspect_boundaries, store_boundaries, stored_boundaries
from geo.gazetteer import gazetteer

pytestmark = pytest.mark.usefixtures("in_this_process")

Write = Callable[..., Path]
Properties = Callable[[str], dict[str, Any]]


def _name(code: str) -> str:
    return gazetteer().name(code)


def _kecamatan(code: str) -> str:
    return gazetteer().name(code[:8])


def _bps(code: str) -> str:
    return gazetteer().kecamatan_by_code[code[:8]].bps_code


def _features(frame: gpd.GeoDataFrame, properties: Properties) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "properties": properties(row.code),
            "geometry": mapping(row.geometry),
        }
        for row in frame.itertuples(index=False)
    ]


def _inspected(features: Iterable[Any], write_geojson: Write) -> Inspection:
    return inspect_boundaries(write_geojson(list(features)))


KECAMATAN: dict[str, tuple[Properties, str]] = {
    "BPS, whole and split codes": (
        lambda code: {
            "idkec": _bps(code),
            "kdprov": "36",
            "kdkab": "04",
            "kdkec": _bps(code)[4:],
            "nmkec": _name(code).upper(),
        },
        "code",
    ),
    "BPS, split codes only": (
        lambda code: {"PROVNO": "36", "KABKOTNO": "04", "KECNO": _bps(code)[4:]},
        "code",
    ),
    "split Kemendagri numbers": (
        lambda code: {"kd_prop": 36, "kd_kab": 4, "kd_kec": int(code[6:])},
        "code",
    ),
    "six-digit BPS codes beside names": (
        lambda code: {"KDCBPS": _bps(code)[:6], "WADMKC": _name(code), "WADMKK": "Serang"},
        "name",
    ),
    "six-digit BPS codes named kode": (
        lambda code: {"kode": _bps(code)[:6], "nama": _name(code)},
        "name",
    ),
    "codes of the tax office": (
        lambda code: {
            "kd_propinsi": "36",
            "kd_dati2": "04",
            "kd_kecamatan": f"{(int(code[6:]) * 7) % 31:03}",
            "nm_kecamatan": _name(code).upper(),
        },
        "name",
    ),
    "a code of something else": (
        lambda code: {"KODE": 51204, "KECAMATAN": _name(code), "KABUPATEN": "SERANG"},
        "name",
    ),
    "a code of something else, as long as a kecamatan's": (
        lambda code: {"KODE": 510204, "KECAMATAN": _name(code)},
        "name",
    ),
    "numbers of the office's own, as long as codes": (
        lambda code: {"kode": 360400 + (int(code[6:]) * 11) % 37, "nama": _name(code)},
        "name",
    ),
    "an empty column of another schema": (
        lambda code: {"shapeName": None, "adm3_en": "", "kecamatan": _name(code)},
        "name",
    ),
    "a count of desa and a seat": (
        lambda code: {
            "KECAMATAN": _name(code),
            "DESA": len(gazetteer().desa_by_kecamatan[code]),
            "IBUKOTA": gazetteer().desa_by_kecamatan[code][0].name,
        },
        "name",
    ),
    "a feature id": (lambda code: {"id": code}, "code"),
    "codes as numbers": (lambda code: {"kode": float(f"36.04{code[6:]}")}, "code"),
    "codes with dashes": (lambda code: {"kd_wilayah": code.replace(".", "-")}, "code"),
    "code in brackets": (lambda code: {"nama": f"{_name(code)} ({code})"}, "code"),
    "code before the name": (lambda code: {"nama": f"{code} - {_name(code)}"}, "code"),
    "BPS code in square brackets": (lambda code: {"nama": f"[{_bps(code)}] {_name(code)}"}, "code"),
    "name and kabupaten": (
        lambda code: {"name": f"Kecamatan {_name(code)}, Kabupaten Serang"},
        "name",
    ),
    "name and kabupaten, no comma": (
        lambda code: {"name": f"KEC. {_name(code)} KAB. SERANG"},
        "name",
    ),
    "English": (lambda code: {"name": f"{_name(code)} District"}, "name"),
    "headers as people type them": (
        lambda code: {"Kode Kec.": code, "Nama Kecamatan ": _name(code)},
        "code",
    ),
}


@pytest.mark.parametrize("kind", KECAMATAN)
def test_kecamatan_are_found_in_any_columns(
    kind: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    properties, how = KECAMATAN[kind]
    report = _inspected(_features(kecamatan_frame, properties), write_geojson).report
    assert (report.usable, report.level, dict(report.how)) == (True, "kecamatan", {how: 29})


DESA: dict[str, Properties] = {
    "Dukcapil": lambda code: {
        "KODE_DESA": code.replace(".", ""),
        "KODE": code[:8].replace(".", ""),
        "KECAMATAN": _kecamatan(code),
        "DESA": _name(code).upper(),
    },
    "KODE of the kecamatan only": lambda code: {
        "KODE": code[:8],
        "KECAMATAN": _kecamatan(code),
        "DESA_KELUR": _name(code),
    },
    "nusa": lambda code: {"code": code, "name": _name(code), "district_code": code[:8]},
    "nama and kecamatan": lambda code: {"nama": _name(code), "kecamatan": _kecamatan(code)},
    "desa empty, kelurahan filled": lambda code: {
        "kecamatan": _kecamatan(code),
        "desa": None,
        "kelurahan": _name(code),
    },
    "DHIS2": lambda code: {
        "name": _name(code),
        "code": code,
        "level": 5,
        "parentName": _kecamatan(code),
    },
    "DHIS2, parent as object": lambda code: {
        "name": _name(code),
        "parent": {"id": "xy", "name": _kecamatan(code)},
    },
    "BPS codes named kode": lambda code: {
        "kode": f"{_bps(code)}{int(code[9:]) - 2000:03}",
        "nama": _name(code),
    },
    "BPS split": lambda code: {
        "nmprov": "BANTEN",
        "nmkab": "SERANG",
        "nmkec": _kecamatan(code).upper(),
        "nmdesa": _name(code).upper(),
        "iddesa": f"{_bps(code)}{int(code[9:]) - 2000:03}",
    },
    "folders": lambda code: {
        "folder": f"Kec. {_kecamatan(code)}",
        "Name": f"Desa {_name(code)}",
    },
    "kecamatan in brackets": lambda code: {"nama": f"{_name(code)} ({_kecamatan(code)})"},
    "a whole address": lambda code: {
        "label": f"Desa {_name(code)}, Kec. {_kecamatan(code)}, Kab. Serang"
    },
    "code behind the name": lambda code: {"wilayah": f"{_name(code)} - {code}"},
}


@pytest.mark.parametrize("kind", DESA)
def test_desa_are_found_in_any_columns(
    kind: str, desa_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    report = _inspected(_features(desa_frame, DESA[kind]), write_geojson).report
    assert (report.usable, report.level, report.matched["desa"]) == (True, "desa", 326)


@pytest.mark.parametrize(
    ("desa", "matched"),
    [(lambda name: f"Desa {name}", 293), (str.upper, 293), (lambda name: f"Ds. {name}", 293)],
)
def test_desa_without_kecamatan_are_known_by_unique_names(
    desa: Callable[[str], str], matched: int, desa_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    features = _features(desa_frame, lambda code: {"nama": desa(_name(code))})
    report = _inspected(features, write_geojson).report
    assert (report.level, report.matched["desa"], len(report.ambiguous)) == ("desa", matched, 33)


@pytest.mark.parametrize(
    "kabupaten",
    [
        *("Serang, Kab.", "Serang Regency", "Kab. Adm. Serang", "KAB/KOTA SERANG", "SERANG (KAB)"),
        *("3604", "36.04", "Kab Serang (3604)", "KAB  SERANG", "Kabupaten Serang, Banten", "-"),
    ],
)
def test_the_kabupaten_is_known_in_every_spelling(
    kabupaten: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    features = _features(
        kecamatan_frame, lambda code: {"kecamatan": _name(code), "kabupaten": kabupaten}
    )
    neighbour = {**features[0], "properties": {"kecamatan": "Curug", "kabupaten": "Kota Serang"}}
    report = _inspected([*features, neighbour], write_geojson).report
    assert (report.matched["kecamatan"], report.outside_area, report.left_over) == (29, 1, ())


@pytest.mark.parametrize("kabupaten", ["Kota Serang", "Serang, Kota", "Kab. Bogor", "3273"])
def test_another_kabupaten_is_not_ours(
    kabupaten: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    features = _features(kecamatan_frame, lambda code: {"nama": _name(code), "kab": kabupaten})
    report = _inspected(features, write_geojson).report
    assert (report.usable, report.outside_area) == (False, 29)


def test_the_office_of_a_kecamatan_is_no_kabupaten(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    features = _features(kecamatan_frame, lambda code: {"nama": _name(code), "kantor": "Cilegon"})
    assert _inspected(features, write_geojson).report.matched["kecamatan"] == 29


# --- levels in one table ---------------------------------------------------------------

LEVELS: dict[str, tuple[Properties, Properties]] = {
    "OSM": (
        lambda code: {"name": _name(code), "admin_level": "6"},
        lambda code: {"name": _name(code), "admin_level": "7"},
    ),
    "words": (
        lambda code: {"NAMA": _name(code), "TIPE": "Kecamatan"},
        lambda code: {"NAMA": _name(code), "TIPE": "Desa"},
    ),
    "words in the names": (
        lambda code: {"nama": f"Kecamatan {_name(code)}"},
        lambda code: {"nama": f"Desa {_name(code)}"},
    ),
}


@pytest.mark.parametrize("kind", LEVELS)
def test_kecamatan_are_read_where_some_desa_are_unknown(
    kind: str,
    kecamatan_frame: gpd.GeoDataFrame,
    desa_frame: gpd.GeoDataFrame,
    write_geojson: Write,
) -> None:
    upper, lower = LEVELS[kind]
    features = [*_features(desa_frame, lower), *_features(kecamatan_frame, upper)]
    report = _inspected(features, write_geojson).report
    assert (report.level, report.matched["kecamatan"], len(report.left_over)) == (
        "kecamatan",
        29,
        326,
    )


def test_desa_are_read_where_parents_tell_all_of_them(
    kecamatan_frame: gpd.GeoDataFrame, desa_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    upper = _features(kecamatan_frame, lambda code: {"name": _name(code), "parent": "Kab. Serang"})
    lower = _features(desa_frame, lambda code: {"name": _name(code), "parent": _kecamatan(code)})
    report = _inspected([*upper, *lower], write_geojson).report
    assert (report.matched["desa"], len(report.left_over)) == (326, 29)


def test_a_kecamatan_is_never_drawn_as_the_desa_of_its_name(
    kecamatan_frame: gpd.GeoDataFrame, desa_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    names = set(kecamatan_frame["name"])
    lower = desa_frame[~desa_frame["name"].isin(names)]
    # Too few kecamatan to be read at their own level.
    features = [
        *_features(kecamatan_frame[:10], lambda code: {"name": _name(code)}),
        *_features(lower, lambda code: {"name": _name(code)}),
    ]
    inspection = _inspected(features, write_geojson)
    assert inspection.report.level == "desa"
    assert inspection.boundaries is not None and inspection.boundaries.desa is not None
    assert not set(inspection.boundaries.desa["name"]) & names


# --- layers ----------------------------------------------------------------------------


def _kemendagri(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame.rename(columns={"code": "kode", "name": "nama"})


def test_whole_kecamatan_are_kept_beside_incomplete_desa(
    kecamatan_frame: gpd.GeoDataFrame, desa_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.gpkg"
    _kemendagri(desa_frame[:200]).to_file(path, layer="desa", driver="GPKG")
    _kemendagri(kecamatan_frame).to_file(path, layer="kecamatan", driver="GPKG")
    report = inspect_boundaries(path).report
    assert (report.level, report.matched["kecamatan"]) == ("kecamatan", 29)
    assert "desa (200 dari 326 desa)" in report.problems[0]


@pytest.mark.parametrize("cuts", [(15,), (9, 20)])
def test_layers_with_different_areas_are_joined(
    cuts: tuple[int, ...], kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.gpkg"
    ends = [0, *cuts, 29]
    for number, (start, end) in enumerate(pairwise(ends)):
        part = _kemendagri(kecamatan_frame[start:end])
        part.to_file(path, layer=f"bagian{number}", driver="GPKG")
    report = inspect_boundaries(path).report
    assert report.matched["kecamatan"] == 29
    assert f"{len(cuts) + 1} lapisan digabung" in report.problems[0]


@pytest.mark.parametrize("order", [("lama", "baru"), ("baru", "lama")])
def test_the_fuller_of_two_layers_is_read_and_the_choice_said(
    order: tuple[str, str], kecamatan_frame: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    path = tmp_path / "batas.gpkg"
    frames = {"lama": kecamatan_frame[:28], "baru": kecamatan_frame}
    for name in order:
        _kemendagri(frames[name]).to_file(path, layer=name, driver="GPKG")
    report = inspect_boundaries(path).report
    assert report.matched["kecamatan"] == 29
    assert "Lapisan “lama” (28 bentuk) tidak dipakai" in report.problems[0]


# --- the source ------------------------------------------------------------------------

SOURCES: dict[str, tuple[Properties, str, bool]] = {
    "kode and nama": (lambda code: {"kode": code, "nama": _name(code)}, "berkas b.geojson", False),
    "BPS codes as kode": (
        lambda code: {"kode": _bps(code), "nama": _name(code)},
        "berkas b.geojson",
        False,
    ),
    "one borrowed column": (lambda code: {"WADMKC": _name(code)}, "berkas b.geojson", False),
    "nusa is not HDX": (
        lambda code: {"code": code, "name": _name(code), "district_code": code},
        "berkas b.geojson",
        False,
    ),
    "BIG": (lambda code: {"KDCPUM": code, "WADMKC": _name(code)}, "BIG (b.geojson)", True),
    "HDX COD-AB": (
        lambda code: {"ADM3_PCODE": f"ID{_bps(code)}", "ADM3_EN": _name(code), "ADM2_EN": "Serang"},
        "HDX COD-AB (b.geojson)",
        True,
    ),
    "GADM": (
        lambda code: {"GID_3": "IDN.4.2", "NAME_2": "Serang", "NAME_3": _name(code)},
        "GADM (b.geojson)",
        False,
    ),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_a_source_is_claimed_on_evidence_only(
    kind: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write, tmp_path: Path
) -> None:
    properties, source, is_official = SOURCES[kind]
    path = write_geojson(_features(kecamatan_frame, properties), "b.geojson")
    store_boundaries(path, tmp_path / "data")
    stored = stored_boundaries(tmp_path / "data")
    assert stored is not None
    assert (stored.boundaries.source, stored.boundaries.is_official) == (source, is_official)


def test_bps_codes_named_kode_are_not_called_kemendagri(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    features = _features(kecamatan_frame, lambda code: {"kode": _bps(code), "nama": _name(code)})
    assert _inspected(features, write_geojson).report.schema != "Kemendagri"


def test_six_digit_bps_codes_beside_names_are_passed_over_and_said(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    features = _features(kecamatan_frame, KECAMATAN["six-digit BPS codes named kode"][0])
    report = _inspected(features, write_geojson).report
    assert "Kolom kode berisi kode BPS enam angka" in report.problems[0]


@pytest.mark.parametrize(
    "properties",
    [
        lambda code: {"kode": _bps(code)[:6]},
        lambda code: {"KDCBPS": int(_bps(code)[:6])},
        lambda code: {"ID": f"id{_bps(code)[:6]}", "LUAS": 1.5},
    ],
)
def test_six_digit_bps_codes_alone_are_refused_with_the_reason(
    properties: Properties, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    report = _inspected(_features(kecamatan_frame, properties), write_geojson).report
    assert (report.usable, report.matched["kecamatan"]) == (False, 0)
    assert "kode BPS enam angka" in report.problems[1]


def test_codes_of_neighbours_beside_names_are_passed_over_and_said(
    kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    codes = list(kecamatan_frame["code"])
    following = dict(pairwise([*codes, codes[0]]))
    features = _features(
        kecamatan_frame, lambda code: {"kode": following[code], "nama": _name(code)}
    )
    report = _inspected(features, write_geojson).report
    assert "Kolom kode berisi kode yang bertentangan" in report.problems[0]


# A kabupaten whose name is also that of a desa here.
@pytest.mark.parametrize("neighbour", ["Lebak", "Bandung", "Serdang"])
@pytest.mark.parametrize("column", ["NAME_2", "regency"])
def test_a_column_of_kabupaten_is_no_column_of_desa(
    neighbour: str, column: str, kecamatan_frame: gpd.GeoDataFrame, write_geojson: Write
) -> None:
    ours = _features(
        kecamatan_frame, lambda code: {column: "Serang", "NAME_3": _name(code).replace(" ", "")}
    )
    other = [
        {
            "type": "Feature",
            "properties": {column: neighbour, "NAME_3": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, -6.9], [x + 0.1, -6.9], [x, -6.8], [x, -6.9]]],
            },
        }
        for x, name in ((107.0, "Cikande"), (107.2, "Anyar"), (107.4, "Sumur"))
    ]
    report = _inspected([*other, *ours], write_geojson).report
    assert (report.level, report.matched["kecamatan"], report.outside_area) == ("kecamatan", 29, 3)
