"""The answer to whoever watches the server: can pages read their data now?

Owns how long that may take and how often the store is asked: whoever asks without pause gets
the last answer again, and no question waits for a database that does not answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from data_access.errors import DataError, StoreBusyError, StoreDamagedError, StoreError
from data_access.settings import current_settings
from geo.errors import GeoError
from pages.components.context import check_current_store

# Whoever watches gives up after a few seconds.
ANSWER_SECONDS = 3.0
KEPT_SECONDS = 1.0

# For strangers to read: no address, path or name of the database.
NO_ANSWER = "basis data tidak menjawab"
BUSY = "basis data sedang sibuk"
DAMAGED = "basis data rusak"
UNREADABLE = "basis data tidak dapat dibaca"
WRONG_SETTINGS = "pengaturan tidak dapat dipakai"


class Watch:
    """Asks a question once at a time, and keeps the answer for a moment.

    Args:
        question: returns what is wrong; empty where nothing is.
    """

    def __init__(self, question: Callable[[], str]) -> None:
        self._question = question
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sehat")
        self._lock = Lock()
        self._asked: Future[str] | None = None
        self._answered_at = 0.0

    async def problem(self) -> str:
        """Return what is wrong, or was a moment ago; empty where nothing is."""
        # Shielded: whoever stops waiting must not take the answer from the others.
        answer = asyncio.shield(asyncio.wrap_future(self._current()))
        try:
            return await asyncio.wait_for(answer, ANSWER_SECONDS)
        except TimeoutError:
            return NO_ANSWER

    def _current(self) -> Future[str]:
        with self._lock:
            if self._asked is None or self._is_stale(self._asked):
                self._asked = self._thread.submit(self._ask)
            return self._asked

    def _is_stale(self, asked: Future[str]) -> bool:
        return asked.done() and monotonic() - self._answered_at > KEPT_SECONDS

    def _ask(self) -> str:
        try:
            return self._question()
        finally:
            self._answered_at = monotonic()


def store_problem() -> str:
    """Say in a few words why pages cannot read their data; empty where they can."""
    try:
        check_current_store(current_settings())
    except StoreBusyError:
        return BUSY
    except StoreDamagedError:
        return DAMAGED
    except StoreError:
        return UNREADABLE
    except (DataError, GeoError):
        return WRONG_SETTINGS
    return ""


_watch = Watch(store_problem)


async def health(_: Request) -> Response:
    """Answer 200 while pages can read their data, else 503 and why."""
    problem = await _watch.problem()
    if problem:
        return JSONResponse({"status": "terganggu", "alasan": problem}, status_code=503)
    return JSONResponse({"status": "ok"})
