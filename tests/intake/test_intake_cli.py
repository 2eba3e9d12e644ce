"""The commands that bring files in, as scripts use them."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from data_access.cli import main
from data_access.intake.files.reader import read_file
from data_access.intake.forms.recognition import propose_mapping
from data_access.intake.writing.memory import remember_places, remember_profile
from data_access.intake.writing.profiles import profile_of
from data_access.store import Store
from tests.intake.importing import (
    TARGETS,
    VILLAGES,
    VISITS,
    column,
    csv_file,
    visit,
    visits_file,
    workbook,
)

Run = Callable[..., int]

_TARGET = (2026, "Kunjungan", "", 1200)


@pytest.fixture
def run(store: Store) -> Run:
    environment = {
        "PANTAU_DATA_DIR": str(store.settings.data_dir),
        "PANTAU_TODAY": "2026-10-31",
        "PANTAU_SAMPLE": "0",
    }
    return lambda *arguments: main([str(one) for one in arguments], environment)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "rekap.csv"
    path.write_bytes(visits_file(visit("k1"), visit("k2", day=2)))
    return path


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "campur.csv"
    path.write_bytes(visits_file(visit("k1"), visit("k2", outcome="entah")))
    return path


def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_good_file_is_imported(
    run: Run, store: Store, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", good, "--format", "json") == 0
    told = answer(capsys)
    counts = [told[name] for name in ("table", "added", "changed", "unchanged", "rejected")]
    assert counts == ["visits", 2, 0, 0, 0]
    assert column(store, "visits", "source_key") == ["k1", "k2"]


def test_same_file_twice_does_nothing_and_says_so(
    run: Run, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", good)
    capsys.readouterr()
    assert run("import", good, "--format", "json") == 1
    told = answer(capsys)
    assert (told["added"], told["unchanged"]) == (0, 2)
    assert any("sudah diimpor" in note for note in told["notes"])


def test_dry_run_stores_nothing(
    run: Run, store: Store, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", good, "--dry-run", "--format", "json") == 0
    assert answer(capsys)["added"] == 2
    assert column(store, "visits", "source_key") == []


def test_rejected_rows_are_told_with_their_own_numbers(
    run: Run, store: Store, mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", mixed, "--format", "json") == 2
    told = answer(capsys)
    (error,) = told["errors"]
    message = error.pop("message")
    assert error == {
        "file": "campur.csv", "sheet": error["sheet"], "row": 3, "column": "Hasil",
        "value": "entah",
    }  # fmt: skip
    assert "nihil" in message
    assert (told["added"], told["rejected"]) == (0, 1)
    assert column(store, "visits", "source_key") == []


def test_good_rows_are_taken_if_wanted(run: Run, store: Store, mixed: Path) -> None:
    assert run("import", mixed, "--accept-valid") == 2
    assert column(store, "visits", "source_key") == ["k1"]


def test_json_of_one_table_has_exactly_these_keys(
    run: Run, mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", mixed, "--format", "json")
    told = answer(capsys)
    keys = {"table", "added", "changed", "unchanged", "rejected", "errors", "questions", "notes"}
    assert told.keys() == keys
    assert told["questions"] == []
    assert any("1 baris lain benar" in note for note in told["notes"])


def test_open_question_keeps_the_file_out(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rekap.csv"
    path.write_bytes(visits_file(visit("k1"), visit("k2", desa="Lontarr")))
    assert run("import", path, "--accept-valid", "--format", "json") == 1
    told = answer(capsys)
    (question,) = told["questions"]
    assert question.pop("message").startswith("“Lontarr” di Kecamatan “Tirtayasa”")
    assert [one["field"] for one in question.pop("candidates")] == ["36.04.13.2007", "abaikan"]
    assert question == {
        "file": "rekap.csv", "sheet": "rekap.csv", "column": "Lontarr, Tirtayasa", "kind": "place",
    }  # fmt: skip
    assert any("1 pertanyaan menunggu jawaban" in note for note in told["notes"])
    assert column(store, "visits", "source_key") == []


@pytest.mark.parametrize("name", ['Lontar" $(ls) `ls`', "Lontar' !x"])
def test_an_answer_can_be_copied_to_a_shell(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = tmp_path / "rekap.csv"
    path.write_bytes(visits_file(visit("k1", desa=name)))
    run("import", path)
    told = map(str.strip, capsys.readouterr().out.splitlines())
    offered = [line for line in told if line.startswith("--answer")]
    assert offered
    for line in offered:
        # As a shell would read it, commands within double quotes carried out.
        read = subprocess.run(
            ["/bin/sh", "-c", f'set -- {line}; printf %s "$2"'], capture_output=True, text=True
        )
        assert read.stdout.startswith(f"{name}, Tirtayasa=")


@pytest.mark.parametrize(("said", "code", "keys"), [("36.04.13.2007", 0, ["k1", "k2"]),
                                                    ("abaikan", 2, ["k1"])])  # fmt: skip
def test_answer_lets_the_file_in(
    run: Run, store: Store, tmp_path: Path, said: str, code: int, keys: list[str]
) -> None:
    path = tmp_path / "rekap.csv"
    path.write_bytes(visits_file(visit("k1"), visit("k2", desa="Lontarr")))
    answered = f"Lontarr, Tirtayasa={said}"
    assert run("import", path, "--accept-valid", "--answer", answered) == code
    assert column(store, "visits", "source_key") == keys


@pytest.mark.parametrize("style", ["json", "text"])
def test_file_without_a_table_is_told(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    path = tmp_path / "inventaris.xlsx"
    path.write_bytes(workbook(Barang=[("No", "Nama Barang", "Jumlah"), (1, "Kursi", 4)]))
    assert run("import", path, "--format", style) == 1
    told = capsys.readouterr().out
    assert told.count("Tidak ada lembar yang dapat dibaca sebagai tabel.") == 1
    assert told.count("Lembar “Barang” tidak dibaca") == 1
    assert "Tidak ada baris data" not in told


def test_files_of_one_table_are_told_together(
    run: Run, good: Path, mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", good, mixed, "--accept-valid", "--format", "json") == 2
    told = answer(capsys)
    assert (told["added"], told["unchanged"], told["rejected"]) == (2, 1, 1)
    assert [one["file"] for one in told["errors"]] == ["campur.csv"]
    assert "rekap.csv: Kunjungan: 2 baru, 0 berubah, 0 sama, 0 ditolak" in told["notes"]


def test_tables_of_one_file_are_told_one_by_one(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dua.xlsx"
    path.write_bytes(workbook(Kunjungan=[VISITS, visit("k1")], Target=[TARGETS, _TARGET]))
    assert run("import", path, "--format", "json") == 0
    assert [(told["table"], told["added"]) for told in answer(capsys)] == [
        ("visits", 1), ("targets", 1)
    ]  # fmt: skip


def test_report_is_named_in_the_notes(
    run: Run, mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", mixed, "--format", "json")
    assert any("campur.periksa.xlsx" in note for note in answer(capsys)["notes"])


def test_report_that_cannot_be_written_keeps_nothing_out(
    run: Run, store: Store, mixed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "tidak ada" / "a.xlsx"
    assert run("import", mixed, "--accept-valid", "--report", where, "--format", "json") == 2
    assert any("tidak dapat ditulis" in note for note in answer(capsys)["notes"])
    assert column(store, "visits", "source_key") == ["k1"]


def test_reports_of_files_with_one_stem_do_not_replace_each_other(
    run: Run, mixed: Path, tmp_path: Path
) -> None:
    other = tmp_path / "campur.xlsx"
    other.write_bytes(workbook(Kunjungan=[VISITS, visit("k1", outcome="lain")]))
    run("import", mixed, other)
    first = load_workbook(tmp_path / "campur.periksa.xlsx").worksheets[0]
    second = load_workbook(tmp_path / "campur.periksa-2.xlsx").worksheets[0]
    assert (first["G3"].value, second["G2"].value) == ("entah", "lain")


def test_name_that_is_no_text_is_imported(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / os.fsdecode(b"rekap\xff.csv")
    path.write_bytes(visits_file(visit("k1"), visit("k2", outcome="entah")))
    assert run("import", path, "--accept-valid", "--format", "json") == 2
    assert answer(capsys)["errors"][0]["file"] == "rekap?.csv"


def test_template_of_an_unknown_table_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("template", "kunjungan") == 2
    assert "tidak dikenal" in capsys.readouterr().err


def test_report_lies_beside_the_file(run: Run, mixed: Path) -> None:
    run("import", mixed)
    report = load_workbook(mixed.with_name("campur.periksa.xlsx"))
    assert report.worksheets[0]["G3"].comment is not None


def test_report_goes_where_it_is_wanted(run: Run, mixed: Path, tmp_path: Path) -> None:
    run("import", mixed, "--report", tmp_path / "laporan.xlsx")
    assert (tmp_path / "laporan.xlsx").is_file()
    assert not mixed.with_name("campur.periksa.xlsx").exists()


@pytest.mark.parametrize("wanted", [None, "laporan", "hasil.xlsx"])
def test_report_replaces_no_file(
    run: Run, mixed: Path, tmp_path: Path, wanted: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "laporan").mkdir()
    option = () if wanted is None else ("--report", tmp_path / wanted)
    told = []
    for _ in range(3):
        run("import", mixed, *option)
        told.append(capsys.readouterr().out.split("ditandai: ")[1].strip())
    assert len(set(told)) == 3
    assert all(Path(one).is_file() for one in told)
    assert told[1].endswith("-2.xlsx")


def test_unreadable_file_is_told_without_traceback(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "laporan.xls"
    path.write_text("<html><table></table></html>")
    assert run("import", path, "--format", "json") == 1
    told = answer(capsys)
    assert (told["table"], told["errors"][0]["row"]) == (None, None)
    assert "HTML" in told["errors"][0]["message"]


def test_one_bad_file_does_not_keep_the_others_out(
    run: Run, store: Store, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", tmp_path / "tidak-ada.csv", good, "--format", "json") == 2
    told = answer(capsys)
    assert (told["table"], told["added"]) == ("visits", 2)
    assert [one["file"] for one in told["errors"]] == ["tidak-ada.csv"]
    assert column(store, "visits", "source_key") == ["k1", "k2"]


def test_header_only_is_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "kosong.csv"
    path.write_bytes(visits_file())
    assert run("import", path) == 1
    assert "Tidak ada baris data" in capsys.readouterr().out


def test_profile_reads_a_form_with_names_of_its_own(run: Run, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "formulir.csv"
    path.write_bytes(csv_file(("Hari", "Wilayah", "Kec", "Nilai"),
                              ["01/03/2025", "Lontar", "Tirtayasa", "nihil"]))  # fmt: skip
    (sheet,) = read_file(path).sheets
    proposal = propose_mapping(sheet, "visits")
    fields = {"visited_on": 0, "desa": 1, "kecamatan": 2, "outcome": 3}
    mapping = type(proposal)("visits", fields)
    remember_profile(store, "ani", profile_of("Formulir", sheet, mapping))
    assert run("import", path, "--profile", "formulir") == 0
    assert column(store, "visits", "village_code") == ["36.04.13.2007"]


def test_table_can_be_named(run: Run, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "desa.csv"
    path.write_bytes(csv_file(VILLAGES, ["Tirtayasa", "Lontar", "ya", "SK-1/2025"]))
    assert run("import", path, "--table", "villages") == 0
    assert column(store, "villages", "decree_number").count("SK-1/2025") == 1


def test_unknown_table_does_nothing(run: Run, good: Path) -> None:
    assert run("import", good, "--table", "kunjungan") == 1


def test_history_and_undo(
    run: Run, store: Store, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("import", good, "--actor", "Sari")
    capsys.readouterr()
    assert run("imports") == 0
    assert "Sari" in capsys.readouterr().out
    assert run("undo", 1) == 0
    assert column(store, "visits", "source_key") == []
    run("imports", "--format", "json")
    assert '"undone"' in capsys.readouterr().out


def test_undo_of_nothing_fails(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("undo", 9) == 1
    assert "9" in capsys.readouterr().err


def test_template_is_written(run: Run, tmp_path: Path) -> None:
    assert run("template", "visits", "--out", tmp_path / "isian.xlsx") == 0
    assert load_workbook(tmp_path / "isian.xlsx").sheetnames[0] == "Kunjungan"


def test_sample_gives_way(
    run: Run, store: Store, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("sample")
    assert run("import", good) == 1
    assert "clear-sample" in capsys.readouterr().out
    assert run("clear-sample") == 0
    assert run("import", good) == 0
    assert column(store, "visits", "source_key") == ["k1", "k2"]


def test_memory_is_listed_and_forgotten(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    remember_places(store, "ani", {("Tirtayasa", "Lama"): "36.04.13.2007"})
    assert run("memory") == 0
    assert "ani  nama “lama, tirtayasa” berarti Lontar" in capsys.readouterr().out
    assert run("memory", "--format", "json") == 0
    (entry,) = answer(capsys)
    assert run("forget", entry["id"], "--actor", "budi") == 0
    assert "Dilupakan: nama “lama, tirtayasa”" in capsys.readouterr().out
    assert run("memory") == 0
    assert "Belum ada jawaban" in capsys.readouterr().out


def test_forgetting_nothing_fails(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("forget", 7) == 1
    assert "nomor 7 tidak ada" in capsys.readouterr().err


def test_damaged_file_of_answers_is_told(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    (store.settings.data_dir / "intake_profiles.json").write_text("{")
    assert run("memory") == 0
    assert "intake_profiles.json rusak" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("held", "row"),
    [
        (b"within,spelling,code\nx,y\n", 2),
        (b"within,spelling,code\n,pontang,36.04.12\n,pontangg,99\n", 3),
        (b"within,spelling,code\n,,36.04.12\n", 2),
        (b"within,spelling,code\n,pon\0tang,36.04.12\n", 2),
        (b"within,spelling,code\n,pontang\xe9,36.04.12\n", 2),
        (b"within,spelling,code\n," + b"x" * 200_000 + b",36.04.12\n", 2),
    ],
    ids=["short", "code", "blank", "nul", "letters", "wide"],
)
def test_damaged_list_of_spellings_is_told_and_keeps_nothing_out(
    run: Run,
    store: Store,
    good: Path,
    capsys: pytest.CaptureFixture[str],
    held: bytes,
    row: int,
) -> None:
    path = store.settings.data_dir / "nama_lain.csv"
    path.write_bytes(held)
    assert run("import", good) == 0
    told = f"Daftar nama lain {path} rusak pada baris {row}. Perbaiki atau hapus baris itu.\n"
    assert capsys.readouterr().err == told
    assert run("memory") == 0
    assert told in capsys.readouterr().out
