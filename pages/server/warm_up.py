"""What is done once, before the first page is asked for, so that nobody waits for it."""

from __future__ import annotations

import gc
import logging

from data_access.boundaries_in_use import boundaries_in_use
from data_access.errors import DataError
from data_access.settings import current_settings
from geo.errors import GeoError
from geo.scratch import sweep
from pages.components.context import open_data
from pages.components.maps.geometry import area_layer
from pages.panels import awareness, cases, overview, visits

_log = logging.getLogger("pantau")
_CACHE_WARNINGS = "streamlit.runtime.scriptrunner_utils.script_run_context"

# Imported so that their libraries are loaded before the first page is drawn.
_PANELS = (overview, visits, awareness, cases)


def warm_up() -> None:
    """Open the store, count it, build the map layers, and settle the memory.

    Before that, what killed processes left in the folder for temporary files is removed.

    What cannot be prepared is left to the page, which says what is wrong.
    """
    # Caches warn when they are filled outside a session; here that is the purpose.
    logging.getLogger(_CACHE_WARNINGS).setLevel(logging.ERROR)
    sweep()
    try:
        settings = current_settings()
        open_data(settings).rollup()
        boundaries, _ = boundaries_in_use(settings)
        area_layer(boundaries, "kecamatan")
        if boundaries.desa is not None:
            area_layer(boundaries, "desa")
    except (DataError, GeoError) as error:
        _log.warning("%s", error)
    # Streamlit collects garbage after every rerun. The modules loaded by now never become
    # garbage; set aside, they need not be looked at again (measured: half the CPU of a rerun).
    gc.collect()
    gc.freeze()
