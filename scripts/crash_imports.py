"""Kill imports at random moments and prove that the store is as before or complete.

    python -m scripts.crash_imports --kills 500
    python -m scripts.crash_imports --kills 0 --exchanges 200
    python -m scripts.crash_imports --kills 50 --database-url postgresql://.../empty_database

A worker process imports and undoes files and tells every success through a pipe; it is killed
with SIGKILL after a random time. Then the store is read: every success that was told must be
there, at most one more step may have been done, and rows, imports, notes for undoing and audit
log must agree to the row. Exit code 0 if they always did.

With ``--exchanges`` an earlier copy of the SQLite file is renamed into its place at a random moment
while the worker goes on: every success that was begun after that and told
must be there, and the store must agree with itself as before.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TextIO

from sqlalchemy import func, select, text

from data_access.audit import check_audit
from data_access.errors import DataError
from data_access.intake.opening import open_for_work
from data_access.intake.steps import check, commit, preview, understand
from data_access.intake.writing.history import ImportEntry, history
from data_access.intake.writing.undo import undo
from data_access.schema import import_rows, visits
from data_access.settings import Settings, current_settings
from data_access.store import Store, file_of

ROWS = 200
# Rows that a file shares with the next one, told differently there.
SHARED = 50
# More imports than this are undone again, so that reading everything stays quick.
MOST_STANDING = 8
# Kills fall within the time of so many steps, and at least within this time.
_STEPS = 5
LONGEST_SECONDS = 0.4
# Long enough on a busy machine; a step takes a tenth of a second.
_RECOVERY_SECONDS = 30
TODAY = date(2026, 10, 31)
ACTOR = "uji putus"

_HEADER = "Kode Sumber,Tanggal,Kecamatan,Desa,PIMPASA,Tujuan,Hasil\n"
_OUTCOMES = ("nihil", "temuan")


class CrashFoundError(Exception):
    """What the store must never be."""


class _StoodAlreadyError(Exception):
    """The file to import came back with the copy, after the history was looked at."""


@dataclass(frozen=True)
class Tally:
    """How often was killed, how many steps were told, and how many were done untold."""

    kills: int
    told: int
    untold: int


def rows_of(number: int) -> dict[str, str]:
    """Return the rows of a file, key -> outcome; neighbours share some keys."""
    start = number * (ROWS - SHARED)
    return {f"k{start + row}": _OUTCOMES[number % 2] for row in range(ROWS)}


def content_of(number: int) -> bytes:
    """Return a file of visits as csv."""
    lines = (
        f"{key},{1 + row % 28:02d}/03/2025,Tirtayasa,Lontar,Petugas A,pemantauan {key},{outcome}\n"
        for row, (key, outcome) in enumerate(rows_of(number).items())
    )
    return (_HEADER + "".join(lines)).encode()


def crash(settings: Settings, kills: int, seed: int = 1) -> Tally:
    """Kill a worker again and again and look at the store after each time.

    Args:
        settings: of a store that is empty, or was left by this function.

    Raises:
        CrashFoundError: as soon as the store is not as it must be.
    """
    chance = random.Random(seed)
    longest = _longest(settings, chance)
    done = _steps(settings)
    told = untold = 0
    for _ in range(kills):
        steps = _kill_one(settings, chance.random(), chance.uniform(0.0, longest))
        _check(settings)
        now = _steps(settings)
        more = sum((now - done).values())
        if Counter(steps) - now or more - len(steps) not in (0, 1):
            raise CrashFoundError(f"told {steps}, but {more} steps were done")
        told, untold, done = told + len(steps), untold + more - len(steps), now
    return Tally(kills, told, untold)


def _longest(settings: Settings, chance: random.Random) -> float:
    """Take one step here, and return the seconds within which a worker is killed."""
    # Libraries that load when they are first needed would take each worker all its time.
    check(understand(content_of(0), "0.csv", settings))
    store = open_for_work(settings)
    started = time.monotonic()
    _step(store, chance)
    store.close()
    return max(LONGEST_SECONDS, _STEPS * (time.monotonic() - started))


def exchange(settings: Settings, times: int, seed: int = 1) -> int:
    """Bring an earlier copy of the file back under a working process, again and again.

    Args:
        settings: of an embedded store that is empty, or was left by this module.

    Returns:
        Number of steps that were begun after an exchange and told.

    Raises:
        CrashFoundError: as soon as the store is not as it must be.
    """
    chance = random.Random(seed)
    path = file_of(settings)
    copy = path.with_name("cadangan.sqlite")
    check(understand(content_of(0), "0.csv", settings))
    told = 0
    for _ in range(times):
        _settled(settings).close()
        shutil.copyfile(path, copy)
        lines = _exchange_one(settings, chance, path, copy)
        _check(settings)
        done = _steps(settings)
        if missing := [line for line in lines if line not in done]:
            raise CrashFoundError(f"told {missing}, but they are not there")
        told += len(lines)
    return told


def _exchange_one(settings: Settings, chance: random.Random, path: Path, copy: Path) -> list[str]:
    """Exchange the file once under a worker; return the steps begun after that and told."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        _work(settings, chance.random(), writing, goes_on=True)
    os.close(writing)
    with os.fdopen(reading) as stream:
        # Once it is at work.
        stream.readline()
        time.sleep(chance.uniform(0.0, LONGEST_SECONDS))
        copy.replace(path)
        exchanged = time.monotonic()
        lines = [_line_after(stream, exchanged, worker)]
        time.sleep(chance.uniform(0.0, LONGEST_SECONDS))
        os.kill(worker, signal.SIGKILL)
        _, status = os.waitpid(worker, 0)
        lines += stream.read().splitlines()
    if not os.WIFSIGNALED(status):
        raise CrashFoundError("the worker ended by itself; its message is above")
    return [line.split(" ", 1)[1] for line in lines]


def _line_after(stream: TextIO, moment: float, worker: int) -> str:
    """Wait for the first step that a worker begins after a moment, and tells."""
    end = threading.Timer(_RECOVERY_SECONDS, os.kill, (worker, signal.SIGKILL))
    end.start()
    try:
        while line := stream.readline():
            if float(line.split(" ", 1)[0]) > moment:
                return line.rstrip()
    finally:
        end.cancel()
    raise CrashFoundError("the worker does not recover")


# --- the worker -------------------------------------------------------------------------------


def _kill_one(settings: Settings, seed: float, seconds: float) -> list[str]:
    """Start a worker, kill it after some time, and return what it told."""
    reading, writing = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(reading)
        _work(settings, seed, writing, goes_on=False)
    os.close(writing)
    time.sleep(seconds)
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    with os.fdopen(reading) as stream:
        lines = [line.split(" ", 1)[1] for line in stream.read().splitlines()]
    if not os.WIFSIGNALED(status):
        raise CrashFoundError("the worker ended by itself; its message is above")
    return lines


def _work(settings: Settings, seed: float, told: int, *, goes_on: bool) -> None:
    """Import and undo until killed, telling when each step began; never returns.

    Args:
        goes_on: whether what a person would be told ends a step only.
    """
    try:
        store = open_for_work(settings)
        chance = random.Random(seed)
        while True:
            begun = time.monotonic()
            try:
                step = _step(store, chance)
            except (DataError, _StoodAlreadyError):
                if not goes_on:
                    raise
            else:
                os.write(told, f"{begun} {step}\n".encode())
    finally:
        # Only reached on an error: the copy of the parent must not run on.
        traceback.print_exc()
        os._exit(1)


def _step(store: Store, chance: random.Random) -> str:
    """Import a file or undo the last import; return what was done."""
    standing = [entry for entry in history(store) if entry.is_done]
    if standing and (len(standing) > MOST_STANDING or chance.random() < 0.3):
        undo(store, standing[0].id, ACTOR)
        return f"undo {standing[0].id}"
    taken = {_number(entry) for entry in standing}
    number = chance.choice([one for one in range(2 * MOST_STANDING) if one not in taken])
    name = f"{number}.csv"
    checked = check(understand(content_of(number), name, store.settings))
    made = commit(store, preview(store, checked), ACTOR).import_ids
    if not made:
        raise _StoodAlreadyError
    return f"import {made[0]}"


def _number(entry: ImportEntry) -> int:
    return int(entry.file_name.removesuffix(".csv"))


# --- what must be true ------------------------------------------------------------------------


def _steps(settings: Settings) -> Counter[str]:
    """Everything that was ever done, by the history."""
    store = _settled(settings)
    entries = history(store)
    store.close()
    return Counter(
        [f"import {entry.id}" for entry in entries]
        + [f"undo {entry.id}" for entry in entries if not entry.is_done]
    )


def _settled(settings: Settings) -> Store:
    """Open the store once a server has finished or dropped what the worker left."""
    store = open_for_work(settings)
    with store.write():
        pass
    return store


def _check(settings: Settings) -> None:
    store = _settled(settings)
    entries = sorted(history(store), key=lambda entry: entry.id)
    standing = [entry for entry in entries if entry.is_done]
    expected: dict[str, str] = {}
    for entry in standing:
        expected |= rows_of(_number(entry))
    with store.read() as connection:
        if store.is_embedded and connection.scalar(text("PRAGMA integrity_check")) != "ok":
            raise CrashFoundError("the file is damaged")
        held = connection.execute(select(visits.c.source_key, visits.c.outcome)).all()
        noted = connection.execute(
            select(import_rows.c.import_id, func.count()).group_by(import_rows.c.import_id)
        ).all()
    if sorted(map(tuple, held)) != sorted(expected.items()):
        raise CrashFoundError(f"{len(held)} rows, expected {len(expected)} of {standing}")
    if {tuple(row) for row in noted} != {(entry.id, ROWS) for entry in standing}:
        raise CrashFoundError(f"notes for undoing {noted} do not match {standing}")
    undone = len(entries) - len(standing)
    if (told := check_audit(store)) != len(entries) + undone:
        raise CrashFoundError(f"{told} audit entries for {len(entries)} imports, {undone} undone")
    store.close()


def main(arguments: Sequence[str]) -> int:
    """Run the kills and print the tally."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--exchanges", type=int, default=0, help="SQLite only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PANTAU_DATA_DIR": str(Path(folder)),
            "PANTAU_DATABASE_URL": options.database_url,
            "PANTAU_SAMPLE": "0",
        }
        settings = replace(current_settings(environment), today=TODAY)
        tally = crash(settings, options.kills, options.seed)
        later = exchange(settings, options.exchanges, options.seed)
    print(
        f"{tally.kills} kills, {tally.told} steps told, {tally.untold} done before they were told, "
        f"{options.exchanges} exchanges, {later} steps told after them; "
        f"none lost, doubled or half; {time.monotonic() - started:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
