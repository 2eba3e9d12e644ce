"""The field map under the hand: pointing at a desa, filter, names, limits, keyboard, finger."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, expect

from scripts.serve import Server
from tests.browser.conftest import Visitor, visitor_for

LONTAR = "36.04.13.2007"

# Names that stand: kind, words, and whether they are inside the map.
NAMES = """(map) => {
  const frame = map.getBoundingClientRect();
  return [...map.querySelectorAll('.field-name')]
    .filter((name) => name.style.visibility === 'visible')
    .map((name) => ({text: name.textContent, kind: name.classList[1],
      box: name.getBoundingClientRect()}))
    .filter(({box}) => frame.left <= box.left && box.right <= frame.right
      && frame.top <= box.top && box.bottom <= frame.bottom);
}"""

TOUCHING = """(map) => {
  const boxes = [...map.querySelectorAll('.field-name')]
    .filter((name) => name.style.visibility === 'visible')
    .map((name) => [name.textContent, name.getBoundingClientRect()]);
  const touch = ([, a], [, b]) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => touch(a, b))
    .map((b) => `${a[0]} and ${b[0]}`));
}"""

BAD_TOOLTIP = """(map) => {
  const words = map.querySelector('.leaflet-tooltip table').getBoundingClientRect();
  const tip = map.querySelector('.leaflet-tooltip').getBoundingClientRect();
  const frame = map.getBoundingClientRect();
  const place = map.querySelector('path:focus').getBoundingClientRect();
  const isCut = tip.left < frame.left || tip.right > frame.right
    || tip.top < frame.top || tip.bottom > frame.bottom
    || words.right > tip.right || words.bottom > tip.bottom;
  const isOn = tip.left < place.right && place.left < tip.right
    && tip.top < place.bottom && place.top < tip.bottom;
  return isCut ? 'cut' : isOn ? 'on its place' : '';
}"""


IS_POPUP_OVER_RING = """(map) => {
  const tip = map.querySelector('.leaflet-popup-tip').getBoundingClientRect();
  const ring = map.querySelector('path.ring').getBoundingClientRect();
  const middle = (tip.left + tip.right) / 2;
  return ring.left < middle && middle < ring.right;
}"""


@pytest.fixture
def hand(browser: Browser, server: Server) -> Iterator[Visitor]:
    """A phone that is touched, not clicked."""
    one = visitor_for(browser, server, width=360, height=740, has_touch=True)
    yield one
    one.page.context.close()


def open_map(visitor: Visitor, query: str = "") -> FrameLocator:
    visitor.open(f"/kunjungan{query}")
    frame = visitor.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    frame.locator(".leaflet-container[data-ready]").wait_for(timeout=60_000)
    frame.locator("path[data-code]").first.wait_for(state="attached")
    return frame


def area(frame: FrameLocator, code: str) -> Locator:
    return frame.locator(f"path[data-code='{code}']")


def map_of(frame: FrameLocator) -> Locator:
    return frame.locator(".leaflet-container")


def test_a_desa_chosen_on_the_map_survives_a_reload(visitor: Visitor) -> None:
    frame = open_map(visitor)
    area(frame, LONTAR).click()
    visitor.page.wait_for_url(re.compile(f"desa={LONTAR}"))
    visitor.page.reload()
    visitor.wait()
    expect(frame.locator(".leaflet-popup")).to_contain_text("Lontar")
    expect(frame.locator("path.ring")).to_have_count(2)
    assert map_of(frame).evaluate(IS_POPUP_OVER_RING)
    expect(visitor.page.locator(".table tr.picked .pick")).to_have_text("Lontar")


def test_a_chosen_desa_outlives_a_look_at_the_kecamatan(visitor: Visitor) -> None:
    frame = open_map(visitor, f"?desa={LONTAR}")
    levels = visitor.page.get_by_role("radiogroup", name="Tingkat peta")
    popup = frame.locator(".leaflet-popup")  # while one fades away, another stands already
    levels.get_by_text("Kecamatan").click()
    expect(popup.filter(has_text="Rincian")).to_be_visible()
    levels.get_by_text("Desa").click()
    expect(popup.filter(has_text="Lontar")).to_be_visible()
    visitor.settle()
    assert visitor.page.url.endswith(f"/kunjungan?desa={LONTAR}")


def test_closing_its_popup_lets_a_desa_go(visitor: Visitor) -> None:
    frame = open_map(visitor, f"?desa={LONTAR}")
    frame.get_by_role("button", name="Tutup").click()
    visitor.page.wait_for_url(re.compile("/kunjungan$"))
    expect(frame.locator("path.ring")).to_have_count(0)


def test_a_desa_found_by_search_is_shown_on_the_map(visitor: Visitor) -> None:
    frame = open_map(visitor, "?peta=kecamatan")
    search = visitor.page.get_by_label("Cari desa")
    search.fill("lontar")
    search.press("Enter")
    expect(frame.locator(".leaflet-popup")).to_contain_text("Lontar")
    expect(frame.locator("path[data-code]")).to_have_count(326)
    assert f"desa={LONTAR}" in visitor.page.url
    # Near enough to read the names of desa.
    expect(frame.locator(".field-name.desa").filter(has_text="Lontar")).to_be_visible()


def test_another_row_moves_the_map_to_its_desa(visitor: Visitor) -> None:
    frame = open_map(visitor)
    rows = visitor.page.locator(".table tbody tr")
    for place in (0, 5):
        name = rows.nth(place).locator(".pick").inner_text()
        rows.nth(place).click()
        expect(frame.locator(".leaflet-popup")).to_contain_text(name)
        expect(frame.locator(".leaflet-popup")).to_be_in_viewport()


def test_a_desa_outside_the_filter_is_named_instead_of_shown(visitor: Visitor) -> None:
    open_map(visitor, f"?desa={LONTAR}&kec=36.04.30")
    expect(visitor.page.get_by_text("di luar saringan ini, jadi tidak ditunjuk")).to_be_visible()


@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_a_filter_zooms_to_its_kecamatan_and_names_them_all(visitor: Visitor, level: str) -> None:
    frame = open_map(visitor, f"?kec=36.04.12&kec=36.04.17&kec=36.04.35&peta={level}")
    names = map_of(frame).evaluate(NAMES)
    kecamatan = {name["text"] for name in names if name["kind"] == "kecamatan"}
    assert {"Pontang", "Carenang", "Lebak Wangi"} <= kecamatan
    near = map_of(frame).evaluate("() => map_div.getZoom()")
    visitor.page.get_by_role("button", name="Hapus semua pilihan").click()
    expect(frame.locator("path[data-code]")).to_have_count(29 if level == "kecamatan" else 326)
    visitor.settle()
    visitor.page.wait_for_timeout(600)
    assert map_of(frame).evaluate("() => map_div.getZoom()") < near


def test_names_do_not_touch_when_desa_are_named(visitor: Visitor) -> None:
    frame = open_map(visitor, "?kec=36.04.12&kec=36.04.17")
    frame.get_by_role("button", name="Perbesar peta").click()
    visitor.page.wait_for_timeout(600)
    assert {name["kind"] for name in map_of(frame).evaluate(NAMES)} == {"kecamatan", "desa"}
    assert map_of(frame).evaluate(TOUCHING) == []


def test_a_reader_who_strays_finds_the_way_home(visitor: Visitor) -> None:
    frame = open_map(visitor)
    zoom = "() => map_div.getZoom()"
    home = map_of(frame).evaluate(zoom)
    map_of(frame).evaluate("() => map_div.setZoom(1, {animate: false})")
    assert map_of(frame).evaluate(zoom) >= home - 0.5
    map_of(frame).evaluate("() => map_div.setView([0, 0], 14, {animate: false})")
    visitor.page.wait_for_timeout(600)
    frame.get_by_role("button", name="Tampilkan seluruh peta").click()
    visitor.page.wait_for_timeout(800)
    assert map_of(frame).evaluate(zoom) == home
    assert len(map_of(frame).evaluate(NAMES)) >= 12


@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_a_tooltip_is_whole_and_beside_its_place(visitor: Visitor, level: str) -> None:
    frame = open_map(visitor, f"?peta={level}")
    frame.locator("path[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft"):
        visitor.page.keyboard.press(key)
        assert map_of(frame).evaluate(BAD_TOOLTIP) == ""


def test_the_keyboard_goes_through_the_map_in_one_stop(visitor: Visitor) -> None:
    frame = open_map(visitor)
    stop = frame.locator("path[tabindex='0']")
    expect(stop).to_have_count(1)
    stop.focus()
    first = stop.get_attribute("data-code")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
        visitor.page.keyboard.press(key)
    there = stop.get_attribute("data-code")
    assert there and there != first
    visitor.page.keyboard.press("Enter")
    expect(frame.locator(".leaflet-popup")).to_have_count(1)
    visitor.page.wait_for_url(re.compile(f"desa={there}"))
    visitor.settle()
    expect(area(frame, there)).to_be_focused()
    visitor.page.keyboard.press("Escape")
    expect(frame.locator(".leaflet-popup")).to_have_count(0)
    visitor.page.keyboard.press("Escape")
    expect(frame.locator("path:focus")).to_have_count(0)


def test_one_finger_scrolls_the_page_and_two_move_the_map(hand: Visitor) -> None:
    frame = open_map(hand)
    hand.page.locator("iframe").scroll_into_view_if_needed()
    hand.page.wait_for_timeout(500)
    box = hand.page.locator("iframe").bounding_box()
    assert box
    finger = hand.page.context.new_cdp_session(hand.page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    top = "main => main.scrollTop"
    main = hand.page.locator("[data-testid=stMain]")
    centre = "() => [map_div.getCenter().lat, map_div.getCenter().lng, map_div.getZoom()]"

    def swipe(*starts: tuple[float, float]) -> None:
        for step in range(0, 12):
            points = [{"x": left, "y": up - 10 * step} for left, up in starts]
            kind = "touchMove" if step else "touchStart"
            finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    before, scrolled = map_of(frame).evaluate(centre), main.evaluate(top)
    swipe((x, y))
    expect(frame.get_by_text("Geser peta dengan dua jari")).to_have_class(re.compile("shown"))
    hand.page.wait_for_timeout(600)
    assert map_of(frame).evaluate(centre) == before
    assert main.evaluate(top) > scrolled

    scrolled = main.evaluate(top)
    frame.get_by_role("button", name="Perbesar peta").tap()
    hand.page.wait_for_timeout(600)
    before = map_of(frame).evaluate(centre)
    y -= main.evaluate(top) - scrolled
    swipe((x - 40, y), (x + 40, y))
    hand.page.wait_for_timeout(600)
    assert map_of(frame).evaluate(centre)[0] < before[0]


def test_the_wheel_scrolls_the_page_and_not_the_map(visitor: Visitor) -> None:
    frame = open_map(visitor)
    zoom = "() => map_div.getZoom()"
    before = map_of(frame).evaluate(zoom)
    map_of(frame).hover()
    visitor.page.mouse.wheel(0, 200)
    visitor.page.wait_for_timeout(600)
    assert map_of(frame).evaluate(zoom) == before
    assert visitor.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") > 0


def test_the_base_map_stays_when_the_filter_or_the_level_changes(visitor: Visitor) -> None:
    frame = open_map(visitor)
    map_of(frame).evaluate("(map) => { map.dataset.mine = 'yes' }")
    visitor.page.get_by_role("radiogroup", name="Tingkat peta").get_by_text("Kecamatan").click()
    expect(frame.locator("path[data-code]")).to_have_count(29)
    visitor.page.get_by_text("12 bulan", exact=True).click()
    visitor.page.wait_for_url(re.compile("periode=12-bulan&peta=kecamatan"))
    visitor.settle()
    expect(map_of(frame)).to_have_attribute("data-mine", "yes")
