"""What the page Data says of the store agrees with the store."""

from __future__ import annotations

from data_access.inventory import contents, first_steps, rows_per_month
from data_access.sample.end import remove_sample
from data_access.sample.life import is_fresh, make_sample
from data_access.store import Store


def test_contents_name_first_and_last_day(sample_store: Store) -> None:
    visits = next(each for each in contents(sample_store) if each.table == "visits")
    assert visits.rows > 0
    assert "2023-09-13" <= visits.first <= visits.last <= "2026-10-31"
    assert visits.imported_at == ""


def test_months_add_up_to_the_rows(sample_store: Store) -> None:
    months = rows_per_month(sample_store).groupby("table")["n"].sum().to_dict()
    rows = {each.table: each.rows for each in contents(sample_store) if each.first}
    assert months == rows


def test_areas_have_no_days(sample_store: Store) -> None:
    villages = next(each for each in contents(sample_store) if each.table == "villages")
    assert (villages.rows, villages.first, villages.last) == (326, "", "")


def test_the_first_steps_count_what_is_there(sample_store: Store) -> None:
    steps = {step.name: step for step in first_steps(sample_store)}
    assert steps["assisted"].known > 0
    assert steps["working_age"].total == 29
    assert steps["visits"].is_done


def test_nothing_is_done_in_a_store_without_its_sample(empty_store: Store) -> None:
    make_sample(empty_store, empty_store.settings.today)
    assert not is_fresh(empty_store)
    remove_sample(empty_store, "petugas")
    assert is_fresh(empty_store)
    assert not any(step.is_done for step in first_steps(empty_store))
