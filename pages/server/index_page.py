"""Streamlit's index page made ours: Indonesian, with our stylesheet and words."""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.assets import (
    PRODUCT_NAME,
    area_style_url,
    asset_url,
    meanings_url,
    palette_url,
)

_NOSCRIPT = re.compile("<noscript>.*?</noscript>", re.DOTALL)
_NEEDS_JAVASCRIPT = (
    "<noscript><p>Halaman ini memerlukan JavaScript. Nyalakan di setelan peramban, lalu muat ulang."
    "</p></noscript>"
)


class IndexPageMiddleware:
    """Make Streamlit's index page ours: Indonesian, with our stylesheet and words."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        plain_scope = {**scope, "headers": _without_caching(scope["headers"])}
        await self._app(plain_scope, receive, _IndexPageSender(send))


def _asks_for_page(scope: Scope) -> bool:
    accept = dict(scope["headers"]).get(b"accept", b"")
    return bool(scope["method"] == "GET" and b"text/html" in accept)


def _without_caching(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    dropped = {b"accept-encoding", b"if-none-match", b"if-modified-since"}
    return [(name, value) for name, value in headers if name.lower() not in dropped]


class _IndexPageSender:
    """Hold back an HTML response until it is whole, rewrite it, then send it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
            return
        if self._start is None:
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = rewrite_index(self._body.decode()).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["Content-Length"] = str(len(body))
        headers["Cache-Control"] = "no-cache"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(message: Message) -> bool:
    content_type = dict(message["headers"]).get(b"content-type", b"")
    return bytes(content_type).startswith(b"text/html")


def rewrite_index(html: str) -> str:
    """Return the index page in Indonesian and with the project's stylesheet and words."""
    added = (
        f'<link rel="stylesheet" href="{palette_url()}">'
        f'<link rel="stylesheet" href="{area_style_url()}">'
        f'<link rel="stylesheet" href="{asset_url("app.css")}">'
        f'<link rel="stylesheet" media="print" href="{asset_url("print.css")}">'
        f'<script type="module" src="{asset_url("indonesian.js")}"></script>'
        f'<script type="module" src="{asset_url("print.js")}"></script>'
        f'<script type="module" src="{asset_url("figures.js")}" '
        f'data-meanings="{meanings_url()}" id="pantau-figures"></script>'
        f'<script type="module" src="{asset_url("reconnect.js")}"></script>'
    )
    html = _NOSCRIPT.sub(_NEEDS_JAVASCRIPT, html)
    return (
        html.replace('lang="en"', 'lang="id"', 1)
        .replace("<title>Streamlit</title>", f"<title>{PRODUCT_NAME}</title>", 1)
        .replace("</head>", f"{added}</head>", 1)
    )
