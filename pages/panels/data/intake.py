"""The way of an officer's file: template, upload, columns, check, questions, preview, accept.

The steps are those of ``data_access.intake.steps``, done by a limited process where they touch
the rows of a file; this module asks and shows. What was read stays in the session until the file
is accepted or another one is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import pandas as pd
import streamlit as st

from data_access.errors import DataError
from data_access.intake import steps
from data_access.intake.forms.columns import ColumnMapping, map_columns
from data_access.intake.forms.registry import TABLE_LABELS, fields_of
from data_access.intake.forms.templates import template
from data_access.intake.limited.file import LimitedFile
from data_access.intake.limited.server import SERVER
from data_access.intake.model import Problem, Sheet
from data_access.intake.questions import Answers
from data_access.intake.steps import ProposedSheet, Understood
from data_access.intake.writing.memory import load_memory, remember_profile
from data_access.intake.writing.preview import Preview, Progress, TablePreview, column_label
from data_access.intake.writing.profiles import profile_of
from data_access.meta import read_meta, state_of
from geo.legible import legible
from pages.components import words
from pages.components.alerts import show_problem, show_remark, show_success, show_warning
from pages.components.escaping import html_text, label_text, markdown_text
from pages.components.panels import panel_title
from pages.components.table import Column, data_table
from pages.components.uploads import upload_place
from pages.components.workbook import WORKBOOK_TYPE
from pages.panels.data.context import DataContext
from pages.panels.data.question import question_panel
from pages.panels.data.telling import place_words, tell

_FILE_TYPES = ["xlsx", "ods", "csv", "tsv", "xls", "xlsm", "txt"]
# What a template asks for, where a link leads to it.
_TEMPLATE_WORDS = {
    "villages": "Unduh templat Desa, isi kolom desa binaan dan nomor SK-nya, lalu masukkan "
    "berkasnya di bawah. Desa yang tidak ditulis tidak berubah.",
    "kecamatan": "Unduh templat Kecamatan, isi penduduk usia kerja beserta tahun dan sumbernya, "
    "lalu masukkan berkasnya di bawah. Kecamatan yang belum diketahui boleh dikosongkan.",
    "targets": "Unduh templat Target, isi tahun, indikator, dan nilainya, lalu masukkan berkasnya "
    "di bawah.",
    "visits": "Unduh templat Kunjungan, isi satu baris per kunjungan, lalu masukkan berkasnya di "
    "bawah. Berkas kantor sendiri juga dapat langsung dimasukkan.",
    "awareness_sessions": "Unduh templat Sosialisasi, isi satu baris per kegiatan, lalu masukkan "
    "berkasnya di bawah. Berkas kantor sendiri juga dapat langsung dimasukkan.",
    "cases": "Unduh templat Kasus, isi satu baris per laporan tanpa nama korban, lalu masukkan "
    "berkasnya di bawah. Berkas kantor sendiri juga dapat langsung dimasukkan.",
}
_UNUSED = "(tidak dipakai)"
_NONE_OF_THESE = ""
_STATE = "berkas_dibaca"
_UPLOAD = "berkas_data"
# As much of a kind as anybody reads, and as a browser draws at once; the rest is counted.
_MOST_SHOWN = 200
_MOST_NAMED = 20
# Each sheet and each column costs a choice of columns; beyond this they are drawn when asked for.
_MOST_SHEETS = 12
_MOST_COLUMNS = 60
_LONGEST_CHOICE = 60
# Rows after which a bar of unknown length stands half-way.
_HALF_WAY_ROWS = 30_000


@dataclass
class Reading:
    """A file on its way into the store, kept between reruns.

    Attributes:
        file_id: of the upload; another upload starts anew.
        file: reads it, and keeps its rows.
        choices: sheet name -> the mapping a person confirmed, None for a sheet left out.
        round: counts the answers given, so that each question has widgets of its own.
        preview: what would happen; None until the rows were checked.
    """

    file_id: str
    file: LimitedFile
    understood: Understood
    choices: dict[str, ColumnMapping | None] = field(default_factory=dict)
    round: int = 0
    preview: Preview | None = None


def intake_panel(data: DataContext) -> None:
    """Lead a file into the store."""
    SERVER.warm_up()
    tell()
    _template_panel(data)
    panel_title(
        "Masukkan berkas",
        "Excel (.xlsx), OpenDocument (.ods), CSV, atau ekspor KoboToolbox. Tidak ada yang "
        "disimpan sebelum Anda menyetujuinya.",
    )
    upload = upload_place("Berkas data", _FILE_TYPES, _UPLOAD, on_change=_forget_removed)
    if upload is not None:
        reading = _read(data, upload.file_id, upload.name, upload.getvalue())
    else:
        reading = _kept()
    if reading is None:
        return
    _notes(reading.understood.notes)
    asked = reading.understood.questions
    if asked:
        question_panel(asked, f"{reading.file_id}_{reading.round}", partial(_take, data, reading))
    for sheet in _shown_sheets(reading):
        _columns_panel(data, reading, sheet)
    if reading.preview is not None and _is_outdated(data, reading.preview):
        _compare_again(data, reading, reading.preview)
    if not asked and st.button("Periksa berkas", key="periksa", type="primary"):
        _check(data, reading)
    if reading.preview is not None:
        _preview_panel(data, reading, reading.preview)


def _forget_removed() -> None:
    """Forget what was read when the person removes the file from the upload."""
    if st.session_state[_UPLOAD] is None:
        st.session_state.pop(_STATE, None)


def _kept() -> Reading | None:
    """Return the file that was being read when another section was opened, if there is one."""
    reading: Reading | None = st.session_state.get(_STATE)
    if reading is not None:
        name = reading.understood.source.name
        st.html(f'<p class="panel-note">Melanjutkan berkas <b>{html_text(name)}</b>.</p>')
        st.button("Lepas berkas ini", key="lepas", on_click=st.session_state.pop, args=(_STATE,))
    return reading


def _template_panel(data: DataContext) -> None:
    """Offer the templates; the one that a link asks for stands first and is explained."""
    asked = st.query_params.get("templat", "")
    ordered = sorted(TABLE_LABELS.items(), key=lambda pair: pair[0] != asked)
    panel_title(
        "Belum punya berkas? Unduh templat",
        _TEMPLATE_WORDS.get(asked, "Berisi pilihan kecamatan, desa, dan contoh."),
    )
    with st.container(horizontal=True):
        for table, label in ordered:
            st.download_button(
                markdown_text(f"Templat {label}"),
                data=partial(template, table, data.settings.today),
                file_name=f"templat-{label.lower()}.xlsx",
                mime=WORKBOOK_TYPE,
                key=f"templat_{table}",
                on_click="ignore",
                type="primary" if table == asked else "tertiary",
                icon=":material/download:",
            )


# --- reading ---------------------------------------------------------------------------------


def _read(data: DataContext, file_id: str, name: str, content: bytes) -> Reading | None:
    """Read an upload once; on refusal say why and what to do."""
    known: Reading | None = st.session_state.get(_STATE)
    if known is not None and known.file_id == file_id:
        return known
    bar = st.progress(0.0, "Membaca berkas")
    try:
        file = LimitedFile(content, name)
        understood = file.understand(
            data.settings, progress=_moving(bar), memory=load_memory(data.store)
        )
    except DataError as error:
        show_problem(error)
        return None
    finally:
        bar.empty()
    reading = Reading(file_id, file, understood)
    st.session_state[_STATE] = reading
    return reading


def _moving(bar: st.delta_generator.DeltaGenerator) -> Progress:
    def move(done: int, total: int, text: str) -> None:
        so_far = words.number(done)
        if total:
            of = f"{so_far} dari {words.number(total)}"
            bar.progress(min(1.0, done / total), markdown_text(f"{text}: {of}"))
        elif not done:
            bar.progress(0.0, markdown_text(text))
        else:  # how many there are is not known yet: the bar slows down but never stands
            share = 1 - 0.5 ** (done / _HALF_WAY_ROWS)
            bar.progress(share, markdown_text(f"{text}: {so_far}"))

    return move


def _notes(notes: tuple[str, ...]) -> None:
    if notes:
        with st.expander(markdown_text(f"{len(notes)} catatan tentang berkas ini")):
            for note in notes[:_MOST_SHOWN]:
                st.text(legible(note))
            if len(notes) > _MOST_SHOWN:
                st.text(f"… dan {words.number(len(notes) - _MOST_SHOWN)} catatan lain.")


# --- columns ---------------------------------------------------------------------------------


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


# --- checking and preview ----------------------------------------------------------------------


def _take(data: DataContext, reading: Reading, answers: Answers) -> None:
    """Take answers over and go on with what they make of the file."""
    try:
        reading.understood = reading.file.answer(reading.understood, answers)
    except DataError as error:
        show_problem(error)
        return
    reading.round += 1
    reading.choices.clear()
    if reading.preview is not None or not reading.understood.questions:
        reading.choices.update(reading.understood.proposal())
        _check(data, reading)
    st.rerun()


def _is_outdated(data: DataContext, preview: Preview) -> bool:
    """Whether what keeps a file out may be gone: the sample, or an earlier import of it.

    A preview that can be accepted stays as the person saw it; accepting checks it once more.
    """
    if not (preview.is_sample or preview.is_repeat):
        return False
    with data.store.read() as connection:
        return state_of(read_meta(connection)) != preview.revision


def _compare_again(data: DataContext, reading: Reading, preview: Preview) -> None:
    bar = st.progress(0.0, "Memeriksa baris")
    try:
        reading.preview = steps.preview(data.store, preview.checked, _moving(bar), preview.answers)
    except DataError as error:
        show_problem(error)
    finally:
        bar.empty()


def _check(data: DataContext, reading: Reading) -> None:
    mappings: Mapping[str, ColumnMapping] = {
        name: mapping for name, mapping in reading.choices.items() if mapping is not None
    }
    bar = st.progress(0.0, "Memeriksa baris")
    try:
        checked = reading.file.check(mappings, _moving(bar))
        answers = reading.understood.answers
        reading.preview = steps.preview(data.store, checked, _moving(bar), answers)
    except DataError as error:
        show_problem(error)
    finally:
        bar.empty()


def _preview_panel(data: DataContext, reading: Reading, preview: Preview) -> None:
    if preview.questions:
        names = f"{reading.file_id}_{reading.round}_baris"
        question_panel(preview.questions, names, partial(_take, data, reading))
    if preview.accepted or preview.problems or not preview.questions:
        _summary(preview)
    _notes(tuple(note for table in preview.tables for note in table.notes))
    if preview.problems:
        _problems_panel(reading, preview)
    for table in preview.tables:
        _samples_panel(table)
        _conflicts_panel(table)
    if preview.is_repeat:
        show_remark("Berkas ini sudah pernah dimasukkan. Tidak ada yang berubah.")
        return
    if preview.is_sample:
        show_warning(
            "Basis data masih berisi data contoh, yang tidak boleh bercampur dengan data asli. "
            "Hapus data contoh dahulu dengan tombol di atas."
        )
        return
    if preview.accepted and not preview.questions:
        _accept_buttons(data, reading, preview)


def _summary(preview: Preview) -> None:
    rows = pd.DataFrame(
        [
            {
                "table": TABLE_LABELS[table.table],
                "added": len(table.added),
                "changed": len(table.changed),
                "unchanged": table.unchanged_count,
                "rejected": table.rejected,
            }
            for table in preview.tables
        ],
        columns=["table", "added", "changed", "unchanged", "rejected"],
    )
    panel_title("Pratinjau", "Belum ada yang disimpan.")
    data_table(
        rows,
        [
            Column("table", "Tabel"),
            Column("added", "Baru", "number"),
            Column("changed", "Berubah", "number"),
            Column("unchanged", "Sama", "number"),
            Column("rejected", "Ditolak", "number"),
        ],
        title="Pratinjau impor",
        caption=preview.checked.source.name,
        unit="tabel",
        key="pratinjau",
        empty="Tidak ada lembar yang dibaca.",
        height=220,
    )


def _problems_panel(reading: Reading, preview: Preview) -> None:
    count = preview.problem_count
    shown = preview.problems[:_MOST_SHOWN]
    note = "Nomor baris adalah nomor di lembar Anda sendiri."
    if count > len(shown):
        note = (
            f"Ditampilkan {words.number(len(shown))} yang pertama; berkas bertanda di bawah "
            f"mewarnai semuanya. {note}"
        )
    panel_title(f"{words.number(count)} hal yang perlu diperbaiki", note)
    data_table(
        _problem_rows(shown),
        [
            Column("row", "Baris", "number", missing="lembar"),
            Column("sheet", "Lembar"),
            Column("column", "Kolom"),
            Column("value", "Isi"),
            Column("message", "Yang perlu dilakukan", "sentence"),
        ],
        title="Baris yang ditolak",
        caption=preview.checked.source.name,
        unit="masalah",
        key="masalah",
        empty="Tidak ada masalah.",
        height=320,
    )
    st.download_button(
        "Unduh berkas dengan tanda di sel yang salah",
        data=lambda: reading.file.marked_copy(preview.problems, preview.unlisted),
        file_name=f"perbaiki-{reading.understood.source.name.rsplit('.', 1)[0]}.xlsx",
        mime=WORKBOOK_TYPE,
        key="salinan_bertanda",
        on_click="ignore",
        icon=":material/download:",
    )


def _problem_rows(problems: Sequence[Problem]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "row": problem.row,
                "sheet": problem.sheet,
                "column": problem.column,
                "value": problem.value,
                "message": problem.message,
            }
            for problem in problems
        ]
    )


def _samples_panel(table: TablePreview) -> None:
    """Show how the first new rows will stand in the store, as the officer's own words."""
    samples = table.added_samples()
    if not samples:
        return
    filled = [
        name
        for name in samples[0].values
        if name != "source_key" and any(record.values[name] not in (None, "") for record in samples)
    ]
    rows = pd.DataFrame(
        [
            {"row": record.row, **{name: _shown(name, record.values[name]) for name in filled}}
            for record in samples
        ]
    )
    label = TABLE_LABELS[table.table]
    with st.expander(
        markdown_text(
            f"Contoh baris {label} yang baru: {len(samples)} dari {words.number(len(table.added))}"
        )
    ):
        data_table(
            rows,
            [
                Column("row", "Baris", "number"),
                *(Column(name, column_label(table.table, name)) for name in filled),
            ],
            title=f"Contoh baris {label} yang baru",
            caption="Seperti akan disimpan",
            unit="contoh",
            key=f"contoh_{table.table}",
            empty="",
            height=240,
        )


def _shown(column: str, value: object) -> str:
    text = _as_text(value)
    return place_words(text) if column.endswith(("village_code", "kecamatan_code")) else text


def _conflicts_panel(table: TablePreview) -> None:
    conflicts = table.conflicts()
    if not conflicts:
        return
    panel_title(
        f"{words.number(len(table.changed))} baris {TABLE_LABELS[table.table]} akan berubah",
        "Isi sekarang di samping isi berkas; yang dari berkas akan berlaku.",
    )
    rows = pd.DataFrame(
        [
            {
                "row": conflict.row,
                "column": difference.label,
                "old": _as_text(difference.old),
                "new": _as_text(difference.new),
            }
            for conflict in conflicts
            for difference in conflict.differences
        ]
    )
    data_table(
        rows,
        [
            Column("row", "Baris", "number"),
            Column("column", "Kolom"),
            Column("old", "Isi sekarang", missing="kosong"),
            Column("new", "Isi berkas", missing="kosong"),
        ],
        title=f"Baris yang berubah {TABLE_LABELS[table.table]}",
        caption="Contoh baris yang berubah",
        unit="perubahan",
        key=f"konflik_{table.table}",
        empty="",
        height=240,
    )


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)


# --- accepting ---------------------------------------------------------------------------------


def _accept_buttons(data: DataContext, reading: Reading, preview: Preview) -> None:
    accepted, rejected = words.number(preview.accepted), words.number(preview.rejected)
    label = (
        f"Terima {accepted} baris yang benar, {rejected} baris menunggu perbaikan"
        if preview.rejected
        else f"Terima {accepted} baris"
    )
    if st.button(markdown_text(label), key="terima", type="primary"):
        _commit(data, reading, preview)


def _commit(data: DataContext, reading: Reading, preview: Preview) -> None:
    bar = st.progress(0.0, "Menyimpan")
    try:
        result = steps.commit(
            data.store, preview, data.actor, accept_valid=True, progress=_moving(bar)
        )
        steps.remember_answers(data.store, data.actor, reading.understood, preview.checked)
    except DataError as error:
        show_problem(error)
        return
    finally:
        bar.empty()
    told = "; ".join(
        f"{TABLE_LABELS[table.table]}: {words.number(table.added)} baru, "
        f"{words.number(table.changed)} berubah, {words.number(table.unchanged)} sama, "
        f"{words.number(table.rejected)} ditolak"
        for table in result.tables
    )
    reading.preview = None
    st.session_state["data_pesan"] = (
        "ok",
        f"{told}. Bila keliru, batalkan di bagian Riwayat.",
    )
    st.rerun()
