"""What the panels of Data work with: the store itself, and who is at work."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.settings import Settings, current_settings
from data_access.store import Store
from pages.components.context import PageContext, current_page, open_data

# Who is named in the audit log until people sign in.
ACTOR = "petugas"


@dataclass(frozen=True)
class DataContext:
    """The page, the store it reads, and the name under which its changes are logged."""

    page: PageContext
    store: Store
    actor: str

    @property
    def settings(self) -> Settings:
        return self.store.settings

    @property
    def is_sample(self) -> bool:
        return self.page.numbers.facts.is_sample


def data_context() -> DataContext:
    """Return what the panels of Data need for this rerun."""
    return DataContext(current_page(), open_data(current_settings()).store, ACTOR)
