"""Another kabupaten is another folder: an invented one of three kecamatan goes all the way."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

AREA = """
code = "91.77"
bps_code = "9177"
name = "Kabupaten Contoh Timur"
short_name = "Contoh Timur"
postal_prefix = ""
phone_codes = ["0977"]
launch = 2025-02-03
source = "Kantor Imigrasi Kelas II Contoh"
default_office = "contoh"

[province]
code = "91"
name = "Papua Contoh"

[metric]
crs = "EPSG:32753"
name = "UTM 53S"
likely = {}
offered = { "EPSG:32753" = "UTM zona 53 Selatan, WGS 84" }

[box]
boundaries = [134.5, -1.6, 135.5, -0.6]
points = [134.5, -1.6, 135.5, -0.6]

[neighbours]
cities = []
kabupaten = ["Contoh Barat"]
kecamatan = []
namesakes = []

[examples]
kecamatan = "91.77.01"
desa = "91.77.01.2001"
kecamatan_name = "Awan"
desa_name = "Awan Satu"
latitude = -1.1
longitude = 135.0

[[offices]]
id = "contoh"
name = "Kanim Contoh"
spellings = ["kantor imigrasi contoh"]
"""

# Code, name, longitude, latitude of the desa; the kecamatan are Awan, Bukit and Curah.
DESA = (
    ("91.77.01.2001", "Awan Satu", 134.80, -1.00),
    ("91.77.01.2002", "Awan Dua", 134.84, -1.02),
    ("91.77.01.2003", "Mata Air", 134.82, -1.06),
    ("91.77.02.2001", "Bukit Satu", 134.95, -1.00),
    ("91.77.02.2002", "Bukit Dua", 134.98, -1.05),
    ("91.77.03.2001", "Curah Satu", 135.10, -1.02),
    ("91.77.03.2002", "Curah Dua", 135.13, -1.07),
)
KECAMATAN = (("91.77.01", "Awan"), ("91.77.02", "Bukit"), ("91.77.03", "Curah"))

PAGES = sorted(
    path.name for path in (ROOT / "pages").glob("*.py") if path.stem not in ("__init__", "shell")
)

# What must nowhere be seen of the area that ships with the project.
FOREIGN = ("Serang", "Pontang", "Tirtayasa", "Cilegon", "Banten", "36.04", "32748")

# Opens every page of the shell in one process and prints what stands there, as one JSON object.
OPEN_PAGES = """
import json, sys
from streamlit.testing.v1 import AppTest
from geo.boundaries import indicative_boundaries
from geo.layers import build_layer

at = AppTest.from_file("pages/shell.py", default_timeout=60).run()
seen = {}
for name in sys.argv[1:]:
    at.switch_page(name).run()
    assert not at.exception, (name, at.exception)
    assert not at.error, (name, at.error)
    parts = [str(element.proto) for element in at.get("html")]
    parts += [
        str(getattr(element, "label", "")) + str(getattr(element, "options", ""))
        for kind in ("multiselect", "selectbox", "button", "text_input")
        for element in at.get(kind)
    ]
    parts += [element.proto.body for element in at.get("html")]
    parts += [element.value for element in at.markdown]
    seen[name] = " ".join(parts)
layer = build_layer(indicative_boundaries(), "kecamatan")
seen["shapes"] = [shape.name for shape in layer.shapes]
seen["empty shapes"] = [shape.name for shape in layer.shapes if not shape.path]
print(json.dumps(seen))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The area's folder, without boundaries, land around, sample or other spellings."""
    path = tmp_path_factory.mktemp("contoh-timur")
    (path / "area.toml").write_text(AREA, encoding="utf-8")
    kecamatan = [(code, f"91770{code[-1]}0", name, "") for code, name in KECAMATAN]
    write_table(path / "kecamatan.csv", ("code", "bps_code", "name", "aliases"), kecamatan)
    header = ("code", "name", "longitude", "latitude", "aliases")
    write_table(path / "desa.csv", header, [(*desa, "") for desa in DESA])
    return path


def write_table(path: Path, header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def run(folder: Path, data_dir: Path, *command: str, sample: str = "0") -> str:
    """Run a command for that area in a process of its own and return what it prints."""
    environment: Mapping[str, str] = {
        **{name: text for name, text in os.environ.items() if not name.startswith("PANTAU_")},
        "PANTAU_AREA": str(folder),
        "PANTAU_DATA_DIR": str(data_dir),
        "PANTAU_TODAY": "2026-10-31",
        "PANTAU_SAMPLE": sample,
    }
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def seen(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the pages show of the area's sample data."""
    printed = run(folder, tmp_path_factory.mktemp("data"), "-c", OPEN_PAGES, *PAGES, sample="1")
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def test_ringkasan_counts_the_seven_desa(seen: dict[str, Any]) -> None:
    assert "dari 7 desa" in seen["overview.py"]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_the_other_kabupaten(seen: dict[str, Any], page: str) -> None:
    assert [word for word in FOREIGN if word in seen[page]] == []


def test_the_map_draws_three_shapes(seen: dict[str, Any]) -> None:
    assert seen["shapes"] == ["Awan", "Bukit", "Curah"]
    assert seen["empty shapes"] == []


def test_its_visits_are_imported_and_counted(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "kunjungan.csv"
    sheet.write_text(
        "Tanggal,Kabupaten,Kecamatan,Desa,Hasil,Lintang,Bujur\n"
        '2026-03-02,Kab. Contoh Timur,Bukit,Bukit Dua,nihil,"-1.05","134.98"\n'
        '2026-03-03,Kab. Contoh Timur,Awan,Mata Air,temuan,"-1.06","134.82"\n',
        encoding="utf-8",
    )
    data = tmp_path / "data"
    told = json.loads(
        run(folder, data, "-m", "data_access", "import", str(sheet), "--format", "json")
    )
    assert (told["added"], told["questions"]) == (2, [])
    counted = run(
        folder, data, "-m", "data_access", "indicators", "--from", "2026-01", "--to", "2026-06",
        "--level", "kecamatan", "--scope", "all", "--indicator", "visit_coverage",
        "--format", "csv",
    )  # fmt: skip
    rows = list(csv.DictReader(counted.splitlines()))
    assert [(row["name"], row["n"], row["N"]) for row in rows] == [
        ("Awan", "1", "3"),
        ("Bukit", "1", "2"),
        ("Curah", "0", "2"),
    ]


def test_a_boundary_file_of_its_kecamatan_joins_all_three(folder: Path, tmp_path: Path) -> None:
    def box(west: float, east: float) -> list[list[list[float]]]:
        return [[[west, -1.2], [east, -1.2], [east, -0.9], [west, -0.9], [west, -1.2]]]

    edges = (134.7, 134.9, 135.05, 135.2)
    features = [
        {
            "type": "Feature",
            "properties": {"kode": code, "nama": name},
            "geometry": {"type": "Polygon", "coordinates": box(edges[place], edges[place + 1])},
        }
        for place, (code, name) in enumerate(KECAMATAN)
    ]
    path = tmp_path / "batas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    told = json.loads(run(folder, tmp_path, "-m", "geo", "check", str(path), "--format", "json"))
    assert told["matched"]["kecamatan"] == 3
    assert (told["usable"], told["missing"]) == (True, [])
