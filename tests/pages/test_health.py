"""Whoever watches the server learns in time whether pages can read their data, and nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from starlette.requests import Request

from data_access.settings import current_settings
from pages.components.context import open_data
from pages.server import health
from pages.server.health import Watch, store_problem
from tests.coroutines import finished


def answered() -> tuple[int, object]:
    """Return status and content of an answer."""
    answer = finished(health.health(Request({"type": "http"})))
    return answer.status_code, json.loads(bytes(answer.body))


@pytest.fixture(autouse=True)
def fresh_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test hear the answer that another one was given a moment ago."""
    monkeypatch.setattr(health, "_watch", Watch(store_problem))


def test_a_healthy_server_says_ok(sample_environment: Path) -> None:
    open_data(current_settings())
    assert answered() == (200, {"status": "ok"})


def test_a_store_that_was_open_and_is_gone_is_told(sample_environment: Path) -> None:
    open_data(current_settings())
    (sample_environment / "pantau.sqlite").unlink()
    assert answered() == (503, {"status": "terganggu", "alasan": health.UNREADABLE})


def _nothing(folder: Path) -> None:
    """Leave the folder as it is: nobody has made a store yet."""


def _empty(folder: Path) -> None:
    (folder / "pantau.sqlite").touch()


def _no_database(folder: Path) -> None:
    (folder / "pantau.sqlite").write_text("bukan basis data" * 500)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [(_nothing, health.UNREADABLE), (_empty, health.DAMAGED), (_no_database, health.DAMAGED)],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    spoil: Callable[[Path], None], told: str, sample_environment: Path
) -> None:
    spoil(sample_environment)
    before = sorted(sample_environment.iterdir())
    assert store_problem() == told
    assert sorted(sample_environment.iterdir()) == before


def test_a_server_that_is_away_is_told_without_its_address(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "postgresql://petugas:rahasia@127.0.0.1:1/pantau"
    monkeypatch.setenv("PANTAU_DATABASE_URL", secret)
    assert answered() == (503, {"status": "terganggu", "alasan": health.UNREADABLE})


def test_a_setting_that_cannot_be_used_is_told(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_OVERDUE_DAYS", "banyak")
    assert store_problem() == health.WRONG_SETTINGS


def test_one_question_answers_all_who_ask_at_once_or_soon_after() -> None:
    asked: list[str] = []

    def question() -> str:
        asked.append("")
        return ""

    watch = Watch(question)

    async def many() -> list[str]:
        return await asyncio.gather(*(watch.problem() for _ in range(50)))

    assert finished(many()) == [""] * 50
    assert finished(many()) == [""] * 50
    assert len(asked) == 1


def test_a_question_without_an_answer_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "ANSWER_SECONDS", 0.05)
    release = Event()
    asked: list[bool] = []

    def question() -> str:
        asked.append(release.wait(30))
        return ""

    watch = Watch(question)
    for _ in range(3):
        assert finished(watch.problem()) == health.NO_ANSWER
    assert asked == []
    release.set()
    assert finished(watch.problem()) == ""
    assert len(asked) == 1
