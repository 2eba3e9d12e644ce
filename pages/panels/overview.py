"""The panels of Ringkasan: four figures, the coverage map, and what needs a decision."""

from __future__ import annotations

from data_access.numbers.attention import LEAST_POINTS
from geo.gazetteer import gazetteer, kecamatan_code_of
from pages.components import words
from pages.components.case_words import reported_tile
from pages.components.context import PageContext
from pages.components.figures import headline, share_tile
from pages.components.filter.bar import toggle_kecamatan
from pages.components.maps.panel import map_panel
from pages.components.maps.values import coverage_values
from pages.components.panels import RankedArea, Ranking, data_link, rankings
from pages.components.sentences import attention_words, overview_sentence
from pages.components.texts import common
from pages.components.texts import overview as texts

_LEAST_VISITED = 3
_MOST_DECISIONS = 8


def opening(page: PageContext) -> None:
    """Write where the programme stands, with four figures: coverage, cases, desa binaan."""
    headline(
        overview_sentence(page),
        [
            share_tile(page.numbers, "visit_coverage", common.DESA),
            share_tile(page.numbers, "awareness_coverage", common.DESA),
            reported_tile(page, with_victims=True),
            share_tile(page.numbers, "active_assisted", common.ASSISTED_DESA),
        ],
    )
    if not page.numbers.figure("assisted").n:
        data_link(texts.NO_ASSISTED, "berkas", "villages")


def coverage_map_panel(page: PageContext) -> None:
    """Draw the one map: coverage by kecamatan, or by desa on request."""
    map_panel(
        page,
        title=texts.MAP_TITLE,
        key="peta_ringkasan",
        values=lambda layer: coverage_values(
            page.numbers,
            "visit_coverage",
            layer,
            page.caption,
        ),
        on_pick=_narrow_to,
    )


def decision_panel(page: PageContext) -> None:
    """Name the kecamatan visited least, and those that need a decision, with every reason."""
    least = _least_visited(page)
    found = page.numbers.attention()
    shown = found[:_MOST_DECISIONS]
    name = gazetteer().name
    rankings(
        Ranking(
            texts.LEAST_TITLE.format(count=len(least) or _LEAST_VISITED),
            [
                RankedArea(
                    name=name(code),
                    code=code,
                    number=texts.LEAST_NUMBER.format(
                        n=words.number(n),
                        total=words.number(total),
                        share=words.percent(n, total),
                    ),
                    share=n / total,
                )
                for code, n, total in least
            ],
            empty=_nothing_to_rank(page),
        ),
        Ranking(
            _decisions_title(len(shown), len(found)),
            [
                RankedArea(name(each.code), code=each.code, why=attention_words(each, page))
                for each in shown
            ],
            empty=_nothing_to_decide(page),
            note=_cut(page),
        ),
    )


def _decisions_title(shown: int, found: int) -> str:
    if not found:
        return texts.DECISIONS_TITLE_NONE
    some = texts.DECISIONS_SOME.format(shown=shown, found=found) if found > shown else found
    return texts.DECISIONS_TITLE.format(some=some)


def _cut(page: PageContext) -> str:
    """Say what brings a kecamatan on the list; see ``attention``."""
    days = page.numbers.facts.overdue_days
    return texts.DECISIONS_CUT.format(days=days, points=LEAST_POINTS)


def _nothing_to_decide(page: PageContext) -> str:
    if not (page.numbers.has_records("visits") or page.numbers.has_records("cases")):
        return texts.NOTHING_TO_JUDGE
    return texts.NOTHING_TO_DECIDE


def _nothing_to_rank(page: PageContext) -> str:
    if not page.numbers.has_records("visits"):
        return texts.NO_VISIT
    return texts.NO_DESA


def _least_visited(page: PageContext) -> list[tuple[str, float, float]]:
    """Return (code, visited desa, desa) of the kecamatan with the lowest coverage."""
    found = page.numbers.measure("visit_coverage", "kecamatan")
    if found.N is None or not page.numbers.has_records("visits"):
        return []
    areas = [
        (code, float(n), float(total))
        for code, n, total in zip(found.codes, found.n, found.N, strict=True)
        if total > 0
    ]
    # Of equal shares, the one with more desa left out comes first.
    return sorted(areas, key=lambda area: (area[1] / area[2], area[1] - area[2]))[:_LEAST_VISITED]


def _narrow_to(code: str) -> None:
    """Narrow the whole page to the kecamatan that was clicked, or to that of the desa."""
    toggle_kecamatan(kecamatan_code_of(code))
