"""Signs in a text that nobody sees, or that no officer wrote.

Owns invisible marks and unusual spaces, the apostrophe by which programs say "this is text", error
words, letters that went through the wrong encoding, and signs that no database keeps. The wording
itself is never changed.
"""

from __future__ import annotations

import re
from datetime import datetime

from data_access.intake.model import CellValue

# Joiners, direction marks, fillers, soft hyphens, byte order marks and variants of a sign.
_INVISIBLE = (
    0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), 0x3164, 0xFE0E, 0xFE0F, 0xFEFF, 0xFFA0,
)  # fmt: skip
_SPACES = (0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_MARKS: dict[int, str | None] = {
    **dict.fromkeys(_INVISIBLE),
    **dict.fromkeys(_SPACES, " "),
    0x2028: "\n",
    0x2029: "\n",
}

APOSTROPHES = "'‘’‛`´ʹʼ′＇"
# Before whatever is to stay text: digits, signed or not, what could be a formula, a word.
_GUARD = re.compile(rf"\s*[{APOSTROPHES}]+\s*(?=[-+=@#＝＋－＠]|[(.,]?\s*\w)")
_QUOTED = re.compile(r"\s*(?:'([^']+)'|‘([^’]+)’|=\"([^\"]*)\")\s*")

# In any language; "####" is a number that did not fit into its column when it was saved.
_ERROR_WORD = re.compile(
    r"#[A-Z][A-Z/0_ ]{1,12}[!?]|#N/[AD]|#NV|#ERROR|#GETTING_DATA|#{2,}|(?:ERR|GALAT)\s?:\s?\d{3}",
    re.IGNORECASE,
)

_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")
# UTF-8 read as Windows-1252: "’" becomes "â€™", "é" becomes "Ã©"; the first of its letters is one
# of these.
_MANGLED = re.compile("[ÂÃâðÄÅÆÇàáãäåæçèéêëìíîïØÙ][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
# Letters that hardly stand in a text of this country but by that.
_SURELY_MANGLED = re.compile("[ÂÃâð][\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
# Windows-1252 leaves these five bytes out; whoever mangles a text keeps them as they are.
_LEFT_OUT = {code: bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
# A text is mangled once by the wrong program, twice by two of them.
_MOST_TIMES = 3
LOST = "\ufffd"
_CONTROL = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


def clean_text(value: CellValue) -> str:
    """Return a cell as text that every database can hold: no control signs, single spaces."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**16:
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == datetime.min.time() else value
    text = str(value)
    if not text.isprintable():
        text = text.translate(_CONTROL).encode("utf-8", "replace").decode("utf-8")
    return " ".join(text.split())


def without_marks(text: str) -> str:
    """Return a text without invisible marks, its spaces plain ones."""
    return text if text.isascii() else text.translate(_MARKS)


def visible(text: str) -> str:
    """Return a text without invisible marks and without the guard that a program put before it."""
    text = without_marks(text)
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        text = next(part for part in quoted.groups() if part is not None)
    guard = _GUARD.match(text)
    return text[guard.end() :] if guard else text


def is_error_word(text: str) -> bool:
    """Whether a text is what a spreadsheet shows instead of a result: "#N/A", "#####"."""
    text = text.strip()
    return text[:1] in "#eEgG" and bool(_ERROR_WORD.fullmatch(text))


def repaired(text: str) -> str:
    """Return a text as it was before it went through the wrong encoding, or as it is.

    Only what is certain is repaired: that the signs happen to be valid UTF-8 is no chance.
    """
    for _ in range(_MOST_TIMES):
        if text.isascii() or not _MANGLED.search(text):
            break
        decoded = _FOREIGN_RUN.sub(_decoded, text)
        if decoded == text:
            break
        text = decoded
    return text


def is_mangled(text: str) -> bool:
    """Whether a text holds signs of a wrong encoding."""
    return not text.isascii() and (
        LOST in text or bool(_SURELY_MANGLED.search(text)) or repaired(text) != text
    )


def _decoded(run: re.Match[str]) -> str:
    try:
        return b"".join(map(_byte, run[0])).decode()
    except UnicodeError:
        return run[0]


def _byte(sign: str) -> bytes:
    return _LEFT_OUT.get(ord(sign)) or sign.encode("cp1252")
