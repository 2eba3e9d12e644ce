"""What can be set, its default, and what it is for.

Owns what each value means; where values come from is `geo.sources`. The table ``SETTINGS``
is the documentation; the README repeats it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from data_access.errors import DatabaseUrlError, SettingError
from geo.area import AREA_SETTING, DEFAULT_AREA, PROGRAM_DIR, area
from geo.sources import DEFAULT_DATA_DIR, Sources, read_sources

# Western Indonesia Time, the office's clock; it has no daylight saving.
WIB = timezone(timedelta(hours=7), "WIB")


# Beyond these years the clock of a machine is wrong, or a finger slipped.
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_DAY_EXPECTED = "tanggal seperti 2026-06-30, dari tahun 2000 sampai 2099"
_ADDRESS_EXPECTED = "alamat seperti https://pantau.kantor.go.id, tanpa jalur di belakangnya"

# The ports that browsers leave out of an address.
USUAL_PORTS = {"http": 80, "https": 443}

# Any number that could be meant, and none so long that reading it alone takes a while.
_DIGITS = re.compile(r"[0-9]{1,9}")


def today_in_office() -> date:
    """Return the current date on the office's clock."""
    return datetime.now(WIB).date()


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
    Setting(
        "PANTAU_DATA_DIR",
        DEFAULT_DATA_DIR,
        "Folder untuk basis data dan berkas batas wilayah.",
    ),
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
    Setting(
        "PANTAU_ADDRESS",
        "",
        "Alamat dasbor di balik proksi kantor, mis. https://pantau.kantor.go.id; beberapa dipisah "
        "koma. Alamat lain selain komputer ini ditolak.",
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
        addresses: where browsers find the dashboard besides this machine, each as browsers name
            it: ``https://host`` or ``https://host:port``, the port only where it is not the usual.
        notes: sentences about where the values stood, for the screen and the terminal.
    """

    # May hold a password, which must not reach a log with the rest.
    database_url: str = field(default="", repr=False)
    data_dir: Path = PROGRAM_DIR / DEFAULT_DATA_DIR
    boundaries: Path | None = None
    today: date = field(default_factory=today_in_office)
    is_sample_wanted: bool = True
    overdue_days: int = 90
    due_days: int = 30
    suppression_threshold: int = 5
    office: str = field(default_factory=lambda: area().default_office)
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def current_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings in force, the same for the dashboard and the commands.

    Args:
        environ: environment variables; the process's own if None.

    Raises:
        GeoError: if a secrets file cannot be used.
        SettingError: if a value cannot be used.
    """
    return load_settings(read_sources(os.environ if environ is None else environ))


def load_settings(sources: Sources) -> Settings:
    """Give every value its type; a name without a value has its default.

    Raises:
        SettingError, SettingPathError: if a value cannot be used.
    """
    values = _Values(sources)
    settings = Settings(
        database_url=values.database_url("PANTAU_DATABASE_URL"),
        data_dir=sources.data_dir,
        boundaries=sources.path("PANTAU_BOUNDARIES"),
        today=values.day("PANTAU_TODAY"),
        is_sample_wanted=values.flag("PANTAU_SAMPLE"),
        overdue_days=values.whole("PANTAU_OVERDUE_DAYS", least=1),
        due_days=values.whole("PANTAU_DUE_DAYS", least=0),
        suppression_threshold=values.whole("PANTAU_SUPPRESSION_THRESHOLD", least=1),
        office=values.choice("PANTAU_OFFICE", area().office_ids),
        addresses=values.addresses("PANTAU_ADDRESS"),
        notes=sources.notes,
    )
    if settings.due_days > settings.overdue_days:
        raise SettingError(
            "PANTAU_DUE_DAYS",
            str(settings.due_days),
            f"paling banyak PANTAU_OVERDUE_DAYS ({settings.overdue_days})",
        )
    return settings


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
    url = url.set(drivername="postgresql+psycopg")
    if not _can_be_looked_up(url):
        raise DatabaseUrlError(name)
    return url.render_as_string(hide_password=False)


def _can_be_looked_up(url: URL) -> bool:
    """Say whether the network could look up the servers that an address names anywhere in it."""
    try:
        _, options = url.get_dialect()().create_connect_args(url)
        for host in str(options.get("host", "")).split(","):
            host.encode("idna")
    except (ArgumentError, ValueError):
        return False
    return True


def browser_address(name: str, text: str) -> str:
    """Read the address of a web server as a browser names it in ``Origin``.

    Args:
        name: what was set, for the error.

    Raises:
        SettingError: if it is no such address, or names more than a server.
    """
    try:
        parts = urlsplit(text.lower())
        port = parts.port
    except ValueError as error:
        raise SettingError(name, text, _ADDRESS_EXPECTED) from error
    is_more = parts.path not in ("", "/") or any(sign in text for sign in "?#@*")
    if parts.scheme not in USUAL_PORTS or not parts.hostname or is_more:
        raise SettingError(name, text, _ADDRESS_EXPECTED)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    is_usual = port in (None, USUAL_PORTS[parts.scheme])
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


class _Values:
    """Looks a setting up and reads it as the type it should have."""

    _DEFAULTS = {setting.name: setting.default for setting in SETTINGS}  # noqa: RUF012

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def text(self, name: str) -> str:
        return self._sources.values.get(name, self._DEFAULTS[name])

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
        if day.isoformat() != text or not _FIRST_DAY <= day <= _LAST_DAY:
            raise SettingError(name, text, _DAY_EXPECTED)
        return day

    def addresses(self, name: str) -> tuple[str, ...]:
        texts = (text.strip() for text in self.text(name).split(","))
        return tuple(browser_address(name, text) for text in texts if text)

    def database_url(self, name: str) -> str:
        text = self.text(name)
        return server_url(name, text) if text else ""
