"""Private folders for a moment's work, and the removal of those that a killed process left.

Copies of officers' files and drafts of databases stand in such folders; whoever is killed cannot
remove them. Each holds a lock that the system lets go of when its process ends, however it ends:
a folder whose lock is free belongs to nobody.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Hidden, for some stand in the folders of people.
PREFIX = ".pantau-sementara-"
_LOCK = "kunci"

# A folder gets its lock right after it was made; one without is being made, or was left by a kill.
_UNLOCKED_SECONDS = 60


@contextmanager
def scratch_folder(parent: Path | None = None) -> Iterator[Path]:
    """Make a folder that only this user can look into, and remove it with all it holds.

    Args:
        parent: where it stands; the system's folder for temporary files if None.

    Raises:
        OSError: if it cannot be made.
    """
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    with _removed_at_the_end(folder), _locked(folder):
        # The lock stands beside the workplace, so that it takes no name there.
        workplace = folder / "isi"
        workplace.mkdir(mode=0o700)
        yield workplace


def sweep(parent: Path | None = None) -> None:
    """Remove the folders that ended processes of this user left; never those of a living one."""
    place = parent or Path(tempfile.gettempdir())
    for folder in place.glob(f"{PREFIX}*"):
        # What cannot be looked into or removed is another user's, or went away meanwhile.
        with suppress(OSError):
            if _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def sync(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk.

    Raises:
        OSError: if it cannot.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _removed_at_the_end(folder: Path) -> Iterator[None]:
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Put a lock into the folder; it is held from the moment that it can be seen there."""
    draft = folder / f"{_LOCK}.baru"
    lock = os.open(draft, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        draft.rename(folder / _LOCK)
        yield
    finally:
        os.close(lock)


def _is_left(folder: Path) -> bool:
    status = folder.lstat()
    if folder.is_symlink() or status.st_uid != os.geteuid():
        return False
    try:
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return time.time() - status.st_mtime > _UNLOCKED_SECONDS
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
