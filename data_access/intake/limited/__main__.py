"""The process that holds the code of the steps ready and forks a worker for every task.

A line {"folder", "task"} comes in; the worker's number goes out, and its exit status when it has
ended. It ends with whoever started it, for its input is closed then.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import sys
from pathlib import Path

from data_access.intake.limited.limits import EXIT_BROKEN, EXIT_TOO_LARGE, limit_resources
from data_access.intake.limited.tasks import work
from geo.gazetteer import gazetteer


def serve() -> None:
    """Fork a worker per line, one after the other."""
    gazetteer()
    # What is loaded stays shared with the workers.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        worker = os.fork()
        if worker == 0:
            os._exit(_worked(Path(asked["folder"]), asked["task"]))
        _tell(worker)
        _, status = os.waitpid(worker, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _worked(folder: Path, task: str) -> int:
    """Do one task with the hands tied; returns the exit status."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    limit_resources()
    # A worker ends before garbage matters; looking for it takes a third of its time.
    gc.disable()
    try:
        work(folder, task)
    except MemoryError:
        return EXIT_TOO_LARGE
    except OSError as error:
        return EXIT_TOO_LARGE if error.errno in (errno.EFBIG, errno.ENOMEM) else EXIT_BROKEN
    # Whatever a foreign file brings about ends here, and is told as a file that stops its reader.
    except BaseException:  # noqa: BLE001
        return EXIT_BROKEN
    return 0


if __name__ == "__main__":
    serve()
