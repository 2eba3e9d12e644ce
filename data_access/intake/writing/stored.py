"""What the store already holds of the records of a file.

Owns keys of stored rows and reading rows by key, with the desa of sessions beside their
columns. Writes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, select

from data_access.errors import StoredNoteError
from data_access.intake.forms.registry import FORMS
from data_access.intake.writing.keys import is_digest
from data_access.schema import metadata, session_villages
from geo.gazetteer import gazetteer

Row = dict[str, object]

# Beside the columns of a session: the codes of its desa, sorted.
VILLAGES = "villages"

# Tables whose rows are areas: a file may describe them, never add one.
AREA_TABLES = frozenset({"kecamatan", "villages"})
# Tables that grow with the work; the others are small and read whole.
EVENT_TABLES = frozenset(table for table, form in FORMS.items() if form.is_event)

# The day that events are counted by.
DAY_COLUMNS = MappingProxyType({table: FORMS[table].day for table in EVENT_TABLES})

# What a file never changes of a row that is there.
_FIXED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"kecamatan": frozenset({"name"}), "villages": frozenset({"name", "kecamatan_code"})}
)

# Keys per question: few enough for every database, many enough to need few questions.
_CHUNK = 2_000


def key_columns(table: str) -> tuple[str, ...]:
    """Return the names of the columns that make a row's key."""
    return tuple(column.name for column in metadata.tables[table].primary_key.columns)


def changeable_columns(table: str) -> frozenset[str]:
    """Return the columns that a file may change of a row that is there."""
    columns = {column.name for column in metadata.tables[table].columns}
    return frozenset(columns - set(key_columns(table)) - _FIXED.get(table, frozenset()))


def key_values(table: Table, key: str) -> Row:
    """Return the values of a key, named as ``is_row`` asks for them.

    Args:
        key: the key columns joined by "|".
    """
    columns = list(table.primary_key.columns)
    # A key of one column may hold any sign itself.
    texts = key.split("|") if len(columns) > 1 else [key]
    return {
        f"key_{column.name}": column.type.python_type(text)
        for column, text in zip(columns, texts, strict=True)
    }


def is_row(table: Table) -> ColumnElement[bool]:
    """Return the condition that a row is the one of ``key_values``."""
    return and_(
        *(column == bindparam(f"key_{column.name}") for column in table.primary_key.columns)
    )


def chunked(keys: Iterable[str], size: int = _CHUNK) -> Iterator[list[str]]:
    """Yield the keys in lists of at most ``size``."""
    iterator = iter(keys)
    while chunk := list(islice(iterator, size)):
        yield chunk


def stored_rows(connection: Connection, table: str, keys: Sequence[str]) -> dict[str, Row]:
    """Return the rows that exist among some keys.

    Sessions carry their desa as a tuple under "villages". Ask for a few thousand keys at a time.
    """
    stored = metadata.tables[table]
    names = key_columns(table)
    question = select(stored)
    if len(names) == 1:
        question = question.where(stored.c[names[0]].in_(keys))
    wanted = set(keys)
    rows: dict[str, Row] = {}
    for found in connection.execute(question).mappings():
        key = "|".join(str(found[name]) for name in names)
        if key in wanted:
            rows[key] = dict(found)
    if table == "awareness_sessions":
        desa = _villages_of(connection, keys)
        for key, row in rows.items():
            row[VILLAGES] = tuple(desa.get(key, ()))
    return rows


def place_name(code: str) -> str:
    """Name a desa or kecamatan for people; "" for none."""
    if not code:
        return ""
    kind = "Desa" if code in gazetteer().desa_by_code else "Kecamatan"
    return f"{kind} {gazetteer().name(code)}"


def row_names(connection: Connection, table: str, keys: Sequence[str]) -> list[str]:
    """Name rows as people know them: day and place of an event, the name of an area.

    A key that a file gave stands beside it; a row that is gone is named by its key alone.
    """
    rows = stored_rows(connection, table, keys)
    return [_row_name(table, key, rows[key]) if key in rows else key for key in keys]


def _row_name(table: str, key: str, row: Row) -> str:
    if table in AREA_TABLES:
        return f"{row['name']} ({key})"
    if table not in DAY_COLUMNS:
        return key
    prefix = "origin_" if table == "cases" else ""
    desa, kecamatan = row.get(f"{prefix}village_code"), row[f"{prefix}kecamatan_code"]
    place = f" di Desa {gazetteer().name(str(desa))}" if desa else ""
    if kecamatan:
        place += f"{',' if desa else ' di'} Kecamatan {gazetteer().name(str(kecamatan))}"
    told = f"{row[DAY_COLUMNS[table]]}{place}"
    return told if is_digest(key) else f"{told} (kode {key})"


def _villages_of(connection: Connection, keys: Sequence[str]) -> dict[str, list[str]]:
    links = session_villages.c
    found = connection.execute(
        select(links.session_key, links.village_code)
        .where(links.session_key.in_(keys))
        .order_by(links.session_key, links.village_code)
    )
    desa: dict[str, list[str]] = {}
    for session_key, code in found:
        desa.setdefault(session_key, []).append(code)
    return desa


def read_note(text: str, import_id: int, row_key: str) -> dict[str, Any]:
    """Read what an import noted about a row.

    Raises:
        StoredNoteError: if that is damaged.
    """
    try:
        note = json.loads(text)
    except (ValueError, TypeError) as error:
        raise StoredNoteError("import_rows", f"impor {import_id}, baris {row_key}") from error
    if not isinstance(note, dict):
        raise StoredNoteError("import_rows", f"impor {import_id}, baris {row_key}")
    return note
