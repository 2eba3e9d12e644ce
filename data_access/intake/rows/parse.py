"""From a sheet and its mapping to records that can be written, problems and questions.

Owns the way of a row through the other modules, and duplicates within a sheet. Every row ends
as a record, as a duplicate that is counted, or with a problem.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data_access.intake.cells.places import (
    DESA_UNKNOWN,
    PlaceError,
    PlaceReader,
    PlaceUnclearError,
    WrittenPlace,
)
from data_access.intake.cells.reading import FieldReader, whole_kabupaten
from data_access.intake.forms.columns import ColumnMapping, header_key
from data_access.intake.forms.form import Field
from data_access.intake.forms.registry import fields_of, form_of
from data_access.intake.model import (
    CellValue,
    Parsed,
    Record,
    RowError,
    Sheet,
    SheetRow,
    SourceFile,
)
from data_access.intake.rows.findings import PLACE_FIELDS, Draft, Findings, listed
from data_access.intake.rows.meanings import complete
from data_access.intake.writing.keys import is_event, natural_key, own_key
from data_access.schema import metadata
from geo.matching import ConfirmedAlias

Progress = Callable[[int, int], None]

# Rows between two calls of the progress function: often enough for a bar to move.
_STEP = 1_000
_REPEATED = "baris ganda"
_REPEATED_NOTE = "baris ganda yang sama persis dihitung sekali."
_TWINS_NOTE = (
    "tanggal, tempat dan kegiatannya sama dengan baris lain, tetapi kode sumbernya berbeda; "
    "disimpan terpisah."
)


@dataclass(frozen=True)
class ParseContext:
    """What a reading depends on besides the file.

    Attributes:
        today: no later day is believed.
        aliases: (kecamatan, desa) as written, or as `places.load_aliases` gives them -> code
            that a person chose.
        spellings: spellings confirmed for boundary files (`geo.matching.load_aliases`).
    """

    today: date
    aliases: Mapping[tuple[str, str], str] = field(default_factory=dict)
    spellings: tuple[ConfirmedAlias, ...] = ()


# What a telephone tells of itself in each form that it sends, if the form asks it to.
_OF_THE_DEVICE = frozenset(
    {"start", "end", "today", "audit", "deviceid", "subscriberid", "simserial", "phonenumber",
     "username"}
)  # fmt: skip
_SHORTEST_NIK = 10**15

# Two halves of one value: what is wrong with one says nothing more of the other.
_PARTNERS = {"latitude": "longitude", "longitude": "latitude"}


class MissingColumnError(ValueError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"Kolom “{label}” tidak ditemukan. Tambahkan kolom itu, atau tunjuk kolomnya saat "
            "mencocokkan kolom."
        )


class RowSlippedError(ValueError):
    def __init__(self, fault: RowError) -> None:
        super().__init__(
            f"Isi baris ini tidak berada di kolomnya: {fault.text}. Periksa pemisah dan tanda "
            "petik di baris ini, atau simpan sebagai .xlsx."
        )


class ContradictionError(ValueError):
    def __init__(self, others: Iterable[int], labels: Iterable[str]) -> None:
        super().__init__(
            f"Catatan ini juga ada di baris {listed(others)}, tetapi isinya berbeda "
            f"({', '.join(labels)}). Hapus atau perbaiki yang salah."
        )


def parse_sheet(
    source: SourceFile,
    sheet: Sheet,
    mapping: ColumnMapping,
    context: ParseContext,
    progress: Progress | None = None,
) -> Parsed:
    """Read all rows of a sheet.

    Args:
        source: the file, for names in problems.
        sheet: the sheet.
        mapping: which column fills which field, confirmed by a person or a profile.
        context: today and the names that were confirmed.
        progress: called with rows done and rows in all, now and then.

    Raises:
        UnknownTableError: if no file can fill the mapping's table.
    """
    return _SheetParser(source, sheet, mapping, context).parse(progress or _no_progress)


@dataclass(frozen=True, slots=True)
class _Column:
    """A field with the column or the constant that fills it, and its reader."""

    field: Field
    index: int
    constant: str
    reader: FieldReader

    def cell(self, row: SheetRow) -> CellValue:
        if self.index < 0:
            return self.constant
        return row.values[self.index] if self.index < len(row.values) else None


class _SheetParser:
    """One parsing of one sheet."""

    def __init__(
        self, source: SourceFile, sheet: Sheet, mapping: ColumnMapping, context: ParseContext
    ) -> None:
        self._source = source
        self._sheet = sheet
        self._table = mapping.table
        self._form = form_of(mapping.table)
        self._missing = mapping.missing
        self._findings = Findings(source, sheet, mapping)
        columns = [
            _Column(
                one,
                self._findings.index(name),
                mapping.constants.get(name, ""),
                FieldReader(one, context.today),
            )
            for name, one in fields_of(mapping.table).items()
            if self._findings.index(name) >= 0 or name in mapping.constants
        ]
        self._place_columns = [one for one in columns if one.field.kind == "name"]
        self._columns = [one for one in columns if one.field.kind != "name"]
        self._unkept = FieldReader(Field("", "", "unkept"), context.today)
        self._unused = [
            index
            for index in mapping.unused
            if header_key(sheet.header[index]) not in _OF_THE_DEVICE
        ]
        self._places = PlaceReader(
            context.aliases,
            context.spellings,
            is_many=self._table == "awareness_sessions",
            is_outside_kept=self._table == "cases",
        )

    def parse(self, progress: Progress) -> Parsed:
        findings = self._findings
        if self._missing:
            for name in self._missing:
                findings.refuse_sheet(name, str(MissingColumnError(findings.label(name))))
            return Parsed(self._table, (), findings.problems(), findings.notes())
        drafts = []
        total = len(self._sheet.rows)
        for done, row in enumerate(self._sheet.rows):
            if done % _STEP == 0:
                progress(done, total)
            drafts.append(self._draft(row))
        records, repeated = self._unique([draft for draft in drafts if not draft.bad])
        progress(total, total)
        return Parsed(
            self._table,
            tuple(records),
            findings.problems(),
            findings.notes(),
            findings.questions(),
            {_REPEATED: repeated} if repeated else {},
        )

    # --- one row -------------------------------------------------------------------------

    def _draft(self, row: SheetRow) -> Draft:
        draft = Draft(row)
        if row.values and isinstance(row.values[0], RowError):
            self._findings.reject(draft, "", str(RowSlippedError(row.values[0])))
            return draft
        for column in self._columns:
            cell = column.reader.read(column.cell(row))
            draft.values[column.field.name] = cell.value
            if cell.problem:
                self._findings.reject(draft, column.field.name, cell.problem)
            elif cell.note:
                self._findings.note(draft, cell.note)
        self._refuse_personal(draft)
        self._locate(draft)
        complete(self._table, draft, self._findings)
        self._validate(draft)
        return draft

    def _refuse_personal(self, draft: Draft) -> None:
        """Nothing of the other columns is kept; personal data has no place in them either."""
        for index in self._unused:
            value = draft.row.values[index] if index < len(draft.row.values) else None
            # Shorter numbers in cells of their own are amounts and counts.
            is_long = isinstance(value, int | float) and abs(value) >= _SHORTEST_NIK
            if isinstance(value, str) or is_long:
                cell = self._unkept.read(value)
                if cell.problem:
                    self._findings.reject_for_column(draft, index, cell.problem)

    def _locate(self, draft: Draft) -> None:
        """Read the place columns together."""
        written = self._written_place(draft)
        if written is None:
            return
        try:
            draft.place = self._places.read(written)
        except PlaceError as error:
            self._findings.reject(draft, _field_at_fault(written, error), str(error))
            if isinstance(error, PlaceUnclearError):
                self._findings.ask(draft, error)
            return
        note = draft.place.note
        # These tables speak of kecamatan only: no desa is missing.
        if note and not (note == DESA_UNKNOWN and self._table in ("targets", "kecamatan")):
            self._findings.note(draft, note)

    def _written_place(self, draft: Draft) -> WrittenPlace | None:
        """The place columns as text, None where one of them cannot be read."""
        texts: dict[str, str] = {}
        for column in self._place_columns:
            cell = column.reader.read(column.cell(draft.row))
            if cell.problem:
                self._findings.reject(draft, column.field.name, cell.problem)
                return None
            texts[column.field.name] = str(cell.value or "")
        written = WrittenPlace(**texts)
        if self._table == "targets" and whole_kabupaten(written.kecamatan):
            return written._replace(kecamatan="")
        return written

    # --- the sheet as a whole --------------------------------------------------------------

    def _validate(self, draft: Draft) -> None:
        """Hold a row against the rules of its table."""
        for rule in self._form.rules:
            if rule.holds(draft.values):
                continue
            name = self._findings.field_shown(rule.field)
            if rule.is_note:
                self._findings.note(draft, rule.sentence)
            elif _PARTNERS.get(rule.field) in draft.bad:
                continue  # one cell is at fault, and it has been named
            elif name not in draft.bad and not (name in PLACE_FIELDS and draft.has_bad_place):
                self._findings.reject(draft, name, rule.sentence)

    def _unique(self, drafts: Sequence[Draft]) -> tuple[list[Record], int]:
        """One record per key, and how many rows only repeat another one.

        Rows that contradict each other are all rejected.
        """
        kept: dict[str, Record] = {}
        first: dict[str, Draft] = {}
        others: dict[str, list[tuple[Draft, Record]]] = defaultdict(list)
        for draft in drafts:
            record = self._record(draft)
            if record.key in kept:
                others[record.key].append((draft, record))
            else:
                kept[record.key], first[record.key] = record, draft
        repeated = 0
        for key, rows in others.items():
            differing = _differing([kept[key], *(record for _, record in rows)])
            if differing:
                del kept[key]
                self._reject_all([first[key], *(draft for draft, _ in rows)], differing)
                continue
            repeated += len(rows)
            for draft, _ in rows:
                self._findings.note(draft, _REPEATED_NOTE)
        self._note_twins(kept, first)
        return list(kept.values()), repeated

    def _reject_all(self, drafts: Sequence[Draft], differing: Sequence[str]) -> None:
        names = [self._findings.field_shown(column) for column in differing]
        labels = list(dict.fromkeys(map(self._findings.label, names)))
        for draft in drafts:
            others = (other.row.number for other in drafts if other is not draft)
            self._findings.reject(draft, names[0], str(ContradictionError(others, labels)))

    def _note_twins(self, kept: Mapping[str, Record], first: Mapping[str, Draft]) -> None:
        """Tell of events that are alike but for the source keys of their own."""
        has_keys = any(column.field.name == "source_key" for column in self._columns)
        if not has_keys or not is_event(self._table):
            return
        alike: dict[str, list[Draft]] = defaultdict(list)
        for key, record in kept.items():
            alike[natural_key(self._table, record.values, record.villages)].append(first[key])
        for drafts in alike.values():
            if len(drafts) > 1:
                for draft in drafts:
                    self._findings.note(draft, _TWINS_NOTE)

    def _record(self, draft: Draft) -> Record:
        prefix = "origin_" if self._table == "cases" else ""
        values = {
            column.name: draft.values.get(column.name.removeprefix(prefix))
            for column in metadata.tables[self._table].columns
        }
        villages = draft.place.villages if self._table == "awareness_sessions" else ()
        text = str(draft.values.get("source_key") or "")
        key = own_key(text, self._findings.header("source_key")) if text else ""
        key = key or natural_key(self._table, values, villages)
        if "source_key" in values:
            values["source_key"] = key
        return Record(
            self._table,
            key,
            values,
            villages,
            self._source.name,
            self._sheet.name,
            draft.row.number,
        )


def _no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def _field_at_fault(written: WrittenPlace, error: PlaceError) -> str:
    """The field whose text the error speaks of, else the most telling one that is filled."""
    texts = written._asdict()
    quoted = (name for name, text in texts.items() if text and text == error.written)
    telling = ("village_code", "desa", "kecamatan_code", "kecamatan")
    filled = (name for name in telling if texts[name])
    return next(quoted, None) or next(filled, "kecamatan")


def _differing(records: Sequence[Record]) -> list[str]:
    """Columns in which records of one key differ."""
    first = records[0]
    names = [
        name
        for name in first.values
        if any(record.values[name] != first.values[name] for record in records[1:])
    ]
    if any(sorted(record.villages) != sorted(first.villages) for record in records[1:]):
        names.append("village_code")
    return names
