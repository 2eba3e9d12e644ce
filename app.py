"""The server: start checks, routes for geometry, assets and Leaflet, health, the error handler.

Started by ``streamlit run app.py``. Pages live in ``pages/``; this file decides only
what the process serves besides them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import streamlit as st
from starlette.middleware import Middleware

from geo.area import AreaError, area

try:
    # First of all: the other modules, their sentences too, name the area as they are read.
    area()
except AreaError as error:
    raise SystemExit(str(error)) from None

from pages.server.errors import show_script_error
from pages.server.index_page import IndexPageMiddleware
from pages.server.routes import routes
from pages.server.unavailable import ERROR_ANSWERS


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Prepare data and maps before the first reader comes."""
    # Imported here: caches must be declared while the runtime exists.
    from pages.server.warm_up import warm_up

    await anyio.to_thread.run_sync(warm_up)
    yield {}


app = st.App(
    "pages/shell.py",
    routes=routes(),
    middleware=[Middleware(IndexPageMiddleware)],
    on_script_error=show_script_error,
    exception_handlers=ERROR_ANSWERS,
    lifespan=lifespan,
)
