"""Files of every kind that officers have, each with how its import must end.

Owns the table that `test_kinds` walks; `kinds` tells how its cells and records are written.
"""

from __future__ import annotations

from tests.intake.kinds import KindFile, book, text_file

FILES: list[KindFile] = []


def _add(kind: str, content: bytes | str, *stored: str, **more: object) -> None:
    """Note a file; a text is a csv, and an answer of the file is looked for by its name."""
    name = str(more.pop("name", ""))
    content = text_file(content) if isinstance(content, str) else content
    name = name or f"berkas.{'xlsx' if content[:2] == b'PK' else 'csv'}"
    FILES.append(KindFile(kind, name, content, tuple(sorted(stored)), **more))  # type: ignore[arg-type]


def _visits(rows: str, header: str = "Tanggal|Kecamatan|Desa|Petugas|Hasil") -> str:
    return f"{header}\n{rows.strip()}"


def _sessions(rows: str, header: str = "Tanggal|Kecamatan|Desa|Materi|L|P") -> str:
    return f"{header}\n{rows.strip()}"


def _with(rows: str, *values: str) -> str:
    """Rows of visits in three desa of Tirtayasa with these dates."""
    desa = ("Lontar", "Laban", "Kebon", "Puser", "Sujung", "Tengkurak", "Kemanisan", "Kebuyutan")
    return "\n".join(
        rows.format(value=value, desa=place) for value, place in zip(values, desa, strict=False)
    )


def _dates(*values: str) -> str:
    return _visits(_with("{value}|Tirtayasa|{desa}|Budi|nihil", *values))


def _days(*days: str) -> tuple[str, ...]:
    desa = ("Lontar", "Laban", "Kebon", "Puser", "Sujung", "Tengkurak", "Kemanisan", "Kebuyutan")
    return tuple(
        f"{day} Tirtayasa/{place} nihil pimpasa=Budi"
        for day, place in zip(days, desa, strict=False)
        if day
    )


JULY = ("2026-07-13", "2026-07-14", "2026-07-15", "2026-07-16", "2026-07-17", "2026-07-18")
ORDER = ("date_order", "Tanggal", "bulan-hari")

# --- dates ------------------------------------------------------------------------------------

for _value in (
    ("7/13/2026", "7/3/2026"),
    ("07/13/2026 08:30", "07/03/2026 09:15"),
    ("7-13-2026", "7-3-2026"),
):
    _add(
        "month first is proved", _dates(*_value), *_days("2026-07-13", "2026-07-03"), asked=(ORDER,)
    )
_add(
    "month first is proved",
    book(_dates("7/13/2026", "7/3/2026")),
    *_days("2026-07-13", "2026-07-03"),
    asked=(ORDER,),
)
_add(
    "month first is proved",
    """
Timestamp|Tanggal kunjungan|Kecamatan|Desa|Nama petugas|Hasil kunjungan
7/13/2026 10:11:12|7/3/2026|Tirtayasa|Lontar|Budi|Nihil
8/14/2026 18:01:00|8/2/2026|Pontang|Domas|Budi|Nihil
""",
    "2026-07-03 Tirtayasa/Lontar nihil pimpasa=Budi",
    "2026-08-02 Pontang/Domas nihil pimpasa=Budi",
    asked=(("date_order", "Tanggal kunjungan", "bulan-hari"),),
)
_add(
    "other tools of forms",
    """
Timestamp|Kecamatan|Desa|Nama petugas|Hasil kunjungan
13/07/2026 10:11:12|Tirtayasa|Lontar|Budi|Nihil
""",
    "2026-07-13 Tirtayasa/Lontar nihil pimpasa=Budi",
    asked=(("column", "Timestamp", "visited_on"),),
)
_add(
    "what holds on one sheet only",
    book(
        _dates("7/13/2026", "7/3/2026"),
        name="Juli",
        more={"Agustus": _visits("8/4/2026|Pontang|Domas|Budi|nihil")},
    ),
    *_days("2026-07-13", "2026-07-03"),
    "2026-08-04 Pontang/Domas nihil pimpasa=Budi",
    asked=(
        ("date_order", "Tanggal (Juli)", "bulan-hari"),
        ("date_order", "Tanggal (Agustus)", "bulan-hari"),
    ),
)
_add(
    "what holds on one sheet only",
    book(
        _dates("7/13/2026", "7/3/2026"),
        name="Juli",
        more={
            "Agustus": _visits("3/8/2026|Pontang|Domas|A|nihil\n24/8/2026|Pontang|Linduk|A|nihil")
        },
    ),
    *_days("2026-07-13", "2026-07-03"),
    "2026-08-03 Pontang/Domas nihil pimpasa=A",
    "2026-08-24 Pontang/Linduk nihil pimpasa=A",
    asked=(("date_order", "Tanggal (Juli)", "bulan-hari"),),
)
for _late in ("20/07/2026", "20.07.2026", "20-07-2026"):
    _add(
        "days up to the 12th were swapped by a spreadsheet",
        book(_dates("@2026-03-07", "@2026-05-07", _late)),
        *_days("2026-07-03", "2026-07-05", "2026-07-20"),
        asked=(ORDER,),
    )
for _values in (
    ("13/07/2026 10.11.12", "14/7/2026, 08.05", "15 Juli 2026 pukul 09.00 WIB"),
    ("13 Juli 2026 jam 09.00", "Selasa, 14 Juli 2026 / 10.00 WIB", "15/07/2026 09.00-11.00 WIB"),
    ("13/07/2026 10:30 PM", "14/07/2026 08:05:00 AM", "2026-07-15 23:59"),
):
    _add("clocks behind the day", _dates(*_values), *_days(*JULY[:3]))
for _values in (
    ("13/07/26", "14-Jul-26"),
    ("13.07.26", "14 Juli '26"),
    ("13 Jul 26", "14/7/26"),
):
    _add("days that are refused", _dates(*_values), refused=((2, "Tanggal"), (3, "Tanggal")))
for _mark in ("\u200e", "\u202a", "\u00ad", "\ufeff"):
    _add("invisible marks", _dates(f"{_mark}13/07/2026", f"14/{_mark}07/2026"), *_days(*JULY[:2]))
_add("invisible marks", _dates("'13/07/2026", "14\u00a0Juli\u00a02026"), *_days(*JULY[:2]))
for _values in (("13-VII-2026", "14 VII 2026"), ("13/VII/2026", "14.VII.2026")):
    _add("roman months", _dates(*_values), *_days(*JULY[:2]))
_add("roman months", book(_dates("13-VII-2026", "14/VII/2026")), *_days(*JULY[:2]))
for _values in (
    ("13 s.d. 15 Juli 2026", "14-16/07/2026"),
    ("13 - 15 Juli 2026", "14/07/2026 s/d 16/07/2026"),
    ("Senin s.d. Rabu, 13 s.d. 15 Juli 2026", "14 dan 15 Juli 2026"),
):
    _add("ranges of days", _dates(*_values), *_days(*JULY[:2]), says=("hari pertamanya",))
for _values in (("July 13, 2026", "Jul 14, 2026"), ("Juli 13, 2026", "14-Jul-2026")):
    _add("month words first", _dates(*_values), *_days(*JULY[:2]))
_add("month words first", book(_dates("July 13 2026", "14 July 2026")), *_days(*JULY[:2]))
_add("numbers that are days", book(_dates("#20260713", "#20260714")), *_days(*JULY[:2]))
_add("numbers that are days", _dates("20260713", "20260714"), *_days(*JULY[:2]))
_add("numbers that are days", book(_dates("#46216", "#46217")), *_days(*JULY[:2]))
_add(
    "the weekday contradicts the day",
    "Hari|"
    + _visits(
        "Senin|13/07/2026|Tirtayasa|Lontar|Budi|nihil\nRabu|14/07/2026|Tirtayasa|Laban|Budi|nihil"
    ),
    *_days("2026-07-13"),
    refused=((3, "Tanggal"),),
)
_add(
    "the weekday contradicts the day",
    _dates("Senin, 13 Juli 2026", "Rabu, 14 Juli 2026"),
    *_days("2026-07-13"),
    refused=((3, "Tanggal"),),
)
_add(
    "the weekday contradicts the day",
    book(
        """
Hari/Tanggal||Kecamatan|Desa|Petugas|Hasil
Hari|Tanggal||||
Senin|@2026-07-13|Tirtayasa|Lontar|Budi|nihil
Kamis|@2026-07-14|Tirtayasa|Laban|Budi|nihil
""",
        merges="A1:B1 C1:C2 D1:D2 E1:E2 F1:F2",
    ),
    *_days("2026-07-13"),
    refused=((4, "Hari/Tanggal / Tanggal"),),
)
for _zero in ("00/01/1900", "0", "#0"):
    _add(
        "days of an empty reference",
        book(
            f"Tanggal Laporan|Kecamatan|Jenis Kasus|Tanggal Selesai\n@2026-07-13|Pontang|TPPO|{_zero}"
        ),
        "2026-07-13 Pontang TPPO P0 L0 AP0 AL0",
    )
_add(
    "days that are refused",
    _dates("13/12/2026", "14/07/2026"),
    *_days("", "2026-07-14"),
    refused=((2, "Tanggal"),),
)
_add(
    "two columns of days",
    _visits(
        "20/07/2026|13/07/2026|Tirtayasa|Lontar|Budi|nihil",
        "Tanggal Input|Tanggal Kunjungan|Kecamatan|Desa|Petugas|Hasil",
    ),
    *_days("2026-07-13"),
)
_add(
    "two columns of days",
    _visits(
        "13/07/2026|15/07/2026|Tirtayasa|Lontar|Budi|nihil",
        "Tanggal Mulai|Tanggal Selesai|Kecamatan|Desa|Petugas|Hasil",
    ),
    *_days("2026-07-13"),
    asked=(("column", "Tanggal Mulai", "visited_on"), ("column", "Tanggal Selesai", "abaikan")),
)
_add(
    "two columns of days",
    _visits(
        "13/07/2026|20/07/2026|Tirtayasa|Lontar|Budi|nihil",
        "Tanggal|Tgl Lapor|Kecamatan|Desa|Petugas|Hasil",
    ),
    *_days("2026-07-13"),
    asked=(("column", "Tgl Lapor", "abaikan"),),
)
_add(
    "two columns of days",
    _visits(
        "13/07/2026|20/07/2026|Tirtayasa|Lontar|Budi|nihil",
        "Tanggal Mulai|Tanggal Selesai|Kecamatan|Desa|Petugas|Hasil",
    ),
    *_days("2026-07-13"),
    answers=("Tanggal Mulai=visited_on", "Tanggal Selesai=visited_on"),
    asked=(("column", "Tanggal Selesai", "abaikan"),),
)

# --- numbers ----------------------------------------------------------------------------------

_SCORED = "Tanggal|Kecamatan|Desa|Materi|L|P|Nilai Pre Test|Nilai Post Test|Jumlah Diuji"


def _scores(*rows: tuple[str, str]) -> str:
    lines = (
        f"{13 + n}/07/2026|Tirtayasa|{desa}|TPPO|20|30|{pre}|{post}|40"
        for n, ((pre, post), desa) in enumerate(zip(rows, ("Lontar", "Laban"), strict=False))
    )
    return "\n".join([_SCORED, *lines])


def _scored(*rows: tuple[float, float]) -> tuple[str, ...]:
    return tuple(
        f"2026-07-{13 + n} Tirtayasa: {desa} L20 P30 topic=TPPO pre_score={pre} post_score={post}"
        " tested=40"
        for n, ((pre, post), desa) in enumerate(zip(rows, ("Lontar", "Laban"), strict=False))
    )


_add(
    "percent cells",
    book(_scores(("%0.545", "%0.8125"), ("%0.6", "%1.0"))),
    *_scored((54.5, 81.25), (60.0, 100.0)),
)
_add(
    "percent cells",
    book(_scores(("%0.5", "#80"), ("60%", "%0.9"))),
    *_scored((50.0, 80.0), (60.0, 90.0)),
)
_add(
    "percent cells",
    _scores(("54,5%", "81.25 %"), ("60,00%", "90 persen")),
    *_scored((54.5, 81.25), (60.0, 90.0)),
)
for _rows in ((("5,5", "8"), ("6", "9,5")), (("5.5", "8"), ("6", "9.5"))):
    _add(
        "scores of ten",
        _scores(*_rows),
        *_scored((55.0, 80.0), (60.0, 95.0)),
        asked=(("scale", "Nilai Pre Test", "0-10"),),
    )
_add(
    "scores of ten",
    book(_scores(("#0.55", "#0.8"), ("#0.6", "#0.95"))),
    *_scored((55.0, 80.0), (60.0, 95.0)),
    asked=(("scale", "Nilai Pre Test", "0-1"),),
)
_add(
    "scores of ten",
    book(_scores(("#2.5", "#4"))),
    *_scored((50.0, 80.0)),
    answers=("Nilai Pre Test=0-5",),
)
_add(
    "what holds on one sheet only",
    book(
        _scores(("5", "8")),
        name="Juli",
        more={"Agustus": _SCORED + "\n14/07/2026|Tirtayasa|Laban|TPPO|20|30|55|85|40"},
    ),
    *_scored((50.0, 80.0), (55.0, 85.0)),
    asked=(("scale", "Nilai Pre Test (Juli)", "0-10"),),
)
for _high in ("810", "100,5", "%8.1"):
    _add("scores above a hundred", book(_scores(("55", _high))), refused=((2, "Nilai Post Test"),))


def _counts(male: str, female: str = "30") -> str:
    return _sessions(f"13/07/2026|Tirtayasa|Lontar|TPPO|{male}|{female}")


def _counted(male: int, female: int = 30, more: str = "") -> str:
    return f"2026-07-13 Tirtayasa: Lontar L{male} P{female} topic=TPPO{more}"


for _nil in ("nihil", "tidak ada", "-", "0", "kosong", "–", "Nol"):
    _add("words for none", _counts(_nil), _counted(0))
for _some, _number in (
    ("±50", 50),
    ("1.250", 1250),
    ("50 orang", 50),
    ("'20", 20),
    ("sekitar 100", 100),
    ("20 org", 20),
    ("25,0", 25),
    ("1 250", 1250),
):
    _add("counts with something beside them", _counts(_some), _counted(_number))
for _some in ("50-60", "> 100", "100+", "12,5", "banyak"):
    _add("counts that are none", _counts(_some), refused=((2, "L"),))
for _pair in ("L: 20 P: 30", "20/30", "L=20, P=30", "20 L, 30 P", "Laki-laki 20 Perempuan 30"):
    _add(
        "men and women in one cell",
        _sessions(
            f"13/07/2026|Tirtayasa|Lontar|TPPO|{_pair}",
            "Tanggal|Kecamatan|Desa|Materi|Jumlah Peserta (L/P)",
        ),
        _counted(20),
    )
for _header in ("L/P", "Jumlah Peserta (L/P)", "Peserta Laki-laki/Perempuan", "Jumlah"):
    _add(
        "only all people together",
        _sessions(
            "13/07/2026|Tirtayasa|Lontar|TPPO|50", f"Tanggal|Kecamatan|Desa|Materi|{_header}"
        ),
        refused=((2, _header),),
    )
for _people in ("#52", "#52.001"):
    _add(
        "thousands that were lost",
        book(
            "Kecamatan|Jumlah Penduduk|Tahun|Sumber\n"
            f"Pontang|{_people}|#2025|Dukcapil\nTanara|#43001|#2025|Dukcapil"
        ),
        f"kecamatan 36.04.12 population={52000 if _people == '#52' else 52001} "
        "population_year=2025 population_source=Dukcapil",
        "kecamatan 36.04.14 population=43001 population_year=2025 population_source=Dukcapil",
        asked=(("scale", "Jumlah Penduduk", "ribuan"),),
    )
_add("thousands that were lost", book(_counts("#1.25")), refused=((2, "L"),))
for _people in ("45,123", "45.123", "45 123", "45123 jiwa"):
    _add(
        "thousands of any country",
        f"Kecamatan|Jumlah Penduduk|Tahun|Sumber\nPontang|{_people}|2025|Dukcapil",
        "kecamatan 36.04.12 population=45123 population_year=2025 population_source=Dukcapil",
    )
for _south, _east in (
    ("'-6.0512", "'106,2891"),
    ("-6,0512", "106.2891"),
    ("-6.0512°", "106.2891°"),
):
    _add(
        "degrees in any writing",
        _visits(
            f"13/07/2026|Tirtayasa|Lontar|Budi|nihil|{_south}|{_east}",
            "Tanggal|Kecamatan|Desa|Petugas|Hasil|Lintang|Bujur",
        ),
        "2026-07-13 Tirtayasa/Lontar nihil pimpasa=Budi latitude=-6.0512 longitude=106.2891",
    )
for _error in ("#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!"):
    _add(
        "error words",
        _visits(f"13/07/2026|Tirtayasa|Lontar|{_error}|nihil"),
        refused=((2, "Petugas"),),
    )
    _add(
        "error words",
        book(_visits(f"13/07/2026|Tirtayasa|Lontar|{_error}|nihil")),
        refused=((2, "Petugas"),),
    )
_add("formulas without a result", book(_counts("=10+10")), refused=((2, "L"),))
_add("formulas without a result", book(_dates("=TODAY()")), refused=((2, "Tanggal"),))
_add(
    "formulas without a result",
    book(
        _sessions(
            "13/07/2026|Tirtayasa|Lontar|TPPO|#20|#30|=E2+F2",
            "Tanggal|Kecamatan|Desa|Materi|L|P|Jumlah",
        )
    ),
    _counted(20),
    says=("jumlahnya tidak diperiksa",),
)

# --- places -----------------------------------------------------------------------------------


def _at(*written: str, header: str = "Lokasi") -> str:
    rows = (f"{13 + n}/07/2026|{one}|Budi|nihil" for n, one in enumerate(written))
    return "\n".join([f"Tanggal|{header}|Petugas|Hasil", *rows])


def _seen(*places: str) -> tuple[str, ...]:
    return tuple(
        f"2026-07-{13 + n} {one} nihil pimpasa=Budi" for n, one in enumerate(places) if one
    )


_BOTH = ("Lontar, Tirtayasa", "Tirtayasa - Susukan", "Domas (Pontang)", "Pontang, Pontang")
_MEANT = ("Tirtayasa/Lontar", "Tirtayasa/Susukan", "Pontang/Domas", "Pontang/Pontang")
for _header in ("Lokasi", "Desa", "Tempat", "Desa/Kecamatan", "Kecamatan/Desa", "Wilayah"):
    _add("desa and kecamatan in one cell", _at(*_BOTH, header=_header), *_seen(*_MEANT))
_add("desa and kecamatan in one cell", book(_at(*_BOTH)), *_seen(*_MEANT))
_add("desa and kecamatan in one cell", _at("Lontar, Tirtayasa"), *_seen("Tirtayasa/Lontar"))
_add(
    "desa and kecamatan in one cell",
    _at(
        "Desa Lontar, Kecamatan Tirtayasa, Kabupaten Serang",
        "Ds. Domas Kec. Pontang Kab. Serang Banten",
        "Desa Cerukcuk Kecamatan Tanara Kab. Serang Prov. Banten",
    ),
    *_seen("Tirtayasa/Lontar", "Pontang/Domas", "Tanara/Cerukcuk"),
)
for _written in (
    "Lontar RT 02 RW 03",
    "Lontar RT.02/03",
    "Kantor Desa Lontar",
    "Balai Desa Lontar",
    "Aula Desa Lontar",
):
    _add(
        "a hamlet or a hall beside the desa",
        _visits(f"13/07/2026|Tirtayasa|{_written}|Budi|nihil"),
        *_seen("Tirtayasa/Lontar"),
    )
for _written in (
    "Desa Lontar Kec. Tirtayasa",
    "Lontar (Tirtayasa)",
    "Lontar - Kecamatan Tirtayasa",
):
    _add(
        "the desa's cell repeats the kecamatan",
        _visits(f"13/07/2026|Tirtayasa|{_written}|Budi|nihil"),
        *_seen("Tirtayasa/Lontar"),
    )
for _written in (
    "1. Lontar; 2. Susukan",
    "Lontar dan Susukan",
    "Lontar + Susukan",
    "Lontar, Susukan",
    "1) Lontar 2) Susukan",
    "Ds. Lontar serta Ds. Susukan",
    "Lontar/Susukan",
    "- Lontar⏎- Susukan",
):
    _add(
        "lists of desa",
        _sessions(f"13/07/2026|Tirtayasa|{_written}|TPPO|20|30"),
        "2026-07-13 Tirtayasa: Lontar, Susukan L20 P30 topic=TPPO",
    )
_add(
    "lists of desa",
    _visits("13/07/2026|Tirtayasa|Lontar dan Susukan|Budi|nihil"),
    refused=((2, "Desa"),),
)
for _written in ("Kec. Pontang", "KECAMATAN PONTANG", "12. Pontang", "Pontang (Kec.)"):
    _add(
        "decorated kecamatan",
        _sessions(f"13/07/2026|{_written}|Domas|TPPO|20|30"),
        "2026-07-13 Pontang: Domas L20 P30 topic=TPPO",
    )
for _written in ("Se-Kecamatan Pontang", "Seluruh desa", "-"):
    _add(
        "all desa of a kecamatan",
        _sessions(f"13/07/2026|Pontang|{_written}|TPPO|20|30"),
        "2026-07-13 Pontang:  L20 P30 topic=TPPO",
    )
for _region, _place in (
    ("Kab. Serang", "Tirtayasa/Lontar"),
    ("KABUPATEN SERANG, BANTEN", "Tirtayasa/Lontar"),
    ("Serang", "Tirtayasa/Lontar"),
    ("Kab Serang Prov. Banten", "Tirtayasa/Lontar"),
):
    _add(
        "our kabupaten in any spelling",
        f"Tanggal|Kecamatan|Desa|Kabupaten|Jenis Kasus\n13/07/2026|Tirtayasa|Lontar|{_region}|TPPO",
        f"2026-07-13 {_place} TPPO P0 L0 AP0 AL0",
    )
_add(
    "our kabupaten in any spelling",
    "Tanggal|Kecamatan|Desa|Kabupaten/Kota|Jenis Kasus\n13/07/2026|Kasemen|Banten|Kota Serang|TPPO",
    "2026-07-13 ? TPPO P0 L0 AP0 AL0",
)
for _place, _first in (
    ("Sukamanah", "36.04.14.2004"),
    ("Wanayasa", "36.04.05.2012"),
    ("Kaserangan", "36.04.09.2016"),
):
    _home = {
        "36.04.14.2004": "Tanara/Sukamanah",
        "36.04.05.2012": "Kramatwatu/Wanayasa",
        "36.04.09.2016": "Ciruas/Kaserangan",
    }[_first]
    _add(
        "a desa of two kecamatan",
        _at(_place, header="Desa"),
        *_seen(_home),
        refused=((2, "Desa"),),
        asked=(("place", _place, _first),),
    )
_add(
    "a desa of two kecamatan",
    _visits("13/07/2026|Baros|Sukamanah|Budi|nihil\n14/07/2026||Padasuka|Budi|nihil"),
    *_seen("Baros/Sukamanah", "Baros/Padasuka"),
    asked=(("place", "Padasuka", "36.04.22.2012"),),
    refused=((3, "Desa"),),
)
_LISTED = "No|Tanggal|Desa|Petugas|Hasil\n#1|@2026-07-13|Sukamanah|Budi|nihil"
_add(
    "the kecamatan stands above the table",
    book(f"DAFTAR KUNJUNGAN\nKECAMATAN : BAROS\n{_LISTED}"),
    *_seen("Baros/Sukamanah"),
)
_add(
    "the kecamatan stands above the table",
    book(f"DAFTAR KUNJUNGAN\nKecamatan|: Tanara\nBulan|: Juli 2026\n\n{_LISTED}"),
    *_seen("Tanara/Sukamanah"),
)
_add(
    "the kecamatan stands above the table",
    book(_LISTED, name="Tanara", more={"Baros": _LISTED}),
    "2026-07-13 Baros/Sukamanah nihil pimpasa=Budi",
    "2026-07-13 Tanara/Sukamanah nihil pimpasa=Budi",
    says=("dari nama lembar",),
)

# --- sheets -----------------------------------------------------------------------------------

_LIST = "No|Tanggal|Kecamatan|Desa|Petugas|Hasil"
_ONE = "#1|@2026-07-13|Tirtayasa|Lontar|Budi|nihil"
_TWO = "#2|@2026-07-14|Tirtayasa|Laban|Budi|nihil"
_STORED = _days(*JULY[:2])
_add(
    "merged cells hold for every row",
    book(f"{_LIST}\n{_ONE}\n#2|@2026-07-14||Laban||nihil", merges="C2:C3 E2:E3"),
    *_STORED,
    says=("sel gabungan",),
)
_add(
    "merged cells hold for every row",
    book(
        "Kecamatan|Desa|Tanggal|Petugas|Hasil\nTanara|Sukamanah|@2026-07-13|Budi|nihil\n"
        "|Lempuyang|@2026-07-14|Budi|nihil\nBaros|Sukamanah|@2026-07-15|Budi|nihil",
        merges="A2:A3",
    ),
    *_seen("Tanara/Sukamanah", "Tanara/Lempuyang", "Baros/Sukamanah"),
)
_add(
    "merged cells hold for every row",
    book(
        _LIST + "\n#1|@2026-07-13|Tirtayasa|Lontar|Budi|nihil\n#2|||Laban||nihil",
        merges="B2:B3 C2:C3 E2:E3",
    ),
    *_days("2026-07-13", "2026-07-13"),
)
_add(
    "one session merged over its desa",
    book(
        "No|Tanggal|Kecamatan|Desa|Materi|L|P\n#1|@2026-07-13|Tirtayasa|Lontar|TPPO|#20|#30\n|||Susukan|||",
        merges="A2:A3 B2:B3 C2:C3 E2:E3 F2:F3 G2:G3",
    ),
    "2026-07-13 Tirtayasa: Lontar, Susukan L20 P30 topic=TPPO",
)
_add(
    "one session merged over its desa",
    book(
        "Tanggal|Kecamatan|Desa|Materi|L|P\n@2026-07-13|Tirtayasa|Lontar|TPPO|#20|#30\n@2026-07-14|Tirtayasa|Susukan|TPPM||",
        merges="E2:E3 F2:F3",
    ),
    refused=((2, ""), (3, "")),
)
_add(
    "one session merged over its desa",
    book(
        "Tanggal|Kecamatan|Desa|Materi|Peserta|\n||||L|P\n@2026-07-13|Pontang|Domas|TPPO|#20|#30\n||Linduk|||\n||Kelapian|||",
        merges="E1:F1 A3:A5 B3:B5 D3:D5 E3:E5 F3:F5",
    ),
    "2026-07-13 Pontang: Linduk, Kelapian, Domas L20 P30 topic=TPPO",
)
_add(
    "printed pages",
    book(
        f"REKAP KUNJUNGAN\n\n{_LIST}\n(1)|(2)|(3)|(4)|(5)|(6)\n{_ONE}\nHalaman 1\nREKAP KUNJUNGAN\n\n{_LIST}\n"
        f"(1)|(2)|(3)|(4)|(5)|(6)\n{_TWO}"
    ),
    *_STORED,
)
_add("printed pages", book(f"{_LIST}\n1|2|3|4|5|6\n{_ONE}\n{_LIST}\n{_TWO}"), *_STORED)
_add(
    "printed pages",
    f"{_LIST}\n{_ONE.replace('#', '').replace('@', '')}\n{_LIST}\n{_TWO.replace('#', '').replace('@', '')}",
    *_STORED,
)
_add(
    "signatures and remarks below",
    book(
        f"{_LIST}\n{_ONE}\n{_TWO}\n\n||||Serang, 31 Juli 2026\nMengetahui,||||Petugas,\nKepala Seksi\n\n\nAndi||||Budi\n"
        "NIP. 198001012005011001||||NIP. 199001012015011002"
    ),
    *_STORED,
)
_add(
    "signatures and remarks below",
    book(f"{_LIST}\n{_ONE}\n{_TWO}\nCatatan: data sementara"),
    *_STORED,
)
_add(
    "signatures and remarks below",
    f"{_LIST}\n1|13/07/2026|Tirtayasa|Lontar|Budi|nihil\n2|14/07/2026|Tirtayasa|Laban|Budi|nihil\n"
    "Keterangan:\n* nihil = tidak ada temuan",
    *_STORED,
)
for _line in ("KECAMATAN TANARA", "A. Kecamatan Tanara", "Kec. Tanara"):
    _add(
        "lines that name the kecamatan below",
        book(
            f"No|Tanggal|Desa|Petugas|Hasil\n{_line}\n#1|@2026-07-13|Sukamanah|Budi|nihil\nKECAMATAN BAROS\n"
            "#1|@2026-07-14|Sukamanah|Budi|nihil"
        ),
        *_seen("Tanara/Sukamanah", "Baros/Sukamanah"),
    )
for _sums in (
    "Kecamatan|Jumlah\nTirtayasa|#2\nPontang|#1",
    "No|Nama Petugas|Jumlah Kunjungan\n#1|Budi Santoso|#2\n#2|Siti Aminah|#1",
    "Bulan|Jumlah Kunjungan\nJuli|#2\nAgustus|#1",
    "Bulan|Kecamatan|Jumlah Kunjungan\nJuli|Pontang|#2\nJuli|Tanara|#1\nAgustus|Pontang|#3",
    "Kecamatan|Desa|PIMPASA|Jumlah Kunjungan\nTirtayasa|Lontar|Budi|#2\nTirtayasa|Laban|Siti|#1",
    "Kecamatan|L|P|Total\nTirtayasa|#20|#30|#50\nPontang|#10|#15|#25",
    "Kecamatan|Total|Keterangan\nTirtayasa|#2|baik\nPontang|#1|baik",
    "Kecamatan|Target Kunjungan|Realisasi\nTirtayasa|#24|#2\nPontang|#24|#1",
):
    _add(
        "sums on a sheet of their own",
        book(f"{_LIST}\n{_ONE}\n{_TWO}", name="Kunjungan", more={"Rekap": _sums}),
        *_STORED,
        says=("rekap",),
    )
for _sums in (
    "Kecamatan|L|P|Total\nTirtayasa|20|30|50\nPontang|10|15|25",
    "No|Nama Petugas|Jumlah Kunjungan|Jumlah Sosialisasi\n1|Budi Santoso|11|3\n2|Siti Aminah|14|2",
    "No|Kecamatan|Jumlah Desa|Jumlah Kunjungan\n1|Pontang|11|12\n2|Tirtayasa|14|10",
    "Bulan|Kecamatan|Jumlah Kunjungan|Jumlah Peserta\nJuli 2026|Pontang|12|300\nAgustus 2026|Pontang|8|250",
):
    _add("nothing but sums", _sums, says=("rekap",))
_add(
    "several sheets",
    book(
        f"{_LIST}\n{_ONE}",
        name="Juli",
        more={"Agustus": f"{_LIST}\n#1|@2026-08-03|Tanara|Sukamanah|Siti|temuan"},
    ),
    *_days("2026-07-13"),
    "2026-08-03 Tanara/Sukamanah temuan pimpasa=Siti",
)
for _total in (
    "|Jumlah||||#30|#45",
    "JUMLAH|||||#30|#45",
    "|Rata-rata||||#15|#22.5",
    "|Sub Total Tirtayasa||||#30|#45",
):
    _add(
        "lines of sums",
        book(
            "No|Tanggal|Kecamatan|Desa|Materi|L|P\n#1|@2026-07-13|Tirtayasa|Lontar|TPPO|#20|#30\n"
            f"#2|@2026-07-14|Tirtayasa|Laban|TPPO|#10|#15\n{_total}"
        ),
        _counted(20),
        "2026-07-14 Tirtayasa: Laban L10 P15 topic=TPPO",
    )
_add(
    "several sheets",
    book(f"{_LIST}\n{_ONE}\n{_TWO}", more={"Foto": "Foto kegiatan\nlihat album"}),
    *_STORED,
)
_add("several sheets", book(f"{_LIST}\n{_ONE}\n{_TWO}", name="Daftar"), *_STORED)
_add(
    "hidden rows",
    book(f"{_LIST}\n{_ONE}\n{_TWO}", hidden_rows=(2,)),
    *_STORED,
    says=("tersembunyi",),
)
_add(
    "hidden rows",
    book(f"{_LIST}\n{_ONE}\n{_TWO}", hidden_rows=(3,)),
    *_STORED,
    says=("tersembunyi",),
)
_add(
    "hidden rows",
    book(f"{_LIST}\n{_ONE}\n{_TWO}", hidden_rows=(2, 3)),
    *_STORED,
    says=("tersembunyi",),
)
_add(
    "headers of several rows",
    book(
        "No|Tanggal|Lokasi Kegiatan||Materi|Jenis Kelamin|\n||Desa|Kecamatan||L|P\n#1|@2026-07-13|Lontar|Tirtayasa|TPPO|#20|#30",
        merges="C1:D1 F1:G1",
    ),
    _counted(20),
)
_add(
    "headers of several rows",
    book(
        "No|Tanggal|Tempat||Materi|Peserta|||Ket\n||Desa|Kec||L|P|Jml|\n#1|@2026-07-13|Lontar|Tirtayasa|TPPO|#20|#30|#50|baik",
        merges="C1:D1 F1:H1",
    ),
    _counted(20),
)
_add(
    "headers of several rows",
    book(
        "No|Tanggal Laporan|Kecamatan Asal|Jenis Kasus|Jumlah Korban|||\n||||Dewasa||Anak|\n||||L|P|L|P\n"
        "#1|@2026-07-13|Tirtayasa|TPPO|#1|#2|#3|#4",
        merges="E1:H1 E2:F2 G2:H2",
    ),
    "2026-07-13 Tirtayasa TPPO P2 L1 AP4 AL3",
)
_add(
    "headers of several rows",
    book(
        "Tanggal|Desa|Kecamatan|Materi|Jumlah Peserta|||\n||||Dewasa||Anak|\n||||L|P|L|P\n"
        "@2026-07-13|Lontar|Tirtayasa|TPPO|#20|#30|#5|#7",
        merges="E1:H1 E2:F2 G2:H2",
    ),
    _counted(25, 37),
    asked=(
        ("column", "Jumlah Peserta / Dewasa / L", "male"),
        ("column", "Jumlah Peserta / Dewasa / P", "female"),
        ("column", "Jumlah Peserta / Anak / L", "male"),
        ("column", "Jumlah Peserta / Anak / P", "female"),
    ),
)
_add(
    "headers of several rows",
    book(
        "No|Tanggal|Kecamatan|Desa|Materi|L|P|Jumlah\n1|2|3|4|5|6|7|8=6+7\n"
        "#1|@2026-07-13|Tirtayasa|Lontar|TPPO|#20|#30|#50"
    ),
    _counted(20),
)
_add(
    "several tables on a sheet",
    book(
        "Tanggal|Kecamatan|Desa|Materi|L|P||Kecamatan|Jumlah\n@2026-07-13|Tirtayasa|Lontar|TPPO|#20|#30||Tirtayasa|#1\n"
        "@2026-07-14|Tirtayasa|Laban|TPPO|#10|#15||Total|#2"
    ),
    _counted(20),
    "2026-07-14 Tirtayasa: Laban L10 P15 topic=TPPO",
)
_add(
    "several tables on a sheet",
    book(
        "Tanggal|Kecamatan|Desa|Petugas|Hasil||Tanggal|Kecamatan|Desa|Materi|L|P\n"
        "@2026-07-13|Tirtayasa|Lontar|Budi|nihil||@2026-07-15|Pontang|Domas|TPPO|#20|#30\n"
        "@2026-07-14|Tirtayasa|Laban|Budi|nihil||@2026-07-16|Pontang|Linduk|TPPO|#10|#15"
    ),
    *_STORED,
    "2026-07-15 Pontang: Domas L20 P30 topic=TPPO",
    "2026-07-16 Pontang: Linduk L10 P15 topic=TPPO",
)
_add(
    "several tables on a sheet",
    book(
        f"KUNJUNGAN\n{_LIST}\n{_ONE}\n{_TWO}\n\nSOSIALISASI\nNo|Tanggal|Kecamatan|Desa|Materi|L|P\n"
        "#1|@2026-07-15|Pontang|Domas|TPPO|#20|#30\n#2|@2026-07-16|Pontang|Linduk|TPPO|#10|#15"
    ),
    *_STORED,
    "2026-07-15 Pontang: Domas L20 P30 topic=TPPO",
    "2026-07-16 Pontang: Linduk L10 P15 topic=TPPO",
)
_add(
    "audience and number of those who came",
    "Tanggal|Kecamatan|Desa|Materi|Peserta|Laki|Perempuan\n13/07/2026|Tirtayasa|Lontar|TPPO|Ibu PKK|5|45",
    "2026-07-13 Tirtayasa: Lontar L5 P45 topic=TPPO audience=Ibu PKK",
)
_add(
    "audience and number of those who came",
    "Tanggal|Kecamatan|Desa|Materi|Undangan|Hadir L|Hadir P\n13/07/2026|Tirtayasa|Lontar|TPPO|60|5|45",
    "2026-07-13 Tirtayasa: Lontar L5 P45 topic=TPPO",
)
_add(
    "audience and number of those who came",
    "Tanggal|Kecamatan|Desa|Materi|Target Peserta|L|P\n13/07/2026|Tirtayasa|Lontar|TPPO|60|5|45",
    "2026-07-13 Tirtayasa: Lontar L5 P45 topic=TPPO",
)

# --- files ------------------------------------------------------------------------------------

_PLAIN = _dates("13/07/2026", "14/07/2026")
for _separator in (",", ";", "\t", "|"):
    _add("separators", text_file(_PLAIN, _separator), *_STORED)
for _encoding in ("utf-8-sig", "utf-16", "cp1252"):
    _add("encodings", text_file(_PLAIN, ";", _encoding), *_STORED)
_add("line ends", text_file(_PLAIN).replace(b"\r\n", b"\r"), *_STORED)
_add("line ends", text_file(_visits("13/07/2026|Tirtayasa|Lontar|Budi⏎|nihil⏎")), *_STORED[:1])
_add("line ends", text_file(_PLAIN).replace(b"\r\n", b"\n\n"), *_STORED)
_add(
    "letters saved twice",
    _visits("Jumâ€™at, 17 Juli 2026|Tirtayasa|Lontar|Budi|nihil"),
    *_days("2026-07-17"),
    says=("dipulihkan",),
)
_add(
    "letters saved twice",
    _visits("17/07/2026|Tirtayasa|Lontar|Maâ€™mun|nihil"),
    "2026-07-17 Tirtayasa/Lontar nihil pimpasa=Ma’mun",
    says=("dipulihkan",),
)
_add(
    "letters saved twice",
    _visits("17/07/2026|Tirtayasa|Lontar|Budi|nihil â€“ aman"),
    *_days("2026-07-17"),
    says=("dipulihkan",),
)
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_add("files of another kind", _OLD, name="lama.xls", refused=((None, ""),))
_add("files of another kind", b"%PDF-1.7\n", name="kunjungan.pdf", refused=((None, ""),))
_add("files of another kind", b"", name="kosong.csv", refused=((None, ""),))

# --- which table ------------------------------------------------------------------------------

for _header in (
    "No|Tanggal|Desa|Kecamatan|Petugas",
    "No|Tanggal|Desa|Kecamatan|Petugas|Kegiatan",
    "No|Hari/Tanggal|Desa|Kecamatan|PIMPASA|Tujuan",
):
    _rows = "1|Senin, 13 Juli 2026|Lontar|Tirtayasa|Budi|Pembinaan\n2|Selasa, 14 Juli 2026|Laban|Tirtayasa|Budi|Pembinaan"
    _width = _header.count("|") + 1
    _cut = "\n".join("|".join(row.split("|")[:_width]) for row in _rows.split("\n"))
    _add("visits without a result", f"{_header}\n{_cut}", refused=((None, "Hasil"),))
    _add("visits without a result", book(f"{_header}\n{_cut}"), refused=((None, "Hasil"),))
_add(
    "lists without their day or counts",
    "Kecamatan|Desa|Petugas|Hasil\nTirtayasa|Lontar|Budi|nihil",
    refused=((None, "Tanggal"),),
)
_add(
    "lists without their day or counts",
    "Tanggal Surat Tugas|Kecamatan|Desa|Petugas|Hasil\n20/07/2026|Tirtayasa|Lontar|Budi|nihil",
    refused=((None, "Tanggal"),),
)
_add(
    "lists without their day or counts",
    "Kecamatan|Desa|Petugas|Jumlah Temuan|Tanggal\nTirtayasa|Lontar|Budi|0|13/07/2026",
    refused=((None, "Hasil"),),
)
_add(
    "lists without their day or counts",
    "Tanggal Kejadian|Kecamatan|Jenis Kasus|Korban Perempuan Dewasa\n13/06/2026|Tirtayasa|TPPO|1",
    refused=((None, "Tanggal Laporan"),),
)
_add(
    "lists without their day or counts",
    "Tanggal|Kecamatan|Desa|Materi\n13/07/2026|Tirtayasa|Lontar|TPPO",
    refused=((None, "Jumlah Peserta / L"),),
)
_add(
    "other titles",
    "No|Tanggal Pelaksanaan Kegiatan|Kecamatan|Desa|Materi|Laki-laki|Perempuan\n1|13/07/2026|Tirtayasa|Lontar|TPPO|20|30",
    _counted(20),
)
_add(
    "the register of desa",
    "No|Kecamatan|Desa|No SK|Tanggal SK|PIMPASA\n1|Tirtayasa|Lontar|W.12/1|13/07/2025|Budi",
    "villages 36.04.13.2007 is_assisted=True assisted_since=2025-07-13 decree_number=W.12/1 pimpasa=Budi",
)
_add(
    "the register of desa",
    "Kecamatan|Desa|Status\nTirtayasa|Lontar|Desa Binaan\nTirtayasa|Susukan|Bukan",
    "villages 36.04.13.2007 is_assisted=True",
)
_add(
    "the register of desa",
    "Kecamatan|Desa|PIMPASA|Status Desa\nTirtayasa|Lontar|Budi|Berkembang",
    "villages 36.04.13.2007 pimpasa=Budi",
    asked=(("table", "tabel", "villages"),),
)
_add(
    "a register nearly",
    "No|Kecamatan|Desa|PIMPASA|Nomor SK|Jumlah Kunjungan\n1|Tirtayasa|Lontar|Budi|W.12/1|4",
    says=("rekap",),
)
_add(
    "a register nearly",
    "No|Kecamatan|Desa|PIMPASA|Kunjungan Terakhir\n1|Tirtayasa|Lontar|Budi|13/07/2026",
    "villages 36.04.13.2007 pimpasa=Budi",
    asked=(("table", "tabel", "villages"),),
)
_add(
    "a register nearly",
    "Kecamatan|Desa|Jumlah Penduduk\nPontang|Domas|4512\nTirtayasa|Lontar|3211",
    says=("rekap",),
)
_add(
    "the register of kecamatan",
    "Kecamatan|Jumlah Penduduk Tahun 2025|Jumlah Laki-laki|Jumlah Perempuan|Sumber Data\nPontang|45123|23000|22123|Dukcapil",
    "kecamatan 36.04.12 population=45123 population_male=23000 population_female=22123 population_year=2025 population_source=Dukcapil",
)
_add(
    "the register of kecamatan",
    "Kecamatan|Penduduk (L/P)|Tahun|Sumber\nPontang|45123|2025|Dukcapil",
    "kecamatan 36.04.12 population=45123 population_year=2025 population_source=Dukcapil",
)
_add(
    "the register of kecamatan",
    "Kecamatan|Wilayah Kerja\nPontang|Kanim Serang\nPulo Ampel|Kanim Cilegon",
    "kecamatan 36.04.08 office=cilegon",
    "kecamatan 36.04.12 office=serang",
)
_add(
    "targets",
    "Indikator Kinerja Utama|Target 2026\nCakupan kunjungan|80%",
    "targets 2026 visit_coverage  year=2026 indicator=visit_coverage value=0.8",
)
_add(
    "targets",
    "Tahun|Indikator|Kecamatan|Target|Realisasi\n2026|Kunjungan|Pontang|24|12",
    "targets 2026 visits 36.04.12 year=2026 indicator=visits kecamatan_code=36.04.12 value=24.0",
)
_add("targets", "Tahun|Indikator|Target\n2026|Cakupan kunjungan|80", refused=((2, "Target"),))

# --- words ------------------------------------------------------------------------------------

for _word, _meant in (
    ("Nihil (tidak ada keberangkatan)", "nihil"),
    ("NIHIL", "nihil"),
    ("Laporan nihil", "nihil"),
    ("Ada temuan", "temuan"),
    ("Perlu tindak lanjut", "tindak_lanjut"),
    ("Tidak terjangkau", "tidak_terjangkau"),
):
    _add(
        "words for the result",
        _visits(f"13/07/2026|Tirtayasa|Lontar|Budi|{_word}"),
        f"2026-07-13 Tirtayasa/Lontar {_meant} pimpasa=Budi",
    )
for _word in (
    "Aman dan kondusif",
    "Nihil temuan, namun ada 1 orang asing",
    "Terlaksana",
    "Nihil WNA; 2 warga berangkat ke Malaysia",
    "Tidak nihil",
):
    _add(
        "words that are no result",
        _visits(f"13/07/2026|Tirtayasa|Lontar|Budi|{_word}"),
        refused=((2, "Hasil"),),
    )
_add(
    "other titles",
    _visits(
        "13/07/2026|Tirtayasa|Lontar|Budi|nihil", "Tanggal|Kecamatan|Desa|Petugas|Hasil Kegiatan"
    ),
    *_days("2026-07-13"),
)
for _country, _code in (
    ("Malaysia", "MY"),
    ("Arab Saudi (Riyadh)", "SA"),
    ("Dubai", "AE"),
    ("KAMBOJA", "KH"),
):
    _add(
        "countries",
        f"Tanggal|Kecamatan|Jenis Kasus|Negara Tujuan\n13/07/2026|Pontang|TPPO|{_country}",
        f"2026-07-13 Pontang TPPO P0 L0 AP0 AL0 destination_country={_code}",
    )
for _country in ("Timur Tengah", "Malaysia/Singapura", "luar negeri"):
    _add(
        "countries that are none",
        f"Tanggal|Kecamatan|Jenis Kasus|Negara Tujuan\n13/07/2026|Pontang|TPPO|{_country}",
        refused=((2, "Negara Tujuan"),),
    )
for _tick, _label in (("✓", "TPPO"), ("v", "TPPO"), ("ya", "TPPO"), ("-", "-"), ("tidak", "-")):
    _add(
        "ticks",
        f"Tanggal Laporan|Kecamatan|TPPO|TPPM\n13/07/2026|Pontang|{_tick}|",
        f"2026-07-13 Pontang {_label} P0 L0 AP0 AL0",
    )

# --- cases ------------------------------------------------------------------------------------

_CASE = "Tanggal Laporan|Kecamatan|Jenis Kasus"
_add(
    "two cases of a day",
    f"No|{_CASE}|Korban Perempuan Dewasa\n1|13/07/2026|Pontang|TPPO|1\n2|13/07/2026|Pontang|TPPO|2",
    "2026-07-13 Pontang TPPO P1 L0 AP0 AL0",
    "2026-07-13 Pontang TPPO P2 L0 AP0 AL0",
)
for _number in ("202601|202602", "LP/B/12/VII/2026|LP/B/13/VII/2026", "01/TPPO/2026|02/TPPO/2026"):
    _a, _b = _number.split("|")
    _add(
        "two cases of a day",
        f"Nomor Register|{_CASE}\n{_a}|13/07/2026|Pontang|TPPO\n{_b}|13/07/2026|Pontang|TPPO",
        "2026-07-13 Pontang TPPO P0 L0 AP0 AL0",
        "2026-07-13 Pontang TPPO P0 L0 AP0 AL0",
    )
_add(
    "two cases of a day",
    f"{_CASE}\n13/07/2026|Pontang|TPPO\n13/07/2026|Pontang|TPPO",
    "2026-07-13 Pontang TPPO P0 L0 AP0 AL0",
    asked=(("same", "baris sama", "satu"),),
)
for _header in ("Anak", "Anak-anak", "Jumlah Anak"):
    _add(
        "children without their sex",
        f"{_CASE}|Dewasa L|Dewasa P|{_header}\n13/07/2026|Pontang|TPPO|1|2|3",
        refused=((2, _header),),
    )
for _header in ("Jumlah Korban", "Korban (L/P)", "Jumlah Korban (Laki-laki/Perempuan)"):
    _add(
        "victims without their groups",
        f"{_CASE}|{_header}\n13/07/2026|Pontang|TPPO|3",
        refused=((2, _header),),
    )
_add(
    "victims without their groups",
    f"{_CASE}|Korban L|Korban P\n13/07/2026|Pontang|TPPO|1|2",
    "2026-07-13 Pontang TPPO P2 L1 AP0 AL0",
    asked=(("column", "Korban L", "men"), ("column", "Korban P", "women")),
)
for _ages in (
    "Korban < 18 L|Korban < 18 P|Korban > 18 L|Korban > 18 P",
    "Anak L|Anak P|Dewasa L|Dewasa P",
    "Korban di bawah 18 tahun (L)|Korban di bawah 18 tahun (P)|Korban di atas 18 tahun (L)|Korban di atas 18 tahun (P)",
):
    _add(
        "victims by age",
        f"{_CASE}|{_ages}\n13/07/2026|Pontang|TPPO|1|2|3|4",
        "2026-07-13 Pontang TPPO P4 L3 AP2 AL1",
    )
for _sex in ("Jenis Kelamin", "JK", "Jenis Kelamin Korban"):
    _add(
        "a row per victim",
        f"No|{_CASE}|{_sex}|Usia\n1|13/07/2026|Pontang|TPPO|P|17",
        refused=((2, _sex),),
    )
for _group in ("Pelapor", "Perekrut", "Sponsor", "Tersangka", "Saksi"):
    _add(
        "places of other people",
        f"Tanggal Laporan|Kecamatan {_group}|Desa {_group}|Kecamatan Korban|Desa Korban|Jenis Kasus\n13/07/2026|Pontang|Domas|Tirtayasa|Lontar|TPPO",
        "2026-07-13 Tirtayasa/Lontar TPPO P0 L0 AP0 AL0",
    )
    _add(
        "places of other people",
        f"Tanggal Laporan|Kecamatan Asal {_group}|Tempat Tinggal {_group}|Jenis Kasus\n13/07/2026|Pontang|Domas, Pontang|TPPO",
        "2026-07-13 ? TPPO P0 L0 AP0 AL0",
    )
_add(
    "places of other people",
    "Tanggal Laporan|Desa TKP|Kecamatan TKP|Jenis Kasus\n13/07/2026|Lontar|Tirtayasa|TPPO",
    "2026-07-13 ? TPPO P0 L0 AP0 AL0 incident_place=Lontar, Tirtayasa",
)
_add(
    "places of other people",
    book(
        "No|Tanggal Laporan|Tempat Kejadian||Asal Korban||Jenis Kasus\n||Kecamatan|Desa|Kecamatan|Desa|\n#1|@2026-07-13|Pontang|Domas|Tirtayasa|Lontar|TPPO",
        merges="C1:D1 E1:F1",
    ),
    "2026-07-13 Tirtayasa/Lontar TPPO P0 L0 AP0 AL0 incident_place=Pontang, Domas",
)
_add(
    "places of other people",
    "Tanggal Laporan|Domisili Korban|Domisili Sponsor|Jenis Kasus\n13/07/2026|Lontar, Tirtayasa|Domas, Pontang|TPPO",
    "2026-07-13 Tirtayasa/Lontar TPPO P0 L0 AP0 AL0",
)
_add(
    "places of other people",
    "Tanggal Laporan|Lokasi|Jenis Kasus\n13/07/2026|Lontar, Tirtayasa|TPPO",
    "2026-07-13 Tirtayasa/Lontar TPPO P0 L0 AP0 AL0",
    asked=(("column", "Lokasi", "desa"),),
)

# --- the same event ---------------------------------------------------------------------------

_add(
    "two sessions of a day",
    "No|Tanggal|Kecamatan|Desa|Materi|L|P\n1|13/07/2026|Tirtayasa|Lontar|TPPO|20|30\n2|13/07/2026|Tirtayasa|Lontar|TPPO|25|35",
    _counted(20),
    _counted(25, 35),
)
for _hours in ("Jam|09.00|13.00", "Sesi|1|2", "Gelombang|I|II", "Pukul|09.00 WIB|13.00 WIB"):
    _title, _a, _b = _hours.split("|")
    _add(
        "two sessions of a day",
        f"{_title}|Tanggal|Kecamatan|Desa|Materi|L|P\n{_a}|13/07/2026|Tirtayasa|Lontar|TPPO|20|30\n{_b}|13/07/2026|Tirtayasa|Lontar|TPPO|20|30",
        _counted(20),
        _counted(20),
    )
_VISITED = "Tanggal|Kecamatan|Desa|Petugas|Tujuan|Hasil"
_add(
    "one event told twice",
    f"{_VISITED}\n13/07/2026|Tirtayasa|Lontar|Budi|Pembinaan|nihil",
    "2026-07-13 Tirtayasa/Lontar nihil pimpasa=Siti purpose=Pembinaan desa",
    earlier=(
        (
            "siti.csv",
            text_file(f"{_VISITED}\n13/07/2026|Tirtayasa|Lontar|Siti|Pembinaan desa|nihil"),
        ),
    ),
    asked=(("same", "catatan serupa", "satu"),),
)
_add("one event told twice", _PLAIN, *_STORED, earlier=(("lain.csv", text_file(_PLAIN)),))
_add(
    "a corrected file",
    _visits("13/07/2026|Tirtayasa|Lontar|Budi|temuan"),
    "2026-07-13 Tirtayasa/Lontar temuan pimpasa=Budi",
    earlier=(("berkas.csv", text_file(_visits("13/07/2026|Tirtayasa|Lontar|Budi|nihil"))),),
)
_add(
    "a corrected file",
    _dates("13/07/2026", "15/07/2026"),
    *_days("2026-07-13", "2026-07-15"),
    earlier=(("berkas.csv", text_file(_PLAIN)),),
    asked=(("moved", "tanggal pindah", "pindah"),),
)
_add(
    "a corrected file",
    _visits("13/07/2026|Tirtayasa|Susukan|Budi|nihil"),
    "2026-07-13 Tirtayasa/Lontar nihil pimpasa=Budi",
    "2026-07-13 Tirtayasa/Susukan nihil pimpasa=Budi",
    earlier=(("berkas.csv", text_file(_visits("13/07/2026|Tirtayasa|Lontar|Budi|nihil"))),),
    says=("tidak ada lagi di dalamnya",),
)
_add(
    "one event told twice",
    f"{_VISITED}|Kendaraan\n13/07/2026|Tirtayasa|Lontar|Budi|Pembinaan|nihil|mobil\n13/07/2026|Tirtayasa|Lontar|Budi|Pembinaan|nihil|motor",
    "2026-07-13 Tirtayasa/Lontar nihil pimpasa=Budi purpose=Pembinaan",
    asked=(("same", "baris sama", "satu"),),
)

# --- exports of forms -------------------------------------------------------------------------

_SENT = "_uuid|_submission_time"


def _kobo(header: str, *rows: str) -> bytes:
    lines = (f"{row}|u{n}|2026-07-13T16:31:00" for n, row in enumerate(rows, start=1))
    return text_file("\n".join([f"{header}|{_SENT}", *lines]), ";")


_add(
    "moments of forms",
    _kobo(
        "tanggal|kecamatan|desa|petugas|hasil",
        "2026-07-13T23:30:00.000+07:00|tirtayasa|lontar|Budi|nihil",
        "2026-07-13T17:30:00Z|tirtayasa|laban|Budi|nihil",
    ),
    *_STORED,
)
_add(
    "moments of forms",
    _kobo(
        "tanggal|kecamatan|desa|petugas|hasil",
        "2026-07-13T23:30:00|tirtayasa|lontar|Budi|nihil",
        "2026-07-14T17:30:00|tirtayasa|laban|Budi|nihil",
    ),
    *_STORED,
)
_add(
    "moments of forms",
    book(
        "tanggal|kecamatan|desa|petugas|hasil|_uuid|_submission_time\n@2026-07-13 23:30|tirtayasa|lontar|Budi|nihil|u1|@2026-07-13 16:31"
    ),
    *_STORED[:1],
)
for _parting in ("/", ".", "-"):
    _title = _parting.join
    _add(
        "groups of forms",
        _kobo(
            "|".join(
                [
                    _title(["Data", "Waktu", "Tanggal"]),
                    _title(["Data", "Lokasi", "Kecamatan"]),
                    _title(["Data", "Lokasi", "Desa"]),
                    _title(["Data", "Petugas"]),
                    _title(["Data", "Hasil kunjungan"]),
                ]
            ),
            "2026-07-13|Tirtayasa|Lontar|Budi|Nihil",
        ),
        *_STORED[:1],
    )
_add(
    "places of several people in a form",
    _kobo(
        "Pelapor/Kecamatan|Pelapor/Desa|Perekrut/Kecamatan|Perekrut/Desa|Korban/Kecamatan|Korban/Desa|Kasus/Tanggal laporan|Kasus/Jenis kasus|Korban/Perempuan dewasa",
        "Pontang|Domas|Tanara|Cerukcuk|Tirtayasa|Lontar|2026-07-13|TPPO|2",
    ),
    "2026-07-13 Tirtayasa/Lontar TPPO P2 L0 AP0 AL0",
)
_add(
    "places of several people in a form",
    _kobo(
        "Perekrut/Kecamatan|Perekrut/Desa|Kasus/Tanggal laporan|Kasus/Jenis kasus",
        "Tanara|Cerukcuk|2026-07-13|TPPO",
    ),
    "2026-07-13 ? TPPO P0 L0 AP0 AL0",
)
_add(
    "places of several people in a form",
    _kobo(
        "Korban/Kecamatan|Korban/Desa|Pelapor/Kecamatan|Pelapor/Desa|Tanggal laporan|Jenis kasus",
        "Tirtayasa|Lontar|Pontang|Domas|2026-07-13|TPPM",
    ),
    "2026-07-13 Tirtayasa/Lontar TPPM P0 L0 AP0 AL0",
)
_add(
    "options of forms",
    _kobo(
        "Tanggal|Kecamatan|Desa|Desa/Lontar|Desa/Susukan|Materi|L|P",
        "2026-07-13|Tirtayasa|Lontar Susukan|1|1|TPPO|20|30",
    ),
    "2026-07-13 Tirtayasa: Lontar, Susukan L20 P30 topic=TPPO",
)
_add(
    "options of forms",
    _kobo(
        "Tanggal|Kecamatan|Desa|Materi|Sasaran|Sasaran/Perempuan|Sasaran/Laki-laki|Jumlah laki-laki yang hadir|Jumlah perempuan yang hadir",
        "2026-07-13|Tirtayasa|Lontar|TPPO|Perempuan|1|0|5|60",
    ),
    "2026-07-13 Tirtayasa: Lontar L5 P60 topic=TPPO audience=Perempuan",
)
_add(
    "options of forms",
    _kobo(
        "Tanggal laporan|Kecamatan|Jenis kasus|Jenis kasus/TPPO|Jenis kasus/PMI Non Prosedural",
        "2026-07-13|Tirtayasa|TPPO PMI Non Prosedural|1|1",
    ),
    "2026-07-13 Tirtayasa TPPO+PMI P0 L0 AP0 AL0",
)
for _state in ("Not Approved", "validation_status_not_approved"):
    _add(
        "submissions that were turned down",
        _kobo(
            "Tanggal|Kecamatan|Desa|Petugas|Hasil|_validation_status",
            "2026-07-13|Tirtayasa|Lontar|Budi|nihil|Approved",
            f"2026-07-14|Tirtayasa|Laban|Budi|nihil|{_state}",
        ),
        *_STORED[:1],
        says=("tidak dibaca",),
    )
_add(
    "submissions that were turned down",
    "SubmissionDate|data-tanggal|data-kecamatan|data-desa|data-petugas|data-hasil|KEY|ReviewState\n"
    "2026-07-13T02:00:00.000Z|2026-07-13|Tirtayasa|Lontar|Budi|nihil|uuid:1|approved\n2026-07-14T02:00:00.000Z|2026-07-14|Tirtayasa|Laban|Budi|nihil|uuid:2|rejected",
    *_STORED[:1],
    says=("tidak dibaca",),
)
_add(
    "other tools of forms",
    book(
        "Tanggal|Kecamatan|Petugas|_index|_uuid|_submission_time\n2026-07-13|Tirtayasa|Budi|#1|u1|2026-07-13T09:00:00",
        name="Kunjungan",
        more={
            "desa_dikunjungi": "Desa|Hasil|_index|_parent_index|_parent_table_name\nLontar|nihil|#1|#1|Kunjungan\nSusukan|temuan|#2|#1|Kunjungan"
        },
    ),
    "2026-07-13 Tirtayasa/Lontar nihil pimpasa=Budi",
    "2026-07-13 Tirtayasa/Susukan temuan pimpasa=Budi",
)
_add(
    "other tools of forms",
    book(
        "Tanggal|Kecamatan|Materi|L|P|_index|_uuid|_submission_time\n2026-07-13|Tirtayasa|TPPO|#20|#30|#1|u1|2026-07-13T09:00:00",
        name="Sosialisasi",
        more={
            "desa": "Desa|_index|_parent_index|_parent_table_name\nLontar|#1|#1|Sosialisasi\nSusukan|#2|#1|Sosialisasi"
        },
    ),
    "2026-07-13 Tirtayasa: Lontar, Susukan L20 P30 topic=TPPO",
)
_add(
    "other tools of forms",
    "number|formid|received_on|form.tanggal|form.kecamatan|form.desa|form.petugas|form.hasil\n0|f1|2026-07-13 02:00:00|2026-07-13|Tirtayasa|Lontar|Budi|nihil",
    *_STORED[:1],
)
_add(
    "other titles",
    "Timestamp|Pada tanggal berapa kunjungan dilaksanakan?|Di kecamatan mana?|Desa yang dikunjungi|Siapa nama petugas yang berkunjung?|Apa hasil kunjungan tersebut?\n"
    "13/07/2026 10:11:12|13/07/2026|Tirtayasa|Lontar|Budi|Nihil",
    *_STORED[:1],
)
_add(
    "two columns of days",
    f"Tanggal|{_CASE}\n14/07/2026|13/07/2026|Pontang|TPPO",
    "2026-07-13 Pontang TPPO P0 L0 AP0 AL0",
    asked=(("column", "Tanggal", "abaikan"),),
)
for _title in ("Jumlah kunjungan", "Total Kunjungan", "kunjungan"):
    _add(
        "targets",
        f"Tahun|Indikator|Target\n2026|{_title}|120",
        "targets 2026 visits  year=2026 indicator=visits value=120.0",
    )
_add(
    "columns of several years",
    "Kecamatan|Penduduk 2024|Penduduk 2025\nPontang|44.000|45.123",
    "kecamatan 36.04.12 population=45123 population_year=2025",
    asked=(("column", "Penduduk 2025", "population"),),
)
_add(
    "columns of several years",
    "Indikator|Target 2025|Target 2026\nKunjungan|20|24",
    "targets 2026 visits  year=2026 indicator=visits value=24.0",
    asked=(("column", "Target 2026", "value"),),
)
_add(
    "columns of several years",
    "Indikator|Target 2026|TW I|TW II\nKunjungan|24|6|6",
    "targets 2026 visits  year=2026 indicator=visits value=24.0",
    asked=(("column", "TW I", "abaikan"), ("column", "TW II", "abaikan")),
)
_add(
    "targets",
    "Tahun|Indikator|Target\n2026|Jumlah paspor|120\n2026|Jumlah kunjungan|120",
    "targets 2026 visits  year=2026 indicator=visits value=120.0",
    refused=((2, "Indikator"),),
)
