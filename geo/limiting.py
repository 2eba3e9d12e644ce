"""Ties the hands of a process that touches foreign files: what it may cost, for good.

Stands in the lowest room, so that a limited process can take it up before anything of weight.
"""

from __future__ import annotations

import contextlib
import resource
import signal


def limit_process(
    *,
    processor_seconds: int,
    clock_seconds: int,
    data_bytes: int,
    address_bytes: int,
    output_bytes: int,
) -> None:
    """Cap time, memory and the size of what is written by this process; no core file.

    Args:
        processor_seconds: of the processor; then SIGXCPU, and two seconds later SIGKILL.
        clock_seconds: by the clock; then SIGALRM, also where whoever started it is gone.
        data_bytes: of memory that is written to.
        address_bytes: of what is mapped, where the system does not count the former.
        output_bytes: of each file; then SIGXFSZ.
    """
    for kind, least, most in (
        # At the lower bound a signal says why; at the upper one the kernel kills without a word.
        (resource.RLIMIT_CPU, processor_seconds, processor_seconds + 2),
        (resource.RLIMIT_FSIZE, output_bytes, output_bytes),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_DATA, data_bytes, data_bytes),
        (resource.RLIMIT_AS, address_bytes, address_bytes),
    ):
        # macOS refuses some of them; the others hold there too.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (least, most))
    signal.alarm(clock_seconds)
