"""Files of every kind become sheets, or a refusal that says what to do."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.errors import DataError
from data_access.intake.files import errors
from data_access.intake.files.reader import read_file
from data_access.intake.files.spreadsheets.xlsx import format_kind
from data_access.intake.model import CellError, SourceFile

HEADER = ("Tanggal", "Desa", "Kecamatan")
ROW = ("13/09/2023", "Lontar", "Tirtayasa")


def xlsx(*rows: Sequence[object], **options: object) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def saved(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook as openpyxl saves it: formulas have no result."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(ROW)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, **changed: bytes | None) -> bytes:
    """The zip with some entries replaced, added or (None) taken out; "__" stands for "/"."""
    changes = {name.replace("__", "/"): content for name, content in changed.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def with_sheet(body: str) -> bytes:
    start = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<worksheet xmlns="{start}">{body}</worksheet>'.encode()
    return repacked(xlsx(HEADER, ROW), **{"xl__worksheets__sheet1.xml": xml})


ODS_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"),
                         ("style", "style"))
)  # fmt: skip


def ods(body: str, styles: str = "", **more: bytes) -> bytes:
    content = (
        f"<office:document-content {ODS_SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


def text_cells(*texts: str) -> str:
    return "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )


def ods_row(cells: str) -> str:
    return f"<table:table-row>{cells}</table:table-row>"


ODS_HEADER = ods_row(text_cells(*HEADER))


def first_rows(source: SourceFile) -> list[tuple[object, ...]]:
    return [row.values for row in source.sheets[0].rows]


# --- xlsx --------------------------------------------------------------------------------


def test_xlsx_keeps_text_numbers_and_dates_apart() -> None:
    data = saved(lambda book: book.active.append([date(2025, 5, 10), "1.226", 7]))
    assert first_rows(read_file(data))[1] == (date(2025, 5, 10), "1.226", 7)


def test_moment_of_a_day_keeps_its_time() -> None:
    data = saved(lambda book: book.active.append([datetime(2025, 5, 10, 20, 30), "a", "b"]))
    assert first_rows(read_file(data))[1][0] == datetime(2025, 5, 10, 20, 30)


def test_row_numbers_are_the_sheets_own() -> None:
    data = xlsx(["REKAP KUNJUNGAN"], [], HEADER, [], ROW)
    sheet = read_file(data).sheets[0]
    assert (sheet.header_row, [row.number for row in sheet.rows]) == (3, [5])


def test_formula_without_result_is_an_error_cell() -> None:
    data = saved(lambda book: book.active.append(["=A2", "Lontar", "Tirtayasa"]))
    assert first_rows(read_file(data))[1][0] == CellError("=A2")


def test_error_of_the_sheet_is_an_error_cell() -> None:
    body = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Tanggal</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Desa</t></is></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" t="str"><v>Lontar</v></c></row>'
        "</sheetData>"
    )
    assert first_rows(read_file(with_sheet(body))) == [(CellError("#REF!"), "Lontar")]


@pytest.mark.parametrize("number", ["NaN", "INF", "1e999"])
def test_number_that_is_none_is_an_error_cell(number: str) -> None:
    body = (
        '<sheetData><row><c t="str"><v>Desa</v></c><c t="str"><v>Jumlah</v></c></row>'
        f"<row><c t='str'><v>Lontar</v></c><c><v>{number}</v></c></row></sheetData>"
    )
    assert first_rows(read_file(with_sheet(body))) == [("Lontar", CellError(number))]


def test_rich_text_and_escapes_are_plain_text() -> None:
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b"<si><t>Tanggal</t></si><si><t>Desa</t></si><si><t>Kecamatan</t></si><si><t>x</t></si>"
        b"<si><r><t>Lon</t></r><r><t>tar</t></r><rPh><t>?</t></rPh></si>"
        b"<si><t>a_x000A_b</t></si></sst>"
    )
    data = repacked(xlsx(HEADER, ROW), **{"xl__sharedStrings.xml": strings})
    assert first_rows(read_file(data)) == [("x", "Lontar", "a\nb")]


def test_elements_with_a_prefix_are_read() -> None:
    xml = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c>'
        b'<x:c r="B1" t="s"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    data = repacked(xlsx(HEADER, ROW), **{"xl__worksheets__sheet1.xml": xml})
    assert read_file(data).sheets[0].header == ("Tanggal", "Desa")


def test_dates_since_1904_are_the_same_days() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_datetime(1, 0, datetime(2025, 5, 10), book.add_format({"num_format": 14}))
    assert first_rows(read_file(buffer.getvalue()))[0][0] == date(2025, 5, 10)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("dd/mm/yyyy", "date"),
        ("[$-421]dddd, dd mmmm yyyy", "date"),
        ("mmm", "date"),
        ("hh:mm", "time"),
        ("[h]:mm", ""),
        ('0" hari"', ""),
        ("#,##0", ""),
        ("General", ""),
        ("[Red]0.00", ""),
        ("0.0%", "percent"),
        ("0%;[Red]-0%", "percent"),
        ('0.0"%"', ""),
        ("0\\%", ""),
    ],
)
def test_number_format_tells_dates(code: str, kind: str) -> None:
    assert format_kind(code) == kind


def formatted(value: float, code: str, **options: object) -> bytes:
    """HEADER and a row whose first cell is a number in this format."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 1, ROW[1:])
        sheet.write_number(1, 0, value, book.add_format({"num_format": code}))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.545, "54,5%"), (0.8125, "81,25%"), (1, "100%"), (0, "0%"), (-0.07, "-7%"),
     (1 / 3, "33,3333333333%"), (0.57, "57%")],
)  # fmt: skip
def test_percent_format_means_percent(number: float, text: str) -> None:
    assert first_rows(read_file(formatted(number, "0.0%")))[0][0] == text


def test_percent_of_ods_means_percent() -> None:
    cell = '<table:table-cell office:value-type="percentage" office:value="0.545"/>'
    row = ods_row(text_cells(*ROW[:2]) + cell)
    source = read_file(ods(f'<table:table table:name="S">{ODS_HEADER}{row}</table:table>'))
    assert first_rows(source)[0][2] == "54,5%"


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "yyyy-mm-dd", "[$-421]d mmmm yyyy"])
def test_day_that_is_zero_is_blank_and_told(code: str) -> None:
    source = read_file(formatted(0, code))
    assert first_rows(source)[0][0] is None
    assert "baris 2" in source.notes[0]


def test_midnight_is_no_blank_day() -> None:
    assert first_rows(read_file(formatted(0, "hh:mm")))[0][0] == "00:00"


@pytest.mark.parametrize("is_1904", [True, False])
def test_sheet_says_where_its_bare_numbers_count_from(is_1904: bool) -> None:
    sheet = read_file(formatted(44_754, "0", date_1904=is_1904)).sheets[0]
    assert (sheet.is_1904, sheet.rows[0].values[0]) == (is_1904, 44_754)


def test_ods_says_where_its_bare_numbers_count_from() -> None:
    body = (
        '<table:calculation-settings><table:null-date table:date-value="1904-01-01"/>'
        f'</table:calculation-settings><table:table table:name="S">{ODS_HEADER}</table:table>'
    )
    assert read_file(ods(body)).sheets[0].is_1904


def hidden_notes(source: SourceFile) -> list[str]:
    return [note for note in source.sheets[0].notes if "tersembunyi" in note]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["B"].hidden = True

    source = read_file(saved(hide))
    assert len(first_rows(source)) == 1
    assert [note[-9:] for note in hidden_notes(source)] == [" baris 2.", "ibaca: B."]


def test_filtered_rows_are_read_and_told() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, ROW, ROW]):
            sheet.write_row(number, 0, row)
        sheet.autofilter(0, 0, 2, 2)
        sheet.set_row(2, options={"hidden": True})
    assert "baris 3" in hidden_notes(read_file(buffer.getvalue()))[0]


@pytest.mark.parametrize("how", ["collapse", "filter"])
def test_hidden_rows_and_columns_of_ods_are_told(how: str) -> None:
    columns = f'<table:table-column/><table:table-column table:visibility="{how}"/>'
    row = f'<table:table-row table:visibility="{how}">{text_cells(*ROW)}</table:table-row>'
    source = read_file(ods(f'<table:table table:name="S">{columns}{ODS_HEADER}{row}</table:table>'))
    assert [note[-9:] for note in hidden_notes(source)] == [" baris 2.", "ibaca: B."]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_file_with_too_many_rows_is_told_how_many(ending: str) -> None:
    rows = [HEADER, *([str(number), *ROW[1:]] for number in range(60_500))]
    lines = "\n".join(";".join(row) for row in rows).encode()
    data = xlsx(*rows, constant_memory=False) if ending == "xlsx" else lines
    with pytest.raises(errors.TooManyRowsError, match=r"60\.501 baris; batas .* 50\.000"):
        read_file(data)


def test_two_hundred_columns_are_read() -> None:
    data = xlsx([*HEADER, *(f"Kolom {n}" for n in range(197))], [*ROW, *range(197)])
    assert len(first_rows(read_file(data))[0]) == 200


def test_a_lone_cell_in_the_last_corner_is_refused_at_once() -> None:
    body = (
        '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(errors.TooManyColumnsError, match="baris 1048576"):
        read_file(with_sheet(body), "sudut.xlsx")


def test_huge_cell_is_refused_with_its_row() -> None:
    # Small enough not to be taken for a bomb first.
    strings = b"<sst><si><t>" + b"x" * 15_000_000 + b"</t></si></sst>"
    cell = b'<row r="7"><c r="A7" t="s"><v>0</v></c></row>'
    data = repacked(
        xlsx(HEADER),
        **{
            "xl__sharedStrings.xml": strings,
            "xl__worksheets__sheet1.xml": b"<worksheet><sheetData>"
            + cell
            + b"</sheetData></worksheet>",
        },
    )
    with pytest.raises(errors.CellTooLargeError, match=r"lebar\.xlsx, lembar “Data”, baris 7"):
        read_file(data, "lebar.xlsx")


# --- what is refused ---------------------------------------------------------------------


def test_macro_is_refused() -> None:
    with pytest.raises(errors.MacroRefusedError, match=r"rekap\.xlsm.*makro"):
        read_file(repacked(xlsx(HEADER), **{"xl__vbaProject.bin": b"x"}), "rekap.xlsm")


def test_password_is_refused() -> None:
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    with pytest.raises(errors.PasswordProtectedError, match="kata sandi"):
        read_file(data, "rahasia.xlsx")


def test_old_excel_is_refused_with_the_remedy() -> None:
    with pytest.raises(errors.FormatLegacyError, match="xlsx"):
        read_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "lama.xls")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_web_page_named_xls_is_refused(encoding: str) -> None:
    with pytest.raises(errors.WebPageRefusedError):
        read_file("\n <HTML><table><tr><td>Desa".encode(encoding), "rekap.xls")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\0\0", b";;;\n;;;\n", xlsx(), b"\xef\xbb\xbf"])
def test_file_without_any_content_is_empty(data: bytes) -> None:
    with pytest.raises(errors.SourceEmptyError):
        read_file(data)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"\x89PNG\r\n", b'<?xml version="1.0"?><a/>'])
def test_foreign_format_is_named(data: bytes) -> None:
    with pytest.raises(errors.FormatUnknownError):
        read_file(data)


def test_zip_without_a_sheet_is_named() -> None:
    data = repacked(xlsx(HEADER), **{"[Content_Types].xml": None})
    with pytest.raises(errors.FormatUnknownError, match="zip"):
        read_file(data)


def test_truncated_file_is_broken() -> None:
    data = xlsx(HEADER, ROW)
    with pytest.raises(errors.SourceBrokenError):
        read_file(data[: len(data) // 2])


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "C:/x"])
def test_archive_that_leaves_its_folder_is_refused(name: str) -> None:
    with pytest.raises(errors.SourceUnsafeError):
        read_file(repacked(xlsx(HEADER), **{name: b"x"}))


def test_swelling_archive_is_refused() -> None:
    data = repacked(xlsx(HEADER), **{"xl__media__a.png": b"\0" * 30_000_000})
    with pytest.raises(errors.SourceUnsafeError, match="mengembang"):
        read_file(data)


def test_entities_are_refused() -> None:
    xml = b'<!DOCTYPE a [<!ENTITY b "cc">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(errors.SourceUnsafeError):
        read_file(repacked(xlsx(HEADER), **{"xl__worksheets__sheet1.xml": xml}))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.SourceMissingError, match=r"tiada\.csv"):
        read_file(tmp_path / "tiada.csv")


def test_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(errors.SourceNotAFileError):
        read_file(tmp_path)


def test_child_that_needs_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data_access.intake.files.reader.TIMEOUT_SECONDS", 0.001)
    with pytest.raises(errors.ReaderStoppedError, match="terlalu lama"):
        read_file(xlsx(HEADER, ROW))


# --- ods ---------------------------------------------------------------------------------


def test_ods_keeps_types() -> None:
    row = ods_row(
        '<table:table-cell office:value-type="date" office:date-value="2025-05-10"/>'
        + text_cells("Lontar")
        + '<table:table-cell office:value-type="float" office:value="12"/>'
    )
    source = read_file(ods(f'<table:table table:name="S">{ODS_HEADER}{row}</table:table>'))
    assert (source.kind, first_rows(source)) == ("ods", [(date(2025, 5, 10), "Lontar", 12)])


def test_ods_with_a_million_blank_rows_is_read() -> None:
    blank = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    body = (
        f'<table:table table:name="S">{ODS_HEADER}{blank}{ods_row(text_cells(*ROW))}</table:table>'
    )
    assert read_file(ods(body)).sheets[0].rows[0].number == 1_048_572


def test_ods_that_repeats_content_without_end_is_refused() -> None:
    row = f'<table:table-row table:number-rows-repeated="999999999">{text_cells(*ROW)}'
    body = f'<table:table table:name="S">{ODS_HEADER}{row}</table:table-row></table:table>'
    with pytest.raises(errors.TooManyCellsError):
        read_file(ods(body))


def test_ods_error_is_an_error_cell() -> None:
    row = ods_row(
        '<table:table-cell table:formula="of:=[.A9]" office:value-type="string">'
        "<text:p>#REF!</text:p></table:table-cell>" + text_cells("Lontar", "Tirtayasa")
    )
    source = read_file(ods(f'<table:table table:name="S">{ODS_HEADER}{row}</table:table>'))
    assert first_rows(source)[0][0] == CellError("#REF!")


def test_ods_comment_is_no_part_of_the_cell() -> None:
    row = ods_row(
        '<table:table-cell office:value-type="string"><office:annotation><text:p>lihat</text:p>'
        "</office:annotation><text:p>Lontar</text:p><text:p>Pontang</text:p></table:table-cell>"
    )
    source = read_file(ods(f'<table:table table:name="S">{ODS_HEADER}{row}</table:table>'))
    assert first_rows(source)[0][0] == "Lontar\nPontang"


def test_hidden_ods_sheet_is_noted() -> None:
    style = '<style:style style:name="h" style:family="table"><style:table-properties'
    style += ' table:display="false"/></style:style>'
    body = f'<table:table table:name="S" table:style-name="h">{ODS_HEADER}</table:table>'
    assert any("tersembunyi" in note for note in read_file(ods(body, style)).sheets[0].notes)


def test_ods_with_a_password_is_refused() -> None:
    manifest = b"<manifest><encryption-data/></manifest>"
    with pytest.raises(errors.PasswordProtectedError):
        read_file(ods("", "", **{"META-INF__manifest_xml": manifest}))


# --- any bytes ---------------------------------------------------------------------------

VALID = xlsx(HEADER, ROW)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_end_in_anything_but_a_sentence(data: bytes) -> None:
    try:
        read_file(data, "apa saja")
    except DataError as error:
        assert "apa saja" in str(error)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_damaged_sheet_ends_in_anything_but_a_sentence(data: st.DataObject) -> None:
    entry = data.draw(st.sampled_from(zipfile.ZipFile(io.BytesIO(VALID)).namelist()))
    xml = bytearray(zipfile.ZipFile(io.BytesIO(VALID)).read(entry))
    place = data.draw(st.integers(0, len(xml) - 1))
    xml[place : place + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    try:
        read_file(repacked(VALID, **{entry: bytes(xml)}), "rusak.xlsx")
    except DataError as error:
        assert "rusak.xlsx" in str(error)


# What the border takes off is left out: apostrophes, error words, unusual spaces.
WRITABLE = st.text(
    st.characters(max_codepoint=0x7E, exclude_characters="\0'`#=") | st.sampled_from("éΩ✓中ü"),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(WRITABLE, WRITABLE, WRITABLE), max_size=6),
    st.sampled_from(";,\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_csv_round_trip(rows: list[tuple[str, str, str]], separator: str, encoding: str) -> None:
    # The day and "isi penuh" make a row neither blank nor a total, a line or a signature.
    rest = ("isi penuh", "13/09/2023")
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([[*HEADER, "Kunci", "Hari"], *([*row, *rest] for row in rows)])
    source = read_file(buffer.getvalue().encode(encoding))
    expected = [(*(text if text.strip() else None for text in row), *rest) for row in rows]
    assert first_rows(source) == expected


def test_reading_tells_how_far_it_is() -> None:
    told: list[int] = []
    lines = ["Tanggal;Desa;Hasil", *("01/02/2026;Lontar;nihil" for _ in range(12_000))]
    read_file("\n".join(lines).encode(), "panjang.csv", progress=told.append)
    assert told == sorted(told)
    assert len(told) >= 3
