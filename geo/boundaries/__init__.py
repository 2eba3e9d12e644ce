"""Boundaries of the kabupaten's areas: the set in use, and the reading of official files."""

from geo.boundaries.inspecting import inspect_boundaries, read_boundaries
from geo.boundaries.model import BoundarySet, indicative_boundaries
from geo.boundaries.reading import Inspection
from geo.boundaries.report import BoundaryReport
from geo.boundaries.storage import (
    StoredSet,
    active_boundaries,
    reset_boundaries,
    store_boundaries,
    store_inspected,
    stored_boundaries,
)

__all__ = [
    "BoundaryReport",
    "BoundarySet",
    "Inspection",
    "StoredSet",
    "active_boundaries",
    "indicative_boundaries",
    "inspect_boundaries",
    "read_boundaries",
    "reset_boundaries",
    "store_boundaries",
    "store_inspected",
    "stored_boundaries",
]
