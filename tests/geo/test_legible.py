"""Text of others beside ours: every sign is seen, no formula in a csv."""

from __future__ import annotations

import unicodedata

import pytest

from geo.legible import csv_cell, legible, legible_lines, shortened
from tests.payloads import FORMULAS, PAYLOADS


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_legible_text_is_one_line_without_control_signs(payload: str) -> None:
    text = legible(payload)
    isolates = {"\u2068", "\u2069"}
    unseen = {sign for sign in text if unicodedata.category(sign)[0] == "C"} - isolates
    assert unseen == set()
    assert len(text.splitlines()) <= 1
    assert text.count("\u2068") == text.count("\u2069")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_making_a_text_legible_twice_changes_nothing_more(payload: str) -> None:
    assert legible(legible(payload)) == legible(payload)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Lontar, Kec. Tirtayasa", "Lontar, Kec. Tirtayasa"),
        ("Café “naïf” 😀 ½", "Café “naïf” 😀 ½"),
        ("a\tb\nc\u00a0d\u2028e", "a b c d e"),
        ("Lon\u200btar", "Lon·tar"),
        ("\x1b[31mmerah", "·[31mmerah"),
        ("\u202eabc\u202c", "·abc·"),
        ("a\u3164b", "a·b"),
        ("desa \u0642\u0631\u064a\u0629 lama", "desa \u2068\u0642\u0631\u064a\u0629\u2069 lama"),
        ("\ud800", "·"),
    ],
)
def test_what_is_not_seen_is_marked(text: str, shown: str) -> None:
    assert legible(text) == shown


def test_lines_stay_lines() -> None:
    assert legible_lines("a\x07\nb\n") == "a·\nb\n"


def test_a_text_that_is_too_long_says_so() -> None:
    assert (shortened("Tirtayasa", 5), shortened("Tirta", 5)) == ("Tirt…", "Tirta")


@pytest.mark.parametrize("formula", [*FORMULAS, "\t=1+1", "\r=1+1", "'=1+1", "+62 812", "--"])
def test_a_csv_cell_is_no_formula(formula: str) -> None:
    assert csv_cell(formula) == f"'{formula}"


@pytest.mark.parametrize(
    "text", ["", "-", "-6.0512", "+12", "-1.5e-07", "-12,5 %", "Lontar", "'kutip'", "a=b", "1-2"]
)
def test_a_number_and_a_name_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text
