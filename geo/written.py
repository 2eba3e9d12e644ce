"""What a written place says for itself: codes, names and the words around them.

Owns the reading of one text. Which area is meant is decided in matching.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from geo.area import area
from geo.gazetteer import gazetteer

Level = Literal["kecamatan", "desa"]

# Spreadsheets turn 3604250 into 3604250.0, ...
_NUMBER_TAIL = re.compile(r"(?<=\d{6})\.0+$")
# ... and 36.0420, read as a number, into 36.042.
_LOST_ZERO = re.compile(r"\d\d\.(?:\d{3}|\d{7})")
_CODE = re.compile(r"(?:id)?(\d[\d.]*)")
_AREA = area()
# Some divide this kabupaten's codes by other signs: 36-04-12, "36 04 12 2001".
_SPLIT_SIGNS = re.compile(r"[-/ ]")
_SPLIT_CODE = re.compile(_AREA.code.replace(".", "[-/ ]") + r"[-/ ]\d\d(?:[-/ ]\d{4})?")
# Province and kabupaten have 2 and 4 digits; a kecamatan 6 (Kemendagri) or 7 (BPS); a desa 10.
_LEVEL_BY_DIGITS: Mapping[int, Level] = {6: "kecamatan", 7: "kecamatan", 10: "desa"}
_CODE_LENGTHS = frozenset({2, 4, *_LEVEL_BY_DIGITS})

# A code beside a name: "36.04.12 - Pontang", "Pontang (36.04.12)", "[3604250] PONTANG".
_CODE_BESIDE = re.compile(
    r"^\s*[\[({]?\s*(?P<first>(?:id)?\d[\d.]{4,}\d)\s*[\])}]?[\s:/_–-]+(?P<after>\D.*)$"
    r"|^(?P<before>.*\D?)[\s:/_–-]*[\[({]?(?<![\d.])(?P<last>(?:id)?\d[\d.]{4,}\d)\s*[\])}]?\s*$",
    re.IGNORECASE,
)
# Words that begin a part of an address; the longer first.
_LEVEL_WORDS: Mapping[str, str] = {
    "kecamatan": "kecamatan",
    "kec": "kecamatan",
    "desa": "desa",
    "ds": "desa",
    "kelurahan": "desa",
    "kel": "desa",
    "kabupaten": "kabupaten",
    "kab": "kabupaten",
    "kota": "kabupaten",
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
}
_PART_BEGINS = re.compile(
    r"(?<=[\s,.;/-])(?=(?:kecamatan|kec|desa|ds|kelurahan|kel|kabupaten|kab|kota|"
    r"provinsi|propinsi|prov)\b[\s.:])",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(
    r"^\s*(kecamatan|kec|desa|ds|kelurahan|kel|kabupaten|kab|kota|provinsi|propinsi|prov)"
    r"\b[\s.:/_-]*(?:(?:/|atau)?\s*(?:kelurahan|kel|kota)\b[\s.:/_-]*)?",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(
    r"[\s_-]+(sub-?district|district|village|regency|city|kecamatan|kec\.?|desa)\s*$", re.IGNORECASE
)
_ENGLISH: Mapping[str, str] = {
    "subdistrict": "kecamatan",
    "district": "kecamatan",
    "village": "desa",
    "regency": "kabupaten",
    "city": "kabupaten",
}
_BRACKETED = re.compile(r"^(?P<outer>[^()\[\]]+?)\s*[(\[]\s*(?P<inner>[^()\[\]]+)\s*[)\]]\s*$")
_PROVINCE = _AREA.province.casefold()
# Words around the name of a kabupaten that say nothing more.
_KABUPATEN_WORDS = re.compile(
    r"\b(?:kabupaten|kab|administrasi|adm|regency|daerah|tingkat|dati|ii|provinsi|propinsi|prov|"
    rf"{re.escape(_PROVINCE)}|indonesia|pemkab|pemerintah)\b|\W|_",
)
_KABUPATEN_OR_KOTA = re.compile(
    r"\bkab(?:upaten)?\.?\s*/\s*kota\b|\bkota\s*/\s*kab(?:upaten)?\b\.?"
)
_KABUPATEN_CODE = re.compile(r"(?<![\d.])(\d\d)\.?(\d\d)(?![\d.])")
_IS_KOTA = re.compile(r"\b(?:kota|kodya|kotamadya|city)\b")
_BLANKS = frozenset({"", "na", "nan", "null", "none", "nil", "nihil", "tidakada", "kosong"})


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What a code says: which areas of the kabupaten, and whether it lies in it at all."""

    level: Level | None
    kecamatan_code: str | None
    desa_code: str | None
    is_in_kabupaten: bool


@dataclass(frozen=True, slots=True)
class Written:
    """The parts of one written place; "" and None where the text does not say.

    Attributes:
        name: the bare name.
        level: that a word before or behind the name gives: kecamatan, desa, kabupaten, provinsi.
        code: a code written beside the name.
        within: the kecamatan written beside the name of a desa.
        is_in_kabupaten: whether a kabupaten written beside it is this one.
    """

    name: str
    level: str | None = None
    code: str = ""
    within: str = ""
    is_in_kabupaten: bool | None = None


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Reduce a name to lower-case letters and digits, without marks of any kind."""
    decomposed = text if text.isascii() else unicodedata.normalize("NFKD", text)
    return "".join(filter(str.isalnum, decomposed.casefold()))


# The kabupaten's own name, as a sheet writes it behind "Kab.".
_OWN_NAME = normalise(_AREA.short_name)


def is_blank(text: str) -> bool:
    """Whether a text stands for nothing: "", "-", "N/A", "nihil"."""
    return normalise(text) in _BLANKS


def read_code(text: str) -> CodeReading | None:
    """Read a Kemendagri or BPS code, dotted or not, with or without "ID".

    BPS codes of a kecamatan (3604250) lead to its Kemendagri code; BPS codes of a desa
    only tell the kecamatan. Returns None where the text is no code.
    """
    plain = text.strip().casefold()
    if _SPLIT_CODE.fullmatch(plain):
        plain = _SPLIT_SIGNS.sub(".", plain)
    found = _CODE.fullmatch(_NUMBER_TAIL.sub("", plain))
    if not found:
        return None
    digits = found[1].replace(".", "") + ("0" if _LOST_ZERO.fullmatch(found[1]) else "")
    if len(digits) not in _CODE_LENGTHS or not digits.isascii():
        return None
    in_kabupaten = digits.startswith((_AREA.digits, _AREA.bps_code))
    level = _LEVEL_BY_DIGITS.get(len(digits))
    desa = _dotted(digits) if _dotted(digits) in gazetteer().desa_by_code else None
    return CodeReading(level, _kecamatan_of(digits, found[1]), desa, in_kabupaten)


@lru_cache(maxsize=65_536)
def read_written(text: str) -> Written:
    """Take one text apart: "Desa Kelapian (Pontang), Kab. Serang" has four parts.

    What cannot be told apart stays in the name.
    """
    code, rest = _without_code(text)
    parts = [part for piece in _pieces(rest) if (part := _part(piece)).name]
    own = _own_part(parts)
    if own is None:
        return Written(rest.strip(), code=code)
    beside = [part for part in parts if part is not own]
    found = replace(own, code=code)
    for part in beside:
        if part.level == "provinsi":
            continue
        if part.level == "kabupaten" or _is_kabupaten_name(part.name):
            found = replace(found, is_in_kabupaten=part.is_in_kabupaten)
        elif not found.within and own.level != "kecamatan" and part.level in (None, "kecamatan"):
            found = replace(found, within=part.name)
        else:
            # Two names of one level: nobody can say which is meant.
            return Written(rest.strip(), code=code)
    return found


def read_kabupaten(text: str) -> bool | None:
    """Whether a kabupaten as written is this one; None where nothing is written.

    "Serang", "Kab. Adm. Serang", "SERANG (KAB)", "Serang Regency" and "3604" are;
    "Kota Serang" is not.
    """
    if is_blank(text):
        return None
    reading = read_code(text)
    if reading is not None:
        # Two digits are a province, or a kabupaten without its province.
        return reading.is_in_kabupaten if len(normalise(text)) > 2 else None
    beside = _KABUPATEN_CODE.search(text)
    if beside:
        return beside[1] + beside[2] == _AREA.digits
    plain = _KABUPATEN_OR_KOTA.sub(" ", text.casefold())
    if _IS_KOTA.search(plain):
        return False
    name = _KABUPATEN_WORDS.sub("", plain)
    # Where no space stands between them: "KabSerang".
    for word in ("kabupaten", "kab"):
        name = name.removeprefix(word)
    return name == _OWN_NAME if name else None


def says_kabupaten(text: str) -> bool:
    """Whether a text calls itself a kabupaten or kota."""
    plain = text.casefold()
    return bool(re.search(r"\b(?:kabupaten|kab|kota|regency|city)\b", plain))


def _without_code(text: str) -> tuple[str, str]:
    found = _CODE_BESIDE.match(text)
    if not found:
        return "", text
    code = found["first"] or found["last"]
    reading = read_code(code)
    if reading is None or reading.level is None:
        return "", text
    return code, (found["after"] or found["before"] or "").strip(" \t-–:/([{")


def _pieces(text: str) -> list[str]:
    bracketed = _BRACKETED.match(text)
    texts = [bracketed["outer"], bracketed["inner"]] if bracketed else [text]
    commas = [piece for found in texts for piece in found.split(",")]
    return [piece.strip(" ,.;/-") for found in commas for piece in _PART_BEGINS.split(found)]


def _part(piece: str) -> Written:
    first = _FIRST_WORD.match(piece)
    level = _LEVEL_WORDS[first[1].casefold()] if first else None
    last = None if first else _LAST_WORD.search(piece)
    if last:
        word = normalise(last[1])
        level = _ENGLISH.get(word) or _LEVEL_WORDS.get(word)
    name = piece[first.end() :] if first else piece[: last.start()] if last else piece
    if level == "kabupaten":
        return Written(name or piece, level, is_in_kabupaten=read_kabupaten(piece))
    if level is None and _is_kabupaten_name(piece):
        return Written(piece, None, is_in_kabupaten=True)
    return Written(name.strip(), level)


def _is_kabupaten_name(name: str) -> bool:
    """Whether a bare part is the kabupaten's or the province's own name."""
    return normalise(name) in (_OWN_NAME, normalise(_PROVINCE), "indonesia", "kab", "kabupaten")


def _own_part(parts: list[Written]) -> Written | None:
    """The part that the text is about: the most detailed one, else the first."""
    for level in ("desa", None, "kecamatan", "kabupaten"):
        found = [
            part
            for part in parts
            if part.level == level and not (level is None and _is_kabupaten_name(part.name))
        ]
        if len(found) > 1 and level == "desa":
            return None
        if found:
            return found[0]
    return parts[0] if parts else None


def _dotted(digits: str) -> str:
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


@cache
def _kecamatan_by_bps() -> Mapping[str, str]:
    return {area.bps_code: area.code for area in gazetteer().kecamatan}


def _kecamatan_of(digits: str, written: str) -> str | None:
    """Kemendagri code of the kecamatan that a code names or lies in."""
    dotted = _dotted(digits[:6])
    is_bps = len(digits) == 7 or (
        len(digits) == 10 and "." not in written and _dotted(digits) not in gazetteer().desa_by_code
    )
    if is_bps:
        return _kecamatan_by_bps().get(digits[:7])
    return dotted if dotted in gazetteer().kecamatan_by_code else None
