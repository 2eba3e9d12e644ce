"""What officers answered once, kept in the database: profiles, names of places, spellings.

Owns ``remembered``. Nothing is overwritten: a later answer to the same question counts instead of
the earlier one, and forgetting it lets the earlier one count again. Every change is in the audit
log, in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from data_access import audit
from data_access.errors import DataError, StoreError
from data_access.intake.cells.places import OUTSIDE_CODE, PlaceMissingError, alias_key
from data_access.intake.forms.registry import FORMS, TABLE_LABELS
from data_access.intake.writing.profiles import BlankProfileNameError, Profile
from data_access.schema import (
    ANSWER_FORGOTTEN,
    ANSWER_KEPT,
    PLACE,
    PROFILE,
    SPELLING,
    remembered,
)
from data_access.store import Store
from geo.errors import GeoError, UnknownCodeError
from geo.gazetteer import gazetteer
from geo.matching import ConfirmedAlias, load_aliases, match_place

# Between the parts of a subject; reduced names, codes and digests hold letters and digits only.
_JOINT = "|"


class MemoryDamagedError(StoreError):
    sentence = (
        "Jawaban nomor {number} yang diingat rusak. Lupakan dengan python -m data_access forget "
        "{number}, lalu jawab lagi."
    )
    number: int


class UnknownMemoryError(DataError):
    sentence = (
        "Ingatan nomor {number} tidak ada atau sudah dilupakan. Lihat daftarnya dengan "
        "perintah memory."
    )
    number: int


@dataclass(frozen=True)
class Memory:
    """What counts now.

    Attributes:
        profiles: the newest first.
        places: (kecamatan, desa) as ``alias_key`` reduces them -> code, or OUTSIDE_CODE.
        spellings: confirmed for boundary files; also those of ``python -m geo remember``, of which
            the database knows nothing yet.
    """

    profiles: tuple[Profile, ...] = ()
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    spellings: tuple[ConfirmedAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """One answer that counts.

    Attributes:
        kind: "profile", "place" or "spelling".
        title: the answer for people.
        at: ISO text on the office's clock.
    """

    id: int
    kind: str
    title: str
    actor: str
    at: str


# (kind, subject, answer) as ``remembered`` keeps them.
Entry = tuple[str, str, str]


# --- reading ----------------------------------------------------------------------------------


def load_memory(store: Store) -> Memory:
    """Return what counts now.

    Raises:
        MemoryDamagedError: if an answer reads no more.
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        rows = _newest(connection)
        known = known_subjects(connection)
    spellings = [
        alias
        for alias in _spellings_of_geo(store)
        if (SPELLING, spelling_entry(alias)[1]) not in known
    ]
    spellings += [
        ConfirmedAlias(*_pair(row.subject), row.answer)
        for row in reversed(rows)
        if row.kind == SPELLING and is_area(row.answer)
    ]
    places = {
        _pair(row.subject): row.answer
        for row in rows
        if row.kind == PLACE and _is_place(row.answer)
    }
    profiles = (_profile(row) for row in rows if row.kind == PROFILE)
    return Memory(tuple(one for one in profiles if one.table in FORMS), places, tuple(spellings))


def list_memory(store: Store) -> tuple[Remembered, ...]:
    """Return every answer that counts, newest first.

    Raises:
        StoreError: if the database cannot be read.
    """
    with store.read() as connection:
        return tuple(map(_listed, _newest(connection)))


def known_subjects(connection: Connection) -> set[tuple[str, str]]:
    """Return (kind, subject) of every question that was ever answered."""
    columns = remembered.c
    return {
        (kind, subject)
        for kind, subject in connection.execute(select(columns.kind, columns.subject).distinct())
    }


def _newest(connection: Connection) -> list[Row[Any]]:
    """The answer that counts to each question, newest first."""
    kept = select(remembered).where(remembered.c.state == ANSWER_KEPT)
    found: dict[tuple[str, str], Row[Any]] = {}
    for row in connection.execute(kept.order_by(remembered.c.id.desc())):
        found.setdefault((row.kind, row.subject), row)
    return list(found.values())


def _spellings_of_geo(store: Store) -> tuple[ConfirmedAlias, ...]:
    # Without them more is asked, never less; `python -m geo` tells what is wrong with the file.
    with suppress(GeoError):
        return load_aliases(store.settings.data_dir)
    return ()


# --- remembering ------------------------------------------------------------------------------


def remember_profile(store: Store, actor: str, profile: Profile) -> None:
    """Keep how a form is read; it counts instead of an earlier one of that header and table.

    Raises:
        BlankProfileNameError: if its name is empty.
        StoreError: if the database cannot be written.
    """
    if not profile.name:
        raise BlankProfileNameError
    _remember(store, actor, [profile_entry(profile)])


def remember_places(store: Store, actor: str, places: Mapping[tuple[str, str], str]) -> None:
    """Keep which areas a person chose for written places.

    A desa written without kecamatan whose name occurs in several is not kept: next time another
    one may be meant.

    Args:
        places: (kecamatan, desa) as written -> code, or OUTSIDE_CODE.

    Raises:
        UnknownCodeError: if a code is of no kecamatan or desa of the kabupaten.
        PlaceMissingError: if nothing was written.
        StoreError: if the database cannot be written.
    """
    entries = [place_entry(*written, code) for written, code in places.items()]
    _remember(store, actor, [entry for entry in entries if not _is_of_several(*_pair(entry[1]))])


def remember_spelling(store: Store, actor: str, alias: ConfirmedAlias) -> None:
    """Keep a spelling of boundary files, as ``geo.matching.confirmed_alias`` makes it.

    Raises:
        StoreError: if the database cannot be written.
    """
    _remember(store, actor, [spelling_entry(alias)])


def forget(store: Store, number: int, actor: str) -> tuple[Remembered, Remembered | None]:
    """Let an answer count no more, and return it with the earlier one that counts again.

    Raises:
        UnknownMemoryError: if no answer that counts has that number.
        StoreError: if the database cannot be written.
    """
    with store.write() as connection:
        row = next((one for one in _newest(connection) if one.id == number), None)
        if row is None:
            raise UnknownMemoryError(number)
        changed = update(remembered).where(remembered.c.id == number)
        connection.execute(changed.values(state=ANSWER_FORGOTTEN))
        subject = (row.kind, row.subject)
        earlier = [one for one in _newest(connection) if (one.kind, one.subject) == subject]
        gone, again = _listed(row), _listed(earlier[0]) if earlier else None
        told = f"; kembali ke: {again.title}" if again else ""
        audit.record(connection, actor, "lupakan", f"ingatan {number}: {gone.title}{told}")
    return gone, again


def keep(connection: Connection, actor: str, entries: Sequence[Entry]) -> int:
    """Add answers inside a transaction, without an entry in the audit log; returns how many."""
    at = audit.office_time()
    if entries:
        connection.execute(
            insert(remembered),
            [
                {"kind": kind, "subject": subject, "answer": answer, "actor": actor, "at": at,
                 "state": ANSWER_KEPT}
                for kind, subject, answer in entries
            ],
        )  # fmt: skip
    return len(entries)


def _remember(store: Store, actor: str, entries: Sequence[Entry]) -> None:
    if not entries:
        return
    with store.read() as connection:
        if not _unlike(connection, entries):
            return
    with store.write() as connection:
        new = _unlike(connection, entries)
        if keep(connection, actor, new):
            audit.record(connection, actor, "ingat", "; ".join(title(*entry) for entry in new))


def _unlike(connection: Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Those that do not count already."""
    counting = {(row.kind, row.subject, row.answer) for row in _newest(connection)}
    return [entry for entry in dict.fromkeys(entries) if entry not in counting]


# --- the form of an entry ---------------------------------------------------------------------


def profile_entry(profile: Profile) -> Entry:
    """Return what is kept of a profile."""
    kept = {
        "name": profile.name,
        "fields": dict(profile.fields),
        "constants": dict(profile.constants),
        "answers": [list(pair) for pair in profile.answers],
    }
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return PROFILE, f"{profile.fingerprint}{_JOINT}{profile.table}", text


def place_entry(kecamatan: str, desa: str, code: str) -> Entry:
    """Return what is kept of a confirmed place.

    Raises:
        UnknownCodeError: if the code is of no kecamatan or desa of the kabupaten.
        PlaceMissingError: if nothing was written.
    """
    if not _is_place(code):
        raise UnknownCodeError(code)
    key = alias_key(kecamatan, desa)
    if not any(key):
        raise PlaceMissingError("Nama yang akan diingat")
    return PLACE, _JOINT.join(key), code


def spelling_entry(alias: ConfirmedAlias) -> Entry:
    """Return what is kept of a spelling of boundary files."""
    return SPELLING, f"{alias.within}{_JOINT}{alias.spelling}", alias.code


def title(kind: str, subject: str, answer: str) -> str:
    """Tell an entry to people."""
    first, second = _pair(subject)
    if kind == PROFILE:
        return f"profil {_profile_name(answer)} untuk {TABLE_LABELS.get(second, second)}"
    what = "nama" if kind == PLACE else "ejaan di berkas batas"
    within = gazetteer().name(first) if is_area(first) else first
    written = ", ".join(part for part in (second, within) if part)
    meant = f"{gazetteer().name(answer)} ({answer})" if is_area(answer) else answer
    return f"{what} “{written}” berarti {meant}"


def _profile_name(answer: str) -> str:
    """Name a profile also where it is damaged: who would forget it must find it in the list."""
    try:
        return f"“{json.loads(answer)['name']}”"
    except (ValueError, TypeError, KeyError):
        return "(rusak)"


def is_area(code: str) -> bool:
    """Whether a code is of a kecamatan or desa of the kabupaten."""
    return code in gazetteer().kecamatan_by_code or code in gazetteer().desa_by_code


def _is_place(code: str) -> bool:
    return code == OUTSIDE_CODE or is_area(code)


def _is_of_several(kecamatan: str, desa: str) -> bool:
    return not kecamatan and match_place("", desa).how == "ambiguous"


def _pair(subject: str) -> tuple[str, str]:
    first, _, second = subject.partition(_JOINT)
    return first, second


def _profile(row: Row[Any]) -> Profile:
    fingerprint, table = _pair(row.subject)
    try:
        kept = json.loads(row.answer)
        answers = tuple((about, said) for about, said in kept["answers"])
        fields, constants = dict(kept["fields"]), dict(kept["constants"])
        profile = Profile(kept["name"], fingerprint, table, fields, constants, answers)
    except (ValueError, TypeError, KeyError) as error:
        raise MemoryDamagedError(row.id) from error
    if not isinstance(profile.name, str) or not all(map(_is_column, fields.values())):
        raise MemoryDamagedError(row.id)
    return profile


def _is_column(index: object) -> bool:
    return isinstance(index, int)


def _listed(row: Row[Any]) -> Remembered:
    told = title(row.kind, row.subject, row.answer)
    return Remembered(row.id, row.kind, told, row.actor, row.at)
