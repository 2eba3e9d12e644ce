"""What a table of the office is: the one description that everything else of the intake reads.

Owns the types only (that of a field is `field`'s); each table has a module of its own, and
`registry` lists them. Adding a way to write a column is a word in that module, adding a table is
one module more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from data_access.intake.field import Field

# Limits beyond which a number is a slip of the finger, not a fact. A session fills a hall or a
# sports field; a case of a thousand victims would be in the news; Kabupaten Serang has 1.8
# million people and its largest kecamatan about 110,000.
MOST_ATTENDANCE = 10_000
MOST_VICTIMS = 1_000
MOST_PEOPLE = 500_000


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
