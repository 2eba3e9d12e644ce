"""Profiles: how an officer's form is read, and what was answered about it.

Owns finding the profile of a sheet and applying it; `memory` keeps them in the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data_access.errors import DataError
from data_access.intake.forms.columns import ColumnMapping, header_fingerprint, map_columns
from data_access.intake.model import Sheet


class UnknownProfileError(DataError):
    sentence = "Profil “{name}” tidak ada. Profil yang tersimpan: {listing}."
    nothing = "belum ada"
    name: str
    known: Sequence[str]

    @property
    def listing(self) -> str:
        return ", ".join(self.known) or self.nothing


class ProfileMismatchError(DataError):
    sentence = (
        "Judul kolom lembar “{sheet}” berbeda dari profil “{name}”. "
        "Pakai profil lain atau cocokkan kolomnya sekali lagi."
    )
    name: str
    sheet: str


class BlankProfileNameError(DataError):
    sentence = "Nama profil kosong. Tulis nama formulirnya, misalnya Rekap kunjungan."


@dataclass(frozen=True)
class Profile:
    """How a form is read.

    Attributes:
        fingerprint: of the header, see `header_fingerprint`.
        fields: field name -> index of the column.
        constants: field name -> text that stands for a whole missing column.
        answers: what was answered about such a file, as ``Answers.pairs`` gives it.
    """

    name: str
    fingerprint: str
    table: str
    fields: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    answers: tuple[tuple[str, str], ...] = ()


def profile_of(
    name: str, sheet: Sheet, mapping: ColumnMapping, answers: Sequence[tuple[str, str]] = ()
) -> Profile:
    """Make the profile of a sheet that was read by a mapping and these answers."""
    return Profile(
        " ".join(name.split()),
        header_fingerprint(sheet),
        mapping.table,
        dict(mapping.fields),
        dict(mapping.constants),
        tuple(answers),
    )


def named_profile(profiles: Sequence[Profile], name: str) -> Profile:
    """Return the profile of that name, however it is cased; of several the first.

    Raises:
        UnknownProfileError: if there is none.
    """
    wanted = " ".join(name.split()).casefold()
    for profile in profiles:
        if profile.name.casefold() == wanted:
            return profile
    raise UnknownProfileError(name, [profile.name for profile in profiles])


def find_profile(
    profiles: Sequence[Profile], sheet: Sheet, table: str | None = None
) -> Profile | None:
    """Return the profile for a sheet's header, None where the form is new."""
    fingerprint = header_fingerprint(sheet)
    for profile in profiles:
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
