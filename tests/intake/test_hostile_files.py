"""Files of a hostile week: each ends in a refusal, in row errors or in notes, never half stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.errors import DataError
from data_access.intake.files import errors
from data_access.intake.model import Problem
from data_access.intake.writing.commit import ImportResult, NothingAcceptedError
from data_access.intake.writing.history import history
from data_access.intake.writing.preview import Preview
from data_access.store import Store
from tests.intake.importing import column, imported, previewed, programme
from tests.intake.messy_files import Page, delimited, workbook

VISITS = ("Tanggal", "Kecamatan", "Desa", "Petugas", "Tujuan", "Hasil")
SESSIONS = ("Tanggal", "Kecamatan", "Desa", "Materi", "L", "P")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def visit(day: str = "14/03/2025", **changes: object) -> list[object]:
    """A sound row of VISITS but for the changes."""
    row = {"Tanggal": day, "Kecamatan": "Tirtayasa", "Desa": "Lontar", "Petugas": "Petugas A",
           "Tujuan": "Pemantauan", "Hasil": "nihil"}  # fmt: skip
    return list((row | changes).values())


def visits(*rows: Sequence[object]) -> bytes:
    """A csv of visits: a sound row, then these."""
    return delimited([VISITS, visit(), *rows])


def sessions(*attendance: tuple[object, object]) -> bytes:
    """A csv of sessions: a sound row, then rows with these counts."""
    counts = [(10, 12), *attendance]
    return delimited([SESSIONS, *(
        [f"{number:02d}/03/2025", "Tirtayasa", "Lontar", f"Tema {number}", *count]
        for number, count in enumerate(counts, start=1)
    )])  # fmt: skip


def with_entry(content: bytes, **entries: bytes) -> bytes:
    """A zip with some entries added or replaced; "__" stands for "/"."""
    added = {name.replace("__", "/"): data for name, data in entries.items()}
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in added:
                new.writestr(name, old.read(name))
        for name, data in added.items():
            new.writestr(name, data)
    return stream.getvalue()


def sound_workbook() -> bytes:
    return workbook(Page("Kunjungan", [VISITS, visit()]))


def raw_sheet(*cells: str) -> bytes:
    """Sessions with a raw row of xml after a sound one."""
    row = [*visit()[:3], "Tema", 10, 12]
    content = workbook(Page("Sosialisasi", [SESSIONS, row, row]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    start = xml.index('<row r="3"')
    end = xml.index("</row>", start)
    texts = ("15/03/2025", "Tirtayasa", "Lontar", "Tema 2")
    inline = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    raw = f'{xml[:start]}<row r="3">{inline}{"".join(cells)}{xml[end:]}'
    return with_entry(content, **{"xl__worksheets__sheet1.xml": raw.encode()})


# --- refused as a whole -----------------------------------------------------------------------

Build = Callable[[], bytes]
REFUSED: tuple[tuple[str, Build, type[DataError], str], ...] = (
    ("kosong.csv", lambda: b"", errors.SourceEmptyError, "kosong"),
    ("baris kosong.csv", lambda: b"\n;;;\n\n", errors.SourceEmptyError, "kosong"),
    ("kosong.xlsx", lambda: workbook(Page("Sheet1", [])), errors.SourceEmptyError, "kosong"),
    ("judul saja.csv", lambda: delimited([VISITS]), NothingAcceptedError, "judul saja.csv"),
    ("judul saja.xlsx", lambda: workbook(Page("Kunjungan", [["REKAP"], [], VISITS])),
     NothingAcceptedError, "judul saja.xlsx"),
    ("surat.csv", lambda: b"Yth. Bapak Camat\nDengan hormat, kami sampaikan\n",
     errors.HeaderNotFoundError, "baris judul"),
    ("inventaris.xlsx",
     lambda: workbook(Page("Barang", [["No", "Nama Barang", "Jumlah", "Harga"],
                                      [1, "Kursi", 4, 250_000]])),
     NothingAcceptedError, "inventaris.xlsx"),
    ("rahasia.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
     errors.PasswordProtectedError, "kata sandi"),
    ("lama.xls", lambda: OLE, errors.FormatLegacyError, r"Simpan Sebagai “\.xlsx”"),
    ("makro.xlsm", lambda: with_entry(sound_workbook(), **{
        "xl__vbaProject.bin": b"x"}), errors.MacroRefusedError, "makro"),
    ("laporan.xls", lambda: b"<html><body><table><tr><td>Tanggal</td></tr></table></body></html>",
     errors.WebPageRefusedError, "HTML"),
    ("laporan.xml.xls",
     lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"',
     errors.FormatLegacyError, "2003"),
    ("pindai.xlsx", lambda: b"%PDF-1.7\n...", errors.FormatUnknownError, "PDF"),
    ("terpotong.xlsx", lambda: sound_workbook()[:2000], errors.SourceBrokenError, "rusak"),
    ("bom.xlsx", lambda: with_entry(sound_workbook(), xl__media__a=bytes(30_000_000)),
     errors.SourceUnsafeError, "tidak wajar"),
    ("entitas.xlsx", lambda: with_entry(sound_workbook(), **{
        "xl__worksheets__sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'}),
     errors.SourceUnsafeError, "tidak wajar"),
    ("sel besar.csv", lambda: visits(visit(Tujuan="x" * 30_000_000)), errors.CellTooLargeError,
     "baris 3"),
    ("sel besar.xlsx", lambda: raw_sheet(
        f'<c t="inlineStr"><is><t>{"xy7 " * 7_500_000}</t></is></c>'),
     DataError, "sel besar.xlsx"),
    ("seribu kolom.csv", lambda: visits([*visit(), *["x"] * 1200]), errors.TooManyColumnsError,
     "baris 3"),
    ("tanpa tanda.csv", lambda: visits().decode("utf-8-sig").encode("utf-16-le"),
     errors.FormatUnknownError, "BOM"),
    ("biner.csv", lambda: bytes(range(256)) * 40, DataError, "biner.csv"),
    ("kutip.csv", lambda: visits() + b'15/03/2025;"Tirtayasa;Lontar\n' * 3,
     errors.QuotesBrokenError, "baris"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "build", "error", "part"), REFUSED, ids=[entry[0] for entry in REFUSED]
)
def test_file_is_refused_and_the_store_stays(
    store: Store, name: str, build: Build, error: type[DataError], part: str
) -> None:
    before, revision = programme(store), store.revision()
    with pytest.raises(error, match=part):
        imported(store, build(), name)
    assert (programme(store), store.revision(), history(store)) == (before, revision, ())


# --- accepted with notes, or with row errors --------------------------------------------------


@dataclass(frozen=True)
class Hostile:
    """A file that is read: the cells at fault, and a part of what is said of it.

    Attributes:
        questions: the columns that are asked about.
        answers: what an officer answers.
    """

    name: str
    build: Build
    problems: tuple[tuple[int | None, str], ...] = ()
    says: str = ""
    accepted: int = 1
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


def _wide() -> bytes:
    more = [f"Kolom {number}" for number in range(194)]
    return workbook(Page("Kunjungan", [(*VISITS, *more), [*visit(), *range(194)]]))


READ = (
    Hostile("dua ratus kolom.xlsx", _wide, (), "dan 184 lagi"),
    Hostile("nul.csv", lambda: visits(visit(Desa="Lon\0tar")), ((3, "Desa"),),
            "Sel “Lon␀tar” berisi karakter NUL"),
    Hostile("nul di foto.csv",
            lambda: delimited([(*VISITS, "Foto"), [*visit(), ""],
                               [*visit("15/03/2025"), "a\0b"]]),
            ((3, "Foto"),), "Sel “a␀b” berisi karakter NUL, yang bukan huruf. Ketik ulang"),
    Hostile("nul di kolom lain.csv",
            lambda: delimited([(*VISITS, "Lain-lain"), [*visit(), "a\0b"]]), (),
            "Sel berisi karakter NUL tidak dipakai: baris 2"),
    Hostile("baris panjang.csv", lambda: visits([*visit(), "lagi"]),
            ((3, ""),), "Isi baris ini tidak berada di kolomnya: baris berisi 7 kolom"),
    Hostile("baris pendek.csv", lambda: visits(visit()[:4]), ((3, "Hasil"),), "Hasil kosong"),
    Hostile("judul ganda.csv",
            lambda: delimited([(*VISITS, "Desa"), [*visit(), "Tanara"]]), (),
            "“Desa” muncul lebih dari sekali", 1, ("Desa (2)",), ("Desa (2)=abaikan",)),
    Hostile("judul ganda yang sama.csv",
            lambda: delimited([(*VISITS, "Desa"), [*visit(), "Lontar"]]), (),
            "“Desa” muncul lebih dari sekali"),
    Hostile("nan.csv", lambda: sessions(("NaN", 1), ("inf", 1), (1, "-Infinity"), (1, "1e400")),
            ((3, "L"), (4, "L"), (5, "P"), (6, "P")), "tidak terbaca sebagai angka"),
    Hostile("nan.xlsx", lambda: raw_sheet("<c><v>NaN</v></c><c><v>INF</v></c>"),
            ((3, "L"), (3, "P")), "NaN"),
    Hostile("jumlah.csv", lambda: sessions((-5, 1), (10_001, 1), ("9" * 30, 1), (1, 1.5)),
            ((3, "L"), (4, "L"), (5, "L"), (6, "P")), "negatif"),
    Hostile("desa asing.csv",
            lambda: visits(visit(Desa="Sukamiskin"), visit(Kecamatan="Kasemen", Desa="Banten"),
                           visit(Kecamatan="Kota Serang", Desa="Unyur"),
                           visit(Kecamatan="", Desa="36.73.01.1001"),
                           visit(Kecamatan="36.73.01", Desa="Serang")),
            ((3, "Desa"), (4, "Kecamatan"), (5, "Kecamatan"), (6, "Desa"), (7, "Kecamatan")),
            "di luar Kabupaten Serang"),
    Hostile("data pribadi.csv",
            lambda: visits(visit(Tujuan="NIK 3604131703900001"),
                           visit(Petugas="hub. 0812-3456-7890"),
                           visit(Tujuan="paspor C1234567"), visit(Tujuan="a.b@contoh.go.id"),
                           visit(Desa="+62 812 3456 7890")),
            ((3, "Tujuan"), (4, "Petugas"), (5, "Tujuan"), (6, "Tujuan"), (7, "Desa")),
            "Data pribadi tidak disimpan"),
    Hostile("nik di kolom bebas.csv",
            lambda: delimited([(*VISITS, "Keterangan"), [*visit(), ""],
                               [*visit("15/03/2025"), "warga 3604131703900001 akan berangkat"]]),
            ((3, "Keterangan"),), "Data pribadi tidak disimpan"),
    Hostile("nik di kolom lain.csv",
            lambda: delimited([(*VISITS, "Uraian", "Lain-lain"), [*visit(), "", "5"],
                               [*visit("15/03/2025"), "", "hub. 0812-3456-7890"]]),
            ((3, "Lain-lain"),), "Data pribadi tidak disimpan"),
    Hostile("nik sebagai angka.xlsx",
            lambda: workbook(Page("Kunjungan", [
                (*VISITS, "Lain-lain"), [*visit(), 81234567890],
                [*visit("15/03/2025"), 3604131703900001]])),
            ((3, "Lain-lain"),), "Data pribadi tidak disimpan"),
    Hostile("telepon petugas.csv",
            lambda: delimited([(*VISITS, "phonenumber"), [*visit(), "081234567890"]]), (),
            "“phonenumber”"),
    Hostile("kolom nik.csv",
            lambda: delimited([(*VISITS, "NIK Warga"), [*visit(), "3604131703900001"]]), (),
            "“NIK Warga” tidak dibaca dan tidak disimpan"),
    Hostile("kolom hp.csv",
            lambda: delimited([(*VISITS, "No. HP"), [*visit(), "0812-3456-7890"]]), (),
            "“No. HP” tidak dibaca dan tidak disimpan"),
    Hostile("tanggal.csv",
            lambda: visits(*(visit(day) for day in ("0000-00-00", "99/99/9999", "-45000", "1e9",
                                                    "١٦/٠١/٢٠٢٥x", "true"))),
            tuple((row, "Tanggal") for row in range(3, 9)), "tidak"),
    Hostile("teks panjang.csv", lambda: visits(visit(Tujuan="x" * 2_001)), ((3, "Tujuan"),),
            "terlalu panjang"),
    Hostile("contoh.csv",
            lambda: delimited([("Kode Sumber", *VISITS), ["", *visit()],
                               ["contoh-1", *visit("15/03/2025")]]),
            ((3, ""),), "DATA CONTOH"),
    Hostile("sql.csv", lambda: delimited([VISITS, visit(Tujuan="'); DROP TABLE visits; --")])),
    Hostile("rumus.csv", lambda: delimited([VISITS, visit(Tujuan="=HYPERLINK(\"x\")")])),
    Hostile("tanda aneh.csv",
            lambda: delimited([VISITS, visit(Tujuan="\u202eabc\u200b \U0001f600 \ufffe\x07")])),
    Hostile("setengah tanda.xlsx",
            lambda: workbook(Page("Kunjungan", [VISITS, visit(Tujuan="a _xD800_ b")]))),
)  # fmt: skip


@pytest.mark.parametrize("hostile", READ, ids=lambda hostile: hostile.name)
def test_file_is_read_and_every_fault_is_told(store: Store, hostile: Hostile) -> None:
    asked = previewed(store, hostile.build(), hostile.name).questions
    shown = previewed(store, hostile.build(), hostile.name, answers=hostile.answers)
    assert tuple(one.column for one in asked) == hostile.questions
    assert tuple((one.row, one.column) for one in shown.problems) == hostile.problems
    assert hostile.says in _told(shown)
    result = imported(store, hostile.build(), hostile.name, answers=hostile.answers)
    assert result.tables[0].added == hostile.accepted


def test_sheet_of_sums_is_left_and_told(store: Store) -> None:
    content = workbook(Page("Barang", [["No", "Nama Barang", "Jumlah", "Harga"], [1, "x", 4, 5]]))
    shown = previewed(store, content, "inventaris.xlsx")
    assert (shown.tables, shown.questions) == ((), ())
    (note,) = shown.notes
    assert note.startswith("Lembar “Barang” tidak dibaca: isinya jumlah tanpa tanggal")
    assert note.endswith("pakai judul kolom dari templat.")


def test_wrong_sheet_is_told_what_it_lacks(store: Store) -> None:
    rows = [["No", "Nama Barang", "Merek", "Keterangan"], [1, "Kursi", "x", "baru"]]
    (table,) = previewed(store, workbook(Page("Barang", rows)), "inventaris.xlsx").tables
    assert [one.row for one in table.problems] == [None] * len(table.problems)
    assert "tidak ditemukan" in table.problems[0].message


@pytest.mark.parametrize(("answer", "desa"), [("abaikan", "36.04.13.2007"),
                                              ("desa", "36.04.13.2014")])  # fmt: skip
def test_one_of_two_columns_alike_is_chosen_with_one_answer(
    store: Store, answer: str, desa: str
) -> None:
    content = delimited([(*VISITS, "Desa"), [*visit(), "Puser"]])
    imported(store, content, "judul ganda.csv", answers=[f"Desa (2)={answer}"])
    assert column(store, "visits", "village_code") == [desa]


def test_personal_data_are_nowhere_in_the_report(store: Store) -> None:
    for hostile in READ:
        shown = previewed(store, hostile.build(), hostile.name, answers=hostile.answers)
        told = _told(shown)
        assert not any(number in told for number in ("3604131703900001", "3456-7890", "C1234567"))


def test_personal_data_are_nowhere_in_the_store(store: Store) -> None:
    for hostile in READ:
        imported(store, hostile.build(), hostile.name, answers=hostile.answers)
    rows = repr(programme(store))
    assert not any(number in rows for number in ("3604131703900001", "3456-7890", "C1234567"))


def test_text_that_looks_like_a_command_is_only_text(store: Store) -> None:
    imported(store, delimited([VISITS, visit(Tujuan="'); DROP TABLE visits; --")]), "sql.csv")
    assert column(store, "visits", "purpose") == ["'); DROP TABLE visits; --"]


# --- anything ---------------------------------------------------------------------------------

_SOUND = sound_workbook()
_ANY = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@settings(_ANY, max_examples=60)
@given(st.data())
def test_damaged_csv_never_raises_anything_else(store: Store, data: st.DataObject) -> None:
    content = bytearray(visits(visit(), visit("15/03/2025", Desa="Puser")))
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    _import_or_refuse(store, bytes(content), "rusak.csv")


@settings(_ANY, max_examples=25)
@given(place=st.integers(0, len(_SOUND) - 1), value=st.integers(0, 255))
def test_damaged_xlsx_never_raises_anything_else(store: Store, place: int, value: int) -> None:
    content = bytearray(_SOUND)
    content[place] = value
    _import_or_refuse(store, bytes(content), "rusak.xlsx")


_CELLS = st.one_of(
    st.text(max_size=20), st.integers(), st.floats(), st.dates(), st.booleans(), st.none(),
    st.sampled_from(["Lontar", "36.04", "3604132007", "nihil", "1.226", "ya", "#REF!", "=A1"]),
)  # fmt: skip


@settings(_ANY, max_examples=60)
@given(st.lists(st.lists(_CELLS, min_size=6, max_size=6), max_size=4))
def test_any_cells_end_in_rows_or_problems(store: Store, rows: list[list[object]]) -> None:
    _import_or_refuse(store, visits(*rows), "acak.csv")


def _import_or_refuse(store: Store, content: bytes, name: str) -> ImportResult | None:
    """Anything but an import or a refusal with a sentence fails the test."""
    try:
        return imported(store, content, name)
    except DataError as error:
        assert str(error)
        return None


def _told(shown: Preview) -> str:
    """Everything that a person reads of a file."""
    notes = [*shown.notes, *(note for table in shown.tables for note in table.notes)]
    return "\n".join([*notes, *map(_sentence, shown.problems)])


def _sentence(problem: Problem) -> str:
    return f"{problem.row} {problem.column} {problem.value} {problem.message}"
