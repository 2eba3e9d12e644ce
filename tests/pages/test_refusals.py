"""Where the server has nothing to give it says so in Indonesian, whatever went wrong."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message

from geo.boundaries import indicative_boundaries
from geo.boundaries.storage import STORED_FILE
from pages.components.maps.geometry import area_layer, layer_url
from pages.server.refusals import REFUSALS
from pages.server.routes import routes


def _broken(_: Request) -> Response:
    raise KeyError("x")


def _teapot(_: Request) -> Response:
    raise HTTPException(418)


APP = Starlette(
    routes=[*routes(), Route("/rusak", _broken), Route("/teko", _teapot)],
    exception_handlers=dict(REFUSALS),
)


def answered(path: str, method: str = "GET") -> tuple[int, str]:
    """Ask the routes as the server does; returns status and text."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "headers": [],
        "query_string": b"", "root_path": "", "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    # Starlette raises what was none of its refusals again, for the log.
    with suppress(KeyError):
        asyncio.run(APP(scope, receive, send))
    status = sent[0]["status"]
    body = b"".join(message.get("body", b"") for message in sent)
    return status, body.decode() if status >= 400 else ""


@pytest.mark.parametrize(
    ("path", "method", "status", "said"),
    [
        ("/aset/tidak-ada.js", "GET", 404, "Tidak ada apa pun di alamat ini"),
        ("/peta/desa-0.json", "GET", 404, "Tidak ada apa pun di alamat ini"),
        ("/peta/negara.json", "GET", 404, "Tidak ada apa pun di alamat ini"),
        ("/leaflet/tidak-ada.js", "GET", 404, "Tidak ada apa pun di alamat ini"),
        ("/lain", "GET", 404, "Tidak ada apa pun di alamat ini"),
        ("/sehat", "POST", 405, "cara permintaan ini tidak diterima"),
        ("/peta/desa-0.json", "DELETE", 405, "cara permintaan ini tidak diterima"),
        ("/leaflet/leaflet.js", "POST", 405, "cara permintaan ini tidak diterima"),
        ("/rusak", "GET", 500, "kesalahan program"),
        ("/teko", "GET", 418, "tidak dapat memenuhi permintaan ini"),
    ],
)
def test_a_refusal_is_a_sentence(
    path: str, method: str, status: int, said: str, sample_environment: Path
) -> None:
    assert answered(path, method)[0] == status
    assert said in answered(path, method)[1]


def test_a_map_is_refused_in_a_sentence_while_settings_are_wrong(
    sample_environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PANTAU_TODAY", "kemarin")
    status, said = answered("/peta/desa-0.json")
    assert (status, said) == (503, "Server belum dapat menjawab. Coba lagi sebentar lagi.")


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
