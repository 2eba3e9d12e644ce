"""An area is a folder: what it must hold, and what is said where it does not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geo.area import AREAS_DIR, AreaError, area, read_area
from geo.gazetteer import gazetteer

FOLDER = AREAS_DIR / "36.04"
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the area's needed files."""
    for name in ("area.toml", "kecamatan.csv", "desa.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


def test_the_folder_is_read_wherever_it_lies(folder: Path) -> None:
    assert read_area(folder).name == area().name


@pytest.mark.parametrize("name", ["area.toml", "kecamatan.csv", "desa.csv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(AreaError, match=rf"tidak berisi {re.escape(name)}. Buat berkas itu"):
        read_area(folder)


@pytest.mark.parametrize(
    ("line", "instead", "key"),
    [
        ('bps_code = "3604"', "", "bps_code"),
        ("launch = 2023-09-13", 'launch = "2023-09-13"', "launch"),
        ('name = "Banten"', "", "province.name"),
        (
            "points = [105.6, -6.6, 106.7, -5.7]",
            "points = [106.7, -6.6, 105.6, -5.7]",
            "box.points",
        ),
        ('default_office = "serang"', 'default_office = "lebak"', "default_office"),
        ("latitude = -6.03", 'latitude = "-6.03"', "examples.latitude"),
        ('name = "Kanim Cilegon"', "", "offices.name"),
        ('code = "36.04"', 'code = "3604"', "code"),
    ],
)
def test_a_missing_or_wrong_key_is_named(folder: Path, line: str, instead: str, key: str) -> None:
    path = folder / "area.toml"
    text = path.read_text(encoding="utf-8")
    assert line in text
    path.write_text(text.replace(line, instead, 1), encoding="utf-8")
    with pytest.raises(AreaError, match=rf"“{re.escape(key)}” tidak ada atau salah; isinya harus"):
        read_area(folder)


def test_a_broken_file_is_told(folder: Path) -> None:
    (folder / "area.toml").write_text("code = ", encoding="utf-8")
    with pytest.raises(AreaError, match="tidak dapat dibaca"):
        read_area(folder)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("36.04.05.2001x,Lain,106.1,-6.1,", "“36.04.05.2001x” bukan kode"),
        ("36.04.05.2001,Lain,timur,-6.1,", "longitude “timur” bukan bilangan"),
        ("36.04.05.2001,Lain,106.1,nan,", "latitude “nan” bukan bilangan"),
        ("36.04.05.2001,Lain", "jumlah kolomnya lain"),
        ("36.04.05.2001,Lain,106.1,-6.1,,,", "jumlah kolomnya lain"),
        ("x" * 200_000, "field larger"),
    ],
)
def test_a_damaged_row_of_a_table_is_named(folder: Path, line: str, said: str) -> None:
    path = folder / "desa.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:4], line, *lines[5:]]), encoding="utf-8")
    with pytest.raises(AreaError, match=said) as refused:
        read_area(folder)
    assert "baris 5" in str(refused.value) or said == "field larger"


def test_a_table_without_a_column_is_told(folder: Path) -> None:
    path = folder / "desa.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("latitude", "lintang", 1), encoding="utf-8")
    with pytest.raises(AreaError, match=r"desa.csv tidak dapat dibaca \(kolom latitude tidak ada"):
        read_area(folder)


@pytest.mark.parametrize("room", ["geo", "data_access"])
def test_the_commands_refuse_an_area_that_is_none(room: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", room, "status" if room == "data_access" else "show"]
    environment = {**os.environ, "PANTAU_AREA": str(tmp_path), "PANTAU_DATA_DIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Folder wilayah {tmp_path} tidak berisi area.toml. "
        "Buat berkas itu seperti geo/data/36.04/area.toml."
    )


def test_examples_are_areas_of_the_gazetteer() -> None:
    examples = area().examples
    assert examples.kecamatan in gazetteer().kecamatan_by_code
    assert examples.desa in gazetteer().desa_by_code
    assert examples.kecamatan_name in {one.name for one in gazetteer().kecamatan}
    assert examples.desa_name in {one.name for one in gazetteer().desa}


def test_all_desa_lie_in_the_boxes() -> None:
    for box in (area().box, area().point_box):
        for desa in gazetteer().desa:
            assert box.west < desa.longitude < box.east
            assert box.south < desa.latitude < box.north
