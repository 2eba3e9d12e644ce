"""Files as short as a fact needs, the whole way into a store, and what a store holds then."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from sqlalchemy import select

from data_access.intake.questions import Answers
from data_access.intake.steps import check, commit, preview, understand
from data_access.intake.writing.commit import ImportResult
from data_access.intake.writing.memory import load_memory
from data_access.intake.writing.preview import Preview
from data_access.schema import metadata
from data_access.store import Store

TODAY = date(2026, 10, 31)

Said = Sequence[str]

VISITS = ("Kode Sumber", "Tanggal", "Kecamatan", "Desa", "PIMPASA", "Tujuan", "Hasil")
SESSIONS = ("Kode Sumber", "Tanggal", "Kecamatan", "Desa", "Materi", "Sasaran", "L", "P")
VILLAGES = ("Kecamatan", "Desa", "Desa Binaan (ya/tidak)", "Nomor SK")
TARGETS = ("Tahun", "Indikator", "Kecamatan", "Target")

PROGRAMME = ("kecamatan", "villages", "visits", "awareness_sessions", "session_villages", "cases",
             "targets")  # fmt: skip


def csv_file(header: Sequence[str], *rows: Sequence[object]) -> bytes:
    """A csv of these rows."""
    stream = io.StringIO()
    csv.writer(stream).writerows([header, *rows])
    return stream.getvalue().encode()


def visit(key: str, day: int = 1, desa: str = "Lontar", outcome: str = "nihil") -> list[object]:
    """A row of a list of visits: kecamatan Tirtayasa, March 2025."""
    return [key, f"{day:02d}/03/2025", "Tirtayasa", desa, "Petugas A", "pemantauan", outcome]


def visits_file(*rows: Sequence[object]) -> bytes:
    """A csv of visits."""
    return csv_file(VISITS, *rows)


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    """An xlsx with these rows, headers included, per sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def previewed(
    store: Store, content: bytes, name: str = "rekap.csv", table: str = "", answers: Said = ()
) -> Preview:
    """What an import of a file would do, with answers such as "catatan serupa=satu"."""
    memory = load_memory(store)
    understood = understand(
        content, name, store.settings, table or None, memory=memory, answers=Answers.parse(answers)
    )
    return preview(store, check(understood), answers=understood.answers)


def imported(
    store: Store, content: bytes, name: str = "rekap.csv", table: str = "", answers: Said = ()
) -> ImportResult:
    """Import the good rows of a file."""
    found = previewed(store, content, name, table, answers)
    return commit(store, found, "petugas", accept_valid=True)


def programme(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the programme, per table in a fixed order."""
    with store.read() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(metadata.tables[name]))), key=repr)
            for name in PROGRAMME
        }


def column(store: Store, table: str, name: str) -> list[Any]:
    """The values of one column, sorted."""
    with store.read() as connection:
        return sorted(connection.scalars(select(metadata.tables[table].c[name])), key=repr)
