"""The imports that were made, newest first.

Owns reading ``imports`` and what stands in the way of undoing one. Changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, and_, func, select

from data_access.errors import DataError, StoredNoteError
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.writing.stored import row_names
from data_access.schema import IMPORT_DONE, import_rows, imports
from data_access.store import Store


class UnknownImportError(DataError):
    sentence = "Impor nomor {import_id} tidak ada. Lihat daftarnya dengan perintah imports."
    import_id: int


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """An import: which file went into which table, by whom and when.

    Attributes:
        imported_at: ISO text on the office's clock.
        added, changed, unchanged: numbers of rows.
        rejected: number of rows that were not taken; None where that was not kept.
        undone_at, undone_by: when and by whom it was taken back; "" where it was not, or where
            that was not kept.
        state: "done" or "undone".
        part: more than 1 where rows of the same file followed later.
    """

    id: int
    table: str
    file_name: str
    sha256: str
    actor: str
    imported_at: str
    added: int
    changed: int
    unchanged: int
    rejected: int | None
    state: str
    part: int
    undone_at: str
    undone_by: str

    @property
    def is_done(self) -> bool:
        """Whether its rows stand in the store."""
        return self.state == IMPORT_DONE

    @property
    def title(self) -> str:
        """Name it for people: "impor 3 (Kunjungan, rekap.xlsx, 2026-10-31)"."""
        day = self.imported_at[:10]
        return f"impor {self.id} ({TABLE_LABELS[self.table]}, {self.file_name}, {day})"


@dataclass(frozen=True, slots=True)
class Blocker:
    """A later import that brought rows of an earlier one again.

    Attributes:
        entry: the later import.
        rows: number of rows that both brought.
        example: one of them, as people name it.
    """

    entry: ImportEntry
    rows: int
    example: str


def history(store: Store) -> tuple[ImportEntry, ...]:
    """Return all imports, newest first.

    Raises:
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        found = connection.execute(select(imports).order_by(imports.c.id.desc())).all()
    return tuple(map(_entry, found))


def find_import(connection: Connection, import_id: int) -> ImportEntry:
    """Return one import.

    Raises:
        UnknownImportError: if there is none of that number.
    """
    found = connection.execute(select(imports).where(imports.c.id == import_id)).one_or_none()
    if found is None:
        raise UnknownImportError(import_id)
    return _entry(found)


def imports_of_file(connection: Connection, table: str, sha256: str) -> tuple[ImportEntry, ...]:
    """Return the standing imports of a file into a table, oldest first."""
    found = connection.execute(
        select(imports)
        .where(
            imports.c.table_name == table,
            imports.c.sha256 == sha256,
            imports.c.state == IMPORT_DONE,
        )
        .order_by(imports.c.id)
    ).all()
    return tuple(map(_entry, found))


def blockers(connection: Connection, entry: ImportEntry) -> tuple[Blocker, ...]:
    """Return the standing later imports that brought rows of this one again, oldest first."""
    mine, later = import_rows.alias("mine"), import_rows.alias("later")
    found = connection.execute(
        select(later.c.import_id, func.count(), func.min(later.c.row_key))
        .select_from(imports)
        .join(later, later.c.import_id == imports.c.id)
        .join(mine, and_(mine.c.import_id == entry.id, mine.c.row_key == later.c.row_key))
        .where(
            imports.c.table_name == entry.table,
            imports.c.id > entry.id,
            imports.c.state == IMPORT_DONE,
        )
        .group_by(later.c.import_id)
        .order_by(later.c.import_id)
    ).all()
    return tuple(
        Blocker(
            find_import(connection, later_id), count, *row_names(connection, entry.table, [example])
        )
        for later_id, count, example in found
    )


def _entry(found: Row[tuple[object, ...]]) -> ImportEntry:
    kept = found._mapping
    if kept["table_name"] not in TABLE_LABELS:
        raise StoredNoteError("imports", f"nomor {kept['id']}")
    return ImportEntry(
        id=kept["id"],
        table=kept["table_name"],
        file_name=kept["file_name"],
        sha256=kept["sha256"],
        actor=kept["actor"],
        imported_at=kept["imported_at"],
        added=kept["added"],
        changed=kept["changed"],
        unchanged=kept["unchanged"],
        rejected=kept["rejected"],
        state=kept["state"],
        part=kept["part"],
        undone_at=kept["undone_at"] or "",
        undone_by=kept["undone_by"] or "",
    )
