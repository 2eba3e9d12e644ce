"""The panels of Kunjungan: field map, list of desa, visits by month and by PIMPASA."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data_access.numbers.records import AreaLevel
from data_access.numbers.selection import Month
from geo import classes
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.legible import legible
from pages.components import charts, words
from pages.components.absence import never_recorded, none_found, not_recorded
from pages.components.context import PageContext
from pages.components.escaping import html_text, markdown_label
from pages.components.filter.address import (
    CHOSEN_DESA_KEY,
    LISTED_KECAMATAN_KEY,
    OFFICER_KEY,
    level_key,
)
from pages.components.maps.field_map import field_map
from pages.components.maps.geometry import area_layer
from pages.components.maps.panel import level_control, map_image
from pages.components.maps.values import status_values
from pages.components.notices import export_notices, workbook_notes
from pages.components.panels import (
    empty_panel,
    map_downloads,
    panel_title,
    reading_note,
)
from pages.components.table import Column, data_table
from pages.components.texts import common
from pages.components.texts import visits as texts

_MAP_KEY = "peta_lapangan"
_MAP_HEIGHT = 430
_LIST_HEIGHT = 400
_MOST_PIMPASA = 12

_VILLAGE_COLUMNS = (
    Column("code", common.COLUMN_CODE, where="workbook"),
    Column("name", common.COLUMN_DESA),
    Column("assisted_tag", texts.COLUMN_ASSISTED, "tag", where="screen"),
    Column("kecamatan", common.COLUMN_KECAMATAN),
    Column("pimpasa", texts.COLUMN_OFFICER, "person"),
    Column("is_assisted", texts.COLUMN_ASSISTED, where="workbook"),
    Column(
        "status_words",
        texts.STATUS,
        "status",
        chips={label: key for key, label in words.STATUS_WORDS.items()},
    ),
    Column("days_since", texts.COLUMN_DAYS, "number"),
    Column("last_visit", texts.LAST_VISIT, "date"),
)


def field_map_panel(page: PageContext) -> None:
    """Draw the field map with its legend; a click on an area narrows the list beside it."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        st.html(f'<h2 class="panel-title">{texts.MAP_TITLE}</h2>', width="content")
        level = level_control(page, _MAP_KEY, ("desa", "kecamatan"))
        has_points = st.toggle(texts.GPS_POINTS, key="peta_lapangan_gps", persist_state="session")
    areas = _status_areas(page, level)
    chosen = _pointed_at(level)
    field_map(
        page.boundaries,
        level,
        areas,
        _points(page) if has_points else None,
        key=_MAP_KEY,
        height=_MAP_HEIGHT,
        only=page.filter.kecamatan,
        chosen=chosen,
        on_pick=choose_on_map,
    )
    if level == "desa" and chosen and len(areas) and chosen not in set(areas["code"]):
        reading_note(
            texts.CHOSEN_OUTSIDE.format(
                desa=gazetteer().name(chosen),
                kecamatan=gazetteer().name(kecamatan_code_of(chosen)),
            )
        )
    _status_legend(page, level, areas)


def choose_on_map(code: str) -> None:
    """Point at the desa that was clicked and narrow the list to its kecamatan; "" lets go."""
    is_desa = code in gazetteer().desa_by_code
    st.session_state[CHOSEN_DESA_KEY] = code if is_desa else ""
    if code:
        st.session_state[LISTED_KECAMATAN_KEY] = kecamatan_code_of(code)


def show_on_map(code: str) -> None:
    """Point the field map at a desa of the list, or let it go if it is the one pointed at."""
    is_shown = st.session_state.get(CHOSEN_DESA_KEY) == code
    st.session_state[CHOSEN_DESA_KEY] = "" if is_shown else code
    st.session_state[level_key(_MAP_KEY)] = "desa"


def _status_areas(page: PageContext, level: AreaLevel) -> pd.DataFrame:
    """Return the areas to colour; none where no visit was ever recorded."""
    if level == "desa":
        areas = _with_words(page.numbers.village_status())
    else:
        areas = page.numbers.kecamatan_status().query("N > 0")
    return areas.head(0) if never_recorded(page, "visits") else areas


def _pointed_at(level: AreaLevel) -> str:
    """Return the code the map rings: the desa pointed at, else the kecamatan that is listed."""
    state = st.session_state
    listed = state.get(LISTED_KECAMATAN_KEY) if level == "kecamatan" else ""
    return state.get(CHOSEN_DESA_KEY) or listed or ""


def _status_legend(page: PageContext, level: AreaLevel, areas: pd.DataFrame) -> None:
    """Say what the colours of the field map mean, how many areas each has, and offer the map."""
    if why := never_recorded(page, "visits"):
        empty_panel(why)
        return
    counts = areas["status"].value_counts()
    items = "".join(
        f'<li><span class="swatch {key}"></span>{html_text(words.STATUS_WORDS[key])} '
        f"<b>{words.number(float(counts[key]))}</b></li>"
        for key in classes.STATUS_KEYS
        if key in counts
    )
    if level == "kecamatan":
        status_rule = texts.STATUS_RULE.format(rule=_status_days(page))
        rules = [_kecamatan_rule(), status_rule]
    else:
        rules = [texts.STATUS_RULE_COUNT.format(rule=_status_days(page))]
    note = " · ".join([*rules, *export_notices(page)])
    st.html(f'<ul class="legend">{items}</ul><p class="panel-note">{html_text(note)}</p>')
    layer = area_layer(page.boundaries, level)
    map_downloads(
        layer,
        status_values(page.numbers, layer, page.caption),
        map_image(page, texts.MAP_IMAGE_TITLE),
        key="peta_lapangan_unduh",
    )


def _kecamatan_rule() -> str:
    """Say how a kecamatan gets its colour: the rule of ``numbers.visits.kecamatan_status``."""
    status = words.STATUS_WORDS
    return texts.KECAMATAN_RULE.format(
        overdue=status["overdue"].lower(), due=status["due"].lower(), never=status["never"].lower()
    )


def village_list_panel(page: PageContext) -> None:
    """List the desa, the most urgent first, and name the one to visit next."""
    if why := never_recorded(page, "visits"):
        panel_title(texts.LIST_TITLE_NO_RECORD)
        empty_panel(why)
        return
    villages = _with_words(page.numbers.villages_by_urgency())
    where = _narrowed_to(page)
    if where:
        villages = villages[villages["kecamatan_code"] == where]
    title_place = st.container()
    with st.container(horizontal=True, vertical_alignment="center", key="daftar_pilihan"):
        officer = _officer_control(villages)
        is_waiting_only = _waiting_control()
    if officer:
        villages = villages[villages["pimpasa"] == officer]
    waiting = villages[villages["status"] != "covered"]
    with title_place:
        note = texts.LIST_NOTE.format(reason=_next_reason(waiting), order=_order_words(page))
        panel_title(_next_words(waiting), note)
    rests = (villages["status"] == "covered") & is_waiting_only
    data_table(
        villages.assign(rests=rests),
        _VILLAGE_COLUMNS,
        title=_list_title(where, is_waiting_only),
        caption=_list_caption(page, officer),
        unit=common.DESA,
        key="daftar_desa",
        empty=_empty_words(officer, bool(len(villages))),
        height=_LIST_HEIGHT,
        notices=[texts.LIST_ORDER.format(order=_order_words(page)), *workbook_notes(page)],
        on_pick=show_on_map,
        picked=st.session_state.get(CHOSEN_DESA_KEY) or "",
        order_words=texts.LIST_SORT,
        resting="rests",
    )


def outcome_panel(page: PageContext) -> None:
    """Chart the visits per month by outcome."""
    outcomes = page.numbers.visits_by_month_outcome()
    title = texts.OUTCOME_TITLE
    if not outcomes["n"].sum():
        panel_title(title)
        empty_panel(not_recorded(page, "visits") or none_found(page, "visits"))
        return
    unknown = page.numbers.unknown_village().visits
    panel_title(title, texts.OUTCOME_NOTE.format(unknown=words.number(unknown)))
    figure = charts.months_stacked(
        outcomes, "outcome", "n", words.OUTCOME_WORDS, texts.VISITS_UNIT, page.running_month
    )
    charts.show(figure, key="bulan_hasil", alt=texts.OUTCOME_ALT)


def pimpasa_panel(page: PageContext) -> None:
    """Chart the visits per PIMPASA."""
    visits = page.numbers.visits_by_pimpasa()
    shown = visits.head(_MOST_PIMPASA)
    if shown.empty:
        panel_title(texts.PIMPASA_TITLE)
        empty_panel(not_recorded(page, "visits") or none_found(page, "visits"))
        return
    more = len(visits) - len(shown)
    note = texts.PIMPASA_NOTE
    if more:
        note = texts.PIMPASA_NOTE_CUT.format(most=_MOST_PIMPASA, more=more)
    panel_title(texts.PIMPASA_TITLE, note)
    names = [name or texts.NO_NAME for name in shown["pimpasa"]]
    figure = charts.ranked_bars(names, shown["visits"].tolist(), "attendance", texts.VISITS_UNIT)
    charts.show(figure, key="per_pimpasa", alt=texts.PIMPASA_ALT)


def _status_days(page: PageContext) -> str:
    """Say what the words of the status mean, in days since the last visit."""
    late = page.numbers.facts.overdue_days
    due = late - page.numbers.facts.due_days
    return texts.STATUS_DAYS.format(due=due, after_due=due + 1, late=late)


def _officer_control(villages: pd.DataFrame) -> str:
    """Let an officer choose the own desa; returns whose desa to show, "" for everybody's.

    A name that looks after no desa here stays chosen: the filter may be what hides its desa.
    """
    wanted: str = st.session_state.get(OFFICER_KEY) or ""
    names = sorted({*villages["pimpasa"], wanted} - {""})
    chosen: str = st.selectbox(
        texts.OFFICER_CONTROL,
        ["", *names],
        format_func=lambda name: legible(name) or texts.OFFICER_ALL,
        key=OFFICER_KEY,
        persist_state="session",
        label_visibility="collapsed",
        width=270,
    )
    return chosen


def _waiting_control() -> bool:
    chosen = st.segmented_control(
        texts.SHOWN_CONTROL,
        list(texts.SHOWN_WORDS),
        format_func=texts.SHOWN_WORDS.__getitem__,
        default="menunggu",
        key="daftar_tampil",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    return chosen == "menunggu"


def _next_words(waiting: pd.DataFrame) -> str:
    if waiting.empty:
        return texts.NEXT_NONE
    first = waiting.iloc[0]
    return texts.NEXT.format(desa=first["name"], kecamatan=first["kecamatan"])


def _next_reason(waiting: pd.DataFrame) -> str:
    """Say why the first desa is the first, and how many wait in all."""
    if waiting.empty:
        return ""
    first = waiting.iloc[0]
    since = texts.SINCE_NEVER
    if pd.notna(first["days_since"]):
        since = texts.SINCE_DAYS.format(days=words.number(first["days_since"]))
    return texts.NEXT_REASON.format(
        kind=texts.KIND_ASSISTED if first["is_assisted"] else texts.KIND_OTHER,
        since=since,
        count=words.number(len(waiting)),
    )


def _order_words(page: PageContext) -> str:
    """State the order of the list in one sentence."""
    has_cases = page.numbers.tier == "internal" and page.numbers.has_records("cases")
    return texts.ORDER_BY_CASES if has_cases else texts.ORDER


def _list_title(where: str | None, is_waiting_only: bool) -> str:
    title = texts.LIST_TITLE_WAITING if is_waiting_only else texts.LIST_TITLE_ALL
    if not where:
        return title
    return texts.LIST_TITLE_IN.format(title=title, kecamatan=gazetteer().name(where))


def _list_caption(page: PageContext, officer: str) -> str:
    if not officer:
        return page.caption
    return texts.LIST_CAPTION_OFFICER.format(caption=page.caption, officer=officer)


def _empty_words(officer: str, has_desa: bool) -> str:
    if has_desa:
        return texts.EMPTY_ON_TIME
    return texts.EMPTY_OFFICER.format(officer=officer) if officer else texts.EMPTY_FILTER


def _with_words(villages: pd.DataFrame) -> pd.DataFrame:
    days = pd.to_datetime(villages["last_visit"].replace("", None)).dt.date
    return villages.assign(
        status_words=villages["status"].map(words.STATUS_WORDS),
        assisted_tag=villages["is_assisted"].map({True: texts.ASSISTED_TAG, False: ""}),
        last_visit_words=[words.short_date(day) if pd.notna(day) else "" for day in days],
    )


def _points(page: PageContext) -> pd.DataFrame:
    points = page.numbers.visit_points()
    return points.assign(
        name=[
            _place_words(village, kecamatan)
            for village, kecamatan in zip(
                points["village_code"], points["kecamatan_code"], strict=True
            )
        ],
        month_words=[words.month_name(Month.parse(month)) for month in points["month"]],
        outcome_words=points["outcome"].map(words.OUTCOME_WORDS),
    )


def _place_words(village_code: str, kecamatan_code: str) -> str:
    if village_code:
        return gazetteer().name(village_code)
    return texts.PLACE_UNKNOWN_DESA.format(kecamatan=gazetteer().name(kecamatan_code))


def _narrowed_to(page: PageContext) -> str | None:
    """Return the kecamatan the list is narrowed to; a button releases it again."""
    where: str | None = st.session_state.get(LISTED_KECAMATAN_KEY)
    if where and page.filter.kecamatan and where not in page.filter.kecamatan:
        where = None
    if where:
        st.button(
            markdown_label(texts.RELEASE_KECAMATAN.format(kecamatan=gazetteer().name(where))),
            on_click=lambda: st.session_state.update({LISTED_KECAMATAN_KEY: ""}),
            icon=":material/close:",
            key="daftar_lepas",
        )
    return where
