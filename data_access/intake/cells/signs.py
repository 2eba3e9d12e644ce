"""Signs in a cell that nobody sees, or that no officer wrote.

Owns invisible marks, the apostrophe that spreadsheets put before texts, error words, and text that
went through the wrong encoding.
"""

from __future__ import annotations

import re
import unicodedata

# Beside Unicode's category Cf (zero width and direction marks, soft hyphen, byte order mark): the
# fillers and joiners of other categories that look like nothing.
_UNSEEN_TOO = frozenset("\u115f\u1160\u3164\uffa0\u034f\ufe0e\ufe0f")
_APOSTROPHES = "'’‘`´ʼ′"
_LED = re.compile(rf"\s*[{_APOSTROPHES}]\s*(?=[\w+\-=(])")

_ERROR_WORD = re.compile(
    r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!|"
    r"UNKNOWN!|PYTHON!|EXTERNAL!|TIMEOUT!|GETTING_DATA|ERROR!|ERROR|NV|#+)|ERR:\d{3}",
    re.IGNORECASE,
)

# UTF-8 read as Windows-1252: "’" becomes "â€™", "é" becomes "Ã©".
_MANGLED = re.compile(r"[ÂÃâðï][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
# Windows-1252 leaves these five bytes out; whoever mangles a text keeps them as they are.
_LEFT_OUT = {code: bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
# A text is mangled once by the wrong program, twice by two of them.
_MOST_TIMES = 3
_LOST = "\ufffd"


def visible(text: str) -> str:
    """Return a text without invisible marks and without a spreadsheet's leading apostrophe."""
    if not text.isascii():
        text = "".join(sign for sign in text if not _is_unseen(sign))
    led = _LED.match(text)
    if not led:
        return text
    text = text[led.end() :]
    # "'Lontar'" was quoted as a whole.
    return text[:-1] if text[-1:] in _APOSTROPHES else text


def is_error_word(text: str) -> bool:
    """Whether a text is what a spreadsheet shows instead of a result: "#N/A", "#####"."""
    text = text.strip()
    return text[:1] in "#eE" and bool(_ERROR_WORD.fullmatch(text))


def repaired(text: str) -> str:
    """Return a text as it was before it went through the wrong encoding, or as it is.

    Only what is certain is repaired: that the signs happen to be valid UTF-8 is no chance.
    """
    for _ in range(_MOST_TIMES):
        if text.isascii() or not _MANGLED.search(text):
            break
        try:
            text = b"".join(map(_byte, text)).decode("utf-8")
        except UnicodeError:
            break
    return text


def is_mangled(text: str) -> bool:
    """Whether a text holds signs of a wrong encoding."""
    return not text.isascii() and (_LOST in text or bool(_MANGLED.search(text)))


def _is_unseen(sign: str) -> bool:
    return sign in _UNSEEN_TOO or unicodedata.category(sign) == "Cf"


def _byte(sign: str) -> bytes:
    return _LEFT_OUT.get(ord(sign)) or sign.encode("cp1252")
