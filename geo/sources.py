"""Where settings come from: the environment and the secrets files.

Owns the one reader for the dashboard, `python -m data_access` and `python -m geo`; it stands
in the lowest room because all three need it. What a value means is its reader's business.

Our keys stand under ``[pantau]`` in ``.streamlit/secrets.toml``. Streamlit copies keys at the
top of that file over the environment of the dashboard; so that no command opens another
database, they go before the environment here as well, and are said to be in the wrong place.
"""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from geo.area import AREA_SETTING, PROGRAM_DIR
from geo.errors import (
    SecretsUnreadableError,
    SettingAreaError,
    SettingMisspeltError,
    SettingPathError,
    SettingSectionError,
    SettingUnknownError,
    SettingValueError,
    one_line,
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

_PREFIX = "PANTAU_"
# PANTAU_DB_URL is meant for PANTAU_DATABASE_URL; what a cluster sets by itself for a service
# of that name, such as PANTAU_SERVICE_HOST, is nobody's slip.
_LIKENESS = 0.8

_SECRETS = Path(".streamlit") / "secrets.toml"
# How the TOML reader says where it stopped: "... (at line 3, column 9)".
_STOPPED = re.compile(r"\(at line (\d+), column (\d+)\)")

_MISPLACED = (
    "Kunci {names} di {path} harus di bawah [pantau]; di luar itu nilainya mengalahkan lingkungan."
)
_STRANGE = "{names} di lingkungan bukan pengaturan program ini dan tidak dipakai."
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

        A relative one starts at the program's folder, so that dashboard and commands mean the
        same wherever each is started.

        Raises:
            SettingPathError: if it begins with a user that does not exist, or is no path.
        """
        text = self.values.get(name, default)
        if "\0" in text:
            raise SettingPathError(name, one_line(text))
        try:
            return PROGRAM_DIR / Path(text).expanduser() if text else None
        except RuntimeError as error:
            raise SettingPathError(name, text) from error

    @property
    def data_dir(self) -> Path:
        return self.path("PANTAU_DATA_DIR", DEFAULT_DATA_DIR) or Path(DEFAULT_DATA_DIR)


def secrets_files() -> tuple[Path, ...]:
    """Return the files that Streamlit reads; a later one goes before an earlier one."""
    folders = []
    # An account without a home has no file there, and a folder that was removed none either.
    with suppress(RuntimeError):
        folders.append(Path.home())
    with suppress(FileNotFoundError):
        folders.append(Path.cwd())
    return tuple(dict.fromkeys(folder / _SECRETS for folder in (*folders, PROGRAM_DIR)))


def read_sources(environ: Mapping[str, str], files: Sequence[Path] | None = None) -> Sources:
    """Read all settings: top of the secrets files, then the environment, then ``[pantau]``.

    Args:
        files: secrets files; those that Streamlit reads if None.

    Raises:
        SecretsUnreadableError: if a file is there and cannot be read.
        SettingAreaError: if a file names an area.
        SettingMisspeltError: if the environment has a name that comes near to a setting's.
        SettingSectionError: if a setting stands in a file under another heading.
        SettingUnknownError: if a file holds a name of ours that is no setting.
        SettingValueError: if a value is a list or a table.
    """
    top: dict[str, str] = {}
    section: dict[str, str] = {}
    notes: list[str] = []
    for path in secrets_files() if files is None else files:
        held = _read(path)
        _refuse_other_sections(path, held)
        misplaced = {name: value for name, value in held.items() if _is_ours(name)}
        if misplaced:
            notes.append(_MISPLACED.format(names=", ".join(misplaced), path=path))
        top |= _texts(path, misplaced)
        section |= _section(path, held.get(SECTION, {}))
    strange = [name for name in environ if _is_ours(name) and name not in NAMES]
    _refuse_misspelt(strange)
    if strange:
        notes.append(_STRANGE.format(names=one_line(", ".join(sorted(strange)))))
    around = {name: environ.get(name, "").strip() for name in NAMES if name not in top}
    different = [name for name, text in around.items() if text and section.get(name, text) != text]
    if different:
        notes.append(_DIFFERENT.format(names=", ".join(different)))
    merged = section | {name: text for name, text in around.items() if text} | top
    return Sources({name: text for name, text in merged.items() if text}, tuple(notes))


def _is_ours(name: str) -> bool:
    return name.upper().startswith(_PREFIX)


def _refuse_other_sections(path: Path, held: Mapping[str, Any]) -> None:
    for heading, values in held.items():
        if heading != SECTION and isinstance(values, dict):
            ours = next(filter(_is_ours, values), None)
            if ours is not None:
                raise SettingSectionError(path, heading, ours)


def _refuse_misspelt(strange: Sequence[str]) -> None:
    """Refuse a name that a person most likely mistyped; what others set is only told."""
    for name in strange:
        for meant in get_close_matches(name.upper(), NAMES, 1, _LIKENESS):
            raise SettingMisspeltError(one_line(name), meant)


def _read(path: Path) -> dict[str, Any]:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SecretsUnreadableError(path, "bukan berkas biasa")
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
    except (ValueError, RecursionError):
        # A number of thousands of digits, or brackets within brackets without end.
        raise SecretsUnreadableError(path, "nilainya tidak masuk akal") from None


def _where(stopped: str) -> str:
    found = _STOPPED.search(stopped)
    return f"baris {found[1]}, kolom {found[2]}" if found else "berakhir sebelum selesai"


def _section(path: Path, held: Any) -> dict[str, str]:
    if not isinstance(held, dict):
        raise SettingValueError(path, SECTION)
    return _texts(path, held)


def _texts(path: Path, held: Mapping[str, Any]) -> dict[str, str]:
    """Values as the environment would hold them."""
    texts: dict[str, str] = {}
    for name, value in held.items():
        if name not in NAMES:
            raise SettingUnknownError(path, name, NAMES)
        if name == AREA_SETTING:
            raise SettingAreaError(path)
        if isinstance(value, dict | list):
            raise SettingValueError(path, name)
        texts[name] = str(int(value) if isinstance(value, bool) else value).strip()
    return texts
