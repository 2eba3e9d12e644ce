"""Values as JSON and back, held against the type that they must have.

Owns which types may cross between the dashboard and a worker: plain values, tuples, mappings and
dataclasses of them. Nothing is executed on the way in, and no value decides what it becomes.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from data_access.intake.questions import Answers

_PLAIN = (str, int, float, bool, type(None))


class NotExpectedError(Exception):
    """A value is not of the type that it must have."""


def encode(value: object) -> Any:
    """A value as JSON takes it.

    Raises:
        TypeError: if it is of no kind that may cross.
    """
    if isinstance(value, _PLAIN):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Answers):
        return encode(value.pairs())
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: encode(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return [[encode(key), encode(held)] for key, held in value.items()]
    if isinstance(value, Set):
        return [encode(held) for held in sorted(value)]
    if isinstance(value, Sequence):
        return [encode(held) for held in value]
    raise TypeError(f"{type(value).__name__} may not cross")


def decode(kind: Any, written: Any) -> Any:
    """The value of a type that `encode` made it from; sequences come back as tuples.

    Raises:
        NotExpectedError: if it is none.
    """
    if kind in (str, bool, int, float, type(None)):
        return _plain(kind, written)
    if kind is object:
        _need(isinstance(written, _PLAIN))
        return written
    if kind is date:
        return _day(written)
    if kind is Answers:
        return Answers(decode(tuple[tuple[str, str], ...], written))
    if is_dataclass(kind):
        return _dataclass(kind, written)
    return _generic(get_origin(kind), get_args(kind), written)


def _need(holds: bool) -> None:
    if not holds:
        raise NotExpectedError


def _plain(kind: type, written: Any) -> Any:
    if kind is float and type(written) is int:
        return float(written)
    # bool is an int, but no number.
    _need(type(written) is kind)
    return written


def _day(written: Any) -> date:
    _need(isinstance(written, str))
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise NotExpectedError from error


def _dataclass(kind: Any, written: Any) -> Any:
    types_of = _types(kind)
    _need(isinstance(written, dict) and written.keys() == types_of.keys())
    return kind(**{name: decode(held, written[name]) for name, held in types_of.items()})


@cache
def _types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _generic(origin: Any, parts: tuple[Any, ...], written: Any) -> Any:
    if origin in (Union, types.UnionType):
        return _union(parts, written)
    if origin is Literal:
        _need(written in parts)
        return written
    _need(isinstance(written, list))
    if origin is Mapping:
        _need(all(isinstance(pair, list) and len(pair) == 2 for pair in written))
        return {decode(parts[0], key): decode(parts[1], held) for key, held in written}
    if origin is frozenset:
        return frozenset(decode(parts[0], held) for held in written)
    if origin in (Sequence, Collection) or parts[-1] is Ellipsis:
        return tuple(decode(parts[0], held) for held in written)
    _need(origin is tuple and len(parts) == len(written))
    return tuple(decode(part, held) for part, held in zip(parts, written, strict=True))


def _union(parts: tuple[Any, ...], written: Any) -> Any:
    for part in parts:
        try:
            return decode(part, written)
        except NotExpectedError:
            continue
    raise NotExpectedError
