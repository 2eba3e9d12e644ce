"""Which table a sheet is: by marks of its own, never by place, name and number alone.

Owns the choice among the tables, the sheets that only sum up others, and the question where two
tables are as likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_access.intake.field import Field
from data_access.intake.forms.columns import NEAR, ColumnMapping, propose_columns
from data_access.intake.forms.content import Contents
from data_access.intake.forms.form import Form
from data_access.intake.forms.registry import FORMS, TABLE_LABELS, fields_of
from data_access.intake.forms.titles import read_pattern, read_title
from data_access.intake.model import Sheet
from data_access.intake.questions import IGNORE, TABLE, Answers, Choice

# What a missing requirement costs against matched fields, and what a telling sheet name is worth:
# a name outweighs one distinctive column, never a missing requirement.
_MISSING_COST = 4
_NAME_WORTH = 3
# A column with data that the table has no place for.
_UNREAD_COST = 1
# A table that wins by less is asked about.
_LEAD = 1
# Tables to choose from where a sheet has the marks of none.
_MOST_TABLES = 3
# Most cells of the column by which a sheet of sums is grouped.
_AGREES = 0.6

_COUNT = Field("", "", "number", most=10**9)
_DAY = Field("", "", "date")
# What sums are told by: a sheet with one of these has a row per period.
_PERIODS = ({"bulan"}, {"triwulan"}, {"semester"}, {"minggu"}, {"periode"})
# Marks of these kinds may as well stand in a list of something else.
_COMMON_KINDS = frozenset({"count", "pair", "date"})


@dataclass(frozen=True)
class Recognised:
    """What a sheet is taken for.

    Attributes:
        mapping: of the likeliest table.
        is_sure: whether it has the marks of that table.
        is_recap: whether it only sums up what other sheets tell.
        choices: the tables to choose from where it might be several; () where it is clear.
    """

    mapping: ColumnMapping
    is_sure: bool
    is_recap: bool = False
    choices: tuple[Choice, ...] = ()


def propose_mapping(sheet: Sheet, table: str | None = None) -> ColumnMapping:
    """Propose which table a sheet is and which column fills which field.

    Args:
        table: the table, if it is already known.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    return recognise(sheet, Contents(sheet), table).mapping


def recognise(
    sheet: Sheet, contents: Contents, table: str | None = None, answers: Answers | None = None
) -> Recognised:
    """Tell which table a sheet is, and propose its columns.

    Args:
        contents: of this very sheet.
        table: the table, if it is already known.
        answers: what was answered about the table and the columns.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    given = answers or Answers()
    known = table or given.about(TABLE, tuple(FORMS)) or given.about(sheet.name, tuple(FORMS))
    if known is not None:
        return Recognised(propose_columns(sheet, known, contents, given), is_sure=True)
    ranked = sorted(
        (_rated(sheet, form, contents, given) for form in FORMS.values()),
        key=lambda rated: (rated.is_sure, rated.points),
        reverse=True,
    )
    best = ranked[0]
    is_recap = not best.is_sure and _sums_up(sheet, contents)
    choices = () if is_recap else _choices(ranked)
    return Recognised(best.mapping, best.is_sure, is_recap, choices)


@dataclass(frozen=True)
class _Rated:
    mapping: ColumnMapping
    points: int
    is_sure: bool


def _rated(sheet: Sheet, form: Form, contents: Contents, answers: Answers) -> _Rated:
    mapping = propose_columns(sheet, form.table, contents, answers)
    known = fields_of(form.table)
    name = sheet.name.casefold()
    points = sum(known[field].weight for field in mapping.fields)
    points += _NAME_WORTH * any(word in name for word in form.sheet_words)
    # A column whose title comes near may yet be what is missing; cells alone say too little.
    asked = {
        doubt.candidates[0].field for doubt in mapping.doubts if doubt.candidates[0].score >= NEAR
    }
    given = mapping.fields.keys() | mapping.constants.keys() | asked
    points -= _MISSING_COST * sum(given.isdisjoint(group) for group in form.required)
    points -= _UNREAD_COST * len(mapping.doubts)
    has_mark = any(given >= set(mark) for mark in form.marks)
    if form.is_event and form.day not in given:
        # A list that lacks its days is one all the same, if nothing else has such a column.
        own = (mark for mark in form.marks if mapping.fields.keys() >= set(mark))
        is_own = any(known[name].kind not in _COMMON_KINDS for mark in own for name in mark)
        has_mark = is_own and not _sums_up(sheet, contents)
    return _Rated(mapping, points, has_mark and not _is_ruled_out(sheet, form, mapping, contents))


def _is_ruled_out(sheet: Sheet, form: Form, mapping: ColumnMapping, contents: Contents) -> bool:
    own = read_pattern(form.own_words)[0]
    for index, text in enumerate(sheet.header):
        if index in mapping.fields.values() or contents.is_empty(index):
            continue
        words = read_title(text).words
        if any(
            needed <= words and words - needed <= optional | own
            for needed, optional in map(read_pattern, form.ruled_out_by)
        ):
            return True
    return False


def _choices(ranked: Sequence[_Rated]) -> tuple[Choice, ...]:
    """The tables that a person must choose from, () where one is clearly the likeliest."""
    best = ranked[0]
    near = [
        rated
        for rated in ranked
        if rated.is_sure
        and bool(rated.mapping.missing) == bool(best.mapping.missing)
        and best.points - rated.points < _LEAD
    ]
    if not best.is_sure and best.mapping.missing:
        return ()
    if best.is_sure and len(near) < 2:
        return ()
    likely = near if best.is_sure else ranked[:_MOST_TABLES]
    top = max(best.points, 1)
    return (
        *(
            Choice(
                rated.mapping.table,
                TABLE_LABELS[rated.mapping.table],
                round(90.0 * max(rated.points, 0) / top, 1),
            )
            for rated in likely
        ),
        Choice(IGNORE, "Jangan baca lembar ini", 0.0),
    )


def _sums_up(sheet: Sheet, contents: Contents) -> bool:
    """Whether rows are sums per place, officer or month: numbers, no day, each group once."""
    columns = [i for i in range(len(sheet.header)) if not contents.is_empty(i)]
    if any((contents.fit(i, _DAY) or 0) >= _AGREES for i in columns):
        return False
    numbers = [i for i in columns if (contents.fit(i, _COUNT) or 0) >= _AGREES]
    summed = [i for i in numbers if not _is_order(sheet.header[i])]
    groups = [i for i in columns if i not in numbers]
    is_grouped = any(not contents.repeats(i) for i in groups)
    is_periodic = any(
        words <= read_title(sheet.header[i]).words for i in groups for words in _PERIODS
    )
    return bool(summed) and (is_grouped or is_periodic)


def _is_order(text: str) -> bool:
    return read_title(text).words <= {"nomor", "urut"}
