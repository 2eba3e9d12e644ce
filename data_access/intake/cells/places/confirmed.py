"""How a name that a person confirmed is known again, whatever its spelling."""

from __future__ import annotations

from geo.matching import normalise

# What a person chooses for a name that is none of the kabupaten's.
OUTSIDE_CODE = "luar"


def alias_key(kecamatan: str, desa: str) -> tuple[str, str]:
    """Reduce a written place to what two spellings of the same words share."""
    return normalise(kecamatan), normalise(desa)
