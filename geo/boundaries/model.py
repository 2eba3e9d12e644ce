"""A set of boundaries: shapes of the kecamatan and, where known, of the desa.

Owns what a set *is* and the one that ships with the project (the indicative
boundaries). Reading, checking and storing other files is not its business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import geopandas as gpd
import shapely
from shapely.geometry import shape

from geo.area import area
from geo.boundaries.indicative import cells_around_points
from geo.gazetteer import gazetteer, kecamatan_code_of

INDICATIVE_FILE = "indicative_desa.geojson"

# Whence the cells of an area without that file.
POINTS_SOURCE = "sel di sekitar titik desa, tanpa garis pantai"

INDICATIVE_NOTICE = "Batas indikatif, bukan batas resmi"

WGS84 = "EPSG:4326"

# Six decimals of a degree are about 11 cm: finer than any boundary file.
_DIGEST_DECIMALS = 6


@dataclass(frozen=True, eq=False)
class BoundarySet:
    """Shapes of the kabupaten's areas, with where they come from.

    Attributes:
        kecamatan: columns code, name, geometry (EPSG:4326); only the areas that
            the set holds, ordered by code.
        desa: the same for the desa, or None for a set of kecamatan only.
        source: who made the shapes, as shown below every map.
        source_date: their date (ISO), or None where unknown.
        is_official: whether the file shows that an agency made it.
        digest: SHA-256 (hex) of codes, names and shapes; see `digest_of`.
        is_indicative: True for the boundaries that ship with the project.
    """

    kecamatan: gpd.GeoDataFrame
    desa: gpd.GeoDataFrame | None
    source: str
    source_date: str | None
    is_official: bool
    digest: str
    is_indicative: bool = False

    @property
    def notice(self) -> str:
        """The Indonesian sentence that every map of this set carries; "" when none is due."""
        if self.is_indicative:
            return INDICATIVE_NOTICE
        names = gazetteer()
        levels = [("kecamatan", len(self.kecamatan), len(names.kecamatan))]
        if self.desa is not None:
            levels.append(("desa", len(self.desa), len(names.desa)))
        lacking = [f"{held} dari {known} {level}" for level, held, known in levels if held < known]
        return f"{' dan '.join(lacking)} ada dalam berkas batas" if lacking else ""


def digest_of(kecamatan: gpd.GeoDataFrame, desa: gpd.GeoDataFrame | None) -> str:
    """SHA-256 (hex) of the codes, names and shapes of a set, stable between runs."""
    digest = hashlib.sha256()
    for frame in (kecamatan, desa):
        digest.update(b"\x00set")
        if frame is None:
            continue
        for code, name, geometry in zip(frame["code"], frame["name"], frame.geometry, strict=True):
            digest.update(f"\x00{code}\x00{name}\x00".encode())
            digest.update(shapely.to_wkt(geometry, rounding_precision=_DIGEST_DECIMALS).encode())
    return digest.hexdigest()


@cache
def indicative_boundaries() -> BoundarySet:
    """Read the area's default: cells around the desa points, clipped to the coast.

    Where its folder holds none, the cells are made here, without a coast.
    """
    path = area().folder / INDICATIVE_FILE
    if path.is_file():
        document = json.loads(path.read_text(encoding="utf-8"))
        shapes = {f["properties"]["code"]: shape(f["geometry"]) for f in document["features"]}
        source, source_date = document["source"], document["source_date"]
    else:
        shapes, source, source_date = cells_around_points(), POINTS_SOURCE, None
    desa = frame_of(shapes)
    kecamatan = dissolve_to_kecamatan(desa)
    return BoundarySet(
        kecamatan=kecamatan,
        desa=desa,
        source=source,
        source_date=source_date,
        is_official=False,
        digest=digest_of(kecamatan, desa),
        is_indicative=True,
    )


def dissolve_to_kecamatan(desa: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the desa of each kecamatan; columns code, name, geometry, ordered by code."""
    kecamatan_codes = desa["code"].map(kecamatan_code_of)
    shapes = {
        code: shapely.union_all(group.to_numpy())
        for code, group in desa.geometry.groupby(kecamatan_codes)
    }
    return frame_of(shapes)


def frame_of(shapes: Mapping[str, shapely.Geometry]) -> gpd.GeoDataFrame:
    """Make the table of a set: columns code, name, geometry (EPSG:4326), ordered by code."""
    codes = sorted(shapes)
    return gpd.GeoDataFrame(
        # Looked up, so that a code that means nothing shows at once.
        {"code": codes, "name": [gazetteer().name(code) for code in codes]},
        geometry=[shapes[code] for code in codes],
        crs=WGS84,
    )
