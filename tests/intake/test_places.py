"""Place columns lead to codes, to a question, or to a reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.intake.cells.places import (
    DESA_UNKNOWN,
    NOWHERE,
    OUTSIDE,
    OUTSIDE_CODE,
    DamagedCodeError,
    ForeignPlaceError,
    KabupatenUnclearError,
    PlaceContradictsError,
    PlaceError,
    PlaceReader,
    PlaceReading,
    PlaceUnclearError,
    SeveralDesaError,
    UnknownPlaceCodeError,
    WrittenPlace,
    looks_like_place,
)
from data_access.intake.cells.places.reader import MOST_SUGGESTED
from data_access.intake.cells.places.reading import (
    DESA_UNNAMED,
    DETAILS_LEFT_OUT,
    VENUE_ELSEWHERE,
    VENUE_ONLY,
)
from geo.gazetteer import Desa, gazetteer, kecamatan_code_of
from geo.matching import normalise

LONTAR = "36.04.13.2007"
SUSUKAN = "36.04.13.2008"
DOMAS = "36.04.12.2009"
PONTANG = "36.04.12.2001"
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


# --- desa and kecamatan in one cell --------------------------------------------------------

COLUMNS = ("place", "desa", "kecamatan")


def readers_of(column: str, text: str) -> tuple[PlaceReader, ...]:
    """Those for whom a text is one place: a session may as well list two desa or kecamatan."""
    is_list = column == "desa" and "Kec" not in text and any(sign in text for sign in ",|\n")
    # Ciomas is a desa of Padarincang, and the kecamatan beside it.
    is_neighbour = column == "kecamatan" and "Ciomas" in text and "Padarincang" in text
    return (ONE,) if is_list or is_neighbour else (ONE, MANY)


def asked(reader: PlaceReader, written: WrittenPlace) -> list[str]:
    """The codes that a question proposes."""
    with pytest.raises(PlaceUnclearError) as caught:
        reader.read(written)
    return [found.code for name in caught.value.names for found in name.candidates]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(
    "text",
    [
        "Tirtayasa/Lontar",
        "Lontar/Tirtayasa",
        "Lontar - Tirtayasa",
        "Lontar – Tirtayasa",
        "Lontar-Tirtayasa",
        "Lontar, Tirtayasa",
        "Lontar | Tirtayasa",
        "Lontar\nTirtayasa",
        "Tirtayasa: Lontar",
        "Lontar (Tirtayasa)",
        "Lontar Tirtayasa",
        "Kec. Tirtayasa, Desa Lontar",
        "Desa Lontar Kecamatan Tirtayasa",
        "Ds.Lontar Kec.Tirtayasa",
        "Desa: Lontar; Kecamatan: Tirtayasa",
        "kec_tirtayasa desa_lontar",
        "Desa Lontar, Kecamatan Tirtayasa, Kabupaten Serang",
        "Desa Lontar Kec. Tirtayasa Kab. Serang - Banten",
        "\u200eLontar\u00a0/ Tirtayasa",
        "36.04.13.2007 Lontar",
    ],
)
def test_one_cell_names_desa_and_kecamatan(column: str, text: str) -> None:
    for reader in readers_of(column, text):
        assert reader.read(WrittenPlace(**{column: text})) == at(LONTAR)


@pytest.mark.parametrize(
    "text", ["Pontang/Pontang", "Desa Pontang, Kec. Pontang", "Pontang (Pontang)"]
)
@pytest.mark.parametrize("column", COLUMNS)
def test_desa_of_its_kecamatans_name_is_one_place(column: str, text: str) -> None:
    for reader in (ONE, MANY):
        assert reader.read(WrittenPlace(**{column: text})) == at(PONTANG)


@pytest.mark.parametrize("home", ["", "Pontang"])
def test_name_of_desa_and_kecamatan_alone_is_asked(home: str) -> None:
    assert asked(ONE, WrittenPlace(home, place="Pontang")) == [PONTANG, "36.04.12"]


@pytest.mark.parametrize(
    "text",
    [
        "Lontar",
        "Desa Lontar Kec. Tirtayasa",
        "Lontar (Tirtayasa)",
        "Lontar, Kec. Tirtayasa",
        "Desa Lontar, Kecamatan Tirtayasa, Kab. Serang",
        "36.04.13.2007 - Lontar",
    ],
)
def test_desa_cell_may_repeat_the_kecamatan(text: str) -> None:
    for reader in (ONE, MANY):
        assert reader.read(WrittenPlace("Tirtayasa", text)) == at(LONTAR)


def test_bare_kecamatan_beside_the_desa_is_told() -> None:
    reading = ONE.read(WrittenPlace("Tirtayasa", "Lontar, Tirtayasa"))
    assert reading.note == "dibaca desa Lontar, Kecamatan Tirtayasa."


@pytest.mark.parametrize("text", ["Lontar, Tirtayasa", "Lontar/Tirtayasa", "Lontar Tirtayasa"])
def test_list_or_repeated_kecamatan_is_asked(text: str) -> None:
    """A session may have reached desa Lontar and desa Tirtayasa."""
    assert asked(MANY, WrittenPlace("Tirtayasa", text)) == [LONTAR, "36.04.13.2001"]


@pytest.mark.parametrize("text", ["Lontar, Tirtayasa", "Tirtayasa, Lontar", "Lontar\nTirtayasa"])
def test_comma_in_a_column_of_desa_is_asked_for_a_session(text: str) -> None:
    assert set(asked(MANY, WrittenPlace("", text))) == {LONTAR, "36.04.13.2001"}


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("place", "Pontang/Lontar"),
        ("place", "Lontar, Pontang"),
        ("place", "Desa Lontar Kecamatan Pontang"),
        ("desa", "Pontang/Lontar"),
        ("desa", "Lontar (Pontang)"),
        ("kecamatan", "Pontang - Lontar"),
        ("place", "36.04.13.2008 Lontar"),
    ],
)
def test_desa_of_another_kecamatan_is_asked(column: str, text: str) -> None:
    for reader in (ONE, MANY):
        with pytest.raises(PlaceUnclearError):
            reader.read(WrittenPlace(**{column: text}))


def test_desa_and_kecamatan_columns_contradict_each_other() -> None:
    with pytest.raises(PlaceContradictsError):
        ONE.read(WrittenPlace("Tirtayasa/Lontar", "Susukan"))


@pytest.mark.parametrize("text", ["Teras/Bendung", "Teras, Bendung", "Teras dan Bendung"])
def test_two_desa_are_not_the_one_of_both_names(text: str) -> None:
    with pytest.raises(SeveralDesaError):
        ONE.read(WrittenPlace("", text))


# --- addresses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Kp. Baru Desa Lontar",
        "Kampung Baru, Ds. Lontar",
        "Kp. Susukan Desa Lontar",
        "Aula Desa Lontar",
        "Kantor Kepala Desa Lontar",
        "Balai Desa Lontar, Kec. Tirtayasa",
        "Masjid Al Ikhlas Desa Lontar",
        "SDN 1 Pontang, Desa Lontar",
        "Jl. Raya Pontang No. 5 RT 001/RW 002 Kelurahan Lontar",
        "Perum Griya Asri Blok C, Desa Lontar, Kec. Tirtayasa, Kab. Serang, Banten 42193",
        "Desa Lontar RT.02/03",
        "RT 02 RW III Desa Lontar",
        "Dusun 1 Desa Lontar",
    ],
)
def test_address_that_names_its_desa_is_read(text: str) -> None:
    for written in (WrittenPlace(place=text), WrittenPlace("Tirtayasa", text)):
        assert ONE.read(written) == PlaceReading("36.04.13", (LONTAR,), DETAILS_LEFT_OUT)


@pytest.mark.parametrize("text", ["Lontar RT 02 RW 03", "Lontar RT.02/03", "Lontar rt02/rw03"])
def test_number_of_a_neighbourhood_is_left_out_of_a_desa_cell(text: str) -> None:
    assert ONE.read(WrittenPlace("Tirtayasa", text)).villages == (LONTAR,)


@pytest.mark.parametrize(
    "text",
    [
        "Dusun 1 Lontar",
        "SDN 1 Lontar",
        "Kp. Lontar",
        "Kp. Baru, Lontar",
        "Lontar Baru",
        "dekat Desa Lontar",
        "Kp. Baru dekat Desa Lontar",
        "Desa Lontar?",
        "Lontar dan sekitarnya",
        "semua desa kecuali Lontar",
        "Desa Lontarr Kec. Tirtayasa",
    ],
)
def test_unsure_desa_is_only_proposed(text: str) -> None:
    for written in (WrittenPlace("Tirtayasa", text), WrittenPlace(place=f"{text}, Kec. Tirtayasa")):
        assert LONTAR in asked(ONE, written)


@pytest.mark.parametrize("text", ["Aula Hotel Melati Indah", "Kp. Baru RT 1/2", "Balai Desa"])
def test_venue_without_desa_counts_at_the_kecamatan(text: str) -> None:
    assert ONE.read(WrittenPlace("Pontang", place=text)) == PlaceReading("36.04.12", (), VENUE_ONLY)


@pytest.mark.parametrize("text", ["Kantor Kecamatan Tirtayasa", "Aula Kec. Tirtayasa"])
@pytest.mark.parametrize("column", ["place", "desa"])
def test_hall_of_the_kecamatan_is_no_desa(column: str, text: str) -> None:
    assert ONE.read(WrittenPlace(**{column: text})) == PlaceReading("36.04.13", (), DESA_UNKNOWN)


def test_venue_elsewhere_leaves_the_desa_and_is_told() -> None:
    reading = MANY.read(WrittenPlace("Tirtayasa", "Lontar", place="Kantor Kec. Pontang"))
    assert (reading.villages, reading.note) == ((LONTAR,), VENUE_ELSEWHERE)


def test_other_desa_in_the_place_column_contradicts() -> None:
    with pytest.raises(PlaceContradictsError):
        MANY.read(WrittenPlace("Tirtayasa", "Lontar", place="Pontang/Domas"))


# --- lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1. Lontar\n2. Susukan",
        "1. Lontar 2. Susukan",
        "1) Lontar 2) Susukan",
        "(1) Lontar (2) Susukan",
        "1 Lontar, 2 Susukan",
        "a. Lontar; b. Susukan",
        "i. Lontar ii. Susukan",
        "- Lontar\n- Susukan",
        "- Lontar - Susukan",
        "• Lontar • Susukan",
        "Lontar + Susukan",
        "Lontar serta Susukan",
        "Lontar, dan Susukan",
        "Lontar Susukan",
        "Desa Lontar dan Desa Susukan Kec. Tirtayasa",
        "Tirtayasa: Lontar, Susukan",
        "Lontar, Susukan (Tirtayasa)",
        "2 desa: Lontar dan Susukan",
    ],
)
def test_list_is_read(text: str) -> None:
    for written in (WrittenPlace("Tirtayasa", text), WrittenPlace(place=text)):
        assert MANY.read(written) == at(LONTAR, SUSUKAN)
        with pytest.raises(SeveralDesaError):
            ONE.read(written)


@pytest.mark.parametrize(
    "text",
    [
        "Lontar (Tirtayasa), Domas (Pontang)",
        "Tirtayasa/Lontar; Pontang/Domas",
        "Desa Lontar Kec. Tirtayasa dan Desa Domas Kec. Pontang",
    ],
)
def test_list_over_two_kecamatan_is_read(text: str) -> None:
    assert MANY.read(WrittenPlace(place=text)).villages == (LONTAR, DOMAS)


@pytest.mark.parametrize(
    "text", ["1. Lontar 2. Tirtayasa", "Lontar; Tirtayasa", "Lontar dan Tirtayasa"]
)
def test_kecamatan_in_a_list_of_desa_is_a_desa(text: str) -> None:
    reading = MANY.read(WrittenPlace("Tirtayasa", text))
    assert reading.villages == (LONTAR, "36.04.13.2001")


@pytest.mark.parametrize("text", ["Lontar, Susukan, Tirtayasa", "3 desa: Lontar dan Susukan"])
def test_list_that_can_be_read_in_two_ways_is_asked(text: str) -> None:
    assert asked(MANY, WrittenPlace(place=text))[:2] == [LONTAR, SUSUKAN]


@pytest.mark.parametrize(
    "text",
    [
        "se-Kecamatan Pontang",
        "Desa se-Kec. Pontang",
        "sekecamatan Pontang",
        "seluruh desa di Kecamatan Pontang",
        "semua desa Kec. Pontang",
        "Pontang (semua desa)",
        "11 desa Kec. Pontang",
    ],
)
def test_all_desa_are_the_kecamatan(text: str) -> None:
    expected = PlaceReading("36.04.12", (), DESA_UNNAMED)
    for written in (WrittenPlace(place=text), WrittenPlace("Pontang", text)):
        assert MANY.read(written) == expected


@pytest.mark.parametrize("text", ["semua desa", "3 desa", "3 (tiga) desa", "lima desa"])
def test_count_of_desa_is_no_desa(text: str) -> None:
    assert MANY.read(WrittenPlace("Pontang", text)) == PlaceReading("36.04.12", (), DESA_UNNAMED)
    assert asked(MANY, WrittenPlace("", text)) == []


# --- Kabupaten Serang ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Kabupaten Serang, Provinsi Banten",
        "Kab. Serang - Banten",
        "KAB SERANG PROV. BANTEN",
        "Serang (Kab.)",
        "Kab.Serang",
        "kab_serang",
        "Serang Regency",
        "3604",
        "36.04",
        "3604 - Kab. Serang",
        "Banten / Kab. Serang",
        "Kab. Serang, Banten, Indonesia",
        "Serang, Banten",
        "Serang",
        "Banten",
    ],
)
def test_kabupaten_serang_is_ours(text: str) -> None:
    assert CASE.read(WrittenPlace("Tirtayasa", "Lontar", kabupaten=text)) == at(LONTAR)


@pytest.mark.parametrize(
    "text",
    ["Kota Serang", "Serang (Kota)", "Serang Kota", "Kotamadya Serang", "KOTA.SERANG",
     "kota_serang", "Kota Cilegon", "Kabupaten Semarang", "Kab. Lebak", "Deli Serdang"],
)  # fmt: skip
def test_other_kabupaten_is_not_ours(text: str) -> None:
    with pytest.raises(ForeignPlaceError):
        ONE.read(WrittenPlace("Tirtayasa", "Lontar", kabupaten=text))


@pytest.mark.parametrize("text", ["Kab/Kota Serang", "Kab. Serng", "Kec. Tirtayasa Kab. Serang"])
def test_unclear_kabupaten_is_not_taken_for_outside(text: str) -> None:
    with pytest.raises(KabupatenUnclearError):
        CASE.read(WrittenPlace("Tirtayasa", "Lontar", kabupaten=text))


def test_city_or_kabupaten_alone_is_told() -> None:
    assert CASE.read(WrittenPlace(kabupaten="Serang")).note.startswith("kabupatennya belum pasti")


@pytest.mark.parametrize(
    "text",
    ["Desa Lontar Kab. Lebak", "Kp. Baru, Kota Serang", "Pandeglang", "Kec. X Kab. Tangerang"],
)
def test_address_elsewhere_is_outside(text: str) -> None:
    assert CASE.read(WrittenPlace(place=text)) == PlaceReading(None, (), OUTSIDE)


@pytest.mark.parametrize("text", ["Garut", "Banyuwangi", "Lebak"])
def test_desa_with_the_name_of_a_far_kabupaten_is_asked(text: str) -> None:
    assert len(asked(CASE, WrittenPlace(place=text))) == 1


@pytest.mark.parametrize(
    "text",
    ["I. Pontang", "1. Pontang", "01 Pontang", "1 - Pontang", "Pontang (Kec.)", "Kec. Pontang*",
     "Kecamatan Pontang, Kab. Serang", "36.04.12 Pontang", "Pontang - 36.04.12", "KecPontang"],
)  # fmt: skip
def test_decorated_kecamatan_is_found(text: str) -> None:
    assert ONE.read(WrittenPlace(text)) == PlaceReading("36.04.12", (), DESA_UNKNOWN)
    assert ONE.read(WrittenPlace(text, "Domas")) == at(DOMAS)


@pytest.mark.parametrize("text", ["36.04.13 Pontang", "Pontang/Tirtayasa", "Pontang lama"])
def test_kecamatan_that_is_not_certain_is_asked(text: str) -> None:
    assert "36.04.12" in asked(ONE, WrittenPlace(text))


# --- questions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            WrittenPlace("", "Sukamaju"),
            "“Sukamaju” adalah nama desa di beberapa kecamatan; mungkin Desa Sukamaju (Kec. Kibin) "
            "atau Desa Sukamaju (Kec. Cikeusal).",
        ),
        (
            WrittenPlace(place="Pontang"),
            "“Pontang” adalah nama kecamatan dan juga nama desa; mungkin Desa Pontang "
            "(Kec. Pontang) atau Kecamatan Pontang (tanpa desa).",
        ),
        (
            WrittenPlace("Pontang", "Lontar"),
            "“Lontar” di Kecamatan “Pontang” tidak terletak di kecamatan itu; mungkin Desa Lontar "
            "(Kec. Tirtayasa).",
        ),
        (WrittenPlace("Antah Berantah"), "Kecamatan “Antah Berantah” tidak dikenal."),
    ],
)
def test_question_says_what_is_unclear(written: WrittenPlace, sentence: str) -> None:
    with pytest.raises(PlaceUnclearError) as caught:
        ONE.read(written)
    assert str(caught.value.names[0]) == sentence


@pytest.mark.parametrize("text", ["Dusun 1 Lontar", "Pontang/Lontar", "Lontar, Tirtayasa", "Lebak"])
def test_confirmed_text_is_not_asked_again(text: str) -> None:
    for column in ("desa", "place"):
        for home in ("", "Tirtayasa"):
            reader = PlaceReader({(home, text): SUSUKAN}, is_many=True)
            assert reader.read(WrittenPlace(home, **{column: text})) == at(SUSUKAN)


def test_confirmed_part_of_a_list_is_not_asked_again() -> None:
    reader = PlaceReader({("Tirtayasa", "Kampung Lama"): DOMAS}, is_many=True)
    assert reader.read(WrittenPlace("Tirtayasa", "Lontar, Kampung Lama")).villages == (
        LONTAR,
        DOMAS,
    )


def test_very_many_unknown_names_get_no_suggestions_and_it_is_said() -> None:
    reader = PlaceReader({})
    for number in range(MOST_SUGGESTED):
        with pytest.raises(PlaceUnclearError):
            reader.read(WrittenPlace("Tirtayasa", f"Lontarr {number}"))
    with pytest.raises(PlaceUnclearError, match="saran tidak dicari lagi"):
        reader.read(WrittenPlace("Tirtayasa", "Lontarr"))
    assert reader.read(WrittenPlace("Tirtayasa", "Lontar")) == at(LONTAR)


# --- columns known by their content ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "kecamatan", "shares"),
    [
        (["Desa Lontar", "Susukan", "Aula Desa Kebon", "Nihil"], None, (0.75, 0, 0)),
        (["Pontang", "Kec. Tirtayasa"], None, (0.5, 1, 0)),
        (["Tirtayasa/Lontar", "Domas (Pontang)"], None, (1, 0, 1)),
        (["36.04.13.2007", "36.04.12"], None, (0.5, 0.5, 0)),
        (["Sukamaju", "Lontar"], ["Kibin", "Pontang"], (0.5, 0, 0)),
        (["PIMPASA 01", "TPPO", "", "2026"], None, (0, 0, 0)),
        ([], None, (0, 0, 0)),
    ],
)
def test_content_tells_a_column_of_places(
    values: list[str], kecamatan: list[str] | None, shares: tuple[float, float, float]
) -> None:
    assert looks_like_place(values, kecamatan) == shares


# --- what holds for every name -------------------------------------------------------------------

DESA = st.sampled_from(gazetteer().desa)
# {d} is the desa, {k} its kecamatan.
WAYS = (
    "{d}/{k}", "{k}/{d}", "{d} - {k}", "{k} - {d}", "{d}, {k}", "{k}, {d}", "{d} ({k})", "{k}: {d}",
    "Desa {d} Kec. {k}", "Kecamatan {k}, Desa {d}", "Ds. {d}, Kec. {k}, Kab. Serang, Banten",
    "Desa {d} ({k})", "kec_{k} desa_{d}", "{d} | {k}",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("column", COLUMNS)
def test_every_desa_is_found_in_every_way(column: str, way: str) -> None:
    names = gazetteer()
    for desa in names.desa:
        text = way.format(d=desa.name, k=names.name(desa.kecamatan_code))
        for reader in readers_of(column, text):
            assert reader.read(WrittenPlace(**{column: text})).villages == (desa.code,), text


@pytest.mark.parametrize(
    "way", ["Desa {d}", "Ds. {d}", "Aula Desa {d}", "Kp. Baru Desa {d}", "{d}"]
)
def test_name_of_several_desa_is_never_taken_alone(way: str) -> None:
    names = [normalise(desa.name) for desa in gazetteer().desa]
    for desa in gazetteer().desa:
        if names.count(normalise(desa.name)) > 1:
            for column in ("desa", "place"):
                with pytest.raises(PlaceUnclearError):
                    MANY.read(WrittenPlace(**{column: way.format(d=desa.name)}))


@settings(deadline=None)
@given(DESA, DESA, st.sampled_from(["/", ", ", " - ", " dan ", "; ", " ", " (", " + ", "\n"]))
def test_two_desa_are_never_mixed(one: Desa, other: Desa, sign: str) -> None:
    text = f"{one.name}{sign}{other.name}"
    both = {one.code, other.code}
    for column in ("desa", "place"):
        for reader in (ONE, MANY):
            try:
                found = reader.read(WrittenPlace(**{column: text})).villages
            except PlaceError:
                continue
            assert all(_is_named(code, text) for code in found)
            assert len(found) <= len(both)


def _is_named(code: str, text: str) -> bool:
    desa = gazetteer().desa_by_code[code]
    return any(normalise(name) in normalise(text) for name in (desa.name, *desa.aliases))


KNOWN_WORDS = ("Lontar", "Pontang", "Tirtayasa", "Desa", "Kec.", "Kp.", "Aula", "RT 02", "dan", ",",
               "/", "(", "-", "1.", "semua", "Kab. Serang")  # fmt: skip
UNKNOWN_WORDS = ("Zq", "Xyzzy", "Lontarr", "Baru", "dekat", "bukan", "Qwq")


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(KNOWN_WORDS), max_size=5),
    st.sampled_from(UNKNOWN_WORDS),
    st.lists(st.sampled_from(KNOWN_WORDS), max_size=5),
    st.sampled_from(COLUMNS),
)
def test_desa_beside_an_unknown_word_is_taken_only_by_its_label(
    before: list[str], unknown: str, behind: list[str], column: str
) -> None:
    text = " ".join([*before, unknown, *behind])
    try:
        found = MANY.read(WrittenPlace(**{column: text})).villages
    except PlaceError:
        return
    named = normalise(text)
    assert all(f"desa{normalise(gazetteer().name(code))}" in named for code in found)
    assert not found or {"Kp.", "Aula"} & set(before)


@settings(deadline=None)
@given(DESA, st.sampled_from([area.code for area in gazetteer().kecamatan]))
def test_desa_is_never_found_outside_the_written_kecamatan(desa: Desa, code: str) -> None:
    written = WrittenPlace(gazetteer().name(code), desa.name)
    try:
        found = ONE.read(written).villages
    except PlaceError:
        return
    assert [kecamatan_code_of(one) for one in found] == [code]


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from(COLUMNS))
def test_unknown_text_is_never_accepted(text: str, column: str) -> None:
    try:
        found = MANY.read(WrittenPlace(**{column: text})).villages
    except PlaceError:
        return
    assert all(_is_named(code, text) or code.replace(".", "") in normalise(text) for code in found)


CODE_PIECES = ("36", "04", "12", "2001", ".", "e9", ";", "Lontar", " dan ", "Kec. ", "Tirtayasa")


@settings(deadline=None)
@given(st.lists(st.sampled_from(CODE_PIECES), max_size=6).map("".join))
def test_any_mixture_of_codes_and_names_is_read_or_refused(text: str) -> None:
    for written in (WrittenPlace("", text), WrittenPlace(text), WrittenPlace(village_code=text)):
        try:
            PlaceReader({}, is_many=True).read(written)
        except PlaceError as error:
            assert str(error)
