"""A store belongs to one area, and keeps the offices of its `area.toml`."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from data_access import schema
from data_access.errors import StoreAreaError
from data_access.preferences import office_names
from data_access.store import Store, open_store


def test_offices_stand_in_the_order_of_the_area(empty_store: Store) -> None:
    assert office_names(empty_store) == {"serang": "Kanim Serang", "cilegon": "Kanim Cilegon"}


def test_a_renamed_office_is_renamed_and_a_further_one_stays(empty_store: Store) -> None:
    with empty_store.write() as connection:
        connection.execute(schema.offices.update().values(name="Nama lama"))
        connection.execute(schema.offices.insert(), {"id": "jauh", "name": "Kanim Jauh"})
    again = open_store(empty_store.settings)
    assert office_names(again) == {
        "serang": "Kanim Serang",
        "cilegon": "Kanim Cilegon",
        "jauh": "Kanim Jauh",
    }
    again.close()


def test_the_data_of_another_area_are_refused(empty_store: Store) -> None:
    with empty_store.write() as connection:
        connection.execute(schema.kecamatan.insert(), {"code": "91.77.01", "name": "Awan"})
    with pytest.raises(StoreAreaError, match=r"memuat wilayah lain \(misalnya 91.77.01\)"):
        open_store(empty_store.settings)
    with empty_store.read() as connection:
        assert connection.scalar(select(schema.kecamatan.c.name).limit(1))
