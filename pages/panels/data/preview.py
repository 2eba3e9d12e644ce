"""What an import would do, before anybody accepts it: counts, problems, samples, changes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data_access.intake.forms.registry import TABLE_LABELS
from data_access.intake.model import Problem
from data_access.intake.writing.preview import Preview, TablePreview, column_label
from pages.components import words
from pages.components.escaping import markdown_text
from pages.components.panels import panel_title
from pages.components.table import Column, data_table
from pages.components.workbook import WORKBOOK_TYPE
from pages.panels.data.reading import MOST_SHOWN, Reading
from pages.panels.data.telling import place_words


def summary_panel(preview: Preview) -> None:
    """Count, by table, what the file would bring."""
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


def problems_panel(reading: Reading, preview: Preview) -> None:
    """List the first problems, and offer the file with all of them marked."""
    count = preview.problem_count
    shown = preview.problems[:MOST_SHOWN]
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


def samples_panel(table: TablePreview) -> None:
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


def conflicts_panel(table: TablePreview) -> None:
    """Set what a file would change beside what is stored now."""
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
