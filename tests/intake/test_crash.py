"""A crash leaves the store as before or complete; `scripts.crash_imports` tries it more often."""

from __future__ import annotations

from data_access.store import Store
from scripts.crash_imports import crash, exchange


def test_killed_imports_leave_nothing_half(any_store: Store) -> None:
    any_store.close()
    tally = crash(any_store.settings, kills=12)
    assert tally.told > 0


def test_imports_into_a_file_that_is_exchanged_are_kept_or_told_as_lost(
    empty_store: Store,
) -> None:
    empty_store.close()
    assert exchange(empty_store.settings, times=6) > 0
