"""Messages on a page: a problem, a warning, a remark, a success; whatever they quote is text."""

from __future__ import annotations

import streamlit as st

from pages.components.escaping import markdown_text

# Else Streamlit takes an emoji at the start of a message out of it, as the message's icon.
_NO_ICON = ""


def show_problem(problem: Exception | str) -> None:
    """Say what went wrong, in the sentence of an error."""
    st.error(markdown_text(str(problem)), icon=_NO_ICON)


def show_warning(sentence: str) -> None:
    """Say what a person should look at before going on."""
    st.warning(markdown_text(sentence), icon=_NO_ICON)


def show_remark(sentence: str) -> None:
    """Say what a person may want to know."""
    st.info(markdown_text(sentence), icon=_NO_ICON)


def show_success(sentence: str) -> None:
    """Say what was done."""
    st.success(markdown_text(sentence), icon=_NO_ICON)
