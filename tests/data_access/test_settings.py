"""Settings from the environment and the secrets file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url

from data_access.errors import SecretsUnreadableError, SettingError
from data_access.settings import SETTINGS, load_settings, read_secrets


def test_defaults() -> None:
    settings = load_settings({})
    assert settings.data_dir == Path("data")
    assert settings.boundaries is None
    assert (settings.overdue_days, settings.due_days) == (90, 30)
    assert settings.suppression_threshold == 5
    assert settings.is_sample_wanted


def test_environment_goes_before_secrets() -> None:
    settings = load_settings({"PANTAU_OVERDUE_DAYS": "60"}, {"PANTAU_OVERDUE_DAYS": "45"})
    assert settings.overdue_days == 60


def test_blank_environment_value_is_no_value() -> None:
    assert load_settings({"PANTAU_TODAY": " "}, {"PANTAU_TODAY": "2026-01-02"}).today == date(
        2026, 1, 2
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PANTAU_TODAY", "31-12-2025"),
        ("PANTAU_TODAY", "2025-02-30"),
        ("PANTAU_TODAY", "20251231"),
        ("PANTAU_TODAY", "2025-W01-1"),
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
        # The area was chosen by the environment of the process, before any file is read.
        ("PANTAU_AREA", "91.77"),
        ("PANTAU_DATABASE_URL", "mysql://server/pantau"),
        ("PANTAU_DATABASE_URL", "bukan alamat"),
    ],
)
def test_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name):
        load_settings({name: value})


def test_password_of_a_bad_database_address_is_not_shown() -> None:
    with pytest.raises(SettingError) as refused:
        load_settings({"PANTAU_DATABASE_URL": "mysql://pantau:rahasia@server/x"})
    assert "rahasia" not in str(refused.value)


def test_at_sign_inside_a_password_is_refused_before_it_is_shown() -> None:
    with pytest.raises(SettingError, match="%40") as refused:
        load_settings({"PANTAU_DATABASE_URL": "postgresql://pantau:sandi@rahasia@server/x"})
    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize("account", ["pantau@kantor:sandi", "pantau:sandi%40rahasia"])
def test_at_sign_elsewhere_in_an_account_is_taken(account: str) -> None:
    settings = load_settings({"PANTAU_DATABASE_URL": f"postgresql://{account}@server/x"})
    assert make_url(settings.database_url).host == "server"


@pytest.mark.parametrize("start", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_postgresql_addresses_name_the_driver(start: str) -> None:
    settings = load_settings({"PANTAU_DATABASE_URL": f"{start}a:b@server/pantau"})
    assert settings.database_url == "postgresql+psycopg://a:b@server/pantau"


def test_every_setting_has_a_sentence() -> None:
    assert all(one.name.startswith("PANTAU_") and one.sentence.endswith(".") for one in SETTINGS)


def test_secrets_file_is_read_without_its_sections(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text('PANTAU_OVERDUE_DAYS = 60\n[pengguna]\nnama = "x"\n', encoding="utf-8")
    assert read_secrets(path) == {"PANTAU_OVERDUE_DAYS": "60"}


def test_missing_secrets_file_holds_nothing(tmp_path: Path) -> None:
    assert read_secrets(tmp_path / "tidak-ada.toml") == {}


def test_broken_secrets_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text("PANTAU_TODAY = ", encoding="utf-8")
    with pytest.raises(SecretsUnreadableError, match=r"secrets\.toml"):
        read_secrets(path)
