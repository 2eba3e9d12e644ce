"""Titles of an export without the groups of its form: "umum/tanggal" becomes "tanggal".

Owns what parts group and question, and when a group has to stay: where it says whose desa or
which count it is ("Korban / Desa"), or where two groups ask the same question.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data_access.intake.files.sheets import HEADER_WORDS, header_words

# Best first; tools let people choose.
SEPARATORS = ("::", "/", " - ", ".", ":", "-")
BETWEEN = " / "

_NAME = r"[A-Za-z_]\w*(?:\[\d+\])?"
_META = re.compile(r"meta(\W+)instance\W?id", re.IGNORECASE)
_GRID = re.compile(r"(?P<question>.*\S)\s*\[(?P<row>[^][]+)\]\s*", re.DOTALL)
# Words of a group that say of whom, or of when, its questions speak.
_WHOSE = frozenset(
    {"pelapor", "korban", "perekrut", "kejadian", "peristiwa", "tkp", "saksi", "pelaku",
     "terlapor", "tersangka", "sponsor", "calo", "agen", "keluarga", "asal", "domisili",
     "penempatan", "pre", "post", "pretest", "posttest", "sebelum", "sesudah", "anak",
     "dewasa", "victim", "reporter", "recruiter", "incident", "perpetrator", "witness",
     "suspect", "origin", "before", "after"}
)  # fmt: skip
# Words that say what is counted or measured, and the words that mean little without them.
_MEASURES = frozenset(
    {"jumlah", "jml", "banyak", "banyaknya", "total", "peserta", "hadir", "kehadiran",
     "penduduk", "nilai", "skor", "tes", "test", "participants", "attendance", "population",
     "score"}
)  # fmt: skip
_PARTS = frozenset(
    {"laki", "perempuan", "pria", "wanita", "lk", "pr", "l", "p", "anak", "dewasa", "pre",
     "post", "pretest", "posttest", "awal", "akhir", "sebelum", "sesudah", "male", "female",
     "men", "women", "boys", "girls"}
)  # fmt: skip
# Two words for one thing on both sides of a stroke are one title.
_SYNONYMS = (
    {"hari", "tanggal", "tgl", "jam", "waktu", "pukul", "bulan", "bln", "tahun", "thn"},
    {"desa", "kelurahan", "kel", "kampung", "dusun", "ds"},
    {"kabupaten", "kab", "kota"},
    {"tema", "materi", "topik", "judul"},
    {"nama", "nip", "jabatan", "pangkat"},
    {"petugas", "pejabat", "pelaksana", "pimpasa"},
    {"hasil", "temuan", "nihil", "tindak"},
    {"laki", "perempuan", "l", "p", "lk", "pr", "pria", "wanita"},
    {"nomor", "no", "kode"},
    {"sasaran", "indikator", "target"},
    {"tppo", "tppm", "pmi"},
    {"keterangan", "ket", "catatan", "bukti"},
)


def strip_groups(titles: Sequence[str], separator: str | None = None) -> list[str]:
    """Return the titles without groups that say nothing.

    Args:
        titles: of the questions only.
        separator: what parts group and question; found by the titles themselves if None.
    """
    return _Titles(titles, find_separator(titles) if separator is None else separator).short()


def unfold_grids(titles: Sequence[str]) -> list[str]:
    """Titles of a grid question: "Peserta [L]", "Peserta [P]" -> "Peserta / L", "Peserta / P"."""
    found = [_GRID.fullmatch(title) for title in titles]
    rows = Counter(one["question"] for one in found if one)
    return [
        f"{one['question']}{BETWEEN}{one['row'].strip()}"
        if one and rows[one["question"]] > 1
        else title
        for one, title in zip(found, titles, strict=True)
    ]


def find_separator(titles: Iterable[str], system: Iterable[str] = (), usual: str = "/") -> str:
    """Return what parts groups and questions.

    Args:
        titles: of the questions.
        system: of the tool's own columns; "meta-instanceID" gives it away.
        usual: the tool's own way, where nothing says otherwise.
    """
    for title in system:
        if (found := _META.fullmatch(title)) and found[1] in SEPARATORS:
            return found[1]
    questions = [title for title in titles if title]
    grouped = {sign: _grouped(questions, sign) for sign in SEPARATORS}
    best = max(SEPARATORS, key=lambda sign: grouped[sign])
    return best if grouped[best] else usual


def split(title: str, separator: str) -> list[str]:
    """The groups of a title and its question; a sign beside a space or in "laki-laki" is none."""
    if separator == " - ":
        return title.split(separator)
    segments: list[str] = []
    start = 0
    for found in re.finditer(rf"(?<=\S){re.escape(separator)}(?=\S)", title):
        before, after = title[start : found.start()], title[found.end() :]
        if (separator == "/" or _is_group(before)) and not _is_doubled(before, after):
            segments.append(before)
            start = found.end()
    return [*segments, title[start:]]


def _grouped(titles: Sequence[str], separator: str) -> int:
    """How many titles stand in a group that others share; 0 where that proves nothing."""
    paths = [split(title, separator) for title in titles]
    firsts = Counter(path[0] for path in paths if len(path) > 1)
    shared = sum(count for count in firsts.values() if count > 1)
    if separator in ("::", "/"):
        return shared
    return shared if 2 * shared >= len(titles) else 0


def _is_group(segment: str) -> bool:
    """A number ("1.Tanggal") is no group."""
    return re.search(r"[^\W\d_]", segment) is not None


def _is_doubled(before: str, after: str) -> bool:
    """ "laki-laki", "anak-anak", "rata-rata"."""
    left, right = header_words(before), header_words(after)
    return bool(left) and bool(right) and left[-1] == right[0]


@dataclass(frozen=True)
class _Titles:
    titles: Sequence[str]
    separator: str

    def short(self) -> list[str]:
        paths, known = self._paths(), set(self.titles)
        shown = [self._needed(path, known) for path in paths]
        for _ in range(max(map(len, paths), default=0)):
            taken = Counter(map(_key, shown))
            shown = [
                path[-len(one) - 1 :] if taken[_key(one)] > 1 and len(path) > len(one) else one
                for one, path in zip(shown, paths, strict=True)
            ]
        return [
            BETWEEN.join(one) if len(path) > 1 else title
            for one, path, title in zip(shown, paths, self.titles, strict=True)
        ]

    def _paths(self) -> list[tuple[str, ...]]:
        """The segments of every title; one segment where a title is in no group."""
        separator = re.escape(self.separator)
        is_xml = all(
            re.fullmatch(rf"{_NAME}(?:{separator}{_NAME})*", title, re.ASCII)
            for title in self.titles
        )
        paths = [split(title, self.separator) for title in self.titles]
        firsts = Counter(path[0] for path in paths if len(path) > 1)
        known = set(self.titles)
        return [
            tuple(path)
            if (is_xml and title.islower()) or _is_in_group(path, firsts, known, is_xml)
            else (title,)
            for path, title in zip(paths, self.titles, strict=True)
        ]

    def _needed(self, path: tuple[str, ...], known: set[str]) -> tuple[str, ...]:
        """The question with those of its groups that change what it means."""
        question = set(header_words(path[-1]))
        groups = [
            one
            for place, one in enumerate(path[:-1], start=1)
            if _is_telling(set(header_words(one)), question)
            or self.separator.join(path[:place]) in known
        ]
        return (*groups, path[-1])


def _is_in_group(path: Sequence[str], firsts: Counter[str], titles: set[str], is_xml: bool) -> bool:
    """Whether a label such as "Data Umum/Tanggal" is group and question."""
    if len(path) < 2 or _is_one_title(path[0], path[1]):
        return False
    words = set(header_words(path[0]))
    says_nothing = not HEADER_WORDS & words
    is_group = firsts[path[0]] > 1 or path[0] in titles or says_nothing or is_xml
    return is_group or bool(words & _WHOSE)


def _is_one_title(before: str, after: str) -> bool:
    left, right = header_words(before)[-1:], header_words(after)[:1]
    return any({*left, *right} <= words for words in _SYNONYMS) or (
        # "Pelapor/Korban" names one or the other.
        set(right) <= _WHOSE and set(left) <= _WHOSE and len(header_words(after)) == 1
    )


def _is_telling(group: set[str], question: set[str]) -> bool:
    if group & _WHOSE - question:
        # Where a victim comes from is what "asal" means by itself.
        return not (group & _WHOSE == {"korban"} and "asal" in question)
    return bool(group & _MEASURES and question & _PARTS and not question & _MEASURES)


def _key(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for segment in path for word in header_words(segment))
