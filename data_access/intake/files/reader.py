"""From a file as an officer hands it over to sheets with a header and rows.

Owns which kind of file it is, by its content and never by its name, and the process in which
spreadsheets are taken apart. Whatever the bytes are, the answer is a `SourceFile` or a
`SourceFileError` with a sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from data_access.intake.files.border import cleaned
from data_access.intake.files.errors import (
    CellTooLargeError,
    FormatLegacyError,
    FormatUnknownError,
    MacroRefusedError,
    PasswordProtectedError,
    ReaderStoppedError,
    SourceBrokenError,
    SourceEmptyError,
    SourceFileError,
    SourceMissingError,
    SourceNotAFileError,
    SourceTooLargeError,
    SourceUnreadableError,
    SourceUnsafeError,
    TooManyCellsError,
    TooManyColumnsError,
    TooManyRowsError,
    WebPageRefusedError,
)
from data_access.intake.files.grid import Merge, RawSheet
from data_access.intake.files.header import HEADER_WORDS
from data_access.intake.files.sheets import find_tables
from data_access.intake.files.spreadsheets import START, limits
from data_access.intake.files.text_files import RowsRead, read_text, tell_nobody
from data_access.intake.model import CellError, CellValue, SheetRow, SourceFile
from data_access.intake.signs import clean_text
from geo.errors import os_reason
from geo.scratch import scratch_folder

# A year of the whole programme is a few megabytes.
MOST_BYTES = 64 * 1024**2
# The child's own limit is on processor time; this one is for a machine that is busy or stuck.
TIMEOUT_SECONDS = 24

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Excel 2 to 4 wrote their records without a container.
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
_FOREIGN = (
    (b"%PDF", "dokumen PDF"),
    (b"\x89PNG", "gambar"),
    (b"\xff\xd8\xff", "gambar"),
    (b"GIF8", "gambar"),
    (b"{\\rtf", "dokumen RTF"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7z"),
    (b"SQLite format 3", "basis data SQLite"),
    (b"PAR1", "berkas Parquet"),
)
_HEAD_BYTES = 4096
# Seconds between two looks at how far the reading is.
_LOOK_SECONDS = 0.25
# Where the child finds its code.
_ROOT = Path(__file__).parents[3]


def read_file(
    source: Path | bytes,
    name: str = "",
    words: Collection[str] = HEADER_WORDS,
    progress: RowsRead = tell_nobody,
) -> SourceFile:
    """Read an xlsx, ods, csv or tsv.

    Args:
        source: the file, or its bytes.
        name: what people call the file; a path's own name if left out.
        words: lower-case words by which a header row is recognised.
        progress: called with the number of rows read so far; how many there are is not known.

    Raises:
        SourceFileError: one of its subclasses, with the file, the fault and the remedy.
    """
    called = file_name(name or (source.name if isinstance(source, Path) else ""))
    data = _bytes_of(source, called)
    _refuse_foreign(data, called)
    if data.startswith(_ZIP):
        kind, raws = _read_spreadsheet(data, called, progress)
        notes: tuple[str, ...] = ()
    else:
        table = read_text(data, called, words, progress)
        kind, raws, notes = table.kind, [table.sheet], table.notes
    raws, cleaning = cleaned(raws)
    sheets, more = find_tables(called, raws, words)
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(called, digest, kind, sheets, (*notes, *cleaning, *more))


def file_name(written: str) -> str:
    """Return what people read as a file's name: no folder, and nothing that is no text."""
    return clean_text(Path(written).name) or "tanpa nama"


# --- the bytes ---------------------------------------------------------------------------


def _bytes_of(source: Path | bytes, name: str) -> bytes:
    data = _content(source, name) if isinstance(source, Path) else source
    if len(data) > MOST_BYTES:
        raise SourceTooLargeError(name, len(data), MOST_BYTES)
    if not data.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise SourceEmptyError(name)
    return data


def _content(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceNotAFileError(name)
        if size > MOST_BYTES:
            raise SourceTooLargeError(name, size, MOST_BYTES)
        return path.read_bytes()
    except (FileNotFoundError, ValueError) as error:
        # ValueError: a NUL in the name.
        raise SourceMissingError(name) from error
    except OSError as error:
        raise SourceUnreadableError(name, os_reason(error)) from error


def _refuse_foreign(data: bytes, name: str) -> None:
    """Refuse what is known not to be a table this program reads."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise PasswordProtectedError(name)
        raise FormatLegacyError(name, "Excel lama (.xls)")
    if data.startswith(_OLD_EXCEL):
        raise FormatLegacyError(name, "Excel lama (.xls)")
    for start, found in _FOREIGN:
        if data.startswith(start):
            raise FormatUnknownError(name, found)
    # Without NULs UTF-16 reads like plain text.
    head = data[:_HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith(b"<"):
        _refuse_markup(head, name)


def _refuse_markup(head: bytes, name: str) -> None:
    if b"schemas-microsoft-com:office:spreadsheet" in head:
        raise FormatLegacyError(name, "XML Spreadsheet 2003")
    if b"office:document" in head:
        raise FormatLegacyError(name, "OpenDocument datar (.fods)")
    if any(tag in head for tag in (b"<html", b"<!doctype html", b"<table", b"<body", b"<meta")):
        raise WebPageRefusedError(name)
    raise FormatUnknownError(name, "XML")


# --- the process that reads spreadsheets -------------------------------------------------


def _read_spreadsheet(data: bytes, name: str, progress: RowsRead) -> tuple[str, list[RawSheet]]:
    with _workplace(data) as (source, out_dir):
        code = _run(source, out_dir, name, progress)
        _judge(code, out_dir, name)
        try:
            with (out_dir / "rows.jsonl").open(encoding="utf-8") as lines:
                return _sheets(lines)
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise SourceBrokenError(name, "lembar kerja") from error


@contextmanager
def _workplace(data: bytes) -> Iterator[tuple[Path, Path]]:
    """A fresh folder with a copy of the file and a place for what is read from it."""
    with scratch_folder() as folder:
        source, out_dir = folder / "source", folder / "out"
        source.write_bytes(data)
        out_dir.mkdir()
        yield source, out_dir


def _run(source: Path, out_dir: Path, name: str, progress: RowsRead) -> int:
    deadline = time.monotonic() + TIMEOUT_SECONDS
    counter = _RowCounter(out_dir / "rows.jsonl")
    with subprocess.Popen(
        [sys.executable, "-I", "-c", START, _ROOT, source, out_dir],
        # Nothing of ours: no configuration, no secret, no search path of modules.
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        cwd=out_dir,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            while (left := deadline - time.monotonic()) > 0:
                try:
                    return child.wait(min(left, _LOOK_SECONDS))
                except subprocess.TimeoutExpired:
                    progress(counter.rows())
            raise ReaderStoppedError(name, "terlalu lama")
        finally:
            child.kill()


class _RowCounter:
    """Counts the rows that the child has written so far: one a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = 0
        self._rows = 0

    def rows(self) -> int:
        if self._path.exists():
            with self._path.open("rb") as lines:
                lines.seek(self._seen)
                written = lines.read()
            self._seen += len(written)
            self._rows += written.count(b"\n")
        return self._rows


def _judge(code: int, out_dir: Path, name: str) -> None:
    if code == 0:
        return
    if code == limits.EXIT_REFUSED:
        facts = json.loads((out_dir / "refusal.json").read_text(encoding="utf-8"))
        raise _refusal(facts, name)
    if code == -signal.SIGXCPU:
        raise ReaderStoppedError(name, "terlalu lama")
    if code in (-signal.SIGXFSZ, -signal.SIGKILL, limits.EXIT_TOO_LARGE):
        raise ReaderStoppedError(name, "isinya terlalu besar untuk memori")
    raise SourceBrokenError(name, "lembar kerja")


def _refusal(facts: Mapping[str, Any], name: str) -> SourceFileError:
    """The sentence for what the child found."""
    sheet, row = str(facts.get("sheet", "")), int(facts.get("row", 0))
    refusals: dict[str, SourceFileError] = {
        "macro": MacroRefusedError(name),
        "password": PasswordProtectedError(name),
        "legacy": FormatLegacyError(name, str(facts.get("found"))),
        "unknown": FormatUnknownError(name, str(facts.get("found"))),
        "unsafe": SourceUnsafeError(name, str(facts.get("reason"))),
        "columns": TooManyColumnsError(name, sheet, row, limits.MOST_COLUMNS),
        "cell": CellTooLargeError(name, sheet, row, limits.MOST_CHARACTERS),
        "cells": TooManyCellsError(name, sheet, limits.MOST_CELLS),
        "rows": TooManyRowsError(name, int(facts.get("count", 0)), limits.MOST_ROWS),
    }
    return refusals.get(str(facts["why"]), SourceBrokenError(name, "lembar kerja"))


def _sheets(lines: TextIO) -> tuple[str, list[RawSheet]]:
    """What the child wrote, see `spreadsheets`; ValueError where it stopped half-way."""
    sheets: list[RawSheet] = []
    begun: dict[str, Any] = {}
    rows: list[SheetRow] = []
    # Most texts of a table come again and again: keep one of each.
    known: dict[str, str] = {}
    for line in lines:
        content = json.loads(line)
        if isinstance(content, list):
            rows.append(SheetRow(content[0], tuple(_value(v, known) for v in content[1:])))
        elif "sheet" in content:
            begun, rows = content, []
        elif "merges" in content:
            sheets.append(_sheet(begun, rows, content))
        else:
            return content["end"], sheets
    raise ValueError("no last line")


def _sheet(begun: Mapping[str, Any], rows: list[SheetRow], ended: Mapping[str, Any]) -> RawSheet:
    merges: list[Merge] = [(a, b, c, d) for a, b, c, d in ended["merges"]]
    return RawSheet(
        begun["sheet"],
        tuple(rows),
        tuple(merges),
        is_hidden=begun["hidden"],
        hidden_rows=frozenset(ended["rows"]),
        hidden_columns=tuple((first, last) for first, last in ended["columns"]),
        is_1904=begun["is_1904"],
    )


def _value(content: Any, known: dict[str, str]) -> CellValue:
    if isinstance(content, str):
        return known.setdefault(content, content)
    if not isinstance(content, dict):
        return content  # type: ignore[no-any-return]  # null, number or bool
    if "d" in content:
        return date.fromisoformat(content["d"])
    if "t" in content:
        return datetime.fromisoformat(content["t"])
    return CellError(content["e"])
