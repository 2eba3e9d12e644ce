"""The level of a map and the place pointed at: in the address, from it, and as a legend."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.filter.address import CHOSEN_DESA_KEY, LISTED_KECAMATAN_KEY
from tests.pages.test_pages import open_page, words_on

LONTAR = "36.04.13.2007"
LEVEL_KEY = "peta_ringkasan_tingkat"


def visits_page(**query: str | list[str]) -> AppTest:
    """Run Kunjungan with a query string of its own, as a link to it does."""
    at = open_page("visits.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def test_the_address_sets_the_level_of_the_map(sample_environment: Path) -> None:
    at = open_page("overview.py", peta="desa")
    assert at.session_state[LEVEL_KEY] == "desa"


def test_a_chosen_level_stands_in_the_address_beside_the_filter(sample_environment: Path) -> None:
    at = open_page("overview.py", kec="36.04.12")
    at.session_state[LEVEL_KEY] = "desa"
    at.run()
    assert dict(at.query_params) == {"kec": "36.04.12", "peta": "desa"}
    at.session_state[LEVEL_KEY] = "kecamatan"
    at.run()
    assert dict(at.query_params) == {"kec": "36.04.12"}


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("peta", "Pilihan yang ada: kecamatan, desa."),
        ("desa", "Kode desa ditulis seperti 36.04."),
        ("daftar", "Kode kecamatan ditulis seperti 36.04."),
    ],
)
def test_a_value_that_means_nothing_is_explained(
    name: str, remedy: str, sample_environment: Path
) -> None:
    at = visits_page(**{name: "lurah"})
    assert f"Nilai “lurah” untuk “{name}” di alamat halaman diabaikan. {remedy}" in words_on(at)
    assert not dict(at.query_params)


def test_the_address_points_at_a_desa_and_narrows_the_list(sample_environment: Path) -> None:
    at = visits_page(desa=LONTAR, daftar="36.04.13")
    assert at.session_state[CHOSEN_DESA_KEY] == LONTAR
    assert at.session_state[LISTED_KECAMATAN_KEY] == "36.04.13"
    assert at.button(key="daftar_lepas").label.endswith("(kini: Kecamatan Tirtayasa)")


def legend_counts(at: AppTest) -> list[int]:
    legend = words_on(at).split('<ul class="legend">')[1].split("</ul>")[0]
    return [int(part.split("</b>")[0]) for part in legend.split("<b>")[1:]]


@pytest.mark.parametrize(("level", "areas"), [("desa", 326), ("kecamatan", 29)])
def test_the_legend_counts_the_areas_that_the_map_shows(
    level: str, areas: int, sample_environment: Path
) -> None:
    at = visits_page(peta=level)
    assert sum(legend_counts(at)) == areas
    assert ("bila separuh desanya atau lebih" in words_on(at)) == (level == "kecamatan")
