"""Errors that keep their facts and say them in one sentence.

Owns the base of every error that reaches a person, here and in the rooms above. A class
states its facts as fields and its Indonesian sentence as a template over them; another
language is another table of templates, not a search through the code.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any, ClassVar, dataclass_transform

from geo.legible import legible
from geo.notation import exact_number, number

# How many of a long list a sentence names.
_MOST_LISTED = 5


@dataclass_transform(eq_default=False, field_specifiers=(field,))
class TellingError(Exception):
    """An error whose fields are its facts; callers show ``str(error)``.

    Attributes:
        sentence: what happened, where, and what to do. ``{name}`` is a field or property of
            the error, ``{name:way}`` writes it in one of the ways below. A class without a
            sentence is only a root and is never raised.
    """

    sentence: ClassVar[str]

    def __init_subclass__(cls) -> None:
        # Identity is that of the error, not of its facts; the facts may hold a person's data
        # and stay out of the representation.
        dataclass(eq=False, repr=False)(cls)

    def __str__(self) -> str:
        return self.tell(self.sentence)

    def tell(self, template: str) -> str:
        """Fill a template from the error's own facts."""
        return _Teller(self).format(template)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


def some(labels: Sequence[str]) -> str:
    """Name the first few of a list and count the rest."""
    rest = len(labels) - _MOST_LISTED
    shown = "; ".join(labels[:_MOST_LISTED])
    return f"{shown}; dan {rest} lagi" if rest > 0 else shown


def _rows_of_tables(rows: Mapping[str, int]) -> str:
    return ", ".join(f"{table} ({count} baris)" for table, count in rows.items())


def _list(items: Collection[str]) -> str:
    return ", ".join(items)


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"


# How a fact is written where plain text is not enough: {limit:MB}, {labels:some}.
WAYS: Mapping[str, Callable[[Any], str]] = {
    "list": _list,
    "some": some,
    "count": lambda items: str(len(items)),
    "rows": _rows_of_tables,
    "number": number,
    "exact": exact_number,
    "MB": _megabytes,
    "name": lambda label: label or "tanpa nama",
}


class _Teller(Formatter):
    """Fills a template from the attributes of an error."""

    def __init__(self, error: TellingError) -> None:
        self._error = error

    def get_value(self, key: int | str, args: object, kwargs: object) -> Any:  # noqa: ARG002
        return getattr(self._error, str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        way = WAYS.get(format_spec)
        # A fact may be what a file says of itself.
        return legible(way(value) if way else str(format(value, format_spec)))
