"""What the reading of one table may cost, and how a worker says that it gave up."""

from __future__ import annotations

from geo.limiting import limit_process

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
    """Tie the hands of this process."""
    limit_process(
        processor_seconds=PROCESSOR_SECONDS,
        # A little later than whoever asked, who can say why.
        clock_seconds=SECONDS + 2,
        data_bytes=MEMORY_BYTES,
        address_bytes=ADDRESS_BYTES,
        output_bytes=OUTPUT_BYTES,
    )
