"""A restart of the server costs a reader nothing: no click, and no figure that is not asked for."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from scripts.serve import running_server
from tests.browser.conftest import TODAY, visitor_for

SETTINGS = {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "1"}


def test_the_first_click_after_a_restart_counts(browser: Browser, tmp_path: Path) -> None:
    with running_server(tmp_path, SETTINGS) as server:
        visitor = visitor_for(browser, server)
        page = visitor.page
        visitor.open("/?kec=36.04.12")
        page.get_by_text("Triwulan ini", exact=True).click()
        expect(page).to_have_url(re.compile("periode=triwulan"))
        visitor.settle()
    lost = page.get_by_role("dialog").get_by_text("Sambungan terputus")
    expect(lost).to_be_visible()
    port = int(server.url.rpartition(":")[2])
    with running_server(tmp_path, SETTINGS, port=port):
        expect(lost).to_be_hidden()
        page.get_by_text("Sejak program", exact=True).click()
        expect(page).to_have_url(re.compile(r"periode=program&kec=36\.04\.12"))
        expect(page.locator(".filter-caption")).to_contain_text("Kecamatan Pontang")
        visitor.settle()
        page.context.close()
