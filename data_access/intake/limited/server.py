"""Has tasks done by workers: one at a time in all, ended when they take too long.

Owns the process that forks them, which is started when it is first needed and again if it is gone.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from data_access.intake.files.errors import ReaderBusyError, ReaderStoppedError
from data_access.intake.limited import START
from data_access.intake.limited.limits import EXIT_TOO_LARGE, SECONDS
from geo.area import AREA_SETTING, area

_ROOT = Path(__file__).parents[3]
_TOO_LONG = "terlalu lama"
_TOO_LARGE = "isinya terlalu besar untuk memori"
_STOPPED = "isinya membuat pembacanya berhenti"
# Between two looks at how far a worker is, or whether it is one's turn.
_LOOK_SECONDS = 0.1

Look = Callable[[], None]


class _GoneError(Exception):
    """The process that forks the workers has ended."""


class Server:
    """Runs the tasks of all sessions, one after the other.

    Two at once would take twice the memory, and both processors of a small machine from those who
    only look.

    Attributes:
        turn: held while a task runs.
    """

    def __init__(self) -> None:
        self.turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""

    def warm_up(self) -> None:
        """Start the process before it is needed, without waiting for it."""
        if self.turn.acquire(blocking=False):
            try:
                if self._process is None:
                    self._process = _started()
            finally:
                self.turn.release()

    def run(self, folder: Path, task: str, name: str, look: Look, wait: Look) -> None:
        """Do a task in a folder.

        Args:
            name: what people call the file.
            look: called while the task runs; what it raises ends the task.
            wait: called while another task runs.

        Raises:
            ReaderBusyError: if it is not its turn for long.
            ReaderStoppedError: if it took too much time or memory, or broke down.
        """
        self._take_turn(name, wait)
        try:
            code = self._run(folder, task, look)
        except TimeoutError as error:
            raise ReaderStoppedError(name, _TOO_LONG) from error
        except _GoneError as error:
            raise ReaderStoppedError(name, _STOPPED) from error
        finally:
            self.turn.release()
        if code != 0:
            raise ReaderStoppedError(name, _reason(code))

    def _take_turn(self, name: str, wait: Look) -> None:
        deadline = time.monotonic() + SECONDS
        while not self.turn.acquire(timeout=_LOOK_SECONDS):
            if time.monotonic() > deadline:
                raise ReaderBusyError(name)
            wait()

    def _run(self, folder: Path, task: str, look: Look) -> int:
        line = json.dumps({"folder": str(folder), "task": task}).encode() + b"\n"
        # Starting the process, where it must be, takes a part of the time that a person waits.
        deadline = time.monotonic() + SECONDS
        worker = self._begun(line, deadline, look)
        is_over = False
        try:
            code = self._number(deadline, look)
            is_over = True
        finally:
            _end(worker)
            if not is_over:
                # Its status comes all the same, and would be taken for the next one's number.
                with suppress(_GoneError, TimeoutError):
                    self._number(time.monotonic() + SECONDS, _look_nowhere)
        return code

    def _begun(self, line: bytes, deadline: float, look: Look) -> int:
        for _ in range(2):
            try:
                self._ask(line)
                return self._number(deadline, look)
            except _GoneError:
                self.close()
            except BaseException:
                # Nobody knows what it will say next.
                self.close()
                raise
        raise _GoneError

    def _ask(self, line: bytes) -> None:
        if self._process is None:
            self._process = _started()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise _GoneError from error

    def _number(self, deadline: float, look: Look) -> int:
        """The next line that the server writes."""
        assert self._process is not None and self._process.stdout is not None
        stream = self._process.stdout.fileno()
        while b"\n" not in self._unread:
            if time.monotonic() > deadline:
                raise TimeoutError
            if not select.select([stream], [], [], _LOOK_SECONDS)[0]:
                look()
                continue
            written = os.read(stream, 64)
            if not written:
                raise _GoneError
            self._unread += written
        line, _, self._unread = self._unread.partition(b"\n")
        return int(line)

    def close(self) -> None:
        """End the process; the next task starts another one."""
        process, self._process, self._unread = self._process, None, b""
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-c", START, _ROOT],
        # Nothing of ours but the area: no configuration, no secret, no search path of modules.
        env={
            "PATH": os.defpath,
            "LC_ALL": "C.UTF-8",
            "TMPDIR": tempfile.gettempdir(),
            AREA_SETTING: str(area().folder),
            # Threads and pools reserve memory, which is limited.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "ARROW_DEFAULT_MEMORY_POOL": "system",
        },
        cwd=tempfile.gettempdir(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        # A Ctrl-C is for whoever started it.
        start_new_session=True,
    )


def _end(worker: int) -> None:
    """End a worker and what it started, if they have not ended by themselves."""
    for stop in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            stop(worker, signal.SIGKILL)


def _reason(code: int) -> str:
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return _TOO_LONG
    if code in (-signal.SIGXFSZ, -signal.SIGKILL, EXIT_TOO_LARGE):
        return _TOO_LARGE
    return _STOPPED


def _look_nowhere() -> None:
    """Wait without looking."""


SERVER = Server()
atexit.register(SERVER.close)
