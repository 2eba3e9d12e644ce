"""The server: start checks, who comes in, routes beside Streamlit's own, the error handlers.

Started by ``streamlit run app.py``. Pages live in ``pages/``; this file decides only
what the process serves besides them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import streamlit as st
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from geo.area import AreaError, area

try:
    # First of all: the other modules, their sentences too, name the area as they are read.
    area()
except AreaError as error:
    raise SystemExit(str(error)) from None

from data_access.errors import DataError
from geo.errors import GeoError
from pages.server.answers import tell_failure, tell_problem, tell_refusal
from pages.server.border import BorderMiddleware
from pages.server.errors import show_script_error
from pages.server.headers import HeadersMiddleware
from pages.server.index_page import IndexPageMiddleware
from pages.server.leftovers import clear_leftovers
from pages.server.routes import routes
from pages.server.served import served
from pages.server.uploads import UploadLimitMiddleware


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Prepare data and maps before the first reader comes."""
    # Imported here: caches must be declared while the runtime exists.
    from pages.server.warm_up import warm_up

    await anyio.to_thread.run_sync(warm_up)
    async with anyio.create_task_group() as beside:
        beside.start_soon(clear_leftovers)
        yield {}
        beside.cancel_scope.cancel()


where_served = served()

app = st.App(
    "pages/shell.py",
    routes=routes(),
    # The first stands outermost: what it sets is set on the refusals of those below it too.
    middleware=[
        Middleware(HeadersMiddleware, served=where_served),
        Middleware(BorderMiddleware, served=where_served),
        Middleware(UploadLimitMiddleware),
        Middleware(IndexPageMiddleware),
    ],
    exception_handlers={
        DataError: tell_problem,
        GeoError: tell_problem,
        HTTPException: tell_refusal,
        Exception: tell_failure,
    },
    on_script_error=show_script_error,
    lifespan=lifespan,
)
