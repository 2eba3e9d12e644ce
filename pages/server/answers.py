"""What the server answers where it refuses or fails: a status and one sentence."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pages.server.headers import close_headers

_BY_STATUS = {
    400: "Permintaan ini tidak dapat dibaca. Muat ulang halaman, lalu coba lagi.",
    403: "Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu coba lagi.",
    404: "Tidak ada apa pun di alamat ini. Unduhan hanya tersedia sesaat: buka halamannya dan "
    "unduh sekali lagi.",
    405: "Alamat ini tidak menerima permintaan seperti itu.",
    413: "Berkas terlalu besar. Bagi menjadi beberapa berkas, lalu kirim satu per satu.",
    416: "Bagian berkas yang diminta tidak ada. Unduh berkasnya sekali lagi dari awal.",
}
_FAILED = (
    "Server gagal menjawab karena kesalahan program; data tidak berubah. Muat ulang halaman; bila "
    "terulang, sampaikan kepada pengelola: rinciannya ada di catatan server."
)


def refused(status: int, sentence: str) -> Response:
    """Return an answer that says why nothing is given."""
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store"})


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
