"""What programs put into a text and no person wrote: taken off once, for every format.

Owns invisible marks, unusual spaces, the apostrophe that says "this is text", error words, days
that are 0, and letters that went through the wrong encoding. Every text of a file passes here
before anything else looks at it; the wording itself is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from data_access.intake.files.grid import RawSheet, row_list
from data_access.intake.model import CellError, CellValue

# Joiners, direction marks, soft hyphens, byte order marks and variants of a sign.
_INVISIBLE = (
    0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
    0xFE0E, 0xFE0F, 0xFEFF,
)  # fmt: skip
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_MARKS: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_SPACES, " "),
    0x2028: "\n",
    0x2029: "\n",
}

# What exporters guard: digits, signed or not, and what could be a formula. 'Aisyiyah stays.
_APOSTROPHES = "'‘’‛`´ʹʼ′＇"
_GUARD = re.compile(rf"\s*[{_APOSTROPHES}]+\s*(?=[-+=@#]|[(.,]?\s*\d)")
_QUOTED = re.compile(r"\s*(?:'([^']+)'|‘([^’]+)’|=\"([^\"]*)\")\s*")

# In any language; "####" is a number that did not fit into its column when it was saved.
_ERROR = re.compile(r"#[A-Z][A-Z/0_ ]{1,12}[!?]|#N/[AD]|#NV|#{3,}|(?:[Ee]rr|Galat)\s?:\s?\d{3}")
# A day of January 1900 that is none, where spreadsheets begin to count, and MySQL's nothing.
_NO_DAY = re.compile(
    r"00?[-/. ](?:00?|0?1|jan\w*)[-/. ](?:1900|0000|00)|0?1/00?/(?:1900|00)"
    r"|3[01][-/. ](?:12|des\w*|dec\w*)[-/. ]1899|1899-12-3[01]|1900-0[01]-00|0000-00-00",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"[ T]0?0[:.]00(?:[:.]00)?$")
# A text that none of this concerns, by far the most: told apart in one look.
_PLAIN = re.compile(rf"(?![\s{_APOSTROPHES}#=]|[Ee]rr|[Gg]alat|[013])[\x20-\x7e]*")

_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")
# Written twice, a sign takes two letters, the first of them one of these.
_TWICE = re.compile("[ÂÃâðÄÅÆÇàáãäåæçèéêëìíîïØÙ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
_LOST = "\ufffd"
# Who reads and saves a file wrongly does so twice at most.
_MOST_TURNS = 2


def cleaned(raws: Sequence[RawSheet]) -> tuple[list[RawSheet], list[str]]:
    """Take off what no person wrote; returns the sheets and Indonesian notes about it."""
    texts = {
        value for raw in raws for row in raw.rows for value in row.values if value.__class__ is str
    }
    texts = {text for text in texts if not _PLAIN.fullmatch(text)}
    repaired, notes = _repaired(texts, raws)
    changed: dict[str, CellValue] = {}
    for text in texts:
        value = clean_cell(repaired.get(text, text))
        if value != text:
            changed[text] = value
    if not changed:
        return list(raws), notes
    no_days = {text for text, value in changed.items() if value is None and text.strip()}
    return [_changed(raw, changed) for raw in raws], notes + _no_day_notes(raws, no_days)


def clean_cell(text: str) -> CellValue:
    """A text as a person wrote it, an error in its place, or None where nothing is left."""
    text = clean_marks(text)
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        text = next(part for part in quoted.groups() if part is not None)
    text = _GUARD.sub("", text, count=1) if _GUARD.match(text) else text
    bare = text.strip()
    if not bare or _NO_DAY.fullmatch(_MIDNIGHT.sub("", bare)):
        return None
    return CellError(bare) if _ERROR.fullmatch(bare) else text


def clean_marks(text: str) -> str:
    """A text without invisible marks, its spaces plain ones."""
    return text if text.isascii() else text.translate(_MARKS)


def _changed(raw: RawSheet, changed: dict[str, CellValue]) -> RawSheet:
    rows = []
    for row in raw.rows:
        if not changed.keys().isdisjoint(row.values):
            row = replace(row, values=tuple(changed.get(v, v) if v.__class__ is str else v
                                            for v in row.values))  # fmt: skip
        if any(value is not None for value in row.values):
            rows.append(row)
    return replace(raw, rows=tuple(rows))


def _no_day_notes(raws: Iterable[RawSheet], no_days: set[str]) -> list[str]:
    shown = sorted(text for text in no_days if any(map(str.isdigit, text)))
    if not shown:
        return []
    rows = _rows_with(raws, set(shown))
    return [f"Tanggal nol ({shown[0]}, rujukan ke sel kosong) dibaca sebagai kosong: {rows}."]


def _rows_with(raws: Iterable[RawSheet], texts: set[str]) -> str:
    return row_list(
        sorted({row.number for raw in raws for row in raw.rows if not texts.isdisjoint(row.values)})
    )


# --- letters that went through the wrong encoding ----------------------------------------


def _repaired(texts: Iterable[str], raws: Sequence[RawSheet]) -> tuple[dict[str, str], list[str]]:
    """The texts whose letters were encoded twice, put right where the whole file says so.

    In a file that was saved wrongly every sign beyond ASCII is two or three others. Where some
    are and others are not, nobody knows what was written: they are left and told.
    """
    foreign = [text for text in texts if not text.isascii()]
    twice = {text: once for text in foreign if (once := _once(text)) != text}
    notes = []
    lost = {text for text in foreign if _LOST in text}
    if lost:
        notes.append(f"Ada huruf yang hilang ({_LOST}); periksa tulisannya: "
                     f"{_rows_with(raws, lost)}.")  # fmt: skip
    if not twice:
        return {}, notes
    rows = _rows_with(raws, set(twice))
    if any(_once(run) == run for text in foreign for run in _FOREIGN_RUN.findall(text)):
        notes.append(f"Huruf yang tampak rusak (seperti “â€™”) dibiarkan; periksa: {rows}.")
        return {}, notes
    notes.append(f"Huruf yang rusak karena salah simpan (seperti “â€™”) dipulihkan: {rows}.")
    return twice, notes


def _once(text: str) -> str:
    """A text decoded as often as it was encoded too much."""
    for _ in range(_MOST_TURNS):
        if not _TWICE.search(text):
            break
        decoded = _FOREIGN_RUN.sub(_decoded, text)
        if decoded == text:
            break
        text = decoded
    return text


def _decoded(run: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, run[0])).decode()
    except UnicodeError:
        return run[0]


def _byte(sign: str) -> bytes:
    """Windows-1252, with the five bytes that it leaves unused."""
    return bytes([ord(sign)]) if ord(sign) in _UNUSED else sign.encode("cp1252")


_UNUSED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
