"""Many rows at once arrive as they were, on every database."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from data_access import schema
from data_access.bulk import BATCH, UnlikeRowsError, bulk_insert
from data_access.store import Store

VISIT: dict[str, object] = {
    "source_key": "k1",
    "visited_on": "2026-10-01",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
}


def only_row(store: Store, name: str) -> Any:
    with store.read() as connection:
        return connection.execute(select(schema.metadata.tables[name])).one()


TEXTS = (
    "", " ", "\\N", "\\.", "a\tb", "a\nb\r\n", '"kutip"', "';--", "\\", "Çé—“😀”", "\x1f", None,
)  # fmt: skip


def test_text_arrives_as_it_was(any_store: Store) -> None:
    rows = [VISIT | {"source_key": str(number), "purpose": one} for number, one in enumerate(TEXTS)]
    with any_store.write() as connection:
        bulk_insert(connection, schema.visits, rows)
    with any_store.read() as connection:
        kept = connection.execute(select(schema.visits.c.source_key, schema.visits.c.purpose))
        assert {int(row.source_key): row.purpose for row in kept} == dict(enumerate(TEXTS))


@pytest.mark.parametrize(
    ("column", "value", "kept"),
    [
        ("visited_on", date(2026, 1, 2), "2026-01-02"),
        ("latitude", -6.123455, -6.12346),
        ("latitude", np.float64(-6.1), -6.1),
        ("latitude", math.nan, None),
        ("latitude", None, None),
    ],
)
def test_value_is_kept_alike_everywhere(
    any_store: Store, column: str, value: object, kept: object
) -> None:
    with any_store.write() as connection:
        bulk_insert(connection, schema.visits, [VISIT | {column: value}])
    assert only_row(any_store, "visits")._mapping[column] == kept


@pytest.mark.parametrize("value", [True, False, 1, 0, np.bool_(True)])
def test_yes_and_no_arrive(any_store: Store, value: object) -> None:
    row = {"source_key": "k", "reported_on": "2026-10-01", "is_tppo": value, "women": 2.0}
    with any_store.write() as connection:
        bulk_insert(connection, schema.cases, [row])
    kept = only_row(any_store, "cases")
    assert (kept.is_tppo, kept.women) == (bool(value), 2)


def test_columns_that_are_not_named_get_their_defaults(any_store: Store) -> None:
    with any_store.write() as connection:
        bulk_insert(connection, schema.cases, [{"source_key": "k", "reported_on": "2026-10-01"}])
    kept = only_row(any_store, "cases")
    assert (kept.verification, kept.women, kept.is_tppo) == ("dilaporkan", 0, False)


def test_every_batch_is_counted_and_kept(any_store: Store) -> None:
    rows = (VISIT | {"source_key": str(number)} for number in range(BATCH + 1))
    with any_store.write() as connection:
        assert bulk_insert(connection, schema.visits, rows) == BATCH + 1
    with any_store.read() as connection:
        assert len(connection.execute(select(schema.visits.c.source_key)).all()) == BATCH + 1


def test_no_rows_are_no_change(any_store: Store) -> None:
    with any_store.write() as connection:
        assert bulk_insert(connection, schema.visits, []) == 0


@pytest.mark.parametrize("wrong", [{"outcome": "entah"}, {"kecamatan_code": "36.04.99"}, {}])
def test_row_that_breaks_a_rule_keeps_all_out(any_store: Store, wrong: dict[str, str]) -> None:
    rows = [VISIT, VISIT | {"source_key": "k2"} | wrong, VISIT | {"source_key": "k3"}]
    if not wrong:
        rows[2] = VISIT
    with pytest.raises(IntegrityError), any_store.write() as connection:
        bulk_insert(connection, schema.visits, rows)
    with any_store.read() as connection:
        assert connection.execute(select(schema.visits)).all() == []


def test_interrupted_rows_are_not_kept(any_store: Store) -> None:
    def rows() -> Any:
        yield VISIT
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), any_store.write() as connection:
        bulk_insert(connection, schema.visits, rows())
    with any_store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
    assert only_row(any_store, "visits").source_key == "k1"


def test_rows_must_name_the_same_columns(any_store: Store) -> None:
    with pytest.raises(UnlikeRowsError), any_store.write() as connection:
        bulk_insert(connection, schema.visits, [VISIT, VISIT | {"source_key": "2", "purpose": "x"}])
