"""What must be answered about a file before it is stored, one question under the other.

Owns asking only: the words of each question come from ``data_access.intake``, and what an answer
does is the caller's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from data_access.intake.questions import (
    ALL_NAMES,
    IGNORE,
    TABLE,
    Answers,
    Choice,
    Kind,
    Question,
)
from pages.components import words
from pages.components.panels import panel_title

# A file with more unclear names is better repaired than asked about, and each question costs.
_MOST_ASKED = 30
_ABOUT: dict[Kind, str] = {
    "table": "Isi lembar",
    "column": "Kolom",
    "date_order": "Tanggal di kolom",
    "time_zone": "Jam di kolom",
    "scale": "Angka di kolom",
    "place": "Nama tempat",
    "same": "Catatan ganda",
    "moved": "Tanggal yang berubah",
}
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
    panel_title(
        f"{words.number(count)} pertanyaan sebelum berkas ini dapat disimpan",
        "Jawaban tentang kolom dan nama diingat untuk berkas berikutnya."
        + (
            f" Di sini {_MOST_ASKED} yang terpenting; sisanya menyusul."
            if count > _MOST_ASKED
            else ""
        ),
    )
    with st.form(f"pertanyaan_{key}", border=False):
        answers = [
            (question.column or TABLE, _ask(question, f"{key}_{position}"))
            for position, question in enumerate(asked)
        ]
        with st.container(horizontal=True):
            is_sent = st.form_submit_button("Simpan jawaban dan lanjutkan", type="primary")
            is_left = any(one.kind == "place" for one in questions) and st.form_submit_button(
                "Tinggalkan baris dengan nama yang belum dijawab"
            )
    given = [(about, choice.field) for about, choice in answers if choice is not None]
    if is_left:
        given.append((ALL_NAMES, IGNORE))
    if given and (is_sent or is_left):
        take(Answers(given))
    elif is_sent:
        st.warning("Belum ada jawaban yang dipilih. Pilih satu jawaban pada tiap pertanyaan.")


def _ask(question: Question, key: str) -> Choice | None:
    """One question in its frame; the answer, None while there is none."""
    name = "" if question.kind in _NAMELESS else f" “{question.column}”"
    about = f"{_ABOUT[question.kind]}{name}, lembar “{question.sheet}”"
    with st.container(border=True, key=f"tanya_{key}"):
        st.html(
            f'<p class="panel-note">{escape(about)}</p>'
            f'<p class="question">{escape(question.message)}</p>'
        )
        chosen: Choice | None = st.radio(
            f"Jawaban: {about}",
            question.candidates,
            index=None,
            format_func=lambda choice: choice.label,
            key=f"jawab_{key}",
            label_visibility="collapsed",
        )
    return chosen
