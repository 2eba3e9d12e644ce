"""The map layers made from the boundary set in use, built once per set."""

from __future__ import annotations

from functools import lru_cache

from data_access.boundaries_in_use import boundaries_in_use
from data_access.numbers.records import AreaLevel
from data_access.settings import current_settings
from geo.boundaries import BoundarySet
from geo.layers import Layer, build_layer, layer_json

# Enough of the digest to tell any two boundary sets apart.
_URL_DIGITS = 16


def area_layer(boundaries: BoundarySet, level: AreaLevel) -> Layer:
    """Return the layer of one level, built on first use of a boundary set."""
    return _layers(BoundaryKey(boundaries), level)


def layer_url(layer: Layer) -> str:
    """Return the URL under which a browser fetches the layer's geometry, once."""
    return f"/peta/{layer.level}-{layer.digest[:_URL_DIGITS]}.json"


def area_layer_bytes(level: str, digest: str) -> bytes | None:
    """Return a layer's geometry as JSON, or None if no set in use has that digest."""
    if level not in ("kecamatan", "desa"):
        return None
    layer = area_layer(boundaries_in_use(current_settings())[0], level)  # type: ignore[arg-type]
    return layer_json(layer) if layer.digest[:_URL_DIGITS] == digest else None


class BoundaryKey:
    """A boundary set that a cache can tell apart by its digest."""

    def __init__(self, boundaries: BoundarySet) -> None:
        self.boundaries = boundaries

    def __hash__(self) -> int:
        return hash(self.boundaries.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BoundaryKey) and other.boundaries.digest == self.boundaries.digest


@lru_cache(maxsize=8)
def _layers(hashed: BoundaryKey, level: AreaLevel) -> Layer:
    return build_layer(hashed.boundaries, level)
