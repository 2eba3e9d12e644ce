"""Figures in a browser: what they mean, and the way from a list to its kecamatan."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor


def test_a_figure_says_what_it_means_with_its_own_n_and_n_total(visitor: Visitor) -> None:
    visitor.open("/")
    tile = visitor.page.locator(".tile").first
    tile.get_by_role("button", name="Apa artinya Cakupan kunjungan?").click()
    card = visitor.page.get_by_role("dialog")
    expect(card).to_contain_text("Desa yang dikunjungi sedikitnya sekali")
    expect(card).to_contain_text(tile.locator("p").inner_text())
    expect(card).to_contain_text("Tidak dihitung: Kunjungan yang tidak terjangkau")
    box = card.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 1366
    visitor.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert visitor.external == []


def test_a_row_that_needs_a_decision_leads_to_its_kecamatan_and_back(visitor: Visitor) -> None:
    visitor.open("/?cakupan=semua&banding=sebelumnya")
    link = visitor.page.locator(".ranking a").first
    name = link.inner_text()
    link.click()
    expect(visitor.page.locator(".filter-caption")).to_contain_text(f"Kecamatan {name}")
    expect(visitor.page).to_have_url(re.compile(r"banding=sebelumnya.*kec=36\.04\.\d\d"))
    visitor.page.go_back()
    expect(visitor.page.locator(".filter-caption")).to_contain_text("29 kecamatan")
