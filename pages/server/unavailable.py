"""What our own routes answer, in a sentence, where they have nothing to give."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from data_access.errors import DataError
from geo.errors import GeoError

_log = logging.getLogger("pantau")

# What is not there now may be there in a moment.
_HEADERS = {"Cache-Control": "no-store"}

_NOT_HERE = "Tidak ada apa pun di alamat ini. Muat ulang halaman dashboard."
_NOT_NOW = (
    "Data atau pengaturan server tidak dapat dibaca sekarang. Coba lagi sebentar lagi; halaman "
    "dashboard menyebutkan sebabnya."
)


def not_here() -> Response:
    """Return the answer where nothing has that address."""
    return PlainTextResponse(_NOT_HERE, 404, headers=_HEADERS)


def _not_now(_: Request, error: DataError | GeoError) -> Response:
    # Pages tell the error itself; here strangers read, and it may name a place.
    _log.warning("%s", error)
    return PlainTextResponse(_NOT_NOW, 503, headers=_HEADERS)


# How the server answers an error that people can mend.
ERROR_ANSWERS: Mapping[Any, Callable[[Any, Any], Response]] = MappingProxyType(
    {DataError: _not_now, GeoError: _not_now}
)
