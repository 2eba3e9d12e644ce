"""OpenDocument spreadsheets, streamed table by table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from data_access.intake.files.spreadsheets.limits import (
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_KEPT_ROWS,
    RefusedError,
)
from data_access.intake.files.spreadsheets.lines import (
    Value,
    Writer,
    _is_blank,
    error_value,
    moment_value,
    number_value,
    percent_value,
)
from data_access.intake.files.spreadsheets.package import (
    LOCAL,
    Collected,
    Package,
    TooLong,
    local_attributes,
)


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
        self._is_row_hidden = False
        self._is_1904 = False
        self._place = 0  # columns declared so far
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
            "table-column": self._start_column,
            "table-row": self._start_row,
            "null-date": self._null_date,
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
        element = LOCAL[name]
        handler = self._starts.get(element)
        if handler is not None:
            handler(local_attributes(attributes))
        elif element in ("tab", "line-break"):
            self.text("\t" if element == "tab" else "\n")

    def end(self, name: str) -> None:
        handler = self._ends.get(LOCAL[name])
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
            name = attributes.get("name", "")
            self._writer.begin(name, hidden=is_hidden, is_1904=self._is_1904)
            self._row = self._place = 0

    def _null_date(self, attributes: dict[str, str]) -> None:
        self._is_1904 = attributes.get("date-value", "").startswith("1904")

    def _start_column(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            first = self._place + 1
            self._place += _repeats(attributes, "number-columns-repeated")
            if _is_hidden(attributes):
                self._writer.hide_columns(first, self._place)

    def _end_table(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._writer.end()

    def _start_row(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            self._row_repeats = _repeats(attributes, "number-rows-repeated")
            self._is_row_hidden = _is_hidden(attributes)
            self._cells, self._column = {}, 0

    def _end_row(self) -> None:
        if self._depth != 1 or self._cells is None:
            return
        if any(not _is_blank(value) for value in self._cells.values()):
            if self._row_repeats > MOST_KEPT_ROWS:
                # Not even counted: no sheet has as many rows as a repeat may claim.
                raise RefusedError("cells", sheet="")
            for number in range(self._row + 1, self._row + self._row_repeats + 1):
                self._writer.row(number, self._cells, hidden=self._is_row_hidden)
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
        if isinstance(text, TooLong):
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
            number = number_value(attributes["value"])
            is_percent = kind == "percentage" and not isinstance(number, dict)
            return percent_value(number) if is_percent else number
        if kind == "date":
            moment = datetime.fromisoformat(attributes["date-value"])
            return moment_value(moment.replace(tzinfo=None, microsecond=0))
        if kind == "boolean":
            return attributes.get("boolean-value") == "true"
        return text or attributes.get("string-value", "")


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("visibility") in ("collapse", "filter")


def _repeats(attributes: dict[str, str], name: str) -> int:
    number = int(attributes.get(name, "1"))
    if number < 1:
        raise ValueError("no such repeat")
    return number
