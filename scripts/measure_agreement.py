"""Measure how well the indicative boundaries agree with an official file.

    python -m scripts.measure_agreement FILE

FILE is any boundary file that `python -m geo check` finds usable. Prints the intersection
over union (IoU) per kecamatan and desa. It only measures: nothing of FILE is kept.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geo.boundaries import indicative_boundaries, read_boundaries
from geo.gazetteer import gazetteer
from geo.layers import METRIC


def agreement(ours: gpd.GeoDataFrame, theirs: gpd.GeoDataFrame) -> pd.Series:
    """IoU (0-1) per code that both hold, ascending."""
    a, b = (frame.to_crs(METRIC).set_index("code").geometry for frame in (ours, theirs))
    both = a.index.intersection(b.index)
    a, b = a[both].to_numpy(), b[both].to_numpy()
    overlap = shapely.area(shapely.intersection(a, b)) / shapely.area(shapely.union(a, b))
    return pd.Series(overlap, both).sort_values()


def main() -> None:
    parser = argparse.ArgumentParser(description="Mengukur kecocokan batas indikatif")
    parser.add_argument("file", type=Path, help="berkas batas resmi")
    official, _ = read_boundaries(parser.parse_args().file)
    ours = indicative_boundaries()
    levels = {"kecamatan": agreement(ours.kecamatan, official.kecamatan)}
    if ours.desa is not None and official.desa is not None:
        levels["desa"] = agreement(ours.desa, official.desa)
    for level, found in levels.items():
        print(f"{level}: {len(found)} area, median {found.median():.3f}, ", end="")
        print(f"rata-rata {found.mean():.3f}, terendah {found.iloc[0]:.3f}")
    print("\nIoU per kecamatan, dari yang terendah:")
    for code, value in levels["kecamatan"].items():
        print(f"  {value:.3f}  {code}  {gazetteer().name(str(code))}")


if __name__ == "__main__":
    main()
