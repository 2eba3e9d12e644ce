"""What a worker answers: the shape of a file, what its rows gave, or why it is refused.

Owns the lines of `answer.jsonl`. The first is the answer; after a check the records follow, sheet
by sheet, one a line: they are most of what is written, and their names stand once for all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

from data_access.errors import DataError, UnknownTableError
from data_access.intake.files import errors as file_errors
from data_access.intake.forms.registry import FORMS
from data_access.intake.limited.crossing import NotExpectedError, decode, encode
from data_access.intake.model import Parsed, Record, Sheet, SourceFile
from data_access.intake.questions import Answers
from data_access.intake.steps import ProposedSheet, Understood
from data_access.intake.writing.preview import Checked
from data_access.intake.writing.profiles import ProfileMismatchError, UnknownProfileError
from data_access.schema import metadata

_REFUSALS: Mapping[str, type[DataError]] = {
    kind.__name__: kind
    for kind in (
        *(
            held
            for held in vars(file_errors).values()
            if isinstance(held, type) and issubclass(held, file_errors.SourceFileError)
        ),
        ProfileMismatchError,
        UnknownProfileError,
        UnknownTableError,
    )
}


@dataclass(frozen=True)
class Shape:
    """What of a file that was read goes back: all but its rows."""

    source: SourceFile
    sheets: tuple[ProposedSheet, ...]
    answers: Answers
    notes: tuple[str, ...]


def shape_of(understood: Understood) -> Shape:
    """Leave the rows of a file behind."""
    source = replace(understood.source, sheets=tuple(map(_bare, understood.source.sheets)))
    sheets = tuple(replace(one, sheet=_bare(one.sheet)) for one in understood.sheets)
    return Shape(source, sheets, understood.answers, understood.notes)


def _bare(sheet: Sheet) -> Sheet:
    return replace(sheet, rows=(), merges=())


# --- writing ---------------------------------------------------------------------------------


def write_answer(path: Path, kind: str, found: object) -> None:
    """Write what a task found, the records of a check apart."""
    with path.open("w", encoding="utf-8") as lines:
        if isinstance(found, DataError):
            _write(lines, {"refused": type(found).__name__, "facts": encode(found)})
            return
        if not isinstance(found, Checked):
            _write(lines, {kind: encode(found)})
            return
        bare = (replace(one, parsed=replace(one.parsed, records=())) for one in found.sheets)
        source = replace(found.source, sheets=tuple(map(_bare, found.source.sheets)))
        _write(lines, {kind: encode(replace(found, source=source, sheets=tuple(bare)))})
        for one in found.sheets:
            _write_records(lines, one.parsed)


def _write_records(lines: TextIO, parsed: Parsed) -> None:
    names = _columns(parsed.table)
    sheet = parsed.records[0].sheet if parsed.records else ""
    _write(lines, [len(parsed.records), sheet])
    for one in parsed.records:
        _write(lines, [one.key, one.row, one.villages, *(one.values[name] for name in names)])


def _write(lines: TextIO, content: object) -> None:
    lines.write(_to_json(content) + "\n")


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# --- reading ---------------------------------------------------------------------------------


def read_answer(path: Path, kind: str, expected: type) -> Any:
    """Read what a worker wrote.

    Raises:
        DataError: why the file is refused.
        NotExpectedError: if it is no whole answer.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            return _read(lines, kind, expected)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise NotExpectedError from error


def _read(lines: TextIO, kind: str, expected: type) -> Any:
    first = json.loads(next(lines, "null"))
    if not isinstance(first, dict):
        raise NotExpectedError
    if "refused" in first:
        raise decode(_REFUSALS[first["refused"]], first["facts"])
    found = decode(expected, first[kind])
    if not isinstance(found, Checked):
        return found
    sheets = tuple(
        replace(one, parsed=_with_records(one.parsed, found.source.name, lines))
        for one in found.sheets
    )
    return replace(found, sheets=sheets)


def _with_records(parsed: Parsed, file: str, lines: TextIO) -> Parsed:
    count, sheet = json.loads(next(lines, "null"))
    if parsed.table not in FORMS or not isinstance(count, int) or not isinstance(sheet, str):
        raise NotExpectedError
    return replace(parsed, records=tuple(_records(parsed.table, file, sheet, count, lines)))


def _records(table: str, file: str, sheet: str, count: int, lines: TextIO) -> Iterator[Record]:
    names = _columns(table)
    # Most texts of a table come again and again: keep one of each.
    known: dict[str, str] = {}
    for _ in range(count):
        key, row, villages, *values = json.loads(next(lines, "null"))
        if not isinstance(key, str) or type(row) is not int or len(values) != len(names):
            raise NotExpectedError
        held = {
            name: known.setdefault(value, value) if isinstance(value, str) else _scalar(value)
            for name, value in zip(names, values, strict=True)
        }
        yield Record(table, key, held, decode(tuple[str, ...], villages), file, sheet, row)


def _scalar(value: Any) -> Any:
    if isinstance(value, list | dict):
        raise NotExpectedError
    return value


def _columns(table: str) -> tuple[str, ...]:
    return tuple(column.name for column in metadata.tables[table].columns)
