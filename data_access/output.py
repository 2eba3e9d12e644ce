"""Files that commands write for people: whole or not at all, and never in another's place.

Owns how such a file gets its name and its content. The program's own files (database,
boundaries, remembered spellings) are written by the rooms that own them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

from data_access.intake.writing.earlier_files import PLACE_FILE, PROFILE_FILE
from data_access.settings import Settings
from data_access.store import FILE_NAME
from geo.errors import OutputExistsError, OutputReservedError, OutputUnwritableError, os_reason
from geo.matching import ALIAS_FILE
from geo.scratch import scratch_folder, sweep, sync

# How the names begin that the program gives to files of its own in the data folder. Behind the
# database's name SQLite puts "-wal" and the like; where such a file lies ready, it is read.
_OWN_NAMES = (FILE_NAME, ALIAS_FILE, PLACE_FILE, PROFILE_FILE, "boundaries.parquet", "cache")
_SETTINGS_FOLDER = ".streamlit"


def write_new(path: Path, content: bytes, settings: Settings) -> None:
    """Write a file under the name that a person gave.

    A pipe or a terminal, which holds nothing that could be lost, is written to.

    Raises:
        OutputExistsError: if something of that name is there, unless it holds this very content.
        OutputReservedError: if the name is one that the program itself reads.
        OutputUnwritableError: if it cannot be written; then nothing of it is there.
    """
    with _explained(path):
        if _is_stream(path):
            _write_stream(path, content)
        elif not _holds(path, content):
            _write_whole(path, content, settings)


def write_numbered(path: Path, content: bytes, settings: Settings) -> Path:
    """Write a file under a name that need not be free: beside "a.xlsx" comes "a-2.xlsx".

    Returns:
        The name that it got.

    Raises:
        OutputReservedError: if the name is one that the program itself reads.
        OutputUnwritableError: if it cannot be written; then nothing of it is there.
    """
    with _explained(path):
        if _is_stream(path):
            _write_stream(path, content)
            return path
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    names = chain([path], numbered)
    while True:
        free = next(names)
        with _explained(free), suppress(OutputExistsError):
            _write_whole(free, content, settings)
            return free


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputUnwritableError(path, os_reason(error)) from error


def _write_whole(path: Path, content: bytes, settings: Settings) -> None:
    """Write aside, then take the name, which fails where it is taken, and then its place."""
    if _is_own(path, settings):
        raise OutputReservedError(path)
    if os.path.lexists(path):
        # Said before anything is written: the folder may well be write-protected.
        raise OutputExistsError(path)
    sweep(path.parent)
    with scratch_folder(path.parent) as folder:
        draft = folder / path.name
        draft.write_bytes(content)
        sync(draft)
        _take_place(draft, path)


def _take_place(draft: Path, path: Path) -> None:
    """Put the draft under its name; of two processes at once only one gets it."""
    try:
        # Nothing is followed and nothing replaced, not even a link that leads nowhere.
        path.open("xb").close()
    except FileExistsError as error:
        raise OutputExistsError(path) from error
    try:
        draft.replace(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _is_own(path: Path, settings: Settings) -> bool:
    """Say whether the program would read the file as one of its own; names in any case."""
    folder, data_dir = (Path(os.path.realpath(one)) for one in (path.parent, settings.data_dir))
    if folder.name.casefold() == _SETTINGS_FOLDER:
        return True
    is_data = str(folder).casefold() == str(data_dir).casefold()
    return is_data and path.name.casefold().startswith(_OWN_NAMES)


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_stream(path: Path, content: bytes) -> None:
    # Without waiting for somebody to read: a pipe that nobody reads is refused.
    descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
    os.set_blocking(descriptor, True)
    # Whoever read it may have enough of it.
    with suppress(BrokenPipeError), os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
