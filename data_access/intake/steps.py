"""The whole way of an officer's file into the store, one function per step.

understand -> check -> preview -> commit, for the command line and the page alike. Each step
takes what the one before gave; only the last one writes. Owns which sheets of a file are read and
what is asked of a sheet as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from data_access.intake.cells.column import proves_order
from data_access.intake.cells.dates import DateOrder
from data_access.intake.files.exports.unfold import unfold_export
from data_access.intake.files.reader import read_file
from data_access.intake.forms.columns import (
    ColumnMapping,
    column_name,
    header_key,
    known_header_words,
)
from data_access.intake.forms.content import Contents, cell_at
from data_access.intake.forms.recognition import Recognised, recognise
from data_access.intake.forms.registry import FORMS, TABLE_LABELS, form_of
from data_access.intake.forms.template_marks import (
    EXAMPLE_MARK,
    GUIDE_SHEET,
    LIST_SHEET,
    ORDER_HEADER,
)
from data_access.intake.model import Sheet, SheetRow, SourceFile
from data_access.intake.questions import TABLE, Answers, Question, answer_key, of_sheet
from data_access.intake.rows.parse import ParseContext, parse_sheet
from data_access.intake.writing.commit import ImportResult, commit_preview
from data_access.intake.writing.keys import filled_columns
from data_access.intake.writing.memory import Memory, remember_places, remember_profile
from data_access.intake.writing.preview import (
    NO_ANSWERS,
    Checked,
    CheckedSheet,
    Preview,
    Progress,
    make_preview,
    no_progress,
)
from data_access.intake.writing.profiles import (
    Profile,
    ProfileMismatchError,
    apply_profile,
    find_profile,
    named_profile,
    profile_of,
)
from data_access.settings import Settings
from data_access.store import Store

NOTHING_REMEMBERED = Memory()

# What is asked of the values of a column may be otherwise on the next sheet.
_OF_VALUES = frozenset({"date_order", "time_zone", "scale"})
_DAYS = tuple(one.name for form in FORMS.values() for one in form.fields if one.kind == "date")


@dataclass(frozen=True)
class ProposedSheet:
    """A sheet with the proposal how to read it, for a person to confirm.

    Attributes:
        profile: name of the profile that the proposal comes from, "" where there is none.
        is_chosen: whether it looks like a table of the programme.
        rows: number of its data rows, also where they are kept elsewhere.
        recognised: what it was taken for; None where a profile says it.
    """

    sheet: Sheet
    mapping: ColumnMapping
    profile: str
    is_chosen: bool
    rows: int
    recognised: Recognised | None = None


@dataclass(frozen=True)
class Understood:
    """A file that was read, with a proposal per sheet.

    Attributes:
        answers: what was answered about it, profiles included.
        table: the table, if it was named.
        wanted: the profile, if it was named.
    """

    source: SourceFile = field(repr=False)
    sheets: tuple[ProposedSheet, ...] = field(repr=False)
    settings: Settings
    memory: Memory = field(repr=False)
    answers: Answers
    notes: tuple[str, ...] = ()
    table: str | None = None
    wanted: Profile | None = None

    def proposal(self) -> dict[str, ColumnMapping]:
        """Return the proposed mapping of every chosen sheet, by sheet name."""
        return {one.sheet.name: one.mapping for one in self.sheets if one.is_chosen}

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of the chosen sheets as a whole: their table and their columns."""
        return tuple(
            question
            for one in self.sheets
            if one.is_chosen
            for question in _questions(self.source, one)
        )


def understand(
    content: Path | bytes,
    name: str,
    settings: Settings,
    table: str | None = None,
    profile: str | None = None,
    progress: Progress = no_progress,
    memory: Memory = NOTHING_REMEMBERED,
    answers: Answers | None = None,
) -> Understood:
    """Read a file and propose which table each sheet is and which column is what.

    Args:
        content: the file, or its bytes.
        name: what people call the file; "" for a path's own name.
        settings: what day it is today.
        table: the table, if it is known.
        profile: name of the profile to read the file by; without one, a profile is found by the
            sheet's header.
        memory: what officers answered before.
        answers: what was answered about this file.

    Raises:
        SourceFileError: if the file cannot be read.
        UnknownTableError: if no file can fill such a table.
        UnknownProfileError, ProfileMismatchError: if the profile is not there or of another form.
    """
    if table is not None:
        form_of(table)
    wanted = named_profile(memory.profiles, profile) if profile else None
    progress(0, 1, "Membaca berkas")
    read = read_file(
        content, name, known_header_words(), lambda rows: progress(rows, 0, "Membaca baris")
    )
    understood = _understood(
        unfold_export(read), settings, table, wanted, memory, answers or Answers()
    )
    progress(1, 1, "Membaca berkas")
    return understood


def answer(understood: Understood, answers: Answers) -> Understood:
    """Propose anew how the sheets of a file are taken, by what was answered since."""
    return _understood(
        understood.source, understood.settings, understood.table, understood.wanted,
        understood.memory, understood.answers | answers,
    )  # fmt: skip


def _understood(
    source: SourceFile,
    settings: Settings,
    table: str | None,
    wanted: Profile | None,
    memory: Memory,
    answers: Answers,
) -> Understood:
    sheets, notes = _without_guides(source.sheets)
    proposed = _proposed(sheets, memory, table, wanted, answers)
    said = [note for note in source.notes if not note.startswith(f"Lembar “{LIST_SHEET}” ")]
    for one in proposed:
        known = find_profile(memory.profiles, one.sheet, table)
        answers = Answers(known.answers) | answers if known else answers
    skipped = _skipped(proposed)
    return Understood(
        source, proposed, settings, memory, answers, (*said, *notes, *skipped), table, wanted
    )


def check(
    understood: Understood,
    mappings: Mapping[str, ColumnMapping] | None = None,
    progress: Progress = no_progress,
) -> Checked:
    """Read the rows of the sheets that have a mapping; collects every problem and question.

    Args:
        mappings: sheet name -> confirmed mapping; the proposal if None. Other sheets are left.
    """
    confirmed = understood.proposal() if mappings is None else mappings
    contexts = _contexts(understood, confirmed)
    total = sum(len(one.sheet.rows) for one in understood.sheets if one.sheet.name in confirmed)
    checked: list[CheckedSheet] = []
    asked: list[Question] = []
    done = 0
    for one in understood.sheets:
        if one.sheet.name not in confirmed:
            continue
        mapping = confirmed[one.sheet.name]
        questions = _questions(understood.source, replace(one, mapping=mapping))
        asked += questions
        if not questions:
            step = partial(_told, progress, done, total)
            parsed = parse_sheet(
                understood.source, one.sheet, mapping, contexts[one.sheet.name], step
            )
            parsed = replace(parsed, questions=_named(parsed.questions, understood, confirmed))
            checked.append(CheckedSheet(parsed, filled_columns(mapping), parsed.rejected))
        done += len(one.sheet.rows)
    return Checked(understood.source, tuple(checked), understood.notes, tuple(asked))


def preview(
    store: Store,
    checked: Checked,
    progress: Progress = no_progress,
    answers: Answers = NO_ANSWERS,
) -> Preview:
    """Compare what was read with the store; changes nothing.

    Args:
        answers: to the questions that an earlier preview of the file asked.

    Raises:
        StoreError: if the database cannot be read.
    """
    return make_preview(store, checked, progress, answers)


def commit(
    store: Store,
    preview: Preview,
    actor: str,
    *,
    accept_valid: bool = False,
    progress: Progress = no_progress,
) -> ImportResult:
    """Write what a preview shows, in one transaction.

    Raises:
        QuestionsOpenError, NothingAcceptedError, RowsRejectedError, SampleInTheWayError,
            PreviewStaleError: if it must not be written; nothing has changed then.
        StoreError: if the database cannot be written.
    """
    return commit_preview(store, preview, actor, accept_valid=accept_valid, progress=progress)


def remember_answers(store: Store, actor: str, understood: Understood, checked: Checked) -> None:
    """Keep what was answered about the columns of a form and about names, for the next file.

    What was answered about single rows is of this file alone.

    Raises:
        StoreError: if the database cannot be written.
    """
    learned = {names: code for one in checked.sheets for names, code in one.parsed.learned.items()}
    if learned:
        remember_places(store, actor, learned)
    for one in understood.sheets:
        titles = (column_name(one.sheet, index) for index in range(len(one.sheet.header)))
        asked = {*map(answer_key, titles), answer_key(TABLE)}
        pairs = [pair for pair in understood.answers.pairs() if pair[0] in asked]
        if not one.is_chosen or not pairs:
            continue
        name = one.profile or f"{TABLE_LABELS[one.mapping.table]}: {understood.source.name}"
        fields = {} if one.recognised else one.mapping.fields
        mapping = replace(one.mapping, fields=fields)
        remember_profile(store, actor, profile_of(name, one.sheet, mapping, pairs))


def _contexts(
    understood: Understood, confirmed: Mapping[str, ColumnMapping]
) -> dict[str, ParseContext]:
    """What each sheet is read by: its answers, and what the dates of the others prove."""
    sheets = [one.sheet for one in understood.sheets if one.sheet.name in confirmed]
    proofs: dict[str, set[DateOrder]] = {}
    for sheet in sheets if len(sheets) > 1 else ():
        days = [confirmed[sheet.name].fields.get(name, -1) for name in _DAYS]
        cells = ([(row.number, cell_at(row, i)) for row in sheet.rows] for i in days if i >= 0)
        proofs[sheet.name] = {order for column in cells for order in proves_order(column)}
    memory = understood.memory
    return {
        sheet.name: ParseContext(
            understood.settings.today,
            memory.places,
            memory.spellings,
            understood.answers.of_sheet(sheet.name),
            frozenset(
                order for name, found in proofs.items() if name != sheet.name for order in found
            ),
        )
        for sheet in sheets
    }


def _named(
    questions: Iterable[Question], understood: Understood, confirmed: Mapping[str, ColumnMapping]
) -> tuple[Question, ...]:
    """Questions about values name their sheet where another one has such a column as well."""

    def named(one: Question) -> Question:
        key = answer_key(one.column)
        is_shared = one.kind in _OF_VALUES and any(
            key in map(answer_key, other.sheet.header)
            for other in understood.sheets
            if other.sheet.name in confirmed and other.sheet.name != one.sheet
        )
        return replace(one, column=of_sheet(one.column, one.sheet)) if is_shared else one

    return tuple(map(named, questions))


def _told(progress: Progress, before: int, total: int, done: int, _: int) -> None:
    """Tell how far the file is, from how far one of its sheets is."""
    progress(before + done, total, "Memeriksa baris")


# --- sheets --------------------------------------------------------------------------------


def _without_guides(sheets: tuple[Sheet, ...]) -> tuple[list[Sheet], list[str]]:
    """Leave out a template's guide, lists and example row."""
    kept: list[Sheet] = []
    notes: list[str] = []
    for sheet in sheets:
        if len(sheets) > 1 and sheet.name in (GUIDE_SHEET, LIST_SHEET):
            continue
        order = header_key(ORDER_HEADER)
        orders = [i for i, title in enumerate(sheet.header) if header_key(title) == order]
        rows = tuple(row for row in sheet.rows if not _is_example(row, orders))
        if left := len(sheet.rows) - len(rows):
            notes.append(f"Lembar “{sheet.name}”: {left} baris contoh dari templat dilewati.")
        kept.append(replace(sheet, rows=rows) if left else sheet)
    return kept, notes


def _is_example(row: SheetRow, orders: Sequence[int]) -> bool:
    """Whether one of the columns that number the rows marks a row as an example."""
    return any(
        isinstance(value := row.values[index], str)
        and value.strip().upper().startswith(EXAMPLE_MARK)
        for index in orders
        if index < len(row.values)
    )


def _proposed(
    sheets: list[Sheet],
    memory: Memory,
    table: str | None,
    wanted: Profile | None,
    answers: Answers,
) -> tuple[ProposedSheet, ...]:
    proposed: list[ProposedSheet] = []
    mismatch: ProfileMismatchError | None = None
    for sheet in sheets:
        try:
            proposed.append(_propose(sheet, memory, table, wanted, answers))
        except ProfileMismatchError as error:
            mismatch = error
    if mismatch is not None and not proposed:
        raise mismatch
    return tuple(_chosen(proposed, is_known=table is not None))


def _propose(
    sheet: Sheet, memory: Memory, table: str | None, wanted: Profile | None, answers: Answers
) -> ProposedSheet:
    known = wanted or find_profile(memory.profiles, sheet, table)
    if known is not None and known.fields:
        mapping = apply_profile(known, sheet)
        return ProposedSheet(sheet, mapping, known.name, is_chosen=True, rows=len(sheet.rows))
    if known is not None:
        answers = Answers(known.answers) | answers
    recognised = recognise(
        sheet, Contents(sheet), table or (known.table if known else None), answers
    )
    return ProposedSheet(
        sheet, recognised.mapping, known.name if known else "", recognised.is_sure,
        len(sheet.rows), recognised,
    )  # fmt: skip


def _chosen(proposed: list[ProposedSheet], *, is_known: bool) -> list[ProposedSheet]:
    """Leave out sheets that say less of a table than another sheet of the file."""
    whole = [one for one in proposed if one.is_chosen and not one.mapping.missing]
    if is_known and whole:
        # The table was named for the file: its other sheets are read if they are whole as well.
        return [replace(one, is_chosen=one in whole) for one in proposed]
    if any(one.is_chosen for one in proposed):
        return proposed
    asked = [one for one in proposed if one.recognised and one.recognised.choices]
    if asked or not proposed:
        return [replace(one, is_chosen=one in asked) for one in proposed]
    if all(one.recognised and one.recognised.is_recap for one in proposed):
        return proposed
    # Something must be wrong with the likeliest one: reading it tells what.
    best = max(proposed, key=lambda one: one.mapping.score)
    return [replace(one, is_chosen=one is best) for one in proposed]


def _questions(source: SourceFile, proposed: ProposedSheet) -> list[Question]:
    """What is asked of a sheet as a whole: which table it is, then which column is what."""
    sheet, recognised = proposed.sheet, proposed.recognised
    if recognised and recognised.choices and proposed.mapping == recognised.mapping:
        message = (
            f"Lembar “{sheet.name}” berisi daftar apa? Kolomnya cocok dengan lebih dari satu tabel."
            if recognised.is_sure
            else f"Lembar “{sheet.name}” berisi daftar apa? Tidak ada kolom yang menandai tabelnya "
            "dengan pasti, padahal data lama dapat berubah bila tabelnya keliru."
        )
        return [Question(source.name, sheet.name, TABLE, "table", recognised.choices, message)]
    return [
        Question(
            source.name, sheet.name, column_name(sheet, doubt.index), "column", doubt.candidates,
            doubt.message,
        )
        for doubt in proposed.mapping.doubts
    ]  # fmt: skip


def _skipped(proposed: tuple[ProposedSheet, ...]) -> list[str]:
    return [
        f"Lembar “{one.sheet.name}” tidak dibaca: {_why_skipped(one)}."
        for one in proposed
        if not one.is_chosen
    ]


def _why_skipped(one: ProposedSheet) -> str:
    if one.recognised and one.recognised.is_recap:
        return (
            "isinya jumlah tanpa tanggal, yaitu rekap atau daftar lain, bukan catatan satu per "
            "satu. Bila seharusnya dibaca, pakai judul kolom dari templat"
        )
    return f"bukan tabel yang dikenal (paling mirip {TABLE_LABELS[one.mapping.table]})"
