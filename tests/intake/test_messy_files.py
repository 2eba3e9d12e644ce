"""Officers' files go all the way: understood, checked, previewed, stored, and known again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest

from data_access.intake.model import Record
from data_access.intake.questions import Question
from data_access.intake.steps import commit
from data_access.intake.writing.preview import Preview
from data_access.intake.writing.stored import stored_rows
from data_access.settings import Settings
from data_access.store import Store, open_store
from tests.intake.importing import TODAY, column, imported, previewed, programme
from tests.intake.messy_files import FILES, MessyFile, two_tables


@dataclass(frozen=True)
class Case:
    """A file, what was asked, what its import then showed, and the store that it went into."""

    file: MessyFile
    content: bytes
    questions: tuple[Question, ...]
    preview: Preview
    accepted: int
    store: Store


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.name)
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    """Each file in turn, its good rows in a fresh store."""
    file: MessyFile = request.param
    folder = tmp_path_factory.mktemp("store")
    store = open_store(Settings(data_dir=folder, today=TODAY, is_sample_wanted=False))
    content = file.build()
    asked = previewed(store, content, file.name).questions
    shown = previewed(store, content, file.name, answers=file.answers)
    result = commit(store, shown, "petugas", accept_valid=True)
    accepted = sum(one.added + one.changed for one in result.tables)
    yield Case(file, content, asked, shown, accepted, store)
    store.close()


def test_table_is_recognised(case: Case) -> None:
    assert [one.table for one in case.preview.tables] == [case.file.table]


def test_good_rows_are_stored(case: Case) -> None:
    assert case.accepted == case.file.accepted


def test_what_is_unclear_is_asked(case: Case) -> None:
    assert tuple(one.column for one in case.questions) == case.file.questions


def test_answers_leave_nothing_to_ask(case: Case) -> None:
    assert case.preview.questions == ()


def test_problems_stand_at_their_cells(case: Case) -> None:
    found = tuple((one.row, one.column) for one in case.preview.problems)
    assert found == case.file.problems


def test_every_problem_has_a_sentence(case: Case) -> None:
    assert all(len(one.message.split()) >= 4 for one in case.preview.problems)


def test_notes_tell_what_was_assumed_or_left_out(case: Case) -> None:
    tables = case.preview.tables
    notes = [*case.preview.notes, *(note for table in tables for note in table.notes)]
    unmet = [part for part in case.file.notes if not any(part in note for note in notes)]
    surprising = [note for note in notes if not any(part in note for part in case.file.notes)]
    assert (unmet, surprising) == ([], [])


def test_cells_are_stored_as_meant(case: Case) -> None:
    records = {one.row: one for one in reversed(case.preview.checked.sheets[0].parsed.records)}
    stored = {
        row: _stored(case.store, records[row], case.file.cells[row]) for row in case.file.cells
    }
    assert stored == case.file.cells


def test_second_import_changes_nothing(case: Case) -> None:
    before, revision = programme(case.store), case.store.revision()
    again = imported(case.store, case.content, case.file.name, answers=case.file.answers)
    assert again.import_ids == ()
    assert (programme(case.store), case.store.revision()) == (before, revision)


def test_two_tables_of_a_workbook_are_both_stored(store: Store) -> None:
    result = imported(store, two_tables(), "rekap.xlsx")
    assert [(one.table, one.added) for one in result.tables] == [
        ("visits", 1), ("awareness_sessions", 1),
    ]  # fmt: skip
    assert column(store, "session_villages", "village_code") == ["36.04.14.2001", "36.04.14.2007"]


def _stored(store: Store, record: Record, names: Iterable[str]) -> dict[str, object]:
    """The named columns of a record as the store has them."""
    with store.read() as connection:
        row = stored_rows(connection, record.table, [record.key])[record.key]
    return {name: row[name] for name in names}
