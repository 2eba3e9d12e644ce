"""Each form tool's own columns, choices, clocks and titles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from data_access.intake.files.exports.titles import find_separator, strip_groups
from data_access.intake.files.exports.unfold import unfold_export
from data_access.intake.model import CellError, CellValue, RowError, Sheet, SheetRow, SourceFile

KOBO = ("_id", "_uuid", "_submission_time")
ODK = ("SubmissionDate", "meta-instanceID", "KEY", "SubmitterName", "ReviewState")


def unfolded(header: Sequence[str], *rows: Sequence[CellValue]) -> Sheet:
    numbered = tuple(SheetRow(n, tuple(row)) for n, row in enumerate(rows, start=2))
    sheet = Sheet("Data", tuple(header), 1, numbered)
    return unfold_export(SourceFile("x.csv", "0" * 64, "csv", (sheet,))).sheets[0]


def kobo(header: Sequence[str], *rows: Sequence[CellValue]) -> Sheet:
    """An export of KoboToolbox with these questions."""
    system = [(n, f"u{n}", "2026-07-13T05:00:00") for n in range(len(rows))]
    return unfolded((*header, *KOBO), *((*r, *s) for r, s in zip(rows, system, strict=True)))


def questions(sheet: Sheet) -> list[str]:
    return [title for title in sheet.header if not title.startswith("_")]


def column(sheet: Sheet, title: str) -> list[CellValue]:
    place = sheet.header.index(title)
    return [row.values[place] for row in sheet.rows]


# --- the tool's own columns --------------------------------------------------------------

STAMP = "13/07/2026 10:11:12"
TOOLS = {
    "kobo": ("start", "end", "today", "deviceid", "Desa", *KOBO, "__version__", "_tags"),
    "kobo with meta": ("Desa", "meta/instanceID", "meta/rootUuid", "_uuid", "_status", "_id"),
    "kobo with media": ("Desa", "_id", "_uuid", "_attachments", "formhub/uuid", "__version__"),
    "odk central": ("SubmissionDate", "g-Desa", "meta-instanceID", "KEY", "ReviewState", "Status"),
    "odk slashes": ("SubmissionDate", "start", "g/Desa", "meta/instanceID", "KEY", "Edits"),
    "odk aggregate": ("*meta-instance-id*", "KEY", "SubmissionDate", "g:Desa", "meta:instanceID"),
    "surveycto": ("SubmissionDate", "starttime", "caseid", "Desa", "instanceID",
                  "formdef_version", "KEY", "review_quality"),
    "commcare": ("number", "formid", "form.Desa", "completed_time", "received_on", "form_link"),
    "commcare info": ("formid", "form.Desa", "form.meta.deviceID", "form.@name", "received_on",
                      "info.completed_time"),
    "google": ("Timestamp", "Email Address", "Desa"),
    "google in Indonesian": ("Stempel waktu", "Alamat email", "Desa"),
    "google, numbered": ("_no", "Cap waktu", "Desa"),
    "microsoft": ("ID", "Start time", "Completion time", "Email", "Name", "Desa"),
    "microsoft in Indonesian": ("ID", "Waktu mulai", "Waktu penyelesaian", "Email", "Nama",
                                "Desa"),
    "microsoft quiz": ("ID", "Start time", "Completion time", "Email", "Name", "Total points",
                       "Points - Desa", "Desa"),
}  # fmt: skip


@pytest.mark.parametrize("header", TOOLS.values(), ids=TOOLS)
def test_columns_of_the_tool_are_no_questions(header: tuple[str, ...]) -> None:
    assert questions(unfolded(header, [STAMP] * len(header))) == ["Desa"]


@pytest.mark.parametrize(
    ("header", "row", "key"),
    [
        (("Desa", "_id", "_uuid"), ("a", 1, "u1"), "u1"),
        (("Desa", "_id", "_uuid", "meta/rootUuid"), ("a", 1, "new", "old"), "old"),
        (("Desa", "_id", "_uuid", "meta/rootUuid"), ("a", 1, "new", None), "new"),
        (("Desa", "KEY", "SubmissionDate", "meta-instanceID"), ("a", "k", "d", "i"), "k"),
        (("Desa", "SubmissionDate", "FormVersion", "meta-instanceID"), ("a", "d", 1, "i"), "i"),
        (("formid", "form.desa", "received_on"), ("f", "a", "d"), "f"),
    ],
)
def test_key_of_the_submission_is_kept(
    header: tuple[str, ...], row: tuple[CellValue, ...], key: str
) -> None:
    assert column(unfolded(header, row), "_uuid") == [key]


@pytest.mark.parametrize("tool", ["google", "microsoft"])
def test_numbers_of_answers_are_no_key(tool: str) -> None:
    header = TOOLS[tool]
    assert "_uuid" not in unfolded(header, [STAMP] * len(header)).header


@pytest.mark.parametrize(
    "header", [("Tanggal", "Timestamp", "Desa", "Hasil"), ("ID", "Nama", "Desa"), ("KEY", "Desa")]
)
def test_an_officers_own_columns_stay(header: tuple[str, ...]) -> None:
    assert unfolded(header, ["x"] * len(header)).header == header


def test_question_named_like_a_device_column_is_read() -> None:
    assert questions(kobo(("Audit", "Start"), ("a", "b"))) == ["Audit", "Start"]


def test_what_commcare_did_not_ask_is_blank() -> None:
    found = unfolded(("formid", "form.desa", "received_on"), ("f", "---", "2026-07-13"))
    assert column(found, "desa") == [None]


# --- review ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "state"),
    [
        ((*KOBO, "_validation_status"), "Not Approved"),
        ((*KOBO, "_validation_status"), "Tidak disetujui"),
        ((*KOBO, "_review_status"), "Rejected"),
        (("KEY", "SubmissionDate", "FormVersion", "ReviewState"), "rejected"),
        (("KEY", "SubmissionDate", "formdef_version", "review_status"), "REJECTED"),
        (("KEY", "SubmissionDate", "FormVersion", "deletedAt"), "2026-07-13T05:00:00Z"),
        ((*KOBO, "_tags"), "uji coba"),
    ],
)
def test_refused_submissions_are_left_out_and_counted(header: tuple[str, ...], state: str) -> None:
    found = unfolded((*header, "Desa"), ("a", "b", "c", state, "x"), ("d", "e", "f", None, "y"))
    assert column(found, "Desa") == ["y"]
    assert any(note.startswith("1 baris") for note in found.notes)


@pytest.mark.parametrize("state", ["approved", "hasIssues", "edited", None])
def test_other_states_are_read(state: str | None) -> None:
    header = ("KEY", "SubmissionDate", "FormVersion", "ReviewState", "Desa")
    assert column(unfolded(header, ("a", "b", "c", state, "x")), "Desa") == ["x"]


@pytest.mark.parametrize(
    ("title", "state"), [("ReviewState", "hasIssues"), ("_validation_status", "On Hold")]
)
def test_open_reviews_are_told(title: str, state: str) -> None:
    system = ("KEY", "SubmissionDate") if title == "ReviewState" else KOBO[:2]
    found = unfolded((*system, title, "Desa"), ("a", "b", state, "x"))
    assert any("belum selesai" in note for note in found.notes)


# --- choices -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "options", "row", "answer"),
    [
        ("Desa", ("Lontar", "Susukan"), ("Lontar Susukan", 1, 1), "Lontar; Susukan"),
        ("Jenis", ("TPPO", "PMI Non Prosedural"), ("PMI Non Prosedural", "0", "1"),
         "PMI Non Prosedural"),
        ("Sasaran", ("Perempuan", "Laki-laki"), ("Perempuan", "TRUE", "FALSE"), "Perempuan"),
        ("Sasaran", ("Perempuan", "Pelajar"), (None, 0, 1), "Pelajar"),
        ("Sasaran", ("Perempuan", "Pelajar"), ("Perempuan Pelajar", "Perempuan", "Pelajar"),
         "Perempuan; Pelajar"),
        ("sasaran", ("ibu_rumah", "pelajar"), ("ibu_rumah pelajar", 1.0, 1.0),
         "ibu_rumah; pelajar"),
        ("Pilar", ("A/B", "C"), ("A/B", True, False), "A/B"),
        ("Pilar", ("A", "B"), ("A lainnya", 1, 0), "A; lainnya"),
        ("Pilar", ("A", "B"), ("Z", 0, 0), "Z"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("separator", ["/", ".", ":"])
def test_options_become_one_text(
    separator: str,
    question: str,
    options: tuple[str, ...],
    row: tuple[CellValue, ...],
    answer: str,
) -> None:
    header = ("Tanggal", question, *(f"{question}{separator}{one}" for one in options))
    found = kobo(header, ("2026-07-13", *row))
    assert questions(found) == ["Tanggal", question]
    assert column(found, question) == [answer]


@pytest.mark.parametrize(
    ("first", "second"), [((1, 0), (1, 1)), (("TRUE", "FALSE"), ("TRUE", "TRUE")),
                          (("Perempuan", None), ("Perempuan", "Pelajar"))]
)  # fmt: skip
def test_options_alone_become_their_question(
    first: tuple[CellValue, ...], second: tuple[CellValue, ...]
) -> None:
    header = ("Tanggal", "g/Sasaran/Perempuan", "g/Sasaran/Pelajar")
    found = kobo(header, ("x", *first), ("x", *second))
    assert column(found, "Sasaran") == ["Perempuan", "Perempuan; Pelajar"]
    assert questions(found) == ["Tanggal", "Sasaran"]


@pytest.mark.parametrize("fault", [RowError("x"), CellError("#REF!")])
def test_a_damaged_row_does_not_make_options_counts(fault: CellError) -> None:
    header = ("Tanggal", "Sasaran", "Sasaran/Perempuan")
    found = kobo(header, ("a", "Perempuan", 1), (fault, fault, fault))
    assert questions(found) == ["Tanggal", "Sasaran"]
    assert column(found, "Sasaran") == ["Perempuan", fault]


@pytest.mark.parametrize("system", [ODK, ("formid", "received_on", "completed_time", "a", "b")])
def test_options_of_other_tools_are_folded(system: tuple[str, ...]) -> None:
    group, sign = ("form.", " | ") if system[0] == "formid" else ("g-", "/")
    header = (f"{group}sasaran", f"{group}sasaran{sign}pelajar", f"{group}sasaran{sign}perempuan")
    found = unfolded((*header, *system), ("pelajar perempuan", 1, 1, *"abcde"))
    assert column(found, "sasaran") == ["pelajar; perempuan"]


def test_surveycto_options_are_folded_where_all_rows_agree() -> None:
    system = ("KEY", "SubmissionDate", "formdef_version")
    header = ("sasaran", "sasaran_1", "sasaran_2", *system)
    found = unfolded(header, ("1 2", 1, 1, *"abc"), ("2", 0, 1, *"abc"))
    assert column(found, "sasaran") == ["1; 2", "2"]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("Jumlah korban/Perempuan dewasa", "Jumlah korban/Laki-laki dewasa"), (1, 2)),
        (("Jumlah korban/Perempuan dewasa", "Jumlah korban/Laki-laki dewasa"), (1, 0)),
        (("peserta/laki_laki", "peserta/perempuan"), (20, 30)),
    ],
)
def test_counts_of_a_group_are_no_options(
    header: tuple[str, ...], row: tuple[CellValue, ...]
) -> None:
    found = kobo(("Tanggal", *header), ("x", *row))
    assert questions(found) == ["Tanggal", *(title.replace("/", " / ") for title in header)]


def test_counts_below_their_sum_are_no_options() -> None:
    found = kobo(("Korban", "Korban/Perempuan", "Korban/Laki-laki"), (1, 1, 0), (2, 1, 1))
    assert questions(found) == ["Korban", "Korban / Perempuan", "Korban / Laki-laki"]


def test_counts_of_nought_and_one_are_told() -> None:
    found = kobo(("Tanggal", "Korban/Perempuan", "Korban/Laki-laki"), ("x", 1, 0))
    assert any("dibaca sebagai jumlah" in note for note in found.notes)


def test_grid_of_google_gives_its_rows() -> None:
    header = ("Timestamp", "Tanggal", "Jumlah peserta [Laki-laki]", "Jumlah peserta [Perempuan]",
              "Usia [th]")  # fmt: skip
    found = unfolded(header, (STAMP, "13/07/2026", 1, 0, 20))
    assert questions(found) == ["Tanggal", "Jumlah peserta / Laki-laki",
                                "Jumlah peserta / Perempuan", "Usia [th]"]  # fmt: skip


def test_checkboxes_of_google_stay_as_written() -> None:
    assert column(unfolded(("Timestamp", "Desa"), (STAMP, "Lontar, Susukan")), "Desa") == [
        "Lontar, Susukan"
    ]


# --- groups ------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["/", ".", "-", ":", "::", " - "])
def test_groups_go_whatever_parts_them(separator: str) -> None:
    titles = [f"kunjungan{separator}{one}" for one in ("tanggal", "desa", "hasil")]
    assert strip_groups(titles) == ["tanggal", "desa", "hasil"]


@pytest.mark.parametrize("separator", ["/", ".", ":"])
def test_groups_of_labels_go(separator: str) -> None:
    titles = [f"Data Umum{separator}{one}" for one in ("Tanggal Kunjungan", "Nama Desa")]
    assert strip_groups([*titles, "Ket"]) == ["Tanggal Kunjungan", "Nama Desa", "Ket"]


@pytest.mark.parametrize(
    "titles",
    [
        ["Laki-laki", "Perempuan"],
        ["Jumlah Laki-laki", "Jumlah Anak-anak", "Tanggal"],
        ["No. SK", "Tgl. SK", "Desa"],
        ["1.Tanggal", "2.Desa", "3.Hasil"],
        ["Hari/Tanggal Laporan", "Hari/Tanggal Kejadian"],
        ["Desa/Kelurahan Korban", "Desa/Kelurahan Pelapor"],
        ["Anak L/P", "Dewasa L/P"],
        ["Tanggal", "Pre-test", "Post-test"],
    ],
)
def test_titles_with_signs_of_their_own_stay(titles: list[str]) -> None:
    assert strip_groups(titles) == titles


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Pelapor/Desa", "Korban/Desa"], ["Pelapor / Desa", "Korban / Desa"]),
        (["g/korban/desa", "g/tanggal"], ["korban / desa", "tanggal"]),
        (["korban/desa_korban", "korban/tanggal"], ["desa_korban", "korban / tanggal"]),
        (["korban/desa_asal", "umum/desa"], ["desa_asal", "desa"]),
        (["perekrut/desa_asal", "umum/desa"], ["perekrut / desa_asal", "desa"]),
        (["peserta/L", "peserta/P", "umum/tema"], ["peserta / L", "peserta / P", "tema"]),
        (["pretest/nilai", "posttest/nilai"], ["pretest / nilai", "posttest / nilai"]),
        (["a/x/desa", "b/x/desa"], ["a / x / desa", "b / x / desa"]),
        (["Pelapor/Korban", "Desa"], ["Pelapor/Korban", "Desa"]),
    ],
)
def test_groups_that_tell_something_stay(titles: list[str], expected: list[str]) -> None:
    assert strip_groups(titles) == expected


@pytest.mark.parametrize(
    ("meta", "separator"),
    [("meta-instanceID", "-"), ("meta/instanceID", "/"), ("meta.instanceID", ".")],
)
def test_own_columns_give_the_separator_away(meta: str, separator: str) -> None:
    assert find_separator(["desa"], [meta]) == separator


# --- clocks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-07-13T23:30:00Z", datetime(2026, 7, 14, 6, 30)),
        ("2026-07-13 23:30:00 UTC", datetime(2026, 7, 14, 6, 30)),
        ("2026-07-13T23:30:00.000+07:00", datetime(2026, 7, 13, 23, 30)),
        ("2026-07-13T23:30+0700", datetime(2026, 7, 13, 23, 30)),
        ("2026-07-14T00:30:00+08:00", datetime(2026, 7, 13, 23, 30)),
        ("2026/07/13 9:11:12 PM GMT+7", datetime(2026, 7, 13, 21, 11, 12)),
        ("2026/07/13 12:11:12 AM GMT+7", datetime(2026, 7, 13, 0, 11, 12)),
        ("2026-07-14 00:30 WITA", datetime(2026, 7, 13, 23, 30)),
        ("13/07/2026 21:11:12 GMT+7", "13/07/2026 21:11:12"),
        ("7/13/2026 9:11:12 PM GMT+7", "7/13/2026 9:11:12 PM"),
        ("13/07/2026 21:11:12 UTC", "13/07/2026 21:11:12 UTC"),
        ("2026-07-13T23:30:00", "2026-07-13T23:30:00"),
        (datetime(2026, 7, 13, 23, 30), datetime(2026, 7, 13, 23, 30)),
        ("13/07/2026 10:00-12:00", "13/07/2026 10:00-12:00"),
        ("2026-07-13 10:00-12:00", "2026-07-13 10:00-12:00"),
        ("2026-07-13", "2026-07-13"),
        ("0812-3456-7890", "0812-3456-7890"),
        ("2026-02-31T23:30:00Z", "2026-02-31T23:30:00Z"),
    ],
)
def test_only_moments_with_a_zone_are_moved(written: CellValue, read: CellValue) -> None:
    assert column(kobo(("Waktu",), (written,)), "Waktu") == [read]


@pytest.mark.parametrize("title", ["received_on", "completed_time"])
def test_clock_of_commcare_is_utc(title: str) -> None:
    found = unfolded(("formid", "form.desa", title), ("f", "a", "2026-07-13 20:00:00"))
    assert column(found, "_submission_time") == [datetime(2026, 7, 14, 3, 0)]


@pytest.mark.parametrize("tool", ["google", "microsoft"])
def test_clock_of_office_tools_is_local(tool: str) -> None:
    header = TOOLS[tool]
    found = unfolded(header, [datetime(2026, 7, 13, 20, 0)] * len(header))
    assert column(found, "_submission_time") == [datetime(2026, 7, 13, 20, 0)]


# --- points ------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["-", "/", ":"])
def test_parts_of_a_point_are_joined(separator: str) -> None:
    parts = [f"g{separator}titik{separator}{one}" for one in ("Latitude", "Longitude", "Accuracy")]
    found = unfolded((*parts, *ODK), ("-6.05", "106.28", "4", *"abcde"))
    assert questions(found) == ["latitude", "longitude"]
    assert found.rows[0].values[-2:] == (-6.05, 106.28)
