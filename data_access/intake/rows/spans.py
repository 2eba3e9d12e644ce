"""Rows that cells merged over them make one record: a session over the lines of its desa.

Owns which rows belong together, and that nothing is counted once for each line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data_access.intake.cells.places import PlaceReading
from data_access.intake.field import Kind
from data_access.intake.files.sheets import row_list
from data_access.intake.forms.registry import fields_of
from data_access.intake.model import Sheet
from data_access.intake.rows.findings import Draft, Findings
from geo.gazetteer import kecamatan_code_of
from geo.telling import TellingError

# Numbers that are counted once, however many lines their cell spans.
_COUNTED: frozenset[Kind] = frozenset({"count", "pair", "score"})


class SpanError(TellingError, ValueError):
    sentence = (
        "Sel jumlahnya digabung untuk {rows}, tetapi {labels:list} berbeda di antara "
        "baris itu. Pisahkan selnya dan isi jumlah tiap baris, atau samakan isinya."
    )
    rows: str
    labels: Sequence[str]


def join_spans(
    table: str,
    sheet: Sheet,
    columns: Mapping[str, int],
    drafts: Sequence[Draft],
    findings: Findings,
) -> list[Draft]:
    """Make one draft of the rows that share a merged count; others stay as they are.

    Args:
        columns: field -> index of its column.
        drafts: of all rows, in order.
    """
    spans = _spans(table, sheet, columns)
    if not spans:
        return list(drafts)
    joined: list[Draft] = []
    pending = {draft.row.number: draft for draft in drafts}
    for draft in drafts:
        number = draft.row.number
        if number not in pending:
            continue
        last = spans.get(number, number)
        group = [pending.pop(n) for n in range(number, last + 1) if n in pending]
        joined += _joined(table, group, findings) if len(group) > 1 else group
    return joined


def _spans(table: str, sheet: Sheet, columns: Mapping[str, int]) -> dict[int, int]:
    """First row -> last row of every merged cell that holds a count."""
    counted = {
        columns[name]
        for name, one in fields_of(table).items()
        if name in columns and one.kind in _COUNTED
    }
    spans: dict[int, int] = {}
    for first, last, column in sheet.merges:
        if column in counted:
            spans[first] = max(spans.get(first, last), last)
    return spans


def _joined(table: str, group: Sequence[Draft], findings: Findings) -> list[Draft]:
    first = group[0]
    rows = row_list([draft.row.number for draft in group])
    if any(draft.bad for draft in group):
        for draft in group:
            if not draft.bad:
                findings.reject(draft, "", f"Baris lain dari catatan ini ({rows}) ditolak.")
        return list(group)
    own = {"kecamatan_code", "village_code"}
    differing = [
        name
        for name in first.values
        if name not in own and any(draft.values.get(name) != first.values[name] for draft in group)
    ]
    villages = tuple(dict.fromkeys(code for draft in group for code in draft.place.villages))
    if table != "awareness_sessions" and len(villages) > 1:
        differing.append("desa")
    if differing:
        labels = [findings.label(findings.field_shown(name)) for name in differing]
        for draft in group:
            findings.reject(draft, "", str(SpanError(rows, labels)))
        return list(group)
    findings.note(first, f"{rows} adalah satu catatan: sel jumlahnya digabung.")
    home = first.place.kecamatan_code or next(map(kecamatan_code_of, villages), None)
    return [replace(first, place=PlaceReading(home, villages, first.place.note))]
