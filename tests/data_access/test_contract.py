"""What a store promises, on every database alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from data_access import schema
from data_access.errors import StoreVersionError
from data_access.meta import write_meta
from data_access.numbers.loading import load_rollup
from data_access.numbers.selection import SCOPES, Month, Period, Selection
from data_access.numbers.visits import visit_points
from data_access.settings import Settings
from data_access.store import Store, open_store

YEAR = Selection(Period(Month(2026, 1), Month(2026, 12)))
VISIT = {
    "source_key": "k1",
    "visited_on": "2026-10-01",
    "village_code": "36.04.12.2001",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
}


def count(store: Store, name: str) -> int:
    with store.read() as connection:
        table = schema.metadata.tables[name]
        return connection.scalar(select(func.count()).select_from(table)) or 0


# --- opening ---------------------------------------------------------------------------------


def test_new_store_holds_all_areas_and_nothing_else(any_store: Store) -> None:
    counts = {table.name: count(any_store, table.name) for table in schema.TABLES}
    assert {name: rows for name, rows in counts.items() if rows} == {
        "kecamatan": 29,
        "villages": 326,
        "offices": 2,
    }


def test_opening_again_keeps_what_is_there(any_store: Store) -> None:
    again = open_store(any_store.settings)
    assert again.revision() == any_store.revision()
    again.close()


def test_stores_that_are_opened_at_once_are_one(new_settings: Callable[[], Settings]) -> None:
    settings = new_settings()
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, [settings] * 4))
    assert len({store.revision() for store in stores}) == 1
    assert count(stores[0], "villages") == 326
    for store in stores:
        store.close()


def test_newer_schema_is_refused(any_store: Store) -> None:
    with any_store.write() as connection:
        write_meta(connection, "schema_version", "99")
    with pytest.raises(StoreVersionError, match="99"):
        open_store(any_store.settings)


# --- writing ---------------------------------------------------------------------------------


def test_write_changes_the_revision(any_store: Store) -> None:
    before = any_store.revision()
    with any_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
    assert any_store.revision() != before


def test_failed_write_keeps_nothing(any_store: Store) -> None:
    before = any_store.revision()
    with pytest.raises(ZeroDivisionError), any_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
        raise ZeroDivisionError
    assert (count(any_store, "visits"), any_store.revision()) == (0, before)


def test_visit_that_contradicts_itself_is_refused(any_store: Store) -> None:
    with pytest.raises(IntegrityError), any_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT | {"kecamatan_code": "36.04.13"})


def test_reader_sees_one_state_while_others_write(any_store: Store) -> None:
    counting = select(func.count()).select_from(schema.visits)
    with any_store.read() as reader:
        before = reader.scalar(counting)
        with any_store.write() as connection:
            connection.execute(insert(schema.visits), VISIT)
        assert reader.scalar(counting) == before


def test_two_writers_lose_nothing(any_store: Store) -> None:
    with any_store.write() as connection:
        connection.execute(
            insert(schema.targets), {"year": 2026, "indicator": "visits", "value": 0}
        )
    before = revision_number(any_store)

    def add(writer: int) -> None:
        store = open_store(any_store.settings)
        for number in range(15):
            with store.write() as connection:
                reached = connection.execute(select(schema.targets.c.value)).scalar_one()
                connection.execute(update(schema.targets).values(value=reached + 1))
                row = VISIT | {"source_key": f"{writer}-{number}"}
                connection.execute(insert(schema.visits), row)
        store.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(add, range(2)))
    with any_store.read() as connection:
        assert connection.scalar(select(schema.targets.c.value)) == 30
    assert count(any_store, "visits") == 30
    assert revision_number(any_store) == before + 30


def revision_number(store: Store) -> int:
    return int(store.revision().split(":")[1])


# --- reading ---------------------------------------------------------------------------------

EVENTS = re.compile(r"\bFROM (\w+ JOIN )?(visits|awareness_sessions|session_villages|cases)\b")
BOUNDS = re.compile(r"SELECT ((min|max|count)\([\w.*]*\)( AS \w+)?(, )?)+\s*FROM")


@pytest.fixture
def statements(any_store: Store) -> Iterator[list[str]]:
    """What the database was asked, in order."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        asked.append(" ".join(statement.split()))

    event.listen(any_store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(any_store.engine, "before_cursor_execute", note)


def test_pages_ask_for_counts_and_never_for_events(any_store: Store, statements: list[str]) -> None:
    load_rollup(any_store)
    for scope in SCOPES:
        visit_points(any_store, Selection(YEAR.period, frozenset({"36.04.12"}), scope))
    of_events = [one for one in statements if EVENTS.search(one)]
    assert len(of_events) >= 8
    assert [one for one in of_events if "GROUP BY" not in one and not BOUNDS.match(one)] == []


def test_more_visits_of_a_kind_are_not_more_rows_to_load(any_store: Store) -> None:
    rows = [VISIT | {"source_key": f"k{number}"} for number in range(50)]
    with any_store.write() as connection:
        connection.execute(insert(schema.visits), rows)
    rollup = load_rollup(any_store)
    assert rollup.visits.visits.tolist() == [50]
