"""The place columns of a row together.

Owns which column is believed, what a contradiction is, and what is asked where a place is
unclear. What one text means is `settle`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.intake.cells.places.codes import (
    desa_code,
    kecamatan_code,
    looks_like_code,
    refuse_bad_code,
)
from data_access.intake.cells.places.confirmed import OUTSIDE_CODE, alias_key
from data_access.intake.cells.places.errors import (
    ForeignPlaceError,
    KabupatenUnclearError,
    PlaceContradictsError,
    PlaceError,
    PlaceUnclearError,
    SeveralDesaError,
    UnclearName,
)
from data_access.intake.cells.places.mentions import Pieces, pieces_of, plain
from data_access.intake.cells.places.names import Names
from data_access.intake.cells.places.reading import (
    CITY_OR_KABUPATEN,
    DESA_UNKNOWN,
    DESA_UNNAMED,
    DETAILS_LEFT_OUT,
    NOWHERE,
    OUTSIDE,
    VENUE_ELSEWHERE,
    VENUE_ONLY,
    PlaceReading,
    WrittenPlace,
    reading_of,
)
from data_access.intake.cells.places.regions import (
    NAMESAKES,
    is_city_or_kabupaten,
    is_foreign_kecamatan,
    is_foreign_name,
    is_foreign_region,
    is_own_region,
    region_of,
)
from data_access.intake.cells.places.settle import (
    Column,
    Outcome,
    Settled,
    named_inside,
    proposals_within,
    settle,
)
from data_access.intake.cells.places.vocabulary import NEAR_WORDS
from geo.area import area
from geo.gazetteer import gazetteer, kecamatan_code_of
from geo.matching import Candidate, ConfirmedAlias, match_place, normalise, read_code

_UNKNOWN = frozenset(
    {"", "tidakdiketahui", "tdkdiketahui", "belumdiketahui", "tidaktahu", "tidakadadata", "na",
     "tanpaketerangan", "tidakadaketerangan"}
)  # fmt: skip
_PARTS = re.compile(r"[;,/&+\n]|\s+(?:dan|serta)\s+", re.IGNORECASE)
# Looking for suggestions takes a millisecond a name; nobody answers a thousand questions.
MOST_SUGGESTED = 1_000
_MOST_CANDIDATES = 5

_NOT_SEARCHED = (
    f"tidak dikenal; berkas ini memuat lebih dari {MOST_SUGGESTED} nama yang tidak dikenal, "
    "sehingga saran tidak dicari lagi"
)
_BOTH_LEVELS = "adalah nama kecamatan dan juga nama desa"
_IN_SEVERAL = "adalah nama desa di beberapa kecamatan"
_MISMATCHED = "menyebut desa dan kecamatan yang tidak sesuai"
_NAMESAKE = "adalah nama desa, tetapi juga nama kabupaten lain"
_SEVERAL_KECAMATAN = "menyebut lebih dari satu kecamatan"
_NOT_CERTAIN = "tidak menyebut dengan pasti desa mana yang dimaksud"
_ONE_OR_LIST = "dapat dibaca sebagai satu tempat atau sebagai daftar desa"
_NO_NAME = "tidak menyebut nama desa atau kecamatan"
_ELSEWHERE = "tidak terletak di kecamatan itu"


@dataclass(frozen=True, slots=True)
class _Home:
    """What the kecamatan columns say: the text, the kecamatan, and desa written with them."""

    text: str = ""
    codes: tuple[str, ...] = ()
    reading: PlaceReading | None = None


class PlaceReader:
    """Reads places, each different one once.

    Args:
        confirmed: (kecamatan, desa) as written -> code that a person chose, or OUTSIDE_CODE.
        spellings: spellings that were confirmed for boundary files.
        is_many: whether a row may name several desa (sessions).
        is_outside_kept: whether a place outside the kabupaten is a fact, not an error (cases).
    """

    def __init__(
        self,
        confirmed: Mapping[tuple[str, str], str],
        spellings: Sequence[ConfirmedAlias] = (),
        *,
        is_many: bool = False,
        is_outside_kept: bool = False,
    ) -> None:
        self._confirmed = {alias_key(*written): code for written, code in confirmed.items()}
        self._spellings = tuple(spellings)
        self._names = Names(self._confirmed, self._spellings)
        self._is_many = is_many
        self._is_outside_kept = is_outside_kept
        self._known: dict[WrittenPlace, PlaceReading | PlaceError] = {}
        self._homes: dict[tuple[str, str], _Home | PlaceError] = {}
        self._suggested = 0

    def read(self, written: WrittenPlace) -> PlaceReading:
        """Read the place of a row.

        Raises:
            PlaceError: one of its subclasses; PlaceUnclearError where a person must choose.
        """
        found = self._known.get(written)
        if found is None:
            found = self._known[written] = self._judged(written)
        if isinstance(found, PlaceError):
            # A fresh traceback each time would pile up on the kept error.
            raise found.with_traceback(None)
        return found

    def _judged(self, written: WrittenPlace) -> PlaceReading | PlaceError:
        try:
            return self._read(WrittenPlace(*map(_blank_unknown, written)))
        except PlaceError as error:
            if self._is_outside_kept and isinstance(error, ForeignPlaceError):
                return PlaceReading(None, (), OUTSIDE)
            # What it was raised from would be kept with it, for each of many names.
            return error.with_traceback(None)

    def _read(self, written: WrittenPlace) -> PlaceReading:
        region = _region(written)
        if written.village_code:
            return self._by_code(written)
        if written.desa:
            return self._checked(self._named(written, written.desa, "desa"), written)
        if written.place:
            return self._named(written, written.place, "place")
        home = self._home(written)
        if home.reading:
            return home.reading
        if len(home.codes) > 1:
            name = UnclearName(home.text, "", self._options(home.codes), _SEVERAL_KECAMATAN)
            raise PlaceUnclearError(home.text, [name])
        if home.codes:
            return PlaceReading(home.codes[0], (), DESA_UNKNOWN)
        return PlaceReading(None, (), CITY_OR_KABUPATEN) if region == "bare" else NOWHERE

    # --- codes -----------------------------------------------------------------------------

    def _by_code(self, written: WrittenPlace) -> PlaceReading:
        parts = _parts(written.village_code) or [written.village_code]
        codes = tuple(dict.fromkeys(desa_code(part) for part in parts))
        if len(codes) > 1 and not self._is_many:
            raise SeveralDesaError(written.village_code)
        first = kecamatan_code_of(codes[0])
        home = self._home(written)
        if home.codes and (set(home.codes) != {first} if len(codes) == 1 else len(home.codes) > 1):
            raise PlaceContradictsError(written.village_code, home.text)
        first = home.codes[0] if home.codes else first
        if written.desa and len(codes) == 1:
            ways = pieces_of(written.desa, self._names)
            named = settle(ways, self._names, (first,), "desa", is_many=False).outcome
            elsewhere = named or settle(ways, self._names, (), "desa", is_many=False).outcome
            if elsewhere and elsewhere.villages and elsewhere.villages != codes:
                raise PlaceContradictsError(written.village_code, written.desa)
        return PlaceReading(first, codes)

    # --- the kecamatan columns ---------------------------------------------------------------

    def _home(self, written: WrittenPlace) -> _Home:
        key = (written.kecamatan_code, written.kecamatan)
        found = self._homes.get(key)
        if found is None:
            try:
                found = self._read_home(*key)
            except PlaceError as error:
                found = error
            self._homes[key] = found
        if isinstance(found, PlaceError):
            raise found.with_traceback(None)
        return found

    def _read_home(self, code: str, name: str) -> _Home:
        if not code:
            return self._kecamatan(name) if name else _Home()
        home = self._kecamatan(code)
        if name and not set(home.codes) <= set(self._kecamatan(name).codes):
            raise PlaceContradictsError(code, name)
        return home

    def _kecamatan(self, text: str) -> _Home:
        """What the text of a kecamatan column says."""
        chosen = self._choice(text, "")
        if chosen:
            return _Home(text, (kecamatan_code_of(chosen),), _desa_only(reading_of(chosen)))
        if looks_like_code(text):
            return _Home(text, (kecamatan_code(text),))
        if not self._names.kecamatan(normalise(text)) and is_foreign_kecamatan(text):
            raise ForeignPlaceError(text)
        ways = pieces_of(text, self._names)
        listed = self._listed_kecamatan(ways)
        if listed:
            return _Home(text, listed)
        settled = settle(ways, self._names, (), "kecamatan", is_many=self._is_many)
        if settled.outcome is None:
            _refuse_foreign_pieces(text, ways)
            if settled.is_several:
                raise SeveralDesaError(text)
            raise PlaceUnclearError(text, [self._unclear_kecamatan(text, ways, settled)])
        outcome = settled.outcome
        return _Home(text, _homes_of(outcome), _desa_only(_reading(outcome)))

    def _unclear_kecamatan(
        self, text: str, ways: Sequence[Pieces], settled: Settled
    ) -> UnclearName:
        above = tuple(dict.fromkeys(code for piece in ways[0] for code in piece.kecamatan))
        if len(above) > 1:
            return UnclearName(text, "", self._options(above), _SEVERAL_KECAMATAN)
        candidates = self._candidates(text, "", settled.proposals)
        return UnclearName(text, "", candidates, "" if candidates else self._unsearched())

    def _listed_kecamatan(self, ways: Sequence[Pieces]) -> tuple[str, ...]:
        """Several kecamatan of a session, () where it is not a list of different ones."""
        names = [piece for piece in ways[0] if piece.kind == "name" and not piece.is_code]
        codes = [code for name in names for code in name.kecamatan]
        is_list = len(names) == len(ways[0]) == len(codes) == len(set(codes)) > 1
        return tuple(codes) if self._is_many and len(ways) == 1 and is_list else ()

    # --- a text that names desa ----------------------------------------------------------------

    def _named(self, written: WrittenPlace, text: str, column: Column) -> PlaceReading:
        beside = written.kecamatan_code or written.kecamatan
        chosen = self._choice(beside, text)
        if chosen:
            return reading_of(chosen)
        try:
            home = self._home(written)
        except PlaceUnclearError as error:
            raise self._doubly_unclear(beside, text, error) from None
        except ForeignPlaceError:
            # "Serang" may be the kabupaten in a wrong column: only its desa can tell.
            if normalise(beside) != normalise(area().short_name):
                raise
            raise self._unclear(beside, text, self._suggest(beside, text)) from None
        if _is_kabupaten(text):
            return PlaceReading(home.codes[0], (), DESA_UNKNOWN) if home.codes else NOWHERE
        if looks_like_code(text):
            return self._code_as_name(home, text, column)
        ways = pieces_of(text, self._names, normalise(beside))
        settled = settle(ways, self._names, home.codes, column, is_many=self._is_many)
        if settled.outcome is None:
            return self._unsettled(home, text, column, ways, settled)
        reading = _reading(settled.outcome, is_doubtful=settled.is_doubtful and column == "desa")
        if home.reading and home.reading.villages != reading.villages:
            raise PlaceContradictsError(home.text, text)
        return self._at_home(home, reading)

    def _code_as_name(self, home: _Home, text: str, column: Column) -> PlaceReading:
        reading = read_code(text) if column == "place" else None
        is_kecamatan = reading is not None and reading.level == "kecamatan"
        code = kecamatan_code(text) if is_kecamatan else desa_code(text)
        if home.codes and kecamatan_code_of(code) not in home.codes:
            raise PlaceContradictsError(home.text, code)
        return reading_of(code)

    def _at_home(self, home: _Home, reading: PlaceReading) -> PlaceReading:
        """Where a session counts whose desa lie in several kecamatan."""
        homes = tuple(dict.fromkeys(map(kecamatan_code_of, reading.villages)))
        if len(homes) < 2:
            return reading
        first = next((code for code in home.codes if code in homes), homes[0])
        note = f"desa dari {len(homes)} kecamatan; kehadiran dihitung di {gazetteer().name(first)}."
        return replace(reading, kecamatan_code=first, note=note)

    def _checked(self, reading: PlaceReading, written: WrittenPlace) -> PlaceReading:
        """What a row's desa column says, beside a column of the venue."""
        if not written.place:
            return reading
        ways = pieces_of(written.place, self._names)
        venue = settle(ways, self._names, (), "place", is_many=True).outcome
        if venue is None or venue.has_details:
            is_same = venue is not None and set(venue.codes) <= {
                *reading.villages, reading.kecamatan_code
            }  # fmt: skip
            return reading if is_same else replace(reading, note=reading.note or VENUE_ELSEWHERE)
        is_inside = venue.kecamatan_code == reading.kecamatan_code
        if not is_inside or not set(venue.villages) <= set(reading.villages or venue.villages):
            raise PlaceContradictsError(written.place, written.desa)
        return reading

    # --- what is unclear -------------------------------------------------------------------------

    def _unsettled(
        self, home: _Home, text: str, column: Column, ways: Sequence[Pieces], settled: Settled
    ) -> PlaceReading:
        """Only the kecamatan, where a venue says no more; else the error."""
        _refuse_foreign_pieces(text, ways)
        if settled.is_several:
            raise SeveralDesaError(text)
        if not home.codes and column == "place" and _is_elsewhere(text):
            raise ForeignPlaceError(text)
        parts = self._unclear_parts(home, ways)
        if parts:
            raise PlaceUnclearError(text, parts)
        is_venue = column == "place" and len(home.codes) == 1 and _is_venue(ways)
        inside = settled.proposals
        if is_venue or self._suggested < MOST_SUGGESTED:
            inside = self._named_inside(home, column, ways, settled)
        if is_venue and not inside:
            return PlaceReading(home.codes[0], (), VENUE_ONLY)
        candidates = self._candidates(home.text, text, inside, ways)
        raise self._unclear(home.text, text, candidates, _why(settled, inside, home, ways))

    def _named_inside(
        self, home: _Home, column: Column, ways: Sequence[Pieces], settled: Settled
    ) -> tuple[str, ...]:
        """What a text may mean: its readings, then what its address mentions."""
        anywhere = settle(ways, self._names, (), column, is_many=True).proposals
        found = settled.proposals or anywhere
        above = home.codes or {kecamatan_code_of(code) for code in found}
        details = (piece.text for way in ways for piece in way if piece.kind == "detail")
        hidden = [code for text in details for code in named_inside(text, self._names, above)]
        if not found:
            return proposals_within(ways, self._names, home.codes)
        return tuple(dict.fromkeys(sorted([*found, *hidden], key=_is_kecamatan)))

    def _unclear_parts(self, home: _Home, ways: Sequence[Pieces]) -> list[UnclearName]:
        """The unknown parts of a list in which others are certain."""
        named = [piece for piece in ways[0] if piece.kind in ("name", "unknown")]
        unknown = [piece.text for piece in named if piece.kind == "unknown"]
        is_list = self._is_many and all(piece.before != " " for piece in named[1:])
        if any(part.split()[0].casefold() in NEAR_WORDS for part in unknown):
            return []
        if not (is_list and 0 < len(unknown) < len(named)):
            return []
        if not any(_in_home(piece.desa, home) for piece in named):
            return []
        return [
            UnclearName(home.text, part, self._candidates(home.text, part, ()), self._unsearched())
            for part in unknown
        ]

    def _doubly_unclear(self, beside: str, text: str, error: PlaceUnclearError) -> PlaceError:
        """A desa beside an unclear kecamatan: asked together where something is alike."""
        found = self._suggest(beside, text)
        return self._unclear(beside, text, found) if found else error

    def _unclear(
        self, kecamatan: str, text: str, candidates: tuple[Candidate, ...], why: str = ""
    ) -> PlaceUnclearError:
        why = why or ("" if candidates else self._unsearched())
        return PlaceUnclearError(text, [UnclearName(kecamatan, text, candidates, why)])

    def _candidates(
        self,
        kecamatan: str,
        desa: str,
        proposals: Sequence[str],
        ways: Sequence[Pieces] = (),
    ) -> tuple[Candidate, ...]:
        """What a text may mean: what it names, else what is alike."""
        if ways and all(piece.kind in ("all", "count") for way in ways for piece in way):
            return ()
        for way in ways:
            above = [piece.text for piece in way if piece.kecamatan]
            unknown = [piece.text for piece in way if piece.kind == "unknown"]
            if len(unknown) == 1 and (above or not proposals):
                found = self._suggest(kecamatan or " ".join(above[:1]), unknown[0])
                if found or not proposals:
                    return found
        return self._options(proposals) if proposals else self._suggest(kecamatan, desa)

    def _options(self, codes: Sequence[str]) -> tuple[Candidate, ...]:
        names = gazetteer()
        return tuple(Candidate(code, names.name(code), 100.0) for code in codes[:_MOST_CANDIDATES])

    def _suggest(self, kecamatan: str, desa: str) -> tuple[Candidate, ...]:
        """Names that are alike, best first; none once too many were looked for."""
        self._suggested += 1
        if self._suggested > MOST_SUGGESTED:
            return ()
        return match_place(plain(kecamatan), plain(desa), self._spellings).candidates

    def _unsearched(self) -> str:
        return _NOT_SEARCHED if self._suggested > MOST_SUGGESTED else ""

    def _choice(self, kecamatan: str, desa: str) -> str:
        """The code that a person chose for words as they are written, "" if none did."""
        code = self._confirmed.get(alias_key(kecamatan, desa), "")
        if code == OUTSIDE_CODE:
            raise ForeignPlaceError(desa or kecamatan)
        return code


def _blank_unknown(text: str) -> str:
    return "" if not text or normalise(text) in _UNKNOWN else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _region(written: WrittenPlace) -> str:
    """What the row says about its kabupaten; foreign names and codes are refused."""
    region = region_of(written.kabupaten) if written.kabupaten else ""
    if region == "foreign":
        raise ForeignPlaceError(written.kabupaten)
    if region == "unclear":
        raise KabupatenUnclearError(written.kabupaten)
    if is_foreign_name(written.kecamatan):
        raise ForeignPlaceError(written.kecamatan)
    for text in filter(None, (written.kecamatan, written.desa, written.place)):
        if is_city_or_kabupaten(text):
            raise KabupatenUnclearError(text)
        if is_foreign_region(text):
            raise ForeignPlaceError(text)
    for text in filter(None, written[:4]):
        if looks_like_code(text):
            refuse_bad_code(text)
    return region


def _refuse_foreign_pieces(text: str, ways: Sequence[Pieces]) -> None:
    regions = [piece.text for piece in ways[0] if piece.kind == "region"]
    if any(region_of(region) == "unclear" for region in regions):
        raise KabupatenUnclearError(text)
    if regions:
        raise ForeignPlaceError(text)


def _reading(outcome: Outcome, *, is_doubtful: bool = False) -> PlaceReading:
    if not outcome.villages:
        note = DESA_UNNAMED if outcome.is_unnamed else DESA_UNKNOWN
        return PlaceReading(outcome.kecamatan_code, (), note)
    note = DETAILS_LEFT_OUT if outcome.has_details else ""
    if is_doubtful:
        names = ", ".join(gazetteer().name(code) for code in outcome.villages)
        note = f"dibaca desa {names}, Kecamatan {gazetteer().name(outcome.kecamatan_code)}."
    return PlaceReading(outcome.kecamatan_code, outcome.villages, note)


def _desa_only(reading: PlaceReading) -> PlaceReading | None:
    return reading if reading.villages or reading.note != DESA_UNKNOWN else None


def _is_kecamatan(code: str) -> bool:
    return code in gazetteer().kecamatan_by_code


def _homes_of(outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(kecamatan_code_of, outcome.codes)))


def _in_home(codes: frozenset[str], home: _Home) -> bool:
    return any(not home.codes or kecamatan_code_of(code) in home.codes for code in codes)


def _is_kabupaten(text: str) -> bool:
    return is_own_region(text) and region_of(text) == "own"


def _is_elsewhere(text: str) -> bool:
    return is_foreign_name(text) and normalise(text) not in NAMESAKES


def _is_venue(ways: Sequence[Pieces]) -> bool:
    kinds = {piece.kind for way in ways for piece in way}
    return "detail" in kinds and kinds <= {"detail", "fine", "own", "bare"}


def _why(settled: Settled, inside: Sequence[str], home: _Home, ways: Sequence[Pieces]) -> str:
    """What is unclear about a text, "" where its spelling is merely unknown."""
    names = {piece.text for way in ways for piece in way if piece.kind == "name"}
    kinds = {piece.kind for way in ways for piece in way}
    levels = {code.count(".") for code in inside}
    if not inside:
        return "" if "unknown" in kinds else _NO_NAME
    if kinds & {"unknown", "detail"} or (kinds & {"fine"} and len(names) == 1):
        return _NOT_CERTAIN
    if home.codes and not any(kecamatan_code_of(code) in home.codes for code in inside):
        return _ELSEWHERE
    if len(names) > 1:
        return _ONE_OR_LIST if settled.outcomes else _MISMATCHED
    if len(levels) > 1:
        return _BOTH_LEVELS
    return _IN_SEVERAL if len(inside) > 1 else _NAMESAKE
