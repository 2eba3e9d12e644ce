"""Measure how well the indicative boundaries agree with an official desa file.

    python -m scripts.measure_agreement FILE

FILE has one shape per desa, in the schema HDX-BPS (district_code, village) or
Kemendagri (kode). Prints the intersection over union (IoU) per kecamatan and
desa. It only measures: nothing of FILE is kept.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries.model import indicative_boundaries
from geo.gazetteer import gazetteer

UTM = "EPSG:32748"


def read_official(path: Path) -> gpd.GeoSeries:
    """Desa shapes in EPSG:32748 by Kemendagri code; desa that no name finds are left out."""
    frame = gpd.read_file(path).to_crs(UTM)
    codes = frame["kode"] if "kode" in frame else _codes_by_name(frame)
    found = codes.notna().to_numpy()
    return gpd.GeoSeries(frame.geometry.make_valid()[found].to_numpy(), codes[found], crs=UTM)


def _codes_by_name(frame: gpd.GeoDataFrame) -> pd.Series:
    kecamatan = {area.bps_code: area.code for area in gazetteer().kecamatan}
    known = {
        (desa.kecamatan_code, _plain(name)): desa.code
        for desa in gazetteer().desa
        for name in (desa.name, *desa.aliases)
    }
    return pd.Series(
        [
            known.get((kecamatan[code.removeprefix("id")], _plain(name)))
            for code, name in zip(frame["district_code"], frame["village"], strict=True)
        ]
    )


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def agreement(ours: gpd.GeoSeries, theirs: gpd.GeoSeries) -> pd.Series:
    """IoU (0-1) per code that both hold, ascending."""
    both = ours.index.intersection(theirs.index)
    a, b = ours[both].to_numpy(), theirs[both].to_numpy()
    overlap = shapely.area(shapely.intersection(a, b)) / shapely.area(shapely.union(a, b))
    return pd.Series(overlap, both).sort_values()


def main() -> None:
    parser = argparse.ArgumentParser(description="Mengukur kecocokan batas indikatif")
    parser.add_argument("file", type=Path, help="berkas batas desa resmi")
    official = read_official(parser.parse_args().file)
    desa = indicative_boundaries().desa
    if desa is None:
        raise SystemExit("Batas indikatif tidak memuat desa.")
    ours = gpd.GeoSeries(desa.to_crs(UTM).geometry.to_numpy(), desa["code"], crs=UTM)
    levels = {
        "kecamatan": agreement(_dissolve(ours), _dissolve(official)),
        "desa": agreement(ours, official),
    }
    for level, found in levels.items():
        print(f"{level}: {len(found)} area, median {found.median():.3f}, ", end="")
        print(f"rata-rata {found.mean():.3f}, terendah {found.iloc[0]:.3f}")
    print("\nIoU per kecamatan, dari yang terendah:")
    for code, value in levels["kecamatan"].items():
        print(f"  {value:.3f}  {code}  {gazetteer().name(str(code))}")


def _dissolve(desa: gpd.GeoSeries) -> gpd.GeoSeries:
    groups = desa.groupby(desa.index.str[: len("36.04.12")])
    return gpd.GeoSeries({code: shapely.union_all(group) for code, group in groups}, crs=UTM)


if __name__ == "__main__":
    main()
