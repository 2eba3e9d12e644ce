"""One definition of every number: numerator n, denominator N, value.

Owns the indicators, their Indonesian labels, and how each is counted per desa,
kecamatan and for the kabupaten. Screens, documents and the command line all ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from data_access.errors import UnknownIndicatorError
from data_access.numbers.arrays import Bools, Floats, Ints
from data_access.numbers.records import Source, has_records
from data_access.numbers.rollup import Rollup
from data_access.numbers.selection import Period, Selection
from data_access.numbers.view import View
from geo.gazetteer import KABUPATEN_CODE, gazetteer

Level = Literal["kabupaten", "kecamatan", "desa"]
LEVELS: tuple[Level, ...] = ("kabupaten", "kecamatan", "desa")

# A desa binaan counts as active after a visit or session within a year.
ACTIVE_MONTHS = 12

# Far finer than any score, and coarse enough that two databases, which add fractions up in
# another order, give the same number.
_POINT_DIGITS = 8


@dataclass(frozen=True)
class Indicator:
    """What an indicator is called and how its value reads.

    Attributes:
        id: its name in commands and addresses.
        label: Indonesian.
        unit: what the value counts; "%" means that the value is a fraction of 1.
        is_rate: whether it has a denominator N.
        up_is_good: True, False, or None where a rise says nothing good or bad.
        sentence: the definition, for people.
        sources: the tables it is counted from, any of which makes it known; none for what the
            list of desa itself says.
        left_out: what is not counted, for people; empty where nothing is left out.
        is_running: whether it looks back to the first record, not only to the period's.
    """

    id: str
    label: str
    unit: str
    is_rate: bool
    up_is_good: bool | None
    sentence: str
    sources: tuple[Source, ...]
    is_running: bool = False
    left_out: str = ""


# Part of the total of everything only; see ``View.includes_unknown_origin``.
_ORIGIN_UNKNOWN = (
    "Bila disaring menurut kecamatan atau cakupan: kasus yang asalnya di luar kabupaten atau tidak "
    "diketahui."
)

_INDICATORS = (
    Indicator(
        "visit_coverage", "Cakupan kunjungan", "%", True, True,
        "Desa yang dikunjungi sedikitnya sekali, dibagi semua desa dalam cakupan. "
        "Kunjungan yang tidak terjangkau tidak dihitung.",
        ("visits",),
        left_out="Kunjungan yang tidak terjangkau, dan kunjungan yang desanya tidak diketahui.",
    ),
    Indicator(
        "visits", "Kunjungan", "kunjungan", False, True,
        "Jumlah kunjungan, tanpa yang tidak terjangkau.",
        ("visits",),
        left_out="Kunjungan yang tidak terjangkau.",
    ),
    Indicator(
        "visit_spread", "Sebaran", "desa per kunjungan", True, None,
        "Banyaknya desa berbeda yang dikunjungi, dibagi banyaknya kunjungan.",
        ("visits",),
        left_out="Kunjungan yang tidak terjangkau.",
    ),
    Indicator(
        "overdue", "Desa jatuh tempo", "%", True, False,
        "Desa yang kunjungan terakhirnya sudah melewati batas hari pada akhir periode, dibagi "
        "semua desa dalam cakupan. Desa yang belum pernah dikunjungi dihitung terpisah.",
        ("visits",), is_running=True,
        left_out="Desa yang belum pernah dikunjungi; jumlahnya disebut tersendiri.",
    ),
    Indicator(
        "never_visited", "Desa belum pernah dikunjungi", "%", True, False,
        "Desa tanpa satu pun kunjungan sampai akhir periode, dibagi semua desa dalam cakupan.",
        ("visits",), is_running=True,
        left_out="Kunjungan yang tidak terjangkau: desa itu tetap dihitung belum pernah.",
    ),
    Indicator(
        "awareness_coverage", "Cakupan sosialisasi", "%", True, True,
        "Desa yang ikut sedikitnya satu sosialisasi yang dihadiri, dibagi semua desa dalam "
        "cakupan.",
        ("sessions",),
        left_out="Sosialisasi tanpa hadirin, dan sosialisasi yang desanya tidak diketahui.",
    ),
    Indicator(
        "attendance", "Kehadiran (bukan orang unik)", "orang", False, True,
        "Peserta laki-laki dan perempuan, sekali per sosialisasi, di kecamatan tempat "
        "sosialisasi. Orang yang hadir dua kali dihitung dua kali.",
        ("sessions",),
    ),
    Indicator(
        "reach", "Jangkauan per 1.000 usia kerja", "per 1.000", True, True,
        "Kehadiran per 1.000 penduduk usia kerja, hanya kecamatan yang penduduknya diketahui.",
        ("sessions",),
        left_out="Kehadiran di kecamatan yang penduduk usia kerjanya belum diisi.",
    ),
    Indicator(
        "knowledge_gain", "Kenaikan pemahaman", "poin", True, True,
        "Rata-rata kenaikan nilai dari sebelum ke sesudah sosialisasi, ditimbang menurut "
        "banyaknya peserta yang diuji.",
        ("sessions",),
        left_out="Sosialisasi tanpa nilai sebelum dan sesudah.",
    ),
    Indicator(
        "cases_reported", "Laporan kasus", "kasus", False, None,
        "Kasus yang dilaporkan dalam periode, menurut asal korban. Laporan belum tentu terbukti; "
        "kenaikan dapat berarti warga lebih berani melapor.",
        ("cases",),
        left_out=_ORIGIN_UNKNOWN,
    ),
    Indicator(
        "cases_tppo", "Laporan TPPO", "kasus", False, None,
        "Laporan kasus yang berlabel tindak pidana perdagangan orang.",
        ("cases",),
        left_out=_ORIGIN_UNKNOWN,
    ),
    Indicator(
        "cases_tppm", "Laporan TPPM", "kasus", False, None,
        "Laporan kasus yang berlabel tindak pidana penyelundupan manusia.",
        ("cases",),
        left_out=_ORIGIN_UNKNOWN,
    ),
    Indicator(
        "cases_pmi_np", "Laporan PMI nonprosedural", "kasus", False, None,
        "Laporan kasus yang berlabel pekerja migran Indonesia nonprosedural.",
        ("cases",),
        left_out=_ORIGIN_UNKNOWN,
    ),
    Indicator(
        "victims", "Korban", "orang", False, None,
        "Korban perempuan, laki-laki, anak perempuan, dan anak laki-laki dalam laporan kasus.",
        ("cases",),
        left_out=_ORIGIN_UNKNOWN,
    ),
    Indicator(
        "cases_open", "Kasus terbuka", "kasus", False, False,
        "Kasus yang sudah dilaporkan dan belum ditutup pada akhir periode.",
        ("cases",), is_running=True,
        left_out="Kasus yang sudah ditutup pada hari itu.",
    ),
    Indicator(
        "first_action", "Waktu tindak lanjut", "hari", True, False,
        "Nilai tengah (median) hari dari laporan sampai tindakan pertama, untuk kasus yang "
        "dilaporkan dalam periode dan sudah ditindaklanjuti.",
        ("cases",),
        left_out="Kasus yang belum ditindaklanjuti.",
    ),
    Indicator(
        "assisted", "Desa binaan", "%", True, True,
        "Desa yang menjadi desa binaan sampai akhir periode, dibagi semua desa dalam cakupan.",
        (),
    ),
    Indicator(
        "active_assisted", "Desa binaan aktif", "%", True, True,
        "Desa binaan yang dikunjungi atau ikut sosialisasi dalam 12 bulan terakhir, dibagi semua "
        "desa binaan.",
        ("visits", "sessions"), is_running=True,
        left_out="Kunjungan yang tidak terjangkau, dan sosialisasi tanpa hadirin.",
    ),
    Indicator(
        "completeness", "Kelengkapan laporan", "%", True, True,
        "Bulan yang ada catatannya (kunjungan, sosialisasi, atau kasus) di desa binaan, dibagi "
        "desa binaan dikali bulan dalam periode.",
        ("visits", "sessions", "cases"),
    ),
)  # fmt: skip

INDICATORS: Mapping[str, Indicator] = MappingProxyType({one.id: one for one in _INDICATORS})


# Counted from cases, wholly or in part ("completeness" takes a month with a case as recorded).
CASE_INDICATORS = frozenset(
    {
        "cases_reported",
        "cases_tppo",
        "cases_tppm",
        "cases_pmi_np",
        "victims",
        "cases_open",
        "first_action",
        "completeness",
    }
)

# Of these, what counts or times cases: pages get them only as ``shown_cases`` tells them.
CASE_COUNTS = CASE_INDICATORS - {"completeness"}


@dataclass(frozen=True, eq=False)
class Measure:
    """An indicator for every area of a level.

    Attributes:
        codes: every area that the kecamatan filter takes in, in gazetteer order; the same for
            each scope and period, so that two measures compare element by element.
        n, N: numerators and denominators; N is None for plain counts.
        value: nan where the indicator does not apply ("tidak berlaku"): N = 0, or no desa of
            the area is in scope and nothing was counted there.
    """

    codes: tuple[str, ...]
    n: Floats
    N: Floats | None
    value: Floats


@dataclass(frozen=True)
class Figure:
    """An indicator as one number for all that is selected; nan = does not apply.

    ``is_recorded`` is False where nothing of its kind was recorded at all: then its zero says
    nothing, and must not be shown as one.
    """

    n: float
    N: float | None
    value: float
    is_recorded: bool = True


@dataclass(frozen=True)
class Change:
    """An indicator now and in the comparison.

    Where the denominators differ, numerators do not compare: 46 of 51 desa binaan is less than
    46 of 48. Then ``points`` tells the change, and ``more`` how many came to the denominator.
    """

    now: Figure
    before: Figure

    @property
    def is_known(self) -> bool:
        """Whether both sides were recorded and apply."""
        applies = self.before.N != 0 and self.now.N != 0
        return self.now.is_recorded and self.before.is_recorded and applies

    @property
    def count(self) -> float:
        """Difference of the numerators."""
        return self.now.n - self.before.n

    @property
    def more(self) -> float:
        """Difference of the denominators; 0 for counts."""
        return (self.now.N or 0) - (self.before.N or 0)

    @property
    def points(self) -> float:
        """Difference of the shares in percentage points; nan for counts."""
        if not self.now.N or not self.before.N:
            return np.nan
        return 100 * (self.now.n / self.now.N - self.before.n / self.before.N)


def measure(rollup: Rollup, indicator_id: str, level: Level, selection: Selection) -> Measure:
    """Count an indicator for each area of a level.

    Raises:
        UnknownIndicatorError: if there is no such indicator.
    """
    return _measure(View(rollup, selection), indicator_id, level)


def figure(rollup: Rollup, indicator_id: str, selection: Selection) -> Figure:
    """Count an indicator for all that is selected.

    Raises:
        UnknownIndicatorError: if there is no such indicator.
    """
    view = View(rollup, selection)
    whole = _measure(view, indicator_id, "kabupaten")
    denominator = None if whole.N is None else float(whole.N[0])
    known = INDICATORS[indicator_id]
    is_recorded = not known.sources or any(
        has_records(view, source, is_running=known.is_running) for source in known.sources
    )
    return Figure(float(whole.n[0]), denominator, float(whole.value[0]), is_recorded)


def monthly(
    rollup: Rollup, indicator_id: str, selection: Selection, months: int = 12
) -> list[Figure]:
    """Count an indicator for each of the last ``months`` months of the period on its own.

    The list ends with the period's last month and may begin before the period.
    """
    return [
        figure(rollup, indicator_id, selection.over(Period(month, month)))
        for month in Period.ending(selection.period.last, months).months
    ]


def table(rollup: Rollup, ids: Iterable[str], level: Level, selection: Selection) -> pd.DataFrame:
    """Count several indicators for each area of a level.

    Returns:
        One row per indicator and area: indicator, code, name, n, N (nan for plain counts),
        value (nan = does not apply), from and to ("2025-01").

    Raises:
        UnknownIndicatorError: if one of them does not exist.
    """
    view = View(rollup, selection)
    parts = [_frame(one, _measure(view, one, level), selection.period) for one in ids]
    return pd.concat(parts, ignore_index=True) if parts else _frame_of_nothing()


def _frame(indicator_id: str, counted: Measure, period: Period) -> pd.DataFrame:
    name = gazetteer().name
    return pd.DataFrame(
        {
            "indicator": indicator_id,
            "code": counted.codes,
            "name": [name(code) for code in counted.codes],
            "n": counted.n,
            "N": np.full(len(counted.codes), np.nan) if counted.N is None else counted.N,
            "value": counted.value,
            "from": str(period.first),
            "to": str(period.last),
        }
    )


def _frame_of_nothing() -> pd.DataFrame:
    return pd.DataFrame(columns=["indicator", "code", "name", "n", "N", "value", "from", "to"])


# --- from counts to a level ------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Sums:
    """The same count at three levels, of areas in scope; nowhere else is anything counted."""

    desa: Floats
    kecamatan: Floats
    kabupaten: float

    def at(self, level: Level) -> Floats:
        if level == "desa":
            return self.desa
        return self.kecamatan if level == "kecamatan" else np.array([self.kabupaten])

    def times(self, factor: int) -> _Sums:
        return _Sums(self.desa * factor, self.kecamatan * factor, self.kabupaten * factor)

    def rounded(self, digits: int) -> _Sums:
        return _Sums(
            self.desa.round(digits), self.kecamatan.round(digits), round(self.kabupaten, digits)
        )


@dataclass(frozen=True, eq=False)
class _Counts:
    """What an indicator counts; ``value`` only where it is not factor x n / N."""

    n: _Sums
    N: _Sums | None = None
    factor: float = 1.0
    value: _Sums | None = None


_Counter = Callable[[View], _Counts]


def _measure(view: View, indicator_id: str, level: Level) -> Measure:
    if indicator_id not in _COUNTERS:
        raise UnknownIndicatorError(indicator_id, INDICATORS)
    counts = _COUNTERS[indicator_id](view)
    codes, is_listed = _listed(view, level)
    n = counts.n.at(level)[is_listed]
    denominator = None if counts.N is None else counts.N.at(level)[is_listed]
    if counts.value is not None:
        value = counts.value.at(level)[is_listed]
    elif denominator is not None:
        value = _quotient(n * counts.factor, denominator)
    else:
        in_scope = _desa_in_scope(view).at(level)[is_listed]
        value = np.where((in_scope > 0) | (n > 0), n, np.nan)
    return Measure(codes, n, denominator, value)


def _listed(view: View, level: Level) -> tuple[tuple[str, ...], Bools]:
    """Return the codes of a level that the kecamatan filter takes in, and where they are."""
    if level == "kabupaten":
        return (KABUPATEN_CODE,), np.ones(1, dtype=np.bool_)
    areas, is_chosen = view.rollup.areas, view.is_kecamatan_chosen
    codes = areas.kecamatan_codes
    if level == "desa":
        codes, is_chosen = areas.desa_codes, is_chosen[areas.desa_kecamatan]
    if is_chosen.all():
        return codes, is_chosen
    return tuple(code for code, chosen in zip(codes, is_chosen, strict=True) if chosen), is_chosen


def _quotient(n: Floats, denominator: Floats) -> Floats:
    value = np.full(len(n), np.nan)
    np.divide(n, denominator, out=value, where=denominator > 0)
    return value


def _of_desa(view: View, count: Bools | Ints | Floats) -> _Sums:
    """Add a count per desa up; only desa in scope count."""
    desa = np.where(view.is_desa_in_scope, count, 0).astype(np.float64)
    kecamatan = view.per_kecamatan(view.rollup.areas.desa_kecamatan, desa)
    return _Sums(desa, kecamatan, float(desa.sum()))


def _of_cells(
    view: View, chosen: Bools, desa: Ints, kecamatan: Ints, weight: Ints | Floats
) -> _Sums:
    """Add chosen cells up: by desa and by kecamatan where known, and all of them."""
    weight = weight[chosen]
    return _Sums(
        view.per_desa(desa[chosen], weight),
        view.per_kecamatan(kecamatan[chosen], weight),
        float(weight.sum()),
    )


def _of_sessions(view: View, weight: Ints | Floats) -> _Sums:
    """Add sessions up: at their kecamatan, and by desa those of one desa."""
    cells = view.rollup.sessions
    single, chosen = view.single_sessions, view.sessions
    return _Sums(
        view.per_desa(cells.desa[single], weight[single]),
        view.per_kecamatan(cells.kecamatan[chosen], weight[chosen]),
        float(weight[chosen].sum()),
    )


def _desa_in_scope(view: View) -> _Sums:
    return _of_desa(view, view.is_desa_in_scope)


# --- visits ------------------------------------------------------------------------------------


def _visited(view: View) -> _Sums:
    return _of_desa(view, view.gained(view.rollup.by_month.visits) > 0)


def _qualifying_visits(view: View) -> _Sums:
    cells = view.rollup.visits
    chosen = view.visits & cells.is_qualifying
    return _of_cells(view, chosen, cells.desa, cells.kecamatan, cells.visits)


def _visit_coverage(view: View) -> _Counts:
    return _Counts(_visited(view), _desa_in_scope(view))


def _visits(view: View) -> _Counts:
    return _Counts(_qualifying_visits(view))


def _visit_spread(view: View) -> _Counts:
    return _Counts(_visited(view), _qualifying_visits(view))


def _overdue(view: View) -> _Counts:
    last = view.latest(view.rollup.by_month.last_visit)
    days_since = view.as_of.toordinal() - last
    is_overdue = (last > 0) & (days_since > view.rollup.settings.overdue_days)
    return _Counts(_of_desa(view, is_overdue), _desa_in_scope(view))


def _never_visited(view: View) -> _Counts:
    last = view.latest(view.rollup.by_month.last_visit)
    return _Counts(_of_desa(view, last == 0), _desa_in_scope(view))


# --- sessions ------------------------------------------------------------------------------------


def _awareness_coverage(view: View) -> _Counts:
    is_reached = view.gained(view.rollup.by_month.attended) > 0
    return _Counts(_of_desa(view, is_reached), _desa_in_scope(view))


def _attendance(view: View) -> _Counts:
    cells = view.rollup.sessions
    return _Counts(_of_sessions(view, cells.male + cells.female))


def _reach(view: View) -> _Counts:
    attendance = _attendance(view).n
    working_age = view.rollup.areas.working_age
    is_known = np.isfinite(working_age) & (working_age > 0) & view.is_kecamatan_in_scope
    if view.selection.scope == "assisted":
        # The population is known for whole kecamatan, not for the desa binaan in them.
        is_known = np.zeros_like(is_known)
    n = np.where(is_known, attendance.kecamatan, 0.0)
    denominator = np.where(is_known, working_age, 0.0)
    per_desa = np.zeros_like(attendance.desa)
    return _Counts(
        _Sums(per_desa, n, float(n.sum())),
        _Sums(per_desa, denominator, float(denominator.sum())),
        factor=1000,
    )


def _knowledge_gain(view: View) -> _Counts:
    cells = view.rollup.sessions
    gained = _of_sessions(view, cells.post_points - cells.pre_points)
    return _Counts(gained.rounded(_POINT_DIGITS), _of_sessions(view, cells.tested))


# --- cases ---------------------------------------------------------------------------------------


def _reported(label: str | None = None) -> _Counter:
    def count(view: View) -> _Counts:
        cells = view.rollup.cases
        chosen = view.cases if label is None else view.cases & getattr(cells, label)
        return _Counts(_of_cells(view, chosen, cells.desa, cells.kecamatan, cells.cases))

    return count


def _victims(view: View) -> _Counts:
    cells = view.rollup.cases
    victims = cells.women + cells.men + cells.girls + cells.boys
    return _Counts(_of_cells(view, view.cases, cells.desa, cells.kecamatan, victims))


def _cases_open(view: View) -> _Counts:
    cells = view.rollup.cases
    return _Counts(_of_cells(view, view.open_cases, cells.desa, cells.kecamatan, cells.cases))


def _first_action(view: View) -> _Counts:
    cells = view.rollup.cases
    chosen = view.cases & (cells.first_action > 0)
    repeat = cells.cases[chosen]
    days = np.repeat((cells.first_action - cells.reported)[chosen], repeat)
    desa = np.repeat(cells.desa[chosen], repeat)
    kecamatan = np.repeat(cells.kecamatan[chosen], repeat)
    areas = view.rollup.areas
    medians = _Sums(
        _medians(days, desa, len(areas.desa_codes)),
        _medians(days, kecamatan, len(areas.kecamatan_codes)),
        float(np.median(days)) if len(days) else np.nan,
    )
    acted = _of_cells(view, chosen, cells.desa, cells.kecamatan, cells.cases)
    return _Counts(medians, acted, value=medians)


def _medians(days: Ints, place: Ints, size: int) -> Floats:
    medians = np.full(size, np.nan)
    for one in np.unique(place[place >= 0]):
        medians[one] = np.median(days[place == one])
    return medians


# --- desa binaan ---------------------------------------------------------------------------------


def _assisted(view: View) -> _Counts:
    return _Counts(_of_desa(view, view.is_assisted), _desa_in_scope(view))


def _active_assisted(view: View) -> _Counts:
    rows = view.rollup.by_month
    activity = view.gained(rows.visits, ACTIVE_MONTHS) + view.gained(rows.attended, ACTIVE_MONTHS)
    is_active = view.is_assisted & (activity > 0)
    return _Counts(_of_desa(view, is_active), _of_desa(view, view.is_assisted))


def _completeness(view: View) -> _Counts:
    recorded = view.gained(view.rollup.by_month.recorded)
    assisted = _of_desa(view, view.is_assisted)
    return _Counts(
        _of_desa(view, np.where(view.is_assisted, recorded, 0)), assisted.times(len(view.period))
    )


_COUNTERS: Mapping[str, _Counter] = MappingProxyType(
    {
        "visit_coverage": _visit_coverage,
        "visits": _visits,
        "visit_spread": _visit_spread,
        "overdue": _overdue,
        "never_visited": _never_visited,
        "awareness_coverage": _awareness_coverage,
        "attendance": _attendance,
        "reach": _reach,
        "knowledge_gain": _knowledge_gain,
        "cases_reported": _reported(),
        "cases_tppo": _reported("is_tppo"),
        "cases_tppm": _reported("is_tppm"),
        "cases_pmi_np": _reported("is_pmi_np"),
        "victims": _victims,
        "cases_open": _cases_open,
        "first_action": _first_action,
        "assisted": _assisted,
        "active_assisted": _active_assisted,
        "completeness": _completeness,
    }
)
