"""From what people write in coded columns to the words of the schema.

Owns the synonyms. A word that is not clearly one of the schema's is an error that names the
allowed ones; open columns keep what was written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from babel import Locale

from data_access.intake.cells.personal import shown
from data_access.schema import UNKNOWN_OFFICE
from geo.area import area
from geo.matching import normalise
from geo.telling import TellingError

# U+F0FC and U+F0FE are the ticks of the font Wingdings.
YES = ("ya", "y", "yes", "true", "benar", "betul", "x", "v", "✓", "✔", "☑", "✅", "√", "●", "⬤",
       "■", "\uf0fc", "\uf0fe", "1", "sudah", "ada", "checked", "dicentang", "binaan",
       "desa binaan")  # fmt: skip
NO = ("tidak", "tdk", "no", "n", "false", "bukan", "belum", "tidak ada", "0", "✗", "✘", "❌", "☐",
      "○", "□", "unchecked", "bukan binaan", "bukan desa binaan", "non binaan")  # fmt: skip
# In a column that has ticks beside it, a cross says no; alone it is a tick itself.
CROSSES = frozenset({"x", "×", "✕"})
TICKS = frozenset({"v", "✓", "✔", "☑", "✅", "√", "\uf0fc", "\uf0fe"})

# Of each column: what is stored -> other ways to write it.
_CODED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "outcome": {
        "nihil": ("n", "laporan nihil", "hasil nihil", "nihil temuan", "tidak ada temuan",
                  "tdk ada temuan", "tanpa temuan", "tidak ditemukan", "tidak ada", "nil"),
        "temuan": ("ada temuan", "terdapat temuan", "ditemukan", "ditemukan temuan", "ada",
                   "terdapat"),
        "tindak_lanjut": ("tindak lanjut", "tl", "perlu tindak lanjut", "ditindaklanjuti",
                          "butuh tindak lanjut", "perlu ditindaklanjuti", "untuk ditindaklanjuti",
                          "perlu tl", "butuh tl", "perlu ada tindak lanjut", "memerlukan tl",
                          "memerlukan tindak lanjut", "perlu tindaklanjut"),
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
        **{one.id: (one.name, *one.spellings) for one in area().offices},
        UNKNOWN_OFFICE: ("belum diketahui", "tidak diketahui", "belum ditentukan", "belum"),
    },
}  # fmt: skip

CODED_COLUMNS = tuple(_CODED)

# "Nihil (tidak ada keberangkatan)" is nihil whatever it explains; what follows may take it back.
_NIHIL = re.compile(
    r"(?:laporan |hasil )?nihil\b|(?:tidak|tdk) (?:ada|terdapat|ditemukan) temuan\b"
    r"|tanpa temuan\b|0 temuan\b"
)
_FOUND = re.compile(
    r"(?:ada |terdapat |ditemukan )?(?:[1-9]\d?|satu|dua|tiga|empat|lima|beberapa) "
    r"(?:buah |orang )?temuan"
)
_CLAUSES = re.compile(r"[,.;:()/\[\]|]| - |\bdan\b|\bserta\b")
_SEVERAL = re.compile(r"[,;/|&+()]|\b(?:dan|atau|serta)\b", re.IGNORECASE)
_TAKES_BACK = re.compile(
    r"\b(?:namun|tetapi|tapi|kecuali|selain|hanya|cuma|sedangkan|meski\w*|walau\w*|atau|perlu|"
    r"butuh|memerlukan|tl|tindak lanjut|tindaklanjut|ditindaklanjuti|menunggu|belum selesai)\b"
)
# What a clause of its own may say only after a "no"; a number may not even then.
_NO = re.compile(r"\b(?:tidak|tdk|tak|belum|tanpa|nihil|bukan|0|nol)\b")
_TELLS = re.compile(
    r"\b(?:ada|adanya|terdapat|ditemukan|menemukan|temuan|dugaan|diduga|indikasi|terindikasi|"
    r"kasus|korban|pelanggaran|berangkat|keberangkatan)\b"
)
_SOME = re.compile(r"\b(?:0*[1-9]\d*|satu|dua|tiga|empat|lima|beberapa|sejumlah|seorang|banyak)\b")

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
LABEL_NAMES = ("TPPO", "TPPM", "PMI nonprosedural")
# They say how sure somebody is; that is the column of verification's matter.
_LABEL_FILLERS = frozenset({"dugaan", "diduga", "terduga", "indikasi", "terindikasi", "kasus"})
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
# Places that stand for their country in officers' lists, where Indonesians work or are taken to.
_CITIES: Mapping[str, tuple[str, ...]] = {
    "AE": ("dubai", "abu dhabi", "sharjah", "ajman"),
    "BH": ("manama",),
    "BN": ("bandar seri begawan",),
    "CN": ("guangzhou", "shenzhen", "beijing", "shanghai"),
    "HK": ("kowloon",),
    "IQ": ("baghdad", "bagdad", "erbil"),
    "JO": ("amman",),
    "JP": ("tokyo", "osaka"),
    "KH": ("phnom penh", "sihanoukville", "sihanouk ville", "poipet", "bavet"),
    "KR": ("seoul", "busan", "incheon"),
    "KW": ("kuwait city",),
    "LA": ("vientiane",),
    "LB": ("beirut",),
    "LY": ("tripoli",),
    "MM": ("myawaddy", "yangon", "kk park", "shwe kokko", "laukkai"),
    "MY": ("kuala lumpur", "johor", "johor bahru", "penang", "pulau pinang", "selangor", "sabah",
           "sarawak", "kuching", "tawau", "kota kinabalu"),
    "OM": ("muscat", "muskat"),
    "PH": ("manila", "cebu"),
    "QA": ("doha",),
    "SA": ("riyadh", "jeddah", "jedah", "mekkah", "makkah", "mekah", "madinah", "dammam", "tabuk"),
    "SY": ("damaskus", "aleppo"),
    "TH": ("bangkok", "mae sot", "phuket"),
    "TR": ("istanbul", "ankara"),
    "TW": ("taipei", "kaohsiung", "taichung"),
    "VN": ("ho chi minh", "hanoi"),
}  # fmt: skip
_COUNTRY_LEAD = re.compile(r"^\s*(?:negara|ke)\s+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_COUNTRY_PARTS = re.compile(r"[,;/|+&]|\s[-–—]\s|\b(?:dan|atau|via|transit)\b", re.IGNORECASE)
# Babel also knows groups of countries and test languages by two letters.
_NOT_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"})
_UNKNOWN_COUNTRY = frozenset({"tidakdiketahui", "belumdiketahui", "tidakada", "tidaktahu"})


class _WrittenError(TellingError, ValueError):
    written: object

    @property
    def shown(self) -> str:
        return shown(self.written)


class UnknownWordError(_WrittenError):
    """A word that is none of the allowed ones."""

    sentence = "“{shown}” tidak dikenal. Tulis salah satu: {allowed:list}."
    allowed: Collection[str]


class UnknownCountryError(_WrittenError):
    sentence = (
        "“{shown}” bukan nama satu negara. Tulis nama negara atau kode dua hurufnya, "
        "misalnya Malaysia atau MY; kosongkan bila tidak diketahui."
    )


def read_word(column: str, text: str) -> str:
    """Return the schema's word for a coded column (outcome, verification, office).

    Raises:
        UnknownWordError: if the text is not clearly one of them.
    """
    words = _coded(column)
    # "Nihil/temuan" are two answers, "?" is none.
    parts = {words[part] for part in map(normalise, _SEVERAL.split(text)) if part in words}
    if len(parts) > 1 or "?" in text:
        raise UnknownWordError(text, allowed_words(column))
    found = words.get(normalise(text))
    if found is None and column == "outcome":
        found = _told_outcome(text)
    if found is None:
        raise UnknownWordError(text, allowed_words(column))
    return found


def _told_outcome(text: str) -> str | None:
    """The result where somebody wrote a sentence; None where it may mean two."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip(" .!-")
    if _FOUND.fullmatch(plain):
        return "temuan"
    begin = _NIHIL.match(plain)
    rest = plain[begin.end() :] if begin else ""
    if not begin or _TAKES_BACK.search(rest) or _SOME.search(rest):
        return None
    # The words up to the first comma or bracket are what there is nothing of.
    _, *clauses = _CLAUSES.split(rest)
    return None if any(map(_is_told, clauses)) else "nihil"


def _is_told(clause: str) -> bool:
    """Whether a clause says that there was something."""
    found = _TELLS.search(clause)
    return found is not None and not _NO.search(clause[: found.start()])


def allowed_words(column: str) -> tuple[str, ...]:
    """Return the words of a coded column as people write them."""
    return tuple(word.replace("_", " ") for word in _CODED[column])


def usual_word(column: str, text: str) -> str:
    """Return the usual spelling of a word in an open column, or the text as it is."""
    return _open(column).get(normalise(text), text) if column in _OPEN else text


def read_flag(text: str, *, has_ticks: bool = False) -> bool:
    """Return what a yes-or-no cell says.

    Args:
        text: the cell.
        has_ticks: whether the column holds ticks, so that a cross is not clearly one of them.

    Raises:
        UnknownWordError: if it says neither.
    """
    key = flag_key(text)
    if has_ticks and key in CROSSES:
        raise UnknownWordError(text, ("ya", "tidak"))
    if key in YES:
        return True
    if key in NO:
        return False
    raise UnknownWordError(text, ("ya", "tidak"))


def flag_key(text: str) -> str:
    """Reduce a yes-or-no cell to what two ways of writing it share."""
    # Some ticks carry a mark that asks for colour.
    return " ".join(text.replace("\ufe0f", "").casefold().split()).strip(" .!")


def read_labels(text: str) -> frozenset[str]:
    """Return the label columns that a text such as "TPPO, PMI nonprosedural" names.

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
    """The labels of a part, of which KoboToolbox may join several with spaces: "tppo pmi_np"."""
    words = [word for word in map(normalise, part.split()) if word]
    found = []
    while words:
        while len(words) > 1 and words[0] in _LABEL_FILLERS:
            words = words[1:]
        # The longest label wins: "PMI Non Prosedural" before "Non Prosedural".
        length = next((n for n in range(len(words), 1, -1) if "".join(words[:n]) in _labels()), 1)
        found.append("".join(words[:length]))
        words = words[length:]
    return found


def read_country(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of a country; None where the text says "unknown".

    Raises:
        UnknownCountryError: if the text is no single country.
    """
    bare = _COUNTRY_LEAD.sub("", text)
    key = normalise(bare)
    if key in _UNKNOWN_COUNTRY:
        return None
    code = _countries().get(key) or _country_of_parts(bare)
    if code is None:
        raise UnknownCountryError(text)
    return code


def _country_of_parts(text: str) -> str | None:
    """The one country of "Myanmar (Myawaddy)" or "Riyadh, Arab Saudi"; None for none or several."""
    outside = _IN_BRACKETS.sub(" ", text)
    parts = [normalise(part) for part in _COUNTRY_PARTS.split(outside) if normalise(part)]
    places = _countries() | _cities()
    if any(part not in places for part in parts):
        return None
    inside = " ".join(found[1] or found[2] or "" for found in _IN_BRACKETS.finditer(text))
    words = [normalise(word) for word in re.split(r"[\W\d_]+", inside)]
    # In brackets anything may stand but another country; two letters there are no code.
    also = {normalise(part) for part in _COUNTRY_PARTS.split(inside)} | set(words)
    also |= {first + second for first, second in pairwise(words)}
    codes = {places[part] for part in parts}
    codes |= {places[word] for word in also if len(word) > 2 and word in places}
    return codes.pop() if parts and len(codes) == 1 else None


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
def _cities() -> dict[str, str]:
    return {normalise(city): code for code, cities in _CITIES.items() for city in cities}


@cache
def _countries() -> dict[str, str]:
    """Indonesian names win over English ones, both over two-letter codes and short forms."""
    names: dict[str, str] = {}
    for language in ("id", "en"):
        for code, name in _territories(language).items():
            names.setdefault(normalise(name), code)
    names |= {normalise(code): code for code in _territories("id")}
    for code, spellings in _COUNTRY_NAMES.items():
        names |= {normalise(spelling): code for spelling in spellings}
    return names


def _territories(language: str) -> dict[str, str]:
    """Countries and areas with a code of two letters, and their names."""
    return {
        str(code): str(name)
        for code, name in Locale(language).territories.items()
        if len(str(code)) == 2 and str(code).isalpha() and code not in _NOT_COUNTRIES
    }
