"""What must be answered about a file before it is stored, one question under the other.

Owns asking only: the words of each question come from ``data_access.intake``, and what an answer
does is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data_access.intake.questions import (
    ALL_NAMES,
    IGNORE,
    TABLE,
    Answers,
    Choice,
    Question,
)
from pages.components import words
from pages.components.alerts import show_warning
from pages.components.escaping import html_text, markdown_label, markdown_text
from pages.components.panels import panel_title
from pages.components.texts import data as texts

# A file with more unclear names is better repaired than asked about, and each question costs.
_MOST_ASKED = 30
_NAMELESS = frozenset({"same", "moved", "table"})


def question_panel(
    questions: Sequence[Question], key: str, take: Callable[[Answers], None]
) -> None:
    """Ask, and hand over what was answered.

    Args:
        questions: the most important first.
        key: names the widgets; another one for each round of questions.
        take: called with the answers when the person sends them.
    """
    # A name in many rows is worth asking first.
    asked = sorted(questions, key=lambda one: (one.kind == "place", -len(one.rows)))[:_MOST_ASKED]
    count = len(questions)
    note = texts.QUESTIONS_NOTE
    if count > _MOST_ASKED:
        note = texts.QUESTIONS_NOTE_CUT.format(most=_MOST_ASKED)
    panel_title(texts.QUESTIONS_TITLE.format(count=words.number(count)), note)
    with st.form(f"pertanyaan_{key}", border=False):
        answers = [
            (question.column or TABLE, _ask(question, f"{key}_{position}"))
            for position, question in enumerate(asked)
        ]
        with st.container(horizontal=True):
            is_sent = st.form_submit_button(texts.QUESTIONS_SEND, type="primary")
            is_left = any(one.kind == "place" for one in questions) and st.form_submit_button(
                texts.QUESTIONS_LEAVE
            )
    given = [(about, choice.field) for about, choice in answers if choice is not None]
    if is_left:
        given.append((ALL_NAMES, IGNORE))
    if given and (is_sent or is_left):
        take(Answers(given))
    elif is_sent:
        show_warning(texts.QUESTIONS_NO_ANSWER)


def _ask(question: Question, key: str) -> Choice | None:
    """One question in its frame; the answer, None while there is none."""
    about = _about(question)
    with st.container(border=True, key=f"tanya_{key}"):
        st.html(
            f'<p class="panel-note">{html_text(about)}</p>'
            f'<p class="question">{html_text(question.message)}</p>'
        )
        chosen: Choice | None = st.radio(
            markdown_label(texts.QUESTION_ANSWER.format(about=about)),
            question.candidates,
            index=None,
            format_func=lambda choice: markdown_text(choice.label),
            key=f"jawab_{key}",
            label_visibility="collapsed",
        )
    return chosen


def _about(question: Question) -> str:
    """Say what in the file a question is about."""
    kind = texts.QUESTION_KINDS[question.kind]
    if question.kind in _NAMELESS:
        return texts.QUESTION_ABOUT.format(kind=kind, sheet=question.sheet)
    return texts.QUESTION_ABOUT_NAME.format(kind=kind, name=question.column, sheet=question.sheet)
