"""Files that commands write: whole or not at all, and never in the place of another."""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data_access.cli import main
from data_access.output import write_new, write_numbered
from data_access.settings import Settings
from data_access.store import FILE_NAME, Store
from geo.boundaries.storage import CACHE_DIR, STORED_FILE
from geo.errors import OutputExistsError, OutputReservedError, OutputUnwritableError
from geo.matching import ALIAS_FILE
from tests.intake.importing import visit, visits_file

Run = Callable[..., int]

WRITING = [
    ("export", "--table", "targets", "--out"),
    ("indicators", "--indicator", "visits", "--out"),
    ("template", "visits", "--out"),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def run(empty_store: Store) -> Run:
    environment = {
        "PANTAU_DATA_DIR": str(empty_store.settings.data_dir),
        "PANTAU_TODAY": "2026-10-31",
        "PANTAU_SAMPLE": "0",
    }
    return lambda *arguments: main([str(one) for one in arguments], environment)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder for what is written."""
    folder = tmp_path / "hasil"
    folder.mkdir()
    return folder


def a_file(place: Path, database: Path) -> Path:
    path = place / "laporan.csv"
    path.write_text("milik orang lain")
    return path


def the_database(place: Path, database: Path) -> Path:
    return database


def a_link_to_the_database(place: Path, database: Path) -> Path:
    path = place / "tautan.csv"
    path.symlink_to(database)
    return path


def a_second_name_of_the_database(place: Path, database: Path) -> Path:
    path = place / "nama-kedua.csv"
    path.hardlink_to(database)
    return path


def a_link_to_nowhere(place: Path, database: Path) -> Path:
    path = place / "putus.csv"
    path.symlink_to(place / "tiada.csv")
    return path


def a_folder(place: Path, database: Path) -> Path:
    path = place / "folder"
    path.mkdir()
    return path


TAKEN = [
    a_file,
    the_database,
    a_link_to_the_database,
    a_second_name_of_the_database,
    a_link_to_nowhere,
    a_folder,
]


@pytest.mark.parametrize("taken", TAKEN, ids=lambda taken: taken.__name__)
@pytest.mark.parametrize("command", WRITING, ids=lambda command: command[0])
def test_a_name_that_is_taken_is_refused(
    run: Run,
    empty_store: Store,
    place: Path,
    command: tuple[str, ...],
    taken: Callable[[Path, Path], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    database = empty_store.settings.data_dir / FILE_NAME
    # The first command prepares the store; from then on nothing is written into it.
    run("status")
    target = taken(place, database)
    before = (sorted(place.iterdir()), database.read_bytes(), target.is_symlink())
    content = target.read_bytes() if target.is_file() else b""
    assert run(*command, target) == 1
    told = capsys.readouterr().err
    assert f"{target} sudah ada dan tidak ditimpa." in told or f"{target} adalah nama milik" in told
    assert (sorted(place.iterdir()), database.read_bytes(), target.is_symlink()) == before
    assert content == (target.read_bytes() if target.is_file() else b"")


@pytest.mark.parametrize(
    "name",
    [
        FILE_NAME,
        f"{FILE_NAME}-wal",
        f"{FILE_NAME.upper()}-JOURNAL",
        ALIAS_FILE,
        STORED_FILE,
        CACHE_DIR,
        "intake_profiles.json",
        "../.streamlit/secrets.toml",
    ],
)
def test_a_name_of_the_program_itself_is_refused(
    settings: Settings, name: str, tmp_path: Path
) -> None:
    settings.data_dir.mkdir()
    (tmp_path / ".streamlit").mkdir()
    for write in (write_new, write_numbered):
        with pytest.raises(OutputReservedError, match="milik program ini"):
            write(settings.data_dir / name, b"x", settings)
    assert list(settings.data_dir.iterdir()) == []


def test_other_names_in_the_data_folder_are_free(settings: Settings) -> None:
    settings.data_dir.mkdir()
    write_new(settings.data_dir / "kunjungan.csv", b"x", settings)
    assert (settings.data_dir / "kunjungan.csv").read_bytes() == b"x"


def test_the_same_content_twice_is_done(run: Run, place: Path) -> None:
    command = ("export", "--table", "villages", "--out", place / "desa.csv")
    assert run(*command) == 0
    first = (place / "desa.csv").stat()
    assert run(*command) == 0
    assert (place / "desa.csv").stat() == first


def test_templates_without_a_name_are_numbered(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    (place / "templat-kunjungan.xlsx").write_bytes(b"sudah diisi")
    assert run("template", "visits") == 0
    assert (place / "templat-kunjungan.xlsx").read_bytes() == b"sudah diisi"
    assert (place / "templat-kunjungan-2.xlsx").is_file()


def test_a_report_follows_no_link(run: Run, place: Path) -> None:
    source = place / "campur.csv"
    source.write_bytes(visits_file(visit("k1"), visit("k2", outcome="entah")))
    (place / "campur.periksa.xlsx").symlink_to(place / "diisi-nanti.xlsx")
    assert run("import", source) == 2
    assert not (place / "diisi-nanti.xlsx").exists()
    assert (place / "campur.periksa-2.xlsx").is_file()


def test_a_report_never_takes_a_name_of_the_database(
    run: Run, empty_store: Store, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = place / "campur.csv"
    source.write_bytes(visits_file(visit("k1"), visit("k2", outcome="entah")))
    empty_store.close()
    journal = empty_store.settings.data_dir / f"{FILE_NAME}-journal"
    assert run("import", source, "--report", journal) == 2
    assert "milik program ini" in capsys.readouterr().out
    assert not journal.exists()


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """Run the same work in so many threads at the same moment; returns results or errors."""
    start = threading.Barrier(count)

    def one(number: int) -> object:
        start.wait()
        try:
            return work(number)
        except OutputExistsError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_of_many_at_once_one_gets_the_name(settings: Settings, place: Path) -> None:
    path = place / "a.csv"
    contents = [bytes([65 + number]) * 1000 for number in range(8)]
    ended = at_once(8, lambda number: write_new(path, contents[number], settings))
    (winner,) = [number for number, end in enumerate(ended) if end is None]
    assert path.read_bytes() == contents[winner]
    assert list(place.iterdir()) == [path]


def test_many_at_once_get_a_number_each(settings: Settings, place: Path) -> None:
    names = at_once(
        8, lambda number: write_numbered(place / "a.csv", bytes([65 + number]), settings)
    )
    assert len(set(names)) == 8
    held = {path.read_bytes() for path in place.iterdir()}
    assert held == {bytes([65 + number]) for number in range(8)}


def test_a_full_disk_leaves_nothing(settings: Settings, place: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(OutputUnwritableError, match="terlalu besar"):
            write_new(place / "a.csv", b"x" * 100_000, settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("tiada/a.csv", "tidak ada"),
        ("berkas/a.csv", "bukan folder"),
        ("x" * 300, "terlalu panjang"),
        ("/proc/a.csv", "tidak ada"),
    ],
)
def test_a_place_that_takes_no_file_is_told(
    settings: Settings, place: Path, path: str, reason: str
) -> None:
    (place / "berkas").write_text("")
    for write in (write_new, write_numbered):
        with pytest.raises(OutputUnwritableError, match=reason):
            write(place / path, b"x", settings)
    assert [one.name for one in place.iterdir()] == ["berkas"]


@pytest.mark.parametrize("write", [write_new, write_numbered])
def test_a_pipe_that_nobody_reads_is_refused(
    settings: Settings, place: Path, write: Callable[[Path, bytes, Settings], object]
) -> None:
    os.mkfifo(place / "pipa")
    with pytest.raises(OutputUnwritableError, match="tidak ada yang membacanya"):
        write(place / "pipa", b"x", settings)


def test_a_pipe_that_is_read_gets_everything(settings: Settings, place: Path) -> None:
    os.mkfifo(place / "pipa")
    content = b"x" * 1_000_000
    reader = os.open(place / "pipa", os.O_RDONLY | os.O_NONBLOCK)
    with ThreadPoolExecutor(1) as pool, os.fdopen(reader, "rb", buffering=0) as stream:
        writing = pool.submit(write_new, place / "pipa", content, settings)
        held = b""
        while not writing.done():
            held += stream.read(65_536) or b""
        writing.result()
        assert held + (stream.read(65_536) or b"") == content
