"""The panels of Ringkasan: four figures, the coverage map, and what needs a decision."""

from __future__ import annotations

from data_access.numbers.attention import Attention
from data_access.numbers.indicators import INDICATORS
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import words
from pages.components.context import PageContext
from pages.components.figures import Tile, count_tile, headline, share_tile
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import coverage_values
from pages.components.panels import RankedArea, Ranking, rankings
from pages.components.sentences import attention_words, overview_sentence

# Length of the small trend in a figure's tile.
_TREND_MONTHS = 12
_LEAST_VISITED = 3
_MOST_DECISIONS = 5


def opening(page: PageContext) -> None:
    """Write where the programme stands, with four figures: coverage, cases, desa binaan."""
    headline(
        overview_sentence(page),
        [
            _share(page, "visit_coverage", "desa"),
            _share(page, "awareness_coverage", "desa"),
            _cases(page),
            _share(page, "active_assisted", "desa binaan"),
        ],
    )


def coverage_map_panel(page: PageContext) -> None:
    """Draw the one map: coverage by kecamatan, or by desa on request."""
    map_panel(
        page,
        title="Cakupan kunjungan",
        key="peta_ringkasan",
        values=lambda layer: coverage_values(
            page.numbers,
            "visit_coverage",
            layer,
            page.caption,
        ),
        named_first=_named_in_lists(page),
        on_pick=_narrow_to,
    )


def decision_panel(page: PageContext) -> None:
    """Name the kecamatan visited least, and those that need a decision, each with one reason."""
    least = _least_visited(page)
    found = _decisions(page)
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
                RankedArea(gazetteer().name(each.code), "", attention_words(each, page))
                for each in shown
            ],
            empty="Tidak ada kecamatan yang memerlukan keputusan pada saringan ini.",
            note="Yang paling berat di atas; kasus tanpa sosialisasi paling berbobot."
            if shown
            else "",
        ),
    )


def _named_in_lists(page: PageContext) -> list[str]:
    """Return the codes that the lists beside the map speak of, each once."""
    least = [code for code, _, _ in _least_visited(page)]
    decisions = [each.code for each in _decisions(page)[:_MOST_DECISIONS]]
    return list(dict.fromkeys([*least, *decisions]))


def _decisions(page: PageContext) -> list[Attention]:
    return page.numbers.attention()


def _least_visited(page: PageContext) -> list[tuple[str, float, float]]:
    """Return (code, visited desa, desa) of the kecamatan with the lowest coverage."""
    found = page.numbers.measure("visit_coverage", "kecamatan")
    if found.N is None:
        return []
    areas = [
        (code, float(n), float(total))
        for code, n, total in zip(found.codes, found.n, found.N, strict=True)
        if total > 0
    ]
    # Of equal shares, the one with more desa left out comes first.
    return sorted(areas, key=lambda area: (area[1] / area[2], area[1] - area[2]))[:_LEAST_VISITED]


def _share(page: PageContext, indicator_id: str, unit: str) -> Tile:
    return share_tile(
        INDICATORS[indicator_id],
        page.numbers.figure(indicator_id),
        page.numbers.before(indicator_id),
        unit,
        page.numbers.monthly(indicator_id, _TREND_MONTHS),
    )


def _cases(page: PageContext) -> Tile:
    victims = page.numbers.figure("victims")
    return count_tile(
        INDICATORS["cases_reported"],
        page.numbers.figure("cases_reported"),
        page.numbers.before("cases_reported"),
        f"{words.number(victims.n)} korban; laporan bukan prevalensi",
        page.numbers.monthly("cases_reported", _TREND_MONTHS),
        unit="laporan",
    )


def _narrow_to(code: str) -> None:
    """Narrow the whole page to the kecamatan that was clicked, or to that of the desa."""
    toggle_kecamatan(kecamatan_code_of(code))
