"""Data: what is in the store, officers' own files, the history, boundaries and settings."""

from pages.components.figures import headline
from pages.components.texts.data import SECTION_WORDS
from pages.panels.data.boundaries import boundary_panel
from pages.panels.data.contents import contents_panel, data_sentence
from pages.panels.data.context import data_context
from pages.panels.data.first_use import first_use_panel
from pages.panels.data.history import history_panel
from pages.panels.data.intake import intake_panel
from pages.panels.data.sample import sample_panel
from pages.panels.data.section import section_choice
from pages.panels.data.settings import settings_panel

SECTIONS = {
    "isi": contents_panel,
    "berkas": intake_panel,
    "riwayat": history_panel,
    "batas": boundary_panel,
    "pengaturan": settings_panel,
}

data = data_context()

headline(data_sentence(data))
sample_panel(data)
chosen = section_choice(SECTION_WORDS)
first_use_panel(data, is_open=chosen == "isi")
SECTIONS[chosen](data)
