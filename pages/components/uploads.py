"""The place where a person gives a file, and which sessions show one at this moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.components.escaping import markdown_text

# Sessions whose screen shows a place for a file; the server takes files from no other.
_showing: set[str] = set()
# Sessions whose present run has drawn one.
_drawn: set[str] = set()


def upload_place(
    label: str, types: Sequence[str], key: str, on_change: Callable[[], None] | None = None
) -> UploadedFile | None:
    """Draw the place for one file and let the server take it.

    Args:
        label: what it is for, for those who hear the page.
    """
    session = _session()
    _drawn.add(session)
    _showing.add(session)
    return st.file_uploader(
        markdown_text(label), type=types, key=key, on_change=on_change, label_visibility="collapsed"
    )


@contextmanager
def upload_places_noted() -> Iterator[None]:
    """Draw a page; a session whose page has drawn no place for a file gives none.

    A run that is broken off leaves it to the next: its screen stays as it was.
    """
    session = _session()
    _drawn.discard(session)
    yield
    if session not in _drawn:
        _showing.discard(session)


def shows_upload_place(session_id: str) -> bool:
    """Whether the screen of a session shows a place for a file."""
    return session_id in _showing


def forget_upload_places(session_id: str) -> None:
    """Forget a session that has ended."""
    _showing.discard(session_id)
    _drawn.discard(session_id)


def sessions_with_upload_places() -> list[str]:
    """Return the sessions that are not forgotten yet."""
    return list(_showing)


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""
