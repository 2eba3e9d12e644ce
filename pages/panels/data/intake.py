"""The way of an officer's file: template, upload, columns, check, questions, preview, accept.

The steps are those of ``data_access.intake.steps``, done by a limited process where they touch
the rows of a file; this module asks and shows. What was read stays in the session until the file
is accepted or another one is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from data_access.errors import DataError
from data_access.intake import steps
from data_access.intake.forms.columns import ColumnMapping
from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.forms.templates import template
from data_access.intake.limited.file import LimitedFile
from data_access.intake.limited.server import SERVER
from data_access.intake.questions import Answers
from data_access.intake.writing.memory import load_memory
from data_access.intake.writing.preview import Preview, Progress
from data_access.meta import state_of
from geo.legible import legible
from pages.components import words
from pages.components.alerts import show_problem, show_remark, show_warning
from pages.components.escaping import html_text, markdown_text
from pages.components.panels import panel_title
from pages.components.uploads import upload_place
from pages.components.workbook import WORKBOOK_TYPE
from pages.panels.data.columns import columns_panels
from pages.panels.data.context import DataContext
from pages.panels.data.preview import (
    conflicts_panel,
    problems_panel,
    samples_panel,
    summary_panel,
)
from pages.panels.data.question import question_panel
from pages.panels.data.reading import MOST_SHOWN, Reading
from pages.panels.data.telling import tell

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
_STATE = "berkas_dibaca"
_UPLOAD = "berkas_data"
# Rows after which a bar of unknown length stands half-way.
_HALF_WAY_ROWS = 30_000


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
    columns_panels(data, reading)
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
            for note in notes[:MOST_SHOWN]:
                st.text(legible(note))
            if len(notes) > MOST_SHOWN:
                st.text(f"… dan {words.number(len(notes) - MOST_SHOWN)} catatan lain.")


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
    return state_of(data.store.known()) != preview.revision


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
        summary_panel(preview)
    _notes(tuple(note for table in preview.tables for note in table.notes))
    if preview.problems:
        problems_panel(reading, preview)
    for table in preview.tables:
        samples_panel(table)
        conflicts_panel(table)
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
