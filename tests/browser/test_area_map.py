"""The area map under the hand: double click, keyboard, finger, names, legend."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from geo import palette
from geo.gazetteer import gazetteer
from scripts.serve import Server
from tests.browser.conftest import Visitor, visitor_for

TOUCHING_NAMES = """(map) => {
  const boxes = [...map.querySelectorAll('.names text')].map((text) => {
    const box = text.getBoundingClientRect();
    return {name: text.textContent, left: box.left, right: box.right,
      top: box.top + box.height * 0.15, bottom: box.bottom - box.height * 0.15};
  });
  const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom
    && b.top < a.bottom;
  return boxes.flatMap((a, i) =>
    boxes.slice(i + 1).filter((b) => touch(a, b)).map((b) => `${a.name} and ${b.name}`));
}"""

NAMES = """(map) => [...map.querySelectorAll('text.name')].map((name) =>
  [...name.children].map((line) => line.textContent).join(' ')).sort()"""

KECAMATAN = """(map) => [...map.querySelectorAll('path.area')].map((area) =>
  area.getAttribute('aria-label').split(':')[0]).sort()"""

# Names that run out of the map's frame.
CUT_NAMES = """(map) => {
  const frame = map.querySelector('.frame').getBoundingClientRect();
  return [...map.querySelectorAll('text.name')].filter((name) => {
    const box = name.getBoundingClientRect();
    return box.left < frame.left || box.right > frame.right
      || box.top < frame.top || box.bottom > frame.bottom;
  }).map((name) => name.textContent);
}"""

IS_TIP_IN_FRAME = """(map) => {
  const tip = map.querySelector('.tip.shown').getBoundingClientRect();
  const frame = map.querySelector('.frame').getBoundingClientRect();
  return frame.left <= tip.left && tip.right <= frame.right
    && frame.top <= tip.top && tip.bottom <= frame.bottom;
}"""

# Which of the areas that a pointer can rest on have a tip that is cut or lies on them.
BAD_TIPS = """(map) => {
  const frame = map.querySelector('.frame').getBoundingClientRect();
  return [...map.querySelectorAll('path.area')].filter((area) => {
    const place = area.getBoundingClientRect();
    area.dispatchEvent(new PointerEvent('pointermove', {bubbles: true,
      clientX: place.left + place.width / 2, clientY: place.top + place.height / 2}));
    const tip = map.querySelector('.tip.shown').getBoundingClientRect();
    const isCut = tip.left < frame.left || tip.right > frame.right
      || tip.top < frame.top || tip.bottom > frame.bottom;
    const isOn = tip.left < place.right && place.left < tip.right
      && tip.top < place.bottom && place.top < tip.bottom;
    return isCut || isOn;
  }).map((area) => area.getAttribute('aria-label'));
}"""

IN_FRAME = """(map, names) => {
  const frame = map.querySelector('.frame').getBoundingClientRect();
  const shown = [...map.querySelectorAll('.names text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return frame.left <= box.left && box.right <= frame.right
      && frame.top <= box.top && box.bottom <= frame.bottom;
  }).map((text) => [...text.children].map((line) => line.textContent).join(' '));
  return names.filter((name) => shown.includes(name));
}"""


@pytest.fixture
def hand(browser: Browser, server: Server) -> Iterator[Visitor]:
    """A phone that is touched, not clicked."""
    one = visitor_for(browser, server, width=360, height=740, has_touch=True)
    yield one
    one.page.context.close()


def zoom_in(page: Page, times: int) -> None:
    for _ in range(times):
        page.get_by_role("button", name="Perbesar peta").click()
    expect(page.locator(".area-map")).to_have_attribute("data-zoom", f"{1.5**times:.2f}")


def show_desa(visitor: Visitor) -> None:
    visitor.page.get_by_role("radiogroup", name="Tingkat peta").get_by_text("Desa").click()
    expect(visitor.page.locator("path.area")).to_have_count(326)


def test_a_double_click_zooms_and_chooses_once(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    visitor.page.locator("path.area[aria-label^='Kopo:']").dblclick()
    expect(visitor.page.locator("path.area[aria-label^='Kopo:']")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(visitor.page.locator(".area-map")).to_have_attribute("data-zoom", "1.50")
    visitor.settle()
    assert re.search("kec=36.04.25", visitor.page.url)


def test_the_keyboard_brings_the_next_area_and_its_words_into_the_frame(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    area_map = visitor.page.locator(".area-map")
    zoom_in(visitor.page, 4)
    visitor.page.locator("path.area[tabindex='0']").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown"):
        visitor.page.keyboard.press(key)
        assert area_map.evaluate(IS_TIP_IN_FRAME)


def test_a_finger_moves_a_zoomed_map_and_not_the_page(hand: Visitor) -> None:
    hand.open("/")
    hand.wait_for_map()
    zoom_in(hand.page, 3)
    frame = hand.page.locator(".area-map .frame")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box
    view = hand.page.locator(".area-map g.view")
    before = view.get_attribute("transform") or ""
    scrolled = hand.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop")
    finger = hand.page.context.new_cdp_session(hand.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        shown = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": shown})

    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x, y - 8 * step))
    touch("touchEnd")
    expect(view).not_to_have_attribute("transform", before)
    assert hand.page.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == scrolled


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (360, 740)])
def test_names_do_not_touch_at_either_level(visitor: Visitor, width: int, height: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.open("/")
    visitor.wait_for_map()
    area_map = visitor.page.locator(".area-map")
    assert area_map.evaluate(TOUCHING_NAMES) == []
    show_desa(visitor)
    zoom_in(visitor.page, 3)
    assert area_map.evaluate(TOUCHING_NAMES) == []


# A laptop; a large screen; the same at 150 %; and the smallest phone.
@pytest.mark.parametrize(
    ("path", "width", "height"),
    [("/", 1366, 768), ("/", 1920, 1080), ("/", 1280, 720), ("/", 360, 740), ("/kasus", 1366, 768)],
)
def test_every_kecamatan_has_its_name_whole_and_apart(
    visitor: Visitor, path: str, width: int, height: int
) -> None:
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.open(path)
    visitor.wait_for_map()
    area_map = visitor.page.locator(".area-map")
    assert area_map.evaluate(NAMES) == area_map.evaluate(KECAMATAN)
    assert area_map.evaluate(TOUCHING_NAMES) == []
    assert area_map.evaluate(CUT_NAMES) == []


def test_the_legend_leaves_out_what_no_area_has(visitor: Visitor) -> None:
    visitor.open("/kasus")
    visitor.wait_for_map()
    counts = visitor.page.locator(".area-map .legend b").all_inner_texts()
    assert len(counts) >= 2
    assert "0" not in counts


def test_a_true_zero_does_not_glare_in_the_dark(visitor: Visitor) -> None:
    visitor.page.emulate_media(color_scheme="dark")
    visitor.open("/kasus")
    visitor.wait_for_map()
    fills = visitor.page.locator("path.area").evaluate_all(
        """areas => areas.filter((area) => area.getAttribute('aria-label').includes(': 0 '))
          .map((area) => getComputedStyle(area).fill)"""
    )
    assert set(fills) == {rgb(palette.BLANK.dark)}


def rgb(colour: str) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


def test_the_legend_counts_every_area_once(visitor: Visitor) -> None:
    visitor.open("/?kec=36.04.12")
    visitor.wait_for_map()
    counts = visitor.page.locator(".area-map .legend b")
    assert sum(map(int, counts.all_inner_texts())) == 29
    show_desa(visitor)
    assert sum(map(int, counts.all_inner_texts())) == 326


@pytest.mark.parametrize("level", ["kecamatan", "desa"])
def test_a_filter_zooms_to_its_kecamatan_and_names_them_all(visitor: Visitor, level: str) -> None:
    codes = ("36.04.09", "36.04.12", "36.04.16", "36.04.17", "36.04.35")
    visitor.open(f"/?{'&'.join(f'kec={code}' for code in codes)}&peta={level}")
    visitor.wait_for_map()
    area_map = visitor.page.locator(".area-map")
    chosen = [gazetteer().name(code) for code in codes]
    visitor.page.wait_for_timeout(200)
    assert float(area_map.get_attribute("data-zoom") or 1) > 1.5
    assert area_map.evaluate(IN_FRAME, chosen) == chosen
    visitor.page.get_by_role("button", name="Hapus semua pilihan").click()
    expect(area_map).to_have_attribute("data-zoom", "1.00")


def test_a_filter_that_is_in_view_leaves_the_reader_s_own_zoom(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    zoom_in(visitor.page, 1)
    visitor.page.locator("path.area[aria-label^='Kragilan:']").click()
    visitor.page.wait_for_url(re.compile("kec="))
    visitor.settle()
    expect(visitor.page.locator(".area-map path.ring[d^=M]")).to_have_count(1)
    expect(visitor.page.locator(".area-map")).to_have_attribute("data-zoom", "1.50")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (360, 740)])
def test_a_tip_is_whole_and_beside_its_area(visitor: Visitor, width: int, height: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.open("/")
    visitor.wait_for_map()
    assert visitor.page.locator(".area-map").evaluate(BAD_TIPS) == []


def test_the_map_is_one_stop_of_the_tab_key(visitor: Visitor) -> None:
    visitor.open("/?peta=desa")
    visitor.wait_for_map()
    assert visitor.page.locator("path.area").count() == 326
    assert visitor.page.locator("path.area[tabindex='0']").count() == 1


def test_the_level_of_the_map_stands_in_the_link(visitor: Visitor) -> None:
    visitor.open("/?kec=36.04.12")
    visitor.wait_for_map()
    show_desa(visitor)
    assert visitor.page.url.endswith("/?kec=36.04.12&peta=desa")
    visitor.page.reload()
    visitor.wait_for_map()
    expect(visitor.page.locator("path.area")).to_have_count(326)
    visitor.page.go_back()
    expect(visitor.page.locator("path.area")).to_have_count(29)
    assert visitor.page.url.endswith("/?kec=36.04.12")


def test_the_level_is_remembered_on_the_way_back(visitor: Visitor) -> None:
    visitor.open("/?peta=desa")
    visitor.wait_for_map()
    levels = visitor.page.get_by_role("radiogroup", name="Tingkat peta")
    for level, areas, query in (("Kecamatan", 29, ""), ("Desa", 326, "?peta=desa")):
        levels.get_by_text(level).click()
        expect(visitor.page.locator("path.area")).to_have_count(areas)
        visitor.page.get_by_role("link", name="Data").click()
        visitor.page.wait_for_url(re.compile("/data"))
        visitor.settle()
        visitor.page.get_by_role("link", name="Ringkasan").click()
        visitor.wait_for_map()
        visitor.settle()
        expect(visitor.page.locator("path.area")).to_have_count(areas)
        assert visitor.page.url == f"{visitor.server.url}/{query}"
