"""How much of officers' files the server takes: from whom, how many at once, how much in all.

Streamlit hands out as many upload addresses as a client asks for and keeps every file until
its session ends. Files are taken here only for a screen that shows a place for one.
"""

from __future__ import annotations

import anyio
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.runtime import Runtime, get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from pages.components.uploads import shows_upload_place
from pages.server.answers import refused

_UPLOADS = "/_stcore/upload_file/"
_MEGABYTE = 1024 * 1024
# What a form adds around its file.
_FRAME = _MEGABYTE

# All files of all tabs: a few of the largest, or some hundreds of the usual.
_MOST_KEPT = 200 * _MEGABYTE
# One per processor core and some that wait for their lines.
_MOST_ARRIVING = 4
# A thin line breaks for seconds; 50 MB take ten minutes on 0.7 Mbit/s.
_STALL_SECONDS = 30
_ARRIVAL_SECONDS = 600

# The same words stand in assets/indonesian.js: of a refused upload the page is told the number.
NOT_SHOWN = "Halaman ini tidak menerima berkas. Muat ulang halaman, lalu pilih berkas itu lagi."
STOPPED = "Pengiriman terhenti terlalu lama. Periksa jaringan, lalu kirim lagi."
ONE_AT_A_TIME = "Berkas lain dari tab ini masih dikirim. Tunggu sampai selesai, lalu kirim lagi."
TOO_LARGE = "Berkas terlalu besar. Bagi menjadi beberapa berkas, lalu kirim satu per satu."
BUSY = "Server sedang menerima berkas dari tab lain. Tunggu sebentar, lalu kirim lagi."
FULL = (
    "Server masih menyimpan terlalu banyak berkas dari tab lain. Tutup tab yang tidak dipakai, "
    "tunggu dua menit, lalu kirim lagi."
)


class _StoppedError(Exception):
    """A body that does not arrive any more."""


class UploadLimitMiddleware:
    """Take a file only where one is asked for, one at a time, and no more than can be kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        # Bytes that may still arrive, by session.
        self._arriving: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_upload = scope["type"] == "http" and scope["method"] == "PUT"
        if not is_upload or not scope["path"].startswith(_UPLOADS):
            await self._app(scope, receive, send)
            return
        session_id, _, file_id = scope["path"].removeprefix(_UPLOADS).partition("/")
        size = _announced(scope)
        status, sentence = self._refusal(session_id, size)
        if status:
            await _discard(receive)
            await refused(status, sentence)(scope, receive, send)
            return
        self._arriving[session_id] = size
        try:
            is_kept = await self._take(scope, receive, send)
        finally:
            del self._arriving[session_id]
        if is_kept:
            _drop_others(session_id, file_id)

    def _refusal(self, session_id: str, size: int) -> tuple[int, str]:
        """Return the status and the sentence of a refusal; 0 where the file is taken."""
        if not get_instance().is_active_session(session_id) or not shows_upload_place(session_id):
            return 403, NOT_SHOWN
        if size > _most_of_one():
            return 413, TOO_LARGE
        if session_id in self._arriving:
            return 409, ONE_AT_A_TIME
        if len(self._arriving) >= _MOST_ARRIVING:
            return 503, BUSY
        others = sum(kept for owner, kept in kept_bytes().items() if owner != session_id)
        if others + sum(self._arriving.values()) + size > _MOST_KEPT:
            return 507, FULL
        return 0, ""

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Let Streamlit read the file; return whether it keeps it."""
        status = 0
        deadline = anyio.current_time() + _ARRIVAL_SECONDS

        async def receive_in_time() -> Message:
            patience = min(_STALL_SECONDS, deadline - anyio.current_time())
            with anyio.move_on_after(patience):
                return await receive()
            raise _StoppedError

        async def send_noted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive_in_time, send_noted)
        except _StoppedError:
            await refused(408, STOPPED)(scope, receive, send)
        except ClientDisconnect:
            # The person has taken it back, or the tab is gone: there is nobody to tell.
            return False
        return status == 204


def _most_of_one() -> int:
    return int(config.get_option("server.maxUploadSize")) * _MEGABYTE + _FRAME


def _announced(scope: Scope) -> int:
    """The size of a body; the most that is read where it comes in pieces without one."""
    written = Headers(scope=scope).get("content-length", "")
    return int(written) if written.isdecimal() else _most_of_one()


async def _discard(receive: Receive) -> None:
    """Read a refused body away, so that the browser hears the refusal and not a broken line."""
    left = _most_of_one()
    with anyio.move_on_after(_STALL_SECONDS):
        while left > 0:
            message = await receive()
            left -= len(message.get("body", b""))
            if not message.get("more_body"):
                return


def kept_bytes() -> dict[str, int]:
    """Return the bytes of the files that are kept, by session."""
    kept = _files(get_instance()).file_storage
    return {
        session: sum(len(file.data) for file in list(files.values()))
        for session, files in list(kept.items())
    }


def _drop_others(session_id: str, file_id: str) -> None:
    files = _files(get_instance())
    for other in set(files.file_storage.get(session_id, {})) - {file_id}:
        files.remove_file(session_id, other)


def _files(runtime: Runtime) -> MemoryUploadedFileManager:
    files = runtime.uploaded_file_mgr
    if not isinstance(files, MemoryUploadedFileManager):
        raise TypeError(f"Uploads are not kept in memory but in {type(files).__name__}.")
    return files
