"""What an import would do, before it does anything."""

from __future__ import annotations

from data_access.store import Store
from tests.intake.importing import (
    SESSIONS,
    VILLAGES,
    VISITS,
    csv_file,
    imported,
    previewed,
    programme,
    visit,
    visits_file,
    workbook,
)


def test_new_rows_are_added(store: Store) -> None:
    (found,) = previewed(store, visits_file(visit("k1"), visit("k2", day=2))).tables
    assert [record.key for record in found.added] == ["k1", "k2"]
    assert (found.changed, found.unchanged_count, found.rejected) == ((), 0, 0)


def test_preview_writes_nothing(store: Store) -> None:
    before = store.revision()
    previewed(store, visits_file(visit("k1")))
    assert store.revision() == before


def test_same_row_in_another_file_is_unchanged(store: Store) -> None:
    imported(store, visits_file(visit("k1")))
    (found,) = previewed(store, visits_file(visit("k1"), visit("k2", day=2))).tables
    assert (len(found.added), found.unchanged) == (1, ("k1",))


def test_conflict_shows_old_beside_new(store: Store) -> None:
    imported(store, visits_file(visit("k1", outcome="nihil")))
    (found,) = previewed(store, visits_file(visit("k1", outcome="temuan"))).tables
    (conflict,) = found.conflicts()
    (difference,) = conflict.differences
    assert (conflict.key, conflict.row) == ("k1", 2)
    assert (difference.label, difference.old, difference.new) == ("Hasil", "nihil", "temuan")


def test_desa_of_a_session_are_compared(store: Store) -> None:
    row = ["s1", "01/03/2025", "Tirtayasa", "Lontar", "Migrasi aman", "warga", 5, 6]
    imported(store, csv_file(SESSIONS, row))
    row[3] = "Lontar; Susukan"
    (found,) = previewed(store, csv_file(SESSIONS, row)).tables
    (difference,) = found.conflicts()[0].differences
    assert difference.label == "Desa"
    assert (len(difference.old), len(difference.new)) == (1, 2)  # type: ignore[arg-type]


def test_list_of_desa_changes_only_what_it_speaks_of(store: Store) -> None:
    officers = csv_file(("Kecamatan", "Desa", "PIMPASA"), ["Tirtayasa", "Lontar", "Petugas A"])
    imported(store, officers, table="villages")
    listing = csv_file(VILLAGES, ["Tirtayasa", "Lontar", "ya", "SK-1/2025"])
    (found,) = previewed(store, listing).tables
    assert set(found.changed[0].after) == {"is_assisted", "decree_number"}


def test_rejected_rows_are_counted_and_told(store: Store) -> None:
    (found,) = previewed(store, visits_file(visit("k1"), visit("k2", outcome="entah"))).tables
    (problem,) = found.problems
    assert (len(found.added), found.rejected) == (1, 1)
    assert (problem.row, problem.column, problem.value) == (3, "Hasil", "entah")


def test_missing_column_rejects_all_rows(store: Store) -> None:
    content = csv_file(("Tanggal", "Kecamatan", "PIMPASA"), ["01/03/2025", "Pontang", "A"])
    (found,) = previewed(store, content, table="visits").tables
    assert (found.accepted, found.rejected) == (0, 1)
    assert "Hasil" in found.problems[0].message


def test_sample_rows_never_join_real_ones(store: Store) -> None:
    (found,) = previewed(store, visits_file(visit("contoh-kunjungan-2025-03-001"))).tables
    assert (found.accepted, found.rejected) == (0, 1)
    assert "DATA CONTOH" in found.problems[0].message


def test_samples_are_few(store: Store) -> None:
    rows = [visit(f"k{number}", outcome="temuan") for number in range(25)]
    for number, row in enumerate(rows):
        row[5] = f"tujuan {number}"
    (found,) = previewed(store, visits_file(*rows)).tables
    assert (len(found.added), len(found.added_samples())) == (25, 20)


def test_preview_of_a_repeated_file_says_so(store: Store) -> None:
    imported(store, visits_file(visit("k1")))
    before = programme(store)
    found = previewed(store, visits_file(visit("k1")))
    assert found.is_repeat
    assert found.tables[0].repeated[0].actor == "petugas"
    assert programme(store) == before


def test_same_row_on_two_sheets_is_one_record(store: Store) -> None:
    content = workbook(Maret=[VISITS, visit("k1")], Rekap=[VISITS, visit("k1"), visit("k2", day=2)])
    (found,) = previewed(store, content, "rekap.xlsx").tables
    assert [record.key for record in found.added] == ["k1", "k2"]


def test_sheets_that_contradict_each_other_are_both_told(store: Store) -> None:
    content = workbook(
        Maret=[VISITS, visit("k1")],
        Rekap=[VISITS, visit("k1", outcome="temuan"), visit("k2", day=2)],
    )
    (found,) = previewed(store, content, "rekap.xlsx").tables
    assert [(one.sheet, one.row) for one in found.problems] == [("Maret", 2), ("Rekap", 2)]
    assert ([record.key for record in found.added], found.rejected) == (["k2"], 2)


def test_sheet_that_is_no_table_is_left_and_told(store: Store) -> None:
    content = workbook(
        Maret=[VISITS, visit("k1")], Ringkasan=[("Desa", "Jumlah Kunjungan"), ("Lontar", 1)]
    )
    found = previewed(store, content, "rekap.xlsx")
    assert [one.table for one in found.tables] == ["visits"]
    assert any("Ringkasan" in note for note in found.notes)


def test_sheet_that_lacks_a_column_is_told(store: Store) -> None:
    lacking = [VISITS[:-1], visit("k2")[:-1]]
    (found,) = previewed(store, workbook(Maret=[VISITS, visit("k1")], April=lacking)).tables
    assert (found.accepted, found.rejected) == (1, 1)
    assert (found.problems[0].sheet, found.problems[0].row) == ("April", None)


def test_rows_that_another_sheet_repeats_are_counted_once_and_noted(store: Store) -> None:
    rows = [VISITS, visit("k1"), visit("k2")]
    (table,) = previewed(store, workbook(A=rows, B=[*rows, visit("k3")]), "r.xlsx").tables
    assert len(table.added) == 3
    assert any("Lembar “B”: baris 2–3 sudah ada di lembar lain" in note for note in table.notes)


def test_row_that_one_of_three_sheets_tells_differently_is_refused_in_all(store: Store) -> None:
    same, other = [VISITS, visit("k1")], [VISITS, visit("k1", outcome="temuan")]
    (table,) = previewed(store, workbook(A=same, B=same, C=other), "r.xlsx").tables
    assert (len(table.added), table.rejected, table.notes) == (0, 3, ())
