"""What a column of an officer's sheet can say: the fields that forms list and cells are read by.

Owns the type and the kinds of values; which fields there are stands in `forms`.
"""

from __future__ import annotations

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
