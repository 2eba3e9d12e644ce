"""What a header says, whatever its spelling: "Jml. Peserta (L)" and "Jumlah Peserta Pria" alike.

Owns the words that officers write for one another, and what in a header says nothing. Knows no
table.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

# What is written -> the word that titles are told apart by. Men are "lk" and women "pr": alone,
# "l" and "p" are also the parts of "L/P".
_SAME: dict[str, str] = {
    spelling: word
    for word, spellings in {
        "jumlah": "jml jlh jmlh jum banyaknya banyak total sum tot kuantitas volume",
        "tanggal": "tgl tggl tg date kapan",
        "waktu": "time",
        "desa": "ds village",
        "kelurahan": "kel",
        "kecamatan": "kec district camat",
        "kabupaten": "kab",
        "nomor": "no nmr nomer",
        "register": "reg registrasi register",
        "lk": "l laki lelaki pria male cowok",
        "pr": "p perempuan wanita female cewek",
        "tahun": "thn th year",
        "bulan": "bln",
        "keterangan": "ket",
        "rata": "rerata average mean",
        "pre": "awal sebelum pretest pretes",
        "post": "akhir sesudah setelah posttest postest posttes postes pasca",
        "tes": "test ujian",
        "uji": "diuji teruji",
        "skor": "score",
        "orang": "org org2",
        "pmi": "cpmi",
        "lapor": "reporting reported report laporan pelaporan dilaporkan lap",
        "adu": "aduan pengaduan diadukan",
        "terima": "diterima penerimaan",
        "jadi": "kejadian terjadi peristiwa tempus",
        "asal": "domisili berasal",
        "rujuk": "rujukan dirujuk merujuk",
        "tangani": "penanganan ditangani menangani penangan",
        "selesai": "closed penyelesaian diselesaikan ditutup penutupan tutup",
        "tetap": "ditetapkan penetapan",
        "kukuh": "pengukuhan dikukuhkan pencanangan dicanangkan peresmian diresmikan launching "
        "peluncuran",
        "kunjungan": "visit kunjung dikunjungi berkunjung",
        "hasil": "result",
        "temuan": "finding ditemukan",
        "sosialisasi": "penyuluhan diseminasi penyebaran edukasi",
        "pelaksanaan": "pelaksana_an dilaksanakan terlaksana",
        "kegiatan": "giat aktivitas activity acara",
        "petugas": "pegawai personil personel pejabat officer",
        "pimpasa": "pembina",
        "hadir": "kehadiran hadirin dihadiri",
        "peserta": "audiens participant",
        "materi": "topik tema judul bahasan topic",
        "sasaran": "target_peserta segmen",
        "korban": "victim",
        "kasus": "perkara case",
        "duga": "dugaan diduga",
        "bukti": "eviden evidence",
        "foto": "dok dokumentasi photo gambar",
        "dukung": "pendukung dukungan",
        "indikator": "indicator ikk iku",
        "nilai": "value",
        "penduduk": "populasi population warga",
        "kantor": "kanim upt",
        "sumber": "referensi source",
        "binaan": "dibina",
        "lintang": "latitude lat",
        "bujur": "longitude long lon lng",
        "koordinat": "gps geopoint coordinate",
        "progres": "progress perkembangan",
        "tahap": "tahapan stage",
        "salur": "channel saluran kanal jalur media",
        "uraian": "rincian deskripsi isi",
        "instansi": "satker lembaga",
        "janji": "dijanjikan menjanjikan",
        "tujuan": "purpose",
        "verifikasi": "verif verification diverifikasi",
        "ikut": "mengikuti mengisi pengisi diikuti",
        "putusan": "diputus vonis",
        "tempat": "lokasi lokus locus location",
        "anak": "child",
        "tindak": "tindakan",
        "tindaklanjut": "ditindaklanjuti",
        "sasar": "disasar",
    }.items()
    for spelling in spellings.split()
}  # fmt: skip

SPELLINGS = frozenset(_SAME)
# What asks politely, counts or joins says nothing of its own.
_ASKING = (
    "nama yang dari pada di ini itu apa apakah siapa siapakah berapa bagaimana mana dimana "
    "silakan silahkan isi isikan pilih tulis tuliskan masukkan wajib dan atau serta oleh ke untuk "
    "sebagai tersebut anda secara dengan dalam the of telah sudah ada seluruh semua resmi "
    "dilakukan melakukan adalah para bapak ibu mohon data yg termasuk indikasi menjadi berlangsung "
    "bertugas ditugaskan tugas unggah upload lampiran diberikan"
)
_SILENT = frozenset(_ASKING.split())
# In brackets these tell how or in what to write, not what.
_WRITING = (
    "orang jiwa link dd mm yyyy yy hh ss tt bb tttt hbt persen km m kali buah ya tidak y t wib jam "
    "hari contoh bila jika opsional kosongkan format"
)
_UNITS = frozenset(_WRITING.split())
_BRACKETS = re.compile(r"\(([^)]*)\)|\[([^]]*)\]|\(([^)]*)$")
# The second of two columns that are titled alike: "Desa (2)".
_REPEATED = re.compile(r"[2-9]")
_NUMBERING = re.compile(r"^\s*(?:\d{1,2}\s*[.)]\s*(?=\D)|[a-z](?:\)\s*|\.\s+))", re.IGNORECASE)
_YEAR = re.compile(r"\b(20[0-4]\d)\b")
_HALF = re.compile(r"\b(?:semester|smt|sem|triwulan|tw)\s*(?:i{1,3}|iv|[1-4])\b", re.IGNORECASE)
_WORDS = re.compile(r"\d+(?:-\d+)?|[^\W\d_]+")
# Words that are parted or joined at will.
_JOINED = (
    (re.compile(r"\btindak[\s_-]*lanjut(?:i|nya)?\b|\btl\b"), "tindaklanjut"),
    (re.compile(r"\b(pre|post|pos)[\s_-]*tes(?:t)?\b"), r"\1 tes"),
    (re.compile(r"\bpos tes\b"), "post tes"),
    (re.compile(r"\blaki\s*(?:[-_/]?\s*laki\b|2)"), "lk"),
    (re.compile(r"\brata\s*[-_]?\s*rata\b"), "rata"),
    (re.compile(r"\bt\s*\.\s*a\b\.?"), "ta"),
    (re.compile(r"\bnon\s*[-_]?\s*pro(?:sedural|s)\b"), "nonprosedural"),
    (re.compile(r"\bpmi\s*[-_]?\s*np\b"), "pmi nonprosedural"),
    (re.compile(r"\biming\s*[-_]?\s*iming\b"), "iming"),
    (re.compile(r"\b(?:di)?bawah umur\b"), "anak"),
    (re.compile(r"(?:<|≤|\bdi ?bawah|\bkurang dari)\s*=?\s*1[78]\b|\b0\s*-\s*17\b"), "anak"),
    (
        re.compile(r"(?:>|≥|\bdi ?atas|\blebih dari)\s*=?\s*1[78]\b|\b18\s*\+|\b18 tahun ke atas"),
        "dewasa",
    ),
    (re.compile(r"\be\s*-\s*ktp\b"), "ktp"),
)


@dataclass(frozen=True, slots=True)
class Title:
    """A header taken apart.

    Attributes:
        words: what it says, the groups that it stands under included.
        year: a year that it names, None where it names none.
    """

    words: frozenset[str]
    year: int | None = None


@lru_cache(maxsize=10_000)
def read_title(text: str) -> Title:
    """Take a header apart into the words by which titles are told apart."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    plain = _NUMBERING.sub("", plain)
    year = _YEAR.search(plain)
    plain = _HALF.sub(" ", _YEAR.sub(" ", plain))
    words = _canonical(_BRACKETS.sub(_kept_of_brackets, plain))
    # "Nama" alone is a title of its own, and so is "Data".
    said = [word for word in words if word not in _SILENT] or words
    return Title(frozenset(said), int(year[1]) if year else None)


def without_options(text: str) -> str | None:
    """Return a header without brackets that list what may be written; None where it has none."""
    found = _BRACKETS.search(text)
    inside = next(filter(None, found.groups()), "") if found else ""
    return _BRACKETS.sub(" ", text) if re.search(r"[/,;|]", inside) else None


@cache
def read_pattern(pattern: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a title must have, and those in brackets that it may have."""
    optional = " ".join(re.findall(r"\[([^]]*)\]", pattern))
    needed = re.sub(r"\[[^]]*\]", " ", pattern)
    return frozenset(_canonical(needed)), frozenset(_canonical(optional))


def _canonical(text: str) -> list[str]:
    for pattern, word in _JOINED:
        text = pattern.sub(word, text)
    return [_SAME.get(word, word) for word in _WORDS.findall(text)]


def _kept_of_brackets(found: re.Match[str]) -> str:
    """What stands in brackets, unless it only tells how to write or which of several it is."""
    inside = next(filter(None, found.groups()), "")
    words = _WORDS.findall(inside)
    is_silent = all(word in _UNITS for word in words) or _REPEATED.fullmatch(inside)
    return "" if is_silent else f" {inside} "
