"""The panels of Kasus: map by origin, labels, victims, destinations, modus, stage, time to act."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from babel import Locale

from data_access.numbers.indicators import INDICATORS
from pages.components import charts, words
from pages.components.context import PageContext
from pages.components.figures import Tile, count_tile, headline
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import case_values
from pages.components.notices import workbook_notes
from pages.components.panels import empty_panel, facts, panel_title, reading_note
from pages.components.sentences import cases_sentence
from pages.components.table import Column, data_table

_TREND_MONTHS = 12
_MOST_BARS = 8
_NO_CASE = "Tidak ada laporan kasus pada periode ini dalam saringan ini."
_MAP_INDICATORS = {
    "cases_reported": "Semua",
    "cases_tppo": "TPPO",
    "cases_tppm": "TPPM",
    "cases_pmi_np": "PMI non-prosedural",
}


def opening(page: PageContext) -> None:
    """Write what was reported, with cases, victims, open cases and time to first action."""
    headline(
        cases_sentence(page),
        [
            count_tile(page.numbers, "cases_reported", "laporan, bukan prevalensi", "laporan"),
            count_tile(
                page.numbers,
                "victims",
                "orang; satu kasus dapat memuat banyak korban",
                "orang",
                trend_months=0,
            ),
            _open_tile(page),
            _action_tile(page),
        ],
    )


def case_map_panel(page: PageContext) -> None:
    """Map reported cases by kecamatan of origin, for one label or all."""
    indicator_id = st.segmented_control(
        "Label pada peta",
        list(_MAP_INDICATORS),
        default="cases_reported",
        format_func=_MAP_INDICATORS.__getitem__,
        key="kasus_label",
        required=True,
        persist_state="session",
        label_visibility="collapsed",
    )
    label = _MAP_INDICATORS[indicator_id]
    what = "Laporan kasus" if indicator_id == "cases_reported" else f"Laporan {label}"
    map_panel(
        page,
        title=f"{what} menurut kecamatan asal korban",
        key="peta_kasus",
        levels=("kecamatan",),
        values=lambda layer: case_values(
            page.numbers,
            indicator_id,
            layer,
            page.caption,
        ),
        on_pick=toggle_kecamatan,
    )
    outside = page.numbers.cases_unknown_origin()
    panel_title(
        "",
        "Peta menunjukkan asal korban, bukan tempat kejadian. Asal di luar kabupaten atau tidak "
        f"diketahui ({words.number(outside)}) hanya masuk jumlah keseluruhan.",
    )


def reading_notes() -> None:
    """Say how the numbers must be read."""
    reading_note(
        "Laporan bukan prevalensi: angka ini menghitung kasus yang dilaporkan, bukan semua yang "
        "terjadi. Kenaikan laporan dari desa binaan dapat berarti warga makin berani melapor."
    )


def label_panel(page: PageContext) -> None:
    """Count the cases by label, each apart."""
    labels = page.numbers.cases_by_label()
    facts(
        "Kasus menurut label",
        [
            ("TPPO (perdagangan orang)", words.number(labels.tppo)),
            ("TPPM (penyelundupan manusia)", words.number(labels.tppm)),
            ("PMI non-prosedural", words.number(labels.pmi_np)),
            ("Kasus dengan lebih dari satu label", words.number(labels.several)),
            ("Semua laporan kasus", words.number(labels.any)),
        ],
    )


def victims_panel(page: PageContext) -> None:
    """Count the victims by the four groups."""
    victims = page.numbers.victims_by_group()
    facts(
        "Korban menurut kelompok (orang)",
        [
            (name, words.number(getattr(victims, group)))
            for group, name in words.GROUP_WORDS.items()
        ],
    )


def cases_per_month_panel(page: PageContext) -> None:
    """Chart the reports per month."""
    months = page.numbers.cases_by_month_label()
    panel_title("Laporan kasus per bulan", "Jumlah kasus menurut tanggal laporan.")
    if not months["any"].sum():
        empty_panel(_NO_CASE)
        return
    chart = charts.months_bars(months, "any", "laporan", "cases", page.running_month)
    charts.show(chart, key="kasus_bulan", alt="Jumlah laporan kasus per bulan")


def kecamatan_panel(page: PageContext) -> None:
    """List the cases by kecamatan of origin."""
    table = page.numbers.cases_by_kecamatan()
    panel_title("Kasus menurut kecamatan asal", "Satu kasus dapat berlabel lebih dari satu.")
    data_table(
        table[table["any"] > 0],
        [
            Column("name", "Kecamatan"),
            Column("any", "Laporan", "number"),
            Column("tppo", "TPPO", "number"),
            Column("tppm", "TPPM", "number"),
            Column("pmi_np", "PMI non-prosedural", "number"),
            Column("victims", "Korban (orang)", "number"),
        ],
        title="Kasus menurut kecamatan asal",
        caption=page.caption,
        unit="kecamatan",
        key="kasus_kecamatan",
        empty=_NO_CASE,
        sort_by="any",
        descending=True,
        height=300,
        notices=workbook_notes(page),
    )


def breakdown_panels(page: PageContext) -> None:
    """Chart destination, modus, stage and verification side by side."""
    panels: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("destination_country", "Ke mana mereka dikirim?", country_name),
        ("modus", "Dengan modus apa?", words.as_title),
        ("stage", "Sampai tahap mana?", words.as_title),
        ("verification", "Sudah diverifikasi?", _verification),
    )
    left, right = st.columns(2, gap="medium")
    for position, (column, title, name) in enumerate(panels):
        with (left, right)[position % 2]:
            _bars(page, column, title, name)


def country_name(code: str) -> str:
    """Return a country's Indonesian name from its ISO 3166 alpha-2 code."""
    return str(Locale("id").territories.get(code, code)) if code else words.UNKNOWN


def _bars(page: PageContext, column: str, title: str, name: Callable[[str], str]) -> None:
    counts = page.numbers.cases_by(column)
    panel_title(title, "Jumlah kasus.")
    if counts.empty:
        empty_panel(_NO_CASE)
        return
    # What nobody wrote down comes last, however often.
    shown = counts.sort_values("value", key=lambda value: value == "", kind="stable")
    shown = shown.head(_MOST_BARS)
    names = [name(value) for value in shown["value"]]
    chart = charts.ranked_bars(names, shown["n"].tolist(), "cases", "kasus")
    charts.show(chart, key=f"kasus_{column}", alt=f"{title} Jumlah kasus menurut pilihan.")


def _verification(value: str) -> str:
    return words.VERIFICATION_WORDS.get(value, words.as_title(value))


def _open_tile(page: PageContext) -> Tile:
    age = page.numbers.open_case_age()
    detail = (
        f"umur tengah {words.number(age.median_days)} hari, tertua "
        f"{words.number(age.oldest_days)} hari"
        if age.open
        else "tidak ada kasus terbuka"
    )
    return Tile(INDICATORS["cases_open"].label, words.number(age.open), detail)


def _action_tile(page: PageContext) -> Tile:
    action = page.numbers.figure("first_action")
    detail = (
        f"hari sampai tindakan pertama (nilai tengah, {words.number(action.N)} kasus)"
        if action.N
        else "belum ada tindakan yang tercatat"
    )
    return Tile(INDICATORS["first_action"].label, words.number(action.value), detail)
