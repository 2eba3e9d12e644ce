"""The names that people confirmed: which area a written place means."""

from __future__ import annotations

from pathlib import Path

from data_access.intake.cells.places.errors import PlaceMissingError
from data_access.intake.writing.json_store import RememberedDamagedError, read_rows, replace_rows
from geo.errors import UnknownCodeError
from geo.gazetteer import gazetteer
from geo.matching import match_place, normalise

ALIAS_FILE = "intake_aliases.json"
# What a person chooses for a name that is none of the kabupaten's.
OUTSIDE_CODE = "luar"


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


def _is_known(code: str) -> bool:
    return (
        code == OUTSIDE_CODE
        or code in gazetteer().kecamatan_by_code
        or code in gazetteer().desa_by_code
    )
