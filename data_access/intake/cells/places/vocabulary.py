"""The words that officers put around the names of places."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LABELS = {
    "desa": "desa", "ds": "desa", "kelurahan": "desa", "kel": "desa",
    "kecamatan": "kecamatan", "kec": "kecamatan",
    "kabupaten": "region", "kab": "region", "kota": "region", "kotamadya": "region",
    "kodya": "region", "provinsi": "region", "propinsi": "region", "prov": "region",
}  # fmt: skip
GLUED_LABEL = re.compile(r"(desa|ds|kelurahan|kel|kecamatan|kec)(.{4,})")
LIST_WORDS = frozenset({"dan", "serta", "and"})
ALL_WORDS = frozenset({"semua", "seluruh", "seluruhnya", "segenap", "se"})
EMPTY_WORDS = frozenset({"di", "wilayah", "pada", "dalam"})
DETAIL_WORDS = _words(
    """kp kampung kmp dusun dsn lingkungan link jalan jl jln gang gg blok perum perumahan komplek
    kompleks komp no nomor km aula kantor balai gedung gd ruang rumah pendopo pendapa lapangan
    masjid mesjid mushola musholla musala mushalla majelis majlis ponpes pondok pesantren sekolah
    sd sdn smp smpn sma sman smk smkn mi min mis mts mtsn mtss ma man mas madrasah tk paud
    universitas kampus posyandu puskesmas pustu polindes koramil polsek kua pasar terminal
    pelabuhan hotel gor pabrik pt cv toko warung sekretariat posko gereja vihara yayasan kediaman
    halaman stadion pantai pulau saung bumdes dermaga tpi ruko mall"""
)
# Beside such a word the desa that is named is not, or not surely, the one that is meant.
NEAR_WORDS = _words(
    """dekat sebelah seberang perbatasan batas luar bukan selain kecuali antara menuju arah eks
    mantan bekas pemekaran tetangga sekitar sekitarnya asal tujuan atau"""
)
NUMBERS = {
    word: number
    for number, word in enumerate(
        ("dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"), 2
    )
}
