"""What can be set, its default, and what it is for.

Owns reading settings from the environment and from the secrets file. The table
``SETTINGS`` is the documentation; the README repeats it.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from data_access.errors import DatabaseUrlError, SecretsUnreadableError, SettingError
from geo.area import AREA_SETTING, DEFAULT_AREA, area

# Western Indonesia Time, the office's clock; it has no daylight saving.
WIB = timezone(timedelta(hours=7), "WIB")


_DAY_EXPECTED = "tanggal seperti 2026-06-30"

# Any number that could be meant, and none so long that reading it alone takes a while.
_DIGITS = re.compile(r"[0-9]{1,9}")


def today_in_office() -> date:
    """Return the current date on the office's clock."""
    return datetime.now(WIB).date()


# Where Streamlit keeps what must not be in the repository; commands read it too.
SECRETS_FILE = Path(".streamlit") / "secrets.toml"


@dataclass(frozen=True)
class Setting:
    """One thing that can be set: its name, its default as text, and what it is for."""

    name: str
    default: str
    sentence: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "PANTAU_DATABASE_URL",
        "",
        "Alamat PostgreSQL kantor; kosong berarti berkas SQLite di dalam folder data.",
    ),
    Setting("PANTAU_DATA_DIR", "data", "Folder untuk basis data dan berkas batas wilayah."),
    Setting(
        "PANTAU_BOUNDARIES",
        "",
        "Berkas batas wilayah yang dipakai sebagai ganti yang tersimpan.",
    ),
    Setting(
        "PANTAU_TODAY",
        "",
        "Tanggal tetap (TTTT-BB-HH) sebagai “hari ini”; kosong berarti tanggal WIB sekarang.",
    ),
    Setting("PANTAU_SAMPLE", "1", "Isi data contoh saat pertama dijalankan: 1 ya, 0 mulai kosong."),
    Setting("PANTAU_OVERDUE_DAYS", "90", "Hari sejak kunjungan terakhir sampai desa jatuh tempo."),
    Setting("PANTAU_DUE_DAYS", "30", "Hari sebelum jatuh tempo yang disebut akan jatuh tempo."),
    Setting(
        "PANTAU_SUPPRESSION_THRESHOLD",
        "5",
        "Jumlah kasus di bawah angka ini tidak ditampilkan sebelum petugas membuka rinciannya.",
    ),
    Setting(
        AREA_SETTING,
        DEFAULT_AREA,
        "Wilayah: kode folder di `geo/data` atau alamat folder lain; hanya lewat lingkungan.",
    ),
    Setting(
        "PANTAU_OFFICE",
        area().default_office,
        "Kantor imigrasi pemakai, untuk cakupan “wilayah kantor ini”: id kantor dalam area.toml.",
    ),
)


@dataclass(frozen=True)
class Settings:
    """The settings in force.

    Attributes:
        database_url: SQLAlchemy address of PostgreSQL; "" means the SQLite file in ``data_dir``.
        data_dir: folder of the database file and the stored boundaries.
        boundaries: a boundary file to use instead of the stored ones.
        today: the day that "now" refers to, in WIB.
        is_sample_wanted: whether an embedded store is filled with sample data on its first run.
        overdue_days: days after which a desa's last visit is too long ago.
        due_days: days before becoming overdue in which a desa counts as nearly due.
        suppression_threshold: case counts below this are withheld until their details are opened.
        office: the office whose kecamatan the scope "office" covers.
    """

    # May hold a password, which must not reach a log with the rest.
    database_url: str = field(default="", repr=False)
    data_dir: Path = Path("data")
    boundaries: Path | None = None
    today: date = field(default_factory=today_in_office)
    is_sample_wanted: bool = True
    overdue_days: int = 90
    due_days: int = 30
    suppression_threshold: int = 5
    office: str = field(default_factory=lambda: area().default_office)


def load_settings(
    environ: Mapping[str, str] | None = None, secrets: Mapping[str, str] | None = None
) -> Settings:
    """Read the settings; the environment goes before the secrets file, both before the default.

    Args:
        environ: environment variables; the process's own if None.
        secrets: values of ``.streamlit/secrets.toml`` under the same names.

    Raises:
        SettingError: if a value cannot be used.
    """
    values = _Values(os.environ if environ is None else environ, secrets or {})
    _refuse_another_area(values.text(AREA_SETTING))
    boundaries = values.text("PANTAU_BOUNDARIES")
    settings = Settings(
        database_url=values.database_url("PANTAU_DATABASE_URL"),
        data_dir=values.path("PANTAU_DATA_DIR"),
        boundaries=values.path("PANTAU_BOUNDARIES") if boundaries else None,
        today=values.day("PANTAU_TODAY"),
        is_sample_wanted=values.flag("PANTAU_SAMPLE"),
        overdue_days=values.whole("PANTAU_OVERDUE_DAYS", least=1),
        due_days=values.whole("PANTAU_DUE_DAYS", least=0),
        suppression_threshold=values.whole("PANTAU_SUPPRESSION_THRESHOLD", least=1),
        office=values.choice("PANTAU_OFFICE", area().office_ids),
    )
    if settings.due_days > settings.overdue_days:
        raise SettingError(
            "PANTAU_DUE_DAYS",
            str(settings.due_days),
            f"paling banyak PANTAU_OVERDUE_DAYS ({settings.overdue_days})",
        )
    return settings


def _refuse_another_area(wanted: str) -> None:
    """Say it where the area stands in the secrets file: it was chosen before that is read."""
    if wanted != area().code and Path(wanted).absolute() != area().folder:
        raise SettingError(
            AREA_SETTING,
            wanted,
            f"wilayah yang sedang dipakai ({area().code}); pilih wilayah hanya lewat lingkungan",
        )


def read_secrets(path: Path = SECRETS_FILE) -> dict[str, str]:
    """Read the settings in the secrets file as text; none where there is no such file.

    Raises:
        SecretsUnreadableError: if the file is there and cannot be read.
    """
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SecretsUnreadableError(path, str(error)) from error
    return {name: str(value) for name, value in values.items() if not isinstance(value, dict)}


def server_url(name: str, text: str) -> str:
    """Read the address of a PostgreSQL database as SQLAlchemy writes it.

    Args:
        name: what was set, for the error.
        text: the address; may hold a password, and so is never shown.

    Raises:
        DatabaseUrlError: if it is no such address.
    """
    _, _, behind_user = text.partition("://")[2].partition(":")
    if behind_user.count("@") > 1:
        # The password would end at the first "@", and its rest be shown as the server's name.
        raise DatabaseUrlError(name)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # "from None": the cause would quote the address, and with it the password.
        raise DatabaseUrlError(name) from None
    if url.drivername not in ("postgres", "postgresql", "postgresql+psycopg"):
        raise DatabaseUrlError(name)
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


class _Values:
    """Looks a setting up and reads it as the type it should have."""

    _DEFAULTS = {setting.name: setting.default for setting in SETTINGS}  # noqa: RUF012

    def __init__(self, *sources: Mapping[str, str]) -> None:
        self._sources = sources

    def text(self, name: str) -> str:
        for source in self._sources:
            if value := str(source.get(name, "")).strip():
                return value
        return self._DEFAULTS[name]

    def path(self, name: str) -> Path:
        text = self.text(name)
        try:
            return Path(text).expanduser()
        except RuntimeError as error:
            raise SettingError(name, text, "alamat lengkap, misalnya /srv/pantau") from error

    def whole(self, name: str, least: int) -> int:
        text = self.text(name)
        # Ten thousand days are 27 years: more is a slip of the finger, not a wish.
        if not _DIGITS.fullmatch(text) or not least <= int(text) <= 10_000:
            raise SettingError(name, text, f"bilangan bulat {least} sampai 10000")
        return int(text)

    def flag(self, name: str) -> bool:
        return self.choice(name, ("1", "0")) == "1"

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        text = self.text(name).lower()
        if text not in allowed:
            raise SettingError(name, text, " atau ".join(allowed))
        return text

    def day(self, name: str) -> date:
        text = self.text(name)
        if not text:
            return today_in_office()
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise SettingError(name, text, _DAY_EXPECTED) from error
        # Python also reads 20260630 and 2026-W27-2, which people take for something else.
        if day.isoformat() != text:
            raise SettingError(name, text, _DAY_EXPECTED)
        return day

    def database_url(self, name: str) -> str:
        text = self.text(name)
        return server_url(name, text) if text else ""
