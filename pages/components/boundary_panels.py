"""The boundary set in use, and bringing an official one: check, report, use, or go back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from geo.boundaries import (
    Inspection,
    inspect_boundaries,
    reset_boundaries,
    store_boundaries,
    stored_boundaries,
)
from geo.errors import GeoError
from pages.components import words
from pages.components.panels import facts, panel_title
from pages.components.state import Frame

_TYPES = ["geojson", "json", "topojson", "zip", "gpkg", "kml", "parquet", "geoparquet", "fgb"]


def boundary_panel(frame: Frame) -> None:
    """Show the set in use and let a person bring another."""
    _in_use(frame)
    panel_title(
        "Pakai berkas batas resmi",
        "GeoJSON, TopoJSON, Shapefile (zip), GeoPackage, KML, GeoParquet, atau FlatGeobuf; "
        "tingkat kecamatan atau desa. Berkas diperiksa dahulu; batas yang dipakai tidak berubah "
        "sebelum Anda menyetujuinya.",
    )
    upload = st.file_uploader(
        "Berkas batas wilayah", type=_TYPES, key="berkas_batas", label_visibility="collapsed"
    )
    if upload is not None:
        _offered(frame, upload.name, upload.getvalue(), upload.file_id)


def _in_use(frame: Frame) -> None:
    stored = stored_boundaries(frame.settings.data_dir)
    boundaries = frame.boundaries
    levels = "kecamatan dan desa" if boundaries.desa is not None else "kecamatan"
    facts(
        "Batas yang dipakai",
        [
            ("Sumber", boundaries.source),
            ("Tanggal sumber", words.iso_date(boundaries.source_date or "") or "tidak tercantum"),
            ("Tingkat", levels),
            ("Catatan", boundaries.notice or "lengkap"),
            ("Disimpan pada", words.iso_date(stored.stored_on) if stored else "bawaan program"),
        ],
    )
    if stored is not None:
        st.button(
            "Kembali ke batas indikatif",
            key="batas_kembali",
            on_click=_go_back,
            args=(frame,),
        )


def _go_back(frame: Frame) -> None:
    reset_boundaries(frame.settings.data_dir)


def _offered(frame: Frame, name: str, content: bytes, file_id: str) -> None:
    """Report on an uploaded file and offer to use it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(content)
        inspection = _inspected(path, file_id)
        if inspection.error is not None:
            st.error(str(inspection.error))
        st.code(inspection.report.to_text(), language=None, wrap_lines=True)
        if inspection.boundaries is not None and st.button(
            "Pakai batas ini", type="primary", key="batas_pakai"
        ):
            _use(frame, path)


def _inspected(path: Path, file_id: str) -> Inspection:
    """Inspect a file once per upload."""
    known = st.session_state.get("batas_diperiksa")
    if known is None or known[0] != file_id:
        with st.spinner("Memeriksa berkas batas …"):
            known = (file_id, inspect_boundaries(path))
        st.session_state["batas_diperiksa"] = known
    inspection: Inspection = known[1]
    return inspection


def _use(frame: Frame, path: Path) -> None:
    try:
        boundaries, _ = store_boundaries(path, frame.settings.data_dir, today=frame.settings.today)
    except GeoError as error:
        st.error(str(error))
        return
    st.success(f"Batas {boundaries.source} kini dipakai di semua peta.")
