"""From the text of one cell to what it mentions.

Owns the words and signs that officers put around names: the words desa and kecamatan, addresses,
halls, lists and numbers. A text may be understood in several ways; each is given, and none is
preferred here. What is not understood is a piece of its own: nothing is skipped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Literal

from data_access.intake.cells.places.names import NONE, Names
from data_access.intake.cells.places.regions import BARE_MARK, OWN_MARK, mark_regions
from data_access.intake.cells.places.vocabulary import (
    ALL_WORDS,
    DETAIL_WORDS,
    EMPTY_WORDS,
    GLUED_LABEL,
    LABELS,
    LIST_WORDS,
    NEAR_WORDS,
    NUMBERS,
)
from geo.matching import normalise, read_code

Level = Literal["desa", "kecamatan", ""]
Kind = Literal[
    "name",
    "detail",  # a hamlet, street, hall: something inside a desa
    "fine",  # RT, RW, postal code
    "own",  # Kabupaten Serang
    "bare",  # Serang, Banten
    "region",  # another kabupaten, city or province
    "all",  # all desa of a kecamatan
    "count",  # so many desa
    "unknown",
]

# What parts two pieces: from nothing but space to what only ever parts a list.
LIST = "+"
SPACE = " "

_FINE_MARK = "\ue000"
# "Nagara Padang" has two words; "Batu Kuwung Lama Sekali" is none.
MOST_WORDS_OF_NAME = 3
_MOST_READINGS = 32
# An address has some twenty words; what is longer tells a story.
_MOST_TOKENS = 120

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ROMAN = r"[ivx]{1,4}"
_FINE = re.compile(
    rf"\br[tw](?=[\s./:\d])[\s./:]*(?:rw[\s./:]*)?(?:\d{{1,3}}\b|\d{{1,3}}(?=rw)|{_ROMAN}\b)"
    rf"(?:\s*[/,\-]?\s*(?:r[tw])?[\s./:]*\d{{1,3}}\b)*(?:[\s/,]*rw[\s./:]*(?:\d{{1,3}}|{_ROMAN})\b)?"
    r"|\b(?:kode\s*pos\W*)?42\d{3}\b",
    re.IGNORECASE,
)
# "1. Lontar 2. Susukan", "a) Lontar", "I. Pontang", "(1) Lontar"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[\s;,]))\(?(?:\d{{1,2}}|[a-g]|{_ROMAN})[.)](?=\s*[^\W\d_])", re.IGNORECASE
)
# "01 Pontang", "#1 Pontang", "1 - Pontang"; "11 desa" is a count.
_NUMBER_FIRST = re.compile(
    r"(?:^|(?<=[;,\n]))\s*#?\d{1,2}(?:\s*[-–:]\s*|\s+)(?!(?:desa|ds|kelurahan|kel)\b)(?=[^\W\d_])",
    re.IGNORECASE,
)
# "3 (tiga) desa"
_NUMBER_IN_WORDS = re.compile(r"(?<=\d)\s*\([a-z ]+\)(?=\s*(?:desa|kelurahan)\b)", re.IGNORECASE)
_BULLET_FIRST = re.compile(r"\s*([-–—•*·▪])\s*(?=\w)")
# "Pontang (Kec.)"
_LABEL_BEHIND = re.compile(
    r"(\w[\w' -]*?)\s*\(\s*(kec(?:amatan)?|desa|ds|kel(?:urahan)?)\s*\.?\s*\)", re.IGNORECASE
)
_TOKEN = re.compile(
    r"(?P<code>(?<![\d.])(?:\d{2}\.\d{2}\.\d{2}(?:\.\d{4})?|\d{10}|\d{6,7})(?![\d.]*\d))"
    r"|(?P<mark>[\ue000-\ue002])"
    r"|(?P<word>[^\W_]+(?:['’`´][^\W_]+)*)"
    r"|(?P<sign>[,;/|&+\n()\[\]:•·▪=*\\]|(?:(?<=\s)|^)[-–—]+|[-–—]+(?=\s|$)|[–—]"
    r"|(?<=[^\W\d_]{4})\.(?=\s))"
    r"|(?P<doubt>[?])",
)
_SIGNS = {
    "&": LIST, ";": LIST, "\n": ",", "|": ",", "•": ",", "·": ",", "▪": ",", "*": ",", "\\": "/",
    "[": "(", "–": "-", "—": "-", "=": ":", ")": SPACE, "]": SPACE,
}  # fmt: skip
# Where several signs meet (", dan"), the one that says most counts.
_STRENGTH = {sign: rank for rank, sign in enumerate((SPACE, ".", "/", ",", "-", ":", "(", LIST))}
# What may stand between a word such as "Desa" and its name.
_AFTER_LABEL = frozenset({SPACE, ":", "-", "/", "."})


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a cell.

    Attributes:
        before: what parts it from the piece before it.
        level: what a word beside it, a code or a person says that it is.
        desa, kecamatan: codes of all areas that have this name.
        is_code: whether it is written as a code.
        is_chosen: whether a person said what it means.
        number: of kind "count", how many desa.
    """

    kind: Kind
    text: str
    before: str = SPACE
    level: Level = ""
    desa: frozenset[str] = NONE
    kecamatan: frozenset[str] = NONE
    is_code: bool = False
    is_chosen: bool = False
    number: int = 0


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["word", "label", "code", "mark", "doubt"]
    text: str
    before: str


def pieces_of(text: str, names: Names, beside: str = "") -> list[Pieces]:
    """Return the ways in which the text of a cell can be understood, at least one.

    Args:
        beside: the reduced text of the kecamatan column, for names confirmed beside it.
    """
    tokens = _tokens(text)
    if len(tokens) > _MOST_TOKENS:
        return [(Piece("unknown", text),)]
    ways = [_Run(run, names, beside).ways() for run in _runs(tokens)]
    return [sum(way, ()) for way in islice(product(*ways), _MOST_READINGS)]


def plain(text: str) -> str:
    """Return a text without the marks that nobody sees."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).replace("_", " ").strip()


def _tokens(text: str) -> list[_Token]:
    marked = _FINE.sub(f" {_FINE_MARK} ", plain(text))
    bullet = _BULLET_FIRST.match(marked)
    if bullet:
        marked = re.sub(rf"(?:^|(?<=[\s;,])){re.escape(bullet[1])}\s+", f" {LIST} ", marked)
    marked = _NUMBER_IN_WORDS.sub("", marked)
    marked = _LABEL_BEHIND.sub(r"\2 \1", marked)
    marked = _NUMBER_FIRST.sub(f" {LIST} ", _NUMBERED.sub(f" {LIST} ", marked))
    tokens: list[_Token] = []
    sign = SPACE
    for found in _TOKEN.finditer(mark_regions(marked)):
        kind, token = str(found.lastgroup), found[0]
        if kind == "sign" or token.casefold() in LIST_WORDS:
            named = LIST if kind == "word" else _SIGNS.get(token[0], token[0])
            sign = max(sign, named, key=lambda one: _STRENGTH.get(one, 0))
            continue
        if tokens and tokens[-1].kind == "label" and sign in _AFTER_LABEL:
            sign = SPACE
        tokens += _read_word(token, sign) if kind == "word" else [_Token(kind, token, sign)]  # type: ignore[arg-type]
        sign = SPACE
    return tokens


def _read_word(word: str, sign: str) -> list[_Token]:
    lower = word.casefold()
    if lower == "sekecamatan":
        return [_Token("word", "se", sign), _Token("label", "kecamatan", SPACE)]
    return [_Token("label" if lower in LABELS else "word", word, sign)]


def _runs(tokens: Sequence[_Token]) -> list[list[_Token]]:
    """Tokens between two signs."""
    runs: list[list[_Token]] = []
    for token in tokens:
        if token.before == SPACE and runs:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs


class _Run:
    """Reads what stands between two signs."""

    def __init__(self, tokens: Sequence[_Token], names: Names, beside: str) -> None:
        self._tokens = tokens
        self._names = names
        self._beside = beside

    def ways(self) -> list[Pieces]:
        ways = list(islice(self._from(0, ""), _MOST_READINGS))
        first = self._tokens[0].before
        return [(replace(way[0], before=first), *way[1:]) if way else way for way in ways]

    def _from(self, start: int, level: str) -> Iterator[Pieces]:
        """The ways to understand the tokens from a place on; `level` is the label before it."""
        if start == len(self._tokens):
            yield (Piece("unknown", level),) if level else ()
            return
        token = self._tokens[start]
        if token.kind == "label":
            yield from self._from_label(start, level)
        elif token.kind == "word":
            yield from self._from_word(start, level)
        else:
            dangling = (Piece("unknown", level),) if level and token.kind != "code" else ()
            for rest in self._from(start + 1, ""):
                yield (*dangling, _piece_of(token), *rest)

    def _from_label(self, start: int, level: str) -> Iterator[Pieces]:
        label = LABELS[self._tokens[start].text.casefold()]
        if level and level != label:
            # "Seluruh desa Kecamatan Pontang"
            kind: Kind = "all" if (level, label) == ("desa", "kecamatan") else "unknown"
            yield from ((Piece(kind, level), *rest) for rest in self._from(start, ""))
        elif label == "region":
            end = self._end_of_words(start + 1)
            text = " ".join(token.text for token in self._tokens[start:end])
            kind = "region" if end > start + 1 else "unknown"
            yield from ((Piece(kind, text), *rest) for rest in self._from(end, ""))
        else:
            yield from self._from(start + 1, label)

    def _from_word(self, start: int, level: str) -> Iterator[Pieces]:
        end = self._end_of_words(start)
        words = [token.text for token in self._tokens[start:end]]
        lower = words[0].casefold()
        if level == "desa" and lower in EMPTY_WORDS | ALL_WORDS:
            # "desa se-Kecamatan Pontang", "semua desa di Kecamatan Pontang"
            yield from ((Piece("all", level), *rest) for rest in self._from(start, ""))
            return
        if not level and lower in ALL_WORDS | EMPTY_WORDS:
            said = (Piece("all", words[0]),) if lower in ALL_WORDS else ()
            rests = iter([()]) if said and self._is_last_label(start + 1) else None
            yield from ((*said, *rest) for rest in rests or self._from(start + 1, ""))
            return
        if start == 0 and self._is_count(words, end):
            said = (Piece("count", words[0], number=_number(lower)),)
            # The word desa after a number opens no name: "11 desa Kec. Pontang".
            yield from ((*said, *rest) for rest in self._from(end + 1, ""))
            return
        is_found = is_chosen = False
        for pieces in self._names_of(words, level):
            is_found = True
            is_chosen = is_chosen or any(piece.is_chosen for piece in pieces)
            yield from ((*pieces, *rest) for rest in self._from(end, ""))
        text = " ".join(words)
        is_near = not NEAR_WORDS.isdisjoint(map(str.casefold, words))
        if lower in DETAIL_WORDS and not (level or is_chosen or is_near):
            yield from ((Piece("detail", text), *rest) for rest in self._after_detail(end))
        elif not is_found:
            unknown = Piece("unknown", text, level="" if level == "region" else level)  # type: ignore[arg-type]
            yield from ((unknown, *rest) for rest in self._from(end, ""))

    def _after_detail(self, end: int) -> Iterator[Pieces]:
        yield from iter([()]) if self._is_last_label(end) else self._from(end, "")

    def _is_last_label(self, place: int) -> bool:
        """Whether only the word desa follows: "semua desa", "Kantor Desa"."""
        return place + 1 == len(self._tokens) and self._tokens[place].kind == "label"

    def _is_count(self, words: Sequence[str], end: int) -> bool:
        is_desa = end < len(self._tokens) and (
            LABELS.get(self._tokens[end].text.casefold()) == "desa"
        )
        return is_desa and len(words) == 1 and _number(words[0].casefold()) > 0

    def _end_of_words(self, start: int) -> int:
        end = start
        while end < len(self._tokens) and self._tokens[end].kind == "word":
            end += 1
        return end

    def _names_of(self, words: Sequence[str], level: str) -> Iterator[Pieces]:
        """The ways to cut words into names without a rest; whole if the whole is a name."""
        whole = self._name(words, level) if len(words) <= MOST_WORDS_OF_NAME else None
        whole = whole or self._chosen(words)
        if whole:
            yield (whole,)
            return
        for length in range(1, min(len(words) - 1, MOST_WORDS_OF_NAME) + 1):
            first = self._name(words[:length], level) or self._chosen(words[:length])
            if first:
                yield from ((first, *rest) for rest in self._names_of(words[length:], ""))

    def _name(self, words: Sequence[str], level: str) -> Piece | None:
        text = " ".join(words)
        key = normalise(text)
        desa = self._names.desa(key) if level != "kecamatan" else NONE
        kecamatan = self._names.kecamatan(key) if level != "desa" else NONE
        if desa or kecamatan:
            labelled: Level = "desa" if level == "desa" else "kecamatan" if level else ""
            return Piece("name", text, level=labelled, desa=desa, kecamatan=kecamatan)
        glued = GLUED_LABEL.fullmatch(key) if not level else None
        return self._name([glued[2]], LABELS[glued[1]]) if glued else None

    def _chosen(self, words: Sequence[str]) -> Piece | None:
        text = " ".join(words)
        code = self._names.chosen(self._beside, normalise(text)) if self._names.confirmed else ""
        if not code:
            return None
        return replace(_coded(text, code), is_chosen=True)


def _coded(text: str, code: str) -> Piece:
    is_desa = code.count(".") > 2
    return Piece(
        "name", text, level="desa" if is_desa else "kecamatan",
        desa=frozenset({code} if is_desa else ()),
        kecamatan=frozenset({code} if not is_desa else ()),
    )  # fmt: skip


def _piece_of(token: _Token) -> Piece:
    if token.kind == "mark":
        kinds: dict[str, Kind] = {_FINE_MARK: "fine", OWN_MARK: "own", BARE_MARK: "bare"}
        return Piece(kinds[token.text], token.text)
    reading = read_code(token.text) if token.kind == "code" else None
    if reading and reading.desa_code:
        return replace(_coded(token.text, reading.desa_code), is_code=True)
    if reading and reading.level == "kecamatan" and reading.kecamatan_code:
        return replace(_coded(token.text, reading.kecamatan_code), is_code=True)
    return Piece("unknown", token.text)


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdigit() else NUMBERS.get(word, 0)


def is_detail(text: str) -> bool:
    """Return whether a text begins as a hamlet, street or hall does."""
    return text.partition(" ")[0].casefold() in DETAIL_WORDS
