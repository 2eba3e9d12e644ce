"""What a worker does with a file in its folder: read, answer anew, check, propose or mark.

Owns the requests and what stands in the folder between two of them.
"""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data_access.errors import DataError
from data_access.intake import steps
from data_access.intake.files.marked_copy import marked_copy
from data_access.intake.forms.columns import ColumnMapping
from data_access.intake.forms.recognition import propose_mapping
from data_access.intake.limited.answers import shape_of, write_answer
from data_access.intake.limited.crossing import decode
from data_access.intake.model import Problem, Unlisted
from data_access.intake.questions import Answers
from data_access.intake.steps import Understood
from data_access.intake.writing.memory import Memory
from data_access.settings import Settings

READ, ANSWER, CHECK, PROPOSE, MARK = "read", "answer", "check", "propose", "mark"
REQUEST, PROGRESS, ANSWERED, COPY = "request.json", "progress", "answer.jsonl", "copy.xlsx"
_UNDERSTOOD = "understood"
# Seconds between two movements that are told.
_STEP_SECONDS = 0.1


@dataclass(frozen=True)
class ReadRequest:
    """Read a file; see `steps.understand`."""

    path: str
    name: str
    today: date
    table: str | None
    profile: str | None
    memory: Memory
    answers: Answers


@dataclass(frozen=True)
class AnswerRequest:
    """Propose anew by further answers; see `steps.answer`."""

    answers: Answers


@dataclass(frozen=True)
class CheckRequest:
    """Read the rows; see `steps.check`."""

    mappings: Mapping[str, ColumnMapping] | None


@dataclass(frozen=True)
class ProposeRequest:
    """Propose the columns of a sheet for another table."""

    sheet: str
    table: str


@dataclass(frozen=True)
class MarkRequest:
    """Make the marked copy."""

    path: str
    problems: tuple[Problem, ...]
    unlisted: tuple[Unlisted, ...]


REQUESTS: Mapping[str, type] = {
    READ: ReadRequest,
    ANSWER: AnswerRequest,
    CHECK: CheckRequest,
    PROPOSE: ProposeRequest,
    MARK: MarkRequest,
}


def work(folder: Path, task: str) -> None:
    """Do one task in the folder of a file, and answer there."""
    written = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    request = decode(REQUESTS[task], written)
    found: object
    try:
        found = _TASKS[task](folder, request)
    except DataError as error:
        found = error
    write_answer(folder / ANSWERED, task, found)


def _read(folder: Path, asked: ReadRequest) -> object:
    understood = steps.understand(
        Path(asked.path), asked.name, Settings(today=asked.today), asked.table, asked.profile,
        _Told(folder).move, asked.memory, asked.answers,
    )  # fmt: skip
    _keep(folder, understood)
    return shape_of(understood)


def _answer(folder: Path, asked: AnswerRequest) -> object:
    understood = steps.answer(_kept(folder), asked.answers)
    _keep(folder, understood)
    return shape_of(understood)


def _check(folder: Path, asked: CheckRequest) -> object:
    return steps.check(_kept(folder), asked.mappings, _Told(folder).move)


def _propose(folder: Path, asked: ProposeRequest) -> object:
    sheet = next(one.sheet for one in _kept(folder).sheets if one.sheet.name == asked.sheet)
    return propose_mapping(sheet, asked.table)


def _mark(folder: Path, asked: MarkRequest) -> object:
    content = Path(asked.path).read_bytes()
    copy = marked_copy(content, _kept(folder).source, asked.problems, asked.unlisted)
    (folder / COPY).write_bytes(copy)
    return True


_TASKS: Mapping[str, Callable[[Path, Any], object]] = {
    READ: _read,
    ANSWER: _answer,
    CHECK: _check,
    PROPOSE: _propose,
    MARK: _mark,
}


def _keep(folder: Path, understood: Understood) -> None:
    """Keep what was read for the next worker; whoever could have written it could do no more."""
    with (folder / _UNDERSTOOD).open("wb") as stream:
        pickle.dump(understood, stream, pickle.HIGHEST_PROTOCOL)


def _kept(folder: Path) -> Understood:
    with (folder / _UNDERSTOOD).open("rb") as stream:
        understood: Understood = pickle.load(stream)  # a worker's own
    return understood


class _Told:
    """Writes how far a task is."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / PROGRESS
        self._last = 0.0

    def move(self, done: int, total: int, words: str) -> None:
        now = time.monotonic()
        if now - self._last < _STEP_SECONDS and done < total:
            return
        self._last = now
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(f"{done}\t{total}\t{words}\n")
