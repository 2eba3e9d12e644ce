"""Settings from the environment and the secrets file."""

from __future__ import annotations

import pytest
from sqlalchemy import make_url

from data_access.errors import SettingError
from data_access.settings import SETTINGS, Settings, load_settings
from geo.area import PROGRAM_DIR
from geo.errors import SettingPathError
from geo.sources import NAMES, Sources


def settings_of(values: dict[str, str]) -> Settings:
    return load_settings(Sources(values))


def test_defaults() -> None:
    settings = settings_of({})
    assert settings.data_dir == PROGRAM_DIR / "data"
    assert settings.boundaries is None
    assert (settings.overdue_days, settings.due_days) == (90, 30)
    assert settings.suppression_threshold == 5
    assert settings.is_sample_wanted


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANTAU_TODAY", "31-12-2025"),
        ("PANTAU_TODAY", "2025-02-30"),
        ("PANTAU_TODAY", "20251231"),
        ("PANTAU_TODAY", "2025-W01-1"),
        # Sample data to the year 9999 would take hours, and no calendar goes on after it.
        ("PANTAU_TODAY", "9999-12-31"),
        ("PANTAU_TODAY", "2100-01-01"),
        ("PANTAU_TODAY", "1999-12-31"),
        ("PANTAU_TODAY", "0001-01-01"),
        ("PANTAU_TODAY", "٢٠٢٦-٠٦-٣٠"),
        ("PANTAU_DATA_DIR", "~tidak-ada-pengguna/data"),
        ("PANTAU_BOUNDARIES", "~tidak-ada-pengguna/batas.geojson"),
        ("PANTAU_OVERDUE_DAYS", "0"),
        ("PANTAU_OVERDUE_DAYS", "sembilan puluh"),
        # Python itself refuses to read a number this long.
        ("PANTAU_OVERDUE_DAYS", "9" * 5000),
        ("PANTAU_DUE_DAYS", "-1"),
        ("PANTAU_DUE_DAYS", "91"),
        ("PANTAU_SAMPLE", "ya"),
        ("PANTAU_OFFICE", "jakarta"),
        ("PANTAU_DATABASE_URL", "mysql://server/pantau"),
        ("PANTAU_DATABASE_URL", "bukan alamat"),
        # No name of a server, and no way to ask for its number.
        ("PANTAU_DATABASE_URL", f"postgresql://{'x' * 64}/pantau"),
        ("PANTAU_DATABASE_URL", "postgresql://server..kantor/pantau"),
        ("PANTAU_DATABASE_URL", "postgresql://server/pantau?host=server..kantor"),
        ("PANTAU_DATABASE_URL", "postgresql:///pantau?host=a&port=abc"),
        ("PANTAU_ADDRESS", "pantau.kantor.go.id"),
        ("PANTAU_ADDRESS", "https://"),
        ("PANTAU_ADDRESS", "https://*"),
        ("PANTAU_ADDRESS", "https://a.go.id/pantau"),
        ("PANTAU_ADDRESS", "https://a.go.id, ftp://b.go.id"),
        ("PANTAU_ADDRESS", "https://orang@a.go.id"),
        ("PANTAU_ADDRESS", "https://a.go.id:delapan"),
    ],
)
def test_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises((SettingError, SettingPathError), match=name):
        settings_of({name: value})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://Pantau.Kantor.go.id/", ("https://pantau.kantor.go.id",)),
        ("https://a.go.id:443, http://10.1.2.3:8080", ("https://a.go.id", "http://10.1.2.3:8080")),
        ("http://[::1]:9000", ("http://[::1]:9000",)),
        ("", ()),
    ],
)
def test_addresses_are_read_as_browsers_name_them(written: str, read: tuple[str, ...]) -> None:
    assert settings_of({"PANTAU_ADDRESS": written}).addresses == read


def test_password_of_a_bad_database_address_is_not_shown() -> None:
    with pytest.raises(SettingError) as refused:
        settings_of({"PANTAU_DATABASE_URL": "mysql://pantau:rahasia@server/x"})
    assert "rahasia" not in str(refused.value)


def test_at_sign_inside_a_password_is_refused_before_it_is_shown() -> None:
    with pytest.raises(SettingError, match="%40") as refused:
        settings_of({"PANTAU_DATABASE_URL": "postgresql://pantau:sandi@rahasia@server/x"})
    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize("account", ["pantau@kantor:sandi", "pantau:sandi%40rahasia"])
def test_at_sign_elsewhere_in_an_account_is_taken(account: str) -> None:
    settings = settings_of({"PANTAU_DATABASE_URL": f"postgresql://{account}@server/x"})
    assert make_url(settings.database_url).host == "server"


@pytest.mark.parametrize("start", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_postgresql_addresses_name_the_driver(start: str) -> None:
    settings = settings_of({"PANTAU_DATABASE_URL": f"{start}a:b@server/pantau"})
    assert settings.database_url == "postgresql+psycopg://a:b@server/pantau"


def test_every_setting_has_a_sentence() -> None:
    assert all(one.name.startswith("PANTAU_") and one.sentence.endswith(".") for one in SETTINGS)


def test_the_names_of_the_sources_are_those_of_the_table() -> None:
    assert tuple(one.name for one in SETTINGS) == NAMES
