"""From a sheet and its mapping to records that can be written, problems and questions.

Owns the way of a row through the other modules. Every row ends as a record, as a repetition that
is counted, with a problem, or in a question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data_access.intake.cells.column import ColumnReading, judge_column, proves_order
from data_access.intake.cells.dates import DateOrder, check_weekday
from data_access.intake.cells.personal import is_harmless
from data_access.intake.cells.places import (
    DESA_UNKNOWN,
    OUTSIDE_CODE,
    PlaceError,
    PlaceReader,
    PlaceUnclearError,
    UnclearName,
    WrittenPlace,
    alias_key,
)
from data_access.intake.cells.reading import (
    Cell,
    FieldReader,
    is_blank,
    whole_kabupaten,
)
from data_access.intake.field import Field
from data_access.intake.forms.columns import ColumnMapping, header_key
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
from data_access.intake.questions import ALL_NAMES, IGNORE, Answers
from data_access.intake.rows.findings import PLACE_FIELDS, Draft, Findings, written_name
from data_access.intake.rows.meanings import complete
from data_access.intake.rows.spans import join_spans
from data_access.intake.rows.twins import REPEATED, Row, Twins
from data_access.intake.signs import clean_text
from data_access.intake.writing.keys import natural_key, own_key
from data_access.schema import metadata
from geo.gazetteer import gazetteer
from geo.matching import ConfirmedAlias
from geo.telling import TellingError

Progress = Callable[[int, int], None]

# Rows between two calls of the progress function: often enough for a bar to move.
_STEP = 1_000


@dataclass(frozen=True)
class ParseContext:
    """What a reading depends on besides the file.

    Attributes:
        today: no later day is believed.
        aliases: (kecamatan, desa) as written -> code that a person chose.
        spellings: spellings confirmed for boundary files (`geo.matching.load_aliases`).
        answers: what was answered about this sheet.
        orders: of day and month that dates of the file's other sheets prove.
    """

    today: date
    aliases: Mapping[tuple[str, str], str] = field(default_factory=dict)
    spellings: tuple[ConfirmedAlias, ...] = ()
    answers: Answers = field(default_factory=Answers)
    orders: frozenset[DateOrder] = frozenset()


# What a telephone tells of itself in each form that it sends, if the form asks it to.
_OF_THE_DEVICE = frozenset(
    {"start", "end", "today", "audit", "deviceid", "subscriberid", "simserial", "phonenumber",
     "username"}
)  # fmt: skip
_SHORTEST_NIK = 10**15

# Two halves of one value: what is wrong with one says nothing more of the other.
_PARTNERS = {"latitude": "longitude", "longitude": "latitude"}
# Scores before and after a session are written on one scale.
_SCORES = ("pre_score", "post_score")


class MissingColumnError(TellingError, ValueError):
    sentence = (
        "Kolom “{label}” tidak ditemukan. Tambahkan kolom itu, atau tunjuk kolomnya saat "
        "mencocokkan kolom."
    )
    label: str


class RowSlippedError(TellingError, ValueError):
    sentence = (
        "Isi baris ini tidak berada di kolomnya: {fault.text}. Periksa pemisah dan tanda "
        "petik di baris ini, atau simpan sebagai .xlsx."
    )
    fault: RowError


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
        context: today, the names that were confirmed and what was answered.
        progress: called with rows done and rows in all, now and then.

    Raises:
        UnknownTableError: if no file can fill the mapping's table.
    """
    return _SheetParser(source, sheet, mapping, context).parse(progress or _no_progress)


@dataclass(frozen=True, slots=True)
class _Column:
    """A field with the columns or the constant that fill it, and its reader."""

    field: Field
    indexes: tuple[int, ...]
    constant: str
    reader: FieldReader

    def read(self, row: SheetRow) -> Cell:
        """Read the cells of a row: several are added up where they count, else joined."""
        if len(self.indexes) < 2 or self.field.kind != "count":
            return self.reader.read(self._cell(row))
        cells = [self.reader.read(_at(row, i)) for i in self.indexes]
        if faulty := next((cell for cell in cells if cell.problem), None):
            return faulty
        counts = [cell.value for cell in cells if isinstance(cell.value, int)]
        return Cell(sum(counts) if counts else None)

    def _cell(self, row: SheetRow) -> CellValue:
        if len(self.indexes) == 1:
            index = self.indexes[0]
            return row.values[index] if index < len(row.values) else None
        if not self.indexes:
            return self.constant
        texts = (clean_text(value) for i in self.indexes if not is_blank(value := _at(row, i)))
        return ", ".join(dict.fromkeys(texts)) or None


class _SheetParser:
    """One parsing of one sheet."""

    def __init__(
        self, source: SourceFile, sheet: Sheet, mapping: ColumnMapping, context: ParseContext
    ) -> None:
        self._source = source
        self._sheet = sheet
        self._mapping = mapping
        self._table = mapping.table
        self._form = form_of(mapping.table)
        self._context = context
        self._findings = Findings(source, sheet, mapping)
        self._unkept = FieldReader(Field("", "", "unkept"), context.today)
        self._unused = [
            index
            for index in mapping.unused
            if header_key(sheet.header[index]) not in _OF_THE_DEVICE
        ]
        self._aliases = dict(context.aliases)
        # Column of the schema -> the field that fills it.
        prefix = "origin_" if self._table == "cases" else ""
        self._stored = [
            (column.name, column.name.removeprefix(prefix))
            for column in metadata.tables[self._table].columns
        ]
        self._answered: dict[tuple[str, str], str] = {}
        self._places = self._place_reader()
        self._above: str | None = None
        self._place_columns: list[_Column] = []
        self._columns: list[_Column] = []

    def parse(self, progress: Progress) -> Parsed:
        findings = self._findings
        if self._mapping.missing:
            for name in self._mapping.missing:
                findings.refuse_sheet(name, str(MissingColumnError(findings.label(name))))
            return self._parsed((), {}, rejected=len(self._sheet.rows))
        for column in self._judged():
            (self._place_columns if column.field.kind == "name" else self._columns).append(column)
        if findings.questions():
            # How the cells are to be read is not known yet: nothing true can be told of them.
            return self._parsed((), {})
        drafts = []
        total = len(self._sheet.rows)
        for done, row in enumerate(self._sheet.rows):
            if done % _STEP == 0:
                progress(done, total)
            drafts.append(self._draft(row))
        indexes = {one.field.name: one.indexes[0] for one in self._columns if one.indexes}
        drafts = join_spans(self._table, self._sheet, indexes, drafts, findings)
        rows = [self._row(draft) for draft in drafts if not draft.bad]
        twins = Twins(self._table, self._sheet, findings, self._context.answers)
        records, repeated = twins.settle(rows)
        progress(total, total)
        return self._parsed(tuple(records), {REPEATED: repeated} if repeated else {})

    def _parsed(
        self, records: tuple[Record, ...], left_out: Mapping[str, int], rejected: int | None = None
    ) -> Parsed:
        findings = self._findings
        return Parsed(
            self._table,
            records,
            findings.problems(),
            findings.notes(),
            findings.questions(),
            findings.rejected if rejected is None else rejected,
            left_out,
            self._answered,
            findings.unlisted(),
        )

    # --- the columns as a whole ------------------------------------------------------------

    def _judged(self) -> list[_Column]:
        """Every field that is filled, with the reading that its whole column asks for."""
        filled = {
            name: (index, *self._mapping.also.get(name, ()))
            for name in fields_of(self._table)
            if (index := self._findings.index(name)) >= 0
        }
        proofs = self._proofs(filled)
        columns = []
        for name, one in fields_of(self._table).items():
            constant = self._mapping.constants.get(name, "")
            if name in filled:
                reading = self._reading(one, filled, proofs)
                reader = FieldReader(one, self._context.today, reading)
                columns.append(_Column(one, filled[name], "", reader))
                if one.kind == "count" and len(filled[name]) > 1:
                    added = ", ".join(f"“{self._sheet.header[i]}”" for i in filled[name])
                    self._findings.note_sheet(f"{one.label} adalah jumlah kolom {added}.")
            elif constant:
                columns.append(_Column(one, (), constant, FieldReader(one, self._context.today)))
        return columns

    def _proofs(self, filled: Mapping[str, tuple[int, ...]]) -> dict[int, set[DateOrder]]:
        """Which columns prove an order of day and month, those that are not read included."""
        if not any(fields_of(self._table)[name].kind == "date" for name in filled):
            return {}
        read = {i for name in filled for i in filled[name]}
        days = [filled[name][0] for name in filled if fields_of(self._table)[name].kind == "date"]
        others = [i for i in range(len(self._sheet.header)) if i not in read]
        return {index: proves_order(self._cells(index)) for index in (*days, *others)}

    def _reading(
        self,
        one: Field,
        filled: Mapping[str, tuple[int, ...]],
        proofs: Mapping[int, set[DateOrder]],
    ) -> ColumnReading:
        index = filled[one.name][0]
        siblings = [
            (self._sheet.header[filled[name][0]], self._cells(filled[name][0]))
            for name in _SCORES
            if one.name in _SCORES and name != one.name and name in filled
        ]
        judgement = judge_column(
            one,
            self._sheet.header[index],
            self._cells(index),
            self._context.today,
            self._context.answers,
            is_1904=self._sheet.is_1904,
            proofs={order for i, found in proofs.items() if i != index for order in found}
            or self._context.orders,
            siblings=siblings,
            is_first=one.name != _SCORES[1],
        )
        for doubt in judgement.doubts:
            self._findings.ask_about(self._sheet.header[index], doubt)
        for note in judgement.notes:
            self._findings.note_sheet(f"Kolom “{self._sheet.header[index]}”: {note}")
        return judgement.reading

    def _cells(self, index: int) -> list[tuple[int, CellValue]]:
        return [(row.number, _at(row, index)) for row in self._sheet.rows]

    # --- one row -------------------------------------------------------------------------

    def _draft(self, row: SheetRow) -> Draft:
        draft = Draft(row)
        if row.values and isinstance(row.values[0], RowError):
            self._findings.reject(draft, "", str(RowSlippedError(row.values[0])))
            return draft
        for column in self._columns:
            cell = column.read(row)
            draft.values[column.field.name] = cell.value
            if cell.problem:
                self._findings.reject(draft, column.field.name, cell.problem)
            elif cell.note:
                self._findings.note(draft, cell.note)
        self._refuse_personal(draft)
        self._locate(draft)
        complete(self._table, draft, self._findings)
        self._check_weekday(draft)
        self._validate(draft)
        return draft

    def _refuse_personal(self, draft: Draft) -> None:
        """Nothing of the other columns is kept; personal data has no place in them either."""
        for index in self._unused:
            value = _at(draft.row, index)
            # Shorter numbers in cells of their own are amounts and counts.
            is_long = isinstance(value, int | float) and abs(value) >= _SHORTEST_NIK
            if is_long or (isinstance(value, str) and not is_harmless(value)):
                cell = self._unkept.read(value)
                if cell.problem:
                    self._findings.reject_for_column(draft, index, cell.problem)

    def _check_weekday(self, draft: Draft) -> None:
        """A weekday in a column of its own must be that of the date."""
        day, told = draft.values.get(self._form.day), draft.values.get("weekday")
        if not isinstance(day, str) or not isinstance(told, str):
            return
        fault = check_weekday(told, date.fromisoformat(day))
        if fault:
            self._findings.reject(draft, self._form.day, fault)

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

    # --- its place -------------------------------------------------------------------------

    def _locate(self, draft: Draft) -> None:
        """Read the place columns together."""
        written = self._written_place(draft)
        if written is None:
            return
        try:
            draft.place = self._places.read(written)
            self._above = draft.place.kecamatan_code
        except PlaceUnclearError as error:
            if self._learned(error.names):
                self._locate(draft)
                return
            self._findings.reject(draft, _field_at_fault(written, error), str(error))
            self._ask_names(draft, error.names)
            return
        except PlaceError as error:
            self._findings.reject(draft, _field_at_fault(written, error), str(error))
            return
        note = draft.place.note
        # These tables speak of kecamatan only: no desa is missing.
        if note and not (note == DESA_UNKNOWN and self._table in ("targets", "kecamatan")):
            self._findings.note(draft, note)

    def _learned(self, names: Sequence[UnclearName]) -> bool:
        """Take over what was answered about unclear names; whether anything was."""
        if not self._context.answers.pairs():
            return False
        known = {*gazetteer().kecamatan_by_code, *gazetteer().desa_by_code, OUTSIDE_CODE}
        new = {}
        for name in names:
            said = self._context.answers.about(written_name(name), known)
            key = alias_key(name.kecamatan, name.desa)
            if said and self._aliases.get(key) != said:
                new[key] = said
                self._answered[name.kecamatan, name.desa] = said
        if new:
            self._aliases |= new
            self._places = self._place_reader()
        return bool(new)

    def _ask_names(self, draft: Draft, names: Sequence[UnclearName]) -> None:
        """Ask, but for names that nothing comes near and those that were left on purpose."""
        answers = self._context.answers
        for name in names:
            if not name.candidates:
                continue
            is_left = any(answers.about(one, (IGNORE,)) for one in (written_name(name), ALL_NAMES))
            if not is_left:
                self._findings.ask_place(draft, name, self._above)

    def _place_reader(self) -> PlaceReader:
        return PlaceReader(
            self._aliases,
            self._context.spellings,
            is_many=self._table == "awareness_sessions",
            is_outside_kept=self._table == "cases",
        )

    def _written_place(self, draft: Draft) -> WrittenPlace | None:
        """The place columns as text, None where one of them cannot be read."""
        texts: dict[str, str] = {}
        for column in self._place_columns:
            cell = column.read(draft.row)
            if cell.problem:
                self._findings.reject(draft, column.field.name, cell.problem)
                return None
            texts[column.field.name] = str(cell.value or "")
        written = WrittenPlace(**texts)
        if self._table == "targets" and whole_kabupaten(written.kecamatan):
            return written._replace(kecamatan="")
        return written

    # --- its record --------------------------------------------------------------------------

    def _row(self, draft: Draft) -> Row:
        values = {column: draft.values.get(name) for column, name in self._stored}
        villages = draft.place.villages if self._table == "awareness_sessions" else ()
        text = str(draft.values.get("source_key") or "")
        own = own_key(text, self._findings.header("source_key")) if text else ""
        key = own or natural_key(self._table, values, villages)
        if "source_key" in values:
            values["source_key"] = key
        number = draft.row.number
        file, sheet = self._source.name, self._sheet.name
        record = Record(self._table, key, values, villages, file, sheet, number)
        return Row(draft, record, bool(own))


def _no_progress(done: int, total: int) -> None:
    """Tell nobody."""


def _at(row: SheetRow, index: int) -> CellValue:
    return row.values[index] if index < len(row.values) else None


def _field_at_fault(written: WrittenPlace, error: PlaceError) -> str:
    """The field whose text the error speaks of, else the most telling one that is filled."""
    texts = written._asdict()
    quoted = (name for name, text in texts.items() if text and text == error.written)
    telling = ("village_code", "desa", "place", "kecamatan_code", "kecamatan")
    filled = (name for name in telling if texts[name])
    return next(quoted, None) or next(filled, "kecamatan")
