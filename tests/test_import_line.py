"""Imports point down one line: app -> pages -> data_access -> geo; only the top knows Streamlit."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "pages", "data_access", "geo")
MAY_IMPORT = {
    "app": {"pages", "data_access", "geo"},
    "pages": {"pages", "data_access", "geo"},
    "data_access": {"data_access", "geo"},
    "geo": {"geo"},
}
FILES = [
    ROOT / "app.py",
    *sorted(path for room in ROOMS[1:] for path in (ROOT / room).rglob("*.py")),
]


def imported_packages(path: Path) -> set[str]:
    """Return the top-level packages that a file imports, wherever in the file."""
    packages: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            packages.add((node.module or "").split(".")[0])
    return packages


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down_the_line(path: Path) -> None:
    rooms = imported_packages(path) & set(ROOMS)
    assert rooms <= MAY_IMPORT[room_of(path)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_app_and_pages_know_streamlit(path: Path) -> None:
    screen = {"streamlit", "streamlit_folium", "plotly"} & imported_packages(path)
    assert not screen or room_of(path) in {"app", "pages"}
