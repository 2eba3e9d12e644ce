"""An officer's way: empty store, template, 200 rows with 15 mistakes, accept the rest, undo."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import expect

from geo.gazetteer import gazetteer
from tests.browser.conftest import Visitor

QUESTION = '[class*="st-key-tanya_"]'
SEND = "Simpan jawaban dan lanjutkan"
LEAVE = "Tinggalkan baris dengan nama yang belum dijawab"

ROWS = 200
# The template's example stands in row 2.
FIRST_ROW = 3

# Offset of the row -> header, what the officer writes there, and what else the row then holds.
MISTAKES: dict[int, tuple[str, object, dict[str, object]]] = {
    5: ("Tanggal", "31/02/2026", {}),
    17: ("Tanggal", "05/05/2922", {}),
    29: ("Tanggal", "01/12/2026", {}),
    41: ("Tanggal", "05/05/2009", {}),
    53: ("Tanggal", "Senin 15/01/2026", {}),
    65: ("Tanggal", None, {}),
    77: ("Desa", "Lontarr", {"Kecamatan": "Tirtayasa"}),
    89: ("Desa", "Atlantis", {"Kecamatan": "Tirtayasa"}),
    101: ("Desa", "Sukamaju", {"Kecamatan": None}),
    113: ("Kecamatan", "Taktakan", {"Desa": None}),
    125: ("Hasil", "bagus sekali", {}),
    137: ("Lintang", 95.5, {"Bujur": 106.2}),
    149: ("Bujur", "abc", {"Lintang": -6.1}),
    161: ("Bukti / Keterangan", "ketemu 3604123004560007", {}),
    173: ("Tujuan", "telepon 0812-3456-7890", {}),
}


def fill(template: Path, filled: Path) -> int:
    """Fill the template as an officer would; returns the number of desa in the good rows."""
    book = load_workbook(template)
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}
    desa = gazetteer().desa
    visited: set[str] = set()
    for offset in range(ROWS):
        place = desa[offset % len(desa)]
        row: dict[str, object] = {
            "No": offset + 1,
            "Tanggal": date(2026, 2, 2) + timedelta(days=offset % 200),
            "Kecamatan": gazetteer().name(place.kecamatan_code),
            "Desa": place.name,
            "PIMPASA": "Budi",
            "Tujuan": "pemantauan",
            "Hasil": "nihil",
        }
        if offset in MISTAKES:
            header, written, others = MISTAKES[offset]
            row |= others | {header: written}
        else:
            visited.add(place.code)
        for header, value in row.items():
            sheet.cell(FIRST_ROW + offset, column[header], value)
    book.save(filled)
    return len(visited)


def go_to(officer: Visitor, section: str) -> None:
    officer.open("/data")
    officer.page.get_by_text(section, exact=True).click()
    officer.settle()


def problems(officer: Visitor) -> set[tuple[int, str]]:
    """Return (row, column) of every problem listed on the page."""
    table = officer.page.locator(".st-key-masalah .table")
    table.locator("tbody tr").first.wait_for()
    rows = table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.children].map(cell => cell.innerText.trim()))"
    )
    return {(int(row[0].replace(".", "")), row[2]) for row in rows}


def visited_desa(officer: Visitor) -> str:
    officer.open("/")
    return officer.page.locator("h1.headline").inner_text()


def test_200_rows_with_15_mistakes(officer: Visitor, tmp_path: Path) -> None:
    assert "Belum ada catatan" in visited_desa(officer)

    go_to(officer, "Masukkan berkas")
    with officer.page.expect_download() as download:
        officer.page.get_by_role("button", name="Templat Kunjungan").click()
    template = tmp_path / "templat.xlsx"
    download.value.save_as(template)
    filled = tmp_path / "kunjungan.xlsx"
    desa = fill(template, filled)

    officer.page.locator("input[type=file]").set_input_files(filled)
    officer.page.get_by_role("button", name="Periksa berkas").click()
    expected = {(FIRST_ROW + offset, header) for offset, (header, _, _) in MISTAKES.items()}
    assert problems(officer) == expected

    officer.page.get_by_text("Contoh baris Kunjungan yang baru: 20 dari 185").click()
    first = officer.page.locator(".st-key-contoh_visits .table tbody tr").first
    first.wait_for()
    assert f"Kecamatan {gazetteer().kecamatan[0].name}" in first.inner_text()

    officer.page.get_by_role("button", name=LEAVE).click()
    officer.page.get_by_role("button", name="Terima 185 baris").click()
    officer.page.get_by_text("Kunjungan: 185 baru").wait_for()

    assert visited_desa(officer).startswith(f"{desa} dari 326 desa")
    officer.wait_for_map()
    coloured = officer.page.locator("path.area[aria-label*='desa dikunjungi']").count()
    assert coloured > 0

    go_to(officer, "Riwayat")
    officer.page.get_by_role("button", name="Batalkan impor").click()
    officer.page.get_by_text("baris dihapus").wait_for()
    assert "Belum ada catatan" in visited_desa(officer)


def test_a_name_that_a_person_explains_is_accepted(officer: Visitor, tmp_path: Path) -> None:
    rekap = tmp_path / "rekap.csv"
    rekap.write_text(
        "Tanggal;Kecamatan;Desa;Hasil\n"
        "02/02/2026;Tirtayasa;Lontarr;nihil\n"
        "03/02/2026;;Sukamaju;nihil\n",
        encoding="utf-8",
    )
    go_to(officer, "Masukkan berkas")
    officer.page.locator("input[type=file]").set_input_files(rekap)
    officer.page.get_by_role("button", name="Periksa berkas").click()
    assert problems(officer) == {(2, "Desa"), (3, "Desa")}

    for written in ("Lontarr", "Sukamaju"):
        question = officer.page.locator(QUESTION).filter(has_text=written)
        question.locator("[role=radiogroup] label").first.click()  # the likeliest place
    officer.page.get_by_role("button", name=SEND).click()
    officer.page.get_by_role("button", name="Terima 2 baris").click()
    officer.page.get_by_text("Kunjungan: 2 baru").wait_for()
    assert visited_desa(officer).startswith("2 dari 326 desa")


def section(officer: Visitor, name: str) -> None:
    officer.page.get_by_role("radiogroup", name="Bagian").get_by_text(name, exact=True).click()
    officer.settle()


def test_a_file_waits_while_another_section_is_open(officer: Visitor, tmp_path: Path) -> None:
    rekap = tmp_path / "rekap.csv"
    rekap.write_text(
        "Tanggal;Kecamatan;Desa;Hasil\n02/02/2026;Tirtayasa;Lontar;nihil\n", encoding="utf-8"
    )
    go_to(officer, "Masukkan berkas")
    officer.page.locator("input[type=file]").set_input_files(rekap)
    officer.page.get_by_role("button", name="Periksa berkas").click()
    accept = officer.page.get_by_role("button", name="Terima 1 baris")
    expect(accept).to_be_visible()

    section(officer, "Riwayat")
    expect(accept).to_have_count(0)
    section(officer, "Masukkan berkas")
    expect(officer.page.get_by_text("Melanjutkan berkas rekap.csv")).to_be_visible()
    accept.click()
    expect(officer.page.get_by_text("Kunjungan: 1 baru")).to_be_visible()

    officer.page.get_by_role("button", name="Lepas berkas ini").click()
    expect(officer.page.get_by_role("button", name="Periksa berkas")).to_have_count(0)


def test_a_file_that_is_removed_is_forgotten(officer: Visitor, tmp_path: Path) -> None:
    rekap = tmp_path / "rekap.csv"
    rekap.write_text("Tanggal;Desa;Hasil\n02/02/2026;Lontar;nihil\n", encoding="utf-8")
    go_to(officer, "Masukkan berkas")
    officer.page.locator("input[type=file]").set_input_files(rekap)
    check = officer.page.get_by_role("button", name="Periksa berkas")
    expect(check).to_be_visible()
    officer.page.get_by_role("button", name="Hapus rekap.csv").click()
    expect(check).to_have_count(0)


def test_of_very_many_unknown_names_the_commonest_are_asked(
    officer: Visitor, tmp_path: Path
) -> None:
    rows = [f"02/02/2026;Tirtayasa;Lontarr {number};nihil" for number in range(100, 150)]
    rows += ["03/02/2026;Tirtayasa;Susukann;nihil", "04/02/2026;Tirtayasa;Susukann;nihil"]
    rekap = tmp_path / "rekap.csv"
    rekap.write_text("\n".join(["Tanggal;Kecamatan;Desa;Hasil", *rows]), encoding="utf-8")
    go_to(officer, "Masukkan berkas")
    officer.page.locator("input[type=file]").set_input_files(rekap)
    officer.page.get_by_role("button", name="Periksa berkas").click()
    expect(officer.page.get_by_text("51 pertanyaan sebelum berkas ini")).to_be_visible()
    officer.settle()
    asked = officer.page.locator(QUESTION)
    expect(asked).to_have_count(30)
    expect(asked.first).to_contain_text("“Susukann, Tirtayasa”")
    expect(asked.first).to_contain_text("Baris 52, 53")
