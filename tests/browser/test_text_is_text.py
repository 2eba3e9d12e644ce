"""What others wrote is shown as they wrote it: no link, formula, icon or markup comes of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from geo.legible import legible, shortened
from pages.components.escaping import label_text
from scripts.serve import Server, running_server
from tests.browser.conftest import TODAY, Visitor, visitor_for
from tests.hostile_records import hostile_files
from tests.intake.importing import csv_file
from tests.payloads import HTML_LINK, IMAGE_HTML, LINK, MARKDOWN, PAYLOADS, SCRIPT
from tests.test_second_area import AREA, DESA, KECAMATAN, write_table

ROOT = Path(__file__).parents[2]
GALLERY = Path(__file__).with_name("text_gallery.py")

# Whatever Markdown, HTML or Plotly would have made of a payload.
MADE_OF_TEXT = (
    "a[href^='http'], a[href^='www'], a[href^='mailto'], a[href^='javascript'], img, .katex, code,"
    " em, strong, del, blockquote, ol, ul, table, h1, h3, hr, sup, b, svg[onload], pre,"
    " span[role=img], .stMarkdownBadge, .stMarkdownColoredText:not(:empty)"
)

# What would lead a reader away or run something; our own links stay within the page.
LEADS_OR_RUNS = (
    "img[onerror], img[src*='contoh.example'], img[src=x], svg[onload],"
    " .katex, [onmouseover], [data-testid=stMarkdownContainer] :is(em, strong, code)"
)


def one_line(text: str) -> str:
    """Return a text as a browser lays it out: spaces in a row are one."""
    return " ".join(legible(text).split())


@pytest.fixture
def gallery(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    settings = {"PANTAU_TODAY": TODAY, "PYTHONPATH": os.fspath(ROOT)}
    with running_server(tmp_path, settings, script=GALLERY) as server:
        visitor = visitor_for(browser, server)
        yield visitor
        visitor.page.context.close()


def shown(visitor: Visitor, selector: str) -> list[str]:
    """Return what stands in every element, spaces in a row as one."""
    texts = visitor.page.locator(selector).all_text_contents()
    return [" ".join(text.split()) for text in texts]


def test_what_streamlit_and_plotly_draw_is_the_text_itself(gallery: Visitor) -> None:
    gallery.open("/")
    page = gallery.page
    whole = [one_line(each) for each in PAYLOADS]
    around = [one_line(f"Awal {each} akhir") for each in PAYLOADS]
    labels = [one_line(label_text(each)) for each in PAYLOADS]
    names = [one_line(shortened(legible(each), 32)) for each in PAYLOADS]
    page.wait_for_function(
        f"document.querySelectorAll('.stPlotlyChart .ytick').length === {len(names)}"
    )
    assert shown(gallery, "[data-testid=stCaptionContainer]") == whole
    assert shown(gallery, "[data-testid=stAlertContentSuccess]") == around
    assert shown(gallery, "p.html") == whole
    assert shown(gallery, ".stButton [data-testid=stMarkdownContainer]") == labels
    assert shown(gallery, "[role=radiogroup] [data-testid=stMarkdownContainer]") == labels
    assert shown(gallery, ".stPlotlyChart .ytick text") == names
    made = page.locator(".st-key-isi, .st-key-label").locator(MADE_OF_TEXT)
    assert made.evaluate_all("all => all.map((each) => each.outerHTML)") == []
    assert page.locator(".stPlotlyChart :is(a, image, b, i)").count() == 0
    assert page.evaluate("window.diserang") is None
    assert (gallery.errors, gallery.external) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366, "a long text widens"
    bar = page.locator(".stPlotlyChart .point path").nth(PAYLOADS.index(HTML_LINK))
    bar.hover(force=True)
    page.locator(".hoverlayer .hovertext").get_by_text(HTML_LINK).first.wait_for()
    assert page.locator(".hoverlayer a").count() == 0


# --- a whole dashboard in which every name is hostile -------------------------------------------

HOSTILE = f"{HTML_LINK} {IMAGE_HTML} {LINK} $x^2$ :smile: :material/home: </script>{SCRIPT}"
# A file's name; the one sheet of a csv has it too.
SHEET = "[klik](https:contoh.example) <b>b<b> $x^2$ :smile: *d* :material_home: www.contoh.example"


@pytest.fixture(scope="module")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An area whose kecamatan, desa, office and source have hostile names."""
    path = tmp_path_factory.mktemp("wilayah")
    named = AREA.replace('"Kanim Contoh"', json.dumps(f"Kanim {HOSTILE}"))
    named = named.replace(
        'source = "Kantor Imigrasi Kelas II Contoh"', f"source = {json.dumps(f'Kantor {HOSTILE}')}"
    )
    (path / "area.toml").write_text(named, encoding="utf-8")
    kecamatan = [(code, f"91770{code[-1]}0", f"{name} {HOSTILE}", "") for code, name in KECAMATAN]
    write_table(path / "kecamatan.csv", ("code", "bps_code", "name", "aliases"), kecamatan)
    desa = [(code, f"{name} {HOSTILE}", east, north, "") for code, name, east, north in DESA]
    header = ("code", "name", "longitude", "latitude", "aliases")
    write_table(path / "desa.csv", header, desa)
    return path


@pytest.fixture(scope="module")
def hostile_server(
    hostile_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("data")
    settings = {"PANTAU_TODAY": TODAY, "PANTAU_SAMPLE": "0", "PANTAU_AREA": str(hostile_folder)}
    files = hostile_files("91.77.01", [code for code, *_ in DESA[:3]])
    for name, content in files.items():
        (data / name).write_bytes(content)
    command = [sys.executable, "-m", "data_access", "import", "--accept-valid"]
    environment = {**os.environ, **settings, "PANTAU_DATA_DIR": str(data)}
    done = subprocess.run(
        [*command, *(str(data / name) for name in files)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    with running_server(data, settings) as server:
        yield server


@pytest.fixture
def reader(browser: Browser, hostile_server: Server) -> Iterator[Visitor]:
    visitor = visitor_for(browser, hostile_server)
    visitor.page.set_default_timeout(60_000)
    yield visitor
    visitor.page.context.close()


def assert_only_text(visitor: Visitor) -> None:
    """Nothing on the page leads away, runs or was drawn of what others wrote."""
    page = visitor.page
    for frame in page.frames:
        assert (
            frame.locator(LEADS_OR_RUNS).evaluate_all("all => all.map((each) => each.outerHTML)")
            == []
        ), frame.url
        # A chart's links are SVG's, whose address is an object.
        addresses = frame.locator("a").evaluate_all(
            "all => all.map((each) => each.href.baseVal ?? each.href)"
        )
        foreign = [each for each in addresses if not each.startswith(visitor.server.url)]
        assert [each for each in foreign if "contoh.example" in each] == []
        assert frame.evaluate("window.diserang") is None
    # Streamlit itself asks for some addresses below a page's own first.
    assert ([each for each in visitor.errors if "404" not in each], visitor.external) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


@pytest.mark.parametrize("path", ["/kunjungan", "/kasus"])
def test_a_page_of_hostile_names_is_text(path: str, reader: Visitor) -> None:
    reader.open(f"{path}?periode=program")
    if path == "/kasus":
        reader.page.get_by_role("button", name="Tampilkan rincian").click()
        reader.settle()
    if path == "/kunjungan":
        point_at_a_desa(reader)
    else:
        reader.wait_for_map()
        reader.page.locator(".area-map path.area").first.hover()
        reader.page.locator(".area-map .tip").get_by_text(HTML_LINK).first.wait_for()
    assert_only_text(reader)


def point_at_a_desa(reader: Visitor) -> None:
    """Open the tooltip and the popup of a desa on the field map."""
    field_map = reader.page.frame_locator("iframe[data-testid=stCustomComponentV1]")
    shape = field_map.locator("path[data-code='91.77.01.2001']")
    assert HTML_LINK in str(shape.get_attribute("aria-label"))
    shape.hover(force=True)
    field_map.locator(".leaflet-tooltip").get_by_text(HTML_LINK).first.wait_for()
    shape.click(force=True)
    field_map.locator(".leaflet-popup").get_by_text(HTML_LINK).first.wait_for()


def test_a_hostile_file_is_text_on_its_way_in(reader: Visitor) -> None:
    page = reader.page
    reader.open("/data?bagian=berkas")
    titles = ["Tanggal", "Kode Kecamatan", "Kode Desa", "Hasil", *MARKDOWN[:8], IMAGE_HTML]
    row = ["01/09/2026", "91.77.01", "91.77.01.2001", "entah **x**", *PAYLOADS[: len(titles) - 4]]
    send(reader, f"{SHEET}.csv", csv_file(titles, row))
    page.get_by_text(f"Lembar “{SHEET}.csv”").first.wait_for()
    for summary in page.locator("summary").all():
        summary.click()
    reader.settle()
    assert_only_text(reader)
    page.get_by_text("Kolom yang tidak dipakai").first.wait_for()
    send(reader, f"{SHEET}.xlsx", b"bukan buku")
    page.locator("[data-testid=stAlertContentError]").get_by_text(SHEET).wait_for()
    assert_only_text(reader)


def test_a_hostile_boundary_file_is_text(reader: Visitor) -> None:
    page = reader.page
    reader.open("/data?bagian=batas")
    square = [[134.8, -1.1], [134.9, -1.1], [134.9, -1.0], [134.8, -1.0], [134.8, -1.1]]
    features = [
        {
            "type": "Feature",
            "properties": {"KECAMATAN": f"Awn {HOSTILE} {place}", "[x](http://y.z)": HTML_LINK},
            "geometry": {"type": "Polygon", "coordinates": [square]},
        }
        for place in range(3)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    send(reader, "batas [klik](http:a.b) $x^2$ <b>.geojson", content)
    page.get_by_text("Laporan pemeriksaan").first.wait_for()
    reader.settle()
    assert_only_text(reader)


def test_hostile_names_are_text_in_history_settings_and_address(reader: Visitor) -> None:
    for path in (
        "/data?bagian=riwayat", "/data?bagian=pengaturan",
        f"/data?bagian={quote(HOSTILE)}",
        f"/kunjungan?pimpasa={quote(LINK)}&desa={quote(HOSTILE)}&periode={quote(HTML_LINK)}",
    ):  # fmt: skip
        reader.open(path)
        assert_only_text(reader)


def send(reader: Visitor, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    reader.page.locator("input[type=file]").set_input_files(file)
    reader.settle()
