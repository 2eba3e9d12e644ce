"""What must be asked before anything of a file is stored, and what was answered.

Owns the one form of a question, whatever it is about, for the page and the command line alike. A
question names what it is about as an answer has to name it: "COLUMN=FIELD".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from data_access.errors import DataError

Kind = Literal[
    "column",  # which field a column fills
    "table",  # which table a sheet is
    "date_order",  # day or month first, and dates that a spreadsheet has swapped
    "time_zone",  # whose clock wrote a column of moments
    "scale",  # what the best score, or 100 %, is written as; where thousands were lost
    "place",  # which area a written name means
    "same",  # one record told twice, or several
    "moved",  # a record told with another day than before, or another record
]

# The answer that leaves a column unread, a sheet out, or the rows of an unclear name waiting.
IGNORE = "abaikan"
# What an answer names to leave the rows of every name that is not answered waiting.
ALL_NAMES = "semua nama"
# What an answer names where the question is about the sheet as a whole.
TABLE = "tabel"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer.

    Attributes:
        field: what an answer gives: a field, a table, a code, or a word such as "hari-bulan".
        label: the same for people, in Indonesian.
        score: 0 to 100, how likely it is.
    """

    field: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person must say.

    Attributes:
        column: what it is about and what an answer names: a header, a written place, "tabel".
        candidates: the likeliest first; there may be none.
        message: an Indonesian sentence that somebody understands who never saw it before.
        rows: the sheet's own numbers of the rows it is about; empty for the whole sheet.
        place: for kind "place", (kecamatan, desa) as written.
    """

    file: str
    sheet: str
    column: str
    kind: Kind
    candidates: tuple[Choice, ...]
    message: str
    rows: tuple[int, ...] = ()
    place: tuple[str, str] = ("", "")


class AnswerMalformedError(DataError):
    sentence = (
        "Jawaban “{text}” tidak terbaca. Tulis KOLOM=JAWABAN, misalnya "
        "“Tgl Pelaksanaan=visited_on” atau “Catatan lain={ignore}”."
    )
    text: str
    ignore: str = IGNORE


class Answers:
    """What people answered about one file.

    Args:
        given: (what it is about, the answer); of two for one matter the later counts.
    """

    def __init__(self, given: Iterable[tuple[str, str]] = ()) -> None:
        self._given = [(answer_key(about), answer.strip()) for about, answer in given]
        self._sheet = ""

    @classmethod
    def parse(cls, texts: Iterable[str]) -> Answers:
        """Read answers as the command line takes them, "COLUMN=FIELD".

        Raises:
            AnswerMalformedError: if a text is none.
        """
        return cls(_parted(text) for text in texts)

    def about(self, column: str, allowed: Collection[str]) -> str | None:
        """Return what was answered about a column among the answers that its question allows."""
        key = answer_key(column)
        fitting = [
            said
            for wanted in dict.fromkeys((key, answer_key(of_sheet(column, self._sheet))))
            for about, said in self._given
            if about == wanted and said in allowed
        ]
        return fitting[-1] if fitting else None

    def of_sheet(self, name: str) -> Answers:
        """Return the same answers as one sheet sees them: what was said of it alone counts more."""
        seen = self | Answers()
        seen._sheet = name
        return seen

    def __or__(self, other: Answers) -> Answers:
        """Return the answers of both; those of the other count where they contradict."""
        joined = Answers()
        joined._given = [*self._given, *other._given]
        return joined

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return what was given, for keeping."""
        return tuple(self._given)


def of_sheet(column: str, sheet: str) -> str:
    """Return how a question names a column that several sheets of the file have."""
    return f"{column} ({sheet})" if sheet else column


def answer_key(text: str) -> str:
    """Reduce what an answer is about to what two ways of writing it share."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _parted(text: str) -> tuple[str, str]:
    # A header may hold "=" itself; no answer does.
    about, sign, answer = text.rpartition("=")
    if not sign or not answer.strip():
        raise AnswerMalformedError(text)
    return about.strip() or TABLE, answer.strip()
