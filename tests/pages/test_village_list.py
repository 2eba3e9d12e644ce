"""The list of Kunjungan: which desa next, whose they are, and what if nothing is known."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import open_page, words_on

OFFICER = "daftar_pimpasa"


def message(at: AppTest) -> dict[str, Any]:
    """Return what the list says to the browser."""
    (table,) = at.get("bidi_component")
    said: dict[str, Any] = json.loads(table.proto.json)
    return said


def listed(at: AppTest) -> pd.DataFrame:
    """Return the rows of the list that stand on the screen before anybody searches."""
    said = message(at)
    rows = pd.DataFrame(
        {
            column["label"]: [values["words"][place] for place in values["places"]]
            if isinstance(values, dict)
            else values
            for column, values in zip(said["columns"], said["values"], strict=True)
        }
    )
    return rows[[rests == "0" for rests in said["resting"]]].reset_index(drop=True)


def everything(at: AppTest) -> AppTest:
    """Show the desa that are on time too."""
    return at.button_group("daftar_tampil").set_value("semua").run()


def test_desa_binaan_stand_at_the_top(sample_environment: Path) -> None:
    rows = listed(everything(open_page("visits.py")))
    count = int((rows["Desa binaan"] == "binaan").sum())
    assert 0 < count < len(rows) == 326
    assert (rows["Desa binaan"][:count] == "binaan").all()


def test_the_title_names_the_first_row(sample_environment: Path) -> None:
    at = open_page("visits.py")
    first = listed(at).iloc[0]
    assert f"Berikutnya: {first['Desa']}, Kecamatan {first['Kecamatan']}" in words_on(at)


def test_the_list_begins_with_the_desa_that_need_a_visit(sample_environment: Path) -> None:
    at = open_page("visits.py")
    rows = listed(at)
    assert "Tepat waktu" not in set(rows["Keadaan"])
    assert len(rows) == (listed(everything(at))["Keadaan"] != "Tepat waktu").sum()


def test_an_officer_sees_the_own_desa(sample_environment: Path) -> None:
    at = open_page("visits.py")
    at.selectbox(OFFICER).select("Petugas 05").run()
    assert set(listed(at)["PIMPASA"]) == {"Petugas 05"}


def test_the_chosen_officer_is_remembered_on_the_way_back(sample_environment: Path) -> None:
    at = open_page("visits.py")
    at.selectbox(OFFICER).select("Petugas 05").run()
    at.switch_page("cases.py").run()
    at.switch_page("visits.py").run()
    assert set(listed(at)["PIMPASA"]) == {"Petugas 05"}


def test_an_officer_without_desa_here_is_explained(sample_environment: Path) -> None:
    at = open_page("overview.py")
    at.session_state[OFFICER] = "Petugas 99"
    at.switch_page("visits.py").run()
    assert len(listed(at)) == 0
    assert "PIMPASA “Petugas 99” tidak (lagi) membina desa" in message(at)["empty"]


def test_a_link_names_the_officer(sample_environment: Path) -> None:
    at = open_page("overview.py")
    at.query_params["pimpasa"] = "Petugas 05"
    at.switch_page("visits.py").run()
    assert set(listed(at)["PIMPASA"]) == {"Petugas 05"}


def test_the_address_follows_the_officer_and_outlives_another_filter(
    sample_environment: Path,
) -> None:
    at = open_page("visits.py")
    at.selectbox(OFFICER).select("Petugas 05").run()
    at.selectbox("filter_banding").select("tanpa").run()
    assert at.query_params["pimpasa"] == "Petugas 05"
    assert set(listed(at)["PIMPASA"]) == {"Petugas 05"}


def test_a_time_before_the_first_record_calls_no_desa_never_visited(
    sample_environment: Path,
) -> None:
    at = open_page("visits.py", dari="2020-01", sampai="2020-03")
    assert "program dimulai September 2023" in words_on(at)
    assert not at.get("bidi_component")
    assert "Belum pernah" not in words_on(at)


def test_months_to_come_are_not_months_without_visits(sample_environment: Path) -> None:
    said = words_on(open_page("visits.py", dari="2027-01", sampai="2027-03"))
    assert said.count("Belum ada catatan kunjungan pada Januari–Maret 2027: belum berjalan") == 2
    assert "Tidak ada kunjungan dalam saringan ini" not in said


def test_the_legend_leaves_out_a_state_that_no_desa_has(sample_environment: Path) -> None:
    everywhere = words_on(open_page("visits.py"))
    assert everywhere.count('<span class="swatch') == 4
    narrowed = words_on(open_page("visits.py", kec=["36.04.12"]))
    legend = re.search(r'<ul class="legend">(.*?)</ul>', narrowed)
    assert legend is not None and "<b>0</b>" not in legend[1]
    assert 1 <= legend[1].count("swatch") < 4
