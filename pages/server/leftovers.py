"""What people leave behind: downloads that were fetched, files and state of closed tabs.

Streamlit clears these away only when somebody else comes or goes; here it is done in time.
"""

from __future__ import annotations

import logging
import time

import anyio
from streamlit import config
from streamlit.runtime import get_instance

from pages.components.uploads import forget_upload_places, sessions_with_upload_places
from pages.server.uploads import kept_bytes

_log = logging.getLogger("pantau")

# A file made for a download is gone after two rounds: time enough to fetch it.
_ROUND_SECONDS = 5
# After server.disconnectedSessionTTL Streamlit takes a tab whose line broke no more back, and
# forgets to clear up after it. So long before that its session is ended here.
_AHEAD_SECONDS = 30


async def clear_leftovers() -> None:
    """Clear away for as long as the server runs."""
    away: dict[str, float] = {}
    while True:
        await anyio.sleep(_ROUND_SECONDS)
        try:
            get_instance().media_file_mgr.remove_orphaned_files()
            away = _end_sessions(away, time.monotonic())
        except Exception:  # noqa: BLE001 - must not end the server; the next round tries again
            _log.exception("Could not clear away what closed tabs left")


def _end_sessions(away: dict[str, float], now: float) -> dict[str, float]:
    """End the sessions with files that went away too long ago; return the others that are away.

    Args:
        away: since when, by session.
    """
    runtime = get_instance()
    patience = config.get_option("server.disconnectedSessionTTL") - _AHEAD_SECONDS
    known = {*kept_bytes(), *sessions_with_upload_places()}
    still = {
        session: away.get(session, now)
        for session in known
        if not runtime.is_active_session(session)
    }
    for session, since in list(still.items()):
        if now - since >= patience:
            runtime.close_session(session)
            # A file that arrived after its session was ended belongs to nobody.
            runtime.uploaded_file_mgr.remove_session_files(session)
            forget_upload_places(session)
            del still[session]
    return still
