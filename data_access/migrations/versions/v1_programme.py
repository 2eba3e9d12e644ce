"""The first schema: areas, visits, sessions, cases, targets, imports and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    _areas()
    _events()
    _upkeep()


def _count(name: str) -> sa.Column[int]:
    rule = sa.CheckConstraint(f"{name} >= 0")
    return sa.Column(name, sa.Integer, rule, nullable=False, server_default="0")


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _areas() -> None:
    op.create_table(
        "kecamatan",
        sa.Column("code", sa.String(8), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False, server_default="unknown"),
        sa.Column("population", sa.Integer),
        sa.Column("population_male", sa.Integer),
        sa.Column("population_female", sa.Integer),
        sa.Column("working_age", sa.Integer),
        sa.Column("population_year", sa.Integer),
        sa.Column("population_source", sa.Text),
        sa.CheckConstraint("office IN ('serang', 'cilegon', 'unknown')"),
    )
    op.create_table(
        "villages",
        sa.Column("code", sa.String(13), primary_key=True),
        sa.Column("kecamatan_code", sa.String(8), sa.ForeignKey("kecamatan.code"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        _flag("is_assisted"),
        sa.Column("assisted_since", sa.String(10)),
        sa.Column("decree_number", sa.Text),
        sa.Column("pimpasa", sa.Text),
        sa.UniqueConstraint("code", "kecamatan_code"),
    )


def _events() -> None:
    op.create_table(
        "visits",
        sa.Column("source_key", sa.Text, primary_key=True),
        sa.Column("visited_on", sa.String(10), nullable=False),
        sa.Column("village_code", sa.String(13)),
        sa.Column("kecamatan_code", sa.String(8), sa.ForeignKey("kecamatan.code"), nullable=False),
        sa.Column("pimpasa", sa.Text),
        sa.Column("purpose", sa.Text),
        sa.Column("pillar", sa.Text),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text),
        sa.Column("latitude", sa.Numeric(8, 5)),
        sa.Column("longitude", sa.Numeric(8, 5)),
        sa.ForeignKeyConstraint(
            ["village_code", "kecamatan_code"], ["villages.code", "villages.kecamatan_code"]
        ),
        sa.CheckConstraint("outcome IN ('nihil', 'temuan', 'tindak_lanjut', 'tidak_terjangkau')"),
    )
    op.create_index("visits_by_day", "visits", ["visited_on"])
    op.create_table(
        "awareness_sessions",
        sa.Column("source_key", sa.Text, primary_key=True),
        sa.Column("held_on", sa.String(10), nullable=False),
        sa.Column("kecamatan_code", sa.String(8), sa.ForeignKey("kecamatan.code"), nullable=False),
        sa.Column("topic", sa.Text),
        sa.Column("audience", sa.Text),
        _count("male"),
        _count("female"),
        sa.Column("pre_score", sa.Float),
        sa.Column("post_score", sa.Float),
        _count("tested"),
    )
    op.create_index("sessions_by_day", "awareness_sessions", ["held_on"])
    op.create_table(
        "session_villages",
        sa.Column(
            "session_key",
            sa.Text,
            sa.ForeignKey("awareness_sessions.source_key", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("village_code", sa.String(13), sa.ForeignKey("villages.code"), primary_key=True),
    )
    _cases()


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("source_key", sa.Text, primary_key=True),
        sa.Column("reported_on", sa.String(10), nullable=False),
        sa.Column("occurred_on", sa.String(10)),
        sa.Column("origin_kecamatan_code", sa.String(8), sa.ForeignKey("kecamatan.code")),
        sa.Column("origin_village_code", sa.String(13)),
        sa.Column("incident_place", sa.Text),
        _flag("is_tppo"),
        _flag("is_tppm"),
        _flag("is_pmi_np"),
        sa.Column("verification", sa.Text, nullable=False, server_default="dilaporkan"),
        sa.Column("stage", sa.Text),
        sa.Column("channel", sa.Text),
        sa.Column("modus", sa.Text),
        sa.Column("lure", sa.Text),
        sa.Column("destination_country", sa.String(2)),
        _count("women"),
        _count("men"),
        _count("girls"),
        _count("boys"),
        sa.Column("referred_to", sa.Text),
        sa.Column("first_action_on", sa.String(10)),
        sa.Column("closed_on", sa.String(10)),
        sa.Column("source_agency", sa.Text),
        sa.ForeignKeyConstraint(
            ["origin_village_code", "origin_kecamatan_code"],
            ["villages.code", "villages.kecamatan_code"],
        ),
        sa.CheckConstraint("origin_village_code IS NULL OR origin_kecamatan_code IS NOT NULL"),
        sa.CheckConstraint("verification IN ('dilaporkan', 'terverifikasi', 'tidak_terbukti')"),
    )
    op.create_index("cases_by_day", "cases", ["reported_on"])


def _upkeep() -> None:
    op.create_table(
        "targets",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("indicator", sa.Text, primary_key=True),
        sa.Column("kecamatan_code", sa.String(8), primary_key=True, server_default=""),
        sa.Column("value", sa.Float, nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("table_name", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("imported_at", sa.Text, nullable=False),
        _count("added"),
        _count("changed"),
        _count("unchanged"),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False, server_default=""),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
