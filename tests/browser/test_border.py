"""Nobody comes in who should not, every answer is closed, and nobody fills the memory."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from scripts.serve import Server, running_server
from tests.browser.conftest import Visitor, visitor_for
from tests.browser.websocket import Reader, reader

OTHER_HOST = "bukan alamat dasbor ini"
MEGABYTE = 1024 * 1024


class Answer(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(
    server: Server, path: str, method: str = "GET", body: object = None, **headers: str
) -> Answer:
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    lines = {name.replace("_", "-"): text for name, text in headers.items()}
    connection.request(method, path, body, lines)  # type: ignore[arg-type]
    answer = connection.getresponse()
    return Answer(answer.status, answer.headers, answer.read())


def stream(server: Server) -> str:
    """The address of the connection that a page opens."""
    return server.url.replace("http", "ws") + "/_stcore/stream"


# --- who comes in -------------------------------------------------------------------------------

ROUTES = ["/", "/kasus", "/sehat", "/peta/kecamatan-0.json", "/aset/x", "/media/x.xlsx",
          "/leaflet/x", "/static/x", "/component/x/y", "/_stcore/health",
          "/_stcore/host-config"]  # fmt: skip


@pytest.mark.parametrize("path", ROUTES)
def test_another_host_name_reaches_no_route(server: Server, path: str) -> None:
    answer = ask(server, path, Host="jahat.example")
    assert answer.status == 403
    assert OTHER_HOST in answer.body.decode()


@pytest.mark.parametrize("path", ROUTES[2:])
def test_a_page_of_another_port_loads_nothing(server: Server, path: str) -> None:
    assert ask(server, path, Origin="http://127.0.0.1:9").status == 403
    assert ask(server, path, Sec_Fetch_Site="same-site").status == 403


@pytest.mark.parametrize("origin", ["http://127.0.0.1:9", "http://localhost:9", "https://jahat.id"])
def test_a_page_from_elsewhere_opens_no_connection(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        connect(stream(server), origin=Origin(origin))


def test_the_dashboard_s_own_page_opens_a_connection(server: Server) -> None:
    with connect(stream(server), origin=Origin(server.url)):
        pass


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/openapi.json",
     "/_stcore/agent/mcp", "/auth/login", "/auth/logout", "/oauth2callback"],
)  # fmt: skip
def test_what_no_page_asks_for_is_closed(server: Server, path: str) -> None:
    assert ask(server, path).status == 404


def test_no_other_page_may_steer_the_dashboard(server: Server) -> None:
    assert json.loads(ask(server, "/_stcore/host-config").body)["allowedOrigins"] == []


STRANGER = """<script>
const tell = (text) => document.body.append(text + " ");
onload = async () => {
  for (const path of ["/sehat", "/_stcore/health"]) {
    const asked = fetch(`${TARGET}${path}`, {mode: "no-cors"});
    await asked.then(() => tell("dibaca"), () => tell("tertutup"));
  }
  const socket = new WebSocket(`${TARGET.replace("http", "ws")}/_stcore/stream`);
  socket.onopen = () => tell("tersambung");
  socket.onerror = () => tell("ditolak");
};
</script><body></body>"""


@contextmanager
def stranger(folder: Path, target: str) -> Iterator[str]:
    """Serve a page of another program on this machine that reaches for the dashboard."""
    page = f"<script>const TARGET = {target!r}</script>{STRANGER}"
    (folder / "index.html").write_text(page, encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}"
        other.shutdown()


def test_another_program_s_page_is_kept_out_in_the_browser(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = browser.new_page()
    with stranger(tmp_path, server.url) as address:
        page.goto(address)
        expect(page.locator("body")).to_have_text("tertutup tertutup ditolak")
    page.close()


@pytest.fixture(scope="module")
def office_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A dashboard without records behind the proxy of an office; it soon forgets closed tabs."""
    settings = {
        "PANTAU_SAMPLE": "0",
        "PANTAU_ADDRESS": "https://pantau.kantor.go.id",
        "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "35",
    }
    with running_server(tmp_path_factory.mktemp("office"), settings) as running:
        yield running


def test_the_office_s_address_is_served(office_server: Server) -> None:
    office = {"Host": "pantau.kantor.go.id", "Origin": "https://pantau.kantor.go.id"}
    assert ask(office_server, "/sehat", **office).status == 200
    assert ask(office_server, "/sehat", Host="jahat.kantor.go.id").status == 403
    # As a proxy asks that passes the browser's Origin on, and a Host of its own.
    with connect(stream(office_server), origin=Origin(office["Origin"])):
        pass


# --- what the answers allow -----------------------------------------------------------------------

ANSWERED = [*ROUTES, "/leaflet/data/leaflet.css", "/tidak/ada.js", "/_stcore/metrics", "//jahat",
            "/_stcore/upload_file/a/b"]  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ANSWERED)
def test_every_answer_is_closed(server: Server, path: str, method: str) -> None:
    headers = ask(server, path, method).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    is_page = headers.get("Content-Type", "").startswith("text/html")
    assert ("default-src 'self'" if is_page else "default-src 'none'") in policy
    assert ("frame-ancestors 'self'" if is_page else "frame-ancestors 'none'") in policy


def test_a_page_speaks_with_its_own_server_only(server: Server) -> None:
    policy = ask(server, "/").headers["Content-Security-Policy"]
    allowed = next(part for part in policy.split("; ") if part.startswith("connect-src"))
    assert allowed.split()[1:] == ["'self'", "blob:", "data:", server.url.replace("http", "ws")]


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("/media/x.xlsx", "GET", 404), ("/component/x/y", "GET", 404), ("/leaflet/x", "GET", 404),
     ("/", "POST", 405)],
)  # fmt: skip
def test_what_is_not_there_is_told_in_indonesian(
    server: Server, path: str, method: str, status: int
) -> None:
    answer = ask(server, path, method)
    assert answer.status == status
    assert "alamat ini" in answer.body.decode().lower()


# --- downloads ------------------------------------------------------------------------------------


def test_a_download_is_kept_by_nobody(visitor: Visitor) -> None:
    visitor.open("/kasus")
    with visitor.page.expect_download() as begun:
        visitor.page.get_by_role("button", name="Unduh").first.click()
    download = begun.value
    assert download.failure() is None
    path = download.url.removeprefix(visitor.server.url)
    headers = ask(visitor.server, path).headers
    assert headers["Cache-Control"] == "private, no-store"
    visitor.page.close()
    deadline = time.monotonic() + 60
    while ask(visitor.server, path).status != 404:
        assert time.monotonic() < deadline, "the download outlived its tab"
        time.sleep(1)


# --- uploads --------------------------------------------------------------------------------------


FORM = {"Content_Type": "multipart/form-data; boundary=batas"}


def pieces(size: int) -> Iterator[bytes]:
    """A form with one file of so many bytes, as a browser sends it."""
    yield b'--batas\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    whole, rest = divmod(size, MEGABYTE)
    yield from (b"x" * MEGABYTE for _ in range(whole))
    yield b"x" * rest + b"\r\n--batas--\r\n"


def send(
    server: Server, session_id: str, file_id: str, size: int = 10, *, in_pieces: bool = False
) -> Answer:
    """Send a file as a client does that knows how Streamlit takes them.

    Args:
        in_pieces: without telling its size beforehand.
    """
    body = pieces(size) if in_pieces else b"".join(pieces(size))
    path = f"/_stcore/upload_file/{session_id}/{file_id}"
    return ask(server, path, "PUT", body, **FORM, **admission(server))


def admission(server: Server) -> dict[str, str]:
    """What Streamlit gives to whoever asks, and wants to see with a file."""
    token = ask(server, "/_stcore/health").headers["Set-Cookie"].split(";")[0]
    return {"Cookie": token, "X-Xsrftoken": token.partition("=")[2]}


@contextmanager
def half_sent(server: Server, session_id: str) -> Iterator[None]:
    """A file that has begun to arrive."""
    connection = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=60)
    connection.putrequest("PUT", f"/_stcore/upload_file/{session_id}/lama")
    for name, text in {**admission(server), "Content-Length": "1000"}.items():
        connection.putheader(name, text)
    connection.putheader("Content-Type", FORM["Content_Type"])
    connection.endheaders(b"--batas")
    yield
    connection.close()


@pytest.fixture
def session(server: Server) -> Iterator[Reader]:
    with reader(server.url) as opened:
        yield opened


UPLOADING = "bagian=berkas"


def test_a_page_without_a_place_for_files_takes_none(server: Server, session: Reader) -> None:
    session.rerun()
    answer = send(server, session.session_id, "satu")
    assert answer.status == 403
    assert "tidak menerima berkas" in answer.body.decode()


def test_a_place_for_files_takes_one_until_the_page_is_left(
    server: Server, session: Reader
) -> None:
    session.rerun(UPLOADING, page="data")
    assert send(server, session.session_id, "satu").status == 204
    session.rerun(page="kasus")
    assert send(server, session.session_id, "dua").status == 403


def test_no_file_is_taken_for_a_session_that_is_not_there(server: Server) -> None:
    assert send(server, "00000000-0000-0000-0000-000000000000", "satu").status == 403


def test_a_tab_sends_one_file_at_a_time(server: Server, session: Reader) -> None:
    session.rerun(UPLOADING, page="data")
    with half_sent(server, session.session_id):
        answer = send(server, session.session_id, "dua")
    assert answer.status == 409
    assert "masih dikirim" in answer.body.decode()


def test_few_files_arrive_at_a_time_and_a_broken_line_makes_room(server: Server) -> None:
    with ExitStack() as tabs:
        *busy, waiting = (tabs.enter_context(reader(server.url)) for _ in range(5))
        for each in (*busy, waiting):
            each.rerun(UPLOADING, page="data")
        with ExitStack() as lines:
            for each in busy:
                lines.enter_context(half_sent(server, each.session_id))
            answer = send(server, waiting.session_id, "satu")
            assert answer.status == 503
            assert "dari tab lain" in answer.body.decode()
        deadline = time.monotonic() + 60
        while send(server, waiting.session_id, "satu").status != 204:
            assert time.monotonic() < deadline, "broken lines kept their room"
            time.sleep(0.1)
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_file_that_is_too_large_is_refused(
    server: Server, session: Reader, in_pieces: bool
) -> None:
    session.rerun(UPLOADING, page="data")
    answer = send(server, session.session_id, "satu", 52 * MEGABYTE, in_pieces=in_pieces)
    assert answer.status == 413
    assert "terlalu besar" in answer.body.decode()


def memory(server: Server) -> int:
    """Bytes that the server holds at this moment."""
    lines = Path(f"/proc/{server.pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) * 1024


def test_files_fill_no_memory(office_server: Server, browser: Browser, tmp_path: Path) -> None:
    large = 45 * MEGABYTE
    server = office_server
    with ExitStack() as tabs:
        first, *others = (tabs.enter_context(reader(server.url)) for _ in range(5))
        for each in (first, *others):
            each.rerun(UPLOADING, page="data")
        before = memory(server)
        for number in range(8):
            assert send(server, first.session_id, f"satu-{number}", large).status == 204
        assert memory(server) - before < 4 * large
        answers = [send(server, each.session_id, "satu", large) for each in others]
        assert [answer.status for answer in answers] == [204, 204, 204, 507]
        assert "terlalu banyak berkas" in answers[-1].body.decode()
        refused = tmp_path / "besar.csv"
        refused.write_bytes(b"x" * large)
        visitor = visitor_for(browser, server)
        visitor.open("/data?bagian=berkas")
        visitor.page.locator("input[type=file]").set_input_files(refused)
        told = visitor.page.get_by_text("Berkas “besar.csv” tidak dikirim.")
        expect(told).to_contain_text("terlalu banyak berkas dari tab lain")
        visitor.page.context.close()
        # The tab that has one may still exchange it.
        assert send(server, first.session_id, "lain").status == 204


def test_files_of_closed_tabs_make_room(office_server: Server) -> None:
    with ExitStack() as tabs:
        for _ in range(4):
            each = tabs.enter_context(reader(office_server.url))
            each.rerun(UPLOADING, page="data")
            send(office_server, each.session_id, "satu", 45 * MEGABYTE)
    with reader(office_server.url) as late:
        late.rerun(UPLOADING, page="data")
        deadline = time.monotonic() + 60
        while send(office_server, late.session_id, "satu", 45 * MEGABYTE).status != 204:
            assert time.monotonic() < deadline, "the files outlived their tabs"
            time.sleep(1)


def test_more_tabs_than_an_office_has_are_refused_with_a_sentence(office_server: Server) -> None:
    with ExitStack() as tabs:
        with pytest.raises(InvalidStatus, match="403"):
            for _ in range(101):
                tabs.enter_context(connect(stream(office_server)))
        answer = ask(office_server, "/kasus", Accept="text/html")
        assert answer.status == 503
        assert "100 tab" in answer.body.decode()
        assert ask(office_server, "/sehat").status == 200
    assert ask(office_server, "/kasus", Accept="text/html").status == 200


def test_a_client_s_message_is_bounded(server: Server) -> None:
    message = BackMsg()
    message.rerun_script.query_string = "x" * 20 * MEGABYTE
    with connect(stream(server), max_size=None) as one:
        with pytest.raises(ConnectionClosed) as closed:
            one.send(message.SerializeToString())
            while True:
                one.recv(60)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1009
