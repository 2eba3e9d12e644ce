"""Records whose every text holds a payload, imported for real: no page makes more of them."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from data_access.schema import metadata
from data_access.settings import current_settings
from data_access.store import Store, open_store
from geo.gazetteer import gazetteer
from geo.legible import legible, shortened
from pages.components.filter.address import OFFICER_KEY
from pages.components.texts.visits import NO_NAME
from tests.hostile_records import ACCEPTED, hostile_files
from tests.intake.importing import column, imported
from tests.pages.test_pages import PAGES, bar_names, charts_on, open_page, sent
from tests.payloads import HTML_LINK

# With what our own pages are made; nothing that could fetch, run or lead away.
TAGS = frozenset(
    (
        *(
            "a",
            "b",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "em",
            "footer",
            "h1",
            "h2",
            "i",
            "li",
            "ol",
            "p",
        ),
        *("section", "small", "span", "ul", "table", "tbody", "td", "th", "thead", "tr", "input"),
    )
)
SECTIONS = ("isi", "berkas", "riwayat", "batas", "pengaturan")


@pytest.fixture
def hostile_store(empty_environment: Path) -> Iterator[Store]:
    desa = [each.code for each in gazetteer().desa if each.kecamatan_code == "36.04.13"]
    store = open_store(current_settings())
    for name, content in hostile_files("36.04.13", desa).items():
        imported(store, content, name)
    yield store
    store.close()


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        leads_away = not str(given.get("href", "?")).startswith("?")
        acts = [name for name in given if name.startswith("on")]
        if tag not in TAGS or leads_away or acts:
            self.odd.append(str(self.get_starttag_text()))


def odd_tags(at: AppTest) -> list[str]:
    parser = _Tags()
    for each in at.get("html"):
        parser.feed(each.proto.body)
    return parser.odd


def texts_in(value: Any) -> Iterator[str]:
    """Give every text of a chart."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str):
        yield value


def test_every_payload_is_taken_in(hostile_store: Store) -> None:
    with hostile_store.read() as connection:
        for name in ("visits", "awareness_sessions", "cases"):
            count = connection.scalar(select(func.count()).select_from(metadata.tables[name]))
            assert (name, count) == (name, len(ACCEPTED))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_makes_more_of_a_text(name: str, hostile_store: Store) -> None:
    at = open_page(name, periode="program")
    if name == "cases.py":
        at.button(key="kasus_buka").click().run()
    assert not at.exception
    assert odd_tags(at) == []
    marked = [
        text
        for chart in charts_on(at)
        for text in texts_in([chart["data"], chart["layout"]])
        if "<" in text.replace("<br>", "").replace("<extra></extra>", "").replace("<extra>", "")
        and not text.startswith("%{")
    ]
    assert marked == []


@pytest.mark.parametrize("section", SECTIONS)
def test_no_section_of_data_makes_more_of_a_text(section: str, hostile_store: Store) -> None:
    at = open_page("data.py", bagian=section)
    assert not at.exception
    assert odd_tags(at) == []


def names_in(store: Store, table: str) -> set[str]:
    return {legible(name) for name in column(store, table, "pimpasa") if name}


def test_officers_stand_in_chart_choice_and_table_as_they_are_written(hostile_store: Store) -> None:
    at = open_page("visits.py", periode="program")
    (bars,) = filter(None, map(bar_names, charts_on(at)))
    names = names_in(hostile_store, "visits")
    written = {" ".join(shortened(name, 32).split()) for name in names}
    assert len(bars) == 12
    assert {" ".join(unescape(name).split()) for name in bars} <= written | {NO_NAME}
    (officers,) = [each for each in at.selectbox if each.key == OFFICER_KEY]
    assert len(officers.options) > 5
    assert {*officers.options[1:]} <= names_in(hostile_store, "villages")
    (table,) = [each for each in sent(at) if "pick" in each]
    assert HTML_LINK in str(table["values"]) or ACCEPTED[0] in str(table["values"])
