"""Excel workbooks (Office Open XML), streamed sheet by sheet."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, timedelta

from data_access.intake.files.spreadsheets.lines import (
    NO_DAY,
    Value,
    Writer,
    error_value,
    moment_value,
    number_value,
    percent_value,
)
from data_access.intake.files.spreadsheets.package import (
    LOCAL,
    Collected,
    Handler,
    Package,
    TooLong,
)


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
            writer.begin(name, hidden=is_hidden, is_1904=workbook.is_1904)
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
        if LOCAL[name] == "Relationship":
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
        element = LOCAL[name]
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
        self.texts: list[str | TooLong] = []
        self._collected = Collected()
        self._is_text = False
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        element = LOCAL[name]
        if element == "si":
            self._collected.clear()
        elif element == "rPh":
            self._is_phonetic = True
        elif element == "t":
            self._is_text = not self._is_phonetic

    def end(self, name: str) -> None:
        element = LOCAL[name]
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
_BUILTIN_PERCENTS = {9, 10}
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


class Styles:
    """For every cell style: "date", "time", "percent" or "" (a plain number)."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self._formats: dict[int, str] = {}
        self._is_cell_formats = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        element = LOCAL[name]
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
        if number in _BUILTIN_PERCENTS:
            return "percent"
        return "time" if number in _BUILTIN_TIMES else ""

    def end(self, name: str) -> None:
        if LOCAL[name] == "cellXfs":
            self._is_cell_formats = False

    def text(self, data: str) -> None: ...


def format_kind(code: str) -> str:
    """ "date", "time", "percent" or "" from a number format such as `[$-421]dd mmmm yyyy`."""
    if _ELAPSED.search(code):
        return ""
    letters = _NOT_FORMAT.sub("", code).partition(";")[0].lower()
    if letters in ("general", "standard", "@"):
        return ""
    if "%" in letters:
        return "percent"
    if re.search("[yd]", letters) or ("m" in letters and not re.search("[hs]", letters)):
        return "date"
    return "time" if re.search("[hs]", letters) else ""


class Worksheet:
    """One worksheet: rows as they stand, errors and formulas without a result included."""

    def __init__(
        self, writer: Writer, strings: list[str | TooLong], styles: list[str], is_1904: bool
    ) -> None:
        self._writer = writer
        self._strings = strings
        self._styles = styles
        self._is_1904 = is_1904
        self._columns: dict[str, int] = {}
        self._row = 0
        self._is_hidden = False
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
        element = LOCAL[name]
        if element == "c":
            self._begin_cell(attributes)
        elif element == "v" or (element == "t" and not self._is_phonetic):
            self._target = self._value
        elif element == "f":
            self._has_formula = True
            self._target = self._formula
        elif element == "row":
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._is_hidden = _is_hidden(attributes, "ht")
            self._cells, self._column = {}, -1
        elif element == "col" and _is_hidden(attributes, "width"):
            self._writer.hide_columns(int(attributes["min"]), int(attributes["max"]))
        elif element == "rPh":
            self._is_phonetic = True
        elif element == "mergeCell":
            self._writer.merge(*_range(attributes["ref"]))

    def end(self, name: str) -> None:
        element = LOCAL[name]
        if element in ("v", "t", "f"):
            self._target = None
        elif element == "c":
            self._cells[self._column] = self._cell()
        elif element == "row":
            self._writer.row(self._row, self._cells, hidden=self._is_hidden)
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
        if isinstance(text, TooLong):
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
        if not kind or isinstance(value, dict):
            return value
        if kind == "percent":
            return percent_value(value)
        if not 0 <= value < _LAST_SERIAL:
            return value
        if kind == "date" and value == 0:
            return NO_DAY
        moment = serial_moment(value, is_1904=self._is_1904)
        if kind == "time" and value < 1:
            return moment.strftime("%H:%M")
        return moment_value(moment)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) == "0"


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
