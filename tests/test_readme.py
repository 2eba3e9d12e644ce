"""The README says what the code does: settings, dependencies, commands, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data_access.settings import SETTINGS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    found = re.search(rf"<!-- {name} -->(.*?)<!-- /{name} -->", README, flags=re.DOTALL)
    assert found, name
    return found.group(1)


def rows(name: str) -> list[list[str]]:
    lines = [line for line in section(name).strip().splitlines()[2:] if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_settings_are_those_of_the_code() -> None:
    told = {
        name.strip("`"): (default.strip("`-"), meaning)
        for name, default, meaning in rows("settings")
    }
    assert told == {each.name: (each.default, each.sentence) for each in SETTINGS}


def test_dependencies_are_those_of_requirements() -> None:
    direct = (ROOT / "requirements.txt").read_text(encoding="utf-8").split("\n\n")[0]
    names = [line.split("==")[0] for line in direct.splitlines() if not line.startswith("#")]
    assert [name for name, _ in rows("dependencies")] == names


@pytest.mark.parametrize("target", re.findall(r"^\| `make (\w+)`", README, flags=re.MULTILINE))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("path", re.findall(r"\]\(((?!http)[^)#]+)\)", README))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()


def test_every_requirement_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            assert not line or line.startswith(("#", "-r ")) or "==" in line, line


# What a newcomer asks first.
CHANGES = (
    "class", "indicator", "synonym", "schema", "page", "table", "colour", "format", "kabupaten",
    "language",
)  # fmt: skip


@pytest.mark.parametrize("word", CHANGES)
def test_one_row_says_where_each_change_is_made(word: str) -> None:
    told = [what for what, _, _ in rows("changes") if re.search(rf"\b{word}\b", what)]
    assert len(told) == 1, told


def test_every_change_has_one_room() -> None:
    for what, where, _ in rows("changes"):
        assert re.fullmatch(r"`[^`]+`", where), what


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:app|pages|data_access|geo|tests|docs)/[^`*]*)`", README)))
)
def test_paths_that_are_named_are_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize(
    "name", sorted(set(re.findall(r"`(_?[A-Z]+(?:_[A-Z]+)+)`", section("changes"))))
)
def test_names_that_are_given_stand_in_the_code(name: str) -> None:
    files = (
        path for room in ("pages", "data_access", "geo") for path in (ROOT / room).rglob("*.py")
    )
    assert any(re.search(rf"^{name}\b", path.read_text(), flags=re.MULTILINE) for path in files)
