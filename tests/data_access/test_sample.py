"""The sample data: the same every time, honest about itself, and careful with real rows."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from data_access import schema
from data_access.errors import SampleRefusedError
from data_access.numbers.indicators import figure, table
from data_access.numbers.loading import load_rollup
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Month, Period, Selection
from data_access.sample.invent import LAUNCH, Sample, invent
from data_access.sample.life import make_sample
from data_access.store import Store

TODAY = date(2026, 10, 31)
ALL_YEARS = Selection(Period(Month(2023, 9), Month(2026, 10)))


@pytest.fixture(scope="module")
def sample() -> Sample:
    return invent(TODAY)


def test_same_day_same_rows(sample: Sample) -> None:
    assert invent(TODAY) == sample


def test_earlier_day_is_the_beginning_of_a_later_one(sample: Sample) -> None:
    earlier = invent(date(2025, 5, 20)).events["visits"]
    assert earlier == [row for row in sample.events["visits"] if row["visited_on"] <= "2025-05-20"]


@pytest.mark.parametrize("today", [TODAY, date(2025, 2, 14), LAUNCH])
def test_nothing_happens_after_today(today: date) -> None:
    days = [
        value
        for rows in invent(today).events.values()
        for row in rows
        for column, value in row.items()
        if column.endswith("_on") and value
    ]
    assert max(days, default="") <= today.isoformat()


def test_before_the_launch_nothing_is_invented() -> None:
    early = invent(date(2023, 9, 12))
    assert not any(early.events.values())
    assert not early.targets
    assert not early.villages


def test_every_event_says_that_it_is_a_sample(sample: Sample) -> None:
    keys = [
        str(row.get("source_key") or row.get("session_key"))
        for rows in sample.events.values()
        for row in rows
    ]
    assert all(key.startswith("contoh-") for key in keys)


def test_decrees_and_populations_say_that_they_are_samples(sample: Sample) -> None:
    decrees = [row["decree_number"] for row in sample.villages.values() if "decree_number" in row]
    sources = [
        row["population_source"] for row in sample.kecamatan.values() if "population_source" in row
    ]
    assert all(decree.startswith("CONTOH-") for decree in decrees)
    assert set(sources) == {"DATA CONTOH"}


def test_programme_begins_in_pontang_and_tirtayasa(sample: Sample) -> None:
    first = {row["kecamatan_code"] for row in sample.events["visits"]
             if row["visited_on"] < "2024-05-17"}  # fmt: skip
    assert first == {"36.04.12", "36.04.13"}
    assert min(row["visited_on"] for row in sample.events["visits"]) >= LAUNCH.isoformat()


def test_size_is_that_of_a_small_office(sample: Sample) -> None:
    assert 2000 <= len(sample.events["visits"]) <= 2600
    assert 400 <= len(sample.events["awareness_sessions"]) <= 600
    assert 45 <= len(sample.events["cases"]) <= 70
    assert 40 <= sum("is_assisted" in row for row in sample.villages.values()) <= 60


def test_monsoon_has_fewer_visits_than_the_dry_season(sample: Sample) -> None:
    months = [row["visited_on"][:7] for row in sample.events["visits"]]
    wet = sum(month in ("2025-12", "2026-01", "2026-02") for month in months)
    dry = sum(month in ("2026-06", "2026-07", "2026-08") for month in months)
    assert wet < 0.7 * dry


def test_most_kecamatan_have_fewer_than_five_cases_a_year(sample_rollup: Rollup) -> None:
    year = ALL_YEARS.over(Period(Month(2025, 1), Month(2025, 12)))
    counted = table(sample_rollup, ["cases_reported"], "kecamatan", year)
    assert (counted["n"] < 5).mean() > 0.9


def test_some_desa_were_never_visited(sample_rollup: Rollup) -> None:
    never = figure(sample_rollup, "never_visited", ALL_YEARS)
    assert 10 < never.n < 100


def rows_of(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as connection:
        return {
            one.name: [tuple(row) for row in connection.execute(select(one))]
            for one in schema.TABLES
        }


def test_renewing_on_the_same_day_changes_nothing(empty_store: Store) -> None:
    make_sample(empty_store, TODAY)
    before = rows_of(empty_store)
    make_sample(empty_store, TODAY)
    assert rows_of(empty_store) == before


def test_renewing_on_another_day_gives_what_a_fresh_store_would_get(empty_store: Store) -> None:
    make_sample(empty_store, TODAY)
    make_sample(empty_store, date(2024, 3, 1))
    assert load_rollup(empty_store).data_until <= date(2024, 3, 1)  # type: ignore[operator]
    with empty_store.read() as connection:
        assisted = connection.execute(select(schema.villages).where(schema.villages.c.is_assisted))
        assert {row.kecamatan_code for row in assisted} == {"36.04.12", "36.04.13"}


def test_renewing_keeps_the_office_that_somebody_set(empty_store: Store) -> None:
    make_sample(empty_store, TODAY)
    pontang = schema.kecamatan.c.code == "36.04.12"
    with empty_store.write() as connection:
        connection.execute(update(schema.kecamatan).where(pontang).values(office="cilegon"))
    make_sample(empty_store, TODAY)
    with empty_store.read() as connection:
        assert connection.scalar(select(schema.kecamatan.c.office).where(pontang)) == "cilegon"


REAL_ROWS = [
    ("visits", {"source_key": "kobo-1", "visited_on": "2026-01-05", "kecamatan_code": "36.04.12",
                "outcome": "nihil"}),
    ("cases", {"source_key": "rekap-1", "reported_on": "2026-01-05"}),
    ("targets", {"year": 2026, "indicator": "visits", "kecamatan_code": "", "value": 100.0}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "row"), REAL_ROWS)
@pytest.mark.parametrize("is_sample_there", [False, True])
def test_real_rows_are_never_touched(
    empty_store: Store, name: str, row: dict[str, object], is_sample_there: bool
) -> None:
    if is_sample_there:
        make_sample(empty_store, TODAY)
    with empty_store.write() as connection:
        connection.execute(insert(schema.metadata.tables[name]), row)
    before = rows_of(empty_store)
    with pytest.raises(SampleRefusedError, match=rf"{name} \(1 baris\)"):
        make_sample(empty_store, TODAY)
    assert rows_of(empty_store) == before


def test_real_desa_binaan_are_never_touched(empty_store: Store) -> None:
    with empty_store.write() as connection:
        connection.execute(
            update(schema.villages)
            .where(schema.villages.c.code == "36.04.13.2007")
            .values(is_assisted=True, decree_number="W.12-001")
        )
    with pytest.raises(SampleRefusedError, match="villages"):
        make_sample(empty_store, TODAY)


def test_population_without_a_source_is_never_touched(empty_store: Store) -> None:
    with empty_store.write() as connection:
        connection.execute(
            update(schema.kecamatan)
            .where(schema.kecamatan.c.code == "36.04.12")
            .values(working_age=1000)
        )
    with pytest.raises(SampleRefusedError, match=r"kecamatan \(1 baris\)"):
        make_sample(empty_store, TODAY)


IMPORT = {"table_name": "visits", "file_name": "a.csv", "sha256": "0" * 64, "actor": "Petugas",
          "imported_at": "2026-10-01T08:00:00+07:00"}  # fmt: skip


def test_standing_import_is_never_touched(empty_store: Store) -> None:
    with empty_store.write() as connection:
        connection.execute(insert(schema.imports), IMPORT | {"state": schema.IMPORT_DONE})
    with pytest.raises(SampleRefusedError, match="imports"):
        make_sample(empty_store, TODAY)


def test_import_that_was_taken_back_leaves_room_for_the_sample(empty_store: Store) -> None:
    with empty_store.write() as connection:
        connection.execute(insert(schema.imports), IMPORT | {"state": schema.IMPORT_UNDONE})
    make_sample(empty_store, TODAY)
    assert empty_store.is_sample
