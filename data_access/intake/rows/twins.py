"""Rows of one sheet that may tell the same record: asked about, never merged or chosen silently.

Owns what tells two rows apart: a key of their own, their running numbers, or a person's word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.intake.forms.titles import read_title
from data_access.intake.model import CellValue, Record, Sheet
from data_access.intake.questions import IGNORE, Answers, Choice, Question
from data_access.intake.rows.findings import MOST_ROWS_NAMED, Draft, Findings, listed
from data_access.intake.writing.keys import is_event, natural_key
from geo.telling import TellingError

# What an answer names: rows that are equal in all that is kept, and rows of one day, place and
# activity that are not.
EQUAL = "baris sama"
ALIKE = "baris serupa"
ONE, SEVERAL = "satu", "terpisah"

_PARTING = frozenset({"jam", "pukul", "sesi", "gelombang", "angkatan", "pertemuan"})

REPEATED = "baris ganda"
_REPEATED_NOTE = "baris ganda yang sama persis dihitung sekali."
_NUMBERED_NOTE = (
    "tanggal, tempat dan kegiatannya sama dengan baris lain, tetapi nomor urut dan isinya "
    "berbeda; disimpan sebagai catatan tersendiri."
)
_PARTED_NOTE = (
    "tanggal, tempat dan kegiatannya sama dengan baris lain, tetapi jam atau sesinya berbeda; "
    "disimpan sebagai catatan tersendiri."
)
_KEYED_NOTE = (
    "tanggal, tempat dan kegiatannya sama dengan baris lain, tetapi kode sumbernya berbeda; "
    "disimpan terpisah."
)
_TOLD_NOTE = "sama dengan baris lain menurut jawaban Anda; dihitung sekali."


class ContradictionError(TellingError, ValueError):
    sentence = (
        "Catatan ini juga ada di baris {rows}, tetapi isinya berbeda "
        "({labels:list}). Hapus atau perbaiki yang salah."
    )
    others: Collection[int]
    labels: Collection[str]
    more: int = 0

    @property
    def rows(self) -> str:
        return listed(self.others, self.more)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read, and whether its key is its own."""

    draft: Draft
    record: Record
    is_keyed: bool


class Twins:
    """One look for rows that may be the same record."""

    def __init__(self, table: str, sheet: Sheet, findings: Findings, answers: Answers) -> None:
        self._table = table
        self._findings = findings
        self._answers = answers
        self._order = _order_column(sheet)
        self._parting = _parting_columns(sheet)
        self._equal: list[list[Row]] = []
        self._alike: list[list[Row]] = []
        self._repeated = 0

    def settle(self, rows: Sequence[Row]) -> tuple[list[Record], int]:
        """Return one record per event or area, and how many rows only repeat another one."""
        by_key: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            by_key[row.record.key].append(row)
        records: list[Record] = []
        for group in by_key.values():
            records += [group[0].record] if len(group) == 1 else self._settled(group)
        self._ask(EQUAL, self._equal)
        self._ask(ALIKE, self._alike)
        self._note_keyed([group[0] for group in by_key.values() if group[0].is_keyed])
        return records, self._repeated

    def _settled(self, group: Sequence[Row]) -> list[Record]:
        differing = _differing([row.record for row in group])
        if group[0].is_keyed or not is_event(self._table):
            return self._contradicting(group, differing) if differing else self._once(group)
        if differing and self._are_numbered(group):
            return self._several(group, _NUMBERED_NOTE)
        if any(self._are_told_apart(group, column) for column in self._parting):
            return self._several(group, _PARTED_NOTE)
        about = ALIKE if differing else EQUAL
        said = self._answers.about(about, (ONE, SEVERAL, IGNORE))
        if said == SEVERAL:
            return self._several(group, "")
        if said == ONE and not differing:
            return self._once(group, _TOLD_NOTE)
        if said == IGNORE:
            return self._contradicting(group, differing or ["source_key"])
        (self._alike if differing else self._equal).append(list(group))
        return []

    def _once(self, group: Sequence[Row], note: str = _REPEATED_NOTE) -> list[Record]:
        self._repeated += len(group) - 1
        for row in group[1:]:
            self._findings.note(row.draft, note)
        return [group[0].record]

    def _several(self, group: Sequence[Row], note: str) -> list[Record]:
        records = []
        for ordinal, row in enumerate(group, start=1):
            record = row.record
            key = natural_key(self._table, record.values, record.villages, ordinal=ordinal)
            records.append(replace(record, key=key, values={**record.values, "source_key": key}))
            if note:
                self._findings.note(row.draft, note)
        return records

    def _contradicting(self, group: Sequence[Row], differing: Sequence[str]) -> list[Record]:
        names = [self._findings.field_shown(column) for column in differing]
        labels = list(dict.fromkeys(map(self._findings.label, names)))
        numbers = sorted(row.draft.row.number for row in group)
        named = numbers[: MOST_ROWS_NAMED + 1]
        for row in group:
            others = [other for other in named if other != row.draft.row.number][:MOST_ROWS_NAMED]
            more = len(numbers) - 1 - len(others)
            error = ContradictionError(others, labels, more)
            self._findings.reject(row.draft, names[0], str(error))
        return []

    def _are_numbered(self, group: Sequence[Row]) -> bool:
        """Whether the author counted the rows as different ones."""
        return self._order is not None and self._are_told_apart(group, self._order)

    @staticmethod
    def _are_told_apart(group: Sequence[Row], column: int) -> bool:
        """Whether a column holds something else in every row."""
        texts = {_text(row.draft.row.values, column) for row in group}
        return len(texts) == len(group) and "" not in texts

    def _ask(self, about: str, groups: Sequence[Sequence[Row]]) -> None:
        if not groups:
            return
        first = groups[0]
        numbers = [row.draft.row.number for group in groups for row in group]
        rows = listed(row.draft.row.number for row in first)
        if about == EQUAL:
            likely = (
                Choice(ONE, "Satu kejadian yang tertulis dua kali: hitung sekali", 60.0),
                Choice(SEVERAL, "Beberapa kejadian: hitung semuanya", 40.0),
            )
            reason = f"Baris {rows} sama dalam semua yang disimpan"
        else:
            differing = _differing([row.record for row in first])
            labels = dict.fromkeys(
                self._findings.label(self._findings.field_shown(column)) for column in differing
            )
            likely = (
                Choice(SEVERAL, "Beberapa kejadian: hitung semuanya", 60.0),
                Choice(IGNORE, "Salah satunya keliru: tinggalkan baris-baris itu", 40.0),
            )
            reason = (
                f"Baris {rows} memuat tanggal, tempat dan kegiatan yang sama, tetapi "
                f"{', '.join(labels)} berbeda"
            )
        more = f" (dan {len(groups) - 1} kelompok baris lain)" if len(groups) > 1 else ""
        self._findings.ask(
            Question(
                self._findings.file, self._findings.sheet, about, "same", likely,
                f"{reason}{more}. Apakah itu satu kejadian atau beberapa? Nomor kegiatan atau "
                "nomor laporan di kolom tersendiri membuatnya jelas.",
                tuple(numbers),
            )
        )  # fmt: skip

    def _note_keyed(self, rows: Sequence[Row]) -> None:
        """Tell of events that are alike but for the source keys of their own."""
        if not is_event(self._table):
            return
        alike: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            record = row.record
            alike[natural_key(self._table, record.values, record.villages)].append(row)
        for group in alike.values():
            if len(group) > 1:
                for row in group:
                    self._findings.note(row.draft, _KEYED_NOTE)


def _order_column(sheet: Sheet) -> int | None:
    found = (
        index
        for index, text in enumerate(sheet.header)
        if text and read_title(text).words <= {"nomor", "urut"}
    )
    return next(found, None)


def _parting_columns(sheet: Sheet) -> list[int]:
    """The columns that tell two events of one day and place apart."""
    return [
        index
        for index, text in enumerate(sheet.header)
        if not read_title(text).words.isdisjoint(_PARTING)
    ]


def _text(values: Sequence[CellValue], index: int) -> str:
    value = values[index] if index < len(values) else None
    return "" if value is None else str(value).strip()


def _differing(records: Sequence[Record]) -> list[str]:
    """Columns in which records of one key differ."""
    first = records[0]
    names = [name for name in first.values if _differs(name, first.values, records)]
    if any(sorted(record.villages) != sorted(first.villages) for record in records[1:]):
        names.append("village_code")
    return names


def _differs(name: str, values: Mapping[str, object], records: Sequence[Record]) -> bool:
    return any(record.values[name] != values[name] for record in records[1:])
