"""From the place columns of a row to official codes.

Owns what a code column, a name column and several names in one cell mean together, what lies
outside the kabupaten, and the names that a person confirmed. Nothing is accepted that is a mere
likeness: such names are asked.
"""

from data_access.intake.cells.places.confirmed import OUTSIDE_CODE, alias_key
from data_access.intake.cells.places.content import PlaceShares, looks_like_place
from data_access.intake.cells.places.errors import (
    DamagedCodeError,
    ForeignPlaceError,
    KabupatenUnclearError,
    PlaceContradictsError,
    PlaceError,
    PlaceMissingError,
    PlaceUnclearError,
    SeveralDesaError,
    UnclearName,
    UnknownPlaceCodeError,
)
from data_access.intake.cells.places.reader import PlaceReader
from data_access.intake.cells.places.reading import (
    DESA_UNKNOWN,
    NOWHERE,
    OUTSIDE,
    PlaceReading,
    WrittenPlace,
)

__all__ = [
    "DESA_UNKNOWN",
    "NOWHERE",
    "OUTSIDE",
    "OUTSIDE_CODE",
    "DamagedCodeError",
    "ForeignPlaceError",
    "KabupatenUnclearError",
    "PlaceContradictsError",
    "PlaceError",
    "PlaceMissingError",
    "PlaceReader",
    "PlaceReading",
    "PlaceShares",
    "PlaceUnclearError",
    "SeveralDesaError",
    "UnclearName",
    "UnknownPlaceCodeError",
    "WrittenPlace",
    "alias_key",
    "looks_like_place",
]
