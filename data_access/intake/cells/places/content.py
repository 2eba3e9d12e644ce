"""Whether the cells of a column hold places, whatever its header says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import NamedTuple

from data_access.intake.cells.places.codes import looks_like_code
from data_access.intake.cells.places.mentions import pieces_of
from data_access.intake.cells.places.names import Names
from data_access.intake.cells.places.settle import settle
from geo.matching import read_code

# Enough to tell a column of places, and at once read.
_MOST_SAMPLED = 200


class PlaceShares(NamedTuple):
    """Which part (0-1) of the different values of a column names an area.

    Nearly every kecamatan has a desa of its name, so that a column of kecamatan is one of desa as
    well; a column of desa is hardly one of kecamatan.

    Attributes:
        desa, kecamatan: where the text can be read as that level.
        both: where one cell names a kecamatan and a desa in it.
    """

    desa: float
    kecamatan: float
    both: float


def looks_like_place(values: Iterable[str], kecamatan: Iterable[str] | None = None) -> PlaceShares:
    """Return how far the cells of a column are places.

    Args:
        values: the cells of a column as text.
        kecamatan: the kecamatan of the same rows, as written; a desa then must lie in it.
    """
    beside = kecamatan if kecamatan is not None else _nothing()
    pairs = ((value.strip(), home.strip()) for value, home in zip(values, beside, strict=False))
    sample = tuple(islice(dict.fromkeys(pair for pair in pairs if pair[0]), _MOST_SAMPLED))
    found = [_levels(*pair) for pair in sample]
    count = max(len(found), 1)
    return PlaceShares(
        *(sum(level in levels for levels in found) / count for level in PlaceShares._fields)
    )


def _nothing() -> Iterable[str]:
    while True:
        yield ""


@cache
def _names() -> Names:
    return Names()


def _levels(text: str, kecamatan: str) -> frozenset[str]:
    if looks_like_code(text):
        reading = read_code(text)
        is_ours = reading is not None and reading.is_in_kabupaten and reading.level
        return frozenset({reading.level} if is_ours and reading and reading.level else ())
    ways = pieces_of(text, _names())
    home = tuple(
        settled.outcome.kecamatan_code
        for settled in [settle(pieces_of(kecamatan, _names()), _names(), (), "kecamatan",
                               is_many=False)]
        if settled.outcome
    ) if kecamatan else ()  # fmt: skip
    # "Lontar, Tirtayasa" is a list of two desa or one desa in its kecamatan: a place either way.
    found = (settle(ways, _names(), home, "desa", is_many=many).outcome for many in (True, False))
    desa = next(filter(None, found), None)
    above = settle(ways, _names(), (), "kecamatan", is_many=False).outcome
    levels = set()
    if desa and desa.villages:
        levels.add("desa")
        parents = [piece for piece in ways[0] if piece.kind == "name" and piece.kecamatan]
        if len([piece for piece in ways[0] if piece.kind == "name"]) > 1 and parents:
            levels.add("both")
    if above and not above.villages:
        levels.add("kecamatan")
    return frozenset(levels)
