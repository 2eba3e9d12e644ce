"""Sample data ("DATA CONTOH"): what three years of the programme could look like.

Owns invented rows and nothing else. Every row says that it is a sample: keys begin with
"contoh-", decrees with "CONTOH-", populations name "DATA CONTOH" as their source, and
people are numbers. The same day gives the same rows; a later day only adds rows, and
fills in what had not happened yet.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from data_access import schema
from data_access.numbers.selection import Month, Period
from data_access.sample.facts import facts
from geo.area import area
from geo.gazetteer import Desa, gazetteer

if TYPE_CHECKING:
    pass

KEY_PREFIX = "contoh-"
DECREE_PREFIX = "CONTOH-"
POPULATION_SOURCE = "DATA CONTOH"
OFFICER_PREFIX = "Petugas "

LAUNCH = area().launch
_FIRST_MONTH = Month.of(LAUNCH)
# The second group of kecamatan, as the press tells of Kabupaten Serang; all later dates follow
# from the launch in the same way.
SECOND_START = LAUNCH + timedelta(days=247)

_GROWTH_START = _FIRST_MONTH.plus(11)

# When the kecamatan that are hardly reached at all begin.
_RARE_START = _FIRST_MONTH.plus(29).first_day + timedelta(days=9)

POPULATION_COLUMNS = (
    "population", "population_male", "population_female", "working_age", "population_year",
    "population_source",
)  # fmt: skip

_OFFICERS = 12
_PILLARS_SINCE = _FIRST_MONTH.plus(25)
# A few desa binaan lose their visits then.
_NEGLECT_SINCE = _FIRST_MONTH.plus(19)

_PURPOSES = ("pemantauan", "koordinasi perangkat desa", "layanan paspor", "tindak lanjut laporan")
_EVIDENCE = ("foto", "daftar hadir", "surat tugas", "")
_TOPICS = (
    "Bahaya TPPO dan TPPM",
    "Prosedur paspor dan kerja ke luar negeri",
    "Modus lowongan kerja palsu",
    "Migrasi aman",
)
_AUDIENCES = (
    "warga", "pelajar", "perangkat desa", "calon pekerja migran", "PKK", "karang taruna",
)  # fmt: skip
_LURES = (
    "gaji tinggi",
    "lowongan di media sosial",
    "uang muka dari calo",
    "visa turis atau umrah untuk bekerja",
    "operator komputer",
    "kerja rumah tangga di Timur Tengah",
)
_MODUS = ("PMI/PRT", "PSK", "ABK", "eksploitasi anak")
_COUNTRIES = (
    "SA", "SA", "AE", "KH", "KH", "MM", "MY", "MY", "TW", "HK", "JO", "SY", "TH", "QA", "SG",
)  # fmt: skip

Row = dict[str, Any]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Sample:
    """All invented rows, as insertable rows per table, and what to set on areas."""

    events: Mapping[str, list[Row]]
    targets: list[Row]
    villages: Mapping[str, Row]
    kecamatan: Mapping[str, Row]


def invent(today: date) -> Sample:
    """Invent the programme from its launch to ``today``; before the launch there is nothing."""
    plan = _Plan.make()
    visits: list[Row] = []
    sessions: list[Row] = []
    links: list[Row] = []
    cases: list[Row] = []
    if today >= LAUNCH:
        for month in Period(Month.of(LAUNCH), Month.of(today)).months:
            visits += _visits(plan, month)
            month_sessions, month_links = _sessions(plan, month)
            sessions += month_sessions
            links += month_links
            cases += _cases(plan, month)
    last = today.isoformat()
    kept = [row for row in sessions if row["held_on"] <= last]
    keys = {row["source_key"] for row in kept}
    return Sample(
        events={
            "visits": [row for row in visits if row["visited_on"] <= last],
            "awareness_sessions": kept,
            "session_villages": [row for row in links if row["session_key"] in keys],
            "cases": [_as_known_on(row, last) for row in cases if row["reported_on"] <= last],
        },
        targets=_targets(today),
        villages=_village_values(plan, today),
        kecamatan=_kecamatan_values(today),
    )


@dataclass(frozen=True)
class _Plan:
    """Who is visited from when, and how eagerly."""

    start: Mapping[str, date]
    officer: Mapping[str, str]
    assisted_since: Mapping[str, date]
    never_visited: frozenset[str]
    neglected: frozenset[str]
    eagerness: Mapping[str, float]

    @classmethod
    def make(cls) -> _Plan:
        start = _starts()
        assisted = _assisted(start)
        return cls(
            start=start,
            officer=_officers(),
            assisted_since=assisted,
            never_visited=_passed_over(start, assisted),
            neglected=_neglected(assisted),
            eagerness=_eagerness(),
        )

    def desa_in(self, month: Month) -> Iterator[Desa]:
        """Yield the desa whose kecamatan takes part in a month and that are ever visited."""
        for desa in gazetteer().desa:
            is_begun = self.start[desa.kecamatan_code] <= month.last_day
            is_left_out = desa.code in self.never_visited or (
                desa.code in self.neglected and month >= _NEGLECT_SINCE
            )
            if is_begun and not is_left_out:
                yield desa

    def first_day_in(self, kecamatan_code: str, month: Month) -> date:
        return max(self.start[kecamatan_code], month.first_day)

    def is_assisted(self, code: str, month: Month) -> bool:
        return code in self.assisted_since and self.assisted_since[code] <= month.last_day


def _neglected(assisted: Mapping[str, date]) -> frozenset[str]:
    chance = random.Random("tertinggal")
    return frozenset(chance.sample(sorted(assisted), min(5, len(assisted) // 3)))


def _starts() -> dict[str, date]:
    start = dict.fromkeys(facts().first, LAUNCH) | dict.fromkeys(facts().second, SECOND_START)
    for place, code in enumerate(facts().later):
        # Five new kecamatan in four months.
        start[code] = _GROWTH_START.plus(place * 4 // 5).first_day + timedelta(days=9)
    return start | dict.fromkeys(facts().rare, _RARE_START)


def _officers() -> dict[str, str]:
    return {
        one.code: f"{OFFICER_PREFIX}{place % _OFFICERS + 1:02d}"
        for place, one in enumerate(gazetteer().kecamatan)
    }


def _eagerness() -> dict[str, float]:
    """Return how much more or less than usual the officers of each kecamatan visit."""
    chance = random.Random("kegiatan")
    return {one.code: chance.uniform(0.65, 1.4) for one in gazetteer().kecamatan}


def _assisted(start: Mapping[str, date]) -> dict[str, date]:
    """Choose the desa binaan: many where the programme began, one or two elsewhere."""
    chance = random.Random("desa binaan")
    since: dict[str, date] = {}
    for kecamatan, desa in gazetteer().desa_by_kecamatan.items():
        if kecamatan in facts().rare:
            continue
        wanted = (
            7
            if kecamatan in facts().first
            else 4
            if kecamatan in facts().second
            else chance.choice((0, 1, 2, 2))
        )
        # Some desa of a small kecamatan stay without.
        chosen = chance.sample(desa, min(wanted, len(desa) * 2 // 3))
        for one in sorted(chosen, key=lambda one: one.code):
            delay = chance.choice((0, 0, 30, 75, 120))
            since[one.code] = start[kecamatan] + timedelta(days=delay)
    return since | dict.fromkeys(facts().assisted, LAUNCH)


def _passed_over(start: Mapping[str, date], assisted: Mapping[str, date]) -> frozenset[str]:
    chance = random.Random("belum pernah")
    return frozenset(
        desa.code
        for desa in gazetteer().desa
        # Later kecamatan leave more desa aside.
        if chance.random() < (0.04 if start[desa.kecamatan_code] <= SECOND_START else 0.14)
        and desa.code not in assisted
    )


def _is_monsoon(month: Month) -> bool:
    return month.month in (12, 1, 2)


def _day_in(chance: random.Random, first: date, month: Month) -> date:
    """Choose a working day of the month from ``first`` on, if there is one left."""
    days = (month.last_day - first).days + 1
    day = first + timedelta(days=chance.randrange(days))
    if day.weekday() < 5:
        return day
    later = day + timedelta(days=7 - day.weekday())
    return later if later <= month.last_day else day


def _pick(chance: random.Random, weights: Mapping[_T, int]) -> _T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _visits(plan: _Plan, month: Month) -> list[Row]:
    chance = random.Random(f"kunjungan {month}")
    rows: list[Row] = []
    for desa in plan.desa_in(month):
        rate = 0.62 if plan.is_assisted(desa.code, month) else 0.28
        if desa.kecamatan_code in facts().rare:
            rate = 0.04
        # Roads flood and ferries stop from December to February.
        rate *= plan.eagerness[desa.kecamatan_code] * (0.55 if _is_monsoon(month) else 1.2)
        if chance.random() < rate:
            rows.append(_visit(plan, chance, month, desa))
        if chance.random() < rate / 8:
            rows.append(_visit(plan, chance, month, desa))
    return _keyed("kunjungan", month, rows)


def _visit(plan: _Plan, chance: random.Random, month: Month, desa: Desa) -> Row:
    not_reached = 9 if _is_monsoon(month) else 4
    outcome = _pick(
        chance, {"nihil": 80, "temuan": 10, "tindak_lanjut": 6, schema.NOT_REACHED: not_reached}
    )
    is_known = chance.random() > 0.025
    has_point = is_known and chance.random() < 0.82
    day = _day_in(chance, plan.first_day_in(desa.kecamatan_code, month), month)
    return {
        "visited_on": day.isoformat(),
        "village_code": desa.code if is_known else None,
        "kecamatan_code": desa.kecamatan_code,
        "pimpasa": _officer(plan, chance, desa),
        "purpose": _pick(chance, dict(zip(_PURPOSES, (60, 22, 12, 6), strict=True))),
        "pillar": chance.choice(schema.PILLARS) if month >= _PILLARS_SINCE else None,
        "outcome": outcome,
        "evidence": chance.choice(_EVIDENCE) or None,
        # Within about half a kilometre of the desa's own point.
        "latitude": round(desa.latitude + chance.uniform(-0.004, 0.004), 5) if has_point else None,
        "longitude": round(desa.longitude + chance.uniform(-0.004, 0.004), 5)
        if has_point
        else None,
    }


def _officer(plan: _Plan, chance: random.Random, desa: Desa) -> str:
    """Return the kecamatan's own officer, now and then a colleague."""
    if chance.random() < 0.93:
        return plan.officer[desa.kecamatan_code]
    return f"{OFFICER_PREFIX}{chance.randrange(_OFFICERS) + 1:02d}"


def _sessions(plan: _Plan, month: Month) -> tuple[list[Row], list[Row]]:
    """Return a month's sessions and the desa that took part in each."""
    chance = random.Random(f"sosialisasi {month}")
    rows: list[Row] = []
    taking_part: list[list[str]] = []
    for kecamatan in gazetteer().kecamatan:
        if plan.start[kecamatan.code] > month.last_day or kecamatan.code in facts().rare:
            continue
        rate = 1.9 if kecamatan.code in (*facts().first, *facts().second) else 0.62
        rate *= 0.55 if _is_monsoon(month) else 1.05
        for _ in range(int(rate + chance.random())):
            rows.append(_session(plan, chance, month, kecamatan.code))
            taking_part.append(_desa_of_session(plan, chance, kecamatan.code))
    rows = _keyed("sosialisasi", month, rows)
    links = [
        {"session_key": row["source_key"], "village_code": code}
        for row, codes in zip(rows, taking_part, strict=True)
        for code in codes
    ]
    return rows, links


def _session(plan: _Plan, chance: random.Random, month: Month, kecamatan_code: str) -> Row:
    audience = _pick(chance, dict(zip(_AUDIENCES, (40, 20, 14, 12, 8, 6), strict=True)))
    people = 0 if chance.random() < 0.015 else chance.randrange(18, 90)
    women = round(people * (0.9 if audience == "PKK" else chance.uniform(0.35, 0.65)))
    is_tested = people > 0 and chance.random() < 0.6
    before = chance.randrange(35, 65)
    day = _day_in(chance, plan.first_day_in(kecamatan_code, month), month)
    return {
        "held_on": day.isoformat(),
        "kecamatan_code": kecamatan_code,
        "topic": chance.choice(_TOPICS),
        "audience": audience,
        "male": people - women,
        "female": women,
        "pre_score": float(before) if is_tested else None,
        "post_score": float(before + chance.randrange(-2, 34)) if is_tested else None,
        "tested": round(people * chance.uniform(0.6, 1.0)) if is_tested else 0,
    }


def _desa_of_session(plan: _Plan, chance: random.Random, kecamatan_code: str) -> list[str]:
    """Choose the desa of a session: mostly one, often several, sometimes none is known."""
    desa = gazetteer().desa_by_kecamatan[kecamatan_code]
    codes = [one.code for one in desa if one.code not in plan.never_visited | plan.neglected]
    wanted = _pick(chance, {0: 4, 1: 62, 2: 18, 3: 10, 5: 6})
    return sorted(chance.sample(codes, min(wanted, len(codes))))


def _cases(plan: _Plan, month: Month) -> list[Row]:
    chance = random.Random(f"kasus {month}")
    # Reports come as the programme becomes known: about one a month, then two.
    expected = 1.1 if month < _GROWTH_START else 1.7
    rows = [_case(plan, chance, month) for _ in range(int(expected + chance.random()))]
    return _keyed("kasus", month, rows)


def _case(plan: _Plan, chance: random.Random, month: Month) -> Row:
    day = _day_in(chance, max(LAUNCH, month.first_day), month)
    labels = _labels(chance)
    stage = _pick(chance, dict(zip(schema.STAGES, (22, 12, 12, 10, 6, 20, 18), strict=True)))
    is_over = stage in ("putusan", "dihentikan")
    action = day + timedelta(days=chance.choice((0, 1, 2, 3, 5, 8, 13, 21)))
    closing = day + timedelta(days=chance.randrange(40, 300))
    return {
        "reported_on": day.isoformat(),
        "occurred_on": (day - timedelta(days=chance.randrange(3, 200))).isoformat(),
        **_origin(plan, chance, month),
        "incident_place": chance.choice(facts().incident_places) or None,
        **labels,
        "verification": "tidak_terbukti"
        if stage == "dihentikan"
        else "dilaporkan"
        if stage == "laporan"
        else "terverifikasi",
        "stage": stage,
        "channel": chance.choice(schema.CHANNELS),
        **_circumstances(chance, labels["is_tppm"]),
        **_victims(chance),
        "referred_to": chance.choice(facts().referrals) or None,
        "first_action_on": action.isoformat() if chance.random() < 0.85 else None,
        "closed_on": closing.isoformat() if is_over else None,
        "source_agency": chance.choice(facts().agencies),
    }


def _origin(plan: _Plan, chance: random.Random, month: Month) -> Row:
    """Return where the victim is from: mostly where the programme is at work."""
    unknown: Row = {"origin_kecamatan_code": None, "origin_village_code": None}
    if chance.random() < 0.1:
        return unknown
    begun = [code for code, start in plan.start.items() if start <= month.last_day]
    kecamatan = chance.choice(begun if chance.random() < 0.7 else sorted(plan.start))
    desa = chance.choice(gazetteer().desa_by_kecamatan[kecamatan])
    is_desa_known = chance.random() > 0.12
    return {
        "origin_kecamatan_code": kecamatan,
        "origin_village_code": desa.code if is_desa_known else None,
    }


def _labels(chance: random.Random) -> dict[str, bool]:
    names = _pick(
        chance,
        {
            ("is_pmi_np",): 48,
            ("is_tppo",): 14,
            ("is_tppm",): 8,
            ("is_tppo", "is_pmi_np"): 22,
            ("is_tppo", "is_tppm"): 4,
            ("is_tppm", "is_pmi_np"): 4,
        },
    )
    return {label: label in names for label in ("is_tppo", "is_tppm", "is_pmi_np")}


def _circumstances(chance: random.Random, is_smuggling: bool) -> Row:
    modus = _pick(chance, dict(zip(_MODUS, (70, 10, 14, 6), strict=True)))
    return {
        "modus": modus,
        "lure": chance.choice(_LURES) if chance.random() < 0.9 else None,
        # Smuggling reports more often leave the goal open.
        "destination_country": None
        if chance.random() < (0.3 if is_smuggling else 0.1)
        else chance.choice(_COUNTRIES),
    }


def _victims(chance: random.Random) -> Row:
    return {
        "women": _pick(chance, {0: 20, 1: 50, 2: 20, 4: 10}),
        "men": _pick(chance, {0: 50, 1: 35, 2: 10, 5: 5}),
        "girls": _pick(chance, {0: 88, 1: 10, 2: 2}),
        "boys": _pick(chance, {0: 94, 1: 6}),
    }


def _as_known_on(row: Row, last: str) -> Row:
    """Leave out of a case what had not happened yet on a day."""
    for column in ("first_action_on", "closed_on"):
        if row[column] and row[column] > last:
            row = {**row, column: None}
    if row["closed_on"] is None and row["stage"] in ("putusan", "dihentikan"):
        row = {**row, "stage": "penyidikan", "verification": "terverifikasi"}
    return row


def _targets(today: date) -> list[Row]:
    if today < LAUNCH:
        return []
    return [
        {"year": year, "indicator": indicator, "kecamatan_code": "", "value": value}
        for year in range(LAUNCH.year, today.year + 1)
        for indicator, value in (("visit_coverage", 0.8), ("awareness_coverage", 0.6))
    ]


def _village_values(plan: _Plan, today: date) -> dict[str, Row]:
    """Return what the sample says of desa: desa binaan by today, and who looks after them."""
    if today < LAUNCH:
        return {}
    values: dict[str, Row] = {
        desa.code: {"pimpasa": plan.officer[desa.kecamatan_code]}
        for desa in gazetteer().desa
        if plan.start[desa.kecamatan_code] <= today
    }
    for place, (code, since) in enumerate(sorted(plan.assisted_since.items()), start=1):
        if since <= today:
            values[code] |= {
                "is_assisted": True,
                "assisted_since": since.isoformat(),
                "decree_number": f"{DECREE_PREFIX}{place:03d}/{since.year}",
            }
    return values


def _kecamatan_values(today: date) -> dict[str, Row]:
    values: dict[str, Row] = {
        one.code: {"office": facts().office.get(one.code, area().default_office)}
        for one in gazetteer().kecamatan
    }
    for code, (population, working_age) in facts().population.items():
        male = round(population * 0.51)
        values[code] |= {
            "population": population,
            "population_male": male,
            "population_female": population - male,
            "working_age": working_age,
            "population_year": max(today, LAUNCH).year,
            "population_source": POPULATION_SOURCE,
        }
    return values


def _keyed(kind: str, month: Month, rows: Sequence[Row]) -> list[Row]:
    """Name the rows of a month in the order in which they happened."""
    return [
        {"source_key": f"{KEY_PREFIX}{kind}-{month}-{place:03d}", **row}
        for place, row in enumerate(rows, start=1)
    ]
