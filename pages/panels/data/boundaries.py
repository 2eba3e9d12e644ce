"""The boundary set in use, and bringing an official one: check, report, use, or go back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from data_access.errors import DataError
from data_access.intake.writing.memory import load_memory, remember_spelling
from geo.area import area
from geo.boundaries import (
    Inspection,
    StoredSet,
    inspect_boundaries,
    reset_boundaries,
    store_inspected,
    stored_boundaries,
)
from geo.boundaries.report import ShapeNote
from geo.errors import CrsError, GeoError, StoredSetDamagedError
from geo.gazetteer import gazetteer
from geo.legible import legible_lines
from geo.matching import confirmed_alias
from geo.scratch import scratch_folder
from pages.components import words
from pages.components.alerts import show_problem, show_warning
from pages.components.escaping import html_text, markdown_label
from pages.components.panels import facts, panel_title
from pages.components.texts import boundaries as texts
from pages.components.uploads import upload_place
from pages.panels.data.context import DataContext
from pages.panels.data.telling import attempt, place_words, tell

_TYPES = [
    *("geojson", "json", "topojson", "geojsonl", "ndjson", "js", "zip", "gz", "gpkg", "kml", "kmz"),
    *("parquet", "geoparquet", "fgb"),
]


_OFFER = "batas_ditawarkan"
# A file whose names hardly match is better repaired than asked about.
_MOST_NAMES = 30

# What Indonesian agencies deliver in; others are named on the command line (--crs).
_DEGREES = {"EPSG:4326": "WGS 84", "EPSG:4755": "DGN95", "EPSG:9470": "SRGI2013"}
_METRES = {**area().metric.offered, "EPSG:3857": "Web Mercator"}
_CRS_WORDS = {
    **{code: texts.CRS_DEGREES.format(name=name, code=code) for code, name in _DEGREES.items()},
    **{code: texts.CRS_METRES.format(name=name, code=code) for code, name in _METRES.items()},
}


@dataclass(frozen=True)
class Offer:
    """An uploaded boundary file and what was found in it.

    Attributes:
        file_id: of the upload; another upload starts anew.
        crs: the coordinate system a person chose, None to take the file's own.
    """

    file_id: str
    name: str
    content: bytes
    crs: str | None = None
    inspection: Inspection | None = None

    @property
    def found(self) -> Inspection:
        """The outcome of looking into it."""
        if self.inspection is None:
            raise ValueError("The file was not looked into yet.")
        return self.inspection


def boundary_panel(data: DataContext) -> None:
    """Show the set in use and let a person bring another."""
    tell()
    _in_use(data)
    panel_title(
        texts.UPLOAD_TITLE,
        texts.UPLOAD_NOTE,
    )
    upload = upload_place(texts.UPLOAD, _TYPES, "berkas_batas")
    if upload is not None:
        _offered(data, upload.name, upload.getvalue(), upload.file_id)


def _in_use(data: DataContext) -> None:
    stored, is_damaged = _stored(data)
    boundaries = data.page.boundaries
    levels = texts.LEVEL_BOTH if boundaries.desa is not None else texts.LEVEL_KECAMATAN
    facts(
        texts.IN_USE_TITLE,
        [
            (texts.SOURCE, boundaries.source),
            (
                texts.SOURCE_DATE,
                words.iso_date(boundaries.source_date or "") or texts.SOURCE_DATE_NONE,
            ),
            (texts.LEVEL, levels),
            (texts.NOTE, boundaries.notice or texts.NOTE_NONE),
            (texts.STORED_ON, words.iso_date(stored.stored_on) if stored else texts.STORED_NEVER),
        ],
    )
    if stored is not None or is_damaged:
        st.button(
            texts.GO_BACK,
            key="batas_kembali",
            on_click=_go_back,
            args=(data,),
        )


def _stored(data: DataContext) -> tuple[StoredSet | None, bool]:
    """The stored set, and whether there is one that cannot be read."""
    try:
        return stored_boundaries(data.settings.data_dir), False
    except StoredSetDamagedError as error:
        show_problem(error)
        return None, True


def _go_back(data: DataContext) -> None:
    def act() -> str:
        reset_boundaries(data.settings.data_dir)
        return texts.GONE_BACK

    attempt(act)


# --- an uploaded file ---------------------------------------------------------------------------


def _offered(data: DataContext, name: str, content: bytes, file_id: str) -> None:
    """Report on an uploaded file, ask what is not certain, and offer to use it."""
    known: Offer | None = st.session_state.get(_OFFER)
    if known is None or known.file_id != file_id:
        with st.spinner(texts.WAIT_FOR_FILE):
            known = _inspected(data, Offer(file_id, Path(name).name, content))
        st.session_state[_OFFER] = known
    found = known.found
    is_crs_missing = isinstance(found.error, CrsError)
    if isinstance(found.error, CrsError):
        show_warning(_crs_missing(known.name, found.error.likely))
    elif found.error is not None:
        show_problem(found.error)
    if is_crs_missing or known.crs:
        _crs_question(data, known)
    if found.boundaries is not None:
        st.html(f'<p class="panel-note">{html_text(_outcome(found))}</p>')
        st.button(texts.USE, type="primary", key="batas_pakai", on_click=_use, args=(data, known))
    _names_panel(data, known)
    with st.expander(texts.REPORT, expanded=found.boundaries is None):
        st.code(legible_lines(found.report.to_text()), language=None, wrap_lines=True)


def _crs_missing(file: str, likely: str) -> str:
    if not likely:
        return texts.CRS_MISSING.format(file=file)
    return texts.CRS_MISSING_LIKELY.format(file=file, likely=likely)


def _inspected(data: DataContext, offer: Offer) -> Offer:
    """Read the file with the answers so far."""
    aliases = load_memory(data.store).spellings
    with _as_file(offer) as path:
        return replace(offer, inspection=inspect_boundaries(path, offer.crs, aliases))


@contextmanager
def _as_file(offer: Offer) -> Iterator[Path]:
    with scratch_folder() as folder:
        path = folder / offer.name
        path.write_bytes(offer.content)
        yield path


def _outcome(found: Inspection) -> str:
    report = found.report
    n, total = report.matched["kecamatan"], len(gazetteer().kecamatan)
    matched = texts.MATCHED_KECAMATAN.format(n=n, total=total)
    if report.level == "desa":
        matched = texts.MATCHED_BOTH.format(
            n=n, total=total, desa=report.matched["desa"], all_desa=len(gazetteer().desa)
        )
    repaired = texts.REPAIRED_NONE
    if changed := len({note.code for note in report.repaired}):
        repaired = texts.REPAIRED.format(count=words.number(changed))
    return texts.USABLE.format(matched=matched, repaired=repaired)


def _crs_question(data: DataContext, offer: Offer) -> None:
    """Ask for the coordinate system that a file does not name."""
    chosen = st.selectbox(
        texts.CRS_QUESTION,
        ["", *_CRS_WORDS],
        index=0 if not offer.crs else 1 + list(_CRS_WORDS).index(offer.crs),
        format_func=lambda crs: _CRS_WORDS.get(crs, texts.CRS_NONE),
        key=f"batas_crs_{offer.file_id}",
    )
    if (chosen or None) != offer.crs:
        _look_again(data, replace(offer, crs=chosen or None))


def _names_panel(data: DataContext, offer: Offer) -> None:
    """Ask which area a name in the file means; the answer is remembered."""
    report = offer.found.report
    # An area that has its shape already is no answer; where all have one, nothing is asked.
    asked = [
        note
        for note in (*report.candidates, *report.ambiguous)
        if note.candidates or report.missing
    ]
    if not asked:
        return
    panel_title(
        texts.NAMES_TITLE.format(count=words.number(len(asked))),
        texts.NAMES_NOTE,
    )
    answers: dict[int, str] = {}
    for position, note in enumerate(asked[:_MOST_NAMES]):
        written = ", ".join(part for part in (note.name, note.kecamatan) if part)
        answers[position] = st.selectbox(
            markdown_label(texts.NAME_QUESTION.format(written=written, row=note.row)),
            _choices(note, report.missing),
            format_func=lambda code: place_words(code) if code else texts.NAME_LEFT,
            key=f"batas_nama_{offer.file_id}_{note.row}",
        )
    if st.button(texts.NAMES_SAVE, key="batas_simpan_nama"):
        try:
            for position, code in answers.items():
                if code:
                    _remember(data, asked[position], code)
        except (DataError, GeoError) as error:
            show_problem(error)
            return
        _look_again(data, offer)


def _choices(note: ShapeNote, missing: Sequence[str]) -> list[str]:
    """No answer, then the likely areas, then every other one that has no shape yet."""
    likely = [candidate.code for candidate in note.candidates]
    return list(dict.fromkeys(["", *likely, *missing]))


def _remember(data: DataContext, note: ShapeNote, code: str) -> None:
    within = note.kecamatan if code in gazetteer().desa_by_code else ""
    known = load_memory(data.store).spellings
    alias = confirmed_alias(within, note.name or note.kecamatan, code, known)
    remember_spelling(data.store, data.actor, alias)


def _look_again(data: DataContext, offer: Offer) -> None:
    st.session_state[_OFFER] = _inspected(data, offer)
    st.rerun()


def _use(data: DataContext, offer: Offer) -> None:
    def act() -> str:
        with _as_file(offer) as path:
            boundaries = store_inspected(
                path, offer.found, data.settings.data_dir, data.settings.today
            )
        return texts.USED.format(source=boundaries.source)

    attempt(act)
