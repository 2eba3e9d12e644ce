"""Personal data is found, refused and never shown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.personal import (
    MASK,
    MOST_SHOWN,
    PersonalDataError,
    find_personal,
    refuse_personal,
    refuse_personal_key,
    shown,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NIK 3604121203900001", "NIK"),
        ("korban (3604 1252 0390 0001) dari Lontar", "NIK"),
        ("3604.1212.0390.0001", "NIK"),
        ("hub. 0812-3456-7890", "nomor telepon"),
        ("+62 812 3456 7890", "nomor telepon"),
        ("6281234567890", "nomor telepon"),
        ("WA:081234567890", "nomor telepon"),
        ("81234567890", "nomor telepon"),
        ("0877 1234 567", "nomor telepon"),
        ("paspor A1234567", "nomor paspor"),
        ("x 1234567 AB123456", "nomor paspor"),
        ("3604121234567890", "NIK"),
        ("3604 1299 9999 0001", "NIK"),
        ("3604  1212  0390  0001", "NIK"),
        ("3604_1212_0390_0001", "NIK"),
        ("36.04.12.120390.0001", "NIK"),
        ("(0812) 3456 7890", "nomor telepon"),
        ("+62 (812) 3456 7890", "nomor telepon"),
        ("hp081234567890", "nomor telepon"),
        ("(0254) 200123", "nomor telepon"),
        ("+62 254 200123", "nomor telepon"),
        ("+966 50 123 4567", "nomor telepon"),
        ("A-1234567", "nomor paspor"),
        ("Paspor AB 123456", "nomor paspor"),
        ("passport no. a 123 4567", "nomor paspor"),
        ("surel korban.satu@contoh.co.id", "alamat surel"),
        ("０８１２３４５６７８９０", "nomor telepon"),
        ("0812–3456–7890", "nomor telepon"),
    ],
)
def test_personal_data_is_found(text: str, kind: str) -> None:
    assert find_personal(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "16-10-2019 - 03-11-2020",
        "08-01-2025 s.d. 09-01-2025",
        "pukul 08.30-10.15, 12 orang",
        "36.04.12.2001",
        "3604122001",
        "SK W12.IMI.IMI.1-1234 Tahun 2025",
        "1.226.201 jiwa",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "uuid:e1234567-4f89-11d3-9a0c-0305e82c3301",
        "No 123456",
        "-6.05123 106.28912",
        "titik -6.112345 106.289123",
        "-6.1123451,106.2891234",
        "36.04.13 36.04.13.2007",
        "3604132007 3604132008",
        "Rp 85000000000",
        "foto a1234567-4f89-11d3-9a0c-0305e82c3301.jpg",
        "NIP 198503152010121001",
        "nomor 08121/2025",
        "IMG_20250812_081234.jpg",
        "12 15 20 22 31 40 18 19",
        "rapat jam 08.00 dan 13.00",
        "2025061012340001",
        "",
    ],
)
def test_other_numbers_are_no_personal_data(text: str) -> None:
    assert find_personal(text) is None


@pytest.mark.parametrize("key", ["K2025001", "LP202501", "REG-01/2025", "V-0001"])
def test_key_with_a_year_is_no_passport(key: str) -> None:
    refuse_personal_key(key)


@pytest.mark.parametrize("key", ["A1234567", "AB123456", "3604121203900001", "081234567890"])
def test_personal_number_is_no_key(key: str) -> None:
    with pytest.raises(PersonalDataError):
        refuse_personal_key(key)


def test_refusal_does_not_repeat_the_number() -> None:
    with pytest.raises(PersonalDataError) as caught:
        refuse_personal("NIK 3604121203900001")
    assert "3604" not in str(caught.value)


def test_refusal_says_that_personal_data_is_not_stored() -> None:
    with pytest.raises(PersonalDataError, match="Data pribadi tidak disimpan"):
        refuse_personal("081234567890")


def test_shown_value_is_masked() -> None:
    assert shown("hub. 0812-3456-7890 ya") == f"hub. {MASK} ya"


def test_shown_value_holds_no_control_signs() -> None:
    assert shown("a\x1b[31mb\x07\u202ec\ud800") == "a [31mb c"


def test_shown_value_is_one_short_line() -> None:
    text = shown("baris\nsatu " * 50)
    assert (len(text), "\n" in text) == (MOST_SHOWN, False)


@settings(deadline=None)
@given(st.text(max_size=40), st.from_regex(r"08[1-9][0-9]{8,9}", fullmatch=True))
def test_telephone_number_is_never_shown(around: str, number: str) -> None:
    assert number not in shown(f"{around} {number} {around}")


@settings(deadline=None)
@given(st.text())
def test_shown_text_holds_nothing_personal(text: str) -> None:
    assert find_personal(shown(text)) is None
