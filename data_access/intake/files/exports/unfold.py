"""From an export of a form tool to sheets that look like an officer's own.

Owns the order of the steps; each has a module of its own. Columns keep their places, and row
numbers stay those of the sheet they stand in.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from data_access.intake.files.exports.choices import fold_answered, fold_unanswered
from data_access.intake.files.exports.clock import to_office_time
from data_access.intake.files.exports.points import split_points
from data_access.intake.files.exports.repeats import is_repeat, join_repeats, stand_alone
from data_access.intake.files.exports.table import Table, text
from data_access.intake.files.exports.titles import find_separator, strip_groups, unfold_grids
from data_access.intake.files.exports.tools import (
    COMMCARE,
    GOOGLE,
    KEY,
    MARK,
    OTHER_KEY,
    SENT,
    Tool,
    is_day,
    is_quiz_score,
    is_rejected,
    is_waiting,
    tool_of,
    without_mark,
)
from data_access.intake.model import Sheet, SheetRow, SourceFile

_NO = frozenset({"", "0", "false", "no", "tidak"})
# What a file of an attachment is called beside the question it answers.
_LINK = "_URL"
_TEST_TITLES = frozenset({"is_test", "istest", "_is_test", "test_submission"})
_TEST_WORDS = frozenset({"test", "testing", "tes", "uji coba", "ujicoba", "percobaan", "trial"})
_DELETED_TITLES = frozenset({"deletedat", "__system/deletedat", "_deleted_at"})
_WIDE = re.compile(r"(?P<repeat>[^/.]+)\[(?P<number>[2-9]|\d\d+)\]")


def unfold_export(source: SourceFile) -> SourceFile:
    """Give every form of an export its plain shape.

    Columns of the tool get titles that begin with "_", the submission's own key is "_uuid" and
    the moment of sending "_submission_time". Titles lose the groups that say nothing, options of
    a question become one text, submissions that were turned down are left out and counted,
    moments with a zone become Indonesian western time, a geopoint gains columns "latitude" and
    "longitude", and repeat sheets are joined to their submissions. Sheets that are no export are
    returned as they are, but that no title of theirs looks like a tool's.
    """
    tools = [(sheet, tool_of(sheet)) for sheet in source.sheets]
    tables = [_plain_table(sheet, tool) for sheet, tool in tools if tool is not None]
    others = [_own_sheet(sheet) for sheet, tool in tools if tool is None]
    if not tables:
        return source if others == list(source.sheets) else replace(source, sheets=tuple(others))
    repeats = [table for table in tables if is_repeat(table)]
    mains = [table for table in tables if table not in repeats]
    if mains:
        read, notes = join_repeats(mains, repeats)
    else:
        read, notes = [stand_alone(repeat) for repeat in repeats], []
    sheets = (*(table.sheet() for table in read), *others)
    return replace(source, sheets=sheets, notes=(*source.notes, *notes))


def _own_sheet(sheet: Sheet) -> Sheet:
    header = tuple(map(without_mark, sheet.header))
    return sheet if header == sheet.header else replace(sheet, header=header)


def _plain_table(sheet: Sheet, tool: Tool) -> Table:
    table = Table(sheet, tool)
    _leave_refused(table)
    _mark_own_columns(table)
    _blank_unasked(table)
    to_office_time(table, tool.utc)
    _tell_wide(table)
    _name_questions(table)
    return table


# --- submissions -------------------------------------------------------------------------


def _leave_refused(table: Table) -> None:
    """Leave out submissions that were turned down, deleted or sent as a test, and count them."""
    label = table.tool.label
    for column in _columns(table, table.tool.review):
        kept = [row for row in table.rows if not is_rejected(row.values[column])]
        if left := table.keep(kept):
            table.notes.append(
                f"{left} baris berstatus “{table.tool.rejected}” di {label} tidak dibaca."
            )
        if waiting := sum(is_waiting(row.values[column]) for row in table.rows):
            table.notes.append(f"{waiting} baris yang peninjauannya belum selesai di {label} ikut "
                               "dibaca.")  # fmt: skip
    for titles, why in ((_DELETED_TITLES, "sudah dihapus"), (_TEST_TITLES, "kiriman uji coba")):
        for column in _columns(table, titles):
            kept = [r for r in table.rows if text(r.values[column]).casefold() in _NO]
            if left := table.keep(kept):
                table.notes.append(f"{left} baris {why} di {label} tidak dibaca.")
    tags = table.index("_tags")
    if tags is not None:
        kept = [row for row in table.rows if not _is_test(text(row.values[tags]))]
        if left := table.keep(kept):
            table.notes.append(f"{left} baris kiriman uji coba di {label} tidak dibaca.")


def _is_test(tags: str) -> bool:
    return any(tag.strip().casefold() in _TEST_WORDS for tag in re.split(r"[,;|]", tags))


# --- columns -----------------------------------------------------------------------------


def _mark_own_columns(table: Table) -> None:
    """Give the tool's own columns titles that later steps leave alone, or know."""
    tool = table.tool
    keys = [column for column in _columns(table, tool.keys) if table.values(column)]
    sent = next((c for c in _columns(table, tool.sent) if table.values(c)), None)
    if keys:
        # An older submission lacks the key that later versions of the tool gave.
        table.change(
            keys[0], lambda row: next((row.values[c] for c in keys if row.values[c]), None)
        )
    for column in _columns(table, tool.keys):
        if column not in keys[:1]:
            table.rename(column, f"{OTHER_KEY}{table.header[column]}")
    for column, title in enumerate(table.source.header):
        plain = title.casefold()
        if column in keys[:1]:
            table.rename(column, KEY)
        elif column == sent:
            # Where no question of Google asks for a day, the moment is all that is known of it.
            if tool is not GOOGLE or _asks_for_day(table, column):
                table.rename(column, SENT)
        elif plain in tool.names:
            table.rename(column, tool.names[plain])
        elif not table.header[column].startswith(MARK) and (
            tool.is_own(title) or _is_link(table, title)
        ):
            table.hide(column)
    if tool is GOOGLE:
        for column in table.questions()[:2]:
            if is_quiz_score(table.header[column], table.values(column)):
                table.hide(column)


def _asks_for_day(table: Table, sent: int) -> bool:
    others = (column for column in table.questions() if column != sent)
    return any(any(map(is_day, table.values(column))) for column in others)


def _columns(table: Table, titles: tuple[str, ...] | frozenset[str]) -> list[int]:
    """The columns with these titles, in the order of the titles."""
    places = {title.casefold(): column for column, title in enumerate(table.source.header)}
    return [places[title] for title in titles if title in places]


def _is_link(table: Table, title: str) -> bool:
    return title.endswith(_LINK) and title.removesuffix(_LINK) in table.source.header


def _blank_unasked(table: Table) -> None:
    if blank := table.tool.blank:
        table.rows = [
            SheetRow(row.number, tuple(None if value == blank else value for value in row.values))
            for row in table.rows
        ]


def _tell_wide(table: Table) -> None:
    """Say that repetitions in columns side by side are not told apart."""
    wide = {found["repeat"] for title in table.header if (found := _WIDE.search(title)) is not None}
    if wide:
        names = ", ".join(f"“{name}”" for name in sorted(wide))
        table.notes.append(
            f"Ulangan {names} tertulis menyamping. Periksa kolomnya satu per satu, atau ekspor "
            "ulang sebagai XLSX dengan lembar ulangan."
        )


def _name_questions(table: Table) -> None:
    fold_answered(table)
    columns = table.questions()
    titles = [table.header[column] for column in columns]
    separator = table.tool.separator
    if separator and table.tool is not COMMCARE:
        separator = find_separator(titles, table.source.header, separator)
    fold_unanswered(table, separator)
    split_points(table)
    columns = table.questions()
    titles = [table.header[column] for column in columns]
    if table.tool is COMMCARE:
        titles = [title.removeprefix("form.") for title in titles]
    short = strip_groups(titles, separator) if separator else unfold_grids(titles)
    taken = Counter(short)
    for column, title in zip(columns, short, strict=True):
        # A question must look like no other one and like none of the tool's columns.
        if taken[title] == 1 and title.strip() and not title.startswith(MARK):
            table.header[column] = title
