"""What an import would do: which rows are new, which change, which are already there.

Owns comparing the records of a file with each other and with the store. Reads only; the same
comparison is made again inside the transaction that writes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from data_access.intake.files.sheets import row_list
from data_access.intake.forms.registry import fields_of
from data_access.intake.model import Parsed, Problem, Record, SourceFile, Unlisted
from data_access.intake.questions import Answers, Question
from data_access.intake.writing.history import ImportEntry, imports_of_file
from data_access.intake.writing.keys import is_digest
from data_access.intake.writing.likeness import Likeness, find_likeness
from data_access.intake.writing.same_record import other_keys
from data_access.intake.writing.stored import (
    AREA_TABLES,
    DAY_COLUMNS,
    EVENT_TABLES,
    VILLAGES,
    Row,
    changeable_columns,
    chunked,
    stored_rows,
)
from data_access.meta import read_meta, state_of
from data_access.sample.invent import DECREE_PREFIX, KEY_PREFIX, POPULATION_SOURCE
from data_access.schema import import_rows
from data_access.store import Store

# Called with steps done, steps in all (0 = not known yet), and what is being done.
Progress = Callable[[int, int, str], None]

# As many rows of a kind as a person looks at before deciding.
SAMPLE_SIZE = 20
_MOST_ROWS_NAMED = 8
# As many problems as a person mends; more are counted and marked.
MOST_PROBLEMS = 200

NO_ANSWERS = Answers()

_READING = "Membandingkan dengan basis data"


def no_progress(done: int, total: int, words: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class CheckedSheet:
    """A sheet whose rows were read.

    Attributes:
        columns: the table's columns that the sheet speaks of; no other is changed.
        rejected: number of rows that cannot be taken.
    """

    parsed: Parsed
    columns: frozenset[str]
    rejected: int


@dataclass(frozen=True)
class Checked:
    """A file whose sheets were read, and what was said on the way.

    Attributes:
        asked: what must be answered before further sheets can be read.
    """

    source: SourceFile
    sheets: tuple[CheckedSheet, ...]
    notes: tuple[str, ...] = ()
    asked: tuple[Question, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps rows out, as far as it is told one by one."""
        return tuple(one for sheet in self.sheets for one in sheet.parsed.problems)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a person must answer before anything of the file is stored."""
        return (*self.asked, *(one for sheet in self.sheets for one in sheet.parsed.questions))


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is there and would change: only the columns that differ, before and after."""

    record: Record
    before: Mapping[str, object]
    after: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Difference:
    """One column of a conflict, as a person reads it."""

    column: str
    label: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that the store and the file tell differently, side by side."""

    key: str
    file: str
    sheet: str
    row: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class TablePreview:
    """What would happen to one table.

    Attributes:
        added: records that are not there yet.
        changed: rows that are there and differ.
        unchanged: keys of rows that are there and agree.
        unlisted: where the problems are that are not among ``problems``.
        merged: key of a record -> key of the row that it was said to be; it changes nothing.
        asked: number of rows that wait for an answer to one of ``questions``.
        rejected: number of rows that cannot be taken.
        repeated: the standing imports of this very file; rows they brought are not judged again.
        known: number of the file's rows that those imports brought.
    """

    table: str
    added: tuple[Record, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[str, ...]
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    asked: int = 0
    merged: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[ImportEntry, ...] = ()
    known: int = 0
    unlisted: tuple[Unlisted, ...] = ()

    @property
    def problem_count(self) -> int:
        """Number of all problems, those included that are not told one by one."""
        return len(self.problems) + sum(len(one.rows) for one in self.unlisted)

    @property
    def accepted(self) -> int:
        """Number of rows that would be taken, those already there included."""
        return len(self.added) + len(self.changed) + self.unchanged_count

    @property
    def unchanged_count(self) -> int:
        """Number of rows that are already there."""
        return len(self.unchanged) + len(self.merged) + self.known

    @property
    def is_repeat(self) -> bool:
        """Whether the file was imported before and holds nothing else."""
        fresh = (self.added, self.changed, self.unchanged, self.merged, self.questions)
        return bool(self.repeated) and not any(fresh)

    def added_samples(self) -> tuple[Record, ...]:
        """Return the first new records."""
        return self.added[:SAMPLE_SIZE]

    def conflicts(self, most: int = SAMPLE_SIZE) -> tuple[Conflict, ...]:
        """Return the first rows that would change, old beside new."""
        return tuple(_conflict(self.table, change) for change in self.changed[:most])


@dataclass(frozen=True)
class Preview:
    """What an import would do, and the state of the store it was judged by.

    Attributes:
        answers: to the questions that comparing asks.
        revision: the state of the store when it was compared.
        is_sample: whether the store holds sample data, which real rows may not join.
    """

    checked: Checked = field(repr=False)
    tables: tuple[TablePreview, ...]
    revision: str
    is_sample: bool
    notes: tuple[str, ...] = ()
    answers: Answers = field(default=NO_ANSWERS, repr=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What must be answered before anything of the file is stored."""
        own = tuple(one for table in self.tables for one in table.questions)
        return (*self.checked.questions, *own)

    @property
    def rejected(self) -> int:
        """Number of rows that cannot be taken, in all tables."""
        return sum(one.rejected for one in self.tables)

    @property
    def accepted(self) -> int:
        """Number of rows that can be taken, in all tables."""
        return sum(one.accepted for one in self.tables)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps rows out, in all tables, as far as it is told one by one."""
        return tuple(problem for one in self.tables for problem in one.problems)

    @property
    def unlisted(self) -> tuple[Unlisted, ...]:
        """Where the other problems are, in all tables."""
        return tuple(more for one in self.tables for more in one.unlisted)

    @property
    def problem_count(self) -> int:
        """Number of all problems, in all tables."""
        return sum(one.problem_count for one in self.tables)

    @property
    def is_repeat(self) -> bool:
        """Whether the file was imported before and holds nothing else."""
        return bool(self.tables) and all(one.is_repeat for one in self.tables)


def make_preview(
    store: Store,
    checked: Checked,
    progress: Progress = no_progress,
    answers: Answers = NO_ANSWERS,
) -> Preview:
    """Compare a file with the store.

    Args:
        answers: to the questions that an earlier preview of the file asked.

    Raises:
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        known = read_meta(connection)
        tables = compare(connection, checked, progress, answers)
    is_sample = known.get("is_sample") == "1"
    return Preview(checked, tables, state_of(known), is_sample, checked.notes, answers)


def compare(
    connection: Connection,
    checked: Checked,
    progress: Progress = no_progress,
    answers: Answers = NO_ANSWERS,
) -> tuple[TablePreview, ...]:
    """Compare a file with the store as one transaction sees it, table by table."""
    by_table: dict[str, list[CheckedSheet]] = defaultdict(list)
    for sheet in checked.sheets:
        by_table[sheet.parsed.table].append(sheet)
    return tuple(
        _Comparison(
            connection, checked.source, table, sheets, answers, len(checked.sheets) == 1
        ).preview(progress)
        for table, sheets in by_table.items()
    )


class _Comparison:
    """One comparing of all that a file says of one table."""

    def __init__(
        self,
        connection: Connection,
        source: SourceFile,
        table: str,
        sheets: Sequence[CheckedSheet],
        answers: Answers,
        is_only_sheet: bool,
    ) -> None:
        self._connection = connection
        self._source = source
        self._table = table
        self._sheets = sheets
        self._answers = answers
        self._is_only_sheet = is_only_sheet
        self._changeable = changeable_columns(table)
        self._problems = [one for sheet in sheets for one in sheet.parsed.problems]
        self._notes = [note for sheet in sheets for note in sheet.parsed.notes]
        self._unlisted = [more for sheet in sheets for more in sheet.parsed.unlisted]
        self._told: list[Problem] = []
        self._refused: dict[str, list[int]] = defaultdict(list)
        self._added: list[Record] = []
        self._changed: list[Change] = []
        self._unchanged: list[str] = []
        self._outdated: list[int] = []

    def preview(self, progress: Progress) -> TablePreview:
        records = self._under_stored_keys(self._own_records())
        repeated = imports_of_file(self._connection, self._table, self._source.sha256)
        brought = self._brought_by(repeated)
        fresh = {key: found for key, found in records.items() if key not in brought}
        self._judge(fresh, progress)
        likeness = self._likeness(records)
        self._notes += likeness.notes
        if self._outdated:
            self._notes.append(
                f"{row_list(sorted(self._outdated))}: tanggal catatan ini sudah dibetulkan dalam "
                "basis data; tanggal lama di berkas ini tidak dipakai."
            )
        return TablePreview(
            table=self._table,
            added=tuple(self._added),
            changed=tuple(self._changed),
            unchanged=tuple(self._unchanged),
            rejected=sum(sheet.rejected for sheet in self._sheets)
            + sum(map(len, self._refused.values())),
            problems=(*self._problems, *self._told),
            notes=tuple(self._notes),
            questions=likeness.questions,
            asked=likeness.asked,
            merged=likeness.merged,
            repeated=repeated,
            known=len(records) - len(fresh),
            unlisted=(*self._unlisted, *self._unlisted_refusals()),
        )

    # --- the file by itself --------------------------------------------------------------

    def _own_records(self) -> dict[str, tuple[Record, frozenset[str]]]:
        """One record per key with the columns its sheet speaks of."""
        records: dict[str, tuple[Record, frozenset[str]]] = {}
        others: dict[str, list[Record]] = defaultdict(list)
        for sheet in self._sheets:
            for record in sheet.parsed.records:
                if _is_sample(record):
                    self._refuse(record, "", _SAMPLE_ROW)
                elif record.key in records:
                    others[record.key].append(record)
                else:
                    records[record.key] = (record, sheet.columns)
        repeated: dict[str, list[int]] = defaultdict(list)
        for key, rows in others.items():
            first = records[key][0]
            if not all(_agree(first, row) for row in rows):
                del records[key]
                self._refuse_all([first, *rows])
                continue
            for row in rows:
                repeated[row.sheet].append(row.row)
        self._notes += [
            f"Lembar “{name}”: {row_list(sorted(rows))} sudah ada di lembar lain berkas ini; "
            "dihitung sekali."
            for name, rows in repeated.items()
        ]
        return records

    def _refuse_all(self, rows: Sequence[Record]) -> None:
        named = rows[: _MOST_ROWS_NAMED + 1]
        for record in rows:
            near = [other for other in named if other is not record][:_MOST_ROWS_NAMED]
            others = ", ".join(f"lembar “{other.sheet}” baris {other.row}" for other in near)
            if more := len(rows) - 1 - len(near):
                others += f" dan {more} baris lagi"
            self._refuse(record, "", f"Catatan ini juga ada di {others}, tetapi isinya berbeda. "
                         "Hapus atau perbaiki yang salah.")  # fmt: skip

    def _refuse(self, record: Record, column: str, message: str) -> None:
        self._refused[record.sheet].append(record.row)
        if len(self._told) < MOST_PROBLEMS:
            self._told.append(Problem(record.file, record.sheet, record.row, column, "", message))

    def _unlisted_refusals(self) -> Iterator[Unlisted]:
        """The rows refused here beyond those that are told, sheet by sheet."""
        told = {(problem.sheet, problem.row) for problem in self._told}
        for sheet, rows in self._refused.items():
            more = sorted({row for row in rows if (sheet, row) not in told})
            if more:
                yield Unlisted(sheet, "", tuple(more))

    # --- the file beside the store -------------------------------------------------------

    def _under_stored_keys(
        self, records: Mapping[str, tuple[Record, frozenset[str]]]
    ) -> dict[str, tuple[Record, frozenset[str]]]:
        """The records under the keys by which the store knows them."""
        own = [record for record, _ in records.values()]
        others = other_keys(self._connection, self._table, own)
        if others:
            self._notes.append(
                f"{len(others)} baris sama dengan catatan yang sudah ada (tanggal, tempat dan "
                "kegiatan), yang kode sumbernya ada di satu berkas saja; dihitung sekali."
            )
        return {
            others.get(key, key): (_with_key(record, others.get(key, key)), columns)
            for key, (record, columns) in records.items()
        }

    def _brought_by(self, repeated: Sequence[ImportEntry]) -> set[str]:
        rows = import_rows.c
        ids = [entry.id for entry in repeated]
        if not ids:
            return set()
        question = import_rows.select().with_only_columns(rows.row_key)
        return set(self._connection.scalars(question.where(rows.import_id.in_(ids))))

    def _judge(
        self, records: Mapping[str, tuple[Record, frozenset[str]]], progress: Progress
    ) -> None:
        total, done = len(records), 0
        for keys in self._portions(records):
            stored = stored_rows(self._connection, self._table, keys)
            for key in keys:
                self._judge_one(*records[key], stored.get(key))
            done += len(keys)
            progress(done, total, _READING)

    def _likeness(self, records: Mapping[str, tuple[Record, frozenset[str]]]) -> Likeness:
        """Leave of the new records those that are new events, and judge the others anew."""
        named = {key: record.sheet for key, (record, _) in records.items()}
        found = find_likeness(
            self._connection, self._added, named, self._answers, is_only_sheet=self._is_only_sheet
        )
        self._added = list(found.added)
        for keys in chunked(found.moved):
            stored = stored_rows(self._connection, self._table, keys)
            for key in keys:
                record = found.moved[key]
                self._judge_one(
                    _with_key(record, key), records[record.key][1], stored[key], is_moved=True
                )
        return found

    def _portions(self, records: Mapping[str, object]) -> Iterator[list[str]]:
        if self._table in EVENT_TABLES:
            return chunked(records)
        # Small tables are read whole, once.
        return iter([list(records)] if records else [])

    def _judge_one(
        self,
        record: Record,
        columns: frozenset[str],
        stored: Row | None,
        *,
        is_moved: bool = False,
    ) -> None:
        if stored is None:
            if self._table in AREA_TABLES:
                self._refuse(record, "", _UNKNOWN_AREA)
            else:
                self._added.append(record)
            return
        new = _said(record, columns & self._changeable)
        after = {name: value for name, value in new.items() if stored[name] != value}
        day = DAY_COLUMNS.get(self._table, "")
        if day in after and is_digest(record.key) and not is_moved:
            # Its key tells the day that the row had before it was moved.
            del after[day]
            self._outdated.append(record.row)
        if after:
            before = {name: stored[name] for name in after}
            self._changed.append(Change(record, before, after))
        else:
            self._unchanged.append(record.key)


_SAMPLE_ROW = (
    "Baris ini berasal dari DATA CONTOH dan tidak boleh bercampur dengan data asli. Hapus baris "
    "ini."
)
_UNKNOWN_AREA = (
    "Wilayah ini tidak ada dalam basis data; berkas tidak dapat menambah desa atau kecamatan. "
    "Periksa kodenya."
)


def _said(record: Record, columns: frozenset[str]) -> Row:
    """The columns that a record speaks of, and a session's desa."""
    new = {name: value for name, value in record.values.items() if name in columns}
    if record.table == "awareness_sessions":
        new[VILLAGES] = tuple(sorted(record.villages))
    return new


def _with_key(record: Record, key: str) -> Record:
    if key == record.key:
        return record
    return replace(record, key=key, values={**record.values, "source_key": key})


def _agree(one: Record, other: Record) -> bool:
    return one.values == other.values and sorted(one.villages) == sorted(other.villages)


def _is_sample(record: Record) -> bool:
    """Whether a row was invented: the sample marks every row of its own."""
    values = record.values
    return (
        (record.table in EVENT_TABLES and record.key.startswith(KEY_PREFIX))
        or str(values.get("decree_number") or "").startswith(DECREE_PREFIX)
        or values.get("population_source") == POPULATION_SOURCE
    )


def _conflict(table: str, change: Change) -> Conflict:
    record = change.record
    return Conflict(
        record.key,
        record.file,
        record.sheet,
        record.row,
        tuple(
            Difference(name, column_label(table, name), change.before[name], value)
            for name, value in change.after.items()
        ),
    )


def column_label(table: str, column: str) -> str:
    """Return the officer's word for a column of the schema."""
    known = fields_of(table)
    name = column.removeprefix("origin_")
    if name in (VILLAGES, "village_code"):
        name = "desa"
    elif name == "kecamatan_code":
        name = "kecamatan"
    return known[name].label if name in known else column
