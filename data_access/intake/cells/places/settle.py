"""From the pieces of a cell to the one place they mean.

Owns which name is the kecamatan and which the desa, and which desa belongs to which kecamatan.
Every reading is tried; where two of them lead to different places, nothing is taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Literal

from data_access.intake.cells.places.mentions import (
    LIST,
    MOST_WORDS_OF_NAME,
    SPACE,
    Piece,
    Pieces,
    is_detail,
)
from data_access.intake.cells.places.names import Names
from data_access.intake.cells.places.regions import NAMESAKES
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import normalise

# Which column a text stands in; "place" holds several levels at once.
Column = Literal["kecamatan", "desa", "place"]

# So many names that are desa and kecamatan at once make a list of desa, or a question.
_MOST_DOUBLE = 6
_CLEAR_SIGNS = frozenset({"(", ":"})
_LISTING_SIGNS = frozenset({LIST, ","})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One place that a text can mean.

    Attributes:
        kecamatan_code: where it counts.
        villages: codes in the order of the text; empty where the kecamatan as a whole is meant.
        is_paired: whether the signs set the kecamatan apart from the desa.
        is_clear: whether brackets, a colon or the word kecamatan do.
        is_sure: whether it may be taken, or only proposed.
        has_details: whether it holds a hamlet, a street or a hall that is not kept.
        is_unnamed: whether it speaks of desa without their names.
    """

    kecamatan_code: str
    villages: tuple[str, ...]
    is_paired: bool = False
    is_clear: bool = False
    is_sure: bool = True
    has_details: bool = False
    is_unnamed: bool = False

    @property
    def place(self) -> tuple[str, tuple[str, ...]]:
        return self.kecamatan_code, self.villages

    @property
    def codes(self) -> tuple[str, ...]:
        return self.villages or (self.kecamatan_code,)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a text means.

    Attributes:
        outcome: None where it is unclear.
        proposals: codes that it may mean, best first.
        is_several: whether it names several desa where one is wanted.
        is_doubtful: whether another reading was possible, so that what was read is said.
    """

    outcome: Outcome | None
    proposals: tuple[str, ...] = ()
    is_several: bool = False
    is_doubtful: bool = False
    outcomes: tuple[Outcome, ...] = field(default=())


def settle(
    ways: Sequence[Pieces],
    names: Names,
    home: Collection[str],
    column: Column,
    *,
    is_many: bool,
) -> Settled:
    """Find the place that the ways to understand a text have in common.

    Args:
        home: codes of the kecamatan that another column names; empty where none does.
        is_many: whether several desa may be meant.
    """
    found = [
        outcome
        for way in ways
        for outcome in _Reading(way, names, home, column, is_many).outcomes()
    ]
    outcomes = list({(one.place, one.is_sure): one for one in found}.values())
    fitting = [one for one in outcomes if is_many or len(one.villages) <= 1]
    proposals = tuple(dict.fromkeys(code for one in fitting or outcomes for code in one.codes))
    if not fitting:
        return Settled(None, proposals, is_several=any(one.is_sure for one in outcomes))
    places = {one.place for one in fitting}
    is_open = bool(home) and len({one.place for one in outcomes}) > 1
    if len(places) > 1:
        paired = [one for one in fitting if one.is_paired]
        places = {one.place for one in paired}
        fitting = paired
    # A way that may only be proposed does not weaken one that is sure.
    sure = next((one for one in fitting if one.is_sure), None)
    if len(places) != 1 or sure is None:
        return Settled(None, proposals, outcomes=tuple(outcomes))
    return Settled(
        sure, proposals, is_doubtful=is_open and not sure.is_clear, outcomes=tuple(outcomes)
    )


class _Reading:
    """One way to understand a text, with each choice of levels."""

    def __init__(
        self,
        way: Pieces,
        names: Names,
        home: Collection[str],
        column: Column,
        is_many: bool,
    ) -> None:
        self._way = way
        self._known = names
        self._home = home
        self._column = column
        self._is_many = is_many
        self._names = [piece for piece in way if piece.kind == "name"]
        self._kinds = {piece.kind for piece in way}

    def outcomes(self) -> Iterator[Outcome]:
        if "unknown" in self._kinds or "region" in self._kinds:
            return
        if not self._names:
            if self._kinds & {"all", "count"} and len(self._home) == 1:
                yield Outcome(next(iter(self._home)), (), is_unnamed=True)
            return
        for levels in self._levels():
            outcome = self._outcome(levels)
            if outcome:
                yield outcome

    def _levels(self) -> Iterator[tuple[str, ...]]:
        double = sum(not one.level and bool(one.desa and one.kecamatan) for one in self._names)
        choices = [self._choices(one, is_many=double > _MOST_DOUBLE) for one in self._names]
        yield from product(*choices)

    def _choices(self, name: Piece, *, is_many: bool) -> Sequence[str]:
        if name.level:
            return (name.level,)
        alone = len(self._names) == 1 and not self._kinds & {"detail", "all", "count"}
        if (alone and self._column == "desa") or is_many:
            return ("desa",) if name.desa else ()
        is_coded = bool(name.kecamatan) and any(
            one.is_code and one.kecamatan == name.kecamatan for one in self._names
        )
        if (alone and self._column == "kecamatan") or (is_coded and self._column != "desa"):
            return ("kecamatan",) if name.kecamatan else ()
        return [level for level in ("desa", "kecamatan") if getattr(name, level)]

    def _outcome(self, levels: Sequence[str]) -> Outcome | None:
        pairs = list(zip(self._names, levels, strict=True))
        above = [name for name, level in pairs if level == "kecamatan"]
        desa = [name for name, level in pairs if level == "desa"]
        if self._is_said_twice(above) or self._is_miscoded(levels):
            return None
        if not desa:
            return self._whole_kecamatan(above)
        homes = self._homes(pairs)
        if homes is None:
            return None
        villages: list[str] = []
        for name, within in zip(desa, homes, strict=True):
            codes = name.desa if name.is_chosen else self._resolved(name, within)
            if len(codes) != 1:
                return None
            villages += codes
        return self._settled(above, desa, tuple(dict.fromkeys(villages)), levels)

    def _whole_kecamatan(self, above: Sequence[Piece]) -> Outcome | None:
        codes = {code for name in above for code in name.kecamatan}
        if len(codes) != 1 or not (not self._home or codes <= set(self._home)):
            return None
        is_sure = not self._kinds & {"detail", "fine"} or any(name.level for name in above)
        # "Dusun 1 Lontar, Kec. Tirtayasa" surely means a desa, but does not say so.
        details = (piece.text for piece in self._way if piece.kind == "detail")
        is_sure = is_sure and not any(named_inside(one, self._known, codes) for one in details)
        return Outcome(
            min(codes), (), is_sure=is_sure, has_details="detail" in self._kinds,
            is_unnamed=bool(self._kinds & {"all", "count"}),
        )  # fmt: skip

    def _resolved(self, name: Piece, within: Collection[str]) -> frozenset[str]:
        if not within:
            return name.desa
        inside = frozenset(code for code in name.desa if kecamatan_code_of(code) in within)
        return inside or self._known.desa(normalise(name.text), within)

    def _settled(
        self,
        above: Sequence[Piece],
        desa: Sequence[Piece],
        villages: tuple[str, ...],
        levels: Sequence[str],
    ) -> Outcome | None:
        counted = [piece.number for piece in self._way if piece.kind == "count"]
        if "all" in self._kinds or any(number != len(villages) for number in counted):
            return None
        return Outcome(
            kecamatan_code_of(villages[0]), villages,
            is_paired=self._is_paired(levels),
            is_clear=self._is_clear(levels),
            is_sure=all(self._is_sure(name, above) for name in desa)
            and not self._is_mismatched(levels, villages),
            has_details=bool(self._kinds & {"detail", "fine"}),
        )  # fmt: skip

    def _is_sure(self, name: Piece, above: Sequence[Piece]) -> bool:
        """Whether a name is surely that of the desa, not of a hamlet or a place elsewhere."""
        if name.level:
            return True
        if "detail" in self._kinds:
            return False
        if self._column == "place" and "fine" in self._kinds:
            return False
        if self._column == "place" and not above and is_detail(name.text):
            return False
        is_located = bool(above or self._home or "own" in self._kinds)
        return is_located or normalise(name.text) not in NAMESAKES

    def _is_mismatched(self, levels: Sequence[str], villages: tuple[str, ...]) -> bool:
        """Whether a list of desa may be a desa beside a kecamatan that it does not lie in."""
        if self._home or "kecamatan" in levels or len(set(map(kecamatan_code_of, villages))) < 2:
            return False
        listing = _LISTING_SIGNS if self._column == "desa" else {LIST}
        return any(
            (first.kecamatan or second.kecamatan)
            and not (first.level and second.level)
            and second.before not in listing
            for first, second in pairwise(self._names)
        )

    def _is_said_twice(self, above: Sequence[Piece]) -> bool:
        """Nobody writes a kecamatan twice without saying so: one of the two is the desa."""
        bare = [min(name.kecamatan) for name in above if not name.level]
        return len(bare) != len(set(bare))

    def _is_miscoded(self, levels: Sequence[str]) -> bool:
        """Whether a code stands beside a name of the same level that it is not the code of."""
        return any(
            one.is_code != other.is_code
            and first == second
            and other.before not in _LISTING_SIGNS
            and getattr(one, first).isdisjoint(getattr(other, first))
            for (one, first), (other, second) in pairwise(zip(self._names, levels, strict=True))
        )

    def _homes(self, pairs: Sequence[tuple[Piece, str]]) -> list[Collection[str]] | None:
        """The kecamatan of each desa, None where these levels make no sense."""
        codes = [min(name.kecamatan) for name, level in pairs if level == "kecamatan"]
        count = len(pairs) - len(codes)
        if any(self._home and code not in self._home for code in codes):
            return None
        if not codes:
            return [self._home] * count
        if self._is_parted_by_list(pairs):
            return None
        at_end = "kecamatan" in (pairs[0][1], pairs[-1][1])
        if len(set(codes)) == 1:
            return [codes[:1]] * count if at_end or codes[0] in self._home else None
        forward = _grouped(pairs)
        backward = _grouped(pairs[::-1])
        if forward is None or backward is None:
            return forward or (backward and backward[::-1])
        return None

    def _is_parted_by_list(self, pairs: Sequence[tuple[Piece, str]]) -> bool:
        """Whether "dan" or a number stands between a bare kecamatan and all its desa."""
        for place, (name, level) in enumerate(pairs):
            if level != "kecamatan" or name.level:
                continue
            before = [name.before] if place else []
            behind = [pairs[place + 1][0].before] if place + 1 < len(pairs) else []
            if all(sign == LIST for sign in before + behind):
                return True
        return False

    def _is_paired(self, levels: Sequence[str]) -> bool:
        """Whether the kecamatan is parted from the desa in another way than these are."""
        if "kecamatan" not in levels or self._is_clear(levels):
            return "kecamatan" in levels
        pairing, listing = self._signs(levels)
        if len(levels) > 2 and len(pairing | listing) == 1:
            return False
        # In a column of desa "Lontar, Tirtayasa" may as well be two of them.
        is_list = self._is_many and self._column == "desa"
        if is_list and (self._home or (len(levels) == 2 and "," in pairing)):
            return False
        return pairing.isdisjoint(listing)

    def _is_clear(self, levels: Sequence[str]) -> bool:
        above = [name for name, level in zip(self._names, levels, strict=True)
                 if level == "kecamatan"]  # fmt: skip
        return all(name.level for name in above) or self._signs(levels)[0] <= _CLEAR_SIGNS

    def _signs(self, levels: Sequence[str]) -> tuple[set[str], set[str]]:
        """The signs between a kecamatan and a desa, and those between two of one level."""
        pairing: set[str] = set()
        listing: set[str] = set()
        for place in range(1, len(levels)):
            is_pair = levels[place - 1] != levels[place]
            (pairing if is_pair else listing).add(self._names[place].before)
        return pairing, listing


def _grouped(pairs: Sequence[tuple[Piece, str]]) -> list[Collection[str]] | None:
    """The kecamatan before each desa, None where one has none or a kecamatan has no desa."""
    homes: list[Collection[str]] = []
    current: tuple[str, ...] = ()
    is_used = True
    for name, level in pairs:
        if level == "kecamatan":
            code = min(name.kecamatan)
            if not is_used and current != (code,):
                return None
            current, is_used = (code,), False
        elif not current:
            return None
        else:
            homes.append(current)
            is_used = True
    return homes if is_used else None


def proposals_within(
    ways: Sequence[Pieces], names: Names, home: Collection[str]
) -> tuple[str, ...]:
    """Return the desa and kecamatan that are named somewhere in a text, also inside an address."""
    found: list[str] = []
    for piece in (piece for way in ways for piece in way):
        if piece.kind == "name":
            found += [*sorted(piece.desa), *sorted(piece.kecamatan)]
        elif piece.kind in ("detail", "unknown"):
            found += named_inside(piece.text, names, home)
    inside = [code for code in found if not home or kecamatan_code_of(code) in home]
    desa = [code for code in inside if code in gazetteer().desa_by_code]
    return tuple(dict.fromkeys(desa or inside or found))


def named_inside(text: str, names: Names, within: Collection[str]) -> list[str]:
    """Return the desa whose names are among the words of a text."""
    words = text.split()
    spans = (
        SPACE.join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + MOST_WORDS_OF_NAME, len(words)) + 1)
    )
    return [code for span in spans for code in sorted(names.desa(normalise(span), within))]
