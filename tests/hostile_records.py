"""Records whose every text field holds what a careless screen would take for more than text."""

from __future__ import annotations

from collections.abc import Sequence

from tests.intake.importing import csv_file
from tests.payloads import LONG, PAYLOADS

# What an import refuses: an address is a person's, and a text may be long but not that long.
ACCEPTED = tuple(each for each in PAYLOADS if "petugas@" not in each and each != LONG)

VISITS = ("Kode Sumber", "Tanggal", "Kode Kecamatan", "Kode Desa", "PIMPASA", "Tujuan", "Pilar",
          "Hasil", "Bukti / Keterangan")  # fmt: skip
SESSIONS = ("Kode Sumber", "Tanggal", "Kode Kecamatan", "Kode Desa", "Tema / Materi", "Sasaran",
            "L", "P")  # fmt: skip
CASES = ("Kode Sumber", "Tanggal Laporan", "Kode Kecamatan Asal", "Tempat Kejadian", "TPPO",
         "Verifikasi", "Tahap", "Kanal", "Modus", "Iming-iming", "Korban Perempuan Dewasa",
         "Dirujuk ke", "Instansi Sumber")  # fmt: skip
VILLAGES = ("Kode Kecamatan", "Kode Desa", "Desa Binaan (ya/tidak)", "Nomor SK", "PIMPASA")


def hostile_files(
    kecamatan: str, desa: Sequence[str], texts: Sequence[str] = ACCEPTED
) -> dict[str, bytes]:
    """Return files by name: visits, sessions and cases in September 2026, a row for each text.

    Args:
        kecamatan: code of the kecamatan of the desa.
        desa: codes; they take turns.
    """
    rows = [
        (place, f"{1 + place % 28:02d}/09/2026", desa[place % len(desa)], text)
        for place, text in enumerate(texts)
    ]
    visits = [
        (f"k{i}", day, kecamatan, code, text, text, text, "nihil", text)
        for i, day, code, text in rows
    ]
    sessions = [(f"s{i}", day, kecamatan, code, text, text, 3, 4) for i, day, code, text in rows]
    cases = [
        (f"c{i}", day, kecamatan, text, "ya", "dilaporkan", text, text, text, text, 1, text, text)
        for i, day, _, text in rows
    ]
    villages = [
        (kecamatan, code, "ya", text, text) for code, text in zip(desa, texts, strict=False)
    ]
    return {
        "kunjungan.csv": csv_file(VISITS, *visits),
        "sosialisasi.csv": csv_file(SESSIONS, *sessions),
        "kasus.csv": csv_file(CASES, *cases),
        "desa.csv": csv_file(VILLAGES, *villages),
    }
