"""What others wrote is shown as they wrote it: no link, formula, icon or markup comes of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from geo.legible import legible, shortened
from pages.components.escaping import label_text
from scripts.serve import running_server
from tests.browser.conftest import TODAY, Visitor, visitor_for
from tests.payloads import HTML_LINK, PAYLOADS

ROOT = Path(__file__).parents[2]
GALLERY = Path(__file__).with_name("text_gallery.py")

# Whatever Markdown, HTML or Plotly would have made of a payload.
MADE_OF_TEXT = (
    "a[href^='http'], a[href^='www'], a[href^='mailto'], a[href^='javascript'], img, .katex, code,"
    " em, strong, del, blockquote, ol, ul, table, h1, h3, hr, sup, b, svg[onload], pre,"
    " span[role=img], .stMarkdownBadge, .stMarkdownColoredText:not(:empty)"
)


def one_line(text: str) -> str:
    """Return a text as a browser lays it out: spaces in a row are one."""
    return " ".join(legible(text).split())


@pytest.fixture
def gallery(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    settings = {"PANTAU_TODAY": TODAY, "PYTHONPATH": os.fspath(ROOT)}
    with running_server(tmp_path, settings, script=GALLERY) as server:
        visitor = visitor_for(browser, server)
        yield visitor
        visitor.page.context.close()


def shown(visitor: Visitor, selector: str) -> list[str]:
    """Return what stands in every element, spaces in a row as one."""
    texts = visitor.page.locator(selector).all_text_contents()
    return [" ".join(text.split()) for text in texts]


def test_what_streamlit_and_plotly_draw_is_the_text_itself(gallery: Visitor) -> None:
    gallery.open("/")
    page = gallery.page
    whole = [one_line(each) for each in PAYLOADS]
    around = [one_line(f"Awal {each} akhir") for each in PAYLOADS]
    labels = [one_line(label_text(each)) for each in PAYLOADS]
    names = [one_line(shortened(legible(each), 32)) for each in PAYLOADS]
    page.wait_for_function(
        f"document.querySelectorAll('.stPlotlyChart .ytick').length === {len(names)}"
    )
    assert shown(gallery, "[data-testid=stCaptionContainer]") == whole
    assert shown(gallery, "[data-testid=stAlertContentSuccess]") == around
    assert shown(gallery, "p.html") == whole
    assert shown(gallery, ".stButton [data-testid=stMarkdownContainer]") == labels
    assert shown(gallery, "[role=radiogroup] [data-testid=stMarkdownContainer]") == labels
    assert shown(gallery, ".stPlotlyChart .ytick text") == names
    made = page.locator(".st-key-isi, .st-key-label").locator(MADE_OF_TEXT)
    assert made.evaluate_all("all => all.map((each) => each.outerHTML)") == []
    assert page.locator(".stPlotlyChart :is(a, image, b, i)").count() == 0
    assert page.evaluate("window.diserang") is None
    assert (gallery.errors, gallery.external) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366, "a long text widens"
    bar = page.locator(".stPlotlyChart .point path").nth(PAYLOADS.index(HTML_LINK))
    bar.hover(force=True)
    page.locator(".hoverlayer .hovertext").get_by_text(HTML_LINK).first.wait_for()
    assert page.locator(".hoverlayer a").count() == 0
