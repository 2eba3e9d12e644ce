"""What the server sends besides pages."""

import re
from pathlib import Path

import pytest
from starlette.requests import Request

from pages.components.maps.geometry import area_layer_bytes
from pages.server import uploads
from pages.server.answers import tell_failure
from pages.server.assets import (
    ASSETS_DIR,
    area_style_url,
    asset,
    asset_url,
    assets_by_name,
    class_tables_url,
)
from pages.server.index_page import rewrite_index
from pages.server.routes import routes


def test_an_asset_is_named_by_its_content() -> None:
    assert asset_url("app.css") == asset("app.css").url
    assert asset_url("app.css").startswith("/aset/app.")


def test_the_index_page_is_indonesian_and_has_the_stylesheet_and_words() -> None:
    html = rewrite_index(
        '<html lang="en"><head><title>Streamlit</title></head>'
        "<noscript><p>You need to enable JavaScript.</p>\n<p>A Streamlit app</p></noscript></html>"
    )
    assert '<html lang="id">' in html
    assert asset_url("app.css") in html
    assert asset_url("indonesian.js") in html
    assert "Halaman ini memerlukan JavaScript" in html
    assert "Streamlit" not in html


def test_geometry_of_another_boundary_set_is_not_served() -> None:
    assert area_layer_bytes("kecamatan", "0" * 16) is None
    assert area_layer_bytes("negara", "0" * 16) is None


def test_no_route_takes_a_path_that_streamlit_keeps_for_itself() -> None:
    paths = [route.path for route in routes()]  # type: ignore[attr-defined]
    assert not [path for path in paths if path.startswith(("/static", "/media", "/component"))]


def test_no_asset_names_another_host() -> None:
    for file in ASSETS_DIR.iterdir():
        text = asset(file.name).content.decode().replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text
        assert "https:" not in text


def test_class_tables_have_a_url_of_their_own() -> None:
    assert class_tables_url().startswith("/aset/classes.")


def test_the_head_names_the_kabupaten_in_a_style_sheet_of_its_own() -> None:
    style = assets_by_name()[Path(area_style_url()).name].content.decode()
    shown = re.sub(r"\\([0-9a-f]{6})", lambda sign: chr(int(sign[1], 16)), style)
    assert shown == ':root{--product-name:"Pantau Desa Binaan – Kabupaten Serang"}'
    assert area_style_url() in rewrite_index("<head></head>")


@pytest.mark.parametrize(
    "name", ["NOT_SHOWN", "STOPPED", "ONE_AT_A_TIME", "TOO_LARGE", "BUSY", "FULL"]
)
def test_a_refused_upload_is_told_in_the_server_s_words(name: str) -> None:
    script = asset("indonesian.js").content.decode()
    in_one_line = re.sub(r'" \+\s+"', "", script)
    assert f'"{getattr(uploads, name)}"' in in_one_line


def test_a_failure_is_told_in_indonesian_and_as_closed_as_any_answer() -> None:
    scope = {"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b""}
    answer = tell_failure(Request({**scope, "server": ("127.0.0.1", 8501)}), KeyError("rahasia"))
    assert answer.status_code == 500
    assert b"data tidak berubah" in answer.body
    assert b"rahasia" not in answer.body
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
