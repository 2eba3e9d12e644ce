"""Who may ask the server: its own pages, and people who type its address or follow a link."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.types import Scope

from pages.server.served import Served

HERE = "127.0.0.1:8501"
OFFICE = Served(("https://pantau.kantor.go.id", "http://10.1.2.3:8080"))
OTHER_HOST = "bukan alamat dasbor ini"
OTHER_PAGE = "Halaman lain"


def request(path: str = "/peta/x.json", *, host: str = HERE, port: int = 8501, kind: str = "http",
            scheme: str = "http", **headers: str) -> Scope:  # fmt: skip
    lines = {"host": host, **{name.replace("_", "-"): text for name, text in headers.items()}}
    return {
        "type": kind,
        "method": "GET",
        "scheme": scheme,
        "path": path,
        "server": ("127.0.0.1", port),
        "headers": [(name.encode(), text.encode()) for name, text in lines.items()],
    }


@pytest.mark.parametrize("host", [HERE, "localhost:8501", "LOCALHOST:8501", "[::1]:8501"])
def test_this_machine_is_served_by_each_of_its_names(host: str) -> None:
    assert Served().refusal(request(host=host)) == ""


@pytest.mark.parametrize(
    "host",
    ["jahat.example:8501", "127.0.0.1:8502", "localhost", "127.0.0.1.jahat.example:8501", "",
     "pantau.kantor.go.id", "127.0.0.1:8501@jahat.example"],
)  # fmt: skip
def test_another_host_is_refused_with_the_remedy(host: str) -> None:
    told = Served().refusal(request(host=host))
    assert OTHER_HOST in told
    assert "http://127.0.0.1:8501" in told
    assert "PANTAU_ADDRESS" in told


def test_a_request_with_two_hosts_is_refused() -> None:
    scope = request()
    scope["headers"].append((b"host", b"jahat.example"))
    assert OTHER_HOST in Served().refusal(scope)


@pytest.mark.parametrize(
    "host", ["pantau.kantor.go.id", "pantau.kantor.go.id:443", "10.1.2.3:8080", HERE]
)
def test_the_office_s_addresses_are_served_too(host: str) -> None:
    assert OFFICE.refusal(request(host=host)) == ""


@pytest.mark.parametrize("host", ["10.1.2.3", "10.1.2.3:8501", "lain.kantor.go.id"])
def test_what_the_office_did_not_name_is_not_served(host: str) -> None:
    assert OTHER_HOST in OFFICE.refusal(request(host=host))


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "origin",
    ["http://jahat.example", "http://127.0.0.1:9999", "http://127.0.0.1", "http://localhost:8501",
     "https://127.0.0.1:8501", "null", "", "http://127.0.0.1:8501.jahat.example"],
)  # fmt: skip
def test_a_page_from_elsewhere_is_refused(origin: str, kind: str) -> None:
    scheme = {"http": "http", "websocket": "ws"}[kind]
    assert OTHER_PAGE in Served().refusal(request(kind=kind, scheme=scheme, origin=origin))


@pytest.mark.parametrize(
    ("host", "scheme", "origin"),
    [
        (HERE, "ws", "http://127.0.0.1:8501"),
        ("localhost:8501", "http", "http://localhost:8501"),
        # A proxy that ends TLS, with the browser's Host and with its own.
        ("pantau.kantor.go.id", "wss", "https://pantau.kantor.go.id"),
        (HERE, "ws", "https://pantau.kantor.go.id"),
    ],
)
def test_a_page_of_the_dashboard_is_answered(host: str, scheme: str, origin: str) -> None:
    kind = "websocket" if scheme in ("ws", "wss") else "http"
    asked = request(
        host=host, scheme=scheme, kind=kind, origin=origin, sec_fetch_site="same-origin"
    )
    assert OFFICE.refusal(asked) == ""


def test_at_the_usual_port_no_port_is_written() -> None:
    asked = request(host="localhost", port=80, origin="http://localhost")
    assert Served().refusal(asked) == ""


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("path", ["/", "/kasus", "/peta/x.json", "/media/x", "/_stcore/health"])
def test_a_part_loaded_by_another_page_is_refused(path: str, site: str) -> None:
    asked = request(path, sec_fetch_site=site, sec_fetch_mode="no-cors", sec_fetch_dest="image")
    assert OTHER_PAGE in Served().refusal(asked)


LINK: dict[str, Any] = {
    "sec_fetch_site": "cross-site",
    "sec_fetch_mode": "navigate",
    "sec_fetch_dest": "document",
}


@pytest.mark.parametrize("path", ["/", "/kasus"])
def test_a_link_in_a_mail_leads_to_a_page(path: str) -> None:
    assert Served().refusal(request(path, **LINK)) == ""


@pytest.mark.parametrize("path", ["/media/x.xlsx", "/peta/x.json", "/_stcore/health"])
def test_a_link_leads_to_pages_only(path: str) -> None:
    assert OTHER_PAGE in Served().refusal(request(path, **LINK))


def test_a_page_is_not_framed_by_another() -> None:
    assert OTHER_PAGE in Served().refusal(request("/", **{**LINK, "sec_fetch_dest": "iframe"}))
