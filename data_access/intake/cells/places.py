"""From the place columns of a row to official codes.

Owns what a code column, a name column and several desa in one cell mean together, what lies
outside the kabupaten, and the names that a person confirmed. The matching of a single name is
`geo.matching`'s; nothing is accepted here that is a mere candidate there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from data_access.intake.cells.personal import shown
from data_access.intake.writing.json_store import RememberedDamagedError, read_rows, replace_rows
from geo.errors import UnknownCodeError
from geo.gazetteer import KABUPATEN_CODE, gazetteer, kecamatan_code_of
from geo.matching import Candidate, ConfirmedAlias, PlaceMatch, match_place, normalise, read_code

ALIAS_FILE = "intake_aliases.json"
# What a person chooses for a name that is none of the kabupaten's.
OUTSIDE_CODE = "luar"


# Kecamatan of the two cities beside the kabupaten, and regions that files name instead.
_FOREIGN_KECAMATAN = frozenset(
    {"cipocokjaya", "curug", "kasemen", "serang", "taktakan", "walantaka", "cibeber", "cilegon",
     "citangkil", "ciwandan", "grogol", "jombang", "pulomerak", "purwakarta"}
)  # fmt: skip
_KECAMATAN_PREFIX = re.compile(r"^\s*kec(?:amatan)?\b\.?", re.IGNORECASE)
_REGION = re.compile(
    r"(?:kab(?:upaten)?|kota|prov(?:insi)?)\b\.?\s*\w.*|luar\s+(?:kab|kota|daerah|wilayah|banten).*",
    re.IGNORECASE,
)
_CITY_INSIDE = re.compile(r"\bkota\s+(?:serang|cilegon)\b", re.IGNORECASE)
# Without a word before it such a name may also be a desa: Lebak is one in Ciomas.
_FOREIGN_NAMES = frozenset({"lebak", "pandeglang", "tangerang", "kotaserang", "kotacilegon"})
_OWN_REGION = frozenset(
    {"serang", "kabserang", "kabupatenserang", "kabupatenserangbanten", "3604", "kabserangbanten"}
)
_UNKNOWN = frozenset(
    {"", "tidakdiketahui", "tdkdiketahui", "belumdiketahui", "tidaktahu", "tidakadadata", "na",
     "tanpaketerangan", "tidakadaketerangan"}
)  # fmt: skip
_PARTS = re.compile(r"[;,/&\n]|\s+dan\s+", re.IGNORECASE)
# "Ds. Lontar, Kec. Tirtayasa" and "Lontar (Tirtayasa)"
_WITH_KECAMATAN = re.compile(
    r"(?P<desa>.+?)[\s,;/(–-]+kec(?:amatan)?\b\.?\s*(?P<kec>[^();,]+?)\)?",
    re.IGNORECASE | re.DOTALL,
)
_IN_BRACKETS = re.compile(r"(?P<desa>[^()]+)\((?P<kec>[^()]+)\)")
_CODE_LIKE = re.compile(r"(?:id)?[\d.\s]*\d[\d.\s]*", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE)


class PlaceError(ValueError):
    """Root of what can be wrong with a place.

    Attributes:
        written: the text at fault.
    """

    def __init__(self, written: str, sentence: str) -> None:
        self.written = written
        super().__init__(sentence)


class DamagedCodeError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"Kode “{shown(written)}” dirusak oleh Excel (angka ringkas atau dibulatkan). Ubah "
            "format kolomnya menjadi Teks lalu tulis ulang kodenya, misalnya 36.04.12.2001.",
        )


class UnknownPlaceCodeError(PlaceError):
    def __init__(self, written: str, level: str) -> None:
        example = "36.04.12" if level == "kecamatan" else "36.04.12.2001"
        super().__init__(
            written,
            f"Kode “{shown(written)}” bukan kode {level} Kabupaten Serang. "
            f"Tulis kode Kemendagri, misalnya {example}.",
        )


class ForeignPlaceError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"“{shown(written)}” di luar Kabupaten Serang ({KABUPATEN_CODE}). "
            "Hapus baris ini atau perbaiki wilayahnya.",
        )


class PlaceContradictsError(PlaceError):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            first,
            f"“{shown(first)}” dan “{shown(second)}” menunjuk wilayah yang berbeda. "
            "Perbaiki salah satunya.",
        )


class SeveralDesaError(PlaceError):
    def __init__(self, written: str) -> None:
        super().__init__(
            written,
            f"“{shown(written)}” menyebut beberapa desa. Satu baris hanya untuk satu desa; "
            "pisahkan menjadi beberapa baris.",
        )


class PlaceMissingError(PlaceError):
    def __init__(self, wanted: str) -> None:
        super().__init__("", f"{wanted} kosong. Isi nama atau kodenya.")


@dataclass(frozen=True, slots=True)
class UnclearName:
    """Words that a person must confirm; desa is "" where the kecamatan is unclear."""

    kecamatan: str
    desa: str
    candidates: tuple[Candidate, ...] = ()


class PlaceUnclearError(PlaceError):
    """Names that a person must confirm.

    Attributes:
        names: each with its suggestions, best first; there may be none.
    """

    def __init__(self, written: str, names: Sequence[UnclearName]) -> None:
        self.names = tuple(names)
        sentences = (
            f"{'Desa' if name.desa else 'Kecamatan'} “{shown(name.desa or name.kecamatan)}” "
            f"{_why(name.candidates)}."
            for name in self.names
        )
        super().__init__(
            written,
            f"{' '.join(sentences)} Pilih yang dimaksud pada daftar nama yang menunggu "
            "konfirmasi, atau perbaiki ejaannya.",
        )


class WrittenPlace(NamedTuple):
    """The place columns of a row, as text; "" where there is no such column or value.

    `place` is a column that holds several levels at once, such as "Kecamatan/Desa" or "Lokasi".
    """

    kecamatan: str = ""
    desa: str = ""
    kecamatan_code: str = ""
    village_code: str = ""
    kabupaten: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """Where a row belongs.

    Attributes:
        kecamatan_code: None where no place was written, or one outside the kabupaten.
        villages: desa codes; empty where only the kecamatan is known.
        note: Indonesian sentence about what was assumed, or "".
    """

    kecamatan_code: str | None
    villages: tuple[str, ...] = ()
    note: str = ""


NOWHERE = PlaceReading(None)
DESA_UNKNOWN = "desa tidak diketahui; baris dihitung pada kecamatannya."
OUTSIDE = "asal di luar Kabupaten Serang; baris dihitung pada jumlah seluruhnya saja."


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
        self._is_many = is_many
        self._is_outside_kept = is_outside_kept
        self._known: dict[WrittenPlace, PlaceReading | PlaceError] = {}

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
        except ForeignPlaceError as error:
            return PlaceReading(None, (), OUTSIDE) if self._is_outside_kept else error
        except PlaceError as error:
            return error

    def _read(self, written: WrittenPlace) -> PlaceReading:
        _refuse_foreign(written)
        if written.village_code:
            return self._by_code(written)
        kecamatan = written.kecamatan_code or written.kecamatan
        if written.kecamatan_code and written.kecamatan:
            self._check_kecamatan(written.kecamatan_code, written.kecamatan)
        if written.desa:
            return self._by_name(kecamatan, written.desa)
        if kecamatan:
            return PlaceReading(self._kecamatan(kecamatan), (), DESA_UNKNOWN)
        return NOWHERE

    def _by_code(self, written: WrittenPlace) -> PlaceReading:
        parts = _parts(written.village_code) or [written.village_code]
        codes = tuple(dict.fromkeys(_desa_code(part) for part in parts))
        if len(codes) > 1 and not self._is_many:
            raise SeveralDesaError(written.village_code)
        first = kecamatan_code_of(codes[0])
        for kecamatan in filter(None, (written.kecamatan_code, written.kecamatan)):
            known = self._kecamatan(kecamatan)
            if len(codes) == 1 and known != first:
                raise PlaceContradictsError(written.village_code, kecamatan)
            first = known
        if written.desa and len(codes) == 1:
            named = match_place(first, written.desa, self._spellings)
            elsewhere = named.code is None and match_place("", written.desa).code
            if (named.code or elsewhere or codes[0]) != codes[0]:
                raise PlaceContradictsError(written.village_code, written.desa)
        return PlaceReading(first, codes)

    def _by_name(self, kecamatan: str, desa: str) -> PlaceReading:
        # "Serang" may be the kabupaten in a wrong column: only its desa can tell.
        if _is_foreign_kecamatan(kecamatan) and normalise(kecamatan) != "serang":
            raise ForeignPlaceError(kecamatan)
        whole = self._match(kecamatan, desa)
        if whole.code:
            return _reading_of(whole.code)
        if not kecamatan and (split := self._split(desa)):
            return self._by_name(*split)
        if _looks_like_code(desa):
            # The code is sound but of another kecamatan, or it is none at all.
            raise PlaceContradictsError(kecamatan, _desa_code(desa))
        parts = _parts(desa)
        is_list = len(parts) > 1 or (self._is_many and len(_parts(kecamatan)) > 1)
        codes = self._all_parts(kecamatan, parts) if is_list else ()
        if len(codes) > 1 and not self._is_many:
            raise SeveralDesaError(desa)
        if codes:
            return self._several(kecamatan, codes)
        if not whole.candidates and kecamatan:
            self._all_kecamatan(kecamatan)
        raise PlaceUnclearError(desa, self._unclear(kecamatan, desa, parts, whole))

    def _unclear(
        self, kecamatan: str, desa: str, parts: Sequence[str], whole: PlaceMatch
    ) -> list[UnclearName]:
        """What to ask: the unclear parts where others are certain, else the whole."""
        matches = [self._match(kecamatan, part) for part in parts]
        if self._is_many and len(parts) > 1 and any(match.code for match in matches):
            return [
                UnclearName(kecamatan, part, match.candidates)
                for part, match in zip(parts, matches, strict=True)
                if match.code is None
            ]
        return [UnclearName(kecamatan, desa, whole.candidates)]

    def _several(self, kecamatan: str, codes: tuple[str, ...]) -> PlaceReading:
        homes = tuple(dict.fromkeys(kecamatan_code_of(code) for code in codes))
        written = [self._match(part, "").code for part in [kecamatan, *_parts(kecamatan)] if part]
        home = next((code for code in written if code in homes), homes[0])
        if len(homes) == 1:
            return PlaceReading(home, codes)
        return PlaceReading(
            home, codes,
            f"desa dari {len(homes)} kecamatan; kehadiran dihitung di {gazetteer().name(home)}.",
        )  # fmt: skip

    def _all_parts(self, kecamatan: str, parts: Sequence[str]) -> tuple[str, ...]:
        """Codes of all parts, () unless each is certain and a desa."""
        within = [kecamatan]
        if kecamatan and self._match(kecamatan, "").code is None:
            within = _parts(kecamatan) or within
        codes: list[str] = []
        for part in parts:
            matched = {self._match(one, part).code for one in within} - {None}
            if len(matched) != 1:
                return ()
            codes += [code for code in matched if code and code != kecamatan_code_of(code)]
        return tuple(dict.fromkeys(codes)) if len(codes) == len(parts) else ()

    def _split(self, text: str) -> tuple[str, str] | None:
        """Kecamatan and desa of "Ds. Lontar, Kec. Tirtayasa", if that is a kecamatan."""
        for pattern in (_WITH_KECAMATAN, _IN_BRACKETS):
            found = pattern.fullmatch(text.strip())
            if found and self._match(found["kec"].strip(), "").code:
                return found["kec"].strip(), found["desa"].strip()
        return None

    def _all_kecamatan(self, text: str) -> None:
        """Let pass one kecamatan, or for sessions several."""
        parts = _parts(text) if self._is_many else []
        if self._match(text, "").code is None and not all(
            self._match(part, "").code for part in parts or [text]
        ):
            self._kecamatan(text)

    def _kecamatan(self, text: str) -> str:
        """The code of a kecamatan written as name or code."""
        if _looks_like_code(text):
            return _kecamatan_code(text)
        match = self._match(text, "")
        if match.code:
            return match.code
        if _is_foreign_kecamatan(text):
            raise ForeignPlaceError(text)
        raise PlaceUnclearError(text, [UnclearName(text, "", match.candidates)])

    def _check_kecamatan(self, code: str, name: str) -> None:
        if self._kecamatan(code) != self._kecamatan(name):
            raise PlaceContradictsError(code, name)

    def _match(self, kecamatan: str, desa: str) -> PlaceMatch:
        code = self._confirmed.get(alias_key(kecamatan, desa))
        if code == OUTSIDE_CODE:
            raise ForeignPlaceError(desa or kecamatan)
        if code:
            return PlaceMatch(code, gazetteer().name(code), "alias")
        beside = self._confirmed.get(alias_key(kecamatan, ""), kecamatan)
        if beside == OUTSIDE_CODE:
            raise ForeignPlaceError(kecamatan)
        return match_place(beside, desa, self._spellings)


def alias_key(kecamatan: str, desa: str) -> tuple[str, str]:
    """Reduce a written place to what two spellings of the same words share."""
    return normalise(kecamatan), normalise(desa)


def load_aliases(data_dir: Path) -> dict[tuple[str, str], str]:
    """Return the places that people confirmed: reduced (kecamatan, desa) -> code.

    Raises:
        RememberedDamagedError: if the file holds anything else.
    """
    path = data_dir / ALIAS_FILE
    aliases: dict[tuple[str, str], str] = {}
    for row in read_rows(path):
        kecamatan, desa, code = row.get("kecamatan"), row.get("desa"), row.get("code")
        if not (isinstance(kecamatan, str) and isinstance(desa, str) and isinstance(code, str)):
            raise RememberedDamagedError(path)
        if not _is_known(code):
            raise RememberedDamagedError(path)
        aliases[alias_key(kecamatan, desa)] = code
    return aliases


def remember(data_dir: Path, kecamatan: str, desa: str, code: str) -> bool:
    """Keep which area a person chose for a written place; the newest choice wins.

    Returns False, and keeps nothing, where a desa is written without kecamatan and its name
    occurs in several: next time another one may be meant.

    Raises:
        UnknownCodeError: if the code is of no kecamatan or desa of the kabupaten.
        PlaceMissingError: if nothing was written.
        RememberedDamagedError, RememberedUnwritableError: if the file cannot be used.
    """
    if not _is_known(code):
        raise UnknownCodeError(code)
    key = alias_key(kecamatan, desa)
    if not any(key):
        raise PlaceMissingError("Nama yang akan diingat")
    if not key[0] and match_place("", desa).how == "ambiguous":
        return False
    known = load_aliases(data_dir) | {key: code}
    rows: list[dict[str, object]] = [
        {"kecamatan": key[0], "desa": key[1], "code": chosen} for key, chosen in known.items()
    ]
    replace_rows(data_dir / ALIAS_FILE, rows)
    return True


def _reading_of(code: str) -> PlaceReading:
    if code in gazetteer().kecamatan_by_code:
        return PlaceReading(code, (), DESA_UNKNOWN)
    return PlaceReading(kecamatan_code_of(code), (code,))


def _is_foreign_kecamatan(text: str) -> bool:
    return normalise(_KECAMATAN_PREFIX.sub("", text)) in _FOREIGN_KECAMATAN


def _refuse_foreign(written: WrittenPlace) -> None:
    if written.kabupaten and normalise(written.kabupaten) not in _OWN_REGION:
        raise ForeignPlaceError(written.kabupaten)
    if normalise(written.kecamatan) in _FOREIGN_NAMES:
        raise ForeignPlaceError(written.kecamatan)
    for text in (written.kecamatan, written.desa):
        # KoboToolbox writes its choices with underscores: "kota_serang".
        words = text.replace("_", " ").strip()
        is_region = _REGION.fullmatch(words) and normalise(text) not in _OWN_REGION
        if is_region or _CITY_INSIDE.search(words):
            raise ForeignPlaceError(text)
    for text in written[:4]:
        if _looks_like_code(text):
            _refuse_bad_code(text)


def _refuse_bad_code(text: str) -> None:
    if _SCIENTIFIC.search(text):
        raise DamagedCodeError(text)
    reading = read_code(text)
    if reading and not reading.is_in_kabupaten:
        raise ForeignPlaceError(text)


def _looks_like_code(text: str) -> bool:
    """Whether it is written as a code, sound or not; a single part only."""
    bare = text.strip()
    if _SCIENTIFIC.fullmatch(bare):
        return True
    return bool(_CODE_LIKE.fullmatch(bare)) and sum(map(str.isdigit, bare)) >= 4


def _desa_code(text: str) -> str:
    _refuse_bad_code(text)
    reading = read_code(text)
    if reading and reading.desa_code:
        return reading.desa_code
    digits = re.sub(r"\D", "", text)
    if len(digits) == 10 and digits.endswith("000"):
        raise DamagedCodeError(text)
    raise UnknownPlaceCodeError(text, "desa")


def _kecamatan_code(text: str) -> str:
    _refuse_bad_code(text)
    reading = read_code(text)
    if reading and reading.level == "kecamatan" and reading.kecamatan_code:
        return reading.kecamatan_code
    raise UnknownPlaceCodeError(text, "kecamatan")


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _PARTS.split(text) if part.strip()]


def _blank_unknown(text: str) -> str:
    return "" if normalise(text) in _UNKNOWN else text


def _is_known(code: str) -> bool:
    return (
        code == OUTSIDE_CODE
        or code in gazetteer().kecamatan_by_code
        or code in gazetteer().desa_by_code
    )


def _why(candidates: Iterable[Candidate]) -> str:
    names = [
        f"{found.name} ({gazetteer().name(kecamatan_code_of(found.code))})"
        if found.code != kecamatan_code_of(found.code)
        else found.name
        for found in candidates
    ]
    return f"belum pasti; mungkin {' atau '.join(names)}" if names else "tidak dikenal"
