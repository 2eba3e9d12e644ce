"""A question with several answers: one column per option becomes one text, "TPPO; TPPM".

Owns how option columns are told from counts of a group. The option columns are carried whole in
the question's own column and are not read again: 1 below "Sasaran/Perempuan" is no woman.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data_access.intake.files.exports.table import Table, text
from data_access.intake.files.exports.titles import SEPARATORS, split
from data_access.intake.files.sheets import header_words, row_list
from data_access.intake.model import CellValue, SheetRow

CHOSEN = "; "

# No option is called more than a title may be.
_LONGEST = 120
_YES = frozenset({"1", "true", "yes", "ya", "selected"})
_NO = frozenset({"", "0", "false", "no", "tidak"})
# CommCare and SurveyCTO part question and option in their own ways.
_OPTION_SEPARATORS = ("/", " | ", *(one for one in SEPARATORS if one != "/"), "_")
# These stand inside ordinary names too: only rows that all agree prove an option.
_WEAK = frozenset({"_", "-", " - "})
# Of a group of whole numbers these words speak; of options they do not.
_COUNTED = frozenset(
    {"jumlah", "jml", "banyak", "banyaknya", "total", "berapa", "orang", "korban", "peserta",
     "hadir", "kehadiran", "jiwa", "penduduk", "number", "count", "victims", "participants"}
)  # fmt: skip
_PEOPLE = frozenset(
    {"laki", "perempuan", "pria", "wanita", "lk", "pr", "l", "p", "anak", "dewasa", "male",
     "female", "men", "women", "boys", "girls"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Choice:
    """Columns of options and the question that they answer, if that has a column too."""

    question: int | None
    head: str
    options: Mapping[int, str]
    is_weak: bool = False


def fold_answered(table: Table) -> None:
    """Write the chosen options into the question's column and mark theirs as not to be read."""
    for choice in _answered(table):
        if _is_options(table, choice) and _agrees(table, choice):
            _fold(table, choice)


def fold_unanswered(table: Table, separator: str) -> None:
    """Give a question that has nothing but option columns one of its own, on the right.

    Args:
        separator: what parts groups and questions.
    """
    for choice in _unanswered(table, separator):
        if not _is_options(table, choice) or not _says_something(table, choice):
            continue
        if _may_be_counts(table, choice):
            names = ", ".join(f"“{table.header[column]}”" for column in choice.options)
            table.notes.append(
                f"Kolom {names} hanya berisi 0 dan 1 dan dibaca sebagai jumlah. Bila itu pilihan "
                "jawaban, hapus kolomnya."
            )
        else:
            _fold(table, choice)


# --- which columns are options -----------------------------------------------------------


def _answered(table: Table) -> list[_Choice]:
    """Columns "X/option" beside a column "X"."""
    titles = {table.header[column]: column for column in table.questions()}
    found: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    for title, column in titles.items():
        for sign in _OPTION_SEPARATORS:
            question, option = _longest_head(title, sign, titles)
            if option:
                found[titles[question], sign][column] = option
                break
    return [
        _Choice(question, table.header[question], options, sign in _WEAK)
        for (question, sign), options in found.items()
    ]


def _longest_head(title: str, sign: str, titles: Mapping[str, int]) -> tuple[str, str]:
    """The question that a title begins with, and the option that is left; option labels may
    hold the separator themselves, so the shortest question counts."""
    at = title.find(sign)
    while at > 0:
        if title[:at] in titles and title[at + len(sign) :].strip():
            return title[:at], title[at + len(sign) :].strip()
        at = title.find(sign, at + 1)
    return "", ""


def _unanswered(table: Table, separator: str) -> list[_Choice]:
    """Two or more columns "X/option" that are all there is below X."""
    titles = {table.header[column]: column for column in table.questions()}
    below: dict[str, dict[int, str]] = defaultdict(dict)
    for title, column in titles.items():
        for sign in dict.fromkeys((separator or "/", "/", " | ")):
            option = split(title, sign)[-1]
            head = title.removesuffix(option).removesuffix(sign)
            if head and option != title:
                below[head][column] = option
                break
    return [
        _Choice(None, head, options)
        for head, options in below.items()
        if len(options) > 1 and head not in titles
    ]


def _says_something(table: Table, choice: _Choice) -> bool:
    return any(text(row.values[column]) for row in table.rows for column in choice.options)


def _is_options(table: Table, choice: _Choice) -> bool:
    return all(
        _state(row.values[column], name) is not None
        for row in table.rows
        for column, name in choice.options.items()
    )


def _state(value: CellValue, option: str) -> bool | None:
    """Whether an option is chosen; None where a cell says neither."""
    written = text(value).casefold()
    if written in _NO:
        return False
    if written in _YES:
        return True
    # Answers are long and many, options are short and few.
    return True if len(written) <= _LONGEST and _words(written) == _words(option) else None


def _agrees(table: Table, choice: _Choice) -> bool:
    """Whether the question's own text names what its option columns say."""
    assert choice.question is not None
    told = [(text(row.values[choice.question]), _chosen(row, choice)) for row in table.rows]
    filled = [(answer, chosen) for answer, chosen in told if answer]
    if not filled or not any(chosen for _, chosen in filled):
        return not choice.is_weak and not set(header_words(choice.head)) & _COUNTED
    right = sum(
        all(_holds(answer, option) for option in chosen) and not _rest(answer, chosen)
        if choice.is_weak
        else all(_holds(answer, option) for option in chosen)
        for answer, chosen in filled
    )
    return right == len(filled) if choice.is_weak else 2 * right > len(filled)


def _may_be_counts(table: Table, choice: _Choice) -> bool:
    """Whether 0 and 1 may be people: "Korban/Perempuan dewasa" in a list of small cases."""
    values = {text(row.values[column]) for row in table.rows for column in choice.options}
    is_named = any(_PEOPLE & set(_words(name)) for name in choice.options.values())
    return values <= {"", "0", "1"} and is_named and bool(_COUNTED & set(_words(choice.head)))


# --- what was chosen ---------------------------------------------------------------------


def _fold(table: Table, choice: _Choice) -> None:
    odd: list[int] = []

    def answer(row: SheetRow) -> CellValue:
        own = None if choice.question is None else row.values[choice.question]
        chosen = _chosen(row, choice)
        if not chosen:
            return own
        rest = _rest(text(own), chosen)
        if rest:
            odd.append(row.number)
        return CHOSEN.join([*chosen, *([rest] if rest else [])])

    if choice.question is None:
        table.append(choice.head, answer)
    else:
        table.change(choice.question, answer)
    for column in choice.options:
        table.hide(column)
    if odd:
        table.notes.append(
            f"Jawaban “{choice.head}” memuat lebih dari kolom-kolom pilihannya: {row_list(odd)}; "
            "semuanya dibaca."
        )


def _chosen(row: SheetRow, choice: _Choice) -> list[str]:
    return [name for column, name in choice.options.items() if _state(row.values[column], name)]


def _holds(answer: str, option: str) -> bool:
    return f" {' '.join(_words(option))} " in f" {' '.join(_words(answer))} "


def _rest(answer: str, chosen: Sequence[str]) -> str:
    """What an answer says beside the options that were chosen."""
    left = f" {' '.join(_words(answer))} "
    for option in sorted(chosen, key=len, reverse=True):
        left = left.replace(f" {' '.join(_words(option))} ", "  ", 1)
    return " ".join(left.split())


@lru_cache(maxsize=10_000)
def _words(written: str) -> tuple[str, ...]:
    return header_words(written)
