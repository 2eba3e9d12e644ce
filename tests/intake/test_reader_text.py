"""csv and tsv as officers' programs write them."""

from __future__ import annotations

import pytest

from data_access.intake.files import errors
from data_access.intake.files.reader import read_file
from data_access.intake.model import CellError, RowError

HEADER = "Tanggal;Desa;Kecamatan\n"
PLAIN = HEADER + "13/09/2023;Lontar;Tirtayasa\n"


def values(data: bytes) -> list[tuple[object, ...]]:
    return [row.values for row in read_file(data, "a.csv").sheets[0].rows]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "^"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_separator_and_encoding_are_found(separator: str, encoding: str) -> None:
    text = PLAIN.replace(";", separator)
    data = ("\ufeff" + text if encoding == "utf-16-le" else text).encode(encoding)
    assert values(data) == [("13/09/2023", "Lontar", "Tirtayasa")]


def test_tabs_make_a_tsv() -> None:
    assert read_file(PLAIN.replace(";", "\t").encode()).kind == "tsv"


def test_decimal_commas_do_not_separate() -> None:
    data = b"Desa;Nilai\n" + b"Lontar;99,25\n" * 20
    assert values(data)[0] == ("Lontar", "99,25")


def test_windows_1252_is_read_with_a_notice() -> None:
    source = read_file(PLAIN.replace("Lontar", "Lontár").encode("cp1252"))
    assert source.sheets[0].rows[0].values[1] == "Lontár"
    assert "Windows-1252" in source.notes[0]


def test_bytes_of_no_known_encoding_are_refused() -> None:
    with pytest.raises(errors.EncodingUnknownError):
        read_file(HEADER.encode() + b"\x81\x8d;x;y\n")


def test_utf_16_without_a_mark_is_refused() -> None:
    with pytest.raises(errors.FormatUnknownError, match="BOM"):
        read_file(PLAIN.encode("utf-16-le"))


def test_a_nul_makes_its_cell_an_error_and_is_noted() -> None:
    source = read_file((HEADER + "13/09/2023;Lon\0tar;Tirtayasa\n" + PLAIN * 9).encode())
    assert source.sheets[0].rows[0].values[1] == CellError("Lon␀tar")
    assert "baris 2" in source.notes[0]


def test_unclosed_quote_is_refused_with_its_row() -> None:
    with pytest.raises(errors.QuotesBrokenError, match=r"a\.csv, baris 3"):
        read_file((PLAIN + '14/09/2023;"Lontar;Tirtayasa\n' + "x;y;z\n" * 5).encode(), "a.csv")


def test_text_after_a_closing_quote_is_refused_with_its_row() -> None:
    with pytest.raises(errors.QuotesBrokenError, match="baris 3"):
        read_file((PLAIN + '1;"Desa "Maju" raya";x\n').encode())


def test_line_breaks_in_a_cell_are_one_row() -> None:
    data = (HEADER + '1/9/2023;"Lontar\nPontang";x\n2/9/2023;Tanara;y\n').encode()
    assert [row.number for row in read_file(data).sheets[0].rows] == [2, 3]


def test_blank_lines_count_as_rows() -> None:
    data = ("\n" + HEADER + "\n1/9/2023;Tanara;y\n").encode()
    sheet = read_file(data).sheets[0]
    assert (sheet.header_row, sheet.rows[0].number) == (2, 4)


def test_row_that_is_too_long_has_no_cell_left_to_trust() -> None:
    source = read_file((HEADER + "1/9/2023;Lontar;dekat;Tirtayasa\n").encode())
    (row,) = source.sheets[0].rows
    assert row.values == (RowError("baris berisi 4 kolom, judulnya 3"),) * 3
    assert any("baris 2" in note for note in source.sheets[0].notes)


def test_row_that_is_too_short_is_filled_and_noted() -> None:
    source = read_file((HEADER + "1/9/2023;Lontar\n").encode())
    assert source.sheets[0].rows[0].values == ("1/9/2023", "Lontar", None)
    assert any("kurang dari judul" in note for note in source.sheets[0].notes)


def test_separators_at_the_end_of_lines_are_no_columns() -> None:
    assert values(PLAIN.replace("\n", ";;\n").encode()) == [("13/09/2023", "Lontar", "Tirtayasa")]


def test_hint_of_the_separator_is_no_row() -> None:
    assert read_file(("sep=;\r\n" + PLAIN).encode()).sheets[0].header_row == 1


@pytest.mark.parametrize("separator", [",", "|", "\t"])
def test_hint_may_name_any_separator(separator: str) -> None:
    text = f"sep={separator}\r\n" + PLAIN.replace(";", separator)
    assert values(text.encode()) == [("13/09/2023", "Lontar", "Tirtayasa")]


@pytest.mark.parametrize("hint", [",", "|", "\t"])
def test_hint_that_is_wrong_is_told(hint: str) -> None:
    source = read_file(f"sep={hint}\n{PLAIN}".encode())
    assert source.sheets[0].header == ("Tanggal", "Desa", "Kecamatan")
    assert "“;”" in source.notes[0]


@pytest.mark.parametrize("other", [",", "\t", "|"])
def test_row_with_another_separator_is_told(other: str) -> None:
    data = PLAIN + PLAIN.splitlines()[1].replace(";", other) + "\n"
    sheet = read_file(data.encode()).sheets[0]
    assert all(isinstance(value, RowError) for value in sheet.rows[1].values)
    assert any("pemisah" in note and "baris 3" in note for note in sheet.notes)


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_rows_quoted_as_a_whole_are_unwrapped_and_told(separator: str) -> None:
    lines = PLAIN.replace(";", separator).splitlines()
    source = read_file("\r\n".join(f'"{line}"' for line in lines).encode())
    assert source.sheets[0].rows[0].values == ("13/09/2023", "Lontar", "Tirtayasa")
    assert "tanda petik" in source.notes[0]


def test_carriage_returns_alone_end_rows() -> None:
    assert values(PLAIN.replace("\n", "\r").encode()) == [("13/09/2023", "Lontar", "Tirtayasa")]


def test_huge_cell_is_refused_with_its_row() -> None:
    data = PLAIN.encode() + b"1/9/2023;" + b"x" * 30_000_000 + b";y\n"
    with pytest.raises(errors.CellTooLargeError, match="baris 3"):
        read_file(data, "a.csv")


def test_text_without_a_known_header_is_refused() -> None:
    with pytest.raises(errors.HeaderNotFoundError, match=r"surat\.csv"):
        read_file(b"Yth. Bapak\nDengan hormat, kami sampaikan\n", "surat.csv")
