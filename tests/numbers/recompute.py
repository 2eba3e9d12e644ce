"""The indicators once more, from exported csv files alone and with plain pandas.

Written from the definitions and sharing no code with the project, so that a mistake in
one shows as a difference from the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO

import numpy as np
import pandas as pd

KABUPATEN = "36.04"
LEVELS = {"kabupaten": 5, "kecamatan": 8, "desa": 13}
LABELS = {"cases_tppo": "is_tppo", "cases_tppm": "is_tppm", "cases_pmi_np": "is_pmi_np"}
NUMBERS = {
    "male", "female", "tested", "pre_score", "post_score", "women", "men", "girls", "boys",
    "working_age", "is_assisted", "is_tppo", "is_tppm", "is_pmi_np",
}  # fmt: skip


def read_export(text: str) -> pd.DataFrame:
    """Read an exported csv: text stays text, "" where nothing was written."""
    frame = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    for column in NUMBERS & set(frame.columns):
        frame[column] = pd.to_numeric(frame[column])
    return frame


@dataclass
class Question:
    """What to count: months as "2025-01", a scope, chosen kecamatan (empty = all)."""

    first: str
    last: str
    scope: str
    kecamatan: frozenset[str] = frozenset()


@dataclass
class Recomputation:
    """Exported tables by name, and the settings that definitions refer to."""

    tables: Mapping[str, pd.DataFrame]
    today: str
    overdue_days: int = 90
    office: str = "serang"

    def answer(self, indicator: str, level: str, question: Question) -> pd.DataFrame:
        """Return code, n, N (nan for counts), value for every area in the kecamatan filter."""
        self.question, self.level = question, level
        self.last_day = str(pd.Period(question.last, "M").end_time.date())
        self.as_of = min(self.last_day, self.today)
        self._choose_areas()
        n, denominator, value = self._count(indicator)
        frame = pd.DataFrame({"n": n, "N": denominator}, dtype=float).reindex(self._codes())
        if indicator != "first_action":
            frame["n"] = frame["n"].fillna(0)
        if denominator is None:
            desa = self._per_area(self.scope_desa, pd.Series(1, self.scope_desa))
            is_nowhere = (desa.reindex(frame.index).fillna(0) == 0) & (frame["n"] == 0)
            frame["value"] = frame["n"].mask(is_nowhere)
        else:
            frame["N"] = frame["N"].fillna(0)
            frame["value"] = frame["n"] / frame["N"].replace(0, np.nan)
        if value is not None:
            frame["value"] = value.reindex(frame.index)
        if indicator == "reach":
            frame["value"] *= 1000
        return frame.rename_axis("code").reset_index()

    # --- areas ---

    def _choose_areas(self) -> None:
        villages, kecamatan = self.tables["villages"], self.tables["kecamatan"]
        chosen = self.question.kecamatan or frozenset(kecamatan["code"])
        own = kecamatan.loc[kecamatan["office"] == self.office, "code"]
        self.filtered = chosen
        self.scope_kecamatan = chosen & set(own) if self.question.scope == "office" else chosen
        is_assisted = (villages["is_assisted"] == 1) & (villages["assisted_since"] <= self.last_day)
        self.assisted = set(villages.loc[is_assisted, "code"])
        inside = villages.loc[villages["kecamatan_code"].isin(self.scope_kecamatan), "code"]
        wanted = set(inside)
        self.scope_desa = sorted(
            wanted & self.assisted if self.question.scope == "assisted" else wanted
        )
        self.assisted_in_scope = sorted(set(self.scope_desa) & self.assisted)

    def _codes(self) -> list[str]:
        if self.level == "kabupaten":
            return [KABUPATEN]
        table = self.tables["kecamatan" if self.level == "kecamatan" else "villages"]
        codes = table["code"]
        return list(codes[codes.str[:8].isin(self.filtered)])

    def _area(self, codes: pd.Series) -> pd.Series:
        return codes.str[: LEVELS[self.level]]

    def _per_area(self, codes: list[str] | pd.Series, weight: pd.Series) -> pd.Series:
        """Sum weights by the area of this level that each code lies in."""
        codes = pd.Series(list(codes), dtype=str)
        return weight.reset_index(drop=True).groupby(self._area(codes)).sum()

    def _of_desa(self, codes: set[str]) -> pd.Series:
        """Count desa in scope out of a set of codes, per area."""
        inside = sorted(codes & set(self.scope_desa))
        return self._per_area(inside, pd.Series(1.0, range(len(inside))))

    # --- rows ---

    def _months(self, day: pd.Series) -> pd.Series:
        return day.str[:7].between(self.question.first, self.question.last)

    def _in_scope(self, desa: pd.Series, kecamatan: pd.Series) -> pd.Series:
        if self.question.scope == "assisted":
            return desa.isin(self.scope_desa)
        is_inside = kecamatan.isin(self.scope_kecamatan)
        if self.question.scope == "all" and not self.question.kecamatan:
            is_inside |= kecamatan == ""
        return is_inside

    def _rows_per_area(
        self, rows: pd.DataFrame, desa: str, kecamatan: str, weight: pd.Series
    ) -> pd.Series:
        """Sum rows at this level; a row without a code of the level counts further up only."""
        return weight.groupby(self._row_area(rows, desa, kecamatan)).sum()

    def _row_area(self, rows: pd.DataFrame, desa: str, kecamatan: str) -> pd.Series:
        if self.level == "kabupaten":
            return pd.Series(KABUPATEN, rows.index)
        codes = rows[desa] if self.level == "desa" else rows[kecamatan]
        return codes.where(codes != "", np.nan)

    def _qualifying(self) -> pd.DataFrame:
        visits = self.tables["visits"]
        return visits[visits["outcome"] != "tidak_terjangkau"]

    def _visits_of_period(self) -> pd.DataFrame:
        visits = self._qualifying()
        scoped = self._in_scope(visits["village_code"], visits["kecamatan_code"])
        return visits[self._months(visits["visited_on"]) & scoped]

    @cached_property
    def _linked_sessions(self) -> pd.DataFrame:
        """Return one row per session and desa, with the session's columns."""
        return self.tables["session_villages"].merge(
            self.tables["awareness_sessions"], left_on="session_key", right_on="source_key"
        )

    @cached_property
    def _desa_of_sessions(self) -> pd.Series:
        links = self.tables["session_villages"].groupby("session_key")["village_code"].agg(list)
        desa = self.tables["awareness_sessions"]["source_key"].map(links)
        return desa.map(lambda codes: codes if isinstance(codes, list) else [])

    def _sessions_of_period(self) -> pd.DataFrame:
        """Return the sessions that count at this level, with the area they count for."""
        sessions = self.tables["awareness_sessions"]
        sessions = sessions.assign(desa=self._desa_of_sessions)
        sessions = sessions[self._months(sessions["held_on"])]
        if self.level == "desa":
            single = sessions[sessions["desa"].map(len) == 1]
            single = single.assign(area=single["desa"].map(lambda codes: codes[0]))
            return single[single["area"].isin(self.scope_desa)]
        counted = sessions["kecamatan_code"].isin(self.scope_kecamatan)
        if self.question.scope == "assisted":
            counted &= sessions["desa"].map(lambda codes: bool(set(codes) & self.assisted))
        return sessions[counted].assign(area=self._area(sessions["kecamatan_code"]))

    def _cases(self) -> pd.DataFrame:
        cases = self.tables["cases"]
        return cases[self._in_scope(cases["origin_village_code"], cases["origin_kecamatan_code"])]

    def _cases_of_period(self) -> pd.DataFrame:
        cases = self._cases()
        return cases[self._months(cases["reported_on"])]

    # --- indicators ---

    def _count(self, indicator: str) -> tuple[pd.Series, pd.Series | None, pd.Series | None]:
        if indicator in LABELS:
            cases = self._cases_of_period()
            return self._case_sum(cases[cases[LABELS[indicator]] == 1]), None, None
        result = getattr(self, f"_{indicator}")()
        if isinstance(result, tuple):
            return result if len(result) == 3 else (*result, None)
        return result, None, None

    def _all_desa(self) -> pd.Series:
        return self._of_desa(set(self.scope_desa))

    def _visit_coverage(self) -> tuple[pd.Series, pd.Series]:
        return self._of_desa(set(self._visits_of_period()["village_code"])), self._all_desa()

    def _visits(self) -> pd.Series:
        visits = self._visits_of_period()
        one = pd.Series(1.0, visits.index)
        return self._rows_per_area(visits, "village_code", "kecamatan_code", one)

    def _visit_spread(self) -> tuple[pd.Series, pd.Series]:
        return self._visit_coverage()[0], self._visits()

    def _last_visits(self) -> pd.Series:
        visits = self._qualifying()
        visits = visits[(visits["village_code"] != "") & (visits["visited_on"] <= self.as_of)]
        return visits.groupby("village_code")["visited_on"].max()

    def _overdue(self) -> tuple[pd.Series, pd.Series]:
        last = self._last_visits()
        days = (pd.Timestamp(self.as_of) - pd.to_datetime(last)).dt.days
        return self._of_desa(set(last.index[days > self.overdue_days])), self._all_desa()

    def _never_visited(self) -> tuple[pd.Series, pd.Series]:
        never = set(self.scope_desa) - set(self._last_visits().index)
        return self._of_desa(never), self._all_desa()

    def _attended_desa(self, first: str) -> set[str]:
        linked = self._linked_sessions
        attended = linked["male"] + linked["female"] > 0
        months = linked["held_on"].str[:7].between(first, self.question.last)
        return set(linked.loc[attended & months, "village_code"])

    def _awareness_coverage(self) -> tuple[pd.Series, pd.Series]:
        return self._of_desa(self._attended_desa(self.question.first)), self._all_desa()

    def _attendance(self) -> pd.Series:
        sessions = self._sessions_of_period()
        return (sessions["male"] + sessions["female"]).groupby(sessions["area"]).sum()

    def _reach(self) -> tuple[pd.Series, pd.Series]:
        kecamatan = self.tables["kecamatan"].set_index("code")
        known = kecamatan["working_age"].dropna()
        known = known[known.index.isin(self.scope_kecamatan)]
        if self.level == "desa" or self.question.scope == "assisted":
            return pd.Series(dtype=float), pd.Series(dtype=float)
        sessions = self._sessions_of_period()
        sessions = sessions[sessions["kecamatan_code"].isin(known.index)]
        people = (sessions["male"] + sessions["female"]).groupby(sessions["area"]).sum()
        return people, known.groupby(self._area(known.index.to_series())).sum()

    def _knowledge_gain(self) -> tuple[pd.Series, pd.Series]:
        sessions = self._sessions_of_period()
        sessions = sessions[sessions["pre_score"].notna() & sessions["post_score"].notna()]
        gain = sessions["tested"] * (sessions["post_score"] - sessions["pre_score"])
        area = sessions["area"]
        return gain.groupby(area).sum(), sessions["tested"].groupby(area).sum()

    def _case_sum(self, cases: pd.DataFrame, weight: pd.Series | None = None) -> pd.Series:
        weight = pd.Series(1.0, cases.index) if weight is None else weight
        return self._rows_per_area(cases, "origin_village_code", "origin_kecamatan_code", weight)

    def _cases_reported(self) -> pd.Series:
        return self._case_sum(self._cases_of_period())

    def _victims(self) -> pd.Series:
        cases = self._cases_of_period()
        return self._case_sum(cases, cases[["women", "men", "girls", "boys"]].sum(axis=1))

    def _cases_open(self) -> pd.Series:
        cases = self._cases()
        is_reported = cases["reported_on"] <= self.as_of
        is_closed = (cases["closed_on"] != "") & (cases["closed_on"] <= self.as_of)
        return self._case_sum(cases[is_reported & ~is_closed])

    def _first_action(self) -> tuple[pd.Series, pd.Series, pd.Series]:
        cases = self._cases_of_period()
        cases = cases[cases["first_action_on"] != ""]
        days = (
            pd.to_datetime(cases["first_action_on"]) - pd.to_datetime(cases["reported_on"])
        ).dt.days
        area = self._row_area(cases, "origin_village_code", "origin_kecamatan_code")
        median = days.astype(float).groupby(area).median()
        return median, self._case_sum(cases), median

    def _assisted(self) -> tuple[pd.Series, pd.Series]:
        return self._of_desa(self.assisted), self._all_desa()

    def _active_assisted(self) -> tuple[pd.Series, pd.Series]:
        first = str(pd.Period(self.question.last, "M") - 11)
        visits = self._qualifying()
        months = visits["visited_on"].str[:7].between(first, self.question.last)
        active = set(visits.loc[months, "village_code"]) | self._attended_desa(first)
        return self._of_desa(self.assisted & active), self._of_desa(self.assisted)

    def _completeness(self) -> tuple[pd.Series, pd.Series]:
        visits, linked, cases = (
            self.tables["visits"], self._linked_sessions, self.tables["cases"],
        )  # fmt: skip
        records = pd.concat(
            [
                pd.DataFrame({"desa": visits["village_code"], "day": visits["visited_on"]}),
                pd.DataFrame({"desa": linked["village_code"], "day": linked["held_on"]}),
                pd.DataFrame({"desa": cases["origin_village_code"], "day": cases["reported_on"]}),
            ]
        )
        records = records[self._months(records["day"])]
        records = records[records["desa"].isin(self.assisted_in_scope)]
        filled = records.assign(month=records["day"].str[:7]).drop_duplicates(["desa", "month"])
        months = len(pd.period_range(self.question.first, self.question.last, freq="M"))
        n = self._per_area(filled["desa"], pd.Series(1.0, range(len(filled))))
        return n, self._of_desa(self.assisted) * months
