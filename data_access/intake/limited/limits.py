"""What the reading of one table may cost, and how a worker says that it gave up."""

from __future__ import annotations

import contextlib
import resource
import signal

MEGABYTE = 1024**2
# Of data, the code of the steps (130 MB) included: reading 50,000 rows of 40 columns takes 420 MB.
# With the dashboard (300 MB) and the process that waits (130 MB) all stay below 1 GB.
MEMORY_BYTES = 560 * MEGABYTE
# Address space also counts what is only mapped: a backstop where data is not counted.
ADDRESS_BYTES = 3 * 1024 * MEGABYTE
# An answer is due within 30 seconds. By the clock, since a busy machine takes longer for the same
# work; what a file may cost is bounded by the processor's time.
SECONDS = 26
PROCESSOR_SECONDS = 22
OUTPUT_BYTES = 160 * MEGABYTE

EXIT_BROKEN = 1
EXIT_TOO_LARGE = 5


def limit_resources() -> None:
    """Cap memory, time and the size of what is written; no core file."""
    for kind, least, most in (
        # At the lower bound a signal says why; at the upper one the kernel kills without a word.
        (resource.RLIMIT_CPU, PROCESSOR_SECONDS, PROCESSOR_SECONDS + 2),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_DATA, MEMORY_BYTES, MEMORY_BYTES),
        (resource.RLIMIT_AS, ADDRESS_BYTES, ADDRESS_BYTES),
    ):
        # macOS refuses some of them; the others hold there too.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (least, most))
    # Also where whoever asked is gone.
    signal.alarm(SECONDS + 2)
