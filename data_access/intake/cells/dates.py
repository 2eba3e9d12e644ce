"""From what people write as a date to a day, never a guess.

Owns the ways a date is written in officers' files and the sentence for each way it is wrong. Which
of day and month comes first in numbers is said by the column, see `cells.column`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from data_access.intake.cells.personal import shown
from data_access.intake.model import CellValue
from data_access.intake.signs import repaired, visible
from data_access.settings import WIB
from geo.telling import TellingError

DateOrder = Literal["hari-bulan", "bulan-hari"]

# Immigration's village work is younger; an earlier year is a slip of the finger.
FIRST_YEAR = 2015
# Excel counts days from here, since it believes that 1900 was a leap year; old Macintosh books
# count from 1904.
_EXCEL_ZERO = date(1899, 12, 30)
_MACINTOSH_ZERO = date(1904, 1, 1)
# 2000-01-01 to 2099-12-31: smaller numbers are years, counts or row numbers.
_BELIEVABLE_SERIALS = (date(2000, 1, 1), date(2099, 12, 31))

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
MONTH_NAMES = tuple(words.split()[0].capitalize() for words in _MONTH_WORDS.values())
_ROMAN_WORDS = "i ii iii iv v vi vii viii ix x xi xii"
_ROMAN = {word: number for number, word in enumerate(_ROMAN_WORDS.split(), start=1)}
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


# Roman numerals stand between separators only: "13x2026" is no October.
_MONTH = rf"(?:{_either(_MONTHS)}|(?<=[-/. ])(?:{_either(_ROMAN)})(?=[-/. ]))"
_SEP = r"\s*[-/. ]\s*"
_MAYBE = r"\s*[-/. ]?\s*"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
# Year first with four digits; day first; the month as a word before the day.
_DAY = (
    r"(?:(?P<y{n}>\d{{4}})(?:(?P<s{n}>[-/.])(?P<m{n}>\d{{1,2}})(?P=s{n})"
    rf"|{_SEP}(?P<v{{n}}>{_MONTH})\.?{_SEP})(?P<d{{n}}>\d{{{{1,2}}}})"
    rf"|(?P<e{{n}}>\d{{{{1,2}}}})(?:st|nd|rd|th)?(?:{_SEP}(?P<o{{n}}>\d{{{{1,2}}}}){_SEP}"
    rf"|{_MAYBE}(?P<w{{n}}>{_MONTH})\.?{_MAYBE})(?P<z{{n}}>\d{{{{2,6}}}})"
    rf"|(?P<u{{n}}>{_MONTH})\.?{_MAYBE}(?P<f{{n}}>\d{{{{1,2}}}})(?:st|nd|rd|th)?{_SEP}"
    r"(?P<x{n}>\d{{2,6}}))"
)
# What stands between the ends of a range, and between the days of a list, once words are "~".
_TO = r"\s*[-~]\s*"
_NEXT = r"(?:\s*[-~/]\s*|\s+)"
_TO_WORD = re.compile(
    r"s\s?/\s?d\b|\bs\.\s?d\b\.?|\b(?:sd|sampai(?: dengan)?|hingga|to|dan|serta|and)\b|&|\+"
)
_ONE_DAY = re.compile(_DAY.format(n=1))
_TWO_DAYS = re.compile(_DAY.format(n=1) + _TO + _DAY.format(n=2))
# "16 - 18 Oktober 2025", "16, 17 dan 18 Oktober 2025", "30 September - 2 Oktober 2025"
_SHARED_YEAR = re.compile(
    rf"(?P<first>{_NUMBER})(?:\s*(?P<month>{_MONTH})\.?)?"
    rf"(?:{_NEXT}{_NUMBER}(?:\s*{_MONTH}\.?)?){{0,6}}?{_NEXT}"
    rf"(?P<rest>{_NUMBER}{_MAYBE}(?P<last>{_MONTH})\.?{_MAYBE}(?P<year>\d{{2,6}}))"
)
# "July 13-15, 2026"
_MONTH_THEN_DAYS = re.compile(
    rf"(?P<month>{_MONTH})\.?\s*(?P<first>{_NUMBER})(?:{_NEXT}{_NUMBER}){{0,6}}?{_NEXT}"
    rf"(?P<last>{_NUMBER})\s+(?P<year>\d{{4}})"
)
# "13-15/07/2026", "13 & 14-07-2026"; and "13/07 - 15/07/2026"
_DAYS_THEN_NUMBERS = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<list>(?:{_NEXT}\d{{1,2}}){{0,6}}?{_NEXT})(?P<last>\d{{1,2}})"
    r"(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{2,6})"
)
_YEAR_ONCE = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<sep>[-/.])(?P<second>\d{{1,2}}){_TO}"
    r"(?P<last>\d{1,2}(?P=sep)\d{1,2}(?P=sep)(?P<year>\d{2,6}))"
)
# The commonest forms in one look; all of them are read below as well.
_USUAL = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?P=sign)(?P<late>\d{4}))"
    r"(?:,? (?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)(?::[0-5]\d)?)?",
    re.ASCII,
)
_COMPACT = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})(?:[.,]0*)?")
_SERIAL_TEXT = re.compile(r"\d{5}(?:[.,]\d+)?")
_FROM_ZERO = re.compile(
    r"0|0?0[-/.]0?[01][-/.](?:19)?00|(?:30|31)[-/.]12[-/.]1899|1899-12-3[01]|1900-0?1-0?0"
    r"|0{4}[-/.]0{1,2}[-/.]0{1,2}|0{1,2}[-/.]0{1,2}[-/.]0{4}|0?0:00(?::00)?"
)
# A serial of 0 is one of these days, whatever the spreadsheet believes of 1900.
_ZERO_DAYS = (_EXCEL_ZERO, date(1899, 12, 31), _MACINTOSH_ZERO)

_HOUR = r"(?:[01]?\d|2[0-4])"
_TIME = rf"{_HOUR}(?:[.:][0-5]\d(?:[.:][0-5]\d(?:\.\d+)?)?)?"
_HALF = r"\s*(?:[ap]\.?m\b\.?|pagi\b|siang\b|sore\b|malam\b)"
_ZONE = (
    r"\s?(?:(?:utc|gmt)(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?\b|z\b|wib\b|wita\b|wit\b"
    r"|\+\d\d(?::?\d\d)?(?!\d))"
)
# West of Greenwich only behind seconds or a "T": "09:00-11:00" is a range.
_WEST = r"(?:(?<=:\d\d:\d\d)|(?<=t\d\d:\d\d)|(?<=\.\d{3})|(?<=\.\d{6}))-\d\d:?\d\d(?![\d:])"
_UNTIL = (
    r"\s*(?:-|s\s?/\s?d\b|s\.\s?d\b\.?|sd\b|sampai(?: dengan)?\b|hingga\b|to\b)\s*"
    r"(?:(?:pukul|jam|pkl|pk)\b\.?\s*)?"
)
_CLOCK = re.compile(
    r"(?P<lead>\b(?:pukul|jam|pkl|pk)\b\.?\s*:?\s*)?"
    rf"(?:(?<=\d)t)?(?<![\d.:])(?P<time>{_TIME})(?!\.?\d)(?P<west>{_WEST})?"
    rf"(?P<half>{_HALF})?(?P<zone>{_ZONE})?"
    rf"(?:{_UNTIL}(?:{_HOUR}[.:][0-5]\d(?:[.:][0-5]\d)?(?![\d.]|\.\d)|selesai|sls|"
    rf"(?(lead){_HOUR}(?![\d:]|[-/.]\d|\s*{_MONTH})|(?!)))(?:{_HALF})?)?(?P<later>{_ZONE})?"
)
_AFTER_A_YEAR = re.compile(r"\d{4}[\s/;|]*|[-/.]\d{2}[\s;|]+")
_AFTER_A_DASH = re.compile(r"\d{4}\s*-\s*")
_ZONES = {"wib": 7, "wita": 8, "wit": 9, "z": 0, "utc": 0, "gmt": 0}
_LONG_ZONES = (
    (re.compile(r"waktu indonesia barat|western indonesian? time|indochina time"), "wib"),
    (re.compile(r"waktu indonesia tengah|central indonesian? time"), "wita"),
    (re.compile(r"waktu indonesia timur|eastern indonesian? time"), "wit"),
)
_LASTING = re.compile(rf"\b(?:selama\s+)?\d{{1,2}}\s+hari\b(?!\s+(?:{_either(_WEEKDAYS)}))")
_CHATTER = re.compile(r"\b(?:hari|tanggal|tgl|bulan|tahun|selesai|wib|wita|wit)\b\.?:?")
_WEEKDAY = re.compile(rf"\b(jum at|{_either(_WEEKDAYS)})\b\.?")
_EDGES = " -/.,;:~|"
# As many as a file has rows: each is parsed once, for judging its column and for reading it.
_MOST_PARSED = 50_000


class DateError(TellingError, ValueError):
    """Root of what can be wrong with a date."""


class _WrittenDateError(DateError):
    value: object

    @property
    def shown(self) -> str:
        return shown(self.value)


class NotADateError(_WrittenDateError):
    sentence = (
        "“{shown}” tidak terbaca sebagai tanggal. "
        "Tulis hari, bulan, tahun, misalnya 16/01/2025 atau 16 Januari 2025."
    )


class NoSuchDayError(_WrittenDateError):
    sentence = (
        "Tanggal “{shown}” tidak ada dalam kalender. {first} ditulis lebih dulu, lalu {second}; "
        "misalnya {example}."
    )
    order: DateOrder = "hari-bulan"

    @property
    def first(self) -> str:
        return self.order.split("-")[0].capitalize()

    @property
    def second(self) -> str:
        return self.order.split("-")[1]

    @property
    def example(self) -> str:
        return "16/01/2025" if self.order == "hari-bulan" else "01/16/2025"


class ShortYearError(_WrittenDateError):
    sentence = (
        "Tahun dalam “{shown}” hanya dua angka sehingga dapat berarti lain. "
        "Tulis tahun dengan empat angka, misalnya 16/01/2025."
    )


class YearRefusedError(DateError):
    sentence = "Tahun {year} di luar {first}–{today.year}. Periksa tahunnya."
    year: int
    today: date
    first: int = FIRST_YEAR


class AfterTodayError(DateError):
    sentence = "Tanggal {day:%d/%m/%Y} sesudah hari ini ({today:%d/%m/%Y}). Periksa tanggalnya."
    day: date
    today: date


class WeekdayError(DateError):
    sentence = (
        "Tertulis hari {written_weekday}, tetapi {day:%d/%m/%Y} jatuh pada hari "
        "{weekday}. Perbaiki hari atau tanggalnya."
    )
    written: int
    day: date

    @property
    def written_weekday(self) -> str:
        return WEEKDAYS[self.written]

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]


class RangeReversedError(DateError):
    sentence = (
        "Rentang tanggal terbalik: {first:%d/%m/%Y} sesudah {last:%d/%m/%Y}. "
        "Tulis tanggal awal lebih dulu."
    )
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DateReading:
    """A day, and an Indonesian sentence where more was written than one day."""

    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """Year, and two numbers of which the order is open where both are numbers before the year."""

    year: str
    first: int
    second: int
    is_open: bool

    def day(self, order: DateOrder) -> date | None:
        """Return the day, None if the calendar has none."""
        if self.is_open and order == "bulan-hari":
            return _calendar(self.year, self.first, self.second)
        return _calendar(self.year, self.second, self.first)

    @property
    def proof(self) -> DateOrder | None:
        """The only order in which it is a day; None where both or neither give one.

        A short year is refused in either order.
        """
        if not self.is_open or len(self.year) == 2:
            return None
        is_day_first = self.day("hari-bulan") is not None
        if is_day_first == (self.day("bulan-hari") is not None):
            return None
        return "hari-bulan" if is_day_first else "bulan-hari"


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """What stands in a text that is a date.

    Attributes:
        begin, end: the same for one day.
        weekdays: 0 for Monday, as written.
        clock: minutes since midnight of the first clock; None without one.
        zone: hours before UTC where a zone is written.
        is_longer: whether it says that it lasted several days.
    """

    begin: WrittenDay
    end: WrittenDay
    weekdays: tuple[int, ...] = ()
    clock: int | None = None
    zone: float | None = None
    is_longer: bool = False


def read_date(
    value: CellValue,
    today: date,
    *,
    order: DateOrder = "hari-bulan",
    swaps_dates: bool = False,
    is_utc: bool = False,
    is_1904: bool = False,
) -> DateReading:
    """Read a cell as a day from 2015 to today; a range means its first day, with a note.

    Args:
        value: the cell.
        today: no day after it is believed.
        order: what comes first in texts of numbers.
        swaps_dates: whether real dates have day and month exchanged.
        is_utc: whether a moment without a zone is UTC.
        is_1904: whether bare numbers count days from 1904.

    Raises:
        DateError: one of its subclasses, where the day is wrong or not certain.
    """
    if isinstance(value, datetime):
        moment = value.replace(tzinfo=UTC) if is_utc and not value.tzinfo else value
        day = (moment.astimezone(WIB) if moment.tzinfo else moment).date()
        return DateReading(_believed(swapped(day) if swaps_dates else day, today))
    if isinstance(value, date):
        return DateReading(_believed(swapped(value) if swaps_dates else value, today))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return DateReading(_believed(_numbered_day(value, is_1904), today))
    if isinstance(value, str):
        return _read_text(value, today, order, is_utc, is_1904)
    raise NotADateError(value)


def is_zero_date(value: CellValue) -> bool:
    """Whether a cell is what a spreadsheet shows for a date that refers to an empty cell."""
    if isinstance(value, datetime):
        return value.date() in _ZERO_DAYS
    if isinstance(value, date):
        return value in _ZERO_DAYS
    if isinstance(value, str):
        return bool(_FROM_ZERO.fullmatch(value.strip()))
    return isinstance(value, int | float) and not isinstance(value, bool) and value == 0


def check_weekday(text: str, day: date) -> str | None:
    """Return a sentence if a weekday in a column of its own contradicts the date beside it.

    A text that names no weekday, or several, says nothing.
    """
    words = [_weekday(found) for found in _WEEKDAY.findall(_plain(text))]
    if len(words) != 1 or words[0] == day.weekday():
        return None
    return str(WeekdayError(words[0], day))


def is_weekday(text: str) -> bool:
    """Whether a text is the name of a day of the week and nothing else."""
    return bool(_WEEKDAY.fullmatch(_plain(text)))


def swapped(day: date) -> date:
    """Return a day with day and month exchanged, as it is where that is no day."""
    return _calendar(str(day.year), day.day, day.month) or day


def _read_text(
    written: str, today: date, order: DateOrder, is_utc: bool, is_1904: bool
) -> DateReading:
    found = parse_date(written)
    if found is None:
        text = _plain(written).replace(",", ".")
        if not _SERIAL_TEXT.fullmatch(text):
            raise NotADateError(written)
        return DateReading(_believed(_serial_day(float(text), written, is_1904), today))
    first, last = (_day_of(one, written, order) for one in (found.begin, found.end))
    _check_weekdays(found.weekdays, first, last)
    if found.clock is not None and (found.zone is not None or is_utc):
        shift = _shift(found.clock, found.zone or 0)
        if first != last and shift:
            raise NotADateError(written)
        first, last = first + shift, last + shift
    if first > last:
        raise RangeReversedError(first, last)
    _believed(last, today)
    if first == last and not found.is_longer:
        return DateReading(_believed(first, today))
    note = f"Rentang “{shown(written)}” dibaca sebagai hari pertamanya, {first:%d/%m/%Y}."
    return DateReading(_believed(first, today), note)


@lru_cache(maxsize=_MOST_PARSED)
def parse_date(written: str) -> WrittenDate | None:
    """Return what a text says as a date in any of the ways people write one; None if it is none."""
    if found := _USUAL.fullmatch(written):
        return _usual(found)
    text = _plain(written)
    if found := _COMPACT.fullmatch(text):
        day = WrittenDay(found[1], int(found[3]), int(found[2]), is_open=False)
        return WrittenDate(day, day)
    for pattern, zone in _LONG_ZONES:
        text = pattern.sub(zone, text)
    text, clock, zone_hours = _without_clock(text)
    text, lasting = _LASTING.subn(" ", text)
    text = _CHATTER.sub(" ", text)
    weekdays = tuple(_weekday(word) for word in _WEEKDAY.findall(text))
    text = _TO_WORD.sub(" ~ ", _WEEKDAY.sub(" ", text))
    # "Senin dan Selasa, 6 dan 7 Januari" has a word too many now.
    text = " ".join(text.split()).strip(_EDGES)
    ends = _begin_and_end(text)
    if ends is None:
        return None
    return WrittenDate(*ends, weekdays, clock, zone_hours, is_longer=bool(lasting))


def _usual(found: re.Match[str]) -> WrittenDate:
    """What most columns hold, some of them a different moment in each of 50,000 rows."""
    if found["year"]:
        day = WrittenDay(found["year"], int(found["day"]), int(found["month"]), is_open=False)
    else:
        day = WrittenDay(found["late"], int(found["first"]), int(found["second"]), is_open=True)
    return WrittenDate(day, day, clock=_minutes(found["clock"], "") if found["clock"] else None)


def _plain(written: str) -> str:
    """Lower case, one kind of dash and of space, no brackets, commas and apostrophes."""
    text = unicodedata.normalize("NFKC", repaired(visible(written[:200]))).casefold()
    text = re.sub(r"[‐-―−]", "-", text)
    text = re.sub(r"['’‘`´ʼ]", "", text)
    if _SERIAL_TEXT.fullmatch(text.strip()):
        return text.strip()
    return " ".join(re.sub(r"[(),\[\]]", " ", text).split())


def _without_clock(text: str) -> tuple[str, int | None, float | None]:
    """The text without its clocks; minutes of the first, and the first zone."""
    clock: int | None = None
    zone: float | None = None
    kept = []
    end = 0
    for found in _CLOCK.finditer(text):
        if not _is_clock(found, text):
            continue
        kept.append(text[end : found.start()])
        end = found.end()
        if clock is None:
            clock = _minutes(found["time"], found["half"] or "")
        # Of "09.00 to 16.00 UTC" the word stands behind the last.
        if zone is None:
            zone = _zone(found["west"] or found["zone"] or found["later"] or "")
    return " ".join([*kept, text[end:]]), clock, zone


def _is_clock(found: re.Match[str], text: str) -> bool:
    """Whether numbers are a clock: led by a word, with colons, with a zone, or after a year."""
    if found["lead"] or ":" in found["time"]:
        return True
    if "." not in found["time"]:
        return False
    before = text[: found.start()]
    has_zone = bool(found["zone"] or found["later"])
    if before.endswith("-") or before.rstrip().endswith("-"):
        return has_zone and bool(_ends(before, _AFTER_A_DASH))
    return has_zone or bool(_ends(before, _AFTER_A_YEAR))


def _ends(text: str, pattern: re.Pattern[str]) -> bool:
    return any(found.end() == len(text) for found in pattern.finditer(text))


def _minutes(time: str, half: str) -> int:
    hour, minute = (int(part) for part in (*re.split(r"[.:]", time), "0")[:2])
    half = half.replace(".", "").strip()
    if half in ("pm", "sore", "malam") and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    return hour * 60 + minute


def _zone(text: str) -> float | None:
    text = text.strip()
    sign = re.search(r"([+-])\s?(\d{1,2}):?(\d\d)?", text)
    if sign:
        hours = int(sign[2]) + int(sign[3] or 0) / 60
        return hours if sign[1] == "+" else -hours
    return _ZONES.get(text)


def _shift(clock: int, zone: float) -> timedelta:
    """Whole days that the office's clock is before or behind a moment's own."""
    moment = timedelta(minutes=clock) - timedelta(hours=zone) + WIB.utcoffset(None)
    # 24:00 is written for the end of a day, not for the next morning.
    end_of_day = timedelta(days=clock == 24 * 60 and zone == 7)
    return timedelta(days=moment // timedelta(days=1)) - end_of_day


def _begin_and_end(text: str) -> tuple[WrittenDay, WrittenDay] | None:
    if found := _ONE_DAY.fullmatch(text):
        day = _parts_of(found.groupdict(), 1)
        return day, day
    if found := _TWO_DAYS.fullmatch(text):
        parts = found.groupdict()
        return _parts_of(parts, 1), _parts_of(parts, 2)
    if found := _SHARED_YEAR.fullmatch(text):
        # Between day numbers alone a dash may also part day and month: both need the word.
        end = _ONE_DAY.fullmatch(found["rest"])
        month = _month(found["month"] or found["last"])
        begin = WrittenDay(found["year"], _number(found["first"]), month, is_open=False)
        return (begin, _parts_of(end.groupdict(), 1)) if end else None
    if found := _MONTH_THEN_DAYS.fullmatch(text):
        month = _month(found["month"])
        first, last = (_number(found[name]) for name in ("first", "last"))
        day = WrittenDay(found["year"], first, month, is_open=False)
        return day, replace(day, first=last)
    if (found := _DAYS_THEN_NUMBERS.fullmatch(text)) and found["sep"] not in found["list"]:
        day = WrittenDay(found["year"], int(found["first"]), int(found["month"]), is_open=False)
        return day, replace(day, first=int(found["last"]))
    if found := _YEAR_ONCE.fullmatch(text):
        end = _ONE_DAY.fullmatch(found["last"])
        day = WrittenDay(found["year"], int(found["first"]), int(found["second"]), is_open=True)
        return (day, _parts_of(end.groupdict(), 1)) if end else None
    return None


def _parts_of(parts: Mapping[str, str | None], place: int) -> WrittenDay:
    year, month, word, day, early, number, late_word, late, first_word, following, last = (
        parts[f"{key}{place}"] or "" for key in "ymvdeowzufx"
    )
    if year:
        return WrittenDay(year, int(day), int(month) if month else _month(word), is_open=False)
    if first_word:
        return WrittenDay(last, int(following), _month(first_word), is_open=False)
    if number:
        return WrittenDay(late, int(early), int(number), is_open=True)
    return WrittenDay(late, int(early), _month(late_word), is_open=False)


def _month(word: str) -> int:
    return _MONTHS.get(word) or _ROMAN[word]


def _number(text: str) -> int:
    return int(text[:2] if text[:2].isdigit() else text[:1])


def _weekday(word: str) -> int:
    return _WEEKDAYS[word.replace(" ", "")]


def _day_of(one: WrittenDay, written: str, order: DateOrder) -> date:
    if len(one.year) == 2:
        raise ShortYearError(written)
    day = one.day(order)
    if day is None:
        raise NoSuchDayError(written, order)
    return day


def _calendar(year: str, month: int, day: int) -> date | None:
    try:
        return date(int(year), month, day)
    except (ValueError, OverflowError):
        return None


def _numbered_day(value: float, is_1904: bool) -> date:
    """A bare number: yyyymmdd, or the days since the spreadsheet's first."""
    found = _COMPACT.fullmatch(str(int(value))) if math.isfinite(value) else None
    if found and value == int(value):
        day = _calendar(found[1], int(found[2]), int(found[3]))
        if day is None:
            raise NoSuchDayError(value)
        return day
    return _serial_day(value, value, is_1904)


def _serial_day(number: float, written: object, is_1904: bool) -> date:
    zero = _MACINTOSH_ZERO if is_1904 else _EXCEL_ZERO
    least, most = ((end - zero).days for end in _BELIEVABLE_SERIALS)
    if not math.isfinite(number) or not least <= int(number) <= most:
        raise NotADateError(written)
    return zero + timedelta(days=int(number))


def _check_weekdays(weekdays: tuple[int, ...], first: date, last: date) -> None:
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
