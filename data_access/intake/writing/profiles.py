"""Named profiles: how an officer's form is read, kept for the next file with the same header.

Owns the file ``intake_profiles.json`` of the data folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data_access.errors import DataError
from data_access.intake.forms.columns import ColumnMapping, header_fingerprint, map_columns
from data_access.intake.forms.registry import FORMS
from data_access.intake.model import Sheet
from data_access.intake.writing.json_store import RememberedDamagedError, read_rows, replace_rows

PROFILE_FILE = "intake_profiles.json"


class UnknownProfileError(DataError):
    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        listing = ", ".join(known) or "belum ada"
        super().__init__(f"Profil “{name}” tidak ada. Profil yang tersimpan: {listing}.")


class ProfileMismatchError(DataError):
    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(
            f"Judul kolom lembar “{sheet}” berbeda dari profil “{name}”. "
            "Pakai profil lain atau cocokkan kolomnya sekali lagi."
        )


class BlankProfileNameError(DataError):
    def __init__(self) -> None:
        super().__init__("Nama profil kosong. Tulis nama formulirnya, misalnya Rekap kunjungan.")


@dataclass(frozen=True)
class Profile:
    """How a form is read.

    Attributes:
        fingerprint: of the header, see `header_fingerprint`.
        fields: field name -> index of the column.
        constants: field name -> text that stands for a whole missing column.
    """

    name: str
    fingerprint: str
    table: str
    fields: Mapping[str, int]
    constants: Mapping[str, str] = field(default_factory=dict)


def load_profiles(data_dir: Path) -> tuple[Profile, ...]:
    """Return all profiles in the order of their names.

    Raises:
        RememberedDamagedError: if the file holds anything but profiles.
    """
    path = data_dir / PROFILE_FILE
    profiles = (_profile_of(row, path) for row in read_rows(path))
    return tuple(sorted(profiles, key=lambda profile: profile.name.casefold()))


def save_profile(data_dir: Path, name: str, sheet: Sheet, mapping: ColumnMapping) -> Profile:
    """Keep a confirmed mapping; it replaces the profile of that name or of that header.

    Raises:
        BlankProfileNameError: if the name holds no letter.
        RememberedDamagedError: if the file of profiles is damaged.
        RememberedUnwritableError: if it cannot be written.
    """
    label = " ".join(name.split())
    if not label:
        raise BlankProfileNameError
    profile = Profile(
        label,
        header_fingerprint(sheet),
        mapping.table,
        dict(mapping.fields),
        dict(mapping.constants),
    )
    others = [
        other
        for other in load_profiles(data_dir)
        if other.name.casefold() != label.casefold() and not _is_same_form(other, profile)
    ]
    _write(data_dir, (*others, profile))
    return profile


def remove_profile(data_dir: Path, name: str) -> None:
    """Forget a profile.

    Raises:
        UnknownProfileError: if there is none of that name.
        RememberedDamagedError, RememberedUnwritableError: if the file cannot be used.
    """
    unwanted = named_profile(data_dir, name)
    _write(data_dir, tuple(other for other in load_profiles(data_dir) if other != unwanted))


def named_profile(data_dir: Path, name: str) -> Profile:
    """Return the profile of that name, however it is cased.

    Raises:
        UnknownProfileError: if there is none.
        RememberedDamagedError: if the file of profiles is damaged.
    """
    profiles = load_profiles(data_dir)
    for profile in profiles:
        if profile.name.casefold() == name.strip().casefold():
            return profile
    raise UnknownProfileError(name, tuple(profile.name for profile in profiles))


def find_profile(data_dir: Path, sheet: Sheet, table: str | None = None) -> Profile | None:
    """Return the profile for a sheet's header, None where the form is new.

    Raises:
        RememberedDamagedError: if the file of profiles is damaged.
    """
    fingerprint = header_fingerprint(sheet)
    for profile in load_profiles(data_dir):
        if profile.fingerprint == fingerprint and table in (None, profile.table):
            return profile
    return None


def apply_profile(profile: Profile, sheet: Sheet) -> ColumnMapping:
    """Return the mapping of a profile for a sheet.

    Raises:
        ProfileMismatchError: if the sheet's header is another one.
    """
    if profile.fingerprint != header_fingerprint(sheet):
        raise ProfileMismatchError(profile.name, sheet.name)
    return map_columns(sheet, profile.table, profile.fields, profile.constants)


def _is_same_form(one: Profile, other: Profile) -> bool:
    return (one.fingerprint, one.table) == (other.fingerprint, other.table)


def _write(data_dir: Path, profiles: tuple[Profile, ...]) -> None:
    rows: list[dict[str, object]] = [
        {
            "name": profile.name,
            "fingerprint": profile.fingerprint,
            "table": profile.table,
            "mapping": dict(profile.fields),
            "constants": dict(profile.constants),
        }
        for profile in profiles
    ]
    replace_rows(data_dir / PROFILE_FILE, rows)


def _profile_of(row: Mapping[str, object], path: Path) -> Profile:
    name, fingerprint, table = row.get("name"), row.get("fingerprint"), row.get("table")
    fields, constants = row.get("mapping"), row.get("constants", {})
    if not (
        isinstance(name, str)
        and isinstance(fingerprint, str)
        and isinstance(table, str)
        and table in FORMS
        and isinstance(fields, dict)
        and all(isinstance(index, int) for index in fields.values())
        and isinstance(constants, dict)
        and all(isinstance(text, str) for text in constants.values())
    ):
        raise RememberedDamagedError(path)
    return Profile(name, fingerprint, table, fields, constants)
