"""A page whose data are away says so, keeps what its reader chose, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import PAGES, open_page, words_on

CHOSEN = {"kec": ["36.04.12"], "periode": "program"}
SAID = "Kecamatan Pontang, semua desa"


@pytest.fixture
def environment(sample_environment: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Of a healthy dashboard, to make its data go away and come back."""
    return monkeypatch


def lose_the_data(environment: pytest.MonkeyPatch) -> None:
    # No server listens on the first port.
    environment.setenv("PANTAU_DATABASE_URL", "postgresql://127.0.0.1:1/pantau")


def bring_the_data_back(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("PANTAU_DATABASE_URL")


def problem_on(at: AppTest) -> str:
    """Return the one sentence that says what is wrong."""
    assert not at.exception
    (problem,) = at.error
    return str(problem.value)


@pytest.mark.parametrize("name", PAGES)
def test_an_open_page_keeps_its_filter(name: str, environment: pytest.MonkeyPatch) -> None:
    at = open_page(name, **CHOSEN)
    lose_the_data(environment)
    for _ in range(2):
        at.run()
        assert "tidak dapat dibuka" in problem_on(at)
        assert "%" not in words_on(at)
    bring_the_data_back(environment)
    at.run()
    assert not at.exception and not at.error
    assert SAID in words_on(at)
    assert (at.query_params["kec"], at.query_params["periode"]) == ("36.04.12", "program")


def test_a_filter_chosen_while_the_data_are_away_counts(environment: pytest.MonkeyPatch) -> None:
    at = open_page("overview.py", **CHOSEN)
    lose_the_data(environment)
    at.run()
    at.multiselect(key="filter_kec").set_value(["36.04.13"]).run()
    assert "tidak dapat dibuka" in problem_on(at)
    bring_the_data_back(environment)
    assert "Kecamatan Tirtayasa, semua desa" in words_on(at.run())


def test_the_page_may_change_while_the_data_are_away(environment: pytest.MonkeyPatch) -> None:
    at = open_page("overview.py", **CHOSEN)
    lose_the_data(environment)
    at.run()
    at.switch_page("data.py").run()
    assert "tidak dapat dibuka" in problem_on(at)
    at.switch_page("visits.py").run()
    assert "tidak dapat dibuka" in problem_on(at)
    bring_the_data_back(environment)
    at.run()
    assert not at.error
    assert SAID in words_on(at)


def test_a_session_that_begins_without_data_follows_its_link(
    environment: pytest.MonkeyPatch,
) -> None:
    lose_the_data(environment)
    at = open_page("overview.py", **CHOSEN)
    assert "tidak dapat dibuka" in problem_on(at)
    bring_the_data_back(environment)
    at.run()
    assert not at.exception and not at.error
    assert SAID in words_on(at)


def test_the_level_of_a_map_stays(environment: pytest.MonkeyPatch) -> None:
    at = open_page("overview.py", peta="desa", **CHOSEN)
    lose_the_data(environment)
    at.run()
    at.run()
    bring_the_data_back(environment)
    at.run()
    assert at.query_params["peta"] == "desa"
    assert at.session_state["peta_ringkasan_tingkat"] == "desa"
