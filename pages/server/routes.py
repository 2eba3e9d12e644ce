"""The routes beside Streamlit's own: map geometry, assets, Leaflet, health.

Everything a page needs comes from here, compressed and under a name that holds its own
hash, so that a browser fetches it once and no page ever needs the internet.
"""

from __future__ import annotations

import gzip
import mimetypes
from functools import cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

from pages.components.maps.geometry import area_layer_bytes
from pages.server.answers import not_here
from pages.server.assets import LEAFLET_PATH, assets_by_name
from pages.server.health import health

_IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes() -> list[BaseRoute]:
    """Return the routes that stand beside Streamlit's own."""
    return [
        Route("/sehat", health),
        Route("/peta/{name}.json", _geometry),
        Route("/aset/{name}", _asset),
        Mount(LEAFLET_PATH, StaticFiles(directory=leaflet.BASE_DIR)),
    ]


async def _asset(request: Request) -> Response:
    found = assets_by_name().get(request.path_params["name"])
    if found is None:
        return not_here()
    media_type = mimetypes.guess_type(found.url)[0] or "application/octet-stream"
    return _compressed(found.content, media_type)


def _geometry(request: Request) -> Response:
    """Serve a layer's geometry; a plain function, so that building it holds up nobody."""
    level, _, digest = request.path_params["name"].partition("-")
    content = area_layer_bytes(level, digest)
    if content is None:
        return not_here()
    return _compressed(content, "application/json")


@cache
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, compresslevel=9, mtime=0)


def _compressed(content: bytes, media_type: str) -> Response:
    headers = {**_IMMUTABLE, "Content-Encoding": "gzip"}
    return Response(_gzip(content), media_type=media_type, headers=headers)
