"""What only a browser shows of the page Data: addresses, the way back, words on a refused file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor


def test_a_section_has_an_address_and_the_filter_survives_a_visit(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/kunjungan?kec=36.04.12")
    page.get_by_role("link", name="Data", exact=True).click()
    page.get_by_text("Riwayat", exact=True).click()
    expect(page.get_by_text("Riwayat impor")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/data\?(?=.*kec=36\.04\.12)(?=.*bagian=riwayat)"))
    expect(page.locator(".st-key-filter_row")).to_have_count(0)

    page.reload()
    expect(page.get_by_text("Riwayat impor")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Bulan mana yang masih kosong?")).to_be_visible()

    page.get_by_role("link", name="Kunjungan", exact=True).click()
    expect(page.locator(".filter-caption")).to_contain_text("Kecamatan Pontang")
    expect(page).to_have_url(re.compile(r"/kunjungan\?kec=36\.04\.12$"))


def test_a_first_step_leads_from_an_empty_page_to_its_template(empty_visitor: Visitor) -> None:
    page = empty_visitor.page
    empty_visitor.open("/sosialisasi")
    page.get_by_role("link", name="Isi dengan templat Kecamatan").click()
    expect(page.get_by_role("button", name="Templat Kecamatan")).to_be_visible()
    expect(page.get_by_text("isi penduduk usia kerja")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/data\?bagian=berkas&templat=kecamatan$"))


@pytest.mark.parametrize(
    ("section", "instead"), [("berkas", "simpan sebagai .xlsx"), ("batas", "GeoJSON")]
)
@pytest.mark.parametrize("name", ["Laporan Kunjungan.pdf", "surat.docx", "foto.jpg"])
def test_a_file_of_another_kind_is_refused_with_its_name_and_a_way_out(
    visitor: Visitor, tmp_path: Path, section: str, instead: str, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"%PDF-1.4")
    visitor.open(f"/data?bagian={section}")
    visitor.page.locator("input[type=file]").set_input_files(file)
    told = visitor.page.locator("[data-testid=stFileChip] [role=alert]")
    expect(told).to_have_text(re.compile(rf"^Kesalahan: Berkas “{name}” tidak dikirim\. Jenis"))
    expect(told).to_contain_text(instead)
    box = told.bounding_box()
    assert box is not None
    assert box["width"] > 200
    assert box["height"] > 15
