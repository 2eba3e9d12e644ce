"""Files the browser keeps: each under a name that holds its own hash, so it is fetched once."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geo.area import area
from geo.classes import class_tables_json
from geo.palette import css_variables
from pages.server.meanings import meanings_json

PRODUCT_NAME = "Pantau Desa Binaan"
ASSETS_DIR = Path(__file__).parent.parent / "assets"

# Where the browser finds Leaflet, which is served from this machine.
LEAFLET_PATH = "/leaflet"


class Asset(NamedTuple):
    """A file under ``assets/``: its bytes and the URL that names this very content."""

    content: bytes
    url: str


def asset_url(file_name: str) -> str:
    """Return the URL of a file under ``assets/``."""
    return asset(file_name).url


def class_tables_url() -> str:
    """Return the URL of the map classes' words and colours."""
    return _class_tables().url


def area_style_url() -> str:
    """Return the URL of the style sheet that holds the area's words."""
    return _area_style().url


def palette_url() -> str:
    """Return the URL of the stylesheet that names the colours."""
    return _palette().url


@cache
def asset(file_name: str) -> Asset:
    """Read a file under ``assets/``.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    return _named_by_content((ASSETS_DIR / file_name).read_bytes(), file_name)


def meanings_url() -> str:
    """Return the URL of what each figure means."""
    return _meanings().url


@cache
def _meanings() -> Asset:
    return _named_by_content(meanings_json(), "meanings.json")


@cache
def _class_tables() -> Asset:
    return _named_by_content(class_tables_json(), "classes.json")


@cache
def _area_style() -> Asset:
    # As CSS writes a text: each sign outside letters and digits by its number.
    title = f"{PRODUCT_NAME} – {area().name}"
    text = "".join(sign if sign.isalnum() else f"\\{ord(sign):06x}" for sign in title)
    return _named_by_content(f':root{{--product-name:"{text}"}}'.encode(), "area.css")


@cache
def _palette() -> Asset:
    return _named_by_content(css_variables().encode(), "palette.css")


def _named_by_content(content: bytes, file_name: str) -> Asset:
    stem, _, suffix = file_name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(content, f"/aset/{stem}.{digest}.{suffix}")


@cache
def assets_by_name() -> dict[str, Asset]:
    files = [asset(path.name) for path in ASSETS_DIR.iterdir() if path.is_file()]
    made = (_class_tables(), _meanings(), _area_style(), _palette())
    return {Path(found.url).name: found for found in (*files, *made)}
