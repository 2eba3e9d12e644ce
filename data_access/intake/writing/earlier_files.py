"""What earlier programs kept in files beside the database is taken over, once.

Owns the names and forms of those files. A question that the database has an answer to, or had
one that was forgotten, keeps it. What could be read is renamed, so that nothing is taken twice;
a damaged file stays where it is. The spellings of ``python -m geo remember`` are taken over too,
but their file stays: geo works without a database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from sqlalchemy import Connection

from data_access import audit
from data_access.intake.forms.registry import FORMS
from data_access.intake.writing.memory import (
    Entry,
    keep,
    known_subjects,
    place_entry,
    profile_entry,
    spelling_entry,
)
from data_access.intake.writing.profiles import Profile
from data_access.store import Store
from geo.errors import GeoError
from geo.matching import ALIAS_FILE as SPELLING_FILE
from geo.matching import load_aliases

PROFILE_FILE = "intake_profiles.json"
PLACE_FILE = "intake_aliases.json"
# Behind the name of a file that was taken over.
DONE = ".sudah-dipindah"
_ACTOR = "program"
_DAMAGED = (
    "Berkas {path} rusak dan belum dipindah ke basis data. Pulihkan dari cadangan, atau hapus "
    "berkas itu; pilihan di dalamnya perlu dibuat lagi."
)


def take_over(store: Store) -> None:
    """Bring what the files of the data folder hold into the database.

    Raises:
        StoreError: if the database cannot be written.
    """
    folder = store.settings.data_dir
    read = {name: _entries(folder / name, of) for name, of in _FORMS.items()}
    entries = [entry for found in read.values() for entry in found or ()]
    with suppress(GeoError):
        entries += map(spelling_entry, load_aliases(folder))
    # Of two lines for one name the later one counts.
    wanted = list({(kind, subject): (kind, subject, answer) for kind, subject, answer in entries}
                  .values())  # fmt: skip
    with store.read() as connection:
        is_new = bool(_unknown(connection, wanted))
    if is_new:
        with store.write() as connection:
            taken = keep(connection, _ACTOR, _unknown(connection, wanted))
            told = f"{taken} jawaban dari {PROFILE_FILE}, {PLACE_FILE} dan {SPELLING_FILE}"
            audit.record(connection, _ACTOR, "ingat", f"{told} di {folder}")
    for name, found in read.items():
        if found is not None:
            _mark_done(folder / name)


def damages(folder: Path) -> tuple[str, ...]:
    """Return a sentence on each file whose answers could not be taken over."""
    told = [
        _DAMAGED.format(path=folder / name)
        for name, of in _FORMS.items()
        if (folder / name).exists() and _entries(folder / name, of) is None
    ]
    try:
        load_aliases(folder)
    except GeoError as error:
        told.append(str(error))
    return tuple(told)


def _unknown(connection: Connection, entries: list[Entry]) -> list[Entry]:
    known = known_subjects(connection) if entries else set()
    return [entry for entry in entries if entry[:2] not in known]


def _mark_done(path: Path) -> None:
    names = chain([f"{path.name}{DONE}"], (f"{path.name}{DONE}-{n}" for n in count(2)))
    target = next(found for name in names if not (found := path.with_name(name)).exists())
    # Another process may have done it, or the folder be write-protected: then the file is
    # looked into again next time, and holds nothing new.
    with suppress(OSError):
        path.rename(target)


# --- forms of the files -----------------------------------------------------------------------


def _entries(
    path: Path, entry_of: Callable[[dict[str, object]], Entry]
) -> tuple[Entry, ...] | None:
    """What a file holds; None where there is none, or it is damaged."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return tuple(entry_of(row) for row in _objects(rows))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, GeoError):
        return None


def _objects(rows: object) -> Iterator[dict[str, object]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise TypeError("no list of objects")
    yield from rows


def _place(row: dict[str, object]) -> Entry:
    return place_entry(_text(row, "kecamatan"), _text(row, "desa"), _text(row, "code"))


def _profile(row: dict[str, object]) -> Entry:
    fields, constants = row["mapping"], row.get("constants", {})
    if not isinstance(fields, dict) or not isinstance(constants, dict):
        raise TypeError("no mapping")
    table = _text(row, "table")
    are_columns = all(isinstance(index, int) for index in fields.values())
    if table not in FORMS or not are_columns or not all(map(_is_text, constants.values())):
        raise TypeError("no mapping")
    return profile_entry(
        Profile(_text(row, "name"), _text(row, "fingerprint"), table, fields, constants)
    )


def _text(row: dict[str, object], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _is_text(value: object) -> bool:
    return isinstance(value, str)


_FORMS: dict[str, Callable[[dict[str, object]], Entry]] = {
    PROFILE_FILE: _profile,
    PLACE_FILE: _place,
}
