"""From an officer's headers to the fields of a table, with the cells below as witnesses.

Owns how a column is given to a field: a header that says it plainly is taken, one that comes near
is proposed, and a column with data that fits nothing is asked about. Which words a field goes by
stands in the table's own module.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from data_access.intake.cells.personal import shown
from data_access.intake.field import Field
from data_access.intake.files.grid import column_letters
from data_access.intake.forms.content import Contents
from data_access.intake.forms.form import Form
from data_access.intake.forms.registry import FORMS, fields_of, form_of
from data_access.intake.forms.titles import SPELLINGS, read_pattern, read_title, without_options
from data_access.intake.model import Sheet
from data_access.intake.questions import IGNORE, Answers, Choice

# Cells agree with a header from here on, and speak against it below the other.
_AGREES = 0.6
_CONTRADICTS = 0.3
# From here on cells alone are reason to ask.
_TELLING = 0.8
# Of 100: less alike than this, two words or two titles are not proposed for one another.
_NEAR_WORD = 78
NEAR = 60
# Shorter words differ by meaning, not by a slip: "pr" is no "pre".
_SHORTEST_FUZZY = 4
# What each word that the title does not know takes from the likeness.
_UNKNOWN_WORD = 12
_MOST_CHOICES = 4
# How likely cells alone make a field, of 100.
_CELLS_ALONE = 50.0
_IGNORED = Choice(IGNORE, "Abaikan kolom ini", 0.0)
# What a title only counts by: of whom or what stands beside it.
_COUNTING = frozenset({"jumlah"})
# What cells alone can show; free text may be anything.
_SHOWN_BY_CELLS = frozenset(
    {"date", "name", "word", "labels", "country", "count", "number", "score", "value", "pair",
     "point", "indicator"}
)  # fmt: skip
# What form exports call the key of a submission.
_OWN_KEY = "uuid"
# Fields that a column may fill as well where a surer one already has its first meaning.
_BESIDE = frozenset({"note", "is_assisted", "evidence"})
# Days and numbers may be of anything.
_SAYING_LITTLE = frozenset({"date", "count", "number", "score", "value"})
# What only a plain title can claim.
_PLAIN_ONLY = frozenset({"key", "unkept", "weekday"})
_KIND_WORDS: Mapping[str, str] = {
    "date": "tanggal",
    "name": "nama tempat",
    "word": "hasil atau status",
    "labels": "jenis kasus",
    "country": "nama negara",
    "pair": "jumlah L dan P",
    "point": "koordinat",
    "indicator": "indikator",
    "text": "teks",
}


@dataclass(frozen=True, slots=True)
class ColumnDoubt:
    """A column that a person must place: the fields it may be, the likeliest first."""

    index: int
    candidates: tuple[Choice, ...]
    message: str


@dataclass(frozen=True)
class ColumnMapping:
    """Which column of a sheet fills which field of a table; a proposal until confirmed.

    Attributes:
        fields: field name -> index of the column.
        missing: fields that the table needs and no column or constant gives.
        unused: indexes of columns that are not read; a form export's own are not listed.
        refused: indexes of columns that hold personal data and are never read.
        score: 0 to 1, how much of the table and of the sheet is understood.
        constants: field name -> text that stands for a whole missing column.
        also: field name -> further columns whose texts are joined to it.
        doubts: columns that must be asked about before anything is stored.
    """

    table: str
    fields: Mapping[str, int]
    missing: tuple[str, ...] = ()
    unused: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    score: float = 0.0
    constants: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    doubts: tuple[ColumnDoubt, ...] = ()


_PERSONAL_HEADER = re.compile(
    r"(?:data )?(?:(?:no|nomor|nmr) )*"
    r"(?:nik|ktp|e ktp|kk|kartu keluarga|paspor|passport|sp ?lp|hp|handphone|telp|tlp|telepon|"
    r"ponsel|wa|whatsapp|kontak|email(?: address)?|e mail|alamat (?:email|surel)|surel|rekening|"
    r"nama (?:lengkap )?(?:korban|pelapor|pmi|cpmi|tersangka|pelaku|perekrut|sponsor|saksi|"
    r"keluarga|orang tua|ayah|ibu|suami|istri|anak|peserta|warga)|nama lengkap|identitas|"
    r"(?:tempat |tanggal |tgl )*lahir|ttl)"
    r"(?: (?:korban|pelapor|pmi|cpmi|peserta|warga|keluarga|tersangka|pelaku|saksi))?"
    r"|alamat (?:korban|pelapor|rumah|lengkap|ktp|tinggal|email|pmi|keluarga|warga).*"
)
# In a list of cases even a bare name, an address or a point on the map tells who the victim is.
_PERSONAL_IN_CASES = re.compile(
    r"nama|inisial(?: korban)?|alamat(?! asal (?:desa|kelurahan|kecamatan|kabupaten)).*|"
    r"koordinat.*|titik koordinat.*|lat(?:itude)?|"
    r"lon(?:g|gitude)?|gps.*|lintang|bujur|.* (?:latitude|longitude|altitude|precision)"
)
_NOT_WORD = re.compile(r"[\W_]+")
_COUNTED = re.compile(r" \d{1,2}$")


# --- headers -------------------------------------------------------------------------------


def header_key(text: str) -> str:
    """Reduce a header to lower-case words with single spaces: "Hari/Tanggal" -> "hari tanggal"."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def column_name(sheet: Sheet, index: int) -> str:
    """Return how people name a column: by its header, or by its letter where it has none."""
    return sheet.header[index] or f"kolom {column_letters(index)}"


def header_fingerprint(sheet: Sheet) -> str:
    """Return a hex digest of the header that ignores case, spaces and punctuation."""
    keys = "\x1f".join(header_key(text).replace(" ", "") for text in sheet.header)
    return hashlib.sha256(keys.encode("utf-8", "replace")).hexdigest()


def is_personal_header(text: str, table: str) -> bool:
    """Tell whether a column holds personal data by its name, and so is never read."""
    last = text if " / " in text else text.rsplit("/", 1)[-1]
    titles = (text, last, text.rsplit(" / ", 1)[-1])
    # "Nama Korban (2)" is no other column than "Nama Korban".
    keys = {_COUNTED.sub("", header_key(title)) for title in titles}
    patterns = (_PERSONAL_HEADER, *((_PERSONAL_IN_CASES,) if table == "cases" else ()))
    return any(pattern.fullmatch(key) for pattern in patterns for key in keys)


@cache
def known_header_words() -> frozenset[str]:
    """Return every word that a known header holds, by which a header row is recognised."""
    texts = (
        text
        for form in FORMS.values()
        for one in form.fields
        for text in (one.name, one.label, *one.titles, one.extra, *form.foreign, form.own_words)
    )
    known = {word for text in texts for word in header_key(text).split()}
    return frozenset(known | SPELLINGS)


# --- the proposal --------------------------------------------------------------------------


def map_columns(
    sheet: Sheet,
    table: str,
    fields: Mapping[str, int],
    constants: Mapping[str, str] | None = None,
) -> ColumnMapping:
    """Complete a person's choice of columns with what is missing, unused and refused.

    Columns with personal data and indexes outside the sheet are left out of the choice.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    known = fields_of(table)
    refused = tuple(i for i, text in enumerate(sheet.header) if is_personal_header(text, table))
    kept = {
        name: index
        for name, index in fields.items()
        if name in known and 0 <= index < len(sheet.header) and index not in refused
    }
    fixed = {name: text for name, text in (constants or {}).items() if name in known and text}
    given = kept.keys() | fixed.keys()
    required = form_of(table).required
    missing = tuple(group[0] for group in required if given.isdisjoint(group))
    read = {*kept.values(), *refused}
    spare = tuple(i for i, text in enumerate(sheet.header) if i not in read and _is_asked(text))
    understood = len(read) / (len(read) + len(spare)) if read else 0.0
    share = (len(required) - len(missing)) / len(required)
    score = round(0.6 * share + 0.4 * understood, 3)
    return ColumnMapping(table, kept, missing, spare, refused, score, fixed)


def propose_columns(
    sheet: Sheet, table: str, contents: Contents, answers: Answers | None = None
) -> ColumnMapping:
    """Propose which column fills which field of a table, and what must be asked.

    Args:
        contents: of this very sheet.
        answers: what was answered; an answered column is no doubt any more.

    Raises:
        UnknownTableError: if no file can fill such a table.
    """
    return _Proposal(sheet, form_of(table), contents, answers or Answers()).mapping()


class _Claim(NamedTuple):
    """That a column is a field: the more words it needs and the fewer it leaves, the surer."""

    is_exact: bool
    needed: int
    left: int
    name: str
    is_proposed: bool


class _Proposal:
    """One proposal for one sheet and table."""

    def __init__(self, sheet: Sheet, form: Form, contents: Contents, answers: Answers) -> None:
        self._sheet = sheet
        self._form = form
        self._fields = fields_of(form.table)
        self._contents = contents
        self._answers = answers
        self._taken: dict[str, int] = {}
        self._chosen: set[int] = set()
        self._also: dict[str, tuple[int, ...]] = {}
        self._doubts: list[ColumnDoubt] = []
        self._ranks: dict[str, tuple[bool, bool, int, int]] = {}

    def mapping(self) -> ColumnMapping:
        asked = [
            index
            for index, text in enumerate(self._sheet.header)
            if not is_personal_header(text, self._form.table)
        ]
        left = self._answered(asked)
        claims = {index: self._claims(index) for index in left}
        plain = sorted(
            (index for index in left if claims[index] and not claims[index][0].is_proposed),
            key=lambda index: _rank(claims[index][0]),
        )
        unplaced = [index for index in plain if not self._place(index, claims[index])]
        for index in left:
            if index in self._taken.values() or _is_joined(index, self._also):
                continue
            if index in unplaced:
                self._compare(index, claims[index])
            else:
                self._wonder(index, claims[index])
        mapping = map_columns(self._sheet, self._form.table, self._taken, self._constants())
        unused = tuple(i for i in mapping.unused if not _is_joined(i, self._also))
        doubts = tuple(self._told_apart())
        return replace(mapping, unused=unused, also=self._also, doubts=doubts)

    # --- answers ---------------------------------------------------------------------------

    def _answered(self, columns: Sequence[int]) -> list[int]:
        """Take what was answered; returns the columns that are left."""
        allowed = (*self._fields, IGNORE)
        left = []
        for index in columns:
            said = self._answers.about(column_name(self._sheet, index), allowed)
            if said is None:
                left.append(index)
            elif said == IGNORE:
                continue
            elif said not in self._taken:
                self._taken[said] = index
                self._chosen.add(index)
            elif self._fields[said].is_joined or self._fields[said].kind == "count":
                self._also[said] = (*self._also.get(said, ()), index)
            else:
                self._ask_again(index, said)
        return left

    def _ask_again(self, index: int, name: str) -> None:
        """Of two columns that were answered with one field only one can be it."""
        header = self._sheet.header
        self._ask(
            index,
            [(name, _CELLS_ALONE)],
            f"Kolom “{header[self._taken[name]]}” dan “{header[index]}” sama-sama dijawab "
            f"{self._fields[name].label}, padahal hanya satu yang dapat dibaca. Abaikan salah "
            "satunya.",
        )
        self._doubts[-1] = _ignoring(self._doubts[-1])

    # --- claims ----------------------------------------------------------------------------

    def _claims(self, index: int) -> list[_Claim]:
        """Every field that a column may be, the surest first; cells that disagree rule out."""
        text = self._sheet.header[index]
        if text.startswith("_") and header_key(text) != _OWN_KEY:
            return []
        found = self._found(index, text)
        if not found and (bare := without_options(text)):
            found = self._found(index, bare)
        if not found and "/" in text and not self._is_foreign(index):
            # The last word alone may mean something else under an unknown group.
            last = text.rsplit("/", 1)[-1]
            found = [claim._replace(is_proposed=True) for claim in self._found(index, last)]
        best: dict[str, _Claim] = {}
        for claim in sorted(found, key=_rank):
            best.setdefault(claim.name, claim)
        claims = list(best.values())
        agreeing = [claim for claim in claims if not self._is_contradicted(index, claim)]
        # Numbers are no officer's name, unless the header says nothing else.
        plain = [
            claim for claim in claims if self._fields[claim.name].kind != "text" or claim.left == 0
        ]
        return self._by_cells(index, agreeing or plain[:1])

    def _found(self, index: int, text: str) -> list[_Claim]:
        return [claim for one in self._fields.values() if (claim := self._claim(index, text, one))]

    def _claim(self, index: int, text: str, one: Field) -> _Claim | None:
        """What a field has to say for itself, None where the header is none of its titles."""
        key = header_key(text)
        if one.kind != "unkept" and key in (header_key(one.name), header_key(one.label)):
            return _Claim(True, 9, 0, one.name, False)
        words = read_title(text).words
        best: _Claim | None = None
        for sign, needed, allowed in _patterns(self._form.table, one.name):
            if not needed <= words or not words - needed <= allowed:
                continue
            fit = self._contents.fit(index, one)
            if sign == "~" and fit is not None and fit < _CONTRADICTS:
                continue
            if sign == "~" and one.kind == "key" and (fit is None or fit < _AGREES):
                continue
            is_proposed = sign == "?" or (sign == "~" and fit is not None and fit < _AGREES)
            claim = _Claim(False, len(needed), len(words - needed), one.name, is_proposed)
            if best is None or _rank(claim) < _rank(best):
                best = claim
        return best

    def _is_contradicted(self, index: int, claim: _Claim) -> bool:
        fit = self._contents.fit(index, self._fields[claim.name])
        return fit is not None and fit < _CONTRADICTS

    def _by_cells(self, index: int, claims: list[_Claim]) -> list[_Claim]:
        """Among equally sure claims, the one that the cells agree with most comes first."""

        def rank(claim: _Claim) -> tuple[object, ...]:
            fit = self._contents.fit(index, self._fields[claim.name])
            return (*_rank(claim), -(fit or 0.0))

        return sorted(claims, key=rank)

    # --- columns that say plainly what they are ----------------------------------------------

    def _place(self, index: int, claims: Sequence[_Claim]) -> bool:
        """Give a column to the surest field that is still free, if there is one."""
        rank = _rank(claims[0])
        for claim in claims:
            if claim.is_proposed or (_rank(claim) != rank and claim.name not in _BESIDE):
                continue
            one = self._fields[claim.name]
            if claim.name not in self._taken:
                self._taken[claim.name] = index
                self._ranks[claim.name] = _rank(claim)
                return True
            if one.is_joined:
                self._also[claim.name] = (*self._also.get(claim.name, ()), index)
                return True
            if one.kind in ("unkept", "weekday"):
                return True
        return False

    def _compare(self, index: int, claims: Sequence[_Claim]) -> None:
        """A second column for a field: the same again is nothing, other data is a question."""
        name = claims[0].name
        other = self._taken[name]
        if self._contents.is_empty(index) or self._contents.same(index, other):
            return
        if other in self._chosen and self._is_plainly(other, name):
            return  # it was chosen from these two
        if self._contents.is_empty(other):
            self._taken[name] = index
            return
        fit = self._contents.fit(index, self._fields[name])
        if fit is not None and fit < _AGREES and self._is_words(index):
            return
        header = self._sheet.header
        self._ask(
            index,
            [(name, 90.0), *self._likely(index)],
            f"Kolom “{header[index]}” dan “{header[other]}” sama-sama tampak berisi "
            f"{self._fields[name].label}. Pilih bila kolom “{header[index]}” yang harus dibaca; "
            "abaikan bila tidak.",
        )
        if other in self._chosen or _rank(claims[0]) > self._ranks[name]:
            self._doubts[-1] = _ignoring(self._doubts[-1])

    def _is_plainly(self, index: int, name: str) -> bool:
        return any(not one.is_proposed and one.name == name for one in self._claims(index))

    # --- columns that do not -----------------------------------------------------------------

    def _wonder(self, index: int, claims: Sequence[_Claim]) -> None:
        """Ask about a column that looks like something of the programme and fits nothing."""
        if self._sheet.header[index].startswith("_") or self._contents.is_empty(index):
            return
        proposed = [
            claim.name
            for claim in claims
            if claim.name not in self._taken and self._fields[claim.name].kind not in _PLAIN_ONLY
        ]
        is_of_others = self._is_of_others(index)
        if not proposed and not is_of_others and self._is_foreign(index):
            return
        likely = [(name, 85.0) for name in proposed] + self._likely(index)
        telling = self._telling(index)
        if is_of_others:
            # A promise of the recruiter is the record's all the same, his home and number are not.
            likely = [(name, score) for name, score in likely if self._is_words_alone(name)]
            telling = []
        near = [(name, score) for name, score in likely if score >= NEAR]
        if near or telling:
            self._ask(index, near or telling, self._wondering(index, near, telling))

    def _is_words_alone(self, name: str) -> bool:
        one = self._fields[name]
        return one.kind == "text" and not one.is_joined

    def _is_of_others(self, index: int) -> bool:
        """Whether a column speaks of somebody whom the record is not about."""
        words = read_title(self._sheet.header[index]).words
        return not words.isdisjoint(read_pattern(self._form.others)[0])

    def _is_foreign(self, index: int) -> bool:
        words = read_title(self._sheet.header[index]).words
        if self._is_of_others(index):
            return True
        own = read_title(self._form.own_words).words
        for pattern in self._form.foreign:
            needed, optional = read_pattern(pattern)
            if needed <= words and words - needed <= optional | own:
                return True
        return False

    def _likely(self, index: int) -> list[tuple[str, float]]:
        """Free fields whose titles come near, with 0 to 100; cells that disagree rule out."""
        said = read_title(self._sheet.header[index]).words
        likely = []
        for one in self._fields.values():
            if one.name in self._taken or one.kind in _PLAIN_ONLY:
                continue
            alike = max(
                _alike(said, needed, allowed)
                for _, needed, allowed in _patterns(self._form.table, one.name)
            )
            # Titles are compared in no time, cells are not.
            if alike >= NEAR and (self._contents.fit(index, one) or 0.0) >= _AGREES:
                likely.append((one.name, min(alike, 84.0)))
        return sorted(likely, key=lambda pair: -pair[1])

    def _telling(self, index: int) -> list[tuple[str, float]]:
        """Fields that the cells themselves look like."""
        found = []
        for one in self._fields.values():
            if one.kind not in _SHOWN_BY_CELLS:
                continue
            fit = self._contents.fit(index, one) or 0.0
            if fit >= _TELLING:
                found.append(
                    (one.name, _CELLS_ALONE * fit - (30 if one.name in self._taken else 0))
                )
        needed = {name for group in self._form.required for name in group}
        return sorted(found, key=lambda pair: (-pair[1], pair[0] not in needed))

    def _is_words(self, index: int) -> bool:
        note = Field("", "", "text")
        return (self._contents.fit(index, note) or 0.0) >= _AGREES

    def _wondering(
        self,
        index: int,
        near: Sequence[tuple[str, float]],
        telling: Sequence[tuple[str, float]],
    ) -> str:
        text = column_name(self._sheet, index)
        example = shown(str(self._contents.sample(index)[0]))
        if near:
            label = self._fields[near[0][0]].label
            return (
                f"Kolom “{text}” (misalnya “{example}”) mungkin berarti {label}, tetapi belum "
                "pasti. Pilih isinya, atau abaikan kolom ini."
            )
        what = _KIND_WORDS.get(self._fields[telling[0][0]].kind, "angka")
        fault = (
            f"Judul kolom “{text}” tidak dikenal"
            if self._sheet.header[index]
            else f"{text.capitalize()} tidak berjudul"
        )
        return (
            f"{fault}, padahal isinya {what} (misalnya “{example}”). Pilih isinya, atau abaikan "
            "kolom ini."
        )

    def _ask(self, index: int, scored: Iterable[tuple[str, float]], message: str) -> None:
        best: dict[str, float] = {}
        for name, score in scored:
            best[name] = max(best.get(name, 0.0), score)
        ranked = sorted(best.items(), key=lambda pair: -pair[1])[:_MOST_CHOICES]
        choices = [
            Choice(name, self._fields[name].label, round(score, 1)) for name, score in ranked
        ]
        choices.append(_IGNORED)
        doubt = ColumnDoubt(index, tuple(choices), message)
        name, score = ranked[0]
        is_bare = read_title(self._sheet.header[index]).words == _COUNTING
        is_told = name not in self._taken and self._fields[name].kind not in _SAYING_LITTLE
        is_likely = score >= NEAR or self._is_needed(name) or is_bare or is_told
        self._doubts.append(doubt if is_likely else _ignoring(doubt))

    def _is_needed(self, name: str) -> bool:
        """Whether the table lacks what a field would give it."""
        groups = (group for group in self._form.required if name in group)
        return any(self._taken.keys().isdisjoint(group) for group in groups)

    def _told_apart(self) -> Iterable[ColumnDoubt]:
        """The doubts in order; of those for one field only the likeliest proposes it first.

        Counts may be added up: the men among adults and among children.
        """
        likeliest: dict[str, ColumnDoubt] = {}
        for doubt in sorted(self._doubts, key=lambda one: -one.candidates[0].score):
            likeliest.setdefault(doubt.candidates[0].field, doubt)
        for doubt in self._doubts:
            name = doubt.candidates[0].field
            is_alone = name == IGNORE or self._fields[name].kind == "count"
            yield doubt if is_alone or likeliest[name] is doubt else _ignoring(doubt)

    # --- what a header says beside its field --------------------------------------------------

    def _constants(self) -> dict[str, str]:
        """A year that stands in a title: "Jumlah Penduduk 2025", "Target 2026"."""
        name = {"kecamatan": "population_year", "targets": "year"}.get(self._form.table)
        if name is None or name in self._taken:
            return {}
        years = {
            year
            for index in self._taken.values()
            if (year := read_title(self._sheet.header[index]).year)
        }
        return {name: str(years.pop())} if len(years) == 1 else {}


@cache
def _patterns(table: str, name: str) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """The titles of a field: sign, the words that must stand there, those that may."""
    form, one = form_of(table), fields_of(table)[name]
    beside = read_pattern(f"{one.extra} {form.own_words}")[0]
    patterns = []
    for text in one.titles:
        sign = text[0] if text[0] in "~?" else ""
        needed, optional = read_pattern(text.removeprefix(sign))
        patterns.append((sign, needed, optional | beside))
    return tuple(patterns)


def _alike(said: frozenset[str], needed: frozenset[str], allowed: frozenset[str]) -> float:
    """How near a header comes to a title, 0 to 100: every word of the title must be recognised."""
    total = 0.0
    left = set(said)
    if needed <= _COUNTING and not said <= needed | allowed:
        return 0.0
    for word in needed:
        best = max(left, key=lambda other: fuzz.ratio(word, other), default="")
        likeness = fuzz.ratio(word, best)
        is_short = min(len(word), len(best)) < _SHORTEST_FUZZY
        if likeness < _NEAR_WORD or (is_short and word != best):
            return 0.0
        total += likeness
        left.discard(best)
    return total / len(needed) - _UNKNOWN_WORD * len(left - allowed)


def _ignoring(doubt: ColumnDoubt) -> ColumnDoubt:
    """The same doubt with leaving the column out as the likeliest answer."""
    others = [one for one in doubt.candidates if one.field != IGNORE]
    first = replace(_IGNORED, score=max(one.score for one in others))
    return replace(doubt, candidates=(first, *others))


def _rank(claim: _Claim) -> tuple[bool, bool, int, int]:
    return (claim.is_proposed, not claim.is_exact, -claim.needed, claim.left)


def _is_joined(index: int, also: Mapping[str, tuple[int, ...]]) -> bool:
    return any(index in columns for columns in also.values())


def _is_asked(text: str) -> bool:
    return bool(text.strip()) and not text.startswith("_")
