"""No stored or named boundary file keeps the app from starting."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from shapely.geometry import mapping

from data_access.boundaries_in_use import boundaries_in_use
from data_access.settings import Settings, current_settings
from geo.boundaries import indicative_boundaries, store_boundaries
from geo.boundaries.storage import STORED_FILE
from geo.cli import main
from tests.geo import hostile
from tests.pages.test_pages import open_page, words_on

DAMAGED = {"no Parquet": b"PAR1 rusak", "nothing": b"", "a web page": b"<!doctype html><html>"}


@pytest.fixture(scope="module")
def set_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a stored set of boundaries."""
    folder = tmp_path_factory.mktemp("batas")
    features = [
        {
            "type": "Feature",
            "properties": {"kode": row.code},
            "geometry": mapping(row.geometry.simplify(0.004)),
        }
        for row in indicative_boundaries().kecamatan.itertuples(index=False)
    ]
    path = folder / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    store_boundaries(path, folder)
    return (folder / STORED_FILE).read_bytes()


@pytest.fixture
def settings(tmp_path: Path, set_file: bytes) -> Settings:
    """Of an installation with a stored set."""
    (tmp_path / STORED_FILE).write_bytes(set_file)
    return replace(current_settings({}), data_dir=tmp_path, boundaries=None)


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_set_is_named_and_the_indicative_one_drawn(case: str, settings: Settings) -> None:
    (settings.data_dir / STORED_FILE).write_bytes(DAMAGED[case])
    used, problem = boundaries_in_use(settings)
    assert used is indicative_boundaries()
    assert "use --reset" in problem


@pytest.mark.parametrize(
    ("name", "value"),
    [("digest", []), ("source", 5), ("source_date", "2020-13-45"), ("stored_on", True)],
)
def test_a_set_with_facts_that_no_page_could_show_is_damaged(
    name: str, value: object, settings: Settings
) -> None:
    path = settings.data_dir / STORED_FILE
    table = pq.read_table(path)
    facts = json.loads(table.schema.metadata[b"pantau"])
    changed = {b"pantau": json.dumps({**facts, name: value})}
    pq.write_table(table.replace_schema_metadata(changed), path)
    used, problem = boundaries_in_use(settings)
    assert used is indicative_boundaries()
    assert "use --reset" in problem


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("make", [Path.mkdir, _pipe, _link_to_itself])
def test_what_stands_in_the_place_of_a_set_and_is_no_file_is_named(
    make: Callable[[Path], None], settings: Settings
) -> None:
    path = settings.data_dir / STORED_FILE
    path.unlink()
    make(path)
    used, problem = boundaries_in_use(settings)
    assert used is indicative_boundaries()
    assert "use --reset" in problem


def test_a_page_draws_all_figures_on_the_indicative_set_and_says_why(
    sample_environment: Path, set_file: bytes
) -> None:
    (sample_environment / STORED_FILE).write_bytes(set_file[: len(set_file) // 2])
    at = open_page("overview.py")
    assert not at.exception and not at.error
    assert "yang tersimpan" in words_on(at) and "rusak" in words_on(at)
    assert "Perlu keputusan" in words_on(at)


def test_the_command_names_a_damaged_set(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.data_dir / STORED_FILE).unlink()
    _link_to_itself(settings.data_dir / STORED_FILE)
    assert main(["show"], {"PANTAU_DATA_DIR": str(settings.data_dir)}) == 1
    assert "use --reset" in capsys.readouterr().err
    assert main(["use", "--reset"], {"PANTAU_DATA_DIR": str(settings.data_dir)}) == 0


def test_a_hostile_override_leaves_the_stored_set_in_use(
    settings: Settings, tmp_path: Path
) -> None:
    hostile.reused_arcs(tmp_path / "lain.geojson")
    used, problem = boundaries_in_use(replace(settings, boundaries=tmp_path / "lain.geojson"))
    assert used.source == "berkas batas.geojson" and "terlalu besar" in problem


def test_an_override_and_a_stored_set_that_fail_are_both_named(
    settings: Settings, tmp_path: Path
) -> None:
    (settings.data_dir / STORED_FILE).write_bytes(b"PAR1 rusak")
    (tmp_path / "lain.geojson").write_text("bukan batas")
    used, problem = boundaries_in_use(replace(settings, boundaries=tmp_path / "lain.geojson"))
    assert used is indicative_boundaries()
    assert "lain.geojson bukan berkas batas" in problem and "rusak" in problem
