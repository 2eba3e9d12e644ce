"""The one place where an error becomes a sentence for the person in front of the screen."""

from __future__ import annotations

import logging
import secrets

from data_access.errors import DataError
from geo.errors import GeoError
from pages.components.alerts import show_problem

_log = logging.getLogger("pantau")


def show_script_error(error: Exception) -> bool:
    """Show what happened, where and what to do; log the rest. Returns True: it is handled."""
    if isinstance(error, DataError | GeoError):
        show_problem(error)
        return True
    reference = secrets.token_hex(3).upper()
    _log.error("Script error %s", reference, exc_info=error)
    show_problem(
        "Halaman ini tidak dapat ditampilkan karena kesalahan program; data tidak berubah. "
        "Muat ulang halaman. Bila terulang, sampaikan kode "
        f"{reference} kepada pengelola: rinciannya ada di catatan server."
    )
    return True
