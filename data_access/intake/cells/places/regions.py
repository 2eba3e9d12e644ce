"""What is written above the kecamatan: the kabupaten in any spelling, and what is not it.

Owns the ways to write it; which names are meant stands in ``area.toml``. The comments take
Kabupaten Serang as their example.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from rapidfuzz.distance import OSA

from geo.area import area
from geo.matching import normalise

# "bare": Serang, or only Banten; the kabupaten is meant where one of its areas stands beside it.
Region = Literal["own", "bare", "unclear", "foreign"]

# Marks that stand in a text for what was recognised and taken out of it.
OWN_MARK = "\ue001"
BARE_MARK = "\ue002"


def _written(name: str) -> str:
    """Return the pattern of a name, its words apart, joined or with signs between."""
    return r"[\W_]*".join(map(re.escape, name.casefold().split()))


def _one_of(names: Iterable[str]) -> str:
    """Return the pattern of any of some names; nothing fits that of none."""
    return "|".join(map(_written, names)) or "(?!)"


_AREA = area()
# As a sheet writes it, and reduced to letters.
_NAME, _PLAIN_NAME = _written(_AREA.short_name), normalise(_AREA.short_name)
_PROVINCE, _PLAIN_PROVINCE = _written(_AREA.province), normalise(_AREA.province)
_CITIES = _one_of(_AREA.neighbours.cities)

_CITY = r"(?:kota(?:\s*madya)?|kodya|kotif|kotip)"
_KABUPATEN = r"(?:kab(?:upaten)?)"
# Serang is a city and a kabupaten.
_CITY_INSIDE = re.compile(
    rf"\b{_CITY}\b[\W_]{{0,3}}(?:{_CITIES})\b|\b(?:{_CITIES})\b[\W_]{{0,3}}{_CITY}\b",
    re.IGNORECASE,
)
_CITY_OR_KABUPATEN = re.compile(
    rf"\b{_KABUPATEN}\b\W{{1,3}}{_CITY}\b|\b{_CITY}\b\W{{1,3}}{_KABUPATEN}\b", re.IGNORECASE
)
_REGION = re.compile(
    rf"(?:{_KABUPATEN}|{_CITY}|prov(?:insi)?|propinsi)\b\.?[\s:]*\w.*"
    rf"|luar\s+(?:kab|kota|daerah|wilayah|{_PROVINCE}|negeri).*",
    re.IGNORECASE | re.DOTALL,
)
# All that a spelling of ours is made of, once spaces and signs are gone.
_POSTAL = _AREA.postal_prefix
_POSTAL_CODE = rf"|{_POSTAL}\d{{{5 - len(_POSTAL)}}}" if _POSTAL else ""
_OWN_WORDS = re.compile(
    r"(?:pemerintah|pemda|pemkab|daerah|dati|tingkatii|ii|kabupaten|kab|regency|provinsi|propinsi"
    rf"|prov|prop|{_PLAIN_PROVINCE}|republik|indonesia|{_PLAIN_NAME}|{_AREA.digits}"
    rf"|{_AREA.bps_code}|{_AREA.province_code}|id{_POSTAL_CODE})+"
)
_IN_PROVINCE = rf"(?:\W{{0,4}}(?:(?:prov(?:insi)?|propinsi)\b\W{{0,3}})?{_PROVINCE}\b)?"
_OWN_INSIDE = re.compile(
    rf"\(?(?:\b{_KABUPATEN}\b\W{{0,3}}{_NAME}\b|\bkab(?:upaten)?{_NAME}\b"
    rf"|\b{_NAME}\b\W{{0,3}}(?:{_KABUPATEN}|regency)\b\.?\)?)"
    rf"{_IN_PROVINCE}(?:\W{{0,3}}indonesia\b)?\)?",
    re.IGNORECASE,
)
_BARE_INSIDE = re.compile(
    rf"\(?\b(?:(?:prov(?:insi)?|propinsi)\b\W{{0,3}}{_PROVINCE}|{_PROVINCE}|indonesia|{_NAME})\b\)?",
    re.IGNORECASE,
)

# Kecamatan beside the kabupaten, and regions that files name instead.
_FOREIGN_KECAMATAN = frozenset(map(normalise, _AREA.neighbours.kecamatan))
_KECAMATAN_PREFIX = re.compile(r"^\s*kec(?:amatan)?\b\.?", re.IGNORECASE)
# Without a word before it such a name may also be a desa: Lebak is one in Ciomas.
_FOREIGN_NAMES = frozenset(
    {
        *map(normalise, _AREA.neighbours.kabupaten),
        *(f"kota{normalise(city)}" for city in _AREA.neighbours.cities),
        *map(normalise, _AREA.neighbours.cities),
    }
) - {_PLAIN_NAME}
# Desa of ours that share their name with a better-known kabupaten or city elsewhere.
NAMESAKES = frozenset(map(normalise, _AREA.neighbours.namesakes))


def region_of(text: str) -> Region:
    """Return what the text of a kabupaten column means."""
    joined = normalise(text)
    if is_city_or_kabupaten(text):
        return "unclear"
    if _CITY_INSIDE.search(text):
        return "foreign"
    if is_own_region(joined) and joined.count(_PLAIN_NAME) <= 1 and joined != _AREA.province_code:
        return "own" if _has_code(joined) or _names_kabupaten(joined) else "bare"
    bare = re.sub(rf"^(?:kabupaten|kab)|{_PLAIN_PROVINCE}$", "", joined)
    slip = OSA.distance(bare, _PLAIN_NAME)
    return "unclear" if slip <= 1 or _OWN_INSIDE.search(text) else "foreign"


def is_own_region(text: str) -> bool:
    """Return whether a text is made of nothing but the words for the kabupaten and its province."""
    return bool(_OWN_WORDS.fullmatch(normalise(text)))


def _has_code(joined: str) -> bool:
    return _AREA.digits in joined or _AREA.bps_code in joined


def _names_kabupaten(joined: str) -> bool:
    return _PLAIN_NAME in joined and any(word in joined for word in ("kab", "regency", "dati"))


def is_city_or_kabupaten(text: str) -> bool:
    """Return whether a text leaves open which of the two is meant: "Kab/Kota Serang"."""
    return bool(_CITY_OR_KABUPATEN.search(text))


def is_foreign_region(text: str) -> bool:
    """Return whether a text names a city, another kabupaten or what lies outside."""
    # KoboToolbox writes its choices with underscores: "kota_serang".
    words = text.replace("_", " ").strip()
    if _CITY_INSIDE.search(words):
        return True
    return (
        bool(_REGION.fullmatch(words))
        and not _OWN_INSIDE.match(words)
        and (region_of(words) == "foreign")
    )


def is_foreign_name(text: str) -> bool:
    """Return whether a text is the bare name of a neighbouring kabupaten or city."""
    return normalise(text) in _FOREIGN_NAMES


def is_foreign_kecamatan(text: str) -> bool:
    """Return whether a text is the name of a kecamatan of a neighbouring city."""
    return normalise(_KECAMATAN_PREFIX.sub("", text)) in _FOREIGN_KECAMATAN


def mark_regions(text: str) -> str:
    """Put marks in place of what names the kabupaten, its province and the country."""
    return _BARE_INSIDE.sub(f" {BARE_MARK} ", _OWN_INSIDE.sub(f" {OWN_MARK} ", text))
