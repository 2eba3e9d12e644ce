"""From what people write as a number to the number; Indonesian separators, never a guess.

Owns the ways a number is written in officers' files and the sentence for each way it is wrong.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from data_access.intake.cells.dates import FIRST_YEAR
from data_access.intake.cells.personal import shown
from data_access.intake.model import CellValue

# Targets and population tables speak of the near future at most.
_YEARS_AHEAD = 10
_MOST_DIGITS = 15

_ABOUT = re.compile(
    r"^(?:sekitar|kurang lebih|kira-?\s?kira|lebih kurang|kisaran|±|\+/-|\+-|~|≈|"
    r"k\.?l\.|l\.?k\.)\s*"
)
_ABOUT_TAIL = re.compile(r"(?<=\d)\s?-?an$")
_UNIT = re.compile(
    r"\s*(?:orang|org|orng|peserta|jiwa|warga|korban|poin|siswa|pelajar|hadirin|kali|unit)\.?$"
)
_SIGNED = re.compile(r"([+-]?)\s?(\d[\d., ]*|,\d+)")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_POINT = re.compile(r"[\s;]+|,\s+|,(?=-?\d+\.)")


class NumberError(ValueError):
    """Root of what can be wrong with a number."""


class NotANumberError(NumberError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"“{shown(value)}” tidak terbaca sebagai angka. "
            "Tulis angka saja, misalnya 50 atau 1.250."
        )


class NegativeError(NumberError):
    def __init__(self, value: object) -> None:
        super().__init__(f"“{shown(value)}” negatif. Jumlah tidak boleh kurang dari 0.")


class TooLargeError(NumberError):
    def __init__(self, value: object, most: float) -> None:
        super().__init__(
            f"“{shown(value)}” terlalu besar (batas {format_number(most)}). Periksa angkanya; "
            "titik memisahkan ribuan, koma memisahkan desimal."
        )


class NotWholeError(NumberError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"“{shown(value)}” bukan bilangan bulat. Jumlah orang ditulis tanpa pecahan; "
            "ribuan dipisah titik, misalnya 1.250."
        )


class YearError(NumberError):
    def __init__(self, value: object, last: int) -> None:
        super().__init__(
            f"“{shown(value)}” bukan tahun antara {FIRST_YEAR} dan {last}. "
            "Tulis tahun dengan empat angka, misalnya 2025."
        )


class OutOfAreaError(NumberError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"“{shown(value)}” bukan koordinat. Tulis lintang dan bujur dalam derajat desimal, "
            "misalnya -6,0512 dan 106,2891."
        )


class PercentError(NumberError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"Target “{shown(value)}” untuk indikator persen tidak jelas. "
            "Tulis dengan tanda persen, misalnya 85%, atau sebagai pecahan 0,85."
        )


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number, and an Indonesian sentence where it was written as an estimate."""

    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class CountReading:
    """A whole number, and an Indonesian sentence where it was written as an estimate."""

    value: int
    note: str = ""


def read_number(value: CellValue, most: float = math.inf) -> NumberReading:
    """Read a cell as a number from 0 to ``most``.

    A dot before exactly three digits parts thousands; a comma parts decimals.

    Raises:
        NumberError: one of its subclasses.
    """
    reading = _read_signed(value)
    if reading.value < 0:
        raise NegativeError(value)
    if reading.value > most:
        raise TooLargeError(value, most)
    return reading


def read_count(value: CellValue, most: int) -> CountReading:
    """Read a cell as a whole number from 0 to ``most``.

    Raises:
        NumberError: one of its subclasses.
    """
    reading = read_number(value, most)
    if not reading.value.is_integer():
        raise NotWholeError(value)
    return CountReading(int(reading.value), reading.note)


def read_score(value: CellValue) -> NumberReading:
    """Read a cell as a test score from 0 to 100; a percent sign may follow.

    Raises:
        NumberError: one of its subclasses.
    """
    if isinstance(value, str):
        value = value.strip().removesuffix("%")
    return read_number(value, 100)


def read_target(value: CellValue, *, is_percent: bool) -> NumberReading:
    """Read a target's value; a percentage becomes a fraction of 1.

    Raises:
        NumberError: one of its subclasses; a percentage without its sign is not guessed at.
    """
    if isinstance(value, str) and value.strip().endswith("%"):
        if not is_percent:
            raise NotANumberError(value)
        return NumberReading(round(read_score(value).value / 100, 6))
    reading = read_number(value, 10**9)
    if is_percent and reading.value > 1:
        raise PercentError(value)
    return reading


def read_year(value: CellValue, this_year: int) -> int:
    """Read a cell as a year from 2015 on.

    Raises:
        YearError: if it is none.
    """
    text = value.strip() if isinstance(value, str) else value
    last = this_year + _YEARS_AHEAD
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    if isinstance(text, str) and re.fullmatch(r"[0-9]{4}(?:\.0)?", text):
        text = int(text[:4])
    if isinstance(text, bool) or not isinstance(text, int) or not FIRST_YEAR <= text <= last:
        raise YearError(value, last)
    return text


def read_degrees(value: CellValue, axis: Literal["latitude", "longitude"]) -> float:
    """Read a cell as decimal degrees, rounded to 5 places (about a metre).

    Raises:
        OutOfAreaError: if it is no such number, or beyond the globe.
    """
    try:
        degrees = _degrees(value)
    except NumberError as error:
        raise OutOfAreaError(value) from error
    if abs(degrees) > (90 if axis == "latitude" else 180):
        raise OutOfAreaError(value)
    return round(degrees, 5)


def read_point(value: CellValue) -> tuple[float, float]:
    """Read "latitude longitude [altitude accuracy]" as two numbers in decimal degrees.

    Raises:
        OutOfAreaError: if it is no such text.
    """
    if not isinstance(value, str):
        raise OutOfAreaError(value)
    parts = [part for part in _POINT.split(value.strip().strip("()")) if part]
    if len(parts) not in (2, 3, 4):
        raise OutOfAreaError(value)
    try:
        latitude = read_degrees(parts[0], "latitude")
        longitude = read_degrees(parts[1], "longitude")
    except OutOfAreaError as error:
        raise OutOfAreaError(value) from error
    return latitude, longitude


def format_number(value: float) -> str:
    """Write a number the Indonesian way: 1226201.5 -> "1.226.201,5"."""
    whole = float(value).is_integer() and abs(value) < 10**_MOST_DIGITS
    text = f"{int(value):,}" if whole else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


def _read_signed(value: CellValue) -> NumberReading:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotANumberError(value)
    if isinstance(value, str):
        return _read_text(value)
    # Whole numbers beyond 15 digits are codes that a spreadsheet has already rounded.
    if not math.isfinite(value) or abs(value) >= 10**_MOST_DIGITS:
        raise NotANumberError(value)
    return NumberReading(float(value))


def _read_text(written: str) -> NumberReading:
    text = unicodedata.normalize("NFKC", written[:100]).casefold().replace("−", "-")
    text = " ".join(text.split())
    bare = _ABOUT_TAIL.sub("", _UNIT.sub("", _ABOUT.sub("", text)))
    found = _SIGNED.fullmatch(bare.strip())
    if not found or sum(map(str.isdigit, bare)) > _MOST_DIGITS or not bare.isascii():
        raise NotANumberError(written)
    number = _unsigned(found[2].strip(), written) * (-1 if found[1] == "-" else 1)
    is_estimate = bool(_ABOUT.match(text) or _ABOUT_TAIL.search(_UNIT.sub("", text)))
    note = f"“{shown(written)}” dibaca {format_number(number)} (perkiraan)." if is_estimate else ""
    return NumberReading(number, note)


def _unsigned(text: str, written: str) -> float:
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", ""))
    whole, comma, fraction = text.partition(",")
    if comma and not (fraction.isdigit() and (whole == "" or not whole.endswith("."))):
        raise NotANumberError(written)
    if _DOTTED.fullmatch(whole) or _SPACED.fullmatch(whole):
        whole = re.sub(r"[. ]", "", whole)
    elif comma and "." in whole:
        raise NotANumberError(written)
    text = f"{whole or 0}.{fraction}" if comma else whole
    if not _PLAIN.fullmatch(text):
        raise NotANumberError(written)
    return float(text)


def _degrees(value: CellValue) -> float:
    """A coordinate has no thousands: "106.289" is a decimal number here."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip().removesuffix("°").replace("−", "-")
        text = text.replace(",", ".")
        if not re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?", text):
            raise NotANumberError(value)
        return float(text)
    return _read_signed(value).value
