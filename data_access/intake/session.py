"""The whole way of an officer's file into the store, one function per step.

understand -> check -> preview -> commit, for the command line and the page alike. Each step
takes what the one before gave; only the last one writes. Owns which sheets of a file are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from data_access.intake.cells.places import alias_key
from data_access.intake.files.kobo import unfold_kobo
from data_access.intake.files.reader import read_file
from data_access.intake.forms.columns import (
    TABLE_LABELS,
    ColumnMapping,
    fields_of,
    header_key,
    propose_mapping,
)
from data_access.intake.model import Parsed, Sheet, SheetRow, SourceFile
from data_access.intake.questions import Answers
from data_access.intake.rows.parse import ParseContext, parse_sheet
from data_access.intake.writing.commit import ImportResult, commit_preview
from data_access.intake.writing.keys import filled_columns
from data_access.intake.writing.memory import Memory
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
)
from data_access.settings import Settings
from data_access.store import Store

NOTHING_REMEMBERED = Memory()

# Templates carry a row that shows how to fill in; this word in its column "No" marks it.
EXAMPLE_MARK = "CONTOH"
ORDER_HEADER = "No"

# Sheets of a template that are no table.
GUIDE_SHEET = "Petunjuk"
LIST_SHEET = "Daftar"

# A sheet that lacks a required column is still read, to tell what is missing, if it is like a
# whole sheet of the same file and at least this much of it is understood; anything else is notes
# or a summary beside the table.
_LEAST_SCORE = 0.5


@dataclass(frozen=True)
class ProposedSheet:
    """A sheet with the proposal how to read it, for a person to confirm.

    Attributes:
        profile: name of the profile that the proposal comes from, "" where there is none.
        is_chosen: whether it looks like a table of the programme.
    """

    sheet: Sheet
    mapping: ColumnMapping
    profile: str
    is_chosen: bool


@dataclass(frozen=True)
class Understood:
    """A file that was read, with a proposal per sheet."""

    source: SourceFile = field(repr=False)
    sheets: tuple[ProposedSheet, ...] = field(repr=False)
    settings: Settings
    memory: Memory
    notes: tuple[str, ...] = ()

    def proposal(self) -> dict[str, ColumnMapping]:
        """Return the proposed mapping of every chosen sheet, by sheet name."""
        return {one.sheet.name: one.mapping for one in self.sheets if one.is_chosen}


def understand(
    content: Path | bytes,
    name: str,
    settings: Settings,
    table: str | None = None,
    profile: str | None = None,
    progress: Progress = no_progress,
    memory: Memory = NOTHING_REMEMBERED,
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

    Raises:
        SourceFileError: if the file cannot be read.
        UnknownTableError: if no file can fill such a table.
        UnknownProfileError, ProfileMismatchError: if the profile is not there or of another form.
    """
    if table is not None:
        fields_of(table)
    wanted = named_profile(memory.profiles, profile) if profile else None
    progress(0, 1, "Membaca berkas")
    source = unfold_kobo(
        read_file(content, name, progress=lambda rows: progress(rows, 0, "Membaca baris"))
    )
    sheets, notes = _without_guides(source.sheets)
    proposed = _proposed(sheets, memory, table, wanted)
    progress(1, 1, "Membaca berkas")
    said = [note for note in source.notes if not note.startswith(f"Lembar “{LIST_SHEET}” ")]
    return Understood(source, proposed, settings, memory, (*said, *notes, *_skipped(proposed)))


def check(
    understood: Understood,
    mappings: Mapping[str, ColumnMapping] | None = None,
    progress: Progress = no_progress,
    answers: Mapping[tuple[str, str], str] = MappingProxyType({}),
) -> Checked:
    """Read the rows of the sheets that have a mapping; collects every problem.

    Args:
        mappings: sheet name -> confirmed mapping; the proposal if None. Other sheets are left.
        answers: (kecamatan, desa) as written -> code, for this file only: names that mean one
            place here and another elsewhere are not remembered.
    """
    memory = understood.memory
    context = ParseContext(
        understood.settings.today,
        {**memory.places, **{alias_key(*names): code for names, code in answers.items()}},
        memory.spellings,
    )
    confirmed = understood.proposal() if mappings is None else mappings
    total = sum(len(one.sheet.rows) for one in understood.sheets if one.sheet.name in confirmed)
    checked: list[CheckedSheet] = []
    done = 0
    for one in understood.sheets:
        if one.sheet.name not in confirmed:
            continue
        mapping = confirmed[one.sheet.name]
        step = partial(_told, progress, done, total)
        parsed = parse_sheet(understood.source, one.sheet, mapping, context, step)
        checked.append(CheckedSheet(parsed, filled_columns(mapping), _rejected(one.sheet, parsed)))
        done += len(one.sheet.rows)
    return Checked(understood.source, tuple(checked), understood.notes)


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
        rows = tuple(row for row in sheet.rows if not _is_example(sheet, row))
        if left := len(sheet.rows) - len(rows):
            notes.append(f"Lembar “{sheet.name}”: {left} baris contoh dari templat dilewati.")
        kept.append(replace(sheet, rows=rows) if left else sheet)
    return kept, notes


def _is_example(sheet: Sheet, row: SheetRow) -> bool:
    return any(
        isinstance(value, str)
        and value.strip().upper().startswith(EXAMPLE_MARK)
        and header_key(title) == header_key(ORDER_HEADER)
        for title, value in zip(sheet.header, row.values, strict=False)
    )


def _proposed(
    sheets: list[Sheet], memory: Memory, table: str | None, wanted: Profile | None
) -> tuple[ProposedSheet, ...]:
    proposed: list[ProposedSheet] = []
    mismatch: ProfileMismatchError | None = None
    for sheet in sheets:
        try:
            mapping, name = _mapping(sheet, memory, table, wanted)
        except ProfileMismatchError as error:
            mismatch = error
            continue
        proposed.append(ProposedSheet(sheet, mapping, name, not mapping.missing))
    if mismatch is not None and not proposed:
        raise mismatch
    return tuple(_chosen(proposed))


def _chosen(proposed: list[ProposedSheet]) -> list[ProposedSheet]:
    """Add to the whole sheets those that were surely meant to be."""
    whole = {one.mapping.table for one in proposed if one.is_chosen}
    if proposed and not whole:
        # Something must be wrong with the likeliest one: reading it tells what.
        best = max(proposed, key=lambda one: one.mapping.score)
        return [replace(one, is_chosen=one is best) for one in proposed]
    return [
        replace(one, is_chosen=True)
        if one.mapping.table in whole and one.mapping.score >= _LEAST_SCORE
        else one
        for one in proposed
    ]


def _mapping(
    sheet: Sheet, memory: Memory, table: str | None, wanted: Profile | None
) -> tuple[ColumnMapping, str]:
    """The mapping of a sheet and the name of the profile that it comes from."""
    known = wanted or find_profile(memory.profiles, sheet, table)
    if known is None:
        return propose_mapping(sheet, table), ""
    return apply_profile(known, sheet), known.name


def _skipped(proposed: tuple[ProposedSheet, ...]) -> list[str]:
    return [
        f"Lembar “{one.sheet.name}” tidak dibaca: bukan tabel yang dikenal (paling mirip "
        f"{TABLE_LABELS[one.mapping.table]})."
        for one in proposed
        if not one.is_chosen
    ]


def _rejected(sheet: Sheet, parsed: Parsed) -> int:
    """Number of rows with a problem; all of them where the sheet as a whole has one."""
    if any(problem.row is None for problem in parsed.problems):
        return len(sheet.rows)
    return len({problem.row for problem in parsed.problems})
