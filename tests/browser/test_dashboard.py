"""What only a browser shows: maps drawn, nothing asked from outside, links, zoom, access."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

PAGES = ["/", "/kunjungan", "/sosialisasi", "/kasus", "/data"]
AREA_MAP_PAGES = ["/", "/sosialisasi", "/kasus"]


def field_map_shapes(visitor: Visitor) -> int:
    frame = visitor.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    frame.locator("path.leaflet-interactive").first.wait_for(timeout=30_000)
    return frame.locator("path.leaflet-interactive").count()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_cold_without_modal_error_or_external_request(
    visitor: Visitor, path: str
) -> None:
    visitor.open(path)
    assert visitor.external == []
    assert visitor.page.locator("[data-testid=stException], [data-testid=stAlert]").count() == 0
    assert visitor.page.locator("[role=dialog]").count() == 0
    assert [
        error for error in visitor.errors if "_stcore" not in error and "404" not in error
    ] == []


@pytest.mark.parametrize("path", AREA_MAP_PAGES)
def test_the_area_map_draws_29_named_kecamatan(visitor: Visitor, path: str) -> None:
    visitor.open(path)
    visitor.wait_for_map()
    assert visitor.page.locator(".area-map path.area").count() == 29
    assert visitor.page.locator(".area-map text.name").count() >= 12


def test_names_of_neighbours_stand_whole_beside_the_kabupaten(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    hidden = visitor.page.locator(".area-map").evaluate(
        """(map) => {
          const outline = map.querySelector('path.outline');
          const frame = map.querySelector('.frame').getBoundingClientRect();
          const toUnits = outline.getScreenCTM().inverse();
          return [...map.querySelectorAll('text.place')].filter((name) => {
            const box = name.getBoundingClientRect();
            const corners = [[box.left, box.top], [box.right, box.top],
              [box.left, box.bottom], [box.right, box.bottom]];
            return box.left < frame.left || box.right > frame.right || corners.some(([x, y]) =>
              outline.isPointInFill(new DOMPoint(x, y).matrixTransform(toUnits)));
          }).map((name) => name.textContent);
        }"""
    )
    assert visitor.page.locator(".area-map text.place").count() >= 6
    assert hidden == []


def test_the_field_map_draws_326_desa_offline(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    assert field_map_shapes(visitor) == 326
    assert visitor.external == []


def test_names_on_the_field_map_do_not_touch(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    field_map_shapes(visitor)
    visitor.page.wait_for_timeout(500)
    frame = visitor.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    touching = frame.locator(".leaflet-container").evaluate(
        """(map) => {
          const names = [...map.querySelectorAll('.leaflet-marker-icon span')]
            .filter((name) => name.style.visibility !== 'hidden');
          const boxes = names.map((name) => name.getBoundingClientRect());
          const touch = (a, b) => a.left < b.right && b.left < a.right
            && a.top < b.bottom && b.top < a.bottom;
          const touched = boxes.filter((a, i) => boxes.some((b, j) => i < j && touch(a, b)));
          return [names.length, touched.length];
        }"""
    )
    assert touching[0] >= 12
    assert touching[1] == 0


def test_the_field_map_does_not_jump_when_it_is_drawn(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.server.url}/kunjungan")
    frame = visitor.page.locator("iframe[data-testid=stCustomComponentV1]")
    frame.wait_for(state="visible", timeout=60_000)
    before = frame.bounding_box()
    field_map_shapes(visitor)
    visitor.settle()
    assert frame.bounding_box() == before


def test_a_deep_link_sets_the_filter(visitor: Visitor) -> None:
    visitor.open("/kasus?periode=program&kec=36.04.12&kec=36.04.13&banding=tanpa")
    caption = visitor.page.locator(".filter-caption").inner_text()
    assert caption.startswith("September 2023–Oktober 2026, Kecamatan Pontang dan Tirtayasa")


def test_the_filter_survives_navigation_and_reload(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.get_by_text("12 bulan", exact=True).click()
    visitor.page.wait_for_url(re.compile("periode=12-bulan"))
    visitor.settle()
    before = visitor.page.locator(".filter-caption").inner_text()
    visitor.page.locator("[data-testid=stTopNavLink]", has_text="Kasus").click()
    visitor.page.wait_for_url(re.compile(r"/kasus\?periode=12-bulan"))
    visitor.page.reload()
    visitor.wait()
    assert visitor.page.locator(".filter-caption").inner_text() == before


def test_back_restores_the_filter_before(visitor: Visitor) -> None:
    visitor.open("/?periode=program")
    visitor.page.get_by_text("Tahun ini", exact=True).click()
    visitor.page.wait_for_function("!location.search.includes('periode')")
    visitor.settle()
    visitor.page.go_back()
    visitor.page.wait_for_url(re.compile("periode=program"))
    visitor.page.wait_for_function(
        "document.querySelector('.filter-caption').textContent.startsWith('September 2023')"
    )


def test_zoom_survives_a_filter_change_and_geometry_travels_once(visitor: Visitor) -> None:
    fetched: list[str] = []
    visitor.page.on("request", lambda request: fetched.append(request.url))
    visitor.open("/")
    visitor.wait_for_map()
    visitor.page.get_by_role("button", name="Perbesar peta").click()
    visitor.page.wait_for_selector(".area-map[data-zoom='1.50']")
    shown = visitor.page.locator(".area-map").get_attribute("data-ready")
    visitor.page.get_by_text("Triwulan ini", exact=True).click()
    visitor.page.wait_for_function(
        "shown => document.querySelector('[data-testid=stBidiComponentRegular], .stBidiComponent')"
        " && location.search.includes('triwulan')",
        arg=shown,
    )
    visitor.settle()
    assert visitor.page.locator(".area-map").get_attribute("data-zoom") == "1.50"
    assert len([url for url in fetched if "/peta/kecamatan" in url]) == 1


def test_a_click_on_the_map_narrows_the_page_and_a_second_releases_it(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    visitor.page.locator("path.area[aria-label^='Pontang:']").click()
    visitor.page.wait_for_url(re.compile("kec=36.04.12"))
    visitor.settle()
    visitor.page.wait_for_selector("path.area[aria-label^='Pontang:'][aria-pressed=true]")
    visitor.page.locator("path.area[aria-label^='Pontang:']").click()
    visitor.page.wait_for_function("!location.search.includes('kec')")


def test_the_map_is_usable_by_keyboard(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    visitor.page.locator("path.area[tabindex='0']").focus()
    first = visitor.page.evaluate(ACTIVE_LABEL)
    visitor.page.keyboard.press("ArrowDown")
    assert visitor.page.evaluate(ACTIVE_LABEL) != first
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(re.compile("kec=36.04"))


ACTIVE_LABEL = """() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active?.getAttribute('aria-label');
}"""


def test_a_table_can_be_searched_and_sorted(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    table = visitor.page.locator(".table").first
    table.get_by_placeholder("Cari desa").fill("lontar")
    assert table.locator("tbody tr").count() == 1
    table.get_by_placeholder("Cari desa").fill("")
    table.get_by_role("button", name="Desa", exact=False).first.click()
    names = table.locator("tbody th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)


@pytest.mark.parametrize(("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_map_can_be_downloaded(visitor: Visitor, kind: str, start: bytes) -> None:
    visitor.open("/")
    visitor.wait_for_map()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=f"Unduh peta (.{kind})").click()
    content = download.value.path().read_bytes()
    assert content.startswith(start)


def test_a_table_can_be_downloaded_as_a_workbook(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    visitor.page.get_by_role("radio", name="Semua", exact=True).click()
    visitor.page.get_by_text("326 desa", exact=True).wait_for()
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Unduh tabel (.xlsx)").first.click()
    with download.value.path().open("rb") as stream:
        sheet = load_workbook(stream).active
    cells = [row[0].value for row in sheet.iter_rows()]
    assert cells[:3] == [
        "Desa menurut kemendesakan kunjungan",
        "Januari–Oktober 2026, 29 kecamatan, semua desa, dibandingkan dengan Januari–Oktober 2025",
        "Urutan: desa binaan, kelas laporan kasus kecamatannya pada periode ini, lalu hari sejak "
        "kunjungan (belum pernah = terlama).",
    ]
    assert cells[3] == "DATA CONTOH, bukan data nyata"
    assert str(cells[5]).startswith("Sumber: data contoh. Data sampai 31 Oktober 2026.")
    codes = cells[cells.index("Kode desa") + 1 :]
    assert len(codes) == 326
    assert all(isinstance(code, str) for code in codes)
    assert sheet.auto_filter.ref is not None


def test_a_workbook_holds_the_rows_of_the_screen_in_their_order(visitor: Visitor) -> None:
    visitor.open("/kasus?periode=program")
    rows = visitor.page.locator(".table tbody tr")
    rows.first.wait_for()
    shown = rows.evaluate_all("rows => rows.map(row => [...row.children].map(c => c.innerText))")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Unduh tabel (.xlsx)").click()
    with download.value.path().open("rb") as stream:
        sheet = load_workbook(stream).active
    written = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    header = next(place for place, row in enumerate(written) if row[0] == "Kecamatan")
    assert written[header + 1 :] == shown


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_over_the_edge_of_a_phone(phone: Visitor, path: str) -> None:
    phone.open(path)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_month_pickers_stand_in_the_one_filter_row(visitor: Visitor) -> None:
    visitor.open("/?dari=2024-05&sampai=2026-08")
    row = visitor.page.locator(".st-key-filter_row > *")
    tops = row.evaluate_all("all => all.map((one) => Math.round(one.getBoundingClientRect().top))")
    assert len(tops) == 5
    assert max(tops) - min(tops) < 20


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_at_twice_the_size(visitor: Visitor, path: str) -> None:
    """A browser at 200 % shows a laptop's screen as one of half its width."""
    visitor.page.set_viewport_size({"width": 683, "height": 384})
    visitor.open(path)
    name = "getComputedStyle(document.querySelector('header'), '::after').content"
    assert "Pantau Desa Binaan" in visitor.page.evaluate(name)
    cut = visitor.page.locator("[role=radiogroup], [data-testid=stCheckbox]").evaluate_all(
        """all => all.filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.innerText)"""
    )
    assert cut == []


def test_a_legend_keeps_its_colours_where_the_system_chooses_them(visitor: Visitor) -> None:
    visitor.page.emulate_media(forced_colors="active")
    visitor.open("/")
    visitor.wait_for_map()
    colours = visitor.page.locator(".area-map .swatch").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(colours)) == len(colours) >= 3


def test_the_filter_folds_on_a_phone(phone: Visitor) -> None:
    phone.open("/")
    assert not phone.page.get_by_text("Sejak program", exact=True).is_visible()
    phone.page.get_by_text("Saring data", exact=True).click()
    phone.page.get_by_text("Sejak program", exact=True).wait_for(state="visible")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visitor: Visitor, path: str, scheme: str) -> None:
    visitor.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visitor.open(path)
    if path in AREA_MAP_PAGES:
        visitor.wait_for_map()
    assert serious_violations(visitor) == []


def serious_violations(visitor: Visitor) -> list[str]:
    violations = Axe().run(visitor.page).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_chosen_kecamatan_and_the_month_pickers_reach_their_contrast(
    visitor: Visitor, scheme: str
) -> None:
    visitor.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visitor.open("/?dari=2026-01&sampai=2026-05&kec=36.04.12")
    visitor.page.get_by_role("button", name="Jan 2026").click()
    expect(visitor.page.get_by_role("combobox", name="Sampai bulan")).to_be_visible()
    assert serious_violations(visitor) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("section", ["Masukkan berkas", "Pengaturan"])
def test_axe_finds_nothing_serious_in_the_parts_of_data(
    visitor: Visitor, section: str, scheme: str, tmp_path: Path
) -> None:
    visitor.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    visitor.open("/data")
    visitor.page.get_by_text(section, exact=True).click()
    if section == "Masukkan berkas":
        rekap = tmp_path / "rekap.csv"
        rekap.write_text("Tanggal;Desa;Hasil\n02/02/2026;Lontar;nihil\n", encoding="utf-8")
        visitor.page.locator("input[type=file]").set_input_files(rekap)
        visitor.page.get_by_role("button", name="Periksa berkas").click()
        expect(visitor.page.get_by_text("Pratinjau", exact=True)).to_be_visible()
    else:
        expect(visitor.page.get_by_role("button", name="Simpan wilayah kantor")).to_be_visible()
    visitor.settle()
    assert serious_violations(visitor) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        *((path, "Belum ada catatan kunjungan") for path in PAGES if path != "/data"),
        ("/data", "masukkan berkas pertama"),
    ],
)
def test_an_empty_store_says_what_to_do_next(empty_visitor: Visitor, path: str, words: str) -> None:
    empty_visitor.open(path)
    assert words in empty_visitor.page.locator("h1.headline").inner_text()
    assert empty_visitor.page.locator("[data-testid=stException]").count() == 0


def test_an_empty_store_leads_to_the_page_that_fills_it(empty_visitor: Visitor) -> None:
    empty_visitor.open("/kasus")
    empty_visitor.page.get_by_role("link", name="Masukkan kasus").click()
    empty_visitor.page.wait_for_url(re.compile("/data"))
    empty_visitor.page.get_by_text("masukkan berkas pertama").wait_for()


def test_a_click_on_the_field_map_narrows_the_list(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    field_map_shapes(visitor)
    frame = visitor.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    frame.locator("path.leaflet-interactive").nth(60).click()
    visitor.page.get_by_role("button", name="Tampilkan semua desa").wait_for(timeout=15_000)
    assert "dari 326" not in visitor.page.locator(".table .count").first.inner_text()
    visitor.page.get_by_role("button", name="Tampilkan semua desa").click()
    visitor.page.wait_for_function(
        "!document.body.innerText.includes('Tampilkan semua desa')", timeout=15_000
    )


def test_a_list_that_was_released_can_be_narrowed_to_the_same_kecamatan(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    field_map_shapes(visitor)
    area = visitor.page.frame_locator("iframe").locator("path.leaflet-interactive").nth(60)
    release = visitor.page.get_by_role("button", name="Tampilkan semua desa")
    area.click()
    release.click()
    expect(release).to_have_count(0)
    visitor.settle()
    box = area.bounding_box()
    assert box
    visitor.page.mouse.click(box["x"] + box["width"] / 2 + 2, box["y"] + box["height"] / 2)
    expect(release).to_be_visible()


def test_the_popup_of_the_field_map_closes_in_indonesian(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    field_map_shapes(visitor)
    frame = visitor.page.frame_locator("iframe")
    frame.locator("path.leaflet-interactive").nth(60).click()
    popup = frame.locator(".leaflet-popup")
    popup.get_by_role("button", name="Tutup").click()
    expect(popup).to_have_count(0)


def test_the_field_map_keeps_its_zoom_when_the_filter_changes(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    field_map_shapes(visitor)
    frame = visitor.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    frame.locator(".leaflet-control-zoom-in").click()
    visitor.page.wait_for_timeout(800)
    scale = frame.locator(".leaflet-control-scale-line").inner_text()
    visitor.page.get_by_text("12 bulan", exact=True).click()
    visitor.page.wait_for_url(re.compile("periode=12-bulan"))
    visitor.settle()
    visitor.page.wait_for_timeout(800)
    assert frame.locator(".leaflet-control-scale-line").inner_text() == scale


def test_the_field_map_stands_on_a_phone(phone: Visitor) -> None:
    phone.open("/kunjungan")
    assert field_map_shapes(phone) == 326
