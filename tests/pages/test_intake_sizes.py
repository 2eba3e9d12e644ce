"""What Data sends to a browser for a file that is wrong, wide or many-sheeted beyond reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from data_access.intake.forms.registry import fields_of
from tests.intake.importing import VISITS, csv_file, visit, visits_file, workbook
from tests.pages.test_pages import open_page, words_on

_KILOBYTE = 1024


def brought(content: bytes, name: str, *, is_checked: bool = True) -> AppTest:
    """The page after a file was chosen and checked."""
    at = open_page("data.py", bagian="berkas")
    at.session_state["data_bagian"] = "berkas"
    at.file_uploader[0].set_value((name, content, "application/octet-stream")).run(timeout=60)
    if is_checked:
        at.button(key="periksa").click().run(timeout=60)
    assert not at.exception
    return at


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _nodes(child)


def sent(at: AppTest) -> int:
    """Bytes of everything that stands on the page."""
    return sum(node.proto.ByteSize() for node in _nodes(at.main) if node.proto is not None)


def test_of_many_wrong_rows_the_first_are_sent_and_all_counted(empty_environment: Path) -> None:
    rows = [visit(f"k{n}", outcome="entah") for n in range(5_000)]
    at = brought(visits_file(*rows), "salah.csv")
    assert "5.000 hal yang perlu diperbaiki" in words_on(at)
    assert "Ditampilkan 200 yang pertama" in words_on(at)
    assert sent(at) < 200 * _KILOBYTE


def test_of_many_wrong_sheets_the_first_problems_are_sent(empty_environment: Path) -> None:
    rows = [visit(f"k{n}", outcome="entah") for n in range(150)]
    at = brought(workbook(**{f"S{n}": [VISITS, *rows] for n in range(40)}), "salah.xlsx")
    assert "6.000 hal yang perlu diperbaiki" in words_on(at)
    assert sent(at) < 200 * _KILOBYTE


def test_of_many_sheets_one_is_picked_and_all_are_read(empty_environment: Path) -> None:
    sheets = {f"S{n}": [VISITS, visit(f"k{n}", day=1 + n)] for n in range(25)}
    at = brought(workbook(**sheets), "banyak.xlsx")
    assert [one.label for one in at.expander if one.label.startswith("Lembar")] == [
        "Lembar “S0”: 1 baris, dibaca sebagai Kunjungan"
    ]
    assert at.button(key="terima").label == "Terima 25 baris"


def test_the_columns_of_a_wide_sheet_are_sent_when_asked_for(empty_environment: Path) -> None:
    others = [f"Kolom lain nomor {n}, yang tidak dikenal oleh templat mana pun" for n in range(400)]
    at = brought(
        csv_file([*VISITS, *others], [*visit("k1"), *[""] * 400]), "lebar.csv", is_checked=False
    )
    assert sent(at) < 60 * _KILOBYTE
    assert len(at.selectbox) == 1
    next(iter(at.toggle)).set_value(True).run()
    assert len(at.selectbox) > 5


def test_another_table_for_a_sheet_is_proposed_by_its_rows(empty_environment: Path) -> None:
    at = brought(visits_file(visit("k1")), "rekap.csv", is_checked=False)
    at.selectbox[0].set_value("awareness_sessions").run()
    assert not at.exception
    assert not at.error
    labels = {one.label for one in at.selectbox}
    assert {one.label for one in fields_of("awareness_sessions").values() if one.is_typed} <= labels
