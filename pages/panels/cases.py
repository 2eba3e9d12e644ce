"""The panels of Kasus: map by origin, labels, victims, destinations, modus, stage, time to act."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd
import streamlit as st
from babel import Locale

from data_access.numbers.indicators import INDICATORS
from data_access.numbers.selection import Month, Period, Selection
from data_access.numbers.shown_cases import REST, STAGES, CaseSummary, OpenCases, ShownCases
from data_access.numbers.small import Cell
from pages.components import charts, words
from pages.components.case_words import (
    cases_sentence,
    not_counted_tile,
    reported_tile,
    told,
    told_as_class,
)
from pages.components.context import PageContext
from pages.components.figures import Tile, headline
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import case_values
from pages.components.notices import workbook_notes
from pages.components.panels import empty_panel, facts, panel_title, reading_note
from pages.components.table import Column, data_table
from pages.components.texts import cases as texts
from pages.components.texts import common

# Until people sign in, the log can say no more of who opened the details.
_ACTOR = "petugas"
_OPEN_KEY = "kasus_rincian"
_NOTED_KEY = "kasus_rincian_dicatat"

_MOST_BARS = 8
_MAP_LABELS = {"any": texts.MAP_ANY, **texts.LABEL_WORDS}


def with_details_if_opened(page: PageContext) -> PageContext:
    """Return the page with every count exact where this session has opened the details."""
    if not st.session_state.get(_OPEN_KEY):
        return page
    noted: set[Selection] = st.session_state.setdefault(_NOTED_KEY, set())
    return replace(page, numbers=page.numbers.open_case_details(_ACTOR, noted))


def is_broken_down(page: PageContext) -> bool:
    """Say whether there are enough cases, or open details, to show more than the total."""
    summary = page.numbers.cases.summary
    return bool(summary.state == "counted" and summary.reported.high and not summary.is_small)


def opening(page: PageContext) -> None:
    """Write what was reported, with cases, victims, open cases and time to first action."""
    summary = page.numbers.cases.summary
    headline(
        cases_sentence(page),
        [
            reported_tile(page),
            _victims_tile(summary),
            _open_tile(summary),
            _action_tile(summary),
        ],
    )


def details_question(page: PageContext) -> None:
    """Ask before small counts are told, or offer to close them again."""
    summary = page.numbers.cases.summary
    least = page.numbers.facts.suppression_threshold
    is_asked_for = bool(st.session_state.get(_OPEN_KEY))
    if not is_asked_for and (summary.is_open or not summary.reported.high):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="kasus_rincian_baris"):
        if is_asked_for:
            reading_note(texts.DETAILS_OPEN)
            st.button(texts.DETAILS_CLOSE, key="kasus_tutup", on_click=_set_open, args=(False,))
            return
        reading_note(texts.DETAILS_QUESTION.format(least=least))
        st.button(texts.DETAILS_SHOW, key="kasus_buka", on_click=_set_open, args=(True,))


def _set_open(is_open: bool) -> None:
    st.session_state[_OPEN_KEY] = is_open


def case_map_panel(page: PageContext) -> None:
    """Map reported cases by kecamatan of origin, for one label or all."""
    label = st.segmented_control(
        texts.MAP_LABEL,
        list(_MAP_LABELS),
        default="any",
        format_func=_MAP_LABELS.__getitem__,
        key="kasus_label",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    title = texts.MAP_TITLE_ANY
    if label != "any":
        title = texts.MAP_TITLE.format(label=_MAP_LABELS[label])
    map_panel(
        page,
        title=title,
        key="peta_kasus",
        levels=("kecamatan",),
        values=lambda layer: case_values(page.numbers.cases, label, layer, page.caption),
        on_pick=toggle_kecamatan,
    )
    note = texts.MAP_NOTE.format(outside=_outside(page))
    if label != "any" and not page.numbers.cases.rule.is_off:
        note += texts.MAP_NOTE_LABEL
    panel_title("", note)


def reading_notes() -> None:
    """Say how the numbers must be read."""
    reading_note(texts.READING_NOTE)


def closed_panel(page: PageContext) -> None:
    """Say why nothing is broken down."""
    summary = page.numbers.cases.summary
    if summary.state != "counted":
        empty_panel(texts.NO_RECORD)
    elif not summary.reported.high:
        empty_panel(texts.NO_CASE)
    else:
        empty_panel(texts.CLOSED.format(least=page.numbers.facts.suppression_threshold))


def label_panel(page: PageContext) -> None:
    """Count the cases by label, each apart."""
    labels = page.numbers.cases.by_label()
    if labels is None:
        return
    several = [] if labels.several.is_withheld else [_several(labels.several)]
    facts(
        texts.LABELS_TITLE,
        [
            (texts.LABELS_TPPO, told(labels.tppo)),
            (texts.LABELS_TPPM, told(labels.tppm)),
            (texts.LABELS_PMI_NP, told(labels.pmi_np)),
            *several,
            (texts.LABELS_ANY, told(labels.any)),
        ],
    )


def _several(count: Cell) -> tuple[str, str]:
    return texts.LABELS_SEVERAL, told(count)


def victims_panel(page: PageContext) -> None:
    """Count the victims by the four groups."""
    groups = page.numbers.cases.victims_by_group()
    title = texts.VICTIMS_TITLE
    if groups is None:
        panel_title(title)
        empty_panel(_withheld(page))
        return
    facts(title, [(_group_name(names), words.number(n)) for names, n in groups.items()])


def _group_name(names: Sequence[str]) -> str:
    first, *others = [words.GROUP_WORDS[name] for name in names]
    return words.listing([first, *(f"{other[:1].lower()}{other[1:]}" for other in others)])


def cases_per_month_panel(page: PageContext) -> None:
    """Chart the reports per month, or per as many months as leave no bar small."""
    bars = page.numbers.cases.by_month()
    if bars is None:
        panel_title(texts.MONTHS_TITLE.format(grain=texts.GRAIN_WORDS[1]))
        empty_panel(_withheld(page))
        return
    grain = _grain(bars)
    note = texts.MONTHS_NOTE
    if grain > 1:
        least = page.numbers.facts.suppression_threshold
        note = texts.MONTHS_NOTE_JOINED.format(least=least)
    per = texts.GRAIN_WORDS[grain]
    panel_title(texts.MONTHS_TITLE.format(grain=per), note)
    if grain == 1:
        frame = bars.assign(month=bars["first"])
        chart = charts.months_bars(frame, "n", texts.MONTHS_UNIT, "cases", page.running_month)
    else:
        ends = zip(bars["first"], bars["last"], strict=True)
        names = [_bar_name(first, last, page.running_month) for first, last in ends]
        chart = charts.named_bars(names, bars["n"].tolist(), texts.MONTHS_UNIT, "cases")
    charts.show(chart, key="kasus_bulan", alt=texts.MONTHS_ALT.format(grain=per))


def _grain(bars: pd.DataFrame) -> int:
    longest = max(
        Month.parse(first).months_until(Month.parse(last)) + 1
        for first, last in zip(bars["first"], bars["last"], strict=True)
    )
    return next(grain for grain in texts.GRAIN_WORDS if longest <= grain)


def _bar_name(first: str, last: str, running: Month | None) -> str:
    """Name a bar of several months in two lines, "Jan-Jun" and the year; say if it still runs."""
    period = Period(Month.parse(first), Month.parse(last))
    month, year = words.short_month(period.first).split(" ")
    if len(period) > 1:
        month = f"{month}{words.EN_DASH}{words.short_month(period.last).split(' ')[0]}"
    is_running = running is not None and running in period
    if is_running:
        year = texts.BAR_RUNNING.format(year=year)
    return f"{month}<br>{year}"


def kecamatan_panel(page: PageContext) -> None:
    """List the cases by kecamatan of origin."""
    cases = page.numbers.cases
    frame = cases.by_kecamatan.frame
    notes = [texts.KECAMATAN_NOTE]
    if not cases.rule.is_off:
        notes.append(texts.KECAMATAN_NOTE_CLASSES)
    panel_title(texts.KECAMATAN_TITLE, " ".join(notes))
    if _is_map_withheld(cases):
        empty_panel(_withheld(page))
        return
    kind: Literal["number", "text"] = "number" if cases.rule.is_off else "text"
    names = {"any": texts.COLUMN_ANY, **texts.LABEL_WORDS, "victims": texts.COLUMN_VICTIMS}
    rows = _told(frame, list(names), is_exact=cases.rule.is_off)
    # A column of which nothing may be told would be read for nothing.
    shown = [name for name in names if name == "any" or (rows[name] != words.EN_DASH).any()]
    data_table(
        rows,
        [
            Column("name", common.COLUMN_KECAMATAN),
            *(Column(name, names[name], kind) for name in shown),
        ],
        title=texts.KECAMATAN_TITLE,
        caption=page.caption,
        unit=common.KECAMATAN,
        key="kasus_kecamatan",
        empty=texts.NO_RECORD if cases.summary.state == "no_record" else texts.NO_CASE,
        height=300,
        notices=[*workbook_notes(page), *notes],
    )


def _told(frame: pd.DataFrame, columns: Sequence[str], *, is_exact: bool) -> pd.DataFrame:
    """Return the kecamatan with cases, most first; within a class by name, not by count."""
    cells = frame["any"].tolist()
    lows = pd.Series([cell.low if cell else 0 for cell in cells], index=frame.index, dtype=int)
    rows = frame.assign(low=lows)[lows > 0].sort_values(["low", "name"], ascending=[False, True])
    for column in columns:
        rows[column] = [_table_cell(cell, is_exact=is_exact) for cell in rows[column]]
    return rows


def _table_cell(cell: Cell, *, is_exact: bool) -> int | str:
    """Return a number, or a class as text; what is withheld is marked in the workbook too."""
    return cell.low if is_exact else told_as_class(cell)


def breakdown_panels(page: PageContext) -> None:
    """Chart destination, modus, stage and verification side by side."""
    left, right = st.columns(2, gap="medium")
    with left:
        _bars(page, "destination_country", texts.DESTINATION_TITLE, country_name)
        _bars(page, "stage", texts.STAGE_TITLE, _in(texts.STAGE_WORDS), order=STAGES)
    with right:
        _bars(page, "modus", texts.MODUS_TITLE, _in(texts.MODUS_WORDS))
        _bars(page, "verification", texts.VERIFICATION_TITLE, _in(words.VERIFICATION_WORDS))


def country_name(code: str) -> str:
    """Return a country's Indonesian name from its ISO 3166 alpha-2 code."""
    return str(Locale("id").territories.get(code, code)) if code else words.UNKNOWN


def _in(known: Mapping[str, str]) -> Callable[[str], str]:
    return lambda value: known.get(value, words.as_title(value))


def _bars(
    page: PageContext,
    column: str,
    title: str,
    name: Callable[[str], str],
    order: Sequence[str] = (),
) -> None:
    counts = page.numbers.cases.by(column)
    panel_title(title, texts.BREAKDOWN_NOTE)
    if counts is None:
        empty_panel(_withheld(page))
        return
    # What nobody wrote down, and what is told only together, comes last, however often.
    last = {"": 1, REST: 2}
    steps = {value: step for step, value in enumerate(order)}
    rank = {value: (last.get(value, 0), steps.get(value, len(steps))) for value in counts["value"]}
    by_rank = sorted(counts.index, key=lambda row: rank[counts["value"][row]])
    shown = counts.loc[by_rank]
    told_names = [
        texts.BREAKDOWN_REST if value == REST else name(value) for value in shown["value"]
    ]
    names, values = _shortened(told_names, shown["n"].tolist())
    chart = charts.ranked_bars(names, values, "cases", texts.BREAKDOWN_UNIT)
    charts.show(chart, key=f"kasus_{column}", alt=texts.BREAKDOWN_ALT.format(title=title))


def _shortened(names: list[str], values: list[int]) -> tuple[list[str], list[int]]:
    """Put what goes beyond the longest chart into its last bar, so that nothing is left out."""
    if len(names) <= _MOST_BARS:
        return names, values
    kept = _MOST_BARS - 1
    rest = texts.BREAKDOWN_REST_COUNT.format(count=words.number(len(names) - kept))
    return [*names[:kept], rest], [*values[:kept], sum(values[kept:])]


def _withheld(page: PageContext) -> str:
    return texts.WITHHELD.format(least=page.numbers.facts.suppression_threshold)


def _outside(page: PageContext) -> str:
    cases = page.numbers.cases
    if _is_map_withheld(cases):
        return texts.MAP_TOO_FEW
    is_narrowed = page.filter.kecamatan or page.filter.selection.scope != "all"
    if cases.summary.state != "counted" or is_narrowed:
        return ""
    outside = cases.by_kecamatan.outside
    if outside.is_withheld:
        return texts.OUTSIDE
    return texts.OUTSIDE_COUNT.format(count=told(outside))


def _is_map_withheld(cases: ShownCases) -> bool:
    return any(cell is not None and cell.is_withheld for cell in cases.by_kecamatan.frame["any"])


def _victims_tile(summary: CaseSummary) -> Tile:
    if summary.state != "counted":
        return not_counted_tile("victims", summary.state)
    if summary.victims.is_withheld:
        return _tile("victims", words.EN_DASH, texts.TOO_FEW_TILE)
    return _tile("victims", told(summary.victims), texts.VICTIMS_TILE)


def _open_tile(summary: CaseSummary) -> Tile:
    found = summary.open
    if summary.state == "not_applicable" or found.state != "counted":
        state = summary.state if summary.state != "counted" else found.state
        return not_counted_tile("cases_open", state)
    if not found.count.high:
        return _tile("cases_open", told(found.count), texts.NONE_OPEN_TILE)
    detail = ", ".join(_of_open(found)) or texts.OPEN_TILE
    return _tile("cases_open", told(found.count), detail)


def _of_open(found: OpenCases) -> Iterator[str]:
    """Say how old the open cases are, and of which years."""
    if not math.isnan(found.median_days):
        yield texts.OPEN_MEDIAN.format(days=words.number(found.median_days))
    if not math.isnan(found.oldest_days):
        yield texts.OPEN_OLDEST.format(days=words.number(found.oldest_days))
    if found.years:
        years = words.listing([str(year) for year in found.years])
        yield texts.OPEN_OF_YEARS.format(count=told(found.earlier), years=years)
    elif found.earlier.high != 0:
        yield texts.OPEN_OF_BEFORE


def _action_tile(summary: CaseSummary) -> Tile:
    action = summary.first_action
    if summary.state != "counted":
        return not_counted_tile("first_action", summary.state)
    if not math.isnan(action.median_days):
        cases = texts.ACTION_COUNT_WITHHELD
        if not action.count.is_withheld:
            cases = texts.ACTION_COUNT.format(count=told(action.count))
        detail = texts.ACTION_TILE.format(cases=cases)
        return _tile("first_action", words.number(action.median_days), detail)
    if action.count.high == 0:
        return _tile("first_action", words.NOT_APPLICABLE, texts.NO_ACTION_TILE)
    return _tile("first_action", words.EN_DASH, texts.TOO_FEW_TILE)


def _tile(indicator_id: str, value: str, detail: str) -> Tile:
    return Tile(INDICATORS[indicator_id].label, value, detail)
