"""Make the pictures of the README from a running dashboard with sample data."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.serve import CHROMIUM_FLAGS, ROOT, Server, find_chromium, running_server

FOLDER = ROOT / "docs" / "screenshots"
TODAY = "2026-10-31"

# File name -> path, width, height, colour scheme.
PICTURES = {
    "ringkasan.png": ("/", 1366, 768, "light"),
    "kunjungan.png": ("/kunjungan", 1366, 768, "light"),
    "sosialisasi.png": ("/sosialisasi", 1366, 768, "light"),
    "kasus.png": ("/kasus?periode=program", 1366, 768, "light"),
    "data.png": ("/data", 1366, 768, "light"),
    "ringkasan-gelap.png": ("/", 1366, 768, "dark"),
    "ringkasan-ponsel.png": ("/", 360, 740, "light"),
}


def main() -> None:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("No Chromium found.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), {"PANTAU_TODAY": TODAY}) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        for file_name in PICTURES:
            take(browser, server, file_name)
            print(FOLDER / file_name)
        browser.close()


def take(browser: Browser, server: Server, file_name: str) -> None:
    """Take one picture once its map has been drawn."""
    path, width, height, scheme = PICTURES[file_name]
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="id-ID",
    )
    page.goto(f"{server.url}{path}")
    page.wait_for_selector("footer.foot", timeout=60_000)
    if path.startswith("/kunjungan"):
        frame = page.frame_locator("iframe[data-testid=stCustomComponentV1]")
        frame.locator("path.leaflet-interactive").nth(300).wait_for(timeout=60_000)
    elif path.startswith("/data"):
        page.wait_for_selector(".table tbody tr", timeout=60_000)
    else:
        page.wait_for_selector(".area-map[data-ready]", timeout=60_000)
    page.wait_for_timeout(1000)  # tiles and names settle
    page.screenshot(path=FOLDER / file_name)
    page.close()


if __name__ == "__main__":
    main()
