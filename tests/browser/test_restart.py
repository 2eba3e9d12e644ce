"""A restart of the server costs a reader nothing: no click, and no figure that is not asked for."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from scripts.serve import running_server
from tests.browser.conftest import TODAY, visitor_for

SETTINGS = {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "1"}

MONTHS = "periode=bebas&dari=2025-02&sampai=2025-04&kec=36.04.12"
# A reader who waited for the server: clicks as soon as there is a connection and something to hit.
CLICK_AT_ONCE = """([where, word]) => {
  const app = document.querySelector("[data-test-connection-state]");
  const timer = setInterval(() => {
    if (app.dataset.testConnectionState !== "CONNECTED") return;
    const hit = [...document.querySelectorAll(where)].find((one) => one.textContent.includes(word));
    if (!hit || hit.matches("[disabled]")) return;
    clearInterval(timer);
    hit.click();
  }, 0);
}"""


def test_the_first_click_after_a_restart_counts(browser: Browser, tmp_path: Path) -> None:
    with running_server(tmp_path, SETTINGS) as server:
        visitors = [visitor_for(browser, server) for _ in range(4)]
        clicker, leaver, office, looker = (visitor.page for visitor in visitors)
        for visitor, address in zip(
            visitors,
            ("/?kec=36.04.12", f"/?{MONTHS}", f"/data?{MONTHS}", f"/sosialisasi?{MONTHS}"),
            strict=True,
        ):
            visitor.open(address)
        clicker.get_by_text("Triwulan ini", exact=True).click()
        expect(clicker).to_have_url(re.compile("periode=triwulan"))
        visitors[0].settle()
    for visitor in visitors:
        expect(_lost(visitor.page)).to_be_visible()
    for page, where, word in (
        (leaver, "[data-testid=stTopNavLink]", "Kunjungan"),
        (office, "[data-testid=stTopNavLink]", "Kunjungan"),
        (looker, ".st-key-peta_sosialisasi_tingkat button", "Desa"),
    ):
        page.evaluate(CLICK_AT_ONCE, [where, word])
    port = int(server.url.rpartition(":")[2])
    with running_server(tmp_path, SETTINGS, port=port):
        expect(_lost(clicker)).to_be_hidden()
        clicker.get_by_text("Sejak program", exact=True).click()
        expect(clicker).to_have_url(re.compile(r"periode=program&kec=36\.04\.12"))
        expect(clicker.locator(".filter-caption")).to_contain_text("Kecamatan Pontang")
        for page in (leaver, office):
            expect(page).to_have_url(f"{server.url}/kunjungan?{MONTHS}")
            expect(page.locator(".filter-caption")).to_contain_text("Februari–April 2025")
        expect(looker).to_have_url(f"{server.url}/sosialisasi?{MONTHS}&peta=desa")
        for visitor in visitors:
            visitor.settle()
            visitor.page.context.close()


def _lost(page: Page) -> Locator:
    return page.get_by_role("dialog").get_by_text("Sambungan terputus")
