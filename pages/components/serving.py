"""What the server sends besides pages: map geometry, assets, Leaflet, health, the index page.

Everything a page needs comes from here, compressed and under a name that holds its own
hash, so that a browser fetches it once and no page ever needs the internet.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from xstatic.pkg import leaflet

from pages.components.classes import class_tables_json
from pages.components.geometry import area_layer_bytes

ASSETS_DIR = Path(__file__).parent / "assets"
LEAFLET_PATH = "/leaflet"

_IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}

# Nothing outside this server may be asked for anything. Streamlit's own front end needs
# inline styles, blob workers and eval; folium's frame needs inline scripts.
_CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: blob: data:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    ]
)


_NOSCRIPT = re.compile("<noscript>.*?</noscript>", re.DOTALL)
_NEEDS_JAVASCRIPT = (
    "<noscript><p>Halaman ini memerlukan JavaScript. Nyalakan di setelan peramban, lalu muat ulang."
    "</p></noscript>"
)


class Asset(NamedTuple):
    """A file under ``assets/``: its bytes and the URL that names this very content."""

    content: bytes
    url: str


def routes() -> list[BaseRoute]:
    """Return the routes that stand beside Streamlit's own."""
    return [
        Route("/sehat", _health),
        Route("/peta/{name}.json", _geometry),
        Route("/aset/{name}", _asset),
        Mount(LEAFLET_PATH, StaticFiles(directory=leaflet.BASE_DIR)),
    ]


def asset_url(file_name: str) -> str:
    """Return the URL of a file under ``assets/``."""
    return asset(file_name).url


def class_tables_url() -> str:
    """Return the URL of the map classes' words and colours."""
    return _class_tables().url


@cache
def asset(file_name: str) -> Asset:
    """Read a file under ``assets/``.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    return _named_by_content((ASSETS_DIR / file_name).read_bytes(), file_name)


@cache
def _class_tables() -> Asset:
    return _named_by_content(class_tables_json(), "classes.json")


def _named_by_content(content: bytes, file_name: str) -> Asset:
    stem, _, suffix = file_name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(content, f"/aset/{stem}.{digest}.{suffix}")


@cache
def _assets_by_name() -> dict[str, Asset]:
    files = [asset(path.name) for path in ASSETS_DIR.iterdir() if path.is_file()]
    return {Path(found.url).name: found for found in (*files, _class_tables())}


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _asset(request: Request) -> Response:
    found = _assets_by_name().get(request.path_params["name"])
    if found is None:
        return Response(status_code=404)
    media_type = mimetypes.guess_type(found.url)[0] or "application/octet-stream"
    return _compressed(found.content, media_type)


def _geometry(request: Request) -> Response:
    """Serve a layer's geometry; a plain function, so that building it holds up nobody."""
    level, _, digest = request.path_params["name"].partition("-")
    content = area_layer_bytes(level, digest)
    if content is None:
        return Response(status_code=404)
    return _compressed(content, "application/json")


@cache
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _compressed(content: bytes, media_type: str) -> Response:
    headers = {**_IMMUTABLE, "Content-Encoding": "gzip", "X-Content-Type-Options": "nosniff"}
    return Response(_gzip(content), media_type=media_type, headers=headers)


class IndexPageMiddleware:
    """Make Streamlit's index page ours: Indonesian, with our stylesheet, closed to the outside."""

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
        headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cache-Control"] = "no-cache"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(message: Message) -> bool:
    content_type = dict(message["headers"]).get(b"content-type", b"")
    return bytes(content_type).startswith(b"text/html")


def rewrite_index(html: str) -> str:
    """Return the index page in Indonesian and with the project's stylesheet and words."""
    added = (
        f'<link rel="stylesheet" href="{asset_url("app.css")}">'
        f'<script type="module" src="{asset_url("indonesian.js")}"></script>'
    )
    html = _NOSCRIPT.sub(_NEEDS_JAVASCRIPT, html)
    return (
        html.replace('lang="en"', 'lang="id"', 1)
        .replace("<title>Streamlit</title>", "<title>Pantau Desa Binaan</title>", 1)
        .replace("</head>", f"{added}</head>", 1)
    )
