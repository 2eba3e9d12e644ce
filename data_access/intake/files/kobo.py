"""Turns a KoboToolbox export into sheets that look like an officer's own.

Owns what only such exports have: group prefixes, repeat sheets, geopoints, moments in UTC and
the state of review. Columns keep their places; what is derived is appended on the right. Row
numbers stay those of the main sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

from data_access.intake.files.sheets import HEADER_WORDS, header_words, row_list
from data_access.intake.model import CellValue, Sheet, SheetRow, SourceFile

WIB = timezone(timedelta(hours=7), "WIB")
SEPARATOR = ";"

_SYSTEM = {"_id", "_uuid", "_submission_time", "_index", "_validation_status", "_submitted_by"}
_XML_NAME = re.compile(r"[A-Za-z_][\w.-]*(/[A-Za-z_][\w.-]*)*")
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?\s*(Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_COORDINATE = r"-?\d{1,3}(?:\.\d+)?"
_POINT = re.compile(rf"\s*({_COORDINATE})\s+({_COORDINATE})(?:\s+-?[\d.]+){{0,2}}\s*", re.ASCII)
_DESA_WORDS = {"desa", "kelurahan", "village"}
_KECAMATAN_WORDS = {"kecamatan", "kec", "district"}
_NOT_APPROVED = {"not approved", "validation status not approved", "tidak disetujui"}


@dataclass(frozen=True, slots=True)
class _Place:
    """What can be listed from a repeat sheet: its title and the words it goes by."""

    title: str
    words: frozenset[str]


_PLACES = (
    _Place("Desa", frozenset(_DESA_WORDS)),
    _Place("Kecamatan", frozenset(_KECAMATAN_WORDS)),
)


def is_kobo(source: SourceFile) -> bool:
    """Whether a file carries the system columns of KoboToolbox."""
    return any(_is_main(sheet) for sheet in source.sheets)


def unfold_kobo(source: SourceFile) -> SourceFile:
    """Give every form of an export its plain shape.

    Titles lose their group prefix, rows "Not Approved" are left out and counted, moments become
    Indonesian western time, a geopoint gains columns "latitude" and "longitude", and the desa and
    kecamatan of repeat sheets become columns "Desa" and "Kecamatan" of the main sheet, joined
    by ";". Repeat sheets themselves are left out. A file that is no export is returned as is.
    """
    if not is_kobo(source):
        return source
    mains = [sheet for sheet in source.sheets if _is_main(sheet)]
    repeats = [sheet for sheet in source.sheets if _is_repeat(sheet)]
    others = [sheet for sheet in source.sheets if sheet not in mains and sheet not in repeats]
    unfolded = [_unfolded(sheet, _repeats_of(sheet, mains, repeats)) for sheet in mains]
    notes = list(source.notes)
    orphans = [one.name for one in repeats if len(mains) > 1 and not _has_parent(one, mains)]
    notes += [f"Lembar ulangan “{name}” tidak dibaca: induknya tidak ada." for name in orphans]
    return replace(source, sheets=(*unfolded, *others), notes=tuple(notes))


def _is_main(sheet: Sheet) -> bool:
    return len(_SYSTEM.intersection(sheet.header)) >= 2 and not _is_repeat(sheet)


def _is_repeat(sheet: Sheet) -> bool:
    return "_parent_index" in sheet.header


def _repeats_of(main: Sheet, mains: Sequence[Sheet], repeats: Sequence[Sheet]) -> list[Sheet]:
    """The repeat sheets right below a main sheet; of repeats within repeats only the outer."""
    if len(mains) == 1:
        names = {sheet.name for sheet in repeats}
        return [one for one in repeats if not _parent_names(one) & (names - {main.name})]
    return [one for one in repeats if main.name in _parent_names(one)]


def _has_parent(repeat: Sheet, mains: Sequence[Sheet]) -> bool:
    return bool(_parent_names(repeat) & {sheet.name for sheet in mains})


def _parent_names(repeat: Sheet) -> set[str]:
    if "_parent_table_name" not in repeat.header:
        return set()
    column = repeat.header.index("_parent_table_name")
    return {str(row.values[column]) for row in repeat.rows}


def _unfolded(sheet: Sheet, repeats: Sequence[Sheet]) -> Sheet:
    table = _Table(sheet)
    table.leave_unapproved()
    for repeat in repeats:
        table.join(repeat)
    table.rename()
    table.split_points()
    table.to_wib()
    return table.sheet()


class _Table:
    """A main sheet on its way; each step changes titles, rows and notes."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._header = list(sheet.header)
        self._rows = list(sheet.rows)
        self._notes = list(sheet.notes)

    def sheet(self) -> Sheet:
        return replace(
            self._sheet,
            header=tuple(self._header),
            rows=tuple(self._rows),
            notes=tuple(self._notes),
        )

    def leave_unapproved(self) -> None:
        column = self._system("_validation_status")
        if column is None:
            return
        kept = [row for row in self._rows if not _is_unapproved(row.values[column])]
        left = len(self._rows) - len(kept)
        if left:
            self._notes.append(
                f"{left} baris berstatus “Not Approved” di KoboToolbox tidak dibaca."
            )
        self._rows = kept

    def rename(self) -> None:
        self._header = strip_groups(self._header)

    # --- repeats ---

    def join(self, repeat: Sheet) -> None:
        """Give every row the places its repeats name."""
        index = self._system("_index")
        titles = strip_groups(repeat.header)
        columns = {place: _place_column(titles, place.words) for place in _PLACES}
        if index is None or columns[_PLACES[0]] is None:
            self._notes.append(f"Lembar ulangan “{repeat.name}” tidak dipakai: tidak berisi desa.")
            return
        children = _children(repeat)
        self._note_orphans(repeat, index)
        for place, column in columns.items():
            if column is not None:
                self._add_places(place, column, children, index)

    def _note_orphans(self, repeat: Sheet, index: int) -> None:
        parents = {_key(row.values[index]) for row in self._sheet.rows}
        column = repeat.header.index("_parent_index")
        lost = [row.number for row in repeat.rows if _key(row.values[column]) not in parents]
        if lost:
            self._notes.append(
                f"Lembar ulangan “{repeat.name}”: induk tidak ditemukan untuk {row_list(lost)}."
            )

    def _add_places(
        self,
        place: _Place,
        column: int,
        children: Mapping[str, Sequence[SheetRow]],
        index: int,
    ) -> None:
        def listed(row: SheetRow) -> list[str]:
            return [_text(one.values[column]) for one in children.get(_key(row.values[index]), ())]

        own = _place_column(strip_groups(self._header), place.words)
        if own is None:
            self._append(place.title, lambda row: _joined(listed(row)))
        else:
            self._rows = [
                _with(row, own, _joined([_text(row.values[own]), *found]))
                if any(found := listed(row))
                else row
                for row in self._rows
            ]

    # --- geopoints ---

    def split_points(self) -> None:
        """Append "latitude" and "longitude" from the first geopoint that says something."""
        if "latitude" in self._header or "longitude" in self._header:
            return
        pairs = self._split_pairs()
        points = [column for column in range(len(self._header)) if self._is_point(column)]
        if len(pairs) > 1 or (not pairs and len(points) > 1):
            self._notes.append("Ada lebih dari satu titik koordinat; yang dipakai yang pertama.")
        if pairs:
            latitude, longitude = pairs[0]
            self._append("latitude", lambda row: _degrees(row.values[latitude]))
            self._append("longitude", lambda row: _degrees(row.values[longitude]))
        elif points:
            self._append("latitude", lambda row: _coordinate(row.values[points[0]], 1))
            self._append("longitude", lambda row: _coordinate(row.values[points[0]], 2))

    def _split_pairs(self) -> list[tuple[int, int]]:
        """Columns `_X_latitude` with their `_X_longitude`."""
        pairs = []
        for column, title in enumerate(self._header):
            partner = title.removesuffix("_latitude") + "_longitude"
            if title.startswith("_") and title.endswith("_latitude") and partner in self._header:
                pairs.append((column, self._header.index(partner)))
        return pairs

    def _is_point(self, column: int) -> bool:
        texts = [row.values[column] for row in self._rows if row.values[column] is not None]
        return bool(texts) and all(
            isinstance(text, str) and _POINT.fullmatch(text) for text in texts
        )

    # --- moments ---

    def to_wib(self) -> None:
        """Moments are written in UTC unless they say otherwise; plain dates stay."""
        moved = False
        rows: list[SheetRow] = []
        for row in self._rows:
            values = tuple(_in_wib(value) for value in row.values)
            moved = moved or values != row.values
            rows.append(replace(row, values=values))
        if moved:
            self._rows = rows
            self._notes.append("Waktu KoboToolbox (UTC) diubah ke WIB.")

    # --- columns ---

    def _system(self, name: str) -> int | None:
        return self._header.index(name) if name in self._header else None

    def _append(self, title: str, value: Callable[[SheetRow], CellValue]) -> None:
        self._header.append(title)
        self._rows = [replace(row, values=(*row.values, value(row))) for row in self._rows]


def strip_groups(header: Sequence[str]) -> list[str]:
    """Titles without the groups of the form: "umum/tanggal" -> "tanggal".

    A select_multiple's "X/option" keeps its question; a label such as "Desa/Kelurahan" is no
    group; titles that would fall together keep their groups.
    """
    titles = set(header)
    questions = [title for title in header if title and title not in _SYSTEM]
    is_xml = all(_XML_NAME.fullmatch(title) for title in questions)
    firsts = Counter(title.partition("/")[0] for title in questions if "/" in title)
    stripped = [_without_group(title, titles, firsts, is_xml) for title in header]
    taken = Counter(stripped)
    return [
        short if taken[short] == 1 else full for short, full in zip(stripped, header, strict=True)
    ]


def _without_group(title: str, titles: set[str], firsts: Mapping[str, int], is_xml: bool) -> str:
    segments = title.split("/")
    if len(segments) == 1 or title.startswith("_"):
        return title
    for cut in range(1, len(segments)):
        if "/".join(segments[:cut]) in titles:
            return "/".join(segments[cut - 1 :])
    first = segments[0]
    says_nothing = not HEADER_WORDS.intersection(header_words(first))
    return segments[-1] if is_xml or firsts[first] > 1 or says_nothing else title


# --- cells -------------------------------------------------------------------------------


def _is_unapproved(value: CellValue) -> bool:
    return isinstance(value, str) and " ".join(header_words(value)) in _NOT_APPROVED


def _place_column(titles: Sequence[str], words: frozenset[str]) -> int | None:
    """The column a place stands in: the shortest title whose question holds its word."""
    found = [
        (len(title), column)
        for column, title in enumerate(titles)
        if not title.startswith("_") and words & set(header_words(title.rsplit("/", 1)[-1]))
    ]
    return min(found)[1] if found else None


def _children(repeat: Sheet) -> dict[str, list[SheetRow]]:
    column = repeat.header.index("_parent_index")
    children: dict[str, list[SheetRow]] = {}
    for row in repeat.rows:
        children.setdefault(_key(row.values[column]), []).append(row)
    return children


def _key(value: CellValue) -> str:
    """An index as text: exports write 1, 1.0 and "1"."""
    return _text(value).removesuffix(".0")


def _text(value: CellValue) -> str:
    return "" if value is None else str(value).strip()


def _joined(texts: Iterable[str]) -> str | None:
    """Names in order, each once: a kecamatan that all desa share stands alone."""
    return SEPARATOR.join(dict.fromkeys(text for text in texts if text)) or None


def _with(row: SheetRow, column: int, value: CellValue) -> SheetRow:
    return replace(row, values=(*row.values[:column], value, *row.values[column + 1 :]))


def _degrees(value: CellValue) -> CellValue:
    if isinstance(value, str) and re.fullmatch(_COORDINATE, value.strip(), re.ASCII):
        return float(value)
    return value


def _coordinate(value: CellValue, part: int) -> CellValue:
    found = _POINT.fullmatch(value) if isinstance(value, str) else None
    return float(found[part]) if found else None


def _in_wib(value: CellValue) -> CellValue:
    if isinstance(value, datetime):
        return _moved(value)
    if not isinstance(value, str) or not _MOMENT.fullmatch(value.strip()):
        return value
    try:
        return _moved(datetime.fromisoformat(value.strip().replace(" Z", "Z")))
    except (ValueError, OverflowError):
        # No such moment; the step that reads dates says so.
        return value


def _moved(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(WIB).replace(tzinfo=None, microsecond=0)
