"""Names of kecamatan and desa inside a sheet, taken only where they are certain.

Owns no reading of places: it tells a line that names an area from other lines, by the whole
official name or a known spelling of it, never by likeness.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from data_access.intake.model import CellValue
from geo.gazetteer import Desa, Kecamatan, gazetteer
from geo.matching import normalise

_LONGEST_NAME = 60
_WORD = re.compile(r"^\W*(?:kecamatan|kec|desa|ds|kelurahan|kel)\b[\s.:/_-]*", re.IGNORECASE)


@cache
def _kecamatan() -> Mapping[str, frozenset[str]]:
    return _by_name(gazetteer().kecamatan)


@cache
def _desa() -> Mapping[str, frozenset[str]]:
    return _by_name(gazetteer().desa)


def _by_name(areas: tuple[Kecamatan, ...] | tuple[Desa, ...]) -> Mapping[str, frozenset[str]]:
    codes: dict[str, set[str]] = defaultdict(set)
    for area in areas:
        for name in (area.name, *area.aliases):
            codes[normalise(name)].add(area.code)
    return {name: frozenset(found) for name, found in codes.items()}


def kecamatan_named(text: str) -> str | None:
    """Code of the kecamatan that a text names, with or without that word."""
    found = _kecamatan().get(normalise(_WORD.sub("", text[:_LONGEST_NAME])), frozenset())
    return next(iter(found)) if len(found) == 1 else None


def desa_named(text: str) -> frozenset[str]:
    """Codes of the desa that a text may name, with or without that word."""
    return _desa().get(normalise(_WORD.sub("", text[:_LONGEST_NAME])), frozenset())


def is_place(value: CellValue) -> bool:
    """Whether a cell is the name of a kecamatan or desa and nothing else."""
    return isinstance(value, str) and bool(kecamatan_named(value) or desa_named(value))
