"""Where the map's typeface is and how wide its text runs.

The font files come from the package font-source-sans-pro (SIL Open Font
License 1.1); the file is found without importing the package's own loader.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

FONT_PACKAGE = "font_source_sans_pro"
# The screen's font first, then the same design under its older name, then what a system has.
FONT_STACK = "'Source Sans Pro', 'Source Sans 3', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

# Advance widths of Source Sans Pro Semibold in em, rounded up; other signs are like digits.
_WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!I()- ", 0.30),
    **dict.fromkeys("frt\u2013/", 0.37),
    **dict.fromkeys("cksvxyzJ", 0.50),
    **dict.fromkeys("ELFST", 0.56),
    **dict.fromkeys("ABCKPRVXYZ", 0.61),
    **dict.fromkeys("DGHNOQU", 0.69),
    **dict.fromkeys("mMWw%", 0.86),
}
_OTHER = 0.55


def text_width(text: str, size: float) -> float:
    """Width of one line of semibold text, in the unit of size; never too small."""
    return sum(_WIDTHS.get(sign, _OTHER) for sign in text) * size


def font_directory() -> Path:
    """The folder with the TrueType files.

    Raises:
        ModuleNotFoundError: if the font package is not installed.
    """
    spec = find_spec(FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(FONT_PACKAGE)
    return Path(spec.origin).parent / "files"
