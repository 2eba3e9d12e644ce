"""Where settings come from: one order for the dashboard and every command."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.area import PROGRAM_DIR
from geo.cli import main
from geo.errors import (
    GeoError,
    SecretsUnreadableError,
    SettingAreaError,
    SettingMisspeltError,
    SettingPathError,
    SettingSectionError,
    SettingUnknownError,
    SettingValueError,
)
from geo.sources import Sources, read_sources, secrets_files

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "secrets.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def sources(path: Path, **environ: str) -> Sources:
    return read_sources(environ, [path])


def test_without_a_file_the_environment_counts(tmp_path: Path) -> None:
    found = sources(tmp_path / "tidak-ada.toml", PANTAU_OFFICE="cilegon")
    assert found == Sources({"PANTAU_OFFICE": "cilegon"})


def test_our_section_is_read(write: Write) -> None:
    found = sources(write("[pantau]\nPANTAU_OVERDUE_DAYS = 60\nPANTAU_SAMPLE = false\n"))
    assert found == Sources({"PANTAU_OVERDUE_DAYS": "60", "PANTAU_SAMPLE": "0"})


def test_the_environment_goes_before_our_section_and_says_so(write: Write) -> None:
    path = write('[pantau]\nPANTAU_DATA_DIR = "rahasia"\n')
    found = sources(path, PANTAU_DATA_DIR="dipakai")
    assert found.data_dir == PROGRAM_DIR / "dipakai"
    (note,) = found.notes
    assert "PANTAU_DATA_DIR di lingkungan berbeda" in note
    assert "rahasia" not in note


def test_two_equal_values_are_no_disagreement(write: Write) -> None:
    path = write('[pantau]\nPANTAU_OFFICE = "cilegon"\n')
    assert sources(path, PANTAU_OFFICE="cilegon").notes == ()


def test_a_blank_value_of_the_environment_is_none(write: Write) -> None:
    path = write('[pantau]\nPANTAU_OFFICE = "cilegon"\n')
    assert sources(path, PANTAU_OFFICE=" ") == Sources({"PANTAU_OFFICE": "cilegon"})


def test_a_key_outside_our_section_counts_as_streamlit_counts_it_and_is_said(write: Write) -> None:
    path = write('PANTAU_OFFICE = "cilegon"\n[pantau]\nPANTAU_OFFICE = "serang"\n')
    found = sources(path, PANTAU_OFFICE="serang")
    assert found.values["PANTAU_OFFICE"] == "cilegon"
    (note,) = found.notes
    assert note.startswith(f"Kunci PANTAU_OFFICE di {path} harus di bawah [pantau]")


def test_other_keys_of_the_file_are_not_ours(write: Write) -> None:
    assert sources(write('lain = "x"\n[pengguna]\nnama = "y"\n')) == Sources({})


def test_a_later_file_goes_before_an_earlier_one(tmp_path: Path) -> None:
    paths = [tmp_path / "rumah.toml", tmp_path / "proyek.toml"]
    for path, office in zip(paths, ("serang", "cilegon"), strict=True):
        path.write_text(f'[pantau]\nPANTAU_OFFICE = "{office}"\n', encoding="utf-8")
    assert read_sources({}, paths).values == {"PANTAU_OFFICE": "cilegon"}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("[pantau]\nPANTAU_TODAY = \n", SecretsUnreadableError, "baris 2, kolom 16"),
        ('[pantau]\nPANTAU_OFFICE = """serang', SecretsUnreadableError, "sebelum selesai"),
        ('[pantau]\nPANTAU_DATABASE = "x"\n', SettingUnknownError, "PANTAU_DATABASE"),
        ('[pantau]\nPANTAU_AREA = "91.77"\n', SettingAreaError, "hanya lewat lingkungan"),
        # Even the area in force: another folder of the same code may be.
        ('PANTAU_AREA = "36.04"\n', SettingAreaError, "hanya lewat lingkungan"),
        ('PANTAU_DATABASE = "x"\n', SettingUnknownError, "PANTAU_DATABASE”"),
        ('pantau_office = "serang"\n', SettingUnknownError, "pantau_office"),
        ('[Pantau]\nPANTAU_SAMPLE = "0"\n', SettingSectionError, "\\[Pantau\\]. Pindahkan"),
        (f"[pantau]\nPANTAU_TODAY = {'9' * 5000}\n", SecretsUnreadableError, "tidak masuk akal"),
        (f"x = {'[' * 9000}\n", SecretsUnreadableError, "tidak masuk akal"),
        ("[pantau]\nPANTAU_TODAY = [1]\n", SettingValueError, "PANTAU_TODAY"),
        ('pantau = "x"\n', SettingValueError, "pantau"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(
    write: Write, text: str, kind: type[GeoError], words: str
) -> None:
    path = write(text)
    with pytest.raises(kind, match=words) as refused:
        sources(path)
    assert str(path) in str(refused.value)


def test_a_file_in_other_letters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_bytes("[pantau]".encode("utf-16"))
    with pytest.raises(SecretsUnreadableError, match="UTF-8"):
        sources(path)


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_refused(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "secrets.toml")
    with pytest.raises(SecretsUnreadableError, match="bukan berkas biasa"):
        sources(tmp_path / "secrets.toml")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PANTAU_DATABASE_URI", "PANTAU_DATABASE_URL"),
        ("PANTAU_DB_URL", "PANTAU_DATABASE_URL"),
        ("pantau_data_dir", "PANTAU_DATA_DIR"),
    ],
)
def test_a_misspelt_name_of_the_environment_is_refused(
    tmp_path: Path, name: str, meant: str
) -> None:
    with pytest.raises(SettingMisspeltError, match=f"{name} .* Tulis {meant}"):
        sources(tmp_path / "tidak-ada.toml", **{name: "x"})


def test_what_others_set_under_our_prefix_is_told(tmp_path: Path) -> None:
    found = sources(tmp_path / "tidak-ada.toml", PANTAU_SERVICE_HOST="10.0.0.1")
    assert found.notes == (
        "PANTAU_SERVICE_HOST di lingkungan bukan pengaturan program ini dan tidak dipakai.",
    )


@pytest.mark.parametrize("name", ["PANTAU_DATA_DIR", "PANTAU_BOUNDARIES"])
def test_a_relative_path_starts_at_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Sources({name: "kantor"}).path(name) == PROGRAM_DIR / "kantor"
    assert Sources({name: "/srv/kantor"}).path(name) == Path("/srv/kantor")


def test_the_default_data_folder_is_that_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Sources({}).data_dir == PROGRAM_DIR / "data"


def test_without_a_home_and_a_working_folder_the_program_s_own_file_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As the system answers for a number that is no account of it.
    monkeypatch.setenv("HOME", "~tidak-ada-pengguna")
    (tmp_path / "hilang").mkdir()
    monkeypatch.chdir(tmp_path / "hilang")
    (tmp_path / "hilang").rmdir()
    assert secrets_files() == (PROGRAM_DIR / ".streamlit" / "secrets.toml",)


def test_a_sign_that_ends_a_path_is_refused(write: Write) -> None:
    found = sources(write('[pantau]\nPANTAU_DATA_DIR = "a\\u0000b"\n'))
    with pytest.raises(SettingPathError, match="PANTAU_DATA_DIR"):
        _ = found.data_dir


def test_a_folder_of_nobody_is_refused() -> None:
    with pytest.raises(SettingPathError, match="PANTAU_DATA_DIR"):
        _ = Sources({"PANTAU_DATA_DIR": "~tidak-ada-pengguna/data"}).data_dir


def test_the_command_uses_the_secrets_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text(
        f'[pantau]\nPANTAU_DATA_DIR = "{tmp_path / "kantor"}"\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    assert main(["remember", "Pelabuhan Lama", "36.04.12"], {}) == 0
    assert str(tmp_path / "kantor") in capsys.readouterr().out
    assert (tmp_path / "kantor").is_dir()


def test_the_command_does_not_claim_what_a_setting_prevents(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {"PANTAU_DATA_DIR": str(tmp_path), "PANTAU_BOUNDARIES": "/srv/batas.geojson"}
    assert main(["use", "--reset"], environ) == 0
    assert "tetap memakai berkas /srv/batas.geojson" in capsys.readouterr().out
