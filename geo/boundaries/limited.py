"""Runs a child process that can do little harm: few resources, and nothing of our environment.

Owns the child's environment, how long it may take and what its end means. What it does
is `limited_child`'s.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from geo.area import AREA_SETTING, area
from geo.errors import ReaderStoppedError
from geo.limits import EXIT_OUT_OF_MEMORY

# The process that is run; started by its path, for it must not inherit what is loaded here.
CHILD = Path(__file__).with_name("limited_child.py")

# An answer is due within 30 seconds. By the clock, since a busy machine takes longer for the same
# work; what a file may cost is bounded by the processor's time (geo.limits).
TIMEOUT_SECONDS = 26.0

_TOO_LONG = "terlalu lama"
_TOO_LARGE = "isinya terlalu besar untuk memori"


def run_limited(
    path: Path,
    arguments: Sequence[object],
    environment: Mapping[str, str],
    *,
    request: bytes = b"",
    answer: IO[bytes] | None = None,
    timeout: float,
) -> int:
    """Run `limited_child` with arguments; returns its exit code where it ended by itself.

    Args:
        path: the file as the user named it, for messages.
        arguments: the child's task and what it needs.
        environment: all that the child's environment holds.
        request: the child's input.
        answer: where its output goes; nowhere if None.
        timeout: seconds until it and its own children are ended.

    Raises:
        ReaderStoppedError: if it took too much time or memory.
    """
    process = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), *map(str, arguments)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=answer or subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0 if answer else None,
    )
    try:
        process.communicate(request, timeout)
    except subprocess.TimeoutExpired as error:
        raise ReaderStoppedError(path, _TOO_LONG) from error
    finally:
        _end(process, whole_group=answer is not None)
    return _judged(path, process.returncode)


def _end(process: subprocess.Popen[bytes], *, whole_group: bool) -> None:
    # A child that ended may have left one of its own at work.
    if whole_group:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
        process.wait()


def _judged(path: Path, code: int) -> int:
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        raise ReaderStoppedError(path, _TOO_LONG)
    # Libraries written in C give up with an abort where memory ends.
    if code < 0 or code == EXIT_OUT_OF_MEMORY:
        raise ReaderStoppedError(path, _TOO_LARGE)
    return code


def bare_environment(temporary: Path | None = None) -> dict[str, str]:
    """Nothing of ours but the search path, the area and the folder for temporary files."""
    folder = str(temporary or tempfile.gettempdir())
    return {
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "TMPDIR": folder,
        # Libraries look for settings at home.
        "HOME": folder,
        AREA_SETTING: str(area().folder),
        "PROJ_NETWORK": "OFF",
        # Threads and pools reserve memory, which is limited.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "GDAL_NUM_THREADS": "1",
    }
