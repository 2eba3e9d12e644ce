"""What the page Data says of the store agrees with the store."""

from __future__ import annotations

from data_access.inventory import contents, rows_per_month
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
