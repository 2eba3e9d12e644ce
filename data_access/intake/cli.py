"""The commands of `python -m data_access` that bring files in, take them back, or remember.

Owns what they print (but for `memory_cli`) and their exit codes. For ``import``: 0 all rows
accepted, 2 some rejected (a report is written), 1 nothing done. What programs read is JSON; the
rest is Indonesian.
"""

from __future__ import annotations

import argparse
import getpass
import json
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from data_access.errors import DataError
from data_access.intake.files.errors import SourceFileError
from data_access.intake.files.reader import file_name
from data_access.intake.forms.registry import FORMS, TABLE_LABELS
from data_access.intake.forms.templates import template
from data_access.intake.limited.file import LimitedFile
from data_access.intake.memory_cli import MEMORY_COMMANDS, add_memory_commands, run_memory
from data_access.intake.model import Problem
from data_access.intake.opening import open_for_work
from data_access.intake.questions import ALL_NAMES, IGNORE, Answers, Question
from data_access.intake.signs import clean_text
from data_access.intake.steps import commit, preview, remember_answers
from data_access.intake.writing.commit import PreviewStaleError, SampleInTheWayError
from data_access.intake.writing.earlier_files import damages
from data_access.intake.writing.history import ImportEntry, history
from data_access.intake.writing.memory import load_memory
from data_access.intake.writing.preview import Preview, Progress, TablePreview, no_progress
from data_access.intake.writing.undo import undo
from data_access.output import write_new, write_numbered
from data_access.sample.end import remove_sample
from data_access.settings import Settings
from data_access.store import Store
from geo.command_line import file_argument, number_argument, text_argument
from geo.errors import OutputError, OutputUnwritableError, os_reason

COMMANDS = frozenset({"import", "imports", "undo", "template", "clear-sample", *MEMORY_COMMANDS})

_ALL, _NOTHING, _SOME = 0, 1, 2

# Another import may end between a preview and its commit; more often is no accident.
_MOST_TRIES = 5
# As many errors, questions and notes as are printed; what is beyond is counted, and marked in the
# report.
_SHOWN = 200


class ReportFolderError(DataError):
    sentence = (
        "{path} bukan folder. Untuk beberapa berkas sekaligus, --report harus folder yang ada."
    )
    path: Path


class Answer(NamedTuple):
    """What a command prints and its exit code."""

    text: str
    code: int


# --- arguments --------------------------------------------------------------------------------


def add_commands(commands: Any) -> None:
    """Add the commands of this room to a parser's subcommands."""
    bring = commands.add_parser("import", help="baca berkas Excel, ODS, CSV, atau KoboToolbox")
    bring.add_argument("files", nargs="+", type=file_argument, metavar="BERKAS")
    bring.add_argument("--table", type=text_argument, metavar="TABEL", help=", ".join(FORMS))
    bring.add_argument(
        "--profile", type=text_argument, metavar="NAMA", help="profil kolom yang tersimpan"
    )
    bring.add_argument(
        "--answer", action="append", default=[], type=text_argument, metavar="KOLOM=JAWABAN",
        help="jawaban atas satu pertanyaan; boleh berulang",
    )  # fmt: skip
    bring.add_argument("--dry-run", action="store_true", help="periksa saja, tanpa menyimpan")
    bring.add_argument(
        "--accept-valid", action="store_true", help="simpan baris yang benar walau ada yang ditolak"
    )
    bring.add_argument(
        "--report", type=file_argument, metavar="BERKAS", help="tempat salinan bertanda"
    )
    bring.add_argument("--format", choices=("text", "json"), default="text")
    _add_actor(bring)

    listing = commands.add_parser("imports", help="daftar impor yang pernah dilakukan")
    listing.add_argument("--format", choices=("text", "json"), default="text")

    back = commands.add_parser("undo", help="batalkan satu impor")
    back.add_argument(
        "number", type=number_argument, metavar="NOMOR", help="nomor dari perintah imports"
    )
    _add_actor(back)

    blank = commands.add_parser("template", help="buat templat isian satu tabel")
    blank.add_argument("table", type=text_argument, metavar="TABEL", help=", ".join(FORMS))
    blank.add_argument("--out", dest="target", type=file_argument, metavar="BERKAS")

    clear = commands.add_parser("clear-sample", help="hapus data contoh sebelum memakai data asli")
    _add_actor(clear)
    _add_actor(add_memory_commands(commands))


def _add_actor(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--actor", type=text_argument, metavar="NAMA", help="pelaku, untuk catatan audit"
    )


def run(options: argparse.Namespace, settings: Settings) -> Answer:
    """Run one command of this room.

    Raises:
        DataError: if it cannot be done; for ``import`` only where no file is at fault.
    """
    if options.command == "import":
        return _import(options, settings)
    if options.command == "template":
        return _template(options, settings)
    store = open_for_work(settings)
    if options.command == "imports":
        return Answer(_history(history(store), options.format), _ALL)
    if options.command == "undo":
        done = undo(store, options.number, _actor(options))
        return Answer(
            f"{done.entry.title} dibatalkan: {done.removed} baris dihapus, {done.restored} baris "
            "dikembalikan.\n",
            _ALL,
        )
    if options.command in MEMORY_COMMANDS:
        return Answer(run_memory(options, store, _actor(options)), _ALL)
    removed = remove_sample(store, _actor(options))
    return Answer(f"Data contoh dihapus ({removed} baris). Data asli dapat diimpor.\n", _ALL)


def _actor(options: argparse.Namespace) -> str:
    if options.actor:
        return str(options.actor)
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        # A service without a user name of its own.
        return "perintah"


# --- import -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Outcome:
    """What became of one file.

    Attributes:
        tables: per table what was found, as far as the file could be read.
        is_written: whether its good rows stand in the store now.
        is_repeat: whether the file had been imported before and holds nothing else.
        is_dry: whether it was only to be checked; the counts say what an import would do.
        refusal: why nothing of the file was taken, "" otherwise.
        questions: what must be answered before anything of the file is stored.
    """

    file: str
    tables: tuple[TablePreview, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    is_written: bool = False
    is_repeat: bool = False
    is_dry: bool = False
    refusal: str = ""
    report: Path | None = None

    @property
    def is_told(self) -> bool:
        """Whether its new and changed rows count: they are written, or were only asked for."""
        return self.is_written or (self.is_dry and not self.questions)

    @property
    def is_refused(self) -> bool:
        """Whether the file as a whole was not taken, for a reason that no row gives."""
        return bool(self.refusal) or not (self.tables or self.questions)

    @property
    def code(self) -> int:
        accepted = sum(one.accepted for one in self.tables)
        if self.refusal or self.is_repeat or self.questions or not accepted:
            return _NOTHING
        return _SOME if any(one.rejected for one in self.tables) else _ALL


def _import(options: argparse.Namespace, settings: Settings) -> Answer:
    if len(options.files) > 1 and options.report and not _is_folder(options.report):
        raise ReportFolderError(options.report)
    answers = Answers.parse(options.answer)
    store = open_for_work(settings)
    for sentence in damages(settings.data_dir):
        # Without those answers more is asked, never less.
        sys.stderr.write(f"{sentence}\n")
    outcomes = [_import_one(store, path, options, answers) for path in options.files]
    text = _import_json(outcomes) if options.format == "json" else _import_text(outcomes, options)
    return Answer(text, _code(outcomes))


def _code(outcomes: Sequence[_Outcome]) -> int:
    codes = {one.code for one in outcomes}
    return codes.pop() if len(codes) == 1 else _SOME


def _import_one(
    store: Store, path: Path, options: argparse.Namespace, answers: Answers
) -> _Outcome:
    """Bring one file in; a file that cannot be taken does not keep the others out."""
    progress = _progress_bar()
    try:
        file = LimitedFile(path)
        understood = file.understand(
            store.settings, options.table, options.profile, progress, load_memory(store), answers
        )
        checked = file.check(None, progress)
        found = preview(store, checked, progress, understood.answers)
    except DataError as error:
        return _Outcome(file_name(path.name), refusal=str(error))
    outcome = _Outcome(file_name(path.name), found.tables, found.questions, found.notes)
    if found.is_repeat:
        return replace(outcome, is_repeat=True)
    if found.is_sample and not options.dry_run:
        return replace(outcome, refusal=str(SampleInTheWayError()))
    outcome = _with_report(outcome, file, path, found, options, store.settings)
    if options.dry_run:
        warning = (str(SampleInTheWayError()),) if found.is_sample else ()
        return replace(outcome, is_dry=True, notes=(*outcome.notes, *warning))
    if outcome.questions or not found.accepted or (found.rejected and not options.accept_valid):
        return outcome
    try:
        tables = _commit(store, found, options, progress)
        remember_answers(store, _actor(options), understood, checked)
        return replace(outcome, tables=tables, is_written=True)
    except DataError as error:
        return replace(outcome, refusal=str(error))
    finally:
        progress(1, 1, "")


def _commit(
    store: Store, found: Preview, options: argparse.Namespace, progress: Progress
) -> tuple[TablePreview, ...]:
    """Write, comparing again where somebody else has written in between."""
    tries = 1
    while True:
        try:
            commit(
                store, found, _actor(options), accept_valid=options.accept_valid, progress=progress
            )
        except PreviewStaleError:
            if tries == _MOST_TRIES:
                raise
            tries += 1
            found = preview(store, found.checked, progress, found.answers)
        else:
            return found.tables


def _with_report(
    outcome: _Outcome,
    file: LimitedFile,
    path: Path,
    found: Preview,
    options: argparse.Namespace,
    settings: Settings,
) -> _Outcome:
    """Write the officer's sheet with the bad cells marked, where there are any.

    It replaces neither another file's report nor any other file. Where it cannot be written,
    that is told; the problems themselves are told anyway.
    """
    if not found.problems or (options.dry_run and options.report is None):
        return outcome
    target = _report_path(path, options.report)
    try:
        content = file.marked_copy(found.problems, found.unlisted)
        return replace(outcome, report=write_numbered(target, content, settings))
    except (OutputError, SourceFileError) as error:
        return replace(outcome, notes=(*outcome.notes, str(error)))
    except OSError as error:
        unwritten = OutputUnwritableError(target, os_reason(error))
        return replace(outcome, notes=(*outcome.notes, str(unwritten)))


def _report_path(path: Path, wanted: Path | None) -> Path:
    """Where the report of a file goes, if nothing is there yet."""
    if wanted is not None and not _is_folder(wanted):
        return wanted
    return (path.parent if wanted is None else wanted) / f"{path.stem}.periksa.xlsx"


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        # The name is too long, say: writing there tells.
        return False


def _progress_bar() -> Progress:
    """A line that moves, where a person is watching."""
    if not sys.stderr.isatty():
        return no_progress

    def show(done: int, total: int, words: str) -> None:
        # Without a total it is not known yet how many there are.
        reached = f"{done * 100 // total:3d} %" if total else f"{done}"
        share = f"{words} {reached}" if words else ""
        sys.stderr.write(f"\r{share:<60}")
        if not words:
            sys.stderr.write("\r")
        sys.stderr.flush()

    return show


# --- what is printed --------------------------------------------------------------------------


def _import_json(outcomes: Sequence[_Outcome]) -> str:
    """One object per table, over all files; a list where there are several tables."""
    names = dict.fromkeys(one.table for outcome in outcomes for one in outcome.tables)
    entries = [_entry(name, outcomes) for name in names] or [_entry(None, outcomes)]
    asked = [_question(each) for one in outcomes for each in one.questions[:_SHOWN]]
    entries[0]["questions"] = asked
    # A file that was refused is of no table: the first one tells of it.
    entries[0]["errors"] += [
        _refused(one.file, one.refusal or _NO_TABLE) for one in outcomes if one.is_refused
    ]
    return _json(entries[0] if len(entries) == 1 else entries)


def _entry(table: str | None, outcomes: Sequence[_Outcome]) -> dict[str, Any]:
    parts = [
        (outcome, [one for one in outcome.tables if one.table == table]) for outcome in outcomes
    ]
    # What is told of a file that was not written are the rows it holds, not rows of the store.
    told = [one for outcome, found in parts if outcome.is_told for one in found]
    found = [one for _, tables in parts for one in tables]
    return {
        "table": table,
        "added": sum(len(one.added) for one in told),
        "changed": sum(len(one.changed) for one in told),
        "unchanged": sum(one.unchanged_count for one in found),
        "rejected": sum(one.rejected for one in found),
        "errors": [_problem(each) for one in found for each in one.problems[:_SHOWN]],
        "questions": [],
        "notes": [
            note if len(outcomes) == 1 else f"{outcome.file}: {note}"
            for outcome, tables in parts
            if tables or table is None
            for note in _first([*_notes(outcome, tables, is_counted=len(outcomes) > 1)])
        ],
    }


def _notes(outcome: _Outcome, tables: Sequence[TablePreview], *, is_counted: bool) -> Iterable[str]:
    """All that is said of a file and some of its tables, each sentence once."""
    counts = [_counts(one) for one in tables] if is_counted else []
    own = (note for one in tables for note in (*_untold(one), *one.notes))
    return dict.fromkeys((*counts, *outcome.notes, *own, *_remarks(outcome), *_report_of(outcome)))


def _untold(table: TablePreview) -> list[str]:
    """How many errors are not told one by one."""
    more = table.problem_count - len(table.problems[:_SHOWN])
    return [f"{TABLE_LABELS[table.table]}: dan {more} kesalahan lagi"] if more else []


def _report_of(outcome: _Outcome) -> list[str]:
    if outcome.report is None:
        return []
    return [f"Salinan dengan sel yang ditandai: {clean_text(str(outcome.report))}"]


def _counts(table: TablePreview) -> str:
    return (
        f"{TABLE_LABELS[table.table]}: {len(table.added)} baru, {len(table.changed)} berubah, "
        f"{table.unchanged_count} sama, {table.rejected} ditolak"
    )


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
    }


def _question(question: Question) -> dict[str, Any]:
    return {
        "file": question.file,
        "sheet": question.sheet,
        "column": question.column,
        "kind": question.kind,
        "candidates": [
            {"field": one.field, "label": one.label, "score": one.score}
            for one in question.candidates
        ],
        "message": question.message,
    }


def _refused(file: str, message: str) -> dict[str, Any]:
    return {"file": file, "sheet": "", "row": None, "column": "", "value": "", "message": message}


_NO_TABLE = "Tidak ada lembar yang dapat dibaca sebagai tabel."


def _remarks(outcome: _Outcome) -> list[str]:
    """What a person must know beside the counts."""
    if outcome.is_repeat:
        entry = next(past for one in outcome.tables for past in one.repeated)
        return [
            f"Berkas ini sudah diimpor oleh {entry.actor} pada {entry.imported_at[:16]} "
            f"(impor {entry.id}); tidak ada yang diubah."
        ]
    if outcome.is_written or outcome.is_refused:
        return []
    if outcome.questions:
        return [
            f"Belum ada yang disimpan: {len(outcome.questions)} pertanyaan menunggu jawaban. Jawab "
            "di halaman Data, atau dengan --answer; baris dengan nama yang belum jelas dapat "
            f'ditinggalkan dengan --answer "{ALL_NAMES}={IGNORE}".'
        ]
    rejected = sum(one.rejected for one in outcome.tables)
    accepted = sum(one.accepted for one in outcome.tables)
    if not rejected and not accepted:
        return ["Tidak ada baris data di bawah judul kolom; tidak ada yang disimpan."]
    if rejected and accepted:
        return [f"Belum ada yang disimpan; {accepted} baris lain benar. Perbaiki baris yang "
                "ditolak, atau simpan yang benar saja dengan --accept-valid."]  # fmt: skip
    return ["Belum ada yang disimpan."]


def _import_text(outcomes: Sequence[_Outcome], options: argparse.Namespace) -> str:
    lines: list[str] = []
    for outcome in outcomes:
        lines.append(f"{outcome.file}{' (hanya diperiksa)' if options.dry_run else ''}")
        for one in outcome.tables:
            lines.append(f"  {_counts(one)}")
            told = one.problems[:_SHOWN]
            lines += [f"    {_told(problem)}" for problem in told]
            if one.problem_count > len(told):
                lines.append(f"    dan {one.problem_count - len(told)} kesalahan lagi")
            lines += [f"    Catatan: {note}" for note in _first(one.notes)]
        for question in outcome.questions[:_SHOWN]:
            lines += _asked(question)
        if len(outcome.questions) > _SHOWN:
            lines.append(f"  dan {len(outcome.questions) - _SHOWN} pertanyaan lagi")
        lines += [f"  Catatan: {note}" for note in _first(outcome.notes)]
        lines += [f"  {remark}" for remark in _remarks(outcome)]
        lines += [f"  {outcome.refusal or _NO_TABLE}"] if outcome.is_refused else []
        lines += [f"  {note}" for note in _report_of(outcome)]
    return "\n".join(lines) + "\n"


def _first(notes: Sequence[str]) -> list[str]:
    """Return the first notes and count the others."""
    more = len(notes) - _SHOWN
    return [*notes[:_SHOWN], *([f"dan {more} catatan lagi"] if more > 0 else [])]


def _asked(question: Question) -> list[str]:
    lines = [f"  Pertanyaan (lembar {question.sheet}): {question.message}"]
    lines += [
        f"      --answer {_shell_word(f'{question.column}={one.field}')}   {one.label}"
        for one in question.candidates
    ]
    return lines


def _shell_word(text: str) -> str:
    """Quote an answer to be copied to a shell, which must find no command in a column's title."""
    return shlex.quote(text) if _OF_A_SHELL & set(text) else f'"{text}"'


# What a shell reads within double quotes.
_OF_A_SHELL = frozenset('"$`\\!')


def _told(problem: Problem) -> str:
    row = f" baris {problem.row}" if problem.row is not None else ""
    column = f", kolom {problem.column}" if problem.column else ""
    value = f" (“{problem.value}”)" if problem.value else ""
    return f"Lembar {problem.sheet}{row}{column}{value}: {problem.message}"


def _history(entries: Sequence[ImportEntry], style: str) -> str:
    if style == "json":
        return _json([_shown(one) for one in entries])
    if not entries:
        return "Belum ada impor.\n"
    words: Mapping[bool, str] = {True: "", False: ", dibatalkan"}
    return "".join(
        f"{one.id:>5}  {one.imported_at[:16]}  {one.actor}  {TABLE_LABELS[one.table]}  "
        f"{one.file_name}: {one.added} baru, {one.changed} berubah, {one.unchanged} sama"
        f"{'' if one.rejected is None else f', {one.rejected} ditolak'}{words[one.is_done]}\n"
        for one in entries
    )


def _shown(one: ImportEntry) -> dict[str, Any]:
    return {
        "id": one.id,
        "table": one.table,
        "file": one.file_name,
        "sha256": one.sha256,
        "actor": one.actor,
        "imported_at": one.imported_at,
        "added": one.added,
        "changed": one.changed,
        "unchanged": one.unchanged,
        "rejected": one.rejected,
        "state": one.state,
        "undone_at": one.undone_at,
        "undone_by": one.undone_by,
    }


def _template(options: argparse.Namespace, settings: Settings) -> Answer:
    content = template(options.table, settings.today)
    target: Path | None = options.target
    if target is None:
        own = Path(f"templat-{TABLE_LABELS[options.table].lower()}.xlsx")
        target = write_numbered(own, content, settings)
    else:
        write_new(target, content, settings)
    return Answer(f"Templat {TABLE_LABELS[options.table]} ditulis ke {target}.\n", _ALL)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
