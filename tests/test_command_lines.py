"""No argument, terminal or interruption ends a command in a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from data_access.cli import main as data_access
from data_access.settings import Settings
from data_access.store import FILE_NAME, Store, open_store
from geo import command_line
from geo.boundaries import inspecting
from geo.boundaries.reading import inspect_here
from geo.cli import main as geo
from tests.conftest import ROOT
from tests.intake.importing import column, visit, visits_file

Main = Callable[..., int]

# Far more than any of these commands needs; a pipe without a writer would wait for ever.
_SECONDS = 300

# "@" stands for the odd argument, "FILE" for a table with a row that is refused.
COMMANDS: tuple[tuple[Main, str], ...] = (
    (data_access, "export --table @"),
    (data_access, "export --table targets --out @"),
    (data_access, "indicators --indicator visits --from @ --to 9999-12"),
    (data_access, "indicators --indicator visits --from 0001-01 --to @"),
    (data_access, "indicators --indicator visits --until @"),
    (data_access, "indicators --kecamatan @ --indicator @"),
    (data_access, "move --to @"),
    (data_access, "move --to postgresql://@:1/x"),
    (data_access, "import @ --dry-run"),
    (data_access, "import @ FILE --dry-run --format json --report @"),
    (data_access, "import FILE --table @ --dry-run"),
    (data_access, "import FILE --profile @ --dry-run"),
    (data_access, "import FILE --answer @ --dry-run"),
    (data_access, "import FILE --answer Hasil=@ --dry-run --report @"),
    (data_access, "import FILE --accept-valid --actor @"),
    (data_access, "undo @"),
    (data_access, "forget @ --actor @"),
    (data_access, "template @"),
    (data_access, "template visits --out @"),
    (data_access, "clear-sample --actor @"),
    (data_access, "status --format @"),
    (data_access, "@"),
    (geo, "check @"),
    (geo, "check FILE --crs @ --format json"),
    (geo, "use @"),
    (geo, "match @"),
    (geo, "remember @ 36.04.12"),
    (geo, "remember --kecamatan @ x @"),
    (geo, "@"),
)


@pytest.fixture
def odd(tmp_path: Path) -> Mapping[str, str]:
    """Arguments that nobody means."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "kosong.csv").write_text("")
    os.mkfifo(tmp_path / "pipa")
    return {
        "missing": str(tmp_path / "tiada.csv"),
        "folder": str(tmp_path / "folder"),
        "pipe": str(tmp_path / "pipa"),
        "device": "/dev/null",
        "memory": "/proc/self/mem",
        "below a file": str(tmp_path / "kosong.csv" / "x.csv"),
        "empty": "",
        "nul": "a\0b.csv",
        "no text": os.fsdecode(b"\xff\xfe.csv"),
        "half a sign": "\ud800",
        "long": "x" * 300 + ".csv",
        "digits": "9" * 400,
        "number": "99999999999999999999",
        "negative": "-1",
        "exponent": "1e9",
        "dash": "-",
        "dashes": "--",
        "option": "-x.csv",
        "template": "%s{x}%(y)d",
        "control": "a\n\x1b[2J",
        "first day": "0001-01-01",
        "last day": "9999-12-31",
        "no day": "2026-02-30",
        "first month": "0001-01",
        "last month": "9999-12",
        "other digits": "٢٠٢٦-٠١",
    }


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """End what waits for ever."""

    def too_long(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(("main", "command"), COMMANDS, ids=[text for _, text in COMMANDS])
def test_no_argument_ends_in_an_error_of_the_program(
    main: Main,
    command: str,
    odd: Mapping[str, str],
    empty_store: Store,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inspecting, "_inspect", inspect_here)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tabel.csv").write_bytes(visits_file(visit("k1"), visit("k2", outcome="entah")))
    environ = {"PANTAU_DATA_DIR": str(empty_store.settings.data_dir), "PANTAU_TODAY": "2026-10-31"}
    for kind, value in odd.items():
        words = command.replace("FILE", "tabel.csv").split()
        try:
            code = main([word.replace("@", value) for word in words], environ)
        except SystemExit as stopped:
            code = stopped.code
        told = capfd.readouterr()
        assert code in (0, 1, 2), kind
        assert "kesalahan program" not in told.err, (kind, told.err)
        assert code == 0 or told.err or told.out, kind


def test_what_is_the_program_s_own_fault_is_one_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def faulty() -> int:
        raise ZeroDivisionError("3604125207990003")

    assert command_line.run_command(faulty) == 1
    told = capsys.readouterr().err
    assert told.startswith("Perintah ini berhenti karena kesalahan program (ZeroDivisionError di ")
    assert "3604125207990003" not in told


def started(command: str, data_dir: Path, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which PYTHON stands for this Python."""
    inherited = {name: value for name, value in os.environ.items() if "PANTAU" not in name}
    settings = {"PANTAU_DATA_DIR": str(data_dir), "PANTAU_SAMPLE": "0"}
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("PYTHON", sys.executable)],
        cwd=ROOT, env=inherited | settings | environ, capture_output=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "code", "told"),
    [
        ("PYTHON -m data_access status >&- 2>&-", 0, ""),
        ("PYTHON -m geo match TABEL > /dev/full", 1, "Keluaran tidak dapat ditulis"),
    ],
)
def test_output_that_goes_nowhere(tmp_path: Path, command: str, code: int, told: str) -> None:
    table = tmp_path / "tempat.csv"
    table.write_text("kecamatan,desa\n" + "Tirtayasa,Lontar\n" * 5000)
    done = started(command.replace("TABEL", str(table)), tmp_path)
    assert done.returncode == code
    assert done.stderr.decode().startswith(told)
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_a_poor_terminal_gets_a_legible_sentence(tmp_path: Path) -> None:
    done = started(
        "PYTHON -m data_access import ./Ł-tiada.csv",
        tmp_path,
        PYTHONIOENCODING="cp1252",
        LC_ALL="C",
    )
    assert done.returncode == 1
    assert done.stderr == b""
    assert done.stdout.decode().startswith("Ł-tiada.csv\n  ")


def test_ctrl_c_is_one_sentence_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    source = tmp_path / "banyak.csv"
    rows = (visit(f"k{number}", day=number % 28 + 1) for number in range(30_000))
    source.write_bytes(visits_file(*rows, visit("x", outcome="entah")))
    with subprocess.Popen(
        [sys.executable, "-m", "data_access", "import", str(source), "--accept-valid"],
        cwd=ROOT, env={"PANTAU_DATA_DIR": str(tmp_path / "data"), "PANTAU_SAMPLE": "0"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as command:  # fmt: skip
        while command.poll() is None and not (tmp_path / "data" / FILE_NAME).exists():
            time.sleep(0.05)
        command.send_signal(signal.SIGINT)
        out, err = command.communicate()
    assert (command.returncode, out, err) == (130, "", f"{command_line.STOPPED}\n")
    store = open_store(Settings(data_dir=tmp_path / "data"))
    assert column(store, "visits", "source_key") == []
    store.close()
    assert [path.name for path in tmp_path.iterdir() if path.name != "data"] == ["banyak.csv"]
