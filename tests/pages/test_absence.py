"""Kunjungan and Sosialisasi where a table was never sent in, or the period holds nothing of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from data_access.schema import awareness_sessions, visits
from data_access.settings import current_settings
from data_access.store import open_store
from tests.pages.test_pages import open_page, words_on

VISIT = {
    "source_key": "v1",
    "visited_on": "2026-10-01",
    "village_code": "36.04.12.2001",
    "kecamatan_code": "36.04.12",
    "outcome": "nihil",
}
SESSION = {
    "source_key": "s1",
    "held_on": "2026-10-01",
    "kecamatan_code": "36.04.12",
    "male": 10,
    "female": 10,
}

Fill = Callable[[Any, dict[str, Any]], None]


@pytest.fixture
def fill(empty_environment: Path) -> Fill:
    """Write one row into a dashboard without any other record."""

    def write(table: Any, row: dict[str, Any]) -> None:
        store = open_store(current_settings())
        with store.write() as connection:
            connection.execute(insert(table), row)
        store.close()

    return write


def test_without_any_visit_no_desa_is_called_never_visited(fill: Fill) -> None:
    fill(awareness_sessions, SESSION)
    at = open_page("visits.py")
    said = words_on(at)
    assert said.count("Belum ada catatan kunjungan. Masukkan berkas kunjungan") == 4
    assert not at.get("bidi_component")
    assert not re.search(r"[Bb]elum pernah|Berikutnya:|[Jj]atuh tempo", said)


def test_without_any_session_no_desa_is_called_never_reached(fill: Fill) -> None:
    fill(visits, VISIT)
    said = words_on(open_page("awareness.py"))
    assert said.count("Belum ada catatan sosialisasi. Masukkan berkas sosialisasi") == 5
    assert not re.search(r"\d+ desa belum pernah", said)
    assert not re.search(r'class="value">[0+]', said)


def test_records_that_the_filter_leaves_out_are_a_true_zero(fill: Fill) -> None:
    fill(visits, VISIT)
    said = words_on(open_page("visits.py", kec="36.04.13"))
    assert said.count("Tidak ada kunjungan dalam saringan ini pada Januari–Oktober 2026") == 2
    assert "Belum ada catatan" not in said


def test_a_month_without_any_file_is_not_a_month_without_visits(fill: Fill) -> None:
    fill(visits, VISIT)
    said = words_on(open_page("visits.py", dari="2026-03", sampai="2026-04"))
    assert "Belum ada catatan kunjungan pada Maret–April 2026" in said


def test_an_order_without_known_cases_names_none(fill: Fill) -> None:
    fill(visits, VISIT)
    said = words_on(open_page("visits.py"))
    assert "Urutan: desa binaan, lalu hari sejak kunjungan" in said


def test_not_applicable_says_why(fill: Fill) -> None:
    fill(awareness_sessions, SESSION)
    said = words_on(open_page("awareness.py"))
    assert "karena tidak ada peserta yang diuji" in said
    assert "karena penduduk usia kerja belum diisi (0 dari 29 kecamatan terisi)" in said
