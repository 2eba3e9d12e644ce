"""A table to search and sort, with its download as a workbook."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import pandas as pd
import streamlit as st

from geo.legible import legible
from pages.components.browser import declare
from pages.components.texts import common
from pages.components.workbook import WORKBOOK_TYPE, Sheet, workbook
from pages.server.assets import asset_url

_component = declare("table")


@dataclass(frozen=True)
class Column:
    """A column of a table: name in the frame, words in the header, kind of value.

    Attributes:
        name: column of the frame.
        label: header, with the unit where there is one.
        kind: how it is aligned, sorted and formatted; a date stands in the frame as ISO text, a
            sentence is read whole, over several lines; a person's name may take two; a tag has no
            column of its own but stands beside the value before it.
        chips: for a status: words -> look.
        missing: what stands where there is no value.
        where: whether it is for the screen or the workbook only.
    """

    name: str
    label: str
    kind: Literal["text", "sentence", "person", "number", "date", "status", "tag"] = "text"
    chips: Mapping[str, str] = field(default_factory=dict)
    missing: str = "\N{EN DASH}"
    where: Literal["both", "screen", "workbook"] = "both"


def data_table(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    *,
    title: str,
    caption: str,
    unit: str,
    key: str,
    empty: str,
    sort_by: str | None = None,
    descending: bool = False,
    height: int = 360,
    notices: Sequence[str] = (),
    on_pick: Callable[[str], None] | None = None,
    pick_words: str = common.TABLE_PICK,
    picked: str = "",
    order_words: str = "",
    resting: str = "",
) -> None:
    """Draw a table of a frame and, under it, its download.

    Args:
        frame: one row per line; only the named columns are used.
        title: name of the table, also of the workbook.
        caption: the filter's sentence, written into the workbook.
        unit: what a row is, e.g. "desa".
        sort_by: column to sort by at first; without it rows stand as in the frame.
        empty: sentence for a table without rows: why, and what to do.
        notices: lines such as "DATA CONTOH" that go into the workbook too.
        on_pick: called with the frame's ``code`` of a row that is clicked or entered by keyboard.
        pick_words: what happens then.
        picked: ``code`` of the row to mark.
        order_words: what leads back to the order of the frame, after another was chosen.
        resting: column that says which rows only a search, or being marked, brings up; the
            workbook leaves them out.
    """
    if sort_by:  # so that the workbook begins with the same row as the screen
        frame = frame.sort_values(sort_by, ascending=not descending, kind="stable")
    seen = [column for column in columns if column.where != "workbook"]
    names = [column.name for column in seen]
    order = [names.index(sort_by), -1 if descending else 1] if sort_by else None
    message: dict[str, object] = {
        "js": asset_url("table.js"),
        "columns": [_message(column) for column in seen],
        "values": [_values(frame[column.name].tolist()) for column in seen],
        "searched": [i for i, column in enumerate(seen) if column.kind != "number"],
        "order": order,
        "caption": title,
        "search": common.TABLE_SEARCH.format(unit=unit),
        "unit": unit,
        "empty": empty,
        "height": height,
    }
    if order_words:
        message["unsorted"] = order_words
    if resting:
        message["resting"] = "".join("1" if rests else "0" for rests in frame[resting])
    if on_pick:
        message |= {"pick": pick_words} | _mark(frame, picked)
    _component(key=key, data=message, **_answers(frame, names[0], key, on_pick))
    if resting:
        frame = frame[~frame[resting]]
    written = {each.label: _cells(frame, each) for each in columns if each.where != "screen"}
    sheet = Sheet(title, caption, written, notices)
    st.download_button(
        common.TABLE_DOWNLOAD,
        data=lambda: workbook([sheet]),
        file_name=f"{title.lower().replace(' ', '-')}.xlsx",
        mime=WORKBOOK_TYPE,
        key=f"{key}_unduh",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
        disabled=frame.empty,
    )


def _mark(frame: pd.DataFrame, picked: str) -> dict[str, object]:
    """Return the place of the marked row; nothing where the table does not hold it."""
    codes = frame["code"].tolist()
    return {"picked": codes.index(picked)} if picked in codes else {}


def _answers(
    frame: pd.DataFrame, first: str, key: str, on_pick: Callable[[str], None] | None
) -> dict[str, Callable[[], None]]:
    """Return the component's answer to a picked row.

    Codes do not travel: the browser says the row's place and its first cell, which must agree
    with the rows of this rerun, so that an answer to older rows names no other desa.
    """
    if on_pick is None:
        return {}
    codes, first_cells = frame["code"].tolist(), [_cell(cell) for cell in frame[first]]

    def answered() -> None:
        place, said = st.session_state[key].picked or (-1, None)
        if 0 <= place < len(codes) and first_cells[place] == said:
            on_pick(str(codes[place]))

    return {"on_picked_change": answered}


def _message(column: Column) -> dict[str, object]:
    message: dict[str, object] = {
        "label": column.label,
        "kind": column.kind,
        "missing": column.missing,
    }
    if column.chips:
        message["chips"] = dict(column.chips)
    return message


def _cells(frame: pd.DataFrame, column: Column) -> list[object]:
    """Return a column's values as the workbook writes them: days as days, to sort and count by."""
    values = frame[column.name].tolist()
    if column.kind != "date":
        return values
    return [date.fromisoformat(value[:10]) if value else None for value in values]


def _values(values: Sequence[object]) -> object:
    """Return a column's cells; words that repeat travel once, each row names their place."""
    cells = [_cell(value) for value in values]
    words = list(dict.fromkeys(cells))
    if not any(isinstance(word, str) for word in words) or 2 * len(words) > len(cells):
        return cells
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "places": [places[cell] for cell in cells]}


def _cell(value: object) -> object:
    """Return a value as the screen shows it; the workbook keeps it as it is."""
    if value is None or value == "" or value is pd.NA:
        return None
    if isinstance(value, float):
        if math.isnan(value):
            return None
        return int(value) if value.is_integer() else round(value, 2)
    return legible(value) if isinstance(value, str) else value
