"""Which boundary set maps are drawn from: a file of the settings, the stored one, or our own.

Owns the choice among them and the spellings that people confirmed for boundary files.
"""

from __future__ import annotations

from data_access.errors import StoreError
from data_access.intake.opening import open_for_work
from data_access.intake.writing.memory import load_memory
from data_access.settings import Settings
from data_access.store import has_file
from geo.boundaries import BoundarySet, active_boundaries, indicative_boundaries
from geo.errors import GeoError
from geo.matching import ConfirmedAlias


def boundaries_in_use(settings: Settings) -> tuple[BoundarySet, str]:
    """Return the boundary set that maps are drawn from, and what is wrong with another.

    A file named in the settings that cannot be used leaves the stored set in use, and a
    stored set that is damaged the indicative one; the second value then says why, else it
    is empty.
    """
    problems: list[str] = []
    for override in dict.fromkeys((settings.boundaries, None)):
        try:
            spellings = _spellings(settings) if override else ()
            used = active_boundaries(settings.data_dir, override, spellings)
        except GeoError as error:
            problems.append(str(error))
        else:
            return used, " ".join(problems)
    return indicative_boundaries(), " ".join(problems)


def _spellings(settings: Settings) -> tuple[ConfirmedAlias, ...]:
    """What people confirmed for boundary files; without a database, nothing."""
    try:
        # Opening would make the file; and where one was lost, hide the loss.
        if not settings.database_url and not has_file(settings):
            return ()
        store = open_for_work(settings)
    except StoreError:
        return ()
    try:
        return load_memory(store).spellings
    except StoreError:
        return ()
    finally:
        store.close()
