"""The GROUP BY queries of the rollup: written once in SQLAlchemy Core, for every database.

Each returns counts per month and desa or kecamatan; none returns an event. Their result is
small wherever they run, so that a larger engine can answer them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, select

from data_access.schema import (
    awareness_sessions,
    cases,
    session_villages,
    villages,
    visits,
)

CASE_DIMENSIONS = (
    "destination_country",
    "modus",
    "lure",
    "stage",
    "verification",
    "channel",
    "referred_to",
)


def _month_of(day: ColumnElement[str]) -> ColumnElement[str]:
    # Literal bounds: PostgreSQL takes two bound parameters for two different expressions.
    return func.substr(day, literal_column("1"), literal_column("7"))


def _until(day: ColumnElement[str], today: str) -> ColumnElement[Any]:
    return case((day <= today, day))


def _grouped(keys: Sequence[ColumnElement[Any]], *sums: ColumnElement[Any]) -> Select[Any]:
    return select(*keys, *sums).group_by(*keys)


def _ending(query: Select[Any], day: ColumnElement[str], until: str | None) -> Select[Any]:
    """Leave out what happened after a day; None leaves nothing out."""
    return query if until is None else query.where(day <= until)


def visits_query(today: str, until: str | None = None) -> Select[Any]:
    """Visits per month, desa, kecamatan, outcome and pimpasa, up to a day if one is given."""
    table = visits.c
    keys = (
        _month_of(table.visited_on),
        table.village_code,
        table.kecamatan_code,
        table.outcome,
        table.pimpasa,
    )
    counted = _grouped(keys, func.count(), func.max(_until(table.visited_on, today)))
    return _ending(counted, table.visited_on, until)


def sessions_query(until: str | None = None) -> Select[Any]:
    """Sessions per month, kecamatan, breadth, single desa, audience, first assisted day."""
    session = awareness_sessions.c
    assisted_from = case((villages.c.is_assisted, func.coalesce(villages.c.assisted_since, "")))
    links = (
        select(
            session_villages.c.session_key,
            func.count().label("villages"),
            func.min(session_villages.c.village_code).label("village_code"),
            func.min(assisted_from).label("assisted_from"),
        )
        .join(villages, villages.c.code == session_villages.c.village_code)
        .group_by(session_villages.c.session_key)
        .subquery()
    )
    described = (
        _ending(
            select(
                _month_of(session.held_on).label("month"),
                session.kecamatan_code,
                case(
                    (links.c.villages.is_(None), literal_column("0")),
                    (links.c.villages == literal_column("1"), literal_column("1")),
                    else_=literal_column("2"),
                ).label("villages"),
                case((links.c.villages == literal_column("1"), links.c.village_code)).label(
                    "village_code"
                ),
                session.audience,
                links.c.assisted_from,
                session.male,
                session.female,
                case(
                    (
                        and_(session.pre_score.is_not(None), session.post_score.is_not(None)),
                        session.tested,
                    ),
                    else_=literal_column("0"),
                ).label("tested"),
                func.coalesce(session.pre_score, literal_column("0")).label("pre_score"),
                func.coalesce(session.post_score, literal_column("0")).label("post_score"),
            ).select_from(
                awareness_sessions.outerjoin(links, links.c.session_key == session.source_key)
            ),
            session.held_on,
            until,
        )
        .subquery()
        .c
    )
    keys = (
        described.month,
        described.kecamatan_code,
        described.villages,
        described.village_code,
        described.audience,
        described.assisted_from,
    )
    return _grouped(
        keys,
        func.count(),
        func.sum(described.male),
        func.sum(described.female),
        func.sum(described.tested),
        func.sum(described.tested * described.pre_score),
        func.sum(described.tested * described.post_score),
    )


def session_desa_query(today: str, until: str | None = None) -> Select[Any]:
    """Sessions per month and desa, each session once for every desa it took in."""
    session = awareness_sessions.c
    is_attended = session.male + session.female > literal_column("0")
    counted = _grouped(
        (_month_of(session.held_on), session_villages.c.village_code),
        func.count(),
        func.sum(case((is_attended, literal_column("1")), else_=literal_column("0"))),
        func.max(case((and_(is_attended, session.held_on <= today), session.held_on))),
    ).select_from(
        awareness_sessions.join(
            session_villages, session_villages.c.session_key == session.source_key
        )
    )
    return _ending(counted, session.held_on, until)


def cases_query(until: str | None = None) -> Select[Any]:
    """Cases that are alike in dates, origin, labels and ``CASE_DIMENSIONS``, and their victims."""
    table = cases.c
    keys = (
        table.reported_on,
        table.first_action_on,
        table.closed_on,
        table.origin_village_code,
        table.origin_kecamatan_code,
        table.is_tppo,
        table.is_tppm,
        table.is_pmi_np,
        *(table[name] for name in CASE_DIMENSIONS),
    )
    victims = (table.women, table.men, table.girls, table.boys)
    counted = _grouped(keys, func.count(), *(func.sum(group) for group in victims))
    return _ending(counted, table.reported_on, until)
