"""What was asked several times in one submission."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from data_access.intake.files.exports.unfold import unfold_export
from data_access.intake.model import CellValue, Sheet, SheetRow, SourceFile

LINK = ("_index", "_parent_table_name", "_parent_index")
SYSTEM = ("_id", "_uuid", "_index")


def sheet(name: str, header: Sequence[str], *rows: Sequence[CellValue]) -> Sheet:
    numbered = tuple(SheetRow(n, tuple(row)) for n, row in enumerate(rows, start=2))
    return Sheet(name, tuple(header), 1, numbered)


def unfolded(*sheets: Sheet) -> SourceFile:
    return unfold_export(SourceFile("x.xlsx", "0" * 64, "xlsx", sheets))


def repeat(header: Sequence[str], *rows: Sequence[CellValue], name: str = "r") -> Sheet:
    """A repeat sheet of KoboToolbox; the last value of a row is the submission's index."""
    linked = [(*row[:-1], n, "Induk", row[-1]) for n, row in enumerate(rows, start=1)]
    return sheet(name, (*header, *LINK), *linked)


def main(header: Sequence[str], *rows: Sequence[CellValue]) -> Sheet:
    """The submissions, numbered from 1, with keys u1, u2, ..."""
    told = [(*row, n, f"u{n}", n) for n, row in enumerate(rows, start=1)]
    return sheet("Induk", (*header, *SYSTEM), *told)


def column(found: Sheet, title: str) -> list[CellValue]:
    place = found.header.index(title)
    return [row.values[place] for row in found.rows]


def notes(source: SourceFile) -> str:
    return " ".join([*source.notes, *(note for one in source.sheets for note in one.notes)])


VISITS = (
    ("Desa", "Hasil"),
    ("Lontar", "Nihil", 1),
    ("Susukan", "Temuan", 1),
    ("Domas", "Nihil", 2),
)


def test_repeat_with_results_gives_a_row_each() -> None:
    (found,) = unfolded(main(("Tanggal",), ("a",), ("b",)), repeat(*VISITS)).sheets
    assert column(found, "Desa") == ["Lontar", "Susukan", "Domas"]
    assert column(found, "Tanggal") == ["a", "a", "b"]


def test_rows_of_a_repeat_have_keys_of_their_own() -> None:
    (found,) = unfolded(main(("Tanggal",), ("a",), ("b",)), repeat(*VISITS)).sheets
    assert column(found, "_uuid") == ["u1#1", "u1#2", "u2#1"]


def test_rows_of_a_repeat_stand_where_they_stood() -> None:
    (found,) = unfolded(main(("Tanggal",), ("a",), ("b",)), repeat(*VISITS)).sheets
    assert (found.name, [row.number for row in found.rows]) == ("r", [2, 3, 4])


def test_keys_stay_when_another_submission_is_gone() -> None:
    rest = repeat(("Desa", "Hasil"), ("Domas", "Nihil", 2))
    whole = main(("Tanggal",), ("a",), ("b",))
    (found,) = unfolded(sheet("Induk", whole.header, whole.rows[1].values), rest).sheets
    assert column(found, "_uuid") == ["u2#1"]


@pytest.mark.parametrize(
    ("header", "values"),
    [
        (("Desa", "Jumlah L", "Jumlah P"), ("Lontar", 3, 4)),
        (("g/nama_desa", "g/laki_laki", "g/perempuan"), ("Lontar", "3", "4")),
        (("Desa", "Tanggal"), ("Lontar", "2026-07-13")),
        (("Tanggal", "Hasil"), ("2026-07-13", "Nihil")),
    ],
)
def test_counts_and_days_of_their_own_make_records(
    header: tuple[str, ...], values: tuple[CellValue, ...]
) -> None:
    found = unfolded(main(("Petugas",), ("x",)), repeat(header, (*values, 1), (*values, 1)))
    assert [len(one.rows) for one in found.sheets] == [2]


def test_sums_of_the_submission_are_not_told_twice() -> None:
    source = unfolded(
        main(("Tanggal", "Jumlah peserta"), ("a", 50)),
        repeat(("Desa", "Jumlah"), ("Lontar", 20, 1), ("Susukan", 30, 1)),
    )
    assert "Jumlah peserta" not in source.sheets[0].header
    assert "tidak terhitung berkali-kali" in notes(source)


@pytest.mark.parametrize("header", [("Desa",), ("Desa", "Kecamatan"), ("g/desa", "g/foto")])
def test_places_alone_do_not_multiply_a_session(header: tuple[str, ...]) -> None:
    rows = [(*[f"{one}{n}" for one in header], 1) for n in range(2)]
    source = unfolded(main(("Tanggal", "L", "P"), ("a", 20, 30)), repeat(header, *rows))
    assert [len(one.rows) for one in source.sheets] == [1]


def test_what_is_not_read_of_places_is_told() -> None:
    rest = repeat(("Desa", "Catatan"), ("Lontar", "x", 1))
    assert "kolom “Catatan” tidak dibaca" in notes(unfolded(main(("L",), (1,)), rest))


def test_submission_with_a_visit_of_its_own_stays() -> None:
    source = unfolded(main(("Desa", "Hasil"), ("Pontang", "Nihil"), (None, None)), repeat(*VISITS))
    told = {one.name: column(one, "Desa") for one in source.sheets}
    assert told == {"Induk": ["Pontang"], "r": ["Lontar", "Susukan", "Domas"]}


def test_submission_without_repetitions_stays() -> None:
    source = unfolded(main(("Tanggal",), ("a",), ("b",), ("c",)), repeat(*VISITS))
    assert column(source.sheets[0], "Tanggal") == ["c"]


def test_two_repeats_of_records_give_two_sheets() -> None:
    sessions = repeat(("Desa", "Jumlah"), ("Lontar", 3, 1), name="s")
    source = unfolded(main(("Tanggal",), ("a",), ("b",)), repeat(*VISITS), sessions)
    keys = {one.name: column(one, "_uuid") for one in source.sheets}
    assert keys == {"r": ["u1#r#1", "u1#r#2", "u2#r#1"], "s": ["u1#s#1"]}


def test_lost_repetitions_are_told() -> None:
    source = unfolded(main(("Tanggal",), ("a",)), repeat(("Desa", "Hasil"), ("x", "y", 9)))
    assert "induk tidak ditemukan untuk baris 2" in notes(source)


def test_repetitions_of_a_refused_submission_are_left_out() -> None:
    whole = sheet("Induk", ("Tanggal", *SYSTEM, "_validation_status"),
                  ("a", 1, "u1", 1, "Not Approved"), ("b", 2, "u2", 2, None))  # fmt: skip
    source = unfolded(whole, repeat(*VISITS))
    assert column(source.sheets[0], "Desa") == ["Domas"]
    assert "baris 2–3 tidak dibaca, sebab kirimannya" in notes(source)


def test_repeats_within_repeats_are_told() -> None:
    inner = sheet("dalam", ("Desa", "Hasil", *LINK), ("x", "y", 1, "r", 1))
    source = unfolded(main(("Tanggal",), ("a",), ("b",)), repeat(*VISITS), inner)
    assert "“dalam” tidak dibaca: ulangan di dalam ulangan (1 baris)" in notes(source)


def test_repeat_alone_is_told() -> None:
    source = unfolded(sheet("r", ("Desa", *LINK), ("Lontar", 1, "Induk", 1)))
    assert "induknya tidak ada dalam berkas ini" in notes(source)


ODK_MAIN = sheet("Induk", ("SubmissionDate", "g-tanggal", "KEY"), ("d", "a", "uuid:1"))
COMMCARE_MAIN = sheet("Forms", ("number", "formid", "form.tanggal", "received_on"),
                      (0, "f1", "a", "2026-07-13"))  # fmt: skip


@pytest.mark.parametrize(
    ("submissions", "rest", "keys"),
    [
        (ODK_MAIN,
         sheet("k", ("g-desa", "g-hasil", "PARENT_KEY", "KEY"), ("x", "y", "uuid:1", "uuid:1/k[1]"),
               ("x", "y", "uuid:1", "uuid:1/k[2]")),
         ["uuid:1/k[1]", "uuid:1/k[2]"]),
        (COMMCARE_MAIN,
         sheet("k", ("number", "number__0", "number__1", "formid", "form.k.desa", "form.k.hasil"),
               ("0.0", 0, 0, "f1", "x", "y"), ("0.1", 0, 1, "f1", "x", "y")),
         ["f1#1", "f1#2"]),
    ],
)  # fmt: skip
def test_other_tools_link_in_their_own_ways(
    submissions: Sheet, rest: Sheet, keys: list[str]
) -> None:
    (found,) = unfolded(submissions, rest).sheets
    assert column(found, "_uuid") == keys
    assert column(found, "tanggal") == ["a", "a"]


# --- people ------------------------------------------------------------------------------

PEOPLE = ("Nama", "Jenis Kelamin", "Usia")
COUNTS = ("Korban Perempuan Dewasa", "Korban Laki-laki Dewasa", "Korban Anak Perempuan",
          "Korban Anak Laki-laki")  # fmt: skip


@pytest.mark.parametrize(
    ("header", "first", "second"),
    [
        (PEOPLE, ("A", "Perempuan", 30), ("B", "L", 17)),
        (("g/sex", "g/umur"), ("p", "18"), ("laki_laki", "5")),
        (("Jenis kelamin", "Dewasa/Anak"), ("Wanita", "Dewasa"), ("Pria", "Anak")),
    ],
)
def test_victims_are_counted_where_all_is_said(
    header: tuple[str, ...], first: tuple[CellValue, ...], second: tuple[CellValue, ...]
) -> None:
    rest = repeat(header, (*first, 1), (*second, 1), name="korban")
    (found,) = unfolded(main(("Tanggal",), ("a",), ("b",)), rest).sheets
    counts = [column(found, title) for title in COUNTS]
    assert counts == [[1, None], [0, None], [0, None], [1, None]]


@pytest.mark.parametrize(
    ("name", "row"),
    [("korban", ("A", "Perempuan", None)), ("korban", ("A", "?", 30)), ("peserta", ("A", "P", 30))],
)
def test_people_who_cannot_be_counted_are_told(name: str, row: tuple[CellValue, ...]) -> None:
    source = unfolded(main(("Tanggal",), ("a",)), repeat(PEOPLE, (*row, 1), name=name))
    assert source.sheets[0].header == ("Tanggal", *SYSTEM)
    assert "berisi orang satu per satu dan tidak dibaca" in notes(source)


@pytest.mark.parametrize("name", ["korban", "peserta"])
def test_nothing_personal_leaves_a_repeat(name: str) -> None:
    rest = repeat((*PEOPLE, "NIK"), ("Siti", "P", 30, "3604", 1), name=name)
    (found,) = unfolded(main(("Tanggal",), ("a",)), rest).sheets
    assert not {"Siti", "3604"} & {str(v) for row in found.rows for v in row.values}


def test_desa_of_victims_is_not_the_reporters() -> None:
    rest = repeat(("Desa", *PEOPLE), ("Lontar", "A", "P", 30, 1), name="korban")
    (found,) = unfolded(main(("Desa",), ("Pontang",)), rest).sheets
    assert (column(found, "Desa"), column(found, "Korban / Desa")) == (["Pontang"], ["Lontar"])
