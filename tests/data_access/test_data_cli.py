"""The commands as people and scripts run them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

import pytest

from data_access.cli import main
from data_access.schema import TABLES
from data_access.store import Store, open_store
from tests.intake.importing import VISITS, column, imported, visit, visits_file
from tests.payloads import FORMULAS

ROOT = Path(__file__).parents[2]

Run = Callable[..., int]


@pytest.fixture
def run(sample_store: Store) -> Run:
    environment = {"PANTAU_DATA_DIR": str(sample_store.settings.data_dir),
                   "PANTAU_TODAY": "2026-10-31"}  # fmt: skip
    return lambda *arguments: main(arguments, environment)


def started(data_dir: Path, command: str, **options: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {name: value for name, value in os.environ.items() if "PANTAU" not in name}
    environment = {**inherited, "PANTAU_DATA_DIR": str(data_dir), "PANTAU_TODAY": "2026-10-31"}
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("PYTHON", sys.executable)],
        cwd=ROOT, env=environment | options, capture_output=True, check=False,
    )  # fmt: skip


def test_export_on_a_fresh_machine_gives_the_sample(tmp_path: Path) -> None:
    done = started(tmp_path, "PYTHON -m data_access export --table visits")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert done.returncode == 0
    assert list(rows[0]) == [column.name for column in TABLES[2].columns]
    assert len(rows) > 2000


def test_reader_that_stops_early_is_no_error(sample_store: Store) -> None:
    done = started(
        sample_store.settings.data_dir,
        "{ PYTHON -m data_access export --table visits; echo $? >&2; } | head -n 2",
    )
    assert done.stderr.decode().split()[-1] == "0"
    assert b"Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 2


@pytest.mark.parametrize("table", [one.name for one in TABLES])
def test_every_table_can_be_exported(
    run: Run, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    assert run("export", "--table", table) == 0
    header = capsys.readouterr().out.splitlines()[0]
    names = next(one for one in TABLES if one.name == table).columns.keys()
    assert header == ",".join(names)


def test_export_writes_json_to_a_file(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "desa.json"
    assert run("export", "--table", "villages", "--format", "json", "--out", str(out)) == 0
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert len(rows) == 326
    assert rows[0]["is_assisted"] is False


def test_indicators_have_the_promised_columns(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--from", "2025-01", "--to", "2025-06", "--level", "kecamatan", "--scope", "all")
    assert run("indicators", *arguments, "--indicator", "visit_coverage") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert ",".join(rows[0]) == "indicator,code,name,n,N,value,from,to"
    assert len(rows) == 1 + 29
    assert rows[1][:3] == ["visit_coverage", "36.04.05", "Kramatwatu"]


def test_what_does_not_apply_is_empty_in_csv_and_null_in_json(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("--indicator", "reach", "--level", "desa", "--kecamatan", "36.04.12")
    run("indicators", *arguments)
    assert capsys.readouterr().out.splitlines()[1].split(",")[5] == ""
    run("indicators", *arguments, "--format", "json")
    assert json.loads(capsys.readouterr().out)[0]["value"] is None


def test_indicators_for_people_are_indonesian(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("indicators", "--indicator", "visit_coverage", "--format", "text")
    out = capsys.readouterr().out
    assert "DATA CONTOH" in out
    assert "Cakupan kunjungan" in out
    assert " dari 326)" in out


def test_sample_data_is_named_beside_the_output(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("export", "--table", "cases")
    written = capsys.readouterr()
    assert "DATA CONTOH" in written.err
    assert "DATA CONTOH" not in written.out


@pytest.mark.parametrize(("last", "is_said"), [("2026-09", False), ("2026-12", True)])
def test_period_that_reaches_past_the_last_data_says_so(
    run: Run, capsys: pytest.CaptureFixture[str], last: str, is_said: bool
) -> None:
    arguments = ("--indicator", "visits", "--from", "2026-01", "--to", last)
    notice = f"Data sampai 2026-10-31, sebelum akhir periode ({last})."
    run("indicators", *arguments)
    written = capsys.readouterr()
    assert (notice in written.err) is is_said
    assert "Data sampai" not in written.out
    run("indicators", *arguments, "--format", "text")
    assert (notice in capsys.readouterr().out) is is_said


def test_numbers_of_an_empty_store_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["indicators"], {"PANTAU_DATA_DIR": str(tmp_path), "PANTAU_SAMPLE": "0"}) == 0
    assert capsys.readouterr().err == "Belum ada data.\n"


def test_status_says_what_is_there(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("status") == 0
    assert "DATA CONTOH sampai 2026-10-31" in capsys.readouterr().out
    run("status", "--format", "json")
    facts = json.loads(capsys.readouterr().out)
    assert facts["is_sample"] is True
    assert facts["rows"]["villages"] == 326
    assert facts["last"]["visits"] <= "2026-10-31"


def test_status_of_an_empty_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"], {"PANTAU_DATA_DIR": str(tmp_path), "PANTAU_SAMPLE": "0"}) == 0
    assert "belum ada catatan" in capsys.readouterr().out


def test_sample_can_be_made_in_an_empty_store(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {"PANTAU_DATA_DIR": str(tmp_path), "PANTAU_SAMPLE": "0",
                   "PANTAU_TODAY": "2026-10-31"}  # fmt: skip
    assert main(["sample"], environment) == 0
    assert "DATA CONTOH" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("indicators", "--indicator", "kunjungan"), "visit_coverage"),
        (("indicators", "--from", "2025-07", "--to", "2025-06"), "2025-07"),
        (("indicators", "--from", "Juli 2025"), "2025-01"),
        (("indicators", "--kecamatan", "36.04.99"), "36.04.99"),
        (("export", "--table", "desa"), "villages"),
    ],
)
def test_what_does_not_exist_is_wrong_usage(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert run(*arguments) == 2
    written = capsys.readouterr()
    assert said in written.err
    assert written.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "perintah belum ditulis"),
        (("hapus",), "perintah 'hapus' tidak ada; pilihan: "),
        (("indicators", "--level", "provinsi"), "--level 'provinsi' tidak ada; pilihan: "),
        (("indicators", "--from"), "nilai --from belum ditulis"),
        (("export",), "--table belum ditulis"),
        (("status", "--semua"), "--semua tidak dikenal"),
        (("undo", "satu"), "NOMOR 'satu' tidak dapat dibaca"),
        (("indicators", "--f", "x"), "--f dapat berarti --from, --format"),
    ],
)
def test_command_that_is_not_understood_is_wrong_usage(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert f"Perintah tidak dipahami: {said}" in capsys.readouterr().err


def test_file_that_cannot_be_written_is_named(
    run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("export", "--table", "targets", "--out", str(tmp_path / "tidak" / "ada.csv")) == 1
    assert "ada.csv" in capsys.readouterr().err


def test_screen_that_takes_no_text_is_explained(sample_store: Store) -> None:
    done = started(sample_store.settings.data_dir, "PYTHON -m data_access status > /dev/full")
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Keluaran tidak dapat ditulis")


def test_device_is_written_to(sample_store: Store) -> None:
    done = started(
        sample_store.settings.data_dir,
        "PYTHON -m data_access export --table targets --out /dev/stdout | head -n 1",
    )
    assert done.stdout.startswith(b"year,indicator,")


def test_bad_setting_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"], {"PANTAU_TODAY": "kemarin"}) == 1
    assert "PANTAU_TODAY" in capsys.readouterr().err


def test_text_in_a_column_of_numbers_is_named(
    empty_store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with empty_store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE kecamatan SET working_age = 'banyak' WHERE code = '36.04.12'"
        )
    environment = {"PANTAU_DATA_DIR": str(empty_store.settings.data_dir), "PANTAU_SAMPLE": "0"}
    assert main(["indicators"], environment) == 1
    assert "tabel kecamatan, 36.04.12, kolom working_age" in capsys.readouterr().err


# --- what others wrote ----------------------------------------------------------------------


def test_an_export_holds_no_formula_and_is_read_back_as_it_was(
    empty_store: Store, tmp_path: Path
) -> None:
    purposes = sorted(FORMULAS)
    rows = [visit(f"k{place}", place + 1) for place in range(len(purposes))]
    for row, purpose in zip(rows, purposes, strict=True):
        row[VISITS.index("Tujuan")] = purpose
    imported(empty_store, visits_file(*rows))
    environment = {"PANTAU_DATA_DIR": str(empty_store.settings.data_dir)}
    out = tmp_path / "kunjungan.csv"
    assert main(["export", "--table", "visits", "--out", str(out)], environment) == 0
    exported = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
    cells = [cell for row in exported for cell in row.values()]
    assert [cell for cell in cells if cell[:1] in tuple("=+-@＝\t\r") and not is_number(cell)] == []

    for row, line in zip(rows, sorted(exported, key=itemgetter("source_key")), strict=True):
        row[VISITS.index("Tujuan")] = line["purpose"]
    again = replace(empty_store.settings, data_dir=tmp_path / "lagi")
    with closing(open_store(again)) as store:
        imported(store, visits_file(*rows))
        assert column(store, "visits", "purpose") == sorted(purposes, key=repr)


def test_negative_numbers_of_an_export_stay_numbers(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("export", "--table", "visits")
    latitudes = [row["latitude"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert all(map(is_number, filter(None, latitudes)))
    assert any(latitude.startswith("-6") for latitude in latitudes)


def test_what_a_file_says_of_itself_does_not_steer_the_terminal(
    empty_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = {"PANTAU_DATA_DIR": str(empty_store.settings.data_dir)}
    path = tmp_path / "rekap\u202e\x1b[31m.csv"
    path.write_bytes(visits_file(visit("k1", desa="At\u009blantis\u202e", outcome="\x1b[31mentah")))
    main(["import", str(path)], environment)
    main(["imports"], environment)
    said = capsys.readouterr()
    assert "rekap" in said.out
    assert {sign for sign in said.out + said.err if not sign.isprintable()} == {"\n"}


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
