"""What Ctrl+P puts on paper: the page's words, map and tables on A4, and nothing to press."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_dashboard import AREA_MAP_PAGES, PAGES

# Between the margins of 12 mm, in CSS pixels.
PAPER_WIDTH = 703

# Whatever of the page can be pressed or typed into and would be printed, in shadow trees too.
PRINTED_CONTROLS = """() => {
  const found = [];
  const look = (root) => {
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) look(one.shadowRoot);
      const pressed = 'button:not([aria-checked=true], .pick)'; // a row's name is its text, too
      const control = `${pressed}, input, select, textarea, a[download]`;
      if (one.matches(control) && one.checkVisibility()) found.push(one.outerHTML.slice(0, 120));
    }
  };
  look(document);
  return found;
}"""

# Parts that run over the edge of the paper or are cut by a box that only scrolls on a screen.
CUT_PARTS = """(width) => {
  const found = [];
  const parts = 'h1, h2, p, li, td, th, dd, dt, .frame, .tile, footer';
  const look = (root) => {
    for (const one of root.querySelectorAll(parts)) {
      const box = one.getBoundingClientRect();
      if (one.checkVisibility() && box.width && (box.left < -1 || box.right > width + 1)) {
        found.push(one.outerHTML.slice(0, 120));
      }
    }
    for (const one of root.querySelectorAll('*')) {
      if (one.shadowRoot) look(one.shadowRoot);
      if (one.matches('.scroll, [data-testid=stMain]') && one.scrollHeight > one.clientHeight + 1) {
        if (getComputedStyle(one).overflowY !== 'visible') found.push(`cut: ${one.className}`);
      }
    }
  };
  look(document);
  return found;
}"""

# Titles, maps, tables and charts that stand upon one another.
OVERLAPS = """() => {
  const parts = [...document.querySelectorAll('[data-testid=stElementContainer]')]
    .filter((one) => !one.querySelector('[data-testid=stElementContainer]'))
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.height > 1);
  return parts.flatMap(([one, a], i) => parts.slice(i + 1)
    .filter(([, b]) => Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
      && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2)
    .map(([other]) => `${one.innerText.slice(0, 40)} | ${other.innerText.slice(0, 40)}`));
}"""


def lay_on_paper(visitor: Visitor, path: str) -> None:
    """Show a page as the printer gets it, as wide as an A4 sheet is between its margins."""
    visitor.open(path)
    if path in AREA_MAP_PAGES:
        visitor.wait_for_map()
    visitor.page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    visitor.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visitor.page.emulate_media(media="print")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_on_paper_has_its_words_whole_and_nothing_to_press(
    visitor: Visitor, path: str
) -> None:
    lay_on_paper(visitor, path)
    expect(visitor.page.locator("h1.headline")).to_be_visible()
    if path != "/data":  # which nothing filters
        expect(visitor.page.locator(".filter-caption")).to_be_visible()
    expect(visitor.page.locator("footer.foot")).to_be_visible()
    assert visitor.page.evaluate(PRINTED_CONTROLS) == []
    assert visitor.page.evaluate(CUT_PARTS, PAPER_WIDTH) == []
    assert visitor.page.evaluate(OVERLAPS) == []


@pytest.mark.parametrize("path", AREA_MAP_PAGES)
def test_a_map_on_paper_has_its_legend_and_stands_on_one_sheet(visitor: Visitor, path: str) -> None:
    lay_on_paper(visitor, path)
    area_map = visitor.page.locator(".area-map")
    expect(area_map.locator(".legend li").first).to_be_visible()
    expect(area_map.locator(".zoom")).to_be_hidden()
    box = area_map.bounding_box()
    assert box
    assert box["height"] < 600  # of the 1,010 pixels of a sheet


def test_paper_is_light_whatever_the_screen(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    lay_on_paper(visitor, "/")
    ink = "getComputedStyle(document.querySelector('h1.headline')).color"
    assert visitor.page.evaluate(ink) == "rgb(23, 32, 51)"
    assert visitor.page.evaluate("document.documentElement.dataset.printedFrom") == "dark"


def test_every_row_of_a_list_is_printed_under_a_repeated_head(visitor: Visitor) -> None:
    lay_on_paper(visitor, "/kunjungan")
    table = visitor.page.locator(".table").first
    rows = table.locator("tbody tr")
    last = rows.last.bounding_box()
    box = table.locator(".scroll").bounding_box()
    assert last and box
    assert rows.count() > 100  # more than a screen, and more than a sheet
    assert last["y"] + last["height"] <= box["y"] + box["height"] + 1
    head = "head => [getComputedStyle(head).display, getComputedStyle(head.querySelector('th'), "
    head += "'::before').content]"
    assert table.locator("thead").evaluate(head) == ["table-header-group", '"Desa"']


def test_the_printed_file_is_upright_a4(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    file = tmp_path / "ringkasan.pdf"
    visitor.page.pdf(path=file, prefer_css_page_size=True, print_background=True)
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in content
