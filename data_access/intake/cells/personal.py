"""Finds what tells who a person is, so that it is never stored and never shown.

Owns the patterns of NIK, telephone and passport numbers and e-mail addresses. Names cannot be
recognised; columns of names are refused by their header instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from geo.area import area
from geo.telling import TellingError

Kind = Literal["NIK", "nomor telepon", "nomor paspor", "alamat surel"]

MASK = "•••"
# Enough to find the cell again, short enough for a table of problems.
MOST_SHOWN = 60
# Far more than is shown, so that no number at the cut is seen by half.
_MOST_SEARCHED = 2_000

# The first two digits of a NIK are the province where it was issued.
_PROVINCE = "1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-7]"
# Then kabupaten and kecamatan, birthday (day + 40 for women), month, year, and a number.
_NIK = re.compile(rf"(?:{_PROVINCE})\d{{4}}(?:0[1-9]|[1-6]\d|7[01])(?:0[1-9]|1[0-2])\d{{6}}")
_GAP = r"[ .\-_/]"
_DIGITS = re.compile(rf"(?<![\d.])\d(?:{_GAP}{{0,2}}\d){{15}}(?!{_GAP}?\d)")
# In one piece or in fours it is none of this programme's numbers, whatever its birthday.
_AS_NIK = re.compile(rf"(?:{_PROVINCE})\d{{14}}|(?:{_PROVINCE})\d\d(?:{_GAP}{{1,2}}\d{{4}}){{3}}")
_PHONE_CODES = "|".join(map(re.escape, area().phone_codes)) or "(?!)"
_LONGITUDES, _LATITUDES = ("|".join(map(str, one)) for one in area().box.degrees)
# 0812-3456-7890, +62 812 3456 7890, and 81234567890 where a spreadsheet dropped the zero.
_BEFORE = r"(?:(?<![\w.])|(?<=hp|wa|lp|no))"
_PHONE = re.compile(
    rf"{_BEFORE}(?:\(?\+?62\)?[\s.\-]?(?:\(0\))?|\(?0)"
    r"[\s.\-]?\(?8\d{1,3}\)?(?:[\s.\-]?\d{2,5}){1,3}(?!\d)"
    # Fixed lines around the office with their area code, and any number with a country's.
    rf"|(?<![\w.])(?:\(0\d{{2,3}}\)\s?|(?:{_PHONE_CODES})[ \-])\d{{5,8}}(?!\d)"
    r"|(?<![\w.])\+\d{1,3}(?:[\s.\-]?\(?\d{2,5}\)?){2,5}(?!\d)"
    r"|(?<![\w.,])8[1-9]\d{8,10}(?![\w.,]?\d)",
    re.IGNORECASE,
)
_PHONE_DIGITS = range(9, 16)
# Of a passport's number; no other has fewer.
_LEAST_DIGITS = 6
# One letter and seven digits, or the newer two letters and six digits; beside the word, any.
_PASSPORT = re.compile(
    r"(?<!\w)(?:[A-Za-z]\d{7}|[A-Z][ \-]\d{7}|[A-Z]{2}\d{6})(?!\w)"
    r"|(?i:pass?port?\W{0,3}(?:(?:no|nomor)\W{0,3})?[a-z]{1,2}[ \-]?\d(?:[ \-]?\d){5,7}(?!\w))"
)
# What numbers a record often bears its year, and then its month: K2025001, LP202501.
_YEAR_KEY = re.compile(r"[A-Z]20[12]\d{4}|[A-Z]{2}20[12]\d(?:0[1-9]|1[0-2])")
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+")
# Dates, positions, money and the keys of a server have as many digits: they are no evidence.
_HARMLESS = re.compile(
    r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}(?!\d)"
    r"|(?<!\d)(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    rf"|(?<![\d.])-?(?:{_LATITUDES})\.\d{{3,}}(?:[,;]|\s)\s?(?:{_LONGITUDES})\.\d{{3,}}(?![\d.])"
    rf"|(?<![\d.]){re.escape(area().code)}\.\d\d(?:\.20\d\d)?(?![.\d])"
    r"|\brp\.?\s?\d[\d.,]*"
    r"|(?<![0-9a-f])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![0-9a-f])",
    re.IGNORECASE,
)
_UUID = re.compile(
    r"(?:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?:uuid:)?[0-9a-f]{32,64}",
    re.IGNORECASE,
)


class PersonalDataError(TellingError, ValueError):
    """Says that a cell holds personal data, without repeating it."""

    sentence = (
        "Sel ini tampaknya berisi {kind}. Data pribadi tidak disimpan; "
        "hapus dari berkas lalu unggah lagi."
    )
    kind: Kind


def find_personal(text: str) -> Kind | None:
    """Return what kind of personal data a text holds, None if none is seen."""
    return next((kind for kind, _, _ in _found(text)), None)


def is_harmless(text: str) -> bool:
    """Whether a look is enough to see that a text holds no personal data: most cells are so."""
    return text.isascii() and "@" not in text and sum(map(str.isdigit, text)) < _LEAST_DIGITS


def refuse_personal_key(text: str) -> None:
    """Let the key of a record pass; a year in it is no passport's number.

    Raises:
        PersonalDataError: if it holds personal data.
    """
    if not _YEAR_KEY.fullmatch(text):
        refuse_personal(text)


def refuse_personal(text: str) -> None:
    """Let a text pass that holds no personal data.

    Raises:
        PersonalDataError: if it holds some.
    """
    kind = find_personal(text)
    if kind:
        raise PersonalDataError(kind)


def shown(value: object) -> str:
    """Return a cell's value for a message: on one line, shortened, personal data masked."""
    return _masked(str(value)[:_MOST_SEARCHED])


@lru_cache(maxsize=10_000)
def _masked(written: str) -> str:
    signs = unicodedata.normalize("NFKC", written)
    # A terminal would obey control signs, and no reader sees them.
    text = " ".join("".join(one if one.isprintable() else " " for one in signs).split())
    for _, start, end in sorted(_found(text), key=lambda found: -found[1]):
        text = text[:start] + MASK + text[end:]
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"


def _found(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Kind, start and end of each finding; the first is the most certain."""
    plain = text if text.isascii() else _same_length(text)
    if "@" in plain:
        yield from (("alamat surel", *found.span()) for found in _EMAIL.finditer(plain))
    if sum(map(str.isdigit, plain)) < _LEAST_DIGITS or _UUID.fullmatch(plain.strip()):
        return
    bare = _HARMLESS.sub(lambda found: "#" * len(found[0]), plain)
    for found in _DIGITS.finditer(bare):
        if _NIK.fullmatch(re.sub(r"\D", "", found[0])) or _AS_NIK.fullmatch(found[0]):
            yield "NIK", *found.span()
    for found in _PHONE.finditer(bare):
        if sum(map(str.isdigit, found[0])) in _PHONE_DIGITS:
            yield "nomor telepon", *found.span()
    yield from (("nomor paspor", *found.span()) for found in _PASSPORT.finditer(bare))


def _same_length(text: str) -> str:
    """Digits and signs of other alphabets as ASCII, each character in its place."""
    return "".join(_plain_sign(sign) for sign in text)


def _plain_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if unicodedata.category(sign) in ("Pd", "Cf"):
        return "-"
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign
