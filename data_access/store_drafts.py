"""Making the SQLite file of a store, and copies of it: whole on the disk, or not there at all."""

from __future__ import annotations

import filecmp
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect

from data_access import schema
from data_access.errors import StoreDraftError, StoreJournalError, StoreUnavailableError
from data_access.explaining import explained
from data_access.settings import WIB
from data_access.store_file import StoreFile, is_sound, sqlite_engine, use_write_ahead
from geo.errors import os_reason
from geo.scratch import scratch_folder, sync


def make_file(path: Path, fill: Callable[[Connection], None]) -> None:
    """Make the file elsewhere and put it in place whole, unless another process was faster.

    Args:
        fill: creates the tables, with what every store holds.

    Raises:
        StoreError: if it cannot be made; nothing is left then.
    """
    journal = StoreFile(path).journal
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if _holds_something(journal) and not path.exists():
            raise StoreJournalError(str(path), str(journal))
        with scratch_folder(path.parent) as folder, explained(str(path)):
            draft = folder / path.name
            _fill(draft, fill)
            _check(draft, path)
            sync(draft)
            _put_in_place(draft, path)
            sync(path.parent)
    except OSError as error:
        raise StoreUnavailableError(str(path), os_reason(error)) from error


def copy_aside(path: Path, version: str) -> None:
    """Put a copy of the file, as it was before any open transaction, beside it.

    A copy that is there already with the same content is enough, however often is tried.

    Raises:
        OSError, sqlite3.Error: if it cannot be copied; nothing is left then.
    """
    moment = datetime.now(WIB).strftime("%Y%m%d-%H%M%S")
    with scratch_folder(path.parent) as folder:
        draft = folder / path.name
        with closing(sqlite3.connect(path)) as origin, closing(sqlite3.connect(draft)) as target:
            origin.backup(target)
        copies = path.parent.glob(f"{path.stem}-versi-{version}-*{path.suffix}")
        if any(filecmp.cmp(draft, copy, shallow=False) for copy in copies):
            return
        sync(draft)
        draft.rename(_free_name(path, f"versi-{version}-{moment}"))
        sync(path.parent)


def _fill(draft: Path, fill: Callable[[Connection], None]) -> None:
    draft.touch()
    engine = sqlite_engine(draft)
    with engine.begin() as connection:
        fill(connection)
    # Only now: what was written so far went into the file itself, or a full disk was told of.
    use_write_ahead(engine)


def _check(draft: Path, path: Path) -> None:
    """Read back what was written.

    Raises:
        StoreDraftError: if anything is missing.
    """
    engine = sqlite_engine(draft)
    with engine.connect() as connection:
        missing = set(schema.metadata.tables) - set(inspect(connection).get_table_names())
        if missing or not is_sound(connection):
            raise StoreDraftError(str(path))


def _put_in_place(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:
        # Some file systems know no hard links; there a tiny race remains.
        if not path.exists():
            draft.rename(path)


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False


def _free_name(path: Path, mark: str) -> Path:
    """Return a name beside the file that nothing has."""
    name = path.with_name(f"{path.stem}-{mark}{path.suffix}")
    number = 2
    while name.exists():
        name = path.with_name(f"{path.stem}-{mark}-{number}{path.suffix}")
        number += 1
    return name
