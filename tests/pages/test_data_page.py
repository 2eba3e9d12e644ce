"""The page Data: its sections and their addresses, first steps, history, settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from data_access.intake.writing.history import history
from data_access.intake.writing.undo import undo
from data_access.schema import imports
from data_access.settings import current_settings
from data_access.store import Store, open_store
from geo.boundaries import indicative_boundaries
from pages.components import words
from tests.intake.importing import imported, visit, visits_file
from tests.pages.test_pages import links_on, open_page, words_on


@pytest.fixture
def real_store(empty_environment: Path) -> Iterator[Store]:
    """The store of the dashboard with one visit; the file held another that was rejected."""
    store = open_store(current_settings())
    imported(store, visits_file(visit("k1"), visit("k2", outcome="entah")))
    yield store
    store.close()


def bring(at: AppTest, content: bytes, name: str = "rekap.csv") -> None:
    """Upload a file and, where it is one of records, have it checked."""
    at.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    if not name.endswith(".geojson"):
        at.button(key="periksa").click().run()


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("isi", "Bulan mana yang masih kosong?"),
        ("berkas", "Unduh templat"),
        ("riwayat", "Belum ada berkas yang dimasukkan"),
        ("batas", "Batas yang dipakai"),
        ("pengaturan", "Wilayah kantor"),
    ],
)
def test_every_part_of_the_data_page_stands(
    section: str, text: str, sample_environment: Path
) -> None:
    at = open_page("data.py", bagian=section)
    assert not at.exception
    assert not at.error
    assert text in words_on(at)


def test_a_section_that_does_not_exist_is_told(sample_environment: Path) -> None:
    at = open_page("data.py", bagian="gudang")
    assert "Bagian “gudang”" in words_on(at)
    assert "Bulan mana yang masih kosong?" in words_on(at)


def test_a_chosen_section_stands_in_the_address(sample_environment: Path) -> None:
    at = open_page("data.py")
    at.session_state["data_bagian"] = "riwayat"
    at.run()
    assert at.query_params["bagian"] == "riwayat"
    assert "Riwayat impor" in words_on(at)


def test_the_filter_waits_while_data_is_open(sample_environment: Path) -> None:
    at = open_page("data.py", kec=["36.04.12"], periode="bebas", dari="2026-02", sampai="2026-03")
    assert "filter-caption" not in words_on(at)
    assert "filter_periode" not in [each.key for each in at.get("button_group")]
    assert at.query_params["kec"] == "36.04.12"
    at.run()
    at.switch_page("visits.py").run()
    assert not at.exception
    assert "Februari–Maret 2026, Kecamatan Pontang" in words_on(at)


def test_a_link_to_a_section_keeps_the_filter(sample_environment: Path) -> None:
    at = open_page("overview.py", kec=["36.04.12"])
    at.query_params.clear()
    at.query_params["bagian"] = "berkas"
    at.switch_page("data.py").run()
    assert "Unduh templat" in words_on(at)
    assert at.query_params["kec"] == "36.04.12"


def test_the_template_that_a_link_asks_for_stands_first(sample_environment: Path) -> None:
    at = open_page("data.py", bagian="berkas", templat="kecamatan")
    first = at.get("download_button")[0].proto
    assert (first.label, first.type) == ("Templat Kecamatan", "primary")
    assert "isi penduduk usia kerja" in words_on(at)


def test_a_page_without_records_shows_no_filter(empty_environment: Path) -> None:
    at = open_page("visits.py")
    assert not at.get("button_group")
    assert "filter-caption" not in words_on(at)


def test_the_sample_can_be_made_on_a_page_without_records(empty_environment: Path) -> None:
    at = open_page("visits.py")
    at.button(key="isi_contoh").click().run()
    assert not at.exception
    assert "DATA CONTOH" in words_on(at)
    assert "Peta lapangan" in words_on(at)


def test_the_first_steps_say_what_is_there(sample_environment: Path) -> None:
    at = open_page("data.py")
    assert not at.expander
    at.button(key="hapus_contoh").click().run()
    assert at.expander[0].label == "Langkah awal: 0 dari 7 selesai"
    at.query_params["bagian"] = "pengaturan"
    at.run()
    at.multiselect(key="atur_cilegon").set_value(["36.04.12"]).run()
    at.button(key="simpan_kantor").click().run()
    assert "1 dari 29 kecamatan" in words_on(at)


def test_the_sample_can_be_removed_as_the_first_step(sample_environment: Path) -> None:
    at = open_page("data.py")
    at.button(key="hapus_contoh").click().run()
    assert "baris contoh dihapus" in at.success[0].value
    assert "DATA CONTOH" not in words_on(at)
    assert "Basis data masih kosong" in words_on(at)


def test_the_days_until_overdue_can_be_set(sample_environment: Path) -> None:
    at = open_page("data.py", bagian="pengaturan")
    at.number_input(key="atur_hari").set_value(30).run()
    at.button(key="simpan_hari").click().run()
    assert "30 hari" in at.success[0].value
    at.switch_page("visits.py").run()
    assert "lewat 30 hari" in words_on(at)


def test_the_office_of_a_kecamatan_can_be_set_only_once(sample_environment: Path) -> None:
    at = open_page("data.py", bagian="pengaturan")
    at.multiselect(key="atur_cilegon").set_value(["36.04.12"]).run()
    at.button(key="simpan_kantor").click().run()
    assert "Pontang dipilih untuk dua kantor" in at.error[0].value


def test_a_reach_that_cannot_be_counted_leads_to_the_population(real_store: Store) -> None:
    at = open_page("awareness.py")
    wanted = "bagian=berkas&templat=kecamatan"
    assert ("Isi penduduk usia kerja di halaman Data", wanted) in links_on(at)


def test_a_programme_without_desa_binaan_leads_to_where_they_are_set(real_store: Store) -> None:
    at = open_page("overview.py")
    assert [query for _, query in links_on(at)] == ["bagian=berkas&templat=villages"]


def test_a_programme_with_population_and_desa_binaan_has_no_such_links(
    sample_environment: Path,
) -> None:
    assert not links_on(open_page("overview.py"))


def test_the_history_tells_time_person_and_rejected_rows(real_store: Store) -> None:
    (entry,) = history(real_store)
    text = words_on(open_page("data.py", bagian="riwayat"))
    assert f"{words.moment(entry.imported_at)}, oleh petugas" in text
    assert "1 baru · 0 berubah · 0 sama · 1 ditolak" in text


def test_the_sentence_calls_no_missing_table_zero(real_store: Store) -> None:
    assert (
        "Basis data berisi 1 kunjungan sampai 1 Maret 2025; sosialisasi dan kasus belum ada."
        in words_on(open_page("data.py"))
    )


def test_an_import_that_was_taken_back_says_by_whom(real_store: Store) -> None:
    at = open_page("data.py", bagian="riwayat")
    at.button(key="batal_1").click().run()
    assert not at.error
    assert f"Dibatalkan</b> {words.moment(history(real_store)[0].undone_at)} oleh petugas" in (
        words_on(at)
    )


def test_rows_rejected_by_an_earlier_program_are_not_told_as_none(real_store: Store) -> None:
    with real_store.write() as connection:
        connection.execute(update(imports).values(rejected=None))
    assert "yang ditolak tidak tercatat" in words_on(open_page("data.py", bagian="riwayat"))


def test_a_preview_no_longer_warns_of_a_sample_that_is_gone(sample_environment: Path) -> None:
    at = open_page("data.py", bagian="berkas")
    bring(at, visits_file(visit("k1")))
    assert "Basis data masih berisi data contoh" in at.warning[0].value
    at.button(key="hapus_contoh").click().run()
    assert not at.warning
    assert at.button(key="terima").label == "Terima 1 baris"


def test_a_file_whose_import_was_taken_back_can_be_accepted_again(real_store: Store) -> None:
    at = open_page("data.py", bagian="berkas")
    bring(at, visits_file(visit("k1"), visit("k2", outcome="entah")))
    assert "sudah pernah dimasukkan" in at.info[0].value
    undo(real_store, 1, "petugas")
    at.run()
    assert not at.info
    assert at.button(key="terima")


def test_a_shape_may_be_any_area_that_lacks_one(empty_environment: Path) -> None:
    areas = indicative_boundaries().kecamatan
    misspelt = {"Tirtayasa": "Tirtajasa", "Pontang": "Pontank"}
    named = gpd.GeoDataFrame(
        {"WADMKC": areas["name"].replace(misspelt)}, geometry=areas.geometry, crs=areas.crs
    )
    at = open_page("data.py", bagian="batas")
    bring(at, named.to_json().encode(), "batas.geojson")
    assert not at.exception
    asked = [box for box in at.selectbox if box.label.startswith("“Tirtajasa”")]
    assert asked[0].options == [
        "Biarkan, jangan dipakai",
        "Kecamatan Tirtayasa",
        "Kecamatan Pontang",
    ]
