"""What people leave behind: downloads that were fetched, files and state of tabs long closed.

Streamlit clears these away only when somebody else comes or goes; here it is done in time.
"""

from __future__ import annotations

import time

import anyio
from streamlit.runtime import get_instance

from pages.components.uploads import forget_upload_places, sessions_with_upload_places
from pages.server.uploads import kept_bytes

# A file made for a download is gone after two rounds: time enough to fetch it.
ROUND_SECONDS = 5
# A line that broke may come back in this time and goes on where it was. It is less than
# server.disconnectedSessionTTL, after which Streamlit forgets whose files these are.
AWAY_SECONDS = 90


async def clear_leftovers() -> None:
    """Clear away for as long as the server runs."""
    away: dict[str, float] = {}
    while True:
        await anyio.sleep(ROUND_SECONDS)
        get_instance().media_file_mgr.remove_orphaned_files()
        away = _end_sessions(away, time.monotonic())


def _end_sessions(away: dict[str, float], now: float) -> dict[str, float]:
    """End the sessions with files that went away too long ago; return the others that are away.

    Args:
        away: since when, by session.
    """
    runtime = get_instance()
    known = {*kept_bytes(), *sessions_with_upload_places()}
    still = {
        session: away.get(session, now)
        for session in known
        if not runtime.is_active_session(session)
    }
    for session, since in list(still.items()):
        if now - since >= AWAY_SECONDS:
            runtime.close_session(session)
            forget_upload_places(session)
            del still[session]
    return still
