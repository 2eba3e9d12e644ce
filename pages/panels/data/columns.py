"""Which column of a sheet is what: how each sheet is understood, and what a person corrects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from data_access.errors import DataError
from data_access.intake.forms.columns import ColumnMapping, map_columns
from data_access.intake.forms.registry import TABLE_LABELS, fields_of
from data_access.intake.model import Sheet
from data_access.intake.steps import ProposedSheet
from data_access.intake.writing.memory import remember_profile
from data_access.intake.writing.profiles import profile_of
from geo.legible import legible
from pages.components import words
from pages.components.alerts import show_problem, show_remark, show_success, show_warning
from pages.components.escaping import label_text, markdown_text
from pages.panels.data.context import DataContext
from pages.panels.data.reading import Reading

_UNUSED = "(tidak dipakai)"
_NONE_OF_THESE = ""
_MOST_NAMED = 20
# Each sheet and each column costs a choice of columns; beyond this they are drawn when asked for.
_MOST_SHEETS = 12
_MOST_COLUMNS = 60
_LONGEST_CHOICE = 60


def columns_panels(data: DataContext, reading: Reading) -> None:
    """Show how the sheets of a file are understood, and take a person's corrections."""
    for sheet in _shown_sheets(reading):
        _columns_panel(data, reading, sheet)


def _shown_sheets(reading: Reading) -> Sequence[ProposedSheet]:
    """The sheets whose columns are shown: all, or of very many the one that a person picks."""
    sheets = reading.understood.sheets
    for one in sheets:
        reading.choices.setdefault(one.sheet.name, one.mapping if one.is_chosen else None)
    if len(sheets) <= _MOST_SHEETS:
        return sheets
    picked = st.selectbox(
        markdown_text(
            f"Berkas ini berisi {words.number(len(sheets))} lembar. Lembar yang diperiksa kolomnya"
        ),
        range(len(sheets)),
        format_func=lambda index: legible(sheets[index].sheet.name),
        key=f"lembar_{reading.file_id}",
    )
    return [sheets[picked]]


def _columns_panel(data: DataContext, reading: Reading, proposed: ProposedSheet) -> None:
    """Show how a sheet is understood and let a person correct it."""
    sheet = proposed.sheet
    chosen = reading.choices.get(sheet.name, proposed.mapping if proposed.is_chosen else None)
    use = "tidak dibaca" if chosen is None else f"dibaca sebagai {TABLE_LABELS[chosen.table]}"
    missing = bool(chosen and chosen.missing)
    with st.expander(
        markdown_text(
            f"Lembar “{label_text(sheet.name)}”: {words.number(proposed.rows)} baris, {use}"
        ),
        expanded=missing,
    ):
        table = st.selectbox(
            "Tabel",
            [_NONE_OF_THESE, *TABLE_LABELS],
            index=0 if chosen is None else 1 + list(TABLE_LABELS).index(chosen.table),
            format_func=lambda key: TABLE_LABELS.get(key, "Jangan baca lembar ini"),
            key=f"tabel_{reading.file_id}_{sheet.name}",
        )
        mapping = _chosen_columns(reading, proposed, table) if table else None
        if mapping != chosen:
            reading.preview = None
        reading.choices[sheet.name] = mapping
        if mapping is not None:
            _column_remarks(data, proposed, mapping)


def _chosen_columns(reading: Reading, proposed: ProposedSheet, table: str) -> ColumnMapping:
    sheet = proposed.sheet
    start = reading.choices.get(sheet.name) or proposed.mapping
    if start.table != table:
        start = _proposal(reading, proposed, table)
    if len(sheet.header) > _MOST_COLUMNS and not st.toggle(
        markdown_text(
            f"Ubah pasangan kolom (lembar ini punya {words.number(len(sheet.header))} kolom)"
        ),
        key=f"ubah_{reading.file_id}_{sheet.name}",
    ):
        return start
    fields: dict[str, int] = {}
    columns = st.columns(3)
    options = [-1, *range(len(sheet.header))]
    for position, (name, each) in enumerate(fields_of(table).items()):
        if each.kind == "unkept":
            continue
        index = columns[position % 3].selectbox(
            markdown_text(each.label),
            options,
            index=1 + start.fields.get(name, -1),
            format_func=lambda i: _UNUSED if i < 0 else _title(sheet, i),
            key=f"kolom_{reading.file_id}_{sheet.name}_{table}_{name}",
        )
        if index >= 0:
            fields[name] = index
    kept = {name: i for name, i in start.fields.items() if fields_of(table)[name].kind == "unkept"}
    chosen = map_columns(sheet, table, {**kept, **fields}, start.constants)
    if chosen.fields == start.fields:
        return start
    # A column that the person did not place stays a question.
    placed = set(fields.values())
    doubts = tuple(doubt for doubt in start.doubts if doubt.index not in placed)
    return replace(chosen, doubts=doubts, also=start.also)


def _proposal(reading: Reading, proposed: ProposedSheet, table: str) -> ColumnMapping:
    """Propose the columns for the table that a person chose."""
    try:
        return reading.file.propose(proposed.sheet.name, table)
    except DataError as error:
        show_problem(error)
        return map_columns(proposed.sheet, table, {})


def _title(sheet: Sheet, index: int) -> str:
    return legible(sheet.header[index][:_LONGEST_CHOICE]) or f"kolom {index + 1}"


def _titles(sheet: Sheet, indexes: Sequence[int]) -> str:
    """Name the first of some columns and count the rest."""
    named = ", ".join(_title(sheet, index) for index in indexes[:_MOST_NAMED])
    more = len(indexes) - _MOST_NAMED
    return f"{named} dan {words.number(more)} lainnya" if more > 0 else named


def _column_remarks(data: DataContext, proposed: ProposedSheet, mapping: ColumnMapping) -> None:
    sheet = proposed.sheet
    labels = {name: each.label for name, each in fields_of(mapping.table).items()}
    if mapping.missing:
        names = ", ".join(labels.get(name, name) for name in mapping.missing)
        show_warning(f"Kolom wajib belum dipilih: {names}. Pilih kolomnya di atas.")
    if mapping.refused:
        names = _titles(sheet, mapping.refused)
        show_remark(f"Tidak dibaca karena berisi data pribadi: {names}.")
    if mapping.unused:
        names = _titles(sheet, mapping.unused)
        st.caption(markdown_text(f"Kolom yang tidak dipakai: {names}."))
    name = st.text_input(
        "Simpan pasangan kolom ini sebagai",
        value=proposed.profile,
        placeholder="nama formulir, mis. Rekap PIMPASA",
        key=f"profil_{proposed.sheet.name}",
    )
    if st.button("Simpan pasangan kolom", key=f"simpan_profil_{proposed.sheet.name}"):
        try:
            remember_profile(data.store, data.actor, profile_of(name, proposed.sheet, mapping))
        except DataError as error:
            show_problem(error)
        else:
            show_success("Tersimpan. Formulir dengan judul kolom yang sama dibaca seperti ini.")
