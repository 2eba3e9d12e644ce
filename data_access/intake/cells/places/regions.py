"""What is written above the kecamatan: Kabupaten Serang in any spelling, and what is not it."""

from __future__ import annotations

import re
from typing import Literal

from rapidfuzz.distance import OSA

from geo.matching import normalise

# "bare": Serang, or only Banten; the kabupaten is meant where one of its areas stands beside it.
Region = Literal["own", "bare", "unclear", "foreign"]

# Marks that stand in a text for what was recognised and taken out of it.
OWN_MARK = "\ue001"
BARE_MARK = "\ue002"

_CITY = r"(?:kota(?:\s*madya)?|kodya|kotif|kotip)"
_KABUPATEN = r"(?:kab(?:upaten)?)"
# Serang is a city and a kabupaten.
_CITY_INSIDE = re.compile(
    rf"\b{_CITY}\b[\W_]{{0,3}}(?:serang|cilegon)\b|\b(?:serang|cilegon)\b[\W_]{{0,3}}{_CITY}\b",
    re.IGNORECASE,
)
_CITY_OR_KABUPATEN = re.compile(
    rf"\b{_KABUPATEN}\b\W{{1,3}}{_CITY}\b|\b{_CITY}\b\W{{1,3}}{_KABUPATEN}\b", re.IGNORECASE
)
_REGION = re.compile(
    rf"(?:{_KABUPATEN}|{_CITY}|prov(?:insi)?|propinsi)\b\.?[\s:]*\w.*"
    r"|luar\s+(?:kab|kota|daerah|wilayah|banten|negeri).*",
    re.IGNORECASE | re.DOTALL,
)
# All that a spelling of ours is made of, once spaces and signs are gone.
_OWN_WORDS = re.compile(
    r"(?:pemerintah|pemda|pemkab|daerah|dati|tingkatii|ii|kabupaten|kab|regency|provinsi|propinsi"
    r"|prov|prop|banten|republik|indonesia|serang|3604|36|id|42\d{3})+"
)
_BANTEN = r"(?:\W{0,4}(?:(?:prov(?:insi)?|propinsi)\b\W{0,3})?banten\b)?"
_OWN_INSIDE = re.compile(
    rf"\(?(?:\b{_KABUPATEN}\b\W{{0,3}}serang\b|\bkab(?:upaten)?serang\b"
    rf"|\bserang\b\W{{0,3}}(?:{_KABUPATEN}|regency)\b\.?\)?)"
    rf"{_BANTEN}(?:\W{{0,3}}indonesia\b)?\)?",
    re.IGNORECASE,
)
_BARE_INSIDE = re.compile(
    r"\(?\b(?:(?:prov(?:insi)?|propinsi)\b\W{0,3}banten|banten|indonesia|serang)\b\)?",
    re.IGNORECASE,
)

# Kecamatan of the two cities beside the kabupaten, and regions that files name instead.
_FOREIGN_KECAMATAN = frozenset(
    {"cipocokjaya", "curug", "kasemen", "serang", "taktakan", "walantaka", "cibeber", "cilegon",
     "citangkil", "ciwandan", "grogol", "jombang", "pulomerak", "purwakarta"}
)  # fmt: skip
_KECAMATAN_PREFIX = re.compile(r"^\s*kec(?:amatan)?\b\.?", re.IGNORECASE)
# Without a word before it such a name may also be a desa: Lebak is one in Ciomas.
_FOREIGN_NAMES = frozenset(
    {"lebak", "pandeglang", "tangerang", "kotaserang", "kotacilegon", "cilegon"}
)
# Desa of ours that share their name with a better-known kabupaten or city elsewhere.
NAMESAKES = frozenset({"lebak", "bandung", "garut", "banyuwangi"})


def region_of(text: str) -> Region:
    """Return what the text of a kabupaten column means."""
    joined = normalise(text)
    if is_city_or_kabupaten(text):
        return "unclear"
    if _CITY_INSIDE.search(text):
        return "foreign"
    if is_own_region(joined) and joined.count("serang") <= 1 and joined != "36":
        return "own" if "3604" in joined or _names_kabupaten(joined) else "bare"
    slip = OSA.distance(re.sub(r"^(?:kabupaten|kab)|banten$", "", joined), "serang")
    return "unclear" if slip <= 1 or _OWN_INSIDE.search(text) else "foreign"


def is_own_region(text: str) -> bool:
    """Return whether a text is made of nothing but the words for the kabupaten and its province."""
    return bool(_OWN_WORDS.fullmatch(normalise(text)))


def _names_kabupaten(joined: str) -> bool:
    return "serang" in joined and any(word in joined for word in ("kab", "regency", "dati"))


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
