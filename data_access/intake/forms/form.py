"""What a table of the office is: the one description that everything else of the intake reads.

Owns the types only; each table has a module of its own, and `registry` lists them. Adding a way
to write a column is a word in that module, adding a table is one module more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "count",  # whole number of people, nothing left out means 0
    "country",
    "date",
    "degrees",
    "flag",
    "indicator",
    "key",
    "labels",
    "name",  # a place's name or code, read together with its neighbours
    "number",
    "pair",  # men and women in one cell: "L: 20 P: 30"
    "point",
    "score",
    "text",
    "unkept",  # read for personal data only
    "value",
    "weekday",  # a day's name beside the date, which must agree with it
    "word",
    "year",
]

# Limits beyond which a number is a slip of the finger, not a fact. A session fills a hall or a
# sports field; a case of a thousand victims would be in the news; Kabupaten Serang has 1.8
# million people and its largest kecamatan about 110,000.
MOST_ATTENDANCE = 10_000
MOST_VICTIMS = 1_000
MOST_PEOPLE = 500_000


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column of a sheet can say.

    Attributes:
        name: column of the schema, or a help such as "total" that other columns are checked by.
        label: the Indonesian header that templates and messages use.
        kind: how its cells are read.
        titles: the ways to write its header, as words in any order; see `forms.titles` for what
            every way already covers. Words in brackets may be there or not: "tanggal [surat]".
            A title after "~" is believed only where the cells say the same, one after "?" is
            only proposed.
        extra: words that may stand beside each of the titles without changing what they mean.
        weight: how strongly it speaks for its table.
        most: largest value that is believed; None where the kind has no such limit.
        unit: what its numbers count, for people.
        fills: columns of the schema that it brings beside the one of its own name.
        is_typed: whether a template asks for it; codes that names stand for, sums and what only a
            form export gives are not typed.
        example: what the example row of a template shows.
        meaning: Indonesian, how to fill it in, where the kind alone does not say it.
        is_joined: whether several columns may fill it, their texts joined.
    """

    name: str
    label: str
    kind: Kind
    titles: tuple[str, ...] = ()
    extra: str = ""
    weight: int = 2
    most: int | None = None
    unit: str = ""
    fills: tuple[str, ...] = ()
    is_typed: bool = True
    example: object = ""
    meaning: str = ""
    is_joined: bool = False


# Values of a row by field -> whether they are sound, or lack what judging them needs.
Test = Callable[[Mapping[str, object]], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that must hold across fields of a row.

    Attributes:
        field: the field that is named at fault.
        sentence: Indonesian, what is wrong and what to do.
        holds: whether a row satisfies it.
        is_note: whether a breach is told but the row kept.
    """

    field: str
    sentence: str
    holds: Test
    is_note: bool = False


@dataclass(frozen=True)
class Form:
    """One table as officers write it.

    Attributes:
        table: name in the schema.
        label: what people call it.
        fields: in the order of a template.
        required: of each group one field is enough; the first names the group where none is there.
        day: the field of the day on which it happened; "" for a register.
        identity: what, beside the place, makes two rows without a source key the same event; for
            a register, its key columns.
        derived: columns of the schema that every sheet gives, if only by what they are made from.
        marks: a sheet is this table only where it has one of these groups of fields.
        ruled_out_by: titles (see `Field.titles`) that no sheet of this table has.
        own_words: words that say nothing in its headers, such as "kunjungan".
        sheet_words: words in a sheet's or file's name that speak for it.
        foreign: titles of columns that are rightly not kept.
        others: words of other people or things, whose place and number are not the record's.
        rules: what must hold across the fields of a row.
    """

    table: str
    label: str
    fields: tuple[Field, ...]
    required: tuple[tuple[str, ...], ...]
    day: str
    identity: tuple[str, ...]
    derived: frozenset[str]
    marks: tuple[tuple[str, ...], ...]
    own_words: str
    sheet_words: tuple[str, ...]
    ruled_out_by: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    others: str = ""
    rules: tuple[Rule, ...] = ()

    @property
    def is_event(self) -> bool:
        """Whether its rows are events: something that happened on a day."""
        return bool(self.day)


# --- parts of a rule -------------------------------------------------------------------------


def in_order(first: str, second: str) -> Test:
    """That one value is not greater (a day not later) than another, where both are known."""

    def holds(values: Mapping[str, object]) -> bool:
        low, high = values.get(first), values.get(second)
        return low is None or high is None or low <= high  # type: ignore[operator]

    return holds


def adds_up(parts: tuple[str, ...], total: str) -> Test:
    """That the parts give the total, where all are known."""

    def holds(values: Mapping[str, object]) -> bool:
        numbers = [values.get(name) for name in (*parts, total)]
        if any(number is None for number in numbers):
            return True
        return sum(numbers[:-1]) == numbers[-1]  # type: ignore[arg-type]

    return holds


def together(first: str, second: str) -> Test:
    """That both or neither of two values are known."""
    return lambda values: (values.get(first) is None) == (values.get(second) is None)


def filled(name: str) -> Test:
    """That a value is known."""
    return lambda values: values.get(name) is not None


def within(name: str, least: float, most: float) -> Test:
    """That a number, where it is known, lies between two others."""

    def holds(values: Mapping[str, object]) -> bool:
        number = values.get(name)
        return number is None or least <= number <= most  # type: ignore[operator]

    return holds
