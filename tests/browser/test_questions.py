"""What a file leaves open is asked on the page, and nothing is stored before the answer."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visitor

# Nobody answers more before it would have been quicker to mend the file.
MOST_QUESTIONS = 2
QUESTION = '[class*="st-key-tanya_"]'
SEND = "Simpan jawaban dan lanjutkan"


def written(rows: list[list[object]], separator: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode()


FEBRUARY = ("2/3/2026", "2/17/2026", "3/4/2026")
JUNE = ("6/5/2026", "6/18/2026", "7/2/2026")


def forms_with_american_dates(days: tuple[str, ...] = FEBRUARY) -> bytes:
    """Answers of Google Forms in a sheet with American settings."""
    title = ["Timestamp", "Tanggal kunjungan", "Kecamatan", "Desa", "Nama petugas PIMPASA",
             "Tujuan kunjungan", "Hasil kunjungan"]  # fmt: skip
    rows = [
        [f"{day} 9:05:00", day, "Tirtayasa", desa, "Petugas A", "Pembinaan", "Nihil"]
        for day, desa in zip(days, ("Lontar", "Susukan", "Kebon"), strict=True)
    ]
    return written([title, *rows], ",")


def kobo_with_two_places() -> bytes:
    """A KoboToolbox export that asks where the reporter and where the victim comes from."""
    title = ["Tanggal lapor", "Pelapor/Kecamatan", "Pelapor/Desa", "Korban/Kecamatan",
             "Korban/Desa", "Jenis kasus", "Jumlah korban/Perempuan dewasa", "_id", "_uuid",
             "_submission_time", "_index"]  # fmt: skip
    rows = [
        ["2026-02-13", "Pontang", "Domas", "Tirtayasa", "Lontar", "TPPO", 1, n,
         f"4f1c2a7e-0b1d-4c3e-9a55-00000000000{n}", "2026-02-13T20:10:00", n]
        for n in (1, 2)
    ]  # fmt: skip
    return written([title, *rows], ";")


def recap_workbook() -> bytes:
    """A list of visits with its sums per kecamatan on a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Kunjungan"
    sheet.append(["REKAPITULASI KUNJUNGAN DESA BINAAN"])
    sheet.append([])
    sheet.append(["No", "Hari/Tanggal", "Desa", "Kecamatan", "Petugas", "Kegiatan", "Hasil"])
    for number, desa in enumerate(("Lontar", "Susukan"), start=1):
        sheet.append([number, date(2026, 2, 2 + number), desa, "Tirtayasa", "Petugas A",
                      "Pembinaan", "Nihil"])  # fmt: skip
    sums = book.create_sheet("Rekap")
    for row in (["No", "Kecamatan", "Jumlah"], [1, "Tirtayasa", 2], [None, "Jumlah", 2]):
        sums.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bring(officer: Visitor, file: Path) -> None:
    """Upload a file and let it be checked as far as that goes without an answer."""
    officer.open("/data")
    officer.page.get_by_text("Masukkan berkas", exact=True).click()
    officer.settle()
    officer.page.locator("input[type=file]").set_input_files(file)
    check = officer.page.get_by_role("button", name="Periksa berkas")
    check.or_(officer.page.get_by_role("button", name=SEND)).first.wait_for()
    officer.settle()
    if check.count():
        check.click()
        result = officer.page.get_by_role("button", name="Terima")
        result.or_(officer.page.get_by_role("button", name=SEND)).first.wait_for()


def answer(question: Locator, text: str) -> None:
    question.get_by_text(text).click()


def accept(officer: Visitor) -> str:
    """Accept what is right and return what the page says of it."""
    officer.page.get_by_role("button", name="Terima").click()
    told = officer.page.get_by_text("Bila keliru, batalkan")
    told.wait_for()
    return told.inner_text()


def test_american_dates_are_asked_once(officer: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "Form Kunjungan (Responses).csv"
    file.write_bytes(forms_with_american_dates())
    bring(officer, file)
    questions = officer.page.locator(QUESTION)
    expect(questions).to_have_count(1)
    expect(questions).to_contain_text("2/17/2026")
    answer(questions, "bulan lebih dulu")
    officer.page.get_by_role("button", name=SEND).click()
    officer.page.get_by_text("Contoh baris Kunjungan yang baru: 3 dari 3").click()
    first = officer.page.locator(".st-key-contoh_visits .table tbody tr").first
    expect(first).to_contain_text("2026-02-03")
    assert "3 baru" in accept(officer)

    # The same form months later is not asked about again.
    again = tmp_path / "Form Kunjungan Juni.csv"
    again.write_bytes(forms_with_american_dates(JUNE))
    bring(officer, again)
    assert "3 baru" in accept(officer)


def test_two_places_of_a_case_are_told_apart(officer: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "kobo.csv"
    file.write_bytes(kobo_with_two_places())
    bring(officer, file)
    assert officer.page.locator(QUESTION).count() <= MOST_QUESTIONS
    officer.page.get_by_text("Contoh baris Kasus yang baru: 2 dari 2").click()
    first = officer.page.locator(".st-key-contoh_cases .table tbody tr").first
    expect(first).to_contain_text("Lontar")
    assert "2 baru" in accept(officer)


def test_sums_beside_the_list_are_left_out_and_said(officer: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "Rekap Februari.xlsx"
    file.write_bytes(recap_workbook())
    bring(officer, file)
    assert officer.page.locator(QUESTION).count() <= MOST_QUESTIONS
    officer.page.get_by_text("catatan tentang berkas ini").first.click()
    expect(
        officer.page.get_by_text("Lembar “Rekap” tidak dibaca: isinya jumlah tanpa tanggal").first
    ).to_be_visible()
    assert "2 baru" in accept(officer)


def test_nothing_is_stored_before_the_answer(officer: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "form.csv"
    file.write_bytes(forms_with_american_dates())
    bring(officer, file)
    assert officer.page.get_by_role("button", name="Terima").count() == 0
    officer.page.get_by_role("button", name=SEND).click()
    expect(officer.page.get_by_text("Belum ada jawaban yang dipilih")).to_be_visible()


def test_a_question_fits_a_phone(officer: Visitor, tmp_path: Path) -> None:
    officer.page.set_viewport_size({"width": 360, "height": 740})
    file = tmp_path / "form.csv"
    file.write_bytes(forms_with_american_dates())
    bring(officer, file)
    width = officer.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
