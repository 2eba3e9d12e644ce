"""A client that sends the states of some widgets, or of none, is shown what the URL says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scripts.serve import Server
from tests.browser.websocket import Reader, reader

LINK = "periode=bulan&kec=36.04.12"
SHOWN = "Oktober 2026, Kecamatan Pontang, semua desa"


@pytest.fixture
def session(server: Server) -> Iterator[Reader]:
    with reader(server.url) as opened:
        yield opened


def test_a_rerun_without_any_state_keeps_to_the_link(session: Reader) -> None:
    assert SHOWN in session.rerun(LINK).text
    again = session.rerun(LINK)
    assert SHOWN in again.text
    assert again.errors == ()


def test_a_rerun_with_the_state_of_one_widget_keeps_to_the_link(session: Reader) -> None:
    widgets = session.rerun(LINK).widgets
    session.rerun(LINK)
    half = session.rerun(LINK, **{widgets["filter_kec"]: ["Pontang"]})
    assert SHOWN in half.text
    assert half.errors == ()


def test_a_click_that_opens_the_session_counts_and_the_link_says_the_rest(
    session: Reader, server: Server
) -> None:
    widgets = session.rerun(LINK).widgets
    with reader(server.url) as other:
        first = other.rerun(LINK, **{widgets["filter_periode"]: ["Tahun ini"]})
    assert "Januari–Oktober 2026, Kecamatan Pontang, semua desa" in first.text


def test_chosen_months_are_kept_without_their_widgets(session: Reader) -> None:
    link = "periode=bebas&dari=2026-02&sampai=2026-03"
    widgets = session.rerun(link).widgets
    session.rerun(link)
    half = session.rerun(link, **{widgets["filter_periode"]: ["Pilih bulan"]})
    assert "Februari–Maret 2026" in half.text
