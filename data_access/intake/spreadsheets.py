"""The process that takes foreign spreadsheets apart, with its hands tied.

Run as a script of its own: `python -I spreadsheets.py INPUT OUT_DIR`. It sets its limits
first, judges the container, then streams every sheet of an xlsx or ods into
`OUT_DIR/rows.jsonl`, one JSON value a line:

    {"sheet": name, "hidden": bool}      a sheet begins
    [number, value, ...]                 a row that holds something, from column A on
    {"merges": [[r1, c1, r2, c2], ...]}  merged ranges of the sheet, 1-based, inclusive
    {"end": kind}                        the last line; kind is "xlsx" or "ods"

A value is null, text, a number, a bool, {"d": ISO date}, {"t": ISO date and time} or
{"e": text of an error}. A refusal is `OUT_DIR/refusal.json` {"why", ...} with exit status
EXIT_REFUSED. Knows nothing of the rest of the project. Rows are kept sparse while they are
read, so that a lone cell in the last corner of a sheet costs nothing.
"""

from __future__ import annotations

import contextlib
import errno
import json
import math
import posixpath
import re
import resource
import sys
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TextIO
from xml.parsers import expat

MEGABYTE = 1024**2
# 100,000 rows of ten columns need some 60 MB here; the rest is room for odd files.
MEMORY_BYTES = 768 * MEGABYTE
CPU_SECONDS = 60
# The same rows are 12 MB of JSON.
OUTPUT_BYTES = 160 * MEGABYTE

MOST_ENTRIES = 5_000
MOST_UNPACKED = 512 * MEGABYTE
# Sheets pack 10 to 100 times; the format's own ceiling, met by bombs only, is 1032.
MOST_RATIO = 400
RATIO_MATTERS_FROM = 20 * MEGABYTE

# Small pieces make the parser start again and again on a value that never ends.
PIECE_BYTES = 256 * 1024

MOST_CELLS = 5_000_000
# A row costs as much memory as this many cells, however few it has.
LEAST_CELLS_A_ROW = 8
MOST_COLUMNS = 1_000
# What Excel itself allows in a cell.
MOST_CHARACTERS = 32_767
MOST_MERGES = 5_000
MOST_FORMULA_CHARACTERS = 60

EXIT_REFUSED = 3
EXIT_TOO_LARGE = 5

Value = Any  # what a cell becomes on its line, see above


class RefusedError(Exception):
    """The file is refused; `facts` are for the sentence the parent builds."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why)
        self.facts = {"why": why, **facts}


class _TooLong:
    """Stands in for a text that no cell may hold."""


TOO_LONG = _TooLong()


def main(source: Path, out_dir: Path) -> int:
    """Read one file; the exit status says how it went."""
    limit_resources()
    try:
        with (out_dir / "rows.jsonl").open("w", encoding="utf-8") as lines:
            read(source, lines)
    except RefusedError as refusal:
        (out_dir / "refusal.json").write_text(json.dumps(refusal.facts), encoding="utf-8")
        return EXIT_REFUSED
    except MemoryError:
        return EXIT_TOO_LARGE
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        return EXIT_TOO_LARGE
    return 0


def limit_resources() -> None:
    """Cap memory, processor time and the size of what is written; no core file."""
    for kind, amount in (
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (amount, amount))
    # The soft limit's signal says what happened; the hard one's looks like lack of memory.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    # macOS refuses a limit on address space; the others hold there too.
    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def read(source: Path, lines: TextIO) -> None:
    """Write the lines of a file.

    Raises:
        RefusedError: with the reason.
    """
    writer = Writer(lines)
    try:
        with zipfile.ZipFile(source) as archive:
            package = Package(archive)
            kind = package.kind()
            (read_xlsx if kind == "xlsx" else read_ods)(package, writer)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise RefusedError("broken") from error
    except (expat.ExpatError, LookupError, ValueError, OverflowError) as error:
        raise RefusedError("broken") from error
    writer.finish(kind)


# --- the container -----------------------------------------------------------------------


class Package:
    """The zip of a spreadsheet, judged before anything is unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise RefusedError("unsafe", reason=f"arsipnya berisi {len(entries)} berkas")
        self._entries = {entry.filename.replace("\\", "/").lower(): entry for entry in entries}
        for name, entry in self._entries.items():
            _judge_entry(name, entry)
        total = sum(entry.file_size for entry in entries)
        if total > MOST_UNPACKED:
            raise RefusedError("unsafe", reason=f"isinya mengembang menjadi {total // MEGABYTE} MB")

    def kind(self) -> str:
        """ "xlsx" or "ods".

        Raises:
            RefusedError: for macro files, protected files and anything that is neither.
        """
        if any(name.endswith("vbaproject.bin") for name in self._entries):
            raise RefusedError("macro")
        if "xl/workbook.bin" in self._entries:
            raise RefusedError("legacy", found="Excel biner (.xlsb)")
        if "[content_types].xml" in self._entries:
            return self._office_open_kind()
        if "content.xml" in self._entries:
            return self._open_document_kind()
        raise RefusedError("unknown", found="arsip zip tanpa lembar kerja")

    def _office_open_kind(self) -> str:
        kinds = self.small("[Content_Types].xml").lower()
        if b"macroenabled" in kinds:
            raise RefusedError("macro")
        for word, found in (
            (b"wordprocessingml.document.main", "dokumen Word"),
            (b"presentationml.presentation.main", "presentasi PowerPoint"),
        ):
            if word in kinds:
                raise RefusedError("unknown", found=found)
        return "xlsx"

    def _open_document_kind(self) -> str:
        if self.has("META-INF/manifest.xml") and (
            b"encryption-data" in self.small("META-INF/manifest.xml")
        ):
            raise RefusedError("password")
        kind = self.small("mimetype") if self.has("mimetype") else b""
        if kind and b"spreadsheet" not in kind:
            raise RefusedError("unknown", found="dokumen OpenDocument yang bukan lembar kerja")
        return "ods"

    def has(self, name: str) -> bool:
        return name.lower() in self._entries

    def small(self, name: str) -> bytes:
        """The first megabyte of an entry: enough for the lists at the front of a package."""
        with self._archive.open(self._entries[name.lower()]) as stream:
            return stream.read(MEGABYTE)

    def parse(self, name: str, handler: Handler) -> None:
        """Stream an XML entry through a handler.

        Raises:
            KeyError: if there is no such entry.
            expat.ExpatError: if it is not well-formed.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 65_536
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        # No spreadsheet declares entities; a file that does wants something else.
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._archive.open(self._entries[name.lower()]) as stream:
            while piece := stream.read(PIECE_BYTES):
                parser.Parse(piece)
        parser.Parse(b"", True)


def _judge_entry(name: str, entry: zipfile.ZipInfo) -> None:
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
        raise RefusedError("unsafe", reason="arsipnya menunjuk ke luar foldernya")
    if entry.flag_bits & 0x1:
        raise RefusedError("password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusedError("broken")
    if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MOST_RATIO * max(
        entry.compress_size, 1
    ):
        raise RefusedError("unsafe", reason="isinya mengembang ratusan kali lipat")


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("unsafe", reason="berisi deklarasi XML yang tidak dipakai lembar kerja")


class Handler(Protocol):
    """Receives the events of one XML entry."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...
    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class _LocalNames(dict[str, str]):
    """`x:row` -> `row`: some programs write every element with a prefix."""

    def __missing__(self, name: str) -> str:
        local = self[name] = name.rpartition(":")[2]
        return local


_LOCAL = _LocalNames()


def local_attributes(attributes: dict[str, str]) -> dict[str, str]:
    return {_LOCAL[name]: value for name, value in attributes.items()}


class Collected:
    """Text put together from pieces, up to what a cell may hold."""

    __slots__ = ("is_too_long", "length", "pieces")

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.is_too_long = False

    def add(self, data: str) -> None:
        self.length += len(data)
        if self.length > MOST_CHARACTERS:
            self.is_too_long = True
            self.pieces.clear()
        else:
            self.pieces.append(data)

    def result(self) -> str | _TooLong:
        return TOO_LONG if self.is_too_long else "".join(self.pieces)


class Writer:
    """Writes the lines; counts what may not grow without end."""

    def __init__(self, lines: TextIO) -> None:
        self._lines = lines
        self._sheet = ""
        self._number = 0
        self._cells = 0
        self._merges: list[tuple[int, int, int, int]] = []

    def begin(self, sheet: str, *, hidden: bool) -> None:
        self._sheet, self._number, self._merges = sheet, 0, []
        self._line({"sheet": sheet, "hidden": hidden})

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        is_one_cell = first_row == last_row and first_column == last_column
        if not is_one_cell and len(self._merges) < MOST_MERGES:
            self._merges.append((first_row, first_column, last_row, last_column))

    def row(self, number: int, cells: dict[int, Value]) -> None:
        """Write a row from its cells by 0-based column; empty rows leave no line.

        Raises:
            RefusedError: for a text, a row or a file beyond the limits.
        """
        if number <= self._number:
            raise RefusedError("broken")
        self._number = number
        filled = {column: value for column, value in cells.items() if not _is_blank(value)}
        if not filled:
            return
        width = max(filled) + 1
        if width > MOST_COLUMNS:
            raise RefusedError("columns", sheet=self._sheet, row=number)
        if TOO_LONG in filled.values():
            raise RefusedError("cell", sheet=self._sheet, row=number)
        self._cells += max(width, LEAST_CELLS_A_ROW)
        if self._cells > MOST_CELLS:
            raise RefusedError("cells", sheet=self._sheet)
        self._line([number, *(filled.get(column) for column in range(width))])

    def end(self) -> None:
        self._line({"merges": self._merges})

    def finish(self, kind: str) -> None:
        self._line({"end": kind})

    def _line(self, content: object) -> None:
        self._lines.write(_encode(content) + "\n")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def number_value(text: str) -> Value:
    """A number as it stands in a file; whole numbers become int, NaN and Inf an error."""
    number = float(text)
    if not math.isfinite(number):
        return {"e": text[:MOST_FORMULA_CHARACTERS]}
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def moment_value(moment: datetime) -> Value:
    if moment.hour or moment.minute or moment.second:
        return {"t": moment.isoformat(timespec="seconds")}
    return {"d": moment.date().isoformat()}


def error_value(text: str) -> Value:
    return {"e": text[:MOST_FORMULA_CHARACTERS]}


# --- xlsx --------------------------------------------------------------------------------


def read_xlsx(package: Package, writer: Writer) -> None:
    """Write every worksheet in the workbook's order."""
    targets = Relations()
    package.parse("_rels/.rels", targets)
    workbook_part = targets.by_kind.get("officeDocument", "xl/workbook.xml").lstrip("/")
    folder, file_name = posixpath.split(workbook_part)
    workbook, relations = Workbook(), Relations()
    package.parse(workbook_part, workbook)
    package.parse(f"{folder}/_rels/{file_name}.rels".lstrip("/"), relations)
    strings, styles = SharedStrings(), Styles()
    sides: dict[str, Handler] = {"sharedStrings": strings, "styles": styles}
    for kind, handler in sides.items():
        part = _part(folder, relations.by_kind.get(kind, ""))
        if package.has(part):
            package.parse(part, handler)
    for name, is_hidden, relation in workbook.sheets:
        kind, target = relations.by_id[relation]
        if kind == "worksheet":
            writer.begin(name, hidden=is_hidden)
            reader = Worksheet(writer, strings.texts, styles.kinds, workbook.is_1904)
            package.parse(_part(folder, target), reader)
            writer.end()


def _part(folder: str, target: str) -> str:
    """Name of the entry a relation points to."""
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))


class Relations:
    """What the parts of a package are called: `by_id` -> (kind, target), `by_kind` -> target."""

    def __init__(self) -> None:
        self.by_id: dict[str, tuple[str, str]] = {}
        self.by_kind: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _LOCAL[name] == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.by_id[attributes["Id"]] = (kind, attributes["Target"])
            self.by_kind.setdefault(kind, attributes["Target"])

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class Workbook:
    """The list of sheets (name, is hidden, relation) and the date system."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _LOCAL[name]
        if element == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")
        elif element == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes["name"], is_hidden, relation))

    def end(self, name: str) -> None: ...
    def text(self, data: str) -> None: ...


class SharedStrings:
    """The texts that cells point to by number; phonetic guides are no part of a text."""

    def __init__(self) -> None:
        self.texts: list[str | _TooLong] = []
        self._collected = Collected()
        self._is_text = False
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        element = _LOCAL[name]
        if element == "si":
            self._collected.clear()
        elif element == "rPh":
            self._is_phonetic = True
        elif element == "t":
            self._is_text = not self._is_phonetic

    def end(self, name: str) -> None:
        element = _LOCAL[name]
        if element == "t":
            self._is_text = False
        elif element == "rPh":
            self._is_phonetic = False
        elif element == "si":
            text = self._collected.result()
            self.texts.append(_unescaped(text) if isinstance(text, str) else text)

    def text(self, data: str) -> None:
        if self._is_text:
            self._collected.add(data)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """`_x000D_` and its like; what would be no character of a text stays as written."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    if code in (0x9, 0xA, 0xD) or (0x20 <= code < 0xD800) or (0xE000 <= code < 0xFFFE):
        return chr(code)
    return match[0]


# Formats that every program knows by number alone.
_BUILTIN_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_BUILTIN_TIMES = {18, 19, 20, 21, 45, 47}
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


class Styles:
    """For every cell style: "date", "time" or "" (a plain number)."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self._formats: dict[int, str] = {}
        self._is_cell_formats = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _LOCAL[name]
        if element == "numFmt":
            number = int(attributes.get("numFmtId", "0"))
            self._formats[number] = format_kind(attributes.get("formatCode", ""))
        elif element == "cellXfs":
            self._is_cell_formats = True
        elif element == "xf" and self._is_cell_formats:
            self.kinds.append(self._kind(int(attributes.get("numFmtId", "0"))))

    def _kind(self, number: int) -> str:
        if number in self._formats:
            return self._formats[number]
        if number in _BUILTIN_DATES:
            return "date"
        return "time" if number in _BUILTIN_TIMES else ""

    def end(self, name: str) -> None:
        if _LOCAL[name] == "cellXfs":
            self._is_cell_formats = False

    def text(self, data: str) -> None: ...


def format_kind(code: str) -> str:
    """ "date", "time" or "" from a number format such as `[$-421]dd mmmm yyyy`."""
    if _ELAPSED.search(code):
        return ""
    letters = _NOT_FORMAT.sub("", code).partition(";")[0].lower()
    if letters in ("general", "standard", "@"):
        return ""
    if re.search("[yd]", letters) or ("m" in letters and not re.search("[hs]", letters)):
        return "date"
    return "time" if re.search("[hs]", letters) else ""


class Worksheet:
    """One worksheet: rows as they stand, errors and formulas without a result included."""

    def __init__(
        self, writer: Writer, strings: list[str | _TooLong], styles: list[str], is_1904: bool
    ) -> None:
        self._writer = writer
        self._strings = strings
        self._styles = styles
        self._is_1904 = is_1904
        self._columns: dict[str, int] = {}
        self._row = 0
        self._cells: dict[int, Value] = {}
        self._column = -1
        self._type = "n"
        self._style = 0
        self._value = Collected()
        self._formula = Collected()
        self._has_formula = False
        self._target: Collected | None = None
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _LOCAL[name]
        if element == "c":
            self._begin_cell(attributes)
        elif element == "v" or (element == "t" and not self._is_phonetic):
            self._target = self._value
        elif element == "f":
            self._has_formula = True
            self._target = self._formula
        elif element == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._cells, self._column = {}, -1
        elif element == "rPh":
            self._is_phonetic = True
        elif element == "mergeCell":
            self._writer.merge(*_range(attributes["ref"]))

    def end(self, name: str) -> None:
        element = _LOCAL[name]
        if element in ("v", "t", "f"):
            self._target = None
        elif element == "c":
            self._cells[self._column] = self._cell()
        elif element == "row":
            self._writer.row(self._row, self._cells)
        elif element == "rPh":
            self._is_phonetic = False

    def text(self, data: str) -> None:
        if self._target is not None:
            self._target.add(data)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            if letters not in self._columns:
                self._columns[letters] = column_number(letters) - 1
            self._column = self._columns[letters]
        self._type = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._value.clear()
        self._formula.clear()
        self._has_formula = False

    def _cell(self) -> Value:
        text = self._value.result()
        if isinstance(text, _TooLong):
            return text
        if text == "":
            return self._formula_without_result()
        if self._type == "s":
            return self._strings[int(text)]
        if self._type in ("str", "inlineStr"):
            return _unescaped(text)
        if self._type == "e":
            return error_value(text)
        if self._type == "b":
            return text.strip() in ("1", "true")
        if self._type == "d":
            return moment_value(datetime.fromisoformat(text).replace(tzinfo=None))
        return self._number(text)

    def _formula_without_result(self) -> Value:
        # A formula whose result is empty text says so by its type.
        if not self._has_formula or self._type in ("str", "inlineStr"):
            return None
        formula = self._formula.result()
        return error_value("=" + (formula if isinstance(formula, str) else "…"))

    def _number(self, text: str) -> Value:
        value = number_value(text)
        kind = self._styles[self._style] if self._style < len(self._styles) else ""
        if not kind or isinstance(value, dict) or not 0 <= value < _LAST_SERIAL:
            return value
        moment = serial_moment(value, is_1904=self._is_1904)
        if kind == "time" and value < 1:
            return moment.strftime("%H:%M")
        return moment_value(moment)


# 31 December 9999 as Excel counts days.
_LAST_SERIAL = 2_958_466
_DAY_SECONDS = 86_400


def serial_moment(serial: float, *, is_1904: bool) -> datetime:
    """Day number -> moment, to the second, with Excel's imaginary 29 February 1900."""
    start = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)
    # Years past 9999 overflow here under the 1904 system: the file is then damaged.
    return start + timedelta(seconds=round(serial * _DAY_SECONDS))


def column_number(letters: str) -> int:
    """ "A" -> 1, "XFD" -> 16384.

    Raises:
        ValueError: if these are no letters of a column.
    """
    if not 1 <= len(letters) <= 3:
        raise ValueError("not a column")
    number = 0
    for letter in letters.upper():
        place = ord(letter) - 64
        if not 1 <= place <= 26:
            raise ValueError("not a column")
        number = number * 26 + place
    return number


_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def _range(reference: str) -> tuple[int, int, int, int]:
    found = _CELL.findall(reference)
    if not found:
        raise ValueError("not a range")
    (first_letters, first_row), (last_letters, last_row) = found[0], found[-1]
    return int(first_row), column_number(first_letters), int(last_row), column_number(last_letters)


# --- ods ---------------------------------------------------------------------------------


def read_ods(package: Package, writer: Writer) -> None:
    """Write every table of an OpenDocument spreadsheet."""
    package.parse("content.xml", OpenDocument(writer))


class OpenDocument:
    """The tables of `content.xml`; repeats are followed only where they hold something."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0  # tables within tables, for a table inside a cell
        self._row = 0
        self._row_repeats = 1
        self._cells: dict[int, Value] | None = None
        self._column = 0
        self._attributes: dict[str, str] = {}
        self._is_cell = False
        self._text = Collected()
        self._paragraphs = 0
        self._in_paragraph = 0
        self._in_annotation = 0
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            "table": self._start_table,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "p": self._start_paragraph,
            "annotation": self._start_annotation,
            "s": self._spaces,
            "style": self._start_style,
            "table-properties": self._table_properties,
        }
        self._ends: dict[str, Callable[[], None]] = {
            "table": self._end_table,
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_covered,
            "p": self._end_paragraph,
            "annotation": self._end_annotation,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = _LOCAL[name]
        handler = self._starts.get(element)
        if handler is not None:
            handler(local_attributes(attributes))
        elif element in ("tab", "line-break"):
            self.text("\t" if element == "tab" else "\n")

    def end(self, name: str) -> None:
        handler = self._ends.get(_LOCAL[name])
        if handler is not None:
            handler()

    def text(self, data: str) -> None:
        if self._in_paragraph and self._is_cell and not self._in_annotation:
            self._text.add(data)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("name", "")

    def _table_properties(self, attributes: dict[str, str]) -> None:
        if attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            is_hidden = attributes.get("style-name", "") in self._hidden_styles
            self._writer.begin(attributes.get("name", ""), hidden=is_hidden)
            self._row = 0

    def _end_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._writer.end()

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            self._row_repeats = _repeats(attributes, "number-rows-repeated")
            self._cells, self._column = {}, 0

    def _end_row(self) -> None:
        if self._depth != 1 or self._cells is None:
            return
        if any(not _is_blank(value) for value in self._cells.values()):
            for number in range(self._row + 1, self._row + self._row_repeats + 1):
                self._writer.row(number, self._cells)
        self._row += self._row_repeats
        self._cells = None

    def _start_cell(self, attributes: dict[str, str]) -> None:
        if self._depth == 1 and self._cells is not None:
            self._attributes, self._is_cell = attributes, True
            self._text.clear()
            self._paragraphs = 0

    def _end_covered(self) -> None:
        """What a merged cell hides does not count; its place does."""
        if self._depth == 1 and self._is_cell:
            self._is_cell = False
            self._column += _repeats(self._attributes, "number-columns-repeated")

    def _end_cell(self) -> None:
        if self._depth != 1 or not self._is_cell or self._cells is None:
            return
        self._is_cell = False
        repeats = _repeats(self._attributes, "number-columns-repeated")
        value = self._value()
        if not _is_blank(value):
            # One past the limit is enough for the writer to refuse the row.
            last = min(self._column + repeats, MOST_COLUMNS + 1)
            for column in range(self._column, max(last, self._column + 1)):
                self._cells[column] = value
        self._note_merge()
        self._column += repeats

    def _note_merge(self) -> None:
        rows = _repeats(self._attributes, "number-rows-spanned")
        columns = _repeats(self._attributes, "number-columns-spanned")
        row, column = self._row + 1, self._column + 1
        self._writer.merge(row, column, row + rows - 1, column + columns - 1)

    def _start_paragraph(self, _: dict[str, str]) -> None:
        if self._is_cell and not self._in_annotation and not self._in_paragraph:
            if self._paragraphs:
                self._text.add("\n")
            self._paragraphs += 1
        self._in_paragraph += 1

    def _end_paragraph(self) -> None:
        self._in_paragraph -= 1

    def _start_annotation(self, _: dict[str, str]) -> None:
        self._in_annotation += 1

    def _end_annotation(self) -> None:
        self._in_annotation -= 1

    def _spaces(self, attributes: dict[str, str]) -> None:
        self.text(" " * min(_repeats(attributes, "c"), MOST_CHARACTERS + 1))

    def _value(self) -> Value:
        text = self._text.result()
        if isinstance(text, _TooLong):
            return text
        attributes = self._attributes
        # `office:value-type` and `calcext:value-type` share a local name; "error" is the latter.
        kind = attributes.get("value-type", "")
        if kind == "error" or (attributes.get("formula") and text.startswith(("#", "Err:"))):
            return error_value(text)
        if not kind:
            formula = attributes.get("formula", "")
            return error_value(formula.removeprefix("of:")) if formula else text
        return self._typed(kind, text)

    def _typed(self, kind: str, text: str) -> Value:
        attributes = self._attributes
        if kind in ("float", "percentage", "currency"):
            return number_value(attributes["value"])
        if kind == "date":
            moment = datetime.fromisoformat(attributes["date-value"])
            return moment_value(moment.replace(tzinfo=None, microsecond=0))
        if kind == "boolean":
            return attributes.get("boolean-value") == "true"
        return text or attributes.get("string-value", "")


def _repeats(attributes: dict[str, str], name: str) -> int:
    number = int(attributes.get(name, "1"))
    if number < 1:
        raise ValueError("no such repeat")
    return number


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
