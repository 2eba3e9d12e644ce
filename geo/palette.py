"""Every colour of the dashboard, named once, for the light theme and for the dark one.

Classes, charts, drawings and workbooks take their colours from here; the screen's
stylesheets take them as CSS variables (`css_variables`): `STATUS_DUE` is
`var(--status-due)`. Paper is always light. The theme in ``.streamlit/config.toml``
repeats a few values, because Streamlit reads nothing else; a test holds them equal.

No two colours of one scale are told apart by hue alone: they also differ in lightness,
for people who see no red or green and for a black-and-white print.
"""

from __future__ import annotations

from typing import NamedTuple


class Tone(NamedTuple):
    """One meaning in two themes, as ``#RRGGBB``."""

    light: str
    dark: str

    @property
    def css(self) -> str:
        """The colour as CSS, which chooses by the theme that the page has."""
        if self.light == self.dark:
            return self.light
        return f"light-dark({self.light}, {self.dark})"


def _both(colour: str) -> Tone:
    return Tone(colour, colour)


# Text, lines and grounds.
INK = Tone("#172033", "#E8ECF2")
MUTED = Tone("#5B667A", "#A3AEC0")
LINE = Tone("#D9DEE7", "#2C3A4F")
ROW_LINE = Tone("#E6EAF0", "#26344A")
ROW_HOVER = Tone("#F3F5F8", "#202D42")
PICKED = Tone("#FBF3DF", "#3A3320")
FIELD_LINE = Tone("#8A94A6", "#55657D")
CANVAS = Tone("#F6F7F9", "#0F1722")
SURFACE = Tone("#FFFFFF", "#182334")
HEADER = Tone("#FFFFFF", "#131D2B")
TABLE_HEAD = Tone("#EEF1F5", "#202D42")
# Identity; gold only where it says "look here".
NAVY = Tone("#12365E", "#9CC7E8")
PRIMARY = Tone("#12365E", "#7FB6DE")
ON_PRIMARY = Tone("#FFFFFF", "#0F1722")
GOLD = _both("#B98A1E")
# Words that say whether a change is wanted; an arrow says it too.
GOOD = Tone("#12655F", "#6FCFC6")
BAD = Tone("#9C2F1D", "#F1A08D")
TREND = Tone("#A5CFE4", "#3F7DA3")
SHARE_BAR = _both("#5BA6CB")
TIP = _both("#172033")
ON_TIP = _both("#FFFFFF")

# Ink upon a fill: each reaches 4.5:1 on the fills that name it.
DARK_INK = _both("#172033")
LIGHT_INK = _both("#FFFFFF")
DARK_THEN_LIGHT_INK = Tone("#172033", "#FFFFFF")
LIGHT_THEN_DARK_INK = Tone("#FFFFFF", "#172033")

# Scales: more of it stands out more, from the paper in the light theme, from the dark in the other.
COVERAGE_1 = Tone("#CFE3F0", "#21455F")
COVERAGE_2 = Tone("#A5CFE4", "#25618A")
COVERAGE_3 = Tone("#5BA6CB", "#2A78A6")
COVERAGE_4 = Tone("#24729F", "#6FB2D8")
COVERAGE_5 = Tone("#0C3F69", "#CFE7F5")
CASES_1 = Tone("#F9D9BF", "#643824")
CASES_2 = Tone("#F4B183", "#96492A")
CASES_3 = Tone("#DF7747", "#DB7B48")
CASES_4 = Tone("#A83A22", "#F8CBA6")

# Months of a table by how full they are: ink stands upon every one of them.
MONTHS_1 = Tone("#DCEBF4", "#1C3A52")
MONTHS_2 = Tone("#BCDCEC", "#24506F")
MONTHS_3 = Tone("#A5CFE4", "#2C648C")
MONTHS_4 = Tone("#7FB9D8", "#35729D")

# How a desa stands: the field map, which knows no theme of its own, draws them in both.
STATUS_COVERED = _both("#3FA9A0")
STATUS_DUE = _both("#F0C24B")
STATUS_OVERDUE = _both("#A5301F")

# Looks that are no value.
BLANK = Tone("#FFFFFF", "#1B2739")  # true zero, no report, never visited
BLANK_LINE = Tone("#8A94A6", "#66768F")
HATCH = Tone("#B6BECB", "#55657D")
DOTS = Tone("#8A94A6", "#8492A8")
NOT_APPLICABLE = Tone("#F0F2F5", "#2A3546")
WITHHELD = Tone("#EFE9F5", "#2E2640")
WITHHELD_MARKS = Tone("#7A5C99", "#A78BC6")

# What a visit found: one hue from quiet to grave, none of the colours of status.
OUTCOME_NOTHING = Tone("#AEB6DF", "#414B8E")
OUTCOME_FINDING = Tone("#6B74BE", "#7F88D0")
OUTCOME_FOLLOW_UP = Tone("#2F3580", "#D3D8F5")
OUTCOME_NOT_REACHED = Tone("#8A94A6", "#9AA6B8")
# Other series of the charts.
ATTENDANCE = Tone("#24729F", "#5BA6CB")
CASE_REPORTS = Tone("#C65F33", "#E58A6B")
COMPARISON = Tone("#8A94A6", "#9AA6B8")

# The ground of a map on screen, and what stands on it.
SEA = Tone("#EEF3F8", "#0B121C")
LAND = Tone("#F8F7F3", "#172130")
COAST = Tone("#DCDCD4", "#2B3950")
SEA_TEXT = Tone("#4F6F8F", "#6F8FB0")
AREA_LINE = Tone("#8A94A6", "#5C6C84")
OUTLINE = Tone("#172033", "#93A1B5")
INNER_LINE = Tone("#172033", "#0B121C")

# A map on paper, where print takes more of a tint to be seen.
PAPER_SEA = "#EAF1F7"
PAPER_LAND = "#F6F5F2"
PAPER_COAST = "#CBD3DC"
PAPER_SEA_TEXT = "#5F7F9E"
PAPER_OUTLINE = NAVY.light
PAPER = "#FFFFFF"
NOTICE_FILL = "#FBF3DF"
NOTICE_TEXT = "#6A4E0B"

# Templates in Excel: a column that must be filled, and the example row.
REQUIRED_COLUMN = "#DCE9F7"
EXAMPLE_TEXT = "#7F7F7F"

# Series of the charts, in the order of the theme's `chartCategoricalColors`.
CHART_SERIES: dict[str, Tone] = {
    "nihil": OUTCOME_NOTHING,
    "temuan": OUTCOME_FINDING,
    "tindak_lanjut": OUTCOME_FOLLOW_UP,
    "tidak_terjangkau": OUTCOME_NOT_REACHED,
    "attendance": ATTENDANCE,
    "cases": CASE_REPORTS,
    "pre": COMPARISON,
    "post": ATTENDANCE,
}


def css_variables() -> str:
    """Return a stylesheet that names every tone as a variable: ``INK`` is ``--ink``."""
    tones = {name: value for name, value in globals().items() if isinstance(value, Tone)}
    lines = "".join(
        f"--{name.lower().replace('_', '-')}:{tone.css};" for name, tone in tones.items()
    )
    return f":root{{{lines}}}\n"
