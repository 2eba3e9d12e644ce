"""Tables of places are read as offices save them, or told how to be saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import NotATableError
from geo.name_lists import read_places

PONTANG = (["Pontang"], ["Kelapian"])


def _columns(path: Path, content: str | bytes) -> tuple[list[str], list[str]]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    places = read_places(path)
    return places.column("kecamatan"), places.column("desa")


TABLES: dict[str, str | bytes] = {
    "plain": "kecamatan,desa\nPontang,Kelapian\n",
    "separator line": "sep=;\nkecamatan;desa\nPontang;Kelapian\n",
    "separator line of Windows": "SEP=,\r\nkecamatan,desa\r\nPontang,Kelapian\r\n",
    "separator line behind a mark": "\ufeffsep=;\nkecamatan;desa\nPontang;Kelapian\n",
    "separator line of tabs": "sep=\t\nkecamatan\tdesa\nPontang\tKelapian\n",
    "bars": "kecamatan|desa\nPontang|Kelapian\n",
    "UTF-16 of Excel": "kecamatan\tdesa\nPontang\tKelapian\n".encode("utf-16"),
    "UTF-16 without a mark": "kecamatan\tdesa\nPontang\tKelapian\n".encode("utf-16-le"),
    "Windows encoding": "kecamatan,desa,ket\nPontang,Kelapian,kafé\n".encode("cp1252"),
    "title above": "DAFTAR DESA BINAAN TAHUN 2026,\n,\nNo,Kecamatan,Desa\n1,Pontang,Kelapian\n",
    "title of a sentence": "Daftar desa, kecamatan\n\nKecamatan;Desa\nPontang;Kelapian\n",
    "long titles": "Nama Kecamatan,Nama Desa/Kelurahan\nPontang,Kelapian\n",
    "short titles": "KEC.,DESA/KEL\nPontang,Kelapian\n",
    "underlined titles": "nama_kecamatan,nm_desa\nPontang,Kelapian\n",
    "titles of BIG": "WADMKC,WADMKD\nPontang,Kelapian\n",
    "codes beside": "Kode Desa,Jumlah Desa,Kecamatan,Desa\n3604122006,1,Pontang,Kelapian\n",
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_is_read_as_offices_save_it(case: str, tmp_path: Path) -> None:
    assert _columns(tmp_path / "tempat.csv", TABLES[case]) == PONTANG


def test_rows_above_the_header_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Laporan\n\nkecamatan,desa\nPontang,\n")
    assert read_places(tmp_path / "a.csv").skipped == 1


REFUSED: dict[str, tuple[str | bytes, str]] = {
    "no header": ("Pontang,Kelapian\nPontang,Kubang\n", "baris pertamanya Pontang, Kelapian"),
    "codes only": ("Kode Desa,Jumlah\n3604122006,1\n", "tidak ada baris judul"),
    "two columns of desa": ("kecamatan,desa,Nama Desa\na,b,c\n", r"dua kolom desa \(desa dan Nama"),
    "a workbook": (b"PK\x03\x04" + b"\0" * 50, "simpan lembarnya sebagai CSV"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 50, "simpan lembarnya sebagai CSV"),
    "too many rows": ("kecamatan,desa\n" + "a,b\n" * 50_001, "lebih dari 50000 baris"),
    "a wide row behind a separator line": ("sep=;\nkecamatan;desa\na;b;c\n", "baris 3 punya"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_such_table_says_why(case: str, tmp_path: Path) -> None:
    content, said = REFUSED[case]
    with pytest.raises(NotATableError, match=said):
        _columns(tmp_path / "tempat.csv", content)
