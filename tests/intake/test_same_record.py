"""An event with a source key in one file and without one in another is one record."""

from __future__ import annotations

import pytest

from data_access.intake.writing.undo import undo
from data_access.store import Store
from tests.intake.importing import (
    SESSIONS,
    VISITS,
    column,
    csv_file,
    imported,
    previewed,
    programme,
    visit,
    visits_file,
)

KEYED = visits_file(visit("k1"), visit("k2", day=2))
BARE = csv_file(VISITS[1:], visit("")[1:], visit("", day=3)[1:])


def test_row_without_key_is_the_stored_one_with_a_key(any_store: Store) -> None:
    imported(any_store, KEYED)
    result = imported(any_store, BARE, "rekap 2.csv").tables[0]
    assert (result.added, result.changed, result.unchanged) == (1, 0, 1)
    assert column(any_store, "visits", "visited_on") == ["2025-03-01", "2025-03-02", "2025-03-03"]


def test_row_with_a_key_is_the_stored_one_without(any_store: Store) -> None:
    imported(any_store, BARE)
    result = imported(any_store, KEYED, "kobo.csv").tables[0]
    assert (result.added, result.changed, result.unchanged) == (1, 0, 1)


def test_what_it_tells_differently_is_a_change(store: Store) -> None:
    imported(store, KEYED)
    found = previewed(store, csv_file(VISITS[1:], visit("", outcome="temuan")[1:])).tables[0]
    assert [(one.record.key, one.after) for one in found.changed] == [("k1", {"outcome": "temuan"})]


def test_it_is_noted(store: Store) -> None:
    imported(store, KEYED)
    (table,) = previewed(store, BARE).tables
    assert any(note.startswith("1 baris sama dengan catatan") for note in table.notes)


def test_two_source_keys_stay_two_records(store: Store) -> None:
    imported(store, KEYED)
    assert imported(store, visits_file(visit("k9")), "lain.csv").tables[0].added == 1


def test_same_file_again_changes_nothing(store: Store) -> None:
    imported(store, KEYED)
    imported(store, BARE, "rekap 2.csv")
    assert previewed(store, BARE, "rekap 2.csv").is_repeat


@pytest.mark.parametrize(("first", "second"), [(KEYED, BARE), (BARE, KEYED)])
def test_undo_restores_what_was_before(store: Store, first: bytes, second: bytes) -> None:
    imported(store, first)
    before = programme(store)
    imported(store, second, "kedua.csv")
    undo(store, 2, "petugas")
    assert programme(store) == before


def test_sessions_are_the_same_by_their_desa(store: Store) -> None:
    row = ["s1", "01/03/2025", "Tirtayasa", "Lontar; Puser", "TPPO", "warga", 5, 6]
    imported(store, csv_file(SESSIONS, row))
    other = [*row[:3], "Puser; Lontar", *row[4:]][1:]
    assert imported(store, csv_file(SESSIONS[1:], other), "2.csv").tables[0].unchanged == 1
    elsewhere = [*row[:3], "Susukan", *row[4:]][1:]
    assert imported(store, csv_file(SESSIONS[1:], elsewhere), "3.csv").tables[0].added == 1


def test_session_for_one_of_its_desa_is_asked_about(store: Store) -> None:
    row = ["s1", "01/03/2025", "Tirtayasa", "Lontar; Puser", "TPPO", "warga", 5, 6]
    imported(store, csv_file(SESSIONS, row))
    part = csv_file(SESSIONS[1:], [*row[1:3], "Lontar", *row[4:]])
    assert [one.kind for one in previewed(store, part, "2.csv").questions] == ["same"]
