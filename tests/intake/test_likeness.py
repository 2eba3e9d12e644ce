"""The same event in two officers' files is asked about, and so is a corrected day."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.writing.commit import PreviewStaleError, QuestionsOpenError
from data_access.intake.writing.commit import commit_preview as commit
from data_access.intake.writing.keys import is_digest, natural_key, own_key
from data_access.intake.writing.likeness import _differ
from data_access.intake.writing.preview import TablePreview
from data_access.intake.writing.undo import LaterImportError, undo
from data_access.settings import Settings
from data_access.store import Store, open_store
from tests.intake.importing import (
    SESSIONS,
    TODAY,
    VISITS,
    column,
    csv_file,
    imported,
    previewed,
    programme,
    workbook,
)

HEADER = VISITS[1:]
CASES = ("Tanggal Laporan", "Kecamatan", "Desa", "Label Kasus", "Modus", "Negara Tujuan",
         "Korban Perempuan Dewasa", "Instansi Sumber")  # fmt: skip


def told(
    day: str = "13/07/2026",
    desa: str = "Lontar",
    officer: str = "PIMPASA 01",
    purpose: str = "Pembinaan",
    outcome: str = "nihil",
) -> list[object]:
    """A row of a list of visits without numbers of its own."""
    return [day, "Tirtayasa", desa, officer, purpose, outcome]


def visits(*rows: Sequence[object]) -> bytes:
    return csv_file(HEADER, *rows)


def counts(table: TablePreview) -> tuple[int, int, int, int]:
    return len(table.added), len(table.changed), table.unchanged_count, table.asked


FIRST = visits(told(), told("14/07/2026", "Susukan"))


# --- the same visit in two officers' files ----------------------------------------------------

LIKELY = {
    "another officer": told(officer="PIMPASA 02"),
    "no officer": told(officer=""),
    "purpose written otherwise": told(purpose="Pembinaan desa binaan"),
    "purpose with a slip": told(purpose="Pembinan"),
    "no purpose": told(purpose=""),
    "words that say nothing": told(purpose="Kegiatan kunjungan"),
    "result told otherwise too": told(officer="PIMPASA 02", outcome="temuan"),
}


@pytest.mark.parametrize("row", LIKELY.values(), ids=LIKELY)
def test_visit_told_by_another_hand_is_asked_about(store: Store, row: list[object]) -> None:
    imported(store, FIRST, "a.csv")
    found = previewed(store, visits(row), "b.csv")
    (question,) = found.questions
    assert (question.kind, question.rows, question.file) == ("same", (2,), "b.csv")
    assert [choice.field for choice in question.candidates] == ["satu", "terpisah"]
    assert counts(found.tables[0]) == (0, 0, 0, 1)


NO_LIKENESS = {
    "another purpose": (told(officer="PIMPASA 02", purpose="Pengawasan orang asing"), 1),
    "another purpose of the same officer": (told(purpose="Layanan paspor"), 1),
    "another number in the purpose": (told(purpose="Pembinaan tahap 2"), 0),
    "another desa": (told(desa="Puser", officer="PIMPASA 02"), 0),
    "another day": (told("15/08/2026", officer="PIMPASA 02"), 0),
}


@pytest.mark.parametrize(("row", "notes"), NO_LIKENESS.values(), ids=NO_LIKENESS)
def test_two_visits_are_two(store: Store, row: list[object], notes: int) -> None:
    if "tahap" in str(row):
        imported(store, visits(told(purpose="Pembinaan tahap 1")), "a.csv")
        notes = 1
    else:
        imported(store, FIRST, "a.csv")
    (table,) = previewed(store, visits(row), "b.csv").tables
    assert counts(table) == (1, 0, 0, 0)
    assert sum("disimpan sebagai catatan tersendiri" in note for note in table.notes) == notes


def test_nothing_is_stored_before_the_answer(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    before = programme(store)
    content = visits(told(officer="PIMPASA 02"), told("20/07/2026"))
    (question,) = previewed(store, content, "b.csv").questions
    assert question.message.startswith("1 kunjungan mungkin sudah tercatat")
    with pytest.raises(QuestionsOpenError, match="1 pertanyaan tentang berkas ini belum dijawab"):
        imported(store, content, "b.csv")
    assert programme(store) == before


def test_question_names_both_tellings(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    (question,) = previewed(store, visits(told(officer="PIMPASA 02")), "b.csv").questions
    assert (
        "13 Juli 2026, Desa Lontar: baris 2 (PIMPASA 02, Pembinaan), tersimpan (PIMPASA 01, "
        in (question.message)
    )


def test_one_question_is_asked_for_all_rows_of_a_sheet(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    rows = [told(officer="B"), told("14/07/2026", "Susukan", officer="B"), told("15/07/2026")]
    (question,) = previewed(store, visits(*rows), "b.csv").questions
    assert question.rows == (2, 3)


def test_answer_one_leaves_the_row_out(any_store: Store) -> None:
    imported(any_store, FIRST, "a.csv")
    before = programme(any_store)
    again = visits(told(officer="PIMPASA 02"))
    result = imported(any_store, again, "b.csv", answers=["catatan serupa=satu"]).tables[0]
    assert (result.added, result.changed, result.unchanged) == (0, 0, 1)
    assert programme(any_store) == before


def test_answer_apart_stores_it(any_store: Store) -> None:
    imported(any_store, FIRST, "a.csv")
    again = visits(told(officer="PIMPASA 02"))
    result = imported(any_store, again, "b.csv", answers=["Catatan Serupa=terpisah"]).tables[0]
    assert (result.added, result.unchanged) == (1, 0)
    assert len(column(any_store, "visits", "pimpasa")) == 3


def test_rows_can_be_answered_one_by_one(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    rows = visits(told(officer="B"), told("14/07/2026", "Susukan", officer="B"))
    said = ["catatan serupa=satu", "catatan serupa baris 3=terpisah"]
    assert counts(previewed(store, rows, "b.csv", answers=said).tables[0]) == (1, 0, 1, 0)


def test_file_answered_once_is_known_again(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    content = visits(told(officer="PIMPASA 02"))
    imported(store, content, "b.csv", answers=["catatan serupa=satu"])
    assert previewed(store, content, "b.csv").is_repeat


def test_row_answered_once_is_not_asked_again_in_a_longer_file(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    imported(store, visits(told(officer="B")), "b.csv", answers=["catatan serupa=satu"])
    found = previewed(store, visits(told(officer="B"), told("20/07/2026", officer="B")), "c.csv")
    assert (found.questions, counts(found.tables[0])) == ((), (1, 0, 1, 0))


def test_undo_of_the_answered_file_asks_again(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    content = visits(told(officer="B"))
    imported(store, content, "b.csv", answers=["catatan serupa=satu"])
    undo(store, 2, "petugas")
    assert len(previewed(store, content, "b.csv").questions) == 1


def test_row_that_two_files_told_stays_while_one_stands(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    imported(store, visits(told(officer="B")), "b.csv", answers=["catatan serupa=satu"])
    with pytest.raises(LaterImportError, match="1 baris"):
        undo(store, 1, "petugas")


def test_officers_on_sheets_of_one_workbook_are_asked_about(store: Store) -> None:
    content = workbook(Ani=[HEADER, told(officer="Ani")], Budi=[HEADER, told(officer="Budi")])
    (question,) = previewed(store, content, "tim.xlsx").questions
    assert (question.sheet, question.column) == ("Budi", "catatan serupa Budi")
    assert "lembar “Ani” baris 2" in question.message
    result = imported(store, content, "tim.xlsx", answers=["catatan serupa Budi=satu"])
    assert (result.tables[0].added, result.tables[0].unchanged) == (1, 1)


def test_rows_of_one_sheet_are_not_doubted_here(store: Store) -> None:
    found = previewed(store, visits(told(), told(officer="PIMPASA 02")), "a.csv")
    assert (found.questions, counts(found.tables[0])) == ((), (2, 0, 0, 0))


def test_stored_rows_that_the_sheet_tells_itself_are_no_doubles(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    longer = visits(told(), told(officer="PIMPASA 02"))
    assert previewed(store, longer, "b.csv").questions == ()


def test_numbers_of_their_own_keep_two_visits_apart(store: Store) -> None:
    imported(store, csv_file(VISITS, ["KJ/1", *told()]), "a.csv")
    (table,) = previewed(store, csv_file(VISITS, ["KJ/2", *told()]), "b.csv").tables
    assert counts(table) == (1, 0, 0, 0)
    assert any("nomornya lain" in note for note in table.notes)


def test_visit_of_a_whole_kecamatan_is_asked_about_for_the_same_officer(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    for officer, asked in (("PIMPASA 01", 1), ("PIMPASA 02", 0)):
        found = previewed(store, visits(told(desa="", officer=officer)), "b.csv")
        assert len(found.questions) == asked


def test_doubt_that_arose_since_the_preview_is_stale(store: Store) -> None:
    found = previewed(store, visits(told(officer="PIMPASA 02")), "b.csv")
    imported(store, FIRST, "a.csv")
    with pytest.raises(PreviewStaleError):
        commit(store, found, "petugas")


def test_answers_are_honoured_when_it_is_compared_again(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    said = ["catatan serupa=satu"]
    found = previewed(store, visits(told(officer="B")), "b.csv", answers=said)
    imported(store, visits(told("01/08/2026")), "c.csv")
    assert commit(store, found, "petugas").tables[0].unchanged == 1


# --- sessions and cases -----------------------------------------------------------------------

SESSION = ["13/07/2026", "Tirtayasa", "Lontar", "TPPO", "Pelajar", 20, 30]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({4: "Siswa pelajar SMA"}, 1),
        ({3: "Bahaya TPPO", 5: 21}, 1),
        ({2: "Lontar; Susukan", 4: ""}, 1),
        ({4: "Ibu rumah tangga"}, 1),  # as many men and women: the same people
        ({4: "Ibu rumah tangga", 5: 3}, 0),
        ({3: "Paspor"}, 0),
        ({2: "Puser"}, 0),
        ({0: "13/08/2026", 4: "Umum"}, 0),
    ],
)
def test_session_told_by_another_hand(store: Store, changes: dict[int, object], asked: int) -> None:
    imported(store, csv_file(SESSIONS[1:], SESSION), "a.csv")
    other = [changes.get(position, value) for position, value in enumerate(SESSION)]
    found = previewed(store, csv_file(SESSIONS[1:], other), "b.csv")
    assert [one.kind for one in found.questions] == ["same"] * asked


CASE = ["13/07/2026", "Tirtayasa", "Lontar", "TPPO", "PRT", "Malaysia", 1, "Polres Serang"]


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({7: "BP3MI Banten"}, 1),
        ({4: "", 7: ""}, 1),
        ({4: "PMI/PRT"}, 1),
        ({4: "ABK"}, 0),
        ({5: "Kamboja"}, 0),
        ({6: 2, 7: "BP3MI Banten"}, 0),
        ({3: "TPPM", 7: "BP3MI Banten"}, 0),
        ({2: "Puser", 7: "BP3MI Banten"}, 0),
    ],
)
def test_case_told_by_another_agency(store: Store, changes: dict[int, object], asked: int) -> None:
    imported(store, csv_file(CASES, CASE), "a.csv", "cases")
    other = [changes.get(position, value) for position, value in enumerate(CASE)]
    found = previewed(store, csv_file(CASES, other), "b.csv", "cases")
    assert [one.kind for one in found.questions] == ["same"] * asked
    assert "Polres" not in " ".join(one.message for one in found.questions)


# --- a corrected day --------------------------------------------------------------------------

CORRECTED = visits(told(outcome="temuan"), told("15/07/2026", "Susukan"))


def test_corrected_day_is_asked_about(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    found = previewed(store, CORRECTED, "b.csv")
    (question,) = found.questions
    assert (question.kind, question.column, question.rows) == ("moved", "tanggal pindah", (3,))
    assert "15 Juli 2026, tersimpan 14 Juli 2026, Desa Susukan" in question.message
    assert counts(found.tables[0]) == (0, 1, 0, 1)


def test_answer_move_changes_the_day_of_the_stored_row(any_store: Store) -> None:
    imported(any_store, FIRST, "a.csv")
    said = ["tanggal pindah=pindah"]
    (table,) = previewed(any_store, CORRECTED, "b.csv", answers=said).tables
    days = [one.after for one in table.changed if "visited_on" in one.after]
    assert days == [{"visited_on": "2026-07-15"}]
    result = imported(any_store, CORRECTED, "b.csv", answers=said).tables[0]
    assert (result.added, result.changed) == (0, 2)
    assert column(any_store, "visits", "visited_on") == ["2026-07-13", "2026-07-15"]


def test_undo_moves_the_day_back(any_store: Store) -> None:
    imported(any_store, FIRST, "a.csv")
    before = programme(any_store)
    imported(any_store, CORRECTED, "b.csv", answers=["tanggal pindah=pindah"])
    undo(any_store, 2, "petugas")
    assert programme(any_store) == before


def test_answer_new_stores_a_second_visit(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    imported(store, CORRECTED, "b.csv", answers=["tanggal pindah=baru"])
    assert column(store, "visits", "visited_on") == ["2026-07-13", "2026-07-14", "2026-07-15"]


def test_moved_row_is_known_by_its_new_day(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    imported(store, CORRECTED, "b.csv", answers=["tanggal pindah=pindah"])
    assert previewed(store, CORRECTED, "b.csv").is_repeat
    (table,) = previewed(store, visits(told("15/07/2026", "Susukan")), "c.csv").tables
    assert counts(table) == (0, 0, 1, 0)


def test_outdated_file_does_not_move_the_day_back(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    imported(store, CORRECTED, "b.csv", answers=["tanggal pindah=pindah"])
    (table,) = previewed(store, visits(told("14/07/2026", "Susukan")), "c.csv").tables
    assert counts(table) == (0, 0, 1, 0)
    assert any("baris 2: tanggal catatan ini sudah dibetulkan" in note for note in table.notes)


MONTH = [told(f"{day:02d}/07/2026", desa) for day, desa in
         ((6, "Lontar"), (7, "Susukan"), (8, "Puser"), (9, "Sujung"))]  # fmt: skip

EARLIER_STATES = {
    "the same name, all days moved": (
        "rekap.csv", [told("05/07/2026", "Lontar"), told("06/07/2026", "Susukan"),
                      told("07/07/2026", "Puser"), told("08/07/2026", "Sujung")], (2, 3, 4, 5)),
    "a name with a mark of correction": (
        "Rekap (2) revisi.csv", [told("07/07/2026", "Lontar"), told("16/07/2026", "Puser")],
        (2, 3)),
    "another name, most rows alike": (
        "juli.csv", [*MONTH[:3], told("10/07/2026", "Sujung")], (5,)),
    "a part of the rows": (
        "lain.csv", [MONTH[0], told("08/07/2026", "Susukan")], (3,)),
    "another file that shares a row": (
        "lain.csv", [MONTH[0], told("08/07/2026", "Susukan"), told("08/07/2026", "Tirtayasa"),
                     told("09/07/2026", "Tengkurak")], ()),
}  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "asked"), EARLIER_STATES.values(), ids=EARLIER_STATES)
def test_later_state_of_a_file_is_recognised(
    store: Store, name: str, rows: list[list[object]], asked: tuple[int, ...]
) -> None:
    imported(store, visits(*MONTH), "rekap.csv")
    found = previewed(store, visits(*rows), name)
    assert [one.rows for one in found.questions if one.kind == "moved"] == [asked] * bool(asked)


def test_next_month_under_the_same_name_is_no_correction(store: Store) -> None:
    imported(store, visits(*MONTH), "rekap.csv")
    august = [told(f"{day:02d}/08/2026", desa) for day, desa in
              ((3, "Lontar"), (4, "Susukan"), (5, "Puser"), (7, "Kemanisan"))]  # fmt: skip
    found = previewed(store, visits(*august), "rekap.csv")
    assert (found.questions, len(found.tables[0].added)) == ((), 4)


def test_file_that_grows_moves_nothing(store: Store) -> None:
    imported(store, visits(*MONTH), "rekap.csv")
    longer = visits(*MONTH, told("20/07/2026", "Lontar"))
    assert previewed(store, longer, "rekap.csv").questions == ()


def test_one_moved_day_of_years_is_found(store: Store) -> None:
    days = [f"{day:02d}/{month:02d}/{year}" for year in (2024, 2025) for month in range(1, 13)
            for day in range(1, 28, 2)]  # fmt: skip
    imported(store, visits(*(told(day) for day in days)), "a.csv")
    corrected = ["02/06/2025" if day == "03/06/2025" else day for day in days]
    (question,) = previewed(store, visits(*(told(day) for day in corrected)), "b.csv").questions
    assert question.rows == (2 + corrected.index("02/06/2025"),)


def test_day_further_off_than_a_month_is_another_visit(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    later = visits(told(), told("15/08/2026", "Susukan"))
    assert previewed(store, later, "a.csv").questions == ()


def test_import_that_was_undone_is_no_earlier_state(store: Store) -> None:
    imported(store, FIRST, "a.csv")
    undo(store, 1, "petugas")
    assert previewed(store, CORRECTED, "a.csv").questions == ()


@pytest.mark.parametrize("name", ["a.csv", "lain.csv"])
def test_moved_session_is_asked_about(store: Store, name: str) -> None:
    other = ["20/07/2026", *SESSION[1:]]
    content = csv_file(SESSIONS[1:], SESSION, other)
    imported(store, content, "a.csv")
    moved = csv_file(SESSIONS[1:], SESSION, ["21/07/2026", *SESSION[1:]])
    (question,) = previewed(store, moved, name).questions
    assert (question.kind, question.rows) == ("moved", (3,))
    imported(store, moved, name, answers=["tanggal pindah=pindah"])
    assert column(store, "awareness_sessions", "held_on") == ["2026-07-13", "2026-07-21"]


def test_corrected_day_of_what_happened_is_a_move_too(any_store: Store) -> None:
    header = (*CASES, "Tanggal Kejadian")
    imported(any_store, csv_file(header, [*CASE, "01/06/2026"]), "k.csv", "cases")
    later = csv_file(header, [*CASE, "11/06/2026"])
    (question,) = previewed(any_store, later, "k.csv", "cases").questions
    assert question.kind == "moved"
    assert "11 Juni 2026, tersimpan 1 Juni 2026" in question.message
    said = ["tanggal pindah=pindah"]
    assert imported(any_store, later, "k.csv", "cases", said).tables[0].changed == 1
    assert column(any_store, "cases", "occurred_on") == ["2026-06-11"]
    assert previewed(any_store, later, "k2.csv", "cases").tables[0].unchanged_count == 1


# --- properties -------------------------------------------------------------------------------

_ROWS = st.lists(
    st.tuples(
        st.integers(1, 6), st.sampled_from(["Lontar", "Susukan"]),
        st.sampled_from(["A", "B", ""]), st.sampled_from(["Pembinaan", "Pengawasan", ""]),
    ),
    min_size=1, max_size=5, unique=True,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(first=_ROWS, second=_ROWS, said=st.sampled_from(["satu", "terpisah"]))
def test_each_row_is_stored_said_to_be_stored_or_already_there(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[tuple[int, str, str, str]],
    second: list[tuple[int, str, str, str]],
    said: str,
) -> None:
    folder = tmp_path_factory.mktemp("sama")
    store = open_store(Settings(data_dir=folder, today=TODAY, is_sample_wanted=False))
    contents = [
        visits(*(told(f"{day:02d}/07/2026", *words) for day, *words in rows))
        for rows in (first, second)
    ]
    imported(store, contents[0], "a.csv")
    before = len(column(store, "visits", "source_key"))
    answers = [f"catatan serupa={said}", "tanggal pindah=baru"]
    found = previewed(store, contents[1], "b.csv", answers=answers)
    if not found.is_repeat:
        table = commit(store, found, "petugas").tables[0]
        assert table.added + table.changed + table.unchanged == len(second)
        assert len(column(store, "visits", "source_key")) == before + table.added
        assert previewed(store, contents[1], "b.csv").is_repeat
        undo(store, 2, "petugas")
    assert len(column(store, "visits", "source_key")) == before
    store.close()


# --- keys and words ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "header", "is_key"),
    [
        ("12", "No", False), ("12.", "No.", False), ("202601", "No", False),
        ("202601", "Nomor Urut", False), ("202601", "No. Register", True),
        ("26001", "Nomor Laporan", True), ("202601", "No LP", True), ("202601", "LP", True),
        ("7", "No. Kasus", False), ("0012", "No Register", False), ("LP/12/VII/2026", "No", True),
        ("12", "Kode Sumber", True), ("123456", "_id", True), ("1234567", "No", True),
    ],
)  # fmt: skip
def test_numbers_of_a_register_are_keys(text: str, header: str, is_key: bool) -> None:
    assert own_key(text, header) == (text if is_key else "")


def test_first_of_several_events_alike_keeps_its_key() -> None:
    values = {"visited_on": "2026-07-13", "village_code": "36.04.13.2007"}
    keys = [natural_key("visits", values, ordinal=ordinal) for ordinal in (1, 2, 3)]
    assert keys[0] == natural_key("visits", values)
    assert len(set(keys)) == 3
    assert all(map(is_digest, keys))


@pytest.mark.parametrize(
    ("one", "other", "do_differ"),
    [
        ("Pembinaan", "pembinaan.", False), ("Pembinaan", "", False),
        ("Pembinaan", "Pembinan", False), ("Pembinaan desa", "Pembinaan rutin", False),
        ("Pembinaan", "Pengawasan", True),
        ("Kunjungan", "Pengawasan", False), ("2026-07-01", "2026-07-02", True),
        ("tahap 1", "tahap 2", True), ("MY", "SA", True),
    ],
)  # fmt: skip
def test_words_that_clearly_differ(one: str, other: str, do_differ: bool) -> None:
    assert _differ(one, other) == _differ(other, one) == do_differ
