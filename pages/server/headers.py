"""What every answer tells the browser it may do with it, whoever made the answer."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.server.served import Served

# Nothing outside this server may be asked for anything. Streamlit's own front end needs
# inline styles, blob workers and eval; folium's frame needs inline scripts.
_PAGE_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "frame-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
        # Older browsers do not count a websocket to the same server as 'self'.
        "connect-src 'self' blob: data: {sockets}",
    ]
)
# Of a file that is opened by itself nothing runs and nothing is fetched.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Downloads hold what the office knows; a shared machine's browser keeps no copy.
_UNKEPT = ("/media/", "/_stcore/upload_file/")


class HeadersMiddleware:
    """Close every answer: pages, assets, downloads, errors and refusals."""

    def __init__(self, app: ASGIApp, served: Served) -> None:
        self._app = app
        self._served = served

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message["headers"]))
                # A browser puts the headers of a 304 in place of those that it has kept.
                if message["status"] != 304:
                    close_headers(headers, scope["path"], self._served.origins(scope))
                message = {**message, "headers": headers.raw}
            await send(message)

        await self._app(scope, receive, send_closed)


def close_headers(headers: MutableHeaders, path: str, origins: Sequence[str]) -> None:
    """Set the headers of an answer.

    Args:
        origins: whose websockets a page may open.
    """
    headers.update(_ALWAYS)
    if headers.get("content-type", "").startswith("text/html"):
        sockets = " ".join(origin.replace("http", "ws", 1) for origin in origins)
        headers["Content-Security-Policy"] = _PAGE_POLICY.format(sockets=sockets)
    else:
        headers["Content-Security-Policy"] = _FILE_POLICY
    if path.startswith(_UNKEPT):
        headers["Cache-Control"] = "private, no-store"
