"""What programs put into a text is taken off before anything looks at it."""

from __future__ import annotations

import pytest

from data_access.intake.files.border import clean_cell, cleaned
from data_access.intake.files.grid import RawSheet
from data_access.intake.files.reader import read_file
from data_access.intake.model import CellError, SheetRow


def twice(text: str, times: int = 1) -> str:
    """A text saved through the wrong encoding."""
    unused = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    for _ in range(times):
        text = "".join(
            chr(byte) if byte in unused else bytes([byte]).decode("cp1252")
            for byte in text.encode()
        )
    return text


def sheet(*texts: str) -> RawSheet:
    rows = tuple(SheetRow(number, (text,)) for number, text in enumerate(texts, start=1))
    return RawSheet("S", rows)


def after(*texts: str) -> list[object]:
    return [row.values[0] for row in cleaned([sheet(*texts)])[0][0].rows]


@pytest.mark.parametrize(
    "text",
    ["\u200e13/07/2026", "13/\u200e07/2026", "13\u200b/07/2026", "13/07/2026\u202c",
     "\ufeff13/07/2026", "13/07/\u00ad2026", "\u206613/07/2026\u2069", "\u202b13/07/2026"],
)  # fmt: skip
def test_invisible_marks_are_gone(text: str) -> None:
    assert clean_cell(text) == "13/07/2026"


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f", "\u3000"])
def test_unusual_spaces_are_plain(space: str) -> None:
    assert clean_cell(f"Pulo{space}Ampel") == "Pulo Ampel"


@pytest.mark.parametrize("text", ["\u200b", "\u00a0", "\ufeff\u200e", '=""'])
def test_cell_of_nothing_visible_is_blank(text: str) -> None:
    assert clean_cell(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("'20", "20"), ("‘20", "20"), ("'-6.0512", "-6.0512"), ("'106,2891", "106,2891"),
     ("'13/07/2026", "13/07/2026"), ("' 7", "7"), ("'+62", "+62"), ("'Lontar'", "Lontar"),
     ('="0812"', "0812"), ("'=A1", "=A1")],
)  # fmt: skip
def test_mark_of_a_text_is_taken_off(text: str, meant: str) -> None:
    assert clean_cell(text) == meant


@pytest.mark.parametrize("text", ["Jum'at", "Ma'mur", "5'"])
def test_apostrophe_inside_a_word_stays(text: str) -> None:
    assert clean_cell(text) == text


@pytest.mark.parametrize("text", ["'Petugas A", "‘Petugas A", " 'Petugas A"])
def test_leading_apostrophe_makes_no_other_officer(text: str) -> None:
    assert clean_cell(text) == "Petugas A"


@pytest.mark.parametrize(
    "text",
    ["#N/A", "#REF!", "#NAME?", "#NAMA?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!",
     "Err:502", "########", " #N/A ", "\u200e#REF!", "'#N/A"],
)  # fmt: skip
def test_error_words_are_errors(text: str) -> None:
    assert isinstance(clean_cell(text), CellError)


@pytest.mark.parametrize("text", ["#1 juara", "#DesaBinaan", "No. #3", "# catatan", "err 5 orang"])
def test_other_texts_with_a_hash_stay(text: str) -> None:
    assert clean_cell(text) == text


@pytest.mark.parametrize(
    "text",
    ["00/01/1900", "0/1/1900", "0-Jan-00", "00/00/0000", "0000-00-00", "1899-12-30", "30/12/1899",
     "1900-01-00", "00/01/1900 00:00:00"],
)  # fmt: skip
def test_day_that_is_zero_is_blank(text: str) -> None:
    assert clean_cell(text) is None


@pytest.mark.parametrize("text", ["00/07/2026", "31/12/00", "10/01/1900", "30/01/2026", "00.30"])
def test_other_days_stay_as_written(text: str) -> None:
    assert clean_cell(text) == text


@pytest.mark.parametrize("text", ["Jum’at, 17 Juli", "tim – café", "“rutin”", "Desa\u00a0Lontar"])
@pytest.mark.parametrize("times", [1, 2])
def test_letters_encoded_too_often_are_put_right(text: str, times: int) -> None:
    assert after(twice(text, times)) == [text.replace("\u00a0", " ")]


def test_repair_is_told_with_its_rows() -> None:
    _, notes = cleaned([sheet("baik", twice("Jum’at"))])
    assert "dipulihkan: baris 2" in notes[0]


@pytest.mark.parametrize("sound", ["café", "✓", "Ä"])
def test_file_with_sound_letters_too_is_left_and_told(sound: str) -> None:
    broken = twice("Jum’at")
    raws, notes = cleaned([sheet(sound, broken)])
    assert raws[0].rows[1].values == (broken,)
    assert "dibiarkan; periksa: baris 2" in notes[0]


def test_lost_letter_is_told() -> None:
    assert "hilang" in cleaned([sheet("Jum\ufffdat")])[1][0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_header_passes_the_border_too(encoding: str) -> None:
    text = "\u200eTang\u00adgal;De\u200bsa;\u00a0Kecamatan\n1/7/2026;Lontar;Tirtayasa\n"
    header = read_file(text.encode(encoding)).sheets[0].header
    assert header == ("Tanggal", "Desa", "Kecamatan")
