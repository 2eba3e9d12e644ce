"""What the pages compare, and what they say where nothing was recorded."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest

from data_access.cli import main
from tests.pages.test_pages import open_page, words_on

TILE = re.compile(r"<section class=tile>(.*?)</section>", re.DOTALL)


def tiles_of(page: str) -> dict[str, str]:
    """Return the words of each tile by its label."""
    found = {}
    for tile in TILE.findall(page):
        label = re.search(r"<h2[^>]*>(.*?)</h2>", tile)
        assert label is not None
        found[label[1]] = re.sub(r"<[^>]+>", " ", tile)
    return found


def counted(folder: Path, *arguments: str) -> float:
    """Return n of one indicator as the command line counts it."""
    # No command writes over a file.
    out = folder / f"hitung-{uuid4().hex}.csv"
    environment = {"PANTAU_DATA_DIR": str(folder), "PANTAU_TODAY": "2026-10-17"}
    assert main(["indicators", *arguments, "--out", str(out)], environment) == 0
    return float(pd.read_csv(StringIO(out.read_text(encoding="utf-8")))["n"].iloc[0])


def test_a_running_month_is_compared_with_the_same_days_and_equals_the_command_line(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_TODAY", "2026-10-17")
    page = words_on(open_page("overview.py", periode="bulan"))
    assert "dibandingkan dengan 1–17 Oktober 2025" in page
    indicator = ("--indicator", "visit_coverage")
    now = counted(sample_environment, "--from", "2026-10", "--to", "2026-10", *indicator)
    before = counted(
        sample_environment,
        *("--from", "2025-10", "--to", "2025-10", "--until", "2025-10-17", *indicator),
    )
    whole = counted(sample_environment, "--from", "2025-10", "--to", "2025-10", *indicator)
    assert before < whole, "the sample does not tell the two apart"
    direction = "naik" if now > before else "turun"
    assert f"{direction} {abs(now - before):.0f} desa dari waktu yang sama tahun lalu" in page
    assert f"{direction} {abs(now - before):.0f} desa" in tiles_of(page)["Cakupan kunjungan"]
    assert "(berjalan)" in page


def test_desa_binaan_that_came_meanwhile_are_said_beside_the_points(
    sample_environment: Path,
) -> None:
    tile = tiles_of(words_on(open_page("overview.py")))["Desa binaan aktif"]
    assert re.search(r"(naik|turun) \d+ poin; \d+ desa binaan baru", tile), tile


@pytest.mark.parametrize("name", ["overview.py", "awareness.py", "cases.py"])
@pytest.mark.parametrize(
    ("first", "last"), [("2022-01", "2022-03"), ("2027-01", "2027-03")], ids=["before", "ahead"]
)
def test_a_period_without_records_shows_no_zero_and_no_change(
    sample_environment: Path, name: str, first: str, last: str
) -> None:
    page = words_on(open_page(name, periode="bebas", dari=first, sampai=last))
    headline = re.search(r'<h1 class="headline">(.*?)</h1>', page)
    assert headline is not None
    assert headline[1].startswith("Belum ada catatan")
    assert not re.search(r"\b(naik|turun)\b", headline[1])
    for label, words in tiles_of(page).items():
        if label not in ("Kasus terbuka", "Waktu tindak lanjut"):
            assert "belum ada catatan" in words, label
            assert "0 %" not in words and "▼" not in words, label


def test_a_comparison_without_records_is_no_rise(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = words_on(
        open_page(
            "overview.py", periode="bebas", dari="2023-10", sampai="2023-12", banding="sebelumnya"
        )
    )
    assert "tanpa pembanding karena program baru berjalan sejak September 2023" in page
    assert "▲" not in page


def test_every_reason_stands_in_the_list_of_decisions_and_leads_to_its_kecamatan(
    sample_environment: Path,
) -> None:
    page = words_on(open_page("overview.py"))
    rows = re.findall(r'<li><a href="\?kec=(36\.04\.\d\d)">[^<]+</a><small>(.*?)</small>', page)
    assert len(rows) == int(re.search(r"Perlu keputusan: (\d+) kecamatan", page)[1])  # type: ignore[index]
    assert any(";" in why for _, why in rows), "no kecamatan with two reasons in the sample"
    assert "tanpa sosialisasi" in rows[0][1]
    assert "Masuk daftar:" in page
