"""One written place is taken apart into names, codes and the words around them."""

from __future__ import annotations

import pytest

from geo.matching import match_place
from geo.written import Written, read_kabupaten, read_written


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Pontang", Written("Pontang")),
        ("Pontang (36.04.12)", Written("Pontang", code="36.04.12")),
        ("36.04.12 - Pontang", Written("Pontang", code="36.04.12")),
        ("Pontang - 36.04.12.2001", Written("Pontang", code="36.04.12.2001")),
        ("Desa Kelapian", Written("Kelapian", "desa")),
        ("Desa/Kel. Kelapian", Written("Kelapian", "desa")),
        ("Kelapian (Pontang)", Written("Kelapian", within="Pontang")),
        ("Pontang District", Written("Pontang", "kecamatan")),
        ("Kec. Pontang, Kab. Serang", Written("Pontang", "kecamatan", is_in_kabupaten=True)),
        ("Ciomas, Kab. Bogor", Written("Ciomas", is_in_kabupaten=False)),
        (
            "Ds. Kelapian Kec. Pontang Kab. Serang",
            Written("Kelapian", "desa", within="Pontang", is_in_kabupaten=True),
        ),
        ("Cikeusal; Petir", Written("Cikeusal; Petir")),
    ],
)
def test_the_parts_of_a_text(text: str, parts: Written) -> None:
    assert read_written(text) == parts


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("Serang", True),
        ("Pemkab Serang", True),
        ("KabSerang", True),
        ("Kota/Kab. Serang", True),
        ("Kota Serang", False),
        ("Serang City", False),
        ("3672 Kota Cilegon", False),
        ("n/a", None),
        ("04", None),
    ],
)
def test_the_kabupaten_of_a_text(text: str, is_ours: bool | None) -> None:
    assert read_kabupaten(text) is is_ours


@pytest.mark.parametrize(
    ("kecamatan", "desa", "code"),
    [
        ("Kecamatan Pontang Kab. Serang", "", "36.04.12"),
        ("Pontang, Kab. Serang", "Pontang", "36.04.12.2001"),
        ("Pontang (36.04.12)", "", "36.04.12"),
        ("[3604250] PONTANG", "", "36.04.12"),
        ("", "Kelapian (Pontang)", "36.04.12.2006"),
        ("Pontang", "Kelapian (Pontang)", "36.04.12.2006"),
        ("", "Desa Kelapian, Kec. Pontang, Kab. Serang", "36.04.12.2006"),
        ("", "36.04.12.2006 - Kelapian", "36.04.12.2006"),
    ],
)
def test_places_as_offices_write_them_are_matched(kecamatan: str, desa: str, code: str) -> None:
    assert match_place(kecamatan, desa).code == code


@pytest.mark.parametrize(
    ("kecamatan", "desa", "likely"),
    [
        ("Tj. Teja", "", "36.04.20"),
        ("Gn. Sari", "", "36.04.33"),
        ("Lb. Wangi", "", "36.04.35"),
        ("Pulau Ampel", "", "36.04.08"),
        ("Pontang", "Kelapian RT 01/02", "36.04.12.2006"),
        ("Pontang", "Kp. Baru Ds. Kelapian", "36.04.12.2006"),
        ("Pontang (36.04.13)", "", "36.04.13"),
        ("Ciruas", "Kelapian (Pontang)", "36.04.12.2006"),
    ],
)
def test_what_is_near_or_contradicts_is_only_proposed(
    kecamatan: str, desa: str, likely: str
) -> None:
    match = match_place(kecamatan, desa)
    assert match.code is None
    assert likely in {found.code for found in match.candidates}


@pytest.mark.parametrize(
    ("kecamatan", "desa"),
    [
        ("Ciomas, Kab. Bogor", ""),
        ("Pontang, Kota Serang", ""),
        ("32.04.12 Pontang", ""),
        ("Desa Pontang", ""),
        ("N/A", "-"),
        ("Serang", ""),
        ("Kecamatan", ""),
    ],
)
def test_what_lies_elsewhere_or_says_nothing_is_not_matched(kecamatan: str, desa: str) -> None:
    assert match_place(kecamatan, desa).how == "none"
