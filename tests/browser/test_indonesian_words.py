"""Streamlit's own words, which no setting translates, stand in Indonesian."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from scripts.serve import running_server
from tests.browser.conftest import TODAY, Visitor, visitor_for


def test_a_search_without_a_match_says_so_in_indonesian(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.get_by_role("combobox", name="Kecamatan").fill("Batavia")
    expect(visitor.page.get_by_text("Tidak ada yang cocok")).to_be_visible()


def test_the_buttons_of_a_chosen_kecamatan_have_indonesian_names(visitor: Visitor) -> None:
    visitor.open("/?kec=36.04.12")
    for name in ("Hapus Pontang", "Hapus semua pilihan", "Buka pilihan"):
        expect(visitor.page.get_by_role("button", name=name).first).to_be_visible()


def test_an_address_without_a_page_is_told_in_indonesian(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.server.url}/tidak-ada")
    dialog = visitor.page.get_by_role("dialog", name="Halaman tidak ditemukan")
    expect(dialog).to_contain_text("Tidak ada halaman di alamat itu", timeout=60_000)
    dialog.get_by_role("button", name="Tutup").click()
    expect(dialog).to_have_count(0)


def test_the_field_map_has_an_indonesian_name_and_buttons(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    expect(visitor.page.locator("iframe")).to_have_attribute("title", "Peta lapangan")
    frame = visitor.page.frame_locator("iframe")
    expect(frame.get_by_role("button", name="Perbesar peta")).to_be_visible()
    expect(frame.get_by_role("button", name="Perkecil peta")).to_be_visible()


def test_a_file_of_another_kind_is_refused_in_indonesian(visitor: Visitor, tmp_path: Path) -> None:
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(b"\xff\xd8")
    visitor.open("/data")
    visitor.page.get_by_text("Masukkan berkas", exact=True).click()
    expect(visitor.page.get_by_role("button", name="Pilih berkas")).to_be_visible()
    expect(visitor.page.get_by_text("Paling besar 50 MB per berkas")).to_be_visible()
    visitor.page.locator("input[type=file]").set_input_files(picture)
    expect(visitor.page.get_by_text("Jenis berkas ini tidak diterima")).to_be_visible()


def test_a_number_out_of_range_is_refused_in_indonesian(visitor: Visitor) -> None:
    visitor.open("/data")
    visitor.page.get_by_text("Pengaturan", exact=True).click()
    days = visitor.page.get_by_label("Hari sejak kunjungan terakhir")
    days.fill("0")
    days.press("Enter")
    box = visitor.page.locator("[data-testid=stNumberInput]")
    expect(box).to_contain_text("Kesalahan: Angka antara 1 dan 730.")


def test_a_server_that_is_gone_is_told_in_indonesian(browser: Browser, tmp_path: Path) -> None:
    with running_server(tmp_path, {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "0"}) as server:
        visitor = visitor_for(browser, server)
        visitor.open("/")
    dialog = visitor.page.get_by_role("dialog", name="Sambungan terputus")
    expect(dialog).to_contain_text("Server tidak menjawab", timeout=60_000)
    visitor.page.context.close()


@pytest.mark.parametrize("path", ["/", "/kunjungan", "/data"])
def test_no_label_that_is_spoken_is_english(visitor: Visitor, path: str) -> None:
    visitor.open(path)
    labels = visitor.page.locator("[aria-label]").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    english = {"App pages", "Open", "Clear all", "Sidebar", "Expand sidebar", "file upload"}
    assert english.isdisjoint(labels)
