"""The class tables: breaks, colours, patterns and words of every map, in one place.

A table serves the map on screen, its legend, the downloaded image, slides and the tests;
`AreaClass` is the one type of a look. Breaks are fixed, so that months compare. Five looks
stand beside the value classes and never look alike: true zero, no report, not applicable,
withheld, and a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from geo import palette
from geo.palette import DARK_INK, DARK_THEN_LIGHT_INK, LIGHT_INK, LIGHT_THEN_DARK_INK, Tone

# One wording everywhere for what nobody has sent in.
NOT_RECORDED = "belum ada catatan"

ZERO, NO_REPORT, NOT_APPLICABLE, WITHHELD = "0", "-", "x", "w"

FloatArray = npt.NDArray[np.float64]
PatternKind = Literal["hatch", "dots", "crosshatch"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Marks drawn over a fill: their kind and colour."""

    kind: PatternKind
    colour: Tone


HATCH = Pattern("hatch", palette.HATCH)
DOTS = Pattern("dots", palette.DOTS)
CROSSHATCH = Pattern("crosshatch", palette.WITHHELD_MARKS)


@dataclass(frozen=True, slots=True)
class AreaClass:
    """One look of an area, on screen, on paper and in a legend.

    Attributes:
        key: one character.
        label: words of the legend.
        fill: the colour of the area.
        ink: the colour of a name upon it, at 4.5:1 or more.
        pattern: marks over the fill.
        text: sentence for an area of this class, instead of the table's.
    """

    key: str
    label: str
    fill: Tone
    ink: Tone = DARK_INK
    pattern: Pattern | None = None
    text: str | None = None

    @property
    def outline(self) -> Tone | None:
        """The line around an area that would vanish on paper without one."""
        return palette.BLANK_LINE if self.fill == palette.BLANK else None


@dataclass(frozen=True)
class ClassTable:
    """The classes of one kind of map.

    Attributes:
        id: name of the table in messages to the browser.
        title: what the colours mean, with the unit.
        text: sentence for a value: {n}, {N}, {p} (per cent) and {c} (class) are filled in.
        breaks: lower bounds of the value classes, ascending; empty for named classes.
        classes: every look, in the order of the legend.
        class_text: sentence where only the class of a value may be told: {c} is filled in.
    """

    id: str
    title: str
    text: str
    breaks: tuple[float, ...]
    classes: tuple[AreaClass, ...]
    class_text: str = "{c}"

    def value_keys(self, values: FloatArray) -> list[str]:
        """Return the class key of each value: ``x`` for nan, ``0`` for zero, else by breaks."""
        positions = np.searchsorted(np.asarray(self.breaks), values, side="right")
        return [
            NOT_APPLICABLE if np.isnan(value) else ZERO if value == 0 else str(max(1, position))
            for value, position in zip(values, positions, strict=True)
        ]

    def by_key(self, key: str) -> AreaClass:
        """Return a class by its key.

        Raises:
            KeyError: if the table has no such class.
        """
        for area_class in self.classes:
            if area_class.key == key:
                return area_class
        raise KeyError(key)


def with_reports(keys: Iterable[str], has_report: Sequence[bool]) -> str:
    """Turn zeros of areas that sent no record at all into "no report" and join the keys."""
    return "".join(
        NO_REPORT if key == ZERO and not reported else key
        for key, reported in zip(keys, has_report, strict=True)
    )


def _blank(
    key: str, label: str, pattern: Pattern | None = None, text: str | None = None
) -> AreaClass:
    return AreaClass(key, label, palette.BLANK, DARK_THEN_LIGHT_INK, pattern, text)


def _not_applicable(label: str) -> AreaClass:
    return AreaClass(NOT_APPLICABLE, label, palette.NOT_APPLICABLE, DARK_THEN_LIGHT_INK, text="{c}")


def _special(zero_label: str, no_report_label: str = NOT_RECORDED) -> tuple[AreaClass, ...]:
    withheld = (palette.WITHHELD, DARK_THEN_LIGHT_INK, CROSSHATCH, "{c}")
    return (
        _blank(ZERO, zero_label),
        _blank(NO_REPORT, no_report_label, HATCH, "{c}"),
        _not_applicable("tidak berlaku"),
        AreaClass(WITHHELD, "tidak ditampilkan", *withheld),
    )


_COVERAGE_CLASSES = (
    AreaClass("1", "1\N{EN DASH}24 %", palette.COVERAGE_1, DARK_THEN_LIGHT_INK),
    AreaClass("2", "25\N{EN DASH}49 %", palette.COVERAGE_2, DARK_THEN_LIGHT_INK),
    AreaClass("3", "50\N{EN DASH}74 %", palette.COVERAGE_3, DARK_THEN_LIGHT_INK),
    AreaClass("4", "75\N{EN DASH}99 %", palette.COVERAGE_4, LIGHT_THEN_DARK_INK),
    AreaClass("5", "100 %", palette.COVERAGE_5, LIGHT_THEN_DARK_INK),
)
# A share of 0.4 % is still in the first class: only nothing at all is zero.
_COVERAGE_BREAKS = (0.0, 0.25, 0.50, 0.75, 1.0)

VISIT_COVERAGE = ClassTable(
    "visit_coverage",
    "Persen desa yang dikunjungi",
    "{n} dari {N} desa dikunjungi ({p} %)",
    _COVERAGE_BREAKS,
    (*_COVERAGE_CLASSES, *_special("0 %")),
)
AWARENESS_COVERAGE = ClassTable(
    "awareness_coverage",
    "Persen desa yang menerima sosialisasi",
    "{n} dari {N} desa menerima sosialisasi ({p} %)",
    _COVERAGE_BREAKS,
    (*_COVERAGE_CLASSES, *_special("0 %")),
)
VISITED = ClassTable(
    "visited",
    "Desa menurut kunjungan pada periode ini",
    "{c}",
    (1.0,),
    (
        AreaClass("1", "dikunjungi", palette.COVERAGE_4, LIGHT_THEN_DARK_INK),
        *_special("ada catatan, tanpa kunjungan"),
    ),
)
REACHED = ClassTable(
    "reached",
    "Desa menurut sosialisasi pada periode ini",
    "{c}",
    (1.0,),
    (
        AreaClass("1", "menerima sosialisasi", palette.COVERAGE_4, LIGHT_THEN_DARK_INK),
        *_special("ada catatan, tanpa sosialisasi"),
    ),
)


def _cases(table_id: str, what: str) -> ClassTable:
    """Make the table of one kind of reports: what it counts is what its zero speaks of."""
    return ClassTable(
        table_id,
        f"{what} menurut kecamatan asal",
        f"{{n}} {what[:1].lower()}{what[1:]}",
        (1.0, 5.0, 10.0, 20.0),
        (
            AreaClass("1", "1\N{EN DASH}4", palette.CASES_1, DARK_THEN_LIGHT_INK),
            AreaClass("2", "5\N{EN DASH}9", palette.CASES_2, DARK_THEN_LIGHT_INK),
            AreaClass("3", "10\N{EN DASH}19", palette.CASES_3, DARK_INK),
            AreaClass("4", "20+", palette.CASES_4, LIGHT_THEN_DARK_INK),
            *_special(f"0 (ada catatan, tanpa {what[:1].lower()}{what[1:]})"),
        ),
        class_text=f"{{c}} {what[:1].lower()}{what[1:]}",
    )


CASES = _cases("cases", "Laporan kasus")
CASES_TPPO = _cases("cases_tppo", "Laporan TPPO")
CASES_TPPM = _cases("cases_tppm", "Laporan TPPM")
CASES_PMI_NP = _cases("cases_pmi_np", "Laporan PMI nonprosedural")
VISIT_STATUS = ClassTable(
    "visit_status",
    "Desa menurut kunjungan terakhir",
    "{n} hari sejak kunjungan terakhir",
    (),
    (
        AreaClass("c", "tepat waktu", palette.STATUS_COVERED),
        AreaClass("d", "akan jatuh tempo", palette.STATUS_DUE),
        AreaClass("o", "jatuh tempo", palette.STATUS_OVERDUE, LIGHT_INK),
        _blank("n", "belum pernah", DOTS, "{c}"),
        _blank(NO_REPORT, NOT_RECORDED, HATCH, "{c}"),
        _not_applicable("di luar saringan"),
    ),
)
STATUS_KEYS = {"covered": "c", "due": "d", "overdue": "o", "never": "n"}

TABLES = (
    VISIT_COVERAGE,
    AWARENESS_COVERAGE,
    VISITED,
    REACHED,
    CASES,
    CASES_TPPO,
    CASES_TPPM,
    CASES_PMI_NP,
    VISIT_STATUS,
)


def class_tables_json() -> bytes:
    """Return all tables for the browser: ``{id: {title, text, classes: [...]}}``."""
    tables = {
        table.id: {
            "title": table.title,
            "text": table.text,
            "class_text": table.class_text,
            "classes": [_for_browser(each) for each in table.classes],
        }
        for table in TABLES
    }
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()


def _for_browser(area_class: AreaClass) -> dict[str, str | None]:
    pattern = area_class.pattern
    return {
        "key": area_class.key,
        "label": area_class.label,
        "fill": area_class.fill.css,
        "ink": area_class.ink.css,
        "pattern": pattern.kind if pattern else "",
        "marks": pattern.colour.css if pattern else "",
        "text": area_class.text,
    }
