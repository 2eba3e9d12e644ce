"""A table is read and checked by a process with limits, and what comes back is only data."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from data_access.intake import steps
from data_access.intake.files.errors import (
    HeaderNotFoundError,
    ReaderBusyError,
    ReaderStoppedError,
    SourceMissingError,
)
from data_access.intake.limited import server
from data_access.intake.limited.answers import read_answer, write_answer
from data_access.intake.limited.crossing import NotExpectedError, encode
from data_access.intake.limited.file import LimitedFile
from data_access.intake.limited.server import SERVER
from data_access.intake.questions import Answers
from data_access.intake.steps import Understood
from data_access.intake.writing.preview import Checked
from data_access.settings import Settings
from tests.intake.importing import SESSIONS, TODAY, VISITS, visit, visits_file, workbook

SETTINGS = Settings(today=TODAY)
UNSURE = Answers([("Hasil", "outcome")])


def visits(*rows: list[object]) -> bytes:
    return visits_file(*(rows or (visit("k1"), visit("k2", outcome="entah"), visit("k3", 9))))


def both_tables() -> bytes:
    session = ["s1", "01/03/2025", "Tirtayasa", "Lontar, Tengkurak", "TPPO", "warga", 4, 5]
    return workbook(
        Kunjungan=[VISITS, visit("k1"), visit("k2", desa="Lontarr")],
        Sosialisasi=[SESSIONS, session],
    )


def hard_file(rows: int = 400) -> bytes:
    """Texts of the longest kind where a short word belongs: it takes far longer than a second."""
    return visits_file(*(visit(f"k{n}", outcome=f"Lontar {n} 12/03/2025, desa " * 900)
                         for n in range(rows)))  # fmt: skip


def tree() -> list[psutil.Process]:
    """The processes that this one has started, and theirs."""
    return psutil.Process().children(recursive=True)


def workers() -> list[psutil.Process]:
    """The workers of the server that are alive."""
    found = [one for one in tree() if "limited" in " ".join(one.cmdline())]
    return [one for one in found if one.ppid() != os.getpid()]


# --- the same results ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"), [(visits(), "rekap.csv"), (both_tables(), "rekap.xlsx")]
)
def test_a_worker_finds_what_the_steps_find(content: bytes, name: str) -> None:
    here = steps.understand(content, name, SETTINGS)
    there = LimitedFile(content, name)
    understood = there.understand(SETTINGS)
    assert understood.proposal() == here.proposal()
    assert (understood.notes, understood.questions) == (here.notes, here.questions)
    checked, found = steps.check(here), there.check()
    assert found.sheets == checked.sheets
    assert (found.notes, found.questions) == (checked.notes, checked.questions)


def test_answers_are_taken_over() -> None:
    content = workbook(Data=[[*VISITS[:-1], "Catatan lain"], visit("k1")])
    here = steps.answer(steps.understand(content, "rekap.xlsx", SETTINGS), UNSURE)
    there = LimitedFile(content, "rekap.xlsx")
    understood = there.answer(there.understand(SETTINGS), UNSURE)
    assert understood.answers.pairs() == here.answers.pairs()
    assert understood.proposal() == here.proposal()


def test_rows_stay_where_they_were_read() -> None:
    understood = LimitedFile(visits(), "rekap.csv").understand(SETTINGS)
    (one,) = understood.sheets
    assert (one.sheet.rows, one.rows) == ((), 3)
    assert all(sheet.rows == () for sheet in understood.source.sheets)


def test_columns_are_proposed_for_another_table() -> None:
    file = LimitedFile(visits(), "rekap.csv")
    file.understand(SETTINGS)
    assert file.propose("rekap.csv", "cases").table == "cases"


def test_refusals_keep_their_facts(tmp_path: Path) -> None:
    with pytest.raises(HeaderNotFoundError, match=r"rekap\.csv"):
        LimitedFile(b"a;b\n1;2\n3;4\n", "rekap.csv").understand(SETTINGS)
    with pytest.raises(SourceMissingError, match=r"tidak-ada\.csv"):
        LimitedFile(tmp_path / "tidak-ada.csv").understand(SETTINGS)


def test_progress_is_passed_on() -> None:
    moved: list[tuple[int, int, str]] = []
    file = LimitedFile(visits(), "rekap.csv")
    file.understand(SETTINGS, progress=lambda *one: moved.append(one))
    file.check(progress=lambda *one: moved.append(one))
    assert moved[-1] == (3, 3, "Memeriksa baris")


def test_nothing_is_left_of_a_file_that_is_let_go() -> None:
    file = LimitedFile(visits(), "rekap.csv")
    file.understand(SETTINGS)
    folder = file.folder
    assert folder.is_dir()
    del file
    assert not folder.exists()


# --- limits ----------------------------------------------------------------------------------


def test_a_table_that_takes_too_long_is_refused_and_its_worker_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(server, "SECONDS", 1)
    most: list[int] = []

    def look(*_: object) -> None:
        ours = [psutil.Process(), *tree()]
        most.append(sum(one.memory_info().rss for one in ours if one.is_running()))

    with pytest.raises(ReaderStoppedError, match=r"terlalu lama.*bagi menjadi beberapa berkas"):
        LimitedFile(hard_file(), "berat.csv").understand(SETTINGS, progress=look)
    assert workers() == []
    assert max(most) < 1024**3


def test_the_next_file_is_read_after_one_was_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as short, pytest.raises(ReaderStoppedError):
        short.setattr(server, "SECONDS", 1)
        LimitedFile(hard_file(), "berat.csv").understand(SETTINGS)
    assert LimitedFile(visits(), "rekap.csv").understand(SETTINGS).sheets[0].rows == 3


def test_a_worker_cannot_take_more_than_its_share() -> None:
    program = """if True:
        import resource
        from data_access.intake.limited import limits
        limits.limit_resources()
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] == limits.PROCESSOR_SECONDS
        assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == limits.OUTPUT_BYTES
        held = bytearray(limits.MEMORY_BYTES)
    """
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.stderr.strip().endswith("MemoryError")


def test_a_person_who_leaves_ends_the_worker() -> None:
    class GoneError(Exception):
        pass

    def leave(*_: object) -> None:
        if workers():
            raise GoneError

    with pytest.raises(GoneError):
        LimitedFile(hard_file(), "berat.csv").understand(SETTINGS, progress=leave)
    assert workers() == []
    assert LimitedFile(visits(), "rekap.csv").understand(SETTINGS).sheets[0].rows == 3


def test_a_file_waits_for_its_turn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "SECONDS", 0.3)
    said: list[str] = []
    with SERVER.turn, pytest.raises(ReaderBusyError, match=r"rekap\.csv"):
        LimitedFile(visits(), "rekap.csv").understand(
            SETTINGS, progress=lambda _, __, words: said.append(words)
        )
    assert set(said) == {"Menunggu berkas lain selesai dibaca"}


def test_a_server_that_is_gone_is_started_again() -> None:
    file = LimitedFile(visits(), "rekap.csv")
    file.understand(SETTINGS)
    (waiting,) = [one for one in tree() if "limited" in " ".join(one.cmdline())]
    waiting.kill()
    waiting.wait()
    assert len(file.check().sheets) == 1


def test_the_server_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PANTAU_DATABASE_URL", "postgresql://pantau:sandi@server/pantau")
    SERVER.close()
    LimitedFile(visits(), "rekap.csv").understand(SETTINGS)
    (waiting,) = [one for one in tree() if "limited" in " ".join(one.cmdline())]
    assert "PANTAU_DATABASE_URL" not in waiting.environ()


# --- what comes back -------------------------------------------------------------------------


def _checked() -> Checked:
    understood: Understood = steps.understand(visits(), "rekap.csv", SETTINGS)
    return steps.check(understood)


Tamper = Callable[[list[str]], list[str]]


def _changed(change: Callable[[dict[str, object]], object]) -> Tamper:
    def tamper(lines: list[str]) -> list[str]:
        first = json.loads(lines[0])
        change(first["check"])
        return [json.dumps(first), *lines[1:]]

    return tamper


@pytest.mark.parametrize(
    "tamper",
    [
        lambda _: [],
        lambda lines: lines[:-1],
        lambda lines: ["[]", *lines[1:]],
        lambda _: ['{"refused": "SystemExit", "facts": {}}'],
        lambda _: ['{"refused": "SourceMissingError", "facts": {"name": 5}}'],
        lambda lines: [*lines[:-1], '["k1",2,[],{"class":"Path"}]'],
        lambda lines: [*lines[:-1], lines[-1].replace('"k3"', "3")],
        _changed(lambda found: found.update(notes="teks")),
        _changed(lambda found: found.update(more=1)),
        _changed(lambda found: found["sheets"][0]["parsed"].update(table="audit_log")),  # type: ignore[index]
        _changed(lambda found: found["sheets"][0].update(rejected=True)),  # type: ignore[index]
    ],
)
def test_an_answer_of_another_kind_is_not_taken(tmp_path: Path, tamper: Tamper) -> None:
    path = tmp_path / "answer.jsonl"
    write_answer(path, "check", _checked())
    path.write_text("\n".join(tamper(path.read_text().splitlines())), encoding="utf-8")
    with pytest.raises(NotExpectedError):
        read_answer(path, "check", Checked)


def test_a_value_of_no_known_kind_does_not_cross() -> None:
    with pytest.raises(TypeError, match="may not cross"):
        encode(object())
