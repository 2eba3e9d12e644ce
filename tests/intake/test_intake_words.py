"""Coded words: clear synonyms are read, unclear ones refused where the schema demands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.words import (
    UnknownCountryError,
    UnknownWordError,
    allowed_words,
    read_country,
    read_flag,
    read_labels,
    read_word,
    usual_word,
)
from data_access.schema import CHANNELS, OUTCOMES, PILLARS, STAGES, VERIFICATIONS

OFFICES = ("serang", "cilegon", "unknown")
CODED = {"outcome": OUTCOMES, "verification": VERIFICATIONS, "office": OFFICES}
OPEN = {"stage": STAGES, "channel": CHANNELS, "pillar": PILLARS}


@pytest.mark.parametrize(
    ("column", "word"), [(column, word) for column, words in CODED.items() for word in words]
)
def test_every_word_of_the_schema_is_read(column: str, word: str) -> None:
    assert read_word(column, word.replace("_", " ").upper()) == word


@pytest.mark.parametrize("column", CODED)
def test_no_other_word_is_allowed(column: str) -> None:
    assert {word.replace(" ", "_") for word in allowed_words(column)} == set(CODED[column])


@pytest.mark.parametrize(
    ("column", "word"), [(column, word) for column, words in OPEN.items() for word in words]
)
def test_usual_word_is_spelled_as_usual(column: str, word: str) -> None:
    assert usual_word(column, word.upper()) == word


@pytest.mark.parametrize(
    ("column", "written", "word"),
    [
        ("outcome", "N", "nihil"),
        ("outcome", "Tidak ada temuan.", "nihil"),
        ("outcome", "Ada Temuan", "temuan"),
        ("outcome", "Perlu tindak lanjut", "tindak_lanjut"),
        ("verification", "Belum diverifikasi", "dilaporkan"),
        ("office", "Kanim Cilegon", "cilegon"),
    ],
)
def test_clear_synonym_is_read(column: str, written: str, word: str) -> None:
    assert read_word(column, written) == word


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("Nihil.", "nihil"),
        ("NIHIL TEMUAN", "nihil"),
        ("Nihil (tidak ada keberangkatan)", "nihil"),
        ("Nihil, situasi aman", "nihil"),
        ("Nihil keberangkatan PMI; tidak ada kasus", "nihil"),
        ("Tidak ada temuan, warga kooperatif", "nihil"),
        ("0 temuan", "nihil"),
        ("1 temuan", "temuan"),
        ("Terdapat temuan", "temuan"),
        ("Ada dua temuan", "temuan"),
        ("Perlu TL", "tindak_lanjut"),
    ],
)
def test_result_told_in_a_sentence_is_read(written: str, word: str) -> None:
    assert read_word("outcome", written) == word


@pytest.mark.parametrize(
    "written",
    [
        "Nihil, namun 1 temuan",
        "Nihil (1 temuan)",
        "Nihil/temuan",
        "Nihil?",
        "Nihil; perlu tindak lanjut",
        "Nihil, ada warga yang berangkat",
        "Nihil pelanggaran, ditemukan calon PMI",
        "Nihil, 2 warga berangkat ke Malaysia",
        "Tidak nihil",
        "Tidak ditemukan WNA",
        "Temuan: nihil",
        "nihilisme",
    ],
)
def test_result_that_may_mean_two_is_refused(written: str) -> None:
    with pytest.raises(UnknownWordError):
        read_word("outcome", written)


@pytest.mark.parametrize("written", ["rumah kosong", "aman", "baik", "?", "T", "selesai"])
def test_unclear_outcome_names_the_allowed_words(written: str) -> None:
    with pytest.raises(UnknownWordError, match="nihil, temuan, tindak lanjut, tidak terjangkau"):
        read_word("outcome", written)


def test_other_word_of_an_open_column_stays() -> None:
    assert usual_word("stage", "Tahap II") == "Tahap II"


@pytest.mark.parametrize(
    "written",
    ["ya", "Y", "x", "✓", "✔\ufe0f", "√", "●", "\uf0fc", "1", "TRUE", "Sudah", "Ada", "Checked"],
)
def test_yes_is_read(written: str) -> None:
    assert read_flag(written)


@pytest.mark.parametrize("written", ["tidak", "No", "0", "FALSE", "belum", "✗"])
def test_no_is_read(written: str) -> None:
    assert not read_flag(written)


@pytest.mark.parametrize("written", ["mungkin", "ok", "Berkembang", "Maju", "Mandiri"])
def test_maybe_is_refused(written: str) -> None:
    with pytest.raises(UnknownWordError, match="ya, tidak"):
        read_flag(written)


def test_cross_beside_ticks_is_refused() -> None:
    with pytest.raises(UnknownWordError):
        read_flag("X", has_ticks=True)


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("TPPO", {"is_tppo"}),
        ("TPPO, PMI NP", {"is_tppo", "is_pmi_np"}),
        ("tppo/tppm", {"is_tppo", "is_tppm"}),
        ("PMI Non-Prosedural dan TPPO", {"is_tppo", "is_pmi_np"}),
        ("tppo pmi_np", {"is_tppo", "is_pmi_np"}),
        ("TPPO PMI Non Prosedural", {"is_tppo", "is_pmi_np"}),
        ("PMI Nonprosedural TPPO", {"is_tppo", "is_pmi_np"}),
        ("TPPO (Tindak Pidana Perdagangan Orang)", {"is_tppo"}),
        ("TPPO - PMI NP", {"is_tppo", "is_pmi_np"}),
        ("Dugaan TPPO", {"is_tppo"}),
        ("", set()),
    ],
)
def test_labels_are_read(written: str, labels: set[str]) -> None:
    assert read_labels(written) == labels


@pytest.mark.parametrize("written", ["TPPO, narkotika", "bukan TPPO", "PMI prosedural", "Dugaan"])
def test_unknown_label_is_refused(written: str) -> None:
    with pytest.raises(UnknownWordError, match="TPPO, TPPM, PMI nonprosedural"):
        read_labels(written)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Arab Saudi", "SA"),
        ("UEA", "AE"),
        ("Yordania", "JO"),
        ("Suriah", "SY"),
        ("Kuwait", "KW"),
        ("Qatar", "QA"),
        ("MALAYSIA", "MY"),
        ("Singapura", "SG"),
        ("Taiwan", "TW"),
        ("Hongkong", "HK"),
        ("Hong Kong", "HK"),
        ("Kamboja", "KH"),
        ("Myanmar", "MM"),
        ("Thailand", "TH"),
        ("Korea Selatan", "KR"),
        ("Saudi Arabia", "SA"),
        ("my", "MY"),
        ("tidak diketahui", None),
        ("Dubai", "AE"),
        ("Abu Dhabi (UEA)", "AE"),
        ("Myanmar (Myawaddy)", "MM"),
        ("Riyadh, Arab Saudi", "SA"),
        ("Kamboja - Poipet", "KH"),
        ("Malaysia (ilegal)", "MY"),
        ("Negara Malaysia", "MY"),
        ("Timor-Leste", "TL"),
    ],
)
def test_country_is_read(written: str, code: str | None) -> None:
    assert read_country(written) == code


@pytest.mark.parametrize(
    "written",
    [
        "Timur Tengah",
        "Malaysia, Singapura",
        "Malaysia/Singapura",
        "Malaysia (via Singapura)",
        "Myanmar (perbatasan Thailand)",
        "Thailand-Myanmar",
        "Bali",
        "EU",
        "ZZ",
        "()",
    ],
)
def test_no_single_country_is_refused(written: str) -> None:
    with pytest.raises(UnknownCountryError):
        read_country(written)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    readers: tuple[Callable[[], object], ...] = (
        lambda: read_word("outcome", text),
        lambda: read_country(text),
        lambda: read_labels(text),
        lambda: read_flag(text),
    )
    for read in readers:
        try:
            read()
        except (UnknownWordError, UnknownCountryError) as error:
            assert str(error)
