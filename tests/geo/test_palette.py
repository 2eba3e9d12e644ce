"""Colours stand in one file, and the theme that Streamlit reads repeats them faithfully."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from geo import palette
from geo.palette import Tone, css_variables

ROOT = Path(__file__).parent.parent.parent
HEX_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3,4})\b")
# Rooms whose files may hold no colour of their own. Streamlit reads .streamlit/config.toml alone:
# its colours are compared below.
FILES = [
    path
    for room in ("app.py", "pages", "data_access", "geo", "scripts")
    for path in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*")))
    if path.suffix in {".py", ".css", ".js"} and path != ROOT / "geo" / "palette.py"
]
THEME = {
    "primaryColor": palette.PRIMARY,
    "backgroundColor": palette.CANVAS,
    "secondaryBackgroundColor": palette.SURFACE,
    "textColor": palette.INK,
    "borderColor": palette.LINE,
    "linkColor": palette.NAVY,
    "chartCategoricalColors": list(palette.CHART_SERIES.values()),
}


def test_no_other_file_has_a_colour_of_its_own() -> None:
    found = {
        str(path.relative_to(ROOT)): HEX_COLOUR.findall(path.read_text(encoding="utf-8"))
        for path in FILES
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_repeats_the_palette(theme: str) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["theme"][theme] == {
        name: [getattr(tone, theme) for tone in tones]
        if isinstance(tones, list)
        else getattr(tones, theme)
        for name, tones in THEME.items()
    }


def test_every_tone_is_a_variable_that_follows_the_theme() -> None:
    css = css_variables()
    assert f"--ink:light-dark({palette.INK.light}, {palette.INK.dark});" in css
    assert css.count("--") == sum(isinstance(value, Tone) for value in vars(palette).values())


def test_stylesheets_use_only_variables_that_exist() -> None:
    named = set(re.findall(r"--[a-z0-9-]+(?=:)", css_variables()))
    for sheet in (ROOT / "pages" / "assets").glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        used = set(re.findall(r"var\((--[a-z0-9-]+)", text))
        own = set(re.findall(r"(--[a-z0-9-]+)\s*:", text))
        # Set on the element itself, or in the style sheet of the area's words.
        given = {"--share", "--p", "--fill", "--marks", "--w", "--h", "--product-name"}
        streamlit = {name for name in used if name.startswith("--st-")}
        # What Streamlit gives the frame of the field map.
        streamlit |= {"--font", "--text-color", "--background-color"} & used
        assert used - named - own - given - streamlit == set(), sheet.name
