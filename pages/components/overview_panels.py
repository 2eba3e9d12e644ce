"""The panels of Ringkasan: four figures, the coverage map, and what needs a decision."""

from __future__ import annotations

from data_access.attention import Attention, needs_attention
from data_access.indicators import INDICATORS, Figure, figure, measure, monthly
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import words
from pages.components.figures import Tile, count_tile, headline, share_tile
from pages.components.filter_bar import toggle_kecamatan
from pages.components.map_panel import map_panel
from pages.components.map_values import coverage_values
from pages.components.panels import RankedArea, Ranking, rankings
from pages.components.sentences import attention_words, overview_sentence
from pages.components.state import Frame

# Length of the small trend in a figure's tile.
_TREND_MONTHS = 12
_LEAST_VISITED = 3
_MOST_DECISIONS = 5


def opening(frame: Frame) -> None:
    """Write where the programme stands, with four figures: coverage, cases, desa binaan."""
    headline(
        overview_sentence(frame),
        [
            _share(frame, "visit_coverage", "desa"),
            _share(frame, "awareness_coverage", "desa"),
            _cases(frame),
            _share(frame, "active_assisted", "desa binaan"),
        ],
    )


def coverage_map_panel(frame: Frame) -> None:
    """Draw the one map: coverage by kecamatan, or by desa on request."""
    map_panel(
        frame,
        title="Cakupan kunjungan",
        key="peta_ringkasan",
        values=lambda layer: coverage_values(
            frame.rollup,
            "visit_coverage",
            layer,
            frame.filter.selection,
            frame.filter.caption(frame.data_until),
        ),
        named_first=_named_in_lists(frame),
        on_pick=_narrow_to,
    )


def decision_panel(frame: Frame) -> None:
    """Name the kecamatan visited least, and those that need a decision, each with one reason."""
    least = _least_visited(frame)
    found = _decisions(frame)
    shown = found[:_MOST_DECISIONS]
    more = f": {len(shown)} dari {len(found)} kecamatan" if len(found) > len(shown) else ""
    rankings(
        Ranking(
            f"{len(least) or _LEAST_VISITED} kecamatan dengan cakupan kunjungan terendah",
            [
                RankedArea(
                    name=gazetteer().name(code),
                    number=f"{words.number(n)} dari {words.number(total)} desa "
                    f"({words.percent(n, total)})",
                    share=n / total,
                )
                for code, n, total in least
            ],
            empty="Tidak ada desa dalam saringan ini.",
        ),
        Ranking(
            f"Perlu keputusan{more}",
            [
                RankedArea(gazetteer().name(each.code), "", attention_words(each, frame))
                for each in shown
            ],
            empty="Tidak ada kecamatan yang memerlukan keputusan pada saringan ini.",
            note="Yang paling berat di atas; kasus tanpa sosialisasi paling berbobot."
            if shown
            else "",
        ),
    )


def _named_in_lists(frame: Frame) -> list[str]:
    """Return the codes that the lists beside the map speak of, each once."""
    least = [code for code, _, _ in _least_visited(frame)]
    decisions = [each.code for each in _decisions(frame)[:_MOST_DECISIONS]]
    return list(dict.fromkeys([*least, *decisions]))


def _decisions(frame: Frame) -> list[Attention]:
    return needs_attention(frame.rollup, frame.filter.selection, frame.filter.comparison)


def _least_visited(frame: Frame) -> list[tuple[str, float, float]]:
    """Return (code, visited desa, desa) of the kecamatan with the lowest coverage."""
    found = measure(frame.rollup, "visit_coverage", "kecamatan", frame.filter.selection)
    if found.N is None:
        return []
    areas = [
        (code, float(n), float(total))
        for code, n, total in zip(found.codes, found.n, found.N, strict=True)
        if total > 0
    ]
    # Of equal shares, the one with more desa left out comes first.
    return sorted(areas, key=lambda area: (area[1] / area[2], area[1] - area[2]))[:_LEAST_VISITED]


def _share(frame: Frame, indicator_id: str, unit: str) -> Tile:
    return share_tile(
        INDICATORS[indicator_id],
        figure(frame.rollup, indicator_id, frame.filter.selection),
        _before(frame, indicator_id),
        unit,
        monthly(frame.rollup, indicator_id, frame.filter.selection, _TREND_MONTHS),
    )


def _cases(frame: Frame) -> Tile:
    victims = figure(frame.rollup, "victims", frame.filter.selection)
    return count_tile(
        INDICATORS["cases_reported"],
        figure(frame.rollup, "cases_reported", frame.filter.selection),
        _before(frame, "cases_reported"),
        f"{words.number(victims.n)} korban; laporan bukan prevalensi",
        monthly(frame.rollup, "cases_reported", frame.filter.selection, _TREND_MONTHS),
        unit="laporan",
    )


def _before(frame: Frame, indicator_id: str) -> Figure | None:
    comparison = frame.filter.comparison
    return figure(frame.rollup, indicator_id, comparison) if comparison else None


def _narrow_to(code: str) -> None:
    """Narrow the whole page to the kecamatan that was clicked, or to that of the desa."""
    toggle_kecamatan(kecamatan_code_of(code))
