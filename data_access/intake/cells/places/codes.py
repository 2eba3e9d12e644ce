"""Codes as officers write them, sound or damaged by a spreadsheet."""

from __future__ import annotations

import re

from data_access.intake.cells.places.errors import (
    DamagedCodeError,
    ForeignPlaceError,
    UnknownPlaceCodeError,
)
from geo.matching import read_code

_CODE_LIKE = re.compile(r"(?:id)?[\d.\s]*\d[\d.\s]*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)
# A year or a number of people has fewer digits than the shortest code, 3604.
_FEWEST_DIGITS = 4


def looks_like_code(text: str) -> bool:
    """Return whether it is written as a code, sound or not; a single part only."""
    bare = text.strip()
    if _SCIENTIFIC.fullmatch(bare):
        return True
    return bool(_CODE_LIKE.fullmatch(bare)) and sum(map(str.isdigit, bare)) >= _FEWEST_DIGITS


def refuse_bad_code(text: str) -> None:
    """Let a sound code of the kabupaten pass.

    Raises:
        DamagedCodeError: if a spreadsheet made a number of it.
        ForeignPlaceError: if it lies outside the kabupaten.
    """
    if _SCIENTIFIC.search(text):
        raise DamagedCodeError(text)
    reading = read_code(text)
    if reading and not reading.is_in_kabupaten:
        raise ForeignPlaceError(text)


def desa_code(text: str) -> str:
    """Return the Kemendagri code of a desa that is written as a code.

    Raises:
        DamagedCodeError, ForeignPlaceError, UnknownPlaceCodeError: if it is none.
    """
    refuse_bad_code(text)
    reading = read_code(text)
    if reading and reading.desa_code:
        return reading.desa_code
    digits = re.sub(r"\D", "", text)
    if len(digits) == 10 and digits.endswith("000"):
        raise DamagedCodeError(text)
    raise UnknownPlaceCodeError(text, "desa")


def kecamatan_code(text: str) -> str:
    """Return the Kemendagri code of a kecamatan that is written as a code.

    Raises:
        DamagedCodeError, ForeignPlaceError, UnknownPlaceCodeError: if it is none.
    """
    refuse_bad_code(text)
    reading = read_code(text)
    if reading and reading.level == "kecamatan" and reading.kecamatan_code:
        return reading.kecamatan_code
    raise UnknownPlaceCodeError(text, "kecamatan")
