"""What each figure means, as one file that a browser fetches once and opens at "Apa artinya?"."""

from __future__ import annotations

import json

from data_access.numbers.indicators import INDICATORS


def meanings_json() -> bytes:
    """Return every indicator's meaning: ``{id: {label, sentence, left_out}}``."""
    meanings = {
        each.id: {"label": each.label, "sentence": each.sentence, "left_out": each.left_out}
        for each in INDICATORS.values()
    }
    return json.dumps(meanings, ensure_ascii=False, separators=(",", ":")).encode()
