"""Writing an import: all of its rows, its record and its audit entry, or nothing.

Owns the one transaction of an import and the end of the sample data. Every row that an import
brought is noted with what undoing it needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from sqlalchemy import Connection, Table, bindparam, delete, insert, update

from data_access import audit
from data_access.bulk import bulk_insert
from data_access.errors import DataError
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.model import Record, SourceFile
from data_access.intake.writing.preview import (
    Preview,
    Progress,
    TablePreview,
    compare,
    no_progress,
)
from data_access.intake.writing.stored import EVENT_TABLES, VILLAGES, Row, is_row, key_values
from data_access.meta import read_meta, state_before, write_meta
from data_access.schema import (
    IMPORT_DONE,
    ROW_ADDED,
    ROW_CHANGED,
    ROW_UNCHANGED,
    import_rows,
    imports,
    metadata,
    session_villages,
)
from data_access.store import Store

# Rows between two movements of the progress bar.
_STEP = 5_000
_WRITING = "Menyimpan"


class SampleInTheWayError(DataError):
    sentence = (
        "Basis data masih berisi DATA CONTOH, yang tidak boleh bercampur dengan data asli. "
        "Hapus data contoh dahulu: tombol “Hapus data contoh” di halaman Data, atau perintah "
        "python -m data_access clear-sample."
    )


class RowsRejectedError(DataError):
    sentence = (
        "Tidak ada yang disimpan: {rejected} baris ditolak. Perbaiki baris itu, atau terima "
        "baris yang benar saja."
    )
    rejected: int


class QuestionsOpenError(DataError):
    sentence = "Tidak ada yang disimpan: {count} pertanyaan tentang berkas ini belum dijawab."
    count: int


class NothingAcceptedError(DataError):
    sentence = "Tidak ada yang disimpan: {file} tidak berisi baris yang dapat diterima."
    file: str


class PreviewStaleError(DataError):
    sentence = (
        "Data berubah sejak pratinjau dibuat, sehingga hasilnya akan lain. Lihat pratinjau "
        "sekali lagi, lalu simpan."
    )


@dataclass(frozen=True, slots=True)
class TableResult:
    """What was done to one table.

    Attributes:
        import_id: number of the import; None where the file had been imported before.
    """

    table: str
    import_id: int | None
    added: int
    changed: int
    unchanged: int
    rejected: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was done, table by table; nothing where the file had been imported before."""

    tables: tuple[TableResult, ...]

    @property
    def import_ids(self) -> tuple[int, ...]:
        """Numbers of the imports that were made."""
        return tuple(one.import_id for one in self.tables if one.import_id is not None)


def commit_preview(
    store: Store,
    preview: Preview,
    actor: str,
    *,
    accept_valid: bool = False,
    progress: Progress = no_progress,
) -> ImportResult:
    """Write what a preview shows, in one transaction.

    A file that was imported before changes nothing.

    Args:
        actor: who imports, for the history and the audit log.
        accept_valid: whether good rows are taken although others are rejected.

    Raises:
        QuestionsOpenError: if a question of the preview has no answer.
        NothingAcceptedError: if there is no good row.
        RowsRejectedError: if rows are rejected and ``accept_valid`` is not set.
        SampleInTheWayError: if the store holds sample data.
        PreviewStaleError: if the store has changed so that the preview is no longer true.
        StoreError: if the database cannot be written.
    """
    if preview.questions:
        raise QuestionsOpenError(len(preview.questions))
    if not preview.accepted:
        raise NothingAcceptedError(preview.checked.source.name)
    if preview.rejected and not accept_valid:
        raise RowsRejectedError(preview.rejected)
    if preview.is_repeat:
        return ImportResult(tuple(_result(one, None) for one in preview.tables))
    with store.write() as connection:
        known = read_meta(connection)
        if known.get("is_sample") == "1":
            raise SampleInTheWayError
        tables = _still_true(connection, preview, state_before(known))
        # From now on the store is real: it is never filled with a sample on its own.
        write_meta(connection, "is_prepared", "1")
        return ImportResult(
            tuple(
                _Writing(connection, preview.checked.source, one, actor).write(progress)
                for one in tables
            )
        )


def _still_true(connection: Connection, preview: Preview, state: str) -> tuple[TablePreview, ...]:
    """The tables to write, compared again if anything was written since the preview.

    Args:
        state: of the store, before this transaction was opened.
    """
    if state == preview.revision:
        return preview.tables
    tables = compare(connection, preview.checked, answers=preview.answers)
    if any(map(_differs, tables, preview.tables)):
        raise PreviewStaleError
    return tables


def _differs(one: TablePreview, other: TablePreview) -> bool:
    return (one.added, one.changed, one.unchanged_count, one.questions) != (
        other.added,
        other.changed,
        other.unchanged_count,
        other.questions,
    )


def _result(table: TablePreview, import_id: int | None) -> TableResult:
    return TableResult(
        table.table,
        import_id,
        len(table.added),
        len(table.changed),
        table.unchanged_count,
        table.rejected,
    )


class _Writing:
    """One writing of one table."""

    def __init__(
        self, connection: Connection, source: SourceFile, preview: TablePreview, actor: str
    ) -> None:
        self._connection = connection
        self._source = source
        self._preview = preview
        self._actor = actor
        self._table = metadata.tables[preview.table]

    def write(self, progress: Progress) -> TableResult:
        if self._preview.is_repeat or not self._preview.accepted:
            return _result(self._preview, None)
        import_id = self._record_import()
        self._add(progress)
        change_rows(
            self._connection,
            self._table,
            {change.record.key: change.after for change in self._preview.changed},
        )
        bulk_insert(self._connection, import_rows, self._noted(import_id))
        result = _result(self._preview, import_id)
        audit.record(self._connection, self._actor, "impor", self._told(result))
        return result

    def _record_import(self) -> int:
        preview = self._preview
        made = self._connection.execute(
            insert(imports).values(
                table_name=preview.table,
                file_name=self._source.name,
                sha256=self._source.sha256,
                actor=self._actor,
                imported_at=audit.office_time(),
                added=len(preview.added),
                changed=len(preview.changed),
                unchanged=preview.unchanged_count,
                rejected=preview.rejected,
                state=IMPORT_DONE,
                part=1 + max((entry.part for entry in preview.repeated), default=0),
            )
        )
        (import_id,) = made.inserted_primary_key or (None,)
        assert isinstance(import_id, int)  # Both databases number the rows themselves.
        return import_id

    def _add(self, progress: Progress) -> None:
        added = self._preview.added
        bulk_insert(self._connection, self._table, _told_of(added, progress))
        if self._preview.table == "awareness_sessions":
            add_session_villages(self._connection, {one.key: one.villages for one in added})

    def _noted(self, import_id: int) -> Iterator[Row]:
        """What the import brought, row by row; keys in order, which both databases like best."""
        preview = self._preview
        is_event = preview.table in EVENT_TABLES
        added = (
            # Rows of events change by imports only: the row itself says what was added.
            (one.key, ROW_ADDED, None, None if is_event else as_json(one.values))
            for one in preview.added
        )
        changed = (
            (one.record.key, ROW_CHANGED, as_json(one.before), as_json(one.after))
            for one in preview.changed
        )
        unchanged = ((key, ROW_UNCHANGED, None, None) for key in preview.unchanged)
        # Both the row that a record is and the key it would have had: the one must not be taken
        # back under this import, by the other its file knows it again.
        meant = ((key, ROW_UNCHANGED, None, None) for key in preview.merged.values())
        merged = (
            (key, ROW_UNCHANGED, as_json({"key": other}), None)
            for key, other in preview.merged.items()
        )
        last = ""
        # Of one row the first counts: "added" and "changed" go before "unchanged".
        for key, kind, before, after in sorted(
            chain(added, changed, unchanged, meant, merged), key=itemgetter(0, 1)
        ):
            if key == last:
                continue
            last = key
            yield {
                "import_id": import_id,
                "row_key": key,
                "kind": kind,
                "before_json": before,
                "after_json": after,
            }

    def _told(self, result: TableResult) -> str:
        return (
            f"impor {result.import_id}: {TABLE_LABELS[result.table]} dari {self._source.name} "
            f"(sha256 {self._source.sha256}); {result.added} baru, {result.changed} berubah, "
            f"{result.unchanged} sama, {result.rejected} ditolak"
        )


# --- rows, for imports and for undoing them ---------------------------------------------------


def as_json(values: Mapping[str, object]) -> str:
    """Write columns of a row as JSON."""
    return json.dumps(dict(values), ensure_ascii=False, sort_keys=True)


def add_session_villages(connection: Connection, villages: Mapping[str, Sequence[str]]) -> None:
    """Insert the desa of sessions, by session key."""
    links = [
        {"session_key": key, "village_code": code}
        for key, codes in villages.items()
        for code in codes
    ]
    bulk_insert(connection, session_villages, links)


def change_rows(
    connection: Connection, table: Table, changes: Mapping[str, Mapping[str, object]]
) -> None:
    """Set columns of rows, by key; "villages" are the desa of a session."""
    by_columns: dict[tuple[str, ...], list[Row]] = {}
    for key, values in changes.items():
        columns = tuple(sorted(values.keys() - {VILLAGES}))
        new = {name: values[name] for name in columns}
        by_columns.setdefault(columns, []).append(key_values(table, key) | new)
    for columns, rows in by_columns.items():
        if columns:
            to_change = update(table).where(is_row(table))
            statement = to_change.values({name: bindparam(name) for name in columns})
            connection.execute(statement, rows)
    _replace_villages(connection, changes)


def _replace_villages(connection: Connection, changes: Mapping[str, Mapping[str, object]]) -> None:
    desa: dict[str, Sequence[str]] = {}
    for key, values in changes.items():
        codes = values.get(VILLAGES)
        if isinstance(codes, tuple | list):
            desa[key] = [str(code) for code in codes]
    if desa:
        connection.execute(
            delete(session_villages).where(
                session_villages.c.session_key == bindparam("of_session")
            ),
            [{"of_session": key} for key in desa],
        )
        add_session_villages(connection, desa)


def _told_of(records: Sequence[Record], progress: Progress) -> Iterator[Mapping[str, object]]:
    """Yield the rows of records, telling now and then how many are done."""
    for done, one in enumerate(records):
        if done % _STEP == 0:
            progress(done, len(records), _WRITING)
        yield one.values
    progress(len(records), len(records), _WRITING)
