"""Who comes in: requests and connections from where the dashboard is served, a bounded number."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Receive, Scope, Send

from pages.server.answers import NOT_HERE, refused
from pages.server.served import Served

_log = logging.getLogger("pantau")

# Streamlit's routes that no page asks for: they tell of the process, drive it, or sign in.
_CLOSED = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent",
    "/auth/",
    "/oauth2callback",
)

# An office has some dozens open. Each may hold a file, a page that is being drawn, and the
# messages that its line has not taken yet.
_MOST_TABS = 100
_TOO_MANY_TABS = (
    "Dasbor sedang terbuka di {most} tab, dan lebih dari itu tidak dilayani. Tutup tab yang tidak "
    "dipakai, lalu muat ulang halaman ini."
)


class BorderMiddleware:
    """Refuse what does not come from where the dashboard is served, and what is not for pages."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served
        self._tabs = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        status, sentence = self._refusal(scope)
        if scope["type"] == "websocket":
            await (_close(sentence, send) if status else self._connect(scope, receive, send))
        elif status:
            await refused(status, sentence)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        """Return the status and the sentence of a refusal; 0 where the answer is the app's."""
        if sentence := self._served.refusal(scope):
            return 403, sentence
        if scope["path"].startswith(_CLOSED):
            return 404, NOT_HERE
        if self._tabs >= _MOST_TABS and _opens_tab(scope):
            return 503, _TOO_MANY_TABS.format(most=_MOST_TABS)
        return 0, ""

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._tabs += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._tabs -= 1


async def _close(sentence: str, send: Send) -> None:
    """Refuse a connection, with 403; a browser shows no words of it, so they go to the log."""
    _log.warning("%s", sentence)
    await send({"type": "websocket.close", "code": 1008, "reason": ""})


def _opens_tab(scope: Scope) -> bool:
    """Whether this opens a connection, or the page that will: only a page can be read."""
    accept = dict(scope["headers"]).get(b"accept", b"")
    return scope["type"] == "websocket" or b"text/html" in accept
