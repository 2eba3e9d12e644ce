"""Draws a set once before anyone uses it, so that no page waits for a map without end.

Runs in the limited child: what takes too long there never reaches the dashboard.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import shapely

from geo.boundaries.model import BoundarySet
from geo.boundaries.reading import Inspection
from geo.errors import TooDetailedError
from geo.layers import build_layer
from geo.limits import DRAWING_SECONDS, MOST_KEPT_POINTS


def rehearsed(path: Path, found: Inspection) -> Inspection:
    """The same inspection, or a refusal where its set is too much to keep and to draw.

    Args:
        path: the file, for messages.
        found: what was found in it.
    """
    if found.boundaries is None:
        return found
    reason = _excess(found.boundaries)
    if not reason:
        return found
    error = TooDetailedError(path, reason)
    problems = (str(error), *found.report.problems)
    return replace(
        found,
        report=replace(found.report, usable=False, problems=problems),
        boundaries=None,
        error=error,
    )


def _excess(boundaries: BoundarySet) -> str:
    """Why a set is too much for a map; "" where it is not."""
    frames = [frame for frame in (boundaries.kecamatan, boundaries.desa) if frame is not None]
    points = sum(int(shapely.get_num_coordinates(f.geometry.to_numpy()).sum()) for f in frames)
    if points > MOST_KEPT_POINTS:
        return f"{points} titik setelah dirapikan, batasnya {MOST_KEPT_POINTS}"
    # The processor's time: a busy machine takes longer for the same work.
    started = time.process_time()
    build_layer(boundaries, "kecamatan")
    if boundaries.desa is not None:
        build_layer(boundaries, "desa")
    is_slow = time.process_time() - started > DRAWING_SECONDS
    return "bentuknya terlalu rumit untuk digambar" if is_slow else ""
