"""Start the dashboard on a free port for screenshots, measurements and browser tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent

# A first start makes the sample data and the map layers.
_START_SECONDS = 90

# As root, and offline: no sandbox, no background chatter of the browser's own.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Server:
    """A running dashboard: its address, process number and log."""

    url: str
    pid: int
    log: Path


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for path in map(shutil.which, names) if path), None)


@contextmanager
def running_server(
    data_dir: Path,
    settings: Mapping[str, str],
    *,
    port: int | None = None,
    folder: Path = ROOT,
    script: Path = ROOT / "app.py",
) -> Iterator[Server]:
    """Run the dashboard as ``make run`` does, until the block ends.

    Args:
        data_dir: folder of its database.
        settings: more environment, e.g. ``{"PANTAU_TODAY": "2026-10-31"}``.
        port: the port of a server that ran before; a free one if None.
        folder: where it is started, and its secrets file is looked for.
        script: what is served.

    Raises:
        TimeoutError: if it does not answer in time; the message holds its log.
    """
    port = port or _free_port()
    log = data_dir / "server.log"
    data_dir.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PANTAU_DATA_DIR": str(data_dir), **settings}
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port)]
    with log.open("w") as stream:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
    try:
        server = Server(f"http://127.0.0.1:{port}", process.pid, log)
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/sehat", timeout=5):
                return
        except urllib.error.HTTPError:
            return  # It runs, and says that its data are away.
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise TimeoutError(f"The dashboard did not start:\n{server.log.read_text()}")
