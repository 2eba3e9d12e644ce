"""Measure what a filter change on Ringkasan costs: bytes, server CPU, time to repaint.

Prints medians and 95th percentiles of 20 changes at each level; passes or fails nothing.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page, sync_playwright

from scripts.serve import CHROMIUM_FLAGS, Server, find_chromium, running_server

CHANGES = 20
# The periods clicked in turn; each shows another map than the one before.
PERIODS = ("Triwulan ini", "Tahun ini", "Bulan ini", "Sejak program")

# Clicks a period and waits until the map has been painted anew; milliseconds.
CHANGE_PERIOD = """async (period) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const map = () => all('*').map((e) => e.shadowRoot?.querySelector('.area-map')).find(Boolean);
  const before = map().dataset.ready;
  const button = all('.st-key-filter_row button').find((b) => b.innerText.trim() === period);
  const start = performance.now();
  button.click();
  while (map().dataset.ready === before) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


@dataclass
class Costs:
    """One list entry per filter change."""

    milliseconds: list[float] = field(default_factory=list)
    cpu_milliseconds: list[float] = field(default_factory=list)
    bytes_received: list[float] = field(default_factory=list)
    bytes_sent: list[float] = field(default_factory=list)


@dataclass
class Wire:
    """Counts what the browser receives over its WebSocket and fetches over HTTP.

    Attributes:
        received: length of all WebSocket messages, unpacked.
        sent: bytes that left the server over TCP, as the proxy between the two saw them.
        target: address of the server.
    """

    received: int = 0
    sent: int = 0
    fetched: list[tuple[str, int]] = field(default_factory=list)
    target: str = ""

    def proxy(self) -> str:
        """Stand between browser and ``target`` and count; returns the address to visit."""
        started: list[int] = []
        ready = threading.Event()

        async def pipe(
            source: asyncio.StreamReader, sink: asyncio.StreamWriter, is_counted: bool
        ) -> None:
            try:
                while data := await source.read(65536):
                    self.sent += len(data) if is_counted else 0
                    sink.write(data)
                    await sink.drain()
            except ConnectionError:
                pass  # the browser closed its page
            finally:
                sink.close()

        async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            host, port = self.target.removeprefix("http://").split(":")
            upstream, downstream = await asyncio.open_connection(host, int(port))
            await asyncio.gather(pipe(reader, downstream, False), pipe(upstream, writer, True))

        async def serve() -> None:
            listener = await asyncio.start_server(visit, "127.0.0.1", 0)
            started.append(listener.sockets[0].getsockname()[1])
            ready.set()
            await listener.serve_forever()

        threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
        ready.wait()
        return f"http://127.0.0.1:{started[0]}"

    def listen(self, page: Page) -> None:
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        page.on("response", self._response)

    def _frame(self, payload: str | bytes) -> None:
        self.received += len(payload)

    def _response(self, response: Any) -> None:
        if "/peta/" in response.url:
            self.fetched.append((response.url, int(response.headers.get("content-length", 0))))


def main() -> None:
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("No Chromium found.")
    wire = Wire()
    # The server answers a proxy only where it was told of its address.
    address = wire.proxy()
    settings = {"PANTAU_TODAY": "2026-10-31", "PANTAU_ADDRESS": address}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(Path(folder), settings) as server,
        sync_playwright() as playwright,
    ):
        wire.target = server.url
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        wire.listen(page)
        page.goto(f"{address}/?periode=tahun")
        page.wait_for_selector(".area-map[data-ready]", timeout=60_000)
        for level in ("Kecamatan", "Desa"):
            _choose_level(page, level)
            _report(level, _measure(page, server, wire))
        for url, size in wire.fetched:
            print(f"geometry {url.rsplit('/', 1)[1]}: {size / 1000:.1f} KB, fetched once")
        browser.close()


def _choose_level(page: Page, level: str) -> None:
    page.locator(".st-key-peta_ringkasan_tingkat").get_by_text(level, exact=True).click()
    page.wait_for_timeout(1500)


def _measure(page: Page, server: Server, wire: Wire) -> Costs:
    costs = Costs()
    process = psutil.Process(server.pid)
    for change in range(-2, CHANGES):  # two to warm up
        received, sent, cpu = wire.received, wire.sent, _cpu_seconds(process)
        milliseconds = page.evaluate(CHANGE_PERIOD, PERIODS[change % len(PERIODS)])
        # The footer comes after the map; let the run end before counting.
        page.wait_for_timeout(400)
        if change >= 0:
            costs.milliseconds.append(milliseconds)
            costs.cpu_milliseconds.append(1000 * (_cpu_seconds(process) - cpu))
            costs.bytes_received.append(wire.received - received)
            costs.bytes_sent.append(wire.sent - sent)
    return costs


def _cpu_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _report(level: str, costs: Costs) -> None:
    print(f"{level}, {CHANGES} filter changes ({time.strftime('%Y-%m-%d')}):")
    for name, values, unit in (
        ("time to repaint", costs.milliseconds, "ms"),
        ("server CPU", costs.cpu_milliseconds, "ms"),
        ("messages, unpacked", costs.bytes_received, "bytes"),
        ("sent over the wire", costs.bytes_sent, "bytes"),
    ):
        p95 = statistics.quantiles(values, n=20)[-1]
        print(f"  {name}: median {statistics.median(values):.0f} {unit}, p95 {p95:.0f} {unit}")


if __name__ == "__main__":
    main()
