"""Who imports whom: the modules of a folder, the arrows between them, and their circles.

An import counts wherever it stands, inside a function or only for types as well.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Set
from pathlib import Path

Graph = Mapping[str, Set[str]]


def modules_of(root: Path, rooms: tuple[str, ...]) -> dict[str, Path]:
    """Return module name -> file of every module in the rooms, packages and single files."""
    files = [path for room in rooms for path in (root / room).rglob("*.py")]
    files += [path for room in rooms if (path := root / f"{room}.py").exists()]
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(files)
    }


def imported_names(path: Path) -> set[str]:
    """Return what a file imports, as "package.module" and as "package.module.name"."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: relative import"
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def import_graph(modules: Mapping[str, Path]) -> dict[str, set[str]]:
    """Return module -> the modules among these that it imports.

    ``from package import module`` is an arrow to the module, not to the package as well.
    """
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        found = imported_names(path) & modules.keys()
        packages = {name.rpartition(".")[0] for name in found}
        doors = {name for name in found & packages if not _takes_a_name_of(path, name, modules)}
        graph[module] = found - doors - {module}
    return graph


def _takes_a_name_of(path: Path, package: str, modules: Mapping[str, Path]) -> bool:
    """Whether a file takes something of a package that is no module of it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) and package in {alias.name for alias in node.names}:
            return True
        if isinstance(node, ast.ImportFrom) and node.module == package:
            return any(f"{package}.{alias.name}" not in modules for alias in node.names)
    return False


def circles(graph: Graph) -> list[list[str]]:
    """Return the groups of modules that import each other, round about or directly."""
    # Whoever imports no module that is left cannot be part of a circle, nor can whoever is
    # imported by none; what then remains is circles and the ways between them.
    left = dict(graph)
    while True:
        reached = {name for targets in left.values() for name in targets}
        inner = {name for name in left if left[name] & left.keys() and name in reached}
        if len(inner) == len(left):
            break
        left = {name: left[name] & inner for name in inner}
    groups: list[list[str]] = []
    for name in sorted(left):
        if any(name in group for group in groups):
            continue
        there = _reachable(left, name)
        if group := sorted(other for other in there if name in _reachable(left, other)):
            groups.append(group)
    return groups


def _reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    ahead = set(graph[start])
    while ahead:
        seen |= ahead
        ahead = {target for name in ahead for target in graph[name]} - seen
    return seen
