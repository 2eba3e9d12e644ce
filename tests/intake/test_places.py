"""Place columns lead to codes, to a question, or to a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.places import (
    ALIAS_FILE,
    DESA_UNKNOWN,
    NOWHERE,
    OUTSIDE,
    OUTSIDE_CODE,
    DamagedCodeError,
    ForeignPlaceError,
    PlaceContradictsError,
    PlaceError,
    PlaceMissingError,
    PlaceReader,
    PlaceReading,
    PlaceUnclearError,
    SeveralDesaError,
    UnknownPlaceCodeError,
    WrittenPlace,
    load_aliases,
    remember,
)
from data_access.intake.writing.json_store import RememberedDamagedError
from geo.errors import UnknownCodeError
from geo.gazetteer import gazetteer

LONTAR = "36.04.13.2007"
ONE = PlaceReader({})
MANY = PlaceReader({}, is_many=True)
CASE = PlaceReader({}, is_outside_kept=True)


def at(*villages: str) -> PlaceReading:
    return PlaceReading(villages[0][:8], villages)


@pytest.mark.parametrize(
    "written",
    [
        WrittenPlace("Tirtayasa", "Lontar"),
        WrittenPlace("KEC. TIRTAYASA", "DS.  LONTAR"),
        WrittenPlace("", "Lontar"),
        WrittenPlace("", "Ds. Lontar, Kec. Tirtayasa"),
        WrittenPlace("", "Lontar (Tirtayasa)"),
        WrittenPlace(village_code=LONTAR),
        WrittenPlace(village_code="3604132007"),
        WrittenPlace("", LONTAR),
        WrittenPlace("Tirtayasa", "Lontar", "36.04.13", LONTAR, "Kabupaten Serang"),
        WrittenPlace("", "Lontar", "3604270"),
    ],
)
def test_desa_is_found(written: WrittenPlace) -> None:
    assert ONE.read(written) == at(LONTAR)


@pytest.mark.parametrize(
    "written",
    [
        WrittenPlace("Kec. Lebak Wangi"),
        WrittenPlace("Lebakwangi", "tidak diketahui"),
        WrittenPlace(kecamatan_code="36.04.35"),
        WrittenPlace(kecamatan_code="360435"),
    ],
)
def test_kecamatan_alone_leaves_the_desa_unknown(written: WrittenPlace) -> None:
    assert ONE.read(written) == PlaceReading("36.04.35", (), DESA_UNKNOWN)


def test_nothing_written_is_nowhere() -> None:
    assert ONE.read(WrittenPlace()) == NOWHERE


@pytest.mark.parametrize(
    "text",
    [
        "Lontar; Susukan",
        "Lontar, Susukan",
        "Lontar & Susukan",
        "Lontar dan Ds. Susukan",
        "Lontar/Susukan",
        "Lontar\nSusukan",
    ],
)
def test_session_covers_several_desa(text: str) -> None:
    assert MANY.read(WrittenPlace("Tirtayasa", text)) == at(LONTAR, "36.04.13.2008")


def test_session_in_two_kecamatan_counts_at_the_first() -> None:
    reading = MANY.read(WrittenPlace("Pontang, Tirtayasa", "Kelapian; Lontar"))
    assert (reading.kecamatan_code, reading.villages) == ("36.04.12", ("36.04.12.2006", LONTAR))


def test_session_in_one_of_two_listed_kecamatan_is_found() -> None:
    assert MANY.read(WrittenPlace("Pontang; Tirtayasa", "Lontar")).villages == (LONTAR,)


def test_session_lists_codes() -> None:
    assert MANY.read(WrittenPlace(village_code=f"{LONTAR}; 36.04.13.2008")) == at(
        LONTAR, "36.04.13.2008"
    )


def test_only_the_unclear_part_of_a_list_is_asked() -> None:
    with pytest.raises(PlaceUnclearError) as caught:
        MANY.read(WrittenPlace("Tirtayasa", "Lontar, Susukn"))
    assert [name.desa for name in caught.value.names] == ["Susukn"]


@pytest.mark.parametrize(
    ("written", "error"),
    [
        (WrittenPlace("Tirtayasa", "Lontar, Susukan"), SeveralDesaError),
        (WrittenPlace("Kota Serang", "Cipare"), ForeignPlaceError),
        (WrittenPlace("Curug", "Curug"), ForeignPlaceError),
        (WrittenPlace("kota_serang", "kasemen"), ForeignPlaceError),
        (WrittenPlace("luar_kabupaten"), ForeignPlaceError),
        (WrittenPlace("Tirtayasa", "Lontar", kabupaten="Kota Cilegon"), ForeignPlaceError),
        (WrittenPlace(village_code="36.73.01.1001"), ForeignPlaceError),
        (WrittenPlace("", "3673011001"), ForeignPlaceError),
        (WrittenPlace(village_code="3.604012e9"), DamagedCodeError),
        (WrittenPlace(village_code="3,604012E+09"), DamagedCodeError),
        (WrittenPlace(village_code="3604012000"), DamagedCodeError),
        (WrittenPlace(village_code="36.04.12.2999"), UnknownPlaceCodeError),
        (WrittenPlace(village_code="Lontar"), UnknownPlaceCodeError),
        (WrittenPlace(kecamatan_code="36.04.99"), UnknownPlaceCodeError),
        (WrittenPlace("Pontang", LONTAR), PlaceContradictsError),
        (WrittenPlace("Pontang", village_code=LONTAR), PlaceContradictsError),
        (WrittenPlace("", "Susukan", village_code=LONTAR), PlaceContradictsError),
        (WrittenPlace("Pontang", "", "36.04.13"), PlaceContradictsError),
        (WrittenPlace("", "Sukamaju"), PlaceUnclearError),
        (WrittenPlace("Tirtayasa", "Lontarr"), PlaceUnclearError),
        (WrittenPlace("Pontng", "Kelapian"), PlaceUnclearError),
        (WrittenPlace("Antah Berantah"), PlaceUnclearError),
    ],
)
def test_place_is_refused(written: WrittenPlace, error: type[PlaceError]) -> None:
    with pytest.raises(error):
        ONE.read(written)


def test_question_offers_candidates() -> None:
    with pytest.raises(PlaceUnclearError) as caught:
        ONE.read(WrittenPlace("Tirtayasa", "Lontarr"))
    assert caught.value.names[0].candidates[0].code == LONTAR


def test_unclear_kecamatan_is_asked_for_itself() -> None:
    with pytest.raises(PlaceUnclearError) as caught:
        ONE.read(WrittenPlace("Antah Berantah", "Lontar Baru Sekali"))
    assert (caught.value.names[0].kecamatan, caught.value.names[0].desa) == ("Antah Berantah", "")


@pytest.mark.parametrize(
    "written", [WrittenPlace("Kota Serang"), WrittenPlace("", "Kab. Lebak"),
                WrittenPlace("", "Kabupaten Brebes"),
                WrittenPlace(village_code="36.73.01.1001")]
)  # fmt: skip
def test_case_from_outside_is_kept_without_place(written: WrittenPlace) -> None:
    assert CASE.read(written) == PlaceReading(None, (), OUTSIDE)


def test_confirmed_name_is_accepted() -> None:
    reader = PlaceReader({("Tirtayasa", "Kampung Lontar Lama"): LONTAR})
    assert reader.read(WrittenPlace("tirtayasa", "kampung  lontar lama")) == at(LONTAR)


def test_name_confirmed_as_outside_is_foreign() -> None:
    aliases = {("Bumiayu", ""): OUTSIDE_CODE}
    reader = PlaceReader(aliases, is_outside_kept=True)
    assert reader.read(WrittenPlace("Bumiayu", "Langkap")) == PlaceReading(None, (), OUTSIDE)


def test_confirmed_kecamatan_helps_all_its_desa() -> None:
    reader = PlaceReader({("Tirta Jaya", ""): "36.04.13"})
    assert reader.read(WrittenPlace("Tirta Jaya", "Lontar")) == at(LONTAR)


def test_every_desa_is_found_by_its_names() -> None:
    names = gazetteer()
    found = [
        ONE.read(WrittenPlace(names.name(desa.kecamatan_code), desa.name)).villages
        for desa in names.desa
    ]
    assert found == [(desa.code,) for desa in names.desa]


# --- what is remembered ------------------------------------------------------------------


def test_confirmed_name_is_remembered(tmp_path: Path) -> None:
    remember(tmp_path, "Tirtayasa", "Lontar Lama", LONTAR)
    reader = PlaceReader(load_aliases(tmp_path))
    assert reader.read(WrittenPlace("TIRTAYASA", "Lontar-Lama")) == at(LONTAR)


def test_newest_choice_wins(tmp_path: Path) -> None:
    for code in (LONTAR, "36.04.13.2008"):
        remember(tmp_path, "Tirtayasa", "Lama", code)
    assert list(load_aliases(tmp_path).values()) == ["36.04.13.2008"]


def test_name_of_two_desa_is_not_remembered_alone(tmp_path: Path) -> None:
    assert not remember(tmp_path, "", "Sukamaju", "36.04.16.2007")
    assert load_aliases(tmp_path) == {}


def test_unknown_code_is_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(UnknownCodeError):
        remember(tmp_path, "Tirtayasa", "Lama", "36.73.01.1001")


def test_empty_name_is_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(PlaceMissingError):
        remember(tmp_path, "", " - ", LONTAR)


def test_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    assert load_aliases(tmp_path) == {}


@pytest.mark.parametrize("text", ["[", "{}", '[{"kecamatan": 1}]',
                                  '[{"kecamatan": "a", "desa": "b", "code": "99"}]'])  # fmt: skip
def test_damaged_memory_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / ALIAS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RememberedDamagedError):
        load_aliases(tmp_path)


@settings(deadline=None)
@given(st.builds(WrittenPlace, *[st.text(max_size=20)] * 5))
def test_any_place_is_read_or_refused(written: WrittenPlace) -> None:
    for reader in (PlaceReader({}), PlaceReader({}, is_many=True, is_outside_kept=True)):
        try:
            reading = reader.read(written)
        except PlaceError as error:
            assert str(error)
        else:
            assert all(code in gazetteer().desa_by_code for code in reading.villages)


CODE_PIECES = ("36", "04", "12", "2001", ".", "e9", ";", "Lontar", " dan ", "Kec. ", "Tirtayasa")


@settings(deadline=None)
@given(st.lists(st.sampled_from(CODE_PIECES), max_size=6).map("".join))
def test_any_mixture_of_codes_and_names_is_read_or_refused(text: str) -> None:
    for written in (WrittenPlace("", text), WrittenPlace(text), WrittenPlace(village_code=text)):
        try:
            PlaceReader({}, is_many=True).read(written)
        except PlaceError as error:
            assert str(error)
