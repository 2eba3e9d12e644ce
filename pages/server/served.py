"""Where this server may be asked, and by whom: this machine's names and the office's addresses.

A browser lets every page, also one that was opened from another server on this very machine,
send requests here, and a foreign name can be made to lead to this machine. What tells them
apart is what the browser writes itself: ``Host``, ``Origin`` and ``Sec-Fetch-Site``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope
from streamlit import config

from data_access.errors import DataError
from data_access.settings import USUAL_PORTS, current_settings
from geo.errors import GeoError

_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")
_OF_HTTP = {"http": "http", "https": "https", "ws": "http", "wss": "https"}
_OWN_SITE = ("same-origin", "none")

_OTHER_HOST = (
    "Alamat “{host}” bukan alamat dasbor ini. Buka http://127.0.0.1:{port}, atau tulis alamat itu "
    "di pengaturan PANTAU_ADDRESS bila kantor memakainya."
)
_OTHER_ORIGIN = (
    "Halaman lain (“{origin}”) tidak boleh membaca dasbor ini. Buka dasbor langsung di tab "
    "peramban; bila kantor memakai proksi, tulis alamatnya di pengaturan PANTAU_ADDRESS."
)
_OTHER_SITE = (
    "Halaman lain tidak boleh memuat bagian dasbor ini. Buka dasbor langsung di tab peramban."
)


@dataclass(frozen=True)
class Served:
    """Where the server may be asked.

    Attributes:
        addresses: of the office, e.g. ``https://pantau.kantor.go.id``; besides this machine.
    """

    addresses: tuple[str, ...] = ()

    def refusal(self, scope: Scope) -> str:
        """Return why a request or a connection is refused, "" where it is not."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        port = scope["server"][1]
        if len(hosts) != 1 or hosts[0].lower() not in self._hosts(port):
            return _OTHER_HOST.format(host=", ".join(hosts)[:100], port=port)
        origin = headers.get("origin")
        if origin is not None:
            is_own = origin in self.origins(scope)
            return "" if is_own else _OTHER_ORIGIN.format(origin=origin[:100])
        site = headers.get("sec-fetch-site", "none")
        return "" if site in _OWN_SITE or _follows_link(scope, headers) else _OTHER_SITE

    def origins(self, scope: Scope) -> tuple[str, ...]:
        """Return the origins of the pages that were opened where this request is sent.

        One name of this machine is not the other's: behind "localhost" another program may
        answer, on the IPv6 side of the same port.
        """
        scheme = _OF_HTTP[scope["scheme"]]
        host = Headers(scope=scope).get("host", "").lower()
        port = USUAL_PORTS[scheme]
        return (f"{scheme}://{host.removesuffix(f':{port}')}", *self.addresses)

    def host_names(self) -> list[str]:
        """Return all names without ports, as Streamlit compares them."""
        names = (urlsplit(f"//{host}").hostname or "" for host in _THIS_MACHINE)
        return [*names, *(urlsplit(address).hostname or "" for address in self.addresses)]

    def _hosts(self, port: int) -> Iterable[str]:
        yield from (f"{name}:{port}" for name in _THIS_MACHINE)
        if port in USUAL_PORTS.values():
            yield from _THIS_MACHINE
        for address in self.addresses:
            parts = urlsplit(address)
            yield parts.netloc
            yield f"{parts.netloc}:{USUAL_PORTS[parts.scheme]}"


def _follows_link(scope: Scope, headers: Headers) -> bool:
    """Whether a person followed a link on a foreign page to a page of the dashboard."""
    is_whole_tab = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    is_page = scope["path"].count("/") == 1 and "." not in scope["path"]
    return is_page and scope.get("method") == "GET" and is_whole_tab == ("navigate", "document")


def served() -> Served:
    """Return where the settings let the server be asked, and tell Streamlit.

    With settings that cannot be read it is this machine, where the page says what is wrong.
    """
    try:
        found = Served(current_settings().addresses)
    except (DataError, GeoError):
        found = Served()
    # Streamlit looks once more at each connection; it knows neither ports nor our settings.
    config.set_option("server.allowedHosts", found.host_names())
    config.set_option("server.corsAllowedOrigins", list(found.addresses))
    return found
