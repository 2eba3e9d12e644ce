"""From what people write in coded columns to the words of the schema.

Owns the synonyms. A word that is not clearly one of the schema's is an error that names the
allowed ones; open columns keep what was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from babel import Locale

from data_access.intake.cells.personal import shown
from geo.matching import normalise

YES = ("ya", "y", "yes", "true", "benar", "betul", "x", "v", "✓", "✔", "☑", "√", "1", "sudah")
NO = ("tidak", "tdk", "no", "n", "false", "bukan", "belum", "tidak ada", "0", "✗", "✘", "☐")

# Of each column: what is stored -> other ways to write it.
_CODED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "outcome": {
        "nihil": ("n", "laporan nihil", "hasil nihil", "nihil temuan", "tidak ada temuan",
                  "tdk ada temuan", "tanpa temuan", "tidak ditemukan", "tidak ada", "nil"),
        "temuan": ("ada temuan", "terdapat temuan", "ditemukan", "ada"),
        "tindak_lanjut": ("tindak lanjut", "tl", "perlu tindak lanjut", "ditindaklanjuti",
                          "butuh tindak lanjut", "perlu ditindaklanjuti", "untuk ditindaklanjuti"),
        "tidak_terjangkau": ("tidak terjangkau", "tdk terjangkau", "tidak dapat dijangkau",
                             "desa tidak terjangkau", "tidak bisa dijangkau"),
    },
    "verification": {
        "dilaporkan": ("belum diverifikasi", "belum terverifikasi", "laporan", "lapor",
                       "reported", "baru dilaporkan", "proses verifikasi"),
        "terverifikasi": ("sudah diverifikasi", "diverifikasi", "verified", "terbukti", "valid"),
        "tidak_terbukti": ("tidak terbukti", "tdk terbukti", "tidak benar", "hoaks", "hoax"),
    },
    "office": {
        "serang": ("kanim serang", "kantor imigrasi serang", "imigrasi serang",
                   "kantor imigrasi kelas i non tpi serang", "kanim kelas i non tpi serang"),
        "cilegon": ("kanim cilegon", "kantor imigrasi cilegon", "imigrasi cilegon",
                    "kantor imigrasi kelas ii tpi cilegon", "kanim kelas ii tpi cilegon"),
        "unknown": ("belum diketahui", "tidak diketahui", "belum ditentukan", "belum"),
    },
}  # fmt: skip

# Usual words of open columns; what is not here stays as it was written.
_OPEN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "stage": {
        "laporan": ("dilaporkan", "lapor", "pengaduan", "laporan masuk"),
        "LP": ("laporan polisi", "lapor polisi"),
        "penyelidikan": ("lidik", "tahap penyelidikan"),
        "penyidikan": ("sidik", "tahap penyidikan"),
        "P21": ("p 21", "berkas lengkap", "tahap p21"),
        "putusan": ("vonis", "diputus", "inkrah", "inkracht", "putusan pengadilan"),
        "dihentikan": ("sp3", "henti lidik", "henti sidik", "penghentian"),
    },
    "channel": {
        "datang langsung": ("datang", "langsung", "datang ke kantor", "tatap muka"),
        "telepon": ("telp", "telpon", "tlp", "telephone", "hotline"),
        "WhatsApp": ("wa", "whats app", "whatsapp"),
        "surat": ("bersurat", "surat resmi"),
        "e-Pengaduan": ("epengaduan", "e pengaduan", "aplikasi e-pengaduan"),
        "medsos": ("media sosial", "sosial media", "sosmed", "instagram", "facebook", "tiktok"),
        "petugas": ("petugas imigrasi", "pimpasa", "petugas pimpasa", "melalui petugas"),
    },
    "pillar": {
        "Layanan": ("pilar layanan", "pelayanan", "pilar pelayanan"),
        "Pengetahuan": ("pilar pengetahuan", "literasi hukum"),
        "Keamanan": ("pilar keamanan", "deteksi dini"),
    },
}

LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "is_tppo": ("tppo", "perdagangan orang", "tindak pidana perdagangan orang"),
        "is_tppm": ("tppm", "penyelundupan manusia", "tindak pidana penyelundupan manusia",
                    "penyelundupan orang"),
        "is_pmi_np": ("pmi np", "pminp", "pmi non prosedural", "pmi nonprosedural", "pmi ilegal",
                      "pekerja migran nonprosedural", "pekerja migran non prosedural",
                      "pekerja migran indonesia non prosedural", "non prosedural"),
    }
)  # fmt: skip
LABEL_NAMES = ("TPPO", "TPPM", "PMI NP")
_LABEL_PARTS = re.compile(r"[,;/+&\n|]|\bdan\b", re.IGNORECASE)

_COUNTRY_NAMES: Mapping[str, tuple[str, ...]] = {
    "SA": ("saudi", "saudi arabia", "ksa"),
    "AE": ("uea", "uae", "emirat arab", "persatuan emirat arab"),
    "HK": ("hongkong", "hong kong", "hong kong sar"),
    "MO": ("makau", "macau"),
    "MM": ("myanmar", "burma"),
    "KH": ("cambodia", "kampuchea"),
    "KR": ("korea", "korsel", "republik korea"),
    "CN": ("tiongkok", "china", "cina", "rrt", "rrc"),
    "US": ("as", "usa", "amerika"),
    "GB": ("inggris", "uk"),
    "SY": ("syria", "siria"),
    "JO": ("jordan", "jordania"),
    "TW": ("taiwan roc",),
    "BN": ("brunei", "brunei darussalam"),
    "TL": ("timor leste", "timtim"),
}
# Babel also knows groups of countries and test languages by two letters.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_UNKNOWN_COUNTRY = frozenset({"tidakdiketahui", "belumdiketahui", "tidakada", "tidaktahu"})


class UnknownWordError(ValueError):
    """A word that is none of the allowed ones."""

    def __init__(self, written: object, allowed: Iterable[str]) -> None:
        super().__init__(
            f"“{shown(written)}” tidak dikenal. Tulis salah satu: {', '.join(allowed)}."
        )


class UnknownCountryError(ValueError):
    def __init__(self, written: object) -> None:
        super().__init__(
            f"“{shown(written)}” bukan nama satu negara. Tulis nama negara atau kode dua hurufnya, "
            "misalnya Malaysia atau MY; kosongkan bila tidak diketahui."
        )


def read_word(column: str, text: str) -> str:
    """Return the schema's word for a coded column (outcome, verification, office).

    Raises:
        UnknownWordError: if the text is not clearly one of them.
    """
    found = _coded(column).get(normalise(text))
    if found is None:
        raise UnknownWordError(text, allowed_words(column))
    return found


def allowed_words(column: str) -> tuple[str, ...]:
    """Return the words of a coded column as people write them."""
    return tuple(word.replace("_", " ") for word in _CODED[column])


def usual_word(column: str, text: str) -> str:
    """Return the usual spelling of a word in an open column, or the text as it is."""
    return _open(column).get(normalise(text), text) if column in _OPEN else text


def read_flag(text: str) -> bool:
    """Return what a yes-or-no cell says.

    Raises:
        UnknownWordError: if it says neither.
    """
    key = " ".join(text.casefold().split()).strip(" .!")
    if key in YES:
        return True
    if key in NO:
        return False
    raise UnknownWordError(text, ("ya", "tidak"))


def read_labels(text: str) -> frozenset[str]:
    """Return the label columns that a text such as "TPPO, PMI NP" names.

    Raises:
        UnknownWordError: if a part of it is no label.
    """
    parts = [part for part in _LABEL_PARTS.split(text) if normalise(part)]
    labels = frozenset(word for part in parts for word in _label_words(part))
    unknown = labels - _labels().keys()
    if unknown:
        raise UnknownWordError(text, LABEL_NAMES)
    return frozenset(_labels()[word] for word in labels)


def _label_words(part: str) -> list[str]:
    """A label of several words, or the choices that KoboToolbox parts by spaces: "tppo pmi_np"."""
    whole = normalise(part)
    words = [normalise(word) for word in part.split()]
    return words if whole not in _labels() and words else [whole]


def read_country(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of a country; None where the text says "unknown".

    Raises:
        UnknownCountryError: if the text is no single country.
    """
    key = normalise(text)
    if key in _UNKNOWN_COUNTRY:
        return None
    code = _countries().get(key)
    if code is None:
        raise UnknownCountryError(text)
    return code


def _by_spelling(words: Mapping[str, tuple[str, ...]]) -> Mapping[str, str]:
    return MappingProxyType(
        {
            normalise(spelling): word
            for word, spellings in words.items()
            for spelling in (word, *spellings)
        }
    )


@cache
def _coded(column: str) -> Mapping[str, str]:
    return _by_spelling(_CODED[column])


@cache
def _open(column: str) -> Mapping[str, str]:
    return _by_spelling(_OPEN[column])


@cache
def _labels() -> Mapping[str, str]:
    return _by_spelling(LABELS)


@cache
def _countries() -> Mapping[str, str]:
    """Indonesian names win over English ones, both over two-letter codes and short forms."""
    names: dict[str, str] = {}
    for language in ("id", "en"):
        for code, name in _territories(language).items():
            names.setdefault(normalise(name), code)
    names |= {normalise(code): code for code in _territories("id")}
    for code, spellings in _COUNTRY_NAMES.items():
        names |= {normalise(spelling): code for spelling in spellings}
    return MappingProxyType(names)


def _territories(language: str) -> dict[str, str]:
    """Countries and areas with a code of two letters, and their names."""
    return {
        str(code): str(name)
        for code, name in Locale(language).territories.items()
        if len(str(code)) == 2 and str(code).isalpha() and code not in _NOT_COUNTRIES
    }
