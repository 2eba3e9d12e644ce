"""The imports, newest first, each with its undo."""

from __future__ import annotations

import streamlit as st

from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.writing.history import ImportEntry, history
from data_access.intake.writing.undo import undo
from pages.components import words
from pages.components.escaping import html_text
from pages.components.panels import empty_panel, panel_title
from pages.components.texts import data as texts
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt, tell

_IMPORTS_SHOWN = 20


def history_panel(data: DataContext) -> None:
    """List the imports, newest first, each with its undo."""
    tell()
    entries = history(data.store)
    hidden = len(entries) - _IMPORTS_SHOWN
    note = texts.HISTORY_NOTE
    if hidden > 0:
        note = texts.HISTORY_NOTE_CUT.format(shown=_IMPORTS_SHOWN, count=len(entries))
    panel_title(texts.HISTORY_TITLE, note)
    if not entries:
        empty_panel(texts.HISTORY_EMPTY)
    for entry in entries[:_IMPORTS_SHOWN]:
        _history_line(data, entry)


def _history_line(data: DataContext, entry: ImportEntry) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        into = texts.HISTORY_INTO.format(
            file=html_text(entry.file_name), table=TABLE_LABELS[entry.table]
        )
        st.html(
            f'<p class="panel-note">{into}<br>{html_text(_came(entry))}<br>'
            f"{html_text(_counts(entry))}{_state(entry)}</p>"
        )
        if entry.is_done:
            st.button(
                texts.HISTORY_UNDO,
                key=f"batal_{entry.id}",
                icon=":material/undo:",
                on_click=lambda: attempt(lambda: _undone(data, entry)),
            )


def _came(entry: ImportEntry) -> str:
    moment = words.moment(entry.imported_at)
    if entry.part == 1:
        return texts.HISTORY_CAME.format(moment=moment, actor=entry.actor)
    return texts.HISTORY_CAME_PART.format(moment=moment, actor=entry.actor, part=entry.part)


def _counts(entry: ImportEntry) -> str:
    """Say what the import did to rows; what was not kept is not told as zero."""
    rejected = texts.HISTORY_REJECTED_UNKNOWN
    if entry.rejected is not None:
        rejected = texts.HISTORY_REJECTED.format(count=words.number(entry.rejected))
    return texts.HISTORY_COUNTS.format(
        added=words.number(entry.added),
        changed=words.number(entry.changed),
        unchanged=words.number(entry.unchanged),
        rejected=rejected,
    )


def _state(entry: ImportEntry) -> str:
    if entry.is_done:
        return ""
    state = texts.HISTORY_UNDONE
    if entry.undone_at:
        moment = words.moment(entry.undone_at)
        state = texts.HISTORY_UNDONE_BY.format(
            moment=html_text(moment), actor=html_text(str(entry.undone_by))
        )
    return f"<br>{state}"


def _undone(data: DataContext, entry: ImportEntry) -> str:
    done = undo(data.store, entry.id, data.actor)
    return texts.UNDONE.format(
        file=entry.file_name,
        removed=words.number(done.removed),
        restored=words.number(done.restored),
    )
