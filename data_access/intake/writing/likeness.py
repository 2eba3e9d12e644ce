"""A new record that may be a stored one told otherwise: the same event twice, or a corrected day.

Owns asking about such records, sheet by sheet, and what the answers mean. Nothing is merged or
counted twice in silence: what is likely the same is asked, what only shares day and place is
noted. Reads only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import PurePath
from types import MappingProxyType

from rapidfuzz import fuzz
from sqlalchemy import Connection, select

from data_access.intake.files.sheets import row_list
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.model import Record
from data_access.intake.questions import Answers, Choice, Question
from data_access.intake.writing.history import ImportEntry, find_import
from data_access.intake.writing.keys import is_digest
from data_access.intake.writing.stored import DAY_COLUMNS, chunked, place_name, read_note
from data_access.schema import (
    IMPORT_DONE,
    ROW_UNCHANGED,
    import_rows,
    imports,
    metadata,
    session_villages,
)
from geo.matching import normalise
from geo.notation import long_date

# What the two questions are called in an answer, and the answers.
SAME, ONE, APART = "catatan serupa", "satu", "terpisah"
MOVED, MOVE, NEW = "tanggal pindah", "pindah", "baru"

# A slip moves a date by days, or to the same day of the month beside it.
_MOST_DAYS_MOVED = 31
# More events of one day in one desa are not compared: no office has so many, a hostile file may.
_MOST_NEAR = 40
# Nor are more events of one month that are alike in all but their day.
_MOST_ALIKE = 31
# From here on two spellings are one word with a slip of the pen.
_LIKE_SPELLING = 80
# Words that every entry may hold and that tell no two apart.
_SAYING_NOTHING = frozenset(
    {"dan", "di", "ke", "dalam", "rangka", "untuk", "yang", "tentang", "kepada", "oleh", "dengan",
     "desa", "kegiatan", "kunjungan", "pelaksanaan", "sosialisasi", "petugas", "warga"}
)  # fmt: skip
# What people add to the name of a file when they correct it.
_CORRECTED_NAME = re.compile(
    r"\(\d+\)|\b(?:copy|of|salinan|revisi|rev|final|fix|perbaikan|koreksi|betul|baru|terbaru|edit)"
    r"\d*\b|\bv\d+\b",
    re.IGNORECASE,
)

_NUMBER = re.compile(r"\d+")

# What makes two events one beside their day and place: these must not contradict each other.
_TELLING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "visits": ("purpose",),
        "awareness_sessions": ("audience",),
        "cases": ("occurred_on", "modus", "destination_country"),
    }
)
# What may be written otherwise by another hand, as people call it.
_OTHERWISE: Mapping[str, str] = MappingProxyType(
    {
        "visits": "petugas atau tujuannya",
        "awareness_sessions": "materi, sasaran atau pesertanya",
        "cases": "keterangannya",
    }
)
_KEPT_WHEN_MOVED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "visits": ("pimpasa", "purpose"),
        "awareness_sessions": ("topic", "audience"),
        "cases": ("modus", "destination_country", "source_agency"),
    }
)
_COUNTS = ("male", "female")
_LABELS_AND_VICTIMS = ("is_tppo", "is_tppm", "is_pmi_np", "women", "men", "girls", "boys")


@dataclass(frozen=True, slots=True)
class _Event:
    """A record or a stored row as far as it is compared.

    Attributes:
        desa: its desa codes; none where only the kecamatan is known.
        origin: (sheet, row) of a record, ("", 0) of a stored row.
    """

    key: str
    day: str
    kecamatan: str
    desa: frozenset[str]
    values: Mapping[str, object]
    origin: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Likeness:
    """What becomes of records that are not stored under their own key.

    Attributes:
        added: those that are new.
        moved: key of the stored row -> the record that tells another day of it.
        merged: key of a record -> key of the row or record that it is.
        asked: number of records that wait for an answer.
    """

    added: tuple[Record, ...]
    moved: Mapping[str, Record] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    asked: int = 0
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()


def find_likeness(
    connection: Connection,
    new: Sequence[Record],
    named: Mapping[str, str],
    answers: Answers,
    *,
    is_only_sheet: bool,
) -> Likeness:
    """Say which new records of one table may be no new events.

    Args:
        new: records of a file that are not stored under their own key.
        named: key -> sheet of every record of the file, under the key that the store knows.
        answers: to the questions that are asked here.
        is_only_sheet: whether the file has one sheet, which questions then need not name.
    """
    if not new or new[0].table not in DAY_COLUMNS:
        return Likeness(tuple(new))
    stored = _stored_events(connection, new)
    if not stored and len({record.sheet for record in new}) == 1:
        return Likeness(tuple(new))
    return _Search(connection, new, stored, named, answers, is_only_sheet=is_only_sheet).found()


class _Search:
    """One search for what the new records of a table may be."""

    def __init__(
        self,
        connection: Connection,
        new: Sequence[Record],
        stored: tuple[_Event, ...],
        named: Mapping[str, str],
        answers: Answers,
        *,
        is_only_sheet: bool,
    ) -> None:
        self._connection = connection
        self._table = new[0].table
        self._file = new[0].file
        self._new = {record.key: record for record in new}
        self._events = [_event_of_record(record) for record in new]
        self._named = named
        self._answers = answers
        self._is_only_sheet = is_only_sheet
        self._stored = stored
        self._merged: dict[str, str] = {}
        self._moved: dict[str, Record] = {}
        self._asked: set[str] = set()
        self._paired: set[str] = set()
        self._questions: list[Question] = []
        self._notes: list[str] = []

    def found(self) -> Likeness:
        self._merge_as_before()
        self._find_moved()
        self._find_same()
        self._note_gone()
        gone = self._asked | self._merged.keys() | {one.key for one in self._moved.values()}
        return Likeness(
            tuple(record for key, record in self._new.items() if key not in gone),
            self._moved,
            self._merged,
            len(self._asked),
            tuple(self._questions),
            tuple(self._notes),
        )

    def _open(self) -> list[_Event]:
        """New events of which nothing is known yet."""
        taken = self._asked | self._merged.keys() | {one.key for one in self._moved.values()}
        return [event for event in self._events if event.key not in taken]

    def _merge_as_before(self) -> None:
        """Records that a standing import brought and that were said to be another one then."""
        stored = {event.key for event in self._stored}
        rows = import_rows.c
        said = select(rows.import_id, rows.row_key, rows.before_json).where(
            rows.kind == ROW_UNCHANGED, rows.before_json.is_not(None)
        )
        for import_id, key, noted in self._connection.execute(said):
            other = read_note(noted, import_id, key).get("key")
            if key in self._new and other in stored:
                self._merged[key] = other
        if self._merged:
            self._notes.append(
                f"{len(self._merged)} baris sudah pernah dinyatakan sama dengan catatan lain; "
                "dihitung sekali."
            )

    # --- a corrected day ---------------------------------------------------------------------

    def _find_moved(self) -> None:
        pairs = self._moved_pairs()
        self._paired |= {stored.key for _, stored in pairs}
        by_sheet: dict[str, list[tuple[_Event, _Event]]] = defaultdict(list)
        for event, stored in pairs:
            said = self._answer(MOVED, event, (MOVE, NEW))
            if said == MOVE:
                self._moved[stored.key] = self._new[event.key]
            elif said is None:
                self._asked.add(event.key)
                by_sheet[event.origin[0]].append((event, stored))
        for sheet, asked in by_sheet.items():
            self._questions.append(self._moved_question(sheet, asked))

    def _moved_pairs(self) -> list[tuple[_Event, _Event]]:
        """New events beside the rows of a corrected import that they replace, each once."""
        gone: dict[object, list[_Event]] = defaultdict(list)
        # A number of its own would have stayed the same, and so the record.
        bare = [event for event in self._open() if is_digest(event.key)]
        for stored in self._stored if bare else ():
            if stored.key not in self._named and is_digest(stored.key):
                gone[_but_day(self._table, stored), _month(stored)].append(stored)
        possible = [
            (_days_between(event, stored), event, stored)
            for event in bare
            for month in range(_month(event) - 2, _month(event) + 3)
            for stored in islice(gone.get((_but_day(self._table, event), month), ()), _MOST_ALIKE)
            if _is_moved(event, stored)
        ]
        if not possible:
            return []
        corrected = self._corrected([(event, stored) for _, event, stored in possible])
        taken: set[str] = set()
        pairs: list[tuple[_Event, _Event]] = []
        for _, event, stored in sorted(possible, key=lambda one: (one[0], one[1].origin)):
            if stored.key in corrected and not {event.key, stored.key} & taken:
                taken |= {event.key, stored.key}
                pairs.append((event, stored))
        return sorted(pairs, key=lambda pair: pair[0].origin)

    def _corrected(self, pairs: Sequence[tuple[_Event, _Event]]) -> set[str]:
        """Keys of rows that an earlier state of this very file brought."""
        keys = {stored.key for _, stored in pairs}
        found: set[str] = set()
        for entry, brought in _imports_of(self._connection, self._table, keys):
            paired = {event.key for event, stored in pairs if stored.key in brought}
            found |= keys & self._replaced(entry, brought, len(paired))
        return found

    def _replaced(self, entry: ImportEntry, brought: set[str], paired: int) -> set[str]:
        """Rows of an import that this file tells anew; none unless it is a later state of it."""
        shared = brought & self._named.keys()
        if 2 * len(shared) >= len(brought):
            return brought
        # The file may be a part of that one, or of another month under the same name, which tells
        # of the same places again: what lies within its days shows which.
        days = [event.day for event in self._events]
        days += [stored.day for stored in self._stored if stored.key in shared]
        within = {
            stored.key
            for stored in self._stored
            if stored.key in brought and min(days) <= stored.day <= max(days)
        }
        if 2 * len(shared) >= len(self._named):
            return within
        if _plain_name(entry.file_name) != _plain_name(self._file):
            return set()
        is_whole = paired == len(brought) == len(self._named)
        return brought if is_whole or within else set()

    def _moved_question(self, sheet: str, asked: Sequence[tuple[_Event, _Event]]) -> Question:
        event, stored = asked[0]
        now, before = _told_days(event, stored)
        label = TABLE_LABELS[self._table].lower()
        return Question(
            self._file,
            sheet,
            self._name(MOVED, sheet),
            "moved",
            (
                Choice(MOVE, "Tanggalnya dibetulkan: pindahkan catatan yang tersimpan", 70.0),
                Choice(NEW, f"{label.capitalize()} lain: simpan di samping yang tersimpan", 30.0),
            ),
            f"{len(asked)} {label} tampaknya catatan lama yang tanggalnya dibetulkan: tempat dan "
            "keterangannya sama dengan catatan yang pernah diimpor dan tidak ada lagi di berkas "
            f"ini. Misalnya baris {event.origin[1]}: {_day_words(now)}, tersimpan "
            f"{_day_words(before)}{_at(event)}. Apakah tanggal itu dibetulkan, atau ini "
            f"{label} lain?",
            tuple(one.origin[1] for one, _ in asked),
        )

    def _note_gone(self) -> None:
        """Tell of rows that an earlier state of this file brought and that it has no more."""
        known = self._named.keys() | self._paired | set(self._merged.values())
        left = {one.key: one for one in self._stored if one.key not in known}
        gone: dict[str, _Event] = {}
        for entry, brought in _imports_of(self._connection, self._table, left.keys()):
            replaced = self._replaced(entry, brought, 0) & left.keys()
            gone |= {key: left[key] for key in sorted(replaced)}
        if gone:
            one = next(iter(gone.values()))
            self._notes.append(
                f"{len(gone)} catatan yang pernah diimpor dari berkas ini tidak ada lagi di "
                f"dalamnya dan tetap tersimpan, misalnya {_day_words(one.day)}{_at(one)}. Bila "
                "keliru, batalkan impor lamanya."
            )

    # --- the same event twice ----------------------------------------------------------------

    def _find_same(self) -> None:
        fresh = self._open()
        several = len({event.origin[0] for event in fresh}) > 1
        index = _Index((*self._stored, *(fresh if several else ())))
        asked: dict[str, list[tuple[_Event, _Event]]] = defaultdict(list)
        noted: dict[str, list[int]] = defaultdict(list)
        for event in fresh:
            judged = {
                _judged(self._table, event, one): one
                for one in islice(index.near(event), _MOST_NEAR)
                if self._is_other(event, one)
            }
            if likely := judged.get("ask"):
                self._take_answer(event, likely, asked)
            elif "note" in judged:
                noted[event.origin[0]].append(event.origin[1])
        for sheet, pairs in asked.items():
            self._questions.append(self._same_question(sheet, pairs))
        for sheet, rows in noted.items():
            self._notes.append(
                f"Lembar “{sheet}”: {row_list(sorted(rows))} berhari dan bertempat sama dengan "
                f"catatan lain, tetapi {_OTHERWISE[self._table]} atau nomornya lain; disimpan "
                "sebagai catatan tersendiri."
            )

    def _is_other(self, event: _Event, one: _Event) -> bool:
        """Whether one was written by another hand: it stands not in the same sheet."""
        if one.origin[1]:
            return one.origin < event.origin and one.origin[0] != event.origin[0]
        return self._named.get(one.key) != event.origin[0]

    def _take_answer(
        self, event: _Event, one: _Event, asked: dict[str, list[tuple[_Event, _Event]]]
    ) -> None:
        said = self._answer(SAME, event, (ONE, APART))
        if said == ONE:
            # What it is may itself have been said to be another one.
            self._merged[event.key] = self._merged.get(one.key, one.key)
        elif said is None:
            self._asked.add(event.key)
            asked[event.origin[0]].append((event, one))

    def _same_question(self, sheet: str, pairs: Sequence[tuple[_Event, _Event]]) -> Question:
        event, one = pairs[0]
        label = TABLE_LABELS[self._table].lower()
        where = f"lembar “{one.origin[0]}” baris {one.origin[1]}" if one.origin[1] else "tersimpan"
        return Question(
            self._file,
            sheet,
            self._name(SAME, sheet),
            "same",
            (
                Choice(ONE, "Sama: sudah tercatat, jangan dihitung lagi", 60.0),
                Choice(APART, f"{label.capitalize()} lain: simpan tersendiri", 40.0),
            ),
            f"{len(pairs)} {label} mungkin sudah tercatat: hari dan tempatnya sama dengan catatan "
            f"lain, hanya {_OTHERWISE[self._table]} ditulis berbeda. Misalnya "
            f"{_day_words(event.day)}{_at(event)}: baris {event.origin[1]} "
            f"{self._told(event)}, {where} {self._told(one)}. Apakah itu {label} yang sama?",
            tuple(each.origin[1] for each, _ in pairs),
        )

    def _told(self, event: _Event) -> str:
        """The words of an event; of a case none, for they may tell who it was."""
        if self._table == "cases":
            return f"({place_name(event.kecamatan) or 'asal tidak diketahui'})"
        words = [event.values.get(name) for name in _KEPT_WHEN_MOVED[self._table]]
        return f"({', '.join(str(word) if word else 'kosong' for word in words)})"

    # --- answers -----------------------------------------------------------------------------

    def _name(self, about: str, sheet: str) -> str:
        return about if self._is_only_sheet else f"{about} {sheet}"

    def _answer(self, about: str, event: _Event, allowed: Collection[str]) -> str | None:
        """What was said of a row, of its sheet, or of the whole file."""
        sheet, row = event.origin
        name = self._name(about, sheet)
        for asked in dict.fromkeys((f"{name} baris {row}", name, about)):
            if said := self._answers.about(asked, allowed):
                return said
        return None


class _Index:
    """Events by day and place."""

    def __init__(self, events: Iterable[_Event]) -> None:
        self._by_desa: dict[tuple[str, str], list[_Event]] = defaultdict(list)
        self._vague: dict[tuple[str, str], list[_Event]] = defaultdict(list)
        self._by_kecamatan: dict[tuple[str, str], list[_Event]] = defaultdict(list)
        for event in events:
            self._by_kecamatan[event.day, event.kecamatan].append(event)
            if not event.desa:
                self._vague[event.day, event.kecamatan].append(event)
            for code in event.desa:
                self._by_desa[event.day, code].append(event)

    def near(self, event: _Event) -> Iterator[_Event]:
        """Events of that day in one of its desa; in its kecamatan where a desa is not known."""
        if not event.desa:
            yield from self._by_kecamatan.get((event.day, event.kecamatan), ())
            return
        yield from self._vague.get((event.day, event.kecamatan), ())
        for code in event.desa:
            yield from self._by_desa.get((event.day, code), ())


# --- reading ----------------------------------------------------------------------------------


def _stored_events(connection: Connection, new: Sequence[Record]) -> tuple[_Event, ...]:
    """The stored rows about as old as the records."""
    table = new[0].table
    days = {str(record.values[DAY_COLUMNS[table]]) for record in new}
    first = (date.fromisoformat(min(days)) - timedelta(_MOST_DAYS_MOVED)).isoformat()
    last = (date.fromisoformat(max(days)) + timedelta(_MOST_DAYS_MOVED)).isoformat()
    stored = metadata.tables[table]
    is_near = stored.c[DAY_COLUMNS[table]].between(first, last)
    names = ["source_key", *_compared(table)]
    question = select(*(stored.c[name] for name in names)).where(is_near)
    desa: dict[str, list[str]] = {}
    if table == "awareness_sessions":
        links = select(session_villages).join(stored).where(is_near)
        for key, code in connection.execute(links):
            desa.setdefault(key, []).append(code)
    rows = connection.execute(question.order_by(stored.c.source_key)).mappings()
    return tuple(
        _event(table, row["source_key"], dict(row), desa.get(row["source_key"])) for row in rows
    )


def _compared(table: str) -> tuple[str, ...]:
    columns = {
        "visits": ("village_code", "kecamatan_code"),
        "awareness_sessions": ("kecamatan_code", *_COUNTS),
        "cases": ("origin_village_code", "origin_kecamatan_code", *_LABELS_AND_VICTIMS),
    }[table]
    words = (DAY_COLUMNS[table], *_TELLING[table], *_KEPT_WHEN_MOVED[table])
    return tuple(dict.fromkeys((*columns, *words)))


def _event_of_record(record: Record) -> _Event:
    origin = (record.sheet, record.row)
    return _event(record.table, record.key, record.values, record.villages, origin)


def _event(
    table: str,
    key: str,
    values: Mapping[str, object],
    desa: Iterable[str] | None,
    origin: tuple[str, int] = ("", 0),
) -> _Event:
    prefix = "origin_" if table == "cases" else ""
    village = values.get(f"{prefix}village_code")
    return _Event(
        key,
        str(values[DAY_COLUMNS[table]]),
        str(values[f"{prefix}kecamatan_code"] or ""),
        frozenset(desa or ([str(village)] if village else [])),
        values,
        origin,
    )


def _imports_of(
    connection: Connection, table: str, keys: Collection[str]
) -> Iterator[tuple[ImportEntry, set[str]]]:
    """The standing imports that brought some of the rows, each with all rows that it brought."""
    rows = import_rows.c
    standing = select(rows.import_id).join(imports).distinct()
    standing = standing.where(imports.c.table_name == table, imports.c.state == IMPORT_DONE)
    ids = {
        number
        for some in chunked(sorted(keys))
        for number in connection.scalars(standing.where(rows.row_key.in_(some)))
    }
    for number in sorted(ids):
        brought = connection.scalars(select(rows.row_key).where(rows.import_id == number))
        yield find_import(connection, number), set(brought)


# --- judging ----------------------------------------------------------------------------------


def _judged(table: str, one: _Event, other: _Event) -> str:
    """Say what to do of two events of one day in one kecamatan: "ask", "note" or ""."""
    is_vague = not (one.desa and other.desa)
    if not is_vague and not one.desa & other.desa:
        return ""
    if table == "cases" and not _agree(one, other, _LABELS_AND_VICTIMS):
        return ""
    if table == "awareness_sessions" and _contradict(one, other, ("topic",)):
        return ""
    if not (is_digest(one.key) or is_digest(other.key)):
        # Numbers of their own keep them apart.
        return "" if is_vague and one.desa != other.desa else "note"
    if table == "awareness_sessions" and _agree(one, other, _COUNTS):
        is_other = False
    else:
        is_other = _contradict(one, other, _TELLING[table])
    if table == "visits" and is_vague and one.desa != other.desa:
        # One speaks of a desa, the other of the whole kecamatan: only their officer joins them.
        return "" if is_other or _contradict(one, other, ("pimpasa",)) else "ask"
    return "note" if is_other else "ask"


def _contradict(one: _Event, other: _Event, names: Iterable[str]) -> bool:
    """Whether some words clearly differ; an empty one contradicts nothing."""
    return any(
        _differ(str(one.values.get(name) or ""), str(other.values.get(name) or ""))
        for name in names
    )


@lru_cache(maxsize=20_000)
def _differ(one: str, other: str) -> bool:
    plain, plain_other = _word(one), _word(other)
    if not plain or not plain_other or plain == plain_other:
        return False
    numbers, other_numbers = _NUMBER.findall(one), _NUMBER.findall(other)
    if numbers and other_numbers and numbers != other_numbers:
        return True
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    shared = len(words & others)
    return 2 * shared < min(len(words), len(others)) and fuzz.ratio(plain, plain_other) < (
        _LIKE_SPELLING
    )


@lru_cache(maxsize=20_000)
def _words(text: str) -> frozenset[str]:
    """The words that say something, without numbers."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return frozenset(words) - _SAYING_NOTHING


_word = lru_cache(maxsize=20_000)(normalise)


def _agree(one: _Event, other: _Event, names: Iterable[str]) -> bool:
    return all((one.values.get(name) or 0) == (other.values.get(name) or 0) for name in names)


def _but_day(table: str, event: _Event) -> object:
    """All that makes an event what it is but its day."""
    words = tuple(_word(str(event.values.get(name) or "")) for name in _KEPT_WHEN_MOVED[table])
    counts = _LABELS_AND_VICTIMS if table == "cases" else ()
    return event.kecamatan, event.desa, words, tuple(event.values.get(name) or 0 for name in counts)


def _is_moved(event: _Event, stored: _Event) -> bool:
    now, before = _told_days(event, stored)
    return now != before and _days_between(event, stored) <= _MOST_DAYS_MOVED


def _month(event: _Event) -> int:
    return 12 * int(event.day[:4]) + int(event.day[5:7])


def _told_days(event: _Event, stored: _Event) -> tuple[str, str]:
    """The day that was corrected, new and old: of a case also the day that it happened on."""
    if event.day != stored.day:
        return event.day, stored.day
    days = (str(one.values.get("occurred_on") or "") for one in (event, stored))
    return next(days), next(days)


def _days_between(one: _Event, other: _Event) -> int:
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days)


def _plain_name(name: str) -> str:
    return normalise(_CORRECTED_NAME.sub(" ", PurePath(name).stem.replace("_", " ")))


def _day_words(day: str) -> str:
    if not day:
        return "tanpa tanggal"
    return long_date(date.fromisoformat(day))


def _at(event: _Event) -> str:
    names = [place_name(code) for code in sorted(event.desa)] or [place_name(event.kecamatan)]
    return f", {', '.join(names)}" if any(names) else ""
