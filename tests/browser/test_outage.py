"""What happens to the database behind an open page costs its reader neither page nor filter.

One page stays open through every mishap of a module's server and is never loaded again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data_access.sample.life import make_sample
from data_access.settings import current_settings
from data_access.store import open_store
from pages.components.texts import common
from scripts.serve import running_server
from tests.browser.conftest import TODAY, Visitor, visitor_for
from tests.postgres import StoppableServer, stoppable

LINK = "/kunjungan?periode=program&kec=36.04.12"
SAID = "Kecamatan Pontang, semua desa"


@dataclass(frozen=True)
class Reader:
    """A page that is open, and what it showed when all was well."""

    visitor: Visitor
    figures: str

    def ask_again(self) -> None:
        """Run the page anew, as any click does."""
        self.visitor.page.keyboard.press("r")
        self.visitor.page.wait_for_timeout(300)
        self.visitor.settle()

    def is_told(self) -> bool:
        """Say whether the page says that its data cannot be read."""
        text = self.visitor.page.locator("[data-testid=stApp]").inner_text()
        assert "kesalahan program" not in text
        assert "Traceback" not in text
        is_told = common.OUTAGE in text
        # Nothing from before stands beside the sentence as if it held now.
        assert not is_told or self.visitor.page.locator("footer.foot").count() == 0
        return is_told

    def expect_recovery(self, figures: str | None = None) -> None:
        """Wait until the page, untouched, shows figures: those of before if none are named."""
        page = self.visitor.page
        expect(page.locator("footer.foot")).to_be_visible()
        expect(page.get_by_text(common.OUTAGE)).to_have_count(0)
        expect(page.locator("h1")).to_have_text(figures or self.figures)
        expect(page.locator(".filter-caption")).to_contain_text(SAID)
        assert "periode=program&kec=36.04.12" in page.url
        assert page.evaluate("window.isNeverReloaded") is True


def reader_of(visitor: Visitor) -> Reader:
    visitor.open(LINK)
    visitor.page.evaluate("window.isNeverReloaded = true")
    return Reader(visitor, visitor.page.locator("h1").inner_text())


# --- a file --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class File:
    """The file of a running dashboard, a copy of it, and one of another day with fewer visits."""

    path: Path
    copy: Path
    other: Path

    def put_back(self) -> None:
        """Restore the copy as an administrator does: another file under the same name."""
        fresh = self.path.with_suffix(".pulih")
        shutil.copy(self.copy, fresh)
        self.forget_journal()
        fresh.replace(self.path)

    def forget_journal(self) -> None:
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)


@pytest.fixture(scope="module")
def shown(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Reader, File]]:
    folder = tmp_path_factory.mktemp("berkas")
    file = File(folder / "data" / "pantau.sqlite", folder / "salinan", folder / "lain")
    with running_server(file.path.parent, {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "1"}) as server:
        visitor = visitor_for(browser, server)
        reader = reader_of(visitor)
        for copy in (file.copy, file.other):
            with closing(sqlite3.connect(file.path)) as database:
                database.execute("VACUUM INTO ?", [str(copy)])
        with closing(sqlite3.connect(file.other)) as database, database:
            database.execute("DELETE FROM visits")
            database.execute("UPDATE meta SET value = 'lain' WHERE key = 'store_id'")
        yield reader, file
        visitor.page.context.close()


def _remove(file: File) -> None:
    file.path.unlink()


def _cut(file: File) -> None:
    with file.path.open("r+b") as stream:
        stream.truncate(file.path.stat().st_size // 2)


def _empty(file: File) -> None:
    file.path.open("wb").close()


def _overwrite(file: File) -> None:
    file.path.write_bytes(b"bukan basis data " * 10_000)


def _replace_by_garbage(file: File) -> None:
    fresh = file.path.with_suffix(".rusak")
    fresh.write_bytes(b"bukan basis data " * 10_000)
    fresh.replace(file.path)


@pytest.mark.parametrize("spoil", [_remove, _cut, _empty, _overwrite, _replace_by_garbage])
def test_a_spoilt_file_is_told_and_a_restored_one_shown(
    spoil: Callable[[File], None], shown: tuple[Reader, File]
) -> None:
    reader, file = shown
    spoil(file)
    reader.ask_again()
    try:
        assert reader.is_told()
        reader.ask_again()
        assert reader.is_told()
    finally:
        file.put_back()
    reader.expect_recovery()


def test_another_file_in_its_place_is_shown(shown: tuple[Reader, File]) -> None:
    reader, file = shown
    shutil.copy(file.other, file.path.with_suffix(".lain"))
    file.forget_journal()
    file.path.with_suffix(".lain").replace(file.path)
    reader.ask_again()
    try:
        reader.expect_recovery("Belum ada catatan kunjungan pada September 2023–Oktober 2026.")
    finally:
        file.put_back()
    reader.ask_again()
    reader.expect_recovery()


def test_a_file_that_somebody_writes_to_is_read_all_the_same(shown: tuple[Reader, File]) -> None:
    reader, file = shown
    with closing(sqlite3.connect(file.path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        reader.ask_again()
        reader.expect_recovery()


# --- a database server ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Office:
    """A dashboard on a database server, with two pages open: Kunjungan, and a file being read."""

    database: StoppableServer
    reader: Reader
    importer: Visitor
    url: str

    def expect_health(self, expected: tuple[int, str]) -> None:
        """Wait until whoever watches is told so: an answer is kept for a second."""
        until = time.monotonic() + 10
        while (told := self._health()) != expected and time.monotonic() < until:
            time.sleep(0.2)
        assert told == expected

    def _health(self) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"{self.url}/sehat", timeout=5) as answer:
                return answer.status, json.load(answer)["status"]
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)["status"]


VISITS = "Tanggal kunjungan,Kecamatan,Desa,Petugas,Hasil\n2026-09-01,Pontang,Pontang,A,nihil\n"


@pytest.fixture(scope="module")
def office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with stoppable(tmp_path_factory.mktemp("pg")) as database:
        environ = {"PANTAU_TODAY": TODAY, "PANTAU_DATABASE_URL": database.address}
        settings = current_settings(environ)
        store = open_store(settings)
        make_sample(store, settings.today)
        store.close()
        database.stop()
        # The dashboard starts before its database does.
        with running_server(tmp_path_factory.mktemp("kantor"), environ) as server:
            visitor, importer = visitor_for(browser, server), visitor_for(browser, server)
            visitor.page.goto(f"{server.url}{LINK}")
            expect(visitor.page.get_by_text(common.OUTAGE)).to_be_visible()
            database.start()
            visitor.wait()
            visitor.page.evaluate("window.isNeverReloaded = true")
            reader = Reader(visitor, visitor.page.locator("h1").inner_text())
            importer.open("/data?bagian=berkas")
            importer.page.locator("input[type=file]").set_input_files(
                {"name": "kunjungan.csv", "mimeType": "text/csv", "buffer": VISITS.encode()}
            )
            expect(importer.page.get_by_text("Periksa berkas")).to_be_visible()
            yield Office(database, reader, importer, server.url)
            for one in (visitor, importer):
                one.page.context.close()


@pytest.mark.parametrize("end", [StoppableServer.stop, StoppableServer.kill])
def test_a_database_that_stops_and_comes_back_costs_nothing(
    end: Callable[[StoppableServer], None], office: Office
) -> None:
    reader, importer = office.reader, Reader(office.importer, "")
    office.expect_health((200, "ok"))
    end(office.database)
    try:
        for one in (reader, importer):
            one.ask_again()
            assert one.is_told()
        office.expect_health((503, "terganggu"))
        page = reader.visitor.page
        page.get_by_role("link", name="Sosialisasi").click()
        expect(page).to_have_url(f"{office.url}/sosialisasi?periode=program&kec=36.04.12")
        assert reader.is_told()
        page.get_by_role("link", name="Kunjungan").click()
        expect(page).to_have_url(f"{office.url}{LINK}")
        assert reader.is_told()
    finally:
        office.database.start()
    reader.expect_recovery()
    importer.visitor.wait()
    assert "bagian=berkas" in importer.visitor.page.url
    for _ in range(2):
        expect(importer.visitor.page.get_by_text("Periksa berkas")).to_be_visible()
        importer.ask_again()
    office.expect_health((200, "ok"))
