"""Where settings come from: the environment and the secrets files.

Owns the one reader for the dashboard, `python -m data_access` and `python -m geo`; it stands
in the lowest room because all three need it. What a value means is its reader's business.

Our keys stand under ``[pantau]`` in ``.streamlit/secrets.toml``. Streamlit copies keys at the
top of that file over the environment of the dashboard; so that no command opens another
database, they go before the environment here as well, and are said to be in the wrong place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.area import AREA_SETTING, area
from geo.errors import (
    SecretsUnreadableError,
    SettingAreaError,
    SettingPathError,
    SettingUnknownError,
    SettingValueError,
    os_reason,
)

SECTION = "pantau"

# Every name that can be set. A misspelt one must not leave its default in force unnoticed.
NAMES = (
    "PANTAU_DATABASE_URL",
    "PANTAU_DATA_DIR",
    "PANTAU_BOUNDARIES",
    "PANTAU_TODAY",
    "PANTAU_SAMPLE",
    "PANTAU_OVERDUE_DAYS",
    "PANTAU_DUE_DAYS",
    "PANTAU_SUPPRESSION_THRESHOLD",
    AREA_SETTING,
    "PANTAU_OFFICE",
    "PANTAU_ADDRESS",
)
DEFAULT_DATA_DIR = "data"

_SECRETS = Path(".streamlit") / "secrets.toml"
# How the TOML reader says where it stopped: "... (at line 3, column 9)".
_STOPPED = re.compile(r"\(at line (\d+), column (\d+)\)")

_MISPLACED = (
    "Kunci {names} di {path} harus di bawah [pantau]; di luar itu nilainya mengalahkan lingkungan."
)
_DIFFERENT = (
    "{names} di lingkungan berbeda dari [pantau] di berkas pengaturan; yang dipakai: lingkungan."
)


@dataclass(frozen=True)
class Sources:
    """The values that were found and what must be said about where they stood.

    Attributes:
        values: text by name; only what is not blank.
        notes: sentences for the screen and the terminal; they name keys, never values.
    """

    values: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def path(self, name: str, default: str = "") -> Path | None:
        """Return the path that a setting names; None where neither it nor the default does.

        Raises:
            SettingPathError: if it begins with a user that does not exist.
        """
        text = self.values.get(name, default)
        try:
            return Path(text).expanduser() if text else None
        except RuntimeError as error:
            raise SettingPathError(name, text) from error

    @property
    def data_dir(self) -> Path:
        return self.path("PANTAU_DATA_DIR", DEFAULT_DATA_DIR) or Path(DEFAULT_DATA_DIR)


def secrets_files() -> tuple[Path, ...]:
    """Return the files that Streamlit reads; a later one goes before an earlier one."""
    beside_the_program = Path(__file__).parent.parent
    folders = (Path.home(), Path.cwd(), beside_the_program)
    return tuple(dict.fromkeys(folder / _SECRETS for folder in folders))


def read_sources(environ: Mapping[str, str], files: Sequence[Path] | None = None) -> Sources:
    """Read all settings: top of the secrets files, then the environment, then ``[pantau]``.

    Args:
        files: secrets files; those that Streamlit reads if None.

    Raises:
        SecretsUnreadableError: if a file is there and cannot be read.
        SettingAreaError: if another area than that of this process is named.
        SettingUnknownError: if ``[pantau]`` holds a name that is no setting.
        SettingValueError: if a value is a list or a table.
    """
    top: dict[str, str] = {}
    section: dict[str, str] = {}
    notes: list[str] = []
    for path in secrets_files() if files is None else files:
        held = _read(path)
        misplaced = {name: value for name, value in held.items() if name in NAMES}
        if misplaced:
            notes.append(_MISPLACED.format(names=", ".join(misplaced), path=path))
        top |= _texts(path, misplaced)
        section |= _section(path, held.get(SECTION, {}))
    around = {name: environ.get(name, "").strip() for name in NAMES if name not in top}
    different = [name for name, text in around.items() if text and section.get(name, text) != text]
    if different:
        notes.append(_DIFFERENT.format(names=", ".join(different)))
    merged = section | {name: text for name, text in around.items() if text} | top
    _refuse_another_area(merged.get(AREA_SETTING, ""))
    return Sources({name: text for name, text in merged.items() if text}, tuple(notes))


def _refuse_another_area(wanted: str) -> None:
    """Say it where the area stands in a secrets file: it was chosen before that is read."""
    if wanted and wanted != area().code and Path(wanted).absolute() != area().folder:
        raise SettingAreaError(wanted)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SecretsUnreadableError(path, os_reason(error)) from error
    except UnicodeDecodeError as error:
        raise SecretsUnreadableError(path, "bukan teks UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        # "from None": the cause quotes nothing, but its context would show a password's line.
        raise SecretsUnreadableError(path, _where(str(error))) from None


def _where(stopped: str) -> str:
    found = _STOPPED.search(stopped)
    return f"baris {found[1]}, kolom {found[2]}" if found else "berakhir sebelum selesai"


def _section(path: Path, held: Any) -> dict[str, str]:
    if not isinstance(held, dict):
        raise SettingValueError(path, SECTION)
    for name in held:
        if name not in NAMES:
            raise SettingUnknownError(path, name, NAMES)
    return _texts(path, held)


def _texts(path: Path, held: Mapping[str, Any]) -> dict[str, str]:
    """Values as the environment would hold them."""
    texts: dict[str, str] = {}
    for name, value in held.items():
        if isinstance(value, dict | list):
            raise SettingValueError(path, name)
        texts[name] = str(int(value) if isinstance(value, bool) else value).strip()
    return texts
