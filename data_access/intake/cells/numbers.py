"""From what people write as a number to the number; Indonesian separators, never a guess.

Owns the ways a number is written in officers' files and the sentence for each way it is wrong.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from data_access.intake.cells.dates import FIRST_YEAR
from data_access.intake.cells.personal import shown
from data_access.intake.model import CellValue
from data_access.intake.signs import visible
from geo.area import area
from geo.notation import exact_number
from geo.telling import TellingError

Sex = Literal["", "male", "female"]
# Which number of "20/30" stands for whom, where the header says so.
PairOrder = Literal["", "L/P", "P/L"]

# Targets and population tables speak of the near future at most.
_YEARS_AHEAD = 10
_MOST_DIGITS = 15
# Scores that were multiplied by 10 or 100 keep no more than this of a binary fraction.
_SCORE_PLACES = 6
# Below this, a number among thousands has lost its three zeros: "52.000" became 52.
FEWEST_THOUSANDS = 1_000

# In a column that counts people these say that there was nobody.
NOBODY = frozenset({"nihil", "nil", "tidak ada", "tdk ada", "kosong", "nol", "n/a", "na", "zero"})
_DASHES = frozenset({"-", "--", "---", "–", "—"})

_ABOUT = re.compile(
    r"^(?:sekitar|kurang lebih|kira-?\s?kira|lebih kurang|kisaran|±|\+/-|\+-|~|≈|"
    r"k\.?l\.|l\.?k\.)\s*"
)
_ABOUT_TAIL = re.compile(r"(?<=\d)\s?-?an$")
_UNIT = re.compile(
    r"\s*(?:orang|org|orng|peserta|jiwa|warga|korban|poin|siswa|pelajar|hadirin|kali|unit|pax)\.?$"
)
_SIGNED = re.compile(r"([+-]?)\s?(\d[\d., ']*|,\d+)")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{3})+")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
# Of people, who are whole, also with one comma, where the whole column is written so.
COMMA_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_PERCENT = re.compile(r"\s*(?:%|persen|percent)\.?$", re.IGNORECASE)
_SUM = re.compile(r"(\d[\d.]*(?:\s?\+\s?\d[\d.]*)+)\s?=\s?(\d[\d.]*)")
_POINT = re.compile(r"[\s;]+|,\s+|,(?=-?\d+\.)")

_MALE = r"(?:laki\s?-?\s?laki|laki2|laki|lk|l|pria|putra|male)"
_FEMALE = r"(?:perempuan|prempuan|wanita|putri|pr|p|female)"
_SEX_WORDS = {"male": _MALE, "female": _FEMALE}
_HUMAN = r"(?:orang|org|peserta|jiwa)?"
# "25 orang laki-laki", "25 L", "25 (L)", "L: 25", "laki-laki = 25"
_NUMBER_OF = r"(?P<{sex}>\d[\d.]*)\s?{human}\s?\(?{word}\)?\.?"
_OF_NUMBER = r"{word}\.?\s?[:=]?\s?\(?(?P<{sex}>\d[\d.]*)\)?\s?{human}"
_BETWEEN = r"\s?(?:[,;/&+|-]|dan)?\s?"


class NumberError(TellingError, ValueError):
    """Root of what can be wrong with a number."""

    value: object

    @property
    def shown(self) -> str:
        return shown(self.value)


class NotANumberError(NumberError):
    sentence = "“{shown}” tidak terbaca sebagai angka. Tulis angka saja, misalnya 50 atau 1.250."


class NegativeError(NumberError):
    sentence = "“{shown}” negatif. Jumlah tidak boleh kurang dari 0."


class TooLargeError(NumberError):
    sentence = (
        "“{shown}” terlalu besar (batas {most:exact}). Periksa angkanya; "
        "titik memisahkan ribuan, koma memisahkan desimal."
    )
    most: float


class NotWholeError(NumberError):
    sentence = (
        "“{shown}” bukan bilangan bulat. Jumlah orang ditulis tanpa pecahan; "
        "ribuan dipisah titik, misalnya 1.250."
    )


class SumError(NumberError):
    sentence = (
        "Penjumlahan dalam “{shown}” tidak cocok: hasilnya {total:exact}. "
        "Perbaiki, lalu tulis jumlahnya saja."
    )
    total: float


class OtherSexError(NumberError):
    sentence = (
        "“{shown}” menyebut jenis kelamin yang bukan milik kolom ini. "
        "Tulis laki-laki dan perempuan di kolomnya masing-masing."
    )


class NotAPairError(NumberError):
    sentence = (
        "“{shown}” tidak jelas berapa laki-laki dan berapa perempuan. "
        "Tulis misalnya “L 20, P 30”, atau pisahkan menjadi kolom L dan P."
    )


class YearError(NumberError):
    sentence = (
        "“{shown}” bukan tahun antara {first} dan {last}. "
        "Tulis tahun dengan empat angka, misalnya 2025."
    )
    last: int
    first: int = FIRST_YEAR


_AROUND = area().examples
_POINT_WORDS = f"{_AROUND.latitude:g} dan {_AROUND.longitude:g}".replace(".", ",")


class OutOfAreaError(NumberError):
    sentence = (
        "“{shown}” bukan koordinat. Tulis lintang dan bujur dalam derajat desimal, "
        "misalnya {example}."
    )
    example: ClassVar[str] = _POINT_WORDS


class PercentError(NumberError):
    sentence = (
        "Target “{shown}” untuk indikator persen tidak jelas. "
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
    return _within(_read_signed(value), value, most)


def read_count(
    value: CellValue,
    most: int,
    *,
    sex: Sex = "",
    has_comma_thousands: bool = False,
    factor: int = 1,
) -> CountReading:
    """Read a cell as a whole number of people from 0 to ``most``.

    Args:
        value: the cell.
        most: the largest number that is believed.
        sex: whom the column counts; a word for them may stand beside the number.
        has_comma_thousands: whether a comma parts thousands, as the column shows.
        factor: what numbers below a thousand are multiplied by, where thousands were lost.

    Raises:
        NumberError: one of its subclasses.
    """
    reading = _counted(value, sex, has_comma_thousands)
    if factor != 1 and 0 < reading.value < FEWEST_THOUSANDS:
        number = round(reading.value * factor, _SCORE_PLACES)
        note = f"“{shown(value)}” dibaca {exact_number(number)} (ribuan)."
        reading = NumberReading(number, note)
    reading = _within(reading, value, most)
    if not reading.value.is_integer():
        raise NotWholeError(value)
    return CountReading(int(reading.value), reading.note)


def read_nobody(value: CellValue) -> CountReading | None:
    """Return 0 where a cell of a counting column says "nobody", with a note but for a dash."""
    text = " ".join(visible(value).casefold().split()).strip(" .") if isinstance(value, str) else ""
    if text in _DASHES:
        return CountReading(0)
    return CountReading(0, f"“{shown(value)}” dibaca 0.") if text in NOBODY else None


def read_pair(text: CellValue, order: PairOrder = "", most: float = math.inf) -> tuple[int, int]:
    """Read one cell for both sexes, "L: 20 P: 30", as (male, female).

    A total before or behind must be their sum.

    Args:
        text: the cell.
        order: whom the numbers of "20/30" count; "" where no header says so.
        most: the largest number of one sex that is believed.

    Raises:
        NumberError: one of its subclasses.
    """
    plain = _plain(text) if isinstance(text, str) else ""
    patterns = (*_PAIRS, *((_BARE_PAIRS[order],) if order else ()))
    found = next(filter(None, (pattern.fullmatch(plain) for pattern in patterns)), None)
    if found is None:
        raise NotAPairError(text)
    male, female = _whole(found["male"], text), _whole(found["female"], text)
    if max(male, female) > most:
        raise TooLargeError(text, most)
    parts = found.groupdict()
    total = parts.get("before") or parts.get("after")
    if total and _whole(total, text) != male + female:
        raise SumError(text, male + female)
    return int(male), int(female)


def read_score(value: CellValue, factor: int = 1) -> NumberReading:
    """Read a cell as a test score from 0 to 100; a percent sign may follow.

    Args:
        value: the cell.
        factor: what scores without a percent sign are multiplied by, 10 for a best score of 10.

    Raises:
        NumberError: one of its subclasses.
    """
    if isinstance(value, str) and _PERCENT.search(value.strip()):
        return read_number(_PERCENT.sub("", visible(value).strip()), 100)
    reading = read_number(value, 100 / factor)
    return replace(reading, value=round(reading.value * factor, _SCORE_PLACES))


def read_target(value: CellValue, *, is_percent: bool) -> NumberReading:
    """Read a target's value; a percentage becomes a fraction of 1.

    Raises:
        NumberError: one of its subclasses; a percentage without its sign is not guessed at.
    """
    if is_percentage(value):
        if not is_percent:
            raise NotANumberError(value)
        return NumberReading(round(read_score(value).value / 100, 6))
    reading = read_number(value, 10**9)
    if is_percent and reading.value > 1:
        raise PercentError(value)
    return reading


def is_percentage(value: CellValue) -> bool:
    """Whether a cell says that it is a percentage."""
    return isinstance(value, str) and bool(_PERCENT.search(value.strip()))


def read_year(value: CellValue, this_year: int) -> int:
    """Read a cell as a year from 2015 on.

    Raises:
        YearError: if it is none.
    """
    text = visible(value).strip() if isinstance(value, str) else value
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
    parts = [part for part in _POINT.split(visible(value).strip().strip("()")) if part]
    if len(parts) not in (2, 3, 4):
        raise OutOfAreaError(value)
    try:
        latitude = read_degrees(parts[0], "latitude")
        longitude = read_degrees(parts[1], "longitude")
    except OutOfAreaError as error:
        raise OutOfAreaError(value) from error
    return latitude, longitude


def _read_signed(value: CellValue) -> NumberReading:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise NotANumberError(value)
    if isinstance(value, str):
        return _read_text(value)
    # Whole numbers beyond 15 digits are codes that a spreadsheet has already rounded.
    if not math.isfinite(value) or abs(value) >= 10**_MOST_DIGITS:
        raise NotANumberError(value)
    return NumberReading(float(value))


def _within(reading: NumberReading, value: CellValue, most: float) -> NumberReading:
    if reading.value < 0:
        raise NegativeError(value)
    if reading.value > most:
        raise TooLargeError(value, most)
    return reading


def _counted(value: CellValue, sex: Sex, has_comma_thousands: bool) -> NumberReading:
    """What a counting column understands beyond any number: sums, sexes, English thousands."""
    if not isinstance(value, str):
        return _read_signed(value)
    text = _plain(value)
    if found := _SUM.fullmatch(text):
        total = sum(_whole(part, value) for part in found[1].split("+"))
        if total != _whole(found[2], value):
            raise SumError(value, total)
        return NumberReading(total, f"“{shown(value)}” dibaca {exact_number(total)}.")
    if found := _OF_ONE_SEX.fullmatch(text):
        own = (found[sex] or found[f"{sex}2"]) if sex else None
        if own is None:
            raise OtherSexError(value)
        return NumberReading(_whole(own, value))
    bare = _UNIT.sub("", text)
    if has_comma_thousands and COMMA_THOUSANDS.fullmatch(bare):
        number = float(bare.replace(",", ""))
        return NumberReading(number, f"“{shown(value)}” dibaca {exact_number(number)}.")
    return _read_text(value)


def _whole(text: str, written: object) -> float:
    number = _unsigned(text.strip(), str(written))
    if not number.is_integer():
        raise NotWholeError(written)
    return number


def _plain(written: str) -> str:
    text = unicodedata.normalize("NFKC", visible(written[:100])).casefold().replace("−", "-")
    return " ".join(text.replace("’", "'").split())


def _read_text(written: str) -> NumberReading:
    text = _plain(written)
    bare = _ABOUT_TAIL.sub("", _UNIT.sub("", _ABOUT.sub("", text)))
    found = _SIGNED.fullmatch(bare.strip())
    if not found or sum(map(str.isdigit, bare)) > _MOST_DIGITS or not bare.isascii():
        raise NotANumberError(written)
    number = _unsigned(found[2].strip(), written) * (-1 if found[1] == "-" else 1)
    is_estimate = bool(_ABOUT.match(text) or _ABOUT_TAIL.search(_UNIT.sub("", text)))
    note = f"“{shown(written)}” dibaca {exact_number(number)} (perkiraan)." if is_estimate else ""
    return NumberReading(number, note)


def _unsigned(text: str, written: str) -> float:
    if _ENGLISH.fullmatch(text):
        return float(text.replace(",", ""))
    whole, comma, fraction = text.partition(",")
    if comma and not (fraction.isdigit() and (whole == "" or not whole.endswith("."))):
        raise NotANumberError(written)
    if _DOTTED.fullmatch(whole) or _SPACED.fullmatch(whole):
        whole = re.sub(r"[. ']", "", whole)
    elif comma and "." in whole:
        raise NotANumberError(written)
    text = f"{whole or 0}.{fraction}" if comma else whole
    if not _PLAIN.fullmatch(text):
        raise NotANumberError(written)
    return float(text)


def _degrees(value: CellValue) -> float:
    """A coordinate has no thousands: "106.289" is a decimal number here."""
    if isinstance(value, str):
        text = (
            unicodedata.normalize("NFKC", visible(value))
            .strip()
            .removesuffix("°")
            .replace("−", "-")
        )
        text = text.replace(",", ".")
        if not re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?", text):
            raise NotANumberError(value)
        return float(text)
    return _read_signed(value).value


def _pairs() -> tuple[re.Pattern[str], ...]:
    """Both numbers with their words, in either order, and a total before or behind."""
    patterns = []
    for form in (_NUMBER_OF, _OF_NUMBER):
        parts = [form.format(sex=sex, word=word, human=_HUMAN) for sex, word in _SEX_WORDS.items()]
        for first, second in (parts, parts[::-1]):
            both = rf"\(?\s?{first}{_BETWEEN}{second}\s?\)?"
            before = rf"(?:(?P<before>\d[\d.]*)\s?{_HUMAN}\s?[:=(,;-]\s?)?"
            after = rf"(?:\s?=\s?(?P<after>\d[\d.]*)\s?{_HUMAN})?"
            patterns.append(re.compile(before + both + after))
    return tuple(patterns)


_PAIRS = _pairs()
_BARE_PAIRS = {
    order: re.compile(
        rf"(?P<{first}>\d[\d.]*)\s?/\s?(?P<{second}>\d[\d.]*)"
        r"(?:\s?=\s?(?P<after>\d[\d.]*))?"
    )
    for order, first, second in (("L/P", "male", "female"), ("P/L", "female", "male"))
}
_OF_ONE_SEX = re.compile(
    "|".join(
        form.format(sex=sex + mark, word=word, human=_HUMAN)
        for sex, word in _SEX_WORDS.items()
        for form, mark in ((_NUMBER_OF, ""), (_OF_NUMBER, "2"))
    )
)
