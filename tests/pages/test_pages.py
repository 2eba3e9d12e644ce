"""Every page as a whole: with sample data, with a filter that leaves nothing, and empty."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

PAGES = {
    "overview.py": "Perlu keputusan",
    "visits.py": "Peta lapangan",
    "awareness.py": "belum pernah menerima sosialisasi",
    "cases.py": "Kasus menurut label",
}
SHELL = Path(__file__).parents[2] / "pages" / "shell.py"


def open_page(name: str, **query: str | list[str]) -> AppTest:
    """Run the shell and then one of its pages with a query string."""
    at = AppTest.from_file(str(SHELL), default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    if name != "overview.py":
        at.switch_page(name).run()
    return at


def links_on(at: AppTest) -> list[tuple[str, str]]:
    """Return label and query string of every link to another page."""
    return [(each.proto.label, each.proto.query_string) for each in at.get("page_link")]


def charts_on(at: AppTest) -> list[dict[str, Any]]:
    """Return every chart as it is sent to the browser."""
    return [json.loads(each.proto.spec) for each in at.get("plotly_chart")]


def bar_names(chart: dict[str, Any]) -> list[str]:
    """Return the names beside the bars of a chart, the first on top."""
    return [name.strip() for name in chart["layout"]["yaxis"].get("ticktext", ())]


def words_on(at: AppTest) -> str:
    """Return everything that stands on the page as HTML."""
    return " ".join(element.proto.body for element in at.get("html"))


@pytest.mark.parametrize(("name", "words"), PAGES.items())
def test_a_page_shows_its_panels(name: str, words: str, sample_environment: Path) -> None:
    at = open_page(name)
    assert not at.exception
    assert not at.error
    assert words in words_on(at)


@pytest.mark.parametrize("name", PAGES)
def test_sample_data_is_marked_on_every_page(name: str, sample_environment: Path) -> None:
    assert "DATA CONTOH" in words_on(open_page(name))


@pytest.mark.parametrize("name", PAGES)
def test_indicative_boundaries_are_named_beside_the_filter(
    name: str, sample_environment: Path
) -> None:
    notices = words_on(open_page(name)).split("</div>")[0]
    assert "Batas indikatif, bukan batas resmi" in notices


def test_the_footer_does_not_call_sample_data_the_office_s_own(sample_environment: Path) -> None:
    footer = words_on(open_page("overview.py")).rsplit("<footer", 1)[1]
    assert "Sumber: data contoh" in footer


def test_a_month_without_any_record_is_announced_as_late(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_page("overview.py")
    monkeypatch.setenv("PANTAU_TODAY", "2027-01-05")
    words = words_on(open_page("overview.py"))
    assert "Data terlambat: catatan terakhir 31 Oktober 2026; November–Desember 2026" in words


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_matching_desa_says_so(name: str, sample_environment: Path) -> None:
    at = open_page(name, kec=["36.04.08"], cakupan="kantor", periode="bulan")
    assert not at.exception
    assert not at.error
    words = re.sub(r"<[^>]+>", " ", words_on(at))
    assert "Tidak ada desa dalam saringan ini: wilayah kantor." in words
    assert not re.search(r"(?<!\d)0(,0)?\s?%", words), "none of none is no share"


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_store_says_what_to_do_next(name: str, empty_environment: Path) -> None:
    at = open_page(name)
    assert not at.exception
    text = words_on(at)
    assert "Belum ada catatan" in text
    assert "Desa binaan" in text
    assert "python -m" not in text
    assert links_on(at)[0] == ("Isi dengan templat Desa", "bagian=berkas&templat=villages")


def test_the_only_kecamatan_of_a_filter_is_not_called_the_one_with_the_most(
    sample_environment: Path,
) -> None:
    assert "terbanyak" not in words_on(open_page("visits.py", kec=["36.04.12"]))


def test_the_desa_never_reached_are_told_until_the_end_of_the_period(
    sample_environment: Path,
) -> None:
    text = words_on(open_page("awareness.py", dari="2024-01", sampai="2024-03"))
    assert "Sejak awal pencatatan sampai 31 Maret 2024" in text


def test_the_sentence_of_an_office_leaves_out_desa_binaan_of_the_other(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everywhere = words_on(open_page("overview.py"))
    monkeypatch.setenv("PANTAU_OFFICE", "cilegon")
    here = words_on(open_page("overview.py", cakupan="kantor"))
    late = re.compile(r"\d+ desa binaan lewat 90 hari")
    assert late.findall(everywhere)
    assert late.findall(here) != late.findall(everywhere)


def test_an_unknown_code_in_the_url_is_ignored_with_a_note(sample_environment: Path) -> None:
    text = words_on(open_page("overview.py", kec=["36.04.99", "36.04.12"]))
    assert "36.04.99" in text
    assert "Kecamatan Pontang" in text


def test_the_filter_stays_when_the_page_changes(sample_environment: Path) -> None:
    at = open_page("visits.py", kec=["36.04.12"], periode="program")
    assert at.query_params["kec"] == "36.04.12"
    assert at.query_params["periode"] == "program"


def test_a_missing_boundary_file_leaves_the_set_in_use_and_says_so(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_BOUNDARIES", str(sample_environment / "tidak-ada.geojson"))
    at = open_page("overview.py")
    assert not at.exception
    assert "tidak-ada.geojson tidak ditemukan" in words_on(at)


def test_the_map_receives_one_class_per_area(sample_environment: Path) -> None:
    at = open_page("overview.py")
    message = json.loads(at.get("bidi_component")[0].proto.json)
    assert len(message["k"]) == len(message["n"]) == len(message["N"]) == 29


def test_the_case_page_holds_no_desa_values(sample_environment: Path) -> None:
    at = open_page("cases.py", periode="program")
    messages = [json.loads(each.proto.json) for each in at.get("bidi_component")]
    maps = [message for message in messages if "k" in message]
    assert [len(message["k"]) for message in maps] == [29]
    text = json.dumps(messages)
    assert "36.04." not in text.replace("/peta/", "")


# --- small counts of cases --------------------------------------------------------------------

# Two cases of Pontang in twelve months, with ten victims.
FEW = {"kec": ["36.04.12"], "periode": "12-bulan"}


def sent(at: AppTest) -> list[dict[str, object]]:
    """Return what the components of the page get."""
    return [json.loads(each.proto.json) for each in at.get("bidi_component")]


def shown_in_table(at: AppTest, column: int) -> set[object]:
    """Return what stands in one column of the page's first table."""
    cells = next(message for message in sent(at) if "values" in message)["values"][column]  # type: ignore[index]
    if isinstance(cells, dict):
        return {cells["words"][place] for place in cells["places"]}
    return set(cells)


def tiles(at: AppTest) -> dict[str, str]:
    """Return the values of the page's figures by their labels."""
    pairs = re.findall(r"<section class=tile><h2>(.*?)</h2><b[^>]*>(.*?)</b>", words_on(at))
    return dict(pairs)


def test_few_cases_are_withheld_behind_a_question(sample_environment: Path) -> None:
    at = open_page("cases.py", **FEW)
    text = words_on(at)
    assert "Kurang dari 5 kasus dilaporkan" in text
    assert "Tampilkan rincian kasus? Hanya untuk petugas yang menangani" in text
    assert "Kasus menurut label" not in text
    assert tiles(at)["Korban"] == tiles(at)["Waktu tindak lanjut"] == "–"
    assert not at.get("plotly_chart")
    (shown,) = sent(at)
    assert "n" not in shown and shown["k"].count("1") == 1


def test_the_question_opens_the_details_and_closes_them_again(sample_environment: Path) -> None:
    at = open_page("cases.py", **FEW)
    at.button(key="kasus_buka").click().run()
    assert tiles(at)["Laporan kasus"] == "2"
    assert "Kasus menurut label" in words_on(at)
    at.button(key="kasus_tutup").click().run()
    assert tiles(at)["Laporan kasus"] == "kurang dari 5"


def test_opened_details_are_in_the_audit_log_without_what_was_seen(
    sample_environment: Path,
) -> None:
    at = open_page("cases.py", **FEW)
    at.button(key="kasus_buka").click().run()
    at.run()
    with sqlite3.connect(sample_environment / "pantau.sqlite") as database:
        query = "SELECT actor, detail FROM audit_log WHERE action = 'buka rincian kasus'"
        entries = database.execute(query).fetchall()
    assert entries == [("petugas", "2025-11..2026-10; kecamatan 36.04.12; cakupan all")]


def test_opened_details_of_one_page_open_no_other(sample_environment: Path) -> None:
    at = open_page("cases.py", **FEW)
    at.button(key="kasus_buka").click().run()
    at.switch_page("overview.py").run()
    assert tiles(at)["Laporan kasus"] == "kurang dari 5"


def test_the_table_of_kecamatan_shows_classes_until_the_details_are_open(
    sample_environment: Path,
) -> None:
    at = open_page("cases.py", periode="program")
    assert shown_in_table(at, 1) == {"1–4", "5–9"}
    at.button(key="kasus_buka").click().run()
    assert {1, 7} <= shown_in_table(at, 1)


def test_a_reason_of_few_cases_does_not_say_how_few(sample_environment: Path) -> None:
    text = words_on(open_page("overview.py"))
    assert "kurang dari 5 laporan kasus tanpa sosialisasi" in text
    assert not re.search(r"\b[1-4] laporan kasus", text)


@pytest.mark.parametrize("name", ["overview.py", "cases.py"])
def test_cases_before_the_programme_are_not_zero(name: str, sample_environment: Path) -> None:
    at = open_page(name, dari="2022-01", sampai="2022-03")
    assert tiles(at)["Laporan kasus"] == "belum ada catatan"


def test_stages_stand_in_the_order_of_the_process(sample_environment: Path) -> None:
    at = open_page("cases.py", periode="program")
    at.button(key="kasus_buka").click().run()
    (stages,) = [names for names in map(bar_names, charts_on(at)) if "Penyidikan" in names]
    assert stages == [
        "Laporan", "LP (laporan polisi)", "Penyelidikan", "Penyidikan", "P21 (berkas lengkap)",
        "Putusan", "Dihentikan",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["overview.py", "cases.py"])
def test_cases_never_imported_are_not_zero(name: str, sample_environment: Path) -> None:
    open_page("overview.py")
    with sqlite3.connect(sample_environment / "pantau.sqlite") as database:
        database.execute("DELETE FROM cases")
        database.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
    at = open_page(name)
    assert tiles(at)["Laporan kasus"] == "belum ada catatan"
    maps = [message["k"] for message in sent(at) if "k" in message]
    assert name == "overview.py" or set(maps[0]) == {"-"}


def test_destinations_beyond_the_longest_chart_are_added_up(sample_environment: Path) -> None:
    at = open_page("cases.py", periode="program")
    at.button(key="kasus_buka").click().run()
    (chart,) = [each for each in charts_on(at) if "Malaysia" in bar_names(each)]
    assert bar_names(chart)[-1] == "6 lainnya, digabung"
    assert sum(map(int, chart["data"][0]["text"])) == int(tiles(at)["Laporan kasus"])
