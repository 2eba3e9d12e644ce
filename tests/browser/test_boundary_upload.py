"""An officer brings official boundaries: what is not certain is asked, then the maps change."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Browser

from geo.boundaries import indicative_boundaries
from scripts.serve import running_server
from tests.browser.conftest import TODAY, Visitor, visitor_for

MISSPELT = {"Tirtayasa": "Tirtajasa"}


@pytest.fixture
def officer(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    with running_server(tmp_path / "data", {"PANTAU_TODAY": TODAY}) as server:
        visitor = visitor_for(browser, server)
        visitor.page.set_default_timeout(60_000)
        yield visitor
        visitor.page.context.close()


@pytest.fixture
def shapefile(tmp_path: Path) -> Path:
    """A zipped Shapefile of 29 kecamatan by name only, one misspelt, without its .prj."""
    areas = indicative_boundaries().kecamatan
    named = gpd.GeoDataFrame(
        {"WADMKC": areas["name"].replace(MISSPELT)}, geometry=areas.geometry, crs=areas.crs
    )
    folder = tmp_path / "shp"
    folder.mkdir()
    named.to_file(folder / "batas.shp")
    archive = tmp_path / "batas.zip"
    with zipfile.ZipFile(archive, "w") as pack:
        for part in folder.iterdir():
            if part.suffix != ".prj":
                pack.write(part, part.name)
    return archive


def choose(officer: Visitor, question: str, steps_down: int) -> None:
    box = officer.page.get_by_role("combobox", name=question)
    box.click()
    for _ in range(steps_down):
        box.press("ArrowDown")
    box.press("Enter")
    officer.settle()


def test_official_boundaries_replace_the_indicative_ones(officer: Visitor, shapefile: Path) -> None:
    notices = officer.page.locator(".notices")
    officer.open("/data")
    assert "Batas indikatif" in notices.inner_text()
    officer.page.get_by_text("Batas wilayah", exact=True).click()
    officer.page.locator("input[type=file]").set_input_files(shapefile)

    officer.page.get_by_text("Berkas batas.zip tidak menyebut sistem koordinat").wait_for()
    assert officer.page.get_by_role("button", name="Pakai batas ini").count() == 0
    choose(officer, "Sistem koordinat", 1)
    officer.page.get_by_text("28 dari 29 kecamatan cocok").wait_for()

    officer.page.get_by_text("1 nama menunggu konfirmasi").wait_for()
    choose(officer, "Tirtajasa", 1)
    officer.page.get_by_role("button", name="Simpan jawaban dan periksa lagi").click()
    officer.page.get_by_text("29 dari 29 kecamatan cocok").wait_for()

    officer.page.get_by_role("button", name="Pakai batas ini").click()
    officer.page.get_by_text("kini dipakai di semua peta").wait_for()
    assert "Batas indikatif" not in notices.inner_text()
    officer.open("/")
    officer.wait_for_map()
    assert officer.page.locator(".area-map path.area").count() == 29
    assert "batas.zip" in officer.page.locator("footer.foot").inner_text()

    officer.open("/data")
    officer.page.get_by_text("Batas wilayah", exact=True).click()
    officer.page.get_by_role("button", name="Kembali ke batas indikatif").click()
    officer.page.get_by_text("Batas indikatif bawaan dipakai lagi").wait_for()
    assert "Batas indikatif" in notices.inner_text()


def test_a_file_that_is_no_boundary_is_refused_and_the_set_in_use_stays(
    officer: Visitor, tmp_path: Path
) -> None:
    wrong = tmp_path / "batas.geojson"
    wrong.write_text("ini bukan batas", encoding="utf-8")
    officer.open("/data")
    officer.page.get_by_text("Batas wilayah", exact=True).click()
    officer.page.locator("input[type=file]").set_input_files(wrong)
    officer.page.locator("[data-testid=stAlert]").get_by_text("batas.geojson").wait_for()
    assert officer.page.get_by_role("button", name="Pakai batas ini").count() == 0
    assert "Batas indikatif" in officer.page.locator(".notices").inner_text()
