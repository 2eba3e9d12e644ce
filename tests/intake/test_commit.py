"""An import is written whole or not at all, once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, select, update

from data_access.audit import AuditBrokenError, check_audit
from data_access.intake.steps import commit
from data_access.intake.writing.commit import (
    NothingAcceptedError,
    PreviewStaleError,
    RowsRejectedError,
    SampleInTheWayError,
)
from data_access.intake.writing.history import history
from data_access.intake.writing.memory import remember_places
from data_access.sample.end import NoSampleError, remove_sample
from data_access.sample.life import ensure_ready, make_sample
from data_access.schema import audit_log, kecamatan, visits
from data_access.settings import Settings
from data_access.store import Store, open_store
from tests.intake.importing import (
    SESSIONS,
    TARGETS,
    TODAY,
    VILLAGES,
    VISITS,
    column,
    csv_file,
    imported,
    previewed,
    programme,
    visit,
    visits_file,
    workbook,
)


def test_rows_are_written_with_their_import(any_store: Store) -> None:
    result = imported(any_store, visits_file(visit("k1"), visit("k2", day=2)))
    (entry,) = history(any_store)
    assert column(any_store, "visits", "source_key") == ["k1", "k2"]
    assert (entry.id, entry.table, entry.actor, entry.added) == (
        result.import_ids[0], "visits", "petugas", 2,
    )  # fmt: skip


def test_import_is_told_in_the_audit_log(any_store: Store) -> None:
    imported(any_store, visits_file(visit("k1")))
    assert check_audit(any_store) == 1
    assert "1 baru" in column(any_store, "audit_log", "detail")[0]


def test_changed_audit_entry_shows(store: Store) -> None:
    imported(store, visits_file(visit("k1")))
    imported(store, visits_file(visit("k2", day=2)))
    with store.write() as connection:
        connection.execute(update(audit_log).where(audit_log.c.id == 1).values(actor="lain"))
    with pytest.raises(AuditBrokenError, match="1"):
        check_audit(store)


def test_same_file_twice_changes_nothing(any_store: Store) -> None:
    content = visits_file(visit("k1"))
    imported(any_store, content)
    revision = any_store.revision()
    assert imported(any_store, content, "nama lain.csv").import_ids == ()
    assert any_store.revision() == revision


def test_same_file_twice_changes_nothing_after_a_later_change(store: Store) -> None:
    imported(store, visits_file(visit("k1", outcome="nihil")))
    imported(store, visits_file(visit("k1", outcome="temuan")))
    imported(store, visits_file(visit("k1", outcome="nihil")))
    assert column(store, "visits", "outcome") == ["temuan"]


def test_same_source_key_in_two_files_is_one_record(any_store: Store) -> None:
    imported(any_store, visits_file(visit("k1", outcome="nihil")))
    imported(any_store, visits_file(visit("k1", outcome="temuan")))
    assert column(any_store, "visits", "outcome") == ["temuan"]


def test_same_natural_key_in_two_files_is_one_record(any_store: Store) -> None:
    imported(any_store, visits_file(visit("")))
    imported(any_store, visits_file(visit(""), visit("", day=2)))
    assert len(column(any_store, "visits", "source_key")) == 2


def test_rejected_rows_keep_all_out_unless_good_ones_are_wanted(store: Store) -> None:
    found = previewed(store, visits_file(visit("k1"), visit("k2", outcome="entah")))
    with pytest.raises(RowsRejectedError, match="1 baris"):
        commit(store, found, "petugas")
    assert column(store, "visits", "source_key") == []
    commit(store, found, "petugas", accept_valid=True)
    assert column(store, "visits", "source_key") == ["k1"]
    assert [entry.rejected for entry in history(store)] == [1]


def test_file_without_good_rows_is_refused(store: Store) -> None:
    found = previewed(store, visits_file(visit("k1", outcome="entah")))
    with pytest.raises(NothingAcceptedError):
        commit(store, found, "petugas", accept_valid=True)


def test_rows_understood_later_follow(store: Store) -> None:
    content = visits_file(visit("k1"), visit("k2", desa="Lontr Lor"))
    first = imported(store, content)
    remember_places(store, "petugas", {("Tirtayasa", "Lontr Lor"): "36.04.13.2007"})
    second = imported(store, content)
    assert column(store, "visits", "source_key") == ["k1", "k2"]
    assert [first.tables[0].added, second.tables[0].added] == [1, 1]
    assert imported(store, content).import_ids == ()


def test_tables_of_one_file_stand_or_fall_together(store: Store) -> None:
    session = ["s1", "01/03/2025", "Tirtayasa", "Lontar", "Migrasi aman", "warga", 5, 6]
    content = workbook(Kunjungan=[VISITS, visit("k1")], Sosialisasi=[SESSIONS, session])
    before = int(store.revision().split(":")[1])
    result = imported(store, content, "rekap.xlsx")
    assert [one.table for one in result.tables] == ["visits", "awareness_sessions"]
    assert int(store.revision().split(":")[1]) == before + 1


def test_failure_while_writing_leaves_the_store_as_it_was(any_store: Store) -> None:
    imported(any_store, visits_file(visit("k1")))
    before = programme(any_store)

    def fail(*arguments: object) -> None:
        if "INTO audit_log" in str(arguments[2]):
            raise OSError("disk full")

    event.listen(any_store.engine, "before_cursor_execute", fail)
    with pytest.raises(OSError, match="disk full"):
        imported(any_store, visits_file(visit("k2", day=2)))
    event.remove(any_store.engine, "before_cursor_execute", fail)
    assert programme(any_store) == before
    assert len(history(any_store)) == 1


def test_preview_that_is_no_longer_true_is_not_written(store: Store) -> None:
    found = previewed(store, visits_file(visit("k1", outcome="nihil")))
    imported(store, visits_file(visit("k1", outcome="temuan")))
    with pytest.raises(PreviewStaleError):
        commit(store, found, "petugas")


def test_change_elsewhere_does_not_outdate_a_preview(store: Store) -> None:
    found = previewed(store, visits_file(visit("k1")))
    imported(store, visits_file(visit("k2", day=2)))
    commit(store, found, "petugas")
    assert column(store, "visits", "source_key") == ["k1", "k2"]


def test_sessions_keep_their_desa(any_store: Store) -> None:
    row = ["s1", "01/03/2025", "Tirtayasa", "Lontar; Susukan", "Migrasi aman", "warga", 5, 6]
    imported(any_store, csv_file(SESSIONS, row))
    row[3] = "Lontar"
    imported(any_store, csv_file(SESSIONS, row))
    assert column(any_store, "session_villages", "village_code") == ["36.04.13.2007"]


def test_lists_of_areas_never_add_any(any_store: Store) -> None:
    imported(any_store, csv_file(VILLAGES, ["Tirtayasa", "Lontar", "ya", "SK-1/2025"]))
    content = csv_file(("Kecamatan", "Kantor"), ["Pontang", "serang"])
    imported(any_store, content, table="kecamatan")
    assert column(any_store, "villages", "is_assisted").count(True) == 1
    assert column(any_store, "kecamatan", "office").count("serang") == 1
    assert len(column(any_store, "villages", "code")) == 326


def test_targets_are_kept_by_year_indicator_and_kecamatan(any_store: Store) -> None:
    imported(any_store, csv_file(TARGETS, [2026, "Cakupan kunjungan", "", "80 %"]))
    imported(
        any_store,
        csv_file(
            TARGETS,
            [2026, "Cakupan kunjungan", "", "90 %"],
            [2026, "Cakupan kunjungan", "Pontang", "70 %"],
        ),
    )
    assert column(any_store, "targets", "value") == [0.7, 0.9]


# --- the sample -------------------------------------------------------------------------------


def test_real_rows_wait_until_the_sample_is_gone(store: Store) -> None:
    make_sample(store, TODAY)
    found = previewed(store, visits_file(visit("k1")))
    with pytest.raises(SampleInTheWayError, match="clear-sample"):
        commit(store, found, "petugas")
    remove_sample(store, "petugas")
    assert not store.is_sample
    imported(store, visits_file(visit("k1")))
    assert column(store, "visits", "source_key") == ["k1"]


def test_removed_sample_leaves_an_empty_store(any_store: Store) -> None:
    empty = programme(any_store)
    make_sample(any_store, TODAY)
    remove_sample(any_store, "petugas")
    assert programme(any_store) == empty


def test_removing_the_sample_keeps_what_a_person_set(store: Store) -> None:
    with store.write() as connection:
        place = kecamatan.c.code == "36.04.12"
        connection.execute(update(kecamatan).where(place).values(office="cilegon"))
    make_sample(store, TODAY)
    remove_sample(store, "petugas")
    assert column(store, "kecamatan", "office").count("cilegon") == 1


def test_real_store_has_no_sample_to_remove(store: Store) -> None:
    with pytest.raises(NoSampleError):
        remove_sample(store, "petugas")


def test_store_that_began_with_an_import_is_never_filled_with_a_sample(tmp_path: Path) -> None:
    new = open_store(Settings(data_dir=tmp_path, today=TODAY))
    imported(new, visits_file(visit("k1")))
    ensure_ready(new, TODAY)
    assert column(new, "visits", "source_key") == ["k1"]
    new.close()


# --- order and repetition ---------------------------------------------------------------------

_ROWS = [
    *(visit(f"k{number}", day=number + 1) for number in range(4)),
    *(visit("", day=number + 10, outcome="temuan") for number in range(4)),
]


@st.composite
def _ways(draw: st.DrawFn) -> list[list[int]]:
    """Any number of files, each with some rows in some order, that hold every row once or more."""
    order = draw(st.permutations(range(len(_ROWS))))
    cuts = sorted(draw(st.sets(st.integers(1, len(_ROWS) - 1), max_size=3)))
    files = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    again = draw(st.lists(st.sampled_from(range(len(files))), max_size=3))
    extra = draw(st.lists(st.sampled_from(range(len(_ROWS))), unique=True, max_size=5))
    return [*files, *(files[index] for index in again), *([extra] if extra else [])]


def _stored(tmp: Path, files: Iterable[Sequence[int]]) -> object:
    store = open_store(Settings(data_dir=tmp, today=TODAY, is_sample_wanted=False))
    for number, rows in enumerate(files):
        imported(store, visits_file(*(_ROWS[row] for row in rows)), f"{number}.csv")
    held = programme(store)
    store.close()
    return held


@settings(max_examples=12, deadline=None)
@given(files=_ways())
def test_every_way_to_bring_the_same_rows_gives_the_same_store(files: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        whole = _stored(Path(one), [range(len(_ROWS))])
        assert _stored(Path(other), files) == whole


def test_rows_of_other_origin_are_compared_too(store: Store) -> None:
    values = {"source_key": "k1", "visited_on": "2025-03-01", "kecamatan_code": "36.04.13",
              "outcome": "nihil"}  # fmt: skip
    with store.write() as connection:
        connection.execute(insert(visits), values)
    imported(store, visits_file(visit("k1")))
    with store.read() as connection:
        assert connection.scalar(select(visits.c.village_code)) == "36.04.13.2007"
