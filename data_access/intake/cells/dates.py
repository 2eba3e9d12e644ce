"""From what people write as a date to a day; day first, never a guess.

Owns the ways a date is written in officers' files and the sentence for each way it is wrong.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data_access.intake.cells.personal import shown
from data_access.intake.model import CellValue
from data_access.settings import WIB

# Immigration's village work is younger; an earlier year is a slip of the finger.
FIRST_YEAR = 2015
# Excel counts days from here, since it believes that 1900 was a leap year.
_EXCEL_ZERO = date(1899, 12, 30)
# 2000-01-01 to 2099-12-31: smaller numbers are years, counts or row numbers.
_SERIALS = range(36_526, 73_051)

_MONTH_WORDS: Mapping[int, str] = {
    1: "januari jan january",
    2: "februari pebruari feb peb february",
    3: "maret mar march mrt",
    4: "april apr",
    5: "mei may",
    6: "juni jun june",
    7: "juli jul july",
    8: "agustus agu agt ags agst agus august aug",
    9: "september sep sept",
    10: "oktober okt october oct",
    11: "november nov nopember nop",
    12: "desember des december dec",
}
_MONTHS = {word: number for number, words in _MONTH_WORDS.items() for word in words.split()}
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_WEEKDAY_WORDS = (
    "senin sen monday mon",
    "selasa sel tuesday tue",
    "rabu rab rebo wednesday wed",
    "kamis kam thursday thu",
    "jumat jum friday fri",
    "sabtu sab saturday sat",
    "minggu min mgg ahad sunday sun",
)
_WEEKDAYS = {word: day for day, words in enumerate(_WEEKDAY_WORDS) for word in words.split()}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH = _either(_MONTHS)
# Year first with four digits, else day first; the month as number or word.
_DAY = (
    r"(?:(?P<y{n}>\d{{4}})(?P<s{n}>[-/.])(?P<m{n}>\d{{1,2}})(?P=s{n})(?P<d{n}>\d{{1,2}})"
    r"|(?P<e{n}>\d{{1,2}})(?:\s*[-/. ]\s*(?P<o{n}>\d{{1,2}})\s*[-/. ]\s*"
    rf"|\s*[-/. ]?\s*(?P<w{{n}}>{_MONTH})\.?\s*[-/. ]?\s*)(?P<z{{n}}>\d{{{{2,6}}}}))"
)
_TO = r"\s*(?:-|s\s?/\s?d|s\.d\.?|sd|sampai(?: dengan)?|hingga|to|dan|&)\s*"
_LEADING_TO = re.compile(rf"^(?:{_TO}/?)+\s*")
_ONE_DAY = re.compile(_DAY.format(n=1))
_TWO_DAYS = re.compile(_DAY.format(n=1) + _TO + _DAY.format(n=2))
# "16 - 18 Oktober 2025", "16, 17 dan 18 Oktober 2025", "30 September - 2 Oktober 2025"
_NEXT = rf"(?:{_TO}|\s*/\s*|\s+)"
_SHARED_YEAR = re.compile(
    rf"(?P<first>\d{{1,2}})(?:\s*(?P<month>{_MONTH})\.?)?(?:{_NEXT}\d{{1,2}}){{0,6}}?{_NEXT}"
    rf"(?P<rest>\d{{1,2}}\s*(?P<last>{_MONTH})\.?\s*(?P<year>\d{{2,6}}))"
)
_COMPACT = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})")
_SERIAL_TEXT = re.compile(r"\d{5}(?:\.\d+)?")
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}.*(?:z|[+-]\d{2}:?\d{2})")
_CLOCK = re.compile(
    r"(?:(?:pukul|jam|pkl)\.?\s*\d{1,2}[.:]\d{2}|\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)"
    r"(?:\s*(?:-|s/d|sampai)\s*(?:\d{1,2}[.:]\d{2}|selesai))?(?:\s*(?:wib|am|pm))?"
)
_DAY_T = re.compile(r"(?<=\d)t(?=\d{2}:)")
_CHATTER = re.compile(r"\b(?:hari|tanggal|tgl|wib)\b\.?:?")
_WEEKDAY = re.compile(rf"\b({_either(_WEEKDAYS)})\b\.?")
_EDGES = " -/.,;:&"


class DateError(ValueError):
    """Root of what can be wrong with a date."""


class NotADateError(DateError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"“{shown(value)}” tidak terbaca sebagai tanggal. "
            "Tulis hari, bulan, tahun, misalnya 16/01/2025 atau 16 Januari 2025."
        )


class NoSuchDayError(DateError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"Tanggal “{shown(value)}” tidak ada dalam kalender. Hari ditulis lebih dulu, lalu "
            "bulan; misalnya 16/01/2025."
        )


class ShortYearError(DateError):
    def __init__(self, value: object) -> None:
        super().__init__(
            f"Tahun dalam “{shown(value)}” hanya dua angka sehingga dapat berarti lain. "
            "Tulis tahun dengan empat angka, misalnya 16/01/2025."
        )


class YearRefusedError(DateError):
    def __init__(self, year: int, today: date) -> None:
        super().__init__(f"Tahun {year} di luar {FIRST_YEAR}–{today.year}. Periksa tahunnya.")


class AfterTodayError(DateError):
    def __init__(self, day: date, today: date) -> None:
        super().__init__(
            f"Tanggal {day:%d/%m/%Y} sesudah hari ini ({today:%d/%m/%Y}). Periksa tanggalnya."
        )


class WeekdayError(DateError):
    def __init__(self, written: int, day: date) -> None:
        super().__init__(
            f"Tertulis hari {WEEKDAYS[written]}, tetapi {day:%d/%m/%Y} jatuh pada hari "
            f"{WEEKDAYS[day.weekday()]}. Perbaiki hari atau tanggalnya."
        )


class RangeReversedError(DateError):
    def __init__(self, first: date, last: date) -> None:
        super().__init__(
            f"Rentang tanggal terbalik: {first:%d/%m/%Y} sesudah {last:%d/%m/%Y}. "
            "Tulis tanggal awal lebih dulu."
        )


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day, and an Indonesian sentence where more was written than one day."""

    day: date
    note: str = ""


def read_date(value: CellValue, today: date) -> DateReading:
    """Read a cell as a day from 2015 to today; a range means its first day, with a note.

    Raises:
        DateError: one of its subclasses, where the day is wrong or not certain.
    """
    if isinstance(value, datetime):
        moment = value.astimezone(WIB) if value.tzinfo else value
        return DateReading(_believed(moment.date(), today))
    if isinstance(value, date):
        return DateReading(_believed(value, today))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return DateReading(_believed(_serial_day(value, value), today))
    if isinstance(value, str):
        return _read_text(value, today)
    raise NotADateError(value)


def _read_text(written: str, today: date) -> DateReading:
    text = _plain(written)
    if _STAMP.fullmatch(text):
        return DateReading(_believed(_stamped_day(text, written), today))
    if _SERIAL_TEXT.fullmatch(text):
        return DateReading(_believed(_serial_day(float(text), written), today))
    if found := _COMPACT.fullmatch(text):
        return DateReading(_believed(_day(found[1], found[2], found[3], written), today))
    text = _CHATTER.sub(" ", _CLOCK.sub(" ", _DAY_T.sub(" ", text)))
    weekdays = [_WEEKDAYS[word] for word in _WEEKDAY.findall(text)]
    text = " ".join(_WEEKDAY.sub(" ", text).split()).strip(_EDGES)
    if weekdays:
        # "Senin dan Selasa, 6 dan 7 Januari" has a word too many now.
        text = _LEADING_TO.sub("", text)
    first, last = _first_and_last(text, written)
    _check_weekdays(weekdays, first, last)
    if first == last:
        return DateReading(_believed(first, today))
    if first > last:
        raise RangeReversedError(first, last)
    _believed(last, today)
    note = f"Rentang “{shown(written)}” dibaca sebagai hari pertamanya, {first:%d/%m/%Y}."
    return DateReading(_believed(first, today), note)


def _plain(written: str) -> str:
    """Lower case, one kind of dash and of space, no brackets, commas and apostrophes."""
    text = unicodedata.normalize("NFKC", written[:200]).casefold()
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"['’‘`´]", "", text)
    return " ".join(re.sub(r"[(),\[\]]", " ", text).split())


def _first_and_last(text: str, written: str) -> tuple[date, date]:
    if found := _ONE_DAY.fullmatch(text):
        day = _day_of(found.groupdict(), 1, written)
        return day, day
    if found := _TWO_DAYS.fullmatch(text):
        parts = found.groupdict()
        return _day_of(parts, 1, written), _day_of(parts, 2, written)
    if found := _SHARED_YEAR.fullmatch(text):
        year = _year(found["year"], written)
        # Between day numbers alone a dash may also part day and month: both need the word.
        begin = _day(year, _MONTHS[found["month"] or found["last"]], found["first"], written)
        end = _ONE_DAY.fullmatch(found["rest"])
        if end:
            return begin, _day_of(end.groupdict(), 1, written)
    raise NotADateError(written)


def _day_of(parts: Mapping[str, str | None], place: int, written: str) -> date:
    year, month, day, early, number, word, late = (parts[f"{key}{place}"] for key in "ymdeowz")
    if year:
        return _day(year, month, day, written)
    return _day(_year(late or "", written), _MONTHS[word] if word else number, early, written)


def _year(text: str, written: str) -> int:
    if len(text) == 2:
        raise ShortYearError(written)
    return int(text)


def _day(year: str | int, month: str | int | None, day: str | None, written: str) -> date:
    try:
        return date(int(year), int(month or 0), int(day or 0))
    except (ValueError, OverflowError) as error:
        raise NoSuchDayError(written) from error


def _serial_day(number: float, written: object) -> date:
    if not math.isfinite(number) or int(number) not in _SERIALS:
        raise NotADateError(written)
    return _EXCEL_ZERO + timedelta(days=int(number))


def _stamped_day(text: str, written: str) -> date:
    """The office's day of a moment with a time zone: an evening in UTC is the next morning."""
    try:
        return datetime.fromisoformat(text.upper()).astimezone(WIB).date()
    except (ValueError, OverflowError) as error:
        raise NotADateError(written) from error


def _check_weekdays(weekdays: list[int], first: date, last: date) -> None:
    if not weekdays:
        return
    if weekdays[0] != first.weekday():
        raise WeekdayError(weekdays[0], first)
    if len(weekdays) > 1 and weekdays[-1] != last.weekday():
        raise WeekdayError(weekdays[-1], last)


def _believed(day: date, today: date) -> date:
    if day.year < FIRST_YEAR or day.year > today.year:
        raise YearRefusedError(day.year, today)
    if day > today:
        raise AfterTodayError(day, today)
    return day
