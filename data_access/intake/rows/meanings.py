"""What the columns of a row mean together, table by table.

Owns defaults, sums and what follows from what, each told in a note; where nothing follows, the
row is refused rather than guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import cast

from data_access.intake.cells.numbers import NumberError, read_target
from data_access.intake.cells.reading import is_blank
from data_access.intake.model import CellValue
from data_access.intake.rows.findings import Draft, Findings
from data_access.numbers.indicators import INDICATORS
from geo.gazetteer import gazetteer

_VICTIMS = ("women", "men", "girls", "boys")
_LABELS = ("is_tppo", "is_tppm", "is_pmi_np")
_ATTENDANCE = ("male", "female", "total")


def complete(table: str, draft: Draft, findings: Findings) -> None:
    """Fill the columns of a row that follow from others."""
    place = draft.place
    draft.values["kecamatan_code"] = place.kecamatan_code
    draft.values["village_code"] = next(iter(place.villages), None)
    _MEANINGS[table](draft, findings)


def _visit(draft: Draft, findings: Findings) -> None:
    _need_place(draft, findings)
    point = draft.values.get("point")
    if isinstance(point, tuple) and draft.values.get("latitude") is None:
        draft.values["latitude"], draft.values["longitude"] = point


def _session(draft: Draft, findings: Findings) -> None:
    values = draft.values
    # Its desa stand in a table of their own.
    values["village_code"] = None
    values["tested"] = values.get("tested") or 0
    _need_place(draft, findings)
    if not draft.bad.isdisjoint((*_ATTENDANCE, "both")):
        return
    if isinstance(pair := values.get("both"), tuple) and values.get("male") is None:
        values["male"], values["female"] = pair
    if _says_nothing(draft, findings):
        values["male"] = values["female"] = None
    male, female, total = (cast("int | None", values.get(name)) for name in _ATTENDANCE)
    if male is None and female is None:
        _judge_unsplit(draft, findings, total)
    elif total is not None and (male is None or female is None):
        _subtract(draft, findings, male, female, total)
    else:
        if male is None or female is None:
            findings.note(draft, "jumlah L atau P yang kosong dibaca 0.")
        values["male"], values["female"] = male or 0, female or 0


def _says_nothing(draft: Draft, findings: Findings) -> bool:
    """Whether nobody is counted: a dash beside a number is 0, two dashes are not."""
    cells = [draft.row.values[i] for n in ("male", "female") if (i := findings.index(n)) >= 0]
    return not draft.values.get("total") and all(map(is_blank, cells)) and len(cells) == 2


def _judge_unsplit(draft: Draft, findings: Findings, total: int | None) -> None:
    """Only nobody can be split into women and men."""
    if total == 0:
        draft.values |= {"male": 0, "female": 0}
    elif total is None:
        message = "Jumlah peserta kosong. Isi jumlah L dan P; tulis 0 bila memang tidak ada."
        findings.reject(draft, "male", message)
    else:
        message = "Hanya jumlah seluruhnya yang diisi. Isi juga jumlah L dan P."
        findings.reject(draft, "total", message)


def _subtract(
    draft: Draft, findings: Findings, male: int | None, female: int | None, total: int
) -> None:
    """The missing one of two counts is what the total leaves."""
    rest = total - (male or 0) - (female or 0)
    if rest < 0:
        message = "Jumlah peserta lebih kecil daripada L atau P saja. Periksa angka-angkanya."
        findings.reject(draft, "total", message)
        return
    draft.values["male"] = rest if male is None else male
    draft.values["female"] = rest if female is None else female
    findings.note(draft, "jumlah L atau P dihitung dari jumlah seluruhnya.")


def _case(draft: Draft, findings: Findings) -> None:
    values = draft.values
    named = cast("frozenset[str]", values.get("labels") or frozenset())
    for label in _LABELS:
        values[label] = bool(values.get(label)) or label in named
    if not values.get("verification") and "verification" not in draft.bad:
        values["verification"] = "dilaporkan"
        findings.note(draft, "verifikasi kosong dibaca “dilaporkan”.")
    if not draft.bad.isdisjoint({*_VICTIMS, "total"}):
        return
    if all(values.get(name) is None for name in _VICTIMS):
        if values.get("total"):
            message = (
                "Hanya jumlah seluruh korban yang diisi. Isi menurut kelompok: dewasa dan anak, "
                "perempuan dan laki-laki."
            )
            findings.reject(draft, "total", message)
            return
        if values.get("sex"):
            message = (
                "Tiap baris tampaknya satu korban, dan kasus dihitung menurut baris. Tulis satu "
                "baris per kasus dengan jumlah korban menurut kelompok: dewasa dan anak, "
                "perempuan dan laki-laki."
            )
            findings.reject(draft, "sex", message)
            return
        findings.note(draft, "jumlah korban kosong dibaca 0.")
    for name in _VICTIMS:
        values[name] = values.get(name) or 0


def _village(draft: Draft, findings: Findings) -> None:
    values = draft.values
    values["code"] = values["village_code"]
    values["name"] = _name(values["village_code"])
    if values.get("is_assisted") is None and "is_assisted" not in draft.bad:
        has_decree = bool(values.get("assisted_since") or values.get("decree_number"))
        values["is_assisted"] = has_decree
        if has_decree:
            findings.note(draft, "dibaca sebagai desa binaan karena ada tanggal atau nomor SK.")
        elif values.keys() & {"assisted_since", "decree_number"}:
            findings.note(
                draft, "dibaca sebagai bukan desa binaan karena tanggal dan nomor SK kosong."
            )


def _kecamatan(draft: Draft, findings: Findings) -> None:
    values = draft.values
    values["code"] = values["kecamatan_code"]
    values["name"] = _name(values["kecamatan_code"])
    values["office"] = values.get("office") or "unknown"
    _need_place(draft, findings)


def _target(draft: Draft, findings: Findings) -> None:
    values = draft.values
    values["kecamatan_code"] = values["kecamatan_code"] or ""
    indicator = INDICATORS.get(str(values.get("indicator")))
    value = cast("CellValue", values.get("value"))
    values["value"] = None
    if value is None:
        return
    if indicator is None:
        # The row fails for its indicator; its value cannot be judged.
        draft.bad.add("value")
        return
    try:
        reading = read_target(value, is_percent=indicator.unit == "%")
    except NumberError as error:
        findings.reject(draft, "value", str(error))
        return
    values["value"] = reading.value
    if reading.note:
        findings.note(draft, reading.note)


def _need_place(draft: Draft, findings: Findings) -> None:
    if draft.place.kecamatan_code is not None or draft.has_bad_place:
        return
    columns = (n for n in ("desa", "village_code", "kecamatan") if findings.index(n) >= 0)
    message = "Desa dan kecamatan kosong. Isi sedikitnya kecamatannya."
    findings.reject(draft, next(columns, "kecamatan_code"), message)


def _name(code: object) -> str | None:
    return gazetteer().name(str(code)) if code else None


_MEANINGS: Mapping[str, Callable[[Draft, Findings], None]] = MappingProxyType(
    {
        "visits": _visit,
        "awareness_sessions": _session,
        "cases": _case,
        "villages": _village,
        "kecamatan": _kecamatan,
        "targets": _target,
    }
)
