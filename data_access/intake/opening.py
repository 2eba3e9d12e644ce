"""The store, opened for work: with what earlier programs kept in files beside it taken over.

Owns that step alone, since answers are of the intake and `store` knows nothing of it. Whoever
reads or changes the office's data opens it here.
"""

from __future__ import annotations

from data_access.errors import StoreError
from data_access.intake.writing.earlier_files import take_over
from data_access.settings import Settings
from data_access.store import Store, open_store


def open_for_work(settings: Settings) -> Store:
    """Open the database of the settings as ``open_store`` does, and take earlier files over.

    Raises:
        StoreError: if it cannot be opened or written, is damaged, or belongs to a newer program.
    """
    store = open_store(settings)
    try:
        take_over(store)
    except StoreError:
        store.close()
        raise
    return store
