"""What the server answers where it refuses, has nothing or fails: a status and one sentence."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from data_access.errors import DataError
from geo.errors import GeoError
from pages.server.headers import close_headers

_log = logging.getLogger("pantau")

_BY_STATUS = {
    400: "Permintaan ini tidak dapat dibaca. Muat ulang halaman, lalu coba lagi.",
    403: "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu coba lagi.",
    404: "Tidak ada apa pun di alamat ini. Unduhan hanya tersedia sesaat: buka halamannya dan "
    "unduh sekali lagi.",
    405: "Alamat ini tidak menerima permintaan seperti itu.",
    413: "Berkas terlalu besar. Bagi menjadi beberapa berkas, lalu kirim satu per satu.",
    416: "Bagian berkas yang diminta tidak ada. Unduh berkasnya sekali lagi dari awal.",
}
NOT_HERE = "Tidak ada apa pun di alamat ini. Muat ulang halaman dasbor."
_NOT_NOW = (
    "Data atau pengaturan server tidak dapat dibaca sekarang. Coba lagi sebentar lagi; halaman "
    "dasbor menyebutkan sebabnya."
)
_FAILED = (
    "Server gagal menjawab karena kesalahan program; data tidak berubah. Muat ulang halaman; bila "
    "terulang, sampaikan kepada pengelola: rinciannya ada di catatan server."
)


def refused(status: int, sentence: str) -> Response:
    """Return an answer that says why nothing is given."""
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store"})


def not_here() -> Response:
    """Return the answer where nothing has that address."""
    return refused(404, NOT_HERE)


def tell_problem(_: Request, error: DataError | GeoError) -> Response:
    """Say that a route has nothing to give now, because of what people can mend."""
    # Pages tell the error itself; here strangers read, and it may name a place.
    _log.warning("%s", error)
    return refused(503, _NOT_NOW)


def tell_refusal(_: Request, error: HTTPException) -> Response:
    """Say a refusal of Streamlit's or Starlette's in Indonesian."""
    sentence = _BY_STATUS.get(error.status_code, _BY_STATUS[400])
    return PlainTextResponse(sentence, error.status_code, error.headers)


def tell_failure(request: Request, _: Exception) -> Response:
    """Say that a route failed; the error itself goes to the log of the server."""
    answer = refused(500, _FAILED)
    # This answer is made outside all middleware.
    close_headers(answer.headers, request.url.path, ())
    return answer
