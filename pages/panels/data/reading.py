"""A file on its way into the store, as a session keeps it between reruns."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_access.intake.forms.columns import ColumnMapping
from data_access.intake.limited.file import LimitedFile
from data_access.intake.steps import Understood
from data_access.intake.writing.preview import Preview

# As much of a kind as anybody reads, and as a browser draws at once; the rest is counted.
MOST_SHOWN = 200


@dataclass
class Reading:
    """A file on its way into the store, kept between reruns.

    Attributes:
        file_id: of the upload; another upload starts anew.
        file: reads it, and keeps its rows.
        choices: sheet name -> the mapping a person confirmed, None for a sheet left out.
        round: counts the answers given, so that each question has widgets of its own.
        preview: what would happen; None until the rows were checked.
    """

    file_id: str
    file: LimitedFile
    understood: Understood
    choices: dict[str, ColumnMapping | None] = field(default_factory=dict)
    round: int = 0
    preview: Preview | None = None
