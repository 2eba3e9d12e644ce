"""How the files of `test_kinds` are written down, and how a store is read back for them.

Owns the notation only: a sheet is a text with a line per row and "|" between the cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select

from data_access.schema import metadata
from data_access.store import Store
from geo.gazetteer import gazetteer, kecamatan_code_of

REGISTERS = ("kecamatan", "villages", "targets")
EVENTS = ("visits", "awareness_sessions", "cases")


@dataclass(frozen=True)
class KindFile:
    """A file of a kind, and how its import must end.

    Attributes:
        kind: what is the matter with it; several files share a kind.
        stored: what the store holds in the end, a line per record (see `told`); if questions were
            asked, after their first candidates were given as answers.
        asked: (kind, column, first candidate) of each question that is open at first.
        refused: (row, column) of each problem at first.
        earlier: (name, content) of files that were imported before.
        answers: given from the start.
        says: parts of notes that must be there.
    """

    kind: str
    name: str
    content: bytes
    stored: tuple[str, ...]
    asked: tuple[tuple[str, str, str], ...] = ()
    refused: tuple[tuple[int | None, str], ...] = ()
    earlier: tuple[tuple[str, bytes], ...] = ()
    answers: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


# --- files ------------------------------------------------------------------------------------


def cells(text: str) -> list[list[str]]:
    """The cells of a sheet; "\\n" within a cell is written as "⏎"."""
    lines = text.strip("\n").split("\n")
    return [[one.strip().replace("⏎", "\n") for one in line.split("|")] for line in lines]


def text_file(text: str, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """A csv of a sheet."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(cells(text))
    return stream.getvalue().encode(encoding)


def book(
    text: str,
    merges: str = "",
    hidden_rows: tuple[int, ...] = (),
    more: Mapping[str, str] | None = None,
    name: str = "Sheet1",
) -> bytes:
    """An xlsx of a sheet, and of further ones by name.

    A cell "@2026-07-13" is a real date, "@2026-07-13 10:11" a moment, "#12.5" a number, "%0.5"
    one that is shown as percent; "=..." is a formula without a stored result.
    """
    made = Workbook()
    made.remove(made.worksheets[0])
    first = made.create_sheet(name)
    _fill(first, text)
    for area in merges.split():
        first.merge_cells(area)
    for number in hidden_rows:
        first.row_dimensions[number].hidden = True
    for other, content in (more or {}).items():
        _fill(made.create_sheet(other), content)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, text: str) -> None:
    for number, row in enumerate(cells(text), start=1):
        for column, content in enumerate(row, start=1):
            if content:
                cell = sheet.cell(number, column, _value(content))
                if content.startswith("%"):
                    cell.number_format = "0.0%"


def _value(content: str) -> str | float | date:
    sign, rest = content[0], content[1:]
    if sign in "#%" and re.fullmatch(r"-?\d+(?:\.\d+)?", rest):
        return float(rest) if "." in rest else int(rest) if sign == "#" else float(rest)
    if sign == "@":
        return datetime.fromisoformat(rest) if " " in rest else date.fromisoformat(rest)
    return content


# --- stores -----------------------------------------------------------------------------------


def rows_of(store: Store, *tables: str) -> dict[str, dict[Any, dict[str, Any]]]:
    """The rows of tables: table -> key -> column -> value."""
    found: dict[str, dict[Any, dict[str, Any]]] = {}
    with store.read() as connection:
        for name in tables:
            table = metadata.tables[name]
            keys = [column.name for column in table.primary_key]
            rows = connection.execute(select(table)).mappings()
            found[name] = {tuple(row[key] for key in keys): dict(row) for row in rows}
    return found


def told(store: Store, before: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> list[str]:
    """Every event in a store and every row of a register that changed, a line each, sorted.

    A visit is "2026-07-13 Tirtayasa/Lontar nihil pimpasa=…", a session "… Tirtayasa: Lontar,
    Susukan L20 P30 topic=…", a case "… Tirtayasa/Lontar TPPO P1 L0 AP0 AL0 modus=…" (women, men,
    girls, boys); what is empty, and "dilaporkan", is not told. A register's row is told by the
    columns that changed.
    """
    now = rows_of(store, *EVENTS, *REGISTERS, "session_villages")
    lines = [_visit(row) for row in now["visits"].values()]
    for (key,), row in now["awareness_sessions"].items():
        covered = sorted(code for session, code in now["session_villages"] if session == key)
        lines.append(_session(row, covered))
    lines += [_case(row) for row in now["cases"].values()]
    for name in REGISTERS:
        lines += [
            _changed(name, key, before[name].get(key, {}), row) for key, row in now[name].items()
        ]
    return sorted(line for line in lines if line)


def _place(kecamatan: str | None, desa: str | None = None) -> str:
    names = gazetteer()
    parts = [names.name(code) for code in (kecamatan, desa) if code]
    return "/".join(parts) or "?"


def _rest(row: Mapping[str, Any], *shown: str) -> str:
    told_apart = {"source_key", *shown}
    rest = {
        name: value
        for name, value in row.items()
        if name not in told_apart and value not in (None, "", "dilaporkan")
    }
    return "".join(f" {name}={value}" for name, value in rest.items())


def _visit(row: Mapping[str, Any]) -> str:
    place = _place(row["kecamatan_code"], row["village_code"])
    shown = ("visited_on", "village_code", "kecamatan_code", "outcome")
    return f"{row['visited_on']} {place} {row['outcome']}{_rest(row, *shown)}"


def _session(row: Mapping[str, Any], covered: list[str]) -> str:
    desa = ", ".join(
        gazetteer().name(code)
        if kecamatan_code_of(code) == row["kecamatan_code"]
        else _place(kecamatan_code_of(code), code)
        for code in covered
    )
    shown = ("held_on", "kecamatan_code", "male", "female")
    people = f"L{row['male']} P{row['female']}"
    rest = {name: value for name, value in row.items() if name != "tested" or value}
    return f"{row['held_on']} {_place(row['kecamatan_code'])}: {desa} {people}{_rest(rest, *shown)}"


def _case(row: Mapping[str, Any]) -> str:
    labels = {"is_tppo": "TPPO", "is_tppm": "TPPM", "is_pmi_np": "PMI"}
    groups = {"women": "P", "men": "L", "girls": "AP", "boys": "AL"}
    said = "+".join(word for name, word in labels.items() if row[name]) or "-"
    people = " ".join(f"{word}{row[name]}" for name, word in groups.items())
    place = _place(row["origin_kecamatan_code"], row["origin_village_code"])
    shown = ("reported_on", "origin_kecamatan_code", "origin_village_code", *labels, *groups)
    return f"{row['reported_on']} {place} {said} {people}{_rest(row, *shown)}"


def _changed(name: str, key: tuple[str, ...], before: Mapping[str, Any], row: Any) -> str:
    changes = {column: value for column, value in row.items() if value != before.get(column)}
    if not changes:
        return ""
    return f"{name} {' '.join(map(str, key))}{_rest(changes)}"
