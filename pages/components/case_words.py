"""Counts of cases in words, the same on every page: exact, small, a class, or no record at all."""

from __future__ import annotations

import math

from data_access.numbers.indicators import INDICATORS
from data_access.numbers.shown_cases import CaseSummary, State
from data_access.numbers.small import Cell
from pages.components import words
from pages.components.context import PageContext
from pages.components.figures import Tile, Trend

NO_CASE = "Tidak ada laporan kasus pada periode ini dalam saringan ini."
NO_RECORD = "Belum ada catatan kasus pada periode ini dalam saringan ini."

# Stages as the criminal procedure calls them, in its order, with what the short ones mean.
STAGE_WORDS = {
    "laporan": "Laporan",
    "LP": "LP (laporan polisi)",
    "penyelidikan": "Penyelidikan",
    "penyidikan": "Penyidikan",
    "P21": "P21 (berkas lengkap)",
    "putusan": "Putusan",
    "dihentikan": "Dihentikan",
}
MODUS_WORDS = {
    "PMI/PRT": "PMI/PRT (pekerja rumah tangga)",
    "PSK": "PSK (pekerja seks)",
    "ABK": "ABK (anak buah kapal)",
}
LABEL_WORDS = {"tppo": "TPPO", "tppm": "TPPM", "pmi_np": "PMI nonprosedural"}


def told(cell: Cell) -> str:
    """Say a count in a sentence or figure: "41", "kurang dari 5", "35-39", "–"."""
    if cell.low == 1 and cell.high is not None and not cell.is_exact:
        return f"kurang dari {cell.high + 1}"
    return told_as_class(cell)


def told_as_class(cell: Cell) -> str:
    """Say a count as the map's legend does: "41", "1-4", "20+", "–"."""
    if cell.is_exact:
        return words.number(cell.low)
    if cell.is_withheld:
        return words.EN_DASH
    if cell.high is None:
        return f"{words.number(cell.low)}+"
    return f"{words.number(cell.low)}{words.EN_DASH}{words.number(cell.high)}"


def cases_sentence(page: PageContext) -> str:
    """Say how many cases and victims were reported, and how quickly they were taken up."""
    summary = page.numbers.cases.summary
    period = page.filter.period_words
    if summary.state == "not_applicable":
        return f"Tidak ada desa dalam saringan ini: {page.filter.scope_words}."
    if summary.state == "no_record":
        return f"Belum ada catatan kasus pada {period} dalam saringan ini."
    before = _before(page, summary)
    if not summary.reported.high:
        return f"Tidak ada laporan kasus pada {period} dalam saringan ini{before}."
    count = told(summary.reported)
    victims = "" if summary.is_small else f" dengan {told(summary.victims)} korban"
    days = summary.first_action.median_days
    speed = ""
    if not math.isnan(days):
        speed = f"; tindakan pertama setelah {words.number(days)} hari (nilai tengah)"
    return f"{count[:1].upper()}{count[1:]} kasus{victims} dilaporkan pada {period}{before}{speed}."


def reported_tile(page: PageContext, *, with_victims: bool = False) -> Tile:
    """Make the tile of the reported cases, the same on every page."""
    summary = page.numbers.cases.summary
    if summary.state != "counted":
        return not_counted_tile("cases_reported", summary.state)
    detail = "laporan, bukan prevalensi"
    if with_victims and not summary.victims.is_withheld:
        detail = f"{told(summary.victims)} korban; laporan bukan prevalensi"
    last = page.filter.period.last
    is_running = page.numbers.facts.today < last.last_day
    return Tile(
        INDICATORS["cases_reported"].label,
        told(summary.reported),
        detail,
        change=_change(page, summary),
        trend=Trend(summary.trend, last, is_running, words.number) if summary.trend else None,
    )


def not_counted_tile(indicator_id: str, state: State) -> Tile:
    """Make a tile where nothing can be counted: no zero, no change."""
    label = INDICATORS[indicator_id].label
    if state == "not_applicable":
        detail = "tidak ada desa dalam saringan ini"
        return Tile(label, words.NOT_APPLICABLE, detail)
    detail = "Data kasus belum masuk untuk periode ini"
    return Tile(label, words.NOT_RECORDED, detail)


def _before(page: PageContext, summary: CaseSummary) -> str:
    if not summary.has_comparison:
        return ""
    before = words.NOT_RECORDED if summary.before is None else f"{told(summary.before)} kasus"
    return f" ({page.comparison_short}: {before})"


def _change(page: PageContext, summary: CaseSummary) -> str:
    """Say the change; where one side is small, only what the other side was."""
    if not summary.has_comparison:
        return ""
    if summary.before is None:
        return f"pembanding {words.NOT_RECORDED}"
    change = summary.change
    if change is None:
        return f"{page.comparison_short}: {told(summary.before)} laporan"
    if change == 0:
        return "tetap"
    arrow = "▲ naik" if change > 0 else "▼ turun"
    return f"{arrow} {words.number(abs(change))} laporan"
