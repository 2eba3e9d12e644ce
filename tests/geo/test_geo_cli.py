"""`python -m geo`: exit codes, what is printed, and what stays as it was."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.cli import main
from geo.gazetteer import gazetteer
from geo.matching import ALIAS_FILE

pytestmark = pytest.mark.usefixtures("in_this_process")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with a data folder of its own; returns exit code, output, errors."""

    def call(*arguments: object, **environ: str) -> tuple[int, str, str]:
        environment = {"PANTAU_DATA_DIR": str(tmp_path / "data"), **environ}
        code = main([str(argument) for argument in arguments], environment)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


@pytest.fixture
def good(kecamatan_features: list[Any], write_geojson: Callable[..., Path]) -> Path:
    return write_geojson(kecamatan_features)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "catatan.geojson"
    path.write_text("bukan batas")
    return path


def test_check_of_a_good_file_exits_0(run: Run, good: Path) -> None:
    code, out, _ = run("check", good)
    assert code == 0
    assert "29 dari 29 kecamatan (29 menurut kode)" in out


def test_check_of_a_bad_file_exits_1_with_a_sentence(run: Run, bad: Path) -> None:
    code, out, _ = run("check", bad)
    assert code == 1
    assert "bukan berkas batas wilayah: isinya teks biasa" in out


def test_check_prints_one_json_object(run: Run, good: Path, bad: Path) -> None:
    assert json.loads(run("check", good, "--format", "json")[1])["usable"] is True
    refused = json.loads(run("check", bad, "--format", "json")[1])
    assert (refused["usable"], len(refused["problems"])) == (False, 1)


@pytest.mark.parametrize("command", ["check", "use"])
def test_a_refusal_has_every_key(run: Run, bad: Path, good: Path, command: str) -> None:
    promised = list(json.loads(run("check", good, "--format", "json")[1]))
    assert list(json.loads(run(command, bad, "--format", "json")[1])) == promised


def test_a_damaged_list_of_spellings_is_a_refusal_too(run: Run, good: Path, tmp_path: Path) -> None:
    promised = list(json.loads(run("check", good, "--format", "json")[1]))
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ALIAS_FILE).write_text("within,spelling,code\nx,y\n")
    code, out, _ = run("check", good, "--format", "json")
    assert (code, list(json.loads(out))) == (1, promised)


def test_check_stores_nothing(run: Run, good: Path, tmp_path: Path) -> None:
    run("check", good)
    assert not (tmp_path / "data").exists()


def test_use_then_show_then_reset(run: Run, good: Path) -> None:
    assert run("use", good)[0] == 0
    shown = json.loads(run("show", "--format", "json")[1])
    assert (shown["in_use"], shown["file_name"]) == ("stored", "batas.geojson")
    assert len(shown["sha256"]) == 64
    assert run("use", "--reset")[0] == 0
    assert json.loads(run("show", "--format", "json")[1])["in_use"] == "indicative"


def test_use_of_a_bad_file_keeps_the_set_in_use(run: Run, good: Path, bad: Path) -> None:
    run("use", good)
    code, _, err = run("use", bad)
    assert (code, "catatan.geojson" in err) == (1, True)
    assert "batas.geojson (tersimpan)" in run("show")[1]


def test_show_says_that_the_default_is_indicative(run: Run) -> None:
    code, out, _ = run("show")
    assert code == 0
    assert "Batas indikatif, bukan batas resmi" in out


def test_show_honours_the_file_of_the_environment(run: Run, good: Path, bad: Path) -> None:
    shown = run("show", PANTAU_BOUNDARIES=str(good))[1]
    assert "batas.geojson (dari PANTAU_BOUNDARIES)" in shown
    assert run("show", PANTAU_BOUNDARIES=str(bad))[0] == 1
    assert run("show", PANTAU_BOUNDARIES=str(bad.parent / "tiada"))[0] == 1


def test_show_refuses_a_folder_or_pipe_in_the_environment(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    for path in (tmp_path, tmp_path / "pipa"):
        code, _, err = run("show", PANTAU_BOUNDARIES=str(path))
        assert (code, "bukan berkas biasa" in err) == (1, True)


def _table(folder: Path, text: str) -> Path:
    path = folder / "tempat.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_match_adds_three_columns_and_keeps_the_rest(run: Run, tmp_path: Path) -> None:
    path = _table(tmp_path, "no,kecamatan,desa\n1,Kec. Tirtayasa,Ds. Lontar\n2,Pontang,\n")
    code, out, _ = run("match", path)
    assert code == 0
    rows = list(csv.DictReader(out.splitlines()))
    assert list(rows[0]) == ["no", "kecamatan", "desa", "code", "name", "how"]
    assert [row["how"] for row in rows] == ["name", "name"]
    assert rows[1]["code"] == "36.04.12"


def test_match_reads_semicolons_and_any_case(run: Run, tmp_path: Path) -> None:
    path = _table(tmp_path, "\ufeffDesa;KECAMATAN\nLONTAR;TIRTAYASA\n")
    assert "36.04.13" in run("match", path)[1]


def test_match_prints_candidates_as_json(run: Run, tmp_path: Path) -> None:
    found = json.loads(
        run("match", _table(tmp_path, "kecamatan,desa\nCikeusik,\n"), "--format", "json")[1]
    )
    assert (found[0]["how"], found[0]["code"]) == ("candidate", None)
    assert found[0]["candidates"][0]["name"] == "Cikeusal"


def test_match_takes_no_ambiguous_name_without_its_kecamatan(run: Run, tmp_path: Path) -> None:
    names = [desa.name for desa in gazetteer().desa]
    twice = next(name for name in names if names.count(name) > 1)
    out = run("match", _table(tmp_path, f"kecamatan,desa\n,{twice}\n"))[1]
    assert out.splitlines()[1] == f",{twice},,,ambiguous"


def test_match_finds_every_official_name(run: Run, tmp_path: Path) -> None:
    lines = [
        f"KEC.{gazetteer().name(desa.kecamatan_code).upper().replace(' ', '')},"
        f"DESA {desa.name.upper().replace(' ', '').replace('-', '')}"
        for desa in gazetteer().desa
    ]
    out = run("match", _table(tmp_path, "kecamatan,desa\n" + "\n".join(lines) + "\n"))[1]
    rows = list(csv.DictReader(out.splitlines()))
    assert [row["code"] for row in rows] == [desa.code for desa in gazetteer().desa]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "kecamatan,desa\na,b,c\n", 'kecamatan,desa\n"a' + "x" * 200_000]
)
def test_match_refuses_what_is_no_table(run: Run, tmp_path: Path, text: str) -> None:
    code, _, err = run("match", _table(tmp_path, text))
    assert (code, "tidak dapat dibaca" in err) == (1, True)


def test_match_refuses_binary_folders_pipes_and_missing_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "biner.csv").write_bytes(b"\xff\xfe\x00")
    os.mkfifo(tmp_path / "pipa")
    for path in (tmp_path / "biner.csv", tmp_path, tmp_path / "pipa", tmp_path / "tiada.csv"):
        assert run("match", path)[0] == 1


def test_match_keeps_columns_of_the_names_it_adds(run: Run, tmp_path: Path) -> None:
    table = _table(tmp_path, "name,kecamatan\nIbu Sari,Pontang\n")
    row = next(csv.DictReader(run("match", table)[1].splitlines()))
    assert (row["name_asal"], row["name"]) == ("Ibu Sari", "Pontang")
    assert json.loads(run("match", table, "--format", "json")[1])[0]["name_asal"] == "Ibu Sari"


def test_match_writes_no_formula_and_leaves_numbers_alone(run: Run, tmp_path: Path) -> None:
    text = "kecamatan,catatan,lintang\nPontang,=1+1,-6.05\nPontang,\u202eabc,+1\n"
    first, second = csv.DictReader(run("match", _table(tmp_path, text))[1].splitlines())
    assert (first["catatan"], first["lintang"]) == ("'=1+1", "-6.05")
    assert second["lintang"] == "+1"


def test_match_lets_no_name_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    table = _table(tmp_path, "kecamatan\nPon\u202e\u009btang\n")
    _, out, err = run("match", table, "--format", "text")
    assert {sign for sign in out + err if not sign.isprintable()} == {"\n"}


def test_match_skips_empty_lines_but_counts_them(run: Run, tmp_path: Path) -> None:
    table = _table(tmp_path, "kecamatan,desa\n\n,,\nPontang,,,\nPontang,,x\n")
    assert "baris 5 punya lebih banyak kolom" in run("match", table)[2]


def test_remember_makes_a_spelling_known(run: Run, tmp_path: Path) -> None:
    table = _table(tmp_path, "kecamatan,desa\nTirtayasaa,\n")
    assert "candidate" in run("match", table)[1]
    assert run("remember", "Tirtayasaa", "36.04.13")[0] == 0
    assert "36.04.13,Tirtayasa,alias" in run("match", table)[1]


def test_remember_refuses_an_unknown_code(run: Run) -> None:
    code, _, err = run("remember", "Tirtayasaa", "36.04.99")
    assert (code, "36.04.99" in err) == (1, True)


def test_a_wrong_command_is_explained_in_indonesian(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run("periksa")
    assert ended.value.code == 2
    assert "Perintah tidak dipahami" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["match", "--help"]])
def test_help_is_indonesian(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    shown = capsys.readouterr().out
    assert (ended.value.code, shown.startswith("cara pakai: ")) == (0, True)
    assert not any(word in shown for word in ("usage", "options", "show this", "arguments"))


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_terminal_without_typographic_signs_is_no_traceback(
    kecamatan_features: list[Any], write_geojson: Callable[..., Path], style: str
) -> None:
    for feature in kecamatan_features:
        feature["properties"] = {"nama": feature["properties"]["nama"].replace("yasa", "yasaé")}
    path = write_geojson(kecamatan_features)
    ended = subprocess.run(
        [sys.executable, "-m", "geo", "check", str(path), "--format", style],
        cwd=Path(__file__).parents[2],
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PANTAU_DATA_DIR": str(path.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert style == "text" or json.loads(ended.stdout)["candidates"][0]["name"] == "Tirtayasaé"


def test_a_folder_that_cannot_be_written_is_named(run: Run, good: Path, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("")
    code, _, err = run("use", good, PANTAU_DATA_DIR=str(tmp_path / "berkas" / "data"))
    assert (code, "tidak dapat ditulisi" in err) == (1, True)


def test_the_module_runs_as_a_command(bad: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "geo", "check", str(bad)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)


def test_a_reader_who_stops_early_is_no_traceback(tmp_path: Path) -> None:
    table = _table(tmp_path, "kecamatan,desa\n" + "Tirtayasa,Lontar\n" * 5000)
    with subprocess.Popen(
        [sys.executable, "-m", "geo", "match", str(table)],
        cwd=Path(__file__).parents[2],
        env={"PANTAU_DATA_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None and command.stderr is not None
        command.stdout.readline()
        command.stdout.close()
        assert command.stderr.read() == ""
