"""Text that others wrote is escaped at every border, and nowhere goes round the escaping."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geo.legible import UNSEEN, legible
from pages.components.escaping import (
    LONGEST_LABEL,
    html_text,
    label_text,
    markdown_label,
    markdown_text,
    plotly_text,
)
from tests.payloads import LONG, PAYLOADS

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "pages").rglob("*.py"))

# Commands of Streamlit whose first value, label or body is Markdown.
MARKDOWN_COMMANDS = frozenset(
    (
        *("error", "warning", "info", "success", "toast", "markdown", "caption", "write", "title"),
        *("header", "subheader", "badge", "metric", "exception", "latex", "progress", "spinner"),
        *("button", "download_button", "link_button", "page_link", "form_submit_button", "popover"),
        *("expander", "status", "tabs", "dialog", "toggle", "checkbox", "radio", "selectbox"),
        *("multiselect", "pills", "segmented_control", "select_slider", "slider", "text_input"),
        *("text_area", "number_input", "date_input", "time_input", "file_uploader", "feedback"),
    )
)
# Commands the choices of which are Markdown too.
MARKDOWN_CHOICES = frozenset({"radio", "segmented_control", "pills", "select_slider"})
# Values that are Markdown besides the first one.
MARKDOWN_VALUES = frozenset({"label", "body", "text", "help", "caption", "captions"})
ESCAPES = frozenset({"markdown_text", "markdown_label"})
# The tables of our own words.
TABLES = frozenset({"texts", "common"})
# A page of Streamlit, whose path stands before its label.
LABEL_BY_NAME = frozenset({"page_link"})
# Whose methods are Streamlit's.
SCREENS = re.compile(r"st|columns\[.*\]|bar|left|right|\w+_column|title_place|container")


def calls_of_streamlit(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(screen, name)) if SCREENS.fullmatch(ast.unparse(screen)):
                yield name, node


def markdown_given(tree: ast.AST) -> Iterator[ast.expr]:
    """Give every value that a command of Streamlit reads as Markdown."""
    for name, call in calls_of_streamlit(tree):
        if name not in MARKDOWN_COMMANDS:
            continue
        place = 1 if name == "progress" else 0
        if name not in LABEL_BY_NAME and len(call.args) > place:
            yield call.args[place]
        yield from (each.value for each in call.keywords if each.arg in MARKDOWN_VALUES)
        if name in MARKDOWN_CHOICES:
            yield from (each.value for each in call.keywords if each.arg == "format_func")
            if not any(each.arg == "format_func" for each in call.keywords):
                yield call.args[1]


def is_own_or_escaped(value: ast.expr) -> bool:
    """Say whether a value is a word of ours, or went through the escaping."""
    match value:
        case ast.Constant(str()):
            return True
        case ast.Call(ast.Name(name)):
            return name in ESCAPES
        case ast.Lambda(body=body):
            return is_own_or_escaped(body)
        case ast.Attribute(words, "__getitem__"):
            return is_own_or_escaped(words)
        case ast.Attribute(ast.Name(table)) | ast.Subscript(ast.Attribute(ast.Name(table))):
            return table in TABLES
        case ast.Name(name):
            return name.isupper() or name == "labels"  # a table of words by its own name
    return False


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_markdown_is_our_own_words_or_escaped(path: Path) -> None:
    given = markdown_given(ast.parse(path.read_text(encoding="utf-8")))
    loose = [ast.unparse(each) for each in given if not is_own_or_escaped(each)]
    assert loose == []


@pytest.mark.parametrize(
    "source",
    [
        "st.error(str(error))",
        "st.error(error)",
        'st.expander(f"Lembar {name}")',
        'st.caption(texts.UNUSED.format(names=names))',
        "st.button(label)",
        'st.page_link("data.py", label=label)',
        "columns[i % 3].selectbox(each.label, options)",
        "bar.progress(0.5, text)",
        'st.radio("Jawaban", names)',
        'st.radio("Jawaban", keys, format_func=lambda one: one.label)',
        'st.checkbox("ya", help=name)',
        "st.toast(name)",
    ],
)  # fmt: skip
def test_a_value_that_goes_round_the_escaping_is_found(source: str) -> None:
    assert [each for each in markdown_given(ast.parse(source)) if not is_own_or_escaped(each)]


@pytest.mark.parametrize(
    "source",
    [
        "st.error(markdown_text(str(error)))",
        'st.button("Simpan", key=name)',
        "st.caption(texts.UNUSED)",
        'st.radio(texts.ANSWER, keys, format_func=texts.WORDS.__getitem__)',
        'st.selectbox("Tabel", names, format_func=lambda one: one.label)',
    ],
)  # fmt: skip
def test_our_own_words_may_be_markdown(source: str) -> None:
    assert all(map(is_own_or_escaped, markdown_given(ast.parse(source))))


# --- HTML -----------------------------------------------------------------------------------

# What stands unescaped in our HTML: pieces of HTML that were made before, numbers, colours, names
# of classes and addresses of ours. What others wrote goes through ``html_text``.
OWN_PIECES = {
    "pages/components/charts.py": {"unit", "name", "common.POINTS_UNIT", "year"},
    "pages/components/browser.py": {"asset_url(f'{name}.css')", "name.replace('_', '-')"},
    "pages/components/figures.py": {
        *("''.join((_tile(tile) for tile in row))", "figures", "tone", "said", "change", "shape"),
        "heights",
    },
    "pages/components/month_strip.py": {
        *("_new_year(month)", "years", "names", "body", "_legend(rows, months, this_month)"),
        *("name", "items", "len(months)", "scale", "boxes", "text", "year", "few", "months"),
    },
    "pages/components/notices.py": {
        "' sample' if line == common.SAMPLE_NOTICE else ''",
        *("covered", "items"),
    },
    "pages/components/panels.py": {
        *("below", "items", "lines", "body", "note", "100 * area.share", "name", "number", "bar"),
        "why",
    },
    "pages/panels/cases.py": {"month", "year"},
    "pages/panels/data/first_use.py": {
        *("texts.NO_RECORD_NOTE", "texts.SAMPLE_OFFER", "int(step.is_done)", "state", "mark"),
    },
    "pages/panels/data/history.py": {"into", "_state(entry)", "state"},
    "pages/panels/data/sample.py": {"texts.SAMPLE_NOTE"},
    "pages/panels/visits.py": {
        *("texts.MAP_TITLE", "key", "words.number(float(counts[key]))", "items"),
    },
    "pages/server/index_page.py": {
        *("palette_url()", "area_style_url()", "meanings_url()", "PRODUCT_NAME", "added"),
        *(f"asset_url('{name}')" for name in ("app.css", "print.css", "indonesian.js", "print.js")),
        *(f"asset_url('{name}')" for name in ("figures.js", "reconnect.js")),
    },
}  # fmt: skip
TAG = re.compile(r"</?[a-z]")


def unescaped_in_html(tree: ast.AST) -> set[str]:
    """Return what stands in a piece of HTML and did not go through ``html_text``."""
    found = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.JoinedStr):
            continue
        written = "".join(each.value for each in node.values if isinstance(each, ast.Constant))
        if TAG.search(written):
            values = [each.value for each in node.values if isinstance(each, ast.FormattedValue)]
            found |= {ast.unparse(each) for each in values if not _is_html_text(each)}
    return found


def _is_html_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "html_text"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_stands_in_html_is_escaped_or_ours(path: Path) -> None:
    found = unescaped_in_html(ast.parse(path.read_text(encoding="utf-8")))
    assert found == OWN_PIECES.get(path.relative_to(ROOT).as_posix(), set())


def test_a_value_in_html_that_goes_round_the_escaping_is_found() -> None:
    source = "st.html(f'<p title=\"{title}\">{html_text(name)} {str(value)}</p>')"
    assert unescaped_in_html(ast.parse(source)) == {"title", "str(value)"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_there_is_one_escaping_of_html(path: Path) -> None:
    uses = {"from html import escape", "markupsafe", "unsafe_allow_html"}
    source = path.read_text(encoding="utf-8")
    assert path.name == "escaping.py" or not [use for use in uses if use in source]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "pages" / "assets").glob("*.js")), ids=lambda path: path.name
)
def test_no_script_of_a_page_makes_html_of_text(path: Path) -> None:
    made = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment"
        r"|setHTMLUnsafe|\beval\(|new Function"
    )
    assert made.findall(path.read_text(encoding="utf-8")) == []


# --- the escaping itself; what a browser makes of it: tests/browser/test_text_is_text.py ------


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.titles: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.titles += [value for name, value in attrs if name == "title"]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_html_shows_just_the_text(payload: str) -> None:
    parser = _Texts()
    parser.feed(f'<p title="{html_text(payload)}">{html_text(payload)}</p>')
    assert parser.tags == ["p"]
    assert ("".join(parser.texts), parser.titles) == (legible(payload), [legible(payload)])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_plotly_is_given_no_html_and_no_formula(payload: str) -> None:
    assert not re.search(r"[<>$]|&(?!(amp|lt|gt|#35|#36);)", plotly_text(payload))


@pytest.mark.parametrize(
    "text",
    [
        "Kecamatan Pontang, 12 dari 15 desa (80 %).",
        "rekap_2026.csv: kolom “Hasil” - baris 3",
        "A & B",
    ],
)
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert markdown_text(text) == text


def test_a_label_is_cut_before_it_pushes_everything_else_away() -> None:
    assert len(label_text(LONG)) == LONGEST_LABEL
    assert label_text(LONG).endswith("…")
    assert markdown_label("Desa " * 100).endswith("…")


def test_what_cannot_be_seen_is_marked_in_a_label() -> None:
    assert markdown_text("Lon\u200btar\n\u202e") == f"Lon{UNSEEN}tar {UNSEEN}"
