"""Measure what a file costs the dashboard: time to its answer, memory, and what others notice.

    python -m scripts.measure_hostile FILE... [--boundaries FILE...]

Uploads each file to a dashboard of its own in Chromium, as a table or as boundaries, and goes on
until it is answered. Meanwhile another reader changes the period of Ringkasan again and again.
Prints per file the seconds until the answer, the peak resident memory of all processes of the
server and of the browser, what the browser received, and the other reader's waiting times. Passes
or fails nothing.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

from scripts.measure_repaint import CHANGE_PERIOD, PERIODS
from scripts.serve import CHROMIUM_FLAGS, Server, find_chromium, running_server

TODAY = "2026-10-31"
MEGABYTE = 1024**2
_PATIENCE_MILLISECONDS = 120_000
_LOOK_SECONDS = 0.05
# So many looks in a row, about a second, must find the page at rest.
_STILL_LOOKS = 20
_SETTLED = (
    "document.querySelector('[data-testid=stApp]')"
    "?.getAttribute('data-test-script-state') === 'notRunning'"
)
# What stands under an upload once it was read: an error, a question, sheets, or a picture.
_ANSWERS = "[data-testid=stAlert], [class*=st-key-tanya_], [data-testid=stExpander], svg.map"


@dataclass
class Cost:
    """What one file cost.

    Attributes:
        seconds: until the page stood still with its answer.
        server_bytes: most memory that the server and its child processes held together.
        received: bytes of all WebSocket messages to the person who uploaded.
        waits: milliseconds that another reader waited for each change meanwhile.
        answer: the first words of its last sentence in a frame.
    """

    name: str
    seconds: float = 0.0
    server_bytes: int = 0
    received: int = 0
    waits: list[float] = field(default_factory=list)
    answer: str = ""

    def __str__(self) -> str:
        waits = [f"{value:.0f}" for value in (statistics.median(self.waits), max(self.waits))]
        return (
            f"{self.name:34.34} {self.seconds:6.1f} s  {self.server_bytes / MEGABYTE:6.0f} MB  "
            f"{self.received / 1000:8.1f} kB  {' / '.join(waits):>11} ms ({len(self.waits)})  "
            f"{self.answer}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each file; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tables", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--boundaries", nargs="*", type=Path, default=[], metavar="FILE")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each answer")
    options = parser.parse_args(arguments)
    path = find_chromium()
    if path is None:
        sys.exit("No Chromium found; install one first.")
    print(f"{'file':34}   answer     memory     received  other reader (median / most)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        for file in options.tables:
            print(_measure(browser, file, is_table=True, pictures=options.pictures), flush=True)
        for file in options.boundaries:
            print(_measure(browser, file, is_table=False, pictures=options.pictures), flush=True)
        browser.close()
    return 0


def _measure(browser: Browser, file: Path, *, is_table: bool, pictures: Path | None) -> Cost:
    cost = Cost(file.name)
    with tempfile.TemporaryDirectory(prefix="pantau-ukur-") as folder:
        settings = {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "1"}
        with running_server(Path(folder), settings) as server:
            page = browser.new_page(locale="id-ID")
            page.on("websocket", lambda socket: _count(socket, cost))
            page.goto(f"{server.url}/data?bagian={'berkas' if is_table else 'batas'}")
            page.wait_for_selector("footer.foot", timeout=_PATIENCE_MILLISECONDS)
            upload = page.locator("input[type=file]")
            upload.wait_for(state="attached")
            before = page.locator(_ANSWERS).count()
            cost.received = 0
            with _memory_of(server, cost), _another_reader(server, cost):
                start = time.perf_counter()
                upload.set_input_files(file)
                page.wait_for_function(
                    "([answers, before]) => document.querySelectorAll(answers).length > before",
                    arg=[_ANSWERS, before],
                    timeout=_PATIENCE_MILLISECONDS,
                )
                _wait_for_answer(page)
                check = page.get_by_role("button", name="Periksa berkas")
                if check.count():
                    check.click()
                    _wait_for_answer(page)
                cost.seconds = time.perf_counter() - start
            said = page.locator("[data-testid=stAlert]").all_inner_texts()
            cost.answer = (said[-1] if said else "").replace("\n", " ")[:160]
            if pictures:
                page.screenshot(path=pictures / f"{file.name}.png", full_page=True)
            page.close()
    return cost


def _count(socket: WebSocket, cost: Cost) -> None:
    def add(message: bytes | str) -> None:
        cost.received += len(message)

    socket.on("framereceived", add)


def _wait_for_answer(page: Page) -> None:
    """Wait until the page has stood still for a while: a run may follow another."""
    still = 0
    while still < _STILL_LOOKS:
        page.wait_for_timeout(_LOOK_SECONDS * 1000)
        page.wait_for_function(_SETTLED, timeout=_PATIENCE_MILLISECONDS)
        still = still + 1 if page.evaluate(_SETTLED) else 0


@contextmanager
def _memory_of(server: Server, cost: Cost) -> Iterator[None]:
    is_over = threading.Event()
    root = psutil.Process(server.pid)

    def look() -> None:
        while not is_over.wait(_LOOK_SECONDS):
            total = 0
            for process in (root, *root.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            cost.server_bytes = max(cost.server_bytes, total)

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield
    finally:
        is_over.set()
        watching.join()


@contextmanager
def _another_reader(server: Server, cost: Cost) -> Iterator[None]:
    """Change the period in another browser until the block ends, and note the waits."""
    is_ready, is_over = threading.Event(), threading.Event()

    def read() -> None:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=find_chromium(), args=CHROMIUM_FLAGS
            )
            page = browser.new_page(locale="id-ID")
            page.goto(server.url)
            page.wait_for_selector(".area-map[data-ready]", timeout=_PATIENCE_MILLISECONDS)
            page.evaluate(CHANGE_PERIOD, PERIODS[0])
            is_ready.set()
            number = 0
            while not is_over.is_set():
                number += 1
                cost.waits.append(page.evaluate(CHANGE_PERIOD, PERIODS[number % len(PERIODS)]))
                time.sleep(0.2)
            browser.close()

    reading = threading.Thread(target=read)
    reading.start()
    is_ready.wait(timeout=_PATIENCE_MILLISECONDS / 1000)
    try:
        yield
    finally:
        is_over.set()
        reading.join()


if __name__ == "__main__":
    sys.exit(main())
