"""A run that another click cuts short, at whatever point, leaves a session that goes on."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def _bar() -> None:
    from datetime import date

    import streamlit as st
    from streamlit.runtime.scriptrunner_utils.exceptions import StopException
    from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

    from pages.components.filter.bar import filter_bar

    context = get_script_run_ctx()
    assert context is not None
    left = st.session_state.pop("cut_after", None)

    def give_way() -> None:
        """Streamlit gives way to a newer click whenever the state of the session is touched."""
        nonlocal left
        if left is not None:
            left -= 1
            if left < 0:
                left = None
                raise StopException

    # As any name: what is set on it plainly would be a key of the session.
    object.__setattr__(context.session_state, "_yield_callback", give_way)
    words = filter_bar(date(2026, 10, 31), "").area_words
    left = None
    st.text(words)


def test_a_session_goes_on_wherever_its_first_run_was_cut_short() -> None:
    for point in range(200):
        at = AppTest.from_function(_bar)
        at.query_params["kec"] = "36.04.12"
        at.session_state["cut_after"] = point
        at.run()
        is_cut = not at.text
        for _ in range(2):
            at.run()
            assert not at.exception, f"cut at point {point}"
            assert at.text[0].value == "Kecamatan Pontang", f"cut at point {point}"
        if not is_cut:
            break
    assert point > 10
