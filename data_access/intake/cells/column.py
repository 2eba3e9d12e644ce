"""What the cells of a column mean together: judged by the whole column, never cell by cell.

Owns the order of day and month, the clock of moments, the scale of scores and thousands that a
spreadsheet has lost. Where a column does not say which it is, that is a question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from data_access.intake.cells.dates import (
    FIRST_YEAR,
    MONTH_NAMES,
    DateOrder,
    WrittenDate,
    parse_date,
    swapped,
)
from data_access.intake.cells.numbers import (
    COMMA_THOUSANDS,
    FEWEST_THOUSANDS,
    NumberError,
    PairOrder,
    is_percentage,
    read_count,
    read_number,
)
from data_access.intake.cells.personal import shown
from data_access.intake.cells.words import TICKS, flag_key
from data_access.intake.field import Field
from data_access.intake.model import CellValue
from data_access.intake.questions import Answers, Choice, Kind
from data_access.intake.signs import visible
from geo.area import area
from geo.notation import exact_number

Cells = Sequence[tuple[int, CellValue]]

DAY_FIRST: DateOrder = "hari-bulan"
MONTH_FIRST: DateOrder = "bulan-hari"
THOUSANDS = "ribuan"
AS_IT_IS = "apa adanya"
# What the best score is written as -> what scores are multiplied by.
SCALES: Mapping[str, int] = MappingProxyType({"0-100": 1, "0-10": 10, "0-5": 20, "0-1": 100})

# No month has more; a day up to the 12th can be a month, any later one cannot.
_LAST_MONTH = 12
# One real date beside one text is chance; two of each are a pattern.
_FEWEST_OF_EACH = 2
# Somebody may have added a row by hand to a file that a spreadsheet had swapped.
_ADDED_BY_HAND = 0.1
# Dates of one list lie together; those that were swapped lie a month or more beside them.
_NEAR = timedelta(days=31)
# Eight days in a row that are no later than the 12th happen once in two thousand times.
_FEWEST_FOR_A_NOTE = 8
_FEWEST_MONTHS = 5
_MOST_DAYS = 3
# Zones matter from here on: seven hours later it is tomorrow.
_EVENING = 17 * 60
# Only of whole populations is a number below a thousand unlikely.
_FEWEST_PEOPLE = 100_000

_SAYS_UTC = re.compile(r"\b(?:utc|gmt|zulu)\b(?!\s*\+?\s*0?7\b)", re.IGNORECASE)
_MALE_FIRST = re.compile(r"\bl(?:k|aki.?laki)?\b\s*[/&+-]\s*p(?:r|erempuan)?\b", re.IGNORECASE)
_FEMALE_FIRST = re.compile(r"\bp(?:r|erempuan)?\b\s*[/&+-]\s*l(?:k|aki.?laki)?\b", re.IGNORECASE)
_DOTTED = re.compile(r"\d\.\d{3}(?!\d)")


_SWAPPED_TOO = (
    "Bila bulan lebih dulu, hari dan bulan tanggal sejati di kolom ini juga ditukar, sebab "
    "semuanya jatuh pada hari ke-1 sampai ke-12."
)


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How the cells of a column are read.

    Attributes:
        order: which of day and month is written first, in texts of numbers only.
        swaps_dates: whether real dates have day and month exchanged.
        is_utc: whether moments without a zone are UTC.
        is_1904: whether bare numbers count days from 1904.
        factor: what a number is multiplied by; 10 for scores from 0 to 10; 1,000 for people, of
            whom only numbers below a thousand have lost their zeros.
        has_comma_thousands: whether a comma parts thousands.
        has_ticks: whether a cross is not clearly a tick.
        pair_order: whom the numbers of "20/30" count.
    """

    order: DateOrder = DAY_FIRST
    swaps_dates: bool = False
    is_utc: bool = False
    is_1904: bool = False
    factor: int = 1
    has_comma_thousands: bool = False
    has_ticks: bool = False
    pair_order: PairOrder = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a column leaves open: a question but for the names of file, sheet and column."""

    kind: Kind
    candidates: tuple[Choice, ...]
    message: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnJudgement:
    """How a column is read; doubts that keep it from being read; notes about what was assumed."""

    reading: ColumnReading
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()


def judge_column(
    field: Field,
    header: str,
    cells: Cells,
    today: date,
    answers: Answers,
    *,
    is_1904: bool = False,
    proofs: Collection[DateOrder] = (),
    siblings: Sequence[tuple[str, Cells]] = (),
    is_first: bool = True,
) -> ColumnJudgement:
    """Judge how the cells of a column are read.

    Args:
        field: the field that the column fills.
        header: the column's title, which answers name.
        cells: (row number, value) of all data rows, in order.
        today: no day after it is believed.
        answers: what was answered; a doubt that is answered is none.
        is_1904: of the workbook.
        proofs: orders that the sheet's other columns of dates prove, see `proves_order`; they
            count where this column proves none.
        siblings: (title, cells) of the other columns with the same scale: scores before and
            after. An answer about one of them counts for all.
        is_first: whether this column asks for its siblings as well; the others ask only where
            none of their siblings is in doubt.
    """
    column = _Column(
        field,
        header,
        _distinct(cells),
        today,
        answers,
        frozenset(proofs),
        tuple(siblings),
        is_first,
    )
    judge = _JUDGES.get(field.kind)
    reading = ColumnReading(is_1904=is_1904)
    return judge(column, reading) if judge else ColumnJudgement(reading)


# Without two numbers beside each other a text proves no order of them.
_TWO_NUMBERS = re.compile(r"\d[^0-9A-Za-z]+\d")


def proves_order(cells: Cells) -> set[DateOrder]:
    """Return which orders of day and month single values of a column prove; both, if they differ.

    7/14/2026 proves "bulan-hari", 14/7/2026 "hari-bulan", 7/9/2026 nothing.
    """
    telling = [cell for cell in cells if isinstance(cell[1], str) and _TWO_NUMBERS.search(cell[1])]
    written = _written(_distinct(telling))
    return {order for _, _, one in written if (order := _proof(one)) is not None}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column with each different value once, at the first row that holds it."""

    field: Field
    header: str
    cells: Cells
    today: date
    answers: Answers
    proofs: frozenset[DateOrder]
    siblings: tuple[tuple[str, Cells], ...]
    is_first: bool

    def answer(self, *allowed: str) -> str | None:
        return self.answers.about(self.header, allowed)


def _distinct(cells: Cells) -> list[tuple[int, CellValue]]:
    first: dict[tuple[type, CellValue], int] = {}
    for row, value in cells:
        if value is not None and value != "":
            first.setdefault((value.__class__, value), row)
    return [(row, value) for (_, value), row in first.items()]


# --- dates -----------------------------------------------------------------------------------


@dataclass
class _Dates:
    """What a column of dates holds: texts by what they prove, and real dates."""

    proving: dict[DateOrder, list[tuple[int, str]]] = field(
        default_factory=lambda: {DAY_FIRST: [], MONTH_FIRST: []}
    )
    proving_days: list[date] = field(default_factory=list)
    open: list[tuple[int, str, WrittenDate]] = field(default_factory=list)
    real: list[tuple[int, date]] = field(default_factory=list)


def _written(cells: Cells) -> list[tuple[int, str, WrittenDate]]:
    texts = ((row, value) for row, value in cells if isinstance(value, str))
    parsed = ((row, text, parse_date(text)) for row, text in texts)
    return [(row, text, one) for row, text, one in parsed if one is not None]


def _proof(one: WrittenDate) -> DateOrder | None:
    found = {day.proof for day in (one.begin, one.end)} - {None}
    return found.pop() if len(found) == 1 else None


def _gathered(cells: Cells) -> _Dates:
    dates = _Dates()
    for row, text, one in _written(cells):
        order = _proof(one)
        if order:
            dates.proving[order].append((row, text))
            dates.proving_days += filter(None, [one.begin.day(order)])
        elif one.begin.day(DAY_FIRST) != one.begin.day(MONTH_FIRST) and len(one.begin.year) != 2:
            dates.open.append((row, text, one))
    for row, value in cells:
        if isinstance(value, date):
            dates.real.append((row, value.date() if isinstance(value, datetime) else value))
    # What a spreadsheet shows for an empty cell says nothing of the others.
    dates.real = [(row, day) for row, day in dates.real if day.year >= FIRST_YEAR]
    return dates


def _judge_dates(column: _Column, reading: ColumnReading) -> ColumnJudgement:
    dates = _gathered(column.cells)
    judgements = (
        _judge_order(column, dates, reading),
        _judge_zone(column, reading),
    )
    order, zone = judgements
    return ColumnJudgement(
        replace(order.reading, is_utc=zone.reading.is_utc),
        order.doubts + zone.doubts,
        order.notes + zone.notes,
    )


def _judge_order(column: _Column, dates: _Dates, reading: ColumnReading) -> ColumnJudgement:
    is_swapped = _is_swapped(dates, column.today)
    doubt = _order_doubt(column, dates)
    if doubt and is_swapped:
        doubt = replace(doubt, message=f"{doubt.message} {_SWAPPED_TOO}")
    elif is_swapped:
        doubt = _swap_doubt(dates)
    answer = column.answer(DAY_FIRST, MONTH_FIRST)
    is_open_only = bool(dates.open) and not any(dates.proving.values())
    if doubt is None and not (is_open_only and answer):
        return ColumnJudgement(reading, notes=_early_days_note(column, dates))
    if answer is None:
        return ColumnJudgement(reading, (doubt,) if doubt else ())
    if answer == DAY_FIRST:
        return ColumnJudgement(reading)
    is_month_first = is_open_only or bool(dates.proving[MONTH_FIRST])
    reading = replace(
        reading, order=MONTH_FIRST if is_month_first else DAY_FIRST, swaps_dates=is_swapped
    )
    notes = []
    if is_month_first:
        notes.append(f"Kolom “{column.header}” dibaca dengan bulan lebih dulu.")
    if is_swapped:
        notes.append(f"Hari dan bulan tanggal sejati di kolom “{column.header}” ditukar kembali.")
    return ColumnJudgement(reading, notes=tuple(notes))


def _order_doubt(column: _Column, dates: _Dates) -> Doubt | None:
    """What speaks for the month before the day, in texts."""
    day_first, month_first = dates.proving[DAY_FIRST], dates.proving[MONTH_FIRST]
    if month_first and day_first:
        return _contradiction(month_first, day_first)
    if month_first:
        row, text = month_first[0]
        reason = (
            f"“{shown(text)}” (baris {row}) hanya ada dalam kalender bila bulan ditulis lebih dulu."
        )
        return _order_question(dates, reason, row, 95)
    if day_first or not dates.open:
        return None
    if column.proofs == {MONTH_FIRST}:
        reason = "Tanggal lain di berkas ini ditulis dengan bulan lebih dulu."
        return _order_question(dates, reason, None, 80)
    late = [
        (row, text)
        for row, text, one in dates.open
        if _is_after(one, DAY_FIRST, column.today) and not _is_after(one, MONTH_FIRST, column.today)
    ]
    if late and not any(_is_after(one, MONTH_FIRST, column.today) for _, _, one in dates.open):
        row, text = late[0]
        reason = (
            f"“{shown(text)}” (baris {row}) belum terjadi bila hari ditulis lebih dulu, "
            "tetapi sudah lewat bila bulan lebih dulu."
        )
        return _order_question(dates, reason, row, 60)
    return None


def _is_after(one: WrittenDate, order: DateOrder, today: date) -> bool:
    day = one.end.day(order)
    return day is None or day > today


def _contradiction(
    month_first: Sequence[tuple[int, str]], day_first: Sequence[tuple[int, str]]
) -> Doubt:
    (month_row, month_text), (day_row, day_text) = month_first[0], day_first[0]
    message = (
        f"“{shown(day_text)}” (baris {day_row}) ditulis dengan hari lebih dulu, tetapi "
        f"“{shown(month_text)}” (baris {month_row}) dengan bulan lebih dulu. Mana yang berlaku "
        "untuk tanggal yang dapat dibaca dua cara? Tanggal yang tidak cocok akan ditolak."
    )
    share = round(100 * len(month_first) / (len(month_first) + len(day_first)))
    choices = _order_choices(share, "bulan lebih dulu", "hari lebih dulu")
    return Doubt("date_order", choices, message, (day_row, month_row))


def _order_question(dates: _Dates, reason: str, row: int | None, score: float) -> Doubt:
    rows = [] if row is None else [row]
    month_label, day_label = "bulan lebih dulu", "hari lebih dulu"
    if dates.open:
        open_row, text, one = dates.open[0]
        month_label += _meaning(text, one, MONTH_FIRST)
        day_label += _meaning(text, one, DAY_FIRST)
        reason += (
            f" Maka “{shown(text)}” (baris {open_row}) mungkin {_day_of(one, MONTH_FIRST)}, bukan "
            f"{_day_of(one, DAY_FIRST)}."
        )
        rows.append(open_row)
    message = f"{reason} Mana yang ditulis lebih dulu di kolom ini, hari atau bulan?"
    choices = _order_choices(score, month_label, day_label)
    return Doubt("date_order", choices, message, tuple(sorted(set(rows))))


def _order_choices(score: float, month_label: str, day_label: str) -> tuple[Choice, ...]:
    choices = (
        Choice(MONTH_FIRST, month_label, score),
        Choice(DAY_FIRST, day_label, 100 - score),
    )
    return tuple(sorted(choices, key=lambda choice: -choice.score))


def _meaning(text: str, one: WrittenDate, order: DateOrder) -> str:
    return f" (“{shown(text)}” = {_day_of(one, order)})"


def _day_of(one: WrittenDate, order: DateOrder) -> str:
    day = one.begin.day(order)
    return _told(day) if day else "tidak ada"


def _told(day: date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _is_swapped(dates: _Dates, today: date) -> bool:
    """Whether a spreadsheet took the first number of each date for the month where it could."""
    days = {day for _, day in dates.real}
    telling = [day for day in days if day.day != day.month]
    if not telling or any(day.day > _LAST_MONTH for day in days):
        return False
    late = [day for day in telling if day > today >= swapped(day)]
    is_believed = all(day.year >= FIRST_YEAR and swapped(day) <= today for day in days)
    if late and is_believed:
        return True
    proving = len(dates.proving_days)
    orders = [order for order, texts in dates.proving.items() if texts]
    if len(orders) != 1 or len(dates.open) > _ADDED_BY_HAND * proving:
        return False
    if len(telling) >= _FEWEST_OF_EACH and proving >= _FEWEST_OF_EACH:
        return True
    first, last = min(dates.proving_days) - _NEAR, max(dates.proving_days) + _NEAR
    is_near = all(first <= swapped(day) <= last for day in telling)
    return is_near and any(not first <= day <= last for day in telling)


def _swap_doubt(dates: _Dates) -> Doubt:
    row, day = next((row, day) for row, day in dates.real if day.day != day.month)
    texts = dates.proving[DAY_FIRST]
    rows = [row]
    if texts:
        text_row, text = texts[0]
        rows.append(text_row)
        reason = (
            "Semua tanggal sejati di kolom ini jatuh pada hari ke-1 sampai ke-12, sedangkan semua "
            f"tanggal berupa teks sesudahnya, misalnya “{shown(text)}” (baris {text_row})."
        )
    else:
        reason = (
            "Tanggal di kolom ini ada yang belum terjadi, dan semuanya jatuh pada hari ke-1 "
            "sampai ke-12."
        )
    message = (
        f"{reason} Biasanya hari dan bulannya tertukar ketika berkas dibuka di Excel berbahasa "
        f"Inggris: {_told(day)} (baris {row}) seharusnya {_told(swapped(day))}. Benarkah tertukar?"
    )
    choices = _order_choices(
        80,
        f"ya, tertukar ({_told(day)} menjadi {_told(swapped(day))})",
        f"tidak, tetap {_told(day)}",
    )
    return Doubt("date_order", choices, message, tuple(sorted(rows)))


def _early_days_note(column: _Column, dates: _Dates) -> tuple[str, ...]:
    days = {day for _, day in dates.real}
    is_early = len(days) >= _FEWEST_FOR_A_NOTE and all(day.day <= _LAST_MONTH for day in days)
    months = {(day.year, day.month) for day in days}
    if not is_early or len(months) < _FEWEST_MONTHS or len({d.day for d in days}) > _MOST_DAYS:
        return ()
    return (
        f"Semua tanggal di kolom “{column.header}” jatuh pada hari ke-1 sampai ke-12 dari banyak "
        "bulan; periksa apakah hari dan bulannya tertukar.",
    )


def _judge_zone(column: _Column, reading: ColumnReading) -> ColumnJudgement:
    """Moments whose day depends on whose clock wrote them."""
    header_says = bool(_SAYS_UTC.search(column.header))
    evenings: list[tuple[int, str]] = []
    is_zoned = False
    for row, value in column.cells:
        if isinstance(value, datetime):
            is_zoned |= value.tzinfo is not None
            minutes = value.hour * 60 + value.minute
            if value.tzinfo is None and value.time() != time.min and minutes >= _EVENING:
                evenings.append((row, f"{value:%d/%m/%Y %H:%M}"))
        elif isinstance(value, str) and (one := parse_date(value)) and one.clock is not None:
            is_zoned |= one.zone == 0
            if one.zone is None and one.clock >= _EVENING:
                evenings.append((row, value))
    if not evenings or not (header_says or is_zoned):
        return ColumnJudgement(reading)
    answer = column.answer("utc", "wib")
    if answer:
        notes = (f"Waktu UTC di kolom “{column.header}” diubah ke WIB.",)
        is_utc = answer == "utc"
        return ColumnJudgement(replace(reading, is_utc=is_utc), notes=notes if is_utc else ())
    row, text = evenings[0]
    reason = (
        "Judul kolom ini menyebut UTC" if header_says else "Sebagian waktu di kolom ini ditulis UTC"
    )
    message = (
        f"{reason}, tetapi “{shown(text)}” (baris {row}) tidak menyebut zona. Bila UTC, itu sudah "
        f"esok hari di {area().short_name}. Jam siapa yang tertulis?"
    )
    choices = (
        Choice("utc", "UTC, diubah ke WIB", 70 if header_says else 50),
        Choice("wib", "WIB, dipakai seperti tertulis", 30 if header_says else 50),
    )
    return ColumnJudgement(reading, (Doubt("time_zone", choices, message, (row,)),))


# --- numbers ---------------------------------------------------------------------------------


def _numbers(cells: Cells) -> list[tuple[int, float]]:
    """The numbers of a column that are no percentages."""
    found = []
    for row, value in cells:
        if is_percentage(value):
            continue
        try:
            found.append((row, read_number(value).value))
        except NumberError:
            continue
    return found


def _top(cells: Cells) -> float:
    return max((number for _, number in _numbers(cells)), default=0)


def _is_small(top: float) -> bool:
    return 0 < top <= SCALES["0-10"]


def _judge_scores(column: _Column, reading: ColumnReading) -> ColumnJudgement:
    numbers = _numbers(column.cells)
    top = max((number for _, number in numbers), default=0)
    if not _is_small(top):
        return ColumnJudgement(reading, notes=_low_scores_note(column, numbers))
    headers = [column.header, *(header for header, _ in column.siblings)]
    answers = (column.answers.about(header, tuple(SCALES)) for header in headers)
    answer = next(filter(None, answers), None)
    if answer:
        factor = SCALES[answer]
        note = f"Nilai di kolom “{column.header}” (skala {answer}) dikalikan {factor}."
        return ColumnJudgement(replace(reading, factor=factor), notes=(note,) if factor > 1 else ())
    tops = [_top(_distinct(cells)) for _, cells in column.siblings]
    if not column.is_first and any(map(_is_small, tops)):
        return ColumnJudgement(reading)
    row, number = max(numbers, key=lambda found: found[1])
    highest = max(top, *tops) if tops else top
    message = (
        f"Nilai tertinggi di kolom ini {exact_number(number)} (baris {row}), sedangkan nilai "
        "disimpan dalam skala 0 sampai 100. Berapa nilai tertinggi yang mungkin?"
    )
    return ColumnJudgement(
        reading, (Doubt("scale", _scale_choices(number, highest), message, (row,)),)
    )


def _scale_choices(number: float, highest: float) -> tuple[Choice, ...]:
    """The likeliest scale first, as pre and post test show it together."""
    if highest <= 1:
        scores = {"0-1": 70.0, "0-10": 20.0, "0-100": 10.0}
    elif highest <= 100 / SCALES["0-5"]:
        scores = {"0-10": 60.0, "0-5": 30.0, "0-100": 10.0}
    elif highest <= SCALES["0-10"]:
        scores = {"0-10": 80.0, "0-100": 20.0}
    else:
        scores = {"0-100": 50.0, "0-10": 40.0}
    if number <= 1:
        scores.setdefault("0-1", 10.0)
    return tuple(
        Choice(
            scale,
            f"{exact_number(100 / SCALES[scale])} ({exact_number(number)} disimpan sebagai "
            f"{exact_number(round(number * SCALES[scale], 6))})",
            score,
        )
        for scale, score in scores.items()
    )


def _low_scores_note(column: _Column, numbers: Sequence[tuple[int, float]]) -> tuple[str, ...]:
    low = [(row, number) for row, number in numbers if 0 < number <= 1]
    if not low:
        return ()
    row, number = low[0]
    return (
        f"Nilai {exact_number(number)} di kolom “{column.header}” (baris {row}) jauh di bawah "
        "yang lain; periksa skalanya.",
    )


def _judge_people(column: _Column, reading: ColumnReading) -> ColumnJudgement:
    texts = [visible(value) for _, value in column.cells if isinstance(value, str)]
    with_comma = [text.split()[0] for text in texts if "," in text and text.split()]
    is_english = bool(with_comma) and all(map(COMMA_THOUSANDS.fullmatch, with_comma))
    # Who parts thousands by dots parts decimals by commas.
    is_english = is_english and not any(map(_DOTTED.search, texts))
    reading = replace(reading, has_comma_thousands=is_english)
    is_population = column.field.kind == "number" and (column.field.most or 0) >= _FEWEST_PEOPLE
    if not is_population:
        return ColumnJudgement(reading)
    numbers = _people(column.cells, has_comma_thousands=is_english)
    lost = [(row, number) for row, number in numbers if 0 < number < FEWEST_THOUSANDS]
    if not lost:
        return ColumnJudgement(reading)
    answer = column.answer(THOUSANDS, AS_IT_IS)
    if answer:
        factor = FEWEST_THOUSANDS if answer == THOUSANDS else 1
        return ColumnJudgement(replace(reading, factor=factor))
    return ColumnJudgement(reading, (_thousands_doubt(lost, numbers),))


def _people(cells: Cells, *, has_comma_thousands: bool) -> list[tuple[int, float]]:
    """Numbers of a column of people, also those that no people can be."""
    found = []
    for row, value in cells:
        try:
            if has_comma_thousands and isinstance(value, str) and "," in value:
                number = float(read_count(value, 10**9, has_comma_thousands=True).value)
            else:
                number = read_number(value).value
        except NumberError:
            continue
        found.append((row, number))
    return found


def _thousands_doubt(
    lost: Sequence[tuple[int, float]], numbers: Sequence[tuple[int, float]]
) -> Doubt:
    row, number = lost[0]
    others = [one for _, one in numbers if one >= FEWEST_THOUSANDS]
    is_broken = any(not one.is_integer() for _, one in lost)
    beside = f", jauh di bawah yang lain ({exact_number(max(others))})" if others else ""
    times = exact_number(round(number * FEWEST_THOUSANDS, 6))
    message = (
        f"Jumlah {exact_number(number)} (baris {row}) terlalu kecil untuk penduduk{beside}. "
        f"Mungkin titik ribuannya hilang sehingga {times} menjadi {exact_number(number)}. "
        "Berapa yang benar?"
    )
    choices = (
        Choice(THOUSANDS, f"ribuan ({times})", 90 if is_broken or others else 60),
        Choice(AS_IT_IS, f"apa adanya ({exact_number(number)})", 10 if is_broken or others else 40),
    )
    return Doubt("scale", choices, message, tuple(found_row for found_row, _ in lost))


# --- others ----------------------------------------------------------------------------------


def _judge_flags(column: _Column, reading: ColumnReading) -> ColumnJudgement:
    texts = (flag_key(visible(value)) for _, value in column.cells if isinstance(value, str))
    return ColumnJudgement(replace(reading, has_ticks=any(text in TICKS for text in texts)))


def _judge_pairs(column: _Column, reading: ColumnReading) -> ColumnJudgement:
    order: PairOrder = ""
    if _MALE_FIRST.search(column.header):
        order = "L/P"
    elif _FEMALE_FIRST.search(column.header):
        order = "P/L"
    return ColumnJudgement(replace(reading, pair_order=order))


_JUDGES: Mapping[str, Callable[[_Column, ColumnReading], ColumnJudgement]] = MappingProxyType(
    {
        "count": _judge_people,
        "date": _judge_dates,
        "flag": _judge_flags,
        "number": _judge_people,
        "pair": _judge_pairs,
        "score": _judge_scores,
    }
)
