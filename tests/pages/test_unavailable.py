"""Where our routes have nothing to give they say so in Indonesian."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.types import Message
from streamlit.testing.v1 import AppTest

from data_access.errors import DataError
from geo.boundaries import indicative_boundaries
from geo.boundaries.storage import STORED_FILE
from geo.errors import GeoError
from pages.components.maps.geometry import area_layer, layer_url
from pages.server.answers import tell_problem
from pages.server.routes import routes
from tests.coroutines import finished

APP = Starlette(
    routes=routes(),
    exception_handlers={DataError: tell_problem, GeoError: tell_problem},
)


def answered(path: str) -> tuple[int, str]:
    """Ask the routes as the server does; returns status and text."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": [],
        "query_string": b"", "root_path": "", "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    finished(APP(scope, receive, send))
    status = sent[0]["status"]
    body = b"".join(message.get("body", b"") for message in sent)
    return status, body.decode() if status >= 400 else ""


@pytest.mark.parametrize(
    "path", ["/aset/tidak-ada.js", "/peta/desa-0.json", "/peta/negara.json", "/peta/-.json"]
)
def test_what_is_not_there_is_refused_in_a_sentence(path: str, sample_environment: Path) -> None:
    status, said = answered(path)
    assert status == 404
    assert said.startswith("Tidak ada apa pun di alamat ini.")


def test_a_map_is_refused_in_a_sentence_while_settings_are_wrong(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_TODAY", "kemarin")
    status, said = answered("/peta/desa-0.json")
    assert status == 503
    assert said.startswith("Data atau pengaturan server tidak dapat dibaca sekarang.")


def test_the_map_of_a_damaged_stored_set_is_the_indicative_one(sample_environment: Path) -> None:
    (sample_environment / STORED_FILE).write_bytes(b"PAR1 rusak")
    url = layer_url(area_layer(indicative_boundaries(), "kecamatan"))
    assert answered(url) == (200, "")


def test_asking_for_a_map_makes_no_store(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sample_environment / "batas.geojson").write_text("bukan batas")
    monkeypatch.setenv("PANTAU_BOUNDARIES", str(sample_environment / "batas.geojson"))
    answered("/peta/desa-0.json")
    assert not list(sample_environment.glob("*.sqlite*"))


def test_a_page_says_which_setting_is_wrong(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_TODAY", "kemarin")
    shown = AppTest.from_function(_show_wrong_setting).run()
    assert not shown.exception
    (problem,) = shown.error
    assert "PANTAU_TODAY bernilai “kemarin”" in problem.value


def _show_wrong_setting() -> None:
    from data_access.errors import SettingError
    from data_access.settings import current_settings
    from pages.server.errors import show_script_error

    try:
        current_settings()
    except SettingError as error:
        show_script_error(error)
