"""What officers answered is kept in the database, can be forgotten, and nothing of it is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from data_access.audit import check_audit
from data_access.intake.cells.places import OUTSIDE_CODE, PlaceMissingError, PlaceReader
from data_access.intake.cells.places import WrittenPlace as Written
from data_access.intake.forms.columns import map_columns
from data_access.intake.model import Sheet
from data_access.intake.opening import open_for_work
from data_access.intake.writing.earlier_files import DONE, PLACE_FILE, PROFILE_FILE, take_over
from data_access.intake.writing.memory import (
    MemoryDamagedError,
    UnknownMemoryError,
    forget,
    list_memory,
    load_memory,
    remember_places,
    remember_profile,
    remember_spelling,
)
from data_access.intake.writing.profiles import (
    BlankProfileNameError,
    Profile,
    ProfileMismatchError,
    UnknownProfileError,
    apply_profile,
    find_profile,
    named_profile,
    profile_of,
)
from data_access.sample.end import remove_sample
from data_access.sample.life import make_sample
from data_access.schema import audit_log, remembered
from data_access.settings import Settings
from data_access.store import Store
from geo.errors import UnknownCodeError
from geo.matching import confirmed_alias, match_place, remember_alias
from tests.intake.importing import TODAY

LONTAR, SUSUKAN = "36.04.13.2007", "36.04.13.2008"
FORM = Sheet("Rekap", ("Hari", "Wilayah", "Nilai"), 1, ())
CHOSEN = map_columns(FORM, "visits", {"visited_on": 0, "desa": 1}, {"outcome": "nihil"})


def profile(name: str = "Rekap", form: Sheet = FORM) -> Profile:
    return profile_of(name, form, CHOSEN, [("nilai", "abaikan")])


def log(store: Store) -> list[tuple[str, str, str]]:
    columns = audit_log.c
    with store.read() as connection:
        found = connection.execute(select(columns.actor, columns.action, columns.detail))
        return [tuple(row) for row in found]


# --- profiles ---------------------------------------------------------------------------------


def test_profile_is_found_by_its_header(any_store: Store) -> None:
    remember_profile(any_store, "ani", profile())
    again = Sheet("lain", tuple(text.upper() for text in FORM.header), 4, ())
    assert find_profile(load_memory(any_store).profiles, again) == profile()


@pytest.mark.parametrize(("table", "is_found"), [(None, True), ("visits", True), ("cases", False)])
def test_profile_is_of_one_table(store: Store, table: str | None, is_found: bool) -> None:
    remember_profile(store, "ani", profile())
    assert (find_profile(load_memory(store).profiles, FORM, table) is not None) == is_found


def test_profile_gives_its_mapping() -> None:
    assert apply_profile(profile(), FORM) == CHOSEN


def test_profile_of_another_form_is_refused() -> None:
    with pytest.raises(ProfileMismatchError):
        apply_profile(profile(), Sheet("Rekap", ("Tanggal",), 1, ()))


def test_newer_profile_of_a_header_counts(store: Store) -> None:
    remember_profile(store, "ani", profile("Lama"))
    remember_profile(store, "ani", profile("Baru"))
    assert [one.name for one in load_memory(store).profiles] == ["Baru"]


def test_profile_is_named_however_it_is_cased(store: Store) -> None:
    remember_profile(store, "ani", profile("Rekap  bulanan"))
    assert named_profile(load_memory(store).profiles, "REKAP bulanan").table == "visits"


def test_unknown_profile_is_told_with_the_known(store: Store) -> None:
    remember_profile(store, "ani", profile())
    with pytest.raises(UnknownProfileError, match=r"Lain.*: Rekap"):
        named_profile(load_memory(store).profiles, "Lain")


def test_profile_needs_a_name(store: Store) -> None:
    with pytest.raises(BlankProfileNameError):
        remember_profile(store, "ani", profile("  "))


# --- places and spellings ---------------------------------------------------------------------


def test_confirmed_place_is_read_from_then_on(any_store: Store) -> None:
    remember_places(any_store, "ani", {("Tirtayasa", "Lontar Lama"): LONTAR})
    reader = PlaceReader(load_memory(any_store).places)
    assert reader.read(Written("TIRTAYASA", "lontar-lama")).villages == (LONTAR,)


def test_later_place_counts(store: Store) -> None:
    for code in (LONTAR, SUSUKAN):
        remember_places(store, "ani", {("Tirtayasa", "Lama"): code})
    assert list(load_memory(store).places.values()) == [SUSUKAN]


def test_place_outside_is_remembered(store: Store) -> None:
    remember_places(store, "ani", {("Tanah Abang", ""): OUTSIDE_CODE})
    assert list(load_memory(store).places.values()) == [OUTSIDE_CODE]


def test_name_of_two_desa_is_not_remembered_alone(store: Store) -> None:
    remember_places(store, "ani", {("", "Sukamaju"): "36.04.16.2007"})
    assert load_memory(store).places == {}


def test_unknown_code_is_refused_with_all_of_its_call(store: Store) -> None:
    with pytest.raises(UnknownCodeError):
        remember_places(store, "ani", {("a", "b"): LONTAR, ("c", "d"): "36.73.01.1001"})
    assert load_memory(store).places == {}


def test_empty_name_is_refused(store: Store) -> None:
    with pytest.raises(PlaceMissingError):
        remember_places(store, "ani", {("", " - "): LONTAR})


def test_spelling_is_handed_to_geo(any_store: Store) -> None:
    remember_spelling(any_store, "ani", confirmed_alias("Tirtayasa", "Desa Lontor", LONTAR))
    spellings = load_memory(any_store).spellings
    assert match_place("Tirtayasa", "LONTOR", spellings).code == LONTAR


def test_spelling_of_the_command_line_counts_too(store: Store) -> None:
    remember_alias(store.settings.data_dir, "", "Tirtayasaa", "36.04.13")
    assert match_place("Tirtayasaa", "", load_memory(store).spellings).code == "36.04.13"


def test_what_the_page_confirmed_goes_before_the_command_line(store: Store) -> None:
    remember_alias(store.settings.data_dir, "", "Kota Lama", "36.04.13")
    remember_spelling(store, "ani", confirmed_alias("", "Kota Lama", "36.04.12"))
    assert match_place("Kota Lama", "", load_memory(store).spellings).code == "36.04.12"


def test_damaged_file_of_geo_keeps_nothing_from_being_read(store: Store) -> None:
    (store.settings.data_dir / "nama_lain.csv").write_text("x\n,y\n")
    assert load_memory(store).spellings == ()


# --- the log, and forgetting ------------------------------------------------------------------


def test_each_answer_is_in_the_log(any_store: Store) -> None:
    remember_places(any_store, "ani", {("Tirtayasa", "Lama"): LONTAR})
    assert log(any_store) == [
        ("ani", "ingat", "nama “lama, tirtayasa” berarti Lontar (36.04.13.2007)")
    ]
    assert check_audit(any_store) == 1


def test_same_answer_again_is_nothing_new(store: Store) -> None:
    for _ in range(2):
        remember_places(store, "ani", {("Tirtayasa", "Lama"): LONTAR})
    assert (len(log(store)), len(list_memory(store))) == (1, 1)


def test_forgotten_answer_counts_no_more(any_store: Store) -> None:
    remember_places(any_store, "ani", {("Tirtayasa", "Lama"): LONTAR})
    (known,) = list_memory(any_store)
    assert forget(any_store, known.id, "budi") == (known, None)
    assert load_memory(any_store).places == {}
    assert log(any_store)[-1][:2] == ("budi", "lupakan")


def test_forgetting_lets_the_earlier_answer_count_again(store: Store) -> None:
    for code in (LONTAR, SUSUKAN):
        remember_places(store, "ani", {("Tirtayasa", "Lama"): code})
    _, again = forget(store, list_memory(store)[0].id, "budi")
    assert again is not None
    assert again.title.endswith("berarti Lontar (36.04.13.2007)")
    assert list(load_memory(store).places.values()) == [LONTAR]


@pytest.mark.parametrize("number", [0, 1, 99])
def test_number_that_counts_not_is_told(store: Store, number: int) -> None:
    for code in (LONTAR, SUSUKAN):  # number 1 is no answer that counts
        remember_places(store, "ani", {("Tirtayasa", "Lama"): code})
    with pytest.raises(UnknownMemoryError, match=str(number)):
        forget(store, number, "budi")


def test_forgotten_spelling_of_the_command_line_stays_forgotten(tmp_path: Path) -> None:
    remember_alias(tmp_path, "", "Tirtayasaa", "36.04.13")
    store = open_for_work(Settings(data_dir=tmp_path, today=TODAY))
    forget(store, list_memory(store)[0].id, "budi")
    assert load_memory(store).spellings == ()
    store.close()


def test_sample_brings_no_memory_and_its_end_takes_none(store: Store) -> None:
    make_sample(store, TODAY)
    assert list_memory(store) == ()
    remember_profile(store, "ani", profile())
    remove_sample(store, "ani")
    assert [one.kind for one in list_memory(store)] == ["profile"]


# --- files of earlier programs ----------------------------------------------------------------

PLACES = [{"kecamatan": "tirtayasa", "desa": "lama", "code": LONTAR}]
PROFILES = [{"name": "Rekap", "fingerprint": "ab", "table": "visits", "mapping": {"desa": 1}}]

Write = Callable[[str, object], Path]


@pytest.fixture
def write(store: Store) -> Write:
    """Put a file of an earlier program into the data folder."""

    def put(name: str, content: object) -> Path:
        path = store.settings.data_dir / name
        text = content if isinstance(content, str) else json.dumps(content)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_files_are_taken_over_when_the_store_is_opened(store: Store, write: Write) -> None:
    write(PLACE_FILE, PLACES)
    write(PROFILE_FILE, PROFILES)
    again = open_for_work(store.settings)
    known = load_memory(again)
    assert (known.places, known.profiles) == (
        {("tirtayasa", "lama"): LONTAR},
        (Profile("Rekap", "ab", "visits", {"desa": 1}),),
    )
    again.close()


def test_taken_file_is_renamed_and_holds_what_it_held(store: Store, write: Write) -> None:
    path = write(PLACE_FILE, PLACES)
    take_over(store)
    assert not path.exists()
    assert json.loads(path.with_name(PLACE_FILE + DONE).read_text()) == PLACES


def test_second_taken_file_replaces_no_first(store: Store, write: Write) -> None:
    for desa in ("lama", "baru"):
        write(PLACE_FILE, [{**PLACES[0], "desa": desa}])
        take_over(store)
    assert len(list(store.settings.data_dir.glob(f"*{DONE}*"))) == 2
    assert len(load_memory(store).places) == 2


def test_what_the_database_answers_already_stays(store: Store, write: Write) -> None:
    remember_places(store, "ani", {("Tirtayasa", "Lama"): SUSUKAN})
    write(PLACE_FILE, PLACES)
    take_over(store)
    assert list(load_memory(store).places.values()) == [SUSUKAN]


def test_file_that_came_back_revives_nothing_forgotten(store: Store, write: Write) -> None:
    write(PLACE_FILE, PLACES)
    take_over(store)
    forget(store, list_memory(store)[0].id, "budi")
    write(PLACE_FILE, PLACES)
    take_over(store)
    assert load_memory(store).places == {}


def test_taking_over_is_in_the_log_once(store: Store, write: Write) -> None:
    write(PLACE_FILE, PLACES)
    for _ in range(2):
        take_over(store)
    assert [action for _, action, _ in log(store)] == ["ingat"]


@pytest.mark.parametrize("name", [PLACE_FILE, PROFILE_FILE])
@pytest.mark.parametrize(
    "text", ["{", "[1]", '[{"name": "x"}]', '[{"code": 1}]', '{"name": 1}', "\x00", "[" * 9_000]
)
def test_damaged_file_stays_and_keeps_no_store_shut(
    store: Store, write: Write, name: str, text: str
) -> None:
    path = write(name, text)
    open_for_work(store.settings).close()
    assert path.read_text(encoding="utf-8") == text
    assert list_memory(store) == ()


def test_opening_with_nothing_to_take_writes_nothing(store: Store) -> None:
    before = store.revision()
    open_for_work(store.settings).close()
    assert store.revision() == before


@pytest.mark.parametrize(
    "answer",
    [
        "{",
        "[]",
        "7",
        '{"name": "Rekap"}',
        '{"name": 1, "fields": {}, "constants": {}, "answers": []}',
        '{"name": "Rekap", "fields": {"desa": "dua"}, "constants": {}, "answers": []}',
        '{"name": "Rekap", "fields": {}, "constants": {}, "answers": [1]}',
    ],
)
def test_a_damaged_answer_is_told_with_its_number_and_can_be_forgotten(
    store: Store, answer: str
) -> None:
    remember_profile(store, "ani", profile())
    with store.write() as connection:
        connection.execute(update(remembered).values(answer=answer))
    (entry,) = list_memory(store)
    with pytest.raises(MemoryDamagedError, match=f"forget {entry.id},"):
        load_memory(store)
    forget(store, entry.id, "ani")
    assert load_memory(store).profiles == ()
