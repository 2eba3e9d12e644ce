"""Leaves a process no file but those it was given, and no connection: Linux' Landlock.

Owns what may be opened. Knows nothing of the project but the folder it lies in. Where the
kernel lacks Landlock (before 5.13, other systems) nothing is confined.
"""

from __future__ import annotations

import ctypes
import os
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

# The same numbers on every processor that runs this.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_WRITE_FILE, _READ_FILE, _TRUNCATE = 1 << 1, 1 << 2, 1 << 14
# To remove and to make what lies in a folder, of whatever kind.
_CHANGE_FOLDER = sum(1 << bit for bit in range(4, 13))
_OF_A_FILE = _READ_FILE | _WRITE_FILE | _TRUNCATE
_BIND, _CONNECT = 1 << 0, 1 << 1
# The versions of Landlock that brought the cutting of files and connections.
_WITH_TRUNCATE, _WITH_NETWORK = 3, 4

# What the interpreter and its libraries are made of, and ask about the machine.
_PROGRAMS = (
    *(Path(__file__).parents[1], Path(sys.prefix), Path(sys.base_prefix)),
    *map(Path, ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/dev/urandom")),
    *map(Path, ("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system")),
)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def confine(read: Iterable[Path], write: Iterable[Path]) -> bool:
    """Confine this thread and the processes it starts, for good.

    Args:
        read: files and folders that may be read beside the programs.
        write: those that may be changed as well.

    Returns:
        Whether the kernel can.
    """
    kernel = ctypes.CDLL(None, use_errno=True)
    version = kernel.syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    if not sys.platform.startswith("linux") or version < 1:
        return False
    rules = _Ruleset(
        _READ_FILE | _WRITE_FILE | _CHANGE_FOLDER | (_TRUNCATE * (version >= _WITH_TRUNCATE)),
        _BIND | _CONNECT,
    )
    size = ctypes.sizeof(rules) if version >= _WITH_NETWORK else ctypes.sizeof(ctypes.c_uint64)
    ruleset = kernel.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    for path in (*_PROGRAMS, *read):
        _allow(kernel, ruleset, path, _READ_FILE)
    for path in (Path(os.devnull), *write):
        _allow(kernel, ruleset, path, rules.files)
    kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(kernel.syscall(_RESTRICT_SELF, ruleset, 0) == 0)


def _allow(kernel: ctypes.CDLL, ruleset: int, path: Path, access: int) -> None:
    """Allow what is there; a path that leads nowhere needs no permission."""
    with suppress(OSError, ValueError):
        held = os.open(path, os.O_PATH | os.O_CLOEXEC)
        is_folder = stat.S_ISDIR(os.fstat(held).st_mode)
        rule = _Beneath(access if is_folder else access & _OF_A_FILE, held)
        kernel.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
        os.close(held)
