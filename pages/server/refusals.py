"""What the server answers, in Indonesian, where it has nothing else to give.

Owns the words of refusals outside the pages; what a page cannot show is said by ``errors``.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from data_access.errors import DataError
from geo.errors import GeoError

_log = logging.getLogger("pantau")

_SENTENCES: Mapping[int, str] = MappingProxyType(
    {
        400: "Permintaan ini tidak dapat dipahami server. Buka halaman depan dashboard.",
        403: "Permintaan ini tidak diizinkan. Buka halaman depan dashboard.",
        404: "Tidak ada apa pun di alamat ini. Buka halaman depan dashboard, atau muat ulang.",
        405: "Alamat ini hanya dapat dibaca; cara permintaan ini tidak diterima.",
        413: "Yang dikirim terlalu besar. Kirim berkas yang lebih kecil.",
        500: "Server gagal menjawab karena kesalahan program; data tidak berubah. Coba lagi, dan "
        "bila terulang sampaikan kepada pengelola: rinciannya ada di catatan server.",
        503: "Server belum dapat menjawab. Coba lagi sebentar lagi.",
    }
)
_OTHERWISE = "Server tidak dapat memenuhi permintaan ini. Buka halaman depan dashboard."


def refusal(status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Return the answer of a status code."""
    sentence = _SENTENCES.get(status, _OTHERWISE)
    # What is not there now may be there in a moment.
    kept = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", **(headers or {})}
    return PlainTextResponse(sentence, status, headers=kept)


def _refused(_: Request, error: HTTPException) -> Response:
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    return refusal(error.status_code, error.headers)


def _not_now(_: Request, error: DataError | GeoError) -> Response:
    """What people can mend is told on the page; here it is logged, for it may name a place."""
    _log.warning("%s", error)
    return refusal(503)


def _failed(_: Request, __: Exception) -> Response:
    # Starlette raises it again behind the answer, for the log.
    return refusal(500)


REFUSALS: Mapping[Any, Callable[[Any, Any], Response]] = MappingProxyType(
    {HTTPException: _refused, DataError: _not_now, GeoError: _not_now, Exception: _failed}
)
