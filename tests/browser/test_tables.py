"""A table on screen: sorting by what a column means, searching what stands in it."""

from __future__ import annotations

from datetime import datetime

import pytest
from babel.dates import get_month_names
from playwright.sync_api import Locator

from tests.browser.conftest import Visitor

MONTHS = {name: number for number, name in get_month_names("abbreviated", locale="id").items()}


def village_table(visitor: Visitor) -> Locator:
    visitor.open("/kunjungan")
    table = visitor.page.locator(".st-key-daftar_desa .table")
    visitor.page.get_by_role("radio", name="Semua", exact=True).click()
    table.get_by_text("326 desa", exact=True).wait_for()
    return table


def as_day(text: str) -> datetime:
    day, month, year = text.split()
    return datetime(int(year), MONTHS[month], int(day))


def test_dates_are_sorted_by_day_and_not_by_letter(visitor: Visitor) -> None:
    table = village_table(visitor)
    table.get_by_role("button", name="Kunjungan terakhir").click()
    texts = table.locator("tbody td.date").all_inner_texts()
    days = [as_day(text) for text in texts if text != "–"]
    assert len(days) > 200
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("direction", ["descending", "ascending"])
def test_missing_numbers_stand_last_either_way(visitor: Visitor, direction: str) -> None:
    table = village_table(visitor)
    header = table.locator("th", has_text="Hari sejak kunjungan")
    while header.get_attribute("aria-sort") != direction:
        header.get_by_role("button").click()
    numbers = table.locator("tbody td.number").all_inner_texts()
    assert numbers[0] != "–"
    assert numbers[-1] == "–"


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [("BELUM PERNAH", True), ("okt 2026", True), (".*", False), ("<b>", False), ("\\", False)],
)
def test_a_search_reads_every_word_in_the_row_as_plain_text(
    visitor: Visitor, wanted: str, is_found: bool
) -> None:
    table = village_table(visitor)
    table.get_by_placeholder("Cari desa").fill(wanted)
    assert (table.locator("tbody tr").count() > 0) == is_found
    assert table.get_by_text("Tidak ada yang cocok").is_visible() != is_found


def picked_desa(table: Locator) -> str:
    return table.locator("tr.picked .pick").inner_text()


def test_a_click_on_a_row_picks_its_desa(visitor: Visitor) -> None:
    table = village_table(visitor)
    row = table.locator("tbody tr").nth(3)
    row.locator("td.date").click()
    table.locator("tr.picked").wait_for()
    assert picked_desa(table) == row.locator(".pick").inner_text()


def test_rows_are_one_tab_stop_and_arrow_keys_step_between_them(visitor: Visitor) -> None:
    table = village_table(visitor)
    assert table.locator('.pick[tabindex="0"]').count() == 1
    table.locator('.pick[tabindex="0"]').focus()
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    table.locator("tr.picked").wait_for()
    third = table.locator("tbody tr").nth(2).locator(".pick")
    assert picked_desa(table) == third.inner_text()
    assert third.evaluate("button => button.getRootNode().activeElement === button")


def test_enter_in_the_search_picks_the_first_desa_found(visitor: Visitor) -> None:
    table = village_table(visitor)
    search = table.get_by_placeholder("Cari desa")
    search.fill("Wargasara")
    search.press("Enter")
    table.locator("tr.picked").wait_for()
    assert picked_desa(table) == "Wargasara"


def test_the_order_of_urgency_comes_back_after_another(visitor: Visitor) -> None:
    table = village_table(visitor)
    names = table.locator("tbody .pick")
    urgent = names.all_inner_texts()
    back = table.get_by_role("button", name="Urutkan menurut kemendesakan")
    assert not back.is_visible()
    table.get_by_role("button", name="Kunjungan terakhir").click()
    assert names.all_inner_texts() != urgent
    back.click()
    assert names.all_inner_texts() == urgent


def test_a_printed_table_is_whole(visitor: Visitor) -> None:
    table = village_table(visitor)
    visitor.page.emulate_media(media="print")
    height = "box => box.clientHeight >= box.scrollHeight"
    assert table.locator(".scroll").evaluate(height)
    assert not table.get_by_placeholder("Cari desa").is_visible()


def test_a_search_finds_a_desa_that_needs_no_visit(visitor: Visitor) -> None:
    visitor.open("/kunjungan")
    table = visitor.page.locator(".st-key-daftar_desa .table")
    table.locator("tbody tr").first.wait_for()
    on_time = table.get_by_text("Tepat waktu")
    assert on_time.count() == 0
    table.get_by_placeholder("Cari desa").fill("tepat waktu")
    assert on_time.count() > 0
