"""What an office brings first: a list to tick off, on Data and on every page without records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from types import MappingProxyType

import streamlit as st

from data_access.errors import DataError
from data_access.inventory import FirstStep, first_steps
from data_access.sample.life import is_fresh, make_sample
from pages.components import words
from pages.components.figures import headline
from pages.components.panels import data_link
from pages.panels.data.context import DataContext, data_context


@dataclass(frozen=True)
class _Words:
    """How a step is told: its name, what is counted, and where it is done."""

    label: str
    unit: str
    link: str
    section: str = "berkas"
    template: str = ""


_STEPS: Mapping[str, _Words] = MappingProxyType(
    {
        "assisted": _Words(
            "Desa binaan", "desa ditetapkan", "Isi dengan templat Desa", template="villages"
        ),
        "office": _Words(
            "Kantor tiap kecamatan", "kecamatan", "Atur wilayah kantor", section="pengaturan"
        ),
        "working_age": _Words(
            "Penduduk usia kerja",
            "kecamatan",
            "Isi dengan templat Kecamatan",
            template="kecamatan",
        ),
        "targets": _Words(
            "Target tahun ini", "target", "Isi dengan templat Target", template="targets"
        ),
        "visits": _Words("Kunjungan", "catatan", "Masukkan kunjungan", template="visits"),
        "awareness_sessions": _Words(
            "Sosialisasi", "catatan", "Masukkan sosialisasi", template="awareness_sessions"
        ),
        "cases": _Words("Kasus", "catatan", "Masukkan kasus", template="cases"),
    }
)


def first_use_panel(data: DataContext, *, is_open: bool) -> None:
    """List what is still missing; nothing where all is there, or where it is only a sample.

    Args:
        is_open: whether the list is unfolded as long as there is no record.
    """
    steps = () if data.is_sample else first_steps(data.store)
    done = sum(step.is_done for step in steps)
    if done == len(steps):
        return
    is_unfolded = is_open and data.page.data_until is None
    with st.expander(
        f"Langkah awal: {done} dari {len(steps)} selesai",
        expanded=is_unfolded,
        icon=":material/checklist:",
        key="langkah_awal_terbuka" if is_unfolded else "langkah_awal",
    ):
        _list(steps)
        _sample_offer(data)


def empty_dashboard() -> None:
    """Say on a page without any record why it is empty, and what comes first."""
    data = data_context()
    headline("Belum ada catatan kunjungan, sosialisasi, atau kasus.")
    st.html(
        '<p class="panel-note">Halaman ini terisi begitu catatan kantor masuk. Kerjakan langkah '
        "berikut; urutannya bebas, dan yang sudah selesai ditandai.</p>"
    )
    with st.container(border=True, key="langkah_awal"):
        _list(first_steps(data.store))
    _sample_offer(data)


def _list(steps: tuple[FirstStep, ...]) -> None:
    for step in steps:
        told = _STEPS[step.name]
        mark, state = ("✓", "selesai") if step.is_done else ("○", "belum lengkap")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(
                f'<p class="step" data-done="{int(step.is_done)}">'
                f'<span role="img" aria-label="{state}">{mark}</span> '
                f"<b>{escape(told.label)}</b> {escape(_known(step, told))}</p>"
            )
            data_link(told.link, told.section, told.template)


def _known(step: FirstStep, told: _Words) -> str:
    """Say what is there; what nobody brought is no zero."""
    if not step.known:
        return "belum ada"
    of = f" dari {words.number(step.total)}" if step.total else ""
    return f"{words.number(step.known)}{of} {told.unit}"


def _sample_offer(data: DataContext) -> None:
    """Offer to try the dashboard with a sample, while nothing real could be lost."""
    if not (data.store.is_embedded and is_fresh(data.store)):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            '<p class="panel-note offer">Ingin mencoba dahulu? Data contoh mudah dihapus '
            "lagi di halaman Data, dan setiap halaman menandainya.</p>"
        )
        st.button(
            "Isi dengan data contoh",
            key="isi_contoh",
            icon=":material/science:",
            on_click=_fill,
            args=(data,),
        )
    if problem := st.session_state.pop("contoh_gagal", ""):
        st.error(problem)


def _fill(data: DataContext) -> None:
    try:
        make_sample(data.store, data.settings.today)
    except DataError as error:
        st.session_state["contoh_gagal"] = str(error)
