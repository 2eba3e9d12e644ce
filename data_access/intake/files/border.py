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
from data_access.intake.signs import APOSTROPHES, LOST, is_error_word, repaired, visible

# A day of January 1900 that is none, where spreadsheets begin to count, and MySQL's nothing.
_NO_DAY = re.compile(
    r"00?[-/. ](?:00?|0?1|jan\w*)[-/. ](?:1900|0000|00)|0?1/00?/(?:1900|00)"
    r"|3[01][-/. ](?:12|des\w*|dec\w*)[-/. ]1899|1899-12-3[01]|1900-0[01]-00|0000-00-00",
    re.IGNORECASE,
)
_MIDNIGHT = re.compile(r"[ T]0?0[:.]00(?:[:.]00)?$")
# A text that none of this concerns, by far the most: told apart in one look.
_PLAIN = re.compile(rf"(?![\s{APOSTROPHES}#=]|[Ee]rr|[Gg]alat|[013])[\x20-\x7e]*")

_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")


def cleaned(raws: Sequence[RawSheet]) -> tuple[list[RawSheet], list[str]]:
    """Take off what no person wrote; returns the sheets and Indonesian notes about it."""
    texts = {
        value for raw in raws for row in raw.rows for value in row.values if value.__class__ is str
    }
    texts = {text for text in texts if not _PLAIN.fullmatch(text)}
    sound, notes = _repaired(texts, raws)
    changed: dict[str, CellValue] = {}
    for text in texts:
        value = clean_cell(sound.get(text, text))
        if value != text:
            changed[text] = value
    if not changed:
        return list(raws), notes
    no_days = {text for text, value in changed.items() if value is None and text.strip()}
    return [_changed(raw, changed) for raw in raws], notes + _no_day_notes(raws, no_days)


def clean_cell(text: str) -> CellValue:
    """A text as a person wrote it, an error in its place, or None where nothing is left."""
    text = visible(text)
    bare = text.strip()
    if not bare or _NO_DAY.fullmatch(_MIDNIGHT.sub("", bare)):
        return None
    return CellError(bare) if is_error_word(bare) else text


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
    twice = {text: once for text in foreign if (once := repaired(text)) != text}
    notes = []
    lost = {text for text in foreign if LOST in text}
    if lost:
        notes.append(f"Ada huruf yang hilang ({LOST}); periksa tulisannya: "
                     f"{_rows_with(raws, lost)}.")  # fmt: skip
    if not twice:
        return {}, notes
    rows = _rows_with(raws, set(twice))
    if any(repaired(run) == run for text in foreign for run in _FOREIGN_RUN.findall(text)):
        notes.append(f"Huruf yang tampak rusak (seperti “â€™”) dibiarkan; periksa: {rows}.")
        return {}, notes
    notes.append(f"Huruf yang rusak karena salah simpan (seperti “â€™”) dipulihkan: {rows}.")
    return twice, notes
