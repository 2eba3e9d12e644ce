"""Exports of KoboToolbox become plain sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from data_access.intake.files.exports.titles import strip_groups
from data_access.intake.files.exports.tools import KOBO, tool_of
from data_access.intake.files.exports.unfold import unfold_export
from data_access.intake.model import CellValue, Sheet, SheetRow, SourceFile


def sheet(name: str, header: Sequence[str], *rows: Sequence[CellValue]) -> Sheet:
    numbered = tuple(SheetRow(n, tuple(row)) for n, row in enumerate(rows, start=2))
    return Sheet(name, tuple(header), 1, numbered)


def export(*sheets: Sheet) -> SourceFile:
    return SourceFile("kobo.xlsx", "0" * 64, "xlsx", sheets)


def unfolded(header: Sequence[str], *rows: Sequence[CellValue]) -> Sheet:
    return unfold_export(export(sheet("Kunjungan", header, *rows))).sheets[0]


SYSTEM = ("_id", "_uuid")


def test_system_columns_tell_an_export() -> None:
    assert tool_of(sheet("K", ("desa", *SYSTEM))) is KOBO
    assert tool_of(sheet("K", ("Desa", "Tanggal"))) is None


def test_plain_file_is_returned_as_it_is() -> None:
    plain = export(sheet("K", ("Desa", "Tanggal")))
    assert unfold_export(plain) is plain


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["umum/tanggal", "umum/desa", "ket"], ["tanggal", "desa", "ket"]),
        (["umum/tanggal", "ket"], ["tanggal", "ket"]),
        (["a/b/tanggal"], ["tanggal"]),
        (["Data Umum/Tanggal Kunjungan", "Ket"], ["Tanggal Kunjungan", "Ket"]),
        (["Nama Desa/Kelurahan", "Apa hasilnya?"], ["Nama Desa/Kelurahan", "Apa hasilnya?"]),
        (["g/pilar", "g/pilar/layanan"], ["pilar", "pilar / layanan"]),
        (["a/nama", "b/nama"], ["a / nama", "b / nama"]),
        (["_uuid", "meta/x"], ["_uuid", "x"]),
    ],
)
def test_groups_are_stripped(header: list[str], expected: list[str]) -> None:
    assert strip_groups(header) == expected


@pytest.mark.parametrize("state", ["Not Approved", "validation_status_not_approved"])
def test_rows_not_approved_are_left_out_and_counted(state: str) -> None:
    header = ("desa", *SYSTEM, "_validation_status")
    found = unfolded(header, ("a", 1, "u1", state), ("b", 2, "u2", "On Hold"), ("c", 3, "u3", None))
    assert [row.number for row in found.rows] == [3, 4]
    assert any(note.startswith("1 baris") for note in found.notes)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2025-01-31T20:15:00", datetime(2025, 2, 1, 3, 15)),
        ("2025-01-31 20:15:00.250", datetime(2025, 2, 1, 3, 15)),
        ("2025-01-31T20:15:00Z", datetime(2025, 2, 1, 3, 15)),
        ("2025-01-31T20:15:00.000+07:00", datetime(2025, 1, 31, 20, 15)),
        ("2025-01-31T22:15:00+09:00", datetime(2025, 1, 31, 20, 15)),
        (datetime(2025, 1, 31, 20, 15), datetime(2025, 2, 1, 3, 15)),
    ],
)
def test_moments_become_wib(written: CellValue, moment: datetime) -> None:
    header = ("desa", *SYSTEM, "_submission_time")
    assert unfolded(header, ("a", 1, "u", written)).rows[0].values[3] == moment


@pytest.mark.parametrize(
    "value", ["2025-01-31", date(2025, 1, 31), "31/01/2025", "2025-13-99T99:99:99", "x"]
)
def test_plain_dates_and_what_is_no_moment_stay(value: CellValue) -> None:
    assert unfolded(("tanggal", *SYSTEM), (value, 1, "u")).rows[0].values[0] == value


def test_geopoint_is_split() -> None:
    found = unfolded(("lokasi", *SYSTEM), ("-6.0123 106.25 12.0 4.5", 1, "u"), (None, 2, "v"))
    assert found.header[-2:] == ("latitude", "longitude")
    assert [row.values[-2:] for row in found.rows] == [(-6.0123, 106.25), (None, None)]


def test_geopoint_columns_of_the_export_are_used() -> None:
    header = ("lokasi", "_lokasi_latitude", "_lokasi_longitude", *SYSTEM)
    found = unfolded(header, ("-6.01 106.25 0 0", "-6.01", "106.25", 1, "u"))
    assert found.rows[0].values[-2:] == (-6.01, 106.25)


def sessions(*children: Sequence[CellValue], header: Sequence[str] = ("g/desa",)) -> SourceFile:
    main = sheet(
        "Sosialisasi", ("tema", *SYSTEM, "_index"), ("TPPO", 1, "u1", 1), ("TPPM", 2, "u2", 2)
    )
    system = ("_index", "_parent_table_name", "_parent_index")
    return export(main, sheet("desa", (*header, *system), *children))


def test_repeats_become_one_list_of_desa() -> None:
    source = sessions(
        ("Lontar", 1, "Sosialisasi", 1), ("Puser", 2, "Sosialisasi", "1"),
        ("Tanara", 3, "Sosialisasi", 2.0),
    )  # fmt: skip
    (found,) = unfold_export(source).sheets
    assert found.header[-1] == "Desa"
    assert [row.values[-1] for row in found.rows] == ["Lontar;Puser", "Tanara"]


def test_shared_kecamatan_is_said_once() -> None:
    source = sessions(
        ("Lontar", "Tirtayasa", 1, "Sosialisasi", 1), ("Puser", "Tirtayasa", 2, "Sosialisasi", 1),
        header=("g/desa", "g/kecamatan"),
    )  # fmt: skip
    (found,) = unfold_export(source).sheets
    assert found.rows[0].values[-2:] == ("Lontar;Puser", "Tirtayasa")


def test_repeats_of_a_missing_parent_are_noted() -> None:
    (found,) = unfold_export(sessions(("Lontar", 1, "Sosialisasi", 9))).sheets
    assert any("induk tidak ditemukan" in note and "baris 2" in note for note in found.notes)


def test_repeat_without_desa_is_noted() -> None:
    (found,) = unfold_export(sessions(("x", 1, "Sosialisasi", 1), header=("foto",))).sheets
    assert found.header[-1] == "_index"
    assert any("tidak berisi desa" in note for note in found.notes)


def test_desa_of_the_main_sheet_comes_first() -> None:
    main = sheet("S", ("desa", *SYSTEM, "_index"), ("Pontang", 1, "u", 1), ("Kubang", 2, "v", 2))
    repeat = sheet("r", ("desa", "_index", "_parent_index"), ("Lontar", 1, 1))
    (found,) = unfold_export(export(main, repeat)).sheets
    assert [row.values[0] for row in found.rows] == ["Pontang;Lontar", "Kubang"]


def test_repeat_group_named_after_desa_gives_desa() -> None:
    source = sessions(("Lontar", 1, "Sosialisasi", 1), header=("Desa Peserta/Desa",))
    (found,) = unfold_export(source).sheets
    assert found.rows[0].values[-1] == "Lontar"
