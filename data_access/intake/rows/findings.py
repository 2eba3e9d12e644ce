"""What a reading of a sheet finds, in the officer's own words: problems, notes, questions.

Owns how a finding names its file, row and column, and how findings are put together. Nothing
that looks like personal data leaves it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from data_access.intake.cells.column import Doubt
from data_access.intake.cells.personal import shown
from data_access.intake.cells.places import (
    NOWHERE,
    PlaceReading,
    UnclearName,
    WrittenPlace,
)
from data_access.intake.forms.columns import ColumnMapping, is_personal_header
from data_access.intake.forms.registry import fields_of
from data_access.intake.model import (
    CellError,
    Problem,
    Sheet,
    SheetRow,
    SourceFile,
    Unlisted,
)
from data_access.intake.questions import IGNORE, Choice, Question
from data_access.intake.signs import clean_text
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import Candidate
from geo.notation import number

# Sentences that quote a cell differ in every row; more of them help nobody.
_MOST_NOTES = 100
# Nobody mends more at once; a file that is wrong in every row has one fault, not thousands. The
# others are counted and marked.
MOST_PROBLEMS = 200
# Each name costs a question; those in most rows are asked first, the others in the next round.
MOST_NAMES_ASKED = 200
MOST_ROWS_NAMED = 8
_MOST_COLUMNS_NAMED = 10

PLACE_FIELDS = frozenset(WrittenPlace._fields)


@dataclass(slots=True)
class Draft:
    """A row on its way: values per field, its place, and the fields that have a problem."""

    row: SheetRow
    values: dict[str, object] = field(default_factory=dict)
    place: PlaceReading = NOWHERE
    bad: set[str] = field(default_factory=set)

    @property
    def has_bad_place(self) -> bool:
        return not self.bad.isdisjoint(PLACE_FIELDS)


class Findings:
    """Collects what is found in one sheet."""

    def __init__(self, source: SourceFile, sheet: Sheet, mapping: ColumnMapping) -> None:
        self._source = source
        self._sheet = sheet
        self._mapping = mapping
        self._fields = fields_of(mapping.table)
        self._problems: list[Problem] = []
        self._notes: dict[str, list[int]] = defaultdict(list)
        self._names: dict[tuple[str, str], tuple[UnclearName, list[int]]] = {}
        self._questions: list[Question] = []
        self._said: list[str] = []
        self._rejected: set[int] = set()
        self._unlisted: dict[str, set[int]] = defaultdict(set)
        self._index = {name: self._sound_index(name) for name in self._fields}

    # --- collecting ------------------------------------------------------------------------

    @property
    def file(self) -> str:
        """Name of the file."""
        return self._source.name

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self._sheet.name

    @property
    def rejected(self) -> int:
        """Number of rows that are kept out."""
        return len(self._rejected)

    def reject(self, draft: Draft, name: str, message: str) -> None:
        """Keep a row out, for the field of that name; "" where no single column is at fault."""
        draft.bad.add(name)
        index = self.index(name)
        cell = draft.row.values[index] if 0 <= index < len(draft.row.values) else None
        text = cell.text if isinstance(cell, CellError) else "" if cell is None else str(cell)
        self._add(draft.row.number, name, text, message)

    def reject_for_column(self, draft: Draft, index: int, message: str) -> None:
        """Keep a row out for a column that fills no field."""
        draft.bad.add(f"column {index}")
        text = clean_text(draft.row.values[index])
        self._keep(draft.row.number, self._sheet.header[index], text, message)

    def refuse_sheet(self, name: str, message: str) -> None:
        """Report what keeps the whole sheet out."""
        self._add(None, name, "", message)

    def note(self, draft: Draft, sentence: str) -> None:
        """Tell something about a row that is kept."""
        self._notes[sentence].append(draft.row.number)

    def note_sheet(self, sentence: str) -> None:
        """Tell something about the sheet as a whole."""
        self._said.append(sentence)

    def ask(self, question: Question) -> None:
        """Ask something that keeps the whole file from being stored until it is answered."""
        self._questions.append(question)

    def ask_about(self, column: str, doubt: Doubt) -> None:
        """Ask what the cells of a column leave open."""
        self.ask(
            Question(
                self.file, self.sheet, column, doubt.kind, doubt.candidates, doubt.message,
                doubt.rows,
            )
        )  # fmt: skip

    def ask_place(self, draft: Draft, name: UnclearName, above: str | None) -> None:
        """Hold an unclear name of a row for confirmation.

        Args:
            above: the kecamatan of the row before, which is the likeliest one.
        """
        key = (name.kecamatan, name.desa)
        likely = sorted(name.candidates, key=lambda one: kecamatan_code_of(one.code) != above)
        name = replace(name, candidates=tuple(likely))
        self._names.setdefault(key, (name, []))[1].append(draft.row.number)

    # --- columns ---------------------------------------------------------------------------

    def index(self, name: str) -> int:
        """Return the column of a field, -1 where there is none or it holds personal data."""
        return self._index.get(name, -1)

    def header(self, name: str) -> str:
        """Return the officer's header of a field, its own label where there is no column."""
        index = self.index(name)
        if not name:
            return ""
        return self._sheet.header[index] if index >= 0 else self._fields[name].label

    def label(self, name: str) -> str:
        """Return the field's own label."""
        return self._fields[name].label

    def field_shown(self, column: str) -> str:
        """Return the field that an officer knows a column of the schema by."""
        name = column.removeprefix("origin_")
        if name in ("latitude", "longitude") and self.index(name) < 0:
            return "point"
        is_named = name in ("village_code", "kecamatan_code", "code", "name")
        if not is_named or self._mapping.table == "targets":
            return "kecamatan" if name == "kecamatan_code" else name
        if name == "kecamatan_code" or self._mapping.table == "kecamatan":
            return "kecamatan" if self.index("kecamatan_code") < 0 else "kecamatan_code"
        return "village_code" if self.index("desa") < 0 <= self.index("village_code") else "desa"

    # --- what came together ------------------------------------------------------------------

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems in the order of rows, as many of them as are kept."""
        return tuple(sorted(self._problems, key=lambda found: (found.row or 0, found.column)))

    def unlisted(self) -> tuple[Unlisted, ...]:
        """Return where the problems are that are not kept, column by column."""
        return tuple(
            Unlisted(self.sheet, column, tuple(sorted(rows)))
            for column, rows in self._unlisted.items()
        )

    def questions(self) -> tuple[Question, ...]:
        """Return what is asked, every unclear name once, with its rows; of many the commonest."""
        commonest = sorted(self._names.values(), key=lambda found: -len(found[1]))
        names = (self._asked_name(name, rows) for name, rows in commonest[:MOST_NAMES_ASKED])
        return (*self._questions, *names)

    def _asked_name(self, name: UnclearName, rows: list[int]) -> Question:
        written = written_name(name)
        choices = [
            *(Choice(found.code, _area(found), found.score) for found in name.candidates),
            Choice(IGNORE, "Tinggalkan baris-baris ini", 0.0),
        ]
        message = f"{name} Baris {listed(rows)}. Pilih yang dimaksud, atau tinggalkan barisnya."
        return Question(
            self.file, self.sheet, written, "place", tuple(choices), message, tuple(rows),
            (name.kecamatan, name.desa),
        )  # fmt: skip

    def notes(self) -> tuple[str, ...]:
        """Return sentences about the sheet, then its columns, then the rows that are kept.

        In a file with several sheets each sentence names its own.
        """
        said = (
            *self._sheet.notes, *self._column_notes(), *self._said, *self._row_notes(),
            *self._unlisted_notes(), *self._unasked_notes(),
        )  # fmt: skip
        if len(self._source.sheets) <= 1:
            return said
        name = f"Lembar “{self._sheet.name}”"
        return tuple(note if note.startswith(name) else f"{name}: {note}" for note in said)

    def _column_notes(self) -> Iterator[str]:
        header = self._sheet.header
        for index in self._mapping.refused:
            yield f"Kolom “{header[index]}” tidak dibaca dan tidak disimpan: data pribadi."
        for one in self._fields.values():
            if one.kind == "unkept" and self.index(one.name) >= 0:
                yield (
                    f"Kolom “{self.header(one.name)}” tidak disimpan; isinya hanya diperiksa dari "
                    "data pribadi."
                )
        if self._mapping.unused:
            names = [f"“{header[index]}”" for index in self._mapping.unused]
            more = len(names) - _MOST_COLUMNS_NAMED
            rest = f" dan {more} lagi" if more > 0 else ""
            yield f"Kolom yang tidak dipakai: {', '.join(names[:_MOST_COLUMNS_NAMED])}{rest}."

    def _unlisted_notes(self) -> Iterator[str]:
        if not self._unlisted:
            return
        columns = sorted(self._unlisted.items(), key=lambda found: -len(found[1]))
        named = [
            f"{f'kolom “{column}”' if column else 'baris sebagai keseluruhan'} {number(len(rows))}"
            for column, rows in columns[:_MOST_COLUMNS_NAMED]
        ]
        more = len(columns) - _MOST_COLUMNS_NAMED
        rest = f" dan {more} kolom lain" if more > 0 else ""
        count = sum(len(rows) for rows in self._unlisted.values())
        yield (
            f"Hanya {MOST_PROBLEMS} kesalahan pertama yang dirinci; masih ada {number(count)} lagi "
            f"({', '.join(named)}{rest}). Baris yang ditolak seluruhnya {number(self.rejected)}; "
            "salinan bertanda mewarnai semuanya."
        )

    def _unasked_notes(self) -> Iterator[str]:
        unasked = len(self._names) - MOST_NAMES_ASKED
        if unasked > 0:
            yield (
                f"Yang ditanyakan {MOST_NAMES_ASKED} nama di baris terbanyak; {number(unasked)} "
                "nama lain yang tidak dikenal menyusul. Lebih cepat: perbaiki ejaannya dalam "
                "berkas, misalnya dengan pilihan pada templat."
            )

    def _row_notes(self) -> Iterator[str]:
        listing = self._notes_of_kept_rows()
        for sentence, rows in listing[:_MOST_NOTES]:
            yield f"Baris {listed(rows)}: {sentence}"
        if len(listing) > _MOST_NOTES:
            rest = sum(len(rows) for _, rows in listing[_MOST_NOTES:])
            yield f"Ada catatan lain untuk {rest} baris."

    def _notes_of_kept_rows(self) -> list[tuple[str, list[int]]]:
        """What was assumed for a row that is kept out anyway helps nobody, and may be untrue."""
        kept = (
            (sentence, [row for row in rows if row not in self._rejected])
            for sentence, rows in self._notes.items()
        )
        return [(sentence, rows) for sentence, rows in kept if rows]

    def _add(self, row: int | None, name: str, value: str, message: str) -> None:
        self._keep(row, self.header(name), value, message)

    def _keep(self, row: int | None, column: str, value: str, message: str) -> None:
        """Count a problem, and keep it while there are few enough to be read."""
        if row is not None:
            self._rejected.add(row)
        if len(self._problems) == MOST_PROBLEMS and row is not None:
            self._unlisted[column].add(row)
            return
        self._problems.append(Problem(self.file, self.sheet, row, column, shown(value), message))

    def _sound_index(self, name: str) -> int:
        index = self._mapping.fields.get(name, -1)
        if not 0 <= index < len(self._sheet.header):
            return -1
        is_personal = is_personal_header(self._sheet.header[index], self._mapping.table)
        return -1 if is_personal else index


def written_name(name: UnclearName) -> str:
    """Return how an answer names an unclear place: "Lontarr, Tirtayasa"."""
    return ", ".join(filter(None, (name.desa, name.kecamatan)))


def _area(found: Candidate) -> str:
    home = kecamatan_code_of(found.code)
    if found.code == home:
        return f"Kecamatan {found.name}"
    return f"Desa {found.name}, Kecamatan {gazetteer().name(home)}"


def listed(rows: Iterable[int], more: int = 0) -> str:
    """Name some rows and count the rest: "5, 6, 9 dan 12 lagi".

    Args:
        more: further rows, which are only counted.
    """
    unique = sorted(set(rows))
    named = ", ".join(map(str, unique[:MOST_ROWS_NAMED]))
    more += max(0, len(unique) - MOST_ROWS_NAMED)
    return f"{named} dan {more} lagi" if more else named
