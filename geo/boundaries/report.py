"""What was found in a boundary file, for people (Indonesian text) and programs (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from geo.boundaries.evidence import Displaced
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import Candidate, How, Level
from geo.notation import number

_SQUARE_METRES_PER_HECTARE = 10_000.0
_HOW_WORDS: Mapping[How, str] = {
    "code": "menurut kode",
    "name": "menurut nama",
    "alias": "menurut nama lain",
}
_MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class ShapeNote:
    """A shape of the file that was not used, and why not.

    Attributes:
        row: its position in the file, counted from 1.
        code, kecamatan, name: as written in the file.
        candidates: areas that it may be, best first.
    """

    row: int
    code: str
    kecamatan: str
    name: str
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class RepairNote:
    """A change to a shape; code is "" for a shape that matched no area."""

    code: str
    name: str
    what: str
    area_m2: float


@dataclass(frozen=True)
class BoundaryReport:
    """The outcome of reading one boundary file.

    Attributes:
        schema: whose columns the file's are like; no claim about where it comes from.
        matched: number of areas by level.
        how: number of matched shapes by way.
        ways: how each matched area was matched, by code.
        missing: codes, of the file's level, that no shape was matched to.
        outside_area: number of shapes of other kabupaten, dropped.
        supported_by_point: how many matched areas hold most of their gazetteer points:
            evidence for the names, never a match.
        displaced: areas whose shapes fit other areas better, with the likely ones.
        problems: Indonesian sentences.
    """

    file_name: str
    usable: bool = False
    format: str | None = None
    crs: str | None = None
    schema: str | None = None
    level: Level | None = None
    matched: Mapping[str, int] = field(default_factory=lambda: {"kecamatan": 0, "desa": 0})
    how: Mapping[How, int] = field(default_factory=dict)
    ways: Mapping[str, How] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    candidates: tuple[ShapeNote, ...] = ()
    ambiguous: tuple[ShapeNote, ...] = ()
    left_over: tuple[ShapeNote, ...] = ()
    outside_area: int = 0
    repaired: tuple[RepairNote, ...] = ()
    supported_by_point: int = 0
    displaced: tuple[Displaced, ...] = ()
    problems: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The report as one JSON object; areas in square metres."""
        return {
            "usable": self.usable,
            "format": self.format,
            "crs": self.crs,
            "schema": self.schema,
            "level": self.level,
            "matched": dict(self.matched),
            "how": dict(self.how),
            "missing": list(self.missing),
            "candidates": [asdict(note) for note in self.candidates],
            "ambiguous": [asdict(note) for note in self.ambiguous],
            "left_over": [_without_candidates(note) for note in self.left_over],
            "outside_area": self.outside_area,
            "repaired": [asdict(note) for note in self.repaired],
            "displaced": [asdict(note) for note in self.displaced],
            "problems": list(self.problems),
        }

    def to_text(self) -> str:
        """The report for reading."""
        return "\n".join(
            (
                f"Berkas   : {self.file_name}",
                f"Hasil    : {'dapat dipakai' if self.usable else 'TIDAK dapat dipakai'}",
                *self._format_lines(),
                *(self._matched_lines() if self.ways else ()),
                *(self._repair_lines() if self.usable else ()),
                *_bullets("Belum ada", [_named(code) for code in self.missing]),
                *_bullets("Perlu dikonfirmasi", [_suggestion(n) for n in self.candidates]),
                *_bullets("Nama bermakna ganda", [_suggestion(n) for n in self.ambiguous]),
                *_bullets("Tidak dipakai", [_label(note) for note in self.left_over]),
                *_bullets("Letak tidak sesuai", [_moved(note) for note in self.displaced]),
                *_bullets("Catatan" if self.usable else "Masalah", self.problems),
                *(self._detail_lines() if self.ways else ()),
            )
        )

    def _format_lines(self) -> list[str]:
        if self.format is None:
            return []
        facts = f"{self.format}, CRS {self.crs or 'belum diketahui'}"
        like = f"seperti {self.schema}" if self.schema else "tidak dikenal"
        lines = [f"Format   : {facts}, susunan kolom {like}"]
        if self.outside_area:
            lines.append(f"Di luar  : {self.outside_area} bentuk dari luar kabupaten diabaikan")
        return lines

    def _matched_lines(self) -> list[str]:
        known = {"kecamatan": len(gazetteer().kecamatan), "desa": len(gazetteer().desa)}
        counts = [f"{self.matched['kecamatan']} dari {known['kecamatan']} kecamatan"]
        if self.level == "desa":
            counts.append(f"{self.matched['desa']} dari {known['desa']} desa")
        ways = ", ".join(f"{n} {_HOW_WORDS[way]}" for way, n in self.how.items())
        lines = [f"Cocok    : {', '.join(counts)} ({ways})"]
        if self.usable:
            lines.append(f"Titik    : {self.supported_by_point} wilayah memuat titik gazetirnya")
        return lines

    def _detail_lines(self) -> list[str]:
        """How each kecamatan, or the desa of each, was matched; other spellings by name."""
        by_alias = [_named(code) for code, way in self.ways.items() if way == "alias"]
        return [
            *_bullets("Cocok menurut nama lain", sorted(by_alias)),
            "Rincian:",
            *(
                f"  - {_named(area.code)}: {self._detail(area.code)}"
                for area in gazetteer().kecamatan
            ),
        ]

    def _detail(self, kecamatan_code: str) -> str:
        if self.level == "kecamatan":
            way = self.ways.get(kecamatan_code)
            return _HOW_WORDS[way] if way else "belum ada"
        known = gazetteer().desa_by_kecamatan[kecamatan_code]
        ways = Counter(self.ways[desa.code] for desa in known if desa.code in self.ways)
        words = ", ".join(f"{ways[way]} {said}" for way, said in _HOW_WORDS.items() if ways[way])
        held = f"{ways.total()} dari {len(known)} desa"
        return f"{held} ({words})" if words else held

    def _repair_lines(self) -> list[str]:
        if not self.repaired:
            return ["Perbaikan: tidak ada, batas bersambung rapi"]
        total = sum(note.area_m2 for note in self.repaired)
        shapes = len({(note.code, note.name) for note in self.repaired})
        largest = sorted(self.repaired, key=lambda note: -note.area_m2)
        return [
            f"Perbaikan: {shapes} wilayah, {len(self.repaired)} perubahan, "
            f"jumlah {_hectares(total)}; yang terbesar:",
            *(f"  - {_repair(note)}" for note in largest[:_MOST_LINES]),
        ]


def _without_candidates(note: ShapeNote) -> dict[str, Any]:
    return {key: value for key, value in asdict(note).items() if key != "candidates"}


def _bullets(title: str, lines: list[str] | tuple[str, ...]) -> list[str]:
    if not lines:
        return []
    shown = [f"  - {line}" for line in lines[:_MOST_LINES]]
    rest = len(lines) - _MOST_LINES
    return [f"{title}:", *shown, *([f"  - dan {rest} lagi"] if rest > 0 else [])]


def _named(code: str) -> str:
    name = gazetteer().name(code)
    if code in gazetteer().kecamatan_by_code:
        return f"{code} {name}"
    return f"{code} {name} (kecamatan {gazetteer().name(kecamatan_code_of(code))})"


def _label(note: ShapeNote) -> str:
    within = f" (kecamatan {note.kecamatan})" if note.kecamatan and note.name else ""
    words = note.name or note.kecamatan or note.code or "tanpa nama"
    return f"bentuk ke-{note.row}: {words}{within}"


def _suggestion(note: ShapeNote) -> str:
    options = ", ".join(
        f"{_named(found.code)} [{number(found.score, 0)}]" for found in note.candidates
    )
    return f"{_label(note)}; mungkin {options}"


def _moved(note: Displaced) -> str:
    return (
        f"bentuk ke-{note.row}: {_named(note.code)}, letaknya lebih cocok untuk "
        f"{_named(note.likely_code)}"
    )


def _repair(note: RepairNote) -> str:
    label = f"{note.code} {note.name}".strip() or "tanpa nama"
    return f"{label}: {note.what}, {_hectares(note.area_m2)}"


def _hectares(area_m2: float) -> str:
    if area_m2 < _SQUARE_METRES_PER_HECTARE / 10:
        return f"{number(area_m2, 0)} m²"
    return f"{number(area_m2 / _SQUARE_METRES_PER_HECTARE, 2)} ha"
