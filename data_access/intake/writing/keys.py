"""What makes a record the same record: its source key, or what it says.

Owns the keys of records and which columns a file speaks of.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from data_access.intake.forms.columns import ColumnMapping, header_key
from data_access.intake.forms.registry import form_of
from data_access.schema import metadata
from geo.matching import normalise

# A running number says where a row stands in its sheet, not which record it is.
_RUNNING_NUMBER = re.compile(r"([0-9]{1,6})[.)]?")
# No list is so long that a number of five digits counts its rows, if its header says what it is.
_SHORTEST_REGISTER = 5
_BARE_NUMBER_WORDS = frozenset({"no", "nomor", "nomer", "nmr", "num", "number", "urut", "baris"})
_TRUE_KEYS = frozenset({"uuid", "source key", "kode sumber", "instanceid", "meta instanceid"})
# A key of natural_key; people never gave it and need not see it.
_DIGEST = re.compile(r"[0-9a-f]{64}")
# Officers, topics and days repeat; normalising is the dearest step of a key.
_word = lru_cache(maxsize=10_000)(normalise)


def is_event(table: str) -> bool:
    """Whether rows of a table are events: something that happened on a day."""
    return form_of(table).is_event


def natural_key(
    table: str, values: Mapping[str, object], villages: Iterable[str] = (), *, ordinal: int = 1
) -> str:
    """Return the key of a record without source key: a digest of what makes it one record.

    For events: day, desa (or kecamatan), officer and purpose, or their like; case, spaces and
    punctuation do not matter. For other tables: the key columns joined by "|".

    Args:
        table: a table that files can fill.
        values: values by the table's own columns.
        villages: for awareness_sessions, the desa codes the session covered.
        ordinal: which of several events that are alike in all of this.
    """
    form = form_of(table)
    if not form.is_event:
        return "|".join(str(values[name]) for name in form.identity)
    prefix = "origin_" if table == "cases" else ""
    desa = values.get(f"{prefix}village_code") or values.get(f"{prefix}kecamatan_code") or ""
    places = sorted(villages) or [str(desa)]
    words = [_word(str(values.get(name) or "")) for name in form.identity]
    # The first of them has the key that it always had.
    which = [f"#{ordinal}"] if ordinal > 1 else []
    return hashlib.sha256("|".join([*words, *places, *which]).encode()).hexdigest()


def is_digest(key: str) -> bool:
    """Whether a key is one of ``natural_key``, not one that a file gave."""
    return _DIGEST.fullmatch(key) is not None


def own_key(text: str, header: str) -> str:
    """Return the source key that a cell gives, "" where it is but a running number.

    A number of five or six digits is a key under a header that says more than "No": 202601 under
    "No. Register" is the first entry of a year, under "No" it counts rows.
    """
    running = _RUNNING_NUMBER.fullmatch(text.strip())
    if running is None or header_key(header) in _TRUE_KEYS:
        return text
    is_register = bool(set(header_key(header).split()) - _BARE_NUMBER_WORDS)
    return text if is_register and len(running[1]) >= _SHORTEST_REGISTER else ""


def filled_columns(mapping: ColumnMapping) -> frozenset[str]:
    """Return the schema's columns that a sheet speaks of; the others are only defaults.

    A list of desa without a PIMPASA column must not wipe out who looks after them, and a
    second file of the same visits must not wipe out positions that only the first one gave.
    """
    form = form_of(mapping.table)
    columns = frozenset(column.name for column in metadata.tables[mapping.table].columns)
    given = mapping.fields.keys() | mapping.constants.keys()
    brought = {column for one in form.fields if one.name in given for column in one.fills}
    return frozenset((given | brought) & columns) | form.derived
