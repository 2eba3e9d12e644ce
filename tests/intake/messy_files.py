"""Files as officers really have them, built from text so that every cell can be seen here.

Each has what its import must give: the table, how many rows are accepted, where the problems
are, what is noted, and some stored records to the cell.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]


@dataclass(frozen=True)
class MessyFile:
    """A file and what its import must give.

    Attributes:
        accepted: number of rows that are stored.
        problems: (row, header) of each problem, in order.
        questions: what each question is about, in order.
        answers: what an officer answers, as "ABOUT=ANSWER".
        notes: a part of each note; every note must be met by one of them.
        cells: row of the first sheet -> column -> value in the store; "villages" are the desa of
            a session.
    """

    name: str
    build: Callable[[], bytes]
    table: str
    accepted: int
    problems: tuple[tuple[int | None, str], ...] = ()
    notes: tuple[str, ...] = ()
    cells: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


# --- how files are written --------------------------------------------------------------------


def delimited(rows: Rows, separator: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A csv or tsv as Excel and KoboToolbox write it."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode(encoding)


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook; rows start in A1, [] is a blank row."""

    name: str
    rows: Rows
    merges: Sequence[str] = ()
    is_hidden: bool = False


def workbook(*pages: Page) -> bytes:
    """An xlsx; texts with "=" are formulas without a stored result, "#REF!" is an error."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        _fill(book.create_sheet(page.name), page)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(sheet: Worksheet, page: Page) -> None:
    for number, row in enumerate(page.rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)
    for area in page.merges:
        sheet.merge_cells(area)
    if page.is_hidden:
        sheet.sheet_state = "hidden"


_ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(name: str, rows: Rows) -> bytes:
    """An OpenDocument sheet of texts, numbers and dates."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"
                   for row in rows)  # fmt: skip
    content = (
        f"<office:document-content {_ODS_SPACES}><office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = escape(str(value))
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


# --- exports of KoboToolbox -------------------------------------------------------------------

_VISIT_HEADER = ("Tanggal", "Kecamatan", "Desa", "PIMPASA", "Tujuan", "Hasil")


def uuid(number: int) -> str:
    """A key as KoboToolbox gives it."""
    return f"4f1c2a7e-0b1d-4c3e-9a55-{number:012x}"


def _system(number: int, status: str = "", sent: str = "2025-03-14T03:12:40") -> list[object]:
    return [7001 + number, f"uuid:{uuid(number)}", sent, status, "kanim_serang", "v5x", number]


_SYSTEM = ("_id", "_uuid", "_submission_time", "_validation_status", "_submitted_by",
           "__version__", "_index")  # fmt: skip


def kobo_labels() -> bytes:
    """Question labels, ";", a geopoint with its four columns."""
    header = (
        "start", "end", "1. Tanggal Kunjungan", "2. Kecamatan", "3. Desa/Kelurahan",
        "4. Nama Petugas PIMPASA", "5. Tujuan Kunjungan", "6. Hasil Kunjungan", "7. Titik Lokasi",
        "_7. Titik Lokasi_latitude", "_7. Titik Lokasi_longitude", "_7. Titik Lokasi_altitude",
        "_7. Titik Lokasi_precision", "8. Catatan",
    )  # fmt: skip

    def row(number: int, day: str, kecamatan: str, desa: str, result: str, *point: str) -> Rows:
        moment = "2025-03-14T03:02:11.000Z"
        where = [" ".join(point), *point] if point else [""] * 5
        return [[moment, moment, day, kecamatan, desa, "Petugas A", "Pemantauan", result, *where,
                 "", *_system(number)]]  # fmt: skip

    rows = [
        *row(1, "2025-03-14", "Tirtayasa", "Lontar", "Nihil", "-5.97412", "106.29701", "3.2", "4"),
        *row(2, "2025-03-15", "Pontang", "Kubang Puji", "Ada temuan", "-6.0201", "106.269", "0",
             "5"),
        *row(3, "2025-03-16", "Tanara", "Cerukcuk", "Nihil"),
        *row(4, "2025-03-17", "Tanara", "Siremen", "Nihil", "-6.9175", "107.6191", "700", "9"),
    ]  # fmt: skip
    return delimited([(*header, *_SYSTEM), *rows])


def kobo_groups() -> bytes:
    """XML names below groups, and the desa of each session on a repeat sheet."""
    header = ("start", "umum/tanggal", "umum/kecamatan", "materi/tema", "materi/sasaran",
              "peserta/laki_laki", "peserta/perempuan", "hasil/nilai_pre_test",
              "hasil/nilai_post_test", "hasil/jumlah_diuji")  # fmt: skip
    main = [
        ["2025-05-10T01:00:00.000+07:00", "2025-05-10", "tirtayasa", "Bahaya TPPO", "warga", 21,
         34, 55.5, 81, 50, *_system(1)],
        ["2025-05-11T01:00:00.000+07:00", "2025-05-11", "lebak_wangi", "Paspor", "pelajar", 40,
         38, None, None, None, *_system(2)],
        ["2025-05-12T01:00:00.000+07:00", "2025-05-12", "padarincang", "TPPM", "aparat desa", 12,
         9, None, None, None, *_system(3)],
    ]  # fmt: skip
    repeat_header = ("desa_peserta/desa", "_index", "_parent_table_name", "_parent_index",
                     "_submission__id", "_submission__uuid")  # fmt: skip
    children = [("Lontar", 1), ("Susukan", 1), ("alang-alang", 1), ("TIREM", 2), ("Ciomas", 3)]
    repeat = [
        [desa, index, "Sosialisasi Desa Binaan", parent, 7001 + parent, f"uuid:{uuid(parent)}"]
        for index, (desa, parent) in enumerate(children, start=1)
    ]
    return workbook(
        Page("Sosialisasi Desa Binaan", [(*header, *_SYSTEM), *main]),
        Page("desa_peserta", [repeat_header, *repeat]),
    )


def kobo_review() -> bytes:
    """Rows in every state of review, as the server writes it."""
    states = ("Approved", "Not Approved", "On Hold", "", "validation_status_not_approved")
    rows = [
        [f"2025-04-{number:02d}", "Tirtayasa", "Lontar", "Petugas A", "Pemantauan", "nihil",
         *_system(number, state)]
        for number, state in enumerate(states, start=1)
    ]  # fmt: skip
    return delimited([(*_VISIT_HEADER, *_SYSTEM), *rows], ",", "utf-8")


def kobo_evening() -> bytes:
    """Moments: with a zone they become WIB, without one they are what the officer saw."""
    moments = ("2025-01-31T18:30:00.000Z", "2025-01-31T16:59:59", "2025-12-31T17:00:00",
               "2025-02-01T06:30:00.000+07:00")  # fmt: skip
    rows = [
        [moment, "Pontang", "Linduk", "Petugas B", f"Pemantauan {number}", "nihil",
         *_system(number)]
        for number, moment in enumerate(moments, start=1)
    ]  # fmt: skip
    return delimited([("Waktu Kunjungan", *_VISIT_HEADER[1:], *_SYSTEM), *rows])


def kobo_choices() -> bytes:
    """A select_multiple with a 0/1 column per option, one geopoint column, coded places."""
    header = ("tanggal", "kode_desa", "petugas", "tujuan", "pilar", "pilar/layanan",
              "pilar/keamanan", "hasil", "koordinat")  # fmt: skip
    rows = [
        ["2025-06-02", "36.04.13.2007", "Petugas A", "Paspor", "layanan", 1, 0, "nihil",
         "-5.9741 106.2971 0 0", *_system(1)],
        ["2025-06-03", "3604122008", "Petugas A", "Patroli", "layanan keamanan", 1, 1,
         "tindak_lanjut", "", *_system(2)],
    ]  # fmt: skip
    return delimited([(*header, *_SYSTEM), *rows])


def kobo_cases() -> bytes:
    """Choices by their XML names: labels parted by spaces, with a 0/1 column each."""
    header = ("laporan/tanggal_laporan", "korban/kecamatan_asal", "korban/desa_asal",
              "kasus/jenis_kasus", "kasus/jenis_kasus/tppo", "kasus/jenis_kasus/tppm",
              "kasus/jenis_kasus/pmi_np", "kasus/kanal", "kasus/negara_tujuan",
              "korban/perempuan_dewasa", "korban/laki_laki_dewasa", "korban/koordinat",
              "_korban/koordinat_latitude", "_korban/koordinat_longitude")  # fmt: skip
    point = ("-5.97 106.29 0 0", "-5.97", "106.29")
    rows = [
        ["2025-03-01", "tirtayasa", "lontar", "tppo pmi_np", 1, 0, 1, "e_pengaduan", "kamboja",
         1, 0, *point, *_system(1)],
        ["2025-03-02", "luar_kabupaten", "", "tppm", 0, 1, 0, "petugas", "arab_saudi", 0, 4,
         *point, *_system(2)],
    ]  # fmt: skip
    return delimited([(*header, *_SYSTEM), *rows])


# --- rekap in Excel ---------------------------------------------------------------------------


def visits_rekap() -> bytes:
    """A title block, a row of column numbers, blank rows, a total and signatures."""
    rows: Rows = [
        ["KANTOR IMIGRASI KELAS I NON TPI SERANG"],
        ["REKAPITULASI KUNJUNGAN DESA BINAAN"],
        ["Triwulan I Tahun 2025"],
        [],
        ["No.", "Hari/Tanggal", "Desa/Kelurahan", "Kec.", "Petugas", "Kegiatan", "Hasil",
         "Keterangan"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        [1, "Senin, 6 Januari 2025", "Lontar", "Tirtayasa", "Petugas A", "Monitoring", "NIHIL",
         "foto terlampir"],
        [2, date(2025, 1, 7), "Pontang", "Pontang", "Petugas A", "Monitoring",
         "Tidak ada temuan", None],
        [],
        [3, "05 Feb 2025", "Curug Goong", "Padarincang", "Petugas B", "Monitoring",
         "Ditindaklanjuti", "calon PMI 2 orang"],
        [4, "06/02/2025", None, "Tanara", "Petugas B", "Koordinasi camat", "Nihil", None],
        [5, None, None, None, None, None, None, None],
        ["JUMLAH", None, None, None, None, None, 4, None],
        [],
        [None, None, None, None, None, "Serang, 31 Maret 2025"],
        [None, None, None, None, None, "Kepala Seksi Intelijen"],
        [None, None, None, None, None, "NIP. ...................."],
    ]  # fmt: skip
    merges = ("A1:H1", "A2:H2", "A3:H3", "A13:F13")
    return workbook(Page("Rekap", rows, merges))


def sessions_rekap() -> bytes:
    """Jumlah Peserta merged over L, P and Jml; sessions over several desa."""
    rows: Rows = [
        ["LAPORAN SOSIALISASI PENCEGAHAN TPPO DAN TPPM"],
        ["Desa Binaan Imigrasi Kabupaten Serang"],
        [],
        ["No", "Hari/Tanggal", "Desa", "Kecamatan", "Tema/Materi", "Sasaran", "Jumlah Peserta",
         None, None, "Narasumber", "Ket."],
        [None, None, None, None, None, None, "L", "P", "Jml"],
        [1, "Rabu (13/9/2023)", "Pontang", "Pontang", "Bahaya TPPO", "warga", 30, 45, 75,
         "Kasi Intel;\nBP3MI Banten", None],
        [2, "Selasa 28 Oktober 2025", "Lontar, Susukan dan Wargasara", "Tirtayasa",
         "PMI prosedural", "pelajar SMK", 60, 61, 121, "Polres Serang", "daring"],
        [3, "29-30 Oktober 2025", "Tirem / Bolang", "Kec. Lebak Wangi", "Paspor", "warga", 18,
         None, 40, None, None],
        [4, "03/11/2025", "Sukanegara", "Pontang", "TPPM", "aparat", 10, 12, 25, None, None],
        [5, "04/11/2025", None, "Tanara", "TPPM", "aparat", 8, 12, 20, None, None],
        ["TOTAL", None, None, None, None, None, 126, 130, 281],
    ]  # fmt: skip
    merges = ("A1:K1", "A2:K2", "G4:I4", "A11:F11",
              *(f"{letter}4:{letter}5" for letter in "ABCDEFJK"))  # fmt: skip
    return workbook(Page("Sosialisasi 2023-2025", rows, merges))


def months() -> bytes:
    """A sheet per month and a summary that is no table."""

    def month(number: int, *rows: Sequence[object]) -> Rows:
        return [[f"KUNJUNGAN BULAN KE-{number}"], ["No", *_VISIT_HEADER], *rows]

    visit = ["Petugas A", "Pemantauan", "nihil"]
    return workbook(
        Page("Januari", month(1, [1, date(2026, 1, 5), "Tirtayasa", "Lontar", *visit],
                              [2, date(2026, 1, 6), "Tirtayasa", "Puser", *visit])),
        Page("Februari", month(2, [1, date(2026, 2, 3), "Tanara", "Tanara", *visit])),
        Page("Maret", month(3)),
        Page("Ringkasan", [["Desa", "Jumlah Kunjungan"], ["Lontar", 1], ["Puser", 1]]),
    )  # fmt: skip


def dates() -> bytes:
    """Every way that a date was seen written, right and wrong."""
    written: Sequence[object] = [
        "16/01/2023", "2025-05-10", "Rabu (13/9/2023)", "Selasa 28 Oktober 2025",
        datetime(2024, 2, 29, 9, 15), 45000, "16-10-2019 - 03-11-2020", "16 s.d. 18 Maret 2025",
        "10/05/2922", "Senin, 14/03/2025", "31/02/2025", "05/11/2026", "3/4/25", "Maret 2025",
        "Jum'at, 14 Pebruari 2025", "01/12/2014",
    ]  # fmt: skip
    rows = [[day, "Tirtayasa", "Lontar", "Petugas A", f"Kunjungan {number}", "nihil"]
            for number, day in enumerate(written, start=1)]  # fmt: skip
    return workbook(Page("Kunjungan", [_VISIT_HEADER, *rows]))


def numbers() -> bytes:
    """Thousands, decimals, units and estimates in counts and scores."""
    header = ("Tanggal", "Kecamatan", "Desa", "Materi", "L", "P", "Nilai Pretest",
              "Nilai Posttest", "Peserta Tes")  # fmt: skip
    cells = [
        ("50 orang", "1.226", "61,5", "99,25", "40"),
        ("sekitar 100", "± 20", "", "", ""),
        ("1.226.201", "3", "", "", ""),
        ("12,5", "3", "", "", ""),
        ("-4", "3", "", "", ""),
        ("banyak", "3", "", "", ""),
        ("7", "-", "", "", ""),
        ("", "", "", "", ""),
        ("10", "10", "120", "90%", "18"),
        ("12", "8", "60", "", "25"),
    ]
    rows = [[f"{number:02d}/06/2025", "Pontang", "Domas", f"Tema {number}", *row]
            for number, row in enumerate(cells, start=1)]  # fmt: skip
    return delimited([header, *rows])


def spellings() -> bytes:
    """Places as people write them."""
    places = [
        ("Kec. Lebak Wangi", "Ds. Tirem"), ("KEC.TIRTAYASA", "DS. LONTAR"),
        ("tirtayasa", "  pontang   legon "), ("Puloampel", "Pulo Panjang"),
        ("Lebakwangi", "KENCANA  HARAPAN"), ("", "Ds. Lontar, Kec. Tirtayasa"),
        ("Kecamatan Padarincang", "Desa Ciomas"), ("Tirtayasa", "Alang Alang"),
        ("Anyer", "Cikoneng"), ("Tirtayasa", "Lontr"), ("Pontang", "Lontar"),
        ("Tirtayasa", "Sukamiskin"), ("Gunung Sari", ""),
    ]  # fmt: skip
    rows = [[f"{number:02d}/07/2025", *place, "Petugas A", "Pemantauan", "nihil"]
            for number, place in enumerate(places, start=1)]  # fmt: skip
    return delimited([_VISIT_HEADER, *rows], ",", "utf-8")


def ambiguous() -> bytes:
    """Names of desa that occur in several kecamatan, with and without one beside them."""
    header = ("Tanggal", "Desa", "Petugas", "Kegiatan", "Hasil")
    names = ("Wanayasa", "Mekarsari", "Lontar", "Wanayasa (Pontang)", "Sangiang, Kec. Mancak",
             "Pontang")  # fmt: skip
    rows = [[f"{number:02d}/08/2025", name, "Petugas A", "Pemantauan", "nihil"]
            for number, name in enumerate(names, start=1)]  # fmt: skip
    return delimited([header, *rows])


def codes() -> bytes:
    """Codes with and without dots, as text and as number, and what Excel made of some."""
    written: Sequence[object] = [
        "36.04.13.2007", "3604132007", 3604132014, 3604122001.0, "ID3604132007", "3.604012e9",
        "3,60413E+09", "3604130000", "36.04.13", "36.04.99.2001", "36.73.01.1001", "3604132007 ",
    ]  # fmt: skip
    rows = [[f"{number:02d}/09/2025", code, "Petugas A", "Pemantauan", "nihil"]
            for number, code in enumerate(written, start=1)]  # fmt: skip
    header = ("Tanggal", "Kode Desa", "Petugas", "Tujuan", "Hasil")
    return workbook(Page("Kunjungan", [header, *rows]))


def unicode_text() -> bytes:
    """Excel's "Teks Unicode": UTF-16 with tabs."""
    rows = [
        ["02/10/2025", "Tirtayasa", "Lontar", "Petugas “A”", "Pemantauan – rutin", "nihil"],
        ["03/10/2025", "Tanara", "Bendung", "Petugas B", 'Rapat "TIMPORA"', "temuan"],
    ]
    return delimited([_VISIT_HEADER, *rows], "\t", "utf-16")


def windows_text() -> bytes:
    """An older Excel's csv: Windows-1252, title block, ";" at the end of every line."""
    rows = [
        ["Rekap kunjungan – Kanim Serang", *[""] * 7],
        [*_VISIT_HEADER, "", ""],
        ["04/10/2025", "Tirtayasa", "Lontar", "Petugas A", "Pemantauan “rutin”", "nihil", "", ""],
        ["05/10/2025", "Tanara", "Bendung", "Petugas B", "Rapat\ntriwulan", "temuan", "", ""],
    ]
    return b"sep=;\r\n" + delimited(rows, ";", "cp1252")


def repeated_headers() -> bytes:
    """Printed page by page: the header comes again, with a total below each page."""

    def page(first: int) -> Rows:
        days = range(first, first + 2)
        return [_VISIT_HEADER, *([f"{day:02d}/11/2025", "Pontang", "Linduk", "Petugas A",
                                  "Pemantauan", "nihil"] for day in days),
                ["Jumlah", "", "", "", "", "2"]]  # fmt: skip

    return delimited([*page(1), [""] * 6, *page(3)])


def repeated_rows() -> bytes:
    """The same row again, and two that tell the same visit differently."""

    def visit(day: int, officer: str, outcome: str) -> list[object]:
        return [f"{day:02d}/12/2025", "Tirtayasa", "Lontar", officer, "Pemantauan", outcome]

    rows = [
        visit(1, "Petugas A", "nihil"), visit(1, "Petugas A", "nihil"),
        visit(3, "Petugas A", "nihil"), visit(1, "Petugas  B ", "nihil"),
        visit(2, "Petugas A", "nihil"), visit(2, "Petugas A", "temuan"),
    ]  # fmt: skip
    return delimited([_VISIT_HEADER, *rows])


def merged_days() -> bytes:
    """One date cell merged over the desa of a day."""
    visit = ["Petugas A", "Pemantauan", "nihil"]
    rows: Rows = [
        _VISIT_HEADER,
        [date(2026, 4, 7), "Tirtayasa", "Lontar", *visit],
        [None, None, "Puser", *visit],
        [date(2026, 4, 8), "Tirtayasa", "Laban", *visit],
    ]
    return workbook(Page("Kunjungan", rows, ("A2:A3", "B2:B3")))


def hidden() -> bytes:
    """Last year's sheet hidden, not deleted."""
    visit = ["Petugas A", "Pemantauan", "nihil"]
    return workbook(
        Page("2026", [_VISIT_HEADER, [date(2026, 5, 4), "Tanara", "Tanara", *visit]]),
        Page("2025", [_VISIT_HEADER, [date(2025, 5, 5), "Tanara", "Lempuyang", *visit]],
             is_hidden=True),
        Page("Sheet3", []),
    )  # fmt: skip


def formulas() -> bytes:
    """Saved by a program that does not calculate: formulas have no result."""
    header = ("Tanggal", "Kecamatan", "Desa", "Tema", "L", "P", "Jumlah")
    rows: Rows = [
        header,
        [date(2026, 6, 1), "Tanara", "Tanara", "TPPO", 10, 12, "=E2+F2"],
        ["=A2+1", "Tanara", "Siremen", "TPPO", 9, 11, "=E3+F3"],
        [date(2026, 6, 3), "Tanara", "Cibodas", "TPPO", 9, "=E4*2", "=E4+F4"],
        ["Jumlah", None, None, None, "=SUM(E2:E4)", "=SUM(F2:F4)", "=SUM(G2:G4)"],
    ]
    return workbook(Page("Sosialisasi", rows))


def broken_references() -> bytes:
    """What is left when a sheet that others looked up was deleted."""
    rows: Rows = [
        _VISIT_HEADER,
        [date(2026, 7, 1), "Tanara", "#REF!", "Petugas A", "Pemantauan", "nihil"],
        [date(2026, 7, 2), "Tanara", "Tanara", "#N/A", "Pemantauan", "#VALUE!"],
        [date(2026, 7, 3), "Tanara", "Tanara", "Petugas A", "Pemantauan", "nihil"],
    ]
    return workbook(Page("Kunjungan", rows))


def open_document() -> bytes:
    """LibreOffice's own format."""
    return ods("Kunjungan", [
        ["Data kunjungan PIMPASA"],
        _VISIT_HEADER,
        [date(2026, 8, 3), "Tirtayasa", "Wargasara", "Petugas A", "Pemantauan", "nihil"],
        ["4 Agustus 2026", "Pulo Ampel", "Pulo Panjang", "Petugas B", "Pemantauan",
         "tidak terjangkau"],
        [date(2026, 8, 5), "Anyar", "Cikoneng", "Petugas B", "Pemantauan", "entah"],
    ])  # fmt: skip


# --- the other tables -------------------------------------------------------------------------


def assisted_villages() -> bytes:
    """The list of Desa Binaan with its decree."""
    rows: Rows = [
        ["DAFTAR DESA BINAAN IMIGRASI"],
        ["No", "Kecamatan", "Nama Desa", "Nomor SK", "Tanggal SK", "PIMPASA"],
        [1, "TIRTAYASA", "LONTAR", "W.12.IMI-1234/2023", date(2023, 9, 13), "Petugas A"],
        [2, "PONTANG", "PONTANG", "W.12.IMI-1234/2023", "13 September 2023", "Petugas A"],
        [3, "PULO AMPEL", "PULO PANJANG", "W.12.IMI-77/2024", "17/05/2024", None],
        [4, "PADARINCANG", "CITASUK", None, "belum", "Petugas C"],
        [5, "TANARA", "TANAR", "W.12.IMI-77/2024", "17/05/2024", "Petugas B"],
        [6, "LEBAK WANGI", None, "W.12.IMI-77/2024", "17/05/2024", "Petugas B"],
    ]
    return workbook(Page("Desa Binaan", rows))


def population() -> bytes:
    """Population per kecamatan as offices publish it, with the sum below."""
    rows: Rows = [
        ["JUMLAH PENDUDUK MENURUT KECAMATAN, SEMESTER I 2025"],
        ["No", "Kode", "Kecamatan", "Jumlah Penduduk", None, None, "Usia Kerja", "Tahun",
         "Sumber", "Kantor"],
        [None, None, None, "Laki-laki", "Perempuan", "Jumlah"],
        [1, "36.04.12", "Pontang", "24.310", "23.021", "47.331", "33.010", 2025, "Dukcapil",
         "Kanim Serang"],
        [2, "36.04.13", "Tirtayasa", 24310, 23021, 47331, 33010, 2025, "Dukcapil", "Serang"],
        [3, "36.04.08", "Puloampel", "20.001", "19.999", "41.000", "", 2025, "Dukcapil",
         "Cilegon"],
        [4, "36.04.14", "Tanara", 20001, 19999, 40000, 41000, 2025, "Dukcapil", "Serang"],
        ["KABUPATEN SERANG", None, None, "926.144", "889.407", "1.815.551"],
    ]  # fmt: skip
    return workbook(Page("Penduduk", rows, ("A1:J1", "D2:F2")))


def targets() -> bytes:
    """Targets of a year, as percentages and as numbers."""
    return delimited([
        ("Tahun", "Indikator", "Kecamatan", "Target"),
        (2026, "Cakupan kunjungan", "", "85%"),
        (2026, "Cakupan kunjungan", "Pontang", "0,9"),
        (2026, "Kunjungan", "Semua kecamatan", "1.200"),
        (2026, "Kehadiran (bukan orang unik)", "Kec. Tirtayasa", "2.500 orang"),
        (2026, "Cakupan kunjungan", "Tanara", "85"),
        (2026, "Kebahagiaan", "", "100"),
        ("dua ribu", "Kunjungan", "", "10"),
    ])  # fmt: skip


def cases() -> bytes:
    """Cases with several labels, origins outside or unknown, countries, victims by group."""
    header: Sequence[object] = (
        "No", "No. Register", "Tanggal Laporan", "Tanggal Kejadian", "Kecamatan Asal",
        "Desa Asal", "Jenis Kasus", "Status Verifikasi", "Tahap", "Kanal", "Negara Tujuan",
        "Korban", None, None, None, "Nama Korban", "Kronologi", "Tanggal Tindak Lanjut",
    )  # fmt: skip
    groups = [*[None] * 11, "Perempuan Dewasa", "Laki-laki Dewasa", "Anak Perempuan",
              "Anak Laki-laki"]  # fmt: skip
    rows: Rows = [
        header,
        groups,
        [1, "REG-01/2025", date(2025, 2, 3), date(2024, 12, 20), "Tirtayasa", "Lontar",
         "TPPO, PMI Non Prosedural", "Terverifikasi", "Lidik", "WA", "Kamboja", 2, 0, 0, 0,
         "Bunga", None, date(2025, 2, 5)],
        [2, "REG-02/2025", "11 Februari 2025", None, "Kota Serang", "Kasemen", "PMI NP",
         "dilaporkan", "laporan", "datang langsung", "Arab Saudi", 1, None, None, None, None,
         None, None],
        [3, "REG-03/2025", "12/02/2025", None, "tidak diketahui", None, "TPPM", None, "P-21",
         "medsos", "UEA", 0, 3, 0, 1, "Melati", None, None],
        [4, "REG-04/2025", "13/02/2025", "20/02/2025", "Pontang", "Linduk", "TPPO",
         "terverifikasi", "LP", "surat", "Malaysia", 1, 0, 0, 0, None, None, None],
        [5, "REG-05/2025", "14/02/2025", None, "Pontang", "Linduk", "penipuan", "mungkin", "LP",
         "surat", "Timur Tengah", 1, 0, 0, 0, None, None, None],
        [6, "REG-06/2025", "15/02/2025", None, "Pontang", "Linduk", "TPPO", "terverifikasi",
         "LP", "surat", "Taiwan", 1, 0, 0, 0, None, "hubungi 0812-3456-7890", None],
    ]  # fmt: skip
    merges = ("L1:O1", *(f"{letter}1:{letter}2" for letter in "ABCDEFGHIJKPQR"))
    return workbook(Page("Kasus 2025", rows, merges))


def two_tables() -> bytes:
    """Visits and sessions in one workbook."""
    sessions = ("Tanggal", "Kecamatan", "Desa", "Tema", "L", "P")
    visit = [date(2026, 9, 1), "Tanara", "Tanara", "Petugas A", "Pemantauan", "nihil"]
    return workbook(
        Page("Kunjungan", [_VISIT_HEADER, visit]),
        Page("Sosialisasi",
             [sessions, [date(2026, 9, 2), "Tanara", "Tanara; Bendung", "TPPO", 3, 4]]),
    )  # fmt: skip


_NUMBER_UNUSED = "Kolom yang tidak dipakai: “No”"
_MOVED = "UTC) diubah ke WIB"
_DESA_UNKNOWN = "desa tidak diketahui"

FILES: tuple[MessyFile, ...] = (
    MessyFile(
        "kobo_label.csv", kobo_labels, "visits", 3,
        ((5, "latitude"),),
        (_MOVED,),
        {
            2: {"source_key": uuid(1), "visited_on": "2025-03-14",
                "village_code": "36.04.13.2007", "pimpasa": "Petugas A", "outcome": "nihil",
                "latitude": -5.97412, "longitude": 106.29701},
            3: {"village_code": "36.04.12.2008", "outcome": "temuan"},
            4: {"latitude": None, "longitude": None},
        },
    ),
    MessyFile(
        "kobo_grup.xlsx", kobo_groups, "awareness_sessions", 3, (),
        (_MOVED,),
        {
            2: {"source_key": uuid(1), "held_on": "2025-05-10", "kecamatan_code": "36.04.13",
                "topic": "Bahaya TPPO", "male": 21, "female": 34, "pre_score": 55.5,
                "post_score": 81.0, "tested": 50,
                "villages": ("36.04.13.2007", "36.04.13.2008", "36.04.13.2012")},
            3: {"kecamatan_code": "36.04.35", "villages": ("36.04.35.2009",), "tested": 0},
            4: {"villages": ("36.04.29.2006",)},
        },
    ),
    MessyFile(
        "kobo_status.csv", kobo_review, "visits", 3, (),
        ("2 baris berstatus “Not Approved”", "1 baris yang peninjauannya belum selesai", _MOVED),
        {4: {"source_key": uuid(3), "visited_on": "2025-04-03"}},
    ),
    MessyFile(
        "kobo_malam.csv", kobo_evening, "visits", 4, (),
        (_MOVED,),
        {
            2: {"visited_on": "2025-02-01"},
            3: {"visited_on": "2025-01-31"},
            4: {"visited_on": "2025-12-31"},
            5: {"visited_on": "2025-02-01"},
        },
    ),
    MessyFile(
        "kobo_pilihan.csv", kobo_choices, "visits", 2, (),
        (_MOVED,),
        {
            2: {"village_code": "36.04.13.2007", "pillar": "Layanan", "latitude": -5.9741,
                "longitude": 106.2971},
            3: {"village_code": "36.04.12.2008", "outcome": "tindak_lanjut", "latitude": None},
        },
    ),
    MessyFile(
        "kobo_kasus.csv", kobo_cases, "cases", 2, (),
        (_MOVED, "“korban / koordinat” tidak dibaca", "koordinat_latitude” tidak dibaca",
         "koordinat_longitude” tidak dibaca", "“latitude” tidak dibaca",
         "“longitude” tidak dibaca", "verifikasi kosong", "Baris 3: asal di luar"),
        {
            2: {"origin_village_code": "36.04.13.2007", "is_tppo": True, "is_tppm": False,
                "is_pmi_np": True, "channel": "e-Pengaduan", "destination_country": "KH"},
            3: {"origin_kecamatan_code": None, "is_tppm": True, "destination_country": "SA",
                "women": 0, "men": 4},
        },
    ),
    MessyFile(
        "rekap kunjungan TW I.xlsx", visits_rekap, "visits", 4, (),
        ("nomor kolom tidak dibaca: baris 6", "total tidak dibaca: baris 13",
         "di bawah tabel tidak dibaca: baris 15–17", "bernomor urut tidak dibaca: baris 12",
         "“No.”", f"Baris 11: {_DESA_UNKNOWN}"),
        {
            7: {"visited_on": "2025-01-06", "village_code": "36.04.13.2007",
                "purpose": "Monitoring", "outcome": "nihil", "evidence": "foto terlampir"},
            8: {"visited_on": "2025-01-07", "village_code": "36.04.12.2001", "outcome": "nihil"},
            10: {"visited_on": "2025-02-05", "village_code": "36.04.29.2013",
                 "outcome": "tindak_lanjut", "evidence": "calon PMI 2 orang"},
            11: {"village_code": None, "kecamatan_code": "36.04.14"},
        },
    ),
    MessyFile(
        "Laporan Sosialisasi.xlsx", sessions_rekap, "awareness_sessions", 4,
        ((9, "Jumlah Peserta / Jml"),),
        ("total tidak dibaca: baris 11", "Kolom “Narasumber” tidak disimpan", "“No”, “Ket.”",
         "Baris 8: Rentang", "Baris 8: jumlah L atau P dihitung", f"Baris 10: {_DESA_UNKNOWN}"),
        {
            6: {"held_on": "2023-09-13", "male": 30, "female": 45,
                "villages": ("36.04.12.2001",)},
            7: {"held_on": "2025-10-28", "audience": "pelajar SMK", "male": 60, "female": 61,
                "villages": ("36.04.13.2007", "36.04.13.2008", "36.04.13.2009")},
            8: {"held_on": "2025-10-29", "kecamatan_code": "36.04.35", "male": 18, "female": 22,
                "villages": ("36.04.35.2008", "36.04.35.2009")},
            10: {"kecamatan_code": "36.04.14", "villages": ()},
        },
    ),
    MessyFile(
        "kunjungan per bulan.xlsx", months, "visits", 3, (),
        ("Lembar “Ringkasan” tidak dibaca", "“Januari”: Kolom", "“Februari”: Kolom",
         "“Maret”: Kolom", "“Maret” hanya berisi judul"),
        {4: {"visited_on": "2026-01-06", "village_code": "36.04.13.2014"}},
    ),
    MessyFile(
        "tanggal.xlsx", dates, "visits", 9,
        tuple((row, "Tanggal") for row in (10, 11, 12, 13, 14, 15, 17)),
        ("Baris 8: Rentang “16-10-2019 - 03-11-2020”", "Baris 9: Rentang “16 s.d. 18 Maret 2025”"),
        {
            row: {"visited_on": day}
            for row, day in (
                (2, "2023-01-16"), (3, "2025-05-10"), (4, "2023-09-13"), (5, "2025-10-28"),
                (6, "2024-02-29"), (7, "2023-03-15"), (8, "2019-10-16"), (9, "2025-03-16"),
                (16, "2025-02-14"),
            )
        },
    ),
    MessyFile(
        "angka.csv", numbers, "awareness_sessions", 4,
        ((4, "L"), (5, "L"), (6, "L"), (7, "L"), (9, "L"), (10, "Nilai Pretest")),
        ("“sekitar 100” dibaca 100", "“± 20” dibaca 20",
         "Baris 11: nilai tes hanya", "Baris 11: peserta yang diuji lebih banyak"),
        {
            2: {"male": 50, "female": 1226, "pre_score": 61.5, "post_score": 99.25, "tested": 40},
            3: {"male": 100, "female": 20},
            8: {"male": 7, "female": 0},
        },
    ),
    MessyFile(
        "ejaan.csv", spellings, "visits", 10,
        ((11, "Desa"), (12, "Desa"), (13, "Desa")),
        (f"Baris 14: {_DESA_UNKNOWN}",),
        {
            row: {"village_code": code}
            for row, code in (
                (2, "36.04.35.2009"), (3, "36.04.13.2007"), (4, "36.04.13.2004"),
                (5, "36.04.08.2009"), (6, "36.04.35.2005"), (7, "36.04.13.2007"),
                (8, "36.04.29.2006"), (9, "36.04.13.2012"), (10, "36.04.30.2003"), (14, None),
            )
        },
        ("Lontr, Tirtayasa", "Lontar, Pontang"),
        ("Lontr, Tirtayasa=abaikan", "Lontar, Pontang=abaikan"),
    ),
    MessyFile(
        "desa tanpa kecamatan.csv", ambiguous, "visits", 5,
        ((3, "Desa"),), (),
        {
            row: {"village_code": code}
            for row, code in ((2, "36.04.05.2012"), (4, "36.04.13.2007"), (5, "36.04.12.2012"),
                              (6, "36.04.32.2007"), (7, "36.04.12.2001"))
        },
        ("Wanayasa", "Mekarsari"),
        ("Wanayasa=36.04.05.2012", "Mekarsari=abaikan"),
    ),
    MessyFile(
        "kode.xlsx", codes, "visits", 6,
        tuple((row, "Kode Desa") for row in range(7, 13)), (),
        {
            row: {"village_code": code}
            for row, code in ((2, "36.04.13.2007"), (3, "36.04.13.2007"), (4, "36.04.13.2014"),
                              (5, "36.04.12.2001"), (6, "36.04.13.2007"), (13, "36.04.13.2007"))
        },
    ),
    MessyFile(
        "teks unicode.txt", unicode_text, "visits", 2, (), (),
        {
            2: {"pimpasa": "Petugas “A”", "purpose": "Pemantauan – rutin"},
            3: {"purpose": 'Rapat "TIMPORA"', "outcome": "temuan"},
        },
    ),
    MessyFile(
        "excel lama.csv", windows_text, "visits", 2, (),
        ("Windows-1252",),
        {
            3: {"visited_on": "2025-10-04", "purpose": "Pemantauan “rutin”"},
            4: {"purpose": "Rapat triwulan"},
        },
    ),
    MessyFile(
        "per halaman.csv", repeated_headers, "visits", 4, (),
        ("total tidak dibaca: baris 4, 9", "Judul yang berulang tidak dibaca: baris 6"),
        {7: {"visited_on": "2025-11-03"}},
    ),
    MessyFile(
        "ganda.csv", repeated_rows, "visits", 3,
        ((6, "Hasil"), (7, "Hasil")),
        ("Baris 3: sama dengan baris lain menurut jawaban Anda; dihitung sekali.",),
        {2: {"visited_on": "2025-12-01"}, 5: {"pimpasa": "Petugas B"}},
        ("baris sama", "baris serupa"),
        ("baris sama=satu", "baris serupa=abaikan"),
    ),
    MessyFile(
        "sel gabungan.xlsx", merged_days, "visits", 3, (),
        ("Isi sel gabungan dibaca untuk setiap baris yang dicakupnya: A2:A3, B2:B3",),
        {
            2: {"visited_on": "2026-04-07", "village_code": "36.04.13.2007"},
            3: {"visited_on": "2026-04-07", "village_code": "36.04.13.2014"},
            4: {"visited_on": "2026-04-08", "village_code": "36.04.13.2010"},
        },
    ),
    MessyFile(
        "lembar tersembunyi.xlsx", hidden, "visits", 2, (),
        ("Lembar “Sheet3” kosong", "“2025” tersembunyi, tetapi ikut dibaca"),
        {2: {"visited_on": "2026-05-04"}},
    ),
    MessyFile(
        "rumus.xlsx", formulas, "awareness_sessions", 1,
        ((3, "Tanggal"), (4, "P")),
        ("total tidak dibaca: baris 5", "Baris 2: rumus jumlah tidak berisi hasil"),
        {2: {"male": 10, "female": 12}},
    ),
    MessyFile(
        "ref.xlsx", broken_references, "visits", 1,
        ((2, "Desa"), (3, "Hasil"), (3, "PIMPASA")), (),
        {4: {"visited_on": "2026-07-03"}},
    ),
    MessyFile(
        "kunjungan.ods", open_document, "visits", 2,
        ((5, "Hasil"),), (),
        {
            3: {"visited_on": "2026-08-03", "village_code": "36.04.13.2009"},
            4: {"visited_on": "2026-08-04", "outcome": "tidak_terjangkau"},
        },
    ),
    MessyFile(
        "desa binaan.xlsx", assisted_villages, "villages", 4,
        ((7, "Nama Desa"), (8, "Nama Desa")),
        (
            _NUMBER_UNUSED,
            "Baris 3, 4, 5: dibaca sebagai desa binaan",
            "Baris 6: dibaca sebagai bukan desa binaan",
        ),
        {
            3: {"code": "36.04.13.2007", "is_assisted": True, "assisted_since": "2023-09-13",
                "decree_number": "W.12.IMI-1234/2023", "pimpasa": "Petugas A"},
            5: {"code": "36.04.08.2009", "is_assisted": True, "pimpasa": None},
            6: {"code": "36.04.29.2004", "is_assisted": False, "pimpasa": "Petugas C"},
        },
        ("TANAR, TANARA",),
        ("TANAR, TANARA=abaikan",),
    ),
    MessyFile(
        "penduduk.xlsx", population, "kecamatan", 2,
        ((6, "Jumlah Penduduk / Jumlah"), (7, "Usia Kerja")),
        ("total tidak dibaca: baris 8", _NUMBER_UNUSED),
        {
            4: {"code": "36.04.12", "population": 47331, "population_male": 24310,
                "population_female": 23021, "working_age": 33010, "population_year": 2025,
                "population_source": "Dukcapil", "office": "serang"},
        },
    ),
    MessyFile(
        "target.csv", targets, "targets", 4,
        ((6, "Target"), (7, "Indikator"), (8, "Tahun")), (),
        {
            2: {"indicator": "visit_coverage", "kecamatan_code": "", "value": 0.85},
            3: {"kecamatan_code": "36.04.12", "value": 0.9},
            4: {"indicator": "visits", "kecamatan_code": "", "value": 1200.0},
            5: {"indicator": "attendance", "kecamatan_code": "36.04.13", "value": 2500.0},
        },
    ),
    MessyFile(
        "kasus.xlsx", cases, "cases", 3,
        ((6, "Tanggal Laporan"), (7, "Jenis Kasus"), (7, "Negara Tujuan"),
         (7, "Status Verifikasi"), (8, "Kronologi")),
        ("“Nama Korban” tidak dibaca", "“Kronologi” tidak disimpan", _NUMBER_UNUSED,
         "Baris 4: asal di luar", "Baris 5: verifikasi kosong"),
        {
            3: {"source_key": "REG-01/2025", "reported_on": "2025-02-03",
                "occurred_on": "2024-12-20", "origin_village_code": "36.04.13.2007",
                "is_tppo": True, "is_tppm": False, "is_pmi_np": True, "stage": "penyelidikan",
                "channel": "WhatsApp", "destination_country": "KH", "women": 2,
                "first_action_on": "2025-02-05"},
            4: {"origin_kecamatan_code": None, "destination_country": "SA", "women": 1, "men": 0},
            5: {"origin_kecamatan_code": None, "is_tppm": True, "verification": "dilaporkan",
                "stage": "P21", "destination_country": "AE", "men": 3, "boys": 1},
        },
    ),
)  # fmt: skip
