"""The boundary set in use and the map layers made from it, built once per set."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from data_access.errors import StoreError
from data_access.intake.writing.memory import load_memory
from data_access.settings import Settings, load_settings
from data_access.store import open_store
from geo.boundaries import BoundarySet, active_boundaries, indicative_boundaries
from geo.errors import GeoError
from geo.layers import Layer, build_layer, layer_json
from geo.matching import ConfirmedAlias

# Enough of the digest to tell any two boundary sets apart.
_URL_DIGITS = 16

AreaLevel = Literal["kecamatan", "desa"]


def boundaries_in_use(settings: Settings) -> tuple[BoundarySet, str]:
    """Return the boundary set that maps are drawn from, and what is wrong with another.

    A file named in the settings that cannot be used leaves the stored set in use, and a
    stored set that is damaged the indicative one; the second value then says why, else it
    is empty.
    """
    problems: list[str] = []
    for override in dict.fromkeys((settings.boundaries, None)):
        try:
            spellings = _spellings(settings) if override else ()
            used = active_boundaries(settings.data_dir, override, spellings)
        except GeoError as error:
            problems.append(str(error))
        else:
            return used, " ".join(problems)
    return indicative_boundaries(), " ".join(problems)


def _spellings(settings: Settings) -> tuple[ConfirmedAlias, ...]:
    """What people confirmed for boundary files; without a database, nothing."""
    try:
        store = open_store(settings)
    except StoreError:
        return ()
    try:
        return load_memory(store).spellings
    except StoreError:
        return ()
    finally:
        store.close()


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
    layer = area_layer(boundaries_in_use(load_settings())[0], level)  # type: ignore[arg-type]
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
