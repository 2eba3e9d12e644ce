"""Words on screen stand in the tables of texts: whole, used, filled rightly, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from string import Formatter
from types import ModuleType
from typing import Any, get_args

import pytest

from data_access.intake.questions import Kind
from data_access.numbers.attention import REASON_KINDS
from data_access.numbers.records import Source
from data_access.numbers.selection import SCOPES
from pages.components.month_strip import Look
from pages.components.texts import common, data, overview
from tests.import_graph import imported_names

ROOT = Path(__file__).parents[2]
TEXTS = "pages.components.texts"
TABLES = {path.stem: path for path in sorted((ROOT / TEXTS.replace(".", "/")).glob("[a-z]*.py"))}

_OF_DATA = (
    *("boundaries", "contents", "first_use", "history", "question", "sample", "section"),
    *("settings", "telling"),
)
# The modules that say no words of their own.
CONVERTED = (
    "pages/components/absence.py",
    "pages/components/alerts.py",
    "pages/components/case_words.py",
    "pages/components/changes.py",
    "pages/components/charts.py",
    "pages/components/context.py",
    "pages/components/figures.py",
    "pages/components/filter/address.py",
    "pages/components/filter/bar.py",
    "pages/components/filter/choice.py",
    "pages/components/maps/panel.py",
    "pages/components/maps/values.py",
    "pages/components/month_strip.py",
    "pages/components/notices.py",
    "pages/components/outage.py",
    "pages/components/panels.py",
    "pages/components/sentences.py",
    "pages/components/table.py",
    "pages/components/words.py",
    "pages/panels/awareness.py",
    "pages/panels/cases.py",
    *(f"pages/panels/data/{name}.py" for name in _OF_DATA),
    "pages/panels/overview.py",
    "pages/panels/visits.py",
    "pages/shell.py",
)
# A place in Plotly's own words, and the name of a projection.
SAME_IN_EVERY_LANGUAGE = {"middle right", "Web Mercator"}

_PLACE = "\N{NULL}"  # where an f-string puts a value
_NO_WORDS = re.compile(r"<[^>]*>|:material/\w+:")
_WORDS = re.compile(
    r"\b[A-Z][a-z]+"  # a label
    r"|\b[a-z]{2,}\b[^\w<>=]*\s[^\w<>=]*\b[a-z]{2,}\b"  # two words of a sentence
    rf"|{_PLACE} [a-z]{{2,}}\b|\b[a-z]{{2,}} {_PLACE}"  # a value and its unit
)


def words_said(source: str) -> list[str]:
    """Return the literals that people would read; docstrings, keys and HTML excepted."""
    return [
        text
        for text in _literals(ast.parse(source))
        if _WORDS.search(_NO_WORDS.sub(" ", text)) and text not in SAME_IN_EVERY_LANGUAGE
    ]


def _literals(tree: ast.Module) -> Iterator[str]:
    """Give every string once, an f-string as a whole with its values left out.

    What is raised as a plain Python error speaks to a programmer.
    """
    passed_over = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    raised = (node for node in ast.walk(tree) if isinstance(node, ast.Raise))
    passed_over |= {id(part) for each in raised for part in ast.walk(each)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in passed_over:
            passed_over |= {id(part) for part in node.values}
            parts = (
                part.value if isinstance(part, ast.Constant) else _PLACE for part in node.values
            )
            yield "".join(map(str, parts))
        elif id(node) not in passed_over:
            match node:
                case ast.Constant(str(text)):
                    yield text


@pytest.mark.parametrize("path", CONVERTED)
def test_a_module_takes_its_words_from_the_tables(path: str) -> None:
    assert words_said((ROOT / path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('NO_DESA = "tidak ada desa"', ["tidak ada desa"]),
        ('title("Semua")', ["Semua"]),
        ('note(f"{n} korban")', [f"{_PLACE} korban"]),
        ('note(f"per {day}")', [f"per {_PLACE}"]),
        ('html(f"<b>{n}</b>, lalu <i>hari</i> ini")', [f"<b>{_PLACE}</b>, lalu <i>hari</i> ini"]),
        ('x = {"any": "kurang dari 5"}', ["kurang dari 5"]),
        ('def f():\n    "Say how many desa there are."\n    return "desa"', []),
        ("""html(f'<li class="swatch none {key}">{escape(name)}</li>')""", []),
        ('download(key=f"{key}_unduh", icon=":material/arrow_forward:", type="tertiary")', []),
        ('note(texts.CLOSED.format(least=5))', []),
        ('raise ValueError(f"The file {name} was not read yet.")', []),
    ],
)  # fmt: skip
def test_words_outside_the_tables_are_found(source: str, said: list[str]) -> None:
    assert words_said(source) == said


# --- how templates are filled ---------------------------------------------------------------


@dataclass(frozen=True)
class Use:
    """A text as a module takes it; ``filled`` are the names it fills, None where it fills none."""

    table: str
    name: str
    filled: frozenset[str] | None


def uses_in(source: str) -> list[Use]:
    """Return what a module takes of the tables: by name, by key, and as a template."""
    tree = ast.parse(source)
    tables: dict[str, str] = {}
    uses: list[Use] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TEXTS:
            tables |= {each.asname or each.name: each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{TEXTS}."):
            name = str(node.module).rpartition(".")[2]
            uses += [Use(name, each.name, None) for each in node.names]
    filled = dict(_fillings(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ast.Name(alias), name) | ast.Subscript(
                ast.Attribute(ast.Name(alias), name)
            ) if alias in tables:
                uses.append(Use(tables[alias], name, filled.get(id(node))))
    return uses


def _fillings(tree: ast.Module) -> Iterator[tuple[int, frozenset[str]]]:
    """Give every template that is filled, by its place in the tree, with the names given."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(template, "format"), keywords=keywords):
                yield id(template), frozenset(str(keyword.arg) for keyword in keywords)


def table(name: str) -> ModuleType:
    return import_module(f"{TEXTS}.{name}")


def fields_of(text: str | Mapping[Any, str]) -> frozenset[str]:
    """Return the names that a template, or any of a mapping of them, must be given."""
    templates = [text] if isinstance(text, str) else text.values()
    found = (field for template in templates for _, field, _, _ in Formatter().parse(template))
    return frozenset(field for field in found if field is not None)


USES = [
    use
    for path in sorted((ROOT / "pages").rglob("*.py"))
    for use in uses_in(path.read_text(encoding="utf-8"))
]
FILLED = {(use.table, use.name, use.filled) for use in USES if use.filled is not None}


@pytest.mark.parametrize(("name", "text", "filled"), sorted(FILLED, key=str))
def test_a_template_is_given_just_what_it_names(
    name: str, text: str, filled: frozenset[str]
) -> None:
    assert fields_of(getattr(table(name), text)) == filled


def test_a_use_is_read_by_name_by_key_and_as_a_template() -> None:
    source = (
        f"from {TEXTS} import cases as texts, common\n"
        f"from {TEXTS}.common import UNKNOWN\n"
        "print(texts.NO_CASE, texts.CLOSED.format(least=5), common.CHANGE_VERBS[1].format(n=1))"
    )
    assert set(uses_in(source)) >= {
        Use("common", "UNKNOWN", None),
        Use("cases", "NO_CASE", None),
        Use("cases", "CLOSED", frozenset({"least"})),
        Use("common", "CHANGE_VERBS", frozenset({"n"})),
    }


# --- the tables -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_a_table_knows_nothing_but_notation_and_the_area(name: str) -> None:
    rooms = {"pages", "data_access", "geo", "streamlit"}
    known = {each for each in imported_names(TABLES[name]) if each.split(".")[0] in rooms}
    assert {each for each in known if not each.startswith(("geo.notation", "geo.area"))} == set()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_holds_strings_and_decides_nothing(name: str) -> None:
    allowed = (ast.Assign, ast.AnnAssign, ast.Expr, ast.Import, ast.ImportFrom)
    body = ast.parse(TABLES[name].read_text(encoding="utf-8")).body
    assert [node.lineno for node in body if not isinstance(node, allowed)] == []


def test_every_text_is_said_somewhere() -> None:
    said = {(use.table, use.name) for use in USES}
    held = {(name, text) for name in TABLES for text in vars(table(name)) if text.isupper()}
    assert held - said == set()


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        (overview.REASONS, REASON_KINDS),
        (common.DESA_OF_SCOPE, SCOPES),
        (common.SOURCE_WORDS, get_args(Source)),
        (data.MONTH_LOOKS, get_args(Look)),
        (data.QUESTION_KINDS, get_args(Kind)),
        (common.COMPARISON_SHORT, [key for key in common.COMPARISON_WORDS if key != "tanpa"]),
    ],
)
def test_every_choice_has_its_words(texts: Mapping[str, str], keys: tuple[str, ...]) -> None:
    assert set(texts) == set(keys)
