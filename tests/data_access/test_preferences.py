"""What the office decides and keeps: days until overdue, and whose kecamatan are whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.audit import check_audit
from data_access.numbers.indicators import figure
from data_access.numbers.loading import load_rollup
from data_access.numbers.selection import Month, Period, Selection
from data_access.preferences import (
    OfficeTwiceError,
    OverdueDaysError,
    offices,
    set_offices,
    set_overdue_days,
    with_preferences,
)
from data_access.sample.life import ensure_ready
from data_access.settings import Settings
from data_access.store import Store, open_store
from tests.data_access.conftest import TODAY


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(Settings(data_dir=tmp_path, today=TODAY))
    ensure_ready(opened, TODAY)
    return opened


def test_days_that_the_office_keeps_go_before_the_environment(store: Store) -> None:
    set_overdue_days(store, 30, "uji")
    assert with_preferences(store).settings.overdue_days == 30
    assert store.settings.overdue_days == 90


def test_a_shorter_limit_makes_more_desa_overdue(store: Store) -> None:
    selection = Selection(Period(Month(2026, 1), Month(2026, 10)))
    before = figure(load_rollup(with_preferences(store)), "overdue", selection).n
    set_overdue_days(store, 20, "uji")
    assert figure(load_rollup(with_preferences(store)), "overdue", selection).n > before


def test_a_limit_shorter_than_the_nearly_due_days_shortens_them_too(store: Store) -> None:
    set_overdue_days(store, 20, "uji")
    settings = with_preferences(store).settings
    assert (settings.overdue_days, settings.due_days) == (20, 20)


def test_a_change_of_the_limit_changes_the_revision(store: Store) -> None:
    before = with_preferences(store).revision()
    set_overdue_days(store, 45, "uji")
    assert with_preferences(store).revision() != before


@pytest.mark.parametrize("days", [0, -5, 731])
def test_a_limit_that_nobody_means_is_refused(store: Store, days: int) -> None:
    with pytest.raises(OverdueDaysError, match=str(days)):
        set_overdue_days(store, days, "uji")


def test_kecamatan_that_no_office_names_are_unknown(store: Store) -> None:
    set_offices(store, {"serang": ["36.04.12"]}, "uji")
    assert offices(store)["36.04.12"] == "serang"
    assert set(offices(store).values()) == {"serang", "unknown"}


def test_one_kecamatan_has_one_office(store: Store) -> None:
    before = offices(store)
    with pytest.raises(OfficeTwiceError, match="Pontang"):
        set_offices(store, {"serang": ["36.04.12"], "cilegon": ["36.04.12"]}, "uji")
    assert offices(store) == before


def test_changes_stand_in_the_audit_log(store: Store) -> None:
    before = check_audit(store)
    set_overdue_days(store, 60, "uji")
    set_offices(store, {"serang": ["36.04.12"]}, "uji")
    assert check_audit(store) == before + 2
