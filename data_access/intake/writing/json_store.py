"""Small JSON files of the installation: what officers decided once and the program remembers.

Owns reading and replacing such a file whole, so that a crash leaves the old or the new one.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from data_access.errors import DataError
from geo.errors import os_reason


class RememberedDamagedError(DataError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Berkas ingatan {path} rusak. Pulihkan dari cadangan, atau hapus berkas itu; "
            "pilihan yang tersimpan di dalamnya perlu dibuat lagi."
        )


class RememberedUnwritableError(DataError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"Pilihan tidak dapat disimpan di {path} ({reason}). "
            "Periksa hak tulis folder data dan ruang kosong di disk."
        )


def read_rows(path: Path) -> list[dict[str, object]]:
    """Return the objects of a file, [] where it does not exist.

    Raises:
        RememberedDamagedError: if it is not a JSON list of objects.
    """
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError, RecursionError) as error:
        raise RememberedDamagedError(path) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RememberedDamagedError(path)
    return rows


def replace_rows(path: Path, rows: list[dict[str, object]]) -> None:
    """Write a file anew in one step.

    Raises:
        RememberedUnwritableError: if the folder cannot be written.
    """
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=path.name, delete=False
        ) as stream:
            written = Path(stream.name)
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        written.replace(path)
    except (OSError, UnicodeEncodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "ada tanda yang bukan huruf"
        raise RememberedUnwritableError(path, reason) from error
