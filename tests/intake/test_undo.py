"""An import can be taken back, as long as nothing later stands on it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from data_access.audit import check_audit
from data_access.errors import StoredNoteError
from data_access.intake.writing.history import UnknownImportError, history
from data_access.intake.writing.undo import (
    ImportUndoneError,
    LaterImportError,
    RowsTouchedError,
    undo,
)
from data_access.schema import import_rows, imports, targets, villages
from data_access.store import Store
from tests.intake.importing import (
    SESSIONS,
    TARGETS,
    VILLAGES,
    column,
    csv_file,
    imported,
    programme,
    visit,
    visits_file,
)

SESSION = ["s1", "01/03/2025", "Tirtayasa", "Lontar; Susukan", "Migrasi aman", "warga", 5, 6]

FILES = {
    "visits": visits_file(visit("k1", outcome="temuan"), visit("k2", day=2)),
    "sessions": csv_file(SESSIONS, [*SESSION[:3], "Lontar", *SESSION[4:]]),
    "villages": csv_file(VILLAGES, ["Tirtayasa", "Lontar", "tidak", ""]),
    "targets": csv_file(
        TARGETS,
        [2026, "Cakupan kunjungan", "", "90 %"],
        [2025, "Cakupan kunjungan", "", "70 %"],
    ),
}


@pytest.fixture
def filled(any_store: Store) -> Store:
    """A store with a little of everything."""
    imported(any_store, visits_file(visit("k1"), visit("k9", day=9)))
    imported(any_store, csv_file(SESSIONS, SESSION))
    imported(any_store, csv_file(VILLAGES, ["Tirtayasa", "Lontar", "ya", "SK-1/2025"]))
    imported(any_store, csv_file(TARGETS, [2026, "Cakupan kunjungan", "", "80 %"]))
    return any_store


@pytest.mark.parametrize("name", FILES)
def test_undo_restores_what_was_before(filled: Store, name: str) -> None:
    before = programme(filled)
    (number,) = imported(filled, FILES[name]).import_ids
    assert programme(filled) != before
    undo(filled, number, "petugas")
    assert programme(filled) == before


@pytest.mark.parametrize("name", FILES)
def test_file_can_be_imported_again_after_undo(filled: Store, name: str) -> None:
    (number,) = imported(filled, FILES[name]).import_ids
    first = programme(filled)
    undo(filled, number, "petugas")
    imported(filled, FILES[name])
    assert programme(filled) == first


def test_undo_is_in_history_and_audit_log(store: Store) -> None:
    (number,) = imported(store, visits_file(visit("k1"))).import_ids
    undo(store, number, "kepala seksi")
    (entry,) = history(store)
    assert not entry.is_done
    assert entry.undone_by == "kepala seksi"
    assert entry.undone_at >= entry.imported_at
    assert check_audit(store) == 2
    assert column(store, "audit_log", "actor") == ["kepala seksi", "petugas"]


def test_later_import_of_the_same_rows_is_named(store: Store) -> None:
    (first,) = imported(store, visits_file(visit("k1"))).import_ids
    (second,) = imported(
        store, visits_file(visit("k1", outcome="temuan")), "susulan.csv"
    ).import_ids
    with pytest.raises(LaterImportError, match=rf"impor {second} .*susulan\.csv.*k1"):
        undo(store, first, "petugas")
    undo(store, second, "petugas")
    undo(store, first, "petugas")
    assert column(store, "visits", "source_key") == []


def test_a_row_without_a_key_is_named_by_day_and_place(store: Store) -> None:
    (first,) = imported(store, visits_file(visit("", outcome="nihil"))).import_ids
    imported(store, visits_file(visit("", outcome="temuan")), "susulan.csv")
    with pytest.raises(LaterImportError) as refusal:
        undo(store, first, "petugas")
    assert "misalnya 2025-03-01 di Desa Lontar, Kecamatan Tirtayasa." in str(refusal.value)


def test_a_session_is_named_by_day_kecamatan_and_key(store: Store) -> None:
    (first,) = imported(store, csv_file(SESSIONS, SESSION)).import_ids
    imported(store, csv_file(SESSIONS, [*SESSION[:-1], 7]))
    with pytest.raises(LaterImportError, match=r"2025-03-01 di Kecamatan Tirtayasa \(kode s1\)"):
        undo(store, first, "petugas")


def test_row_that_a_later_file_holds_too_is_not_lost(store: Store) -> None:
    (first,) = imported(store, visits_file(visit("k1"))).import_ids
    imported(store, visits_file(visit("k1"), visit("k2", day=2)))
    with pytest.raises(LaterImportError):
        undo(store, first, "petugas")


def test_later_import_of_other_rows_does_not_matter(store: Store) -> None:
    (first,) = imported(store, visits_file(visit("k1"))).import_ids
    imported(store, visits_file(visit("k2", day=2)))
    undo(store, first, "petugas")
    assert column(store, "visits", "source_key") == ["k2"]


def test_rows_changed_by_hand_are_not_overwritten(store: Store) -> None:
    listing = csv_file(VILLAGES, ["Tirtayasa", "Lontar", "ya", "SK-1/2025"])
    (number,) = imported(store, listing).import_ids
    with store.write() as connection:
        lontar = villages.c.code == "36.04.13.2007"
        connection.execute(update(villages).where(lontar).values(decree_number="SK-2/2026"))
    with pytest.raises(RowsTouchedError, match=r"36\.04\.13\.2007"):
        undo(store, number, "petugas")


def test_target_changed_by_hand_is_not_removed(store: Store) -> None:
    (number,) = imported(store, FILES["targets"]).import_ids
    with store.write() as connection:
        connection.execute(update(targets).values(value=0.5))
    with pytest.raises(RowsTouchedError, match="2025"):
        undo(store, number, "petugas")


def test_import_is_undone_once(store: Store) -> None:
    (number,) = imported(store, visits_file(visit("k1"))).import_ids
    undo(store, number, "petugas")
    with pytest.raises(ImportUndoneError):
        undo(store, number, "petugas")


def test_unknown_import_is_told(store: Store) -> None:
    with pytest.raises(UnknownImportError, match="7"):
        undo(store, 7, "petugas")


@pytest.mark.parametrize("note", ["{", "[]", "7"])
def test_a_damaged_note_about_a_row_changes_nothing(store: Store, note: str) -> None:
    imported(store, visits_file(visit("k1")))
    (number,) = imported(store, visits_file(visit("k1", outcome="temuan"))).import_ids
    with store.write() as connection:
        changed = import_rows.c.after_json.is_not(None)
        connection.execute(update(import_rows).where(changed).values(after_json=note))
    before = programme(store)
    with pytest.raises(StoredNoteError, match=f"tabel import_rows, impor {number}, baris k1"):
        undo(store, number, "petugas")
    assert programme(store) == before


def test_an_import_of_a_table_that_is_none_is_told(store: Store) -> None:
    imported(store, visits_file(visit("k1")))
    with store.write() as connection:
        connection.execute(update(imports).values(table_name="entah"))
    with pytest.raises(StoredNoteError, match="tabel imports, nomor 1"):
        history(store)
