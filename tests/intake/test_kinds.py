"""Every kind of file ends as an officer would expect: stored right, asked, or refused."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from data_access.errors import DataError
from data_access.intake.questions import Answers
from data_access.intake.steps import check, commit, preview, understand
from data_access.intake.writing.commit import NothingAcceptedError, QuestionsOpenError
from data_access.intake.writing.memory import load_memory
from data_access.intake.writing.preview import Preview
from data_access.settings import Settings
from data_access.store import Store, open_store
from tests.intake.importing import TODAY
from tests.intake.kind_files import FILES
from tests.intake.kinds import REGISTERS, KindFile, rows_of, told

# Answers may raise further questions; a file that asks more often than this goes in circles.
_MOST_ROUNDS = 4


@dataclass
class Outcome:
    """What became of a file: at first, while it asked, and in the end."""

    file: KindFile
    asked: tuple[tuple[str, str, str], ...] = ()
    refused: tuple[tuple[int | None, str], ...] = ()
    notes: list[str] = field(default_factory=list)
    while_asked: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)
    registers_changed: bool = False


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty store, to be copied."""
    folder = tmp_path_factory.mktemp("kosong")
    open_store(_settings(folder)).close()
    return folder


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.kind)
def outcome(
    request: pytest.FixtureRequest, empty: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcome]:
    """Each file in turn, imported into an empty store with the first candidates as answers."""
    folder = tmp_path_factory.mktemp("store") / "data"
    shutil.copytree(empty, folder)
    store = open_store(_settings(folder))
    yield _imported(store, request.param)
    store.close()
    shutil.rmtree(folder)


def test_questions_name_the_right_answer_first(outcome: Outcome) -> None:
    assert outcome.asked == outcome.file.asked


def test_problems_name_row_and_column(outcome: Outcome) -> None:
    assert outcome.refused == outcome.file.refused


def test_nothing_is_stored_while_a_question_is_open(outcome: Outcome) -> None:
    assert outcome.while_asked == outcome.earlier


def test_what_is_stored_is_right(outcome: Outcome) -> None:
    assert tuple(outcome.stored) == outcome.file.stored


def test_what_was_left_out_is_told(outcome: Outcome) -> None:
    missing = [part for part in outcome.file.says if not any(part in n for n in outcome.notes)]
    assert missing == []


def test_events_leave_the_registers_alone(outcome: Outcome) -> None:
    is_register = any(line.startswith(REGISTERS) for line in outcome.file.stored)
    assert outcome.registers_changed == is_register


def test_every_kind_has_two_further_variants() -> None:
    few = {kind for kind, number in Counter(file.kind for file in FILES).items() if number < 3}
    assert few == set()


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, today=TODAY, is_sample_wanted=False)


def _imported(store: Store, file: KindFile) -> Outcome:
    before = rows_of(store, *REGISTERS)
    outcome = Outcome(file)
    for name, content in file.earlier:
        commit(store, _shown(store, name, content, ()), "petugas", accept_valid=True)
    outcome.while_asked = outcome.earlier = told(store, before)
    answers = list(file.answers)
    try:
        shown = _shown(store, file.name, file.content, answers)
    except DataError:
        outcome.refused = ((None, ""),)
        return _finished(store, outcome, before)
    outcome.asked = tuple(
        (one.kind, one.column, one.candidates[0].field) for one in shown.questions
    )
    outcome.refused = tuple(dict.fromkeys((one.row, one.column) for one in shown.problems))
    outcome.notes = [*shown.notes, *(note for table in shown.tables for note in table.notes)]
    for _ in range(_MOST_ROUNDS):
        if not shown.questions:
            break
        with pytest.raises(QuestionsOpenError):
            commit(store, shown, "petugas", accept_valid=True)
        outcome.while_asked = told(store, before)
        answers += [f"{one.column}={one.candidates[0].field}" for one in shown.questions]
        shown = _shown(store, file.name, file.content, answers)
    try:
        commit(store, shown, "petugas", accept_valid=True)
    except NothingAcceptedError:
        assert not file.stored or file.earlier
    return _finished(store, outcome, before)


def _finished(store: Store, outcome: Outcome, before: Mapping[str, Any]) -> Outcome:
    outcome.stored = told(store, before)
    outcome.registers_changed = rows_of(store, *REGISTERS) != before
    return outcome


def _shown(store: Store, name: str, content: bytes, answers: list[str] | tuple[()]) -> Preview:
    understood = understand(
        content, name, store.settings, memory=load_memory(store), answers=Answers.parse(answers)
    )
    return preview(store, check(understood), answers=understood.answers)
