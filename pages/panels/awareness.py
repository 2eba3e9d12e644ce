"""The panels of Sosialisasi: coverage, attendance, knowledge gain, reach, desa never reached."""

from __future__ import annotations

import numpy as np

from data_access.numbers.indicators import INDICATORS
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import charts, words
from pages.components.absence import never_recorded, none_found, not_recorded
from pages.components.context import PageContext
from pages.components.figures import Tile, count_tile, headline, not_recorded_tile, share_tile
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import coverage_values
from pages.components.notices import workbook_notes
from pages.components.panels import (
    RankedArea,
    Ranking,
    data_link,
    empty_panel,
    panel_title,
    rankings,
)
from pages.components.sentences import awareness_sentence
from pages.components.table import Column, data_table
from pages.components.texts import awareness as texts
from pages.components.texts import common

_MOST_REACHED = 8


def opening(page: PageContext) -> None:
    """Write how far awareness reaches, with coverage, attendance, knowledge gain and reach."""
    headline(
        awareness_sentence(page),
        [
            share_tile(page.numbers, "awareness_coverage", common.DESA),
            _attendance_tile(page),
            _knowledge_tile(page),
            _reach_tile(page),
        ],
    )
    if not page.numbers.population_known().known:
        _population_link()


def awareness_map_panel(page: PageContext) -> None:
    """Map awareness coverage."""
    map_panel(
        page,
        title=texts.MAP_TITLE,
        key="peta_sosialisasi",
        values=lambda layer: coverage_values(
            page.numbers,
            "awareness_coverage",
            layer,
            page.caption,
        ),
        on_pick=lambda code: toggle_kecamatan(kecamatan_code_of(code)),
    )


def never_reached_panel(page: PageContext) -> None:
    """List the desa that no session has ever reached."""
    if why := never_recorded(page, "sessions"):
        panel_title(texts.NEVER_REACHED_TITLE)
        empty_panel(why)
        return
    desa = page.numbers.never_reached()
    panel_title(
        texts.NEVER_REACHED_COUNT.format(count=words.number(len(desa))),
        texts.NEVER_REACHED_NOTE.format(day=words.long_date(page.numbers.counted_until)),
    )
    data_table(
        desa,
        [
            Column("code", common.COLUMN_CODE, where="workbook"),
            Column("name", common.COLUMN_DESA),
            Column("kecamatan", common.COLUMN_KECAMATAN),
        ],
        title=texts.NEVER_REACHED_TITLE,
        caption=page.caption,
        unit=common.DESA,
        key="belum_terjangkau",
        empty=texts.NEVER_REACHED_EMPTY,
        sort_by="kecamatan",
        height=380,
        notices=workbook_notes(page),
    )


def attendance_panel(page: PageContext) -> None:
    """Chart sessions' attendance per month."""
    sessions = page.numbers.sessions_by_month()
    held = sessions["sessions"].sum()
    title = texts.ATTENDANCE_TITLE
    if not held:
        panel_title(title)
        empty_panel(_no_session(page))
        return
    shared = page.numbers.shared_sessions()
    unknown = page.numbers.unknown_village().sessions
    panel_title(
        title,
        texts.ATTENDANCE_NOTE.format(
            held=words.number(held),
            shared=words.number(shared.sessions),
            unknown=words.number(unknown),
        ),
    )
    total = sessions.assign(attendance=sessions["male"] + sessions["female"])
    chart = charts.months_bars(
        total, "attendance", texts.PEOPLE_UNIT, "attendance", page.running_month
    )
    charts.show(chart, key="hadir_bulan", alt=texts.ATTENDANCE_ALT)


def audience_panel(page: PageContext) -> None:
    """Chart attendance by audience."""
    audiences = page.numbers.attendance_by_audience()
    if audiences.empty:
        panel_title(texts.AUDIENCE_TITLE)
        empty_panel(_no_session(page))
        return
    panel_title(texts.AUDIENCE_TITLE, texts.AUDIENCE_NOTE)
    names = [words.as_title(name) for name in audiences["audience"]]
    chart = charts.ranked_bars(
        names, audiences["attendance"].tolist(), "attendance", texts.PEOPLE_UNIT
    )
    charts.show(chart, key="hadir_sasaran", alt=texts.AUDIENCE_ALT)


def knowledge_panel(page: PageContext) -> None:
    """Chart scores before and after."""
    scores = page.numbers.knowledge_by_month()
    tested = int(scores["tested"].sum())
    title = texts.KNOWLEDGE_TITLE
    if not tested:
        panel_title(title)
        empty_panel(not_recorded(page, "sessions") or texts.KNOWLEDGE_NO_TEST)
        return
    panel_title(title, texts.KNOWLEDGE_NOTE.format(tested=words.number(tested)))
    chart = charts.before_after(scores)
    charts.show(chart, key="nilai_bulan", alt=texts.KNOWLEDGE_ALT)


def reach_panel(page: PageContext) -> None:
    """Rank reach where the working-age population is known."""
    if why := not_recorded(page, "sessions"):
        panel_title(texts.REACH_TITLE)
        empty_panel(why)
        return
    found = page.numbers.measure("reach", "kecamatan")
    order = [i for i in np.argsort(-np.nan_to_num(found.value, nan=-1.0)) if found.value[i] >= 0]
    assert found.N is not None
    rankings(
        Ranking(
            texts.REACH_TITLE,
            [
                RankedArea(
                    gazetteer().name(found.codes[i]),
                    words.number(found.value[i], 1),
                    texts.REACH_WHY.format(
                        attendance=words.number(found.n[i]), population=words.number(found.N[i])
                    ),
                )
                for i in order[:_MOST_REACHED]
            ],
            empty=texts.REACH_NO_POPULATION,
            note=_reach_note(page),
        )
    )
    known = page.numbers.population_known()
    if 0 < known.known < known.kecamatan:
        _population_link()


def _population_link() -> None:
    """Lead from a reach that cannot be counted to where the population is brought."""
    data_link(texts.POPULATION_LINK, "berkas", "kecamatan")


def _attendance_tile(page: PageContext) -> Tile:
    sessions = page.numbers.sessions_by_month()
    women, everyone = sessions["female"].sum(), (sessions["male"] + sessions["female"]).sum()
    held = words.number(sessions["sessions"].sum())
    detail = texts.ATTENDANCE_TILE.format(sessions=held)
    if everyone:
        share = words.percent(women, everyone)
        detail = texts.ATTENDANCE_TILE_WOMEN.format(sessions=held, share=share)
    return count_tile(page.numbers, "attendance", detail, texts.ATTENDANCE_UNIT)


def _knowledge_tile(page: PageContext) -> Tile:
    gain, indicator = page.numbers.figure("knowledge_gain"), INDICATORS["knowledge_gain"]
    if not gain.is_recorded:
        return not_recorded_tile(indicator)
    if not gain.N:
        return Tile(indicator.label, words.NOT_APPLICABLE, texts.KNOWLEDGE_TILE_NO_TEST)
    totals = page.numbers.knowledge_totals()
    detail = texts.KNOWLEDGE_TILE.format(
        pre=words.number(totals.pre, 1),
        post=words.number(totals.post, 1),
        tested=words.number(totals.tested),
    )
    return Tile(indicator.label, words.signed(gain.value, 1), detail)


def _reach_tile(page: PageContext) -> Tile:
    reach, indicator = page.numbers.figure("reach"), INDICATORS["reach"]
    if not reach.is_recorded:
        return not_recorded_tile(indicator)
    known = page.numbers.population_known()
    template = texts.REACH_TILE if reach.N else texts.REACH_TILE_NO_POPULATION
    detail = template.format(known=known.known, kecamatan=known.kecamatan)
    return Tile(indicator.label, words.number(reach.value, 1), detail)


def _no_session(page: PageContext) -> str:
    return not_recorded(page, "sessions") or none_found(page, "sessions")


def _reach_note(page: PageContext) -> str:
    known = page.numbers.population_known()
    if not known.known:
        return ""
    is_full = known.known == known.kecamatan
    template = texts.REACH_NOTE if is_full else texts.REACH_NOTE_PARTLY
    return template.format(known=known.known, kecamatan=known.kecamatan)
