"""Repeat sheets: what was asked several times within one submission.

Owns how a repeat finds its submission and what becomes of it. Places alone become a list in the
submission's row; a repeat with places and results of its own becomes a sheet of its own, one row
per repetition with the submission's answers beside it; people are counted or left out, never
read one by one. What is not used is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from data_access.intake.files.exports.table import Table, text
from data_access.intake.files.exports.titles import BETWEEN
from data_access.intake.files.exports.tools import (
    INDEX,
    KEY,
    NUMBER,
    OTHER_KEY,
    PARENT_INDEX,
    PARENT_KEY,
    PARENT_NUMBER,
    PARENT_TABLE,
    SENT,
)
from data_access.intake.files.exports.victims import add_victims, is_of_people, is_of_victims
from data_access.intake.files.sheets import header_words, row_list
from data_access.intake.model import CellValue, SheetRow

SEPARATOR = ";"

# A column of a repeat and the one of its submission that holds the same.
_LINKS = (
    (PARENT_KEY, KEY),
    (PARENT_INDEX, INDEX),
    (PARENT_NUMBER, NUMBER),
    ("_submission__uuid", KEY),
    ("_submission__id", "_id"),
)
# What Excel leaves of a sheet's name; the link names the repeat in full.
_LONGEST_NAME = 31

_DESA_WORDS = frozenset({"desa", "kelurahan", "village"})
_PLACES = (
    ("Desa", _DESA_WORDS),
    ("Kecamatan", frozenset({"kecamatan", "kec", "district"})),
)
_DATES = frozenset({"tanggal", "tgl", "date"})
_RESULTS = frozenset({"hasil", "temuan", "outcome", "result", "kesimpulan"})
_COUNTS = frozenset(
    {"jumlah", "jml", "banyak", "banyaknya", "total", "berapa", "laki", "perempuan", "pria",
     "wanita", "lk", "pr", "l", "p", "peserta", "hadir", "kehadiran", "korban", "male",
     "female", "women", "men", "count", "number", "diuji"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Link:
    """Repetitions of one question and their submissions.

    Attributes:
        children: the submission's link -> its repetitions, in order.
        parents: the link -> the submission.
        parent: column of the link in the sheet of submissions.
        child: column of the link in the repeat sheet.
    """

    children: Mapping[str, Sequence[SheetRow]]
    parents: Mapping[str, SheetRow]
    parent: int
    child: int


def is_repeat(table: Table) -> bool:
    """Whether a sheet holds repetitions; a main sheet may have the link, but leaves it empty."""
    if PARENT_KEY in table.header or PARENT_NUMBER in table.header:
        return True
    link = table.index(PARENT_INDEX)
    if link is not None:
        filled = {text(value) for value in table.values(link)} - {"-1"}
        return bool(filled) or KEY not in table.header
    return "_submission__uuid" in table.header or "_submission__id" in table.header


def join_repeats(mains: Sequence[Table], repeats: Sequence[Table]) -> tuple[list[Table], list[str]]:
    """Bring what repeat sheets say to the submissions.

    Returns:
        The sheets to be read, and notes about repeats without submissions.
    """
    below: dict[str, list[Table]] = {main.name: [] for main in mains}
    notes = []
    for repeat in repeats:
        main = _main_of(repeat, mains, repeats)
        if main is not None:
            below[main.name].append(repeat)
        elif _is_nested(repeat, mains, repeats):
            notes.append(
                f"Lembar ulangan “{repeat.name}” tidak dibaca: ulangan di dalam ulangan "
                f"({len(repeat.rows)} baris)."
            )
        else:
            notes.append(f"Lembar ulangan “{repeat.name}” tidak dibaca: induknya tidak ada.")
    tables = [one for main in mains for one in _joined(main, below[main.name])]
    return tables, notes


def stand_alone(repeat: Table) -> Table:
    """Return a repeat sheet whose file holds no submissions, with keys of its own."""
    repeat.notes.append(
        f"Lembar “{repeat.name}” adalah lembar ulangan dan induknya tidak ada dalam berkas ini: "
        "isian induknya tidak ikut dibaca."
    )
    column = repeat.index("_submission__uuid")
    if KEY not in repeat.header and column is not None:
        numbers = _numbers(repeat.rows, column)
        repeat.append(KEY, lambda row: _child_key(text(row.values[column]), numbers[row.number]))
    return repeat


# --- which submission ----------------------------------------------------------------------


def _main_of(repeat: Table, mains: Sequence[Table], repeats: Sequence[Table]) -> Table | None:
    if _is_nested(repeat, mains, repeats):
        return None
    if len(mains) == 1:
        return mains[0]
    names = _parent_names(repeat)
    if names:
        return next((one for one in mains if one.name[:_LONGEST_NAME] in names), None)
    return next((one for one in mains if _common(repeat, one)), None)


def _is_nested(repeat: Table, mains: Sequence[Table], repeats: Sequence[Table]) -> bool:
    others = [one for one in repeats if one is not repeat]
    own = {main.name[:_LONGEST_NAME] for main in mains}
    if names := _parent_names(repeat):
        return bool(names & ({one.name[:_LONGEST_NAME] for one in others} - own))
    if "_number__2" in repeat.header:
        return True
    column = repeat.index(PARENT_KEY)
    if column is None:
        return False
    told = {text(value) for value in repeat.values(column)}
    keys = {text(v) for one in others if (c := one.index(KEY)) is not None for v in one.values(c)}
    return bool(told & keys)


def _parent_names(repeat: Table) -> set[str]:
    column = repeat.index(PARENT_TABLE)
    return set() if column is None else {text(v)[:_LONGEST_NAME] for v in repeat.values(column)}


def _common(repeat: Table, main: Table) -> bool:
    link = _link(main, repeat)
    return link is not None and bool(link.children.keys() & link.parents.keys())


def _link(main: Table, repeat: Table) -> Link | None:
    """How a repeat is tied to its submissions; those that were left out are still known."""
    for mine, its in _LINKS:
        child, parent = repeat.index(mine), main.index(its)
        if child is None or parent is None:
            continue
        children: dict[str, list[SheetRow]] = {}
        for row in repeat.rows:
            children.setdefault(text(row.values[child]), []).append(row)
        parents = {text(row.values[parent]): row for row in main.rows}
        return Link(children, parents, parent, child)
    return None


# --- what becomes of a repeat ----------------------------------------------------------------


def _joined(main: Table, repeats: Sequence[Table]) -> list[Table]:
    """A main sheet and its repeats as sheets to be read."""
    apart: list[Table] = []
    for repeat in repeats:
        link = _link(main, repeat)
        if link is None:
            main.notes.append(f"Lembar ulangan “{repeat.name}” tidak dipakai: tidak ada kodenya.")
            continue
        _leave_lost(main, repeat, link)
        if is_of_people(repeat):
            _join_people(main, repeat, link)
        elif _is_record(repeat):
            apart.append(repeat)
        else:
            _join_places(main, repeat, link)
    # Only now are the rows of the submissions whole.
    links = {repeat.name: link for repeat in apart if (link := _link(main, repeat))}
    for repeat in apart:
        part = repeat.name if len(apart) > 1 else ""
        _give_parents(main, repeat, links[repeat.name], part)
    if apart:
        _leave_told(main, list(links.values()))
    return [*([main] if main.rows or not apart else []), *apart]


def _leave_lost(main: Table, repeat: Table, link: Link) -> None:
    """Leave out repetitions whose submission is not read or not there, and say so."""
    known = {text(row.values[link.parent]) for row in main.source.rows}
    keys = {row.number: text(row.values[link.child]) for row in repeat.rows}
    lost = [number for number, key in keys.items() if key not in known]
    left = known - link.parents.keys()
    refused = [number for number, key in keys.items() if key in left]
    if lost:
        main.notes.append(
            f"Lembar ulangan “{repeat.name}”: induk tidak ditemukan untuk {row_list(lost)}."
        )
    if refused:
        main.notes.append(
            f"Lembar ulangan “{repeat.name}”: {row_list(refused)} tidak dibaca, sebab kirimannya "
            "tidak dibaca."
        )
    repeat.keep([row for row in repeat.rows if keys[row.number] in link.parents])


def _is_record(repeat: Table) -> bool:
    """Whether each repetition is something that happened: a place or a day, and what came of it."""
    has_place = _place_column(repeat, _DESA_WORDS) is not None
    has_day = _has(repeat, _DATES)
    has_result = _has(repeat, _RESULTS) or bool(_count_columns(repeat))
    return (has_result and (has_place or has_day)) or (has_place and has_day)


def _has(table: Table, words: frozenset[str]) -> bool:
    return any(
        words & set(header_words(table.header[column])) and table.values(column)
        for column in table.questions()
    )


def _count_columns(table: Table) -> list[int]:
    return [
        column
        for column in table.questions()
        if _COUNTS & set(header_words(table.header[column])) and _is_counted(table, column)
    ]


def _is_counted(table: Table, column: int) -> bool:
    values = [text(value) for value in table.values(column)]
    return bool(values) and all(value.isascii() and value.isdigit() for value in values)


def _join_people(main: Table, repeat: Table, link: Link) -> None:
    if is_of_victims(repeat):
        for place, words in _PLACES:
            column = _place_column(repeat, words)
            if column is not None:
                _add_places(main, place, f"Korban{BETWEEN}{place}", column, link)
    if not add_victims(main, repeat, link.children, link.parent):
        main.notes.append(
            f"Lembar ulangan “{repeat.name}” berisi orang satu per satu dan tidak dibaca. Isikan "
            "jumlahnya (perempuan, laki-laki, anak) pada lembar utamanya."
        )


# --- places: a list in the submission's row -----------------------------------------------


def _join_places(main: Table, repeat: Table, link: Link) -> None:
    """Give every row the places its repeats name."""
    columns = {place: _place_column(repeat, words) for place, words in _PLACES}
    if columns["Desa"] is None:
        main.notes.append(f"Lembar ulangan “{repeat.name}” tidak dipakai: tidak berisi desa.")
        return
    for place, column in columns.items():
        if column is not None:
            _add_places(main, place, repeat.header[column], column, link)
    used = set(columns.values())
    unread = [c for c in repeat.questions() if c not in used and repeat.values(c)]
    if unread:
        names = ", ".join(f"“{repeat.header[column]}”" for column in unread)
        main.notes.append(f"Lembar ulangan “{repeat.name}”: kolom {names} tidak dibaca.")


def _add_places(main: Table, place: str, title: str, column: int, link: Link) -> None:
    def listed(row: SheetRow) -> list[str]:
        children = link.children.get(text(row.values[link.parent]), ())
        return [text(one.values[column]) for one in children]

    words = dict(_PLACES)[place]
    own = _place_column(main, words)
    if BETWEEN in title:
        # Whose desa it is must not be lost.
        main.append(title, lambda row: _list(listed(row)))
    elif own is None or BETWEEN in main.header[own]:
        main.append(place, lambda row: _list(listed(row)))
    else:
        main.change(
            own,
            lambda row: (
                _list([text(row.values[own]), *found])
                if any(found := listed(row))
                else row.values[own]
            ),
        )


def _place_column(table: Table, words: frozenset[str]) -> int | None:
    """The column a place stands in: the shortest title whose question holds its word."""
    found = [
        (len(table.header[column]), column)
        for column in table.questions()
        if words & set(header_words(table.header[column].rsplit("/", 1)[-1]))
    ]
    return min(found)[1] if found else None


def _list(texts: Iterable[str]) -> str | None:
    """Names in order, each once: a kecamatan that all desa share stands alone."""
    return SEPARATOR.join(dict.fromkeys(one for one in texts if one)) or None


# --- records: a sheet of their own --------------------------------------------------------


def _give_parents(main: Table, repeat: Table, link: Link, part: str) -> None:
    """Append the submission's answers to every repetition, and a key that stays its own."""
    numbers = _numbers(repeat.rows, link.child)
    parents = {row.number: link.parents[text(row.values[link.child])] for row in repeat.rows}
    asked = {header_words(repeat.header[column]) for column in repeat.questions()}
    is_shared = any(number > 1 for number in numbers.values())
    totals = set(_count_columns(main)) if is_shared else set()
    twice = [c for c in main.questions() if header_words(main.header[c]) in asked]
    copied = [c for c in main.questions() if c not in totals and c not in twice]
    # The moment of sending may be the only day that there is.
    sent = None if SENT in repeat.header else main.index(SENT)
    for column in [*copied, *([] if sent is None else [sent])]:
        repeat.append(main.header[column], partial(_of_parent, parents, column))
    key = main.index(KEY)
    own = repeat.index(KEY)
    if own is not None and not _is_own_key(repeat, own, main, key):
        repeat.rename(own, f"{OTHER_KEY}{KEY}")
        own = None
    if own is None and key is not None:
        repeat.append(
            KEY,
            lambda row: _child_key(
                text(parents[row.number].values[key]), numbers[row.number], part
            ),
        )
    repeat.notes = [*main.notes, *repeat.notes]
    _tell_left(main, repeat, sorted(totals - set(twice)), "agar tidak terhitung berkali-kali")
    _tell_left(
        main, repeat, [c for c in twice if main.values(c)], "sebab ditanyakan lagi di ulangannya"
    )
    repeat.notes.append(
        f"Tiap baris ulangan “{repeat.name}” dibaca sebagai satu catatan, dengan isian induknya "
        f"dari lembar “{main.name}”; kodenya kode induk dan nomor urut ulangannya."
    )


def _of_parent(parents: Mapping[int, SheetRow], column: int, row: SheetRow) -> CellValue:
    return parents[row.number].values[column]


def _is_own_key(repeat: Table, own: int, main: Table, key: int | None) -> bool:
    """Whether the key of a repeat tells its rows apart and is not its submission's."""
    told = [text(row.values[own]) for row in repeat.rows]
    theirs = set() if key is None else {text(value) for value in main.values(key)}
    return all(told) and len(set(told)) == len(told) and not theirs & set(told)


def _tell_left(main: Table, repeat: Table, columns: Sequence[int], why: str) -> None:
    if columns:
        names = ", ".join(f"“{main.header[column]}”" for column in columns)
        repeat.notes.append(
            f"Kolom {names} dari lembar induk “{main.name}” tidak disalin ke ulangannya, {why}."
        )


def _leave_told(main: Table, links: Sequence[Link]) -> None:
    """Leave out submissions that their repetitions tell, but for those that tell more."""
    counts = _count_columns(main)
    results = [
        column
        for column in main.questions()
        if _RESULTS & set(header_words(main.header[column])) or column in counts
    ]
    desa = _place_column(main, _DESA_WORDS)

    def is_told(row: SheetRow) -> bool:
        has_children = any(text(row.values[one.parent]) in one.children for one in links)
        has_own = desa is not None and row.values[desa] is not None
        return has_children and not (has_own and any(row.values[c] is not None for c in results))

    main.keep([row for row in main.rows if not is_told(row)])


def _numbers(rows: Iterable[SheetRow], link: int) -> dict[int, int]:
    """Row number -> place among the repetitions of one submission, from 1."""
    seen: dict[str, int] = {}
    numbers = {}
    for row in rows:
        key = text(row.values[link])
        numbers[row.number] = seen[key] = seen.get(key, 0) + 1
    return numbers


def _child_key(parent: str, number: int, part: str = "") -> str | None:
    """Indexes of a whole export move with every submission that is gone; this one does not."""
    return "#".join([parent, *([part] if part else []), str(number)]) if parent else None
