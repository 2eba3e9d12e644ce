"""The child itself: limits first, then one file."""

from __future__ import annotations

import contextlib
import errno
import json
import resource
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TextIO
from xml.parsers import expat

from data_access.intake.files.spreadsheets.limits import (
    CPU_SECONDS,
    EXIT_REFUSED,
    EXIT_TOO_LARGE,
    MEMORY_BYTES,
    OUTPUT_BYTES,
    RefusedError,
)
from data_access.intake.files.spreadsheets.lines import Writer
from data_access.intake.files.spreadsheets.ods import read_ods
from data_access.intake.files.spreadsheets.package import Package
from data_access.intake.files.spreadsheets.xlsx import read_xlsx


def main(source: Path, out_dir: Path) -> int:
    """Read one file; the exit status says how it went."""
    limit_resources()
    try:
        with (out_dir / "rows.jsonl").open("w", encoding="utf-8") as lines:
            read(source, lines)
    except RefusedError as refusal:
        (out_dir / "refusal.json").write_text(json.dumps(refusal.facts), encoding="utf-8")
        return EXIT_REFUSED
    except MemoryError:
        return EXIT_TOO_LARGE
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        return EXIT_TOO_LARGE
    return 0


def limit_resources() -> None:
    """Cap memory, processor time and the size of what is written; no core file."""
    for kind, amount in (
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
    # The soft limit's signal says what happened; the hard one's looks like lack of memory.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 3))
    # macOS refuses a limit on address space; the others hold there too.
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def read(source: Path, lines: TextIO) -> None:
    """Write the lines of a file.

    Raises:
        RefusedError: with the reason.
    """
    writer = Writer(lines)
    try:
        with zipfile.ZipFile(source) as archive:
            package = Package(archive)
            kind = package.kind()
            (read_xlsx if kind == "xlsx" else read_ods)(package, writer)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise RefusedError("broken") from error
    except (expat.ExpatError, LookupError, ValueError, OverflowError) as error:
        raise RefusedError("broken") from error
    writer.finish(kind)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
