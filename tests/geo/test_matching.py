"""Names and codes people write lead to the right area, or to a question."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import AliasFileDamagedError, BlankNameError, GeoError, UnknownCodeError
from geo.gazetteer import Desa, Kecamatan, gazetteer
from geo.matching import ALIAS_FILE, load_aliases, match_place, normalise, read_code, remember_alias

DESA = st.sampled_from(gazetteer().desa)
KECAMATAN = st.sampled_from(gazetteer().kecamatan)
SPELLINGS = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        lambda name: name.replace(" ", "").replace("-", ""),
        lambda name: name.replace(" ", "-"),
        lambda name: f"  {name.replace(' ', '   ')} ",
    ]
)
DESA_PREFIXES = st.sampled_from(["", "Desa ", "Ds. ", "DS.", "Kel. ", "Kelurahan ", "desa"])
KECAMATAN_PREFIXES = st.sampled_from(["", "Kec. ", "KEC.", "Kecamatan ", "kec "])


@given(KECAMATAN, SPELLINGS, KECAMATAN_PREFIXES)
def test_every_kecamatan_is_found_by_any_spelling(
    kecamatan: Kecamatan, spell: Callable[[str], str], prefix: str
) -> None:
    match = match_place(prefix + spell(kecamatan.name), "")
    assert (match.code, match.how) == (kecamatan.code, "name")


@given(DESA, SPELLINGS, DESA_PREFIXES, KECAMATAN_PREFIXES)
def test_every_desa_is_found_within_its_kecamatan(
    desa: Desa, spell: Callable[[str], str], prefix: str, kecamatan_prefix: str
) -> None:
    kecamatan = kecamatan_prefix + spell(gazetteer().name(desa.kecamatan_code))
    match = match_place(kecamatan, prefix + spell(desa.name))
    assert (match.code, match.how) == (desa.code, "name")


# The first call builds the indexes.
@settings(deadline=None)
@given(DESA)
def test_a_desa_alone_is_found_only_if_its_name_is_unique(desa: Desa) -> None:
    twins = [
        other
        for other in gazetteer().desa
        if normalise(desa.name) in map(normalise, (other.name, *other.aliases))
    ]
    match = match_place("", desa.name)
    assert match.how == ("name" if len(twins) == 1 else "ambiguous")
    assert {found.code for found in match.candidates} in (set(), {t.code for t in twins})


@given(DESA)
def test_every_official_code_is_found(desa: Desa) -> None:
    assert match_place("", desa.code).how == "code"
    assert match_place(desa.kecamatan_code, desa.name).code == desa.code


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gets_an_answer_that_holds_together(kecamatan: str, desa: str) -> None:
    match = match_place(kecamatan, desa)
    assert (match.code is not None) == (match.how in ("code", "name", "alias"))


@given(KECAMATAN, st.integers(0, 20))
def test_a_kecamatan_with_a_letter_missing_is_never_accepted(
    kecamatan: Kecamatan, position: int
) -> None:
    key = normalise(kecamatan.name)
    typo = key[: position % len(key)] + key[position % len(key) + 1 :]
    assert match_place(typo, "").code in (None, _alias_owner(typo))


def _alias_owner(text: str) -> str | None:
    owners = [k.code for k in gazetteer().kecamatan if text in map(normalise, k.aliases)]
    return owners[0] if owners else None


def test_a_near_miss_is_only_proposed() -> None:
    match = match_place("Cikeusik", "")
    assert match.how == "candidate" and match.code is None
    assert match.candidates[0].name == "Cikeusal"


@pytest.mark.parametrize("alias", ["Keramatwatu", "Cerenang", "ANYER", "Kec. Anyer"])
def test_another_spelling_in_the_gazetteer_is_an_alias(alias: str) -> None:
    assert match_place(alias, "").how == "alias"


@pytest.mark.parametrize(
    "code", ["3604250", "id3604250", "ID3604250", "3604250.0", "36.04.12", "360412"]
)
def test_codes_of_both_agencies_lead_to_the_kecamatan(code: str) -> None:
    match = match_place(code, "")
    assert (match.name, match.how) == ("Pontang", "code")


@pytest.mark.parametrize("code", [desa.code for desa in gazetteer().desa[:40]] + ["36.04.20"])
def test_a_code_that_became_a_number_is_found(code: str) -> None:
    number = float(code.replace(".", "").replace("3604", "36.04", 1))
    match = match_place(str(number), "") if len(code) == 8 else match_place("", str(number))
    assert (match.code, match.how) == (code, "code")


def test_a_bps_desa_code_tells_the_kecamatan_only() -> None:
    reading = read_code("id3604250015")
    assert reading is not None
    assert (reading.kecamatan_code, reading.desa_code) == ("36.04.12", None)


def test_a_code_of_another_kabupaten_matches_nothing() -> None:
    assert match_place("32.04.12", "").how == "none"


def test_a_desa_name_is_not_stripped_of_letters_that_look_like_a_prefix() -> None:
    kelapian = next(desa for desa in gazetteer().desa if desa.name == "Kelapian")
    assert match_place("", "Kelapian").code == kelapian.code


def test_a_kecamatan_is_not_taken_for_the_desa_of_the_same_name() -> None:
    assert match_place("Pontang", "").code == "36.04.12"
    assert len(match_place("Pontang", "Pontang").code or "") == len("36.04.12.2001")


def test_desa_ciomas_lies_in_padarincang() -> None:
    assert match_place("Padarincang", "Ciomas").how == "name"
    assert match_place("Ciomas", "Ciomas").how == "candidate"


def test_a_desa_beside_an_unknown_kecamatan_is_only_proposed() -> None:
    match = match_place("Tirtayas", "Lontar")
    assert match.how == "candidate"
    assert match.candidates[0].name == "Lontar"


@pytest.mark.parametrize(
    "text",
    ["Cikeusal; Petir", "Petir dan Cikeusal", "CIKEUSAL/PETIR", "Kec. Petir + Kec. Cikeusal"],
)
def test_each_of_two_names_in_one_text_is_proposed(text: str) -> None:
    match = match_place(text, "")
    assert {found.name for found in match.candidates} == {"Cikeusal", "Petir"}
    assert match.code is None


def test_nothing_written_matches_nothing() -> None:
    assert match_place(" ", "").how == "none"


def test_a_confirmed_spelling_is_accepted_next_time(tmp_path: Path) -> None:
    remember_alias(tmp_path, "Tirtayasa", "Desa Lontor", match_place("", "Lontar").code or "")
    match = match_place("Kec. Tirtayasa", "LONTOR", load_aliases(tmp_path))
    assert (match.name, match.how) == ("Lontar", "alias")


def test_a_confirmed_spelling_holds_for_its_kecamatan_only(tmp_path: Path) -> None:
    remember_alias(tmp_path, "Tirtayasa", "Lontor", match_place("", "Lontar").code or "")
    assert match_place("Pontang", "Lontor", load_aliases(tmp_path)).code is None


def test_the_newest_confirmation_wins(tmp_path: Path) -> None:
    remember_alias(tmp_path, "", "Kota Lama", "36.04.12")
    remember_alias(tmp_path, "", "Kota Lama", "36.04.13")
    assert match_place("Kota Lama", "", load_aliases(tmp_path)).name == "Tirtayasa"


def test_a_confirmation_never_overrules_an_official_name(tmp_path: Path) -> None:
    remember_alias(tmp_path, "", "Pontang", "36.04.13")
    assert match_place("Pontang", "", load_aliases(tmp_path)).name == "Pontang"


@pytest.mark.parametrize(
    ("within", "name", "code", "error"),
    [
        ("", "Pontan", "36.04.99", UnknownCodeError),
        ("Entah", "Lontor", "36.04.13.2001", UnknownCodeError),
        ("", " .- ", "36.04.12", BlankNameError),
    ],
)
def test_a_senseless_confirmation_is_refused(
    tmp_path: Path, within: str, name: str, code: str, error: type[GeoError]
) -> None:
    with pytest.raises(error):
        remember_alias(tmp_path, within, name, code)


def test_a_damaged_list_of_spellings_says_which_row(tmp_path: Path) -> None:
    (tmp_path / ALIAS_FILE).write_text("within,spelling,code\n,x,36.04.99\n")
    with pytest.raises(AliasFileDamagedError, match="baris 2"):
        load_aliases(tmp_path)
