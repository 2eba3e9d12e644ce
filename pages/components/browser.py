"""Our own screen components: a small loader here, their code in cached assets of the server.

Streamlit sends a component's inline code again on every rerun; a loader of a few lines
keeps that message small, and the browser keeps the code.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages.server.assets import asset_url

_LOADER = """
export default function (component) {
  let stopped = false, stop
  import(new URL(component.data.js, document.baseURI).href)
    .then((code) => { if (!stopped) stop = code.default(component) })
  return () => { stopped = true; stop?.() }
}
"""


def declare(name: str) -> Any:
    """Declare the component whose code is ``assets/<name>.js`` and ``assets/<name>.css``.

    Returns:
        The command that mounts it; its ``data`` must hold ``js=asset_url("<name>.js")``.
    """
    return st.components.v2.component(
        f"pantau_{name}",
        html=f'<link rel="stylesheet" href="{asset_url(f"{name}.css")}">\n'
        f'<div class="{name.replace("_", "-")}"></div>',
        js=_LOADER,
    )
