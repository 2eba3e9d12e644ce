"""Taking an import back: the rows as they were before it, or nothing.

Owns the one transaction of an undo. What later imports or other hands have touched is never
overwritten: the error says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from data_access import audit
from data_access.errors import DataError
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.writing.commit import change_rows
from data_access.intake.writing.history import Blocker, ImportEntry, blockers, find_import
from data_access.intake.writing.preview import Progress, no_progress
from data_access.intake.writing.stored import (
    EVENT_TABLES,
    Row,
    chunked,
    is_row,
    key_values,
    read_note,
    row_names,
    stored_rows,
)
from data_access.schema import (
    IMPORT_UNDONE,
    ROW_ADDED,
    ROW_CHANGED,
    import_rows,
    imports,
    metadata,
)
from data_access.store import Store

_MOST_NAMED = 5


class ImportUndoneError(DataError):
    sentence = "{entry.title} sudah dibatalkan; tidak ada yang diubah."
    entry: ImportEntry


class LaterImportError(DataError):
    sentence = (
        "{entry.title} tidak dapat dibatalkan karena impor sesudahnya memuat baris yang sama: "
        "{listing}. Batalkan dahulu impor itu, mulai dari yang terakhir."
    )
    blocker = "{0.entry.title}: {0.rows} baris, misalnya {0.example}"
    more = "; dan {hidden} impor lagi"
    entry: ImportEntry
    found: Sequence[Blocker]

    @property
    def hidden(self) -> int:
        return max(len(self.found) - _MOST_NAMED, 0)

    @property
    def listing(self) -> str:
        named = "; ".join(self.blocker.format(one) for one in self.found[:_MOST_NAMED])
        return named + (self.tell(self.more) if self.hidden else "")


class RowsTouchedError(DataError):
    sentence = (
        "{entry.title} tidak dapat dibatalkan karena {count} baris sudah diubah sesudahnya: "
        "{listing}. Kembalikan isi baris itu dahulu."
    )
    more = "; dan {hidden} lagi"
    entry: ImportEntry
    count: int
    named: Sequence[str]

    @property
    def hidden(self) -> int:
        return max(self.count - len(self.named), 0)

    @property
    def listing(self) -> str:
        return "; ".join(self.named) + (self.tell(self.more) if self.hidden else "")


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What undoing an import did: rows removed and rows given their former values."""

    entry: ImportEntry
    removed: int
    restored: int


def undo(store: Store, import_id: int, actor: str, progress: Progress = no_progress) -> UndoResult:
    """Restore what was before an import, in one transaction.

    The same file can be imported again afterwards.

    Args:
        actor: who undoes it, for the audit log.

    Raises:
        UnknownImportError: if there is no import of that number.
        ImportUndoneError: if it was undone before.
        LaterImportError: if later imports brought the same rows.
        RowsTouchedError: if its rows were changed since by other means.
        StoreError: if the database cannot be written.
    """
    with store.write() as connection:
        entry = find_import(connection, import_id)
        if not entry.is_done:
            raise ImportUndoneError(entry)
        if found := blockers(connection, entry):
            raise LaterImportError(entry, found)
        return _Undoing(connection, entry, actor).undo(progress)


class _Undoing:
    """One undoing of one import."""

    def __init__(self, connection: Connection, entry: ImportEntry, actor: str) -> None:
        self._connection = connection
        self._entry = entry
        self._actor = actor
        self._table = metadata.tables[entry.table]
        self._is_event = entry.table in EVENT_TABLES

    def undo(self, progress: Progress) -> UndoResult:
        progress(0, 2, "Membatalkan")
        before = self._former_values()
        removed = self._remove_added()
        progress(1, 2, "Membatalkan")
        change_rows(self._connection, self._table, before)
        self._close()
        result = UndoResult(self._entry, removed, len(before))
        audit.record(self._connection, self._actor, "batal impor", _told(result))
        progress(2, 2, "Membatalkan")
        return result

    def _former_values(self) -> dict[str, Mapping[str, object]]:
        """Columns as they were, by row; none of these rows was touched since."""
        before: dict[str, Mapping[str, object]] = {}
        touched: list[str] = []
        for noted in self._noted():
            current = stored_rows(self._connection, self._entry.table, list(noted))
            for key, (kind, old, new) in noted.items():
                if not _is_as_left(current.get(key), new):
                    touched.append(key)
                if kind == ROW_CHANGED:
                    before[key] = old
        if touched:
            named = row_names(self._connection, self._entry.table, touched[:_MOST_NAMED])
            raise RowsTouchedError(self._entry, len(touched), named)
        return before

    def _noted(self) -> Iterator[dict[str, tuple[str, Row, Row]]]:
        """Rows with noted values, by key: kind, columns before and after."""
        rows = import_rows.c
        found = self._connection.execute(
            select(rows.row_key, rows.kind, rows.before_json, rows.after_json)
            .where(rows.import_id == self._entry.id, rows.after_json.is_not(None))
            .order_by(rows.row_key)
        ).all()
        by_key = {
            one.row_key: (
                one.kind,
                read_note(one.before_json or "{}", self._entry.id, one.row_key),
                read_note(one.after_json, self._entry.id, one.row_key),
            )
            for one in found
        }
        for keys in chunked(by_key):
            yield {key: by_key[key] for key in keys}

    def _remove_added(self) -> int:
        rows = import_rows.c
        added = select(rows.row_key).where(rows.import_id == self._entry.id, rows.kind == ROW_ADDED)
        if self._is_event:
            key = self._table.c.source_key
            return self._connection.execute(delete(self._table).where(key.in_(added))).rowcount
        keys = list(self._connection.scalars(added))
        if keys:
            self._connection.execute(
                delete(self._table).where(is_row(self._table)),
                [key_values(self._table, key) for key in keys],
            )
        return len(keys)

    def _close(self) -> None:
        self._connection.execute(
            delete(import_rows).where(import_rows.c.import_id == self._entry.id)
        )
        self._connection.execute(
            update(imports)
            .where(imports.c.id == self._entry.id)
            .values(state=IMPORT_UNDONE, undone_at=audit.office_time(), undone_by=self._actor)
        )


def _is_as_left(current: Row | None, after: Row) -> bool:
    if current is None:
        return False
    return all(_plain(current[name]) == value for name, value in after.items())


def _plain(value: object) -> object:
    """A value as JSON gives it back."""
    return list(value) if isinstance(value, tuple) else value


def _told(result: UndoResult) -> str:
    entry = result.entry
    return (
        f"impor {entry.id}: {TABLE_LABELS[entry.table]} dari {entry.file_name} dibatalkan; "
        f"{result.removed} baris dihapus, {result.restored} baris dikembalikan"
    )
