"""From what people write to the official code of a kecamatan or desa.

Owns the order of trust: code, then normalised name within its kecamatan, then
alias, then ranked candidates that a person confirms. A name alone is never
accepted where it occurs in two kecamatan, and a near miss is never accepted.
"""

from __future__ import annotations

import csv
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz, process

from geo.errors import (
    AliasFileDamagedError,
    AliasFileUnreadableError,
    BlankNameError,
    DataDirUnwritableError,
    UnknownCodeError,
    os_reason,
)
from geo.gazetteer import Desa, Kecamatan, gazetteer, kecamatan_code_of
from geo.written import (
    CodeReading,
    Level,
    Written,
    is_blank,
    normalise,
    read_code,
    read_written,
)

__all__ = [
    "ALIAS_FILE",
    "NO_MATCH",
    "Candidate",
    "CodeReading",
    "ConfirmedAlias",
    "How",
    "Level",
    "Matcher",
    "PlaceMatch",
    "load_aliases",
    "match_place",
    "matcher",
    "normalise",
    "read_code",
    "remember_alias",
]

How = Literal["code", "name", "alias", "candidate", "ambiguous", "none"]

ALIAS_FILE = "nama_lain.csv"

# Below this likeness (0-100) a suggestion is more noise than help; "Cikeusik" for
# Cikeusal is exactly 75 and worth showing.
SUGGEST_FROM = 75.0
MOST_CANDIDATES = 5

_ALIAS_COLUMNS = ("within", "spelling", "code")
_PREFIXES: Mapping[Level, str] = {
    "kecamatan": "kecamatan|kec",
    "desa": "desa|ds|kelurahan|kel",
}
_SEPARATED_PREFIX = {
    level: re.compile(rf"^\s*(?:(?:{words})\b[\s.:/_-]*)+", re.IGNORECASE)
    for level, words in _PREFIXES.items()
}
_GLUED_PREFIX = {level: re.compile(rf"^(?:{words})") for level, words in _PREFIXES.items()}
# What stands behind a desa's name in an address.
_ADDRESS_TAIL = re.compile(r"\s+(?:rt|rw|blok|no)\b.*$", re.IGNORECASE)
# What stands between two names in one text.
_BETWEEN_NAMES = re.compile(r"\s*[;,/&+]\s*|\s+(?:dan|serta)\s+", re.IGNORECASE)
# Words that offices shorten; only suggestions come from them.
_SHORT_WORDS: Mapping[str, tuple[str, ...]] = {
    "tj": ("tunjung", "tanjung"),
    "tjg": ("tunjung", "tanjung"),
    "gn": ("gunung",),
    "gng": ("gunung",),
    "lb": ("lebak",),
    "lbk": ("lebak",),
    "pl": ("pulo", "pulau"),
    "kr": ("karang", "kramat"),
    "sk": ("suka",),
    "sdg": ("sindang",),
    "crg": ("curug",),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A suggestion for a person: code, official name, likeness 0-100."""

    code: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """How a written place was matched.

    Attributes:
        code: Kemendagri code, None unless how is code, name or alias.
        name: official name of that area, None where code is None.
        how: the step that decided.
        candidates: suggestions, best first, for how "candidate" and "ambiguous".
    """

    code: str | None
    name: str | None
    how: How
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmedAlias:
    """A spelling that a person confirmed.

    Attributes:
        within: code of the kecamatan as written beside the name; "" for the name of
            a kecamatan or for a desa written without one.
        spelling: the normalised spelling.
        code: the area that is meant.
    """

    within: str
    spelling: str
    code: str


NO_MATCH = PlaceMatch(None, None, "none")


def match_place(kecamatan: str, desa: str, aliases: Sequence[ConfirmedAlias] = ()) -> PlaceMatch:
    """Match a place written as kecamatan and desa; either may be empty.

    With an empty desa the kecamatan is matched; with an empty kecamatan the desa's
    name must be unique in the kabupaten.
    """
    return matcher(tuple(aliases)).match(kecamatan, desa)


@cache
def matcher(aliases: tuple[ConfirmedAlias, ...] = ()) -> Matcher:
    """The matcher for the gazetteer and these confirmed spellings."""
    return Matcher(aliases)


class Matcher:
    """Indexes of names and aliases; see `match_place`."""

    def __init__(self, aliases: Iterable[ConfirmedAlias] = ()) -> None:
        names = gazetteer()
        confirmed = tuple(aliases)
        self._kecamatan = _NameIndex("kecamatan", names.kecamatan, _confirmed(confirmed, ""))
        self._desa = _NameIndex("desa", names.desa, _confirmed(confirmed, ""))
        self._desa_within = {
            code: _NameIndex("desa", areas, _confirmed(confirmed, code))
            for code, areas in names.desa_by_kecamatan.items()
        }

    def match(self, kecamatan: str, desa: str) -> PlaceMatch:
        """Match one written place."""
        if is_blank(desa):
            return self.match_kecamatan(kecamatan)
        if is_blank(kecamatan):
            return self._match_alone(desa)
        return self.match_desa(desa, self.match_kecamatan(kecamatan), kecamatan)

    def match_kecamatan(self, text: str) -> PlaceMatch:
        """Match a kecamatan written as code, name or both."""
        reading = read_code(text)
        if reading and reading.level == "kecamatan":
            return _accepted(reading.kecamatan_code, "code") if reading.kecamatan_code else NO_MATCH
        literal = self._kecamatan.match(text)
        written = read_written(text)
        if literal.code or written.name == text:
            return literal
        if written.level in ("desa", "kabupaten"):
            return NO_MATCH
        return self._told_apart(written, literal, self.match_kecamatan)

    def match_desa(self, text: str, kecamatan: PlaceMatch, written: str) -> PlaceMatch:
        """Match a desa within a matched kecamatan; `written` is that kecamatan's text."""
        literal = self._match_within(text, kecamatan, written)
        parts = read_written(text)
        if literal.code or parts.name == text:
            return literal
        if parts.within and self.match_kecamatan(parts.within).code != kecamatan.code:
            found = self._match_within(parts.name, kecamatan, written)
            return _suggested((*_as_candidates(found), *literal.candidates))
        return self._told_apart(
            parts, literal, lambda part: self._match_within(part, kecamatan, written)
        )

    def _match_alone(self, text: str) -> PlaceMatch:
        """Match a desa written without its kecamatan, or with it in the same text."""
        literal = _by_desa_code(text, None) or self._desa.match(text)
        parts = read_written(text)
        if literal.code or parts.name == text:
            return literal
        if parts.within:
            beside = self.match_kecamatan(parts.within)
            found = self._match_within(parts.name, beside, parts.within)
            return self._told_apart(parts, literal, lambda _: found)
        return self._told_apart(
            parts, literal, lambda part: _by_desa_code(part, None) or self._desa.match(part)
        )

    def _told_apart(
        self, parts: Written, literal: PlaceMatch, match: Callable[[str], PlaceMatch]
    ) -> PlaceMatch:
        """Match the name and the code of a text that held more; they must not contradict."""
        reading = read_code(parts.code)
        if parts.is_in_kabupaten is False or (reading and not reading.is_in_kabupaten):
            return NO_MATCH
        named = match(parts.name)
        coded = match(parts.code) if parts.code else NO_MATCH
        if coded.code is None or coded.code == named.code:
            return literal if named.how == "none" else named
        if named.code is None and named.how != "ambiguous":
            return coded
        if coded.code in {found.code for found in named.candidates}:
            return coded
        return _suggested((*_as_candidates(coded), *_as_candidates(named)))

    def _match_within(self, text: str, kecamatan: PlaceMatch, written: str) -> PlaceMatch:
        by_code = _by_desa_code(text, kecamatan.code)
        if by_code:
            return by_code
        if kecamatan.code is None:
            return _suggested(self._beyond(text, written, SUGGEST_FROM))
        match = self._desa_within[kecamatan.code].match(text)
        if match.code:
            return _weaker(match, kecamatan)
        if match.how == "ambiguous":
            return match
        return _suggested((*match.candidates, *self._beyond(text, written, 100.0)))

    def _beyond(self, text: str, written: str, least: float) -> list[Candidate]:
        """Desa anywhere whose name is at least so alike; the kecamatan counts for half."""
        return [
            Candidate(found.code, found.name, round((found.score + beside) / 2, 1))
            for found in self._desa.alike(text, least)
            for beside in [self._kecamatan.likeness(written, kecamatan_code_of(found.code))]
        ]


class _NameIndex:
    """Names and aliases of some areas of one level."""

    def __init__(
        self,
        level: Level,
        areas: Sequence[Kecamatan] | Sequence[Desa],
        confirmed: Mapping[str, str],
    ) -> None:
        self._level = level
        self._names: dict[str, set[str]] = defaultdict(set)
        self._aliases: dict[str, set[str]] = defaultdict(set)
        self._spellings: dict[str, list[str]] = {}
        self._confirmed = confirmed
        for area in areas:
            self._names[normalise(area.name)].add(area.code)
            for alias in area.aliases:
                self._aliases[normalise(alias)].add(area.code)
            self._spellings[area.code] = [normalise(text) for text in (area.name, *area.aliases)]
        self._owners = [code for code, known in self._spellings.items() for _ in known]
        self._known = [text for known in self._spellings.values() for text in known]

    def match(self, text: str) -> PlaceMatch:
        for key in _keys(text, self._level):
            named, meant = self._names.get(key, set()), self._aliases.get(key, set())
            if len(named | meant) > 1:
                return self._ambiguous(named | meant)
            if named:
                return _accepted(min(named), "name")
            if meant:
                return _accepted(min(meant), "alias")
            if key in self._confirmed and _level_fits(self._confirmed[key], self._level):
                return _accepted(self._confirmed[key], "alias")
        return _suggested(self.alike(text, SUGGEST_FROM))

    def alike(self, text: str, least: float) -> list[Candidate]:
        """Areas whose name or alias is at least so alike (0-100), best first."""
        return _ranked(
            Candidate(self._owners[at], gazetteer().name(self._owners[at]), round(score, 1))
            for key in _likely_keys(text, self._level)
            for _, score, at in process.extract(
                key, self._known, scorer=fuzz.ratio, score_cutoff=least, limit=None
            )
        )

    def likeness(self, text: str, code: str) -> float:
        return self._likeness(_keys(text, self._level), code)

    def _likeness(self, keys: Sequence[str], code: str) -> float:
        return max(
            (fuzz.ratio(key, known) for key in keys for known in self._spellings[code]), default=0.0
        )

    def _ambiguous(self, codes: Iterable[str]) -> PlaceMatch:
        found = (Candidate(code, gazetteer().name(code), 100.0) for code in sorted(codes))
        return PlaceMatch(None, None, "ambiguous", tuple(found))


def load_aliases(data_dir: Path) -> tuple[ConfirmedAlias, ...]:
    """Read the spellings that people confirmed on this installation.

    Raises:
        AliasFileDamagedError: if a row is incomplete or its code unknown.
        AliasFileUnreadableError: if the file cannot be read at all.
    """
    path = data_dir / ALIAS_FILE
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise AliasFileUnreadableError(path, os_reason(error)) from error
    try:
        lines = data.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise AliasFileDamagedError(path, data.count(b"\n", 0, error.start) + 1) from error
    rows = csv.reader(lines)
    try:
        return tuple(
            _alias_of(path, rows.line_num, row) for row in rows if rows.line_num > 1 and row
        )
    except csv.Error as error:
        raise AliasFileDamagedError(path, rows.line_num) from error


def confirmed_alias(
    within: str, spelling: str, code: str, known: Sequence[ConfirmedAlias] = ()
) -> ConfirmedAlias:
    """Reduce a spelling that a person confirmed to what is kept of it.

    Args:
        within: kecamatan written beside a desa (name or code); "" if none was.
        spelling: the name as it was written.
        code: Kemendagri code of the area that is meant.
        known: spellings that were confirmed before.

    Raises:
        UnknownCodeError: if code, or a given kecamatan, is not of this kabupaten.
        BlankNameError: if the spelling holds no letter or digit.
    """
    if not _is_known(code):
        raise UnknownCodeError(code)
    beside = match_place(within, "", known).code if within.strip() else ""
    if beside is None:
        raise UnknownCodeError(within)
    level: Level = "kecamatan" if code in gazetteer().kecamatan_by_code else "desa"
    key = normalise(_SEPARATED_PREFIX[level].sub("", spelling)) or normalise(spelling)
    if not key:
        raise BlankNameError
    return ConfirmedAlias(beside if level == "desa" else "", key, code)


def remember_alias(data_dir: Path, within: str, spelling: str, code: str) -> ConfirmedAlias:
    """Keep a confirmed spelling for next time; the newest line for a spelling wins.

    Args:
        data_dir: folder of the installation's data.

    Raises:
        UnknownCodeError, BlankNameError: as `confirmed_alias` does.
        DataDirUnwritableError: if the folder cannot be written.
    """
    alias = confirmed_alias(within, spelling, code, load_aliases(data_dir))
    _append(data_dir, (alias.within, alias.spelling, alias.code))
    return alias


def _append(data_dir: Path, fields: tuple[str, str, str]) -> None:
    path = data_dir / ALIAS_FILE
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            if stream.tell() == 0:
                stream.write(",".join(_ALIAS_COLUMNS) + "\n")
            # Codes and normalised spellings hold letters and digits only: nothing to quote.
            stream.write(",".join(fields) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise DataDirUnwritableError(data_dir, os_reason(error)) from error


def _alias_of(path: Path, number: int, fields: Sequence[str]) -> ConfirmedAlias:
    is_whole = len(fields) == len(_ALIAS_COLUMNS) and "\0" not in "".join(fields)
    if not (is_whole and normalise(fields[1]) and _is_known(fields[2])):
        raise AliasFileDamagedError(path, number)
    return ConfirmedAlias(*fields)


def _is_known(code: str) -> bool:
    return code in gazetteer().kecamatan_by_code or code in gazetteer().desa_by_code


def _confirmed(aliases: Iterable[ConfirmedAlias], within: str) -> dict[str, str]:
    return {alias.spelling: alias.code for alias in aliases if alias.within == within}


def _level_fits(code: str, level: Level) -> bool:
    return (code in gazetteer().kecamatan_by_code) == (level == "kecamatan")


def _keys(text: str, level: Level) -> list[str]:
    """Normalised readings of a name, most literal first: whole, then without a prefix."""
    whole = normalise(text)
    separated = normalise(_SEPARATED_PREFIX[level].sub("", text))
    glued = _GLUED_PREFIX[level].sub("", whole)
    return [key for key in dict.fromkeys((whole, separated, glued)) if key]


def _likely_keys(text: str, level: Level) -> list[str]:
    """Readings of a name that lead to suggestions.

    Also without an address, with words written out, and each of several names alone.
    """
    bare = _ADDRESS_TAIL.sub("", text)
    words = re.findall(r"\w+", _SEPARATED_PREFIX[level].sub("", bare).casefold())
    options = [_SHORT_WORDS.get(word, (word,)) for word in words[:4]]
    spelt = [normalise("".join(choice)) for choice in product(*options)]
    alone = [key for part in _BETWEEN_NAMES.split(bare) for key in _keys(part, level)]
    return list(
        dict.fromkeys((*_keys(text, level), *_keys(bare, level), *filter(None, spelt), *alone))
    )


def _as_candidates(match: PlaceMatch) -> tuple[Candidate, ...]:
    if match.code is None or match.name is None:
        return match.candidates
    return (Candidate(match.code, match.name, 100.0),)


def _by_desa_code(text: str, kecamatan_code: str | None) -> PlaceMatch | None:
    """The match for a desa written as code; None where the text is no code."""
    reading = read_code(text)
    if reading is None or reading.level != "desa":
        return None
    if reading.desa_code is None:
        return NO_MATCH
    if kecamatan_code is not None and reading.kecamatan_code != kecamatan_code:
        found = Candidate(reading.desa_code, gazetteer().name(reading.desa_code), 50.0)
        return _suggested((found,))
    return _accepted(reading.desa_code, "code")


def _accepted(code: str, how: How) -> PlaceMatch:
    return PlaceMatch(code, gazetteer().name(code), how)


def _weaker(desa: PlaceMatch, kecamatan: PlaceMatch) -> PlaceMatch:
    """A desa found by name in a kecamatan found by alias is known by alias."""
    if desa.how == "name" and kecamatan.how == "alias":
        return PlaceMatch(desa.code, desa.name, "alias")
    return desa


def _suggested(candidates: Iterable[Candidate]) -> PlaceMatch:
    best = tuple(_ranked(candidates)[:MOST_CANDIDATES])
    return PlaceMatch(None, None, "candidate", best) if best else NO_MATCH


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Best first, each code once."""
    best: dict[str, Candidate] = {}
    for found in sorted(candidates, key=lambda found: (-found.score, found.code)):
        best.setdefault(found.code, found)
    return list(best.values())
