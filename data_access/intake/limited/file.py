"""An officer's file on its way: every step that touches its rows is done by a limited worker.

The same steps as in `data_access.intake.steps`, in the same order and with the same results, but
that rows never come here: what is understood of a file is its shape, and what a check gives are
records and problems.
"""

from __future__ import annotations

import json
import tempfile
import weakref
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from data_access.intake.files.errors import ReaderStoppedError
from data_access.intake.forms.columns import ColumnMapping
from data_access.intake.limited import tasks
from data_access.intake.limited.answers import Shape, read_answer
from data_access.intake.limited.crossing import NotExpectedError, encode
from data_access.intake.limited.server import SERVER
from data_access.intake.model import Problem, Unlisted
from data_access.intake.questions import Answers
from data_access.intake.steps import NOTHING_REMEMBERED, Understood
from data_access.intake.writing.memory import Memory
from data_access.intake.writing.preview import Checked, Progress, no_progress
from data_access.intake.writing.profiles import named_profile
from data_access.settings import Settings
from geo.errors import OutputUnwritableError, os_reason
from geo.scratch import scratch_folder

_WAITING = "Menunggu berkas lain selesai dibaca"
_BROKEN = "isinya membuat pembacanya berhenti"


class LimitedFile:
    """A file and the folder in which workers read it; the folder goes with the object.

    Args:
        content: the file, or its bytes.
        name: what people call the file; "" for a path's own name.

    Raises:
        OutputUnwritableError: if there is no room for what is kept of it.

    Attributes:
        folder: what the workers keep of the file.
        close: removes it.
    """

    def __init__(self, content: Path | bytes, name: str = "") -> None:
        held = ExitStack()
        self.folder = _new_folder(held)
        self.close = weakref.finalize(self, held.close)
        if isinstance(content, Path):
            self._path, self.name = content.absolute(), name or content.name
        else:
            self._path, self.name = self.folder / "source", name
            _write(self._path, content)

    def understand(
        self,
        settings: Settings,
        table: str | None = None,
        profile: str | None = None,
        progress: Progress = no_progress,
        memory: Memory = NOTHING_REMEMBERED,
        answers: Answers | None = None,
    ) -> Understood:
        """Read the file; see `steps.understand`.

        Raises:
            SourceFileError: if it cannot be read, takes too much time or memory, or must wait too
                long for others.
            UnknownTableError: if no file can fill such a table.
            UnknownProfileError, ProfileMismatchError: if the profile is not there or of another
                form.
        """
        asked = tasks.ReadRequest(
            str(self._path), self.name, settings.today, table, profile, memory,
            answers or Answers(),
        )  # fmt: skip
        shape = self._done(tasks.READ, asked, Shape, progress)
        wanted = named_profile(memory.profiles, profile) if profile else None
        return Understood(
            shape.source, shape.sheets, settings, memory, shape.answers,
            shape.notes, table, wanted,
        )  # fmt: skip

    def answer(self, understood: Understood, answers: Answers) -> Understood:
        """Propose anew by what was answered since; see `steps.answer`.

        Raises:
            SourceFileError: if it takes too much time or memory.
        """
        shape = self._done(tasks.ANSWER, tasks.AnswerRequest(answers), Shape)
        return replace(
            understood,
            source=shape.source,
            sheets=shape.sheets,
            answers=shape.answers,
            notes=shape.notes,
        )

    def check(
        self,
        mappings: Mapping[str, ColumnMapping] | None = None,
        progress: Progress = no_progress,
    ) -> Checked:
        """Read the rows of the sheets that have a mapping; see `steps.check`.

        Raises:
            SourceFileError: if it takes too much time or memory.
        """
        asked = tasks.CheckRequest(mappings)
        found: Checked = self._done(tasks.CHECK, asked, Checked, progress)
        return found

    def propose(self, sheet: str, table: str) -> ColumnMapping:
        """Propose which column of a sheet fills which field of a table.

        Raises:
            SourceFileError: if it takes too much time or memory.
        """
        asked = tasks.ProposeRequest(sheet, table)
        found: ColumnMapping = self._done(tasks.PROPOSE, asked, ColumnMapping)
        return found

    def marked_copy(self, problems: tuple[Problem, ...], unlisted: tuple[Unlisted, ...]) -> bytes:
        """Return an xlsx in which every bad cell is filled; see `files.marked_copy`.

        Raises:
            SourceFileError: if it takes too much time or memory.
        """
        asked = tasks.MarkRequest(str(self._path), problems, unlisted)
        self._done(tasks.MARK, asked, bool)
        return (self.folder / tasks.COPY).read_bytes()

    def _done(
        self, task: str, asked: object, expected: type, progress: Progress = no_progress
    ) -> Any:
        """Have a worker do a task, and take its answer."""
        progress_line = _ProgressLine(self.folder / tasks.PROGRESS, progress)
        _write(self.folder / tasks.REQUEST, json.dumps(encode(asked)).encode())
        for name in (tasks.PROGRESS, tasks.ANSWERED):
            (self.folder / name).unlink(missing_ok=True)
        SERVER.run(
            self.folder, task, self.name, progress_line.look, lambda: progress(0, 0, _WAITING)
        )
        progress_line.look()
        try:
            return read_answer(self.folder / tasks.ANSWERED, task, expected)
        except NotExpectedError as error:
            raise ReaderStoppedError(self.name, _BROKEN) from error


def _new_folder(held: ExitStack) -> Path:
    try:
        return held.enter_context(scratch_folder())
    except OSError as error:
        raise OutputUnwritableError(Path(tempfile.gettempdir()), os_reason(error)) from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise OutputUnwritableError(path, os_reason(error)) from error


class _ProgressLine:
    """Passes on how far a worker says that it is."""

    def __init__(self, path: Path, progress: Progress) -> None:
        self._path = path
        self._progress = progress
        self._told = (0, 1, "Membaca berkas")

    def look(self) -> None:
        """Tell the last movement, also where nothing moved: who asked may have gone."""
        with suppress(OSError, ValueError):
            lines = self._path.read_text(encoding="utf-8").split("\n")
            done, total, words = lines[-2].split("\t") if len(lines) > 1 else self._told
            self._told = (int(done), int(total), words)
        self._progress(*self._told)
