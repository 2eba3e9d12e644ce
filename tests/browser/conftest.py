"""A real server and a real Chromium that may talk to that server only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from scripts.serve import CHROMIUM_FLAGS, Server, find_chromium, running_server

TODAY = "2026-10-31"

# As patient as the waits below: a slow machine draws a page in seconds.
expect.set_options(timeout=60_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser; `tests.scheduling` keeps it in one process."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        reason = "No Chromium found; install one to run the browser tests."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard with sample data, as a new user starts it."""
    folder = tmp_path_factory.mktemp("data")
    with running_server(folder, {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "1"}) as running:
        yield running


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard without any record."""
    folder = tmp_path_factory.mktemp("empty")
    with running_server(folder, {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "0"}) as running:
        yield running


@dataclass
class Visitor:
    """A browser page that notes what it is asked to fetch and what goes wrong."""

    page: Page
    server: Server
    external: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str, ready: str = "footer.foot") -> None:
        """Open a page of the dashboard and wait until its last element stands."""
        self.page.goto(f"{self.server.url}{path}")
        self.wait(ready)

    def wait(self, selector: str = "footer.foot") -> None:
        self.page.wait_for_selector(selector, timeout=60_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has finished running."""
        self.page.wait_for_function(
            "document.querySelector('[data-testid=stApp]')"
            "?.getAttribute('data-test-script-state') === 'notRunning'",
            timeout=60_000,
        )

    def wait_for_map(self) -> None:
        self.page.wait_for_selector(".area-map[data-ready]", timeout=60_000)


def visitor_for(
    browser: Browser,
    server: Server,
    width: int = 1366,
    height: int = 768,
    *,
    has_touch: bool = False,
) -> Visitor:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        has_touch=has_touch,
    )
    visitor = Visitor(context.new_page(), server)

    def guard(route: Route) -> None:
        if route.request.url.startswith((server.url, "data:", "blob:")):
            route.continue_()
        else:
            visitor.external.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    visitor.page.on("pageerror", lambda error: visitor.errors.append(str(error)))
    visitor.page.on(
        "console",
        lambda message: visitor.errors.append(message.text) if message.type == "error" else None,
    )
    return visitor


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Visitor]:
    one = visitor_for(browser, server)
    yield one
    one.page.context.close()
    # Whatever a test looked at: nothing on the way asked for what its page forbids.
    assert [error for error in one.errors if "Content Security Policy" in error] == []


@pytest.fixture
def empty_visitor(browser: Browser, empty_server: Server) -> Iterator[Visitor]:
    one = visitor_for(browser, empty_server)
    yield one
    one.page.context.close()


@pytest.fixture
def officer(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    """A visitor of an empty dashboard of its own, which the test may fill."""
    settings = {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "0"}
    with running_server(tmp_path / "data", settings) as server:
        visitor = visitor_for(browser, server)
        visitor.page.set_default_timeout(60_000)
        yield visitor
        visitor.page.context.close()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Visitor]:
    one = visitor_for(browser, server, width=360, height=740)
    yield one
    one.page.context.close()
