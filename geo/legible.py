"""Text that others wrote, made fit to be read beside ours: on a screen, a map or a terminal.

Owns signs that nobody sees and signs that turn the writing around, and what a spreadsheet would
take for a formula. What is stored is never changed here.
"""

from __future__ import annotations

import re

# What stands for a sign that nobody sees.
UNSEEN = "·"
# Letters that draw nothing, although they count as letters or accents.
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
# Begin and end of a stretch with a direction of its own; taken away and set anew.
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A))
_FIRST_STRONG, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RIGHT_TO_LEFT_RUN = re.compile(rf"[{_RIGHT_TO_LEFT}]+(?:[^\w]+[{_RIGHT_TO_LEFT}]+)*")

# Signs with which a formula begins, in the width of Latin and of Chinese letters too.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
# A number is no formula, nor is the dash that stands for nothing.
_HARMLESS = re.compile(r"[-+]?(?:\d[\d.,]*(?:[eE][-+]?\d+)?\s?%?)?")


def legible(text: str) -> str:
    """Return a text in one line: every sign is seen, and none turns the text around it.

    Line breaks and tabs become spaces. Right-to-left words keep their direction to themselves.
    Doing it twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    text = "".join(map(_seen, text.translate(_ISOLATES)))
    return _RIGHT_TO_LEFT_RUN.sub(rf"{_FIRST_STRONG}\g<0>{_END}", text)


def legible_lines(text: str) -> str:
    """Return a text of several lines, each of them legible."""
    return "\n".join(map(legible, text.split("\n")))


def shortened(text: str, most: int) -> str:
    """Return a text of at most ``most`` signs; where it was cut stands "…"."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def csv_cell(text: str) -> str:
    """Return a text as a cell of a csv that no spreadsheet program takes for a formula.

    An apostrophe goes before what could be one; an import takes it away again.
    """
    if _FORMULA.match(text) and not _HARMLESS.fullmatch(text):
        return f"'{text}"
    return text


def _seen(sign: str) -> str:
    if sign.isspace():
        return " "
    return sign if sign.isprintable() and sign not in _BLANK_LETTERS else UNSEEN
